"""Graphs compiled with numexpr: the results are those of NumPy, call by call.

The operators are NumPy's functions on bare arrays, so that results are compared with
what NumPy itself gives. Floating-point warnings are off: kernels give none.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen.runtime.python.fuser import (
    FUSED_CONCAT,
    FUSED_SPLIT,
    CannotFuse,
    Fuser,
    Graph,
    GraphBuilder,
    Operator,
    TracedOps,
    Value,
    trace,
)
from codegen.runtime.python.fuser_numexpr import Expression, NumexprCompiler

np = pytest.importorskip("numpy", reason="numexpr, an optional extra, needs numpy")
pytest.importorskip("numexpr", reason="numexpr, an optional extra, is not installed")

DTYPES = ("?", "i4", "i8", "f4", "f8")
OTHER_DTYPES = ("i1", "u4", "f2", "c8", "c16", ">f8")
INTEGERS = ("i4", "i8")

EXPRESSIONS = {
    "my::add": "{0} + {1}",
    "my::add.alpha": "({0} + {2:alpha=1} * {1:other})",
    "my::sub": "{0} - {1}",
    "my::mul": "{0} * {1}",
    "my::div": "{0} / {1}",
    "my::neg": "-{0}",
    "my::abs": "abs({0})",
    "my::sqrt": "sqrt({0})",
    "my::floor": "floor({0})",
    "my::ceil": "ceil({0})",
    "my::isnan": "isnan({0})",
    "my::isinf": "isinf({0})",
    "my::isfinite": "isfinite({0})",
    "my::and": "{0} & {1}",
    "my::or": "{0} | {1}",
    "my::xor": "{0} ^ {1}",
    "my::not": "~{0}",
    "my::lt": "{0} < {1}",
    "my::le": "{0} <= {1}",
    "my::gt": "{0} > {1}",
    "my::ge": "{0} >= {1}",
    "my::eq": "{0} == {1}",
    "my::ne": "{0} != {1}",
    "my::where": "where({0}, {1}, {2})",
    "my::relu": "where({0} > 0, {0}, 0)",
    "my::lerp": "{0} + -0.5 * ({1} - {0})",
    "my::pow": "{0} ** {1}",
    "my::exp": "exp({0})",
}
OPERATORS: dict[str, Operator] = {
    "my::add": lambda x, y: np.add(x, y),
    "my::add.alpha": lambda x, other, alpha=1: x + alpha * other,
    "my::sub": lambda x, y: np.subtract(x, y),
    "my::mul": lambda x, y: np.multiply(x, y),
    "my::div": lambda x, y: np.true_divide(x, y),
    "my::neg": lambda x: np.negative(x),
    "my::abs": lambda x: np.abs(x),
    "my::sqrt": lambda x: np.sqrt(x),
    "my::floor": lambda x: np.floor(x),
    "my::ceil": lambda x: np.ceil(x),
    "my::isnan": lambda x: np.isnan(x),
    "my::isinf": lambda x: np.isinf(x),
    "my::isfinite": lambda x: np.isfinite(x),
    "my::and": lambda x, y: np.bitwise_and(x, y),
    "my::or": lambda x, y: np.bitwise_or(x, y),
    "my::xor": lambda x, y: np.bitwise_xor(x, y),
    "my::not": lambda x: np.invert(x),
    "my::lt": lambda x, y: np.less(x, y),
    "my::le": lambda x, y: np.less_equal(x, y),
    "my::gt": lambda x, y: np.greater(x, y),
    "my::ge": lambda x, y: np.greater_equal(x, y),
    "my::eq": lambda x, y: np.equal(x, y),
    "my::ne": lambda x, y: np.not_equal(x, y),
    "my::where": lambda c, x, y: np.where(c, x, y),
    "my::relu": lambda x: np.where(np.greater(x, 0), x, 0),
    "my::lerp": lambda x, y: x + -0.5 * (y - x),
    "my::pow": lambda x, y: np.power(x, y),
    "my::exp": lambda x: np.exp(x),
    "my::first": lambda x: x[0],
}
N_OPERANDS = {
    name: 3 if name == "my::where" else 2 if "{1" in text else 1
    for name, text in EXPRESSIONS.items()
}
PRIMITIVES: dict[str, Operator] = {
    FUSED_CONCAT: lambda values, dim: np.concatenate(values, axis=dim),
    FUSED_SPLIT: lambda value, pieces, dim: np.array_split(value, pieces, axis=dim),
}


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    with np.errstate(all="ignore"):
        yield


def to_array(value: object) -> Any:
    return value if isinstance(value, np.ndarray) else None


def a_compiler(**options: Any) -> NumexprCompiler:
    return NumexprCompiler(EXPRESSIONS, to_array, lambda array: array, **options)


def a_fuser(**options: Any) -> Fuser:
    compiler = a_compiler(**options)
    return Fuser(OPERATORS.__getitem__, [compiler], primitives=PRIMITIVES)


def outcome(fuser: Fuser, graph: Graph, arguments: Sequence[object]) -> list[Any]:
    """The outputs, as arrays; or the error."""
    stack = list(arguments)
    try:
        fuser.run(fuser.register(graph), stack)
    except Exception as error:
        return [type(error), str(error)]
    return stack


def assert_same(got: Sequence[Any], expected: Sequence[Any]) -> None:
    """Of the same types, shapes and bits; NaNs may have other bits."""
    assert len(got) == len(expected)
    for one, other in zip(got, expected, strict=True):
        if not isinstance(other, (np.ndarray, np.generic)):
            assert type(one) is type(other)
            assert repr(one) == repr(other)
            continue
        assert isinstance(one, (np.ndarray, np.generic))
        assert one.dtype == other.dtype
        assert one.shape == other.shape
        if one.dtype.kind == "f":
            nans = np.isnan(other)
            assert np.array_equal(np.isnan(one), nans)
            one, other = np.where(nans, 0, one), np.where(nans, 0, other)
        assert one.tobytes() == other.tobytes()


def check(graph: Graph, *arguments: object, **options: Any) -> str | None:
    """Why it isn't fused, having compared the results with those of the calls."""
    fuser = a_fuser(**options)
    got = outcome(fuser, graph, arguments)
    spec = fuser.lookup(graph)
    assert spec is not None
    assert_same(
        got, outcome(Fuser(fuser._resolve, primitives=PRIMITIVES), graph, arguments)
    )
    return spec.why_not


