"""The C++ headers mean what the model says: asked of the compiler, and of a program."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from codegen import emit, names
from codegen.model import (
    BackendFunction,
    KeyFunction,
    KeyKind,
    KeyPredicate,
    Model,
)
from codegen.pipeline import generate, load_model
from codegen.quoting import cpp_string
from codegen.resources import built_in_declarations
from codegen.runtime.python.layout import NO_SLOT
from tests.support import DISPATCHERS, load_text

COMPILER: Final = shutil.which("g++") or shutil.which("clang++")
FLAGS: Final = "-std=c++20 -Wall -Wextra -Wpedantic -Wconversion -Werror".split()

pytestmark = pytest.mark.skipif(COMPILER is None, reason="there is no C++ compiler")


def wide() -> str:
    """Forty backends, a hundred functionality keys, six of them with a key of each."""
    backends = ", ".join(f"B{n}" for n in range(40))
    keys = []
    for n in range(100):
        prefix = f"P{n}" if n else '""'
        many = f"{{per_backend: true, prefix: {prefix}}}"
        always = f"{{in_every_full_after: {str(n == 42).lower()}}}"
        keys.append(f"  - F{n}: {always if n % 17 else many}")
    return "\n".join(
        (
            "dispatcher: {name: wide, cpp: {namespace: very::wide, macro_prefix: WIDE}}",
            f"backends: [{backends}]",
            "functionality:",
            *keys,
            WIDE,
        )
    )


WIDE: Final = """\
groups: {every: all}
keysets: {low: F0 | F1 | B3, high: full_after(F90), some: (F10 | F20) * backends(every)}
aliases:
  - Any: {keys: full - F50, reason: any, undefined: true}
  - Lower: {keys: low, reason: lower}
functions:
  ofBackend: {of: backend, for_each: every, keys: "F7 | {backend}", default: empty}
  isHigh: {of: key, has: high, but_not: [F3]}
fallbacks: [{keys: [F99], policy: fallthrough}]
"""

TRIMMED: Final = "pytorch, trimmed"
NAMES: Final = ("pytorch", "tiny", "image", "solver", "wide", "nothing", TRIMMED)


@pytest.fixture(scope="module", params=NAMES)
def model(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Model:
    match request.param:
        case "pytorch":
            return load_model([built_in_declarations()])
        case "wide":
            return load_text(wide(), tmp_path_factory.mktemp("wide"))
        case "nothing":
            text = "dispatcher: {name: nothing}\n"
            return load_text(text, tmp_path_factory.mktemp("nothing"))
        case name if name == TRIMMED:
            return load_model([built_in_declarations()], "mobile_trimmed")
        case name:
            return load_model([DISPATCHERS / f"{name}.yaml"])


def bits(model: Model, raw: int) -> str:
    """A set's bits, as the headers keep them."""
    size = model.layout.full.bit_length()
    if size <= 64:
        return f"{raw}ULL"
    words = [raw >> at & (2**64 - 1) for at in range(0, size, 64)]
    return f"Wide({', '.join(f'{word}ULL' for word in words)})"


def key(name: str) -> str:
    return f"DispatchKey::{name}"


def backend(name: str) -> str:
    return f"BackendComponent::{names.backend_bit(name)}"


def keyset(model: Model, raw: int) -> str:
    return f"raw({bits(model, raw)})"


def random_sets(model: Model, count: int = 300) -> Iterator[int]:
    chance = random.Random(model.name)
    size = model.layout.full.bit_length()
    for number in range(count):
        raw = chance.getrandbits(size) if size else 0
        for _ in range(number % 4):
            raw &= chance.getrandbits(size) if size else 0
        yield raw


def facts(model: Model) -> Iterator[str]:
    """Conditions that hold for the headers if they mean what the model means."""
    yield from enum_facts(model)
    yield from key_facts(model)
    yield from set_facts(model)
    yield from function_facts(model)


