"""Reading declaration files: text, lines and places in them.

Reads files, returns `Source` objects in sorted order. Knows nothing of YAML.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

# YAML 1.1's line breaks: the numbers of its marks count these and no others.
LINE_BREAK: Final = re.compile("\\r\\n|[\\n\\r\\x85\\u2028\\u2029]")

SELECT: Final = "--select"
"""What stands for the path in a place of this option, of which there is no file."""


@dataclass(frozen=True)
class Source:
    """The text of one file.

    Attributes:
        path: the name that diagnostics show, with forward slashes.
        text: the content, decoded from UTF-8.
    """

    path: str
    text: str = field(repr=False)

    def line(self, number: int) -> str | None:
        """The text of a line, counted from 1; None past the end."""
        lines = self.lines
        return lines[number - 1] if number <= len(lines) else None

    @cached_property
    def lines(self) -> list[str]:
        """The text of all lines."""
        return LINE_BREAK.split(self.text)


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a source.

    Attributes:
        path: the file, as diagnostics show it.
        line: counted from 1.
        column: counted from 1, in characters.
        width: how many characters of that line are meant.
        source: the text it points into, None for a file that could not be read.
    """

    path: str
    line: int
    column: int
    width: int = 1
    source: Source | None = field(default=None, repr=False, compare=False)

    @property
    def source_line(self) -> str | None:
        return None if self.source is None else self.source.line(self.line)

    @property
    def is_in_file(self) -> bool:
        """Whether a file can be opened there."""
        return self.path not in ("", SELECT)

    def part(self, offset: int, width: int) -> Span:
        """A place within this one, `offset` characters further on."""
        return Span(self.path, self.line, self.column + offset, width, self.source)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


def display_path(path: Path) -> str:
    """How messages and generated comments name a file: relative where that works."""
    try:
        # Path.resolve would not name a link that leads to itself.
        return Path(os.path.realpath(path)).relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def declaration_files(path: Path) -> list[Path]:
    """The YAML files that a declaration path stands for, sorted.

    A folder stands for all `.yaml` and `.yml` files below it. Hidden ones are left out.
    """
    if not os.path.isdir(path):  # Path.is_dir raises for a name that is too long.
        return [path]
    return sorted(
        file
        for file in path.rglob("*")
        if file.suffix in (".yaml", ".yml")
        and file.is_file()
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
    )
