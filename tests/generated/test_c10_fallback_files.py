"""The files that register fallbacks: a whole one, and clang-format in PyTorch's style."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path
from typing import Final

import pytest
import yaml

from codegen.format_c10_fallbacks import broken_directive
from codegen.model import Model
from codegen.pipeline import generate, load_model
from codegen.resources import built_in_declarations, runtime
from tests.support import load_text

STYLE: Final = Path(__file__).parent / "pytorch.clang-format"
CLANG_FORMAT: Final = shutil.which("clang-format")

FILE: Final = "aten/src/ATen/Fallbacks.cpp"
REST: Final = "aten/src/ATen/core/DeclaredFallbacks.cpp"

needs_clang_format = pytest.mark.skipif(
    CLANG_FORMAT is None, reason="clang-format is not installed: pip install .[test]"
)

SMALL: Final = """
dispatcher: {name: d}
variants:
  small: {macro: SMALL}
backends: [B]
functionality:
  - Dense: {per_backend: true, prefix: ""}
  - Low
  - High
  - Higher
keysets: {below_high: full_after(High)}
aliases: [{All: {keys: full, reason: all}}]
fallbacks:
  - {keys: [Low], policy: not_implemented, message: "no {operator} here"}
  - keys: [High, Higher]
    policy: redispatch
    redispatch_to: below_high
    variants: {small: fallthrough}
  - {keys: [B], policy: kernel, kernel: "my::fallback"}
c10:
  fallback_files:
    aten/src/ATen/Fallbacks.cpp: [High, B, Low, Higher]
"""

EXPECTED: Final = """\
// What keys do for operators that have no kernel for them.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target c10

#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/DispatchKeySet.h>
#include <c10/util/Exception.h>
#include <torch/library.h>

namespace my {

void fallback(
    const c10::OperatorHandle& op,
    c10::DispatchKeySet keys,
    torch::jit::Stack* stack);

} // namespace my

namespace at::impl {

namespace {

void notImplementedFallback(
    const c10::OperatorHandle& op,
    c10::DispatchKeySet /*keys*/,
    torch::jit::Stack* /*stack*/) {
  // An operator may name the module whose import would bring a kernel.
  c10::Dispatcher::singleton().throwIfHasPythonModule(op.operator_name());
  TORCH_CHECK_NOT_IMPLEMENTED(false, "no ", op.operator_name(), " here");
}

#if !defined(SMALL)
// Not a fallthrough: what runs in place of others' kernels can run in place of
// this one.
void redispatchFallback(
    const c10::OperatorHandle& op,
    c10::DispatchKeySet keys,
    torch::jit::Stack* stack) {
  op.redispatchBoxed(keys & c10::below_high, stack);
}
#endif

torch::CppFunction redispatchOrFallthrough() {
#if defined(SMALL)
  return torch::CppFunction::makeFallthrough();
#else
  return torch::CppFunction::makeFromBoxedFunction<&redispatchFallback>();
#endif
}

} // namespace

TORCH_LIBRARY_IMPL(_, High, m) {
  m.fallback(redispatchOrFallthrough());
}

TORCH_LIBRARY_IMPL(_, B, m) {
  m.fallback(torch::CppFunction::makeFromBoxedFunction<&::my::fallback>());
}

TORCH_LIBRARY_IMPL(_, Low, m) {
  m.fallback(
      torch::CppFunction::makeFromBoxedFunction<&notImplementedFallback>());
}

TORCH_LIBRARY_IMPL(_, Higher, m) {
  m.fallback(redispatchOrFallthrough());
}

} // namespace at::impl
"""


def fallback_files(model: Model) -> dict[str, str]:
    files = generate(model, "c10")
    declared = model.c10.fallback_files
    return {path: files[path] for path, keys in declared.items() if keys}


def formatted(text: str) -> str:
    done = subprocess.run(
        [str(CLANG_FORMAT), f"--style=file:{STYLE}", "--assume-filename=a.cpp"],
        input=text.encode(),
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def assert_formatted(files: Mapping[str, str]) -> None:
    for path, text in files.items():
        after = formatted(text)
        diff = unified_diff(text.splitlines(), after.splitlines(), path, "clang-format")
        assert text == after, "\n".join(diff)


def test_whole_file(tmp_path: Path) -> None:
    assert fallback_files(load_text(SMALL, tmp_path)) == {FILE: EXPECTED}


def test_one_build_variant(tmp_path: Path) -> None:
    """What is generated for one has no directives, and no function for others."""
    file = tmp_path / "declarations.yaml"
    file.write_text(SMALL)
    (text,) = fallback_files(load_model([file], "small")).values()
    assert "#if" not in text
    assert "redispatch" not in text
    assert text.count("m.fallback(torch::CppFunction::makeFallthrough());") == 2


def test_keys_of_no_file(tmp_path: Path) -> None:
    """Named kernels stay where their bodies are."""
    text = SMALL.replace("[High, B, Low, Higher]", "[High]")
    files = fallback_files(load_text(text, tmp_path))
    assert list(files) == [FILE, REST]
    assert "TORCH_LIBRARY_IMPL(_, Low, m)" in files[REST]
    assert "TORCH_LIBRARY_IMPL(_, Higher, m)" in files[REST]
    assert "(_, B, m)" not in "".join(files.values())


def test_names_of_several_functions(tmp_path: Path) -> None:
    """After what they are first for, and after the variant if it is no plain build."""
    text = """
