"""C++ types of operators: torchgen's, and those that PyTorch's headers have."""

from __future__ import annotations

import importlib.metadata
import json
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pytest

from codegen.aten_types import AtenTypes
from codegen.precomputed import Precomputed, is_out, parse_precomputed
from codegen.runtime.python.schema import FunctionSchema, parse_schema

VERSION: Final = "2.13.0"
SAMPLE: Final = 60

pytestmark = pytest.mark.torch

# Schemas, as PyTorch parses them too, do not tell them from `int`.
DEVICE_INDICES: Final = {
    "_cufft_get_plan_cache_size",
    "_cufft_get_plan_cache_max_size",
    "_cufft_set_plan_cache_max_size",
    "_cufft_clear_plan_cache",
}

# Two names of one type each.
SPELLINGS: Final = {
    "::std::": "std::",
    "c10::string_view": "std::string_view",
    "at::ArrayRef<int64_t>": "at::IntArrayRef",
}

CLASSES: Final = MappingProxyType({"__torch__.torch.classes.types.Thing": "Thing"})
THING: Final = next(iter(CLASSES))

# What no operator of PyTorch has, or only with another type around it.
OTHER_PARAMETERS: Final = (
    "Tensor(a!)?",
    "Tensor(a!)[]",
    "Tensor[]?",
    "Tensor?[]?",
    "Tensor[][]",
    "Scalar[]?",
    "Scalar?[]",
    "Scalar[][]",
    "Any",
    "Any?",
    "Any[]",
    "Device[]",
    "Dict(str, Tensor)",
    "Dict(str, int[])",
    "Dict(int, str)?",
    "Dict(Tensor, bool)",
    "Generator?[]",
    "Layout[]",
    "QScheme",
    "ScalarType[]?",
    "Storage[]",
    "Stream?",
    "SymBool[]",
    "SymBool?",
    "SymInt?[]",
    "SymInt[]?",
    "SymInt[][]",
    "bool[]",
    "bool[]?",
    "bool[3]?",
    "bool[][]",
    "complex",
    "complex[]",
    "float?[]",
    "int?[]",
    "int[][]",
    "str[]",
    "str[]?",
    "(int, str)",
    "(int, Tensor[])",
    THING,
    f"{THING}?",
    f"{THING}[]",
)
OTHER_RETURNS: Final = (
    "Any",
    "Any?",
    "Any?[]",
    "Device",
    "Dict(str, Any)",
    "Dict(str, Tensor)",
    "Dict(int, bool[])",
    "Generator?",
    "Scalar?",
    "Scalar?[]",
    "Storage",
    "Stream",
    "SymInt[]",
    "Tensor(a!)[]",
    "Tensor?",
    "Tensor?[]",
    "bool[]",
    "complex[]",
    "int[]?",
    "int[][]",
    "str",
    "str[]",
    "str?",
    "((int, str) pair)",
    "(Tensor(a!), int)",
    THING,
)


@dataclass(frozen=True, eq=False)
class Native:
    """One of PyTorch's operators: torchgen's model of it, and our schema."""

    function: Any
    schema: FunctionSchema

    def types(self, *, symint: bool) -> AtenTypes:
        """What the schema and the operator's other fields make of them."""
        function = self.function
        delegates = function.structured_delegate is not None
        return AtenTypes(
            symint=symint,
            structured_group=function.structured or delegates,
            const_written=function.use_const_ref_for_mutable_tensors,
        )


@pytest.fixture(scope="module")
def torchgen() -> Path:
    try:
        found = importlib.metadata.version("torch").partition("+")[0]
    except importlib.metadata.PackageNotFoundError:
        pytest.skip(f"PyTorch {VERSION} is not installed: pip install torch=={VERSION}")
    if found != VERSION:
        pytest.skip(f"PyTorch {VERSION} is needed, {found} is installed")
    return Path(pytest.importorskip("torchgen").__file__).parent


