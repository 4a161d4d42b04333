"""Guards: what calls of a thread or task include and leave out, and for how long."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from contextvars import copy_context
from typing import Any

import pytest

import generated as g
from generated import DispatchKey, DispatchKeySet, Library
from generated._runtime.context import Guard
from tests.dispatch.tensors import AUTOGRAD_CPU, CPU, Tensor, raw

LIVE = g.DISPATCHER.contexts.live


def state() -> tuple[DispatchKeySet, DispatchKeySet]:
    return g.tls_local_dispatch_key_set()


DEFAULT = (g.DEFAULT_INCLUDED, g.DEFAULT_EXCLUDED)


def is_live() -> bool:
    """Whether callers have to ask for their context, once the last guard has ended."""
    gc.collect()
    with g.IncludeDispatchKeyGuard(DispatchKey.Tracer):
        assert LIVE.cell.cell_contents is True
    return bool(LIVE.cell.cell_contents)


@pytest.fixture(autouse=True)
def ends_as_it_began() -> Iterator[None]:
    yield
    left, live = state(), is_live()
    g.DISPATCHER.contexts.set_tls(*(keys.raw_repr() for keys in DEFAULT))
    assert left == DEFAULT
    assert not live


@pytest.fixture
def which(lib: Library, ops: Any) -> Any:
    """An operator that returns the key it was dispatched to."""
    lib.define("which(Tensor a) -> str")
    for key in ("CPU", "CUDA", "AutogradCPU", "Tracer", "Functionalize"):
        lib.impl("which", lambda a, key=key: key, key)
    return ops.which


def include(*keys: str) -> Any:
    return g.IncludeDispatchKeyGuard([DispatchKey[key] for key in keys])


def exclude(*keys: str) -> Any:
    return g.ExcludeDispatchKeyGuard([DispatchKey[key] for key in keys])


# Each guard


def test_defaults() -> None:
    assert [*map(str, state())] == [
        "DispatchKeySet(BackendSelect, ADInplaceOrView)",
        str(g.DEFAULT_EXCLUDED),
    ]
    assert not is_live()


@pytest.mark.parametrize(
    "keys",
    [
        DispatchKey.Tracer,
        [DispatchKey.Tracer],
        DispatchKeySet(DispatchKey.Tracer),
        raw(DispatchKey.Tracer),
    ],
    ids=lambda keys: type(keys).__name__,
)
def test_include_and_exclude(which: Any, keys: Any) -> None:
    for _ in range(2):
        assert which(AUTOGRAD_CPU) == "AutogradCPU"
        with g.IncludeDispatchKeyGuard(keys):
            assert which(AUTOGRAD_CPU) == "Tracer"
            with g.ExcludeDispatchKeyGuard(keys):
                assert which(AUTOGRAD_CPU) == "AutogradCPU"
            assert which(AUTOGRAD_CPU) == "Tracer"
    assert which(AUTOGRAD_CPU) == "AutogradCPU"


@pytest.mark.parametrize("wrong", ["Tracer", None, 1.5])
def test_what_is_no_key(wrong: Any) -> None:
    for guard in (g.IncludeDispatchKeyGuard, g.ExcludeDispatchKeyGuard):
        with pytest.raises(TypeError):
            guard(wrong)


def test_force(which: Any) -> None:
    with (
        include("Functionalize"),
        g.ForceDispatchKeyGuard(
            DispatchKey.Tracer, DispatchKeySet(DispatchKey.AutogradCPU)
        ),
    ):
        assert state() == (
            DispatchKeySet(DispatchKey.Tracer),
            DispatchKeySet(DispatchKey.AutogradCPU),
        )
        assert which(AUTOGRAD_CPU) == "Tracer"
        with exclude("Tracer"):
            assert which(AUTOGRAD_CPU) == "CPU"


def test_preserve() -> None:
    with include("Tracer"):
        before = state()
        with g.PreserveDispatchKeyGuard():
            assert state() == before
            g.DISPATCHER.contexts.set_tls(raw(DispatchKey.CPU), 0)
            assert state() == (DispatchKeySet(DispatchKey.CPU), DispatchKeySet())
        assert state() == before


def test_below_autograd(which: Any) -> None:
    with g.AutoDispatchBelowAutograd():
        assert which(AUTOGRAD_CPU) == "CPU"
        assert state()[1] == DEFAULT[1] | g.autograd_dispatch_keyset
    with g.AutoDispatchBelowADInplaceOrView():
        assert which(AUTOGRAD_CPU) == "CPU"
        assert (
            state()[1] == DEFAULT[1] | g.autograd_dispatch_keyset_with_ADInplaceOrView
        )


@pytest.mark.parametrize("name", sorted(g.GUARDS))
def test_declared_guards(name: str) -> None:
    change = g.GUARDS[name]
    with getattr(g, name)():
        assert state() == (
            DEFAULT[0] - change.stop_including | change.include,
            DEFAULT[1] - change.stop_excluding | change.exclude,
        )


@pytest.mark.parametrize("name", sorted(g.MODES))
def test_modes(name: str) -> None:
    change = g.MODES[name]
    with g.ModeGuard(name):
        included, excluded = state()
        assert included.has_all(change.include)
        assert excluded.has_all(change.exclude)
        assert not included.raw_repr() & change.stop_including.raw_repr()
        assert not excluded.raw_repr() & change.stop_excluding.raw_repr()


def test_unknown_mode() -> None:
    known = ", ".join(g.MODES)
    with pytest.raises(ValueError, match=f"^there is no mode 'x', only {known}$"):
        g.ModeGuard("x")


def test_calls_that_only_the_guard_decides(lib: Library, ops: Any) -> None:
    """No tensor, and a kernel for a key that the thread includes."""
    lib.define("f() -> str")
    lib.impl("f", lambda: "cpu", "CPU")
    lib.impl("f", lambda: "anything", "CompositeImplicitAutograd")
    assert ops.f() == "anything"
    with include("CPU"):
        assert ops.f() == "cpu"
    assert ops.f() == "anything"


# Nesting and ends


def test_a_key_that_is_there_already() -> None:
    """Only what a guard changed is changed back."""
    with include("Tracer"):
        with include("Tracer", "Functionalize"):
            pass
        assert state()[0].has(DispatchKey.Tracer)
        assert not state()[0].has(DispatchKey.Functionalize)


def test_backend_bits() -> None:
    """Guards of two runtime keys that share a bit."""
    with include("AutogradCPU"), include("CPU"):
        assert state()[0].has(DispatchKey.CPU)
    assert state() == DEFAULT


def test_exceptions(which: Any) -> None:
    for guard in (include("Tracer"), exclude("CPU"), g.AutoDispatchBelowAutograd()):
        with pytest.raises(KeyError), guard:
            raise KeyError
        assert state() == DEFAULT


def test_errors_of_kernels(lib: Library, ops: Any) -> None:
    def fails(a: Any) -> None:
        with include("Tracer"):
            raise KeyError

    lib.define("f(Tensor a) -> ()")
    lib.impl("f", fails, "CPU")
    with pytest.raises(KeyError):
        ops.f(CPU)
    assert state() == DEFAULT


def test_active_once() -> None:
    guard = include("Tracer")
    with guard:
        with pytest.raises(
            RuntimeError, match=r"^this IncludeDispatchKeyGuard is active already$"
        ):
            guard.__enter__()
        assert state()[0].has(DispatchKey.Tracer)
    with pytest.raises(
        RuntimeError, match=r"^this IncludeDispatchKeyGuard is not active$"
    ):
        guard.__exit__(None, None, None)
    with guard:
        assert state()[0].has(DispatchKey.Tracer)


def test_interleaved_ends() -> None:
    """As PyTorch's: each brings back the set that it found, whatever came after it."""
    with g.PreserveDispatchKeyGuard():
        one, two, three = include("Tracer"), include("Functionalize"), exclude("CPU")
        for guard in (one, two, three):
            guard.__enter__()
        one.__exit__(None, None, None)
        assert state() == (DEFAULT[0], DEFAULT[1] | DispatchKeySet(DispatchKey.CPU))
        three.__exit__(None, None, None)
        assert state() == DEFAULT
        two.__exit__(None, None, None)
        assert state() == (DEFAULT[0] | DispatchKeySet(DispatchKey.Tracer), DEFAULT[1])


