"""What is installed from a wheel works without the repository.

The wheel is built from a copy of the sources, and installed in an environment of its own.
Where the package index cannot be reached, all of this is skipped.
"""

from __future__ import annotations

import email
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
# What a source distribution needs to become a wheel.
SOURCES: Final = ("codegen", "declarations", "templates")
SOURCE_FILES: Final = ("LICENSE", "README.md", "pyproject.toml")


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel, and a folder to work in that has nothing else."""

    binaries: Path
    folder: Path

    def run(self, program: str, *arguments: str) -> str:
        result = execute([str(self.binaries / program), *arguments], self.folder)
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout


def execute(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command that sees nothing of this repository."""
    hidden = ("PYTHON", "PYTEST_", "VIRTUAL_ENV")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(hidden)}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True
    )


def pip(python: str, folder: Path, *arguments: str) -> None:
    result = execute([python, "-m", "pip", "--quiet", *arguments], folder)
    assert result.returncode == 0, result.stdout + result.stderr


def needs_the_index(folder: Path) -> None:
    """Skip if not even the build's own requirement can be had."""
    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]
    options = ("--no-deps", "--retries", "0", "--timeout", "10", "--dest", str(folder))
    command = [sys.executable, "-m", "pip", "--quiet", "download", *options]
    result = execute([*command, *build["requires"]], folder)
    if result.returncode != 0:
        *_, reason = result.stderr.strip().splitlines() or ["no reason given"]
        pytest.skip(f"the package index cannot be reached: {reason}")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    needs_the_index(tmp_path_factory.mktemp("index"))
    sources = tmp_path_factory.mktemp("sources")
    built = shutil.ignore_patterns("__pycache__", "_data")
    for name in SOURCES:
        shutil.copytree(ROOT / name, sources / name, ignore=built)
    for name in SOURCE_FILES:
        shutil.copy(ROOT / name, sources / name)
    folder = tmp_path_factory.mktemp("wheel")
    pip(sys.executable, sources, "wheel", "--no-deps", "-w", str(folder), ".")
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def names(wheel: Path) -> frozenset[str]:
    """The paths in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (path,) = (p for p in archive.namelist() if p.endswith("dist-info/METADATA"))
        return email.message_from_bytes(archive.read(path))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new virtual environment in which the wheel is installed."""
    folder = tmp_path_factory.mktemp("environment")
    created = execute([sys.executable, "-m", "venv", str(folder / "venv")], folder)
    assert created.returncode == 0, created.stdout + created.stderr
    binaries = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    pip(str(binaries / "python"), folder, "install", str(wheel))
    return binaries


@pytest.fixture
def installed(environment: Path, tmp_path: Path) -> Installed:
    return Installed(environment, tmp_path)


@pytest.mark.parametrize("folder", ["declarations", "templates"])
def test_data_is_in_the_wheel(names: frozenset[str], folder: str) -> None:
    """Every file, and nothing that is not in the sources."""
    wanted = {
        f"codegen/_data/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    prefix = f"codegen/_data/{folder}/"
    assert {name for name in names if name.startswith(prefix)} == wanted


def test_code_is_in_the_wheel(names: frozenset[str]) -> None:
    """The support code too, which is copied, and which need not be Python."""
    wanted = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "codegen").rglob("*")
        if path.is_file() and not {"__pycache__", "_data"} & {*path.parts}
    }
    assert {"codegen/py.typed", "codegen/runtime/python/table.py"} <= wanted
    data = "codegen/_data/"
    found = {name for name in names if name.startswith("codegen/")}
    assert {name for name in found if not name.startswith(data)} == wanted


def test_nothing_else_is_in_the_wheel(names: frozenset[str]) -> None:
    folders = {name.partition("/")[0] for name in names}
    assert {f for f in folders if not f.endswith(".dist-info")} == {"codegen"}


def test_licence_is_in_the_wheel(wheel: Path, names: frozenset[str]) -> None:
    (path,) = (name for name in names if name.endswith("/licenses/LICENSE"))
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read(path) == (ROOT / "LICENSE").read_bytes()


def test_metadata(metadata: Message) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert metadata["Name"] == project["name"] == "dispatch-codegen"
    assert metadata["Version"] == project["version"]
    assert metadata["Summary"] == project["description"]
    assert metadata["License-Expression"] == "BSD-3-Clause"
    assert metadata.get_all("License-File") == ["LICENSE"]
    assert metadata["Requires-Python"] == project["requires-python"]
    assert metadata["Description-Content-Type"] == "text/markdown"
    readme = (ROOT / "README.md").read_text("utf-8")
    text = metadata.get_payload(decode=True)
    assert isinstance(text, bytes)
    assert text.decode("utf-8").strip() == readme.strip()
    assert metadata.get_all("Classifier") == project["classifiers"]
    required = [r for r in metadata.get_all("Requires-Dist", []) if ";" not in r]
    assert len(required) == len(project["dependencies"])


TABLE: Final = """
import acme_dispatch
print(acme_dispatch.dispatch_dump_table("acme::add"), end="")
"""


def test_a_new_dispatcher(installed: Installed) -> None:
    """From nothing to the table of an operator, with one more backend."""
    installed.run("dispatch-codegen", "init", "acme")
    project = installed.folder / "acme"
    declarations = project / "declarations" / "acme.yaml"
    text = declarations.read_text("utf-8")
    assert text.count("  - Gpu\n") == 1
    declarations.write_text(text.replace("  - Gpu\n", "  - Gpu\n  - Tpu\n"), "utf-8")

    there = Installed(installed.binaries, project)
    there.run("dispatch-codegen", "generate", "-o", "acme_dispatch")
    there.run("dispatch-codegen", "check", "-o", "acme_dispatch")
    assert there.run("python", "-c", TABLE).splitlines() == [
        "Host: acme_kernels:add_host [kernel]",
        "Gpu: acme_kernels:add_anywhere [kernel for every backend]",
        "Tpu: acme_kernels:add_anywhere [kernel for every backend]",
        "GradientHost: fallthrough [backend fallback]",
        "GradientGpu: fallthrough [backend fallback]",
        "GradientTpu: fallthrough [backend fallback]",
    ]


def test_an_extension_of_built_in_declarations(installed: Installed) -> None:
    installed.run("dispatch-codegen", "init", "acme", "--extends", "pytorch")
    there = Installed(installed.binaries, installed.folder / "acme")
    there.run("dispatch-codegen", "generate", "-o", "acme_dispatch")
    rows = there.run("python", "-c", TABLE).splitlines()
    assert "AcmeGpu: acme_kernels:add_gpu [kernel]" in rows
    assert "AutogradAcmeGpu: autograd_not_implemented [backend fallback]" in rows


def test_the_generator_is_the_installed_one(installed: Installed) -> None:
    """Nothing above ran on the repository's own files."""
    place = installed.run("python", "-c", "import codegen; print(codegen.__file__)")
    assert not Path(place.strip()).is_relative_to(ROOT)
    assert installed.run("dispatch-codegen", "--version").startswith("dispatch-codegen")
