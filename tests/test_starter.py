"""`init` writes a project that works as it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import black
import pytest

from codegen import emit
from codegen.lint import lint
from codegen.pipeline import generate, load_model
from codegen.starter import starter_files, write_starter

FLAVOURS: Final = (None, "pytorch")
# Names that meet a key, a backend, a word or a module of what they are built on.
AWKWARD: Final = (
    "_",
    "_Acme_2",
    "Host",
    "a",
    "add",
    "autograd",
    "cpu",
    "cuda",
    "everywhere",
    "gpu",
    "meta",
    "my_array_library_of_30_letters",
    "private_use1",
    "pytest",
    "python",
    "tests",
)


def make(folder: Path, name: str = "acme", extends: str | None = None) -> Path:
    """A starter project in a folder, generated as its README says."""
    write_starter(starter_files(name, extends), folder)
    model = load_model([folder / "declarations"])
    package = folder / f"{name}_dispatch"
    emit.apply(emit.plan(generate(model, "python"), package, "python"))
    return folder


def run(folder: Path, *command: str) -> str:
    """Run a Python module in the project, as its author would."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    result = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_files() -> None:
    assert list(starter_files("acme")) == [
        ".github/workflows/dispatch.yml",
        "README.md",
        "acme_kernels.py",
        "declarations/acme.yaml",
        "declarations/schema.json",
        "pyproject.toml",
        "tests/test_dispatcher.py",
    ]
    assert starter_files("acme", "pytorch").keys() == starter_files("acme").keys()


def test_the_name_is_everywhere() -> None:
    renamed = {
        path.replace("acme", "tensors"): text.replace("acme", "tensors")
        for path, text in starter_files("acme").items()
    }
    assert starter_files("tensors") == renamed


@pytest.mark.parametrize("extends", FLAVOURS)
def test_editors_find_the_schema(extends: str | None) -> None:
    files = starter_files("acme", extends)
    first, *_ = files["declarations/acme.yaml"].splitlines()
    assert first == "# yaml-language-server: $schema=schema.json"
    assert json.loads(files["declarations/schema.json"])


def test_the_extension_is_one_backend_and_one_kernel() -> None:
    text = starter_files("acme", "pytorch")["declarations/acme.yaml"]
    rows = [row for row in text.splitlines() if row and not row.startswith("#")]
    assert rows == [
        "extends: pytorch",
        "backends:",
        "  - AcmeGpu",
        "operators:",
        "  - func: acme::add(Tensor self, Tensor other) -> Tensor",
        "    dispatch:",
        "      AcmeGpu: acme_kernels:add_gpu",
    ]


@pytest.mark.parametrize("name", ["", "a-b", "1a", "a b", "class", "é", "a\n", "mro"])
def test_names_that_declarations_cannot_hold(name: str) -> None:
    with pytest.raises(ValueError, match=r"is not a name|is reserved"):
        starter_files(name)
    with pytest.raises(ValueError, match=r"is not a name|is reserved"):
        starter_files("acme", name)


def test_texts_are_written_as_they_are(tmp_path: Path) -> None:
    files = starter_files("acme")
    written = write_starter(files, tmp_path / "new" / "folder")
    assert written == [tmp_path / "new" / "folder" / path for path in files]
    assert [p.read_bytes() for p in written] == [t.encode() for t in files.values()]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", "utf-8")
    (tmp_path / "tests").write_text("a file", "utf-8")
    (tmp_path / "pyproject.toml").symlink_to("nowhere")
    (tmp_path / "acme_kernels.py").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(FileExistsError) as error:
        write_starter(starter_files("acme"), tmp_path)
    assert [Path(p).name for p in str(error.value).split(": ")[1].split(", ")] == [
        "README.md",
        "acme_kernels.py",
        "pyproject.toml",
        "tests",
    ]
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "README.md").read_text("utf-8") == "mine"


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    folder.write_text("a file", "utf-8")
    with pytest.raises(FileExistsError, match=f"in the way: {folder}$"):
        write_starter(starter_files("acme"), folder)


