"""Sources and shared libraries of one program share one dispatcher."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
INCLUDE: Final = ROOT / "generated" / "cpp" / "include"

COMPILERS: Final = [
    pytest.param(
        name,
        marks=pytest.mark.skipif(shutil.which(name) is None, reason=f"no {name} here"),
    )
    for name in ("g++", "clang++-16")
]


def run(*command: str | Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def write(folder: Path, **sources: str) -> None:
    for name, text in sources.items():
        (folder / f"{name}.cpp").write_text(text, "utf-8")


LIBRARY: Final = """
#include <pytorch/dispatch/dispatcher.h>
using namespace pytorch::dispatch;
static Tensor twice(const Tensor& self) {
  if (!tls_is_dispatch_key_excluded(DispatchKey::AutogradOther)) throw TypeError("no guard");
  return self;
}
PYTORCH_LIBRARY(mine, m) { m.def("twice(Tensor self) -> Tensor"); }
PYTORCH_LIBRARY_IMPL(mine, CPU, m) { m.impl("twice", PYTORCH_FN(twice)); }
"""

PROGRAM: Final = """
#include <pytorch/dispatch/dispatcher.h>
#include <cstdio>
using namespace pytorch::dispatch;
int main() {
  const Tensor x(DispatchKeySet({DispatchKey::CPU, DispatchKey::AutogradCPU}));
  const TypedOperatorHandle<Tensor(const Tensor&)> twice(
      Dispatcher::singleton().findSchemaOrThrow("mine::twice"));
  try {
    twice.call(x);
  } catch (const TypeError&) {
    std::puts("caught");
  }
  const AutoDispatchBelowAutograd guard;
  std::puts(twice.call(x).is_same(x) ? "same" : "other");
}
"""


@pytest.mark.parametrize("compiler", COMPILERS)
def test_shared_libraries_with_hidden_symbols(compiler: str, tmp_path: Path) -> None:
    write(tmp_path, library=LIBRARY, program=PROGRAM)
    flags = ("-std=c++20", "-fvisibility=hidden", "-fPIC", f"-I{INCLUDE}")
    library = tmp_path / "library.so"
    program = tmp_path / "program"
    run(compiler, *flags, "-shared", tmp_path / "library.cpp", "-o", library)
    linked = ("-Wl,--no-as-needed", library, f"-Wl,-rpath,{tmp_path}")
    run(compiler, *flags, tmp_path / "program.cpp", *linked, "-o", program)
    assert run(program) == "caught\nsame\n"


KERNEL: Final = """
#include <pytorch/dispatch/operators/aten/mm.h>
using namespace pytorch::dispatch;
static Tensor mm_cpu(const Tensor& self, const Tensor&) { return self; }
PYTORCH_LIBRARY_IMPL(aten, CPU, m) { m.impl("mm", PYTORCH_FN(mm_cpu)); }
"""

EARLY: Final = """
#include <pytorch/dispatch/operators/aten/mm.h>
using namespace pytorch::dispatch;
static const Tensor x(DispatchKeySet(DispatchKey::CPU));
static const bool is_same = ops::aten::mm::call(x, x).is_same(x);
int main() { return is_same ? 0 : 1; }
"""


@pytest.mark.skipif(shutil.which("g++") is None, reason="there is no g++")
def test_a_call_before_main_sees_what_is_registered(tmp_path: Path) -> None:
    write(tmp_path, kernel=KERNEL, early=EARLY)
    program = tmp_path / "program"
    # Constructors run in the order in which sources are linked.
    sources = (tmp_path / "kernel.cpp", tmp_path / "early.cpp")
    run("g++", "-std=c++20", f"-I{INCLUDE}", *sources, "-o", program)
    run(program)
