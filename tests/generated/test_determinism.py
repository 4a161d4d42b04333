"""The same declarations give the same bytes, whatever surrounds the run."""

from __future__ import annotations

import getpass
import os
import random
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from codegen.emit import apply, plan
from codegen.pipeline import generate, load_model

ROOT = Path(__file__).parents[2]
DECLARATIONS = ROOT / "declarations"
COMMAND = "to rewrite it, run: dispatch-codegen generate"


def run_generate(
    folder: Path,
    *declarations: Path,
    output: str = "out",
    target: str = "python",
    **environment: str,
) -> dict[str, bytes]:
    """What the command line writes, run in a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    options = [f"-d{path}" for path in declarations or (DECLARATIONS,)]
    done = subprocess.run(
        [
            *(sys.executable, "-m", "codegen", "generate", *options),
            *("-o", output, "--target", target),
        ],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, **environment},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return contents(folder / output)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Written by this process."""
    root = tmp_path_factory.mktemp("expected") / "out"
    apply(plan(generate(load_model([DECLARATIONS]), "python"), root, "python"))
    return contents(root)


@pytest.mark.parametrize("seed", ["0", "1", "random"])
def test_hash_seed(tmp_path: Path, expected: dict[str, bytes], seed: str) -> None:
    assert run_generate(tmp_path, PYTHONHASHSEED=seed) == expected


GOLDEN = ROOT / "tests" / "golden"


@pytest.mark.parametrize(
    ("target", "declarations"),
    [
        ("cpp", DECLARATIONS),
        ("libtorch", DECLARATIONS),
        ("c10", DECLARATIONS),
        ("libtorch", GOLDEN / "libtorch_extension" / "input.yaml"),
        ("torch_library", GOLDEN / "torch_library_extension" / "input.yaml"),
    ],
)
def test_other_targets(tmp_path: Path, target: str, declarations: Path) -> None:
    """All of it at once: the parts before the templates are those of Python."""
    root = tmp_path / "expected"
    apply(plan(generate(load_model([declarations]), target), root, target))
    expected = contents(root)
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONHASHSEED": "7", "TZ": "UTC"}
    for output in ("out", "deep/folder"):
        found = run_generate(
            tmp_path / "run", declarations, output=output, target=target, **environment
        )
        assert found == expected
    for name, content in expected.items():
        assert str(ROOT).encode() not in content, name
        is_made = name.endswith((".h", ".cpp", ".txt", ".in", ".toml", ".py"))
        if is_made and "runtime/" not in name:
            assert f"{COMMAND} --target ".encode() in content, name


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C.UTF-8"},
    ],
    ids=["C", "C.UTF-8"],
)
def test_locale(
    tmp_path: Path, expected: dict[str, bytes], locale: dict[str, str]
) -> None:
    assert run_generate(tmp_path, **locale) == expected


def test_locale_and_text_outside_ascii(tmp_path: Path) -> None:
    """A name of a language that the locale cannot write ends up escaped, not lost."""
    file = tmp_path / "d.yaml"
    file.write_text(
        "dispatcher: {name: d}\nbackends: [A]\nfunctionality: [F: {per_backend: true}]\n"
        "fallbacks: [{keys: [FA], policy: not_implemented, message: 'für {operator} \u2717'}]\n",
        "utf-8",
    )
    locale = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    first = run_generate(tmp_path / "a", file, **locale)
    assert first == run_generate(tmp_path / "b", file, LC_ALL="C.UTF-8")
    assert b"f\\xfcr {operator} \\u2717" in first["registrations/a.py"]


def test_zone_and_time(tmp_path: Path, expected: dict[str, bytes]) -> None:
    environment = {"TZ": "Pacific/Kiritimati", "SOURCE_DATE_EPOCH": "1"}
    assert run_generate(tmp_path, **environment) == expected


@pytest.mark.parametrize("cwd", ["here", "a/b/c", "mit Leerzeichen"])
def test_working_directory(
    tmp_path: Path, expected: dict[str, bytes], cwd: str
) -> None:
    assert run_generate(tmp_path / cwd) == expected


def test_relative_and_absolute_paths(expected: dict[str, bytes]) -> None:
    """Declarations named from the folder they are in."""
    relative = Path(os.path.relpath(DECLARATIONS))
    files = generate(load_model([relative]), "python")
    assert files.keys() == expected.keys() - {".manifest-python.json"}
    assert all(text.encode() == expected[path] for path, text in files.items())


@pytest.mark.parametrize("seed", [1, 2])
def test_files_in_any_order(
    tmp_path: Path, expected: dict[str, bytes], seed: int
) -> None:
    files = [path for path in DECLARATIONS.rglob("*") if path.suffix == ".yaml"]
    random.Random(seed).shuffle(files)
    assert run_generate(tmp_path, *files) == expected


def test_file_given_twice(tmp_path: Path, expected: dict[str, bytes]) -> None:
    again = DECLARATIONS / "backends.yaml"
    assert run_generate(tmp_path, again, DECLARATIONS) == expected


@pytest.mark.parametrize("output", ["generated", "very/deep/folder/of/it", "."])
def test_output_folder(tmp_path: Path, expected: dict[str, bytes], output: str) -> None:
    assert run_generate(tmp_path, output=output) == expected


def test_second_run_writes_nothing(tmp_path: Path) -> None:
    first = run_generate(tmp_path)
    times = {p: p.stat().st_mtime_ns for p in (tmp_path / "out").rglob("*.py")}
    assert run_generate(tmp_path) == first
    assert times == {p: p.stat().st_mtime_ns for p in times}


def test_nothing_of_the_machine(expected: dict[str, bytes]) -> None:
    """No date, user or path; a version of the generator would change every file."""
    path = re.compile(r"(?<![\w./*])/(?!/)[A-Za-z][\w.-]*/|[A-Z]:\\\\?|~/|\.\./")
    date = re.compile(r"\b(19|20)\d\d-\d\d-\d\d|\b\d\d:\d\d:\d\d\b")
    user = re.compile(rf"\b{re.escape(getpass.getuser())}\b")
    number = re.compile(rf"\b{re.escape(version('dispatch-codegen'))}\b")
    for name, content in expected.items():
        text = content.decode("ascii")
        assert str(ROOT) not in text, name
        for pattern in (date, user, number):
            assert not pattern.search(text), (name, pattern.search(text))
        without_urls = re.sub(r"https?://\S+", "", text)
        assert not path.search(without_urls), (name, path.search(without_urls))


def test_every_file_names_its_command(expected: dict[str, bytes]) -> None:
    """The manifest apart, and what is empty."""
    for name, content in expected.items():
        if name == "py.typed" or name.endswith(".json"):
            continue
        if name.startswith("_runtime/"):
            continue  # Copied byte for byte: test_package.py.
        text = content.decode("ascii")
        head = text if name.endswith(".txt") else text.split('"""')[1]
        assert COMMAND in head, name


def test_text_files_are_plain(expected: dict[str, bytes]) -> None:
    for name, content in expected.items():
        text = content.decode("ascii")
        assert "\r" not in text, name
        assert "\t" not in text, name
        assert not text or text.endswith("\n"), name
        assert not text.endswith("\n\n"), name
        assert not re.search(r"[ ]+$", text, re.MULTILINE), name
