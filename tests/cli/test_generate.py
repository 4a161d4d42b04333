"""`generate`: what it writes, what it leaves alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.commands import arguments_of, bad_input, contents, rewrite, run, start


def test_writes_and_then_rests(folder: Path) -> None:
    first = run("generate")
    assert first.exit_code == 0
    count = len(contents(folder / "generated"))
    assert (
        first.stdout == f"generated: {count} written, 0 removed; `import generated`\n"
    )
    assert first.stderr == ""
    again = run("generate")
    assert (again.exit_code, again.stdout) == (0, "generated: up to date\n")


def test_writes_only_what_changed(folder: Path) -> None:
    run("generate")
    times = {p: p.stat().st_mtime_ns for p in (folder / "generated").rglob("*.py")}
    (folder / "generated" / "keysets.py").unlink()
    result = run("generate")
    # The file; the manifest says what it always said.
    assert result.stdout.startswith("generated: 1 written, 0 removed")
    changed = [p.name for p, time in times.items() if p.stat().st_mtime_ns != time]
    assert changed == ["keysets.py"]


def test_as_a_module(folder: Path) -> None:
    process = start("generate", "-o", "out")
    stdout, stderr = process.communicate()
    assert (process.returncode, stderr) == (0, "")
    assert stdout.endswith("; `import out`\n")
    assert run("check", "-o", "out").exit_code == 0


@pytest.mark.parametrize(
    ("output", "hint"),
    [
        ("out", "; `import out`"),
        ("some/where/out", "; `import out`"),
        ("not-a-name", ""),
        ("class", ""),
    ],
)
def test_says_how_to_import(output: str, hint: str) -> None:
    result = run("generate", "-o", output)
    assert result.exit_code == 0
    assert result.stdout.endswith(f"written, 0 removed{hint}\n")


def test_a_package_of_another_name() -> None:
    result = run("generate", "--package", "a.b")
    assert result.stdout.endswith("; `import a.b`\n")


@pytest.mark.parametrize("command", ["generate", "check", "diff"])
@pytest.mark.parametrize("name", ["a-b", "", "a..b", "1a", "a.class", "ä"])
def test_package_must_be_a_name(folder: Path, command: str, name: str) -> None:
    assert "is not a package name" in bad_input(folder, command, "--package", name)


def test_several_declarations(folder: Path) -> None:
    rewrite(folder, "keysets: {traced: Trace}\n", "")
    (folder / "more.yaml").write_text("keysets: {other: Trace}\n", "utf-8")
    more = ["-d", "declarations", "--declarations", "more.yaml"]
    assert run("generate", *more).exit_code == 0
    assert "other" in (folder / "generated" / "keysets.py").read_text("utf-8")
    assert run("check", *more).exit_code == 0
    # In any order, and apart from how they are spelt.
    assert run("check", "-d", "more.yaml", "-d", "./declarations/").exit_code == 0
    assert run("check").exit_code == 1


def test_a_variant(folder: Path) -> None:
    rewrite(folder, "keysets:", "variants: {lean: {table_keys: [Alpha]}}\nkeysets:")
    run("generate", "-o", "plain")
    assert run("generate", "-o", "lean", "--variant", "lean").exit_code == 0
    assert contents(folder / "plain") != contents(folder / "lean")
    assert run("check", "-o", "lean", "--variant", "lean").exit_code == 0
    assert run("check", "-o", "lean").exit_code == 1


def test_a_target_by_name(folder: Path) -> None:
    assert run("generate", "--target", "python").exit_code == 0
    assert run("check").exit_code == 0


def test_stale_files_go_and_foreign_files_stay(folder: Path) -> None:
    run("generate")
    generated = folder / "generated"
    foreign = generated / "operators" / "mine.py"
    foreign.write_text("mine\n", "utf-8")
    (generated / "notes.txt").write_text("mine\n", "utf-8")
    assert (generated / "operators" / "demo" / "half.py").is_file()
    rewrite(folder, "half(", "demo2::half(")
    result = run("generate")
    assert result.exit_code == 0
    assert "2 removed" in result.stdout  # It and its stub.
    assert not (generated / "operators" / "demo" / "half.py").exists()
    assert not (generated / "_ops" / "demo" / "half.pyi").exists()
    assert (generated / "operators" / "demo2" / "half.py").is_file()
    rewrite(folder, "demo2::half(", "half(")
    run("generate")
    assert not (generated / "operators" / "demo2").exists()
    assert foreign.read_text("utf-8") == "mine\n"
    assert (generated / "notes.txt").is_file()


# Hand edits


def test_an_edited_file_is_kept(folder: Path) -> None:
    run("generate")
    fresh = contents(folder / "generated")
    (folder / "generated" / "keysets.py").write_text("# edited\n", "utf-8")
    rewrite(folder, "traced: Trace", "traced: Trace, more: Plain")
    before = contents(folder)
    result = run("generate")
    assert (result.exit_code, result.stdout) == (1, "")
    first, *_, last = result.stderr.splitlines()
    assert first == "edited: generated/keysets.py"
    assert contents(folder) == before
    # What is printed does what it says.
    _, _, command = last.partition("to overwrite it: ")
    assert arguments_of(command) == ["generate", "--force"]
    assert run(*arguments_of(command)).exit_code == 0
    assert run("check").exit_code == 0
    assert contents(folder / "generated").keys() == fresh.keys()


def test_an_edited_file_that_goes_is_kept(folder: Path) -> None:
    run("generate")
    edited = folder / "generated" / "operators" / "demo" / "half.py"
    edited.write_text("mine\n", "utf-8")
    rewrite(folder, "half(", "third(")
    assert run("generate").exit_code == 1
    assert edited.read_text("utf-8") == "mine\n"
    assert run("generate", "--force").exit_code == 0
    assert not edited.exists()


def test_a_file_that_was_never_ours_is_kept(folder: Path) -> None:
    (folder / "generated").mkdir()
    (folder / "generated" / "keysets.py").write_text("mine\n", "utf-8")
    assert run("generate").exit_code == 1
    assert contents(folder / "generated") == {"keysets.py": b"mine\n"}
    assert run("generate", "--force").exit_code == 0


def test_force_without_need() -> None:
    assert run("generate", "--force").exit_code == 0
    assert run("generate", "--force").stdout == "generated: up to date\n"


# How much is printed


@pytest.mark.parametrize("flag", ["-q", "--quiet"])
def test_quiet(folder: Path, flag: str) -> None:
    for _ in range(2):
        result = run("generate", flag)
        assert (result.exit_code, result.output) == (0, "")
    rewrite(folder, "traced: Trace", "traced: Trce")
    assert "error[DG201]" in bad_input(folder, "generate", flag)


@pytest.mark.parametrize("flag", ["-v", "--verbose"])
def test_verbose(folder: Path, flag: str) -> None:
    run("generate")
    rewrite(folder, "half(", "third(")
    lines = run("generate", flag).stdout.splitlines()
    assert "written: generated/operators/demo/third.py" in lines
    assert "removed: generated/operators/demo/half.py" in lines
    assert "written: generated/dispatch_key.py" not in lines
    written = sum(line.startswith("written: ") for line in lines)
    assert lines[-1].startswith(f"generated: {written} written, 2 removed")
    assert run("generate", flag).stdout == "generated: up to date\n"


@pytest.mark.parametrize("report", ["json", "github", "sarif"])
def test_for_a_program_nothing_else_is_on_stdout(report: str) -> None:
    for command in ("generate", "generate", "check"):
        result = run(command, "--format", report)
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr.startswith("generated: ")


def test_file_times_do_not_count(folder: Path) -> None:
    run("generate")
    for path in (folder / "generated").rglob("*.py"):
        os.utime(path, ns=(1, 1))
    assert run("generate").stdout == "generated: up to date\n"
