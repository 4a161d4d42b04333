"""Options that several commands have."""

from __future__ import annotations

import keyword
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import rich_click as click

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_DECLARATIONS: Final = Path("declarations")
DEFAULT_TARGET: Final = "python"

# Kept here, so that reading options does not import what formats and generates.
DEFAULT_OUTPUTS: Final = {
    "python": Path("generated"),
    "cpp": Path("generated", "cpp"),
    "libtorch": Path("generated", "libtorch"),
    "torch_library": Path("generated", "torch_library"),
    "c10": Path("generated", "c10"),
}
"""By target: where it is written, if nothing else is said."""
TARGETS: Final = tuple(DEFAULT_OUTPUTS)
FORMATS: Final = ("text", "json", "github", "sarif")

_PACKAGE: Final = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", re.ASCII)


def _all(*options: Callable[[F], F]) -> Callable[[F], F]:
    def add(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return add


declaration_options: Final = _all(
    click.option(
        "-d",
        "--declarations",
        "declarations",
        type=click.Path(path_type=Path),
        multiple=True,
        help="File or folder of declarations; may be repeated.  [default: declarations]",
    ),
    click.option(
        "--variant",
        metavar="NAME",
        help="Build variant; the plain build if left out.",
    ),
    click.option(
        "--format",
        "report",
        type=click.Choice(FORMATS),
        default="text",
        show_default=True,
        help="How errors and findings are printed: for people, programs, GitHub's CI "
        "or code scanning.",
    ),
)

output_options: Final = _all(
    click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, file_okay=False),
        help="The generated package's own folder.  [default: generated, or "
        "generated/TARGET for other targets]",
    ),
    click.option(
        "--package",
        metavar="NAME",
        help="Name that the Python package is imported by, if not the folder's name.",
    ),
    click.option(
        "--target",
        type=click.Choice(TARGETS),
        default=DEFAULT_TARGET,
        show_default=True,
        help="What to generate.",
    ),
    click.option(
        "--templates",
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        metavar="DIRECTORY",
        help="Templates to use in place of built-in templates of the same name.",
    ),
    click.option(
        "-j",
        "--jobs",
        type=click.IntRange(min=1),
        metavar="NUMBER",
        help="How many processes may work side by side; as many as there are processors "
        "if left out.",
    ),
    click.option("--timings", is_flag=True, help="Print where the time went."),
    click.option(
        "--select",
        "selection",
        metavar="FILE|NAME",
        multiple=True,
        help="Generate only these operators: a selected_operators.yaml, "
        "namespace::name[.overload], or namespace:: for all of one; may be repeated, and "
        "adds to what the declarations select.",
    ),
)

build_options: Final = _all(
    click.option(
        "--output-dependencies",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Write the lists of files that are written and read there, for CMake's "
        "`include`; the variables' names begin with the file's.",
    ),
    click.option(
        "--depfile",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Write all files that were read there, as Make and Ninja read them.",
    ),
    click.option(
        "--dry-run",
        is_flag=True,
        help="Write nothing but what --output-dependencies and --depfile name.",
    ),
)

json_option: Final = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

verbosity_options: Final = _all(
    click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors."),
    click.option("-v", "--verbose", is_flag=True, help="Print more of what is done."),
)


def package_name(output: Path, package: str | None) -> str:
    """The name that the generated package is imported by."""
    if package is not None and not is_importable(package):
        raise click.UsageError(f"--package {package!r} is not a package name")
    # Path.resolve would not name a link that leads to itself.
    return package or Path(os.path.realpath(output)).name


def is_importable(name: str) -> bool:
    """Whether a name can stand in an import statement."""
    is_package = _PACKAGE.fullmatch(name) is not None
    return is_package and not any(map(keyword.iskeyword, name.split(".")))
