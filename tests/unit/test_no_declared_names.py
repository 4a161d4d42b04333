"""The generator knows no declared name: keys, backends and operators are data.

Read are the generator's Python (identifiers, attributes and strings, docstrings and
comments left out) and the text of the templates (their comments left out), by whole
words. Comments and docstrings may give examples.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from codegen.model import Model
from codegen.pipeline import load_model

ROOT: Final = Path(__file__).parents[2]

# Declared names that are words for something else too. c10's generic vocabulary
# (StartOf..., EndOf..., placeholders of names.py) is built from what is declared, and so
# is no declared name.
ALLOWED: Final = {
    "add": "a set's method",
    "alias": "what an alias key is called",
    "ambiguous": "what an alias key can be",
    "empty": "a word of the expressions, a method of a keyset",
    "expand": "a verb: what is done with a pattern",
    "index": "a variable",
    "mm": 'the end of a file\'s name, ".mm"',
    "select": "a verb, and an option: which operators there are",
    "stack": "a variable",
    "t": 'the escape in a pattern, "\\t"',
    "view": "what a template shows",
}
# Allowed in sentences: the language, in messages and descriptions.
ALLOWED_IN_SENTENCES: Final = {"Python"}
# Allowed in one place: the default name of the undefined key.
ALLOWED_IN: Final = {"Undefined": "codegen/schema/keys.py"}

WORD: Final = re.compile(r"[A-Za-z_]\w*", re.ASCII)
COMMENT: Final = re.compile(r"\{#.*?#\}", re.DOTALL)


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model([ROOT / "declarations"])


@pytest.fixture(scope="module")
def declared(model: Model) -> frozenset[str]:
    return declared_names(model)


def declared_names(model: Model) -> frozenset[str]:
    """Of keys with their second names, backends and operators; no placeholders."""
    names = {*model.keys, *model.aliases_of_keys, *model.backends}
    names = {name for name in names if not name.startswith(("StartOf", "EndOf"))}
    operators = {name.partition(".")[0] for name in model.operators}
    return frozenset(names | operators | {o.partition("::")[2] for o in operators})


def python_files() -> list[str]:
    found = (ROOT / "codegen").rglob("*.py")
    return sorted(
        path.relative_to(ROOT).as_posix() for path in found if "_data" not in path.parts
    )


def template_files() -> list[str]:
    found = (ROOT / "templates").rglob("*.j2")
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def words_of_python(text: str) -> Iterator[tuple[int, str]]:
    """Line and word of everything in a module that is neither comment nor docstring."""
    tree = ast.parse(text)
    docstrings = set()
    for node in ast.walk(tree):
        # A string that is a statement of its own: docstrings of attributes too.
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            docstrings.add(id(node.value))
    for node in ast.walk(tree):
        for text in texts_of(node):
            if id(node) not in docstrings:
                line = getattr(node, "lineno", 0)
                allowed = ALLOWED_IN_SENTENCES if " " in text.strip() else ()
                yield from ((line, w) for w in words_in(text) if w not in allowed)


def texts_of(node: ast.AST) -> Iterator[str]:
    """The identifiers and strings of one node."""
    for name in ("id", "attr", "name", "asname", "arg", "module", "rest"):
        value = getattr(node, name, None)
        if isinstance(value, str):
            yield value
    if isinstance(node, (ast.Global, ast.Nonlocal)):
        yield from node.names
    if isinstance(node, ast.MatchClass):
        yield from node.kwd_attrs
    if isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)):
        value = node.value
        yield value.decode("latin-1") if isinstance(value, bytes) else value


def words_in(text: str) -> Iterator[str]:
    """Whole words; an operator's qualified name counts as one too."""
    yield from WORD.findall(text)
    yield from re.findall(r"[A-Za-z_]\w*::[A-Za-z_]\w*", text, re.ASCII)


def is_allowed(word: str, file: str) -> bool:
    return word in ALLOWED or ALLOWED_IN.get(word) == file


@pytest.mark.parametrize("file", python_files())
def test_python(file: str, declared: frozenset[str]) -> None:
    text = (ROOT / file).read_text("utf-8")
    found = {
        f"{file}:{line}: {word}"
        for line, word in words_of_python(text)
        if word in declared and not is_allowed(word, file)
    }
    assert not found


@pytest.mark.parametrize("file", template_files())
def test_templates(file: str, declared: frozenset[str]) -> None:
    text = COMMENT.sub("", (ROOT / file).read_text("utf-8"))
    found = {
        word
        for word in words_in(text)
        if word in declared and not is_allowed(word, file)
    }
    assert not found


def test_allowed_words_are_declared_and_needed(declared: frozenset[str]) -> None:
    """Nothing stands in the lists that need not."""
    assert {*ALLOWED, *ALLOWED_IN_SENTENCES, *ALLOWED_IN} <= declared
    texts = {file: (ROOT / file).read_text("utf-8") for file in python_files()}
    words = {file: {w for _, w in words_of_python(t)} for file, t in texts.items()}
    for file in template_files():
        words[file] = set(words_in(COMMENT.sub("", (ROOT / file).read_text("utf-8"))))
    for word in ALLOWED:
        assert any(word in found for found in words.values()), word
    for word, file in ALLOWED_IN.items():
        assert word in words[file], word


def test_the_search_finds_them(declared: frozenset[str]) -> None:
    """Every way to write a name is seen; words within words and docstrings are not."""
    seen = {
        "CPU = 1": True,
        "x.AutogradCUDA": True,
        "f(Meta=1)": True,
        "from Dense import y": True,
        "import y as Sparse": True,
        "def XLA(): ...": True,
        "def f(MPS): ...": True,
        "x = 'the MAIA backend'": True,
        "x = f'Autocast{y} CUDA'": True,
        "x = b'HIP'": True,
        "x = 'aten::relu'": True,
        "global CPU": True,
        "match x:\n case C(CPU=1): ...": True,
        "match x:\n case [*CPU]: ...": True,
        "CPUs = MyCUDA": False,
        "'CPU docstring'": False,
        "x = 1  # CPU": False,
        "x = 'reserved in Python'": False,
        "x = 'Python'": True,
        "Python = x": True,
    }
    for code, expected in seen.items():
        words = {word for _, word in words_of_python(code)}
        assert bool(words & declared) is expected, code


def test_the_names_are_those_of_the_reference(declared: frozenset[str]) -> None:
    assert {"CPU", "AutocastCUDA", "CatchAll", "relu", "aten::relu"} <= declared
    assert not {name for name in declared if name.startswith(("StartOf", "EndOf"))}
