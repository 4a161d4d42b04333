"""Comparing with the disk and writing to it: exact, complete, and nothing else's."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from codegen.emit import EditedError, Plan, apply, manifest_name, plan

FILES = {"__init__.py": "", "a.py": "a = 1\n", "sub/b.py": "b = '\u2717'\n"}
MANIFEST = ".manifest-t.json"


def write(files: dict[str, str], root: Path) -> Plan:
    changes = plan(files, root, "t")
    apply(changes)
    return changes


def names_in(root: Path) -> set[str]:
    return {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()}


def test_plan_of_an_empty_folder(tmp_path: Path) -> None:
    changes = plan(FILES, tmp_path / "none", "t")
    assert changes.missing == (MANIFEST, "__init__.py", "a.py", "sub/b.py")
    assert (changes.changed, changes.stale) == ((), ())
    assert not changes.is_fresh
    assert not (tmp_path / "none").exists()


def test_apply_writes_all_of_it(tmp_path: Path) -> None:
    root = tmp_path / "deep" / "er"
    write(FILES, root)
    assert names_in(root) == {*FILES, MANIFEST}
    assert (root / "sub/b.py").read_bytes() == "b = '\u2717'\n".encode()
    assert plan(FILES, root, "t").is_fresh


def test_line_ends_are_not_translated(tmp_path: Path) -> None:
    write({"a.py": "a\r\nb\n"}, tmp_path)
    assert (tmp_path / "a.py").read_bytes() == b"a\r\nb\n"


def test_fresh_files_are_left_alone(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    os.utime(tmp_path / "a.py", ns=(1, 1))
    assert write(FILES, tmp_path).is_fresh
    assert (tmp_path / "a.py").stat().st_mtime_ns == 1


def test_changed_and_missing_are_mended(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    (tmp_path / "a.py").write_bytes(b"a = 1")
    (tmp_path / "sub/b.py").unlink()
    changes = plan(FILES, tmp_path, "t")
    assert changes.changed == ("a.py",)
    assert changes.missing == ("sub/b.py",)
    apply(changes, force=True)
    assert plan(FILES, tmp_path, "t").is_fresh


def test_stale_files_are_removed_with_their_folder(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    (tmp_path / "sub/__pycache__").mkdir()
    (tmp_path / "sub/__pycache__/b.cpython-311.pyc").write_bytes(b"")
    changes = write({"a.py": "a = 1\n"}, tmp_path)
    assert changes.stale == ("__init__.py", "sub/b.py")
    assert names_in(tmp_path) == {"a.py", MANIFEST}
    assert not (tmp_path / "sub").exists()


def test_root_stays_even_if_nothing_is_left(tmp_path: Path) -> None:
    root = tmp_path / "out"
    write({"a.py": ""}, root)
    write({}, root)
    assert names_in(root) == {MANIFEST}


def test_foreign_files_are_kept(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    (tmp_path / "sub/mine.py").write_text("mine\n", "utf-8")
    (tmp_path / "mine.py").write_text("mine\n", "utf-8")
    write({"a.py": "a = 1\n"}, tmp_path)
    assert names_in(tmp_path) == {"a.py", "mine.py", "sub/mine.py", MANIFEST}


def test_foreign_file_in_a_bytecode_folder_is_kept(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    (tmp_path / "sub/__pycache__").mkdir()
    (tmp_path / "sub/__pycache__/mine.txt").write_text("mine\n", "utf-8")
    changes = write({"a.py": "a = 1\n"}, tmp_path)
    assert "sub/b.py" in changes.stale
    assert (tmp_path / "sub/__pycache__/mine.txt").is_file()
    assert plan({"a.py": "a = 1\n"}, tmp_path, "t").is_fresh


def test_stale_file_that_is_gone_already(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    (tmp_path / "sub/b.py").unlink()
    changes = write({"a.py": "a = 1\n"}, tmp_path)
    assert changes.stale == ("__init__.py",)


def test_targets_do_not_touch_each_other(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    apply(plan({"x.cpp": "\n"}, tmp_path, "other"))
    apply(plan({}, tmp_path, "other"))
    assert plan(FILES, tmp_path, "t").is_fresh
    assert manifest_name("t") == MANIFEST


@pytest.mark.parametrize("path", ["../mine.py", "sub/../../mine.py", "/mine.py"])
def test_manifest_cannot_name_files_elsewhere(tmp_path: Path, path: str) -> None:
    root = tmp_path / "out"
    mine = tmp_path / "mine.py"
    mine.write_text("mine\n", "utf-8")
    root.mkdir()
    named = str(mine) if path.startswith("/") else path
    (root / MANIFEST).write_text(json.dumps({"files": {named: ""}}), "utf-8")
    assert plan({}, root, "t").stale == ()
    write({}, root)
    assert mine.is_file()


def test_linked_folder_stays(tmp_path: Path) -> None:
    """Files are written and removed through it; it is the user's own."""
    root, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    root.mkdir()
    elsewhere.mkdir()
    (root / "sub").symlink_to(elsewhere, target_is_directory=True)
    write(FILES, root)
    assert (elsewhere / "b.py").is_file()
    write({"a.py": "a = 1\n"}, root)
    assert list(elsewhere.iterdir()) == []
    assert (root / "sub").is_symlink()


