"""Compiles fused graphs of elementwise calls with numexpr, an optional extra.

Reads a graph of `fuser` and, as data, the expression that each operator computes with
NumPy. Makes one numexpr expression for each output. numexpr and NumPy are imported when
a graph is compiled for the first time.

Note [Same results]. A kernel gives what NumPy gives call by call: type, shape and bits
(of a NaN, that it is one). So each step of the expression is typed twice, by NumPy's own
rules and by numexpr's, and the graph is fused only if they agree and if both libraries
compute the step exactly: sums, products, quotients, square roots, comparisons and the
like. Everything else is left to the calls: other types, where numexpr computes in
another type (float32 with integers), powers, remainders, shifts, and functions that the
libraries round differently unless the caller says that this doesn't matter. So are
arguments for which a kernel fails, so that errors are those of the calls. numexpr gives
no floating-point warnings; where `numpy.errstate` asks for more than a warning, nothing
is fused.

It must not know what an operator is called.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, pairwise
from threading import Lock
from typing import Any, Final, NamedTuple, TypeAlias

from .fuser import (
    FUSED_CONCAT,
    FUSED_SPLIT,
    CannotFuse,
    Graph,
    Kernel,
    Node,
    Value,
    number_of,
    values_in,
    values_of,
)

# NumPy has to be no more than optional, so its types can't be named.
Array: TypeAlias = Any
DType: TypeAlias = Any

# Long expressions are refused: numexpr walks them as trees, and a value that is read
# often is repeated in the text.
_MAX_OPERATIONS: Final = 400

# numexpr's types, lowest first; a step computes in the highest of its operands.
_RANKS: Final = ("b1", "i4", "i8", "f4", "f8")
_INTEGERS: Final = ("b1", "i4", "i8")
_FLOATS: Final = ("f4", "f8")

# Spelling and NumPy's function, of steps that both compute alike.
_BINARY: Final[Mapping[type[ast.operator], tuple[str, str]]] = {
    ast.Add: ("+", "add"),
    ast.Sub: ("-", "subtract"),
    ast.Mult: ("*", "multiply"),
    ast.Div: ("/", "true_divide"),
    ast.BitAnd: ("&", "bitwise_and"),
    ast.BitOr: ("|", "bitwise_or"),
    ast.BitXor: ("^", "bitwise_xor"),
    ast.Pow: ("**", "power"),
}
_UNARY: Final[Mapping[type[ast.unaryop], tuple[str, str]]] = {
    ast.USub: ("-", "negative"),
    ast.Invert: ("~", "invert"),
}
_COMPARISONS: Final[Mapping[type[ast.cmpop], tuple[str, str]]] = {
    ast.Eq: ("==", "equal"),
    ast.NotEq: ("!=", "not_equal"),
    ast.Lt: ("<", "less"),
    ast.LtE: ("<=", "less_equal"),
    ast.Gt: (">", "greater"),
    ast.GtE: (">=", "greater_equal"),
}
_EXACT_FUNCTIONS: Final = frozenset(
    {"abs", "ceil", "floor", "isfinite", "isinf", "isnan", "sqrt"}
)
_ROUNDED_FUNCTIONS: Final = frozenset(
    {
        "arccos",
        "arccosh",
        "arcsin",
        "arcsinh",
        "arctan",
        "arctan2",
        "arctanh",
        "cos",
        "cosh",
        "exp",
        "expm1",
        "log",
        "log10",
        "log1p",
        "log2",
        "sin",
        "sinh",
        "tan",
        "tanh",
    }
)
_CHOICE: Final = "where"
# What numexpr computes in double precision for integers, or not at all.
_OF_FLOATS: Final = (_EXACT_FUNCTIONS - {"sqrt"}) | _ROUNDED_FUNCTIONS | {"power"}

_PLACEHOLDER: Final = re.compile(r"\{(\d+)(?::([^\W\d]\w*))?(?:=([^{}]*))?\}")


class Parameter(NamedTuple):
    """An argument of an operator that its expression reads.

    Attributes:
        position: its place among the arguments.
        name: its name, if it can be given by name.
        default: its value if it is not given; only with `optional`.
        optional: whether it need not be given.
    """

    position: int
    name: str | None
    default: object
    optional: bool


class Expression:
    """What an operator computes, element by element.

    Args:
        operator: its name, for messages.
        text: an expression over `{index}` for the argument at a position,
            `{index:name}` for one that can be given by name too, and `{index=default}`
            or `{index:name=default}` for one that may be left out.

    Attributes:
        parameters: the arguments by the identifiers that stand for them in the tree.
        tree: the expression.

    Raises:
        ValueError: it is no expression, or one that numexpr has no steps for.
    """

    def __init__(self, operator: str, text: str) -> None:
        self.parameters: Final[dict[str, Parameter]] = {}
        self._operator = operator
        self._text = text
        source = _PLACEHOLDER.sub(self._parameter, text)
        try:
            self.tree: Final = ast.parse(source.strip(), mode="eval").body
        except SyntaxError as error:
            raise self._error(f"{error.msg}") from error
        functions = _EXACT_FUNCTIONS | _ROUNDED_FUNCTIONS | {_CHOICE}
        called: set[ast.expr] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                called.add(node.func)
            names = functions if node in called else self.parameters
            self._check(node, names)

    def _error(self, what: str) -> ValueError:
        return ValueError(f"expression of {self._operator}: {what}: {self._text!r}")

    def _parameter(self, match: re.Match[str]) -> str:
        index, name, default = int(match[1]), match[2], match[3]
        identifier = f"argument{index}"
        known = self.parameters.get(identifier)
        if known is None or name is not None or default is not None:
            if known and (known.name is not None or known.optional):
                raise self._error(f"argument {index} is described twice")
            try:
                value = None if default is None else ast.literal_eval(default.strip())
            except (SyntaxError, ValueError) as error:
                raise self._error(f"{default!r} is no constant") from error
            self.parameters[identifier] = Parameter(
                index, name, value, default is not None
            )
        return identifier

    def _check(self, node: ast.AST, names: Collection[str]) -> None:
        """Raises for anything that `_Typing` doesn't know."""
        match node:
            case ast.expr_context() | ast.operator() | ast.unaryop() | ast.cmpop():
                return
            case ast.Name(id=name):
                if name in names:
                    return
            case ast.BinOp(op=binary):
                if type(binary) in _BINARY:
                    return
            case ast.UnaryOp(op=unary):
                if type(unary) in _UNARY:
                    return
            case ast.Compare(ops=[comparison]):
                if type(comparison) in _COMPARISONS:
                    return
            case ast.Constant(value=bool() | int() | float()):
                return
            case ast.Call(func=ast.Name(), keywords=[]):
                return
        raise self._error(f"numexpr can't compute {ast.unparse(node) or 'it'} exactly")

    def bind(self, node: Node) -> dict[str, object]:
        """What a call gives for each identifier.

        Raises:
            CannotFuse: it lacks an argument, or has one that the expression ignores.
        """
        bound: dict[str, object] = {}
        positions, names = set(range(len(node.args))), set(node.kwargs)
        for identifier, parameter in self.parameters.items():
            position, name, default, optional = parameter
            if position < len(node.args):
                bound[identifier] = node.args[position]
                positions.discard(position)
            elif name is not None and name in node.kwargs:
                bound[identifier] = node.kwargs[name]
                names.discard(name)
            elif optional:
                bound[identifier] = default
            else:
                raise CannotFuse(
                    f"{node.operator} is called without argument {position}"
                )
        for left in (*sorted(positions), *sorted(names)):
            raise CannotFuse(f"the expression of {node.operator} ignores {left!r}")
        return bound


