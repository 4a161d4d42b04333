"""The commands `generate`, `check` and `diff`: three endings of one plan."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click as plain
import rich_click as click
from click.exceptions import Exit

from codegen.cli import options
from codegen.cli.building import BuildFiles
from codegen.cli.console import errors_shown, paint, show, usable
from codegen.cli.progress import phases_for, print_timings
from codegen.memory import Inputs, Request, generator_state, is_fresh, remember

if TYPE_CHECKING:
    from codegen.emit import Plan, Texts
    from codegen.phases import Phases


_INTERRUPTED: Final = "a run that wrote to {} did not end"


@dataclass(frozen=True, slots=True)
class _Run:
    """The options that `generate`, `check` and `diff` share."""

    declarations: tuple[Path, ...]
    variant: str | None
    report: str
    output: Path
    package: str | None
    target: str
    templates: Path | None
    jobs: int | None
    selection: tuple[str, ...]
    phases: Phases

    @classmethod
    def of(
        cls,
        output: Path | None,
        target: str,
        *,
        timings: bool,
        quiet: bool = False,
        **given: Any,
    ) -> _Run:
        """A run with these options, into the target's own folder if none is given."""
        output = output or options.DEFAULT_OUTPUTS[target]
        phases = phases_for(quiet=quiet)
        context = plain.get_current_context()
        if timings:
            context.call_on_close(lambda: print_timings(phases))
        context.call_on_close(phases.stopped)
        return cls(output=output, target=target, phases=phases, **given)

    @property
    def request(self) -> Request:
        paths = self.declarations or (options.DEFAULT_DECLARATIONS,)
        return Request(paths, self.variant, self.target, self.templates, self.selection)

    def package_name(self) -> str | None:
        """The name that what is generated is imported by, None if it is not Python."""
        if self.target == options.DEFAULT_TARGET:
            return options.package_name(self.output, self.package)
        if self.package is not None:
            raise click.UsageError(f"--package is not for --target {self.target}")
        return None

    def files(self) -> Texts:
        """All texts; remembers what they were made from."""
        return self.made()[0]

    def made(self) -> tuple[Texts, Inputs]:
        """All texts, and what they were made from, which is remembered."""
        # Imported late: a run that finds everything fresh needs none of it.
        from codegen.emit import digested
        from codegen.pipeline import Run, generate_files
        from codegen.units.working import default_jobs

        with usable(self.templates or self.output), errors_shown(self.report):
            generator = generator_state(self.request)
            jobs = self.jobs or default_jobs()
            run = Run(self.output, generator, jobs, self.phases)
            files, inputs = generate_files(self.request, run)
        self.phases.stopped()
        show(run.findings, "text", err=True)
        with self.phases.phase("remember"):
            texts = digested(files)
            remember(self.request, inputs, texts, generator)
        return texts, inputs

    def plan(self, files: Texts) -> Plan:
        from codegen.emit import plan

        with self.phases.phase("compare"):
            changes = plan(files, self.output, self.target)
        self.phases.stopped()
        return changes

    def command(self, *, force: bool) -> str:
        """The command that writes the files."""
        words = ["dispatch-codegen", "generate"]
        for given in self.declarations:
            words += ["-d", str(given)]
        if self.output != options.DEFAULT_OUTPUTS[self.target]:
            words += ["-o", str(self.output)]
        words += ["--package", self.package] if self.package else []
        words += ["--target", self.target] * (self.target != options.DEFAULT_TARGET)
        words += ["--variant", self.variant] if self.variant else []
        words += ["--templates", str(self.templates)] if self.templates else []
        for name in self.selection:
            words += ["--select", name]
        words += ["--force"] if force else []
        return shlex.join(words)


@click.command()
@options.declaration_options
@options.output_options
@click.option(
    "--force", is_flag=True, help="Overwrite files that were edited by hand, too."
)
@options.build_options
@options.verbosity_options
def generate(
    force: bool,
    output_dependencies: Path | None,
    depfile: Path | None,
    dry_run: bool,
    quiet: bool,
    verbose: bool,
    **given: Any,
) -> None:
    """Rewrite the generated files from the declarations."""
    run = _Run.of(quiet=quiet, **given)
    name = run.package_name()
    build = BuildFiles(output_dependencies, depfile)
    is_known = is_fresh(run.request, run.output)
    if is_known and build.write_recalled(run.request, run.output):
        _say(run, f"{run.output}: up to date", quiet)
        return
    files, inputs = run.made()
    if dry_run:
        build.write(run.request, run.output, files, inputs)
        return
    build.check(run.request, run.output, files, inputs)
    changes = _write(run, files, force)
    build.write(run.request, run.output, files, inputs)
    if changes.is_fresh:
        _say(run, f"{run.output}: up to date", quiet)
        return
    if verbose:
        for path in (*changes.missing, *changes.changed):
            _say(run, f"written: {run.output / path}", quiet)
        for path in changes.stale:
            _say(run, f"removed: {run.output / path}", quiet)
    written = len(changes.missing) + len(changes.changed)
    hint = f"; `import {name}`" if name and options.is_importable(name) else ""
    _say(
        run,
        f"{run.output}: {written} written, {len(changes.stale)} removed{hint}",
        quiet,
    )


