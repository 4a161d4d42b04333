"""The declared operators: registrations, schemas and tables, against PyTorch's."""

from __future__ import annotations

import pytest

import codegen
from codegen import Model
from codegen.runtime.python.registration import FALLTHROUGH
from tests.parity import facts

# Keys of backends that the CPU build has no kernels for.
NOT_BUILT = frozenset(
    [
        "CUDA",
        "MPS",
        "XPU",
        "MTIA",
        "SparseCUDA",
        "SparseMPS",
        "SparseCsrCUDA",
        "SparseCsrMPS",
        "QuantizedCUDA",
        "NestedTensorCUDA",
    ]
)

# Ours alone: no operator of PyTorch shows its reason word. test_torch.py defines it there.
OURS = {"probe::ambiguous"}

THEIRS = {operator.name: operator for operator in facts.load_operators()}


@pytest.fixture(scope="module")
def model() -> Model:
    return codegen.load("declarations")


def _built(model: Model, name: str) -> dict[str, str]:
    kernels = model.operators[name].kernels
    return {key: kernel for key, kernel in kernels.items() if key not in NOT_BUILT}


def _names(model: Model) -> list[str]:
    return [name for name in model.operators if name not in OURS]


def test_about_40_are_declared(model: Model) -> None:
    names = _names(model)
    assert len(names) >= 40
    assert set(names) <= set(THEIRS)


def test_all_reasons_occur(model: Model) -> None:
    reasons = {
        entry.reason
        for name in model.operators
        for entry in model.operator_table(name).values()
    }
    assert reasons == {
        "kernel",
        "default backend kernel",
        "math kernel",
        "nested kernel",
        "autograd kernel",
        "batched kernel",
        "ambiguous autogradother",
        "backend fallback",
    }


def test_registrations(model: Model) -> None:
    for name in _names(model):
        ours = _built(model, name)
        assert ours.keys() == THEIRS[name].registrations.keys(), name
        fallthroughs = {key for key, kernel in ours.items() if kernel == FALLTHROUGH}
        assert fallthroughs == THEIRS[name].fallthroughs, name


def test_schemas(model: Model) -> None:
    for name in _names(model):
        namespace = name.partition("::")[0]
        ours = f"{namespace}::{model.operators[name].schema}"
        assert ours == THEIRS[name].schema, name


def test_tables(model: Model) -> None:
    """Every slot: the same reason, and the kernel registered for the same key."""
    for name in _names(model):
        theirs = THEIRS[name]
        source = {key: key for key in _built(model, name)}
        ours = {
            slot: (entry.kernel, entry.reason)
            for slot, entry in model.dispatch_table(source).items()
        }
        by_kernel: dict[str, set[str]] = {}
        for key, kernel in theirs.registrations.items():
            by_kernel.setdefault(kernel, set()).add(key)
        assert list(ours) == list(theirs.table), name
        for slot, fact in theirs.table.items():
            key, reason = ours[slot]
            assert reason == fact.reason, (name, slot)
            if reason != "backend fallback":
                assert key in by_kernel[fact.kernel], (name, slot)
