"""The generated C++ project compiles without warnings and does what is declared."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest
from _pytest.mark import ParameterSet

from codegen.model import Model
from codegen.pipeline import generate, load_model
from codegen.resources import built_in_declarations
from codegen.runtime.python.loading import format_entry
from tests.support import DISPATCHERS, load_text

FLAGS: Final = "-std=c++20 -Wall -Wextra -Wpedantic -Wconversion -Werror".split()
COMPILERS: Final = ("g++", "clang++-16", "clang++-14", "clang++")
FOUND: Final = [name for name in COMPILERS if shutil.which(name)]
DECLARATIONS: Final = {
    "reference": [built_in_declarations()],
    **{name: [DISPATCHERS / f"{name}.yaml"] for name in ("tiny", "image", "solver")},
}

pytestmark = pytest.mark.skipif(not FOUND, reason="there is no C++ compiler")
# Another compiler for what is small; the reference takes half a minute with each.
ONE: Final = FOUND[:1]
SOME: Final = FOUND[:2]


def write(files: Mapping[str, str], folder: Path) -> Path:
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


def compile_cpp(compiler: str, project: Path, *arguments: str) -> None:
    command = [compiler, *FLAGS, "-O0", "-I", str(project / "include"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[:4000]


def run(program: Path) -> str:
    done = subprocess.run([program], capture_output=True, text=True)
    assert done.returncode == 0, (done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout


def cases() -> Iterator[ParameterSet]:
    for name in DECLARATIONS:
        marks = [pytest.mark.slow] if name == "reference" else []
        for compiler in SOME if name == "solver" else ONE:
            yield pytest.param(name, compiler, marks=marks)


TABLES: Final = """
#include <cstdio>

#include "{include}/all_operators.h"

int main() {{
  using namespace ::{namespace};
  for (const OperatorHandle& op : Dispatcher::singleton().operators()) {{
    std::printf("== %s\\n%s", op.operator_name().c_str(),
                dispatch_dump_table(op).c_str());
  }}
}}
"""


@pytest.mark.parametrize(("name", "compiler"), [*cases()])
def test_tables(name: str, compiler: str, tmp_path: Path) -> None:
    """Slot by slot as the model computes them, for all operators."""
    model = load_model(DECLARATIONS[name])
    project = write(generate(model, "cpp"), tmp_path)
    source = tmp_path / "tables.cpp"
    cpp = model.cpp
    text = TABLES.format(include=cpp.include, namespace=cpp.namespace)
    source.write_text(text, "utf-8")
    compile_cpp(compiler, project, str(source), "-o", str(tmp_path / "tables"))
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in run(tmp_path / "tables").splitlines():
        if line.startswith("== "):
            lines = found.setdefault(line.removeprefix("== "), [])
        else:
            lines.append(line)
    assert found == tables(model)


def tables(model: Model) -> dict[str, list[str]]:
    return {
        name: [
            f"{slot}: {format_entry(entry)}"
            for slot, entry in model.operator_table(name).items()
        ]
        for name in model.operators
    }


@pytest.mark.parametrize(("name", "compiler"), [*cases()])
def test_sources(name: str, compiler: str, tmp_path: Path) -> None:
    """Registrations, in one file: what they share is compiled once."""
    files = generate(load_model(DECLARATIONS[name]), "cpp")
    project = write(files, tmp_path)
    sources = [path for path in files if path.startswith("src/registrations/")]
    text = "".join(f'#include "{path}"\n' for path in sources)
    whole = tmp_path / "registrations.cpp"
    whole.write_text(text, "utf-8")
    compile_cpp(compiler, project, "-c", str(whole), "-o", str(tmp_path / "r.o"))


@pytest.mark.parametrize("compiler", FOUND)
def test_generated_test(compiler: str, tmp_path: Path) -> None:
    """The test that is generated, alone and with what is compiled once."""
    model = load_model(DECLARATIONS["solver"])
    project = write(generate(model, "cpp"), tmp_path)
    test = str(project / "tests/generated_test.cpp")
    compile_cpp(compiler, project, test, "-o", str(tmp_path / "alone"))
    assert run(tmp_path / "alone").startswith("ok: ")
    shared = (
        f"-D{model.cpp.macro_prefix}_COMPILED",
        f"-D{model.cpp.macro_prefix}_TLS_INITIAL_EXEC",
        f"-D{model.cpp.macro_prefix}_OBSERVERS=0",
        str(project / "src/dispatcher.cpp"),
    )
    compile_cpp(compiler, project, test, *shared, "-o", str(tmp_path / "shared"))
    assert run(tmp_path / "shared") == run(tmp_path / "alone")


@pytest.mark.slow
def test_headers_alone(tmp_path: Path) -> None:
    """Each header includes all that it needs."""
    files = generate(load_model(DECLARATIONS["tiny"]), "cpp")
    project = write(files, tmp_path)
    headers = [
        path for path in files if path.endswith(".h") and "/runtime/" not in path
    ]
    for number, header in enumerate(headers):
        source = tmp_path / f"{number}.cpp"
        source.write_text(f'#include "{header.removeprefix("include/")}"\n', "utf-8")
    sources = [str(tmp_path / f"{n}.cpp") for n in range(len(headers))]
    compile_cpp(FOUND[0], project, "-fsyntax-only", *sources)


PLAYER: Final = """
dispatcher:
  name: player
  default_namespace: play
  cpp: {{operators: {operators}, namespace: media::player{more}}}
