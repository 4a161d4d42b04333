"""Fused graphs of a package's operators: when they run, and what runs instead."""

from __future__ import annotations

from typing import Any

import pytest

import generated as g
from generated import DispatchKey, DispatchKeySet, Library
from generated._runtime.fusion import DispatcherFuser
from generated.fuser import Graph, UnknownFusionError, trace

numpy = pytest.importorskip("numpy")
pytest.importorskip("numexpr", reason="numexpr is not installed: pip install numexpr")

CPU = DispatchKeySet(DispatchKey.CPU).raw_repr()
WITH_AUTOGRAD = DispatchKeySet([DispatchKey.CPU, DispatchKey.AutogradCPU]).raw_repr()


class Array:
    def __init__(self, values: Any, keys: int = CPU, requires_grad: bool = False):
        self.values = numpy.asarray(values, dtype=float)
        self._dispatch_keys = keys
        self.requires_grad = requires_grad


@pytest.fixture
def calls(lib: Library) -> list[str]:
    """Two operators; the names of those whose CPU kernels ran."""
    ran: list[str] = []
    for name in ("add", "mul"):
        lib.define(f"{name}(Tensor a, Tensor b) -> Tensor")

        def kernel(a: Array, b: Array, name: str = name) -> Array:
            ran.append(name)
            return Array(
                getattr(numpy, f"{'multiply' if name == 'mul' else name}")(
                    a.values, b.values
                )
            )

        lib.impl(name, lambda a, b, kernel=kernel: kernel(a, b), "CPU")
    return ran


@pytest.fixture
def graph(calls: list[str], ns: str) -> Graph:
    return trace(
        lambda ops, x, y: getattr(ops, ns).add(getattr(ops, ns).mul(x, y), y), 2
    )


@pytest.fixture
def fuser(ns: str) -> DispatcherFuser:
    from generated.fuser import NumexprCompiler

    made = DispatcherFuser(g.DISPATCHER)
    made.register_compiler(
        NumexprCompiler(
            {f"{ns}::add": "{0} + {1}", f"{ns}::mul": "{0} * {1}"},
            lambda tensor: tensor.values,
            Array,
        )
    )
    made.allow(DispatchKey.CPU)
    return made


def run(fuser: DispatcherFuser, graph: Graph, *arguments: Any) -> tuple[bool, float]:
    """Whether it was fused, and the result."""
    key = fuser.register(graph)
    stack: list[Any] = ["below", *arguments]
    fused = fuser.run_fusion(key, stack)
    if not fused:
        fuser.run_fallback(key, stack)
    below, result = stack
    assert below == "below"
    return fused, float(result.values)


def test_fused(fuser: DispatcherFuser, graph: Graph, calls: list[str]) -> None:
    assert run(fuser, graph, Array(2), Array(3)) == (True, 9.0)
    assert calls == []


def test_fallback_calls_each_operator(
    fuser: DispatcherFuser, graph: Graph, calls: list[str]
) -> None:
    fuser.enabled = False
    assert run(fuser, graph, Array(2), Array(3)) == (False, 9.0)
    assert calls == ["mul", "add"]


def test_unknown_key(fuser: DispatcherFuser) -> None:
    with pytest.raises(UnknownFusionError, match="17"):
        fuser.run_fallback(17, [])


def test_other_keysets(fuser: DispatcherFuser, graph: Graph) -> None:
    tensor = Array(3, WITH_AUTOGRAD)
    assert run(fuser, graph, Array(2), tensor) == (False, 9.0)
    spec = fuser.lookup(graph)
    assert spec is not None
    assert spec.why_not == (
        "argument 1: calls would reach AutogradCPU too, by "
        "DispatchKeySet(CPU, BackendSelect, ADInplaceOrView, AutogradCPU)"
    )


def test_below_autograd(fuser: DispatcherFuser, graph: Graph) -> None:
    """What a guard takes out is not in the way."""
    tensor = Array(3, WITH_AUTOGRAD, requires_grad=True)
    with g.AutoDispatchBelowAutograd():
        assert run(fuser, graph, Array(2), tensor) == (True, 9.0)


def test_gradients_are_not_lost(fuser: DispatcherFuser, graph: Graph) -> None:
    fuser.allow(WITH_AUTOGRAD)
    assert run(fuser, graph, Array(2), Array(3, WITH_AUTOGRAD)) == (True, 9.0)
    wanted = Array(3, WITH_AUTOGRAD, requires_grad=True)
    assert run(fuser, graph, Array(2), wanted) == (False, 9.0)


def test_modes_see_the_calls(
    fuser: DispatcherFuser, graph: Graph, ns: str, calls: list[str]
) -> None:
    seen = []

    class Log(g.DispatchMode):
        def __torch_dispatch__(
            self, func: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            seen.append(func.name)
            return func(*args)

    with Log():
        assert run(fuser, graph, Array(2), Array(3)) == (False, 9.0)
    assert seen == [f"{ns}::mul", f"{ns}::add"]


def test_observers_see_the_calls(fuser: DispatcherFuser, graph: Graph, ns: str) -> None:
    seen: list[str] = []
    remove = g.add_observer(lambda event: seen.append(event.name))
    try:
        assert run(fuser, graph, Array(2), Array(3)) == (False, 9.0)
    finally:
        remove()
    assert seen == [f"{ns}::mul", f"{ns}::add"]


def test_what_cannot_be_compiled(
    fuser: DispatcherFuser, graph: Graph, calls: list[str]
) -> None:
    """Shapes that do not fit: the error is that of the calls."""
    with pytest.raises(ValueError, match="broadcast"):
        run(fuser, graph, Array([1, 2]), Array([1, 2, 3]))
    assert calls == ["mul"]


def test_public_names() -> None:
    """Those of the package are those of its one fuser."""
    assert g.register_fusion == g.FUSER.register
    assert g.run_fusion == g.FUSER.run_fusion
    assert g.run_fallback == g.FUSER.run_fallback
    assert g.retrieve_fusion == g.FUSER.retrieve
