"""The order of the phases. This is the one module that knows it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codegen.checks import check
from codegen.diagnostics import DeclarationError, Diagnostic
from codegen.emit import Texts, digest_of_file
from codegen.layers import FEW_ENTRIES, Layer, load_layers
from codegen.memory import Inputs, Request, units_context, units_file
from codegen.model import Model, Operator
from codegen.phases import Phases
from codegen.resolve import resolve, resolve_deferred
from codegen.resolve.keysets import Scope
from codegen.resolve.merge import Declarations
from codegen.source import display_path
from codegen.units import UnusualError

if TYPE_CHECKING:
    from codegen.target import Separate
    from codegen.units.resolving import MakeParts


def load_model(paths: Sequence[Path], variant: str | None = None) -> Model:
    """The dispatcher declared in some files and folders, checked as a whole.

    Raises:
        DeclarationError: with all errors of the first phase that has any.
    """
    model = resolve(load_layers(paths), variant)
    check(model)
    return model


def generate(
    model: Model, target: str, templates: Path | None = None
) -> dict[str, str]:
    """The text of every file of a target, by path.

    Args:
        model: the dispatcher.
        target: a name in `codegen.targets.TARGETS`.
        templates: a folder of templates to use before the built-in ones.

    Raises:
        DeclarationError: if such a template replaces nothing or cannot be rendered.
    """
    # Imported late: only generating needs the template engine.
    from codegen.targets import TARGETS

    return TARGETS[target]().files(model, templates)


@dataclass(frozen=True, slots=True)
class Run:
    """How a run goes about its work; what it gives does not depend on it.

    Attributes:
        output: the folder that is written to.
        generator: `memory.generator_state`, from before anything was read.
        jobs: how many processes may work side by side.
        phases: told what is done.
        findings: gets what is left out of what is generated.
    """

    output: Path
    generator: Sequence[Any]
    jobs: int = 1
    phases: Phases = field(default_factory=Phases)
    findings: list[Diagnostic] = field(default_factory=list)


def generate_files(request: Request, run: Run) -> tuple[Texts, Inputs]:
    """All that a request asks for, and what was read for it.

    Raises:
        DeclarationError: with all errors of the first phase that has any.
    """
    phase = run.phases.phase
    with phase("read"):
        layers = load_layers(request.paths, request.selection, defer=FEW_ENTRIES)
        if any(layer.backend_files for layer in layers):
            # Imported late: it imports all of `lint`.
            from codegen.lint import left_out

            run.findings.extend(left_out(layers))
    if any(layer.deferred for layer in layers):
        try:
            return _generated_by_units(request, run, layers), _inputs(layers)
        except (UnusualError, DeclarationError):
            # Read as a whole, it is handled, or reported with all there is to report.
            with phase("read"):
                layers = load_layers(request.paths, request.selection)
    with phase("resolve"):
        model = resolve(layers, request.variant)
    with phase("check"):
        check(model)
    with phase("render"):
        files = generate(model, request.target, request.templates)
    return files, _inputs(layers)


def _inputs(layers: Sequence[Layer]) -> Inputs:
    return Inputs(
        given=tuple(path for layer in layers for path in layer.given),
        digests={file: d for layer in layers for file, d in layer.digests.items()},
    )


def _generated_by_units(request: Request, run: Run, layers: Sequence[Layer]) -> Texts:
    """All files, with the operators of deferred files by Note [Units].

    Raises:
        UnusualError: if that is not possible.
        DeclarationError: with some of what is wrong.
    """
    # Imported late: only large files need it, and only generating the template engine.
    from codegen.targets import TARGETS
    from codegen.units.resolving import FileOperators, Given

    phase, phases = run.phases.phase, run.phases
    target = TARGETS[request.target]()
    separate = target.separate
    resolved = None

    def operators(
        declared: Declarations, scope: Scope, base: Model
    ) -> dict[str, Operator]:
        nonlocal resolved, separate
        # What is added to operators afterwards, or taken away, is not known to units.
        is_final = not (declared.selections or declared.backend_files)
        if separate is not None and not (is_final and separate.is_possible(base)):
            separate = None
        files = FileOperators(
            layers,
            Given(
                store=units_file(request),
                context=units_context(
                    request, run.generator, others, str(separate is None)
                ),
                make=(
                    None if separate is None else _parts_of_operators(separate, request)
                ),
                is_written=partial(_is_written, run.output),
                jobs=run.jobs,
                progress=phases.advanced,
            ),
        )
        with phase("operators"):
            found = files(declared, scope, base)
        resolved = files.resolved
        note = f"{resolved.recalled:,} of {resolved.units:,} units recalled"
        phases.notes["operators"] = note
        return found

    deferred = {file.source.path for layer in layers for file in layer.deferred}
    others = {
        shown: its_digest
        for layer in layers
        for file, its_digest in layer.digests.items()
        if (shown := display_path(file)) not in deferred
    }
    with phase("resolve"):
        model = resolve_deferred(layers, request.variant, operators)
    with phase("check"):
        check(model)
    with phase("render"):
        if separate is None:
            return target.files(model, request.templates)
        assert resolved is not None
        rest = separate.others(model, request.templates, resolved.facts)
        return {**resolved.texts, **rest}


def _parts_of_operators(separate: Separate, request: Request) -> MakeParts:
    return lambda model: separate.operators(model, request.templates)


def _is_written(root: Path, path: str, its_digest: str) -> bool:
    try:
        return digest_of_file(os.path.join(root, path)) == its_digest
    except OSError:
        return False
