"""Calls, registrations and guards of many threads at once."""

from __future__ import annotations

import gc
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

import pytest

import generated as g
from generated import DispatchKey, Library
from tests.dispatch.tensors import CPU, CUDA, Tensor, raw

SECONDS: Final = 0.6


@pytest.fixture(autouse=True)
def switching() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)
    g.check_invariants()


def together(*jobs: Callable[[], None], seconds: float = SECONDS) -> None:
    """Run each job again and again in its own thread; the first error is raised."""
    end = time.monotonic() + seconds
    errors: list[BaseException] = []
    barrier = threading.Barrier(len(jobs))

    def run(job: Callable[[], None]) -> None:
        barrier.wait()
        try:
            while not errors and time.monotonic() < end:
                job()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


@contextmanager
def refused(text: str) -> Iterator[None]:
    """Lets one error pass."""
    try:
        yield
    except RuntimeError as error:
        if text not in str(error):
            raise


def test_calls_while_kernels_come_and_go(lib: Library, ops: Any, ns: str) -> None:
    """Each call gets the kernel of its own key, and a new one only while it is there."""
    lib.define("f(Tensor a, Tensor b) -> str")
    lib.impl("f", lambda a, b: "cpu", "CPU")
    both = Tensor(DispatchKey.CPU, DispatchKey.AutogradCPU)

    def call() -> None:
        assert ops.f(CPU, CPU) == "cpu"
        assert ops.f(both, CPU) in ("cpu", "autograd")

    def come_and_go() -> None:
        with Library(ns, "IMPL", "AutogradCPU") as mine:
            mine.impl("f", lambda a, b: "autograd", allow_override=True)
            if threads == 1:
                assert ops.f(both, both) == "autograd"
        if threads == 1:
            assert ops.f(both, both) == "cpu"

    threads = 1
    together(call, call, come_and_go)
    threads = 2
    together(call, come_and_go, come_and_go)
    assert ops.f(both, both) == "cpu"


def test_a_registration_is_seen_by_the_next_call(lib: Library, ops: Any) -> None:
    """Whatever other threads put into the caches meanwhile."""
    lib.define("f(Tensor a) -> int")
    number = 0
    lib.impl("f", lambda a: 0, "CPU")

    def call() -> None:
        before = number
        assert ops.f(CPU) >= before
        with g.IncludeDispatchKeyGuard(DispatchKey.BackendSelect):
            assert ops.f(CPU) >= before

    def register() -> None:
        nonlocal number
        new = number + 1
        lib.impl("f", lambda a: new, "CPU", allow_override=True)
        number = new
        assert ops.f(CPU) == new
        assert ops.f.redispatch(raw(DispatchKey.CPU), CPU) == new
        if new > 300:  # Each stays in the list of its key.
            time.sleep(0.01)

    together(call, call, register)


def test_operators_come_and_go(library: Callable[..., Library], ns: str) -> None:
    namespace = getattr(g.ops, ns)

    def job(name: str) -> Callable[[], None]:
        def run() -> None:
            with Library(ns, "FRAGMENT", "CPU") as mine:
                mine.define(f"{name}(Tensor a) -> str")
                mine.impl(name, lambda a: name)
                assert getattr(namespace, name)(CPU) == name
                assert f"{ns}::{name}" in g.DISPATCHER.operator_names()
                assert "CPU" in g.dispatch_table(f"{ns}::{name}")
            assert not hasattr(namespace, name)

        return run

    def look() -> None:
        for name in dir(namespace):
            assert name in ("one", "two", "three")
        g.check_invariants()

    together(job("one"), job("two"), job("three"), look)
    assert dir(namespace) == []


