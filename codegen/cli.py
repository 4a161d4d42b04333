"""The command line: reads options, calls the pipeline, prints.

Exit codes: 0 fine, 1 differences found, 2 bad input or usage.
"""

from __future__ import annotations

import json
import keyword
import re
import shlex
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from codegen.diagnostics import DeclarationError, did_you_mean
from codegen.listing import LISTINGS
from codegen.model import Model
from codegen.pipeline import generate, load_model
from codegen.targets import TARGETS

F = TypeVar("F", bound=Callable[..., Any])

_PACKAGE: Final = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", re.ASCII)


def _load(declarations: tuple[Path, ...], variant: str | None) -> Model:
    paths = declarations or (Path("declarations"),)
    try:
        return load_model(paths, variant)
    except DeclarationError as error:
        count = len(error.diagnostics)
        click.echo(error, err=True)
        click.echo(f"\n{count} error{'s' * (count > 1)}", err=True)
        raise click.exceptions.Exit(2) from None


def _declaration_options(command: F) -> F:
    for option in (
        click.option(
            "--variant",
            metavar="NAME",
            help="Build variant; the plain build if left out.",
        ),
        click.option(
            "-d",
            "--declarations",
            "declarations",
            type=click.Path(path_type=Path),
            multiple=True,
            help="File or folder of declarations; may be repeated.  [default: declarations]",
        ),
    ):
        command = option(command)
    return command


def _output_options(command: F) -> F:
    for option in (
        click.option(
            "--target",
            type=click.Choice(sorted(TARGETS)),
            default="python",
            show_default=True,
            help="What to generate.",
        ),
        click.option(
            "--package",
            metavar="NAME",
            help="Name that the package is imported by, if the folder's name is not it.",
        ),
        click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path, file_okay=False),
            default=Path("generated"),
            show_default=True,
            help="The generated package's own folder.",
        ),
    ):
        command = option(command)
    return command


_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dispatch-codegen")
def main() -> None:
    """Turn YAML declarations into a dispatcher."""


@main.command("generate")
@_declaration_options
@_output_options
def generate_command(
    declarations: tuple[Path, ...],
    variant: str | None,
    output: Path,
    package: str | None,
    target: str,
) -> None:
    """Rewrite the generated files from the declarations."""
    from codegen.emit import apply, plan

    name = _package_name(output, package)
    files = generate(_load(declarations, variant), target)
    try:
        changes = plan(files, output, target)
        apply(changes)
    except OSError as error:
        raise _unusable(output, error) from None
    if changes.is_fresh:
        click.echo(f"{output}: up to date")
        return
    written = len(changes.missing) + len(changes.changed)
    hint = f"; `import {name}`" if _is_importable(name) else ""
    click.echo(f"{output}: {written} written, {len(changes.stale)} removed{hint}")


def _unusable(output: Path, error: OSError) -> click.UsageError:
    where = error.filename or output
    return click.UsageError(f"cannot use {where}: {error.strerror}")


def _is_importable(name: str) -> bool:
    is_package = _PACKAGE.fullmatch(name) is not None
    return is_package and not any(map(keyword.iskeyword, name.split(".")))


def _package_name(output: Path, package: str | None) -> str:
    name = package or output.resolve().name
    if package is not None and not _is_importable(package):
        raise click.UsageError(f"--package {package!r} is not a package name")
    return name


@main.command("check")
@_declaration_options
@_output_options
def check_command(
    declarations: tuple[Path, ...],
    variant: str | None,
    output: Path,
    package: str | None,
    target: str,
) -> None:
    """Exit with 1 if the generated files are not what the declarations say."""
    from codegen.emit import plan

    name = _package_name(output, package)
    files = generate(_load(declarations, variant), target)
    try:
        changes = plan(files, output, target)
    except OSError as error:
        raise _unusable(output, error) from None
    if changes.is_fresh:
        click.echo(f"{output}: up to date")
        return
    for what, paths in (
        ("missing", changes.missing),
        ("changed", changes.changed),
        ("extra", changes.stale),
    ):
        for path in paths:
            click.echo(f"{what}: {output / path}")
    command = ["dispatch-codegen", "generate"]
    for given in declarations:
        command += ["-d", str(given)]
    command += ["-o", str(output)] if output != Path("generated") else []
    command += ["--package", name] if package else []
    command += ["--target", target] if target != "python" else []
    command += ["--variant", variant] if variant else []
    click.echo(f"mend it with: {shlex.join(command)}")
    raise click.exceptions.Exit(1)


@main.command("explain")
@_declaration_options
@_json_option
@click.argument("subject")
@click.argument("key", required=False)
def explain_command(
    declarations: tuple[Path, ...],
    variant: str | None,
    as_json: bool,
    subject: str,
    key: str | None,
) -> None:
    """Say what a KEY is, or why an OPERATOR's slot for a KEY holds its kernel."""
    from codegen.explain import explain_key, explain_slot

    model = _load(declarations, variant)
    keys = {*model.keys, *model.aliases_of_keys}
    if key is None and subject in model.operators:
        raise click.UsageError(f"which key of {subject}? explain {subject} KEY")
    if key is None:
        _known(subject, keys, "key")
        data = explain_key(model, subject)
    else:
        _known(subject, model.operators, "operator")
        _known(key, keys, "key")
        try:
            data = explain_slot(model, subject, key)
        except KeyError:
            raise click.UsageError(f"{key} has no table slot") from None
    click.echo(json.dumps(data, indent=2) if as_json else "\n".join(_lines(data)))


def _known(name: str, candidates: Iterable[str], what: str) -> None:
    candidates = set(candidates)
    if name not in candidates:
        hint = did_you_mean(name, candidates)
        raise click.UsageError(
            f"there is no {what} {name}" + (f"; {hint}" if hint else "")
        )


def _lines(data: dict[str, Any], indent: str = "") -> Iterable[str]:
    for name, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{indent}{name}:"
            for number, item in enumerate(value, 1):
                (_, head), *rest = item.items()
                yield f"{indent}  {number}. {head}: {item['outcome']}"
                shown = {k: v for k, v in rest if k != "outcome"}
                yield from _lines(shown, indent + "     ")
        elif isinstance(value, list):
            yield f"{indent}{name}: {', '.join(map(str, value)) or 'none'}"
        else:
            yield f"{indent}{name}: {'none' if value is None else value}"


@main.command("list")
@_declaration_options
@_json_option
@click.argument(
    "kind",
    type=click.Choice(sorted(LISTINGS)),
)
def list_command(
    declarations: tuple[Path, ...], variant: str | None, as_json: bool, kind: str
) -> None:
    """List what is declared of one KIND."""
    rows = LISTINGS[kind](_load(declarations, variant))
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        cells = (", ".join(v) if isinstance(v, list) else v for v in row.values())
        click.echo("\t".join("-" if cell is None else str(cell) for cell in cells))
