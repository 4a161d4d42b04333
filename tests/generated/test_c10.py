"""The files of the target `c10`: fresh, in PyTorch's style, and what a backend changes."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codegen.emit import plan
from codegen.pipeline import generate, load_model
from codegen.resources import runtime
from tests.support import DISPATCHERS, load_text
from tests.unit.test_terms import HEAD, SETS

ROOT: Final = Path(__file__).parents[2]
DECLARATIONS: Final = ROOT / "declarations"
COMMITTED: Final = ROOT / "generated" / "c10"
STYLE: Final = Path(__file__).parent / "pytorch.clang-format"
CLANG_FORMAT: Final = shutil.which("clang-format")

needs_clang_format = pytest.mark.skipif(
    CLANG_FORMAT is None, reason="clang-format is not installed: pip install .[test]"
)


def test_is_fresh() -> None:
    """If not: run `dispatch-codegen generate --target c10`."""
    changes = plan(generate(load_model([DECLARATIONS]), "c10"), COMMITTED, "c10")
    assert changes.is_fresh, (changes.missing, changes.changed, changes.stale)


def formatted(text: str) -> str:
    done = subprocess.run(
        [str(CLANG_FORMAT), f"--style=file:{STYLE}", "--assume-filename=a.h"],
        input=text.encode(),
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def assert_formatted(files: Mapping[str, str]) -> None:
    for path, text in files.items():
        if path.endswith((".h", ".cpp")):
            after = formatted(text)
            diff = unified_diff(text.splitlines(), after.splitlines(), path, "after")
            assert text == after, "\n".join(diff)


@needs_clang_format
@pytest.mark.parametrize("variant", [None, "mobile", "mobile_trimmed"])
def test_style_of_the_reference(variant: str | None) -> None:
    assert_formatted(generate(load_model([DECLARATIONS], variant), "c10"))


@needs_clang_format
@pytest.mark.parametrize("name", ["image", "solver"])
def test_style_of_others(name: str) -> None:
    assert_formatted(generate(load_model([DISPATCHERS / f"{name}.yaml"]), "c10"))


@needs_clang_format
@settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.dictionaries(st.integers(1, 70), SETS, min_size=1, max_size=12))
def test_style_of_any_expression(tmp_path: Path, expressions: dict[int, str]) -> None:
    """Under names of many widths."""
    lines = (f'  {"k" * n}: "{text}"\n' for n, text in expressions.items())
    files = generate(load_text(HEAD + "".join(lines), tmp_path), "c10")
    path = "c10/core/DispatchKeySet.h"
    assert_formatted({path: files[path]})


@needs_clang_format
@pytest.mark.parametrize("width", range(1, 50, 3))
def test_style_of_long_names(tmp_path: Path, width: int) -> None:
    n = "n" * width
    text = f"""
dispatcher: {{name: wide, undefined: Void}}
variants: {{small: {{macro: M{"A" * width}, table_keys: [B]}}}}
backends: [B, C]
functionality:
  - D{n}: {{per_backend: true, prefix: ""}}
  - G{n}: {{per_backend: true, prefix: P}}
  - F{n}
legacy_names: {{Old{n}: F{n}, Other: F{n}}}
keysets:
  both_{n}: D{n} | F{n}
  one_{n}: F{n}
  a_{n}: both_{n}
aliases: [{{A{n}: {{keys: both_{n}, reason: r}}}}]
functions:
  to_{n}: {{of: backend, for_each: all, keys: "B | F{n}", default: empty}}
  key_{n}: {{of: backend, for_each: all, key: "P{{backend}}", default: F{n}}}
  from_{n}:
    of: key
    cases: [{{key: F{n}, keys: full_after(F{n})}}]
    default: both_{n} - one_{n}
  is_{n}: {{of: key, has: both_{n}, but_not: [F{n}]}}
  top_{n}: {{of: keyset, highest_of: keyset - both_{n}}}
c10:
  key_constants: {{k{n}: F{n}}}
"""
    files = generate(load_text(text, tmp_path), "c10")
    assert_formatted({p: t for p, t in files.items() if p.startswith("c10/")})


@needs_clang_format
def test_style_of_support_code() -> None:
    folder = runtime("c10")
    sources = [path for path in folder.rglob("*") if path.is_file()]
    assert sources
    assert_formatted({path.name: path.read_text("utf-8") for path in sources})
