"""What a target is: a model to the text of every file, in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from codegen.model import Model

Files = dict[str, str]
"""Texts by path, relative to the output folder, with forward slashes; sorted."""


class OperatorParts(NamedTuple):
    """What is generated of some operators alone.

    Attributes:
        files: of operators that share a name: that name with its namespace, a path, a text.
        facts: by operator, what the files about all operators print of it, if it takes
            time to find that; made of strings, numbers and tuples.
    """

    files: Sequence[tuple[str, str, str]]
    facts: Mapping[str, Any]


class Separate(NamedTuple):
    """A target whose operators can be generated apart from the rest.

    Attributes:
        is_possible: whether what is generated of an operator follows from the operators
            of its name, and from what is declared beside operators.
        operators: the files of operators.
        others: all other files, with facts that `operators` gave; and files of operators
            that need more, after all.
    """

    is_possible: Callable[[Model], bool]
    operators: Callable[[Model, Path | None], OperatorParts]
    others: Callable[[Model, Path | None, Mapping[str, Any]], Files]


class Target(NamedTuple):
    """What can be generated of a model, with templates to use before the built-in ones.

    Attributes:
        files: makes all files.
        separate: makes them in parts, None if that cannot be.
    """

    files: Callable[[Model, Path | None], Files]
    separate: Separate | None = None