# Terms: what the values of a graph are while it is compiled


class _Number(NamedTuple):
    """A number that takes part as a scalar.

    Attributes:
        kind: `int` or `float` if it takes the type of what it meets, else its type.
        input: the number of the input that it is, None for a constant.
        value: of the constant.
    """

    kind: Any
    input: int | None
    value: object = None


class _Term(NamedTuple):
    """A part of a numexpr expression.

    Attributes:
        text: in numexpr's words; only names and operators.
        dtype: of the result, in NumPy as in numexpr.
        names: the variables in it.
        operations: how many steps it has.
    """

    text: str
    dtype: DType
    names: frozenset[str]
    operations: int = 0


class _Joined(NamedTuple):
    """Terms that are joined along a dimension."""

    terms: tuple[_Term, ...]
    dim: int


class _Piece(NamedTuple):
    """Where the content of a variable comes from: an input, or an equal piece of it."""

    input: int
    number: int = 0
    pieces: int = 1
    dim: int = 0


class _Scalar(NamedTuple):
    """A variable that holds a number in a type."""

    number: _Number
    dtype: DType


class _Program(NamedTuple):
    """A term, compiled.

    Attributes:
        run: numexpr's program; None if the term is only a variable.
        names: the variables that it takes.
        lock: held while it runs. numexpr keeps its buffers in the program and lets other
            threads run meanwhile, so two runs at once corrupt memory
            (pydata/numexpr#569).
    """

    run: Callable[..., Array] | None
    names: tuple[str, ...]
    lock: Lock


