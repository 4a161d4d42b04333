"""All operators, fallbacks and types of one dispatcher, and how they come and go.

Mirrors `aten/src/ATen/core/dispatch/Dispatcher.h`. Registrations of any kind can come in
any order: kernels before their operator, fallbacks after both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from operator import index
from typing import Any, Final

from .context import Change, Contexts
from .guards import TlsChange
from .kernels import Bound, Fallthrough, Kernel, SymbolKernel
from .keyset import KeySet
from .layout import NO_SLOT
from .loading import DeclaredOperators, Registrations, declared_at
from .modes import declared_bits
from .observers import Observers
from .operator import Operator
from .policies import AutogradFallback, policy_kernel
from .registration import FALLTHROUGH
from .registry_lock import RegistryLock
from .schema import FunctionSchema, parse_schema
from .table import Step, TableRules


def _convert(tensor: Any, backend: Any, like: Any) -> Any:
    return tensor.to_backend(backend)


def _copy(destination: Any, source: Any) -> None:
    destination.copy_from(source)


class Dispatcher:
    """A dispatcher, made of what a generated package declares.

    Args:
        package: name of the package.
        keyset_type: the keyset class.
        rules: makes the rules of the table computation, at first use.
        included: what a fresh thread includes.
        excluded: what it excludes.
        keysets: finds a keyset constant by its name.
        registrations: the declared fallbacks.
        operators: the declared operators.
        guards: the sets' changes while a guard of a name is active.
        modes: the sets' changes while a mode of a name is active.
        foreign_types: `module:Class` to the keyset of its instances.
        keyset_attribute: the tensors' attribute that is their raw keyset.
        dispatch_method: the method by which modes and subclasses take part.
        default_alias: the alias key of kernels that are registered for none.

    Attributes:
        contexts: what threads and tasks include and exclude.
        layout: the numbering of its keys.
        lock: held while anything is registered or a cache is filled.
        foreign: keysets of the types that have no keyset of their own.
        autograd: what happens to operators without autograd kernels.
        fallbacks: the backend fallbacks.
        observers: what watches calls.
        convert, copy: how tensors get from backend to backend: see `set_conversion`.
    """

    def __init__(
        self,
        *,
        package: str,
        keyset_type: type[KeySet[Any, Any]],
        rules: Callable[[], TableRules],
        included: KeySet[Any, Any],
        excluded: KeySet[Any, Any],
        keysets: Callable[[str], KeySet[Any, Any]],
        registrations: Registrations,
        operators: DeclaredOperators,
        guards: Mapping[str, TlsChange[Any]],
        modes: Mapping[str, TlsChange[Any]],
        foreign_types: Mapping[str, KeySet[Any, Any]],
        keyset_attribute: str,
        dispatch_method: str,
        default_alias: str | None,
    ) -> None:
        self._package = package
        self._make_rules = rules
        self._keysets = keysets
        self._registrations = registrations
        self._declared = operators
        self._guards = guards
        self._modes = modes
        self._default_alias = default_alias
        self.keyset_type: Final = keyset_type
        numbering = keyset_type()._numbering
        self.numbering: Final = numbering
        self.layout: Final = numbering.layout
        self.keyset_attribute: Final = keyset_attribute
        self.dispatch_method: Final = dispatch_method
        self.contexts: Final = Contexts(included.raw_repr(), excluded.raw_repr())
        self.lock: Final = RegistryLock()
        self.foreign: Final[dict[type, int]] = {}
        self.autograd: Final = AutogradFallback(self)
        self.observers: Final = Observers(self)
        self._changes: dict[tuple[int, str], Change] = {}
        self.convert: Callable[[Any, Any, Any], Any] = _convert
        self.copy: Callable[[Any, Any], None] = _copy
        self._operators: dict[str, Operator] = {}
        # Their names, by what overloads share.
        self._packets: dict[str, list[str]] = {}
        self.fallbacks: Final = Fallbacks(self, registrations)
        self._rules: TableRules | None = None
        self._registered_types: list[tuple[type, int]] = []
        self._declared_types = {
            path: keyset.raw_repr() for path, keyset in foreign_types.items()
        }
        self._listeners: list[Any] = []
        self._defined_namespaces: dict[str, str] = {}
        self._forget: list[Callable[[str], None]] = []
        if self._declared_types:
            # Callers look for foreign types if there are any.
            self.foreign[_NoType] = 0

    # Modes and conversions

    @cached_property
    def mode_bits(self) -> int:
        """What threads include while a dispatch mode is active."""
        return declared_bits(self._registrations.fallbacks, "python", self)

    @cached_property
    def python_dispatcher_bits(self) -> int:
        """What threads include while the Python dispatcher is on."""
        rows = self._registrations.fallbacks
        return declared_bits(rows, "python_dispatcher", self)

    def backend(self, name: str) -> Any:
        """The backend component of a backend's name."""
        return self.numbering.backends[f"{name}Bit"]

    def set_conversion(
        self,
        convert: Callable[[Any, Any, Any], Any],
        copy: Callable[[Any, Any], None],
    ) -> None:
        """Say how tensors get from backend to backend.

        Args:
            convert: takes a tensor, a backend component and a tensor that is like the
                result should be; returns the tensor on that backend.
            copy: takes a tensor and the one whose content it gets.
        """
        self.convert = convert
        self.copy = copy

    # Keys

    @cached_property
    def slots(self) -> tuple[str, ...]:
        """Runtime keys in slot order, the undefined key first."""
        return tuple(self.rules.slots)

    @property
    def rules(self) -> TableRules:
        """What decides tables; its fallbacks are those registered now."""
        rules = self._rules
        if rules is None:
            declared = self._make_rules()
            rules = TableRules(tuple(declared.slots), declared.aliases, self.fallbacks)
            self._rules = rules
        return rules

    def raw(self, keyset: Any) -> int:
        """The integer of a keyset, or of a key's bits.

        Raises:
            TypeError: for anything else.
        """
        if type(keyset) is int:
            return self._in_range(keyset)
        if isinstance(keyset, KeySet):
            return keyset.raw_repr()
        return self.keyset_type(keyset).raw_repr()

    def _in_range(self, raw: int) -> int:
        if not 0 <= raw <= self.layout.full:
            raise ValueError(f"{raw:#x} is no keyset: it has bits that no key has")
        return raw

    def keyset(self, raw: int) -> Any:
        """The keyset with these bits."""
        return self.keyset_type.from_raw_repr(raw)

    def constant(self, name: str) -> int:
        """The raw keyset of a declared constant."""
        return self._keysets(name).raw_repr()

    def guard_change(self, name: str) -> Change:
        """How a declared guard changes the sets of a thread."""
        return self._change(self._guards, name)

    def mode_change(self, name: str) -> Change:
        """How the sets of a thread differ in a declared mode.

        Raises:
            ValueError: if there is no such mode.
        """
        modes = self._modes
        if name not in modes:
            known = ", ".join(modes) or "none"
            raise ValueError(f"there is no mode {name!r}, only {known}")
        return self._change(modes, name)

    def _change(self, table: Mapping[str, TlsChange[Any]], name: str) -> Change:
        found = self._changes.get((id(table), name))
        if found is None:
            change = table[name]
            found = self._changes[id(table), name] = (
                change.include.raw_repr(),
                change.exclude.raw_repr(),
                change.stop_including.raw_repr(),
                change.stop_excluding.raw_repr(),
            )
        return found

    def mode_keyset(self, name: str) -> int:
        """What a declared mode includes."""
        return self.mode_change(name)[0]

    def key_name(self, keyset: int) -> str:
        """The runtime key that a keyset dispatches to."""
        return self.name_of_key(self.layout.highest_key(keyset))

    def name_of_key(self, value: int) -> str:
        name: str = self.numbering.keys(value).name
        return name

    def registrable_name(self, key: Any) -> str:
        """The name of a key that a kernel can be registered for.

        Args:
            key: a key, or its name.

        Raises:
            ValueError: for what is no such key, with close names.
        """
        keys = self.numbering.keys
        if isinstance(key, str):
            found = keys.__members__.get(key)
            if found is None:
                from difflib import get_close_matches

                close = get_close_matches(key, keys.__members__, 3)
                hint = f"; did you mean {' or '.join(close)}?" if close else ""
                raise ValueError(f"there is no dispatch key {key!r}{hint}")
            key = found
        if not isinstance(key, keys):
            raise TypeError(f"{key!r} is no dispatch key")
        if key == 0 or (key not in self._registrable):
            raise ValueError(f"no kernel can be registered for {key.name}")
        name: str = key.name
        return name

    @cached_property
    def _registrable(self) -> frozenset[int]:
        layout = self.layout
        aliases = range(
            layout.end_of_runtime + 1,
            layout.end_of_runtime + 1 + layout.num_alias_keys,
        )
        functionality = range(1, layout.num_functionality_keys + 1)
        return frozenset({*layout.slot_keys, *aliases, *functionality})

    # Tensors

    def keyset_of(self, value: Any) -> int | None:
        """The raw keyset of a tensor, None if it is none."""
        # In the order of the callers, so that it never depends on what they found before.
        found = self.foreign.get(type(value))
        if found is not None:
            return found
        keys = getattr(value, self.keyset_attribute, None)
        try:
            raw = index(keys)  # type: ignore[arg-type]
        except TypeError:
            return self._foreign_keyset(type(value)) if self.foreign else None
        return self._in_range(raw)

    def _foreign_keyset(self, kind: type) -> int | None:
        """The keyset of a class that is, or derives from, a registered one."""
        with self.lock:
            for base in kind.__mro__:
                found = self.foreign.get(base)
                if found is None:
                    # Declared by name, so that nobody has to import it.
                    path = f"{base.__module__}:{base.__qualname__}"
                    found = self._declared_types.get(path)
                if found is not None:
                    self.foreign[kind] = found
                    return found
        return None

    def register_type(self, kind: type, keyset: Any) -> None:
        """Let instances of a class, and of its subclasses, be tensors.

        Args:
            kind: the class.
            keyset: a key, several, or a keyset: the same for all instances.
        """
        raw = self.raw(keyset)
        with self.lock:
            first = not self.foreign
            self._registered_types.append((kind, raw))
            self.foreign.update(self._registered_types)
            # What was found to derive from another class is looked up again.
            own = {_NoType, *(one for one, _ in self._registered_types)}
            for found in self.foreign.keys() - own:
                del self.foreign[found]
            if first:
                for operator in self._operators.values():
                    operator.renew_callers()

    # Operators

    def find(self, name: str) -> Operator | None:
        """The operator of a name, `ns::name.overload`, if it is defined."""
        operator = self._operators.get(name)
        if operator is None and name in self._declared:
            with self.lock:
                operator = self._entry(name)
        return operator if operator is not None and operator.is_defined else None

    def loaded(self, name: str) -> Operator | None:
        """The operator of a name if it is made; declared ones are made at first use."""
        return self._operators.get(name)

    def _entry(self, name: str) -> Operator:
        """The operator of a name, defined or not; under the lock."""
        operator = self._operators.get(name)
        if operator is not None:
            return operator
        operator = Operator(name, self)
        declared = self._declared.get(name)
        if declared is not None:
            for key, kernel in declared.kernels.items():
                operator.kernels[key] = [self.declared_kernel(name, key, kernel)]
            namespace = name.partition("::")[0]
            operator.define(
                f"{namespace}::{declared.schema}",
                declared.tags,
                declared.fake_module,
                "declared",
            )
        # Last: `find` looks without the lock, and must not see half of it.
        self._add(operator)
        return operator

    def _add(self, operator: Operator) -> None:
        name = operator.name
        self._packets.setdefault(name.partition(".")[0], []).append(name)
        self._operators[name] = operator

    def _remove(self, name: str) -> None:
        del self._operators[name]
        self._packets[name.partition(".")[0]].remove(name)

    def kernels_of(self, name: str, key: str) -> list[Kernel]:
        """What is registered for a key of an operator, defined or not, newest first."""
        self.find(name)
        operator = self._operators.get(name)
        return operator.kernels.get(key, []) if operator else []

    def declared_kernel(self, operator: str, key: str, name: str) -> Kernel:
        """The kernel that is declared by name for a key of an operator."""
        if name == FALLTHROUGH:
            return Fallthrough(name, "declared")
        place = partial(self.declared_place, operator, key)
        return SymbolKernel(name, key, place, "declared")

    def declared_place(self, operator: str | None, key: str) -> str | None:
        """Where a kernel is declared, `file:line`, if that is known."""
        return declared_at(self._package, operator, key)

    @property
    def default_alias(self) -> str:
        """The alias key of kernels that are registered for none.

        Raises:
            RuntimeError: if none is declared.
        """
        alias = self._default_alias
        if alias is None:
            raise RuntimeError("name a dispatch key: no default is declared")
        return alias

    def function(self, name: str) -> Any:
        """The function that calls an operator.

        Raises:
            KeyError: if there is none of that name.
        """
        operator = self.find(name.removesuffix(".default"))
        if operator is None:
            raise KeyError(f"there is no operator {name}")
        return operator.function

    def operator_names(self) -> list[str]:
        """The names of all defined operators, sorted."""
        with self.lock:
            dynamic = [n for n, o in self._operators.items() if o.is_defined]
            return sorted({*dynamic, *self._declared})

    def overloads(self, packet: str) -> list[str]:
        """The names of the defined operators `packet` and `packet.*`, first come first.

        Declared ones come before those defined at run time.
        """
        declared = list(self._declared.overloads(packet))
        with self.lock:
            dynamic = [
                name
                for name in self._packets.get(packet, ())
                if self._operators[name].is_defined and name not in declared
            ]
        return declared + dynamic

    def namespaces(self) -> set[str]:
        with self.lock:
            defined = [n for n, o in self._operators.items() if o.is_defined]
        return {n.partition("::")[0] for n in defined} | {*self._declared.namespaces}

    # Registration; each returns what takes it back

    def register_namespace(self, namespace: str, debug: str) -> Callable[[], None]:
        with self.lock:
            known = self._defined_namespaces.get(namespace)
            if known is None and namespace in self._declared.namespaces:
                known = "the declarations"
            if known is not None:
                raise RuntimeError(
                    f"only one DEF library can define namespace {namespace!r}, and "
                    f"there is one already: {known}; use FRAGMENT to add to it"
                )
            self._defined_namespaces[namespace] = debug

        def undo() -> None:
            with self.lock:
                self._defined_namespaces.pop(namespace, None)

        return undo

    def register_operator(
        self,
        schema: FunctionSchema,
        tags: Iterable[str] = (),
        python_module: str | None = None,
        debug: str = "",
    ) -> Callable[[], None]:
        """Define an operator.

        Raises:
            RuntimeError: if it is defined already.
        """
        name = schema.operator_name
        with self.lock:
            operator = self._entry(name)
            if operator.is_defined:
                raise RuntimeError(
                    f"{name} is defined already, {operator.debug}; an operator's name "
                    "and overload can be defined once: give it another overload name"
                )
            operator.define(schema, tuple(tags), python_module, debug)
            operator.clear()
            self._changed(name)
            listeners = list(self._listeners)

        def undo() -> None:
            with self.lock:
                # Kernels wait for another definition; functions of this one end.
                kernels = operator.kernels
                operator.retire()
                self._remove(name)
                if kernels:
                    waiting = Operator(name, self)
                    waiting.kernels = kernels
                    self._add(waiting)
                self._changed(name)
                listeners = list(self._listeners)
            for listener in listeners:
                listener.on_operator_deregistered(operator)

        try:
            for listener in listeners:
                listener.on_operator_registered(operator)
        except BaseException:
            undo()
            raise
        return undo

    def register_kernel(
        self, operator_name: str, key: str, kernel: Kernel
    ) -> Callable[[], None]:
        """Register a kernel; the newest one of a key is the active one."""
        with self.lock:
            operator = self._entry(operator_name)
            operator.kernels.setdefault(key, []).insert(0, kernel)
            operator.clear()

        def undo() -> None:
            with self.lock:
                operator = self._operators[operator_name]
                kernels = operator.kernels[key]
                kernels.remove(kernel)
                if not kernels:
                    del operator.kernels[key]
                operator.clear()
                if not operator.is_defined and not operator.kernels:
                    self._remove(operator_name)

        return undo

    def register_fallback(self, key: str, kernel: Kernel) -> Callable[[], None]:
        """Register the backend fallback of a key.

        One that is declared to be overridable is back when the other one goes.

        Raises:
            RuntimeError: if the key has one that is not.
        """
        with self.lock:
            known = self.fallbacks.kernel(key)
            if known is not None and not self.fallbacks.is_overridable(key):
                raise RuntimeError(
                    f"{key} has a backend fallback already: {known.name}, "
                    f"{known.debug or 'declared'}; a key can have one"
                )
            self.fallbacks.add(key, kernel)
            self._clear()

        def undo() -> None:
            with self.lock:
                self.fallbacks.remove(key, kernel)
                self._clear()

        return undo

    def _clear(self) -> None:
        for operator in self._operators.values():
            operator.clear()

    def _changed(self, name: str) -> None:
        for forget in self._forget:
            forget(name)

    def on_change(self, forget: Callable[[str], None]) -> None:
        """Call back with the name of an operator that comes or goes."""
        self._forget.append(forget)

    def clear_calls(self) -> None:
        """Forget where all calls go, since something that decided it has changed."""
        with self.lock:
            for operator in self._operators.values():
                operator.clear_calls()

    def add_registration_listener(self, listener: Any) -> Callable[[], None]:
        """Tell a listener of every operator that is defined or removed.

        Args:
            listener: has `on_operator_registered(operator)` and
                `on_operator_deregistered(operator)`; it is told at once of those there
                are.

        Returns:
            What ends it.
        """
        with self.lock:
            self._listeners.append(listener)
        for operator in self:
            listener.on_operator_registered(operator)

        def remove() -> None:
            with self.lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return remove

    # Parts of calls

    def observed(
        self, operator: Operator, keyset: int, bound: Bound, redispatch: bool = False
    ) -> Bound:
        """What a call or redispatch runs so that observers see it."""
        if not self.observers.installed:
            return bound
        return self.observers.around(operator, keyset, bound, redispatch)

    def ambiguous(self, step: Step) -> Kernel:
        """What stands where an alias key's kernel would be a guess."""
        return _Ambiguous(step)

    def missing_kernel(self, operator: Operator, keyset: int, slot: int) -> Exception:
        """The error of a call that reaches an empty slot."""
        shown = str(self.keyset(keyset))
        name = self.key_name(keyset)
        lines = [
            f"{operator.name}: there is no kernel for {name}, which {shown} reaches"
        ]
        registered = ", ".join(sorted(operator.kernels)) or "none"
        lines.append(f"kernels are registered for: {registered}")
        if slot == NO_SLOT:
            lines.append(f"{name} has no slot in a dispatch table")
        else:
            lines.append(f"why the slot of {self.slots[slot]} is empty:")
            for step in operator.steps(self.slots[slot]):
                because = f" ({', '.join(step.because)})" if step.because else ""
                lines.append(
                    f"  {step.key} [{step.reason}]: {step.outcome.value}{because}"
                )
        return NotImplementedError("\n".join(lines))

    def check_invariants(self) -> None:
        """Compare all tables with a fresh computation.

        Raises:
            AssertionError: if one differs.
        """
        with self.lock:
            operators = list(self._operators.values())
        for operator in operators:
            operator.check_invariants()

    def parse(self, schema: str, namespace: str) -> FunctionSchema:
        """A schema whose name may leave out the namespace."""
        head = schema.partition("(")[0]
        return parse_schema(schema if "::" in head else f"{namespace}::{schema}")

    def __iter__(self) -> Iterator[Operator]:
        """All defined operators, by name."""
        for name in self.operator_names():
            operator = self.find(name)
            if operator is not None:
                yield operator


