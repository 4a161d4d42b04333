"""What is registered for PyTorch's own YAML: by its wheel, by torchgen, and here.

The wheel's dispatcher prints with each kernel the file that registered it. Those that
torchgen writes are `build/aten/src/ATen/Register*.cpp`: a registration of such a file is
one operator and one key, whether or not Python has replaced its kernel (`inactive`).
torchgen, asked for what it writes, tells of the keys too that the CPU build leaves out.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

import codegen
from codegen.diagnostics import Collector
from codegen.model import Model
from codegen.torchgen.function import Function
from codegen.torchgen.registrations import (
    Registration,
    RegistrationRules,
    is_structured,
    registrations,
)
from codegen.torchgen.variants import derived_variants
from tests.torch.building import ROOT, need_torch
from tests.torch.test_torchgen_variants import FUNCTIONS, read, rules_of_torchgen
from tests.torch.torchgen_rules import RULES

pytestmark = pytest.mark.torch

# Of the wheel, by key.
REGISTRATIONS: Final = {
    "BackendSelect": 81,
    "CPU": 1067,
    "CompositeExplicitAutograd": 1061,
    "CompositeExplicitAutogradNonFunctional": 442,
    "CompositeImplicitAutograd": 743,
    "CompositeImplicitAutogradNestedTensor": 5,
    "Functionalize": 1323,
    "Meta": 738,
    "MkldnnCPU": 56,
    "NestedTensorCPU": 100,
    "NestedTensorHPU": 88,
    "NestedTensorMeta": 1,
    "QuantizedCPU": 110,
    "QuantizedMeta": 1,
    "SparseCPU": 175,
    "SparseCsrCPU": 140,
    "SparseCsrMeta": 129,
    "SparseMeta": 24,
    "ZeroTensor": 8,
}
INACTIVE: Final = {"Meta": 636}

# Keys of other builds: the CPU build has no file for them.
NOT_BUILT: Final = {
    "CUDA",
    "MPS",
    "MTIA",
    "NestedTensorCUDA",
    "QuantizedCUDA",
    "SparseCUDA",
    "SparseCsrCUDA",
    "SparseCsrMPS",
    "SparseMPS",
    "XPU",
}

STRUCTURED: Final = 660

GENERATED: Final = re.compile(r"\bbuild/aten/src/ATen/Register\w+\.cpp:")
# Of a line that registers: the operator, and the function if torchgen names it.
REGISTERED: Final = re.compile(
    r'm\.impl\("(?:aten::)?([^"]+)",\s*(?:TORCH_FN\((?:\w+::)*(\w+)\)'
    r"|static_cast<.*>\(at::native::(\w+)\))\);"
)

Registered = Mapping[str, Mapping[str, Registration]]


@dataclass(frozen=True)
class Wheel:
    """An operator, as the wheel's dispatcher prints it.

    Attributes:
        generated: whether the kernel is active, by key; those of torchgen's files only.
        active: all active kernels by key.
        table: kernel and reason by slot.
    """

    generated: Mapping[str, bool]
    active: Mapping[str, str]
    table: Mapping[str, tuple[str, str]]


@pytest.fixture(scope="module")
def wheel() -> Mapping[str, Wheel]:
    """All operators, from a process in which nothing else was imported."""
    need_torch()
    script = ROOT / "tests" / "parity" / "extract_facts.py"
    environment = {**os.environ, "TORCH_DEVICE_BACKEND_AUTOLOAD": "0"}
    done = subprocess.run(
        [sys.executable, str(script), "--ask", "operators"],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return {one["name"]: wheel_operator(one) for one in json.loads(done.stdout)}


def wheel_operator(answer: Mapping[str, Any]) -> Wheel:
    kernels = [tuple(kernel[:3]) for kernel in answer["kernels"]]
    generated = [(k, active) for k, active, text in kernels if GENERATED.search(text)]
    # No two files register for one key.
    assert len(dict(generated)) == len(generated)
    return Wheel(
        dict(generated),
        {key: text for key, active, text in kernels if active},
        {slot: (kernel, why) for slot, kernel, why, _ in answer["table"]},
    )


@pytest.fixture(scope="module")
def torchgen() -> Any:
    need_torch()
    return importlib.import_module("torchgen.gen")


@pytest.fixture(scope="module")
def yaml(torchgen: Any) -> Path:
    return Path(torchgen.__file__).parent / "packaged" / "ATen" / "native"


@pytest.fixture(scope="module")
def functions(yaml: Path) -> list[Function]:
    collector = Collector()
    entries = read(yaml / "native_functions.yaml", collector)
    derived = derived_variants(entries, rules_of_torchgen(), collector)
    collector.raise_if_any()
    return [*entries, *derived]


@pytest.fixture(scope="module")
def ours(functions: list[Function]) -> Registered:
    return registrations(functions, RULES)


def pairs(registered: Registered) -> set[tuple[str, str]]:
    """Operator and key of each, but those of other builds."""
    return {
        (name, key)
        for name, kernels in registered.items()
        for key in kernels
        if key not in NOT_BUILT
    }


def keys_of(registered: Registered) -> dict[str, set[str]]:
    return {name: set(kernels) for name, kernels in registered.items() if kernels}


def test_those_of_the_wheel(ours: Registered, wheel: Mapping[str, Wheel]) -> None:
    theirs = {(name, key) for name, one in wheel.items() for key in one.generated}
    assert pairs(ours) == theirs
    assert len(theirs) == sum(REGISTRATIONS.values()) == 6292
    assert Counter(key for _, key in theirs) == REGISTRATIONS
    inactive = Counter(
        key
        for one in wheel.values()
        for key, active in one.generated.items()
        if not active
    )
    assert inactive == INACTIVE


def test_keys_of_other_builds(ours: Registered, wheel: Mapping[str, Wheel]) -> None:
    """Nothing is left out but keys that the wheel has no generated file for."""
    built = {key for one in wheel.values() for key in one.generated}
    assert {key for kernels in ours.values() for key in kernels} - built == NOT_BUILT


def test_every_reason(ours: Registered) -> None:
    found = Counter(r.reason for kernels in ours.values() for r in kernels.values())
    assert found == {
        "declared": 3570,
        "structured delegate": 1995,
        "functionalize": 1272,
        "structured": 1126,
        "default": 653,
        "derived": 517,
        "backend selection": 81,
        "functionalize by decomposing": 51,
        "in place": 37,
        "ufunc": 2,
    }


# ---- torchgen itself


def test_those_of_torchgen(torchgen: Any, yaml: Path, ours: Registered) -> None:
    """All keys, those of other builds too, and the kernels that torchgen names."""
    parsed = torchgen.parse_native_yaml(
        str(yaml / "native_functions.yaml"), str(yaml / "tags.yaml")
    )
    theirs: dict[str, dict[str, str | None]] = {}
    for key, name, function in [
        *registered_by_key(torchgen, parsed),
        *registered_by_schema(torchgen, parsed),
    ]:
        named = theirs.setdefault(f"aten::{name}", {})
        assert key not in named
        named[key] = function
    assert sum(map(len, ours.values())) == 9304
    assert keys_of(ours) == {name: set(kernels) for name, kernels in theirs.items()}
    compared = 0
    for name, kernels in ours.items():
        for key, registration in kernels.items():
            expected = theirs[name][key]
            if expected is not None:
                assert registration.kernel == expected, (name, key)
                compared += 1
    # All but shape functions and checks: these are in wrappers and have no name.
    assert compared == sum(
        r.reason != "in place" and not r.kernel.startswith("structured_")
        for kernels in ours.values()
        for r in kernels.values()
    )


def registered_by_key(
    torchgen: Any, parsed: Any, selector: Any = None
) -> Iterator[tuple[str, str, str | None]]:
    """Key, operator and kernel of torchgen's files for one key each."""
    selector = selector or torchgen.SelectiveBuilder.get_nop_selector()
    groups = torchgen.get_grouped_native_functions(parsed.native_functions)
    for key, index in parsed.backend_indices.items():
        if str(key) == "Undefined":
            continue
        generate = torchgen.dest.RegisterDispatchKey(
            index,
            torchgen.Target.REGISTRATION,
            selector,
            rocm=False,
            symint=True,
            class_method_name=None,
            skip_dispatcher_op_registration=False,
        )
        for group in groups:
            one_function = isinstance(group, torchgen.NativeFunction)
            is_shared = not one_function and group.structured
            primary = index.get_kernel(group) if is_shared else None
            for line in generate(group):
                name = REGISTERED.fullmatch(line.strip())
                assert name is not None, line
                if primary is not None and primary.structured:
                    yield str(key), name[1], primary.kernel
                    continue
                own = [group] if one_function else list(group.functions())
                (function,) = (f for f in own if str(f.func.name) == name[1])
                kernel = index.get_kernel(function)
                yield str(key), name[1], None if kernel is None else kernel.kernel