def test_no_registration_is_lost(lib: Library, ops: Any, ns: str) -> None:
    lib.define("f(Tensor a) -> str")
    keys = ["CPU", "CUDA", "XPU", "HPU", "AutogradCPU", "Tracer", "Meta", "Autograd"]
    kept: list[Library] = []

    def register(key: str) -> Callable[[], None]:
        def run() -> None:
            mine = Library(ns, "IMPL", key)
            mine.impl("f", lambda a: key, allow_override=True)
            if len(kept) < 200:
                kept.append(mine)
            else:
                mine.close()

        return run

    together(*map(register, keys[:4]), seconds=0.3)
    together(*map(register, keys[4:]), seconds=0.1)
    kernels = ops.f.operator.kernels
    assert sum(map(len, kernels.values())) == len(kept)
    together(lambda: kept and kept.pop().close(), lambda: kept and kept.pop(0).close())
    assert ops.f.operator.kernels == {}


def test_fallbacks_come_and_go(lib: Library, ops: Any) -> None:
    lib.define("f(Tensor a) -> str")
    lib.impl("f", lambda a: "ipu", "IPU")
    lib.impl("f", lambda a: "cuda", "CUDA")
    tensor = Tensor(DispatchKey.IPU, DispatchKey.AutogradIPU)

    def call() -> None:
        assert ops.f(CUDA) == "cuda"
        found = "none"
        with suppress(NotImplementedError):
            found = ops.f(tensor)
        assert found in ("none", "fallback", "ipu")

    def come_and_go() -> None:
        with Library("_", "IMPL", "AutogradIPU") as mine:
            mine.fallback(lambda operator, *args: "fallback")
            assert ops.f(tensor) == "fallback"
        with Library("_", "IMPL", "AutogradIPU") as mine:
            mine.fallback(g.fallthrough_kernel)
            assert ops.f(tensor) == "ipu"

    together(call, call, come_and_go)


def test_guards(lib: Library, ops: Any) -> None:
    lib.define("f(Tensor a) -> str")
    for key in ("CPU", "Tracer", "Functionalize", "AutogradCPU"):
        lib.impl("f", lambda a, key=key: key, key)

    def under(key: str) -> Callable[[], None]:
        def run() -> None:
            with g.IncludeDispatchKeyGuard(DispatchKey[key]):
                assert ops.f(CPU) == key
                with g.ExcludeDispatchKeyGuard(DispatchKey[key]):
                    assert ops.f(CPU) == "CPU"
            assert ops.f(CPU) == "CPU"

        return run

    def without() -> None:
        assert ops.f(CPU) == "CPU"

    def register() -> None:
        with Library(lib.ns, "IMPL", "CUDA") as mine:
            mine.impl("f", lambda a: "CUDA")
            assert ops.f(CUDA) == "CUDA"

    together(under("Tracer"), under("Functionalize"), without, register)
    under("Tracer")()
    assert g.DISPATCHER.contexts.live.cell.cell_contents is False


def test_more_states_than_are_cached(lib: Library, ops: Any) -> None:
    """Full caches are emptied while others call."""
    lib.define("f(Tensor a) -> str")
    lib.impl("f", lambda a: "cpu", "CPU")
    bits = 0

    def many() -> None:
        nonlocal bits
        bits = (bits + 1) % 300
        with g.ExcludeDispatchKeyGuard(bits << 30 & g.after_autograd_keyset.raw_repr()):
            if not g.tls_local_dispatch_key_set().excluded.has(DispatchKey.Dense):
                assert ops.f(CPU) == "cpu"

    together(many, many, lambda: ops.f(CPU))


def test_observers_come_and_go(lib: Library, ops: Any) -> None:
    """Calls are seen or not; an `end` follows each `start`."""
    lib.define("f(Tensor a) -> str")
    lib.impl("f", lambda a: "cpu", "CPU")
    open_calls = 0
    lock = threading.Lock()

    def start(event: Any) -> None:
        nonlocal open_calls
        with lock:
            open_calls += 1

    def end(event: Any, given: Any) -> None:
        nonlocal open_calls
        with lock:
            open_calls -= 1

    def observe() -> None:
        remove = g.add_observer(start, end)
        ops.f(CPU)
        remove()

    together(lambda: ops.f(CPU), lambda: ops.f(CPU), observe)
    assert open_calls == 0


