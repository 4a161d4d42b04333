"""Paths to documents: reads, parses and validates, and follows `extends`.

Returns layers: the base's documents come before those that extend it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from codegen import resources
from codegen.diagnostics import Collector, did_you_mean
from codegen.emit import digest
from codegen.located import LocatedStr, brief, parse
from codegen.names import is_identifier
from codegen.schema import Document
from codegen.source import Source, Span, declaration_files, display_path
from codegen.validate import validate

MAX_BASES: Final = 20


@dataclass(frozen=True, slots=True)
class Layer:
    """The documents that were given together, in the order of their paths.

    Attributes:
        documents: of all files.
        torchgen: of the files that `operator_files` names, in their order.
        given: the paths that they come from.
        digests: of what each file held.
        names: how generated files call each file, by the path that diagnostics show;
            Note [Names of files].
    """

    documents: tuple[Document, ...]
    torchgen: tuple[Document, ...]
    given: tuple[Path, ...]
    digests: Mapping[Path, str]
    names: Mapping[str, str]


def load_layers(paths: Sequence[Path]) -> tuple[Layer, ...]:
    """The documents of all files, base first.

    Raises:
        DeclarationError: with every problem of every file.
    """
    collector = Collector()
    loader = _LayerLoader(collector)
    layers = loader.load(paths)
    collector.raise_if_any()
    return tuple(layers)


class _LayerLoader:
    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self._open: list[frozenset[str]] = []
        self._digests: dict[Path, str] = {}

    def load(self, paths: Sequence[Path], prefix: str = "") -> list[Layer]:
        # By where they are: how a path is spelt must not count, nor naming a file twice.
        found = {_real(file): file for path in paths for file in self._files(path)}
        self._open.append(frozenset(found))
        documents = [
            document
            for _, file in sorted(found.items())
            if (document := self._document(file)) is not None
        ]
        named = {
            _real(file): file
            for document in documents
            for path in document.operator_files
            if (file := self._named_file(path)) is not None
        }
        # A folder may hold them beside what names them.
        beside = {display_path(file) for real, file in found.items() if real in named}
        torchgen = [
            document
            for file in named.values()
            if (document := self._document(file)) is not None
            and self._has_only_operators(document)
        ]
        documents = [d for d in documents if d.span.path not in beside]
        layers = self._bases(documents)
        self._open.pop()
        files = (*found.values(), *named.values())
        digests = {f: self._digests[f] for f in files if f in self._digests}
        given = (*paths, *named.values())
        names = _names_of_files(given, prefix)
        layer = Layer(tuple(documents), tuple(torchgen), given, digests, names)
        return [*layers, layer]

    def _has_only_operators(self, document: Document) -> bool:
        """Whether a file in torchgen's YAML is one; reports DG101 if it holds more."""
        others = sorted(document.model_fields_set - {"operators", "span"})
        if not others:
            return True
        self._collector.error(
            "DG101",
            f"`{others[0]}` is not read from a file of operators",
            document.span,
            help="give this file beside the others, not in `operators`, or split it",
        )
        return False

    def _named_file(self, path: LocatedStr) -> Path | None:
        """A file in torchgen's YAML; reports DG001 if there is none."""
        file = Path(path.span.path).parent / path
        if path and os.path.isfile(file):
            return file
        self._collector.error(
            "DG001",
            f"there is no file `{brief(path)}` beside this one",
            path.span,
            help="give the path of a file in torchgen's YAML, as seen from this file",
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
            self._collector.error(
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
            self._collector.error(
                "DG001",
                f"{shown} is not UTF-8: the byte 0x{error.object[error.start]:02x} "
                "cannot be decoded",
                _undecodable(shown, error),
                help="save the file as UTF-8",
            )
            return None
        source = Source(shown, text)
        parsing = Collector()
        data = parse(source, parsing)
        self._collector.extend(parsing)
        return None if parsing else validate(data, source, self._collector)

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


def built_in_names() -> dict[str, Path]:
    """The built-in declarations by the name that their `dispatcher:` section gives."""
    folder = resources.built_in_declarations()
    names = {}
    for file in declaration_files(folder) if folder.is_dir() else []:
        source = Source(display_path(file), file.read_text("utf-8"))
        collector = Collector()
        data = parse(source, collector)
        section = data.get("dispatcher") if isinstance(data, dict) else None
        if isinstance(section, dict) and isinstance(section.get("name"), str):
            names[str(section["name"])] = folder
    return names
