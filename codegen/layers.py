"""Paths to documents: reads, parses and validates, and follows `extends`.

Returns layers: the base's documents come before those that extend it.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from codegen import resources
from codegen.backend_files import is_backend_file
from codegen.diagnostics import Collector, did_you_mean
from codegen.emit import digest
from codegen.kept_documents import KeptDocuments
from codegen.located import LocatedStr, brief, parse
from codegen.names import is_identifier
from codegen.schema import Document
from codegen.schema.backend_files import BackendFileDecl
from codegen.schema.selection import (
    SelectedOperatorsDecl,
    are_selected_operators,
    selection_of_options,
)
from codegen.source import SELECT, Source, Span, declaration_files, display_path
from codegen.units.cutting import Entry, cut
from codegen.validate import (
    validate,
    validate_backend_file,
    validate_selected_operators,
)

MAX_BASES: Final = 20

FEW_ENTRIES: Final = 200
"""Parsing fewer operators of a file takes too little time to put it off."""

_TORCHGEN_FILE: Final = "give the path of a file in torchgen's YAML"

# The sections of a file that `operators` names.
_IN_NAMED_FILES: Final = frozenset({"operators", "operator_tags", "span"})


@dataclass(frozen=True, slots=True)
class OperatorFile:
    """A file in torchgen's YAML that was read and cut into entries, and not parsed."""

    source: Source
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """The documents that were given together, in the order of their paths.

    Attributes:
        documents: of all files.
        torchgen: of the files that `operator_files` names, in their order.
        selected: what the files of selected operators hold that `selection` names.
        backend_files: files as torchgen's `gen_backend_stubs` reads them, named or given.
        given: the paths that they come from.
        digests: of what each file held.
        names: how generated files call each file, by the path that diagnostics show;
            Note [Names of files].
        deferred: the files that `operator_files` names, if they are still to be parsed;
            then `torchgen` has no operators.
    """

    documents: tuple[Document, ...]
    torchgen: tuple[Document, ...]
    given: tuple[Path, ...]
    digests: Mapping[Path, str]
    names: Mapping[str, str]
    selected: tuple[SelectedOperatorsDecl, ...] = ()
    backend_files: tuple[BackendFileDecl, ...] = ()
    deferred: tuple[OperatorFile, ...] = ()


def load_layers(
    paths: Sequence[Path], selection: Sequence[str] = (), *, defer: int | None = None
) -> tuple[Layer, ...]:
    """The documents of all files, base first.

    Args:
        paths: files and folders.
        selection: what is selected besides, in words of the option `--select`.
        defer: how many operators a file in torchgen's YAML has at least, if it is left to
            be parsed by `codegen.units`; None if all files are parsed.

    Raises:
        DeclarationError: with every problem of every file.
    """
    kept = None if defer is None else KeptDocuments(paths)
    documents = []
    if selection:
        documents.append(Document(selection=selection_of_options(selection)))

    def load(least: int | None, only: Set[str] | None) -> _LayerLoader:
        loader = _LayerLoader(Collector(), least, only, kept)
        loader.load_all(paths, documents)
        return loader

    loader = load(defer, None)
    if not loader.could_defer and any(layer.deferred for layer in loader.layers):
        # With a large file beside it, a small one is deferred too.
        loader = load(1, loader.named)
    if not loader.could_defer:
        loader = load(None, None)
    loader.collector.raise_if_any()
    if kept is not None:
        kept.keep()
    return tuple(loader.layers)


