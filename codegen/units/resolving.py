"""The operators of deferred files, and the files of a target that are about them alone.

Reads what `codegen.layers` has cut. See Note [Units].
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from codegen.diagnostics import Collector
from codegen.emit import Text, Texts
from codegen.layers import Layer
from codegen.located import LocatedStr, parse
from codegen.model import Model, Operator
from codegen.resolve.keysets import Scope
from codegen.resolve.merge import Declarations
from codegen.resolve.operators import resolve_operators
from codegen.schema.operators import OperatorDecl
from codegen.source import Source, Span
from codegen.target import OperatorParts
from codegen.units import UnusualError
from codegen.units.cutting import Entry, Unit, stems_of, units_of
from codegen.units.plain import Places, Plain, SourceName, from_plain, to_plain
from codegen.units.store import KnownUnit, keep, recall
from codegen.units.working import in_batches

_WORTH_A_PROCESS: Final = 60
"""How many units take longer than a process takes to begin."""

MakeParts = Callable[[Model], OperatorParts]
"""What a target generates of operators alone."""


class Given(NamedTuple):
    """What a run gives to the work on units.

    Attributes:
        store: where units are kept between runs, None for nowhere.
        context: a digest of all that is not in deferred files and decides what units give.
        make: what a target generates of operators; None if nothing follows from a unit
            and the context.
        is_written: whether a path holds a text with some digest already.
        jobs: how many processes may work side by side.
        progress: told how many units are done, of how many.
    """

    store: Path | None
    context: str
    make: MakeParts | None
    is_written: Callable[[str, str], bool]
    jobs: int
    progress: Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Resolved:
    """What came out of it.

    Attributes:
        texts: of the files about operators, by path; empty if there are none.
        facts: of operators, by name, likewise.
        recalled: how many units were known before.
        units: how many there are.
    """

    texts: Texts
    facts: Mapping[str, Any]
    recalled: int
    units: int


class _Worked(NamedTuple):
    """What was worked out for a unit: plain operators, texts by path, facts by name."""

    operators: tuple[Plain, ...]
    texts: Mapping[str, str]
    facts: Mapping[str, Any]


@dataclass
class FileOperators:
    """Resolves the operators of deferred files; `codegen.resolve.OperatorsOfFiles`.

    Attributes:
        resolved: what came out of it; there when it was called.
    """

    layers: Sequence[Layer]
    given: Given
    resolved: Resolved = field(init=False)

    def __call__(
        self, declared: Declarations, scope: Scope, base: Model
    ) -> dict[str, Operator]:
        """All operators, by name.

        Raises:
            UnusualError: for what only reading files as a whole can handle or report.
        """
        if declared.operator_files:
            raise UnusualError
        work = _Work(declared, scope, base, self.given.make)
        own = work.declared_operators()
        known = recall(self.given.store, self.given.context)
        found: dict[int, KnownUnit] = {}
        for number, name in enumerate(work.digests):
            unit = known.get(name)
            if unit is not None and self._is_there(unit):
                found[number] = unit
        texts: dict[str, str | Text] = {}
        for number, unit in found.items():
            for path, its_digest in unit.modules.items():
                texts[path] = Text(its_digest, partial(work.text, number, path))
        to_do = [n for n in range(len(work.units)) if n not in found]
        recalled, done = len(found), len(found)
        progress = self.given.progress
        progress(done, len(work.units))
        for numbers, results in in_batches(
            to_do, work.on, self.given.jobs, _WORTH_A_PROCESS
        ):
            for number, worked in zip(numbers, results, strict=True):
                made = {path: Text.of(text) for path, text in worked.texts.items()}
                texts |= made
                digests = {path: text.digest for path, text in made.items()}
                found[number] = KnownUnit(worked.operators, digests, worked.facts)
            done += len(numbers)
            progress(done, len(work.units))
        units = {work.digests[number]: unit for number, unit in found.items()}
        if to_do or len(known) != len(units):
            keep(self.given.store, self.given.context, units)
        of_files = self._of_files(work, found)
        own = self._not_replaced(own, of_files, declared)
        both = sorted([*own.values(), *of_files.values()], key=lambda o: o.packet)
        operators = {operator.name: operator for operator in both}
        facts = {n: f for unit in found.values() for n, f in unit.facts.items()}
        if self.given.make is not None and own:
            parts = self.given.make(replace(base, operators=MappingProxyType(own)))
            texts |= {path: text for _, path, text in parts.files}
            facts |= parts.facts
        self.resolved = Resolved(texts, facts, recalled, len(work.units))
        return operators

    def _is_there(self, unit: KnownUnit) -> bool:
        """Whether the texts of a unit need not be made again."""
        if self.given.make is None:
            return True
        is_written = self.given.is_written
        return all(is_written(*item) for item in unit.modules.items())

    def _of_files(
        self, work: _Work, found: Mapping[int, KnownUnit]
    ) -> dict[str, Operator]:
        sources: dict[str, Source] = {
            document.span.path: document.span.source
            for layer in self.layers
            for document in layer.documents
            if document.span.source is not None
        }
        operators: dict[str, Operator] = {}
        for number, unit in enumerate(work.units):
            places = work.places_in_files(unit, sources)
            for plain in found[number].operators:
                operator = from_plain(plain, places)
                if operators.setdefault(operator.name, operator) is not operator:
                    raise UnusualError
        return operators

    def _not_replaced(
        self,
        own: Mapping[str, Operator],
        of_files: Mapping[str, Operator],
        declared: Declarations,
    ) -> dict[str, Operator]:
        """The declared operators that are in no file."""
        for name, operator in own.items():
            other = of_files.get(name)
            # Note [Replaced operators] in `codegen.resolve.operators`.
            layer_of = declared.layer_of_file
            if other is not None and layer_of.get(
                operator.span.path, 0
            ) >= layer_of.get(other.span.path, 0):
                raise UnusualError
        kept = {name: o for name, o in own.items() if name not in of_files}
        outs = {o.structured.out for o in kept.values() if o.structured is not None}
        if not outs.isdisjoint(of_files):
            raise UnusualError  # What it delegates to was replaced.
        packets = {operator.packet for operator in of_files.values()}
        if any(operator.packet in packets for operator in kept.values()):
            raise UnusualError  # A file is about both.
        return kept


class _Work:
    """What has to be known to work on any unit; a forked process has it too."""

    def __init__(
        self,
        declared: Declarations,
        scope: Scope,
        base: Model,
        make: MakeParts | None,
    ) -> None:
        self._declared = declared
        self._scope = scope
        self._base = base
        self._make = make
        self._entries: list[Entry] = []
        self._sources: list[Source] = []
        self._namespaces: list[LocatedStr | None] = []
        for file, namespace in declared.deferred:
            self._entries += file.entries
            self._sources += [file.source] * len(file.entries)
            self._namespaces += [namespace] * len(file.entries)
        self.units = units_of(self._entries)
        self.digests = [self._digest(unit) for unit in self.units]

    def _digest(self, unit: Unit) -> str:
        hashed = hashlib.sha256()
        for number in unit.entries:
            hashed.update(self._entries[number].text.encode())
            hashed.update(f"\0{self._namespaces[number]}\0".encode())
        return hashed.hexdigest()[:32]

    def declared_operators(self) -> dict[str, Operator]:
        """The operators that are declared outside of these files; reports what is wrong."""
        stems = {stem for unit in self.units for stem in unit.stems}
        kernels = [
            (key, {o: k for o, k in of_key.items() if not stems_of([o]) & stems})
            for key, of_key in self._declared.kernels
        ]
        declared = replace(self._declared, kernels=kernels, deferred=())
        return resolve_operators(declared, self._scope)

    def text(self, number: int, path: str) -> str:
        """One of the texts of a unit, made again."""
        return self.on([number])[0].texts[path]

    def on(self, numbers: Sequence[int]) -> list[_Worked]:
        """Work on some units, by their numbers.

        Raises:
            UnusualError: if there is anything to report.
        """
        units = [self.units[number] for number in numbers]
        entries = sorted(entry for unit in units for entry in unit.entries)
        unit_of = {entry: n for n, unit in enumerate(units) for entry in unit.entries}
        stems = frozenset[str]().union(*(unit.stems for unit in units))
        sources = {
            entry: Source(self._sources[entry].path, self._entries[entry].text)
            for entry in entries
        }
        declared = replace(
            self._declared,
            operators=(),
            operator_files=[
                (self._declaration(entry, sources[entry]), self._namespaces[entry])
                for entry in entries
            ],
            kernels=[
                (key, {o: k for o, k in of_key.items() if stems_of([o]) & stems})
                for key, of_key in self._declared.kernels
            ],
            deferred=(),
        )
        scope = self._scope.quiet()
        operators = resolve_operators(declared, scope)
        if scope.collector:
            raise UnusualError
        entry_of = {id(source): entry for entry, source in sources.items()}
        unit_of_packet: dict[str, int] = {}
        plain: list[list[Plain]] = [[] for _ in units]
        for operator in operators.values():
            number = unit_of[entry_of[id(operator.span.source)]]
            if unit_of_packet.setdefault(operator.packet, number) != number:
                raise UnusualError
            places = _places_of_entries(units[number], entry_of)
            plain[number].append(to_plain(operator, places))
        texts: list[dict[str, str]] = [{} for _ in units]
        facts: list[dict[str, Any]] = [{} for _ in units]
        if self._make is not None:
            model = replace(self._base, operators=MappingProxyType(operators))
            parts = self._make(model)
            for packet, path, text in parts.files:
                texts[unit_of_packet[packet]][path] = text
            for name, fact in parts.facts.items():
                facts[unit_of_packet[operators[name].packet]][name] = fact
        found = zip(plain, texts, facts, strict=True)
        return [_Worked(tuple(p), t, f) for p, t, f in found]

    def _declaration(self, entry: int, source: Source) -> OperatorDecl:
        collector = Collector()
        data = parse(source, collector)
        if collector or not isinstance(data, list) or len(data) != 1:
            raise UnusualError
        try:
            declaration = OperatorDecl.model_validate(data[0])
        except ValidationError:
            raise UnusualError from None
        self._check_names(declaration, entry)
        return declaration

    def _check_names(self, declaration: OperatorDecl, entry: int) -> None:
        """That cutting saw the names that parsing finds."""
        cut = self._entries[entry]
        named = stems_of([declaration.func.partition("(")[0].strip()])
        delegate = declaration.structured_delegate
        delegates = () if delegate is None else tuple(stems_of([delegate]))
        if named != {cut.stem} or delegates != cut.delegates:
            raise UnusualError

    def places_in_files(self, unit: Unit, others: Mapping[str, Source]) -> Places:
        """Where the sources of a unit are, for what is made of plain operators."""

        def source_of(name: SourceName) -> tuple[Source, int]:
            if isinstance(name, str):
                return others[name], 0
            entry = unit.entries[name]
            return self._sources[entry], self._entries[entry].before

        return Places(_no_name, source_of)


def _no_name(span: Span) -> SourceName:
    raise KeyError(span.path)


def _places_of_entries(unit: Unit, entry_of: Mapping[int, int]) -> Places:
    numbers = {entry: number for number, entry in enumerate(unit.entries)}

    def name_of(span: Span) -> SourceName:
        entry = entry_of.get(id(span.source))
        return span.path if entry is None else numbers[entry]

    def source_of(name: SourceName) -> tuple[Source, int]:
        raise KeyError(name)

    return Places(name_of, source_of)
