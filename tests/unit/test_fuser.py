"""Fused graphs without any compiler of arrays: keys, stacks, fallback, threads.

Operators here are plain functions of numbers; `Calls` is a compiler that makes all calls
of a graph in one kernel.
"""

from __future__ import annotations

import enum
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.runtime.python import fuser as module
from codegen.runtime.python.fuser import (
    FUSED_CONCAT,
    FUSED_SPLIT,
    CannotFuse,
    Fuser,
    Graph,
    GraphBuilder,
    Kernel,
    Node,
    Operator,
    TracedOps,
    UnknownFusionError,
    Value,
    trace,
)

ROOT = Path(__file__).parents[2]


class Color(enum.IntEnum):
    RED = 1


def add(x: Any, y: Any, *, alpha: Any = 1) -> Any:
    return x + alpha * y


OPERATORS: dict[str, Operator] = {
    "my::plus": add,
    "my::times": lambda x, y: x * y,
    "my::both": lambda x: (x, -x),
    "my::total": lambda values: sum(values),
    "my::divide": lambda x, y: x / y,
    "my::note": lambda x: None,
}
PRIMITIVES: dict[str, Operator] = {
    FUSED_CONCAT: lambda values, dim: ("joined", *values, dim),
    FUSED_SPLIT: lambda value, pieces, dim: [value / pieces] * pieces,
}


class Calls:
    """Compiles any graph of int arguments."""

    def __init__(self) -> None:
        self.compiled: list[Hashable] = []
        self.error: Exception | None = None
        self.kernel_error: Exception | None = None
        self.seconds = 0.0

    def describe(self, arguments: Sequence[object]) -> Hashable:
        for argument in arguments:
            if isinstance(argument, str):
                raise CannotFuse("there is text")
        return tuple(map(type, arguments))

    def compile(self, graph: Graph, description: Hashable) -> Kernel:
        time.sleep(self.seconds)
        self.compiled.append(description)
        if self.error is not None:
            raise self.error
        inner = Fuser(OPERATORS.__getitem__, primitives=PRIMITIVES)
        key = inner.register(graph)

        def kernel(arguments: Sequence[object]) -> Sequence[object]:
            if self.kernel_error is not None:
                raise self.kernel_error
            stack = list(arguments)
            inner.run_fallback(key, stack)
            return stack

        return kernel


def a_fuser(*compilers: Calls, **options: Any) -> Fuser:
    return Fuser(OPERATORS.__getitem__, compilers, primitives=PRIMITIVES, **options)


def times_plus(ops: TracedOps, x: Value, y: Value) -> Value:
    return ops.my.plus(ops.my.times(x, y), 3, alpha=2)


TIMES_PLUS = trace(times_plus, 2)
TEXT = """\
graph(%0, %1):
  %2 = my::times(%0, %1)
  %3 = my::plus(%2, 3, alpha=2)
  return (%3)
"""


# Graphs


def test_text() -> None:
    assert TIMES_PLUS.text == repr(TIMES_PLUS) == TEXT
    assert (TIMES_PLUS.n_inputs, TIMES_PLUS.n_values) == (2, 4)


def test_names_of_values_do_not_matter() -> None:
    x, y, z, r = map(Value, ("x", "y", "z", "r"))
    nodes = [
        Node("my::times", (x, y), {}, (z,)),
        Node("my::plus", (z, 3), {"alpha": 2}, (r,)),
    ]
    graph = Graph([x, y], nodes, [r])
    assert graph == TIMES_PLUS
    assert hash(graph) == hash(TIMES_PLUS)
    assert graph.key == TIMES_PLUS.key
    assert Graph([y, x], nodes, [r]) != TIMES_PLUS


def test_order_of_keywords_does_not_matter() -> None:
    graphs = [
        trace(lambda ops, x: ops.my.plus(x, b=1, a=2), 1),
        trace(lambda ops, x: ops.my.plus(x, a=2, b=1), 1),
    ]
    assert graphs[0] == graphs[1]


