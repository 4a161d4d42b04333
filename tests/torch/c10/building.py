"""Compiles and runs what compares generated sources of c10 with PyTorch's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import pytest
from filelock import FileLock

from codegen.model import KeyKind, Model
from tests.torch.building import ROOT, WARNINGS, check, need_torch
from tests.torch.c10.headers import Declared, declared
from tests.torch.c10.renamed import write_renamed

HERE: Final = Path(__file__).parent

# As the wheel is built: debug assertions are left out.
RELEASE: Final = ("-O2", "-DNDEBUG")


class Bench:
    """Generated sources, as they are and renamed, and what is compiled with them.

    Attributes:
        folder: that all workers of the session share.
        front: where the generated files are, under their own paths.
        stock, generated: what the headers of both declare.
    """

    def __init__(self, folder: Path, files: Mapping[str, str], model: Model) -> None:
        """Writes everything, unless another worker has.

        Args:
            folder: to write into.
            files: generated text by path, those of c10.
            model: that they are made of.
        """
        self._torch = need_torch()
        if shutil.which("g++") is None:
            pytest.skip("g++ is needed to compile with PyTorch's headers")
        self.folder: Final = folder
        self.front: Final = folder / "front"
        self._files = files
        self._renamed = folder / "renamed"
        folder.mkdir(exist_ok=True)
        with FileLock(folder / "lock"):
            is_first = not (folder / "written").exists()
            if is_first:
                for path, text in files.items():
                    file = self.front / path
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_text(text, "utf-8")
                write_renamed(files, self._renamed)
            self.stock: Final[Declared] = declared(self.stock_headers)
            self.generated: Final[Declared] = declared(self.headers_in_front)
            if is_first:
                lines = "".join(f"{line}\n" for line in names(model, self.stock))
                (folder / "names.inc").write_text(lines, "utf-8")
                (folder / "written").touch()

    @property
    def stock_headers(self) -> tuple[str, ...]:
        """Where PyTorch's own headers are; nothing in them is a warning."""
        include = self._torch / "include"
        api = include / "torch" / "csrc" / "api" / "include"
        return ("-isystem", str(include), "-isystem", str(api))

    @property
    def headers_in_front(self) -> tuple[str, ...]:
        """The generated headers in front of PyTorch's own."""
        return ("-I", str(self.front), *self.stock_headers)

    @property
    def sources(self) -> tuple[Path, ...]:
        """The generated sources under their own paths."""
        return tuple(self.front / path for path in self._files if path.endswith(".cpp"))

    def changed(self, name: str, path: str, old: str, new: str) -> Path:
        """A folder with a renamed copy in which one piece of text is another.

        Args:
            name: of the folder.
            path: of the file that is changed.
            old: that stands there once.
            new: that it becomes.
        """
        text = self._files[path]
        assert text.count(old) == 1, f"{path} has {text.count(old)} of {old!r}"
        folder = self.folder / name
        write_renamed({**self._files, path: text.replace(old, new)}, folder)
        return folder

    def constants(self, renamed: Path | None = None, *flags: str) -> str:
        """What the compiler says of at_compile_time.cpp: nothing if all is equal."""
        command = ["g++", "-std=c++20", *WARNINGS, *self._beside(renamed), *flags]
        result = subprocess.run(
            [*command, "-fsyntax-only", str(HERE / "at_compile_time.cpp")],
            capture_output=True,
            text=True,
            check=False,
        )
        assert bool(result.returncode) == bool(result.stderr)
        return result.stderr

    def program(self, source: str, *flags: str, renamed: Path | None = None) -> Path:
        """A program of a source here and the renamed sources, linked with libc10.

        Args:
            source: its name.
            flags: of the compiler.
            renamed: a copy with changed sources, but unchanged headers.
        """
        folder = renamed or self._renamed
        name = "_".join([Path(source).stem, *(flag.strip("-") for flag in flags)])
        made = self.folder / f"{name}_{folder.name}"
        with FileLock(self.folder / "lock"):
            main = self.folder / f"{name}.o"
            if not main.exists():
                self._compile(HERE / source, main, *self._beside(None), *flags)
            if not made.exists():
                objects = [main]
                for own in sorted((folder / "generated" / "core").glob("*.cpp")):
                    objects.append(folder / f"{own.stem}_{name}.o")
                    self._compile(own, objects[-1], *self._beside(folder), *flags)
                self.link(made, objects, "-lc10")
        return made

    def library(self, name: str, sources: Sequence[Path], *libraries: str) -> Path:
        """A library of sources that have the generated headers in front."""
        made = self.folder / f"lib{name}.so"
        with FileLock(self.folder / "lock"):
            if not made.exists():
                objects = [self.folder / f"{name}_{one.stem}.o" for one in sources]
                for one, own in zip(sources, objects, strict=True):
                    into = ("-MD", "-MF", str(own.with_suffix(".d")))
                    flags = ("-fPIC", "-O1", "-DNDEBUG", *self.headers_in_front)
                    self._compile(one, own, *flags, *into)
                self.link(made, objects, "-shared", *libraries)
        return made

    def link(self, made: Path, objects: Sequence[Path], *flags: str) -> None:
        """Link with PyTorch's libraries, which are given by flags."""
        libraries = self._torch / "lib"
        command = ["g++", "-o", str(made), *map(str, objects), f"-L{libraries}"]
        command += ["-Wl,--no-undefined", "-Wl,--no-as-needed", *flags]
        check([*command, f"-Wl,-rpath,{libraries}"])

    def _beside(self, renamed: Path | None) -> tuple[str, ...]:
        """The renamed headers beside PyTorch's."""
        own = (renamed or self._renamed, self.folder, HERE)
        given = [word for path in own for word in ("-I", str(path))]
        return (*given, *self.stock_headers)

    def _compile(self, source: Path, made: Path, *flags: str) -> None:
        """Compile with warnings as errors."""
        command = ["g++", "-std=c++20", *WARNINGS, *flags]
        check([*command, "-c", str(source), "-o", str(made)])


