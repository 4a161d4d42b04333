"""What `generate` writes for build systems, beside what is generated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from codegen.cli.console import usable
from codegen.memory import Inputs, Request, generator_files, last_run


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
        if self.lists is None and self.depfile is None:
            return True
        found = last_run(request)
        if found is None:
            return False
        self.write(request, root, *found)
        return True

    def write(
        self, request: Request, root: Path, outputs: Iterable[str], inputs: Inputs
    ) -> None:
        """Write what was written to a folder, and what was read."""
        if self.lists is None and self.depfile is None:
            return
        # Imported late: few runs are part of a build.
        from codegen.build_files import (
            build_step,
            cmake_lists,
            depfile,
            write_if_changed,
        )
        from codegen.emit import manifest_name

        read = (*inputs.given, *inputs.digests, *generator_files(request))
        step = build_step(root, manifest_name(request.target), outputs, read)
        if self.lists is not None:
            with usable(self.lists):
                write_if_changed(self.lists, cmake_lists(step, self.lists.stem))
        if self.depfile is not None:
            with usable(self.depfile):
                write_if_changed(self.depfile, depfile(step))
