"""The machine on the generated C++ dispatcher: `program_runner.cpp`, through two pipes.

A kernel's body runs here, while the runner waits inside of the kernel for commands. What
is bound and converted by Python's callers is done here, by the Python package's own code:
C++ has that at compile time.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path
from typing import Any

import generated as g
from generated._runtime.arguments import bind, positional_count
from generated._runtime.kernels import is_default
from generated._runtime.schema import FunctionSchema, parse_schema
from tests.parity.programs.machine import Body, Machine

# How kernels can be registered; those in the first row don't see the keyset.
PLAIN = ("functor_plain", "pointer_plain", "static_plain")
WITH_KEYS = ("functor", "pointer", "static", "boxed_functor", "boxed_function")


class NotInCpp(BaseException):
    """A program asks for what only Python has."""


class Tensor:
    """Stands for a tensor of the runner."""

    handler = -1

    def __init__(self, place: int, number: int, keys: int) -> None:
        self.place = place
        self.number = number
        self.keys = keys
        self.inner: Tensor | None = None


class Operator:
    """What fallbacks and modes are given: can be called."""

    def __init__(self, machine: CppMachine, name: str) -> None:
        self.machine = machine
        self.name = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.machine.call_function(self.name, args, kwargs)


class _Guard:
    """A guard of the runner, which can be entered again and again.

    Attributes:
        seen: what it has to tell when it ends.
    """

    def __init__(self, machine: CppMachine, words: str) -> None:
        self._machine = machine
        self._words = words
        self._numbers: list[int] = []
        self.seen: list[Any] = []

    def __enter__(self) -> _Guard:
        number = self._machine.next_guard()
        self._machine.ask(f"push {number} {self._words}")
        self._numbers.append(number)
        return self

    def __exit__(self, *error: object) -> None:
        self.seen = self._machine.ask(f"pop {self._numbers.pop()}") or []


class CppMachine(Machine):
    """The generated C++ dispatcher, with the operators of one program.

    Args:
        name: of the program.
        runner: the program that runs it.
        typed: whether operators are called by typed handles, and kernels are of all kinds;
            else everything is boxed.
    """

    def __init__(self, name: str, *, runner: Path, typed: bool = False) -> None:
        super().__init__(name)
        self.typed = typed
        self.commands: list[str] = []
        self._process = subprocess.Popen(
            [runner],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        self._tls = (0, 0)
        self._schemas: dict[str, FunctionSchema] = {}
        self._defined_by: dict[str, list[str]] = {}
        self._libraries: set[str] = set()
        self._kernels: list[tuple[str, Body, bool]] = []
        self._modes: list[Body] = []
        self._classes: list[type[Tensor]] = []
        self._raised: list[BaseException] = []
        self._tensors: list[Tensor] = []
        self._last_guard = count()
        self._turns = count()
        self.ask("tls")
        self.library("main", "DEF")

    # The pipes.

    def next_guard(self) -> int:
        return next(self._last_guard)

    def _send(self, command: str) -> None:
        self.commands.append(command)
        assert self._process.stdin is not None
        self._process.stdin.write(command + "\n")

    def ask(self, command: str) -> Any:
        """Send a command, run the bodies that it leads to, and return its answer."""
        assert self._process.stdout is not None
        self._send(command)
        while True:
            line = self._process.stdout.readline()
            if not line:
                code = self._process.wait()
                raise AssertionError(f"the runner died with {code}")
            answer = json.loads(line)
            self._tls = tuple(answer["tls"])
            if "event" in answer:
                self._run_body(answer)
            elif "error" in answer:
                raise self._error(answer)
            else:
                return answer["ok"]

    def _error(self, answer: dict[str, Any]) -> BaseException:
        kind, text = answer["error"], answer["what"]
        if kind == "raised":
            raised: BaseException = self._raised[answer["id"]]
            return raised
        if kind in ("command", "exception"):
            return AssertionError(f"{self.commands[-1]}: {text}")
        named: dict[str, type[Exception]]
        named = {"NotImplementedError": NotImplementedError, "TypeError": TypeError}
        return named.get(kind, RuntimeError)(text)

    def _run_body(self, event: dict[str, Any]) -> None:
        schema = self._schema_of(event["op"])
        try:
            result = self._body_result(event, schema)
        except BaseException as error:
            if isinstance(error, AssertionError):
                raise
            self._raised.append(error)
            self._send(f"raise {len(self._raised) - 1}")
            return
        if result is NotImplemented:
            self._send("decline")
            return
        returns = schema.returns
        results = (result,) if len(returns) == 1 else result if returns else ()
        words = [
            self._word(value, str(returned.type))
            for value, returned in zip(results, returns, strict=True)
        ]
        self._send(" ".join(["return", *words]))

    def _body_result(self, event: dict[str, Any], schema: FunctionSchema) -> Any:
        values = [self._value(value) for value in event["args"]]
        args, kwargs = self._unpacked(schema, values)
        if event["event"] == "kernel":
            what, body, with_keyset = self._kernels[event["id"]]
            first: list[Any] = [event["keys"]] if with_keyset else []
            assert None not in first
            if what == "fallback":
                first.append(Operator(self, event["op"]))
            return body(*first, *args, **kwargs)
        op = Operator(self, event["op"])
        if event["event"] == "mode":
            return self._modes[event["id"]](
                op, self._classes_among(values), args, kwargs
            )
        types = [self._classes[number] for number in event["handlers"]]
        return self._classes[event["id"]].handle(op, types, args, kwargs)

    def _classes_among(self, values: Sequence[Any]) -> list[type]:
        """The classes of the arguments that take part in calls."""
        found: list[type] = []
        python = self.keys("Python")
        for value in values:
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, Tensor) and one.handler >= 0 and one.keys & python:
                    found += [type(one)] if type(one) not in found else []
        return found

    def _unpacked(
        self, schema: FunctionSchema, values: list[Any]
    ) -> tuple[list[Any], dict[str, Any]]:
        """Arguments as Python's kernels get them: without those of their default value."""
        positions = positional_count(schema)
        end = positions
        while end and is_default(schema.arguments[end - 1], values[end - 1]):
            end -= 1
        named = zip(schema.arguments[positions:], values[positions:], strict=True)
        return values[:end], {
            argument.name: value
            for argument, value in named
            if not is_default(argument, value)
        }

    # Values.

    def _value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return None if value["t"] < 0 else self._tensors[value["t"]]
        return [self._value(one) for one in value] if isinstance(value, list) else value

    def _word(self, value: Any, kind: str) -> str:
        if value is None:
            return "n"
        if isinstance(value, bool):
            return "T" if value else "F"
        if isinstance(value, Tensor):
            return f"t{value.place}"
        if isinstance(value, str):
            return "s" + "".join(
                c if c.isalnum() else f"%{byte:02x}"
                for c in value
                for byte in (c.encode() if not c.isalnum() else b"x")
            )
        if isinstance(value, list | tuple):
            element = kind.removesuffix("?").partition("[")[0]
            kinds = {"Tensor": "t", "Tensor?": "o", "int": "i", "SymInt": "i"}
            kinds |= {"float": "d", "bool": "b", "str": "s"}
            words = [self._word(one, element) for one in value]
            return " ".join([f"[{kinds.get(element, 'v')}", *words, "]"])
        if isinstance(value, float) or kind.startswith("float"):
            return f"d{float(value)!r}"
        if isinstance(value, int):
            return f"i{value}"
        raise NotInCpp(f"a value of {type(value)}")

    # Libraries and registrations.

    def _full(self, op: str) -> str:
        return op if "::" in op else f"{self.namespace}::{op}"

    def library(self, name: str, kind: str = "IMPL", key: str = "") -> None:
        namespace = namespace_of(name, self.namespace)
        self._open(name, kind, namespace, key)

    def _open(self, name: str, kind: str, namespace: str, key: str) -> None:
        self.ask(f"library {name} {kind} {namespace} {key}".rstrip())
        self._libraries.add(name)

    def _library(self, name: str) -> str:
        if name not in self._libraries:
            self.library(name)
        return name

    def drop(self, library: str) -> None:
        self._libraries.remove(library)
        for op in self._defined_by.pop(library, ()):
            self._schemas.pop(op)
        self.ask(f"drop {library}")

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        code = self._process.wait(timeout=60)
        self._process.stdout.close()
        assert code == 0, f"the runner ended with {code}"

    def define(self, schema: str, *, library: str = "main") -> None:
        self.ask(f"define {self._library(library)} {schema}")
        full = self._full(schema.partition("(")[0])
        self._schemas[full] = parse_schema(self._full(schema))
        self._defined_by.setdefault(library, []).append(full)

    def _schema_of(self, full: str) -> FunctionSchema:
        if full not in self._schemas and not full.startswith(self.namespace):
            declared = g.DISPATCHER.find(full)
            assert declared is not None, full
            self._schemas[full] = declared.schema
        if full not in self._schemas:
            raise AttributeError(f"no operator {full}")
        return self._schemas[full]

    def _type(self, full: str) -> str:
        """The types of an operator as the runner knows them."""
        if not self.typed:
            return "boxed"
        if not full.startswith(self.namespace):
            self._schema_of(full)
        if full not in self._schemas:
            return "-"
        schema = self._schemas[full]
        words = [
            ",".join(
                str(one.type).partition("(")[0]
                + ("!" if one.alias is not None and one.alias.is_write else "")
                for one in part
            )
            for part in (schema.arguments, schema.returns)
        ]
        return "->".join(words)

    def _add(self, what: str, kernel: Body, with_keyset: bool) -> int:
        self._kernels.append((what, kernel, with_keyset))
        return len(self._kernels) - 1

    def register(
        self, op: str, key: str, kernel: Body, with_keyset: bool, library: str
    ) -> None:
        place = self._add("impl", kernel, with_keyset)
        full = self._full(op)
        kind = "boxed_functor"
        if self.typed:
            kinds = WITH_KEYS if with_keyset else (*PLAIN, *WITH_KEYS)
            kind = kinds[next(self._turns) % len(kinds)]
        key = key or "-"
        library = self._library(library)
        self.ask(f"impl {library} {full} {key} {place} {kind} {self._type(full)}")

    def fallthrough(self, op: str, key: str, *, library: str = "main") -> None:
        self.ask(f"fallthrough {self._library(library)} {self._full(op)} {key}")

    def register_fallback(
        self, key: str, kernel: Body, with_keyset: bool, library: str
    ) -> None:
        place = self._add("fallback", kernel, with_keyset)
        kind = "boxed_functor"
        if self.typed and next(self._turns) % 2:
            kind = "boxed_function"
        self.ask(f"fallback {self._library(library)} {key} {place} {kind}")

    def fallback_fallthrough(self, key: str, *, library: str = "fallbacks") -> None:
        self.ask(f"fallback_fallthrough {self._library(library)} {key}")

    def register_py(self, op: str, key: str, kernel: Body) -> None:
        place = self._add("py_impl", kernel, False)
        self.ask(f"py_impl {self._full(op)} {key} {place}")

    # Operators.

    def _call(
        self, what: str, op: str, type_: str, args: Sequence[Any], kwargs: Any
    ) -> Any:
        full = self._full(op)
        schema = self._schema_of(full)
        values = [
            self._word(value, str(argument.type))
            for value, argument in zip(
                bind(schema, tuple(args), kwargs), schema.arguments, strict=True
            )
        ]
        if not type_:
            # Declared operators have a function of their own, and handles as all do.
            is_declared = not full.startswith(self.namespace)
            turn = next(self._turns) if self.typed and is_declared else 1
            type_ = self._type(full) if turn % 2 else "declared"
        what = what.format(op=full, type=type_)
        results = [self._value(value) for value in self.ask(" ".join([what, *values]))]
        if not schema.returns:
            return None
        return results[0] if len(schema.returns) == 1 else tuple(results)

    def call_function(self, op: str, args: Sequence[Any], kwargs: Any) -> Any:
        return self._call("call {op} {type}", op, "", args, kwargs)

    def call_boxed(self, op: str, *args: Any) -> Any:
        return self._call("call {op} {type}", op, "boxed", args, {})

    def redispatch_function(
        self, op: str, keyset: int, args: Sequence[Any], kwargs: Any
    ) -> Any:
        what = "redispatch {op} {type} " + str(keyset)
        return self._call(what, op, "", args, kwargs)

    def redispatch_boxed(self, op: str, keyset: int, *args: Any) -> Any:
        what = "redispatch {op} {type} " + str(keyset)
        return self._call(what, op, "boxed", args, {})

    def packet(self, name: str, *args: Any, **kwargs: Any) -> Any:
        raise NotInCpp("overloads are chosen by the compiler")

    def has_kernel(self, op: str, key: str) -> bool:
        return bool(self.ask(f"has_kernel {self._full(op)} {key}"))

    def table(self, op: str) -> dict[str, str]:
        return table_of(self.ask(f"table {self._full(op)}"))

    def operator_name(self, op: Any) -> str:
        return str(op.name).removeprefix(f"{self.namespace}::")

    # Keysets, guards and modes.

    def raw(self, keyset: Any) -> int:
        return int(keyset)

    def tls_sets(self) -> tuple[int, int]:
        return self._tls

    def _guard(self, *words: object) -> _Guard:
        return _Guard(self, " ".join(map(str, words)))

    def include(self, *keys: str) -> AbstractContextManager[Any]:
        return self._guard("include", self.keys(*keys))

    def exclude(self, *keys: str) -> AbstractContextManager[Any]:
        return self._guard("exclude", self.keys(*keys))

    def force(
        self, include: Sequence[str], exclude: Sequence[str]
    ) -> AbstractContextManager[Any]:
        return self._guard("force", self.keys(*include), self.keys(*exclude))

    def preserve(self) -> AbstractContextManager[Any]:
        return self._guard("preserve")

    def below_autograd(self) -> AbstractContextManager[Any]:
        return self._guard("AutoDispatchBelowAutograd")

    def below_inplace_or_view(self) -> AbstractContextManager[Any]:
        return self._guard("AutoDispatchBelowADInplaceOrView")

    def restore_snapshot(self) -> AbstractContextManager[Any]:
        return self._guard("snapshot")

    def python_dispatcher(self) -> AbstractContextManager[Any]:
        return self._guard("python_dispatcher")

    @contextlib.contextmanager
    def autograd_fallback_mode(self, mode: str) -> Iterator[None]:
        self.ask(f"autograd {mode}")
        try:
            yield
        finally:
            self.ask("autograd off")

    @contextlib.contextmanager
    def no_grad(self) -> Iterator[None]:
        self.ask("grad 0")
        try:
            yield
        finally:
            self.ask("grad 1")

    @contextlib.contextmanager
    def observed(self) -> Iterator[None]:
        with self._guard("observer 0") as guard:
            yield
        for event in guard.seen:
            name = event["name"].removeprefix(f"{self.namespace}::").partition(".")[0]
            self.log("observed", name, deeper=event["depth"])

    def make_mode(self, handle: Body) -> AbstractContextManager[Any]:
        self._modes.append(handle)
        return self._guard("mode", len(self._modes) - 1)

    # Tensors.

    def make_subclass(self, name: str, handle: Body, parent: Any) -> type[Any]:
        above = parent or Tensor
        number = self.ask(f"class {above.handler}")
        made = type(name, (above,), {"handler": number, "handle": staticmethod(handle)})
        self._classes.append(made)
        return made

    def make_tensor(
        self,
        number: int,
        kind: str,
        raw: int,
        of: type[Any] | None,
        requires_grad: bool,
    ) -> Any:
        plain = raw & ~self.keys("Python", "PythonTLSSnapshot")
        if of is None:
            return self._make(Tensor, number, plain, requires_grad)
        wrapper = self._make(of, number, raw, requires_grad)
        wrapper.inner = self._make(Tensor, number, plain, False)
        return wrapper

    def _make(self, of: type[Tensor], number: int, raw: int, grad: bool) -> Tensor:
        place = self.ask(f"tensor {raw} {int(grad)} {of.handler}")
        assert place == len(self._tensors)
        self._tensors.append(of(place, number, raw))
        return self._tensors[-1]

    def is_tensor(self, value: Any) -> bool:
        return isinstance(value, Tensor)

    def number_of(self, tensor: Any) -> int:
        return int(tensor.number)

    def subclass_of(self, tensor: Any) -> str:
        return "" if type(tensor) is Tensor else type(tensor).__name__

    def wrapped(self, tensor: Any) -> Any:
        return tensor.inner

    def keyset_of(self, tensor: Any) -> int:
        return int(tensor.keys)

    def requires_grad(self, tensor: Any) -> bool:
        return bool(self.ask(f"requires_grad {tensor.place}"))

    def backward(self, tensor: Any) -> None:
        warnings = self.ask(f"backward {tensor.place}")
        for text in warnings:
            name = text.partition(":")[2].lstrip(":").partition(":")[0]
            self.log(f"backward warned of {name}")
        if not warnings:
            self.log("backward warned of nothing")


def namespace_of(library: str, usual: str) -> str:
    """The namespace of a library, which its name tells: `fallbacks_...`, `in_aten_...`."""
    if library.startswith("in_"):
        return library.split("_")[1]
    return "_" if library.startswith("fallbacks") else usual


def table_of(dump: str) -> dict[str, str]:
    """The reason of each filled slot of a dump, as PyTorch prints it."""
    found = {}
    for line in dump.splitlines():
        slot, _, rest = line.partition(": ")
        kernel, _, reason = rest.removesuffix("]").rpartition(" [")
        skipped = "fallthrough " if kernel == "fallthrough" else ""
        found[slot] = skipped + reason
    return found