def enum_facts(model: Model) -> Iterator[str]:
    for one in model.keys.values():
        yield f"static_cast<int>({key(one.name)}) == {one.value}"
    for name, target in model.aliases_of_keys.items():
        yield f"{key(name)} == {key(target)}"
    for part in model.backends.values():
        yield f"static_cast<int>({backend(part.name)}) == {part.value}"


def key_facts(model: Model) -> Iterator[str]:
    layout = model.layout
    for one in model.keys.values():
        name = key(one.name)
        if one.value == layout.end_of_functionality:
            continue  # Its bit is one that no set of these headers has.
        yield f"DispatchKeySet({name}).raw_repr() == {bits(model, one.mask)}"
        after = bits(model, layout.full_after(one.value))
        yield f"DispatchKeySet(DispatchKeySet::FULL_AFTER, {name}).raw_repr() == {after}"
        functionality = layout.functionality_of(one.value)
        yield f"static_cast<int>(toFunctionalityKey({name})) == {functionality}"
        part = layout.backend_of(one.value)
        yield f"static_cast<int>(toBackendComponent({name})) == {part}"
        is_alias, many = layout.is_alias(one.value), layout.is_per_backend(one.value)
        yield f"isAliasDispatchKey({name}) == {str(is_alias).lower()}"
        yield f"isPerBackendFunctionalityKey({name}) == {str(many).lower()}"
        slot = layout.table_index(one.mask)
        yield f"getDispatchTableIndexForDispatchKey({name}) == {slot}"
        yield f"toString({name}) == {cpp_string(one.text)}"
        if one.kind is not KeyKind.PLACEHOLDER:
            yield f"parseDispatchKey({cpp_string(one.name)}) == {name}"
        if many and model.backends:
            last = [*model.backends][-1]
            made = layout.runtime_key(one.value, len(model.backends))
            runtime = f"toRuntimePerBackendFunctionalityKey({name}, {backend(last)})"
            yield f"static_cast<int>({runtime}) == {made}"
    for name, target in model.legacy_names.items():
        yield f"parseDispatchKey({cpp_string(name)}) == {key(target)}"
    for name in model.backends:
        yield f"toString({backend(name)}) == {cpp_string(names.backend_bit(name))}"
    for alias in model.aliases.values():
        keys = f"getRuntimeDispatchKeySet({key(alias.name)})"
        yield f"{keys}.raw_repr() == {bits(model, alias.raw)}"
        for one in model.runtime_keys[1:]:
            has = str(alias.raw & one.mask == one.mask).lower()
            yield f"isIncludedInAlias({key(one.name)}, {key(alias.name)}) == {has}"


def set_facts(model: Model) -> Iterator[str]:
    layout = model.layout
    for constant in model.keysets.values():
        yield f"{constant.name}.raw_repr() == {bits(model, constant.raw)}"
    tls = model.tls
    yield f"default_included.raw_repr() == {bits(model, tls.include)}"
    yield f"default_excluded.raw_repr() == {bits(model, tls.exclude)}"
    for space, section in (("tls_changes", model.guards), ("modes", model.modes)):
        for change in section.values():
            for name in ("include", "exclude", "stop_including", "stop_excluding"):
                raw = bits(model, getattr(change, name))
                yield f"{space}::{change.name}.{name}.raw_repr() == {raw}"
    for raw in random_sets(model):
        keys = keyset(model, raw)
        highest = f"static_cast<int>({keys}.highestPriorityTypeId())"
        yield f"{highest} == {layout.highest_key(raw)}"
        slot = layout.table_index(raw)
        index = f"{keys}.getDispatchTableIndexForDispatchKeySet()"
        yield f"{index} == {-1 if slot == NO_SLOT else slot}"
        found = "".join(f", {value}" for value in layout.iterate(raw))
        yield f"yields({keys}, {{-1{found}}})"
    for fallback, spec in enumerate(model.fallbacks.values()):
        yield f"fallbacks[{fallback}].key == {key(spec.spec.key)}"
        yield f"fallbacks[{fallback}].kernel == {cpp_string(spec.spec.kernel)}"
    for number, alias in enumerate(model.aliases.values()):
        yield f"alias_rules[{number}].reason == {cpp_string(alias.reason)}"
        yield f"alias_rules[{number}].keys.raw_repr() == {bits(model, alias.raw)}"


