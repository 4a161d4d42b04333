"""An operator: its kernels, the slots of its table, and which kernel a call reaches.

Mirrors `aten/src/ATen/core/dispatch/OperatorEntry.h` and `DispatchKeyExtractor.h`.

Note [Call caches]. Everything that decides a call but its arguments' keysets and the sets
of its thread is decided once: an operator keeps, for each `Tls`, a dict from raw keyset to
what is called with the arguments. Registrations, hooks and observers clear the caches that
they could change. Filling, clearing and registering happen under one lock, so no entry can
be older than the registrations that it was made from. A call that finds an entry takes no
lock.

Note [First keyset]. Most operators are called with one keyset nearly always, and comparing
with it is cheaper than a look into a dict. So their functions know the first keyset they
were called with, and what is called for it. That keyset never changes, since another thread
could read it together with what belongs to the next one; what is called for it does: after
`clear_calls` it is a function that asks again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from .arguments import (
    ArgumentError,
    bind,
    check,
    is_searched,
    mismatch,
    positional_count,
    unexpected,
)
from .callers import Callers
from .context import Tls
from .kernels import Bound, Kernel, UnboundError, copy_of, name_of
from .layout import NO_SLOT
from .schema import FunctionSchema, parse_schema
from .table import FALLBACK_REASON, Outcome, Step, TableRules, evaluate, rules_for

if TYPE_CHECKING:
    from .dispatcher import Dispatcher

_MOST_STATES: Final = 64
"""For how many pairs of sets an operator keeps a cache."""


class Slot(NamedTuple):
    """The content of a slot.

    Attributes:
        kernel: what is in it, None if it is empty.
        reason: the rule that put it there, in PyTorch's words.
    """

    kernel: Kernel | None
    reason: str


class Operator:
    """One overload of an operator.

    Attributes:
        name: with namespace and overload, `ns::name.overload`.
        dispatcher: that it belongs to.
        kernels: what is registered, newest first, by key name.
        tags: as declared.
        python_module: the module that is to be imported for what it lacks, and who
            said so.
        debug: where it was defined; None while only kernels are registered.
    """

    __slots__ = (
        "__weakref__",
        "_after",
        "_callers",
        "_calls",
        "_first",
        "_function",
        "_is_called",
        "_own_rules",
        "_schema",
        "_slots",
        "_table",
        "_text",
        "_version",
        "debug",
        "dispatcher",
        "kernels",
        "name",
        "python_kernels",
        "python_module",
        "tags",
    )

    def __init__(self, name: str, dispatcher: Dispatcher) -> None:
        self.name: Final = name
        self.dispatcher: Final = dispatcher
        self.kernels: dict[str, list[Kernel]] = {}
        self.python_kernels: dict[str, Callable[..., Any]] = {}
        self.tags: tuple[str, ...] = ()
        self.python_module: str | None = None
        self.debug: str | None = None
        self._text: str | None = None
        self._schema: FunctionSchema | None = None
        self._callers: Callers | None = None
        self._function: Any = None
        self._is_called = False
        self._own_rules: tuple[TableRules, Mapping[str, str]] | None = None
        self._version = 0
        self._first: dict[str, int] = {}
        self._slots: dict[str, Slot] = {}
        self._table: dict[int, Bound] = {}
        self._calls: dict[Tls, dict[int, Bound]] = {
            dispatcher.contexts.default: self._table
        }
        self._after: dict[int, Bound] = {}

    def __repr__(self) -> str:
        return f"<Operator {self.name}>"

    # Definition

    @property
    def is_defined(self) -> bool:
        """Whether it has a schema; kernels can be registered before it has."""
        return self._text is not None

    def define(
        self,
        schema: FunctionSchema | str,
        tags: Sequence[str] = (),
        python_module: str | None = None,
        debug: str = "",
    ) -> None:
        self._text = schema if isinstance(schema, str) else str(schema)
        self._schema = None if isinstance(schema, str) else schema
        self.tags = tuple(tags)
        self.python_module = python_module
        self.debug = debug

    def retire(self) -> None:
        """End a definition: its functions only raise from now on; under the lock."""
        self._text = None
        self.kernels = {}
        self.clear()

    @property
    def schema(self) -> FunctionSchema:
        """Its schema.

        Raises:
            RuntimeError: if it has none.
        """
        schema = self._schema
        if schema is None:
            if self._text is None:
                raise RuntimeError(f"there is no operator {self.name}")
            schema = self._schema = parse_schema(self._text)
        return schema

    # Tables

    def registrations(self) -> dict[str, str]:
        """Names of the active kernels by key name."""
        with self.dispatcher.lock:
            return {key: kernels[0].name for key, kernels in self.kernels.items()}

    def _rules(self) -> tuple[TableRules, Mapping[str, str]]:
        """What can decide a slot of it, and the names of its kernels; under the lock."""
        if self._own_rules is None:
            kernels = self.registrations()
            self._own_rules = rules_for(self.dispatcher.rules, kernels), kernels
        return self._own_rules

    def slot(self, key: str) -> Slot:
        """The content of a runtime key's slot."""
        found = self._slots.get(key)
        if found is None:
            found = self._slots[key] = self._evaluate(key)
        return found

    def steps(self, key: str) -> tuple[Step, ...]:
        """The rules tried for a slot, up to the one that decided it."""
        rules = self.dispatcher.rules
        return tuple(evaluate(rules, self.registrations(), key))

    def _evaluate(self, key: str) -> Slot:
        # Kernels may share a name, so the key of the deciding step says which it is.
        *_, last = evaluate(*self._rules(), key)
        if last.entry is None:
            return Slot(None, "")
        if last.outcome is Outcome.AMBIGUOUS:
            kernel: Kernel = self.dispatcher.ambiguous(last)
        elif last.reason == FALLBACK_REASON:
            fallback = self.dispatcher.fallbacks.kernel(last.key)
            assert fallback is not None
            kernel = fallback
        else:
            kernel = self.kernels[last.key][0]
        return Slot(kernel, last.entry.reason)

    def key_name(self, keyset: int) -> str:
        """The runtime key that a keyset dispatches to."""
        return self.dispatcher.key_name(keyset)

    # Calls

    def reach_call(self, keys: int, tls: Tls) -> tuple[Kernel, int]:
        """The kernel of a call and its keyset, from the union of the arguments' keysets.

        Raises:
            NotImplementedError: if the slot is empty.
        """
        layout = self.dispatcher.layout
        keyset = layout.difference(keys | tls.included, tls.excluded)
        return self.reach(self._without_fallthroughs(keyset))

    def _without_fallthroughs(self, keyset: int) -> int:
        """The keyset without the functionalities that fall through on its backend."""
        layout = self.dispatcher.layout
        backends = keyset & layout.full_backend_mask
        bits = keyset >> layout.num_backends
        while bits:
            low = bits & -bits
            bits ^= low
            functionality = low << layout.num_backends
            index = layout.table_index(functionality | backends)
            if index == NO_SLOT:
                continue
            kernel = self.slot(self.dispatcher.slots[index]).kernel
            if kernel is not None and kernel.is_fallthrough:
                keyset ^= functionality
        return keyset

    def reach(self, keyset: int) -> tuple[Kernel, int]:
        """The kernel of a redispatch, and the keyset, which is used as it is.

        Raises:
            NotImplementedError: if the slot is empty.
        """
        index = self.dispatcher.layout.table_index(keyset)
        kernel = None
        if index != NO_SLOT:
            kernel = self.slot(self.dispatcher.slots[index]).kernel
        if kernel is None:
            raise self.dispatcher.missing_kernel(self, keyset, index)
        return kernel, keyset

    def call_keyset(self, values: Sequence[Any]) -> int:
        """The raw keyset that a call with these arguments dispatches by."""
        layout = self.dispatcher.layout
        tls = self.dispatcher.contexts.current().tls
        keys = self.keyset_of(values)
        with self.dispatcher.lock:
            return self._without_fallthroughs(
                layout.difference(keys | tls.included, tls.excluded)
            )

    def bound(self, kernel: Kernel, keyset: int) -> Bound:
        """What calls a kernel of it with a keyset."""
        return self._fill(lambda: kernel.bind(self, keyset), lambda bound: None)

    def bind_call(self, keys: int, tls: Tls) -> Bound:
        """What a call with this union of keysets runs; kept for the next one."""

        def find() -> Bound:
            kernel, keyset = self.reach_call(keys, tls)
            return self.dispatcher.observed(self, keyset, kernel.bind(self, keyset))

        def keep(bound: Bound) -> None:
            if len(self._calls) > _MOST_STATES:
                self.clear_calls()
            self._calls.setdefault(tls, {})[keys] = bound
            if tls is self.dispatcher.contexts.default:
                self._keep_first("first", "first_keys", keys, bound)

        return self._fill(find, keep)

    def bind_redispatch(self, keyset: int) -> Bound:
        """What a redispatch with this keyset runs; kept for the next one."""

        def find() -> Bound:
            kernel, _ = self.reach(keyset)
            bound = kernel.bind(self, keyset)
            return self.dispatcher.observed(self, keyset, bound, redispatch=True)

        def keep(bound: Bound) -> None:
            self._after[keyset] = bound
            self._keep_first("first_after", "first_keyset", keyset, bound)

        return self._fill(find, keep)

    def _keep_first(self, name: str, place: str, keyset: int, bound: Bound) -> None:
        """Remember what is called for the first keyset; see Note [First keyset]."""
        callers = self._callers
        if callers is None or not (
            callers.calls_by_itself
            if name == "first"
            else callers.redispatches_by_itself
        ):
            return
        scope, own = callers.scope, callers.own
        if place not in self._first:
            self._first[place] = keyset
            scope[own[name]] = bound
            scope[own[place]] = keyset
        elif self._first[place] is keyset or self._first[place] == keyset:
            scope[own[name]] = bound

    def _forget_first(self) -> None:
        if self._callers is None:
            return
        scope, own = self._callers.scope, self._callers.own
        if "first_keys" in self._first:
            scope[own["first"]] = self.packed(self._call_again)
        if "first_keyset" in self._first:
            keyset = self._first["first_keyset"]
            scope[own["first_after"]] = self.packed(
                lambda values: self._redispatch_again(keyset, values)
            )

    def _call_again(self, values: tuple[Any, ...]) -> Any:
        args, kwargs = self.unpacked(values)
        return self._resolve(*values)(*args, **kwargs)

    def _redispatch_again(self, keyset: int, values: tuple[Any, ...]) -> Any:
        args, kwargs = self.unpacked(values)
        return self._resolve_after(keyset)(*args, **kwargs)

    def follow(self, keyset: int) -> Bound:
        """What a redispatch that is part of another kernel runs.

        An empty slot is an error of the call then, and not of finding the kernel.
        """
        try:
            kernel, _ = self.reach(keyset)
        except NotImplementedError as error:
            return self.raising(NotImplementedError, str(error))
        bound = kernel.bind(self, keyset)
        return self.dispatcher.observed(self, keyset, bound, redispatch=True)

    def _fill(self, find: Callable[[], Bound], keep: Callable[[Bound], None]) -> Bound:
        while True:
            try:
                with self.dispatcher.lock:
                    version = self._version
                    bound = find()
                    # Binding asks the kernel, an object of users, for its parameters;
                    # what that registers in this thread does not wait for the lock.
                    if version == self._version:
                        keep(bound)
                        return bound
                    continue
            except UnboundError as error:
                kernel = error.kernel
            kernel.load()

    def clear(self) -> None:
        """Forget what depends on registrations; to be called under the lock."""
        self._slots.clear()
        self._own_rules = None
        self.clear_calls()

    def clear_calls(self) -> None:
        """Forget where calls go; to be called under the lock."""
        self._version += 1
        # The functions know this dict, so it is emptied and not replaced.
        self._table.clear()
        self._after.clear()
        self._forget_first()
        default = self.dispatcher.contexts.default
        for tls in [tls for tls in self._calls if tls is not default]:
            # Callers may hold it this very moment.
            self._calls.pop(tls).clear()

    def check_invariants(self) -> None:
        """Compare what is kept with a fresh computation.

        Raises:
            AssertionError: if they differ.
        """
        with self.dispatcher.lock:
            self._own_rules = None
            for key, kept in self._slots.items():
                fresh = self._evaluate(key)
                if kept != fresh:
                    raise AssertionError(f"{self.name}, {key}: {kept} is not {fresh}")
            for key, kernels in self.kernels.items():
                if not kernels:
                    raise AssertionError(f"{self.name}, {key}: no kernel is left")

    # What users call

    @property
    def function(self) -> Any:
        """The function that calls it; the same one until it is defined anew."""
        if self._function is None:
            with self.dispatcher.lock:
                if self._function is None:
                    self._function = self._make_function()
        return self._function

    @property
    def callers(self) -> Callers:
        self.function  # noqa: B018 - makes them
        assert self._callers is not None
        return self._callers

    def _make_function(self) -> Any:
        callers = self._callers = self._make_callers()
        function = callers.call
        schema = self.schema
        namespace, _, base = schema.name.partition("::")
        overload = schema.overload or "default"
        function.__module__ = namespace
        function.__qualname__ = f"{namespace}.{base}.{overload}"
        function.__doc__ = str(schema)
        callers.redispatch.__qualname__ = f"{function.__qualname__}.redispatch"
        function.__dict__.update(
            operator=self,
            overload=overload,
            redispatch=callers.redispatch,
            call_boxed=self.call_boxed,
            callBoxed=self.call_boxed,
            redispatch_boxed=self.redispatch_boxed,
            redispatchBoxed=self.redispatch_boxed,
            schema=schema,
            tags=self.tags,
            name=self.name,
            has_kernel_for=self.has_kernel_for,
            has_kernel_for_dispatch_key=self.has_kernel_for,
            get_kernel=self.get_kernel,
            py_impl=self.py_impl,
        )
        if overload == "default":
            function.__dict__["default"] = function
            function.__dict__["overloads"] = lambda: ["default"]
        return function

    def _make_callers(self) -> Callers:
        dispatcher = self.dispatcher
        return Callers(
            self.schema,
            attribute=dispatcher.keyset_attribute,
            live=dispatcher.contexts.live.cell,
            begin=self._begin,
            begin_redispatch=self._begin_redispatch,
            write=self._write,
            names={
                "after": self._after,
                "calls": self._calls,
                "check": self._check,
                "current": dispatcher.contexts.current,
                "foreign": dispatcher.foreign,
                "first": None,
                "first_after": None,
                "first_keys": self,
                "first_keyset": self,
                "resolve": self._resolve,
                "resolve_after": self._resolve_after,
                "table": self._table,
                "unknown": self._unknown,
                "take": None,
            },
        )

    def renew_callers(self) -> None:
        """Let the functions look for foreign types from now on; under the lock."""
        if self._callers is not None and self._callers.calls_by_itself:
            self._callers.write_call()

    def _begin(
        self, live: object, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """A call of a function without code of its own; see Note [Late code]."""
        is_first, self._is_called = not self._is_called, True
        # Looking at an iterator uses it up, and is to be done once.
        if is_first and not any(hasattr(a, "__next__") for a in args):
            try:
                values = bind(self.schema, args, kwargs)
            except ArgumentError:
                pass  # The function says it in its own words.
            else:
                args, kwargs = self.unpacked(values)
                return self._resolve(*values)(*args, **kwargs)
        self._write_call()
        return self.function(*args, **kwargs)

    def _begin_redispatch(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self._write_redispatch()
        return self.callers.redispatch(*args, **kwargs)

    def _write(self) -> None:
        self._write_call()
        self._write_redispatch()

    def _write_call(self) -> None:
        with self.dispatcher.lock:
            callers = self.callers
            if not callers.calls_by_itself:
                callers.write_call()
                for keys, bound in [*self._table.items()][:1]:
                    self._keep_first("first", "first_keys", keys, bound)

    def _write_redispatch(self) -> None:
        with self.dispatcher.lock:
            callers = self.callers
            if not callers.redispatches_by_itself:
                callers.write_redispatch()
                for keys, bound in [*self._after.items()][:1]:
                    self._keep_first("first_after", "first_keyset", keys, bound)

    def _unknown(self, rest: Mapping[str, Any]) -> None:
        unexpected(self.schema, rest)

    def _check(self, position: int, value: object) -> object:
        return check(self.schema, position, value)

    def _resolve(self, *values: Any) -> Bound:
        """What to call where the caller found nothing."""
        self._check_defined()
        keys = self.keyset_of(values)
        return self.bind_call(keys, self.dispatcher.contexts.current().tls)

    def _keyset_of(self, value: Any) -> int | None:
        try:
            return self.dispatcher.keyset_of(value)
        except ValueError as error:
            raise ValueError(f"{self.name}: {error}") from None

    def _check_defined(self) -> None:
        if not self.is_defined:
            raise RuntimeError(f"{self.name} is not defined any more")

    def _resolve_after(self, keyset: Any) -> Bound:
        self._check_defined()
        raw = self.dispatcher.raw(keyset)
        bound = self._after.get(raw)
        if bound is None:
            bound = self.bind_redispatch(raw)
        return bound

    def keyset_of(self, values: Sequence[Any]) -> int:
        """The union of the tensors' keysets.

        Raises:
            ArgumentError: if something that should be a tensor is none.
        """
        keys = 0
        for position, argument in enumerate(self.schema.arguments):
            value = values[position]
            if argument.is_tensor or (
                argument.is_optional_tensor and value is not None
            ):
                found = self._keyset_of(value)
                if found is None:
                    raise mismatch(self.schema, position, value) from None
                keys = _union(keys, found)
            elif argument.is_tensor_list and value is not None:
                for index, item in enumerate(value):
                    found = 0 if item is None else self._keyset_of(item)
                    if found is None or (
                        item is None and "?[" not in str(argument.type)
                    ):
                        detail = f" (its item {index} is {type(item).__name__})"
                        raise mismatch(self.schema, position, value, detail) from None
                    if is_searched(argument):
                        keys = _union(keys, found)
        return keys

    def tensors(self, values: Sequence[Any]) -> list[Any]:
        """The tensors among all arguments, those in lists too."""
        found = []
        for argument, value in zip(self.schema.arguments, values, strict=True):
            if argument.is_tensor or argument.is_optional_tensor:
                found.append(value)
            elif argument.is_tensor_list and value is not None:
                found.extend(value)
        return [value for value in found if value is not None]

    def packed(self, take: Callable[[tuple[Any, ...]], Any]) -> Bound:
        """A function of its arguments that hands them on as one tuple."""
        packer = self.callers.packer()
        names = {**packer.__globals__}
        names[self.callers.own["take"]] = take
        copied = copy_of(packer, **names)
        copied.__kwdefaults__ = packer.__kwdefaults__
        return copied

    def raising(self, kind: type[Exception], message: str) -> Bound:
        """A function of its arguments that raises an error."""

        def fail(values: tuple[Any, ...]) -> Any:
            raise kind(message)

        return self.packed(fail)

    def unpacked(self, values: Sequence[Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """All arguments as those by position and those by name."""
        arguments = self.schema.arguments
        count = positional_count(self.schema)
        return tuple(values[:count]), {
            argument.name: value
            for argument, value in zip(arguments[count:], values[count:], strict=True)
        }

    def call_boxed(self, stack: list[Any]) -> None:
        """Take the arguments from the end of a stack and put the results there.

        All arguments have to be there, in the order of the schema.
        """
        self._boxed(self.function, (), stack)

    def redispatch_boxed(self, keyset: Any, stack: list[Any]) -> None:
        """The same with the keyset to dispatch by."""
        self._boxed(self.callers.redispatch, (keyset,), stack)

    def _boxed(
        self, function: Callable[..., Any], given: tuple[Any, ...], stack: list[Any]
    ) -> None:
        self._check_defined()
        schema = self.schema
        count = len(schema.arguments)
        if len(stack) < count:
            raise RuntimeError(
                f"{self.name}: the stack holds {len(stack)} of {count} arguments"
            )
        values = stack[len(stack) - count :]
        args, kwargs = self.unpacked(values)
        result = function(*given, *args, **kwargs)
        returned = len(schema.returns)
        results: tuple[Any, ...] = ()
        if returned == 1:
            results = (result,)
        elif isinstance(result, (list, tuple)) and len(result) == returned:
            results = tuple(result)
        elif returned or result is not None:
            raise RuntimeError(
                f"{self.name}: {returned} results are declared, and the kernel returned "
                f"{type(result).__name__}"
            )
        stack[len(stack) - count :] = results

    def has_kernel_for(self, key: Any) -> bool:
        """Whether a kernel is registered for this very key."""
        return self.dispatcher.registrable_name(key) in self.kernels

    def get_kernel(self, key: Any) -> Callable[..., Any]:
        """The kernel in a runtime key's slot, as a function of the keyset and arguments.

        Whatever is registered later, it calls the kernel that is there now.

        Raises:
            NotImplementedError: if the slot is empty.
        """
        dispatcher = self.dispatcher
        name = dispatcher.registrable_name(key)
        if name not in dispatcher.slots:
            raise ValueError(f"{name} is no runtime key, and only these have a slot")
        with dispatcher.lock:
            kernel = self.slot(name).kernel
        if kernel is None:
            mask = dispatcher.raw(dispatcher.numbering.keys[name])
            index = dispatcher.layout.table_index(mask)
            raise dispatcher.missing_kernel(self, mask, index)

        def call(keyset: Any, *args: Any, **kwargs: Any) -> Any:
            return self.bound(kernel, dispatcher.raw(keyset))(*args, **kwargs)

        return call

    def py_impl(self, key: Any) -> Callable[[Any], Any]:
        """A decorator: the function runs while the Python dispatcher is on."""
        name = self.dispatcher.registrable_name(key)

        def register(function: Any) -> Any:
            with self.dispatcher.lock:
                if name in self.python_kernels:
                    raise RuntimeError(
                        f"{self.name} has a Python kernel for {name} already: "
                        f"{name_of(self.python_kernels[name])}"
                    )
                self.python_kernels[name] = function
                self.clear_calls()
            return function

        return register


def _union(keys: int, more: int) -> int:
    """Both; the same object where that is possible, which callers then find sooner."""
    return keys | more if keys and more != keys else more


def table_of(operator: Operator) -> Mapping[str, Slot]:
    """All slots of an operator that hold a kernel, in slot order."""
    with operator.dispatcher.lock:
        slots = {key: operator.slot(key) for key in operator.dispatcher.slots}
    return {key: slot for key, slot in slots.items() if slot.kernel is not None}
