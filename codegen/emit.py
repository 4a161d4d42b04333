"""Compares generated files with the disk, and writes them: the only disk writes.

`plan` looks, `apply` acts. Beside the files of a target stands its manifest, which says
what was written before; only files that it names are ever removed.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Plan:
    """What differs between generated files and a folder.

    Attributes:
        root: the folder.
        target: name of the target.
        files: all generated texts by path.
        missing, changed: paths to write, sorted.
        stale: paths of an earlier run that are not generated any more, sorted.
    """

    root: Path
    target: str
    files: Mapping[str, str]
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    stale: tuple[str, ...]

    @property
    def is_fresh(self) -> bool:
        """Whether the folder holds what would be generated."""
        return not (self.missing or self.changed or self.stale)


def manifest_name(target: str) -> str:
    """The file that lists what a target wrote."""
    return f".manifest-{target}.json"


def plan(files: Mapping[str, str], root: Path, target: str) -> Plan:
    """Compare generated files with what a folder holds."""
    wanted = dict(files)
    wanted[manifest_name(target)] = _manifest(files)
    missing, changed = [], []
    for path, text in sorted(wanted.items()):
        try:
            found = (root / path).read_bytes()
        except FileNotFoundError:
            missing.append(path)
        else:
            if found != text.encode():
                changed.append(path)
    stale = sorted(
        path
        for path in _written_before(root, target)
        if path not in wanted and (root / path).is_file()
    )
    return Plan(root, target, wanted, tuple(missing), tuple(changed), tuple(stale))


def apply(changes: Plan) -> None:
    """Make the folder hold the generated files; the manifest is written last.

    Raises:
        OSError: if a file cannot be written or removed.
    """
    manifest = manifest_name(changes.target)
    paths = sorted({*changes.missing, *changes.changed} - {manifest})
    for path in paths:
        _replace(changes.root / path, changes.files[path])
    for path in changes.stale:
        (changes.root / path).unlink()
        _remove_empty(changes.root / path, changes.root)
    if not changes.is_fresh:
        _replace(changes.root / manifest, changes.files[manifest])


def _replace(path: Path, text: str) -> None:
    """Write a file in one step, so that nobody sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".tmp-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _remove_empty(path: Path, root: Path) -> None:
    """Remove the folders that a removed file leaves empty, bytecode aside."""
    for folder in path.parents:
        if folder == root or folder.is_symlink():
            return
        cache = folder / "__pycache__"
        if any(entry != cache for entry in folder.iterdir()):
            return
        if cache.is_dir():
            if any(entry.suffix != ".pyc" for entry in cache.iterdir()):
                return
            for compiled in cache.iterdir():
                compiled.unlink()
            cache.rmdir()
        folder.rmdir()


def _manifest(files: Mapping[str, str]) -> str:
    digests = {
        path: hashlib.sha256(text.encode()).hexdigest()[:16]
        for path, text in sorted(files.items())
    }
    return json.dumps({"files": digests}, indent=1) + "\n"


def _written_before(root: Path, target: str) -> list[str]:
    """The paths of the manifest that is there; none if it cannot be understood."""
    try:
        found = json.loads((root / manifest_name(target)).read_text("utf-8"))
        paths = [path for path in found["files"] if isinstance(path, str)]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [
        path
        for path in paths
        if not Path(path).is_absolute() and ".." not in Path(path).parts
    ]
