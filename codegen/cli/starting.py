"""The command `init`."""

from __future__ import annotations

import os
from pathlib import Path

import rich_click as click

from codegen.cli.console import UnusableError
from codegen.cli.options import is_importable


@click.command()
@click.argument(
    "folder", type=click.Path(path_type=Path, file_okay=False), default=Path(".")
)
@click.option(
    "--name",
    metavar="NAME",
    help="Name of the dispatcher, and namespace of its operators; "
    "the folder's name if left out.",
)
@click.option(
    "--extends",
    metavar="BASE",
    help="Built-in declarations to add a backend to, such as pytorch.",
)
def init(folder: Path, name: str | None, extends: str | None) -> None:
    """Start a project: declarations, kernels, a test and a CI job, in FOLDER."""
    from codegen.layers import built_in_names
    from codegen.starter import starter_files, write_starter

    if name is None:
        name = Path(os.path.realpath(folder)).name
    if not is_importable(name) or "." in name:
        raise click.UsageError(f"{name!r} is not a name; give one with --name")
    known = sorted(built_in_names())
    if extends is not None and extends not in known:
        raise click.UsageError(
            f"there are no built-in declarations {extends!r}; known: {', '.join(known)}"
        )
    try:
        files = starter_files(name, extends)
        written = write_starter(files, folder)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    except FileExistsError as error:
        raise UnusableError(str(error)) from None
    except OSError as error:
        where = error.filename or folder
        raise UnusableError(f"cannot use {where}: {error.strerror}") from None
    for path in written:
        click.echo(f"written: {path}")
    click.echo(f"next: {folder / 'README.md'} names the commands")
