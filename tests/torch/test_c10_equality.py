"""Generated files of c10 are equal to those in the wheel of PyTorch.

The generated sources are renamed, so that both stand in one program. Constants are
compared by the compiler, functions at run time, on every key and on random sets. Then an
extension is compiled with the generated headers in front of PyTorch's own.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from codegen import Model
from codegen.pipeline import generate, load_model
from tests.parity import facts
from tests.torch.building import ROOT, WARNINGS, check, workshop_folder
from tests.torch.c10.building import (
    HERE,
    RELEASE,
    Bench,
    backend_values,
    key_values,
    real_keys,
    run_program,
    run_python,
)
from tests.torch.c10.headers import HEADERS

pytestmark = pytest.mark.torch

SETS: Final = 5_000_000
SLOW_SETS: Final = 500_000
KEYS: Final = 256
BACKENDS: Final = 17
# Names that are none: in at_run_time.cpp.
WRONG_NAMES: Final = 8

TRIMMED: Final = "-DC10_MOBILE_TRIM_DISPATCH_KEYS"


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model([ROOT / "declarations"])


@pytest.fixture(scope="module")
def bench(model: Model, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    folder = workshop_folder(tmp_path_factory).with_name("c10")
    files = {
        path: text
        for path, text in generate(model, "c10").items()
        if path.startswith("c10/core/")
    }
    return Bench(folder, files, model)


# ---- names


def test_enumerators(model: Model, bench: Bench) -> None:
    def found(enums: dict[tuple[str, str], tuple[str, ...]]) -> dict[Any, set[str]]:
        return {enum: set(names) for enum, names in enums.items()}

    assert found(bench.generated.enums) == found(bench.stock.enums)
    assert found(bench.stock.enums) == {
        ("BackendComponent", "uint8_t"): set(backend_values(model)),
        ("DispatchKey", "uint16_t"): set(key_values(model)),
    }


def test_constants(model: Model, bench: Bench) -> None:
    assert set(bench.generated.keysets) == set(model.keysets)
    assert set(bench.stock.keysets) <= set(model.keysets)
    assert set(bench.generated.values) == set(bench.stock.values)
    assert len(bench.stock.keysets) == 34
    assert set(bench.generated.macros) == set(bench.stock.macros)


def test_functions(bench: Bench) -> None:
    assert set(bench.generated.functions) == set(bench.stock.functions)
    assert set(bench.generated.members) >= set(bench.stock.members)
    assert len(bench.stock.functions) == 22
    assert len(bench.stock.members) == 28


def test_every_function_is_compared(bench: Bench) -> None:
    """By name, or by operator, in one of the sources here."""
    text = "".join(file.read_text("utf-8") for file in sorted(HERE.glob("*.cpp")))
    for name in (*bench.stock.functions, *bench.stock.members):
        operator = name.removeprefix("operator")
        pattern = rf"\b{name}\b" if operator == name else rf" {re.escape(operator)} "
        assert re.search(pattern, text), name


# ---- both in one program


@pytest.mark.parametrize("flag", ["-DNDEBUG", "-DC10_MOBILE", TRIMMED])
def test_at_compile_time(bench: Bench, flag: str) -> None:
    assert bench.constants(None, flag) == ""


def test_at_run_time(model: Model, bench: Bench) -> None:
    """All but the names that PyTorch's parser lacks, and two that it cuts."""
    asked = ask(bench.program("at_run_time.cpp", *RELEASE), SETS, SLOW_SETS)
    beyond = asked.pop(("names", "parseDispatchKey_beyond_PyTorch's"))
    parsed = asked.pop(("names", "parseDispatchKey"))
    known = facts.load_dispatcher().parse_dispatch_key
    assert beyond == sum(known.get(name) is None for name in real_keys(model)) == 42
    every = {*key_values(model), *backend_values(model)}
    assert beyond + parsed == len(every) + WRONG_NAMES
    rows = model.keys["EndOfFunctionalityKeys"].value
    counts = {
        "keys": KEYS,
        # One has no row.
        "rows_of_keys": KEYS - 1,
        "pairs_of_keys": KEYS**2,
        "backend_values": KEYS,
        "backends": BACKENDS,
        "keys_and_backends": KEYS * BACKENDS,
        "rows": rows,
        "iterated_sets": SLOW_SETS + 2,
        "printed_sets": SLOW_SETS * 2 // 5 + 2,
        "sets": SETS,
    }
    assert asked == {(kind, name): counts[kind] for kind, name in asked}
    assert Counter(kind for kind, _ in asked) == {
        "keys": 12,
        "rows_of_keys": 1,
        "pairs_of_keys": 12,
        "backend_values": 5,
        "backends": 2,
        "keys_and_backends": 1,
        "rows": 1,
        "iterated_sets": 2,
        "printed_sets": 2,
        "sets": 26,
    }