class Fallbacks(Mapping[str, str]):
    """The backend fallbacks there are now: names of their kernels by key.

    A declared one is imported when it is first asked for.
    """

    def __init__(self, dispatcher: Dispatcher, declared: Registrations) -> None:
        self._dispatcher = dispatcher
        self._declared = declared
        self._base: dict[str, Kernel | None] = {}
        self._given: dict[str, list[Kernel]] = {}

    def kernel(self, key: str) -> Kernel | None:
        """The kernel of a key's fallback, if it has one."""
        given = self._given.get(key)
        if given:
            return given[0]
        if key not in self._base:
            row = self._declared.fallback(key)
            found = None if row is None else policy_kernel(row, self._dispatcher)
            return self._base.setdefault(key, found)
        return self._base[key]

    def is_overridable(self, key: str) -> bool:
        """Whether a library may replace the fallback that is declared for a key."""
        row = self._declared.fallback(key)
        return row is not None and row.overridable

    def add(self, key: str, kernel: Kernel) -> None:
        """Give a key a fallback, before what it has."""
        self._given.setdefault(key, []).insert(0, kernel)

    def remove(self, key: str, kernel: Kernel) -> None:
        """Take that away again; another one counts then, if there is one."""
        self._given[key].remove(kernel)

    def __getitem__(self, key: str) -> str:
        kernel = self.kernel(key)
        if kernel is None:
            raise KeyError(key)
        return kernel.name

    def __iter__(self) -> Iterator[str]:
        keys = dict.fromkeys((*self._declared.fallback_kernels, *self._given))
        return (key for key in keys if self.kernel(key) is not None)

    def __len__(self) -> int:
        return len(list(iter(self)))


class _NoType:
    """Stands for types that are declared and not imported yet."""


class _Ambiguous(Kernel):
    """Raises: two kinds of kernels would both do, and neither is more direct."""

    __slots__ = ("_step",)

    def __init__(self, step: Step) -> None:
        assert step.entry is not None
        super().__init__(step.entry.kernel)
        self._step = step

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Ambiguous) and other._step == self._step

    def __hash__(self) -> int:
        return hash(self.name)

    def bind(self, operator: Operator, keyset: int) -> Bound:
        step = self._step
        return operator.raising(
            RuntimeError,
            f"{operator.name}: ambiguous at {operator.key_name(keyset)}: the kernel for "
            f"{step.key} would serve it, but there are kernels for "
            f"{', '.join(step.because)} too; register one for "
            f"{operator.key_name(keyset)} itself",
        )
