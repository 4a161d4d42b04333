"""Printing: diagnostics in the format asked for, and what cannot go on."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import rich_click as click
from click.exceptions import Exit

if TYPE_CHECKING:
    from codegen.diagnostics import Diagnostic

_STYLES: Final = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "note": {"fg": "cyan"},
    "help": {"fg": "green"},
    "margin": {"fg": "blue"},
    "added": {"fg": "green"},
    "removed": {"fg": "red"},
}


def paint(text: str, role: str) -> str:
    """The text in the colour of its role; `click.echo` keeps colours for terminals."""
    if os.environ.get("NO_COLOR"):
        return text
    return click.style(text, **_STYLES[role])  # type: ignore[arg-type]


def show(diagnostics: Sequence[Diagnostic], report: str, *, err: bool) -> None:
    """Print diagnostics; `err` says where those for people go."""
    if report == "text":
        from codegen.diagnostics import render_text

        if diagnostics:
            click.echo(render_text(diagnostics, paint), err=err)
        return
    from codegen.reports import FORMATS

    text = FORMATS[report](diagnostics)
    if text:
        click.echo(text)


class UnusableError(click.ClickException):
    """Something outside the declarations is in the way: one line, and exit with 2."""

    exit_code = 2


@contextmanager
def errors_shown(report: str) -> Iterator[None]:
    """Print the errors of declarations, and exit with 2."""
    # Imported late: a run that finds everything fresh reads no declaration.
    from codegen.diagnostics import DeclarationError

    try:
        yield
    except DeclarationError as error:
        show(error.diagnostics, report, err=True)
        if report == "text":
            count = len(error.diagnostics)
            click.echo(f"\n{count} error{'s' * (count > 1)}", err=True)
        raise Exit(2) from None


@contextmanager
def usable(output: Path) -> Iterator[None]:
    """Turn what an output folder cannot do into a message, and exit with 2."""
    from codegen.locking import LockedError

    try:
        yield
    except BrokenPipeError:
        raise  # Whoever reads what is printed has left.
    except OSError as error:
        where = error.filename or output
        raise UnusableError(f"cannot use {where}: {error.strerror}") from None
    except LockedError as error:
        raise UnusableError(str(error)) from None
