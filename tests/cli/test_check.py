"""`check`: fresh, or what differs and the command that mends it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from codegen import emit
from tests.cli.commands import (
    arguments_of,
    contents,
    mending_command,
    rewrite,
    run,
)


def spoil(generated: Path) -> None:
    """Make a file missing, one changed and one extra."""
    (generated / "guards.py").unlink()
    (generated / "keysets.py").write_text("# edited\n", "utf-8")
    (generated / "operators" / "old.py").write_text("", "utf-8")
    manifest = generated / ".manifest-python.json"
    named = json.loads(manifest.read_text("utf-8"))
    named["files"]["operators/old.py"] = emit.digest(b"")
    manifest.write_text(json.dumps(named), "utf-8")


def test_fresh_files() -> None:
    run("generate")
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "generated: up to date\n")


def test_names_what_differs_and_mends_it(folder: Path) -> None:
    run("generate")
    generated = folder / "generated"
    fresh = contents(generated)
    spoil(generated)
    before = contents(generated)
    result = run("check")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "missing: generated/guards.py",
        "changed: generated/.manifest-python.json",
        "changed: generated/keysets.py (edited by hand)",
        "extra: generated/operators/old.py",
        "mend it with: dispatch-codegen generate --force",
    ]
    assert contents(generated) == before
    assert run(*mending_command(result)).exit_code == 0
    assert run("check").exit_code == 0
    assert contents(generated) == fresh


def test_without_an_edit_no_force_is_needed(folder: Path) -> None:
    run("generate")
    (folder / "generated" / "guards.py").unlink()
    assert mending_command(run("check")) == ["generate"]


def test_nothing_there() -> None:
    result = run("check")
    assert result.exit_code == 1
    assert "missing: generated/dispatch_key.py" in result.stdout


def test_repeats_every_option(folder: Path) -> None:
    """Quoted, so that the line can be pasted."""
    (folder / "declarations").rename(folder / "my declarations")
    with (folder / "my declarations" / "small.yaml").open(
        "a", encoding="utf-8"
    ) as file:
        file.write("variants: {lean: {table_keys: [Alpha]}}\n")
    (folder / "templates 'mine'").mkdir()
    built_in = Path(__file__).parents[2] / "templates" / "python" / "keysets.py.j2"
    overriding = folder / "templates 'mine'" / "keysets.py.j2"
    overriding.write_text(built_in.read_text("utf-8"), "utf-8")
    options = ["-d", "my declarations", "-o", "the out", "--package", "a.out"]
    options += ["--templates", "templates 'mine'", "--variant", "lean"]
    result = run("check", *options)
    assert result.exit_code == 1
    assert sorted(mending_command(result)) == sorted(["generate", *options])
    assert run(*mending_command(result)).exit_code == 0
    assert run("check", *options).exit_code == 0
    assert run("check", *options[:-2]).exit_code == 1


def test_an_interrupted_run(folder: Path) -> None:
    run("generate")
    (folder / "generated" / ".staging-python").mkdir()
    result = run("check")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "interrupted: a run that wrote to generated did not end",
        "mend it with: dispatch-codegen generate",
    ]
    assert json.loads(run("check", "--json").stdout)["interrupted"] is True
    assert "interrupted: " in run("check", "--format", "github").stderr
    assert run("generate").exit_code == 0
    assert run("check").exit_code == 0


def test_json(folder: Path) -> None:
    run("generate")
    fresh = {
        "fresh": True,
        "missing": [],
        "changed": [],
        "extra": [],
        "edited": [],
        "interrupted": False,
        "command": None,
    }
    result = run("check", "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, fresh)
    spoil(folder / "generated")
    result = run("check", "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert found == {
        "fresh": False,
        "missing": ["generated/guards.py"],
        "changed": ["generated/.manifest-python.json", "generated/keysets.py"],
        "extra": ["generated/operators/old.py"],
        "edited": ["generated/keysets.py"],
        "interrupted": False,
        "command": "dispatch-codegen generate --force",
    }
    assert run(*arguments_of(found["command"])).exit_code == 0
    assert json.loads(run("check", "--json").stdout) == fresh


def test_json_without_memory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same whether anything is remembered or not."""
    run("generate")
    remembered = run("check", "--json").stdout
    blocked = str(folder / "declarations" / "small.yaml" / "cache")
    monkeypatch.setenv("DISPATCH_CODEGEN_CACHE", blocked)
    assert run("check", "--json").stdout == remembered


def test_annotations(folder: Path) -> None:
    run("generate", "-o", "a,b: 100%")
    (folder / "a,b: 100%" / "guards.py").unlink()
    result = run("check", "-o", "a,b: 100%", "--format", "github")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "::error file=a%2Cb%3A 100%25/guards.py,title=not up to date"
        "::missing; mend it with: dispatch-codegen generate -o 'a,b: 100%25'"
    ]


@pytest.mark.parametrize("report", ["json", "sarif"])
def test_for_a_program_nothing_else_is_on_stdout(folder: Path, report: str) -> None:
    result = run("check", "--format", report)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "missing: generated/guards.py" in result.stderr


@pytest.mark.parametrize("flag", ["-q", "--quiet"])
def test_quiet(folder: Path, flag: str) -> None:
    run("generate")
    result = run("check", flag)
    assert (result.exit_code, result.output) == (0, "")
    rewrite(folder, "half(", "third(")
    result = run("check", flag)
    assert (result.exit_code, result.output) == (1, "")
    # What was asked for explicitly is printed all the same.
    assert json.loads(run("check", flag, "--json").stdout)["fresh"] is False


def test_verbose() -> None:
    run("generate")
    assert run("check", "-v").exit_code == 0


def test_writes_nothing(folder: Path) -> None:
    before = contents(folder)
    run("check")
    assert contents(folder) == before
    assert not (folder / "generated").exists()