def test_types_are_registered_while_others_call(lib: Library, ops: Any) -> None:
    """Who is a tensor stays one while another class becomes one."""
    lib.define("f(Tensor a) -> str")
    lib.impl("f", lambda a: "cpu", "CPU")

    class Foreign:
        pass

    class Derived(Foreign):
        pass

    g.register_type(Foreign, DispatchKey.CPU)
    registered = 0

    def call() -> None:
        assert ops.f(CPU) == "cpu"
        assert ops.f(Foreign()) == "cpu"
        assert ops.f(Derived()) == "cpu"

    def register() -> None:
        nonlocal registered
        registered += 1
        if registered < 100:
            g.register_type(type("Other", (), {}), DispatchKey.CUDA)
        else:
            time.sleep(0.001)

    together(call, call, register)


def test_python_dispatcher_while_kernels_come_and_go(
    lib: Library, ops: Any, ns: str
) -> None:
    lib.define("f(Tensor a) -> str")
    lib.impl("f", lambda a: "cpu", "CPU")

    def call() -> None:
        with g.enable_python_dispatcher():
            assert ops.f(CPU) == "cpu"

    def come_and_go() -> None:
        with Library(ns, "IMPL") as mine:
            for key in ("CUDA", "XPU", "HPU", "Meta", "MPS", "IPU"):
                mine.impl("f", lambda a: "other", key)

    together(call, call, come_and_go, seconds=1)


def test_libraries_that_are_collected_anywhere(ns: str, ops: Any) -> None:
    """The collector ends libraries in the middle of other registrations."""
    with Library(ns, "DEF") as lib:
        lib.define("f(Tensor a) -> str")
        lib.impl("f", lambda a: "cpu", "CPU")

        def drop() -> None:
            for key in ("CUDA", "XPU", "HPU"):
                mine = Library(ns, "FRAGMENT", key)
                mine.define(f"g.{key}_{threading.get_ident()}(Tensor a) -> str")
                mine.impl("f", lambda a: "dropped", allow_override=True)
                mine.me = mine  # type: ignore[attr-defined]

        def call() -> None:
            assert ops.f(CPU) == "cpu"
            assert ops.f.redispatch(raw(DispatchKey.CPU), CPU) == "cpu"
            g.DISPATCHER.operator_names()
            g.dispatch_dump(f"{ns}::f")
            g.dispatch_table(f"{ns}::f")

        before = gc.get_threshold()
        gc.set_threshold(5, 2, 2)

        def run_drop() -> None:
            # The former operator of this name may be there yet.
            with refused("is defined already"):
                drop()

        try:
            with warnings.catch_warnings(record=True) as seen:
                warnings.simplefilter("always")
                together(call, run_drop, run_drop, seconds=1)
        finally:
            gc.set_threshold(*before)
        assert not seen, seen[0]
        gc.collect()
        assert list(ops.f.operator.kernels) == ["CPU"]


def test_closing_while_registering(lib: Library, ns: str, ops: Any) -> None:
    """What a library registers while another thread closes it is taken back, too."""
    lib.define("f(Tensor a) -> str")
    holder = [Library(ns, "IMPL")]

    def register() -> None:
        with refused("is closed"):
            holder[0].impl("f", lambda a: "left", "CPU", allow_override=True)

    def close() -> None:
        old, holder[0] = holder[0], Library(ns, "IMPL")
        old.close()

    together(register, register, close, seconds=1)
    holder[0].close()
    assert ops.f.operator.kernels == {}


@pytest.mark.parametrize("number", range(20))
def test_first_calls_at_once(lib: Library, ops: Any, number: int) -> None:
    """Making an operator's functions happens once; all get the same."""
    lib.define("f(Tensor a) -> str")
    lib.impl("f", lambda a: "cpu", "CPU")
    found: list[Any] = []
    barrier = threading.Barrier(4)

    def run() -> None:
        barrier.wait()
        found.append(ops.f)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len({id(each) for each in found}) == 1
    assert found[0](CPU) == "cpu"