@pytest.mark.parametrize(
    "manifest",
    ["", "nonsense", "[]", "{}", '{"files": 1}', '{"files": [1]}', "null", "\ud7ff"],
)
def test_broken_manifest_counts_as_none(tmp_path: Path, manifest: str) -> None:
    write(FILES, tmp_path)
    (tmp_path / MANIFEST).write_bytes(manifest.encode("utf-16"))
    assert plan({"a.py": "a = 1\n"}, tmp_path, "t").stale == ()
    (tmp_path / MANIFEST).write_text(manifest, "utf-8")
    changes = plan({"a.py": "a = 1\n"}, tmp_path, "t")
    assert (changes.stale, changes.changed) == ((), (MANIFEST,))


@pytest.mark.parametrize("path", ["", ".", "sub", "a\0b", "\ud800"])
def test_manifest_of_odd_paths(tmp_path: Path, path: str) -> None:
    write(FILES, tmp_path)
    (tmp_path / MANIFEST).write_text(json.dumps({"files": [path]}), "utf-8")
    changes = plan(FILES, tmp_path, "t")
    assert (changes.stale, changes.changed) == ((), (MANIFEST,))


def test_hand_edits_are_kept(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    (tmp_path / "a.py").write_bytes(b"mine\n")
    (tmp_path / "sub/b.py").write_bytes(b"mine too\n")
    changes = plan({"a.py": "a = 2\n", "c.py": ""}, tmp_path, "t")
    assert changes.edited == ("a.py", "sub/b.py")
    with pytest.raises(EditedError) as caught:
        apply(changes)
    assert caught.value.paths == ("a.py", "sub/b.py")
    assert names_in(tmp_path) == {*FILES, MANIFEST}
    assert (tmp_path / "a.py").read_bytes() == b"mine\n"
    apply(changes, force=True)
    assert names_in(tmp_path) == {"a.py", "c.py", MANIFEST}


def test_conflicts_in_the_manifest_lose_nothing(tmp_path: Path) -> None:
    """A merge leaves both sides in it; what either wrote is ours."""
    write({"a.py": "a = 1\n", "c.py": ""}, tmp_path)
    theirs = (tmp_path / MANIFEST).read_text("utf-8")
    write({"a.py": "a = 2\n", "b.py": ""}, tmp_path)
    (tmp_path / "c.py").write_bytes(b"")
    ours = (tmp_path / MANIFEST).read_text("utf-8")
    (tmp_path / MANIFEST).write_text(
        f"<<<<<<< ours\n{ours}=======\n{theirs}>>>>>>> theirs\n"
    )
    changes = plan({"a.py": "a = 3\n"}, tmp_path, "t")
    assert (changes.edited, changes.stale) == ((), ("b.py", "c.py"))
    apply(changes)
    assert names_in(tmp_path) == {"a.py", MANIFEST}


def test_foreign_files_in_the_way_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"somebody's\n")
    assert plan(FILES, tmp_path, "t").edited == ("a.py",)
    with pytest.raises(EditedError):
        write(FILES, tmp_path)
    assert names_in(tmp_path) == {"a.py"}


def test_edits_that_make_no_difference_are_none(tmp_path: Path) -> None:
    """Whoever writes what would be generated loses nothing."""
    write(FILES, tmp_path)
    (tmp_path / "a.py").write_bytes(b"a = 2\n")
    changes = plan({**FILES, "a.py": "a = 2\n"}, tmp_path, "t")
    assert (changes.changed, changes.edited) == ((MANIFEST,), ())


def test_files_can_be_read_by_all(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    assert (tmp_path / "a.py").stat().st_mode & 0o777 == 0o644


def test_path_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.py").mkdir()
    with pytest.raises(IsADirectoryError):
        plan(FILES, tmp_path, "t")
