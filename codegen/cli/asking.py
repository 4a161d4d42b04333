"""The commands `explain`, `list`, `lint` and `schema`: they write nothing."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import rich_click as click
from click.exceptions import Exit

from codegen.cli import options
from codegen.cli.console import errors_shown, show

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from codegen.allowances import Judged
    from codegen.lint import Linted
    from codegen.model import Model

_CODE: Final = re.compile(r"DG[0-9]+", re.IGNORECASE)

# What `list` can list; `codegen.listing` has the rows. Kept here for `--help`.
KINDS: Final = (
    "aliases",
    "backends",
    "checks",
    "fallbacks",
    "functions",
    "groups",
    "keys",
    "keysets",
    "operators",
)


def _load(declarations: tuple[Path, ...], variant: str | None, report: str) -> Model:
    from codegen.pipeline import load_model

    with errors_shown(report):
        return load_model(declarations or (options.DEFAULT_DECLARATIONS,), variant)


def _complete_subject(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """What a shell offers: codes, and the names of the declarations that are there."""
    from codegen.codes import TITLES

    names: set[str] = set(TITLES)
    if model := _model_to_complete(context):
        names |= _key_names(model) | model.keysets.keys() | model.operators.keys()
    return _items(names, incomplete)


def _complete_key(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """What a shell offers after an operator."""
    model = _model_to_complete(context)
    return _items(_key_names(model) if model else (), incomplete)


def _model_to_complete(context: click.Context) -> Model | None:
    from codegen.diagnostics import DeclarationError
    from codegen.pipeline import load_model

    given = context.params.get("declarations") or (options.DEFAULT_DECLARATIONS,)
    try:
        return load_model(given, context.params.get("variant"))
    except DeclarationError:
        return None


def _items(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(n) for n in sorted(names) if n.startswith(incomplete)]


def _key_names(model: Model) -> set[str]:
    return {*model.keys, *model.aliases_of_keys}


@click.command()
@options.declaration_options
@options.json_option
@click.argument("subject", shell_complete=_complete_subject)
@click.argument("key", required=False, shell_complete=_complete_key)
def explain(
    declarations: tuple[Path, ...],
    variant: str | None,
    report: str,
    as_json: bool,
    subject: str,
    key: str | None,
) -> None:
    """Say what SUBJECT is: a key, a keyset, an operator or a diagnostic code.

    With a KEY after an operator, say why that slot of its table holds its kernel.
    """
    if key is None and _CODE.fullmatch(subject):
        _explain_code(subject.upper(), as_json)
        return
    data = _explanation(_load(declarations, variant, report), subject, key)
    click.echo(json.dumps(data, indent=2) if as_json else "\n".join(_lines(data)))


def _explain_code(code: str, as_json: bool) -> None:
    from codegen.codes import TITLES
    from codegen.rulebook import rule_text

    _known(code, TITLES, "diagnostic")
    text = rule_text(code)
    if as_json:
        data = {"code": code, "title": TITLES[code], "text": text}
        click.echo(json.dumps(data, indent=2))
    else:
        _print_markdown(text)


def _print_markdown(text: str) -> None:
    """As a terminal shows it, or as it is."""
    if not sys.stdout.isatty():
        click.echo(text, nl=False)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(text))


def _explanation(model: Model, subject: str, key: str | None) -> dict[str, Any]:
    from codegen import explain as explaining

    keys = _key_names(model)
    if key is not None:
        _known(subject, model.operators, "operator")
        _known(key, keys, "key")
        try:
            return explaining.explain_slot(model, subject, key)
        except KeyError:
            raise click.UsageError(f"{key} has no table slot") from None
    if subject in model.operators:
        return explaining.explain_operator(model, subject)
    if subject in model.keysets:
        return explaining.explain_keyset(model, subject)
    if "::" in subject:
        _known(subject, model.operators, "operator")
    names = keys | model.keysets.keys() | model.operators.keys()
    _known(subject, names, "key, keyset or operator")
    return explaining.explain_key(model, subject)


def _known(name: str, candidates: Iterable[str], what: str) -> None:
    from codegen.diagnostics import did_you_mean

    candidates = set(candidates)
    if name not in candidates:
        hint = did_you_mean(name, candidates)
        raise click.UsageError(
            f"there is no {what} {name}" + (f"; {hint}" if hint else "")
        )


def _lines(data: dict[str, Any], indent: str = "") -> Iterator[str]:
    for name, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{indent}{name}:"
            for number, item in enumerate(value, 1):
                (_, head), *rest = item.items()
                yield f"{indent}  {number}. {head}: {item['outcome']}"
                shown = {k: v for k, v in rest if k != "outcome"}
                yield from _lines(shown, indent + "     ")
        elif isinstance(value, dict):
            yield f"{indent}{name}:" + ("" if value else " none")
            for inner, text in value.items():
                yield f"{indent}  {inner}: {text}"
        elif isinstance(value, list):
            yield f"{indent}{name}: {', '.join(map(str, value)) or 'none'}"
        else:
            yield f"{indent}{name}: {'none' if value is None else value}"


@click.command("list")
@options.declaration_options
@options.json_option
@click.argument("kind", type=click.Choice(KINDS))
def list_declared(
    declarations: tuple[Path, ...],
    variant: str | None,
    report: str,
    as_json: bool,
    kind: str,
) -> None:
    """List what is declared of one KIND, or all checks."""
    from codegen.listing import LISTINGS, checks

    if kind == "checks":
        rows = checks()
    else:
        rows = LISTINGS[kind](_load(declarations, variant, report))
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    cells = [[_cell(value) for value in row.values()] for row in rows]
    if sys.stdout.isatty() and rows:
        _print_table(list(rows[0]), cells)
        return
    for line in cells:
        click.echo("\t".join(line))


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    # One line a row, whatever a text holds.
    return "-" if value is None else " ".join(str(value).split())


def _print_table(names: list[str], rows: list[list[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(*names, box=box.SIMPLE_HEAD)
    for row in rows:
        table.add_row(*row)
    Console().print(table, markup=False)


@click.command()
@options.declaration_options
@options.verbosity_options
@options.json_option
@click.option(
    "--lists",
    is_flag=True,
    help="Print, in place of findings, what each list in `name_lists` lacks, allowed or "
    "not, as Markdown or JSON; exit with 1 if something of it is not allowed.",
)
def lint(
    declarations: tuple[Path, ...],
    variant: str | None,
    report: str,
    quiet: bool,
    verbose: bool,
    as_json: bool,
    lists: bool,
) -> None:
    """Find what is odd about valid declarations; exit with 1 if anything.

    A finding is allowed by a comment on its line: `# allow DG304: the reason`.
    """
    from codegen.lint import linted

    report = "json" if as_json else report
    if lists and report not in ("text", "json"):
        raise click.UsageError(f"--lists prints Markdown or JSON, not {report}")
    with errors_shown(report):
        result = linted(declarations or (options.DEFAULT_DECLARATIONS,), variant)
    if lists:
        _report_name_lists(result, report, quiet)
    else:
        _report_findings(result.judged, report, quiet, verbose)


def _report_name_lists(result: Linted, report: str, quiet: bool) -> None:
    from codegen.name_list_report import as_data, as_markdown, name_list_report

    found = name_list_report(*result)
    if report == "json":
        click.echo(json.dumps(as_data(found), indent=2, ensure_ascii=False))
    elif not quiet:
        _print_markdown(as_markdown(found))
    if found.not_allowed:
        raise Exit(1)


def _report_findings(found: Judged, report: str, quiet: bool, verbose: bool) -> None:
    shown = found.remaining
    if verbose and report != "text":
        shown = (*found.remaining, *found.allowed)
    if not (quiet and report == "text"):
        if verbose and report == "text" and found.allowed:
            show(found.allowed, report, err=False)
            click.echo("\nthese are allowed, each with its reason\n")
        show(shown, report, err=False)
    if not quiet:
        count, allowed = len(found.remaining), len(found.allowed)
        gap = "\n" if shown and report == "text" else ""
        click.echo(
            f"{gap}{count} finding{'s' * (count != 1)}, {allowed} allowed",
            err=report != "text",
        )
    if found.remaining:
        raise Exit(1)


@click.command()
def schema() -> None:
    """Print the JSON Schema of declaration files, for editors."""
    from codegen.json_schema import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
