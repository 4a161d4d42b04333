"""What is remembered saves time and never changes an answer."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest

from codegen import emit, memory, resources, storage
from codegen.diagnostics import DeclarationError
from codegen.layers import built_in_names
from codegen.memory import Request
from codegen.pipeline import Run, generate_files

BASE: Final = """\
dispatcher: {name: small, default_namespace: demo}
backends: [Alpha, Beta]
functionality:
  - Plain: {per_backend: true, prefix: ""}
  - Trace
variants: {lean: {table_keys: [Alpha]}}
"""
OPERATORS: Final = (
    "- {func: twice(Tensor self) -> Tensor, dispatch: {Alpha: twice_a}}\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project: `own` extends `base`, and templates."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(storage.VARIABLE, str(tmp_path / "cache"))
    for place, text in {
        "base/small.yaml": BASE,
        "own/mine.yaml": "extends: ../base\nkeysets: {traced: Trace}\n",
        "own/operators.yaml": OPERATORS,
        "templates/operators/__init__.py.j2": "# none\n",
    }.items():
        (tmp_path / place).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / place).write_text(text, "utf-8")
    return tmp_path


OWN: Final = Request((Path("own"),), None, "python")
WITH_TEMPLATES: Final = Request((Path("own"),), None, "python", Path("templates"))
OUTPUT: Final = Path("out")


def generate(request: Request = OWN, output: Path = OUTPUT) -> None:
    """Write the files, as the command does."""
    state = memory.generator_state(request)
    files, inputs = generate_files(request, Run(output, state))
    memory.remember(request, inputs, files, state)
    emit.apply(emit.plan(files, output, request.target), force=True)


def is_really_fresh(request: Request = OWN, output: Path = OUTPUT) -> bool:
    """The answer that takes its time."""
    try:
        files, _ = generate_files(request, Run(output, ()))
        return emit.plan(files, output, request.target).is_fresh
    except (DeclarationError, OSError):
        return False


def is_fresh(request: Request = OWN, output: Path = OUTPUT) -> bool:
    """The answer from memory, which must be no better than the one that takes time."""
    answer = memory.is_fresh(request, output)
    assert not answer or is_really_fresh(request, output)
    return answer


def test_it_remembers() -> None:
    assert not is_fresh()
    generate()
    assert is_fresh()
    assert is_fresh()


def write(place: str, text: str) -> Callable[[], object]:
    def act() -> None:
        Path(place).parent.mkdir(parents=True, exist_ok=True)
        Path(place).write_text(text, "utf-8")

    return act


def same_size_and_time(place: str, old: bytes, new: bytes) -> Callable[[], object]:
    def act() -> None:
        file = Path(place)
        status, content = file.stat(), file.read_bytes()
        assert old in content
        assert len(old) == len(new)
        file.write_bytes(content.replace(old, new))
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))

    return act


def turn_into_a_folder() -> None:
    Path("out/py.typed").unlink()
    Path("out/py.typed").mkdir()


CHANGES: Final = {
    "declaration changed": write("own/mine.yaml", "extends: ../base\n"),
    "declaration changed unseen": same_size_and_time(
        "own/mine.yaml", b"traced", b"tracer"
    ),
    "declaration added": write("own/more.yml", "keysets: {more: Trace}\n"),
    "declaration added below": write("own/a/b/more.yaml", "keysets: {more: Trace}\n"),
    "declaration removed": lambda: Path("own/operators.yaml").unlink(),
    "declaration renamed": lambda: Path("own/mine.yaml").rename("own/z.yaml"),
    "declaration hidden": lambda: Path("own/operators.yaml").rename("own/.o.yaml"),
    "declarations removed": lambda: shutil.rmtree("own"),
    "base changed": same_size_and_time("base/small.yaml", b"Trace", b"Tracy"),
    "base added": write("base/more.yaml", "keysets: {more: Trace}\n"),
    "base removed": lambda: shutil.rmtree("base"),
    "template changed": write("templates/operators/__init__.py.j2", "# other\n"),
    "template changed unseen": same_size_and_time(
        "templates/operators/__init__.py.j2", b"none", b"nine"
    ),
    "template added": write("templates/py.typed", ""),
    "template added below": write("templates/operators/namespace.py.j2", "#\n"),
    "template removed": lambda: Path("templates/operators/__init__.py.j2").unlink(),
    "template renamed": lambda: Path("templates/operators/__init__.py.j2").rename(
        "templates/operators/module.py.j2"
    ),
    "templates removed": lambda: shutil.rmtree("templates"),
    "output changed": same_size_and_time("out/keysets.py", b"Trace", b"Tracy"),
    "output removed": lambda: Path("out/py.typed").unlink(),
    "output renamed": lambda: Path("out/keysets.py").rename("out/keyset.py"),
    "outputs removed": lambda: shutil.rmtree("out"),
    "output turned into a folder": turn_into_a_folder,
    "manifest changed": write("out/.manifest-python.json", '{"files": {}}\n'),
    "manifest removed": lambda: Path("out/.manifest-python.json").unlink(),
    "staging left over": lambda: Path("out/.staging-python").mkdir(),
    "staging file left over": write("out/.staging-python", ""),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_is_noticed(change: Callable[[], object]) -> None:
    generate(WITH_TEMPLATES)
    assert is_fresh(WITH_TEMPLATES)
    change()
    assert not is_fresh(WITH_TEMPLATES)


@pytest.mark.parametrize(
    "other",
    [
        Request((Path("own"),), "lean", "python"),
        WITH_TEMPLATES,
        Request((Path("own"), Path("more.yaml")), None, "python"),
        Request((Path("base"),), None, "python"),
    ],
    ids=["variant", "templates", "more", "other"],
)
def test_every_option_counts(other: Request) -> None:
    write("more.yaml", "keysets: {more: Trace}\n")()
    generate()
    assert not is_fresh(other)
    generate(other)
    assert is_fresh(other)
    assert not is_fresh()
    generate()
    assert is_fresh()
    assert not is_fresh(other)


def test_two_outputs(folder: Path) -> None:
    generate()
    assert not is_fresh(output=Path("second"))
    generate(output=Path("second"))
    assert is_fresh()
    assert is_fresh(output=Path("second"))
    (folder / "second" / "py.typed").unlink()
    assert is_fresh()
    assert not is_fresh(output=Path("second"))


def test_built_in_templates(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = folder / "built-in"
    shutil.copytree(resources.templates(), own)
    monkeypatch.setattr(resources, "templates", lambda: own)
    generate()
    assert is_fresh()
    template = own / "python" / "keysets.py.j2"
    template.write_text(template.read_text("utf-8") + "# more\n", "utf-8")
    assert not is_fresh()


def test_a_folder_that_hides_a_built_in_base(folder: Path) -> None:
    """A path beside the file comes before the built-in declarations of that name."""
    name, *_ = built_in_names()
    write("third/mine.yaml", f"extends: {name}\nkeysets: {{mine: empty}}\n")()
    request = Request((Path("third"),), None, "python")
    generate(request)
    assert is_fresh(request)
    shutil.copytree("base", folder / "third" / name)
    assert not is_fresh(request)


def test_a_link_that_is_turned(folder: Path) -> None:
    """Though another name of the file is still there."""
    write("one.txt", "keysets: {one: Trace}\n")()
    write("two.txt", "keysets: {two: Trace}\n")()
    for name in ("a", "b", "c"):
        (folder / "own" / f"{name}.yaml").symlink_to("../one.txt")
    generate()
    assert is_fresh()
    for name in ("a", "b", "c"):
        link = folder / "own" / f"{name}.yaml"
        link.unlink()
        link.symlink_to("../two.txt")
        assert not is_fresh()
        link.unlink()
        link.symlink_to("../one.txt")
        assert is_fresh()


# What happens during a run


@pytest.mark.parametrize(
    "change",
    [
        write("own/more.yaml", "keysets: {more: Trace}\n"),
        write("own/mine.yaml", "extends: ../base\n"),
        write("base/more.yaml", "keysets: {more: Trace}\n"),
        write("templates/operators/__init__.py.j2", "# other\n"),
        lambda: Path("own/operators.yaml").unlink(),
        lambda: shutil.rmtree("templates"),
    ],
    ids=["added", "changed", "base", "template", "removed", "no templates"],
)
def test_a_change_during_a_run(change: Callable[[], object]) -> None:
    state = memory.generator_state(WITH_TEMPLATES)
    files, inputs = generate_files(WITH_TEMPLATES, Run(OUTPUT, state))
    change()
    memory.remember(WITH_TEMPLATES, inputs, files, state)
    emit.apply(emit.plan(files, OUTPUT, "python"))
    assert not is_fresh(WITH_TEMPLATES)


# Records


def record_file(folder: Path) -> Path:
    (file,) = (folder / "cache").glob("*.json")
    return file


def test_half_a_record(folder: Path) -> None:
    generate()
    file = record_file(folder)
    whole = file.read_bytes()
    for length in range(0, len(whole), 97):
        file.write_bytes(whole[:length])
        assert not is_fresh()
    file.write_bytes(whole)
    assert is_fresh()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"\xff\xff",
        b"null",
        b"[]",
        b"{}",
        b'{"outputs": {}}',
        b"[" * 100_000,
    ],
)
@pytest.mark.parametrize("sealed", [False, True])
def test_broken_records(folder: Path, content: bytes, sealed: bool) -> None:
    generate()
    seal = f"{emit.digest(content)}\n".encode() if sealed else b""
    record_file(folder).write_bytes(seal + content)
    assert not is_fresh()
    generate()
    assert is_fresh()


def test_the_record_of_something_else(folder: Path) -> None:
    generate()
    file = record_file(folder)
    others = Request((Path("base"),), None, "python")
    generate(others)
    (other,) = {*(folder / "cache").glob("*.json")} - {file}
    other.replace(file)
    # The output is that of `base`, and so is the record: it is not the one of `own`.
    assert not is_fresh()


def test_the_record_of_another_generator(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generate()
    monkeypatch.setattr(sys, "version", "another one")
    assert not is_fresh()


def test_a_record_that_is_a_folder(folder: Path) -> None:
    generate()
    file = record_file(folder)
    file.unlink()
    file.mkdir()
    assert not is_fresh()
    generate()
    assert [path.name for path in (folder / "cache").glob("*.[0-9]*")] == []


def test_no_cache(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("file", "")()
    monkeypatch.setenv(storage.VARIABLE, str(folder / "file" / "cache"))
    generate()
    assert not is_fresh()
    assert is_really_fresh()


def test_records_hold_no_text(folder: Path) -> None:
    generate()
    assert b"traced" not in record_file(folder).read_bytes()


# Random edits


@pytest.mark.parametrize("seed", range(4))
def test_random_edits(folder: Path, seed: int) -> None:
    """Whatever is done in whatever order, memory never says fresh when it is not."""
    pick = random.Random(seed)
    requests = [OWN, WITH_TEMPLATES, Request((Path("own"),), "lean", "python")]
    outputs = [OUTPUT, Path("second")]
    initial = {p: p.read_bytes() for p in folder.rglob("*.*") if p.is_file()}
    fresh = 0
    for _ in range(40):
        request, output = pick.choice(requests[:2]), pick.choice(outputs)
        match pick.randrange(6):
            case 0 | 1:
                with suppress(DeclarationError, OSError):
                    generate(pick.choice(requests), output)
            case 2:
                change = pick.choice(list(CHANGES.values()))
                try:
                    change()
                except (OSError, AssertionError):
                    continue
            case 3 | 4:
                for left in folder.rglob(".staging-*"):
                    shutil.rmtree(left) if left.is_dir() else left.unlink()
                for place in ("own", "base", "templates"):
                    shutil.rmtree(folder / place, ignore_errors=True)
                for path, content in initial.items():
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
            case _:
                generated = sorted(p for p in output.rglob("*") if p.is_file())
                if generated:
                    pick.choice(generated).write_text(str(pick.random()), "utf-8")
        for request in requests:
            for output in outputs:
                fresh += is_fresh(request, output)
    assert fresh


# What a fresh run imports


def test_a_fresh_run_imports_little(folder: Path) -> None:
    """Reading, checking and rendering are not needed, so they are not loaded."""
    code = (
        "import sys\n"
        "from codegen.cli import main\n"
        "status = main(['check', '-d', 'own', '-o', 'out'], standalone_mode=False)\n"
        "slow = {'pydantic', 'yaml', 'jinja2', 'black', 'filelock'}\n"
        "print(status, sorted(slow & sys.modules.keys()))\n"
    )
    command = [sys.executable, "-m", "codegen", "generate", "-d", "own", "-o", "out"]
    environment = {**os.environ, "PYTHONPATH": str(Path(memory.__file__).parents[1])}
    subprocess.run(command, env=environment, check=True)
    result = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    assert result.stdout == "out: up to date\nNone []\n"
    assert json.loads((folder / "out" / ".manifest-python.json").read_text("utf-8"))[
        "files"
    ]