def call(operator: str, n_inputs: int = 1, *constants: object) -> Graph:
    builder = GraphBuilder(n_inputs)
    return builder.build(builder.call(operator, *builder.inputs, *constants))


def array(dtype: str, *shape: int, start: int = -3) -> Any:
    count = int(np.prod(shape))
    return (np.arange(count) + start).astype(dtype).reshape(shape)


# What is fused


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("operator", ["my::add", "my::mul", "my::eq", "my::ne"])
def test_every_type_is_fused(operator: str, dtype: str) -> None:
    assert check(call(operator, 2), array(dtype, 3, 4), array(dtype, 4)) is None


@pytest.mark.parametrize(
    ("operator", "dtypes"),
    [
        ("my::sub", ("i4", "i8", "f4", "f8")),
        ("my::div", ("i4", "i8", "f4", "f8")),
        ("my::lt", ("i4", "i8", "f4", "f8")),
        ("my::ge", ("i4", "i8", "f4", "f8")),
        ("my::and", ("?", "i4", "i8")),
        ("my::or", ("?", "i4", "i8")),
        ("my::xor", ("?", "i4", "i8")),
        ("my::lerp", ("f4", "f8")),
        ("my::add.alpha", ("i4", "i8", "f4", "f8")),
    ],
)
def test_operators_of_two(operator: str, dtypes: Sequence[str]) -> None:
    graph = call(operator, 2)
    for dtype in dtypes:
        assert check(graph, array(dtype, 3, 4), array(dtype, 4)) is None, dtype