@pytest.fixture(scope="module")
def natives(torchgen: Path) -> list[Native]:
    """All operators, with those that torchgen derives from others."""
    from torchgen.gen import parse_native_yaml

    folder = torchgen / "packaged" / "ATen" / "native"
    parsed = parse_native_yaml(
        str(folder / "native_functions.yaml"), str(folder / "tags.yaml")
    )
    return [Native(f, parse_schema(str(f.func))) for f in parsed.native_functions]


def spelt(type: str) -> str:
    """Torchgen's spelling of a type, as we write it."""
    text = re.sub(r" ?,", ", ", re.sub(r"\s+(?=[&>])", "", type))
    for name, other in SPELLINGS.items():
        text = text.replace(name, other)
    return text


def types_of(bindings: Iterable[Any]) -> tuple[str, ...]:
    return tuple(spelt(binding.nctype.cpp_type()) for binding in bindings)


@pytest.mark.parametrize("symint", [False, True])
@pytest.mark.parametrize("api", ["dispatcher", "native"])
def test_signatures(natives: list[Native], api: str, symint: bool) -> None:
    from torchgen.api import dispatcher, native
    from torchgen.context import native_function_manager

    signatures = {"dispatcher": dispatcher, "native": native}[api]
    different = set()
    for one in natives:
        func = one.function.func
        with native_function_manager(one.function):
            bindings = signatures.arguments(func, symint=symint)
            expected = types_of(bindings)
            returned = signatures.returns_type(func.returns, symint=symint).cpp_type()
        names = [binding.name for binding in bindings]
        assert names == [a.name for a in one.schema.arguments], func
        types = one.types(symint=symint)
        if types.parameters(one.schema) != expected:
            different.add(one.schema.operator_name)
        assert types.returned(one.schema) == spelt(returned), func
    assert len(natives) > 3000
    assert different == DEVICE_INDICES


def test_structured(natives: list[Native]) -> None:
    """Of structured kernels: the types of meta and impl."""
    from torchgen.api import structured
    from torchgen.context import native_function_manager
    from torchgen.gen import get_grouped_native_functions
    from torchgen.model import NativeFunctionsGroup

    of = {id(one.function): one for one in natives}
    groups = [
        group
        for group in get_grouped_native_functions([one.function for one in natives])
        if isinstance(group, NativeFunctionsGroup) and group.structured
    ]
    assert len(groups) > 150
    replaced = 0
    for group in groups:
        out, functional = of[id(group.out)], of[id(group.functional)]
        with native_function_manager(group):
            impl = structured.impl_arguments(group)
            meta = types_of(structured.meta_arguments(group))
        types = AtenTypes(symint=False, structured=True)
        found = types.parameters(functional.schema)
        assert found == meta, group.out.func
        precomputed = Precomputed()
        if group.out.precomputed is not None:
            entries = group.out.precomputed.to_list()
            if group.out.precomputed.add:
                entries.append(", ".join(map(str, group.out.precomputed.add)))
            precomputed = parse_precomputed(entries, out.schema)
            replaced += 1
        arguments = precomputed.impl_arguments(out.schema)
        assert [a.name for a in arguments] == [binding.name for binding in impl]
        assert precomputed.impl_types(out.schema) == types_of(impl), group.out.func
        outs = [a.name for a in out.schema.arguments if is_out(a)]
        assert outs == [a.name for a in group.out.func.arguments.out]
    assert replaced > 8


def test_headers(natives: list[Native], torchgen: Path, tmp_path: Path) -> None:
    """Operators that cover all types: the headers declare what we do."""
    chosen = sample(natives)
    assert len(chosen) == SAMPLE
    lines = ["#include <type_traits>", "#include <ATen/core/Tensor.h>"]
    lines += ["#include <ATen/core/dispatch/Dispatcher.h>"]
    for root in sorted({str(one.function.root_name) for one in chosen}):
        lines.append(f"#include <ATen/ops/{root}_ops.h>")
    for one in chosen:
        name = one.function.func.name.unambiguous_name()
        types = one.types(symint=True)
        taken = ", ".join(types.parameters(one.schema))
        returned = types.returned(one.schema)
        lines.append(
            f"static_assert(std::is_same_v<at::_ops::{name}::schema, {returned}({taken})>);"
        )
    compiled("\n".join(lines) + "\n", torchgen, tmp_path, "-fsyntax-only")


