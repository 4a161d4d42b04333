"""`--target cpp`: where it goes, and that it and the Python package leave each other alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import bad_input, contents, mending_command, rewrite, run

CPP = Path("generated", "cpp")


def test_own_folder_within_that_of_python(folder: Path) -> None:
    assert run("generate").exit_code == 0
    package = contents(folder / "generated")
    first = run("generate", "--target", "cpp")
    assert first.exit_code == 0
    count = len(contents(folder / CPP))
    assert first.stdout == f"generated/cpp: {count} written, 0 removed\n"
    assert run("generate", "--target", "cpp").stdout == "generated/cpp: up to date\n"
    for target in ("python", "cpp"):
        assert run("check", "--target", target).exit_code == 0
        assert run("diff", "--target", target).stdout == ""
    kept = contents(folder / "generated")
    assert {path: kept[path] for path in package} == package
    rest = {path for path in kept if path not in package}
    assert all(path.startswith("cpp/") for path in rest)


def test_changes_of_one_target(folder: Path) -> None:
    run("generate")
    run("generate", "--target", "cpp")
    (folder / CPP / "CMakeLists.txt").unlink()
    assert run("check").exit_code == 0
    found = run("check", "--target", "cpp")
    assert found.exit_code == 1
    assert found.stdout.startswith("missing: generated/cpp/CMakeLists.txt\n")
    command = mending_command(found)
    assert command == ["generate", "--target", "cpp"]
    assert run(*command).exit_code == 0
    assert run("check", "--target", "cpp").exit_code == 0


def test_regenerating_python_keeps_cpp(folder: Path) -> None:
    run("generate", "--target", "cpp")
    before = contents(folder / CPP)
    assert run("generate").exit_code == 0
    assert contents(folder / CPP) == before


def test_given_folder(folder: Path) -> None:
    """It need not have a name that Python can import."""
    result = run("generate", "--target", "cpp", "-o", "a C++ project")
    assert result.exit_code == 0
    assert "import" not in result.stdout
    (folder / "a C++ project" / "CMakeLists.txt").write_text("mine\n", "utf-8")
    found = run("check", "--target", "cpp", "-o", "a C++ project")
    command = mending_command(found)
    assert command == [
        *("generate", "-o", "a C++ project", "--target", "cpp", "--force")
    ]
    assert run(*command).exit_code == 0


def test_package_is_for_python(folder: Path) -> None:
    message = bad_input(folder, "generate", "--target", "cpp", "--package", "x")
    assert "--package is not for --target cpp" in message


@pytest.mark.parametrize("command", ["generate", "check", "diff"])
def test_names_that_cpp_reserves(folder: Path, command: str) -> None:
    """An error of this target alone."""
    rewrite(folder, "{traced: Trace}", "{traced: Trace, export: Trace}")
    assert run("generate").exit_code == 0
    message = bad_input(folder, command, "--target", "cpp")
    assert "error[DG109]: `export` is a keyword of C++" in message


def test_own_template(folder: Path) -> None:
    templates = folder / "templates"
    templates.mkdir()
    (templates / "_header.j2").write_text("// Ours: {{ 'a' | string }}\n")
    result = run("generate", "--target", "cpp", "--templates", "templates")
    assert result.exit_code == 0
    text = next((folder / CPP).rglob("keysets.h")).read_text("utf-8")
    assert '// Ours: "a"\n' in text


@pytest.mark.parametrize("target", ["libtorch", "torch_library"])
def test_extensions_extend_pytorch(folder: Path, target: str) -> None:
    message = bad_input(folder, "generate", "--target", target)
    assert "error[DG110]: `small` is no dispatcher of PyTorch's" in message
    (folder / "acme.yaml").write_text(
        "extends: pytorch\ndispatcher: {name: acme}\n"
        "fallbacks: [{keys: [PrivateUse2], policy: fallthrough}]\n",
        "utf-8",
    )
    given = ("-d", "acme.yaml", "--target", target)
    assert run("generate", *given).exit_code == 0
    assert run("generate", *given).stdout == f"generated/{target}: up to date\n"
    assert run("check", *given).exit_code == 0
    assert run("diff", *given).stdout == ""
