"""The command line: what it prints, writes and returns."""

from __future__ import annotations

import json
import os
import shlex
import shutil
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from codegen.cli import main
from codegen.listing import LISTINGS
from codegen.model import Model
from codegen.pipeline import load_model

DECLARATIONS: Final = Path(__file__).parents[1] / "declarations"

SMALL: Final = """\
dispatcher: {name: small, default_namespace: demo}
backends: [Alpha, Beta]
functionality:
  - Plain: {per_backend: true, prefix: ""}
  - Trace
keysets: {traced: Trace}
fallbacks: [{keys: [Trace], policy: fallthrough}]
operators:
  - func: twice(Tensor self) -> Tensor
    dispatch: {Alpha: twice_alpha}
  - func: half(Tensor self) -> Tensor
    dispatch: {Beta: half_beta}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with the small declarations in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "declarations").mkdir()
    (tmp_path / "declarations" / "small.yaml").write_text(SMALL, "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def reference() -> Model:
    return load_model([DECLARATIONS])


def run(*arguments: str | Path) -> Result:
    """Run a command; whatever it does, it shows no traceback and no colour."""
    result = CliRunner().invoke(main, list(map(str, arguments)))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    assert "\x1b" not in result.output
    return result


def rewrite(folder: Path, old: str, new: str) -> None:
    file = folder / "declarations" / "small.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def mending_command(result: Result) -> list[str]:
    (line,) = (x for x in result.stdout.splitlines() if x.startswith("mend it with: "))
    program, *arguments = shlex.split(line.removeprefix("mend it with: "))
    assert program == "dispatch-codegen"
    return arguments


# generate


def test_generate_writes_and_then_rests(folder: Path) -> None:
    first = run("generate")
    assert first.exit_code == 0
    count = len(contents(folder / "generated"))
    assert (
        first.stdout == f"generated: {count} written, 0 removed; `import generated`\n"
    )
    assert first.stderr == ""
    again = run("generate")
    assert (again.exit_code, again.stdout) == (0, "generated: up to date\n")


def test_generate_writes_only_what_changed(folder: Path) -> None:
    run("generate")
    times = {p: p.stat().st_mtime_ns for p in (folder / "generated").rglob("*.py")}
    os.utime(folder / "generated" / "keysets.py", ns=(1, 1))
    (folder / "generated" / "keysets.py").write_text("# edited\n", "utf-8")
    result = run("generate")
    # The file; the manifest says what it always said.
    assert result.stdout.startswith("generated: 1 written, 0 removed")
    changed = [p.name for p, time in times.items() if p.stat().st_mtime_ns != time]
    assert changed == ["keysets.py"]


@pytest.mark.parametrize(
    ("output", "hint"),
    [
        ("out", "; `import out`"),
        ("some/where/out", "; `import out`"),
        ("not-a-name", ""),
        ("class", ""),
    ],
)
def test_generate_says_how_to_import(output: str, hint: str) -> None:
    result = run("generate", "-o", output)
    assert result.exit_code == 0
    assert result.stdout.endswith(f"written, 0 removed{hint}\n")


def test_generate_for_a_package_of_another_name() -> None:
    result = run("generate", "--package", "a.b")
    assert result.stdout.endswith("; `import a.b`\n")


@pytest.mark.parametrize("name", ["a-b", "", "a..b", "1a", "a.class", "ä"])
def test_package_must_be_a_name(folder: Path, name: str) -> None:
    result = run("generate", "--package", name)
    assert result.exit_code == 2
    assert "is not a package name" in result.stderr
    assert not (folder / "generated").exists()


def test_stale_files_go_and_foreign_files_stay(folder: Path) -> None:
    run("generate")
    generated = folder / "generated"
    foreign = generated / "tables" / "mine.py"
    foreign.write_text("mine\n", "utf-8")
    (generated / "notes.txt").write_text("mine\n", "utf-8")
    assert (generated / "tables" / "demo" / "half.py").is_file()
    rewrite(folder, "half(", "demo2::half(")
    result = run("generate")
    assert result.exit_code == 0
    assert "1 removed" in result.stdout
    assert not (generated / "tables" / "demo" / "half.py").exists()
    assert (generated / "tables" / "demo2" / "half.py").is_file()
    rewrite(folder, "demo2::half(", "half(")
    run("generate")
    assert not (generated / "tables" / "demo2").exists()
    assert foreign.read_text("utf-8") == "mine\n"
    assert (generated / "notes.txt").is_file()


# check


def test_check_of_fresh_files() -> None:
    run("generate")
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "generated: up to date\n")


def test_check_names_what_differs_and_mends_it(folder: Path) -> None:
    run("generate")
    generated = folder / "generated"
    fresh = contents(generated)
    (generated / "guards.py").unlink()
    (generated / "keysets.py").write_text("# edited\n", "utf-8")
    (generated / "tables" / "old.py").write_text("", "utf-8")
    manifest = generated / ".manifest-python.json"
    named = json.loads(manifest.read_text("utf-8"))
    named["files"]["tables/old.py"] = "0"
    manifest.write_text(json.dumps(named), "utf-8")
    before = contents(generated)
    result = run("check")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "missing: generated/guards.py",
        "changed: generated/.manifest-python.json",
        "changed: generated/keysets.py",
        "extra: generated/tables/old.py",
        "mend it with: dispatch-codegen generate",
    ]
    assert contents(generated) == before
    assert run(*mending_command(result)).exit_code == 0
    assert run("check").exit_code == 0
    assert contents(generated) == fresh


def test_check_of_nothing() -> None:
    result = run("check")
    assert result.exit_code == 1
    assert "missing: generated/dispatch_key.py" in result.stdout


def test_check_repeats_every_option(folder: Path) -> None:
    """Quoted, so that the line can be pasted."""
    (folder / "declarations").rename(folder / "my declarations")
    with (folder / "my declarations" / "small.yaml").open(
        "a", encoding="utf-8"
    ) as file:
        file.write("variants: {lean: {table_keys: [Alpha]}}\n")
    options = ["-d", "my declarations", "-o", "the out", "--package", "a.out"]
    options += ["--variant", "lean"]
    result = run("check", *options)
    assert result.exit_code == 1
    assert sorted(mending_command(result)) == sorted(["generate", *options])
    assert run(*mending_command(result)).exit_code == 0
    assert run("check", *options).exit_code == 0
    assert run("check", *options[:-2]).exit_code == 1


# Bad input


def bad_input(folder: Path, *arguments: str) -> str:
    """Exit code 2, nothing on stdout, no file touched; the message."""
    before = contents(folder)
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert contents(folder) == before
    return result.stderr


COMMANDS = (["generate"], ["check"], ["explain", "Alpha"], ["list", "keys"])


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_bad_declarations(folder: Path, command: list[str]) -> None:
    run("generate")
    rewrite(folder, "traced: Trace", "traced: Trce\n  other: Plian")
    rewrite(folder, "keysets: {", "keysets: {")
    message = bad_input(folder, *command)
    assert "declarations/small.yaml:" in message


def test_all_errors_are_counted(folder: Path) -> None:
    rewrite(folder, "traced: Trace", "traced: Trce, other: Plian")
    message = bad_input(folder, "generate")
    assert message.count("error[DG201]") == 2
    assert "did you mean `Trace`?" in message
    assert "did you mean `Plain`?" in message
    assert message.endswith("\n2 errors\n")
    rewrite(folder, "other: Plian", "other: Plain")
    assert bad_input(folder, "generate").endswith("\n1 error\n")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("path", ["nothing", "nothing.yaml", "empty", "latin.yaml"])
def test_unreadable_declarations(folder: Path, command: list[str], path: str) -> None:
    (folder / "empty").mkdir()
    (folder / "latin.yaml").write_bytes(b"dispatcher: {name: \xff}\n")
    assert f"{path}:1:" in bad_input(folder, *command, "-d", path)


def test_unknown_variant(folder: Path) -> None:
    message = bad_input(folder, "generate", "--variant", "lean")
    assert "there is no build variant `lean`" in message


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["Alpa"], "there is no key Alpa; did you mean `Alpha`?"),
        (["alpha"], "there is no key alpha; did you mean `Alpha`?"),
        (["Qqqqqqq"], "there is no key Qqqqqqq\n"),
        (["demo::twise", "Alpha"], "did you mean `demo::twice`?"),
        (["demo::twice", "Alpa"], "did you mean `Alpha`?"),
        (["demo::twice"], "which key of demo::twice?"),
        (["demo::twice", "Plain"], "Plain has no table slot"),
    ],
)
def test_explain_of_unknown_names(
    folder: Path, arguments: list[str], expected: str
) -> None:
    assert expected in bad_input(folder, "explain", *arguments)


def test_list_of_an_unknown_kind(folder: Path) -> None:
    assert "'keys'" in bad_input(folder, "list", "nonsense")


def test_unknown_target(folder: Path) -> None:
    assert "'python'" in bad_input(folder, "generate", "--target", "cobol")


@pytest.mark.parametrize("command", ["generate", "check"])
@pytest.mark.parametrize(
    "output", ["blocked", "blocked/out", "half"], ids=["file", "below", "within"]
)
def test_unusable_output(folder: Path, command: str, output: str) -> None:
    """A file where a folder has to be, or the other way round."""
    (folder / "blocked").write_text("mine\n", "utf-8")
    (folder / "half" / "keysets.py").mkdir(parents=True)
    assert "blocked" in bad_input(folder, command, "-o", "blocked/out")
    message = bad_input(folder, command, "-o", output)
    assert output.partition("/")[0] in message


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root can write anywhere"
)
def test_unwritable_output(folder: Path) -> None:
    (folder / "locked").mkdir(mode=0o555)
    assert "Permission denied" in bad_input(folder, "generate", "-o", "locked/out")


def test_full_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error while writing leaves no half a file, and the next run completes it."""

    def refuse(source: str, target: Path) -> None:
        raise OSError(28, "No space left on device", str(target))

    with monkeypatch.context() as patch:
        patch.setattr("codegen.emit.os.replace", refuse)
        message = bad_input(folder, "generate")
    assert "No space left on device" in message
    assert contents(folder).keys() == {"declarations/small.yaml"}
    assert run("generate").exit_code == 0
    assert run("check").exit_code == 0


