"""Thread-local sets: defaults, guards and modes, against those seen inside PyTorch."""

from __future__ import annotations

import pytest

import generated as g
from generated import DispatchKeySet
from tests.parity import facts

KNOWN = facts.load_dispatcher()

# Our guard or mode: how PyTorch's facts call the same thing.
GUARDS = {
    "AutoDispatchBelowAutograd": "at::AutoDispatchBelowAutograd",
    "AutoNonVariableTypeMode": "at::AutoDispatchBelowAutograd",
    "AutoDispatchBelowADInplaceOrView": "at::AutoDispatchBelowADInplaceOrView",
    "AutoDispatchSkipFunctionalize": "at::AutoDispatchSkipFunctionalize",
}
MODES = {
    "torch_dispatch": "TorchDispatchMode()",
    "python_dispatcher": "torch._C._EnablePythonDispatcher()",
    "pre_dispatch": "torch._C._EnablePreDispatch()",
    "functionalize": "torch._enable_functionalization()",
    "functorch": "torch.func.grad",
    "vmap": "torch._C._vmapmode_increment_nesting()",
    "trace": "torch.jit.trace",
    "inference": "torch.inference_mode()",
    "autocast_privateuse1": "torch.set_autocast_enabled('privateuseone', True)",
} | {
    f"autocast_{device}": f"torch.set_autocast_enabled('{device}', True)"
    for device in ["cpu", "cuda", "xla", "mps", "ipu", "xpu", "hpu", "mtia", "maia"]
}


def test_defaults() -> None:
    for fact in (KNOWN.tls["fresh thread"], KNOWN.cpp_guards["default"]):
        assert g.DEFAULT_INCLUDED.raw_repr() == fact.included
        assert g.DEFAULT_EXCLUDED.raw_repr() == fact.excluded


def test_all_are_compared() -> None:
    assert g.GUARDS.keys() == GUARDS.keys()
    assert g.MODES.keys() == MODES.keys()


def _inside(change: g.guards.TlsChange[DispatchKeySet]) -> facts.TlsFacts:
    return facts.TlsFacts(
        (g.DEFAULT_INCLUDED - change.stop_including | change.include).raw_repr(),
        (g.DEFAULT_EXCLUDED - change.stop_excluding | change.exclude).raw_repr(),
    )


@pytest.mark.parametrize(("name", "theirs"), GUARDS.items())
def test_guards(name: str, theirs: str) -> None:
    assert _inside(g.GUARDS[name]) == KNOWN.cpp_guards[theirs]


@pytest.mark.parametrize(("name", "theirs"), MODES.items())
def test_modes(name: str, theirs: str) -> None:
    assert _inside(g.MODES[name]) == KNOWN.tls[theirs]


def test_what_the_python_fallback_excludes() -> None:
    inside = KNOWN.tls["__torch_dispatch__ of a subclass"]
    excluded = g.DEFAULT_EXCLUDED | g.after_Python_keyset
    assert excluded.raw_repr() == inside.excluded