def generator(key: str) -> Iterator[int]:
    with include(key):
        yield 1
        yield 2


@pytest.mark.parametrize("dropped", [False, True])
def test_generators_that_are_closed_late(dropped: bool) -> None:
    late = generator("Tracer")
    assert next(late) == 1
    assert state()[0].has(DispatchKey.Tracer)
    with exclude("Functionalize"):
        if dropped:
            del late
            gc.collect()
        else:
            late.close()
        assert state()[0] == DEFAULT[0]
        assert state()[1].has(DispatchKey.Functionalize)


def in_thread(run: Callable[[], Any]) -> Any:
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(run()))
    thread.start()
    thread.join()
    return found[0]


@pytest.mark.parametrize(
    "make",
    [
        lambda: include("Tracer"),
        lambda: g.ForceDispatchKeyGuard(DispatchKey.Tracer, ()),
        lambda: g.AutoDispatchBelowAutograd(),
    ],
    ids=["include", "force", "below autograd"],
)
def test_guards_that_end_elsewhere(make: Callable[[], Any]) -> None:
    """What another thread includes and excludes is not taken from it."""
    guard = make()
    guard.__enter__()

    def elsewhere() -> bool:
        with include("Tracer"), g.AutoDispatchBelowAutograd():
            before = state()
            with suppress(RuntimeError):
                guard.__exit__(None, None, None)
            return state() == before

    kept = in_thread(elsewhere)
    try:
        guard.__exit__(None, None, None)  # If it was refused there.
    except RuntimeError:
        g.DISPATCHER.contexts.set_tls(*(k.raw_repr() for k in DEFAULT))
    assert kept