@pytest.mark.parametrize(
    ("operator", "dtypes"),
    [
        ("my::neg", ("i4", "i8", "f4", "f8")),
        ("my::abs", ("f4", "f8")),
        ("my::sqrt", ("f4", "f8", "i4", "i8")),
        ("my::floor", ("f4", "f8")),
        ("my::ceil", ("f4", "f8")),
        ("my::isnan", ("f4", "f8")),
        ("my::isfinite", ("f4", "f8")),
        ("my::not", ("?", "i4", "i8")),
        ("my::relu", ("i4", "i8", "f4", "f8")),
    ],
)
def test_operators_of_one(operator: str, dtypes: Sequence[str]) -> None:
    graph = call(operator)
    for dtype in dtypes:
        assert check(graph, array(dtype, 7)) is None, dtype


def chain(ops: TracedOps, x: Value, y: Value) -> tuple[Value, Value]:
    z = ops.my.mul(x, ops.my.add(x, y))
    return ops.my.relu(z), ops.my.sub(z, y)


CHAIN = trace(chain, 2)


def test_chain() -> None:
    compiler = a_compiler()
    fuser = Fuser(OPERATORS.__getitem__, [compiler])
    key = fuser.register(CHAIN)
    spec = fuser.retrieve(key)
    for shapes in (
        ((3, 4), (4,)),
        ((3, 1), (1, 4)),
        ((), ()),
        ((0, 3), (3,)),
        ((5,), ()),
    ):
        x, y = (np.asarray(array("f4", *shape)) for shape in shapes)
        stack: list[Any] = [x, y]
        assert fuser.run_fusion(key, stack)
        expected: list[Any] = [x, y]
        fuser.run_fallback(key, expected)
        assert_same(stack, expected)
    (kernel,) = spec.kernels.values()
    assert kernel.expressions == (  # type: ignore[union-attr]
        "where(((a0 * (a0 + a1)) > c2_f4), (a0 * (a0 + a1)), c3_f4)",
        "((a0 * (a0 + a1)) - a1)",
    )
    assert (spec.compiled, spec.fused) == (1, 5)


@pytest.mark.parametrize(
    "make",
    [
        lambda: array("f8", 6, 8)[::2, ::-3],
        lambda: array("f8", 6, 8).T,
        lambda: np.broadcast_to(array("f8", 8), (6, 8)),
        lambda: np.asfortranarray(array("f8", 6, 8)),
        lambda: array("f8", 0),
        lambda: array("f8", 200_001),
    ],
)
def test_layouts(make: Any) -> None:
    x = make()
    x.flags.writeable = False
    assert check(call("my::mul", 2), x, x) is None


def test_numbers() -> None:
    for number in (2, -3, 0.1, 1e300, True, np.float64(0.1), np.int32(4), np.True_):
        for dtype in ("f4", "f8", "i8"):
            constant = type(number) in (int, float, bool)
            graphs = [(call("my::mul", 2), (number,))]
            if constant:
                graphs.append((call("my::mul", 1, number), ()))
            for graph, more in graphs:
                why_not = check(graph, array(dtype, 5), *more)
                mixed = dtype == "f4" and isinstance(number, (np.float64, np.int32))
                assert (
                    (why_not is None) or mixed or isinstance(number, np.bool_)
                ), number


def test_inputs_and_constants_are_returned_as_they_are() -> None:
    x = array("f4", 3)
    builder = GraphBuilder(2)
    result = builder.call("my::neg", builder.inputs[0])
    graph = builder.build(
        builder.inputs[0], 5, result, builder.inputs[1], result, [result]
    )
    fuser = a_fuser()
    stack: list[Any] = [x, 7]
    assert fuser.run_fusion(fuser.register(graph), stack)
    assert stack[0] is x
    assert (stack[1], stack[3]) == (5, 7)
    assert stack[2] is stack[4] is stack[5][0]
    assert_same([stack[2]], [-x])