def test_what_is_there_besides_stays(tmp_path: Path) -> None:
    (tmp_path / "declarations").mkdir()
    (tmp_path / "declarations" / "notes.txt").write_text("mine", "utf-8")
    write_starter(starter_files("acme"), tmp_path)
    assert (tmp_path / "declarations" / "notes.txt").read_text("utf-8") == "mine"


@pytest.mark.parametrize("extends", FLAVOURS)
@pytest.mark.parametrize("name", AWKWARD)
def test_any_name_works(name: str, extends: str | None, tmp_path: Path) -> None:
    """The declarations load, and the Python is as black writes it."""
    mode = black.Mode()
    for path, text in starter_files(name, extends).items():
        if path.endswith(".py"):
            assert black.format_str(text, mode=mode) == text
            assert max(map(len, text.splitlines())) <= mode.line_length
    write_starter(starter_files(name, extends), tmp_path)
    model = load_model([tmp_path / "declarations"])
    assert f"{name}::add" in model.operators


@pytest.mark.parametrize("extends", FLAVOURS)
def test_nothing_is_odd_about_it(extends: str | None, tmp_path: Path) -> None:
    write_starter(starter_files("acme", extends), tmp_path)
    findings = lint([tmp_path / "declarations"])
    assert not [f for f in findings if f.span is None or "acme.yaml" in f.span.path]


@pytest.mark.parametrize("extends", FLAVOURS)
def test_its_own_test_passes(extends: str | None, tmp_path: Path) -> None:
    make(tmp_path, extends=extends)
    count = 3 if extends else 4
    assert f"{count} passed" in run(tmp_path, "pytest", "-q", "-p", "no:cacheprovider")


@pytest.mark.parametrize("extends", FLAVOURS)
def test_its_own_test_sees_a_change(extends: str | None, tmp_path: Path) -> None:
    """The kernel that the test expects is the one that is declared."""
    files = starter_files("acme", extends)
    declarations = files["declarations/acme.yaml"]
    files["declarations/acme.yaml"] = declarations.replace(":add_", ":other_")
    write_starter(files, tmp_path)
    model = load_model([tmp_path / "declarations"])
    package = tmp_path / "acme_dispatch"
    emit.apply(emit.plan(generate(model, "python"), package, "python"))
    result = "2 failed, 1 passed" if extends else "4 failed"
    with pytest.raises(AssertionError, match=f"{result} in"):
        run(tmp_path, "pytest", "-q", "-p", "no:cacheprovider")


@pytest.mark.parametrize("extends", FLAVOURS)
def test_types(extends: str | None, tmp_path: Path) -> None:
    make(tmp_path, extends=extends)
    cache = str(tmp_path / "cache")
    checked = ("acme_kernels.py", "tests", "acme_dispatch")
    run(tmp_path, "mypy", "--strict", "--cache-dir", cache, *checked)


@pytest.mark.parametrize("extends", FLAVOURS)
def test_the_commands_of_the_readme_and_of_ci(
    extends: str | None, tmp_path: Path
) -> None:
    write_starter(starter_files("acme", extends), tmp_path)
    readme = (tmp_path / "README.md").read_text("utf-8")
    commands = readme.split("```")[1].strip().splitlines()
    assert [command.split()[:2] for command in commands] == [
        ["dispatch-codegen", "generate"],
        ["pytest"],
        ["dispatch-codegen", "check"],
    ]
    workflow = (tmp_path / ".github/workflows/dispatch.yml").read_text("utf-8")
    steps = [row.partition("run: ")[2] for row in workflow.splitlines()]
    commands += [step for step in steps if step and not step.startswith("pip ")]
    for command in commands:
        program, *arguments = command.split()
        module = {"dispatch-codegen": "codegen"}.get(program, program)
        run(tmp_path, module, *arguments)