class _LayerLoader:
    """Loads layers.

    Args:
        collector: gets every problem.
        least: how many operators a file has at least that is left to be parsed, None if
            none is.
        only: the only files that are, by where they are; None if any may be.
        kept: documents that need not be parsed again.

    Attributes:
        layers: what was loaded.
        named: the files that `operator_files` names, by where they are.
    """

    def __init__(
        self,
        collector: Collector,
        least: int | None,
        only: Set[str] | None,
        kept: KeptDocuments | None,
    ) -> None:
        self.layers: list[Layer] = []
        self.named: set[str] = set()
        self.collector = self._collector = collector
        self._least = least
        self._only = only
        self._kept = kept
        self._spelt: list[Path] = []
        self._deferred: dict[str, OperatorFile] = {}
        self._open: list[frozenset[str]] = []
        self._digests: dict[Path, str] = {}
        self._backend_files: dict[str, BackendFileDecl] = {}
        self._selectors: dict[str, Span] = {}

    def load_all(self, paths: Sequence[Path], documents: Sequence[Document]) -> None:
        """Load what is given, and what that extends."""
        self.layers = self.load(paths, given_otherwise=documents)

    @property
    def could_defer(self) -> bool:
        """Whether what was not parsed are all operators of named files, and no others."""
        deferred = [file for layer in self.layers for file in layer.deferred]
        parsed = any(d.operators for layer in self.layers for d in layer.torchgen)
        return len(deferred) == len(self._deferred) and not (deferred and parsed)

    def load(
        self,
        paths: Sequence[Path],
        prefix: str = "",
        given_otherwise: Sequence[Document] = (),
    ) -> list[Layer]:
        # By where they are: how a path is spelt must not count, nor naming a file twice.
        found = {_real(file): file for path in paths for file in self._files(path)}
        self._open.append(frozenset(found))
        spelt_before = len(self._spelt)
        read = {real: self._read(file) for real, file in sorted(found.items())}
        documents = [document for document, _ in read.values() if document is not None]
        documents += given_otherwise
        selecting = self._selecting(documents)
        for real, (_, problems) in read.items():
            if real not in selecting:
                self._collector.extend(problems)
        if not self._collector:  # Else what is wrong might name them.
            self._report_unnamed(read.keys() - selecting.keys())
        named = {
            _real(file): file
            for document in documents
            for path in document.operator_files
            if (file := self._named_file(path, _TORCHGEN_FILE)) is not None
        }
        self.named |= named.keys()
        # A folder may hold them beside what names them.
        not_here = named.keys() | selecting.keys()
        beside = {display_path(f) for real, f in found.items() if real in not_here}
        torchgen = [
            document
            for file in named.values()
            if (document := self._document(file)) is not None
            and self._has_only_operators(document)
        ]
        documents = [d for d in documents if d.span.path not in beside]
        selected = [
            operators
            for file in selecting.values()
            if (operators := self._selected(file)) is not None
        ]
        # A link may be turned, though the file is read under another name.
        spelt = self._spelt[spelt_before:]
        layers = self._bases(documents)
        self._open.pop()
        files = (*found.values(), *named.values(), *selecting.values())
        digests = {f: self._digests[f] for f in files if f in self._digests}
        given = (*paths, *named.values())
        names = _names_of_files(given, prefix)
        layer = Layer(
            tuple(documents),
            tuple(torchgen),
            # Nothing that is generated comes from a place in what selects.
            (*given, *selecting.values(), *spelt),
            digests,
            names,
            tuple(selected),
            tuple(d for f, d in self._backend_files.items() if f in found | named),
            tuple(self._deferred[real] for real in named if real in self._deferred),
        )
        return [*layers, layer]

    def _selecting(self, documents: Sequence[Document]) -> dict[str, Path]:
        """The files of selected operators that documents name, by where they are."""
        named = (
            path
            for document in documents
            if document.selection is not None
            for path in document.selection.files
        )
        help = "give the path of a file of selected operators"
        files = (self._named_file(path, help) for path in named)
        return {_real(file): file for file in files if file is not None}

    def _report_unnamed(self, files: Set[str]) -> None:
        """DG101 for files of selected operators that nothing names."""
        for real in sorted(files & self._selectors.keys()):
            self._collector.error(
                "DG101",
                "this is a file of selected operators, and no `selection` names it",
                self._selectors[real],
                help="name it in `files` of a `selection` section, or give it to "
                f"`{SELECT}` and not among the declarations",
            )

    def _selected(self, file: Path) -> SelectedOperatorsDecl | None:
        read = self._data(file, self._collector)
        if read is None:
            return None
        return validate_selected_operators(*read, self._collector)

    def _has_only_operators(self, document: Document) -> bool:
        """Whether a file in torchgen's YAML is one; reports DG101 if it holds more."""
        others = sorted(document.model_fields_set - _IN_NAMED_FILES)
        if not others:
            return True
        self._collector.error(
            "DG101",
            f"`{others[0]}` is not read from a file of operators",
            document.span,
            help="give this file beside the others, not in `operators`, or split it",
        )
        return False

    def _named_file(self, path: LocatedStr, help: str) -> Path | None:
        """A file that declarations name; reports DG001 if there is none."""
        # What no file names is named by an option, from the working directory.
        is_option = path.span.path == SELECT
        file = Path(path) if is_option else Path(path.span.path).parent / path
        if path and os.path.isfile(file):
            self._spelt.append(file)
            return file
        self._collector.error(
            "DG001",
            f"there is no file `{brief(path)}`"
            + ("" if is_option else " beside this one"),
            path.span,
            help=help if is_option else f"{help}, as seen from this file",
        )
        return None

    def _files(self, path: Path) -> list[Path]:
        files = declaration_files(path)
        if not files:
            self._collector.error(
                "DG001",
                f"the folder {display_path(path)} holds no .yaml file",
                Span(display_path(path), 1, 1),
                help="give a folder with declarations, or a file",
            )
        return files

    def _document(self, file: Path) -> Document | None:
        document, problems = self._read(file)
        self._collector.extend(problems)
        return document

    def _read(self, file: Path) -> tuple[Document | None, Collector]:
        """The document of a file, and what is wrong with it."""
        problems = Collector()
        source = self._source(file, problems)
        if source is None:
            return None, problems
        if self._is_deferred(file, source):
            # Validating what is empty would build all validators.
            start = Span(source.path, 1, 1, 1, source)
            return Document.model_construct(span=start), problems
        document = None if self._kept is None else self._kept.find(source)
        if document is not None:
            return document, problems
        read = _parsed(source, problems)
        if read is not None and are_selected_operators(read[0]):
            self._selectors[_real(file)] = Span(read[1].path, 1, 1, 1, read[1])
            return None, problems
        if read is not None and is_backend_file(read[0]):
            declared = validate_backend_file(read[0], problems)
            if declared is not None:
                self._backend_files[_real(file)] = declared
            return None, problems
        document = None if read is None else validate(*read, problems)
        if self._kept is not None and document is not None and not problems:
            self._kept.add(source, document)
        return document, problems

    def _data(self, file: Path, collector: Collector) -> tuple[Any, Source] | None:
        """What a file holds, None if that cannot be read. Reports DG001 to DG004."""
        source = self._source(file, collector)
        return None if source is None else _parsed(source, collector)

    def _source(self, file: Path, collector: Collector) -> Source | None:
        """The text of a file, None if that cannot be read. Reports DG001."""
        shown = display_path(file)
        try:
            # A pipe or device might never end.
            if not stat.S_ISREG(file.stat().st_mode):
                raise OSError(None, "it is neither a file nor a folder")
            content = file.read_bytes()
            self._digests[file] = digest(content)
            text = content.decode("utf-8-sig")
        except OSError as error:
            problem = error.strerror or type(error).__name__
            absent = isinstance(error, FileNotFoundError)
            collector.error(
                "DG001",
                f"cannot read {shown}: {problem}",
                Span(shown, 1, 1),
                help=(
                    "look at the path; it is relative to the working directory"
                    if absent
                    else "give a file that can be read"
                ),
            )
            return None
        except UnicodeDecodeError as error:
            collector.error(
                "DG001",
                f"{shown} is not UTF-8: the byte 0x{error.object[error.start]:02x} "
                "cannot be decoded",
                _undecodable(shown, error),
                help="save the file as UTF-8",
            )
            return None
        return Source(shown, text)

    def _is_deferred(self, file: Path, source: Source) -> bool:
        real = _real(file)
        if self._least is None or (self._only is not None and real not in self._only):
            return False
        entries = cut(source.text)
        if entries is None or len(entries) < self._least:
            return False
        self._deferred[real] = OperatorFile(source, entries)
        return True

    def _bases(self, documents: Sequence[Document]) -> list[Layer]:
        bases = [d.extends for d in documents if d.extends is not None]
        if not bases:
            return []
        first, *others = bases
        for other in others:
            if other != first:
                self._collector.error(
                    "DG005",
                    f"these declarations extend both `{first}` and `{other}`",
                    other.span,
                    related=[("the other base is named here", first.span)],
                    help="keep one of them; a base may extend another one itself",
                )
        path = self._base_path(first)
        if path is None:
            return []
        base = {_real(file) for file in _all(path)}
        if any(base & opened for opened in self._open):
            self._circle(first, base)
            return []
        if len(self._open) > MAX_BASES:
            self._collector.error(
                "DG005",
                f"more than {MAX_BASES} declarations extend one another",
                first.span,
                help="join some of them",
            )
            return []
        if not _all(path):
            self._collector.error(
                "DG005",
                f"the base `{first}` is a folder that holds no .yaml file",
                first.span,
                help="name a file, or a folder with declarations",
            )
            return []
        is_folder = os.path.isdir(path)
        return self.load([path], _last_part(first) if is_folder else "")

    def _circle(self, name: LocatedStr, base: Set[str]) -> None:
        """Report a base whose files are open already."""
        extending = _real(Path(name.span.path))
        if base & self._open[-1] and extending not in base:
            self._collector.error(
                "DG005",
                f"`{name}` is given together with what extends it",
                name.span,
                help="leave the base out; it comes with what extends it",
            )
            return
        self._collector.error(
            "DG005",
            f"`{name}` extends itself",
            name.span,
            help="a base cannot lead back to the declarations that extend it",
        )

    def _base_path(self, name: LocatedStr) -> Path | None:
        """A bare name is a built-in set first, then a path; `./NAME` is only a path."""
        built_in = built_in_names().get(name) if is_identifier(name) else None
        if built_in is not None:
            return built_in
        beside = Path(name.span.path).parent / name
        if name and os.path.exists(
            beside
        ):  # Path.exists raises for a name that is too long.
            return beside
        known = built_in_names()
        self._collector.error(
            "DG005",
            f"there is no base `{brief(name)}`: neither a path beside this file "
            "nor a built-in set of declarations",
            name.span,
            help=did_you_mean(name, known)
            or f"built in: {', '.join(sorted(known)) or 'none'}",
        )
        return None