backends: [Cpu, Gpu]
functionality:
  - Sound: {{per_backend: true, prefix: "On"}}
  - Log
  - Mute
aliases:
  - Any: {{keys: Sound * backends(all), undefined: true, reason: any}}
fallbacks:
  - {{keys: [Mute], policy: fallthrough}}
operators:
  - func: mix(Tensor a, Tensor b, float by=0.5) -> Tensor
    dispatch: {{OnCpu: mix, OnGpu: gpu::mix, Log: log_mix}}
  - func: mix.all(Tensor[] all) -> Tensor
    dispatch: {{Any: mix}}
  - func: gain_(Tensor(a!) x, int by, *, str? how=None) -> Tensor(a!)
    dispatch: {{Any: gain, OnGpu: "python.module:gain"}}
  - func: split(Tensor x) -> (Tensor, int)
    dispatch: {{Any: split}}
  - func: clear() -> ()
    dispatch: {{Any: not.cpp}}
  - func: delete(Tensor? x, int[2] sizes) -> bool
    dispatch: {{Any: switch}}
  - func: call.boxed(Any x, complex c) -> Any?
"""

BODIES: Final = """
#include "player/dispatch/kernels.h"
#include "player/dispatch/operators.h"

{begin}
using ::media::player::Tensor;
std::vector<std::string_view> ran;

Tensor mix(const Tensor& a, const Tensor&, double by) {{
  ran.push_back(by == 0.5 ? "mix" : "?");
  return a;
}}
Tensor mix(std::span<const Tensor> all) {{
  ran.push_back("mix all");
  return all.back();
}}
namespace gpu {{
Tensor mix(const Tensor&, const Tensor& b, double) {{
  ran.push_back("gpu");
  return b;
}}
}}  // namespace gpu
Tensor log_mix(const Tensor& a, const Tensor& b, double by) {{
  ran.push_back("log");
  const ::media::player::ExcludeDispatchKeyGuard below(::media::player::DispatchKey::Log);
  return ::media::player::ops::play::mix::call(a, b, by);
}}
Tensor& gain(Tensor& x, std::int64_t by, std::optional<std::string_view> how) {{
  ran.push_back(by == 3 && *how == "well" ? "gain" : "?");
  return x;
}}
std::tuple<Tensor, std::int64_t> split(const Tensor& x) {{
  ran.push_back("split");
  return {{x, 7}};
}}
{end}
"""

USE: Final = """
#include <cstdio>
#include <string_view>
#include <vector>

#include "player/dispatch/all_operators.h"

using namespace ::media::player;

template <class F>
void shows(F f) {{
  try {{
    f();
  }} catch (const DispatchError& error) {{
    const std::string_view text(error.what());
    std::printf("error: %s\\n", std::string(text.substr(0, text.find('\\n'))).c_str());
  }}
}}

