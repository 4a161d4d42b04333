"""Remembers which inputs gave which outputs, so that nothing is computed twice.

A record is kept for each set of options. It holds the digests of everything that was read,
and those of everything that was generated; never a text. A record that cannot be read, or
that another version of the generator wrote, is as good as none. What is not certain to be
unchanged counts as changed: the worst that memory may do is to save no time.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from codegen import resources, storage
from codegen.emit import (
    Texts,
    digest,
    digest_of_file,
    staging_name,
    with_manifest,
)
from codegen.source import declaration_files


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be generated from what.

    Attributes:
        paths: declaration files and folders.
        variant: the build variant, None for the plain build.
        target: name of the target.
        templates: a folder of templates to use before the built-in ones.
        selection: what is selected besides: files, operators and namespaces.
    """

    paths: tuple[Path, ...]
    variant: str | None
    target: str
    templates: Path | None = None
    selection: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was read.

    Attributes:
        given: the paths that were asked for, those of a base among them.
        digests: by file.
    """

    given: tuple[Path, ...]
    digests: Mapping[Path, str]


def is_fresh(request: Request, root: Path) -> bool:
    """Whether a folder holds what these declarations gave when they were last read.

    False if that is not known without reading them again.
    """
    record = _recall(request)
    try:
        return (
            record is not None
            and not os.path.lexists(root / staging_name(request.target))
            and all(
                digest_of_file(os.path.join(root, path)) == known
                for path, known in record["outputs"].items()
            )
        )
    except OSError:
        return False


def last_run(request: Request) -> tuple[tuple[str, ...], Inputs] | None:
    """The paths that a request's run gave, and what was read; None if not known."""
    record = _recall(request)
    if record is None:
        return None
    digests = {Path(path): known for path, known in record["inputs"].items()}
    return tuple(record["outputs"]), Inputs(tuple(map(Path, record["given"])), digests)


def generator_files(request: Request) -> list[Path]:
    """What else is read: the generator's own files, and the folder of given templates."""
    folders = [Path(__file__).parent, resources.templates()]
    files = [Path(path) for folder in folders for path, *_ in _stamps(folder)]
    return files if request.templates is None else [*files, request.templates]


def generator_state(request: Request) -> list[Any]:
    """What else decides the outputs: the generator's own files, and given templates.

    To be asked for before generating, so that a change during the run is noticed.
    """
    return [sys.version, generator_stamps(), _template_digests(request.templates)]


def generator_stamps() -> list[list[Any]]:
    """Path, size and times of each of the generator's own files."""
    folders = [Path(__file__).parent, resources.templates()]
    return [list(entry) for folder in folders for entry in sorted(_stamps(folder))]


def units_file(request: Request) -> Path | None:
    """Where `codegen.units` keeps what it knows; None if there is no place."""
    file = _file(request)
    return None if file is None else file.with_suffix(".units")


def units_context(
    request: Request, generator: Sequence[Any], others: Mapping[str, str], form: str
) -> str:
    """A digest of what decides what units give, beside their own text.

    Args:
        request: what is asked for.
        generator: `generator_state`.
        others: digests of the files without units, as messages call them.
        form: what is kept of a unit.
    """
    parts = [_options(request), generator, sorted(others.items()), form, os.getcwd()]
    return digest(json.dumps(parts).encode())


def remember(
    request: Request,
    inputs: Inputs,
    files: Texts,
    generator: Sequence[Any],
) -> None:
    """Keep what a run read and what it generated, if there is a place to keep it.

    Args:
        request: what was asked for.
        inputs: what was read.
        files: what was generated.
        generator: `generator_state` from before anything was read.
    """
    file = _file(request)
    if file is None:
        return
    outputs = with_manifest(files, request.target)
    draft = file.with_suffix(f".{os.getpid()}")
    with suppress(OSError, ValueError):
        absent = _places_before_built_in(inputs)
        given = {str(p.absolute()): _listing(p) for p in sorted(inputs.given)}
        record = {
            "options": _options(request),
            "generator": generator,
            "given": given,
            "absent": [str(path) for path in absent],
            "inputs": {str(p.absolute()): d for p, d in sorted(inputs.digests.items())},
            "outputs": {path: text.digest for path, text in outputs.items()},
        }
        read = {os.path.realpath(path) for path in inputs.digests}
        listed = {place for listing in given.values() for _, place in listing}
        if listed != read or any(map(os.path.lexists, absent)):
            return  # Something came, went or moved during the run.
        try:
            draft.write_bytes(_sealed(json.dumps(record)))
            os.replace(draft, file)
        finally:
            draft.unlink(missing_ok=True)


def _options(request: Request) -> list[Any]:
    return [
        [str(path.absolute()) for path in request.paths],
        request.variant,
        request.target,
        None if request.templates is None else str(request.templates.absolute()),
        # Of a name it does not matter that it is no path.
        [[name, str(Path(name).absolute())] for name in request.selection],
    ]


def _file(request: Request) -> Path | None:
    folder = storage.cache_folder()
    if folder is None:
        return None
    return folder / f"{storage.name_for(json.dumps(_options(request)))}.json"


def _sealed(text: str) -> bytes:
    """A text behind its digest, by which half a record is known."""
    return f"{digest(text.encode())}\n{text}".encode()


def _recall(request: Request) -> dict[str, Any] | None:
    """The record of a request, if all that was read is as it was."""
    file = _file(request)
    if file is None:
        return None
    try:
        content = file.read_bytes()
        text = content.partition(b"\n")[2].decode()
        if content != _sealed(text):
            return None
        record: dict[str, Any] = json.loads(text)
        # Read back, because JSON has no tuples.
        known = json.loads(json.dumps([_options(request), generator_state(request)]))
        if [record["options"], record["generator"]] != known:
            return None
        if any(_listing(Path(p)) != listed for p, listed in record["given"].items()):
            return None
        if any(map(os.path.lexists, record["absent"])):
            return None
        for path, before in record["inputs"].items():
            if digest(Path(path).read_bytes()) != before:
                return None
    except _UNREADABLE:
        return None
    return record


# A record may hold anything: whoever can write there may have.
_UNREADABLE: Final = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
)


def _listing(path: Path) -> list[list[str]]:
    """The files that a path stands for, and where they are: links may be turned."""
    return [
        [str(file.absolute()), os.path.realpath(file)]
        for file in declaration_files(path)
    ]


def _places_before_built_in(inputs: Inputs) -> list[Path]:
    """Where a base would be found before the built-in one of the same name."""
    built_in = resources.built_in_declarations()
    if built_in not in inputs.given:
        return []
    # Imported late: few declarations extend built-in ones.
    from codegen.layers import built_in_names

    folders = {
        Path(place).parent
        for path in inputs.digests
        for place in (path.absolute(), os.path.realpath(path))
    }
    return [
        folder / name
        for folder in sorted(folders - {built_in})
        for name in sorted(built_in_names())
    ]


def _template_digests(folder: Path | None) -> list[list[str]] | None:
    """All files, whatever their names: one that replaces nothing is an error."""
    if folder is None:
        return None
    return [
        [str(file.relative_to(folder)), digest(file.read_bytes())]
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    ]


_SOURCES: Final = (".py", ".j2", ".yaml", ".h", ".clang-format")


def _stamps(folder: Path) -> Iterator[tuple[str, int, int, int]]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _stamps(Path(entry.path))
        elif entry.name.endswith(_SOURCES):
            status = entry.stat()
            times = status.st_mtime_ns, status.st_ctime_ns
            yield entry.path, status.st_size, *times