def _parsed(source: Source, collector: Collector) -> tuple[Any, Source] | None:
    """What a text means, None if it is not YAML. Reports DG002 to DG004."""
    parsing = Collector()
    data = parse(source, parsing)
    collector.extend(parsing)
    return None if parsing else (data, source)


def _names_of_files(paths: Sequence[Path], prefix: str) -> dict[str, str]:
    """How generated files call the files of a layer, by the path that messages show.

    Note [Names of files]. A file of a folder that was given has its path in that folder;
    files that were given themselves, their paths in the folder that all of these share.
    The files of a base have the name of its folder, as `extends` has it, before that. So
    names do not depend on where declarations are, nor on where a command is run.
    """
    single = [Path(os.path.abspath(path)) for path in paths if not os.path.isdir(path)]
    try:
        shared = Path(os.path.commonpath([path.parent for path in single]))
    except ValueError:  # None, or on several drives.
        shared = None
    names: dict[str, str] = {}
    for path in paths:
        for file in declaration_files(path):
            if os.path.isdir(path):
                inner = file.relative_to(path)
            elif shared is None:
                inner = Path(file.name)
            else:
                inner = Path(os.path.abspath(file)).relative_to(shared)
            name = (Path(prefix) / inner).as_posix()
            shown = display_path(file)
            # Of a file that was given twice, the longer name says more.
            names[shown] = max(names.get(shown, ""), name, key=lambda n: (len(n), n))
    return names


