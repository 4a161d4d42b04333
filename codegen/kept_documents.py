"""Documents of declaration files, kept parsed and validated between runs.

To a run that has little to do, reading declarations again is most of its work. A document
follows from the text of its file, the name that messages give that file, and the generator.
What is kept and cannot be read is as good as nothing.
"""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pydantic
import yaml

from codegen import storage
from codegen.emit import digest
from codegen.memory import generator_stamps

if TYPE_CHECKING:
    from codegen.schema import Document
    from codegen.source import Source


class KeptDocuments:
    """Documents by the name and the text of their files.

    Args:
        paths: the files and folders that a run is given; what it reads is kept with them.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        folder = storage.cache_folder()
        given = json.dumps([str(path.absolute()) for path in paths])
        self._file = (
            None if folder is None else folder / f"{storage.name_for(given)}.documents"
        )
        self._generator = json.dumps(
            [sys.version, pydantic.VERSION, yaml.__version__, generator_stamps()]
        )
        self._known: dict[tuple[str, str], Document] = self._recalled()
        self._found: dict[tuple[str, str], Document] = {}

    def _recalled(self) -> dict[tuple[str, str], Document]:
        content = None if self._file is None else storage.read_sealed(self._file)
        if content is None:
            return {}
        begin = self._generator.encode()
        if not content.startswith(begin):
            return {}
        known: dict[tuple[str, str], Document] = pickle.loads(content[len(begin) :])
        return known

    def find(self, source: Source) -> Document | None:
        """The document of a file, if it is known."""
        name = _name(source)
        document = self._known.get(name)
        if document is not None:
            self._found[name] = document
        return document

    def add(self, source: Source, document: Document) -> None:
        """Know the document of a file, in which nothing is wrong."""
        self._found[_name(source)] = document

    def keep(self) -> None:
        """Keep the documents that were found or added, and no others."""
        if self._file is None or self._found.keys() == self._known.keys():
            return
        content = self._generator.encode() + pickle.dumps(self._found, 5)
        storage.write_sealed(self._file, content)


def _name(source: Source) -> tuple[str, str]:
    return source.path, digest(source.text.encode())
