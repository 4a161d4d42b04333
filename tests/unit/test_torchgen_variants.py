"""Variants that torchgen derives: their schemas, kernels, tags and places, and mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import pytest
import yaml

from codegen.diagnostics import Collector, Diagnostic
from codegen.located import parse
from codegen.runtime.python.schema import parse_schema
from codegen.source import Source
from codegen.torchgen.function import Function
from codegen.torchgen.variants import VariantRules, derived_variants, read_functions
from codegen.validate import validate

RULES: Final = VariantRules(
    key="Explicit",
    unless="Implicit",
    despite="core",
    tags=("made",),
    out_tags=("out",),
    inherited_tags=("random", "copy"),
    view_tag="view",
    no_views=frozenset({"put_"}),
    unpaired=frozenset({"lone.out", "odd_"}),
    without_out=frozenset({"count"}),
    in_vain=frozenset({"vain.out"}),
    options=(("ScalarType", "dtype"), ("Layout", "layout")),
    grouped_as=MappingProxyType({"flip.p": {"float p": "float p=0.5"}}),
)

Entry = str | Mapping[str, Any]


def read(*entries: Entry) -> tuple[list[Function], Collector]:
    """Entries, or schemas of functions with a kernel of their own."""
    filled = [
        {"func": e, "dispatch": {"Plain": "k"}} if isinstance(e, str) else dict(e)
        for e in entries
    ]
    text = yaml.safe_dump(filled, sort_keys=False, width=1000)
    collector = Collector()
    source = Source("functions.yaml", text)
    document = validate(parse(source, collector), source, collector)
    collector.raise_if_any()
    assert document is not None
    return read_functions([(o, "n") for o in document.operators], collector), collector


def entry(func: str, autogen: str | None = None, **fields: object) -> Entry:
    names = {} if autogen is None else {"autogen": autogen}
    return {"func": func, "dispatch": {"Plain": "k"}, **names, **fields}


def derive(
    *entries: Entry, rules: VariantRules = RULES
) -> tuple[list[Function], tuple[Diagnostic, ...]]:
    functions, collector = read(*entries)
    assert not collector.found()
    return derived_variants(functions, rules, collector), collector.found()


def texts(*entries: Entry) -> list[str]:
    """The schemas of what is derived without mistakes."""
    variants, found = derive(*entries)
    assert not found
    for variant in variants:
        # Text and schema say the same.
        assert parse_schema(variant.text) == variant.schema
    return [variant.text for variant in variants]


# ---- reading


def test_functions_are_the_entries() -> None:
    (function,), collector = read(
        {
            "func": "n::f.o(Tensor  self, int x=1) ->  Tensor",
            "dispatch": {"CPU, CUDA": "f", "Meta": "g"},
            "tags": "random, core",
        }
    )
    assert not collector.found()
    assert function.name == "n::f.o"
    assert function.text == "f.o(Tensor self, int x=1) -> Tensor"
    assert function.kernels == {"CPU": "f", "CUDA": "f", "Meta": "g"}
    assert function.tags == ("random", "core")
    assert not function.is_derived


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ([entry("f(Tnsor self) -> Tensor")], "DG211"),
        ([entry("f() -> Tensor"), entry("n::f() -> Tensor")], "DG212"),
        ([{"func": "f() -> Tensor", "dispatch": {"A, B": "k", "B": "l"}}], "DG213"),
        ([{"func": "f() -> Tensor", "dispatch": {"A,,B": "k"}}], "DG201"),
    ],
)
def test_mistakes_of_entries(entries: list[Entry], code: str) -> None:
    _, collector = read(*entries)
    assert [error.code for error in collector.found()] == [code]


# ---- schemas


@pytest.mark.parametrize(
    ("func", "expected"),
    [
        (
            "f(Tensor self) -> Tensor",
            "f.out(Tensor self, *, Tensor(a!) out) -> Tensor(a!)",
        ),
        (
            "f.x(Tensor self, *, int n=0) -> Tensor",
            "f.x_out(Tensor self, *, int n=0, Tensor(a!) out) -> Tensor(a!)",
        ),
        (
            "f(Tensor x) -> (Tensor y, Tensor)",
            "f.out(Tensor x, *, Tensor(a!) out0, Tensor(b!) out1)"
            " -> (Tensor(a!), Tensor(b!))",
        ),
        ("f(Tensor x) -> Tensor[]", "f.out(Tensor x, *, Tensor(a!)[] out) -> ()"),
        (
            "f(Tensor x) -> (Tensor, int, Tensor)",
            "f.out(Tensor x, *, Tensor(a!) out0, Tensor(c!) out2) -> int",
        ),
        (
            # Options go where all of them stand; defaults stay as they are written.
            "f(int[2] n=0, *, ScalarType? dtype=None, Layout? layout=None,"
            " float e=1e-05, int r=Mean) -> Tensor",
            "f.out(int[2] n=0, *, float e=1e-05, int r=Mean, Tensor(a!) out)"
            " -> Tensor(a!)",
        ),
        (
            "f(Tensor x, *, ScalarType? dtype=None) -> Tensor",
            "f.out(Tensor x, *, ScalarType? dtype=None, Tensor(a!) out) -> Tensor(a!)",
        ),
        (
            "f(str s='a, (b', int[] n=[1, 2], Tensor? x=None) -> Tensor",
            "f.out(str s='a, (b', int[] n=[1, 2], Tensor? x=None, *, Tensor(a!) out)"
            " -> Tensor(a!)",
        ),
        (
            "__and__.Scalar(Tensor self, Scalar x) -> Tensor",
            "__and__.Scalar_out(Tensor self, Scalar x, *, Tensor(a!) out) -> Tensor(a!)",
        ),
    ],
)
def test_out_of_functional(func: str, expected: str) -> None:
    name = expected.partition("(")[0]
    assert texts(entry(func, name)) == [expected]


def test_variants_of_inplace() -> None:
    assert texts(
        entry("f_.x(Tensor(b!) self, int n=1) -> Tensor(b!)", "f.x, f.x_out")
    ) == [
        "f.x_out(Tensor self, int n=1, *, Tensor(b!) out) -> Tensor(b!)",
        "f.x(Tensor self, int n=1) -> Tensor",
    ]
    assert texts(entry("f_(Tensor(a!)[] self) -> ()", "f.out, f")) == [
        "f.out(Tensor[] self, *, Tensor(a!)[] out) -> ()",
        "f(Tensor[] self) -> Tensor[] self_out",
    ]
    assert texts(
        entry("__ior__(Tensor(a!) self) -> Tensor(a!)", "__or__, __or__.out")
    ) == [
        "__or__.out(Tensor self, *, Tensor(a!) out) -> Tensor(a!)",
        "__or__(Tensor self) -> Tensor",
    ]


def test_variants_of_mutable() -> None:
    # The functional variant has a name of its own; free alias sets follow those in use.
    assert texts(
        entry(
            "f(Tensor x, Tensor(a!) y, Tensor(c!) z) -> (Tensor p, Tensor q)",
            "f.out, f_functional",
        )
    ) == [
        "f.out(Tensor x, Tensor(a!) y, Tensor(c!) z, *, Tensor(b!) out0, Tensor(d!) out1)"
        " -> (Tensor(b!), Tensor(d!))",
        "f_functional(Tensor x, Tensor y, Tensor z)"
        " -> (Tensor p, Tensor q, Tensor y_out, Tensor z_out)",
    ]


def test_functional_where_there_is_an_out() -> None:
    """The base is the in-place one: an out variant alone is a variant of nothing."""
    assert texts(
        entry("f_(Tensor(a!) self) -> Tensor(a!)", "f"),
        entry("f.out(Tensor self, *, Tensor(a!) out) -> Tensor(a!)"),
    ) == ["f(Tensor self) -> Tensor"]


def test_many_results() -> None:
    types = ", ".join(["Tensor"] * 28)
    (text,) = texts(entry(f"f(Tensor x) -> ({types})", "f.out"))
    assert "Tensor(z!) out25, Tensor(aa!) out26, Tensor(ab!) out27" in text


def test_order() -> None:
    """Out before functional; groups by their first function."""
    names = [
        text.partition("(")[0]
        for text in texts(
            entry("g(Tensor self) -> Tensor"),
            entry("f_(Tensor(a!) self) -> Tensor(a!)", "f, f.out"),
            entry("g_(Tensor(a!) self) -> Tensor(a!)", "g.out"),
        )
    ]
    assert names == ["g.out", "f.out", "f"]


# ---- groups


@pytest.mark.parametrize(
    ("functional", "inplace", "is_one"),
    [
        ("f.x(Tensor self, int n=1) -> Tensor", "f_(Tensor(a!) self, int n=1)", True),
        ("f.x(Tensor self, int n=1) -> Tensor", "f_(Tensor(a!) self, int n)", False),
        ("f.x(Tensor self, int m) -> Tensor", "f_(Tensor(a!) self, int n)", False),
        ("f.x(Tensor self, int? n) -> Tensor", "f_(Tensor(a!) self, int n)", False),
        ("f.x(Tensor self, *, int n) -> Tensor", "f_(Tensor(a!) self, int n)", False),
        ("f.x(Tensor self) -> (Tensor, Tensor)", "f_(Tensor(a!) self)", False),
        ("f.x(Tensor self) -> Tensor named", "f_(Tensor(a!) self)", True),
        ("m::f.x(Tensor self) -> Tensor", "f_(Tensor(a!) self)", False),
        # As they are written: torchgen compares texts.
        (
            "f.x(Tensor self, float n=1) -> Tensor",
            "f_(Tensor(a!) self, float n=1.)",
            False,
        ),
        (
            "flip.p(Tensor self, float p) -> Tensor",
            "flip_(Tensor(a!) self, float p=0.5)",
            True,
        ),
    ],
)
def test_groups(functional: str, inplace: str, is_one: bool) -> None:
    """A functional variant is derived unless there is one."""
    name = inplace.partition("_(")[0]
    variants, _ = derive(
        entry(functional), entry(f"{inplace} -> Tensor(a!)", f"{name}.out")
    )
    assert len(variants) == (1 if is_one else 2)


# ---- kernels, tags, places


def test_kernels() -> None:
    variants, found = derive(
        entry("f.x(Tensor self) -> Tensor", "f.x_out"),
        entry("g_(Tensor(a!) self, SymInt[]? n) -> Tensor(a!)", "g.out, g"),
        entry("h(Tensor x, Tensor(a!) y) -> Tensor", "h.out, h_functional"),
    )
    assert not found
    assert [dict(variant.kernels) for variant in variants] == [
        {"Explicit": "f_x_out"},
        {"Explicit": "g_out_symint"},
        {"Explicit": "g_symint"},
        {"Explicit": "h_out"},
        {"Explicit": "h_functional"},
    ]


def test_tags_and_places() -> None:
    func = "f_(Tensor(a!) self) -> Tensor(a!)"
    (out, functional), found = derive(entry(func, "f, f.out", tags=["random", "other"]))
    assert not found
    assert out.tags == ("made", "out", "random")
    assert functional.tags == ("made", "random")
    assert out.is_derived
    assert out.name == "n::f.out"
    assert out.declaration.func == func
    line = out.span.source_line
    assert line is not None
    assert line[out.span.column - 1 :][: out.span.width] == "f.out"
    assert line[functional.span.column - 1 :][: functional.span.width] == "f"


# ---- of what nothing is derived


@pytest.mark.parametrize(
    "entries",
    [
        [{"func": "f(Tensor x) -> Tensor"}],
        [entry("f(Tensor x) -> Tensor", dispatch={"Implicit": "f"})],
        [entry("f(Tensor x) -> Tensor", manual_cpp_binding=True)],
        [entry("f(Tensor(a) x) -> Tensor(a)")],
        [entry("f(Tensor(a -> *) x) -> Tensor[]")],
        [entry("f_(Tensor(a!) self) -> Tensor(a!)", tags="view")],
        [entry("odd_(Tensor(a!) self) -> Tensor(a!)")],
        [entry("lone.out(Tensor x, *, Tensor(a!) out) -> Tensor(a!)")],
        [entry("count(Tensor x) -> int")],
        [entry("f(Tensor x) -> Tensor")],
        [
            entry(
                "f.out(Tensor x, *, Tensor(a!) _scratch_x, Tensor(b!) out) -> Tensor(b!)"
            )
        ],
    ],
)
def test_nothing(entries: list[Entry]) -> None:
    assert texts(*entries) == []


def test_despite() -> None:
    assert texts({"func": "f(Tensor x) -> Tensor", "tags": "core", "autogen": "f.out"})


def test_views_that_are_none() -> None:
    name = "put_(Tensor(a!) self) -> Tensor(a!)"
    assert len(texts(entry(name, "put, put.out", tags="view"))) == 2


# ---- mistakes


def mistake(*entries: Entry) -> tuple[str, str, str | None]:
    _, found = derive(*entries)
    (error,) = found
    assert error.span is not None
    return error.code, error.message, error.help


def test_misspelt_names() -> None:
    """One mistake, not two: what is meant is not missing as well."""
    assert mistake(entry("f(Tensor x) -> Tensor", "f.oout")) == (
        "DG218",
        "`f.oout` is not derived from `f`",
        "did you mean `f.out`?",
    )
    # torchgen derives nothing and says nothing.
    assert mistake(entry("f(Tensor x) -> Tensor", "f.uot")) == (
        "DG218",
        "`f.uot` is not derived from `f`",
        "did you mean `f.out`?",
    )


@pytest.mark.parametrize(
    ("entries", "help"),
    [
        (
            [entry("f_(Tensor(a!) self) -> Tensor(a!)", "f")],
            "name `f.out` too: the others come with it",
        ),
        (
            [
                entry("f(Tensor self) -> Tensor", "f.out"),
                entry("f_(Tensor(a!) self) -> Tensor(a!)"),
            ],
            "move it to the `autogen` of `f_`",
        ),
        (
            [
                entry("f(Tensor x) -> Tensor", "f.out"),
                entry("f.out(Tensor x, *, Tensor(a!) out) -> Tensor(a!)"),
            ],
            "remove it",
        ),
        (
            [{"func": "f(Tensor x) -> Tensor", "autogen": "f.out"}],
            "remove it: it has a kernel for `Implicit`, which calls others that have them",
        ),
        (
            [entry("f(Tensor(a) x) -> Tensor(a)", "f.out")],
            "remove it: views have no such variants",
        ),
        (
            [entry("f(Tensor(a!) self) -> Tensor(a!)", "f.out")],
            "remove it: `f` returns what it writes to",
        ),
        ([entry("f(Tensor x) -> Tensor", "f.out, ")], "remove the comma"),
        (
            [entry("f(Tensor x) -> Tensor", "f.out, unlike")],
            "remove it: there is nothing else to derive",
        ),
    ],
)
def test_names_in_vain(entries: list[Entry], help: str) -> None:
    code, _, found = mistake(*entries)
    assert (code, found) == ("DG218", help)


def test_names_in_vain_that_may_stay() -> None:
    assert texts({"func": "vain(Tensor x) -> Tensor", "autogen": "vain.out"}) == []


def test_missing_names() -> None:
    assert mistake(entry("f_(Tensor(a!) self) -> Tensor(a!)", "f.out")) == (
        "DG219",
        "no `autogen` names `f`, derived from `f_`",
        "write `autogen: f.out, f`",
    )
    assert mistake(
        entry("f_(Tensor(a!) self) -> Tensor(a!)"),
        entry("f.out(Tensor self, *, Tensor(a!) out) -> Tensor(a!)"),
    ) == ("DG219", "no `autogen` names `f`, derived from `f_`", "write `autogen: f`")


def test_out_variant_of_nothing() -> None:
    _, (error,) = derive(
        entry("f(Tensor x, int n=1) -> Tensor"),
        entry("f.out(Tensor x, int n=2, *, Tensor(a!) out) -> Tensor(a!)"),
    )
    assert (error.code, error.message) == (
        "DG219",
        "`f.out` is an out variant of nothing",
    )
    assert [related.message for related in error.related] == [
        "`f` takes or returns something else"
    ]


def test_nothing_to_give_out() -> None:
    assert mistake(entry("f(Tensor x) -> int")) == (
        "DG219",
        "`f` can have no out variant: it returns no tensor",
        "add `f` to the functions that need none",
    )


def test_names_that_are_taken() -> None:
    code, message, _ = mistake(
        entry("f(Tensor x) -> Tensor", "f.out"),
        entry("f.out(Tensor y) -> Tensor"),
    )
    assert (code, message) == (
        "DG212",
        "the operator `n::f.out` is derived, and there already",
    )


def test_functions_that_differ_only_in_name() -> None:
    code, message, _ = mistake(
        entry("f(Tensor x) -> Tensor"), entry("f.other(Tensor x) -> Tensor")
    )
    assert (code, message) == (
        "DG212",
        "`n::f.other` and `n::f` differ only in name: they take and return the same",
    )