def run_program(program: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run what was built."""
    return subprocess.run(
        [str(program), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def run_python(*arguments: object, preload: Path | None = None) -> str:
    """What `tests.torch.c10.calls` prints, in a process of its own."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    if preload is not None:
        environment["LD_PRELOAD"] = str(preload)
    result = subprocess.run(
        [sys.executable, "-m", "tests.torch.c10.calls", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=environment,
    )
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-6000:]
    return result.stdout


def backend_values(model: Model) -> dict[str, int]:
    """The value of each enumerator of `BackendComponent`."""
    bits = {f"{one.name}Bit": one.value for one in model.backends.values()}
    return {"InvalidBit": 0, **bits, "EndOfBackendKeys": len(bits)}


def key_values(model: Model) -> dict[str, int]:
    """The value of each enumerator of `DispatchKey`, second names too."""
    every = (*model.keys, *model.aliases_of_keys)
    return {name: model.keys[name].value for name in every}


def real_keys(model: Model) -> tuple[str, ...]:
    """The names that are a key's own."""
    keys = model.keys.values()
    return tuple(key.name for key in keys if key.kind is not KeyKind.PLACEHOLDER)


def names(model: Model, stock: Declared) -> Iterator[str]:
    """The lines of names.inc: what is compared by name."""
    for name, value in backend_values(model).items():
        yield f"BACKEND({name}, {value})"
    for name, value in key_values(model).items():
        yield f"KEY({name}, {value})"
    yield from (f"VALUE({name})" for name in stock.values)
    yield from (f"KEYSET({name})" for name in stock.keysets)
    for keyset in model.keysets.values():
        yield f"DECLARED_KEYSET({keyset.name}, {keyset.raw:#x})"
    real = frozenset(real_keys(model))
    for name in dict.fromkeys((*key_values(model), *backend_values(model))):
        yield f'PARSED("{name}", {str(name in real).lower()})'
