"""The language of keyset expressions: text to a small tree.

Grammar, loosest operator first; `-` binds as loosely as in Python, `*` tightest::

    union       = symmetric { "|" symmetric }
    symmetric   = meet { "^" meet }
    meet        = difference { "&" difference }
    difference  = product { "-" product }
    product     = unary { "*" unary }
    unary       = "~" unary | primary
    primary     = "(" union ")" | NAME | NAME "(" [ union { "," union } ] ")"

A NAME may hold `{group}` or a bound `{backend}`. What names mean is for the resolver.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from codegen.diagnostics import Collector
from codegen.located import LocatedStr, brief
from codegen.source import Span

MAX_NESTING: Final = 50

# Of a name with its braces; declared names and groups are shorter.
_MAX_NAME: Final = 1000


@dataclass(frozen=True, slots=True)
class Node:
    """Part of an expression; `span` is its place."""

    span: Span


@dataclass(frozen=True, slots=True)
class NameNode(Node):
    """A key, a keyset, a group, or a pattern that stands for several keys."""

    name: str


@dataclass(frozen=True, slots=True)
class CallNode(Node):
    """A function of the language, such as `full_after(K)`."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class UnaryNode(Node):
    """A complement."""

    operand: Node


@dataclass(frozen=True, slots=True)
class BinaryNode(Node):
    """Two operands joined by `operator`; `span` is the operator's place."""

    operator: str
    left: Node
    right: Node


_TOKEN: Final = re.compile(
    r"\s*(?:(?P<name>[A-Za-z_{][A-Za-z0-9_{}]*)|(?P<symbol>[|&^*~(),-]))", re.ASCII
)
_SPACE: Final = re.compile(r"\s*")
_NAME: Final = re.compile(
    r"(?=.)(?:[A-Za-z_][A-Za-z0-9_]*)?(?:\{[A-Za-z_][A-Za-z0-9_]*\}[A-Za-z0-9_]*)*",
    re.ASCII,
)

FULL: Final = "full"
EMPTY: Final = "empty"

ARGUMENT: Final = "keyset"
"""What stands for the argument in the expression of a keyset function."""

CONSTANTS: Final = frozenset({FULL, EMPTY, ARGUMENT})
"""What no key or keyset can be called."""

# Binary operators by rising precedence.
_LEVELS: Final = ("|", "^", "&", "-", "*")


_OPERATORS: Final = (
    "names are joined by `|`, `^`, `&`, `-` and `*`; `~` stands before one"
)


class _SyntaxError(Exception):
    def __init__(self, message: str, span: Span, help: str | None = None) -> None:
        super().__init__(message)
        self.span = span
        self.help = help


def parse_expression(text: LocatedStr, collector: Collector) -> Node | None:
    """The tree of an expression; None after reporting DG203."""
    try:
        return _Parser(text).parse()
    except _SyntaxError as error:
        collector.error("DG203", str(error), error.span, help=error.help)
        return None


def names_in(node: Node) -> Iterator[NameNode]:
    """Every name of an expression, in order."""
    stack = [node]
    while stack:
        node = stack.pop()
        if isinstance(node, NameNode):
            yield node
        elif isinstance(node, CallNode):
            stack.extend(reversed(node.arguments))
        elif isinstance(node, UnaryNode):
            stack.append(node.operand)
        elif isinstance(node, BinaryNode):
            stack.extend((node.right, node.left))


class _Parser:
    def __init__(self, text: LocatedStr) -> None:
        self._text = text
        self._tokens = list(self._scan())
        self._at = 0
        self._depth = 0

    def _scan(self) -> Iterator[tuple[str, str, Span]]:
        position, end = 0, len(self._text.rstrip())
        while position < end:
            match = _TOKEN.match(self._text, position)
            if match is None:
                space = _SPACE.match(self._text, position)
                position = space.end() if space else position
                raise _SyntaxError(
                    f"`{self._text[position]}` has no meaning in a keyset expression",
                    self._text.part(position, 1),
                    _OPERATORS,
                )
            kind = "name" if match["name"] else "symbol"
            token = match[kind]
            start = match.start(kind)
            span = self._text.part(start, len(token))
            if kind == "name" and len(token) > _MAX_NAME:
                raise _SyntaxError(f"`{brief(token)}` is too long for a name", span)
            if kind == "name" and not _NAME.fullmatch(token):
                raise _SyntaxError(
                    f"`{token}` is not a name", span, "braces hold the name of a group"
                )
            yield kind, token, span
            position = match.end()

    def _peek(self) -> tuple[str, str, Span]:
        if self._at < len(self._tokens):
            return self._tokens[self._at]
        return "end", "the end", self._text.part(max(len(self._text) - 1, 0), 1)

    def _take(self) -> tuple[str, str, Span]:
        token = self._peek()
        self._at += 1
        return token

    def parse(self) -> Node:
        node = self._level(0)
        kind, token, span = self._peek()
        if kind != "end":
            if token == ")":
                raise _SyntaxError("this `)` closes nothing", span)
            raise _SyntaxError(
                f"an operator is missing before `{token}`", span, _OPERATORS
            )
        return node

    def _level(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._unary()
        node = self._level(level + 1)
        while self._peek()[1] == _LEVELS[level]:
            _, operator, span = self._take()
            node = BinaryNode(span, operator, node, self._level(level + 1))
        return node

    def _unary(self) -> Node:
        if self._peek()[1] != "~":
            return self._primary()
        _, _, span = self._take()
        self._descend(span)
        node = UnaryNode(span, self._unary())
        self._depth -= 1
        return node

    def _descend(self, span: Span) -> None:
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise _SyntaxError(
                f"nested more than {MAX_NESTING} levels deep",
                span,
                "declare a part of it as a keyset of its own",
            )

    def _primary(self) -> Node:
        kind, token, span = self._take()
        if kind == "name":
            if self._peek()[1] == "(":
                self._take()
                return CallNode(span, token, tuple(self._arguments(span)))
            return NameNode(span, token)
        if token == "(":
            self._descend(span)
            node = self._level(0)
            self._expect_closing(span)
            self._depth -= 1
            return node
        found = "ends" if kind == "end" else f"has `{token}`"
        raise _SyntaxError(
            f"a key, keyset or `(` is expected where the expression {found}", span
        )

    def _arguments(self, opening: Span) -> Iterator[Node]:
        self._descend(opening)
        while self._peek()[1] != ")":
            yield self._level(0)
            if self._peek()[1] != ",":
                break
            self._take()
        self._expect_closing(opening)
        self._depth -= 1

    def _expect_closing(self, opening: Span) -> None:
        kind, token, span = self._take()
        if token != ")":
            where = span if kind != "end" else opening
            raise _SyntaxError("a closing `)` is missing", where)