class NumexprCompiler:
    """A compiler of elementwise graphs, for a `Fuser`. See Note [Same results].

    Args:
        expressions: what each operator computes, by its whole name, as `Expression`
            reads it. It has to be what the operator's kernel does with NumPy arrays.
        to_array: the array of a tensor; None, or a `CannotFuse`, for what has none.
        from_array: the tensor of a new array.
        exact: whether functions are left to the calls if the two libraries may round
            them differently, as they do powers, exponentials and sines.
    """

    def __init__(
        self,
        expressions: Mapping[str, str],
        to_array: Callable[[object], Array | None],
        from_array: Callable[[Array], object],
        *,
        exact: bool = True,
    ) -> None:
        self.expressions: Final = {
            operator: Expression(operator, text)
            for operator, text in expressions.items()
        }
        self.to_array: Final = to_array
        self.from_array: Final = from_array
        self.exact: Final = exact

    def describe(self, arguments: Sequence[object]) -> Hashable:
        """The types of the arguments; shapes don't matter to a kernel.

        Raises:
            CannotFuse: one is neither an array of a type that numexpr has nor a number.
        """
        numpy = _import("numpy")
        return tuple(
            self._kind(numpy, index, argument)
            for index, argument in enumerate(arguments)
        )

    def _kind(self, numpy: Any, index: int, argument: object) -> Hashable:
        kind: type = type(argument)
        if kind in (bool, int, float):
            return kind
        if isinstance(argument, numpy.generic):
            scalar: Any = argument
            _check_dtype(scalar.dtype, f"argument {index}")
            return _Number(scalar.dtype, index)
        array = self.to_array(argument)
        if array is None:
            raise CannotFuse(
                f"argument {index}, of type {type(argument).__name__}, is neither array"
                " nor number"
            )
        if type(array) is not numpy.ndarray:
            raise CannotFuse(f"argument {index} is a {type(array).__name__}")
        _check_dtype(array.dtype, f"argument {index}")
        if not array.flags.aligned:
            raise CannotFuse(f"argument {index} is not aligned")
        return _Input(array.dtype)

    def compile(self, graph: Graph, description: Hashable) -> Kernel:
        """A kernel for arguments of these types.

        Raises:
            CannotFuse: numexpr is missing, or computes something in the graph otherwise
                than NumPy.
        """
        numexpr, numpy = _import("numexpr"), _import("numpy")
        if int(numpy.__version__.partition(".")[0]) < 2:
            raise CannotFuse("numpy is older than 2: its types follow from values")
        assert isinstance(description, tuple)
        typing = _Typing(self, numpy, bool(numexpr.use_vml))
        return _Kernel(self, numpy, numexpr, graph, typing.read(graph, description))


class _Input(NamedTuple):
    """Describes an argument that is an array."""

    dtype: DType


