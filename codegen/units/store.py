"""What units gave, kept between runs; beside the records of `codegen.memory`.

Plain data in a file of its own for each set of options. A file that cannot be read, or
whose context is another, is as good as none.
"""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from codegen.storage import read_sealed, write_sealed
from codegen.units.plain import Plain

# Of the form of what is kept.
_FORM: Final = 1


class KnownUnit(NamedTuple):
    """What a unit gave.

    Attributes:
        operators: as `codegen.units.plain` has them.
        modules: digests of the files of these operators, by path.
        facts: what the other files print of them, by name.
    """

    operators: tuple[Plain, ...]
    modules: Mapping[str, str]
    facts: Mapping[str, Any]


def recall(file: Path | None, context: str) -> dict[str, KnownUnit]:
    """The units that are known in a context, by digest."""
    if file is None:
        return {}
    content = read_sealed(file)
    if content is None:
        return {}
    try:
        form, known_context, units = marshal.loads(content)
        if [form, known_context] != [_FORM, context]:
            return {}
        return {name: KnownUnit(*unit) for name, unit in units.items()}
    except (ValueError, TypeError, EOFError, AttributeError):
        return {}


def keep(file: Path | None, context: str, units: Mapping[str, KnownUnit]) -> None:
    """Keep what is known, in place of what was kept before."""
    if file is None:
        return
    plain = {name: tuple(unit) for name, unit in units.items()}
    write_sealed(file, marshal.dumps((_FORM, context, plain)))
