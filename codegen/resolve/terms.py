"""Expressions as trees of resolved names, for views that print them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from codegen.diagnostics import Collector
from codegen.expressions import (
    ARGUMENT,
    EMPTY,
    FULL,
    BinaryNode,
    CallNode,
    NameNode,
    Node,
    UnaryNode,
    parse_expression,
)
from codegen.located import LocatedStr
from codegen.source import Span
from codegen.terms import (
    EMPTY_TERM,
    ArgumentTerm,
    BackendsTerm,
    ComplementTerm,
    ConstantTerm,
    FullAfterTerm,
    FullTerm,
    KeysTerm,
    Term,
    WithoutBackendsTerm,
    joined,
)

if TYPE_CHECKING:
    from codegen.resolve.keysets import Scope


def term_of(
    text: LocatedStr, scope: Scope, bound: Mapping[str, str] | None = None
) -> Term:
    """The tree of an expression that `scope` evaluates without error; else an empty one."""
    node = parse_expression(text, Collector())
    return EMPTY_TERM if node is None else node_term(node, scope, bound or {})


def node_term(node: Node, scope: Scope, bound: Mapping[str, str]) -> Term:
    """The tree of a parsed expression, likewise."""
    return _Terms(scope.quiet(), bound).term(node)


class _Terms:
    def __init__(self, scope: Scope, bound: Mapping[str, str]) -> None:
        self._scope = scope
        self._bound = bound

    def term(self, node: Node) -> Term:
        # The left spine of a long chain of operators is walked, not recursed into.
        spine = []
        while isinstance(node, BinaryNode):
            spine.append(node)
            node = node.left
        result = self._operand(node)
        for binary in reversed(spine):
            operator = "|" if binary.operator == "*" else binary.operator
            result = joined(operator, result, self.term(binary.right))
        return result

    def _operand(self, node: Node) -> Term:
        if isinstance(node, NameNode):
            return self._name(node.name, node.span)
        if isinstance(node, UnaryNode):
            return ComplementTerm(self.term(node.operand))
        assert isinstance(node, CallNode)
        return self._call(node)

    def _name(self, name: str, span: Span) -> Term:
        if name == FULL:
            return FullTerm()
        if name == EMPTY:
            return EMPTY_TERM
        if name == ARGUMENT:
            return ArgumentTerm()
        if name in self._scope.keyset_names:
            return ConstantTerm(name)
        keys = self._scope.keys_of(LocatedStr(name, span), self._bound)
        return KeysTerm(tuple(key.name for key in keys))

    def _call(self, node: CallNode) -> Term:
        match node.function, node.arguments:
            case "full_after", (NameNode(name=name, span=span),):
                keys = self._scope.keys_of(LocatedStr(name, span), self._bound)
                return FullAfterTerm(keys[0].name) if keys else EMPTY_TERM
            case "backends", (NameNode(name=name, span=span),):
                return BackendsTerm(self._scope.group(LocatedStr(name, span)))
            case "without_backends", (kept, NameNode(name=name, span=span)):
                group = self._scope.group(LocatedStr(name, span))
                return WithoutBackendsTerm(self.term(kept), group)
        return EMPTY_TERM
