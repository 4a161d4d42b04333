"""Our reading of schemas against PyTorch's, as recorded and as it is installed."""

from __future__ import annotations

import importlib.metadata
import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from codegen.runtime.python.schema import (
    Alias,
    Argument,
    DictType,
    FunctionSchema,
    GenericType,
    ListType,
    OptionalType,
    SchemaError,
    SchemaType,
    SimpleType,
    TupleType,
    parse_schema,
)
from tests.parity import extract_schemas
from tests.parity.extract_schemas import ALIKE, DIFFERENT, MALFORMED, sort_sets
from tests.support import load_text

VERSION = extract_schemas.TORCH_VERSION


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    text = extract_schemas.read(extract_schemas.FACTS)
    assert text is not None
    found: dict[str, Any] = json.loads(text)
    return found


@pytest.fixture(scope="module")
def torch() -> Any:
    try:
        found = importlib.metadata.version("torch").partition("+")[0]
    except importlib.metadata.PackageNotFoundError:
        pytest.skip(f"PyTorch {VERSION} is not installed: pip install torch=={VERSION}")
    if found != VERSION:
        pytest.skip(f"PyTorch {VERSION} is needed, {found} is installed")
    return pytest.importorskip("torch")


def type_name(type: SchemaType) -> str:
    """A type as PyTorch names it in Python."""
    match type:
        case OptionalType(element):
            return f"Optional[{type_name(element)}]"
        case ListType(element):
            return f"List[{type_name(element)}]"
        case TupleType(elements):
            return f"Tuple[{', '.join(map(type_name, elements)) or '()'}]"
        case DictType(key, value):
            return f"Dict[{type_name(key)}, {type_name(value)}]"
        case GenericType(name, element):
            return f"{name}[{type_name(element)}]"
        case SimpleType("Scalar"):
            return "number"
        case SimpleType("SymInt"):
            return "int"
        case SimpleType("SymBool"):
            return "bool"
    return str(type)


def argument_row(argument: Argument) -> list[Any]:
    """What `argument_facts` says of PyTorch's argument."""
    plain = argument.type
    if isinstance(plain, OptionalType):
        plain = plain.element
    size = plain.size if isinstance(plain, ListType) else None
    kind = type_name(argument.type) + ("" if size is None else f" of {size}")
    default = argument.default
    if isinstance(default, tuple):
        default = list(default)  # type: ignore[assignment]
    defaults = [default] if argument.has_default else []
    return [
        argument.name,
        kind,
        defaults,
        argument.kwarg_only,
        alias_row(argument.alias),
    ]


def alias_row(alias: Alias | None) -> list[Any] | None:
    if alias is None:
        return None
    return [sorted(alias.before), sorted(alias.after), alias.is_write]


def row(schema: FunctionSchema) -> list[Any]:
    """What `schema_facts` says of PyTorch's schema."""
    return [
        sort_sets(str(schema)),
        schema.name,
        schema.overload,
        schema.is_mutable,
        list(map(argument_row, schema.arguments)),
        list(map(argument_row, schema.returns)),
    ]


def printed(text: str) -> str | None:
    """As `ask_printed`: how we print what we read; None if we refuse it."""
    try:
        return sort_sets(str(parse_schema(text)))
    except SchemaError:
        return None


def test_every_registered_schema(facts: dict[str, Any]) -> None:
    """Field by field; by their text, so that 1, 1.0 and True are three defaults."""
    assert facts["operators"] == 3598
    assert len(facts["registered"]) == 4374
    for expected in facts["registered"]:
        assert repr(row(parse_schema(expected[0]))) == repr(expected)


def test_schemas_of_native_functions(facts: dict[str, Any]) -> None:
    natives = dict(facts["native_functions"])
    assert len(natives) > 2500
    refused = [text for text, expected in natives.items() if expected is None]
    # torchgen calls them str before PyTorch sees them.
    assert refused == [text for text in natives if "Dimname" in text]
    for text, expected in natives.items():
        ours = printed(text)
        assert ours is not None
        assert ours == expected or (text in refused and ours == text)