def test_equal_calls_give_results_of_their_own() -> None:
    graph = trace(lambda ops, x: [ops.my.neg(x), ops.my.neg(x)], 1)
    fuser = a_fuser()
    stack: list[Any] = [array("f4", 3)]
    assert fuser.run_fusion(fuser.register(graph), stack)
    assert not np.shares_memory(*stack)


def test_tensors() -> None:
    class Tensor:
        def __init__(self, content: Any) -> None:
            self.content = content

    compiler = NumexprCompiler(
        EXPRESSIONS, lambda value: getattr(value, "content", None), Tensor
    )
    fuser = Fuser(OPERATORS.__getitem__, [compiler])
    key = fuser.register(call("my::add", 2))
    stack: list[Any] = [Tensor(array("f8", 3)), Tensor(array("f8", 3))]
    assert fuser.run_fusion(key, stack)
    assert type(stack[0]) is Tensor
    assert_same([stack[0].content], [2 * array("f8", 3)])
    assert not fuser.run_fusion(key, [Tensor(array("f8", 3)), "x"])
    assert fuser.retrieve(key).why_not == (
        "argument 1, of type str, is neither array nor number"
    )


def test_arguments_by_name() -> None:
    def function(ops: TracedOps, x: Value, y: Value) -> Value:
        return ops.my.add.alpha(x, other=y, alpha=3)

    assert check(trace(function, 2), array("i4", 3), array("i4", 3)) is None


# What is not


def unaligned() -> Any:
    return np.frombuffer(bytes(33), np.uint8)[1:].view("f8")


def reading(text: str, *n: int) -> Any:
    """Arrays by type."""
    return [array(dtype, 4) for dtype in text.split()]


@pytest.mark.parametrize(
    ("graph", "arguments", "reason"),
    [
        (
            call("my::add", 2),
            "f4 i4",
            "add computes in float64 in numpy, in f4 in numexpr",
        ),
        (
            call("my::add", 2),
            "f4 i8",
            "add computes in float64 in numpy, in f4 in numexpr",
        ),
        (
            call("my::lt", 2),
            "i4 f4",
            "less computes in float64 in numpy, in f4 in numexpr",
        ),
        (call("my::abs"), "i1", "argument 0 is of type int8, which numexpr doesn't"),
        (call("my::abs"), "f2", "argument 0 is of type float16, which numexpr doesn't"),
        (call("my::abs"), "c16", "argument 0 is of type complex128, which numexpr"),
        (call("my::abs"), ">f8", "argument 0 is of type >f8, which numexpr doesn't"),
        (call("my::sub", 2), "? ?", "subtract: "),
        (call("my::neg"), "?", "negative: "),
        (call("my::not"), "f4", "invert: "),
        (call("my::sqrt"), "?", "sqrt computes in float16|which numexpr doesn't"),
        (call("my::floor"), "i4", "floor of int32"),
        (call("my::abs"), "i8", "abs of int64"),
        (call("my::pow", 2), "i4 i4", "numpy and numexpr may round power differently"),
        (call("my::exp"), "f4", "numpy and numexpr may round exp differently"),
        (call("my::where", 3), "i4 f4 f4", "where chooses by int32"),
        (call("my::where", 1, 1, 2), "?", "where chooses between numbers only"),
        (call("my::mul", 1, 2**40), "i4", f"{2**40} as int32: "),
        (call("my::mul", 1, "x"), "i4", "an argument of my::mul is of type str"),
        (call("my::mul"), "i4", "my::mul is called without argument 1"),
        (call("my::neg", 1, 2), "i4", "the expression of my::neg ignores 1"),
        (call("my::first"), "i4", "there is no expression for my::first"),
        (
            trace(lambda ops, x: (ops.my.neg(x), ops.my.neg(x))[0], 1),
            "i4",
            "a result of my::neg is not used",
        ),
    ],
)
def test_why_not(graph: Graph, arguments: str, reason: str) -> None:
    why_not = check(graph, *reading(arguments))
    assert why_not is not None
    assert any(part in why_not for part in reason.split("|")), why_not


