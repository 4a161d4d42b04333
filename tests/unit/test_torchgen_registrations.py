"""Registrations that follow from entries: each rule, in small."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pytest
import yaml

from codegen.diagnostics import Collector
from codegen.located import parse
from codegen.runtime.python.schema import parse_schema
from codegen.source import Source
from codegen.torchgen.function import Function
from codegen.torchgen.registrations import (
    BackendSelectRules,
    FunctionalizeRules,
    InPlaceRules,
    RegistrationRules,
    StructuredRules,
    cpp_name,
    is_in_place,
    registrations,
)
from codegen.torchgen.variants import VariantRules, derived_variants, read_functions
from codegen.validate import validate

RULES: Final = RegistrationRules(
    default="Implicit",
    structured=StructuredRules(
        shared=("Fast", "Far"),
        always=("Shape",),
        delegates=("Fallback",),
        ufunc=("Fast",),
    ),
    in_place=InPlaceRules(keys=("Shape",), unless=("Implicit", "Explicit")),
    backend_select=BackendSelectRules(
        key="Select",
        options=(("ScalarType", "dtype"), ("Device", "device")),
        unless_named=("new_*", "*_like"),
    ),
    functionalize=FunctionalizeRules(
        key="Pure",
        decomposed="Implicit",
        view_tag="view",
        without=frozenset({"grow_", "fresh", "log.out"}),
    ),
)
VARIANTS: Final = VariantRules(key="Explicit", unless="Implicit", view_tag="view")
NOTHING: Final = RegistrationRules()

Entry = str | Mapping[str, Any]
Found = dict[str, dict[str, tuple[str, str]]]


def read(*entries: Entry) -> list[Function]:
    """The functions of entries, derived variants behind them."""
    filled = [{"func": e} if isinstance(e, str) else dict(e) for e in entries]
    collector = Collector()
    source = Source("functions.yaml", yaml.safe_dump(filled, width=1000))
    document = validate(parse(source, collector), source, collector)
    collector.raise_if_any()
    assert document is not None
    functions = read_functions([(o, "n") for o in document.operators], collector)
    if any(function.declaration.autogen for function in functions):
        functions += derived_variants(functions, VARIANTS, collector)
    collector.raise_if_any()
    return functions


def registered(*entries: Entry, rules: RegistrationRules = RULES) -> Found:
    """By operator without namespace and key: kernel and reason."""
    found = registrations(read(*entries), rules)
    return {
        name.partition("::")[2]: {k: (r.kernel, r.reason) for k, r in kernels.items()}
        for name, kernels in found.items()
    }


def keys(*entries: Entry) -> dict[str, str]:
    """By operator without namespace, its keys in alphabetical order."""
    return {name: " ".join(sorted(k)) for name, k in registered(*entries).items()}


def entry(func: str, **fields: object) -> Entry:
    return {"func": func, **fields}


# ---- what entries say


def test_declared() -> None:
    found = registered(entry("f(Tensor x) -> Tensor", dispatch={"Fast, Slow": "k"}))
    assert found == {"f": {"Fast": ("k", "declared"), "Slow": ("k", "declared")}}


def test_declared_without_any_rule() -> None:
    found = registered(
        entry("f(Tensor(a!) self) -> Tensor(a!)", dispatch={"Fast": "k"}),
        "g(Tensor x) -> Tensor",
        rules=NOTHING,
    )
    assert found == {"f": {"Fast": ("k", "declared")}, "g": {}}


def test_default() -> None:
    found = registered(
        "f(Tensor x) -> Tensor",
        "f.other(Tensor x, int y) -> Tensor",
        "g.out(Tensor x, *, Tensor(a!) out) -> Tensor(a!)",
        "g(Tensor x) -> Tensor",
    )
    assert found == {
        "f": {"Implicit": ("f", "default")},
        "f.other": {"Implicit": ("f", "default")},
        "g.out": {"Implicit": ("g_out", "default")},
        "g": {"Implicit": ("g", "default")},
    }


def test_an_empty_dispatch_is_no_default() -> None:
    assert keys(entry("f(Tensor x) -> Tensor", dispatch={})) == {"f": ""}


def test_by_hand() -> None:
    """Nothing is registered for it, and it counts as one with the default kernel."""
    by_hand = {"manual_kernel_registration": True}
    found = keys(
        entry("f(Tensor x) -> Tensor", **by_hand),
        entry("g_(Tensor(a!) self) -> Tensor(a!)", **by_hand),
    )
    assert found == {"f": "", "g_": ""}


def test_derived() -> None:
    found = registered(
        entry(
            "f(Tensor x) -> Tensor",
            dispatch={"Fast": "k"},
            autogen="f.out",
        )
    )
    assert found["f.out"] == {
        "Explicit": ("f_out", "derived"),
        "Pure": ("f_out_out", "functionalize"),
    }


def test_a_derived_variant_has_nothing_of_the_entry_that_it_comes_from() -> None:
    """Here the in-place variant is registered by hand, and what is derived is not."""
    found = keys(
        entry(
            "f_(Tensor(a!) self) -> Tensor(a!)",
            dispatch={"Fast": "k"},
            manual_kernel_registration=True,
            autogen="f, f.out",
        )
    )
    assert found == {"f_": "Pure", "f": "Explicit", "f.out": "Explicit Pure"}


# ---- structured functions

OUT: Final = "f.out(Tensor self, *, Tensor(a!) out) -> Tensor(a!)"
FUNCTIONAL: Final = "f(Tensor self) -> Tensor"
IN_PLACE: Final = "f_(Tensor(a!) self) -> Tensor(a!)"


def test_structured() -> None:
    found = registered(
        entry(OUT, structured=True, dispatch={"Fast": "f_fast", "Slow": "f_slow"}),
        entry(FUNCTIONAL, structured_delegate="f.out"),
        entry(IN_PLACE, structured_delegate="f.out", dispatch={"Slow": "f_slow_"}),
    )
    delegated = "structured delegate"
    assert found == {
        "f.out": {
            "Fast": ("f_fast", "structured"),
            "Slow": ("f_slow", "declared"),
            "Shape": ("structured_f_out", "structured"),
            "Pure": ("f_out_out", "functionalize"),
        },
        "f": {
            "Fast": ("f_fast", delegated),
            "Shape": ("structured_f", delegated),
            "Fallback": ("structured_f", delegated),
        },
        "f_": {
            "Fast": ("f_fast", delegated),
            "Shape": ("structured_f_", delegated),
            "Fallback": ("structured_f_", delegated),
            "Slow": ("f_slow_", "declared"),
            "Pure": ("f_", "functionalize"),
        },
    }


def test_what_an_entry_says_stands() -> None:
    found = registered(
        entry(OUT, structured=True, dispatch={"Fast": "f_fast", "Shape": "mine"}),
        entry(
            FUNCTIONAL,
            structured_delegate="f.out",
            dispatch={"Fast": "own", "Fallback": "mine"},
        ),
    )
    assert found["f.out"]["Shape"] == ("mine", "declared")
    assert found["f"]["Fast"] == ("own", "declared")
    assert found["f"]["Fallback"] == ("mine", "declared")


def test_no_delegate_is_there() -> None:
    assert keys(entry(FUNCTIONAL, structured_delegate="g.out")) == {
        "f": "Fallback Shape"
    }


@pytest.mark.parametrize("loop", ["f (Float)", {"Generic": "f (Float)"}])
def test_ufunc(loop: object) -> None:
    found = registered(
        entry(OUT, structured=True, ufunc_inner_loop=loop, dispatch={"Far": "f_far"}),
        entry(FUNCTIONAL, structured_delegate="f.out"),
    )
    assert found["f.out"]["Fast"] == ("ufunc_f_Fast", "ufunc")
    assert found["f.out"]["Far"] == ("f_far", "structured")
    assert found["f"]["Fast"] == ("ufunc_f_Fast", "structured delegate")
    assert found["f"]["Far"] == ("f_far", "structured delegate")


def test_ufunc_without_any_kernel_gets_no_default() -> None:
    found = keys(entry(OUT, structured=True, ufunc_inner_loop="f (Float)"), FUNCTIONAL)
    assert found == {"f.out": "Fast Pure Shape", "f": "Implicit"}


# ---- checks of in-place functions


@pytest.mark.parametrize(
    ("schema", "kernels", "expected"),
    [
        ("f_(Tensor(a!) self) -> Tensor(a!)", {"Fast": "k"}, "Fast Pure Shape"),
        ("__ior__(Tensor(a!) self) -> Tensor(a!)", {"Fast": "k"}, "Fast Pure Shape"),
        ("f_(Tensor(a!) self) -> Tensor(a!)", {"Explicit": "k"}, "Explicit Pure"),
        ("f_(Tensor(a!) self) -> Tensor(a!)", {"Implicit": "k"}, "Implicit"),
        ("f_(Tensor(a!) self) -> Tensor(a!)", {"Shape": "k"}, "Pure Shape"),
        ("f_(Tensor(a!)[] self) -> ()", {"Fast": "k"}, "Fast Pure"),
        ("f(Tensor(a!) self) -> Tensor(a!)", {"Fast": "k"}, "Fast Pure"),
        ("__or__(Tensor self) -> Tensor", {"Fast": "k"}, "Fast"),
    ],
)
def test_in_place(schema: str, kernels: dict[str, str], expected: str) -> None:
    (found,) = keys(entry(schema, dispatch=kernels)).values()
    assert found == expected


def test_no_check_stands_in_for_a_kernel() -> None:
    schema = "f_(Tensor(a!) self) -> Tensor(a!)"
    found = registered(entry(schema, dispatch={"Shape": "k"}))
    assert found["f_"]["Shape"] == ("k", "declared")


def test_no_check_of_structured_functions() -> None:
    rules = RULES._replace(structured=StructuredRules(shared=("Fast",)))
    found = registered(
        entry(OUT, structured=True, dispatch={"Fast": "k"}),
        entry(IN_PLACE, structured_delegate="f.out"),
        rules=rules,
    )
    assert found["f_"].keys() == {"Fast", "Pure"}


def test_the_check_is_told_by_overload() -> None:
    schema = "f_.x(Tensor(a!) self) -> Tensor(a!)"
    found = registered(entry(schema, dispatch={"Fast": "k"}))
    assert found["f_.x"]["Shape"] == ("f__x", "in place")


# ---- the backend of what is made


@pytest.mark.parametrize(
    ("schema", "needs"),
    [
        ("f(*, ScalarType dtype, Device device) -> Tensor", True),
        ("f(*, ScalarType? dtype=None, Device? device=None) -> Tensor", True),
        ("f(Tensor x, *, int y, ScalarType? dtype, Device? device) -> Tensor", True),
        ("f(*, ScalarType? dtype, Device? device, int y=1) -> Tensor", True),
        ("f(ScalarType dtype, Device device) -> Tensor", False),
        ("f(*, ScalarType dtype, int y, Device device) -> Tensor", False),
        ("f(*, Device device, ScalarType dtype) -> Tensor", False),
        ("f(*, ScalarType dtype, Device place) -> Tensor", False),
        ("f(*, int dtype, Device device) -> Tensor", False),
        ("f(*, ScalarType[] dtype, Device device) -> Tensor", False),
        ("f(*, ScalarType dtype) -> Tensor", False),
        ("f_like(*, ScalarType dtype, Device device) -> Tensor", False),
        ("f_like.x(*, ScalarType dtype, Device device) -> Tensor", False),
        ("f_likely(*, ScalarType dtype, Device device) -> Tensor", True),
        ("new_f(*, ScalarType dtype, Device device) -> Tensor", False),
        ("new_f.x(*, ScalarType dtype, Device device) -> Tensor", False),
        ("renew_f(*, ScalarType dtype, Device device) -> Tensor", True),
    ],
)
def test_backend_select(schema: str, needs: bool) -> None:
    (found,) = registered(entry(schema, dispatch={"Fast": "k"})).values()
    assert ("Select" in found) is needs


def test_backend_select_by_overload() -> None:
    found = registered("f.x(*, ScalarType dtype, Device device) -> Tensor")
    assert found["f.x"] == {
        "Implicit": ("f", "default"),
        "Select": ("f_x", "backend selection"),
    }


# ---- functions without effects


@pytest.mark.parametrize(
    ("schema", "is_registered"),
    [
        ("f(Tensor x) -> Tensor", False),
        ("f(Tensor(a!) x) -> ()", True),
        ("f(Tensor(a!)[] x) -> ()", True),
        ("f.out(Tensor x, *, Tensor(a!) out) -> Tensor(a!)", True),
        ("f(Tensor(a) x) -> Tensor(a)", True),
        ("f(Tensor(a) x) -> Tensor(a)[]", True),
        ("f(Tensor(a -> *) x) -> Tensor[]", True),
        ("f(Tensor(a -> *)[] x) -> Tensor[]", True),
        ("f(Tensor(a -> b) x) -> Tensor[]", False),
        ("__f__(Tensor(a) self) -> Tensor(a)", True),
    ],
)
def test_functionalize(schema: str, is_registered: bool) -> None:
    (found,) = registered(
        entry(schema, dispatch={"Fast": "k"}),
        rules=NOTHING._replace(functionalize=RULES.functionalize),
    ).values()
    assert ("Pure" in found) is is_registered


def test_views_are_decomposed() -> None:
    found = registered(
        entry("t(Tensor(a) self) -> Tensor(a)", dispatch={"Implicit": "t_as_int"}),
        entry("t_.x(Tensor(a!) self) -> Tensor(a!)", tags="view"),
        "u(Tensor(a) self) -> Tensor(a)",
    )
    why = "functionalize by decomposing"
    assert found["t"]["Pure"] == ("t_as_int", why)
    assert found["t_.x"]["Pure"] == ("t_", why)
    assert found["u"]["Pure"] == ("u", why)


def test_what_writes_and_is_decomposed_needs_nothing() -> None:
    found = keys(
        "f(Tensor(a!) x) -> ()",
        # Not beside a view of its name.
        entry("g_(Tensor(a!) self) -> Tensor(a!)", tags="view"),
        "g(Tensor self) -> Tensor",
    )
    assert found == {"f": "Implicit", "g_": "Implicit", "g": "Implicit"}


def test_views_with_kernels_of_their_own() -> None:
    found = registered(
        entry("t.x(Tensor(a) self) -> Tensor(a)", dispatch={"Fast": "k"}),
        entry("t_(Tensor(a!) self) -> Tensor(a!)", tags="view", dispatch={"Fast": "k"}),
    )
    assert found["t.x"]["Pure"] == ("t_x", "functionalize")
    assert found["t_"]["Pure"] == ("t_", "functionalize")


def test_left_out_with_what_is_derived() -> None:
    found = keys(
        entry(
            "grow_(Tensor(a!) self) -> Tensor(a!)",
            dispatch={"Fast": "k"},
            autogen="grow, grow.out",
        ),
        "fresh(Tensor(a) self) -> Tensor(a)",
        entry(
            "log.out(Tensor x, *, Tensor(a!) out) -> Tensor(a!)", dispatch={"Fast": "k"}
        ),
        entry("log(Tensor x) -> Tensor", dispatch={"Fast": "k"}),
        entry("log_(Tensor(a!) self) -> Tensor(a!)", dispatch={"Fast": "k"}),
    )
    assert found == {
        "grow_": "Fast Shape",
        "grow": "Explicit",
        "grow.out": "Explicit",
        "fresh": "Implicit",
        "log.out": "Fast",
        "log": "Fast",
        "log_": "Fast Pure Shape",
    }


# ---- names


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("f", False),
        ("f_", True),
        ("f__", True),
        ("_f_", True),
        ("__f", False),
        ("__and__", False),
        ("__iand__", True),
        ("n::f_", True),
    ],
)
def test_is_in_place(name: str, expected: bool) -> None:
    assert is_in_place(parse_schema(f"{name}(Tensor(a!) self) -> ()")) is expected


def test_cpp_name() -> None:
    def name(text: str) -> str:
        return cpp_name(parse_schema(text))

    assert name("n::f.x(Tensor self) -> Tensor") == "f"
    assert name("f.x(Tensor self, *, Tensor(a!) y) -> ()") == "f_out"
    assert name("f.x(Tensor self, *, Tensor y) -> ()") == "f"
    assert name("f_(Tensor(a!) self) -> Tensor(a!)") == "f_"


def test_order_of_functions_does_not_matter() -> None:
    functions = read(
        entry(FUNCTIONAL, structured_delegate="f.out"),
        entry(OUT, structured=True, dispatch={"Fast": "f_fast"}),
        entry("t_(Tensor(a!) self) -> Tensor(a!)", tags="view"),
        "t(Tensor(a) self) -> Tensor(a)",
    )
    backwards = registrations(functions[::-1], RULES)
    assert backwards == registrations(functions, RULES)