# Threads and tasks


def test_threads_have_their_own(which: Any) -> None:
    with include("Tracer"):
        assert which(CPU) == "Tracer"
        assert in_thread(lambda: which(CPU)) == "CPU"
        assert in_thread(state) == DEFAULT


def test_threads_end_with_a_guard_left_open() -> None:
    """What a thread leaves behind goes with it."""
    in_thread(lambda: include("Tracer").__enter__())
    assert not is_live()


def test_live_while_any_thread_has_a_guard(which: Any) -> None:
    entered, leave = threading.Event(), threading.Event()

    def run() -> None:
        with include("Tracer"):
            entered.set()
            leave.wait()

    thread = threading.Thread(target=run)
    thread.start()
    entered.wait()
    assert LIVE.cell.cell_contents is True
    assert which(CPU) == "CPU"
    with include("Functionalize"):
        assert which(CPU) == "Functionalize"
    assert LIVE.cell.cell_contents is True
    leave.set()
    thread.join()
    assert not is_live()


def test_functions_made_while_a_guard_is_active(lib: Library, ops: Any) -> None:
    lib.define("f(Tensor a) -> str")
    lib.impl("f", lambda a: "cpu", "CPU")
    lib.impl("f", lambda a: "tracer", "Tracer")
    with include("Tracer"):
        assert ops.f(CPU) == "tracer"
    assert ops.f(CPU) == "cpu"


def test_tasks_have_their_own(which: Any) -> None:
    async def task(key: str) -> list[str]:
        seen = [which(CPU)]
        with include(key):
            for _ in range(3):
                await asyncio.sleep(0)
                seen.append(which(CPU))
        await asyncio.sleep(0)
        return [*seen, which(CPU)]

    async def main() -> list[list[str]]:
        return await asyncio.gather(task("Tracer"), task("Functionalize"))

    assert asyncio.run(main()) == [
        ["CPU", "Tracer", "Tracer", "Tracer", "CPU"],
        ["CPU", "Functionalize", "Functionalize", "Functionalize", "CPU"],
    ]


def test_a_task_inherits_a_copy(which: Any) -> None:
    """A task that outlives the guard keeps the state it began with, and only that one."""

    async def main() -> None:
        go = asyncio.Event()

        async def late() -> list[str]:
            seen = [which(CPU)]
            await go.wait()
            seen.append(which(CPU))
            with exclude("Tracer"):
                seen.append(which(CPU))
            return seen

        with include("Tracer"):
            task = asyncio.create_task(late())
            await asyncio.sleep(0)
        assert which(CPU) == "CPU"
        assert LIVE.cell.cell_contents is True
        go.set()
        assert await task == ["Tracer", "Tracer", "CPU"]
        assert which(CPU) == "CPU"

    asyncio.run(main())


def test_a_guard_in_a_task_is_not_seen_outside(which: Any) -> None:
    async def main() -> None:
        stack = ExitStack()

        async def inner() -> None:
            stack.enter_context(include("Tracer"))
            assert which(CPU) == "Tracer"

        await asyncio.create_task(inner())
        assert which(CPU) == "CPU"

    asyncio.run(main())


