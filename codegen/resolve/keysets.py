"""Evaluates keyset expressions, and the constants that are declared by them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import product
from typing import Final

from codegen.diagnostics import Collector, did_you_mean
from codegen.expressions import (
    ARGUMENT,
    CONSTANTS,
    EMPTY,
    FULL,
    BinaryNode,
    CallNode,
    NameNode,
    Node,
    UnaryNode,
    names_in,
    parse_expression,
)
from codegen.located import LocatedStr
from codegen.model import Key, KeyKind, Keyset
from codegen.resolve.groups import Groups, unknown_group
from codegen.resolve.keys import Keys
from codegen.resolve.merge import declared_twice
from codegen.resolve.terms import node_term
from codegen.schema.sets import KeysetDecl
from codegen.source import Span

MEMBER: Final = "backend"
"""What stands in braces for the member of a `for_each` group."""

# How many of several unknown keys a message names.
_SHOWN: Final = 3

_BRACES: Final = re.compile(r"\{([A-Za-z0-9_]*)\}")

_FUNCTIONS: Final = {
    "full_after": "a key",
    "backends": "a group",
    "without_backends": "an expression and a group",
}

_USAGE: Final = {
    "full_after": "full_after(KEY)",
    "backends": "backends(GROUP)",
    "without_backends": "without_backends(SET, GROUP)",
}


class Scope:
    """What names mean: groups, keys, and the keysets evaluated so far."""

    def __init__(
        self, groups: Groups, keys: Keys, collector: Collector, findings: Collector
    ) -> None:
        self.groups = groups
        self.keys = keys
        self.collector = collector
        self.findings = findings
        self.keysets: dict[str, int] = {}
        self.keyset_names: frozenset[str] = frozenset()

    def quiet(self) -> Scope:
        """The same names, with nobody to report to."""
        other = Scope(self.groups, self.keys, Collector(), Collector())
        other.keysets, other.keyset_names = self.keysets, self.keyset_names
        return other

    # Groups and keys

    def group(self, name: LocatedStr | None) -> tuple[str, ...]:
        """Members of a group; reports DG201 and returns none for an unknown one."""
        if name is None:
            return ()
        if name not in self.groups:
            unknown_group(name, self.groups, self.collector)
            return ()
        return self.groups[name]

    def bindings(self, for_each: LocatedStr | None) -> Iterator[dict[str, str]]:
        """One binding of `{backend}` for each member; one empty one without a group."""
        if for_each is None:
            yield {}
            return
        for member in self.group(for_each):
            yield {MEMBER: member}

    def expand(
        self, pattern: str, span: Span, bound: Mapping[str, str] | None = None
    ) -> list[str]:
        """The names that a pattern with groups in braces stands for."""
        choices: list[tuple[str, ...]] = []
        for match in _BRACES.finditer(pattern):
            name = match[1]
            where = span
            if span.width == len(pattern):
                where = span.part(match.start(1), max(len(name), 1))
            if bound and name in bound:
                choices.append((bound[name],))
            elif name == MEMBER:
                self.collector.error(
                    "DG201",
                    "`{backend}` has no meaning here",
                    span,
                    help="it needs a `for_each`; name a group in the braces otherwise",
                )
                return []
            else:
                choices.append(self.group(LocatedStr(name, where)))
        fixed = _BRACES.split(pattern)[::2]
        return [
            "".join(
                part
                for pair in zip(fixed, (*members, ""), strict=True)
                for part in pair
            )
            for members in product(*choices)
        ]

    def key(self, name: str, span: Span) -> Key | None:
        """The key of a name; reports DG201."""
        key = self._real(name)
        if key is None:
            self.collector.error(
                "DG201",
                f"there is no key `{name}`",
                span,
                help=self._similar(name),
            )
        return key

    def _real(self, name: str) -> Key | None:
        """The key of a name, unless it is only a marker between keys."""
        key = self.keys.find(name)
        return None if key is None or key.kind is KeyKind.PLACEHOLDER else key

    def _similar(self, name: str) -> str | None:
        return did_you_mean(name, (key.name for key in self.keys.real()))

    def keys_of(
        self, pattern: LocatedStr, bound: Mapping[str, str] | None = None
    ) -> list[Key]:
        """The keys that a pattern stands for; reports DG201."""
        names = self.expand(pattern, pattern.span, bound)
        return self._keys(names, pattern.span)

    def _keys(self, names: Sequence[str], span: Span) -> list[Key]:
        """The keys of the names of one pattern; reports DG201, once for all of them."""
        found = [key for name in names if (key := self._real(name)) is not None]
        missing = [name for name in names if self._real(name) is None]
        if len(missing) > 1:
            shown = [f"`{name}`" for name in missing[:_SHOWN]]
            rest = len(missing) - len(shown)
            last = f"{rest} more" if rest else shown.pop()
            self.collector.error(
                "DG201",
                f"there are no keys {', '.join(shown)} and {last}",
                span,
                help=(
                    "name a group of those members that have one"
                    if found
                    else self._similar(missing[0])
                ),
            )
        elif missing:
            self.key(missing[0], span)
        return found

    def keyset(self, name: LocatedStr) -> int | None:
        """The bits of a constant; reports DG201."""
        if name in self.keysets:
            return self.keysets[name]
        self.collector.error(
            "DG201",
            f"there is no keyset `{name}`",
            name.span,
            help=did_you_mean(name, self.keysets)
            or "declare it in `keysets:`, so that it has a name",
        )
        return None

    # Expressions

    def bits(
        self,
        text: LocatedStr,
        bound: Mapping[str, str] | None = None,
        argument: int | None = None,
    ) -> int:
        """The bits of an expression; reports DG201, DG203 and DG205."""
        node = parse_expression(text, self.collector)
        return 0 if node is None else self.evaluate(node, bound or {}, argument)

    def evaluate(
        self, node: Node, bound: Mapping[str, str], argument: int | None = None
    ) -> int:
        # The left spine of a long chain of operators is walked, not recursed into.
        spine = []
        while isinstance(node, BinaryNode):
            spine.append(node)
            node = node.left
        raw = self._operand(node, bound, argument)
        for binary in reversed(spine):
            other = self.evaluate(binary.right, bound, argument)
            result = self._combine(binary, raw, other)
            if argument is None:
                self._mixed_backends(binary, raw, other, result)
            raw = result
        return raw

    def _operand(
        self, node: Node, bound: Mapping[str, str], argument: int | None
    ) -> int:
        if isinstance(node, NameNode):
            return self._name(node, bound, argument)
        if isinstance(node, UnaryNode):
            layout = self.keys.layout
            return layout.complement(self.evaluate(node.operand, bound, argument))
        assert isinstance(node, CallNode)
        return self._call(node, bound, argument)

    def _combine(self, node: BinaryNode, left: int, right: int) -> int:
        layout = self.keys.layout
        if node.operator == "|":
            return left | right
        if node.operator == "&":
            return left & right
        if node.operator == "^":
            return left ^ right
        if node.operator == "-":
            return layout.difference(left, right)
        if left & layout.full_backend_mask or right & ~layout.full_backend_mask:
            self.collector.error(
                "DG205",
                "`*` joins functionality keys on its left with backends on its right",
                node.span,
                help="write it as `FUNCTIONALITY * backends(GROUP)`",
            )
        return left | right

    def _mixed_backends(
        self, node: BinaryNode, left: int, right: int, result: int
    ) -> None:
        """Find DG305: runtime keys that come or go without being named.

        A set has bits for functionalities and for backends, not for their pairs.
        """
        if node.operator == "|":
            if not (self._has_pairs(left) and self._has_pairs(right)):
                return
            strays = self._runtime_keys(result) - self._runtime_keys(left)
            strays -= self._runtime_keys(right)
            what = "also holds"
        elif node.operator == "-" and self._has_pairs(right):
            strays = self._runtime_keys(left) - self._runtime_keys(result)
            strays -= self._runtime_keys(right)
            what = "also loses"
        else:
            return
        if strays:
            some = [k.name for k in self.keys.real() if k.name in strays]
            shown = ", ".join(f"`{name}`" for name in some[:3])
            more = f" and {len(some) - 3} more" if len(some) > 3 else ""
            self.findings.add(
                "DG305",
                f"this set {what} {shown}{more}, which the expression does not name",
                node.span,
                help="a set has bits for functionalities and for backends, "
                "not for each pair of them; keep such keys in sets of their own",
                subject=some[0],
            )

    def _has_pairs(self, raw: int) -> bool:
        layout = self.keys.layout
        return bool(raw & layout.full_backend_mask and raw & ~layout.full_backend_mask)

    def _runtime_keys(self, raw: int) -> set[str]:
        """The runtime keys of per-backend functionalities whose bits are all set."""
        return {
            key.name
            for key in self.keys.real()
            if key.kind is KeyKind.RUNTIME and key.mask & raw == key.mask
        }

    def _name(
        self, node: NameNode, bound: Mapping[str, str], argument: int | None
    ) -> int:
        name = node.name
        if "{" in name:
            raw = 0
            names = self.expand(name, node.span, bound)
            for member in self._keys(names, node.span):
                if member.kind is KeyKind.ALIAS:
                    self._alias(member.name, node.span)
                raw |= member.mask
            return raw
        if name == FULL:
            return self.keys.layout.full
        if name == EMPTY:
            return 0
        if name == ARGUMENT and argument is not None:
            return argument
        if name in self.keysets:
            return self.keysets[name]
        key = self.keys.find(name)
        if key is not None and key.kind is KeyKind.ALIAS:
            self._alias(name, node.span)
            return 0
        if key is not None and key.kind is not KeyKind.PLACEHOLDER:
            return key.mask
        self._unknown(name, node.span)
        return 0

    def _alias(self, name: str, span: Span) -> None:
        self.collector.error(
            "DG205",
            f"`{name}` is an alias key and has no bits of its own",
            span,
            help="name the keyset that it stands for",
        )

    def _unknown(self, name: str, span: Span) -> None:
        if name in self.keyset_names:
            return  # It has an error of its own.
        if name in _FUNCTIONS:
            self.collector.error(
                "DG203",
                f"`{name}` is a function and takes {_FUNCTIONS[name]}",
                span,
                help=f"write `{_USAGE[name]}`",
            )
            return
        if name in self.groups:
            self.collector.error(
                "DG205",
                f"`{name}` is a group of backends, not a keyset",
                span,
                help=f"`backends({name})` is the set of their bits, "
                f"`KEY{{{name}}}` the keys of each member",
            )
            return
        candidates = {key.name for key in self.keys.real()}
        candidates |= {*self.keyset_names, FULL, EMPTY}
        self.collector.error(
            "DG201",
            f"there is no key or keyset `{name}`",
            span,
            help=did_you_mean(name, candidates),
        )

    def _call(
        self, node: CallNode, bound: Mapping[str, str], argument: int | None
    ) -> int:
        layout = self.keys.layout
        match node.function, node.arguments:
            case "full_after", (NameNode(name=pattern, span=span),):
                names = self.expand(pattern, span, bound)
                if len(names) != 1:
                    if names:
                        self._misused(node)
                    return 0
                (name,) = names
                key = self.key(name, span)
                if key is not None and key.kind is KeyKind.ALIAS:
                    self._alias(name, span)
                    return 0
                return layout.full_after(key.value) if key else 0
            case "backends", (NameNode(name=name, span=span),):
                return self._backend_bits(LocatedStr(name, span))
            case "without_backends", (kept, NameNode(name=name, span=span)):
                raw = self.evaluate(kept, bound, argument)
                return raw & ~self._backend_bits(LocatedStr(name, span))
        if node.function in _FUNCTIONS:
            self._misused(node)
        else:
            self.collector.error(
                "DG203",
                f"there is no function `{node.function}` of keysets",
                node.span,
                help=did_you_mean(node.function, _FUNCTIONS)
                or f"known: {', '.join(sorted(_FUNCTIONS))}",
            )
        return 0

    def _misused(self, node: CallNode) -> None:
        self.collector.error(
            "DG203",
            f"`{node.function}` takes {_FUNCTIONS[node.function]}",
            node.span,
            help=f"write `{_USAGE[node.function]}`, with one name for each",
        )

    def _backend_bits(self, group: LocatedStr) -> int:
        raw = 0
        for member in self.group(group):
            raw |= self.keys.layout.backend_mask(self.keys.backends[member].value)
        return raw


@dataclass(frozen=True, slots=True)
class _Constant:
    name: LocatedStr
    declaration: KeysetDecl
    node: Node
    bound: Mapping[str, str]


def resolve_keysets(
    declared: Mapping[LocatedStr, KeysetDecl], scope: Scope
) -> dict[str, Keyset]:
    """All constants, in order of declaration. Reports DG201 to DG205."""
    constants = {str(c.name): c for c in _constants(declared, scope)}
    scope.keyset_names = frozenset(constants)
    uses = {
        name: [n.name for n in names_in(c.node) if n.name in constants]
        for name, c in constants.items()
    }
    for name in _in_order(uses, constants, scope.collector):
        constant = constants[name]
        scope.keysets[name] = scope.evaluate(constant.node, constant.bound)
    return {
        name: Keyset(
            name=name,
            raw=scope.keysets[name],
            expression=_shown(constant),
            term=node_term(constant.node, scope, constant.bound),
            doc=_text(constant.declaration.doc),
            span=constant.name.span,
        )
        for name, constant in constants.items()
        if name in scope.keysets
    }


def _in_order(
    uses: Mapping[str, list[str]],
    constants: Mapping[str, _Constant],
    collector: Collector,
) -> tuple[str, ...]:
    """The constants, each after those it uses, without those of a cycle."""
    try:
        return tuple(TopologicalSorter(uses).static_order())
    except CycleError as error:
        *cycle, _ = error.args[1]
    _report_cycle(cycle[::-1], constants, collector)
    rest = {
        name: [other for other in others if other not in cycle]
        for name, others in uses.items()
        if name not in cycle
    }
    return _in_order(rest, constants, collector)


def _constants(
    declared: Mapping[LocatedStr, KeysetDecl], scope: Scope
) -> Iterator[_Constant]:
    first: dict[str, LocatedStr] = {}
    for pattern, declaration in declared.items():
        node = parse_expression(declaration.keys, scope.collector)
        if node is None:
            continue
        for bound in scope.bindings(declaration.for_each):
            lowered = {name: member.lower() for name, member in bound.items()}
            for expanded in scope.expand(pattern, pattern.span, lowered):
                name = pattern.derive(expanded)
                if name in first:
                    declared_twice(name, first[name], scope.collector)
                    continue
                first[name] = name
                if scope.keys.find(name) or name in CONSTANTS:
                    scope.collector.error(
                        "DG202",
                        f"`{name}` already means something in keyset expressions",
                        name.span,
                        help="rename the keyset",
                    )
                yield _Constant(name, declaration, node, bound)


def _shown(constant: _Constant) -> str:
    text = " ".join(constant.declaration.keys.split())
    for name, member in constant.bound.items():
        text = text.replace(f"{{{name}}}", member)
    return text


def _text(text: str | None) -> str | None:
    return None if text is None else str(text)


def _report_cycle(
    cycle: list[str], constants: Mapping[str, _Constant], collector: Collector
) -> None:
    start = cycle.index(min(cycle))
    first, *others = cycle[start:] + cycle[:start]
    if not others:
        collector.error(
            "DG204",
            f"the keyset `{first}` refers to itself",
            constants[first].name.span,
            help="take the name out of its own expression",
        )
        return
    collector.error(
        "DG204",
        f"the keyset `{first}` refers to itself through {_listing(others)}",
        constants[first].name.span,
        related=[(f"through `{o}`", constants[o].name.span) for o in others],
        help="take one of these names out of an expression",
    )


def _listing(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
