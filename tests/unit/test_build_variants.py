"""What only some build variants of a C++ project have: one preprocessor condition."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Final

import pytest

from codegen.model import Model
from codegen.pipeline import load_model
from codegen.views.build_variants import only_in

# In the order of the model: each before those that it includes.
VARIANTS: Final = ("least", "less", "some")
DECLARED: Final = """
dispatcher: {name: tiny}
functionality: [One]
variants:
  some: {macro: SOME}
  less: {includes: [some], macro: LESS}
  least: {includes: [less], macro: LEAST}
"""


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("declared") / "tiny.yaml"
    file.write_text(DECLARED)
    return file


@pytest.fixture(scope="module")
def model(declared: Path) -> Model:
    found = load_model([declared])
    assert tuple(found.variants) == VARIANTS
    return found


def holds(condition: str, macros: set[str]) -> bool:
    """What a compiler makes of it."""
    text = condition.removeprefix("#if ").replace("\\\n", "")
    for name in VARIANTS:
        text = text.replace(f"defined({name.upper()})", str(name.upper() in macros))
    text = text.replace("||", " or ").replace("&&", " and ").replace("!", " not ")
    return bool(eval(text))


def test_the_first_variant_that_is_defined_decides(model: Model) -> None:
    for *has_it, plain in product((False, True), repeat=len(VARIANTS) + 1):
        by_variant = dict(zip(VARIANTS, has_it, strict=True))
        condition = only_in(model, by_variant, plain=plain)
        if len({*has_it, plain}) == 1:
            assert condition == ""
            continue
        for defined in product((False, True), repeat=len(VARIANTS)):
            of_build = dict(zip(VARIANTS, defined, strict=True))
            first = next((name for name in VARIANTS if of_build[name]), "")
            macros = {name.upper() for name in VARIANTS if of_build[name]}
            assert holds(condition, macros) == by_variant.get(first, plain), condition


def test_as_a_person_writes_it(model: Model) -> None:
    assert only_in(model, {"least": True}, plain=False) == "#if defined(LEAST)"
    none = only_in(model, dict.fromkeys(VARIANTS, False), plain=True)
    assert none == "#if !defined(LEAST) && !defined(LESS) && !defined(SOME)"
    mixed = only_in(model, {"least": False, "less": True, "some": True}, plain=False)
    assert mixed == "#if !defined(LEAST) && (defined(LESS) || defined(SOME))"


def test_a_project_for_one_variant_has_no_others(declared: Path) -> None:
    model = load_model([declared], variant="less")
    assert only_in(model, {"less": False}, plain=True) == ""
