"""The example `examples/gridlib` does what its README says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

EXAMPLE: Final = Path(__file__).parent.parent / "examples" / "gridlib"
GENERATE: Final = "generate --target cpp -o dispatch"
WORKFLOW: Final = "cmake --workflow --preset demo"
ONE_LINE: Final = (
    "cat src/*.cpp dispatch/src/registrations/*.cpp | g++ -std=c++20 -Iinclude "
    "-Idispatch/include -Isrc -x c++ - -o /tmp/gridlib && /tmp/gridlib"
)
STRICT: Final = "-Wall -Wextra -Wpedantic -Wconversion -Werror"
DEVICE: Final = "  - Device: {borrows: true}\n"
TOY: Final = "  - Toy: {borrows: true}\n"


def run(
    command: Sequence[str] | str, cwd: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        env={
            **os.environ,
            "PYTHONPATH": str(EXAMPLE.parent.parent),
            "PYTHONDONTWRITEBYTECODE": "1",
            **environment,
        },
        shell=isinstance(command, str),
        capture_output=True,
        text=True,
    )


def codegen(command: str, cwd: Path = EXAMPLE) -> None:
    result = run([sys.executable, "-m", "codegen", *command.split()], cwd)
    assert result.returncode == 0, result.stdout + result.stderr


def copied(folder: Path) -> Path:
    to = folder / "gridlib"
    shutil.copytree(EXAMPLE, to, ignore=shutil.ignore_patterns("build"))
    return to


def has_workflows() -> bool:
    """Whether there is a CMake of version 3.25 or later."""
    cmake = shutil.which("cmake")
    if cmake is None:
        return False
    version = run([cmake, "--version"], EXAMPLE).stdout.split()[2]
    return tuple(map(int, version.split(".")[:2])) >= (3, 25)


needs_compiler = pytest.mark.skipif(
    shutil.which("g++") is None, reason="there is no g++"
)


# Without a compiler


def test_generated_project_is_fresh() -> None:
    codegen(GENERATE.replace("generate", "check"))


def test_declarations_have_no_findings() -> None:
    codegen("lint")


def test_readme_has_the_commands() -> None:
    readme = (EXAMPLE / "README.md").read_text("utf-8")
    for command in (f"dispatch-codegen {GENERATE}", WORKFLOW, ONE_LINE, TOY.strip()):
        assert command in readme


def test_readme_lists_all_files() -> None:
    readme = (EXAMPLE / "README.md").read_text("utf-8")
    for folder in ("declarations", "include", "src"):
        for file in (EXAMPLE / folder).rglob("*.*"):
            if file.name != "demo.h":
                assert f"`{file.relative_to(EXAMPLE)}`" in readme


def test_example_is_formatted() -> None:
    formatter = shutil.which("clang-format")
    if formatter is None:
        pytest.skip("there is no clang-format")
    files = [*EXAMPLE.glob("src/*"), *EXAMPLE.glob("include/gridlib/*")]
    style = f"--style=file:{EXAMPLE / 'dispatch' / '.clang-format'}"
    command = [formatter, style, "--dry-run", "-Werror", *map(str, files)]
    result = run(command, EXAMPLE)
    assert result.returncode == 0, result.stderr


# The demo


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the one command shows, without what stands before each line."""
    if shutil.which("g++") is None or not has_workflows():
        pytest.skip("there is no g++, or no CMake 3.25")
    folder = copied(tmp_path_factory.mktemp("workflow"))
    result = run(WORKFLOW, folder, CXX="g++", CXXFLAGS=STRICT)
    assert result.returncode == 0, result.stdout + result.stderr
    lines = result.stdout.splitlines()
    return "\n".join(line[3:] for line in lines if line.startswith("1:"))


def numbers(output: str, label: str) -> list[float]:
    lines = output.splitlines()
    return [float(one.split(":")[1]) for one in lines if one.startswith(f"{label}:")]


def section(output: str, title: str) -> list[str]:
    return output.partition(f"\n{title}\n")[2].partition("\n\n")[0].splitlines()


def test_training_learns_the_same_on_all_backends(output: str) -> None:
    (before,) = numbers(output, "loss before")
    after = numbers(output, "loss after")
    assert len(after) == 2
    assert after[0] < before / 10
    assert numbers(output, "largest difference from CPU")[0] < 1e-9


def test_gradients_are_those_of_finite_differences(output: str) -> None:
    assert numbers(output, "largest error of a gradient")[0] < 1e-6


def test_path_of_a_call(output: str) -> None:
    assert section(output, "one call of relu on Device, through its keys:") == [
        "  grid::relu at AutogradDevice",
        "    grid::relu at Device",
        "      grid::relu at CPU",
    ]


def test_mode_and_tracing(output: str) -> None:
    mode = section(output, "what a mode sees of mean_squared:")
    assert mode[0] == "  grid::mul.Scalar -> 2x3 on Device"
    assert len(mode) == 5
    traced = section(output, "what a fallback of the key Tracing sees:")
    assert traced[0] == "  grid::mean_squared: 2x3 on Device 2x3 on Device"
    assert traced[-1] == "  grid::mul.Scalar: 1x1 on Device 0.5"


def test_writing_and_warnings(output: str) -> None:
    assert "out: 9 9" in output
    assert "warning: grid::relu: there is no kernel for Device; it runs" in output
    assert "warning: grid::add: there is no kernel" not in output
    assert "warning: grid::step: no autograd kernel is registered for it" in output


def test_shapes(output: str) -> None:
    assert "shapes alone: 1000000x3 on Meta" in output
    assert "grid::transpose has no shape rule: write a kernel for Meta" in output


def test_error_and_table(output: str) -> None:
    assert "grid::launches: there is no kernel for CPU" in output
    assert "kernels are registered for: Device" in output
    table = section(output, "the table of relu:")
    assert "CPU: cpu::relu [kernel]" in table
    assert "Device: backend_fallback_to [backend fallback]" in table
    assert "AutogradDevice: autograd::relu [autograd kernel]" in table


def test_operator_ends_with_its_library(output: str) -> None:
    after = output.partition("the gradient of cube at 2: 12\n")[2]
    assert after.startswith("there is no operator grid::cube")


@needs_compiler
def test_second_backend_is_one_line(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    declarations = folder / "declarations" / "gridlib.yaml"
    text = declarations.read_text("utf-8")
    assert text.count(DEVICE) == 1
    declarations.write_text(text.replace(DEVICE, DEVICE + TOY), "utf-8")
    codegen(GENERATE, folder)
    program = str(tmp_path / "demo")
    command = ONE_LINE.replace("/tmp/gridlib", program).replace("g++", f"g++ {STRICT}")
    result = run(command, folder)
    assert result.returncode == 0, result.stderr
    assert "trained on Toy too" in result.stdout
    assert "warning: grid::matmul: there is no kernel for Toy" in result.stdout
    differences = numbers(result.stdout, "largest difference from CPU")
    assert len(differences) == 2
    assert max(differences) < 1e-9
