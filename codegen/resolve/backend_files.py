"""Backend files: which kernels follow from them, as torchgen's `gen_backend_stubs` says.

Note [Kernels of backend files]. An operator under `supported` has a kernel for the backend,
one under `autograd` for the backend's autograd key: a static method of the file's class,
called as the operator is in C++, with `_symint` behind it if `symint` lists the operator.
Of a group of variants (Note [Groups] in `codegen.torchgen.variants`) that lists its
functional one, the in-place and out variants that are not listed get a kernel too, which
copies what the functional kernel computes; not with `use_out_as_primary`. A group cannot
have kernels for both keys. Fields of torchgen's lazy backend are left out, which is a
finding of `lint` and a note of `generate`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from codegen.backend_files import left_out
from codegen.cpp_operator_names import struct_name
from codegen.diagnostics import did_you_mean
from codegen.entries import report_two_kernels
from codegen.located import LocatedStr
from codegen.model import BackendFunction, Operator
from codegen.model import Function as FunctionOfKeys
from codegen.model_backend_files import BackendFile, BackendKernel
from codegen.resolve.keysets import Scope
from codegen.resolve.merge import Declarations
from codegen.resolve.registrable import registrable
from codegen.runtime.python.schema import (
    FunctionSchema,
    ListType,
    OptionalType,
    SimpleType,
    parse_schema,
)
from codegen.schema.backend_files import BackendFileDecl
from codegen.schema.operators import (
    BackendFileRulesDecl,
    OperatorDecl,
    TorchgenRulesDecl,
)
from codegen.source import Span
from codegen.torchgen.function import Function
from codegen.torchgen.registrations import (
    BackendSelectRules,
    cpp_name,
    needs_backend_select,
)
from codegen.torchgen.variants import (
    VariantGroup,
    VariantRules,
    packet_stem,
    variant_groups,
)

_SYMBOLIC: Final = "SymInt"


class Resolved(NamedTuple):
    """Operators with the kernels of backend files, and the files.

    Attributes:
        operators: all of them, by name.
        files: in the order of their paths.
    """

    operators: dict[str, Operator]
    files: tuple[BackendFile, ...]


def resolve_backend_files(
    declared: Declarations,
    operators: dict[str, Operator],
    functions: Mapping[str, FunctionOfKeys],
    scope: Scope,
) -> Resolved:
    """Add the kernels of backend files. Reports DG201, DG202, DG209, DG213, DG220, DG221."""
    if not declared.backend_files:
        return Resolved(operators, ())
    torchgen = declared.operator_rules.torchgen or TorchgenRulesDecl()
    reader = _Reader(declared, torchgen, operators, functions, scope)
    files = [reader.read(file) for file in declared.backend_files]
    operators = dict(operators)
    for file in files:
        for kernel in file.kernels:
            if kernel.is_registered:
                operator = operators[kernel.operator]
                operators[kernel.operator] = _with_kernel(operator, file, kernel, scope)
    return Resolved(operators, tuple(files))


def _with_kernel(
    operator: Operator, file: BackendFile, kernel: BackendKernel, scope: Scope
) -> Operator:
    """An operator with one more kernel. Reports DG213."""
    if kernel.key in operator.kernels:
        other = operator.kernel_spans[kernel.key]
        # A kernel that follows from others gives way to one that is declared.
        if kernel.copies is None:
            report_two_kernels(
                operator.name, kernel.key, kernel.span, other, scope.collector
            )
        return operator
    kernels = {**operator.kernels, kernel.key: file.symbol(kernel)}
    ordered = sorted(kernels, key=lambda key: scope.keys.keys[key].value)
    return replace(
        operator,
        kernels={key: kernels[key] for key in ordered},
        kernel_spans={**operator.kernel_spans, kernel.key: kernel.span},
    )


class _Listed(NamedTuple):
    """An operator that a file lists, and where."""

    operator: Operator
    entry: LocatedStr
    field: str


class _Reader:
    """Reads backend files, given all operators."""

    def __init__(
        self,
        declared: Declarations,
        torchgen: TorchgenRulesDecl,
        operators: Mapping[str, Operator],
        functions: Mapping[str, FunctionOfKeys],
        scope: Scope,
    ) -> None:
        namespace = declared.dispatcher.default_namespace
        self._namespace = None if namespace is None else str(namespace)
        self._rules: BackendFileRulesDecl | None = torchgen.backend_files
        self._variant_rules = _variant_rules(torchgen)
        self._operators = operators
        self._functions = functions
        self._scope = scope
        self._stems: dict[tuple[str, str, bool], list[str]] = {}
        for name in operators:
            self._stems.setdefault(packet_stem(name), []).append(name)
        self._schemas: dict[str, FunctionSchema] = {}

    def read(self, file: BackendFileDecl) -> BackendFile:
        key = next(registrable(file.backend, self._scope), None)
        autograd = None
        if file.autograd and key is not None:
            autograd = self._autograd_key(key, file)
        listed: dict[str, _Listed] = {}
        supported = self._listed(file, "supported", listed)
        of_autograd = self._listed(file, "autograd", listed)
        # Their names are looked at too: a file has all of its errors at once.
        self._listed(file, "full_codegen", listed)
        symbolic = self._symbolic(file, listed)
        self._check_split(supported, of_autograd)
        kernels: list[BackendKernel] = []
        for chosen, one_key in ((supported, key), (of_autograd, autograd)):
            if one_key is not None:
                kernels += self._kernels(chosen, one_key, symbolic)
                if not file.use_out_as_primary:
                    kernels += self._copying(chosen, one_key, symbolic)
        name = str(file.backend) if key is None else key
        rules = self._rules
        return BackendFile(
            key=name,
            autograd_key=autograd,
            namespace=str(file.cpp_namespace),
            class_name=str(file.class_name or f"{name}NativeFunctions"),
            headers=tuple(map(str, file.extra_headers)),
            kernels=tuple(
                sorted(kernels, key=lambda kernel: kernel.copies is not None)
            ),
            has_device_guard=file.device_guard,
            copy_in_place=_text(rules and rules.copy_in_place),
            copy_out=_text(rules and rules.copy_out),
            left_out=tuple(left_out(file)),
            span=file.backend.span,
        )

    # Keys

    def _autograd_key(self, key: str, file: BackendFileDecl) -> str | None:
        """The Autograd key of a backend, which has to be its own. Reports DG201."""
        place = file.autograd[0].span
        if self._rules is None:
            self._no_autograd(key, place, "`operator_rules` name no function for it")
            return None
        name = self._rules.autograd
        function = self._functions.get(name)
        if not isinstance(function, BackendFunction) or function.keys is None:
            of_keys = [
                f.name
                for f in self._functions.values()
                if isinstance(f, BackendFunction) and f.keys is not None
            ]
            self._scope.collector.error(
                "DG201",
                f"there is no function `{name}` from backends to keys",
                name.span,
                help=did_you_mean(name, of_keys),
            )
            return None
        # Of a backend that shares its autograd key with others, it is nobody's own.
        if key in function.keys and function.keys[key] != function.default_key:
            return function.keys[key]
        self._no_autograd(key, place, f"`{name}` has none of its own for it")
        return None

    def _no_autograd(self, key: str, span: Span, why: str) -> None:
        self._scope.collector.error(
            "DG201",
            f"there is no autograd key of `{key}`: {why}",
            span,
            help="remove `autograd`, or declare the operators under `kernels` with the "
            "key that they are for",
        )

    # Operators

    def _listed(
        self, file: BackendFileDecl, field: str, listed: dict[str, _Listed]
    ) -> dict[str, _Listed]:
        """The operators of a list, by name; adds them to those of all lists.

        Reports DG201 and DG202.
        """
        found: dict[str, _Listed] = {}
        for entry in getattr(file, field):
            operator = self._operator(entry)
            if operator is None:
                self._unknown(entry)
                continue
            one = _Listed(operator, entry, field)
            other = listed.setdefault(operator.name, one)
            if other is not one and {field, other.field} != {"supported", "autograd"}:
                self._listed_twice(one, other)
                continue
            found.setdefault(operator.name, one)
        return found

    def _operator(self, entry: LocatedStr) -> Operator | None:
        name = str(entry).strip()
        if "::" not in name and self._namespace is not None:
            name = f"{self._namespace}::{name}"
        return self._operators.get(name)

    def _unknown(self, entry: LocatedStr) -> None:
        prefix = f"{self._namespace}::"
        known: Iterable[str] = self._operators
        if "::" not in entry:
            known = {n.removeprefix(prefix) for n in known if n.startswith(prefix)}
        overloads = sorted(n for n in known if n.partition(".")[0] == entry)
        self._scope.collector.error(
            "DG201",
            f"there is no operator `{entry}`",
            entry.span,
            help=(
                f"name the overload: {_shortened(overloads)}"
                if overloads
                else did_you_mean(entry, known)
                or "declare it, or name the file that has it in `operators`"
            ),
        )

    def _listed_twice(self, one: _Listed, other: _Listed) -> None:
        where = (
            "twice"
            if one.field == other.field
            else f"under `{other.field}` and under `{one.field}`"
        )
        self._scope.collector.error(
            "DG202",
            f"`{one.entry}` is listed {where}",
            one.entry.span,
            related=[("it is first listed here", other.entry.span)],
            help="remove one of them",
        )

    def _symbolic(
        self, file: BackendFileDecl, listed: Mapping[str, _Listed]
    ) -> frozenset[str]:
        """The operators whose kernels keep symbolic sizes. Reports DG201, DG202, DG221."""
        found: dict[str, LocatedStr] = {}
        for entry in file.symint:
            operator = self._operator(entry)
            if operator is None:
                self._unknown(entry)
            elif operator.name in found:
                self._listed_twice(
                    _Listed(operator, entry, "symint"),
                    _Listed(operator, found[operator.name], "symint"),
                )
            elif operator.name not in listed:
                self._not_symbolic(
                    entry,
                    f"`{entry}` has no kernel in this file that could keep symbolic sizes",
                    did_you_mean(entry, [str(o.entry) for o in listed.values()])
                    or "add it to `supported` or `autograd`, or remove it here",
                )
            elif not _has_symbolic(self._schema(operator.name)):
                self._not_symbolic(
                    entry,
                    f"the schema of `{entry}` has no argument of type {_SYMBOLIC}",
                    "remove it: its kernel cannot differ",
                    [("it is declared here", operator.span)],
                )
            else:
                found[operator.name] = entry
        return frozenset(found)

    def _not_symbolic(
        self,
        entry: LocatedStr,
        message: str,
        help: str,
        related: Sequence[tuple[str, Span]] = (),
    ) -> None:
        self._scope.collector.error(
            "DG221", message, entry.span, help=help, related=related
        )

    def _schema(self, name: str) -> FunctionSchema:
        found = self._schemas.get(name)
        if found is None:
            found = self._schemas[name] = parse_schema(self._operators[name].schema)
        return found

    def _makes_tensor(self, name: str) -> bool:
        options = self._variant_rules.options
        rule = BackendSelectRules(key="", options=options)
        return bool(options) and needs_backend_select(self._schema(name), rule)

    # Groups

    def _groups(self, names: Iterable[str]) -> Iterator[VariantGroup]:
        """The groups that hold operators, each once."""
        packets = dict.fromkeys(map(packet_stem, names))
        for packet in packets:
            peers = [self._function(name) for name in self._stems[packet]]
            yield from variant_groups(peers, self._variant_rules)

    def _function(self, name: str) -> Function:
        operator = self._operators[name]
        return Function(
            name=name,
            schema=self._schema(name),
            text=operator.schema,
            kernels={},
            declaration=_NO_ENTRY,
            is_derived=False,
            tags=operator.tags,
            span=operator.span,
        )

    def _check_split(
        self, supported: Mapping[str, _Listed], autograd: Mapping[str, _Listed]
    ) -> None:
        """Report DG220 for variants whose kernels are for different keys."""
        if not autograd:
            return
        reported = {name for name in autograd if name in supported}
        for name in reported:
            self._split(supported[name], autograd[name])
        for group in self._groups([*supported, *autograd]):
            members = [name for name in group if name is not None]
            forward = [supported[name] for name in members if name in supported]
            backward = [autograd[name] for name in members if name in autograd]
            if forward and backward and not reported.intersection(members):
                self._split(forward[0], backward[0])

    def _split(self, forward: _Listed, backward: _Listed) -> None:
        one, other = sorted(
            (forward, backward), key=lambda o: (o.entry.span.line, o.entry.span.column)
        )
        is_one = one.operator is other.operator
        self._scope.collector.error(
            "DG220",
            (
                f"`{other.entry}` is listed under `{one.field}` and `{other.field}`"
                if is_one
                else f"`{other.entry}` is under `{other.field}`, and `{one.entry}`, a "
                f"variant of the same operator, under `{one.field}`"
            ),
            other.entry.span,
            related=[("the other is listed here", one.entry.span)],
            help="list all variants of an operator under one of them",
        )

    # Kernels

    def _kernels(
        self, chosen: Mapping[str, _Listed], key: str, symbolic: frozenset[str]
    ) -> Iterator[BackendKernel]:
        for name, (operator, entry, _) in chosen.items():
            is_symbolic = name in symbolic
            suffix = "_symint" if is_symbolic else ""
            function = f"{cpp_name(self._schema(name))}{suffix}"
            yield self._kernel(operator, key, function, None, is_symbolic, entry.span)

    def _copying(
        self, chosen: Mapping[str, _Listed], key: str, symbolic: frozenset[str]
    ) -> Iterator[BackendKernel]:
        """The kernels of variants that are not listed beside their functional one."""
        rules = self._rules
        for group in self._groups(chosen):
            source = chosen.get(group.functional)
            if source is None or rules is None:
                continue
            for name, copy in (
                (group.out, rules.copy_out),
                (group.inplace, rules.copy_in_place),
            ):
                if name is None or name in chosen or copy is None:
                    continue
                yield self._kernel(
                    self._operators[name],
                    key,
                    f"{struct_name(name, frozenset())}_{key}",
                    group.functional,
                    group.functional in symbolic,
                    source.entry.span,
                )

    def _kernel(
        self,
        operator: Operator,
        key: str,
        function: str,
        copies: str | None,
        is_symbolic: bool,
        span: Span,
    ) -> BackendKernel:
        return BackendKernel(
            operator=operator.name,
            schema=operator.schema,
            key=key,
            function=function,
            copies=copies,
            is_symbolic=is_symbolic,
            makes_tensor=self._makes_tensor(operator.name),
            in_structured_group=operator.structured is not None,
            const_written=operator.const_written,
            device_guard=operator.device_guard,
            one_device=operator.one_device,
            is_registered=not operator.registered_by_hand,
            span=span,
        )


# No rule of groups looks at the entry of a function.
_NO_ENTRY: Final = OperatorDecl.model_construct(func=LocatedStr("", Span("", 1, 1)))


def _variant_rules(torchgen: TorchgenRulesDecl) -> VariantRules:
    """What groups are told apart by."""
    grouped_as = {} if torchgen.variants is None else torchgen.variants.grouped_as
    return VariantRules(
        key="",
        unless="",
        options=tuple((str(o.type), str(o.name)) for o in torchgen.options),
        grouped_as={
            str(name): {str(a): str(b) for a, b in arguments.items()}
            for name, arguments in grouped_as.items()
        },
    )


def _has_symbolic(schema: FunctionSchema) -> bool:
    """Whether an argument is, or holds, a symbolic integer."""
    for argument in schema.arguments:
        type = argument.type
        while isinstance(type, (ListType, OptionalType)):
            type = type.element
        if type == SimpleType(_SYMBOLIC):
            return True
    return False


def _shortened(names: Sequence[str], longest: int = 5) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:longest])
    rest = len(names) - longest
    return f"{shown} and {rest} more" if rest > 0 else shown


def _text(value: object) -> str | None:
    return str(value) if value else None
