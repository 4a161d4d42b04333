"""The resolved dispatcher: immutable, every number and set computed once.

Nothing here is a reference by name that could dangle; views, checks and explanations
read this and never the declarations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from types import MappingProxyType

from codegen.located import LocatedStr
from codegen.model_backend_files import BackendFile
from codegen.model_c10 import C10Options
from codegen.model_torch import TorchOptions
from codegen.runtime.python.layout import Layout
from codegen.runtime.python.registration import Fallback, Kernel
from codegen.runtime.python.rules import Ambiguity
from codegen.runtime.python.table import (
    Step,
    TableEntry,
    TableRules,
    compute_table,
    evaluate,
)
from codegen.source import Span
from codegen.terms import Term


class KeyKind(Enum):
    """What a value of the key enum is."""

    UNDEFINED = "undefined"
    FUNCTIONALITY = "functionality"
    PER_BACKEND = "per-backend functionality"
    RUNTIME = "runtime"
    ALIAS = "alias"
    PLACEHOLDER = "placeholder"


@dataclass(frozen=True, slots=True)
class Backend:
    """A backend component.

    Attributes:
        name: as declared.
        value: its value in the backend enum; bit `value - 1` of a keyset.
        tags: its own line's group memberships.
        span: its line.
    """

    name: str
    value: int
    tags: Mapping[str, bool | int]
    span: Span


@dataclass(frozen=True, slots=True)
class Key:
    """One enumerator that has a value of its own.

    Attributes:
        name: c10's spelling.
        value: its value in the key enum.
        kind: what it is.
        text: what a message calls it; differs from the name for a placeholder.
        mask: its bits in a keyset; 0 for the undefined key and alias keys.
        functionality: name of its functionality key, for a runtime key of one.
        backend: name of its backend, likewise.
        family: the declaration that makes a key like this one for each of several
            backends: a per-backend functionality, or one with `for_each`.
        member: the backend that this one of the family is for.
        slot: index of its table slot, None if it has none.
        span: the declaration that it follows from.
    """

    name: str
    value: int
    kind: KeyKind
    text: str
    mask: int
    functionality: str | None
    backend: str | None
    family: str | None
    member: str | None
    slot: int | None
    span: Span


class KeyTable(Mapping[str, Key]):
    """Keys by name, ascending value. Second names are found, but not listed."""

    def __init__(
        self, keys: Mapping[str, Key], second_names: Mapping[str, str]
    ) -> None:
        self._keys = dict(keys)
        self._second_names = dict(second_names)

    def __getitem__(self, name: str) -> Key:
        return self._keys[self._second_names.get(name, name)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


@dataclass(frozen=True, slots=True)
class Keyset:
    """A keyset constant.

    Attributes:
        name: of the constant.
        raw: its bits.
        expression: as declared.
        term: the same with every name looked up.
        doc: what it is for.
        span: its declaration.
    """

    name: str
    raw: int
    expression: str
    term: Term
    doc: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Alias:
    """An alias key.

    Attributes:
        name: of the key.
        raw: the keyset that it stands for.
        reason: the reason word of a slot that it fills.
        undefined: whether it fills the undefined key's slot too.
        keyset: the constant that `keys` of its declaration is, if it is just one.
        term: `keys` with every name looked up.
        yields_to_aliases: the alias keys whose kernels keep it out of every slot.
        yields_to_backends_of: the function from a slot's key to the keys whose kernels
            keep it out.
        ambiguity: where it is ambiguous, with what, and what the slot then holds.
        span: its declaration.
    """

    name: str
    raw: int
    reason: str
    undefined: bool
    keyset: str | None
    term: Term
    yields_to_aliases: tuple[str, ...]
    yields_to_backends_of: str | None
    ambiguity: Ambiguity | None
    span: Span


@dataclass(frozen=True, slots=True)
class BackendFunction:
    """A function from backends to keysets or keys.

    Attributes:
        name: as declared, c10's camelCase.
        keysets: results by backend, as keysets; None if it returns keys.
        keys: results by backend, as key names; None if it returns keysets.
        default_raw, default_key: the result for every other backend.
        terms, default_term: the keysets again, as expressions.
    """

    name: str
    doc: str | None
    keysets: Mapping[str, int] | None
    keys: Mapping[str, str] | None
    default_raw: int
    terms: Mapping[str, Term]
    default_term: Term
    default_key: str
    span: Span


@dataclass(frozen=True, slots=True)
class KeyFunction:
    """A function from keys to keysets; `default` is for keys without a case.

    `terms` and `default_term` are the same keysets, as expressions; `inverse_of` is the
    function of backends that it is declared to lead back from.
    """

    name: str
    doc: str | None
    cases: Mapping[str, int]
    default: int
    terms: Mapping[str, Term]
    default_term: Term
    inverse_of: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class KeyPredicate:
    """Whether a keyset holds a key; `but_not` are keys that do not count."""

    name: str
    doc: str | None
    raw: int
    term: Term
    keyset: str | None
    but_not: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class KeysetFunction:
    """The highest key of part of a keyset.

    Attributes:
        keep: the bits that can stay.
        expression: as declared, `keyset` being the argument.
        term: the same with every name looked up.
    """

    name: str
    doc: str | None
    keep: int
    expression: str
    term: Term
    span: Span


Function = BackendFunction | KeyFunction | KeyPredicate | KeysetFunction


@dataclass(frozen=True, slots=True)
class Guard:
    """How a guard, or a mode while it is active, changes the thread's sets.

    Attributes:
        include, exclude: bits that are added to the sets.
        stop_including, stop_excluding: bits that are taken from them.
    """

    name: str
    include: int
    exclude: int
    stop_including: int
    stop_excluding: int
    doc: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class KeyFallback:
    """The backend fallback of a runtime key, and its declaration.

    Attributes:
        spec: what it does.
        variants: what it does in each build variant, where it differs there.
        pattern: the entry of its `keys`, which may stand for each member of a group.
        span: that entry.
        kernel_span: where its kernel is named, if it names one; else that entry too.
    """

    spec: Fallback
    variants: Mapping[str, Fallback]
    pattern: str
    span: Span
    kernel_span: Span


@dataclass(frozen=True, slots=True)
class BuildVariant:
    """A build variant, of which the model may be one.

    Attributes:
        name: as declared.
        includes: it and the variants whose fallbacks hold in it too, nearest first.
        table_keys: names of the only runtime keys with a table slot, in slot order;
            None if all of them have one.
        macro: what a C++ build of it defines.
        span: its declaration.
    """

    name: str
    includes: tuple[str, ...]
    table_keys: tuple[str, ...] | None
    macro: str
    span: Span


@dataclass(frozen=True, slots=True)
class CppType:
    """The C++ type that stands for a type of operator schemas.

    Attributes:
        name: as C++ spells it.
        header: what declares it, None if nothing needs to be included; in quotes
            unless it stands in `<>`.
        by_value: whether kernels take it by value, not by reference.
        element: what it is as an element of a list that a kernel takes.
    """

    name: str
    header: str | None
    by_value: bool
    element: str


@dataclass(frozen=True, slots=True)
class CppOptions:
    """How the C++ project is written.

    Attributes:
        namespace: of all that is generated.
        include: the folder of the headers, as `#include` names it.
        package: what CMake calls the project.
        macro_prefix: what the names of its macros begin with.
        types: C++ types that are declared, by type of operator schemas.
        value: the type of a boxed value, None for that of the support code.
        is_static: whether tables of operators are constants.
        kernels_header: declares the kernels; None if prototypes are generated.
        kernels_namespace: what their names are below; None for one of the project's.
        shards: over how many sources the registrations of a key are spread.
        span: the declaration of these, or of the dispatcher's name.
    """

    namespace: str
    include: str
    package: str
    macro_prefix: str
    types: Mapping[str, CppType]
    value: CppType | None
    is_static: bool
    kernels_header: str | None
    kernels_namespace: str | None
    shards: int
    span: Span


@dataclass(frozen=True, slots=True)
class ForeignType:
    """A class of somebody else whose objects are tensors.

    Attributes:
        name: `module:Class`.
        raw: the keyset of its objects.
        expression: as declared.
        span: its declaration.
    """

    name: str
    raw: int
    expression: str
    span: Span


@dataclass(frozen=True, slots=True)
class NameList:
    """A list of names that somebody keeps elsewhere.

    Attributes:
        name: of the list.
        names: what it holds.
        expected: what it should hold: the names declared with it or in its base.
        unknown: what it holds and nothing declares, with the places and what is close.
        doc: whose list it is.
        span: its declaration.
    """

    name: str
    names: frozenset[str]
    expected: tuple[str, ...]
    unknown: tuple[tuple[str, Span, str | None], ...]
    doc: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Structured:
    """How an operator takes part in structured kernels.

    Attributes:
        out: the operator that the kernels are declared for; its own name if it is that.
        functional: the operator of the group that writes to none of its arguments, None
            if none is declared.
        keys: those whose kernels are structured.
        implied: those that have a kernel though none is declared.
        precomputed: what kernels get in place of arguments, as declared.
    """

    out: str
    functional: str | None
    keys: frozenset[str]
    implied: frozenset[str]
    precomputed: tuple[LocatedStr, ...]


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator and the kernels declared for it.

    Attributes:
        name: with namespace and overload, `ns::name.overload`.
        schema: the text after the namespace.
        kernels: what is registered, by key name, in the order of key values.
        kernel_spans: the declaration of each of them.
        tags: as declared.
        fake_module: the Python module that holds its fake kernel, None if none does.
        const_written: whether C++ kernels take what it writes to by const reference.
        structured: its part in structured kernels, None if it has none.
        span: its `func`.
        device_guard: whether its kernels can run under a device guard.
        one_device: whether all of its tensors have to be on one device.
        registered_by_hand: whether nothing is to be registered for it.
    """

    name: str
    schema: str
    kernels: Mapping[str, str]
    kernel_spans: Mapping[str, Span]
    tags: tuple[str, ...]
    fake_module: str | None
    const_written: bool
    structured: Structured | None
    span: Span
    device_guard: bool = True
    one_device: bool = True
    registered_by_hand: bool = False

    @property
    def packet(self) -> str:
        """The name that all overloads share."""
        return self.name.partition(".")[0]


