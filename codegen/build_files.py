"""What build systems ask of a run: which files it writes, and which ones it read.

Returns texts, from lists of paths. A list for CMake names all outputs, so that a build knows
of each before it is there; a depfile names all inputs, so that the generator runs again when
one of them has changed, and only then. Neither depends on whether anything was written.

Note [Folders as inputs]. A folder of declarations stands for all files below it, so that a
file that comes or goes is a change too. That is seen by the time of the folder that it comes
into. What is not there cannot be named: a file that would be found in place of a built-in one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from codegen.quoting import cmake_string, depfile_word


@dataclass(frozen=True, slots=True)
class BuildStep:
    """A run as a build system sees it, in absolute paths.

    Attributes:
        manifest: the file that every run has, whatever is declared.
        outputs: all other files that are written, sorted.
        inputs: files and folders that are read, sorted.
    """

    manifest: str
    outputs: tuple[str, ...]
    inputs: tuple[str, ...]


def build_step(
    root: Path, manifest: str, outputs: Iterable[str], inputs: Iterable[Path | str]
) -> BuildStep:
    """The step that reads some files and folders, and writes others.

    Args:
        root: the folder that is written to.
        manifest: the path of the manifest in it.
        outputs: paths in it, with or without the manifest.
        inputs: files and folders, those of templates and of the generator among them.
    """
    absolute = os.path.abspath(root)
    others = sorted({*outputs} - {manifest})
    return BuildStep(
        f"{absolute}/{manifest}",
        tuple(f"{absolute}/{path}" for path in others),
        tuple(sorted({found for path in inputs for found in _with_folders(path)})),
    )


def _with_folders(path: Path | str) -> Iterator[str]:
    """A path; of a folder, those below it too: see Note [Folders as inputs]."""
    absolute = os.path.abspath(path)
    yield absolute
    for folder, names, _ in os.walk(absolute):
        names[:] = [n for n in names if not n.startswith(".") and n != "__pycache__"]
        yield from (os.path.join(folder, name) for name in names)


def cmake_lists(step: BuildStep, name: str) -> str:
    """A file for CMake's `include`: variables that begin with a name.

    `NAME_outputs` are all files that are written but `NAME_manifest`; `NAME_headers` and
    `NAME_sources` are those of C++ among them; `NAME_inputs` are the files and folders that
    are read.
    """
    lists = {
        "manifest": (step.manifest,),
        "outputs": step.outputs,
        "headers": _ending(step.outputs, ".h"),
        "sources": _ending(step.outputs, ".cpp"),
        "inputs": step.inputs,
    }
    return "".join(_variable(f"{name}_{of}", paths) for of, paths in lists.items())


def _ending(paths: Iterable[str], end: str) -> tuple[str, ...]:
    return tuple(path for path in paths if path.endswith(end))


def _variable(name: str, paths: Iterable[str]) -> str:
    lines = (f"  {cmake_string(path)}\n" for path in paths)
    return f"set(\n  {cmake_string(name)}\n{''.join(lines)})\n"


def depfile(step: BuildStep) -> str:
    """A rule for Make and Ninja: the manifest is made of all inputs.

    A path with a line break cannot be named there, and is left out.
    """
    named = (path for path in step.inputs if "\n" not in path)
    words = (f"{depfile_word(step.manifest)}:", *map(depfile_word, named))
    return " \\\n  ".join(words) + "\n"


def why_not_write(
    file: Path, step: BuildStep, others: Mapping[str, Path]
) -> str | None:
    """Why a file for a build system may not have its path; None if it may.

    Paths are compared where their links lead. What is there and no regular file, such as
    a pipe, holds nothing that could be lost.

    Args:
        file: the file to write.
        step: the run that it is about.
        others: the files that are written besides, by what asks for them.
    """
    if _is_special(file):
        return None
    path = os.path.realpath(file)
    for name, other in others.items():
        if os.path.realpath(other) == path:
            return f"{name} names the same file"
    written = {os.path.realpath(output) for output in (step.manifest, *step.outputs)}
    if path in written:
        return "it is one of the generated files"
    if any(output.startswith(path + os.sep) for output in written):
        return "it is a folder of generated files"
    if path in map(os.path.realpath, step.inputs):
        return "it is one of the files that are read"
    return None


def _is_special(file: Path) -> bool:
    return file.exists() and not file.is_file() and not file.is_dir()


def write_if_changed(file: Path, text: str) -> None:
    """Write a file, unless it has this text already.

    What is there and no regular file, such as a pipe, is written to, and so is what a link
    leads to: neither is replaced.

    Raises:
        OSError: if it cannot be written.
    """
    content = text.encode("utf-8", "surrogateescape")
    if file.is_file() and file.read_bytes() == content:
        return
    if file.is_symlink() or _is_special(file):
        file.write_bytes(content)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        draft.write_bytes(content)
        os.replace(draft, file)
    finally:
        draft.unlink(missing_ok=True)