def test_other_arrays() -> None:
    neg = call("my::neg")
    assert check(neg, unaligned()) == "argument 0 is not aligned"
    masked = np.ma.masked_array([1.0, 2.0], [True, False])
    assert check(neg, masked) == "argument 0 is a MaskedArray"
    assert check(neg, 2) == "negative of numbers only"


def test_shapes_that_do_not_fit() -> None:
    why_not = check(CHAIN, array("f4", 3), array("f4", 4))
    assert why_not is not None
    assert why_not.startswith("ValueError: ")


def test_shapes_without_elements() -> None:
    add = call("my::add", 2)
    whole = array("f4", 4, 2, 3)
    assert check(add, whole, array("f4", 0, 3)) is not None
    assert check(add, whole[:, :1], array("f4", 0, 3)) is None
    assert check(add, array("f4", 0), array("f4", 1)) is None


def test_shapes_are_not_remembered() -> None:
    fuser = a_fuser()
    key = fuser.register(CHAIN)
    assert not fuser.run_fusion(key, [array("f4", 3), array("f4", 4)])
    assert fuser.run_fusion(key, [array("f4", 4), array("f4", 4)])


@pytest.mark.parametrize("n_inputs", [30, 31, 40, 70, 300])
def test_many_inputs(n_inputs: int) -> None:
    def add_all(ops: TracedOps, *values: Value) -> Value:
        total = values[0]
        for value in values[1:]:
            total = ops.my.add(total, value)
        return total

    why_not = check(trace(add_all, n_inputs), *[array("f8", 4)] * n_inputs)
    assert (why_not is None) == (n_inputs < 32) or n_inputs < 70
    assert why_not is None or why_not.startswith("numexpr: ")


def test_expression_that_doubles() -> None:
    def double(ops: TracedOps, x: Value) -> Value:
        for _ in range(60):
            x = ops.my.add(x, x)
        return x

    assert check(trace(double, 1), array("i8", 2)) == (
        "an expression has more than 400 operations"
    )


def test_expression_that_is_deep() -> None:
    def negate(ops: TracedOps, x: Value) -> Value:
        for _ in range(399):
            x = ops.my.neg(x)
        return x

    why_not = check(trace(negate, 1), array("f8", 2))
    assert why_not is not None
    assert why_not.startswith("numexpr: ")


@pytest.mark.parametrize("mode", ["raise", "call", "print", "log"])
def test_errstate(mode: str) -> None:
    fuser = a_fuser()
    key = fuser.register(call("my::div", 2))
    stack: list[Any] = [array("f8", 4), np.zeros(4)]
    with np.errstate(invalid=mode, call=lambda *a: None):
        assert not fuser.run_fusion(key, stack)
        assert (
            fuser.retrieve(key).why_not == "numpy.errstate asks for more than warnings"
        )
        if mode == "raise":
            with pytest.raises(FloatingPointError):
                fuser.run(key, stack)
    assert fuser.run_fusion(key, stack)