def test_native_functions_load(facts: dict[str, Any], tmp_path: Path) -> None:
    """As declarations: each becomes an operator."""
    natives = [text for text, _ in facts["native_functions"]]
    lines = ["dispatcher: {name: natives, default_namespace: aten}"]
    lines += ["functionality: [Plain]", "operators:"]
    lines += [f"- func: {text}" for text in natives]
    model = load_text("\n".join(lines) + "\n", tmp_path)
    assert {operator.schema for operator in model.operators.values()} == set(natives)


@pytest.mark.parametrize("text", ALIKE)
def test_alike(facts: dict[str, Any], text: str) -> None:
    expected = dict(facts["answers"])[text]
    assert expected is not None
    assert printed(text) == expected


@pytest.mark.parametrize("text", MALFORMED)
def test_malformed(facts: dict[str, Any], text: str) -> None:
    assert dict(facts["answers"])[text] is None
    assert printed(text) is None


@pytest.mark.parametrize("text", DIFFERENT, ids=DIFFERENT.values())
def test_different(facts: dict[str, Any], text: str) -> None:
    """Nothing is listed as a difference that is none."""
    ours = printed(text)
    assert ours != dict(facts["answers"])[text]
    assert ours is None or printed(ours) == ours


def test_facts_answer_every_case(facts: dict[str, Any]) -> None:
    cases = [*ALIKE, *MALFORMED, *DIFFERENT]
    assert [text for text, _ in facts["answers"]] == cases
    assert facts["torch"] == VERSION


@pytest.mark.torch
def test_facts_are_those_of_the_installed_torch(torch: Any) -> None:
    result = subprocess.run(
        [sys.executable, extract_schemas.__file__, "--check"],
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout + result.stderr


TOKEN = re.compile(r"\w+|->|::|\.\.\.|\"[^\"]*\"| |.", re.DOTALL)
# Of Note [Differences], what changed tokens lead to: our messages, texts that PyTorch
# refuses, and texts that it prints otherwise.
REFUSED_HERE = re.compile(
    r"""unknown\ type\ "(?:[a-z]|Union")
    | expected\ .*,\ found\ "\."
    | expected\ a\ size,\ found\ the\ number
    | expected\ a\ constant\ that\ is\ no\ string
    | what\ is\ written\ to\ is\ in\ a\ set""",
    re.VERBOSE,
)
READ_HERE = re.compile(r"Dimname|__torch__|\n")
PRINTED_HERE = re.compile(
    r"Scalar\s*\?\s*\?|\)\s*\?[\s?]*\[|\)\s*\[\s*\].*\[|Device\?? \w+=['\"]|=\["
)


def is_known(text: str, ours: str | None, theirs: str | None) -> bool:
    """Whether Note [Differences] says why the two are not the same."""
    if ours is None:
        with pytest.raises(SchemaError) as caught:
            parse_schema(text)
        return REFUSED_HERE.match(caught.value.message) is not None
    if theirs is None:
        return READ_HERE.search(text) is not None
    return PRINTED_HERE.search(text) is not None


@pytest.mark.torch
def test_changed_texts(torch: Any, facts: dict[str, Any]) -> None:
    """Tokens dropped, doubled and exchanged: read or refused as PyTorch does."""
    draw = random.Random(0)
    texts = [expected[0] for expected in facts["registered"]]
    words = ["a", "if", "int", "Tensor", "Dict", "1", "2.5", "None", "True", "long"]
    tokens = [*words, *"()[]?!*|,.:=-+ \n@#'", "->", "...", "::", '"x"']
    read = 0
    for _ in range(4000):
        parts = TOKEN.findall(draw.choice(texts))
        place = draw.randrange(len(parts))
        parts[place : place + 1] = draw.choice(
            ([], [parts[place]] * 2, [draw.choice(tokens)], [draw.choice(parts)])
        )
        text = "".join(parts)
        theirs = extract_schemas.ask_printed(torch, text)
        ours = printed(text)
        if ours is not None and ours == theirs:
            read += 1
        assert ours == theirs or is_known(text, ours, theirs), (text, ours, theirs)
    assert read > 500
