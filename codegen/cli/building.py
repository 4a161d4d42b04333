"""What `generate` writes for build systems, beside what is generated."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from codegen.cli.console import UnusableError, usable
from codegen.memory import Inputs, Request, generator_files, last_run

if TYPE_CHECKING:
    from codegen.build_files import BuildStep


@dataclass(frozen=True, slots=True)
class BuildFiles:
    """The files to write for build systems, if any: see `codegen.build_files`.

    Attributes:
        lists: is to list what is written and read, for CMake.
        depfile: is to name what is read, for Make and Ninja.
    """

    lists: Path | None
    depfile: Path | None

    def write_recalled(self, request: Request, root: Path) -> bool:
        """Write what the last run wrote and read; False if that is not known."""
        if not self._given():
            return True
        found = last_run(request)
        if found is None:
            return False
        self.write(request, root, *found)
        return True

    def check(
        self, request: Request, root: Path, outputs: Iterable[str], inputs: Inputs
    ) -> None:
        """Make sure that what is to be written replaces nothing else.

        Raises:
            UnusableError: if it would replace what is read, what is generated, or the
                other file for a build system.
        """
        given = self._given()
        if not given:
            return
        # Imported late: few runs are part of a build.
        from codegen.build_files import why_not_write

        step = _step(request, root, outputs, inputs)
        before: dict[str, Path] = {}
        for name, file in given.items():
            reason = why_not_write(file, step, before)
            reason = reason or _why_not_beside(file, request, inputs)
            if reason is not None:
                raise UnusableError(f"cannot write {name} {file}: {reason}")
            before[name] = file

    def write(
        self, request: Request, root: Path, outputs: Iterable[str], inputs: Inputs
    ) -> None:
        """Write what was written to a folder, and what was read.

        Raises:
            UnusableError: if a file cannot be written, or must not be: see `check`.
        """
        if not self._given():
            return
        # Imported late: few runs are part of a build.
        from codegen.build_files import cmake_lists, depfile, write_if_changed

        outputs = tuple(outputs)
        self.check(request, root, outputs, inputs)
        step = _step(request, root, outputs, inputs)
        if self.lists is not None:
            with usable(self.lists):
                write_if_changed(self.lists, cmake_lists(step, self.lists.stem))
        if self.depfile is not None:
            with usable(self.depfile):
                write_if_changed(self.depfile, depfile(step))

    def _given(self) -> dict[str, Path]:
        """The files to write, by option."""
        named = {"--output-dependencies": self.lists, "--depfile": self.depfile}
        return {name: file for name, file in named.items() if file is not None}


def _step(
    request: Request, root: Path, outputs: Iterable[str], inputs: Inputs
) -> BuildStep:
    from codegen.build_files import build_step
    from codegen.emit import manifest_name

    read = (*inputs.given, *inputs.digests, *generator_files(request))
    return build_step(root, manifest_name(request.target), outputs, read)


def _why_not_beside(file: Path, request: Request, inputs: Inputs) -> str | None:
    """Why the next run would read a file; None if it would not."""
    path = os.path.realpath(file)
    if request.templates is not None and _is_in(path, request.templates):
        return "the folder is that of the templates"
    if path.endswith((".yaml", ".yml")) and any(
        _is_in(path, folder) for folder in inputs.given if folder.is_dir()
    ):
        return "it would be one of the declarations in its folder"
    return None


def _is_in(path: str, folder: Path) -> bool:
    return path.startswith(os.path.join(os.path.realpath(folder), ""))