@dataclass(frozen=True)
class Model:
    """A whole dispatcher.

    Attributes:
        name: of the dispatcher.
        variant: the build variant that was resolved, None for the plain build.
        files: how generated files call each declaration file, by the path that
            diagnostics show.
        default_alias: the alias key of operators' kernels that name no key, None if
            there is none.
        keyset_attribute: the attribute of a tensor that holds its keyset.
        dispatch_method: the method by which modes and subclasses take part in a call.
        cpp: how the C++ project is written.
        torch: the extension of PyTorch, None if these are not PyTorch's declarations.
        span: the declaration of the dispatcher's name.
        variants: build variants by name, each before those that it includes.
        layout: the numbering.
        undefined: name of the undefined key.
        backends: by name, lowest bit first.
        keys: by name, placeholders too.
        aliases_of_keys: second names of keys, by name: placeholders that end a range,
            and legacy names.
        legacy_names: those of them that are declared.
        groups: members of each group, in its order.
        keysets: by name, in order of declaration.
        aliases: alias keys, lowest precedence first.
        functions, guards, modes: by name.
        tls: the sets that a fresh thread includes and excludes.
        types: classes of others that are tensors, by `module:Class`.
        fallbacks: by runtime key, in slot order.
        operators: by name; those of one name together, in the order of declaration.
        left_out: by name: what a selection leaves out, and what is left delegates to.
        name_lists: by name.
        rules: what the table computation reads.
        backend_files: the C++ classes with kernels that backend files describe.
    """

    name: str
    variant: str | None
    files: Mapping[str, str] = field(repr=False)
    default_alias: str | None
    keyset_attribute: str
    dispatch_method: str
    cpp: CppOptions = field(repr=False)
    torch: TorchOptions | None = field(repr=False)
    c10: C10Options = field(repr=False)
    span: Span = field(repr=False)
    variants: Mapping[str, BuildVariant] = field(repr=False)
    layout: Layout = field(repr=False)
    undefined: str
    backends: Mapping[str, Backend] = field(repr=False)
    keys: Mapping[str, Key] = field(repr=False)
    aliases_of_keys: Mapping[str, str] = field(repr=False)
    legacy_names: Mapping[str, str] = field(repr=False)
    groups: Mapping[str, tuple[str, ...]] = field(repr=False)
    keysets: Mapping[str, Keyset] = field(repr=False)
    aliases: Mapping[str, Alias] = field(repr=False)
    functions: Mapping[str, Function] = field(repr=False)
    guards: Mapping[str, Guard] = field(repr=False)
    modes: Mapping[str, Guard] = field(repr=False)
    tls: Guard = field(repr=False)
    types: Mapping[str, ForeignType] = field(repr=False)
    fallbacks: Mapping[str, KeyFallback] = field(repr=False)
    operators: Mapping[str, Operator] = field(repr=False)
    name_lists: Mapping[str, NameList] = field(repr=False)
    rules: TableRules = field(repr=False)
    left_out: Mapping[str, Operator] = field(
        default_factory=lambda: MappingProxyType({}), repr=False
    )

    backend_files: tuple[BackendFile, ...] = field(default=(), repr=False)

    def out_variant(self, structured: Structured) -> Operator:
        """The operator that structured kernels are declared for, selected or not."""
        return self.operators.get(structured.out) or self.left_out[structured.out]

    @cached_property
    def runtime_keys(self) -> tuple[Key, ...]:
        """The keys that have a table slot, in slot order."""
        return tuple(self.keys_by_value[value] for value in self.layout.slot_keys)

    @cached_property
    def keys_by_value(self) -> Mapping[int, Key]:
        return MappingProxyType({key.value: key for key in self.keys.values()})

    @cached_property
    def registrable(self) -> frozenset[str]:
        """The keys that a kernel can be registered for."""
        return frozenset(
            key.name
            for key in self.keys.values()
            if key.kind not in (KeyKind.PLACEHOLDER, KeyKind.UNDEFINED)
        )

    @cached_property
    def kernels_by_key(self) -> Mapping[str, tuple[Kernel, ...]]:
        """The kernels declared for each key, by operator name."""
        found: dict[str, list[Kernel]] = {}
        for operator in self.operators.values():
            for key, kernel in operator.kernels.items():
                found.setdefault(key, []).append(Kernel(operator.name, key, kernel))
        return {key: tuple(kernels) for key, kernels in found.items()}

    def dispatch_table(self, registrations: Mapping[str, str]) -> dict[str, TableEntry]:
        """The table of an operator with these kernels, in slot order.

        Args:
            registrations: kernel names by runtime or alias key name.

        Returns:
            Kernel and reason by runtime key name, without the slots that stay empty.

        Raises:
            KeyError: for a name that no kernel can be registered for.
        """
        unknown = sorted(registrations.keys() - self.registrable)
        if unknown:
            names = ", ".join(unknown)
            raise KeyError(f"no kernel can be registered for: {names}")
        return compute_table(self.rules, registrations)

    def operator_table(self, name: str) -> dict[str, TableEntry]:
        """The table of a declared operator."""
        return compute_table(self.rules, self.operators[name].kernels)

    def why(self, registrations: Mapping[str, str], slot: str) -> Iterator[Step]:
        """The rules tried for one slot, up to the one that decided it."""
        return evaluate(self.rules, registrations, slot)

    def keys_in(self, raw: int) -> tuple[Key, ...]:
        """The functionality keys of a set, lowest priority first."""
        shift = self.layout.num_backends - 1
        return tuple(k for k in self._with_bits if raw >> (shift + k.value) & 1)

    @cached_property
    def _with_bits(self) -> tuple[Key, ...]:
        kinds = (KeyKind.FUNCTIONALITY, KeyKind.PER_BACKEND)
        return tuple(key for key in self.keys.values() if key.kind in kinds)

    def backends_in(self, raw: int) -> tuple[Backend, ...]:
        """The backends of a set, lowest bit first."""
        return tuple(b for b in self.backends.values() if raw >> (b.value - 1) & 1)

    def members(self, raw: int) -> tuple[str, ...]:
        """What a set is made of: runtime key, functionality keys or backends."""
        return tuple(k.name for k in self.keys_in(raw)) + tuple(
            b.name for b in self.backends_in(raw)
        )
