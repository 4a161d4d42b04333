"""What is compiled again after a change of one operator, by a real build."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest

from tests.cpp.test_generated_cpp import FOUND
from tests.generated.test_cpp_shards import HEAD, OPERATORS

ROOT: Final = Path(__file__).parents[2]
CMAKE: Final = shutil.which("cmake")
NINJA: Final = shutil.which("ninja")
MAKE: Final = shutil.which("make")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CMAKE is None, reason="CMake is not installed"),
    pytest.mark.skipif(not FOUND, reason="there is no C++ compiler"),
]

MAIN: Final = """\
#include <acme/dispatch/fallback_kernels.h>

#include <cstdio>

namespace acme::dispatch::kernels {

#define ONE(name) \\
  Tensor name(const Tensor& self) { return self; }
#define TWO(name) \\
  Tensor name(const Tensor& self, const Tensor&) { return self; }
ONE(neg_cpu) ONE(neg_trace) ONE(relu_cpu) ONE(sub_cpu) ONE(sub_gpu)
TWO(add_cpu) TWO(add_gpu) TWO(sub_cpu) TWO(sub_gpu)
Tensor scale_cpu(const Tensor& self, double) { return self; }
Tensor scale_gpu(const Tensor& self, double) { return self; }
void delete_cpu(const Tensor&) {}
void trace_any(const OperatorHandle&, DispatchKeySet, Stack*) {}

}  // namespace acme::dispatch::kernels

int main() {
  const auto names = acme::dispatch::Dispatcher::singleton().operators();
  std::printf("%zu operators\\n", names.size());
}
"""
LINKED: Final = "target_link_libraries(acme PRIVATE acme_dispatch::operators)\n"
COMPILED: Final = re.compile(r"Building CXX object \S*?/src/(\S+)\.o\b")


def documented() -> str:
    """The project in the documentation."""
    text = (ROOT / "docs" / "cpp.md").read_text("utf-8")
    section = text.partition("## Generate while building\n")[2]
    return section.partition("```cmake\n")[2].partition("```\n")[0]


class Build:
    """A project with declarations, which is built in a folder."""

    def __init__(self, folder: Path, generator: str) -> None:
        self.source, self.build = folder / "so urce", folder / "build"
        (self.source / "declarations").mkdir(parents=True)
        text = documented() + LINKED
        (self.source / "CMakeLists.txt").write_text(text, "utf-8")
        (self.source / "main.cpp").write_text(MAIN, "utf-8")
        self.declare(OPERATORS)
        self.run(str(CMAKE), "-S", self.source, "-B", self.build, "-G", generator)

    @property
    def operators(self) -> Path:
        return self.source / "declarations" / "operators.yaml"

    def declare(self, operators: dict[str, str], comment: str = "") -> None:
        head = HEAD.replace("name: tiny", "name: acme").removesuffix("operators:\n")
        rows = (
            "- func: {}{}\n  dispatch: {}\n".format(name, *text.split("|"))
            for name, text in operators.items()
        )
        file = self.source / "declarations" / "dispatcher.yaml"
        if not file.exists():
            file.write_text(head, "utf-8")
        self.operators.write_text(comment + "".join(rows), "utf-8")

    def run(self, *command: str | Path) -> str:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            list(map(str, command)),
            capture_output=True,
            text=True,
            env={**os.environ, "PATH": path},
        )
        assert done.returncode == 0, (done.stdout[-3000:], done.stderr[-3000:])
        return done.stdout

    def compiled(self) -> set[str]:
        """The generated sources that a build compiles; it finds nothing to do then."""
        shown = self.run(str(CMAKE), "--build", self.build, "--parallel", "2")
        again = self.run(str(CMAKE), "--build", self.build)
        assert "Building" not in again
        assert "Generating" not in again
        return set(COMPILED.findall(shown))


@pytest.mark.skipif(NINJA is None, reason="Ninja is not installed")
def test_only_what_changes_is_compiled(tmp_path: Path) -> None:
    build = Build(tmp_path, "Ninja")
    everything = {
        "dispatcher.cpp",
        *(f"operators/{shard}.cpp" for shard in range(4)),
        *(
            f"registrations/{k}/{n}.cpp"
            for k in ("cpu", "gpu", "trace")
            for n in range(4)
        ),
    }
    assert build.compiled() == everything
    assert build.run(build.build / "acme") == f"{len(OPERATORS)} operators\n"

    # A comment: the generator runs, and nothing else.
    build.declare(OPERATORS, "# Sums and more.\n")
    assert build.compiled() == set()

    # A schema.
    operators = dict(OPERATORS)
    operators["sub"] = operators["sub"].replace("Tensor other", "Tensor rhs")
    build.declare(operators)
    shard = {f"{folder}/2.cpp" for folder in ("operators", "registrations/cpu")}
    assert build.compiled() == shard | {"registrations/gpu/2.cpp"}

    # An operator that comes, then changes, then goes.
    for relu in (
        "(Tensor self) -> Tensor|{CPU: relu_cpu}",
        "(Tensor input) -> Tensor|{CPU: relu_cpu}",
        "",
    ):
        new = {**operators, "relu": relu} if relu else operators
        build.declare(new)
        assert build.compiled() == {"operators/3.cpp", "registrations/cpu/3.cpp"}
        assert build.run(build.build / "acme") == f"{len(new)} operators\n"

    # A file of declarations that comes.
    more = build.operators.with_name("more.yaml")
    more.write_text(
        "- func: relu(Tensor self) -> Tensor\n  dispatch: {CPU: relu_cpu}\n"
    )
    assert build.compiled() == {"operators/3.cpp", "registrations/cpu/3.cpp"}


@pytest.mark.skipif(MAKE is None, reason="Make is not installed")
def test_make(tmp_path: Path) -> None:
    """The generator runs where something changed, and only then."""
    build = Build(tmp_path, "Unix Makefiles")
    command = (str(CMAKE), "--build", build.build, "--target", "acme_generate")
    build.run(*command)
    assert "Generating" not in build.run(*command)
    # Make compares times, which a file system may round to seconds.
    build.declare({**OPERATORS, "sub": "(Tensor self) -> Tensor|{CPU: sub_cpu}"})
    later = time.time() + 2
    os.utime(build.operators, (later, later))
    assert "Generating" in build.run(*command)
    header = build.build / "dispatch/include/acme/dispatch/operators/my/sub.h"
    assert "/// sub(Tensor self) -> Tensor" in header.read_text("utf-8")
