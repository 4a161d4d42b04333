"""Any text in Markdown as GitHub reads it, and tables.

Knows nothing of what the texts are for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

# In the middle of a word, `_` means nothing; escaped, it would be hard to read there.
_SPECIAL: Final = re.compile(
    r"(?P<code>`[^`|\\]+`)|[\\`*\[\]<>|~&$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"
)
_MARKER: Final = re.compile(r"\A(\d*)([-+#=]+|(?<=\d)[.)])(?= |\Z)")
_PLAIN: Final = re.compile(r"[\w.:/+-]+", re.ASCII)


def text(value: str) -> str:
    """A text that shows as it is, on one line; what is in backticks shows as code."""
    escaped = _SPECIAL.sub(_escaped, " ".join(value.split()))
    return _MARKER.sub(r"\1\\\2", escaped)


def _escaped(found: re.Match[str]) -> str:
    return found["code"] or f"\\{found[0]}"


def code(name: str) -> str:
    """A name as code, or as text if it holds what could end the code or a table's cell."""
    return f"`{name}`" if _PLAIN.fullmatch(name) else text(name)


def codes(names: Iterable[str]) -> str:
    """Several names, with commas between."""
    return ", ".join(map(code, names))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table; what its cells hold is Markdown."""
    yield _row(head)
    yield _row(["---"] * len(head))
    yield from map(_row, rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