def _import(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        # numexpr brings NumPy with it.
        raise CannotFuse(f"{name} is not installed: pip install numexpr") from None


def _code(dtype: DType) -> str:
    """Kind and size: "f4" for single precision."""
    return f"{dtype.kind}{dtype.itemsize}"


def _check_dtype(dtype: DType, what: str) -> None:
    if _code(dtype) not in _RANKS or not dtype.isnative:
        raise CannotFuse(f"{what} is of type {dtype}, which numexpr doesn't compute in")


class _Typing:
    """Turns calls into terms, typed by NumPy's rules and checked against numexpr's."""

    def __init__(self, compiler: NumexprCompiler, numpy: Any, vml: bool) -> None:
        self._compiler = compiler
        self._numpy = numpy
        self._vml = vml
        self.variables: dict[str, _Piece | _Scalar] = {}
        self.dtypes: dict[str, DType] = {}
        self.terms: dict[int, object] = {}

    def read(self, graph: Graph, description: tuple[object, ...]) -> _Typing:
        """Find the term of every value of a graph."""
        for index, kind in enumerate(description):
            if isinstance(kind, _Input):
                self.terms[index] = self._variable(
                    f"a{index}", kind.dtype, _Piece(index)
                )
            elif isinstance(kind, _Number):
                self.terms[index] = kind
            else:
                self.terms[index] = self._number(kind, index)
        for node in graph.nodes:
            terms = self._node(graph, node)
            for value, term in zip(node.results, terms, strict=True):
                self.terms[number_of(value)] = term
        self._check_all_used(graph)
        return self

    def _check_all_used(self, graph: Graph) -> None:
        """Every call has to be made: it may raise."""
        used = {number_of(value) for node in graph.nodes for value in values_of(node)}
        used |= {number_of(value) for value in values_in(graph.outputs)}
        for node in graph.nodes:
            if not used.issuperset(map(number_of, node.results)) or not node.results:
                raise CannotFuse(f"a result of {node.operator} is not used")

    def _variable(self, name: str, dtype: DType, source: _Piece | _Scalar) -> _Term:
        self.variables[name] = source
        self.dtypes[name] = dtype
        return _Term(name, dtype, frozenset({name}))

    def _number(self, kind: object, index: int | None, value: object = None) -> _Number:
        weak = kind is int or kind is float
        return _Number(kind if weak else self._numpy.dtype(bool), index, value)

    def _node(self, graph: Graph, node: Node) -> Sequence[object]:
        if node.operator == FUSED_CONCAT:
            return (self._joined(graph, node),)
        if node.operator == FUSED_SPLIT:
            return self._pieces(node)
        expression = self._compiler.expressions.get(node.operator)
        if expression is None:
            raise CannotFuse(f"there is no expression for {node.operator}")
        if len(node.results) != 1:
            raise CannotFuse(f"{node.operator} has {len(node.results)} results")
        bound = {
            identifier: self._operand(node, argument)
            for identifier, argument in expression.bind(node).items()
        }
        term = self._term(expression.tree, bound)
        if not isinstance(term, _Term) or not term.operations:
            # Whether the call gives a new array is not known here.
            raise CannotFuse(f"{node.operator} computes nothing from an array")
        return (term,)

    def _operand(self, node: Node, argument: object) -> _Term | _Number:
        if isinstance(argument, Value):
            term = self.terms[number_of(argument)]
            if isinstance(term, (_Term, _Number)):
                return term
            raise CannotFuse(
                f"{node.operator} reads a value that is joined in the group"
            )
        if type(argument) in (bool, int, float):
            return self._number(type(argument), None, argument)
        raise CannotFuse(
            f"an argument of {node.operator} is of type {type(argument).__name__}"
        )

    def _joined(self, graph: Graph, node: Node) -> _Joined:
        match node:
            case Node(args=(tuple() as values, int() as dim), kwargs={**rest}):
                pass
            case Node(args=(tuple() as values,), kwargs={"dim": int() as dim, **rest}):
                pass
            case _:
                raise CannotFuse(f"{node.operator} is not called with values and dim")
        terms = [self._operand(node, value) for value in values]
        arrays = tuple(term for term in terms if isinstance(term, _Term))
        if rest or not arrays or len(arrays) < len(terms):
            raise CannotFuse(f"{node.operator} has other arguments than values and dim")
        dtypes = {_code(term.dtype) for term in arrays}
        if len(dtypes) > 1:
            raise CannotFuse(f"{node.operator} joins different types")
        return _Joined(arrays, dim)

    def _pieces(self, node: Node) -> Sequence[object]:
        match node.args:
            case (Value() as value, int() as pieces, int() as dim) if not node.kwargs:
                pass
            case _:
                raise CannotFuse(
                    f"{node.operator} is not called with value, pieces, dim"
                )
        name = f"a{number_of(value)}"
        source = self.variables.get(name)
        if not isinstance(source, _Piece):
            raise CannotFuse(f"{node.operator} splits what is no input of the group")
        if pieces != len(node.results):
            raise CannotFuse(f"{node.operator} makes {pieces} pieces")
        return [
            self._variable(
                f"{name}_{pieces}_{index}_{dim}".replace("-", "m"),
                self.dtypes[name],
                _Piece(source.input, index, pieces, dim),
            )
            for index in range(pieces)
        ]

    def _term(
        self, tree: ast.expr, bound: Mapping[str, _Term | _Number]
    ) -> _Term | _Number:
        """The term of one part of an operator's expression."""
        match tree:
            case ast.Name(id=name):
                return bound[name]
            case ast.Constant(value=value):
                return self._number(type(value), None, value)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=value)):
                assert isinstance(value, (int, float))
                return self._number(type(-value), None, -value)
            case ast.UnaryOp(op=unary, operand=operand):
                symbol, function = _UNARY[type(unary)]
                terms = [self._term(operand, bound)]
                return self._step(function, f"({symbol}{{}})", terms)
            case ast.BinOp(left=left, op=binary, right=right):
                symbol, function = _BINARY[type(binary)]
                terms = [self._term(left, bound), self._term(right, bound)]
                return self._step(function, f"({{}} {symbol} {{}})", terms)
            case ast.Compare(left=left, ops=[comparison], comparators=[right]):
                symbol, function = _COMPARISONS[type(comparison)]
                terms = [self._term(left, bound), self._term(right, bound)]
                return self._step(function, f"({{}} {symbol} {{}})", terms)
            case ast.Call(func=ast.Name(id=name), args=arguments):
                terms = [self._term(argument, bound) for argument in arguments]
                if name == _CHOICE:
                    return self._choice(terms)
                text = f"{name}({', '.join(['{}'] * len(terms))})"
                return self._step(name, text, terms)
        raise AssertionError(ast.dump(tree))

    def _step(
        self, function: str, text: str, operands: Sequence[_Term | _Number]
    ) -> _Term:
        """One step that is a function of NumPy too."""
        self._check_exact(function)
        if not any(isinstance(operand, _Term) for operand in operands):
            raise CannotFuse(f"{function} of numbers only")
        ufunc = getattr(self._numpy, function)
        if ufunc.nin != len(operands):
            raise CannotFuse(f"{function} takes {ufunc.nin} operands")
        kinds = [
            operand.dtype if isinstance(operand, _Term) else operand.kind
            for operand in operands
        ]
        try:
            *inputs, output = ufunc.resolve_dtypes((*kinds, None))
        except TypeError as error:
            raise CannotFuse(f"{function}: {error}") from None
        dtype = inputs[0]
        if any(other != dtype for other in inputs):
            raise CannotFuse(f"{function} mixes types")
        terms = self._computed_in(dtype, function, operands)
        return self._composed(text, output, terms)

    def _check_exact(self, function: str) -> None:
        if not self._compiler.exact:
            return
        if function in _ROUNDED_FUNCTIONS or function == "power":
            raise CannotFuse(f"numpy and numexpr may round {function} differently")
        if self._vml and function in {"true_divide", "sqrt"}:
            raise CannotFuse(f"numexpr computes {function} with MKL")

    def _computed_in(
        self, dtype: DType, function: str, operands: Sequence[_Term | _Number]
    ) -> list[_Term]:
        """The operands of a step that NumPy computes in a type, if numexpr does too."""
        code = _code(dtype)
        terms = [
            operand if isinstance(operand, _Term) else self._scalar(operand, dtype)
            for operand in operands
        ]
        _check_dtype(dtype, function)
        highest = max((_code(term.dtype) for term in terms), key=_RANKS.index)
        if highest != code:
            # What numexpr does itself: quotients and roots of integers.
            widens = function in {"sqrt", "true_divide"} and code == "f8"
            if not (widens and highest in _INTEGERS):
                raise CannotFuse(
                    f"{function} computes in {dtype} in numpy, in {highest} in numexpr"
                )
        if function in _OF_FLOATS and code not in _FLOATS:
            raise CannotFuse(f"{function} of {dtype}")
        return terms

    def _scalar(self, number: _Number, dtype: DType) -> _Term:
        """The variable that holds a number in the type of a step."""
        if number.input is not None:
            name = f"n{number.input}_{_code(dtype)}"
        else:
            try:
                self._numpy.array(number.value, dtype=dtype)
            except (OverflowError, ValueError) as error:
                raise CannotFuse(f"{number.value!r} as {dtype}: {error}") from None
            name = f"c{len(self.variables)}_{_code(dtype)}"
        return self._variable(name, dtype, _Scalar(number, dtype))

    def _choice(self, operands: Sequence[_Term | _Number]) -> _Term:
        """`where`, which NumPy has as no ufunc."""
        match operands:
            case (_Term() as condition, yes, no):
                pass
            case _:
                raise CannotFuse("where needs an array to choose by, and two operands")
        if _code(condition.dtype) != "b1":
            raise CannotFuse(f"where chooses by {condition.dtype}")
        if isinstance(yes, _Number) and isinstance(no, _Number):
            raise CannotFuse("where chooses between numbers only")
        examples = [
            (
                operand.kind(0)
                if isinstance(operand, _Number) and operand.kind in (int, float)
                else operand.kind if isinstance(operand, _Number) else operand.dtype
            )
            for operand in (yes, no)
        ]
        dtype = self._numpy.result_type(*examples)
        terms = self._computed_in(dtype, _CHOICE, (yes, no))
        return self._composed("where({}, {}, {})", dtype, [condition, *terms])

    def _composed(self, text: str, dtype: DType, terms: Sequence[_Term]) -> _Term:
        """The term of a step that numexpr computes in a type, as NumPy does."""
        operations = 1
        for term in terms:
            operations += term.operations
        if operations > _MAX_OPERATIONS:
            raise CannotFuse(
                f"an expression has more than {_MAX_OPERATIONS} operations"
            )
        _check_dtype(dtype, "a result")
        found = _type_of_step(text, tuple(_code(term.dtype) for term in terms))
        if found != _code(dtype):
            raise CannotFuse(f"numexpr computes {text} as {found} instead of {dtype}")
        names = frozenset[str]().union(*(term.names for term in terms))
        parts = (term.text for term in terms)
        return _Term(text.format(*parts), dtype, names, operations)