def sample(natives: list[Native]) -> list[Native]:
    """Operators with all types between them, and further ones."""
    left = {}
    for one in natives:
        if one.schema.operator_name not in DEVICE_INDICES:
            types = one.types(symint=True)
            returned = f"-> {types.returned(one.schema)}"
            left[one] = {returned, *types.parameters(one.schema)}
    unseen = set().union(*left.values())
    chosen = []
    while unseen:
        best = max(left, key=lambda one: len(left[one] & unseen))
        unseen -= left.pop(best)
        chosen.append(best)
    missing = SAMPLE - len(chosen)
    assert missing > 0
    return chosen + list(left)[:: len(left) // missing][:missing]


@pytest.mark.slow
def test_other_types_can_be_registered(torchgen: Path, tmp_path: Path) -> None:
    """PyTorch takes kernels with what torchgen has no rule for."""
    texts = [f"({type} x) -> ()" for type in OTHER_PARAMETERS]
    texts += [f"() -> {type}" for type in OTHER_RETURNS]
    kernels: dict[str, str] = {}
    calls = []
    for symint in (False, True):
        types = AtenTypes(symint=symint, classes=CLASSES)
        for text in texts:
            schema = parse_schema(f"f{text}")
            taken = f"({', '.join(types.parameters(schema))})"
            # Most are the same with and without symbolic integers.
            if taken + text not in kernels:
                name = f"f{len(kernels)}"
                returned = types.returned(schema)
                kernels[taken + text] = f"{returned} {name}{taken} {{ std::abort(); }}"
                calls.append(f"  check({json.dumps(name + text)}, &{name});")
    text = PROGRAM.replace("KERNELS", "\n".join(kernels.values()))
    program = compiled(text.replace("CALLS", "\n".join(calls)), torchgen, tmp_path)
    ran = subprocess.run([program], capture_output=True, text=True, check=False)
    assert ran.stdout == "done\n", ran.stdout + ran.stderr


PROGRAM: Final = """\
#include <torch/custom_class.h>
#include <torch/library.h>

#include <cstdio>

struct Thing : torch::CustomClassHolder {};

KERNELS

torch::Library& definitions() {
  static torch::Library library(
      torch::Library::DEF, "types", std::nullopt, __FILE__, __LINE__);
  return library;
}

template <typename Kernel>
void check(const char* schema, Kernel* kernel) {
  try {
    auto parsed = torch::schema(schema);
    const auto name = parsed.name();
    definitions().def(std::move(parsed));
    definitions().impl(name.c_str(), torch::CppFunction(kernel));
  } catch (const std::exception& error) {
    std::printf("%s: %s\\n", schema, error.what());
  }
}

int main() {
  torch::class_<Thing>("types", "Thing");
CALLS
  std::puts("done");
}
"""


def compiled(text: str, torchgen: Path, folder: Path, *flags: str) -> str:
    """The program that g++ makes of a text.

    Raises:
        AssertionError: it does not compile.
    """
    torch = torchgen.parent / "torch"
    source = folder / "types.cpp"
    source.write_text(text)
    program = str(folder / "types")
    include = torch / "include"
    command = ["g++", "-std=c++20", "-O0", "-isystem", str(include)]
    command += ["-isystem", str(include / "torch" / "csrc" / "api" / "include")]
    libraries = [f"-L{torch / 'lib'}", "-Wl,--no-as-needed", "-ltorch_cpu", "-ltorch"]
    libraries += ["-lc10", f"-Wl,-rpath,{torch / 'lib'}", "-o", program]
    command += [*flags, str(source), *(() if "-fsyntax-only" in flags else libraries)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr[:4000]
    return program
