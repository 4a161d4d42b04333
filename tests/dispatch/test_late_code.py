"""Whether a function has code of its own yet cannot be told: Note [Late code]."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable
from itertools import count
from threading import Barrier, Thread
from typing import Any

import pytest

from generated import DispatchKey, ExcludeDispatchKeyGuard, Library, register_type
from tests.dispatch.tensors import AUTOGRAD_CPU, CPU, CUDA

SCHEMAS = (
    "(Tensor a, Tensor b) -> Any",
    "(Tensor a, int b=2, *, str c='x') -> Any",
    "(Tensor? a, Tensor[] b, int[2] c=1, bool[] d=[]) -> Any",
    "(Tensor a, Scalar b, float? c=None, SymInt[]? d=None) -> Any",
    "(Tensor a, int from, int? to, *, bool lambda=False) -> Any",
    "(Tensor a, int b=1, int? c=None) -> Any",
    "(Tensor?[] a, *, Tensor? out=None) -> Any",
    "(Device a, Tensor b) -> Any",
)

CALLS: tuple[Callable[[Any], Any], ...] = (
    lambda f: f(CPU, CPU),
    lambda f: f(CPU, b=CPU),
    lambda f: f(CPU),
    lambda f: f(CPU, 3),
    lambda f: f(CPU, 3, 4),
    lambda f: f(CPU, 3, c="y"),
    lambda f: f(CPU, True, 4),
    lambda f: f(CPU, 2.5),
    lambda f: f(CPU, "b"),
    lambda f: f(CPU, CPU, CPU, CPU, CPU),
    lambda f: f(b=CPU),
    lambda f: f(CPU, d=[1]),
    lambda f: f(CPU, [CPU, CUDA]),
    lambda f: f(CPU, (CPU, CPU), 3, (True, False)),
    lambda f: f(None, [CPU], [3, 4]),
    lambda f: f(CPU, iter([CPU]), iter([3, 4])),
    lambda f: f(CPU, iter([CPU]), "no", iter([True])),
    lambda f: f([CPU, None], out=CPU),
    lambda f: f((CPU,)),
    lambda f: f([]),
    lambda f: f("cpu", CUDA),
    lambda f: f(CPU, 1, **{"from": 2}),
    lambda f: f(CPU, to=None, **{"from": 2}),
    lambda f: f(CPU, 2, 3, **{"lambda": True}),
    lambda f: f(CPU, from_=1, to=2),
    lambda f: f(CPU, 1, unknown=2),
    lambda f: f(NOTHING, CPU),
    lambda f: f(),
)

NOTHING = object()

numbers = count()


def outcome(call: Callable[[Any], Any], function: Any) -> object:
    try:
        result = call(function)
    except Exception as error:
        shown = "".join(traceback.format_exception_only(error))
        has_context = error.__context__ is not None and not error.__suppress_context__
        return type(error), shown, has_context
    return result


@pytest.mark.parametrize("schema", SCHEMAS)
def test_first_call_is_like_any_other(lib: Library, ops: Any, schema: str) -> None:
    """Results, what kernels are given, and errors; each call on an operator of its own."""
    for call in CALLS:
        name = f"f{next(numbers)}"
        lib.define(f"{name}{schema}")
        kernel = lambda *args, **kwargs: (args, kwargs)  # noqa: E731
        lib.impl(name, kernel, "CPU")
        lib.impl(name, kernel, "CUDA")
        found = [outcome(call, getattr(ops, name)) for _ in range(3)]
        assert found[0] == found[1] == found[2], (schema, inspect.getsource(call))


def test_lists_are_handed_on(lib: Library, ops: Any) -> None:
    """The very list of the caller."""
    lib.define("f(Tensor[] a, int[] b) -> Any")
    lib.impl("f", lambda a, b: (a, b), "CPU")
    tensors, sizes = [CPU], [1, 2]
    for _ in range(3):
        a, b = ops.f(tensors, sizes)
        assert a is tensors
        assert b is sizes


def test_parameters_can_be_asked_for_at_any_time(lib: Library, ops: Any) -> None:
    shown = "(a, b=2, *, c='x')"
    for calls in range(3):
        name = f"f{calls}"
        lib.define(f'{name}(Tensor a, int b=2, *, str c="x") -> Any')
        lib.impl(name, lambda a, b, *, c: None, "CPU")
        function = getattr(ops, name)
        for _ in range(calls):
            function(CPU)
        assert str(inspect.signature(function)) == shown
        redispatch = inspect.signature(function.redispatch)
        assert str(redispatch) == "(keyset, a, b=2, *, c='x')"
        assert function is getattr(ops, name)


def test_registrations_between_calls(lib: Library, ops: Any, library: Any) -> None:
    lib.define("f(Tensor a) -> str")
    lib.impl("f", lambda a: "one", "CPU")
    assert ops.f(CPU) == "one"
    other = library("IMPL")
    other.impl("f", lambda a: "two", "CPU", allow_override=True)
    assert [ops.f(CPU) for _ in range(3)] == ["two"] * 3
    other.close()
    assert [ops.f(CPU) for _ in range(2)] == ["one"] * 2


def test_guards_between_calls(lib: Library, ops: Any) -> None:
    lib.define("f(Tensor a) -> str")
    lib.impl("f", lambda a: "cpu", "CPU")
    lib.impl("f", lambda a: "autograd", "AutogradCPU")
    with ExcludeDispatchKeyGuard(DispatchKey.AutogradCPU):
        assert ops.f(AUTOGRAD_CPU) == "cpu"
    assert [ops.f(AUTOGRAD_CPU) for _ in range(3)] == ["autograd"] * 3


def test_types_between_calls(lib: Library, ops: Any) -> None:
    class Array:
        pass

    lib.define("f(Tensor a) -> str")
    lib.impl("f", lambda a: type(a).__name__, "CPU")
    assert ops.f(CPU) == "Tensor"
    register_type(Array, DispatchKey.CPU)
    assert [ops.f(Array()) for _ in range(3)] == ["Array"] * 3
    assert ops.f(CPU) == "Tensor"


def test_recursion(lib: Library, ops: Any) -> None:
    """The second call is inside of the first."""
    lib.define("f(Tensor a, int n) -> int")
    lib.impl("f", lambda a, n: n if n < 1 else 1 + ops.f(a, n - 1), "CPU")
    assert ops.f(CPU, 5) == 5


def test_threads(lib: Library, ops: Any) -> None:
    """First and second calls at once."""
    for number in range(30):
        name = f"f{number}"
        lib.define(f"{name}(Tensor a, int b=3) -> int")
        lib.impl(name, lambda a, b: b, "CPU")
        function = getattr(ops, name)
        barrier = Barrier(4)
        found: list[int] = []

        def call(function: Any = function, barrier: Barrier = barrier) -> None:
            barrier.wait()
            found.extend(function(CPU) for _ in range(3))  # noqa: B023

        threads = [Thread(target=call) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [3] * 12