@cache
def _type_of_step(text: str, codes: tuple[str, ...]) -> str:
    """The type that numexpr gives a step in fact, or what it says against it."""
    numexpr, numpy = _import("numexpr"), _import("numpy")
    names = [f"x{number}" for number in range(len(codes))]
    signature = list(zip(names, map(_numexpr_type, codes), strict=True))
    content = {
        name: numpy.full((), 1, code) for name, code in zip(names, codes, strict=True)
    }
    try:
        program = _program(numexpr, text.format(*names), signature)
        return _code(_evaluated(program, content).dtype)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _numexpr_type(code: str) -> type:
    """What numexpr's signatures call a type."""
    numpy = _import("numpy")
    types = {"b1": bool, "i4": numpy.int32, "i8": numpy.int64, "f4": float}
    kind: type = types.get(code, numpy.double)
    return kind


def _program(numexpr: Any, text: str, signature: list[tuple[str, type]]) -> _Program:
    run = numexpr.NumExpr(text, signature, optimization="none", truediv=True)
    return _Program(run, tuple(name for name, _ in signature), Lock())


def _evaluated(
    program: _Program, content: Mapping[str, Array], out: Array = None
) -> Array:
    assert program.run is not None
    arrays = [content[name] for name in program.names]
    with program.lock:
        return program.run(
            *arrays,
            out=out,
            order="K",
            casting="safe",
            ex_uses_vml=_import("numexpr").use_vml,
        )