def test_copied_contexts(which: Any) -> None:
    """That is how executors carry a state to their threads."""
    with include("Tracer"):
        context = copy_context()
    assert which(CPU) == "CPU"
    assert in_thread(lambda: context.run(which, CPU)) == "Tracer"
    assert LIVE.cell.cell_contents is True


def test_caches_of_states_do_not_grow_for_ever(which: Any) -> None:
    operator = which.operator
    for number in range(1, 300):
        with g.ExcludeDispatchKeyGuard(number << 30):
            which(CPU)
    assert len(operator._calls) <= 100


def test_registrations_are_seen_under_guards(lib: Library, which: Any) -> None:
    with include("Tracer"):
        assert which(CPU) == "Tracer"
        lib.impl("which", lambda a: "new", "Tracer", allow_override=True)
        assert which(CPU) == "new"
    assert which(CPU) == "CPU"


def test_a_kernel_changes_the_state_of_calls_inside(lib: Library, ops: Any) -> None:
    """As autograd kernels do: exclude what they are, and call again."""

    def autograd(a: Any) -> Any:
        with g.AutoDispatchBelowAutograd():
            return "autograd", *ops.f(a)

    lib.define("f(Tensor a) -> ()")
    lib.impl("f", lambda a: ("cpu",), "CPU")
    lib.impl("f", autograd, "AutogradCPU")
    for _ in range(2):
        assert ops.f(AUTOGRAD_CPU) == ("autograd", "cpu")


def test_tensors_with_no_keys(lib: Library, ops: Any) -> None:
    lib.define("f(Tensor a) -> ()")
    lib.impl("f", lambda a: "composite", "CompositeExplicitAutograd")
    assert ops.f(Tensor()) == "composite"


# The collector


FINALIZERS = """
    import faulthandler, gc
    faulthandler.dump_traceback_later(10, exit=True)
    import generated as g
    from generated import DispatchKey

    class Box:
        "In a cycle, so that the collector frees it."
        def __init__(self, content):
            self.content = content
            self.me = self

    def generator():
        with g.IncludeDispatchKeyGuard(DispatchKey.Functionalize):
            yield

    class Leaves:
        def __del__(self):
            g.DISPATCHER.contexts.live.leave()

    def started():
        made = generator()
        next(made)
        return made

    gc.disable()
    for number in range(1, 60):
        Box(MAKE())
        gc.set_threshold(gc.get_count()[0] + number)
        gc.enable()
        with g.IncludeDispatchKeyGuard(DispatchKey.Tracer):
            pass
        gc.disable()
        gc.collect()
    print("ended")
"""


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(
            "started",
            marks=pytest.mark.skipif(
                sys.version_info < (3, 12),
                reason="ContextVar.set of CPython 3.11 crashes if a finalizer sets it too",
            ),
        ),
        "Leaves",
    ],
)
def test_guards_that_the_collector_ends(make: str) -> None:
    """In the middle of another guard: no deadlock, which is why it is another process."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(FINALIZERS).replace("MAKE", make)],
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.stdout == "ended\n", done.stderr


@pytest.mark.parametrize(
    "make",
    [
        lambda: include("Tracer"),
        lambda: g.AutoDispatchBelowAutograd(),
        lambda: g.ForceDispatchKeyGuard(DispatchKey.Tracer, ()),
        lambda: g.PreserveDispatchKeyGuard(),
        lambda: g.ModeGuard("functorch"),
        lambda: g.MaybeSetTLSOnEntryGuard(),
        lambda: g.enable_python_dispatcher(),
        lambda: g.DispatchMode(),
    ],
)
def test_nothing_is_asked_afterwards(make: Callable[[], Any]) -> None:
    """When the last guard or mode has ended, calls read no context any more."""
    with make():
        pass
    assert LIVE.cell.cell_contents is False
    first, second = make(), make()
    first.__enter__()
    second.__enter__()
    if isinstance(first, Guard):
        # In the order of their beginning, which others refuse or undo.
        first.__exit__(None, None, None)
        second.__exit__(None, None, None)
    else:
        second.__exit__(None, None, None)
        first.__exit__(None, None, None)
    g.DISPATCHER.contexts.set_tls(*(keys.raw_repr() for keys in DEFAULT))
    assert LIVE.cell.cell_contents is False
