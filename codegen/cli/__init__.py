"""The command line: reads options, calls the pipeline, prints.

Exit codes: 0 fine, 1 differences or findings, 2 bad input or usage.
"""

from __future__ import annotations

import gc
import signal
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

import click as plain
import rich_click as click

from codegen.cli.asking import explain, lint, list_declared, schema
from codegen.cli.kernels import check_kernels
from codegen.cli.starting import init
from codegen.cli.writing import check, diff, generate

if TYPE_CHECKING:
    from sys import UnraisableHookArgs


def _die_of_interrupt(problem: UnraisableHookArgs, /) -> None:
    """End at a Ctrl-C that came while Python could not raise it, as in an import."""
    if not issubclass(problem.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(problem)
        return
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.raise_signal(signal.SIGINT)


# Left to itself, it takes the log of a CI job for a terminal.
click.rich_click.FORCE_TERMINAL = None


class _Commands(click.RichGroup):
    """Rich help; errors stay lines that a terminal of any width and a log can show."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        before = sys.unraisablehook
        try:
            sys.unraisablehook = _die_of_interrupt
            # One short run: what it makes lives until its end anyway.
            gc.disable()
            # A name may hold what the terminal's encoding does not.
            for stream in (sys.stdout, sys.stderr):
                if isinstance(stream, TextIOWrapper):
                    stream.reconfigure(errors="backslashreplace")
            return plain.Group.main(self, *arguments, **options)
        except KeyboardInterrupt:
            # It came where click does not look for it: between its own steps.
            plain.echo("\nAborted!", err=True)
            sys.exit(1)
        finally:
            sys.unraisablehook = before


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 fine, 1 differences or findings, 2 bad input or usage.",
)
@click.version_option(package_name="dispatch-codegen")
def main() -> None:
    """Turn YAML declarations into a dispatcher."""


for command in (
    generate,
    check,
    diff,
    explain,
    list_declared,
    lint,
    check_kernels,
    schema,
    init,
):
    main.add_command(command)