dispatcher: {name: d}
variants: {small: {macro: SMALL}, tiny_build: {macro: TINY}}
backends: [X]
functionality: [{Dense: {per_backend: true, prefix: ""}}, Low, Other, A, B, C, D]
aliases: [{All: {keys: full, reason: all}}]
keysets: {one: Low, two: Other}
fallbacks:
  - {keys: [A, B], policy: redispatch, redispatch_to: one, variants: {small: fallthrough}}
  - keys: [C]
    policy: redispatch
    redispatch_to: two
    variants: {small: fallthrough}
  - keys: [D]
    policy: not_implemented
    message: plain
    variants:
      small: {policy: not_implemented, message: small}
      tiny_build: {policy: not_implemented, message: tiny}
"""
    (found,) = fallback_files(load_text(text, tmp_path)).values()
    for name in (
        "void redispatchFallbackOfA(",
        "void redispatchFallbackOfC(",
        "void notImplementedFallbackOfD(",
        "void notImplementedFallbackOfDInSmall(",
        "void notImplementedFallbackOfDInTinyBuild(",
        "torch::CppFunction redispatchOrFallthrough() {",
        "torch::CppFunction redispatchOrFallthroughOfC() {",
        "torch::CppFunction notImplemented() {",
    ):
        assert found.count(name) == 1, name
    assert found.count("m.fallback(redispatchOrFallthrough());") == 2


def test_a_kernel_may_have_the_name_of_a_function(tmp_path: Path) -> None:
    text = SMALL.replace('"my::fallback"', "redispatchFallback")
    (found,) = fallback_files(load_text(text, tmp_path)).values()
    assert "void redispatchFallback_(" in found
    assert "makeFromBoxedFunction<&redispatchFallback>" in found
    assert "makeFromBoxedFunction<&redispatchFallback_>" in found


def test_texts_of_errors(tmp_path: Path) -> None:
    """None ends its literal, and `{operator}` may stand anywhere."""
    texts = {
        "": '(false, "");',
        "{operator}": "(false, op.operator_name());",
        '"{operator}{operator}\\': '"\\"", op.operator_name(), op.operator_name(), "\\\\',
        "%s {}\n*/": '(false, "%s {}\\n*\\057");',
    }
    for text, expected in texts.items():
        declared = yaml.safe_load(SMALL)
        declared["fallbacks"][0]["message"] = text
        model = load_text(yaml.safe_dump(declared), tmp_path)
        (found,) = fallback_files(model).values()
        assert expected in found


@needs_clang_format
@pytest.mark.parametrize("variant", [None, "mobile", "mobile_trimmed"])
def test_clang_format_on_the_reference(variant: str | None) -> None:
    assert_formatted(fallback_files(load_model([built_in_declarations()], variant)))


@needs_clang_format
def test_clang_format_on_support_code() -> None:
    folder = runtime("c10")
    files = {
        path.name: path.read_text() for path in sorted(folder.rglob("*Policies.*"))
    }
    assert len(files) == 2
    assert_formatted(files)


@needs_clang_format
@pytest.mark.parametrize("width", range(1, 61))
def test_clang_format_with_long_names(tmp_path: Path, width: int) -> None:
    """Every policy, once and twice in a file, with names and texts of a width."""

    def name(first: str) -> str:
        return f"{first}{'n' * (width - 1)}"

    policies = (
        "policy: fallthrough",
        f"policy: redispatch, redispatch_to: {name('k')}",
        f"policy: autograd_not_implemented, redispatch_to: {name('k')}",
        f"policy: not_implemented, message: '{name('m')} {{operator}} {'a ' * width}'",
        f"policy: not_implemented, message: '{'a ' * width}'",
        f"policy: python, exclude: {name('k')}",
        "policy: python_dispatcher",
        f"policy: python_tls_snapshot, redispatch_to: {name('k')}",
        f"policy: kernel, kernel: '{name('n')}::{name('f')}'",
        f"policy: backend_fallback_to, backend: {name('B')}",
    )
    once = [f"{name('K')}{number}" for number in range(len(policies))]
    twice = [f"{name('T')}{number}" for number in range(len(policies))]
    text = f"""
dispatcher: {{name: d}}
variants: {{v: {{macro: {name('V').upper()}}}, w: {{macro: {name('W').upper()}}}, x: {{macro: X}}}}
backends: [{name('B')}]
functionality:
  - {name('P')}: {{per_backend: true, prefix: ""}}
  - {', '.join(once)}
  - {', '.join(twice)}
aliases: [{{All: {{keys: full, reason: all}}}}]
keysets: {{{name('k')}: {name('P')}, other: empty}}
c10: {{fallback_files: {{a.cpp: [{', '.join(once)}], b.cpp: [{', '.join(twice)}]}}}}
fallbacks:
"""
    text = text.replace(f"  - {', '.join(once)}\n", "".join(f"  - {k}\n" for k in once))
    text = text.replace(
        f"  - {', '.join(twice)}\n", "".join(f"  - {k}\n" for k in twice)
    )
    variants = (
        "variants: {v: fallthrough, w: {policy: redispatch, redispatch_to: other}}"
    )
    for key, policy in zip(once, policies, strict=True):
        text += f"  - {{keys: [{key}], {policy}, {variants}}}\n"
    for key, policy in zip(twice, policies, strict=True):
        text += f"  - {{keys: [{key}], {policy}}}\n"
    assert_formatted(fallback_files(load_text(text, tmp_path)))


def test_directives_are_broken() -> None:
    """As often as need be, wherever they were broken before."""
    terms = [f"defined(MACRO_NUMBER_{number}_OF_MANY)" for number in range(5)]
    line = f"#if {' && '.join(terms)}"
    for given in (line, line.replace("&& ", "&& \\\n    ")):
        shown = broken_directive(given).splitlines()
        assert len(shown) == 3
        assert all(len(part) <= 80 for part in shown)
        assert [part.endswith(" \\") for part in shown] == [True, True, False]
    assert broken_directive("#else") == "#else"