CONSTANTS: list[object] = [
    None,
    True,
    1,
    1.0,
    -0.0,
    0.0,
    0,
    (1 + 0j),
    "1",
    b"1",
    [1],
    [[1]],
    [],
    float("inf"),
    Color.RED,
    int,
    "%0",
    "<builtins.int>",
]


def test_constants_of_different_types_differ() -> None:
    graphs = [trace(lambda ops, x, c=c: ops.my.f(x, c), 1) for c in CONSTANTS]
    graphs += [trace(lambda ops, x: ops.my.f(x, x), 1)]
    assert len({graph.text for graph in graphs}) == len(graphs)
    assert len({graph.key for graph in graphs}) == len(graphs)
    assert len(set(graphs)) == len(graphs)
    assert Graph([], [], [float("nan")]) == Graph([], [], [float("nan")])


def test_lists_and_tuples_are_the_same() -> None:
    graphs = [trace(lambda ops, x, k=k: ops.my.f(k((x, 1))), 1) for k in (list, tuple)]
    assert graphs[0] == graphs[1]
    fuser = a_fuser()
    stack: list[object] = [4]
    fuser.run(fuser.register(trace(lambda ops, x: ops.my.total((x, 5)), 1)), stack)
    assert stack == [9]


def test_key_is_a_signed_64_bit_number() -> None:
    keys = [trace(lambda ops, x, i=i: ops.my.f(x, i), 1).key for i in range(50)]
    assert all(-(2**63) <= key < 2**63 for key in keys)
    assert min(keys) < 0 < max(keys)
    assert len(set(keys)) == 50


PROGRAM = """
from codegen.runtime.python.fuser import trace
def f(ops, x, y):
    return ops.my.plus(ops.my.times(x, y), 3, alpha=2)
print(trace(f, 2).key)
"""


