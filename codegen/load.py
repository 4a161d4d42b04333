"""Paths to documents: reads, parses and validates, and follows `extends`.

Returns layers: the base's documents come before those that extend it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from codegen import resources
from codegen.diagnostics import Collector, did_you_mean
from codegen.located import LocatedStr, parse
from codegen.schema import Document
from codegen.source import Source, Span, declaration_files, display_path
from codegen.validate import validate


@dataclass(frozen=True, slots=True)
class Layer:
    """The documents that were given together, in the order of their paths."""

    documents: tuple[Document, ...]


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
        self._open: list[frozenset[Path]] = []

    def load(self, paths: Sequence[Path]) -> list[Layer]:
        # By where they are: how a path is spelt must not count, nor naming a file twice.
        found = {file.resolve(): file for path in paths for file in self._files(path)}
        self._open.append(frozenset(found))
        documents = [
            document
            for _, file in sorted(found.items())
            if (document := self._document(file)) is not None
        ]
        layers = self._bases(documents)
        self._open.pop()
        return [*layers, Layer(tuple(documents))]

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
            text = file.read_bytes().decode("utf-8-sig")
        except OSError as error:
            problem = error.strerror or type(error).__name__
            self._collector.error(
                "DG001",
                f"cannot read {shown}: {problem}",
                Span(shown, 1, 1),
                help="look at the path; it is relative to the working directory",
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
        if any(f.resolve() in opened for opened in self._open for f in _all(path)):
            self._collector.error(
                "DG005",
                f"`{first}` extends itself",
                first.span,
                help="a base cannot lead back to the declarations that extend it",
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
        return self.load([path])

    def _base_path(self, name: LocatedStr) -> Path | None:
        beside = Path(name.span.path).parent / name
        if name and os.path.exists(
            beside
        ):  # Path.exists raises for a name that is too long.
            return beside
        known = built_in_names()
        if name in known:
            return known[name]
        self._collector.error(
            "DG005",
            f"there is no base `{name}`: neither a path beside this file "
            "nor a built-in set of declarations",
            name.span,
            help=did_you_mean(name, known)
            or f"built in: {', '.join(sorted(known)) or 'none'}",
        )
        return None


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