def registered_by_schema(
    torchgen: Any, parsed: Any, selector: Any = None
) -> Iterator[tuple[str, str, str | None]]:
    """The same of its files that it writes from schemas."""
    selector = selector or torchgen.SelectiveBuilder.get_nop_selector()
    functionalization = importlib.import_module("torchgen.gen_functionalization_type")
    model = importlib.import_module("torchgen.model")
    functions = parsed.native_functions
    select = torchgen.ComputeBackendSelect(torchgen.Target.REGISTRATION, selector)
    lines = {"BackendSelect": [line for line in map(select, functions) if line]}
    lines["Functionalize"] = []
    groups = [
        group
        for group in torchgen.get_grouped_native_functions(functions)
        if isinstance(group, model.NativeFunctionsGroup)
    ]
    groups += [
        group
        for group in torchgen.get_grouped_by_view_native_functions(functions)
        if isinstance(group, model.NativeFunctionsViewGroup)
    ]
    grouped = {f.func.name for group in groups for f in group.functions()}
    groups += [f for f in functions if f.func.name not in grouped]
    implicit = parsed.backend_indices[model.DispatchKey.CompositeImplicitAutograd]
    for group in groups:
        lines["Functionalize"] += functionalization.gen_functionalization_registration(
            selector, group, implicit
        )
    for key, texts in lines.items():
        for line in texts:
            found = REGISTERED.fullmatch(line)
            assert found is not None, line
            yield key, found[1], found[2] or found[3]


