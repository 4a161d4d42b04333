"""A dispatcher whose tensors and boxed values are its own is generated, built and run."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

import pytest

from codegen.pipeline import generate
from tests.support import load_text

from .test_generated_cpp import FOUND, compile_cpp, run, write

pytestmark = pytest.mark.skipif(not FOUND, reason="there is no C++ compiler")

DECLARATIONS: Final = """
dispatcher:
  name: acme
  default_namespace: acme
  cpp:
    types:
      Tensor: {type: "shop::Array", header: shop/array.h}
      Scalar: double
    value: {type: "shop::Any", header: shop/any.h}
backends: [Cpu]
functionality:
  - Plain: {per_backend: true, prefix: ""}
  - Log
operators:
  - func: add(Tensor a, Tensor b, Scalar by=1) -> Tensor
  - func: scale_(Tensor(a!) x, Scalar by) -> Tensor(a!)
  - func: sizes(Tensor[] all, str? how=None) -> int[]
"""

ARRAY: Final = """
#pragma once
#include <vector>
#include "acme/dispatch/dispatch_key_set.h"

namespace shop {
/// A value of its own: copies share nothing.
struct Array {
  acme::dispatch::DispatchKeySet keys;
  std::vector<double> numbers;
};
inline acme::dispatch::DispatchKeySet key_set(const Array& array) { return array.keys; }
}  // namespace shop
"""

ANY: Final = """
#pragma once
#include <any>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include "acme/dispatch/runtime/boxing.h"
#include "shop/array.h"

namespace shop {
class Any {
 public:
  template <class T>
    requires(!std::is_same_v<std::remove_cvref_t<T>, Any>)
  explicit Any(T&& object) : object_(keep(std::forward<T>(object))) {}
  /// Both refer: this type needs it, since arrays are values.
  static Any borrow(const Array& array) { return Any(&array); }
  static Any borrow_mutable(Array& array) { return Any(&array); }

  template <class T>
  T* find() { return std::any_cast<T>(&object_); }
  template <class T>
  const T* find() const { return std::any_cast<T>(&object_); }
  template <class T>
  T& get() {
    if (T* const found = find<T>()) return *found;
    dispatch_codegen::throw_type_error("shop::Any holds something else");
  }

 private:
  template <class T>
  static std::decay_t<T> keep(T&& object) { return std::forward<T>(object); }
  template <class T>
  static std::vector<T> keep(std::span<const T> view) {
    return {view.begin(), view.end()};
  }
  static std::string keep(std::string_view text) { return std::string(text); }
  static std::any keep(std::optional<std::string_view> text) {
    return text.has_value() ? std::any(std::string(*text)) : std::any();
  }

  std::any object_;
};

inline const Array* array_in(const Any& any) {
  if (const auto* own = any.find<Array>()) return own;
  if (const auto* other = any.find<const Array*>()) return *other;
  if (const auto* other = any.find<Array*>()) return *other;
  return nullptr;
}

template <class T>
T take(Any&& any) {
  if constexpr (std::is_same_v<T, Array>) {
    if (const Array* const found = array_in(any)) return *found;
  }
  return std::move(any.get<T>());
}

template <class Visit>
void for_each_tensor(const Any& any, const Visit& visit) {
  if (const Array* const found = array_in(any)) visit(*found);
  if (const auto* const all = any.find<std::vector<Array>>()) {
    for (const Array& one : *all) visit(one);
  }
}
}  // namespace shop

// Not by `unbox`.
template <class T>
class dispatch_codegen::UnboxedFrom<shop::Any, T> {
 public:
  explicit UnboxedFrom(shop::Any& any) : any_(any) {}
  decltype(auto) get() const {
    if constexpr (std::is_same_v<T, shop::Array>) {
      if (const shop::Array* const found = shop::array_in(any_)) return (*found);
      dispatch_codegen::throw_type_error("shop::Any is no array");
    } else if constexpr (std::is_same_v<T, shop::Array&>) {
      if (shop::Array* const own = any_.find<shop::Array>()) return (*own);
      return (*any_.get<shop::Array*>());
    } else if constexpr (std::is_same_v<T, std::span<const shop::Array>>) {
      return T(any_.get<std::vector<shop::Array>>());
    } else if constexpr (std::is_same_v<T, std::optional<std::string_view>>) {
      const std::string* const text = any_.find<std::string>();
      return text == nullptr ? T() : T(*text);
    } else {
      return any_.get<T>();
    }
  }

 private:
  shop::Any& any_;
};
"""

USE: Final = """
#include <cstdio>
#include "acme/dispatch/all_operators.h"