int main() {{
  Tensor cpu(keySet({{DispatchKey::OnCpu}}));
  Tensor gpu(keySet({{DispatchKey::OnGpu}}));
  const Tensor logged(keySet({{DispatchKey::OnCpu, DispatchKey::Log, DispatchKey::Mute}}));
  std::printf("%d\\n", ops::play::mix::call(logged, cpu, 0.5).is_same(logged));
  std::printf("%d\\n", ops::play::mix::call(cpu, gpu, 0.5).is_same(gpu));
  const std::vector<Tensor> both{{cpu, cpu}};
  std::printf("%d\\n", ops::play::mix_all::call(both).is_same(cpu));
  std::printf("%d\\n", &ops::play::gain_::call(cpu, 3, "well") == &cpu);
  shows([&] {{ ops::play::gain_::call(gpu, 3, "well"); }});
  shows([&] {{ ops::play::clear::call(); }});
  shows([&] {{ ops::play::delete_::call(cpu, {{}}); }});
  shows([&] {{ ops::play::call_boxed_::call({{}}, 1.0); }});
  Stack stack;
  push(stack, cpu);
  ops::play::split::call_boxed(&stack);
  std::printf("%zu %d\\n", stack.size(), static_cast<int>(stack.last(1)[0].ref<std::int64_t>()));
  for (const auto name : {kernels}ran) std::printf("%s\\n", std::string(name).c_str());
  shows([] {{
    Library library(Library::IMPL, "play", DispatchKey::Mute);
    library.impl<ops::play::mix, &{kernels}gpu::mix>();
  }});
}}
"""

RESULT: Final = """\
1
1
1
1
error: play::gain_: the kernel `python.module:gain` for OnGpu is declared, and its body \
is not linked in; link the registration source of the key, or register one for it
error: play::clear: the kernel `not.cpp` for Any is declared, and its body is not linked \
in; link the registration source of the key, or register one for it
error: play::delete: the kernel `switch` for Any is declared, and its body is not linked \
in; link the registration source of the key, or register one for it
error: play::call.boxed: there is no kernel for Undefined, which DispatchKeySet() reaches
2 7
log
mix
gpu
mix all
gain
split
"""

UNCHANGED: Final = "error: play::mix is declared static: its table cannot be changed\n"


@pytest.mark.parametrize("compiler", SOME)
@pytest.mark.parametrize(
    ("operators", "namespace"), [("mutable", "media::bodies"), ("static", "")]
)
def test_linked(operators: str, namespace: str, compiler: str, tmp_path: Path) -> None:
    """Declared kernels with bodies are what calls run."""
    more = f", kernels: {{namespace: {namespace}}}" if namespace else ""
    model = load_text(PLAYER.format(operators=operators, more=more), tmp_path)
    files = generate(model, "cpp")
    project = write(files, tmp_path)
    kernels = namespace or "media::player::kernels"
    given = {
        "begin": f"namespace {kernels} {{",
        "end": "}",
        "kernels": f"::{kernels}::",
    }
    (tmp_path / "bodies.cpp").write_text(BODIES.format(**given), "utf-8")
    (tmp_path / "use.cpp").write_text(USE.format(**given), "utf-8")
    sources = [
        str(project / path) for path in files if path.startswith("src/registrations/")
    ]
    is_static = operators == "static"
    assert bool(sources) != is_static
    # In one file: what they share is compiled once.
    sources += [str(tmp_path / f"{name}.cpp") for name in ("bodies", "use")]
    text = "".join(f'#include "{source}"\n' for source in sources)
    (tmp_path / "whole.cpp").write_text(text, "utf-8")
    whole = str(tmp_path / "whole.cpp")
    compile_cpp(compiler, project, whole, "-o", str(tmp_path / "use"))
    assert run(tmp_path / "use") == RESULT + (UNCHANGED if is_static else "")


def test_declared_header(tmp_path: Path) -> None:
    """A kernel that a header declares may take the keyset first."""
    more = ", kernels: {header: bodies.h}"
    model = load_text(PLAYER.format(operators="mutable", more=more), tmp_path)
    files = generate(model, "cpp")
    kernels = files["include/player/dispatch/kernels.h"]
    assert '#include "bodies.h"' in kernels
    assert not re.search(r"\bmix\b", kernels)
    assert "&kernels::gpu::mix" in files["src/registrations/gpu.cpp"]
