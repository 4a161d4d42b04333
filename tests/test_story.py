"""docs/c10.md shows what the line of one backend changes, file by file, and no less.

`pytest tests/test_story.py --update` writes the diffs anew.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Final

import pytest

from codegen.pipeline import generate, load_model

ROOT: Final = Path(__file__).parent.parent
DECLARATIONS: Final = ROOT / "declarations"
BACKENDS: Final = DECLARATIONS / "backends.yaml"
PAGE: Final = ROOT / "docs" / "c10.md"

BACKEND: Final = "MAIA"
BLOCK: Final = re.compile(
    r"(^### (?P<path>\S+)\n.*?^```diff\n)(?P<diff>.*?)(^```$)", re.MULTILINE | re.DOTALL
)


def without_backend(folder: Path) -> Path:
    """The declarations as they would be without its line."""
    copy = folder / "declarations"
    shutil.copytree(DECLARATIONS, copy)
    lines = BACKENDS.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(f"  - {BACKEND}:")]
    assert len(lines) - len(kept) == 1
    (copy / BACKENDS.name).write_text("".join(kept), "utf-8")
    return copy


def diff(old: str, new: str) -> str:
    """With one line of context, without the names of files."""
    lines = list(unified_diff(old.splitlines(), new.splitlines(), n=1, lineterm=""))
    shown = (re.sub(r"^@@ .* @@$", "@@", line) for line in lines[2:])
    return "".join(f"{line}\n" for line in shown)


def changes(folder: Path) -> Iterator[tuple[str, str]]:
    """Path and diff of each file that the line changes."""
    copy = without_backend(folder)
    before = (copy / BACKENDS.name).read_text("utf-8")
    declared = BACKENDS.relative_to(ROOT).as_posix()
    yield declared, diff(before, BACKENDS.read_text("utf-8"))
    old, new = (generate(load_model([path]), "c10") for path in (copy, DECLARATIONS))
    assert old.keys() == new.keys()
    for path, text in new.items():
        if old[path] != text:
            yield path, diff(old[path], text)


def test_the_story_of_one_backend(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    expected = dict(changes(tmp_path))
    text = PAGE.read_text("utf-8")
    if request.config.getoption("--update"):
        text = BLOCK.sub(lambda m: f"{m[1]}{expected[m['path']]}{m[4]}", text)
        PAGE.write_text(text, "utf-8")
    assert {m["path"]: m["diff"] for m in BLOCK.finditer(text)} == expected


def test_the_line_only_adds(tmp_path: Path) -> None:
    for path, shown in changes(tmp_path):
        changed = [line for line in shown.splitlines() if not line.startswith(" ")]
        assert all(line.startswith(("+", "@@")) for line in changed), path
        assert any(BACKEND in line for line in changed), path
