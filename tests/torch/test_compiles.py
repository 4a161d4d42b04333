"""Generated C++ compiles without a warning, whatever names are declared.

A source a test, so that the one at fault is named. What effects it has is in
`test_libtorch.py`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.torch.building import (
    DECLARATIONS,
    ROOT,
    WARNINGS,
    Workshop,
    check,
    workshop_folder,
    write,
)

pytestmark = pytest.mark.torch

GOLDEN: Final = "libtorch_extension"
CORNERS: Final = "corners"
INPUTS: Final = {
    GOLDEN: ROOT / "tests" / "golden" / GOLDEN / "input.yaml",
    CORNERS: DECLARATIONS / "corners.yaml",
}
# Support code is copied: once is enough.
RUNTIME: Final = tuple(
    f"runtime/{source.name}"
    for source in sorted((ROOT / "codegen" / "runtime" / "libtorch").glob("*.cpp"))
)
COMMON: Final = ("device.cpp", "extension.cpp", "fallbacks.cpp", "operators.cpp")
SOURCES: Final = {
    GOLDEN: (
        *COMMON,
        "kernels/composite_explicit_autograd.cpp",
        "kernels/composite_implicit_autograd.cpp",
        "kernels/private_use1.cpp",
    ),
    CORNERS: (
        *COMMON,
        "kernels/composite_implicit_autograd.cpp",
        "kernels/cpu.cpp",
        "kernels/hip.cpp",
        "kernels/ipu.cpp",
        "kernels/private_use1.cpp",
        *RUNTIME,
    ),
}
CASES: Final = [
    *((name, source, "") for name, sources in SOURCES.items() for source in sources),
    *((name, "fallbacks.cpp", "-DC10_MOBILE") for name in SOURCES),
]
# In clang's `-Wall`, and not in g++'s for C++.
UNUSED: Final = "-Wunused-const-variable=1"

Project = Callable[[str], Path]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Generates what is declared, and returns the folder of its C++."""
    folder = tmp_path_factory.mktemp("compiled")

    def written(name: str) -> Path:
        if not (folder / name).exists():
            write(INPUTS[name], "libtorch", folder / name)
        return folder / name / "csrc"

    return written


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(workshop_folder(tmp_path_factory))


@pytest.mark.parametrize("name", SOURCES)
def test_no_source_is_left_out(project: Project, name: str) -> None:
    csrc = project(name)
    found = {path.relative_to(csrc).as_posix() for path in csrc.rglob("*.cpp")}
    assert found - set(RUNTIME) == set(SOURCES[name]) - set(RUNTIME)
    assert found >= set(RUNTIME) & set(SOURCES[name])


@pytest.mark.parametrize(
    ("name", "source", "flag"), CASES, ids=[f"{n}-{s}{f}" for n, s, f in CASES]
)
def test_compiles(
    workshop: Workshop, project: Project, name: str, source: str, flag: str
) -> None:
    csrc = project(name)
    flags = [*workshop.flags, *WARNINGS, UNUSED, *filter(None, [flag])]
    # With -fsyntax-only, g++ does not look for what is unused.
    check([*flags, "-I", str(csrc), "-S", "-o", os.devnull, str(csrc / source)])
