"""Builds extensions of PyTorch, and runs programs with them.

What is registered with PyTorch stays for the life of the process: each program has one of
its own. See `programs/__main__.py`.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from filelock import FileLock

from codegen.model import Key, Model
from codegen.pipeline import generate, load_model

VERSION: Final = "2.13.0"
ROOT: Final = Path(__file__).parents[2]
HERE: Final = Path(__file__).parent
DECLARATIONS: Final = HERE / "declarations"
# PyTorch's own, as this repository has them.
GENERATED: Final = ROOT / "generated" / "libtorch"

PROCESSES: Final = 2
WARNINGS: Final = "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror".split()


def need_torch() -> Path:
    """The folder of the installed PyTorch; the test is skipped without the right one."""
    try:
        found = importlib.metadata.version("torch").partition("+")[0]
    except importlib.metadata.PackageNotFoundError:
        pytest.skip(f"PyTorch {VERSION} is not installed: pip install torch=={VERSION}")
    if found != VERSION:
        pytest.skip(f"PyTorch {VERSION} is needed, {found} is installed")
    spec = importlib.util.find_spec("torch")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def write(declarations: Path, target: str, folder: Path) -> None:
    """Generate into a folder."""
    for path, text in generate(load_model([declarations]), target).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


class Workshop:
    """Builds extensions with g++, each once for all workers of the session."""

    def __init__(self, folder: Path) -> None:
        self._torch = need_torch()
        if shutil.which("g++") is None:
            pytest.skip("g++ is needed to build extensions of PyTorch")
        self._folder = folder
        folder.mkdir(exist_ok=True)

    @property
    def flags(self) -> tuple[str, ...]:
        """What all sources are compiled with."""
        include = self._torch / "include"
        headers = (include, include / "torch" / "csrc" / "api" / "include")
        given = [word for path in headers for word in ("-isystem", str(path))]
        return ("g++", "-std=c++20", "-O0", "-fPIC", "-fvisibility=hidden", *given)

    def build(
        self, name: str, declarations: Path | None, sources: Iterable[Path] = ()
    ) -> Path:
        """The folder that a built package is importable from.

        Args:
            name: of the folder.
            declarations: what is generated; PyTorch's own checked-in project if None.
            sources: of kernels.
        """
        project = self._folder / name
        with FileLock(self._folder / "lock"):
            if not (project / "built").exists():
                shutil.rmtree(project, ignore_errors=True)
                if declarations is None:
                    shutil.copytree(GENERATED, project)
                else:
                    write(declarations, "libtorch", project)
                own = sorted((project / "csrc").rglob("*.cpp"))
                self._build(project, dict.fromkeys((*own, *sources), ()))
        return project

    def variant(self, name: str, project: Path, source: Path, *flags: str) -> Path:
        """A built package with one of its sources compiled otherwise."""
        other = self._folder / name
        with FileLock(self._folder / "lock"):
            if not (other / "built").exists():
                shutil.rmtree(other, ignore_errors=True)
                shutil.copytree(project, other)
                self._object(other, source).unlink()
                self._build(other, {source: flags})
        return other

    def _build(self, project: Path, sources: Mapping[Path, Sequence[str]]) -> None:
        """Compile what is not yet, with flags of its own, and link everything."""
        jobs = []
        for source, flags in sources.items():
            made = self._object(project, source)
            if not made.exists():
                include = project / "csrc"
                command = [*self.flags, *WARNINGS, "-I", str(include), *flags]
                jobs.append([*command, "-c", str(source), "-o", str(made)])
        with ThreadPoolExecutor(PROCESSES) as pool:
            list(pool.map(check, jobs))
        (package,) = (path.parent for path in project.glob("*/__init__.py"))
        objects = [*project.glob("*.o"), *self._folder.glob("*.o")]
        libraries = self._torch / "lib"
        link = ["-shared", "-o", str(package / f"lib{package.name}.so")]
        link += [*map(str, objects), f"-L{libraries}", "-Wl,--no-undefined"]
        link += ["-Wl,--no-as-needed", "-ltorch_cpu", "-ltorch", "-lc10"]
        check(["g++", *link, f"-Wl,-rpath,{libraries}"])
        (project / "built").touch()

    def _object(self, project: Path, source: Path) -> Path:
        """Where a compiled source is; support code is the same in all projects."""
        if source.parent.name == "runtime":
            return self._folder / f"{source.stem}.o"
        folder = "" if source.parent.name == "csrc" else f"{source.parent.name}_"
        return project / f"{folder}{source.stem}.o"


def check(command: Sequence[str]) -> None:
    """Run a compiler.

    Raises:
        AssertionError: with what it printed.
    """
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, " ".join(command) + "\n" + result.stderr[:8000]


def workshop_folder(factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of the session share."""
    own = factory.getbasetemp()
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    return (own.parent if is_worker else own) / "torch_extensions"


def declare_constants(model: Model, keys: Iterable[Key], file: Path) -> None:
    """Declarations of fallbacks that name all keyset constants between them.

    Args:
        model: that has the constants.
        keys: that may have fallbacks.
        file: to write.
    """
    free = list(keys)
    lines = ["extends: pytorch", "dispatcher: {name: constants}", "fallbacks:"]
    # A call must not come back: where most keys are in the set, few can have it.
    for keyset in sorted(model.keysets.values(), key=lambda one: -one.raw.bit_count()):
        key = next(key for key in free if key.mask & ~keyset.raw)
        free.remove(key)
        fields = f"keys: [{key.name}], policy: redispatch, redispatch_to: {keyset.name}"
        lines.append(f"  - {{{fields}}}")
    file.write_text("\n".join(lines) + "\n")


@dataclass(frozen=True)
class Ran:
    """What a program did."""

    value: Any
    stderr: str


def run(
    program: str, *arguments: Any, folders: Sequence[Path] = (), flags: str = ""
) -> Ran:
    """Run a function of `programs` in a process of its own, which has to end well.

    Args:
        program: `module:function`.
        arguments: what it is called with: what JSON can hold.
        folders: where its packages are.
        flags: of the Python interpreter.
    """
    path = os.pathsep.join(map(str, folders))
    command = [sys.executable, *flags.split(), "-m", "tests.torch.programs"]
    result = subprocess.run(
        [*command, program, json.dumps(arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    said = f"{program}{arguments} ended with {result.returncode}\n"
    assert result.returncode == 0, said + result.stdout[-2000:] + result.stderr[-6000:]
    return Ran(json.loads(result.stdout.splitlines()[-1]), result.stderr)
