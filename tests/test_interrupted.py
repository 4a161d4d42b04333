"""Runs that die: whatever the moment, nothing is lost and the next run finishes.

Every operation that changes the disk raises an audit event first. A child process counts
them and kills itself before the n-th one, for every n; in other tests the n-th fails, as
on a full disk.
"""

from __future__ import annotations

import errno
import itertools
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from codegen import emit

OLD: Final = {
    "a.py": "a = 1\n",
    "b.py": "b = 1\n",
    "old/c.py": "c = 1\n",
    "same.py": "",
}
NEW: Final = {
    "a.py": "a = 2\n",
    "b.py": "b = 2\n",
    "new/d.py": "d = 2\n",
    "same.py": "",
}
FOREIGN: Final = {"mine.py": "mine\n", "old/notes.txt": "notes\n"}

_CHANGES: Final = ("os.rename", "os.mkdir", "os.remove", "os.rmdir")


def _changes_the_disk(event: str, arguments: tuple[object, ...], root: Path) -> bool:
    if event in _CHANGES:
        return str(root) in str(arguments[0]) or isinstance(arguments[-1], int)
    if event == "open":
        path, _, flags = arguments
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
        return bool(writes) and str(root) in str(path)
    return False


def _contents(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text("utf-8")
        for path in root.rglob("*")
        if path.is_file() and not any(p.startswith(".") for p in path.parts[-3:])
    }


def _prepare(root: Path) -> None:
    emit.apply(emit.plan(OLD, root, "t"))
    for path, text in FOREIGN.items():
        (root / path).write_text(text, "utf-8")


def _kill_at(moment: int, root: Path, act: Callable[[], None]) -> bool:
    """Run in a child that dies before the n-th change; whether it did."""
    child = os.fork()
    if child == 0:
        seen = itertools.count(1)

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            if _changes_the_disk(event, arguments, root) and next(seen) == moment:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        try:
            act()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _moments(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    for moment in itertools.count(1):
        root = tmp_path / f"out{moment}"
        _prepare(root)
        yield moment, root


def _is_whole(root: Path) -> None:
    """Every file holds its old text or its new one, and foreign ones are as they were."""
    for path, text in _contents(root).items():
        assert text in (OLD.get(path), NEW.get(path), FOREIGN.get(path)), path
    assert {path: (root / path).read_text("utf-8") for path in FOREIGN} == FOREIGN


def _is_mended(root: Path, files: dict[str, str]) -> None:
    changes = emit.plan(files, root, "t")
    assert changes.edited == ()
    emit.apply(changes)
    assert _contents(root) == {**files, **FOREIGN}
    assert emit.plan(files, root, "t").is_fresh
    assert not list(root.glob(".staging*"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("next_files", [NEW, OLD], ids=["same_again", "back_again"])
def test_killed_at_every_change(tmp_path: Path, next_files: dict[str, str]) -> None:
    moments = 0
    for moment, root in _moments(tmp_path):
        changes = emit.plan(NEW, root, "t")
        if not _kill_at(moment, root, lambda p=changes: emit.apply(p)):  # type: ignore[misc]
            assert _contents(root) == {**NEW, **FOREIGN}
            break
        moments += 1
        _is_whole(root)
        assert (
            _contents(root) == {**OLD, **FOREIGN}
            or not emit.plan(OLD, root, "t").is_fresh
        )
        _is_mended(root, next_files)
    # Journal and its rename, five staged files with two folders, five renames, the
    # removals: far more than a handful of moments.
    assert moments > 15


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_again_and_again(tmp_path: Path) -> None:
    """A run that mends can be killed too."""
    for first in (4, 9, 12, 15):
        for moment in itertools.count(1):
            root = tmp_path / f"out{first}_{moment}"
            _prepare(root)
            changes = emit.plan(NEW, root, "t")
            assert _kill_at(first, root, lambda p=changes: emit.apply(p))  # type: ignore[misc]
            again = emit.plan(NEW, root, "t")
            assert again.edited == ()
            died = _kill_at(moment, root, lambda p=again: emit.apply(p))  # type: ignore[misc]
            _is_whole(root)
            _is_mended(root, NEW)
            if not died:
                break


def test_a_full_disk_at_every_change(tmp_path: Path) -> None:
    """The run ends with the error; before the first rename it leaves no trace."""
    failing: list[tuple[Path, int]] = []
    seen = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        if failing and _changes_the_disk(event, arguments, failing[0][0]):
            seen += 1
            if seen == failing[0][1]:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    sys.addaudithook(hook)
    untouched = 0
    for moment, root in _moments(tmp_path):
        changes = emit.plan(NEW, root, "t")
        before = _contents(root)
        seen = 0
        failing[:] = [(root, moment)]
        caught: int | None = None
        try:
            emit.apply(changes)
        except OSError as error:
            caught = error.errno
        finally:
            failing.clear()
        if caught is None:
            break
        assert caught == errno.ENOSPC
        _is_whole(root)
        if not emit.plan(OLD, root, "t").interrupted:
            assert _contents(root) == before
            untouched += 1
        _is_mended(root, NEW)
    assert untouched > 5


def test_half_a_file_is_never_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _prepare(tmp_path)
    real = emit.write_bytes

    def half(path: str, content: bytes) -> None:
        real(path, content[: len(content) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(emit, "write_bytes", half)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        emit.apply(emit.plan(NEW, tmp_path, "t"))
    monkeypatch.undo()
    assert _contents(tmp_path) == {**OLD, **FOREIGN}
    assert emit.plan(OLD, tmp_path, "t").is_fresh


def test_a_new_folder_is_not_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: str, content: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(emit, "write_bytes", fail)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        emit.apply(emit.plan(NEW, tmp_path / "deep" / "out", "t"))
    assert list(tmp_path.iterdir()) == []


def test_an_edit_after_an_interrupted_run_is_one(tmp_path: Path) -> None:
    """The journal tells our own files from a hand edit."""
    _prepare(tmp_path)
    changes = emit.plan(NEW, tmp_path, "t")
    assert _kill_at(14, tmp_path, lambda: emit.apply(changes))
    assert emit.plan(NEW, tmp_path, "t").interrupted
    (tmp_path / "b.py").write_text("by hand\n", "utf-8")
    assert emit.plan(NEW, tmp_path, "t").edited == ("b.py",)
    with pytest.raises(emit.EditedError):
        emit.apply(emit.plan(NEW, tmp_path, "t"))
    assert (tmp_path / "b.py").read_text("utf-8") == "by hand\n"
