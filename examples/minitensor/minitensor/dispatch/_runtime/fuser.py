"""Fused groups of operator calls: kept by key, compiled when they can be, else run one by one.

A `Graph` of calls is registered with a `Fuser`, which keeps it as a `KernelSpec` under a
64-bit key. `run_fusion` takes the inputs from a stack, compiles the graph for arguments
like them if that was not tried before, and runs it; it returns False, the stack
untouched, where the graph can't be fused now. `run_fallback` calls the operators of the
graph one by one, through whatever the fuser resolves their names to.

This is the part of `torch/csrc/jit/codegen/fuser` that no device knows of. It knows
neither tensors nor operators nor a dispatcher: compilers, the meaning of an operator's
name and the test whether arguments may skip dispatching are given to the fuser.
"""

from __future__ import annotations

from collections.abc import (
    Callable,
    Hashable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from enum import Enum
from threading import Lock, RLock
from typing import Final, NamedTuple, Protocol, TypeAlias

Stack: TypeAlias = list[object]
Operator: TypeAlias = Callable[..., object]
Kernel: TypeAlias = Callable[[Sequence[object]], Sequence[object]]
"""Takes the inputs of a graph, returns its outputs; or raises `CannotFuse`."""

FUSED_CONCAT: Final = "prim::FusedConcat"
"""Primitive: joins `(values, dim)`; a compiler writes the pieces into one result."""

FUSED_SPLIT: Final = "prim::ConstantChunk"
"""Primitive: `(value, pieces, dim)`; as many results as pieces."""


class CannotFuse(Exception):
    """A graph can't be fused, in general or for these arguments.

    Args:
        reason: why, for people.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnknownFusionError(RuntimeError):
    """No graph is registered under a key.

    Args:
        key: that was looked for.
    """

    def __init__(self, key: int) -> None:
        super().__init__(
            f"no fused graph is registered under the key {key}; register_fusion"
            " returns the keys that are"
        )
        self.key = key


# Graphs


class Value:
    """An input of a graph or a result of one of its calls; equal by name."""

    __slots__ = ("name",)

    def __init__(self, name: int | str) -> None:
        self.name: Final = name

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Value):
            return NotImplemented
        return self.name == other.name

    def __hash__(self) -> int:
        return hash((Value, self.name))

    def __repr__(self) -> str:
        return f"%{self.name}"


class Node(NamedTuple):
    """One call in a graph.

    Attributes:
        operator: its name, `ns::name` or `ns::name.overload`.
        args: values and constants, in lists too.
        kwargs: the same by name.
        results: the values that the call makes. A single one is what the operator
            returns, several are the items of it, and none leaves it aside.
    """

    operator: str
    args: tuple[object, ...]
    kwargs: Mapping[str, object]
    results: tuple[Value, ...]


class Graph:
    """Calls of operators in the order in which they run; immutable and normalized.

    Values are numbered here in order, inputs first, whatever they were called, so that
    graphs which say the same are equal and have the same text and key. Lists and tuples
    among the arguments are both kept as tuples, and operators get them as lists.

    Args:
        inputs: the values that the graph is given.
        nodes: the calls.
        outputs: values, or constants, that the graph returns.

    Attributes:
        n_inputs: how many inputs it takes: the values 0 to n - 1.
        n_values: how many values there are, inputs and results.
        nodes: the calls, over numbered values.
        outputs: what it returns.
        text: all of that, one line a call.
        last_used: for each node, the numbers of values that nothing after it reads.

    Raises:
        ValueError: a value is used before it is made, or made twice; an operator's name
            is none.
        TypeError: a constant is of a type that has no stable text.
    """

    __slots__ = (
        "_key",
        "last_used",
        "n_inputs",
        "n_values",
        "nodes",
        "outputs",
        "text",
    )

    def __init__(
        self,
        inputs: Sequence[Value],
        nodes: Iterable[Node],
        outputs: Sequence[object],
    ) -> None:
        numbering = _Numbering()
        for value in inputs:
            numbering.make(value)
        normalized = []
        for node in nodes:
            _check_name(node.operator)
            args = tuple(numbering.replace(argument) for argument in node.args)
            kwargs = {
                name: numbering.replace(node.kwargs[name])
                for name in sorted(node.kwargs)
            }
            results = tuple(numbering.make(value) for value in node.results)
            normalized.append(Node(node.operator, args, kwargs, results))
        self.n_inputs: Final = len(inputs)
        self.n_values: Final = len(numbering)
        self.nodes: Final = tuple(normalized)
        self.outputs: Final = tuple(numbering.replace(output) for output in outputs)
        self.text: Final = _text_of_graph(self)
        self.last_used: Final = _last_used(self)
        self._key: int | None = None

    @property
    def key(self) -> int:
        """64 bits, signed as in C++, that follow from the text alone."""
        if self._key is None:
            self._key = hash_text(self.text)
        return self._key

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Graph):
            return NotImplemented
        return self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return self.text


def hash_text(text: str, attempt: int = 0) -> int:
    """The key of a normalized graph; another one for each attempt to find a free one."""
    # Not at the top: it loads a library that only a program with fused graphs needs.
    import hashlib

    salt = attempt.to_bytes(8, "little")
    digest = hashlib.blake2b(text.encode("utf-8"), digest_size=8, salt=salt).digest()
    return int.from_bytes(digest, "little", signed=True)


def values_in(argument: object) -> Iterator[Value]:
    """The values of an argument, those in lists too."""
    if isinstance(argument, Value):
        yield argument
    elif isinstance(argument, (tuple, list)):
        for item in argument:
            yield from values_in(item)


def values_of(node: Node) -> Iterator[Value]:
    """The values that a call reads."""
    yield from values_in(node.args)
    yield from values_in(tuple(node.kwargs.values()))


def number_of(value: Value) -> int:
    """The number of a value of a normalized graph."""
    assert isinstance(value.name, int)
    return value.name


class _Numbering:
    """Numbers values in the order in which they are made."""

    def __init__(self) -> None:
        self._values: dict[Value, Value] = {}

    def __len__(self) -> int:
        return len(self._values)

    def make(self, value: Value) -> Value:
        if value in self._values:
            raise ValueError(f"the value {value!r} is made twice")
        numbered = self._values[value] = Value(len(self._values))
        return numbered

    def replace(self, argument: object) -> object:
        if isinstance(argument, Value):
            try:
                return self._values[argument]
            except KeyError:
                raise ValueError(
                    f"the value {argument!r} is used before it is made"
                ) from None
        if type(argument) in (list, tuple):
            assert isinstance(argument, (list, tuple))
            return tuple(self.replace(item) for item in argument)
        return argument


def _check_name(operator: str) -> None:
    """Raises unless it is `ns::name` or `ns::name.overload`."""
    namespace, _, rest = operator.partition("::")
    name, dot, overload = rest.partition(".")
    parts = [namespace, name, *([overload] if dot else [])]
    # An overload may be a word of the language or start with a digit.
    if not all(f"_{part}".isidentifier() and part for part in parts):
        raise ValueError(
            f"{operator!r} is no operator's name: ns::name or ns::name.overload"
        )


# Their `repr` tells apart what differs, and is the same in every process.
_PLAIN_CONSTANTS: Final = (bool, int, float, complex, str, bytes, type(None))


def _text_of(argument: object) -> str:
    """Text that no other argument has."""
    if isinstance(argument, Value) or type(argument) in _PLAIN_CONSTANTS:
        return repr(argument)
    if isinstance(argument, tuple):
        return f"[{', '.join(map(_text_of, argument))}]"
    if isinstance(argument, Enum):
        kind = type(argument)
        return f"<{kind.__module__}.{kind.__qualname__}.{argument.name}>"
    if isinstance(argument, type):
        return f"<{argument.__module__}.{argument.__qualname__}>"
    raise TypeError(
        f"a graph can't hold a constant of type {type(argument).__name__}; make it an"
        " input of the graph"
    )


def _text_of_graph(graph: Graph) -> str:
    inputs = ", ".join(f"%{index}" for index in range(graph.n_inputs))
    lines = [f"graph({inputs}):\n"]
    for node in graph.nodes:
        arguments = [_text_of(argument) for argument in node.args]
        arguments += [f"{name}={_text_of(node.kwargs[name])}" for name in node.kwargs]
        results = ", ".join(map(repr, node.results))
        call = f"{node.operator}({', '.join(arguments)})"
        lines.append(f"  {results} = {call}\n" if results else f"  {call}\n")
    lines.append(f"  return ({', '.join(map(_text_of, graph.outputs))})\n")
    return "".join(lines)


def _last_used(graph: Graph) -> tuple[tuple[int, ...], ...]:
    seen = {number_of(value) for value in values_in(graph.outputs)}
    last: list[tuple[int, ...]] = []
    for node in reversed(graph.nodes):
        touched = {number_of(value) for value in (*values_of(node), *node.results)}
        last.append(tuple(sorted(touched - seen)))
        seen |= touched
    return tuple(reversed(last))


class GraphBuilder:
    """Makes a graph call by call.

    Args:
        n_inputs: how many inputs it has.

    Attributes:
        inputs: their values.
    """

    def __init__(self, n_inputs: int) -> None:
        self._made: list[Value] = []
        self._nodes: list[Node] = []
        self.inputs: Final = self._make(n_inputs)

    def _make(self, count: int) -> tuple[Value, ...]:
        start = len(self._made)
        made = tuple(Value(start + index) for index in range(count))
        self._made += made
        return made

    def _check_ours(self, values: Iterable[Value]) -> None:
        # Builders number alike, so a value of another one would pass for one of ours.
        for value in values:
            name = value.name
            known = isinstance(name, int) and name < len(self._made)
            if not known or self._made[number_of(value)] is not value:
                raise ValueError(f"the value {value!r} belongs to another graph")

    def call(self, operator: str, *args: object, **kwargs: object) -> Value:
        """A call with one result."""
        (result,) = self.call_for(1, operator, *args, **kwargs)
        return result

    def call_for(
        self, n_results: int, operator: str, *args: object, **kwargs: object
    ) -> tuple[Value, ...]:
        """A call with any number of results."""
        node = Node(operator, args, kwargs, ())
        self._check_ours(values_of(node))
        results = self._make(n_results)
        self._nodes.append(node._replace(results=results))
        return results

    def concat(self, values: Sequence[Value], dim: int) -> Value:
        """Values joined along a dimension: the primitive `FUSED_CONCAT`."""
        return self.call(FUSED_CONCAT, list(values), dim)

    def split(self, value: Value, pieces: int, dim: int) -> tuple[Value, ...]:
        """Equal pieces of a value along a dimension: the primitive `FUSED_SPLIT`."""
        return self.call_for(pieces, FUSED_SPLIT, value, pieces, dim)

    def build(self, *outputs: object) -> Graph:
        """The graph of all calls so far, with these outputs."""
        self._check_ours(values_in(outputs))
        return Graph(self.inputs, self._nodes, outputs)


class TracedOps:
    """What `trace` gives a function in place of the operators' namespaces.

    `ops.ns.name(...)` and `ops.ns.name.overload(...)` add a call with one result to the
    graph; `builder` is there for calls with another number of them.

    Args:
        builder: that it adds to.
    """

    def __init__(self, builder: GraphBuilder) -> None:
        self.builder: Final = builder

    def __getattr__(self, namespace: str) -> TracedNamespace:
        return TracedNamespace(self.builder, namespace)


class TracedNamespace:
    """The operators of one namespace, while a graph is traced."""

    def __init__(self, builder: GraphBuilder, name: str) -> None:
        self._builder = builder
        self._name = name

    def __getattr__(self, operator: str) -> TracedOperator:
        return TracedOperator(self._builder, f"{self._name}::{operator}")


class TracedOperator:
    """An operator that adds calls of itself to a graph."""

    def __init__(self, builder: GraphBuilder, name: str) -> None:
        self._builder = builder
        self._name = name

    def __getattr__(self, overload: str) -> TracedOperator:
        if overload.startswith("__"):
            raise AttributeError(overload)
        return TracedOperator(self._builder, f"{self._name}.{overload}")

    def __call__(self, *args: object, **kwargs: object) -> Value:
        return self._builder.call(self._name, *args, **kwargs)


def trace(function: Callable[..., object], n_inputs: int) -> Graph:
    """The graph of the calls that a function makes.

    Args:
        function: takes the operators, a `TracedOps`, and then the inputs; returns the
            output, or a list or tuple of them.
        n_inputs: how many inputs it takes.
    """
    builder = GraphBuilder(n_inputs)
    returned = function(TracedOps(builder), *builder.inputs)
    outputs = returned if isinstance(returned, (tuple, list)) else (returned,)
    return builder.build(*outputs)


# Compiled kernels


class Compiler(Protocol):
    """Makes kernels of graphs."""

    def describe(self, arguments: Sequence[object]) -> Hashable:
        """All that a kernel for these arguments depends on.

        Raises:
            CannotFuse: it makes no kernel for them.
        """

    def compile(self, graph: Graph, description: Hashable) -> Kernel:
        """A kernel for the arguments that are described so.

        A kernel has no effect when it raises `CannotFuse`: the calls are made one by
        one after it.

        Raises:
            CannotFuse: it makes none. That is remembered; any other error is not, and
                reaches the caller.
        """


class KernelSpec:
    """A registered graph and what was compiled for it.

    Attributes:
        key: that it is registered under.
        graph: the calls.
        compiled: how many kernels were compiled for it.
        fused: how often one of them ran.
        fallbacks: how often the calls were made one by one.
        why_not: why the last attempt to fuse did not; None if it did.
    """

    __slots__ = (
        "_attempts",
        "_lock",
        "compiled",
        "fallbacks",
        "fused",
        "graph",
        "key",
        "why_not",
    )

    def __init__(self, key: int, graph: Graph) -> None:
        self.key: Final = key
        self.graph: Final = graph
        self.compiled = 0
        self.fused = 0
        self.fallbacks = 0
        self.why_not: str | None = None
        self._attempts: dict[tuple[Compiler, Hashable], _Attempt] = {}
        self._lock = Lock()

    @property
    def n_inputs(self) -> int:
        """How many arguments it takes from a stack."""
        return self.graph.n_inputs

    @property
    def kernels(self) -> dict[Hashable, Kernel | str]:
        """For each description of arguments tried: the kernel, or why there is none.

        Descriptions are those of the compilers; the last compiler that was asked wins.
        """
        return {
            description: attempt.result
            for (_, description), attempt in tuple(self._attempts.items())
            if attempt.result is not None
        }

    def kernel(self, compiler: Compiler, description: Hashable) -> Kernel:
        """The kernel for such arguments, compiled by the first that asks for it.

        Others wait meanwhile. A compiler that comes back here for what it is compiling
        gets no kernel.

        Raises:
            CannotFuse: there is none.
        """
        attempt = self._attempts.get((compiler, description))
        if attempt is None:
            # One of the attempts that threads make at the same time wins.
            attempt = self._attempts.setdefault((compiler, description), _Attempt())
        result = attempt.result
        if result is None:
            with attempt.lock:
                if attempt.result is None:
                    self._compile(attempt, compiler, description)
                result = attempt.result
        if result is None or isinstance(result, str):
            raise CannotFuse(result or "it is being compiled")
        return result

    def _compile(
        self, attempt: _Attempt, compiler: Compiler, description: Hashable
    ) -> None:
        if attempt.running:
            return
        attempt.running = True
        try:
            attempt.result = compiler.compile(self.graph, description)
        except CannotFuse as error:
            attempt.result = error.reason
        else:
            with self._lock:
                self.compiled += 1
        finally:
            attempt.running = False

    def arguments(self, stack: Stack) -> list[object]:
        """The inputs, as they lie at the end of a stack."""
        start = self._start(stack)
        return stack[start:]

    def replace(self, stack: Stack, outputs: Sequence[object]) -> None:
        """Put the outputs on a stack where the inputs are."""
        start = self._start(stack)
        if len(outputs) != len(self.graph.outputs):
            raise RuntimeError(
                f"a kernel of the fused graph {self.key} returned {len(outputs)} results"
                f" instead of {len(self.graph.outputs)}"
            )
        stack[start:] = outputs

    def _start(self, stack: Stack) -> int:
        start = len(stack) - self.n_inputs
        if start < 0:
            raise RuntimeError(
                f"the fused graph {self.key} takes {self.n_inputs} arguments, but there"
                f" are {len(stack)} on the stack"
            )
        return start

    def count_fused(self) -> None:
        """Note that a kernel ran."""
        with self._lock:
            self.fused += 1
            self.why_not = None

    def count_fallback(self) -> None:
        """Note that the calls were made one by one."""
        with self._lock:
            self.fallbacks += 1

    def __repr__(self) -> str:
        return (
            f"<KernelSpec {self.key}: {self.compiled} compiled, {self.fused} fused,"
            f" {self.fallbacks} fallbacks>"
        )


class _Attempt:
    """A compilation: not done while the result is None; a text says why it can't be."""

    __slots__ = ("lock", "result", "running")

    def __init__(self) -> None:
        # Reentrant, so that a compiler that asks for its own kernel is no deadlock.
        self.lock = RLock()
        self.running = False
        self.result: Kernel | str | None = None


# The fuser


class Fuser:
    """All fused graphs of a dispatcher.

    Args:
        resolve: from an operator's name to what calls it.
        compilers: asked for a kernel in this order.
        primitives: what the primitives `FUSED_CONCAT` and `FUSED_SPLIT` do when the
            calls are made one by one; any other name found here is not resolved either.
        why_not: why the arguments can't skip dispatching, None if they can. It is asked
            before every fused run.

    Attributes:
        enabled: whether anything is fused.
    """

    def __init__(
        self,
        resolve: Callable[[str], Operator],
        compilers: Iterable[Compiler] = (),
        *,
        primitives: Mapping[str, Operator] | None = None,
        why_not: Callable[[Sequence[object]], str | None] | None = None,
    ) -> None:
        self._resolve = resolve
        self._primitives = dict(primitives or {})
        self._why_not = why_not
        self._compilers = tuple(compilers)
        self._specs: dict[int, KernelSpec] = {}
        self._lock = Lock()
        self.enabled = True

    def __len__(self) -> int:
        """How many graphs are registered."""
        return len(self._specs)

    @property
    def compiled(self) -> int:
        """How many kernels were compiled, of all graphs."""
        compiled = 0
        for spec in tuple(self._specs.values()):
            compiled += spec.compiled
        return compiled

    def register_compiler(self, compiler: Compiler) -> None:
        """Ask this compiler too, after the others."""
        with self._lock:
            self._compilers = (*self._compilers, compiler)

    def register(self, graph: Graph) -> int:
        """Keep a graph; the same key for an equal one, in every process.

        Only a graph whose key is taken by a different one gets another key, which then
        depends on the order of registration.
        """
        with self._lock:
            key, spec = self._find(graph)
            if spec is None:
                self._specs[key] = KernelSpec(key, graph)
        return key

    def lookup(self, graph: Graph) -> KernelSpec | None:
        """What is registered for a graph, if anything."""
        return self._find(graph)[1]

    def _find(self, graph: Graph) -> tuple[int, KernelSpec | None]:
        """The key that is the graph's or can be, and what is registered there."""
        key, attempt = graph.key, 0
        while True:
            spec = self._specs.get(key)
            if spec is None or spec.graph == graph:
                return key, spec
            attempt += 1
            key = hash_text(graph.text, attempt)

    def retrieve(self, key: int) -> KernelSpec:
        """What is registered under a key.

        Raises:
            UnknownFusionError: nothing is.
        """
        spec = self._specs.get(key)
        if spec is None:
            raise UnknownFusionError(key)
        return spec

    def run(self, key: int, stack: Stack) -> None:
        """Run a graph on the end of a stack: fused, or else call by call."""
        if not self.run_fusion(key, stack):
            self.run_fallback(key, stack)

    def run_fusion(self, key: int, stack: Stack) -> bool:
        """Run a graph by a compiled kernel.

        Args:
            key: the graph's.
            stack: its last items are the inputs; the outputs take their place.

        Returns:
            Whether there is a kernel for these inputs. If not, the stack is as it was,
            and the `why_not` of the graph's spec says why.

        Raises:
            UnknownFusionError: no graph has this key.
        """
        spec = self.retrieve(key)
        arguments = spec.arguments(stack)
        try:
            outputs = self._fuse(spec, arguments)
        except CannotFuse as error:
            spec.why_not = error.reason
            return False
        spec.replace(stack, outputs)
        spec.count_fused()
        return True

    def _fuse(self, spec: KernelSpec, arguments: Sequence[object]) -> Sequence[object]:
        if not self.enabled:
            raise CannotFuse("fusing is disabled")
        reason = self._why_not(arguments) if self._why_not else None
        if reason is not None:
            raise CannotFuse(reason)
        reasons = []
        for compiler in self._compilers:
            try:
                description = compiler.describe(arguments)
                return spec.kernel(compiler, description)(arguments)
            except CannotFuse as error:
                reasons.append(error.reason)
        raise CannotFuse("; ".join(reasons) or "there is no compiler")

    def run_fallback(self, key: int, stack: Stack) -> None:
        """Make the calls of a graph one by one.

        Args:
            key: the graph's.
            stack: its last items are the inputs; the outputs take their place. If a call
                raises, the stack is as it was.

        Raises:
            UnknownFusionError: no graph has this key.
        """
        spec = self.retrieve(key)
        values = spec.arguments(stack)
        graph = spec.graph
        values += [None] * (graph.n_values - graph.n_inputs)
        for node, last_used in zip(graph.nodes, graph.last_used, strict=True):
            # Names are resolved in every run: an operator may be defined anew.
            operator = self._primitives.get(node.operator)
            if operator is None:
                operator = self._resolve(node.operator)
            args = [_filled(argument, values) for argument in node.args]
            kwargs = {
                name: _filled(argument, values)
                for name, argument in node.kwargs.items()
            }
            _keep(node, operator(*args, **kwargs), values)
            for number in last_used:
                values[number] = None
        spec.replace(stack, [_filled(output, values) for output in graph.outputs])
        spec.count_fallback()


def _filled(argument: object, values: Sequence[object]) -> object:
    """An argument with what its values are now."""
    if isinstance(argument, Value):
        return values[number_of(argument)]
    if isinstance(argument, tuple):
        return [_filled(item, values) for item in argument]
    return argument


def _keep(node: Node, returned: object, values: list[object]) -> None:
    """Store what a call returned as its results."""
    results = node.results
    if len(results) == 1:
        values[number_of(results[0])] = returned
    elif results:
        if not isinstance(returned, (tuple, list)) or len(returned) != len(results):
            raise RuntimeError(
                f"{node.operator} returned {_count(returned)} in a fused graph that"
                f" takes {len(results)} results of it"
            )
        for value, item in zip(results, returned, strict=True):
            values[number_of(value)] = item


def _count(returned: object) -> str:
    if isinstance(returned, (tuple, list)):
        return f"{len(returned)} results"
    return f"one {type(returned).__name__}"
