"""Documents that are kept between runs: found while nothing changed, and never otherwise."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from codegen import kept_documents, storage
from codegen.diagnostics import Collector
from codegen.kept_documents import KeptDocuments
from codegen.layers import load_layers
from codegen.located import parse
from codegen.schema import Document
from codegen.source import Source
from codegen.validate import validate

TEXT = "dispatcher: {name: small}\nkeysets:\n  # A set.\n  some: A | B\n"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(storage.VARIABLE, str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "cache"


def document_of(source: Source) -> Document:
    collector = Collector()
    document = validate(parse(source, collector), source, collector)
    assert document is not None
    return document


def kept(text: str = TEXT) -> Source:
    """A source whose document is kept."""
    source = Source("a.yaml", text)
    documents = KeptDocuments([Path("a.yaml")])
    documents.add(source, document_of(source))
    documents.keep()
    return source


def test_a_document_comes_back_with_its_places() -> None:
    source = kept()
    found = KeptDocuments([Path("a.yaml")]).find(source)
    assert found == document_of(source)
    assert found is not None
    (name,) = found.keysets
    assert (name.span.line, name.span.source_line) == (4, "  some: A | B")


@pytest.mark.parametrize(
    "other",
    [Source("a.yaml", f"{TEXT}\n"), Source("b.yaml", TEXT), Source("a.yaml", "")],
    ids=["text", "name", "nothing"],
)
def test_another_file_is_not_found(other: Source) -> None:
    kept()
    assert KeptDocuments([Path("a.yaml")]).find(other) is None


def test_other_paths_have_documents_of_their_own() -> None:
    source = kept()
    assert KeptDocuments([Path("other.yaml")]).find(source) is None


def test_another_generator_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    source = kept()
    monkeypatch.setattr(kept_documents, "generator_stamps", lambda: [["other", 1]])
    assert KeptDocuments([Path("a.yaml")]).find(source) is None


@pytest.mark.parametrize("content", [b"", b"x", pickle.dumps(1), pickle.dumps({})])
def test_what_cannot_be_read_is_nothing(cache: Path, content: bytes) -> None:
    source = kept()
    (file,) = cache.glob("*.documents")
    file.write_bytes(content)
    assert KeptDocuments([Path("a.yaml")]).find(source) is None


def test_only_what_was_used_stays(cache: Path) -> None:
    first = kept()
    second = kept(f"{TEXT}# More.\n")
    assert KeptDocuments([Path("a.yaml")]).find(second) is not None
    assert KeptDocuments([Path("a.yaml")]).find(first) is None


def test_without_a_cache_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "cache_folder", lambda: None)
    source = kept()
    assert KeptDocuments([Path("a.yaml")]).find(source) is None


def test_layers_are_those_that_are_read(tmp_path: Path) -> None:
    """Of PyTorch's declarations too, which all extensions read."""
    (tmp_path / "own.yaml").write_text(
        "extends: pytorch\ndispatcher: {name: own}\nbackends: [Mine]\n", "utf-8"
    )
    paths = [Path("own.yaml")]
    read = load_layers(paths)
    assert load_layers(paths, defer=1000) == read
    assert load_layers(paths, defer=1000) == read
    (tmp_path / "own.yaml").write_text(
        "extends: pytorch\ndispatcher: {name: own}\nbackends: [Other]\n", "utf-8"
    )
    assert load_layers(paths, defer=1000) == load_layers(paths) != read