def test_assertions(bench: Bench) -> None:
    """Of debug builds. PyTorch's list of what `has_any` refuses lacks NestedTensor."""
    asked = ask(bench.program("assertions.cpp", "-O1"), 0)
    beyond = (BACKENDS - 1) * KEYS
    assert asked == {
        ("keys", "has"): KEYS,
        ("pairs_of_keys", "has_any"): KEYS**2 - beyond,
        ("pairs_of_keys", "has_any_beyond_PyTorch's"): beyond,
    }


def test_slots_of_a_trimmed_build(model: Model, bench: Bench) -> None:
    asked = ask(bench.program("assertions.cpp", "-O1", TRIMMED), SETS // 10)
    assert asked[("keys", "getDispatchTableIndexForDispatchKey")] == KEYS
    of_sets = asked[("sets", "getDispatchTableIndexForDispatchKeySet")]
    assert of_sets == SETS // 10


def ask(program: Path, *sets: int) -> dict[tuple[str, str], int]:
    """How often each question was asked, by what it was asked about."""
    done = run_program(program, *sets)
    assert done.returncode == 0, done.stderr
    found = re.findall(r"^(\w+) (.*) (\d+)$", done.stdout, re.MULTILINE)
    assert len(found) == len(done.stdout.splitlines())
    asked = {(kind, name): int(count) for kind, name, count in found}
    assert len(asked) == len(found)
    return asked


# ---- a difference is found, and told


class Change(NamedTuple):
    """One mistake in a generated file, and what is said of it."""

    file: str
    old: str
    new: str
    told: str


CONSTANTS: Final = {
    "order_of_keys": Change(
        "DispatchKey.h",
        "  Conjugate,\n  Negative,\n",
        "  Negative,\n  Conjugate,\n",
        "KEY(Conjugate, ",
    ),
    "name_of_a_backend": Change("DispatchKey.h", "_(MAIA, ", "_(MIAA, ", "MAIABit"),
    "constant": Change(
        "DispatchKeySet.h",
        "mkldnn_ks = DispatchKeySet(DispatchKey::MkldnnCPU)",
        "mkldnn_ks = DispatchKeySet(DispatchKey::Metal)",
        "KEYSET(mkldnn_ks)",
    ),
}

FUNCTIONS: Final = {
    "key_of_a_backend": Change(
        "DispatchKey.cpp",
        "return DispatchKey::AutogradMTIA;",
        "return DispatchKey::AutogradXPU;",
        "getAutogradKeyFromBackend: BackendComponent 11 (MTIA)\n"
        "  PyTorch:   DispatchKey 144 (AutogradMTIA)\n"
        "  generated: DispatchKey 140 (AutogradXPU)\n",
    ),
    "text_of_an_error": Change(
        "DispatchKey.cpp",
        '"could not parse dispatch key: "',
        '"no dispatch key: "',
        'parseDispatchKey: "EndOfFunctionalityKeys"\n'
        "  PyTorch:   throws N3c105ErrorE: "
        "could not parse dispatch key: EndOfFunctionalityKeys\n"
        "  generated: throws N3c105ErrorE: no dispatch key: EndOfFunctionalityKeys\n",
    ),
    "set_of_a_key": Change(
        "DispatchKeySet.cpp",
        "return DispatchKeySet(DispatchKey::Lazy);",
        "return DispatchKeySet(DispatchKey::HPU);",
        "getBackendKeySetFromAutograd: DispatchKey 143 (AutogradLazy)\n"
        "  PyTorch:   DispatchKeySet 0x10200\n"
        "  generated: DispatchKeySet 0x10080\n",
    ),
}


@pytest.mark.parametrize("name", CONSTANTS)
def test_another_constant(bench: Bench, name: str) -> None:
    change = CONSTANTS[name]
    errors = bench.constants(changed(bench, name, change))
    assert "error: " in errors
    assert change.told in errors


@pytest.mark.parametrize("name", FUNCTIONS)
def test_another_function(bench: Bench, name: str) -> None:
    change = FUNCTIONS[name]
    renamed = changed(bench, name, change)
    program = bench.program("at_run_time.cpp", *RELEASE, renamed=renamed)
    done = run_program(program, SETS, SLOW_SETS)
    assert done.returncode == 1
    assert done.stderr == change.told


def changed(bench: Bench, name: str, change: Change) -> Path:
    return bench.changed(name, f"c10/core/{change.file}", change.old, change.new)


# ---- PyTorch with the generated files


def test_operator(bench: Bench) -> None:
    """An extension that sees the generated headers, in an unmodified PyTorch."""
    libraries = ("-ltorch_cpu", "-ltorch", "-lc10")
    built = bench.library("operator", [HERE / "operator.cpp"], *libraries)
    read = (bench.folder / "operator_operator.d").read_text("utf-8").split()
    for header in HEADERS:
        used = [path for path in read if path.endswith(f"/{header}")]
        assert used == [str(bench.front / header)]

    done = json.loads(run_python("call_operator", built))
    assert done["cpu"] == done["with grad"] == [2.0, -4.0]
    assert done["maia"] == [3.0, -6.0]
    assert done["maia, traced"] == [1003.0, 994.0]
    assert done["keys"][0] == done["keys"][1]
    assert done["raw"][0] == done["raw"][1]
    dump = re.sub(r" registered at \S+", "", done["dump"])
    assert re.findall(r"^(\w+): :: .*?\[ (.*) \]$", dump, re.MULTILINE) == [
        ("ADInplaceOrView", "fallthrough boxed"),
        ("Tracer", "boxed unboxed"),
        ("AutocastMTIA", "fallthrough boxed"),
        ("CPU", "boxed unboxed"),
        ("AutogradCPU", "fallthrough boxed"),
        ("AutogradMAIA", "boxed unboxed"),
    ]
    table = dict(re.findall(r"^(\w+): .*operator\.cpp\S* (.*)$", done["table"], re.M))
    assert table["AutogradMAIA"] == table["CPU"] == "[kernel]"


def test_generated_sources_in_a_running_pytorch(bench: Bench) -> None:
    """They stand in for PyTorch's own functions, and know the names that those lack."""
    built = bench.library("generated_c10", bench.sources, "-lc10")
    name = "AutogradMAIA"
    stock = json.loads(run_python("register", name))
    generated = json.loads(run_python("register", name, preload=built))
    assert stock.pop("error") == f"could not parse dispatch key: {name}"
    assert generated.pop("error") is None
    assert f"\n{name}: registered" not in stock.pop("dump")
    assert f"\n{name}: registered" in generated.pop("dump")
    assert generated == stock
    assert stock["gradient"] == [2.0, 2.0, 2.0]


@pytest.mark.slow
def test_all_headers_of_pytorch(bench: Bench, tmp_path: Path) -> None:
    source = tmp_path / "all.cpp"
    source.write_text("#include <torch/all.h>\n")
    command = ["g++", "-std=c++20", *WARNINGS, *bench.headers_in_front]
    check([*command, "-fsyntax-only", str(source)])
