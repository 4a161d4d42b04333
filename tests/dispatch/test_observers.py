"""Observers of calls: what they see, when, and that without any there is no trace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import generated as g
from generated import DispatchKey, Library
from tests.dispatch.tensors import AUTOGRAD_CPU, CPU, CUDA, raw


class Log:
    """An observer that keeps what it was told."""

    def __init__(self, name: str = "") -> None:
        self.name = name
        self.events: list[Any] = []

    def start(self, event: Any) -> str:
        self.events.append(("start", event.name))
        return f"{self.name} of {event.name}"

    def end(self, event: Any, given: Any) -> None:
        self.events.append(("end", given))


@pytest.fixture
def log() -> Iterator[Log]:
    made = Log("it")
    remove = g.add_observer(made.start, made.end)
    yield made
    remove()


@pytest.fixture
def call(lib: Library, ops: Any) -> Any:
    lib.define("f(Tensor a, int b=1, *, int c=2) -> str")
    lib.impl("f", lambda a, b, *, c: "cpu", "CPU")
    lib.impl(
        "f", lambda a, b, *, c: ops.f.redispatch(raw(DispatchKey.CPU), a), "AutogradCPU"
    )
    return ops.f


def test_each_call_is_seen(call: Any, log: Log, ns: str) -> None:
    for _ in range(2):
        assert call(CPU) == "cpu"
    assert log.events == [("start", f"{ns}::f"), ("end", f"it of {ns}::f")] * 2


def test_redispatches_are_not_seen(call: Any, log: Log, ns: str) -> None:
    assert call(AUTOGRAD_CPU) == "cpu"
    assert call.redispatch(raw(DispatchKey.CPU), CPU) == "cpu"
    assert log.events == [("start", f"{ns}::f"), ("end", f"it of {ns}::f")]


def test_events(call: Any) -> None:
    seen: list[Any] = []
    remove = g.add_observer(seen.append)
    call(AUTOGRAD_CPU, True, c=5)
    call.call_boxed([CPU, 3, 4])
    remove()
    first, second = seen
    assert first.name == call.name
    assert g.DispatchKeySet.from_raw_repr(first.keyset).has(DispatchKey.AutogradCPU)
    assert (first.args, first.kwargs) == ((AUTOGRAD_CPU, 1), {"c": 5})
    assert (second.args, second.kwargs) == ((CPU, 3), {"c": 4})


def test_calls_inside_calls(lib: Library, ops: Any, log: Log, ns: str) -> None:
    lib.define("inner(Tensor a) -> str")
    lib.define("outer(Tensor a) -> str")
    lib.impl("inner", lambda a: "inner", "CPU")
    lib.impl("outer", lambda a: ops.inner(a), "CPU")
    assert ops.outer(CPU) == "inner"
    assert log.events == [
        ("start", f"{ns}::outer"),
        ("start", f"{ns}::inner"),
        ("end", f"it of {ns}::inner"),
        ("end", f"it of {ns}::outer"),
    ]


def test_errors_end_calls_too(lib: Library, ops: Any, log: Log, ns: str) -> None:
    def fails(a: Any) -> None:
        raise KeyError

    lib.define("f(Tensor a) -> str")
    lib.impl("f", fails, "CPU")
    with pytest.raises(KeyError):
        ops.f(CPU)
    assert log.events == [("start", f"{ns}::f"), ("end", f"it of {ns}::f")]
    with pytest.raises(NotImplementedError):
        ops.f(CUDA)


def test_several_observers(call: Any) -> None:
    """The last one begun ends first; one can be without an end."""
    order: list[str] = []
    removes = [
        g.add_observer(
            lambda event, name=name: order.append(f"+{name}"),
            (
                (lambda event, given, name=name: order.append(f"-{name}"))
                if name != "b"
                else None
            ),
        )
        for name in "abc"
    ]
    call(CPU)
    assert order == ["+a", "+b", "+c", "-c", "-a"]
    removes[0]()
    removes[0]()
    order.clear()
    call(CPU)
    assert order == ["+b", "+c", "-c"]
    for remove in removes[1:]:
        remove()
    order.clear()
    call(CPU)
    assert order == []


def test_an_observer_that_fails_lets_the_others_end(call: Any) -> None:
    """An `end` follows each `start`, whatever other observers do."""
    for start, end in (
        (lambda event: 1 / 0, None),
        (lambda event: None, lambda event, given: 1 / 0),
    ):
        log = Log()
        removes = [g.add_observer(log.start, log.end), g.add_observer(start, end)]
        try:
            call(CPU)
        except ZeroDivisionError:
            pass
        finally:
            for remove in removes:
                remove()
        assert [kind for kind, _ in log.events] == ["start", "end"]


def test_removed_while_a_call_runs(lib: Library, ops: Any) -> None:
    """A call that began with an observer ends with it."""
    log = Log()
    remove = g.add_observer(log.start, log.end)
    lib.define("f(Tensor a) -> ()")
    lib.impl("f", lambda a: remove(), "CPU")
    ops.f(CPU)
    assert [kind for kind, _ in log.events] == ["start", "end"]
    ops.f(CPU)
    assert len(log.events) == 2


def test_without_observers_the_kernel_is_called_itself(call: Any) -> None:
    operator = call.operator
    kernel = operator.kernels["CPU"][0].function
    assert call(CPU) == "cpu"
    assert operator._table[raw(DispatchKey.CPU)] is kernel
    remove = g.add_observer(lambda event: None)
    call(CPU)
    assert operator._table[raw(DispatchKey.CPU)] is not kernel
    remove()
    call(CPU)
    assert operator._table[raw(DispatchKey.CPU)] is kernel


def test_under_guards(call: Any, log: Log) -> None:
    """Calls of every state are seen, and no longer when it is removed."""
    with g.IncludeDispatchKeyGuard(DispatchKey.CPU):
        call(CPU)
        assert len(log.events) == 2
        other = Log()
        g.add_observer(other.start)()
        call(CPU)
    assert len(log.events) == 4
    assert other.events == []


def test_observers_of_python_modes(call: Any, log: Log, ns: str) -> None:
    class Mode(g.DispatchMode):
        def __torch_dispatch__(
            self, func: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            return func(*args, **kwargs or {})

    with Mode():
        assert call(CPU) == "cpu"
    assert [each for kind, each in log.events if kind == "start"] == [
        f"{ns}::f",
        "PythonDispatchMode",
        f"{ns}::f",
    ]
    assert [kind for kind, _ in log.events] == ["start"] * 3 + ["end"] * 3


def test_redispatches_for_those_who_ask(lib: Library, ops: Any, ns: str) -> None:
    """A trace of one call through its keys."""
    lib.define("f(Tensor a) -> str")
    lib.impl("f", lambda a: "cpu", "CPU")
    after = g.after_autograd_keyset

    def autograd(keyset: Any, a: Any) -> str:
        return f"autograd, {ops.f.redispatch(keyset & after, a)}"

    lib.impl("f", autograd, "AutogradCPU", with_keyset=True)
    seen: list[tuple[str, str, bool]] = []
    calls: list[str] = []
    remove = g.add_observer(
        lambda event: seen.append((event.name, event.key, event.redispatch)),
        redispatches=True,
    )
    only_calls = g.add_observer(lambda event: calls.append(event.key))
    try:
        assert ops.f(AUTOGRAD_CPU) == "autograd, cpu"
    finally:
        remove()
        only_calls()
    assert seen == [(f"{ns}::f", "AutogradCPU", False), (f"{ns}::f", "CPU", True)]
    assert calls == ["AutogradCPU"]


def test_redispatches_of_fallbacks(lib: Library, ops: Any) -> None:
    """Those that are bound away while nobody looks are seen too."""
    lib.define("f(Tensor a) -> str")
    lib.impl("f", lambda a: "cpu", "CPU")
    keys: list[str] = []
    remove = g.add_observer(lambda event: keys.append(event.key), redispatches=True)
    try:
        assert ops.f(AUTOGRAD_CPU) == "cpu"
    finally:
        remove()
    assert keys == ["AutogradCPU", "CPU"]