def function_facts(model: Model) -> Iterator[str]:
    backends = model.backends.values()
    keys = [k for k in model.keys.values() if k.kind is not KeyKind.PLACEHOLDER]
    for function in model.functions.values():
        name = names.camel_case(function.name)
        match function:
            case BackendFunction(keysets=None):
                for part in backends:
                    one = (function.keys or {}).get(part.name, function.default_key)
                    yield f"{name}({backend(part.name)}) == {key(one)}"
            case BackendFunction():
                for part in backends:
                    raw = (function.keysets or {}).get(part.name, function.default_raw)
                    found = f"{name}({backend(part.name)}).raw_repr()"
                    yield f"{found} == {bits(model, raw)}"
            case KeyFunction():
                cases = {model.keys[k].value: raw for k, raw in function.cases.items()}
                for one in keys:
                    raw = cases.get(one.value, function.default)
                    yield f"{name}({key(one.name)}).raw_repr() == {bits(model, raw)}"
            case KeyPredicate():
                excluded = {model.keys[k].value for k in function.but_not}
                for one in keys:
                    has = function.raw & one.mask == one.mask and one.mask != 0
                    has = has and one.value not in excluded
                    yield f"{name}({key(one.name)}) == {str(has).lower()}"
            case _:
                for raw in random_sets(model, 20):
                    highest = model.layout.highest_key(raw & function.keep)
                    found = f"static_cast<int>({name}({keyset(model, raw)}))"
                    yield f"{found} == {highest}"


PROGRAM: Final = """\
#include <initializer_list>

#include "fallbacks.h"
#include "functions.h"
#include "table_rules.h"
#include "types.h"

// Twice, as a file of a bigger program may.
#include "dispatch_key_set.h"

using namespace %(namespace)s;

template <class Bits = DispatchKeySet::Bits, class... Words>
constexpr Bits Wide(Words... words) {
  Bits result;
  auto* word = result.words;
  ((*word++ = words), ...);
  return result;
}
constexpr DispatchKeySet raw(DispatchKeySet::Bits bits) {
  return DispatchKeySet::from_raw_repr(bits);
}
constexpr bool yields(DispatchKeySet keys, std::initializer_list<int> values) {
  auto value = values.begin();
  for (const DispatchKey key : keys) {
    if (++value == values.end() || static_cast<int>(key) != *value) return false;
  }
  return ++value == values.end();
}

%(facts)s
%(main)s
"""


@pytest.fixture
def headers(model: Model, tmp_path: Path) -> Path:
    """The folder of a model's headers."""
    emit.apply(emit.plan(generate(model, "cpp"), tmp_path, "cpp"))
    return tmp_path / "include" / model.cpp.include