# ---- tables


def test_tables(
    ours: Registered, functions: list[Function], wheel: Mapping[str, Wheel]
) -> None:
    """All slots, of ours and the wheel's other registrations: which kernel, and why."""
    model = codegen.load(ROOT / "declarations")
    structured = [function.name for function in functions if is_structured(function)]
    assert len(structured) == STRUCTURED
    assert len(ours) == FUNCTIONS
    for name, kernels in ours.items():
        compare_tables(model, name, kernels, wheel[name])


def compare_tables(
    model: Model, name: str, kernels: Mapping[str, Registration], theirs: Wheel
) -> None:
    registered = {
        key: text for key, text in theirs.active.items() if not GENERATED.search(text)
    }
    expected = dict(registered)
    for key, registration in kernels.items():
        # Of what stands in for it, the kernel is theirs.
        if key not in NOT_BUILT and key not in registered:
            registered[key] = f"{registration.kernel} for {key}"
            expected[key] = theirs.active[key]
    # As in a table, each kernel is told from the others by what the wheel calls it.
    called = {registered[key]: expected[key] for key in registered}
    table = model.dispatch_table(registered)
    fallbacks = {slot: f.spec.kernel for slot, f in model.fallbacks.items()}
    assert list(table) == list(theirs.table), name
    for slot, (kernel, reason) in theirs.table.items():
        assert table[slot].reason == reason, (name, slot)
        if reason == "backend fallback":
            assert table[slot].kernel == fallbacks[slot], (name, slot)
        else:
            assert called[table[slot].kernel] == kernel, (name, slot)


# ---- nothing in the rules that need not be there


def test_every_rule_is_needed(functions: list[Function], ours: Registered) -> None:
    whole = keys_of(ours)
    for what, rules in weakened(RULES):
        assert keys_of(registrations(functions, rules)) != whole, what


def weakened(rules: RegistrationRules) -> Iterator[tuple[str, RegistrationRules]]:
    """The rules, one thing of what they say left out."""
    yield "default", rules._replace(default=None)
    structured = rules.structured
    for field in structured._fields:
        for key in getattr(structured, field):
            fewer = [k for k in getattr(structured, field) if k != key]
            changed = structured._replace(**{field: fewer})
            yield f"{field}: {key}", rules._replace(structured=changed)
    assert rules.in_place is not None
    yield "in place", rules._replace(in_place=None)
    for key in rules.in_place.unless:
        fewer = [k for k in rules.in_place.unless if k != key]
        in_place = rules.in_place._replace(unless=fewer)
        yield f"in place unless {key}", rules._replace(in_place=in_place)
    select = rules.backend_select
    assert select is not None
    for pattern in select.unless_named:
        fewer = [p for p in select.unless_named if p != pattern]
        changed_select = select._replace(unless_named=fewer)
        yield f"backend select unless {pattern}", rules._replace(
            backend_select=changed_select
        )
    functionalize = rules.functionalize
    assert functionalize is not None
    for name in functionalize.without:
        left = functionalize._replace(without=functionalize.without - {name})
        yield f"without {name}", rules._replace(functionalize=left)
    for left in (
        functionalize._replace(decomposed=""),
        functionalize._replace(view_tag=""),
    ):
        yield str(left), rules._replace(functionalize=left)