# explain


def test_explain_key() -> None:
    lines = run("explain", "Alpha").stdout.splitlines()
    assert lines[:2] == ["key: Alpha", "kind: runtime"]
    assert "functionality: Plain" in lines
    assert "backend: Alpha" in lines
    assert "declared: declarations/small.yaml:2:12" in lines


def test_explain_key_as_json() -> None:
    found = json.loads(run("explain", "Trace", "--json").stdout)
    assert found["kind"] == "functionality"
    assert found["in keysets"] == ["traced"]
    assert found["fallback"] == "fallthrough (declarations/small.yaml:7:21)"


def test_explain_says_the_same_in_both_forms() -> None:
    data = json.loads(run("explain", "Trace", "--json").stdout)
    lines = run("explain", "Trace").stdout.splitlines()
    assert [line.partition(":")[0] for line in lines] == list(data)


def test_explain_slot() -> None:
    result = run("explain", "demo::twice", "Trace")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "operator: demo::twice",
        "declared: declarations/small.yaml:9:11",
        "key: Trace",
        "kernel: fallthrough",
        "reason: backend fallback",
        "rules:",
        "  1. kernel for Trace: no kernel is registered for it",
        "     reason: kernel",
        "  2. fallback of Trace: chosen",
        "     reason: backend fallback",
        "     declared: declarations/small.yaml:7:21",
        "     kernel: fallthrough",
    ]