@pytest.mark.parametrize("missing", ["numexpr", "numpy"])
def test_not_installed(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fuser = a_fuser()
    key = fuser.register(CHAIN)
    stack = [array("f4", 3), array("f4", 3)]
    expected = [*stack]
    fuser.run_fallback(key, expected)
    monkeypatch.setitem(sys.modules, missing, None)
    assert not fuser.run_fusion(key, stack)
    assert (
        fuser.retrieve(key).why_not
        == f"{missing} is not installed: pip install numexpr"
    )
    monkeypatch.undo()
    with np.errstate(all="ignore"):
        fuser.run(key, stack)
    assert_same(stack, expected)


def test_error_of_from_array_is_seen() -> None:
    def from_array(array: Any) -> object:
        raise ZeroDivisionError

    compiler = NumexprCompiler(EXPRESSIONS, to_array, from_array)
    fuser = Fuser(OPERATORS.__getitem__, [compiler])
    with pytest.raises(ZeroDivisionError):
        fuser.run_fusion(fuser.register(call("my::neg")), [array("f4", 3)])


def test_inexact() -> None:
    def function(ops: TracedOps, x: Value) -> Value:
        return ops.my.mul(ops.my.exp(x), ops.my.pow(x, 2.5))

    graph = trace(function, 1)
    for dtype in ("f4", "f8"):
        fuser = a_fuser(exact=False)
        key = fuser.register(graph)
        x = array(dtype, 10, start=1)
        stack: list[Any] = [x]
        assert fuser.run_fusion(key, stack)
        assert stack[0].dtype == x.dtype
        np.testing.assert_allclose(stack[0], np.exp(x) * x**2.5, rtol=1e-5)
    for dtype in INTEGERS:
        assert check(graph, array(dtype, 4, start=1), exact=False) is not None


# Pieces


@pytest.mark.parametrize("dim", [0, 1, -1, -2])
@pytest.mark.parametrize("dtype", DTYPES)
def test_concat(dim: int, dtype: str) -> None:
    builder = GraphBuilder(2)
    x, y = builder.inputs
    joined = builder.concat(
        [builder.call("my::add", x, y), x, builder.call("my::mul", y, y)], dim
    )
    total = (
        builder.call("my::add", x, 1) if dtype != "?" else builder.call("my::not", x)
    )
    graph = builder.build(joined, total, joined)
    other = array(dtype, 3, 4, start=2)
    assert check(graph, array(dtype, 3, 4), other) is None
    assert check(graph, array(dtype, 4, 3).T, other[:, ::-1]) is None
    assert check(graph, array(dtype, 0, 4), other[:0]) is None


def test_concat_by_name() -> None:
    builder = GraphBuilder(1)
    (x,) = builder.inputs
    values = [x, builder.call("my::neg", x)]
    graph = builder.build(builder.call(FUSED_CONCAT, values, dim=0))
    why_not = check(graph, array("f4", 4))
    assert why_not is None or "dim" in why_not


@pytest.mark.parametrize(
    ("shapes", "dim", "reason"),
    [
        (((3, 4), (3, 5)), 1, None),
        (((3, 4), (3, 5)), 0, "pieces of different shapes are joined"),
        (((3, 4), (4,)), 0, "pieces of different shapes are joined"),
        (((3, 4), (3, 4)), 2, "there is no dimension 2"),
        (((), ()), 0, "there is no dimension 0"),
    ],
)
def test_shapes_of_pieces(shapes: Any, dim: int, reason: str | None) -> None:
    builder = GraphBuilder(2)
    negated = [builder.call("my::neg", value) for value in builder.inputs]
    graph = builder.build(builder.concat(negated, dim))
    assert check(graph, *(array("f4", *shape) for shape in shapes)) == reason


def test_pieces_of_different_types() -> None:
    builder = GraphBuilder(2)
    graph = builder.build(builder.concat(builder.inputs, 0))
    why_not = check(graph, array("f4", 3), array("f8", 3))
    assert why_not == f"{FUSED_CONCAT} joins different types"


def test_joined_values_are_only_returned() -> None:
    builder = GraphBuilder(1)
    joined = builder.concat([builder.inputs[0]] * 2, 0)
    graph = builder.build(builder.call("my::neg", joined))
    assert (
        check(graph, array("f4", 3))
        == "my::neg reads a value that is joined in the group"
    )


@pytest.mark.parametrize(
    ("shape", "dim", "reason"),
    [
        ((6, 2), 0, None),
        ((2, 6), 1, None),
        ((2, 6), -1, None),
        ((3,), 0, None),
        ((7, 2), 0, "7 elements are not 3 equal pieces"),
        ((0, 2), 0, "0 elements are not 3 equal pieces"),
        ((3,), 1, "IndexError: "),
    ],
)
def test_split(shape: tuple[int, ...], dim: int, reason: str | None) -> None:
    builder = GraphBuilder(1)
    first, second, third = builder.split(builder.inputs[0], 3, dim)
    total = builder.call("my::add", first, builder.call("my::mul", second, third))
    graph = builder.build(builder.concat([total, third], dim))
    why_not = check(graph, array("f4", *shape))
    assert why_not == reason or (reason and str(why_not).startswith(reason))


def test_split_of_a_result() -> None:
    builder = GraphBuilder(1)
    pieces = builder.split(builder.call("my::neg", builder.inputs[0]), 2, 0)
    graph = builder.build(builder.call("my::add", *pieces))
    assert (
        check(graph, array("f4", 4))
        == f"{FUSED_SPLIT} splits what is no input of the group"
    )


def test_piece_that_is_returned() -> None:
    builder = GraphBuilder(1)
    graph = builder.build(*builder.split(builder.inputs[0], 2, 0))
    assert check(graph, array("f4", 4)) == "an output is a piece of an input"


# Expressions


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{0} +", "invalid syntax"),
        ("{0}; {1}", "invalid syntax"),
        ("x + {0}", "numexpr can't compute x exactly"),
        ("sqrt", "numexpr can't compute sqrt exactly"),
        ("{0}.real", "numexpr can't compute argument0.real exactly"),
        ("{0} % {1}", "numexpr can't compute argument0 % argument1 exactly"),
        ("{0} // {1}", "numexpr can't compute argument0 // argument1 exactly"),
        ("{0} << 2", "numexpr can't compute argument0 << 2 exactly"),
        ("{0} < {1} < {2}", "numexpr can't compute argument0 < argument1 < argument2"),
        ("{0} and {1}", "numexpr can't compute argument0 and argument1 exactly"),
        ("{0} + 'x'", "numexpr can't compute 'x' exactly"),
        ("sum({0})", "numexpr can't compute sum exactly"),
        ("sqrt(x={0})", "numexpr can't compute sqrt(x=argument0) exactly"),
        (
            "__import__('os')",
            "numexpr can't compute __import__('os') exactly|__import__",
        ),
        ("{0=1} + {0=2}", "argument 0 is described twice"),
        ("{0=x}", "'x' is no constant"),
    ],
)
def test_wrong_expressions(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"^expression of my::f: ") as caught:
        Expression("my::f", text)
    assert any(part in str(caught.value) for part in message.split("|")), caught.value
    assert str(caught.value).endswith(repr(text))


