"""Compares generated files with the disk, and writes them: the only writes to an output.

`plan` looks, `apply` acts. Beside the files of a target stands its manifest, which says
what was written before; only files that it names are ever removed.

Note [Interrupted runs]. All new files are first written to a staging folder, whose journal
says what each path may hold because of us: its old digest and its new one. Only then are
they renamed into place, one by one, the manifest last, and the staging folder removed. A
run that dies before the first rename changed nothing; one that dies later leaves the
folder, by which the next run knows that it has to finish, and that a file with one of
these digests is not a hand edit.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple


class EditedError(Exception):
    """Files would be lost that hold something else than what was generated.

    Attributes:
        paths: the files, relative to the output folder.
    """

    def __init__(self, paths: tuple[str, ...]) -> None:
        super().__init__(", ".join(paths))
        self.paths = paths


class Text(NamedTuple):
    """A generated text, which need not be there yet.

    Attributes:
        digest: of the text.
        make: gives the text; that takes its time where it is recalled from an earlier run.
    """

    digest: str
    make: Callable[[], str]

    @classmethod
    def of(cls, text: str) -> Text:
        return cls(digest(text.encode()), lambda: text)


Texts = Mapping[str, str | Text]
"""What is generated, by path."""


def digested(files: Texts) -> dict[str, Text]:
    """All texts with their digests."""
    return {
        path: text if isinstance(text, Text) else Text.of(text)
        for path, text in files.items()
    }


@dataclass(frozen=True, slots=True)
class Plan:
    """What differs between generated files and a folder.

    Attributes:
        root: the folder.
        target: name of the target.
        files: all generated texts by path, the manifest among them.
        missing, changed: paths to write, sorted.
        stale: paths of an earlier run that are not generated any more, sorted.
        edited: those of `changed` and `stale` that hold something that was not
            generated: edited by hand, or never ours.
        interrupted: whether an earlier run did not come to its end.
    """

    root: Path
    target: str
    files: Mapping[str, Text]
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    stale: tuple[str, ...]
    edited: tuple[str, ...]
    interrupted: bool

    @property
    def is_fresh(self) -> bool:
        """Whether the folder holds what would be generated, and nothing half done."""
        return not (self.missing or self.changed or self.stale or self.interrupted)

    def text(self, path: str) -> str:
        """A generated text."""
        return self.files[path].make()


def manifest_name(target: str) -> str:
    """The file that lists what a target wrote."""
    return f".manifest-{target}.json"


def staging_name(target: str) -> str:
    """The folder that is there while a target is written."""
    return f".staging-{target}"


def with_manifest(files: Texts, target: str) -> dict[str, Text]:
    """Generated texts, sorted, and the manifest that lists them."""
    texts = dict(sorted(digested(files).items()))
    listed = {path: text.digest for path, text in texts.items()}
    return {**texts, manifest_name(target): Text.of(_json({"files": listed}))}


def digest(content: bytes) -> str:
    """What tells contents apart in manifests and journals."""
    return hashlib.sha256(content).hexdigest()[:16]


def digest_of_file(path: str | os.PathLike[str]) -> str:
    """The digest of what a file holds.

    Raises:
        OSError: if it cannot be read.
    """
    with open(path, "rb", buffering=0) as file:
        return digest(file.read())


def plan(files: Texts, root: Path, target: str) -> Plan:
    """Compare generated files with what a folder holds.

    Raises:
        OSError: if something that should be a file cannot be read as one.
    """
    wanted = with_manifest(files, target)
    manifest = manifest_name(target)
    ours = _written_before(root, target)
    missing, changed, edited = [], [], []
    for path, text in sorted(wanted.items()):
        try:
            found = digest_of_file(os.path.join(root, path))
        except FileNotFoundError:
            missing.append(path)
            continue
        if found != text.digest:
            changed.append(path)
            if path != manifest and found not in ours.get(path, ()):
                edited.append(path)
    stale = []
    for path in sorted(ours.keys() - wanted.keys()):
        if (root / path).is_file():
            stale.append(path)
            if digest((root / path).read_bytes()) not in ours[path]:
                edited.append(path)
    return Plan(
        root,
        target,
        wanted,
        tuple(missing),
        tuple(changed),
        tuple(stale),
        tuple(sorted(edited)),
        (root / staging_name(target)).exists(),
    )


def apply(changes: Plan, *, force: bool = False) -> None:
    """Make the folder hold the generated files.

    Args:
        changes: what to do.
        force: whether to overwrite and remove what was edited by hand.

    Raises:
        EditedError: if there is such a file and no `force`; nothing is written then.
        OSError: if a file cannot be written or removed.
    """
    if changes.is_fresh:
        return
    if changes.edited and not force:
        raise EditedError(changes.edited)
    root, target = changes.root, changes.target
    made = _missing_folders(root)
    staging = root / staging_name(target)
    is_first = not staging.exists()
    try:
        staged = _stage(changes, staging)
    except BaseException:
        if is_first:
            shutil.rmtree(staging, ignore_errors=True)
            for folder in made:
                with suppress(OSError):
                    folder.rmdir()
        raise
    manifest = staged.pop(manifest_name(target), None)
    for place in sorted({os.path.dirname(path) for path in staged}):
        os.makedirs(os.path.join(root, place), exist_ok=True)
    for path, written in staged.items():
        os.replace(written, os.path.join(root, path))
    for path in changes.stale:
        (root / path).unlink(missing_ok=True)
        _remove_empty(root / path, root)
    if manifest is not None:
        os.replace(manifest, root / manifest_name(target))
    shutil.rmtree(staging)


def _missing_folders(root: Path) -> list[Path]:
    """The folders that have to be made for an output, innermost first."""
    return [folder for folder in (root, *root.parents) if not folder.exists()]


def _stage(changes: Plan, staging: Path) -> dict[str, str]:
    """Write the journal, then every new file, into the staging folder."""
    staging.mkdir(parents=True, exist_ok=True)
    possible = _written_before(changes.root, changes.target)
    paths = sorted({*changes.missing, *changes.changed})
    for path in paths:
        possible.setdefault(path, set()).add(changes.files[path].digest)
    draft = staging / "journal.new"
    draft.write_text(
        _json({"files": {path: sorted(possible[path]) for path in sorted(possible)}}),
        "utf-8",
        newline="",
    )
    os.replace(draft, staging / _JOURNAL)
    staged = {}
    for number, path in enumerate(paths):
        staged[path] = os.path.join(staging, str(number))
        write_bytes(staged[path], changes.text(path).encode())
    return staged


def write_bytes(path: str, content: bytes) -> None:
    """Write all of a file.

    Raises:
        OSError: if that cannot be; there may be half of it then.
    """
    with open(path, "wb") as file:
        file.write(content)


def _remove_empty(path: Path, root: Path) -> None:
    """Remove the folders that a removed file leaves empty, bytecode aside."""
    for folder in path.parents:
        if folder == root or folder.is_symlink() or not folder.exists():
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


_JOURNAL: Final = "journal.json"


def _written_before(root: Path, target: str) -> dict[str, set[str]]:
    """By path: the digests that a file may have because of us."""
    result: dict[str, set[str]] = {}
    manifest = root / manifest_name(target)
    journal = root / staging_name(target) / _JOURNAL
    for path, known in (*_entries(manifest), *_entries(journal)):
        if not Path(path).is_absolute() and ".." not in Path(path).parts:
            result.setdefault(path, set()).update(known)
    return result


def _entries(file: Path) -> list[tuple[str, list[str]]]:
    """What a manifest or journal says of paths.

    One that a merge has left with conflicts is read line by line, so that what either
    side wrote is known to be ours.
    """
    try:
        text = file.read_text("utf-8")
    except (OSError, ValueError):
        return []
    try:
        found = json.loads(text)["files"].items()
    except (ValueError, KeyError, TypeError, AttributeError):
        found = _ENTRY.findall(text)
    return [
        (path, known if isinstance(known, list) else [known])
        for path, known in found
        if all(
            isinstance(k, str) for k in (known if isinstance(known, list) else [known])
        )
    ]


_ENTRY: Final = re.compile(r'^ *"([^"\\]+)": "([0-9a-f]{16})",?$', re.MULTILINE)


def _json(data: Any) -> str:
    return json.dumps(data, indent=1) + "\n"