using namespace acme::dispatch;
using shop::Array;

Array add(const Array& a, const Array& b, double by) {
  return {a.keys, {a.numbers[0] + by * b.numbers[0]}};
}
Array& scale(Array& x, double by) {
  x.numbers[0] *= by;
  return x;
}
std::vector<std::int64_t> sizes(std::span<const Array> all,
                                std::optional<std::string_view> how) {
  std::vector<std::int64_t> result;
  for (const Array& one : all) {
    result.push_back(static_cast<std::int64_t>(one.numbers.size()));
  }
  result.push_back(how.has_value() ? static_cast<std::int64_t>(how->size()) : -1);
  return result;
}
void log(const OperatorHandle& op, DispatchKeySet keys, Stack* stack) {
  std::printf("%s of %zu\\n", op.operator_name().c_str(), stack->size());
  op.redispatchBoxed(keys.remove(DispatchKey::Log), stack);
}

ACME_LIBRARY_IMPL(acme, Cpu, m) {
  m.impl<ops::acme::add, &add>();
  m.impl<ops::acme::scale_, &scale>();
  m.impl<ops::acme::sizes, &sizes>();
}
ACME_LIBRARY_IMPL(_, Log, m) {
  m.fallback(CppFunction::makeFromBoxedFunction<&log>());
}

int main() {
  const Array cpu{DispatchKeySet(DispatchKey::Cpu), {1.0}};
  Array logged{DispatchKeySet({DispatchKey::Cpu, DispatchKey::Log}), {3.0}};
  std::printf("%g\\n", ops::acme::add::call(cpu, logged, 2.0).numbers[0]);
  std::printf("%d\\n", &ops::acme::scale_::call(logged, 4.0) == &logged);
  std::printf("%g\\n", logged.numbers[0]);
  const std::vector<Array> both{cpu, logged};
  std::printf("%d\\n", static_cast<int>(ops::acme::sizes::call(both, "how").back()));
  Stack stack;
  push(stack, both, std::optional<std::string_view>());
  ops::acme::sizes::call_boxed(&stack);
  const auto found = stack.back().get<std::vector<std::int64_t>>();
  std::printf("%zu %d\\n", found.size(), static_cast<int>(found.back()));
}
"""

RESULT: Final = """\
acme::add of 3
7
acme::scale_ of 2
1
12
acme::sizes of 2
3
acme::sizes of 2
3 -1
"""


def project(tmp_path: Path) -> tuple[Path, list[str]]:
    files = generate(load_text(DECLARATIONS, tmp_path), "cpp")
    folder = write(files, tmp_path)
    write({"include/shop/array.h": ARRAY, "include/shop/any.h": ANY}, folder)
    write({"use.cpp": USE}, folder)
    return folder, [str(folder / "use.cpp"), "-o", str(folder / "use")]


@pytest.mark.parametrize("compiler", FOUND[:2])
def test_own_value(compiler: str, tmp_path: Path) -> None:
    folder, sources = project(tmp_path)
    compile_cpp(compiler, folder, *sources)
    assert run(folder / "use") == RESULT


def test_own_value_compiled_once(tmp_path: Path) -> None:
    """What every file shares can be made in one place, as with the other value."""
    folder, sources = project(tmp_path)
    shared = str(folder / "src/dispatcher.cpp")
    compile_cpp(FOUND[0], folder, "-DACME_COMPILED", shared, *sources)
    assert run(folder / "use") == RESULT


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("for_each_tensor(const Any&", "visit_all(const Any&", "Traits::Value cannot"),
        ("static Any borrow_mutable", "static Any other", "needs `borrow_mutable`"),
    ],
)
def test_lacking_value(before: str, after: str, message: str, tmp_path: Path) -> None:
    """What a value type has not is named."""
    folder, sources = project(tmp_path)
    write({"include/shop/any.h": ANY.replace(before, after)}, folder)
    assert message in errors(folder, sources[0])


def test_graphs_need_our_value(tmp_path: Path) -> None:
    folder, _ = project(tmp_path)
    source = '#include "acme/dispatch/fuser.h"\nacme::dispatch::GraphBuilder graph;\n'
    write({"graph.cpp": source}, folder)
    assert "graphs need dispatch_codegen::Value" in errors(folder, "graph.cpp")


def errors(folder: Path, source: str) -> str:
    command = [FOUND[0], "-std=c++20", "-fsyntax-only", "-Iinclude", source]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder)
    assert done.returncode != 0
    return done.stderr
