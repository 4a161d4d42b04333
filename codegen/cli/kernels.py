"""The command `check-kernels`: whether C++ sources define what is declared."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import rich_click as click
from click.exceptions import Exit

from codegen.cli import options
from codegen.cli.console import UnusableError, errors_shown, show

_TARGET: Final = "libtorch"


@click.command("check-kernels")
@options.declaration_options
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of the generated extension, from which the declared sources are "
    "seen.  [default: generated/libtorch]",
)
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but problems.")
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
def check_kernels(
    declarations: tuple[Path, ...],
    variant: str | None,
    report: str,
    output: Path | None,
    quiet: bool,
    sources: tuple[Path, ...],
) -> None:
    """Find kernels that the C++ SOURCES of an extension do not define as declared.

    SOURCES are files or folders; those in `torch.kernels.sources` if left out. Exit with 1
    if anything is missing.
    """
    # Imported late: what the other commands do not need.
    from codegen.diagnostics import DeclarationError
    from codegen.kernel_check import check_kernels as compared
    from codegen.kernel_check_cpp import NoParserError
    from codegen.pipeline import load_model

    with errors_shown(report):
        model = load_model(declarations or (options.DEFAULT_DECLARATIONS,), variant)
    if not sources and model.torch is not None:
        folder = output or options.DEFAULT_OUTPUTS[_TARGET]
        # The folder need not be there yet.
        sources = tuple(
            Path(os.path.normpath(folder / source)) for source in model.torch.sources
        )
    if not sources:
        raise click.UsageError(
            "give the C++ sources, or name them in `torch: {kernels: {sources: [...]}}`"
        )
    try:
        found = compared(model, sources)
    except NoParserError as error:
        raise UnusableError(str(error)) from None
    except OSError as error:
        raise UnusableError(f"cannot read {error.filename}: {error.strerror}") from None
    except DeclarationError as error:
        show(error.diagnostics, report, err=report == "text")
        if report == "text":
            count = len(error.diagnostics)
            click.echo(f"\n{count} problem{'s' * (count > 1)}", err=True)
        raise Exit(1) from None
    if not quiet:
        for name, span in found.unread.items():
            click.echo(
                f"{span}: `{name}` may be what this macro defines; not read", err=True
            )
        kernels = f"{found.kernels} kernel{'s' * (found.kernels != 1)}"
        files = f"{found.files} file{'s' * (found.files != 1)}"
        click.echo(f"{kernels}, in {files}", err=report != "text")
