"""Entries of operators: what their schemas, `dispatch` and `tags` say, read once.

Knows neither keys nor patterns of keys: whether a name in `dispatch` is one, and what it
stands for, is the caller's to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from codegen.diagnostics import Collector
from codegen.located import LocatedStr, brief
from codegen.runtime.python.schema import FunctionSchema, SchemaError
from codegen.schema.operators import OperatorDecl
from codegen.schemas import parsed_schema
from codegen.source import Span

# Of a schema that was read: its strings, and what may stand between two words of it.
_STRING_OR_GAP: Final = re.compile(
    r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?:\s|\#[^\n]*)+""", re.ASCII
)
_ON_ONE_LINE: Final = re.compile(r"[^\s#]+(?: [^\s#]+)*", re.ASCII)
_WORD: Final = re.compile(
    r"""\w+|->|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|.""", re.ASCII | re.DOTALL
)

# Of a text that joins several.
_TAG: Final = re.compile(r"[^\s,]+")

_OTHER_TYPE: Final = "types are those of PyTorch; `Tensor` is whatever has keys"

# How much of what the parser says is shown: it quotes the text, which may be long.
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry whose schema was read.

    Attributes:
        name: with namespace and overload.
        base_name: without both.
        schema: what its schema says.
        text: the schema on one line, from the name without namespace on.
    """

    declaration: OperatorDecl
    name: str
    base_name: str
    schema: FunctionSchema
    text: str


def read_entries(
    declared: Iterable[tuple[OperatorDecl, str | None]], collector: Collector
) -> dict[str, Entry]:
    """By name; each is given with its namespace if its schema names none.

    Reports DG211 and DG212.
    """
    entries: dict[str, Entry] = {}
    for declaration, namespace in declared:
        func = declaration.func
        try:
            schema = parsed_schema(str(func))
        except SchemaError as error:
            _report_schema(func, error, collector)
            continue
        where, colons, base_name = schema.name.rpartition("::")
        if not colons:
            if namespace is None:
                collector.error(
                    "DG211",
                    f"`{base_name}` names no namespace",
                    func.span,
                    help="write `namespace::name(...)`, "
                    "or set `default_namespace` in the `dispatcher` section",
                )
                continue
            where = namespace
        overload = f".{schema.overload}" if schema.overload else ""
        name = f"{where}::{base_name}{overload}"
        if name in entries:
            collector.error(
                "DG212",
                f"the operator `{name}` is declared twice",
                func.span,
                related=[
                    ("it is first declared here", entries[name].declaration.func.span)
                ],
                help="remove one of them, or give it another overload name; "
                "kernels alone can stand in the `kernels` section",
            )
            continue
        rest: str = func
        if not _ON_ONE_LINE.fullmatch(func):
            rest = _STRING_OR_GAP.sub(lambda found: found[1] or " ", func).strip()
        text = f"{base_name}{overload}{rest[rest.index('('):]}"
        entries[name] = Entry(declaration, name, base_name, schema, text)
    return entries


def _report_schema(func: LocatedStr, error: SchemaError, collector: Collector) -> None:
    """DG211, at the word where reading stopped, or behind the text if it ended there."""
    message, help = error.message, None
    if message.startswith("unknown type"):
        message, _, meant = message.replace('"', "`").partition(", did you mean ")
        help = f"did you mean {meant}" if meant else _OTHER_TYPE
    elif message.startswith("expected"):
        help = "write it as `name.overload(Type argument, ...) -> Type`"
    text = func.rstrip()
    word = _WORD.match(text, error.position)
    if word is not None:
        span = func.part(word.start(), len(word[0]))
    elif text:
        span = func.part(len(text) - 1, 1).part(1, 1)
    else:
        span = func.span
    collector.error(
        "DG211",
        f"the schema cannot be parsed: {brief(message, _LONGEST)}",
        span,
        help=help,
    )


def own_kernels(
    declaration: OperatorDecl, collector: Collector
) -> Iterator[tuple[LocatedStr, LocatedStr]]:
    """The names in `dispatch`, comma-joined ones apart, with their kernels.

    Reports DG201 for a comma without a name.
    """
    for keys, kernel in (declaration.dispatch or {}).items():
        for key in names_in(keys):
            if not key:
                collector.error(
                    "DG201",
                    "a key is missing between the commas",
                    key.span,
                    help="remove the comma",
                )
                continue
            yield key, kernel


def names_in(joined: LocatedStr) -> Iterator[LocatedStr]:
    """Comma-joined names, with their places; empty where one is missing."""
    offset = 0
    for part in joined.split(","):
        name = part.strip()
        start = offset + part.index(name) if name else offset
        yield LocatedStr(name, joined.part(start, max(len(name), 1)))
        offset += len(part) + 1


def report_two_kernels(
    operator: str, key: str, span: Span, other: Span, collector: Collector
) -> None:
    """DG213."""
    collector.error(
        "DG213",
        f"`{operator}` has two kernels for `{key}`",
        span,
        related=[("the other one is here", other)],
        help="keep one of them",
    )


def tags_of(declaration: OperatorDecl) -> tuple[str, ...]:
    """The tags of an entry, which may be a list or one text."""
    return tuple(map(str, located_tags(declaration)))


def located_tags(declaration: OperatorDecl) -> Iterator[LocatedStr]:
    """The same with their places."""
    tags = declaration.tags
    if not isinstance(tags, LocatedStr):
        yield from tags or ()
        return
    for found in _TAG.finditer(tags):
        yield LocatedStr(found[0], tags.part(found.start(), len(found[0])))
