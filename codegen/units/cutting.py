"""Text in torchgen's YAML to entries, and entries to units; nothing is parsed here.

What is cut wrongly cannot be parsed, or does not have the names that were seen here, and is
then read as a whole: see Note [Units].
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

# An item of a list at the left margin. Whatever is inside of it is indented, but for a
# text in quotes; the parts of one do not parse.
_ITEM: Final = re.compile(r"^-(?=[ \n])", re.M)
_NOTHING: Final = re.compile(r"(?:[ ]*(?:#[^\n]*)?\n)*[ ]*(?:#[^\n]*)?")
# Documents, directives, line breaks that only YAML counts, and what may be an anchor, whose
# name a file may have once.
_UNUSUAL: Final = re.compile(
    "^(?:---|\\.\\.\\.|%)|[\r\x85\u2028\u2029\ufeff]|[\\s\\[{,]&\\w", re.M
)

_FUNCTION: Final = re.compile(r"^(?:- | +)func:[ ]*[\"']?(?:\w+::)?(\w+)", re.M)
_DELEGATE: Final = re.compile(
    r"^(?:- | +)structured_delegate:[ ]*[\"']?(?:\w+::)?(\w+)", re.M
)


class Entry(NamedTuple):
    """The text of one item of a list.

    Attributes:
        text: from its hyphen to the next item.
        before: how many lines are before it in its file.
        stem: of the function, see `stem_of`.
        delegates: the stems of what it delegates to.
    """

    text: str
    before: int
    stem: str
    delegates: tuple[str, ...]


class Unit(NamedTuple):
    """Entries that may decide about one another, by their numbers.

    Attributes:
        entries: in the order of their files.
        stems: names of the functions, without what marks them as variants.
    """

    entries: tuple[int, ...]
    stems: frozenset[str]


def cut(text: str) -> tuple[Entry, ...] | None:
    """The entries of a file of operators; None for what may be something else."""
    starts = [found.start() for found in _ITEM.finditer(text)]
    if not starts or not _NOTHING.fullmatch(text, 0, starts[0]):
        return None
    if _UNUSUAL.search(text):
        return None
    entries = []
    before = text.count("\n", 0, starts[0])
    for begin, end in zip(starts, [*starts[1:], len(text)], strict=True):
        entry = text[begin:end]
        functions = _FUNCTION.findall(entry)
        if len(functions) != 1:
            return None
        delegates = tuple(map(stem_of, _DELEGATE.findall(entry)))
        entries.append(Entry(entry, before, stem_of(functions[0]), delegates))
        before += entry.count("\n")
    return tuple(entries)


def units_of(entries: Sequence[Entry]) -> tuple[Unit, ...]:
    """The entries by what they may have to do with one another.

    By names without namespaces and overloads: more may be together than has to be.
    """
    joined: dict[str, str] = {}

    def first(stem: str) -> str:
        while (other := joined.setdefault(stem, stem)) != stem:
            joined[stem] = joined[other]
            stem = other
        return stem

    for entry in entries:
        for delegate in entry.delegates:
            joined[first(delegate)] = first(entry.stem)
    units: dict[str, list[int]] = {}
    names: dict[str, set[str]] = {}
    for number, entry in enumerate(entries):
        name = first(entry.stem)
        units.setdefault(name, []).append(number)
        names.setdefault(name, set()).add(entry.stem)
    return tuple(
        Unit(tuple(numbers), frozenset(names[key])) for key, numbers in units.items()
    )


def stem_of(name: str) -> str:
    """What the names of a function and of its variants share."""
    if name.startswith("__i"):
        name = name[3:]
    return name.strip("_").removesuffix("_functional").rstrip("_")


def stems_of(names: Iterable[str]) -> set[str]:
    """The stems of operators, by their names with namespace and overload."""
    return {stem_of(name.rpartition("::")[2].partition(".")[0]) for name in names}