@pytest.mark.parametrize("seed", ["0", "1", "77"])
def test_key_is_the_same_in_every_process(seed: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    printed = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert int(printed) == TIMES_PLUS.key


def test_import_is_cheap() -> None:
    code = (
        "import sys, enum, typing, threading, importlib.util as util;"
        "spec = util.spec_from_file_location('f', 'codegen/runtime/python/fuser.py');"
        "module = sys.modules['f'] = util.module_from_spec(spec);"
        "before = set(sys.modules); spec.loader.exec_module(module);"
        "print(*sorted({m.partition('.')[0] for m in set(sys.modules) - before}))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert set(printed.split()) <= {"collections", "__future__"}


X, Y, Z = map(Value, "xyz")


@pytest.mark.parametrize(
    ("make", "kind", "message"),
    [
        (
            lambda: Graph([X], [Node("my::f", (Y,), {}, (Z,))], [Z]),
            ValueError,
            "the value %y is used before it is made",
        ),
        (
            lambda: Graph([X], [Node("my::f", ([1, [Y]],), {}, (Z,))], [Z]),
            ValueError,
            "the value %y is used before it is made",
        ),
        (
            lambda: Graph([X], [Node("my::f", (Z,), {}, (Z,))], [Z]),
            ValueError,
            "the value %z is used before it is made",
        ),
        (
            lambda: Graph([X], [], [Y]),
            ValueError,
            "the value %y is used before it is made",
        ),
        (lambda: Graph([X, X], [], []), ValueError, "the value %x is made twice"),
        (
            lambda: Graph([X], [Node("my::f", (X,), {}, (X,))], []),
            ValueError,
            "the value %x is made twice",
        ),
        *(
            (
                lambda name=name: Graph([], [Node(name, (), {}, ())], []),
                ValueError,
                f"{name!r} is no operator's name: ns::name or ns::name.overload",
            )
            for name in ("f", "my::", "::f", "my::f.", "my::f(", "a::b::c", "my::f.a.b")
        ),
        (
            lambda: Graph([], [], [object()]),
            TypeError,
            "a graph can't hold a constant of type object; make it an input of the"
            " graph",
        ),
        (
            lambda: GraphBuilder(1).call("my::f", GraphBuilder(1).inputs[0]),
            ValueError,
            "the value %0 belongs to another graph",
        ),
        (
            lambda: GraphBuilder(1).build(Value(7)),
            ValueError,
            "the value %7 belongs to another graph",
        ),
    ],
)
def test_wrong_graphs(
    make: Callable[[], object], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind) as caught:
        make()
    assert str(caught.value) == message


@pytest.mark.parametrize("name", ["my::f", "my::f.x", "my::f.2", "my::f.class", "_::_"])
def test_names_of_operators(name: str) -> None:
    assert Graph([], [Node(name, (), {}, ())], []).nodes[0].operator == name


# Keys


def test_register_and_look_up() -> None:
    fuser = a_fuser()
    assert fuser.lookup(TIMES_PLUS) is None
    key = fuser.register(TIMES_PLUS)
    assert fuser.register(trace(times_plus, 2)) == key == TIMES_PLUS.key
    assert len(fuser) == 1
    spec = fuser.retrieve(key)
    assert spec is fuser.lookup(TIMES_PLUS)
    assert (spec.key, spec.graph, spec.n_inputs) == (key, TIMES_PLUS, 2)
    assert repr(spec) == f"<KernelSpec {key}: 0 compiled, 0 fused, 0 fallbacks>"


@pytest.mark.parametrize("method", ["run", "run_fusion", "run_fallback"])
def test_unknown_key(method: str) -> None:
    fuser = a_fuser()
    stack = [1, 2]
    for call in (lambda: getattr(fuser, method)(12, stack), lambda: fuser.retrieve(12)):
        with pytest.raises(UnknownFusionError, match=r"under the key 12;") as caught:
            call()
        assert caught.value.key == 12
        assert isinstance(caught.value, RuntimeError)
    assert stack == [1, 2]


def test_collision(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "hash_text", lambda text, attempt=0: 5 + attempt)
    graphs = [trace(lambda ops, x, i=i: ops.my.plus(x, i), 1) for i in range(3)]
    fuser = a_fuser()
    assert [fuser.register(graph) for graph in graphs] == [5, 6, 7]
    assert [fuser.register(graph) for graph in graphs] == [5, 6, 7]
    for index, key in enumerate((5, 6, 7)):
        stack: list[object] = [10]
        fuser.run(key, stack)
        assert stack == [10 + index]


# Call by call


def test_stack() -> None:
    fuser = a_fuser()
    key = fuser.register(TIMES_PLUS)
    stack: list[object] = ["below", 4, 5]
    fuser.run_fallback(key, stack)
    assert stack == ["below", 26]
    assert fuser.retrieve(key).fallbacks == 1


@pytest.mark.parametrize("fused", [False, True])
def test_stack_without_inputs_or_outputs(fused: bool) -> None:
    fuser = a_fuser(*[Calls()] * fused)
    for n_inputs in (0, 1, 2):
        for outputs in ((), (7,), (7, 8)):
            graph = Graph([Value(i) for i in range(n_inputs)], [], outputs)
            stack: list[object] = ["below", *range(n_inputs)]
            fuser.run(fuser.register(graph), stack)
            assert stack == ["below", *outputs]


@pytest.mark.parametrize("method", ["run", "run_fusion", "run_fallback"])
def test_stack_is_too_short(method: str) -> None:
    fuser = a_fuser()
    key = fuser.register(TIMES_PLUS)
    stack = [1]
    message = f"the fused graph {key} takes 2 arguments, but there are 1 on the stack"
    with pytest.raises(RuntimeError, match=message):
        getattr(fuser, method)(key, stack)
    assert stack == [1]


@pytest.mark.parametrize("fused", [False, True])
def test_results(fused: bool) -> None:
    builder = GraphBuilder(1)
    (x,) = builder.inputs
    builder.call_for(0, "my::note", x)
    same, negative = builder.call_for(2, "my::both", x)
    graph = builder.build(negative, x, same, [x, 1], negative)
    fuser = a_fuser(*[Calls()] * fused)
    stack: list[object] = [3]
    key = fuser.register(graph)
    fuser.run(key, stack)
    assert stack == [-3, 3, 3, [3, 1], -3]
    assert fuser.retrieve(key).fused == fused


@pytest.mark.parametrize(
    ("operator", "n_results", "message"),
    [
        ("my::both", 3, "my::both returned 2 results in a fused graph that takes 3"),
        ("my::plus", 2, "my::plus returned one int in a fused graph that takes 2"),
    ],
)
def test_wrong_number_of_results(operator: str, n_results: int, message: str) -> None:
    builder = GraphBuilder(1)
    arguments = [builder.inputs[0]] * (1 if operator == "my::both" else 2)
    builder.call_for(n_results, operator, *arguments)
    fuser = a_fuser()
    with pytest.raises(RuntimeError, match=message):
        fuser.run(fuser.register(builder.build()), [1])


def test_error_of_a_call_leaves_the_stack() -> None:
    fuser = a_fuser()
    key = fuser.register(trace(lambda ops, x: ops.my.divide(ops.my.plus(x, 1), 0), 1))
    stack: list[object] = [1, 2]
    with pytest.raises(ZeroDivisionError):
        fuser.run(key, stack)
    assert stack == [1, 2]
    assert fuser.retrieve(key).fallbacks == 0


def test_operators_are_resolved_in_every_run() -> None:
    operators: dict[str, Operator] = {"my::f": lambda x: x + 1}
    fuser = Fuser(operators.__getitem__)
    key = fuser.register(trace(lambda ops, x: ops.my.f(x), 1))
    stack: list[object] = [1]
    fuser.run(key, stack)
    operators["my::f"] = lambda x: x * 10
    fuser.run(key, stack)
    assert stack == [20]


def test_values_are_dropped_when_they_are_not_needed_any_more() -> None:
    alive: list[int] = []
    count = 0

    class Thing:
        def __init__(self) -> None:
            nonlocal count
            count += 1

        def __del__(self) -> None:
            nonlocal count
            count -= 1

    def make(_: object) -> Thing:
        thing = Thing()
        alive.append(count)
        return thing

    fuser = Fuser({"my::make": make}.__getitem__)

    def chain(ops: TracedOps, x: Value) -> Value:
        for _ in range(5):
            x = ops.my.make(x)
        return x

    graph = trace(chain, 1)
    assert graph.last_used == ((0,), (1,), (2,), (3,), (4,))
    stack: list[object] = [None]
    fuser.run(fuser.register(graph), stack)
    assert alive == [1, 2, 2, 2, 2]
    assert count == 1


def test_primitives() -> None:
    builder = GraphBuilder(1)
    first, second = builder.split(builder.inputs[0], 2, -1)
    graph = builder.build(builder.concat([second, first], 1))
    assert FUSED_CONCAT in graph.text
    assert FUSED_SPLIT in graph.text
    fuser = a_fuser()
    stack: list[object] = [8]
    fuser.run(fuser.register(graph), stack)
    assert stack == [("joined", 4.0, 4.0, 1)]


def test_trace_of_overloads_and_many_outputs() -> None:
    def function(ops: TracedOps, x: Value) -> list[Value]:
        ops.builder.call_for(2, "my::both", x)
        return [ops.my.f.Tensor(x), ops.my.f(x)]

    assert trace(function, 1).text == (
        "graph(%0):\n"
        "  %1, %2 = my::both(%0)\n"
        "  %3 = my::f.Tensor(%0)\n"
        "  %4 = my::f(%0)\n"
        "  return (%3, %4)\n"
    )


@given(st.data())
def test_any_graph(data: st.DataObject) -> None:
    """Against an interpreter that knows values by name and drops none."""
    n_inputs = data.draw(st.integers(0, 3))
    builder = GraphBuilder(n_inputs)
    values: list[Value] = list(builder.inputs)
    arguments = [data.draw(st.integers(-5, 5)) for _ in values]
    expected: list[Any] = list(arguments)
    for _ in range(data.draw(st.integers(0, 6))):
        operator = data.draw(st.sampled_from(["my::plus", "my::times", "my::both"]))
        picked = []
        for _ in range(1 if operator == "my::both" else 2):
            number = data.draw(st.integers(0, len(values)))
            constant = number == len(values)
            picked.append((3, 3) if constant else (values[number], expected[number]))
        result = OPERATORS[operator](*(value for _, value in picked))
        results = result if operator == "my::both" else (result,)
        values += builder.call_for(len(results), operator, *(a for a, _ in picked))
        expected += results
    numbers = st.lists(st.integers(0, len(values) - 1), max_size=4)
    outputs = data.draw(numbers) if values else []
    graph = builder.build(*(values[number] for number in outputs))
    for compilers in ((), (Calls(),)):
        fuser = a_fuser(*compilers)
        stack: list[object] = [*arguments]
        fuser.run(fuser.register(graph), stack)
        assert stack == [expected[number] for number in outputs]


# Compiled


def test_compiled_once_for_each_description() -> None:
    calls = Calls()
    fuser = a_fuser(calls)
    key = fuser.register(TIMES_PLUS)
    spec = fuser.retrieve(key)
    for arguments in ([4, 5], [6, 7], [1.5, 2], [2.5, 2]):
        stack: list[object] = [*arguments]
        assert fuser.run_fusion(key, stack)
        assert stack == [arguments[0] * arguments[1] + 6]
    assert calls.compiled == [(int, int), (float, int)]
    assert (spec.compiled, spec.fused, spec.fallbacks) == (2, 4, 0)
    assert fuser.compiled == 2
    assert list(spec.kernels) == calls.compiled
    assert spec.why_not is None


def why_not(fuser: Fuser, arguments: list[object]) -> str | None:
    """Why a run isn't fused; checks that it gives the same results nevertheless."""
    key = fuser.register(TIMES_PLUS)
    spec = fuser.retrieve(key)
    before = list(arguments)
    if fuser.run_fusion(key, arguments):
        assert spec.why_not is None
        return None
    assert arguments == before
    fuser.run(key, arguments)
    assert arguments == [before[0] * before[1] + 6]  # type: ignore[operator]
    return spec.why_not


def test_no_compiler() -> None:
    assert why_not(a_fuser(), [2, 3]) == "there is no compiler"


def test_disabled() -> None:
    fuser = a_fuser(Calls())
    fuser.enabled = False
    assert why_not(fuser, [2, 3]) == "fusing is disabled"
    fuser.enabled = True
    assert why_not(fuser, [2, 3]) is None


def test_arguments_that_have_to_be_dispatched() -> None:
    reasons: list[str | None] = ["a mode is active", "a mode is active", None]
    fuser = a_fuser(Calls(), why_not=lambda arguments: reasons.pop(0))
    assert why_not(fuser, [2, 3]) == "a mode is active"
    assert why_not(fuser, [2, 3]) is None


def test_arguments_that_no_compiler_takes() -> None:
    calls = Calls()
    fuser = a_fuser(calls)
    key = fuser.register(TIMES_PLUS)
    stack: list[object] = ["x", 3]
    assert not fuser.run_fusion(key, stack)
    assert fuser.retrieve(key).why_not == "there is text"
    assert not calls.compiled


def test_cannot_is_remembered() -> None:
    calls = Calls()
    calls.error = CannotFuse("too odd")
    fuser = a_fuser(calls)
    assert why_not(fuser, [2, 3]) == "too odd"
    assert why_not(fuser, [2, 3]) == "too odd"
    assert calls.compiled == [(int, int)]
    spec = fuser.lookup(TIMES_PLUS)
    assert spec is not None
    assert (spec.compiled, spec.fused, spec.fallbacks) == (0, 0, 2)
    assert spec.kernels == {(int, int): "too odd"}


def test_other_errors_of_a_compiler_are_seen_and_not_remembered() -> None:
    calls = Calls()
    calls.error = ZeroDivisionError()
    fuser = a_fuser(calls)
    key = fuser.register(TIMES_PLUS)
    stack: list[object] = [2, 3]
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            fuser.run(key, stack)
        assert stack == [2, 3]
        assert fuser.retrieve(key).kernels == {}
    calls.error = None
    assert why_not(fuser, stack) is None


def test_kernel_that_cannot() -> None:
    calls = Calls()
    calls.kernel_error = CannotFuse("other shapes")
    fuser = a_fuser(calls)
    assert why_not(fuser, [2, 3]) == "other shapes"
    calls.kernel_error = None
    assert why_not(fuser, [2, 3]) is None
    assert len(calls.compiled) == 1


def test_error_of_a_kernel_leaves_the_stack() -> None:
    calls = Calls()
    calls.kernel_error = OverflowError()
    fuser = a_fuser(calls)
    stack: list[object] = [2, 3]
    with pytest.raises(OverflowError):
        fuser.run(fuser.register(TIMES_PLUS), stack)
    assert stack == [2, 3]


def test_kernel_with_a_wrong_number_of_results() -> None:
    class Wrong(Calls):
        def compile(self, graph: Graph, description: Hashable) -> Kernel:
            return lambda arguments: [1, 2]

    fuser = a_fuser(Wrong())
    stack: list[object] = [2, 3]
    with pytest.raises(RuntimeError, match="returned 2 results instead of 1"):
        fuser.run(fuser.register(TIMES_PLUS), stack)
    assert stack == [2, 3]


def test_compilers_are_asked_in_order() -> None:
    first, second, third = Calls(), Calls(), Calls()
    first.error = CannotFuse("not me")
    second.kernel_error = CannotFuse("not now")
    fuser = a_fuser(first, second)
    assert why_not(fuser, [2, 3]) == "not me; not now"
    fuser.register_compiler(third)
    assert why_not(fuser, [2, 3]) is None
    assert [len(c.compiled) for c in (first, second, third)] == [1, 1, 1]


def test_compiler_that_runs_what_it_compiles() -> None:
    class Recursive(Calls):
        def compile(self, graph: Graph, description: Hashable) -> Kernel:
            stack: list[object] = [2, 3]
            assert not fuser.run_fusion(key, stack)
            inner.append(fuser.retrieve(key).why_not)
            return super().compile(graph, description)

    inner: list[str | None] = []
    fuser = a_fuser(Recursive())
    key = fuser.register(TIMES_PLUS)
    assert fuser.run_fusion(key, [2, 3])
    assert inner == ["it is being compiled"]


# Threads


@pytest.mark.parametrize("error", [None, CannotFuse("never")])
def test_threads_compile_once(error: Exception | None) -> None:
    calls = Calls()
    calls.seconds = 0.02
    calls.error = error
    fuser = a_fuser(calls)
    n_threads = 16
    barrier = threading.Barrier(n_threads)

    def work(number: int) -> bool:
        barrier.wait()
        key = fuser.register(trace(times_plus, 2))
        stack: list[object] = [number, 2]
        fused = fuser.run_fusion(key, stack)
        if not fused:
            fuser.run_fallback(key, stack)
        assert stack == [2 * number + 6]
        return fused

    with ThreadPoolExecutor(n_threads) as pool:
        fused = list(pool.map(work, range(n_threads)))
    assert fused == [error is None] * n_threads
    assert len(calls.compiled) == 1
    assert len(fuser) == 1
    spec = fuser.retrieve(TIMES_PLUS.key)
    assert spec.fused + spec.fallbacks == n_threads
    assert spec.compiled == (error is None)


def test_threads_with_many_graphs_and_descriptions() -> None:
    calls = Calls()
    fuser = a_fuser(calls)
    graphs = [trace(lambda ops, x, i=i: ops.my.plus(x, i), 1) for i in range(5)]

    def work(number: int) -> None:
        for step in range(20):
            graph = graphs[(number + step) % 5]
            argument = (float, int, bool)[step % 3](1)
            stack: list[object] = [argument]
            fuser.run(fuser.register(graph), stack)
            assert stack == [1 + (number + step) % 5]

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(16)))
    assert len(calls.compiled) == fuser.compiled == 15
    specs = [fuser.lookup(graph) for graph in graphs]
    assert [spec.fused for spec in specs if spec] == [64] * 5


# Which arguments may skip dispatching


class Thing:
    def __init__(self, keyset: int, requires_grad: bool = False) -> None:
        self.keys = keyset
        self.requires_grad = requires_grad