def compiled(source: str, headers: Path, *options: str) -> None:
    file = headers / "program.cpp"
    file.write_text(source, "utf-8")
    done = subprocess.run(
        [str(COMPILER), *FLAGS, *options, str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[:3000]


def program(model: Model, main: str = "") -> str:
    asserts = "\n".join(f"static_assert({fact});" for fact in facts(model))
    return PROGRAM % {
        "namespace": model.cpp.namespace,
        "facts": asserts,
        "main": main,
    }


def test_the_compiler_agrees(model: Model, headers: Path) -> None:
    compiled(program(model), headers, "-fsyntax-only", "-O0")


def test_the_facts_can_be_wrong(model: Model, headers: Path) -> None:
    """The assertions are looked at."""
    if model.name == "imaging":
        text = program(model).replace(" == 1)", " == 2)", 1)
        with pytest.raises(AssertionError, match="static assertion failed"):
            compiled(text, headers, "-fsyntax-only")


MAIN: Final = """\
#include <iostream>
#include <sstream>
#include <stdexcept>

int main() {
  std::ostringstream stream;
  stream << DispatchKeySet(DispatchKeySet::FULL) << DispatchKeySet();
  for (int value = 0; value < %(count)d; ++value) {
    stream << static_cast<DispatchKey>(value) << '\\n';
  }
  stream << BackendComponent::InvalidBit << toString(DispatchKey{}).data();
  std::cout << stream.str();
  try {
    parseDispatchKey("NoSuch\\nKey");
  } catch (const std::invalid_argument& error) {
    std::cout << error.what();
  }
  try {
    parseDispatchKey("EndOfFunctionalityKeys");
  } catch (const std::invalid_argument& error) {
    std::cout << error.what();
  }
}
"""


def test_names(model: Model, headers: Path) -> None:
    """At run time, and as text of streams."""
    count = len(model.keys)
    asserts = program(model).partition("static_assert")[0]
    compiled(asserts + MAIN % {"count": count}, headers, "-o", str(headers / "program"))
    done = subprocess.run(
        [headers / "program"], capture_output=True, text=True, check=True
    )
    layout = model.layout
    full = [model.keys_by_value[v].text for v in layout.iterate(layout.full)]
    texts = [model.keys_by_value[value].text for value in range(count)]
    expected = f"DispatchKeySet({', '.join(full)})DispatchKeySet()"
    expected += "".join(f"{text}\n" for text in texts)
    expected += f"InvalidBit{model.undefined}"
    expected += 'there is no dispatch key "NoSuch\nKey"'
    expected += 'there is no dispatch key "EndOfFunctionalityKeys"'
    assert done.stdout == expected


def test_variants_by_macro(tmp_path: Path) -> None:
    """A build that defines a variant's macro has its fallbacks and its slots."""
    plain = load_model([built_in_declarations()])
    emit.apply(emit.plan(generate(plain, "cpp"), tmp_path, "cpp"))
    headers = tmp_path / "include" / plain.cpp.include
    for name, variant in plain.variants.items():
        built = load_model([built_in_declarations()], name)
        slots = len(built.runtime_keys)
        checks = [f"DispatchKeySet::Layout::num_slots == {slots}"]
        for number, spec in enumerate(plain.fallbacks):
            found = built.fallbacks.get(spec)
            if found is not None:
                kernel = cpp_string(found.spec.kernel)
                checks.append(f"fallbacks[{number}].kernel == {kernel}")
        text = PROGRAM % {
            "namespace": plain.cpp.namespace,
            "facts": "\n".join(f"static_assert({check});" for check in checks),
            "main": "",
        }
        compiled(text, headers, "-fsyntax-only", f"-D{variant.macro}")


def test_two_dispatchers_in_one_program(tmp_path: Path) -> None:
    """Their copies of the support headers are the same."""
    lines = []
    for name in ("image", "solver"):
        model = load_model([DISPATCHERS / f"{name}.yaml"])
        emit.apply(emit.plan(generate(model, "cpp"), tmp_path / name, "cpp"))
        lines.append(f'#include "{name}/include/{model.cpp.include}/fallbacks.h"')
        lines.append(f'#include "{name}/include/{model.cpp.include}/types.h"')
    compiled("\n".join([*lines, ""]), tmp_path, "-fsyntax-only")


def test_libraries_stay_out(tmp_path: Path) -> None:
    """What costs every file that includes the headers is not included."""
    model = load_model([DISPATCHERS / "tiny.yaml"])
    for path, text in generate(model, "cpp").items():
        if path.endswith(".h") and "/runtime/" not in path:
            for header in ("algorithm", "functional", "iostream", "map", "regex"):
                assert f"#include <{header}>" not in text, path
