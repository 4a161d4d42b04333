"""The generated C++ project is built, installed and used as CMake projects are."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from codegen.pipeline import generate, load_model
from tests.cpp.test_generated_cpp import FOUND, write
from tests.support import DISPATCHERS

CMAKE: Final = shutil.which("cmake")
NINJA: Final = ["-G", "Ninja"] if shutil.which("ninja") else []
PACKAGE: Final = "solver_dispatch"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CMAKE is None, reason="CMake is not installed"),
    pytest.mark.skipif(not FOUND, reason="there is no C++ compiler"),
]

CONSUMER: Final = f"""\
cmake_minimum_required(VERSION 3.21)
project(consumer LANGUAGES CXX)
if(SOLVER)
  add_subdirectory(${{SOLVER}} solver)
elseif(FETCHED)
  include(FetchContent)
  FetchContent_Declare({PACKAGE} URL ${{FETCHED}} SOURCE_SUBDIR cpp)
  FetchContent_MakeAvailable({PACKAGE})
else()
  find_package({PACKAGE} REQUIRED CONFIG)
endif()
foreach(kind IN ITEMS {PACKAGE} compiled)
  add_executable(use_${{kind}} use.cpp)
  target_link_libraries(use_${{kind}} PRIVATE {PACKAGE}::${{kind}})
endforeach()
"""
USE: Final = """\
#include <solver/dispatch/operators/solve/root.h>

#include <cstdio>

int main() {
  using namespace solver::dispatch;
  std::printf("%s", dispatch_dump_table(ops::solve::root::handle()).c_str());
  return ops::solve::root::kernels.size() == 2 ? 0 : 1;
}
"""


def run(*command: str | Path) -> str:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    assert done.returncode == 0, (done.stdout[-3000:], done.stderr[-3000:])
    return done.stdout


def configure(source: Path, build: Path, *options: str) -> None:
    run(str(CMAKE), "-S", source, "-B", build, *NINJA, *options)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    model = load_model([DISPATCHERS / "solver.yaml"])
    return write(generate(model, "cpp"), tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def consumer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {"CMakeLists.txt": CONSUMER, "use.cpp": USE}
    return write(files, tmp_path_factory.mktemp("consumer"))


def check_consumer(build: Path) -> None:
    run(str(CMAKE), "--build", build)
    shown = {run(build / f"use_{kind}") for kind in (PACKAGE, "compiled")}
    (table,) = shown
    assert "BatchFast: root_batch [kernel]" in table


def test_project_and_install(project: Path, consumer: Path, tmp_path: Path) -> None:
    """Its own tests pass, and a program finds what was installed."""
    build, installed = tmp_path / "build", tmp_path / "installed"
    configure(project, build, f"-DCMAKE_INSTALL_PREFIX={installed}")
    run(str(CMAKE), "--build", build)
    tests = run("ctest", "--test-dir", build, "--output-on-failure")
    assert "100% tests passed" in tests
    run(str(CMAKE), "--install", build)
    configure(consumer, tmp_path / "use", f"-DCMAKE_PREFIX_PATH={installed}")
    check_consumer(tmp_path / "use")


def test_as_part_of_another_project(
    project: Path, consumer: Path, tmp_path: Path
) -> None:
    configure(consumer, tmp_path / "use", f"-DSOLVER={project}")
    check_consumer(tmp_path / "use")


def test_fetched(project: Path, consumer: Path, tmp_path: Path) -> None:
    """From an archive in which the project is a folder, as a repository has it."""
    source = tmp_path / "source" / "whole"
    shutil.copytree(project, source / "cpp")
    archive = shutil.make_archive(
        str(tmp_path / "whole"), "gztar", source.parent, source.name
    )
    build = tmp_path / "build"
    configure(consumer, build, f"-DFETCHED={archive}")
    check_consumer(build)