def _last_part(base: str) -> str:
    """The last folder that a path names, as it is written; empty if there is none."""
    parts = [part for part in Path(base).parts if part not in ("..", Path(base).anchor)]
    return parts[-1] if parts else ""


def _real(file: Path) -> str:
    """Where a file is; unlike Path.resolve, links that lead nowhere do not stop it."""
    return os.path.realpath(file)


def _undecodable(shown: str, error: UnicodeDecodeError) -> Span:
    """The place of the first byte that is not UTF-8."""
    before = error.object[: error.start].decode("utf-8-sig")
    text = error.object.decode("utf-8-sig", "replace")
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    return Span(shown, line, column, 1, Source(shown, text))


def _all(path: Path) -> list[Path]:
    return declaration_files(path) if path.exists() else []


@cache
def built_in_names() -> Mapping[str, Path]:
    """The built-in declarations by the name that their `dispatcher:` section gives."""
    folder = resources.built_in_declarations()
    names = {}
    for file in declaration_files(folder) if folder.is_dir() else []:
        text = file.read_text("utf-8")
        if not _DISPATCHER.search(text):
            continue
        data = parse(Source(display_path(file), text), Collector())
        section = data.get("dispatcher") if isinstance(data, dict) else None
        if isinstance(section, dict) and isinstance(section.get("name"), str):
            names[str(section["name"])] = folder
    return MappingProxyType(names)


# Parsing the other files takes longer than all else that is asked of them.
_DISPATCHER: Final = re.compile(r"^[\"']?dispatcher", re.M)