class _Kernel:
    """A compiled graph.

    Attributes:
        expressions: what numexpr computes, for people.
    """

    def __init__(
        self,
        compiler: NumexprCompiler,
        numpy: Any,
        numexpr: Any,
        graph: Graph,
        typing: _Typing,
    ) -> None:
        self._compiler = compiler
        self._numpy = numpy
        self._variables = typing.variables
        self._dtypes = typing.dtypes
        # What each output is: a term, or what is returned as it is.
        self._terms: dict[Value, _Term | _Joined] = {}
        self._outputs: Final = graph.outputs
        self._programs: dict[_Term, _Program] = {}
        for output in values_in(graph.outputs):
            if number_of(output) >= graph.n_inputs:
                term = typing.terms[number_of(output)]
                assert isinstance(term, (_Term, _Joined))
                if isinstance(term, _Term) and not term.operations:
                    raise CannotFuse("an output is a piece of an input")
                self._terms[output] = term
                for part in term.terms if isinstance(term, _Joined) else (term,):
                    self._programs[part] = self._program(numexpr, part)
        self._names = tuple(
            sorted(frozenset[str]().union(*(term.names for term in self._programs)))
        )
        self.expressions: Final = tuple(term.text for term in self._programs)

    def _program(self, numexpr: Any, term: _Term) -> _Program:
        names = sorted(term.names)
        if not term.operations:
            return _Program(None, tuple(names), Lock())
        types = [_numexpr_type(_code(self._dtypes[name])) for name in names]
        content = {name: self._numpy.full((), 1, self._dtypes[name]) for name in names}
        try:
            program = _program(numexpr, term.text, list(zip(names, types, strict=True)))
            # Some limits of numexpr are found only by running.
            result = _evaluated(program, content)
        except Exception as error:
            raise CannotFuse(f"numexpr: {type(error).__name__}: {error}") from error
        if result.dtype != term.dtype:
            raise CannotFuse(f"numexpr computes {result.dtype} instead of {term.dtype}")
        return program

    def __call__(self, arguments: Sequence[object]) -> Sequence[object]:
        modes = set(self._numpy.geterr().values())
        if not modes <= {"ignore", "warn"}:
            raise CannotFuse("numpy.errstate asks for more than warnings")
        try:
            arrays = self._run(arguments)
        except CannotFuse:
            raise
        except Exception as error:
            # The calls, made one by one, raise what is to be raised.
            raise CannotFuse(f"{type(error).__name__}: {error}") from error
        made = {
            value: self._compiler.from_array(array) for value, array in arrays.items()
        }
        return [self._returned(output, made, arguments) for output in self._outputs]

    def _returned(
        self, output: object, made: Mapping[Value, object], arguments: Sequence[object]
    ) -> object:
        """An output: made here, or an input or constant."""
        if isinstance(output, Value):
            return made[output] if output in made else arguments[number_of(output)]
        if isinstance(output, tuple):
            return [self._returned(item, made, arguments) for item in output]
        return output

    def _run(self, arguments: Sequence[object]) -> dict[Value, Array]:
        """The arrays of the values that are computed."""
        content = {
            name: self._content(self._variables[name], arguments)
            for name in self._names
        }
        return {
            value: (
                self._join(term, content)
                if isinstance(term, _Joined)
                else self._evaluate(term, content)
            )
            for value, term in self._terms.items()
        }

    def _content(
        self, variable: _Piece | _Scalar, arguments: Sequence[object]
    ) -> Array:
        numpy = self._numpy
        if isinstance(variable, _Scalar):
            number = variable.number
            value = number.value if number.input is None else arguments[number.input]
            return numpy.array(value, dtype=variable.dtype)
        array: Any = self._compiler.to_array(arguments[variable.input])
        if variable.pieces == 1:
            return array
        size = array.shape[variable.dim]
        if not size or size % variable.pieces:
            raise CannotFuse(f"{size} elements are not {variable.pieces} equal pieces")
        return numpy.split(array, variable.pieces, axis=variable.dim)[variable.number]

    def _evaluate(self, term: _Term, content: Mapping[str, Array]) -> Array:
        if all(content[name].size for name in term.names):
            return _evaluated(self._programs[term], content)
        # Of arrays without elements numexpr doesn't see whether the shapes fit.
        shapes = [content[name].shape for name in term.names]
        return self._numpy.empty(self._numpy.broadcast_shapes(*shapes), term.dtype)

    def _join(self, joined: _Joined, content: Mapping[str, Array]) -> Array:
        """Compute pieces right where they belong in the result."""
        numpy = self._numpy
        shapes = [
            numpy.broadcast_shapes(*(content[name].shape for name in term.names))
            for term in joined.terms
        ]
        n_dims = len(shapes[0])
        axis = joined.dim + n_dims if joined.dim < 0 else joined.dim
        if not 0 <= axis < n_dims:
            raise CannotFuse(f"there is no dimension {joined.dim}")
        rests = {(*shape[:axis], 0, *shape[axis + 1 :]) for shape in shapes}
        if len(rests) > 1 or any(len(shape) != n_dims for shape in shapes):
            raise CannotFuse("pieces of different shapes are joined")
        ends = [0, *accumulate(shape[axis] for shape in shapes)]
        whole = (*shapes[0][:axis], ends[-1], *shapes[0][axis + 1 :])
        result = numpy.empty(whole, joined.terms[0].dtype)
        for term, view in zip(joined.terms, _views(result, axis, ends), strict=True):
            program = self._programs[term]
            if program.run is None:
                view[...] = content[term.text]
            elif view.size:
                _evaluated(program, content, view)
        return result


def _views(array: Array, axis: int, ends: Sequence[int]) -> Iterator[Array]:
    """Adjacent parts of an array along an axis."""
    first = array.swapaxes(0, axis)
    for start, end in pairwise(ends):
        yield first[start:end].swapaxes(0, axis)