# Any graph


@st.composite
def arrays(draw: st.DrawFn) -> Any:
    dtype = draw(st.sampled_from((*DTYPES * 6, *OTHER_DTYPES)))
    whole = draw(st.sampled_from([(), (1,), (3,), (2, 3), (4, 2, 3), (0, 3)]))
    shape = tuple(draw(st.sampled_from([size, size, 1])) for size in whole)
    values = st.sampled_from(
        [0, 1, -1, 2, 7, -13, 100]
        if np.dtype(dtype).itemsize == 1
        else (
            [0, 1, -2, 5, 2**31 - 1, -(2**31), 65_537]
            if np.dtype(dtype).kind in "iu"
            else [0.0, -0.0, 1.5, -2.25, 0.1, 1e-40, 1e30, np.inf, -np.inf, np.nan]
        )
    )
    count = int(np.prod(shape))
    items = draw(st.lists(values, min_size=count, max_size=count))
    with np.errstate(all="ignore"):
        result = np.array(items).astype(dtype).reshape(shape)
    return result.T.copy().T if draw(st.booleans()) else result


NUMBERS = st.sampled_from([0, 1, -3, 2**31, 0.1, -0.0, 1e39, np.inf, True])


@st.composite
def cases(draw: st.DrawFn) -> tuple[Graph, list[Any]]:
    arguments: list[Any] = draw(st.lists(arrays(), min_size=1, max_size=3))
    arguments += draw(st.lists(NUMBERS, max_size=1))
    builder = GraphBuilder(len(arguments))
    values: list[Any] = list(builder.inputs)
    results: list[Value] = []
    for _ in range(draw(st.integers(1, 5))):
        operator = draw(st.sampled_from(sorted(EXPRESSIONS)))
        operands = [
            (
                draw(NUMBERS)
                if place and draw(st.integers(0, 5)) == 0
                else draw(st.sampled_from(values))
            )
            for place in range(N_OPERANDS[operator])
        ]
        results.append(builder.call(operator, *operands))
        values.append(results[-1])
    outputs = [value for value in results if draw(st.booleans())] or results[-1:]
    if draw(st.integers(0, 3)) == 0:
        outputs.append(builder.concat(outputs, draw(st.integers(-1, 1))))
    return builder.build(*outputs), arguments


