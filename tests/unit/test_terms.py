"""Expressions as trees of resolved names: they mean what the expression means."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codegen.model import BackendFunction, KeyFunction, KeysetFunction, Model
from codegen.terms import (
    ArgumentTerm,
    BackendsTerm,
    ComplementTerm,
    ConstantTerm,
    FullAfterTerm,
    FullTerm,
    JoinTerm,
    KeysTerm,
    Term,
    WithoutBackendsTerm,
    constants_in,
)
from tests.support import load_text

HEAD: Final = """
dispatcher: {name: d}
backends: [A: {quick: true}, B, C: {quick: true}]
groups: {quick: {tagged: quick}}
functionality:
  - Dense: {per_backend: true, prefix: ""}
  - Low
  - Grad: {per_backend: true, prefix: Grad}
  - High: {in_every_full_after: true}
aliases: [{All: {keys: full, reason: all}}]
keysets:
  named: Low | Grad
"""

SETS: Final = st.recursive(
    st.sampled_from(
        (
            "Dense",
            "Low",
            "GradB",
            "Grad{quick}",
            "named",
            "full",
            "empty",
            "full_after(Low)",
            "backends(all)",
            "backends(quick)",
        )
    ),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("|^&-"), inner),
        st.builds("{} {} {}".format, inner, st.sampled_from("|^&-"), inner),
        st.builds("~{}".format, st.builds("({})".format, inner)),
        st.builds("without_backends({}, quick)".format, inner),
    ),
    max_leaves=8,
)


def bits(term: Term, model: Model) -> int:
    """What a term means, computed apart from the generator."""
    layout = model.layout
    match term:
        case KeysTerm(keys):
            raw = 0
            for key in keys:
                raw |= model.keys[key].mask
            return raw
        case ConstantTerm(name):
            return model.keysets[name].raw
        case FullTerm():
            return layout.full
        case FullAfterTerm(key):
            return layout.full_after(model.keys[key].value)
        case BackendsTerm(backends):
            return sum(layout.backend_mask(model.backends[b].value) for b in backends)
        case ComplementTerm(operand):
            return layout.full ^ bits(operand, model)
        case WithoutBackendsTerm(operand, backends):
            return bits(operand, model) & ~bits(BackendsTerm(backends), model)
        case JoinTerm(operator, (first, *others)):
            raw = bits(first, model)
            for other in others:
                right = bits(other, model)
                if operator == "-":
                    raw = layout.difference(raw, right)
                else:
                    raw = {"|": raw | right, "^": raw ^ right, "&": raw & right}[
                        operator
                    ]
            return raw
    raise AssertionError(term)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(SETS, min_size=1, max_size=8))
def test_terms_mean_what_their_expressions_mean(
    tmp_path: Path, expressions: list[str]
) -> None:
    lines = (f'  k{n}: "{text}"\n' for n, text in enumerate(expressions))
    model = load_text(HEAD + "".join(lines), tmp_path)
    for keyset in model.keysets.values():
        assert bits(keyset.term, model) == keyset.raw, keyset.expression


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("Low | High", KeysTerm(("Low", "High"))),
        ("Low | (High | Low)", KeysTerm(("Low", "High"))),
        (
            "named | Low | High",
            JoinTerm("|", (ConstantTerm("named"), KeysTerm(("Low", "High")))),
        ),
        (
            "Dense * backends(quick)",
            JoinTerm("|", (KeysTerm(("Dense",)), BackendsTerm(("A", "C")))),
        ),
        ("Grad{quick}", KeysTerm(("GradA", "GradC"))),
        (
            "full - Low - High",
            JoinTerm("-", (FullTerm(), KeysTerm(("Low",)), KeysTerm(("High",)))),
        ),
        (
            "full - (Low - High)",
            JoinTerm(
                "-",
                (FullTerm(), JoinTerm("-", (KeysTerm(("Low",)), KeysTerm(("High",))))),
            ),
        ),
        ("~full_after(High)", ComplementTerm(FullAfterTerm("High"))),
    ],
)
def test_shape(tmp_path: Path, expression: str, expected: Term) -> None:
    model = load_text(f"{HEAD}  it: {expression!r}\n", tmp_path)
    assert model.keysets["it"].term == expected


def test_members_of_a_for_each(tmp_path: Path) -> None:
    text = HEAD + '  grad_{backend}: {for_each: quick, keys: "Grad{backend} | Low"}\n'
    model = load_text(text, tmp_path)
    assert model.keysets["grad_c"].term == KeysTerm(("GradC", "Low"))


def test_functions(tmp_path: Path) -> None:
    functions = """
functions:
  up: {of: backend, for_each: quick, keys: "Grad{backend}", default: named}
  down:
    of: key
    cases: [{for_each: quick, key: "Grad{backend}", keys: "{backend}"}]
    default: empty
  top: {of: keyset, highest_of: keyset - named}
"""
    model = load_text(HEAD + functions, tmp_path)
    up, down, top = (model.functions[name] for name in ("up", "down", "top"))
    assert isinstance(up, BackendFunction)
    assert isinstance(down, KeyFunction)
    assert isinstance(top, KeysetFunction)
    assert up.terms == {"A": KeysTerm(("GradA",)), "C": KeysTerm(("GradC",))}
    assert up.default_term == ConstantTerm("named")
    assert down.terms == {"GradA": KeysTerm(("A",)), "GradC": KeysTerm(("C",))}
    assert down.default_term == KeysTerm(())
    expected = JoinTerm("-", (ArgumentTerm(), ConstantTerm("named")))
    assert top.term == expected
    assert model.aliases["All"].term == FullTerm()


def test_constants_in_a_term() -> None:
    inner = WithoutBackendsTerm(ConstantTerm("b"), ("A",))
    term = JoinTerm("|", (ComplementTerm(ConstantTerm("a")), inner, FullTerm()))
    assert list(constants_in(term)) == ["a", "b"]
