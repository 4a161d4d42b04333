"""One feature each: a few lines of declarations, and the whole text they become.

`pytest --update` writes the expected files anew; what changed is then in the diff.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest

from codegen.pipeline import generate, load_model

HERE: Final = Path(__file__).parent

# By feature: the generated files that it is about, and the build variant.
FEATURES: Final[dict[str, tuple[tuple[str, ...], str | None]]] = {
    "alias_rule": (("table_rules.py",), None),
    "fallback_variant": (
        ("registrations/high.py", "registrations/low.py", "registrations/middle.py"),
        None,
    ),
    "fallback_variant_small": (("registrations/high.py",), "small"),
    "group_keyset": (("keysets.py",), None),
    "operator_table": (
        ("operators/my/add.py", "registrations/cpu.py", "declared_at.json"),
        None,
    ),
    "foreign_types": (("dispatcher.py",), None),
    "per_backend": (("dispatch_key.py", "dispatch_key_set.py"), None),
}


def declarations(feature: str, variant: str | None) -> Path:
    folder = HERE / feature.removesuffix(f"_{variant}")
    return folder / "input.yaml"


@pytest.mark.parametrize("feature", FEATURES)
def test_golden(feature: str, request: pytest.FixtureRequest) -> None:
    paths, variant = FEATURES[feature]
    source = declarations(feature, variant)
    files = generate(load_model([source], variant), "python")
    folder = source.parent / (variant or "expected")
    update = request.config.getoption("--update", default=False)
    for path in paths:
        # Not `.py`: the expected text is no module of this project.
        expected = folder / f"{path.replace('/', '.')}.txt"
        if update:
            assert not os.environ.get("CI"), "--update is not for CI"
            expected.parent.mkdir(exist_ok=True)
            expected.write_text(files[path], "utf-8")
        assert expected.read_text("utf-8") == files[path], f"{feature}: {path}"


def test_nothing_is_left_over() -> None:
    wanted = {HERE / "test_golden.py"}
    for feature, (paths, variant) in FEATURES.items():
        source = declarations(feature, variant)
        folder = source.parent / (variant or "expected")
        wanted |= {source, *(folder / f"{p.replace('/', '.')}.txt" for p in paths)}
    found = {
        path
        for path in HERE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert found == wanted