def test_explain_empty_slot() -> None:
    found = json.loads(run("explain", "demo::twice", "Beta", "--json").stdout)
    assert (found["kernel"], found["reason"]) == (None, "missing")
    assert "kernel: none" in run("explain", "demo::twice", "Beta").stdout


def test_explain_every_key(reference: Model) -> None:
    """Every name that there is has an explanation."""
    from codegen.explain import explain_key

    for name in (*reference.keys, *reference.aliases_of_keys):
        data = explain_key(reference, name)
        assert json.loads(json.dumps(data)) == data
        assert data["key"] == reference.aliases_of_keys.get(name, name)


def test_explain_every_slot(reference: Model) -> None:
    """The explanation ends with what the table holds."""
    from codegen.explain import explain_slot

    for operator in reference.operators:
        table = reference.operator_table(operator)
        for key in reference.runtime_keys:
            data = explain_slot(reference, operator, key.name)
            entry = table.get(key.name)
            assert data["kernel"] == (entry.kernel if entry else None)
            assert data["reason"] == (entry.reason if entry else "missing")
            assert json.loads(json.dumps(data)) == data


def test_explain_an_alias_that_steps_back() -> None:
    result = run(*("explain", "aten::mul.Tensor", "AutogradCPU", "-d", DECLARATIONS))
    assert "fallback of" not in result.stdout
    assert "kernel for Autograd: chosen" in result.stdout


# list


@pytest.mark.parametrize("kind", sorted(LISTINGS))
def test_list(kind: str) -> None:
    """One line a row, the same fields in both forms."""
    plain = run("list", kind, "-d", DECLARATIONS)
    rows = json.loads(run("list", kind, "--json", "-d", DECLARATIONS).stdout)
    assert plain.exit_code == 0
    assert rows
    lines = plain.stdout.splitlines()
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        assert line.split("\t")[0] == row["name"]
        assert len(line.split("\t")) == len(row)
        assert row.keys() == rows[0].keys()


@pytest.mark.parametrize("kind", sorted(LISTINGS))
def test_list_of_few(kind: str) -> None:
    result = run("list", kind)
    assert result.exit_code == 0
    assert isinstance(json.loads(run("list", kind, "--json").stdout), list)


def test_list_keys_and_backends() -> None:
    keys = json.loads(run("list", "keys", "--json").stdout)
    assert [key["name"] for key in keys] == [
        "Undefined",
        "Plain",
        "Trace",
        "Alpha",
        "Beta",
    ]
    assert run("list", "backends").stdout.splitlines()[0].startswith("Alpha\t0")


# The rest


def test_help_and_version() -> None:
    for arguments in (["--help"], ["-h"], ["generate", "-h"], ["explain", "--help"]):
        result = run(*arguments)
        assert result.exit_code == 0
        assert result.stdout.startswith("Usage: ")
    assert "0." in run("--version").stdout


def test_declarations_are_looked_for_here(folder: Path) -> None:
    shutil.rmtree(folder / "declarations")
    assert "declarations:1:1" in bad_input(folder, "generate")