def _write(run: _Run, files: Texts, force: bool) -> Plan:
    """Write what differs. The plan is made under the lock, or it could be outdated.

    Where nothing differs, nothing is written, and no lock is needed.
    """
    from codegen.emit import EditedError, apply
    from codegen.locking import LockedError, locked

    with usable(run.output), ExitStack() as held:
        try:
            held.enter_context(locked(run.output))
        except LockedError:
            if (changes := run.plan(files)).is_fresh:
                return changes
            raise
        changes = run.plan(files)
        try:
            with run.phases.phase("write"):
                apply(changes, force=force)
        except EditedError as error:
            for path in error.paths:
                click.echo(f"edited: {run.output / path}", err=True)
            click.echo(
                "these files hold something that was not generated, "
                "and nothing was written\n"
                "to keep it, move it away; to overwrite it: "
                f"{run.command(force=True)}",
                err=True,
            )
            raise Exit(1) from None
        except OSError:
            if (after := run.plan(files)).interrupted and not after.edited:
                click.echo(
                    f"not all files could be written; finish it with: "
                    f"{run.command(force=force)}",
                    err=True,
                )
            raise
    return changes


@click.command()
@options.declaration_options
@options.output_options
@options.json_option
@options.verbosity_options
def check(as_json: bool, quiet: bool, verbose: bool, **given: Any) -> None:
    """Exit with 1 if the generated files are not what the declarations say."""
    run = _Run.of(quiet=quiet, **given)
    run.package_name()
    if is_fresh(run.request, run.output):
        _report_fresh(run, as_json, quiet)
        return
    changes = _settled_plan(run)
    if changes.is_fresh:
        _report_fresh(run, as_json, quiet)
        return
    rows = [
        *(("missing", path) for path in changes.missing),
        *(("changed", path) for path in changes.changed),
        *(("extra", path) for path in changes.stale),
    ]
    command = run.command(force=bool(changes.edited))
    if as_json:
        _print_json(run, changes, command)
    elif run.report == "github":
        _annotate(run, rows, command)
    else:
        for what, path in rows:
            edited = " (edited by hand)" if path in changes.edited else ""
            _say(run, f"{what}: {run.output / path}{edited}", quiet)
    if not as_json:
        if changes.interrupted:
            _say(run, f"interrupted: {_INTERRUPTED.format(run.output)}", quiet)
        _say(run, f"mend it with: {command}", quiet)
    raise Exit(1)


def _annotate(run: _Run, rows: Iterable[tuple[str, str]], command: str) -> None:
    from codegen.reports import workflow_command

    for what, path in rows:
        fields = {"file": (run.output / path).as_posix(), "title": "not up to date"}
        click.echo(
            workflow_command("error", fields, f"{what}; mend it with: {command}")
        )


def _settled_plan(run: _Run) -> Plan:
    """What differs; after another run has ended, if one is writing now."""
    from codegen.locking import locked

    files = run.files()
    with usable(run.output):
        changes = run.plan(files)
        if changes.interrupted:
            with locked(run.output):
                changes = run.plan(files)
    return changes


def _report_fresh(run: _Run, as_json: bool, quiet: bool) -> None:
    if as_json:
        _print_json(run, None, None)
    else:
        _say(run, f"{run.output}: up to date", quiet)


def _print_json(run: _Run, changes: Plan | None, command: str | None) -> None:
    names = ("missing", "changed", "stale", "edited")
    found = {
        "extra" if name == "stale" else name: [
            (run.output / path).as_posix() for path in getattr(changes, name, ())
        ]
        for name in names
    }
    interrupted = changes is not None and changes.interrupted
    data = {"fresh": changes is None, **found, "interrupted": interrupted}
    click.echo(json.dumps({**data, "command": command}, indent=2))


@click.command()
@options.declaration_options
@options.output_options
def diff(**given: Any) -> None:
    """Show what `generate` would change, as a unified diff; exit with 1 if anything."""
    run = _Run.of(**given)
    run.package_name()
    if is_fresh(run.request, run.output):
        return
    from codegen.diff import unified_diff

    changes = _settled_plan(run)
    with usable(run.output):
        lines = list(unified_diff(changes))
    if sys.stdout.isatty():
        for line in lines:
            click.echo(_painted(line))
    elif lines:
        # Bytes: what is not UTF-8 in a file has to be the same in its diff.
        text = "".join(f"{line}\n" for line in lines)
        click.echo(text.encode("utf-8", "surrogateescape"), nl=False)
    if changes.interrupted:
        click.echo(f"interrupted: {_INTERRUPTED.format(run.output)}", err=True)
    if not changes.is_fresh:
        raise Exit(1)


def _painted(line: str) -> str:
    if line.startswith(("+++", "---", "@@", "diff ")):
        return paint(line, "margin")
    if line.startswith(("+", "-")):
        return paint(line, "added" if line[0] == "+" else "removed")
    return line


def _say(run: _Run, text: str, quiet: bool) -> None:
    """Print for people; apart from what a program reads, if it does."""
    if not quiet:
        run.phases.stopped()
        click.echo(text, err=run.report != "text")