@settings(max_examples=200, deadline=None)
@given(cases())
def test_any_graph(case: tuple[Graph, list[Any]]) -> None:
    graph, arguments = case
    with np.errstate(all="ignore"):
        check(graph, *arguments)


@st.composite
def alike(draw: st.DrawFn) -> tuple[Graph, list[Any]]:
    """Graphs that are fused most often: of one type, operators that it has."""
    dtype = draw(st.sampled_from(("i4", "i8", "f4", "f8")))
    n_inputs = draw(st.integers(1, 3))
    values = st.lists(
        (
            st.integers(-(2**31), 2**31 - 1)
            if dtype in INTEGERS
            else st.floats(width=32 if dtype == "f4" else 64)
        ),
        min_size=6,
        max_size=6,
    )
    arguments = [np.array(draw(values), dtype).reshape(2, 3) for _ in range(n_inputs)]
    arguments = [
        x[draw(st.integers(0, 1)) :, draw(st.integers(0, 1)) * 2 :] for x in arguments
    ]
    builder = GraphBuilder(n_inputs)
    pool = list(builder.inputs)
    for _ in range(draw(st.integers(1, 6))):
        operator = draw(
            st.sampled_from(["my::add", "my::sub", "my::mul", "my::relu", "my::neg"])
        )
        operands = [draw(st.sampled_from(pool)) for _ in range(N_OPERANDS[operator])]
        pool.append(builder.call(operator, *operands))
    if dtype not in INTEGERS:
        pool.append(
            builder.call("my::sqrt", builder.call("my::div", pool[-1], pool[0]))
        )
    return builder.build(*pool[n_inputs:]), arguments


@settings(max_examples=100, deadline=None)
@given(alike())
def test_graphs_that_are_fused(case: tuple[Graph, list[Any]]) -> None:
    graph, arguments = case
    shapes = {x.shape for x in arguments}
    with np.errstate(all="ignore"):
        why_not = check(graph, *arguments)
    assert why_not is None or len(shapes) > 1


def test_threads() -> None:
    compiled = []

    class Counting(NumexprCompiler):
        def compile(self, graph: Graph, description: Any) -> Any:
            compiled.append(description)
            return super().compile(graph, description)

    compiler = Counting(EXPRESSIONS, to_array, lambda array: array)
    fuser = Fuser(OPERATORS.__getitem__, [compiler])
    key = fuser.register(CHAIN)
    barrier = threading.Barrier(16)

    def work(number: int) -> None:
        x = array("f8", 50, 40, start=number)
        expected: list[Any] = [x, x[0]]
        fuser.run_fallback(key, expected)
        barrier.wait()
        for _ in range(20):
            stack: list[Any] = [x, x[0]]
            assert fuser.run_fusion(key, stack)
            assert_same(stack, expected)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(16)))
    assert len(compiled) == 1


def test_describe_refuses() -> None:
    with pytest.raises(CannotFuse, match="argument 0, of type NoneType"):
        a_compiler().describe([None])
