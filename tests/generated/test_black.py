"""Black changes nothing in what is generated, and what is generated says what it must."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import replace
from difflib import unified_diff
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import black
import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from codegen.pipeline import generate, load_model
from codegen.quoting import python_docstring, python_string
from codegen.resources import built_in_declarations
from tests.support import import_package, load_text, write_package

MODE: Final = black.Mode(
    line_length=88, target_versions={black.mode.TargetVersion.PY311}
)
STUB: Final = replace(MODE, is_pyi=True)

TEXTS: Final = st.one_of(
    st.sampled_from(
        [
            'say "no"',
            "it's",
            "'\"'",
            '"""',
            "ends with a backslash \\",
            "\\n is not \n",
            "tab\tand return\r\n",
            "{braces} {{ twice }} {% raw %} {# no #}",
            "\N{PILE OF POO} \N{LATIN SMALL LETTER E WITH ACUTE} \N{ZERO WIDTH SPACE}",
            "\N{LINE SEPARATOR}\N{NEXT LINE}\N{NO-BREAK SPACE}\N{ZERO WIDTH NO-BREAK SPACE}",
            "fmt: off",
            "type: ignore",
            "fmt: skip",
            "isort:skip_file",
            "-*- coding: latin-1 -*-",
            "\x0c\x1c\x1f",
            " ",
            "word " * 40,
            "w" * 120,
            '"' * 3 + "\\" * 3 + '"',
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=100),
    st.text("\"'\\\n {}a", min_size=1, max_size=12),
)


def names(prefix: str) -> st.SearchStrategy[str]:
    """Names of any width, which is all that breaking a line depends on."""
    return st.builds(
        lambda length, fill: f"{prefix}{fill * length}"[:100],
        st.one_of(st.integers(0, 100), st.integers(25, 40)),
        st.sampled_from(["a", "b_", "c"]),
    )


def numbered(draw: st.DrawFn, prefix: str, most: int, least: int = 0) -> list[str]:
    count = draw(st.integers(least, most))
    return [draw(names(f"{prefix}{n}")) for n in range(count)]


@st.composite
def declarations(draw: st.DrawFn) -> dict[str, Any]:
    backends = numbered(draw, "B", 3)
    keys = numbered(draw, "F", 4, least=1)
    functionality: list[Any] = []
    runtime: list[str] = []
    for index, key in enumerate(keys):
        if backends and draw(st.booleans()):
            prefix = draw(st.sampled_from([f"P{index}", key]))
            functionality.append({key: {"per_backend": True, "prefix": prefix}})
            runtime += [f"{prefix}{backend}" for backend in backends]
        else:
            functionality.append(key)
            runtime.append(key)
    alias_names = numbered(draw, "A", 3)
    some_keys = st.lists(st.sampled_from([*runtime, *keys]), min_size=1, max_size=3)
    expressions = st.one_of(
        some_keys.map(" | ".join), st.sampled_from(["full", "empty", "backends(all)"])
    )
    keysets = {
        name: {"keys": draw(expressions)}
        | ({"doc": draw(TEXTS)} if draw(st.booleans()) else {})
        for name in numbered(draw, "s", 3)
    }
    sets = st.one_of(expressions, st.sampled_from([*keysets, "empty"]))

    def doc() -> dict[str, str]:
        return {"doc": draw(TEXTS)} if draw(st.booleans()) else {}

    functions: dict[str, Any] = {}
    key_functions = []
    for name in numbered(draw, "f", 4):
        kind = draw(st.integers(0, 4))
        group = draw(st.sampled_from(["all", "none"]))
        if kind == 0:
            function: dict[str, Any] = {"of": "backend", "for_each": group}
            function |= {"keys": draw(sets), "default": draw(sets)}
        elif kind == 1:
            function = {"of": "backend", "for_each": group}
            one = st.sampled_from(runtime)
            function |= {"key": draw(one), "default": draw(one)}
        elif kind == 2:
            cased = draw(st.lists(st.sampled_from(runtime), unique=True, max_size=2))
            cases = [{"key": key, "keys": draw(sets)} for key in cased]
            function = {"of": "key", "cases": cases, "default": draw(sets)}
            key_functions.append(name)
        elif kind == 3:
            function = {"of": "key", "has": draw(sets)}
            function["but_not"] = draw(st.lists(st.sampled_from(runtime), max_size=2))
        else:
            function = {"of": "keyset", "highest_of": f"keyset & ({draw(sets)})"}
        functions[name] = {**function, **doc()}
    aliases = []
    for name in alias_names:
        alias: dict[str, Any] = {"keys": draw(sets), "reason": draw(TEXTS)}
        alias["undefined"] = draw(st.booleans())
        yields: dict[str, Any] = {}
        if draw(st.booleans()):
            yields["aliases"] = draw(st.lists(st.sampled_from(alias_names), max_size=2))
        if key_functions and draw(st.booleans()):
            yields["backends_of"] = draw(st.sampled_from(key_functions))
        if yields:
            alias["yields_to"] = yields
        if draw(st.booleans()):
            slot = draw(st.sampled_from(runtime))
            # It has to fill the slot in which it is ambiguous.
            alias["keys"] = draw(st.sampled_from(["full", slot]))
            alias["ambiguous"] = {
                "key": slot,
                "with_any_of": draw(sets),
                "kernel": draw(names("ambiguous")),
                "reason": draw(TEXTS),
            }
        aliases.append({name: alias})

    def guards(prefix: str) -> dict[str, Any]:
        return {
            name: {draw(st.sampled_from(["include", "stop_excluding"])): draw(sets)}
            | doc()
            for name in numbered(draw, prefix, 2)
        }

    modes = guards("m")
    nothing = draw(names("nothing"))
    keysets[nothing] = {"keys": "empty"}
    fallbacks = []
    for key in draw(st.lists(st.sampled_from(runtime), unique=True, max_size=3)):
        policies: list[dict[str, str]] = [
            {"policy": "not_implemented", "message": draw(TEXTS)},
            {"policy": "kernel", "kernel": draw(names("k"))},
            {"policy": "fallthrough"},
        ]
        # One that comes back to its own key is an error.
        policies.append({"policy": "redispatch", "redispatch_to": nothing})
        policies.append({"policy": "python_dispatcher"})
        policies[-1] |= {"mode": draw(st.sampled_from([*modes]))} if modes else {}
        if len(backends) > 1 and not key.endswith(backends[0]):
            policies.append({"policy": "backend_fallback_to", "backend": backends[0]})
        fallbacks.append({"keys": [key], **draw(st.sampled_from(policies))})
    operators = []
    registrable = st.sampled_from([*runtime, *alias_names])
    words = st.lists(names("tag"), max_size=2)
    for name in numbered(draw, "op", 3):
        # A whole name has at most 200 characters.
        overload = draw(st.sampled_from(["", f".{draw(names('over'))[:90]}"]))
        argument = draw(names("argument"))
        entry: dict[str, Any] = {
            "func": f"ns::{name}{overload}(Tensor {argument}) -> Tensor"
        }
        if draw(st.booleans()):
            kernels = st.dictionaries(registrable, names("kernel"), max_size=3)
            entry["dispatch"] = draw(kernels)
        if draw(st.booleans()):
            entry["tags"] = draw(words)
            entry["fake_module"] = draw(names("module"))
        operators.append(entry)
    return {
        "dispatcher": {
            "name": "random",
            "undefined": draw(names("U")),
            "keyset_attribute": draw(names("_k")),
            "dispatch_method": draw(names("__")),
        },
        "backends": backends,
        "groups": {"none": []},
        "functionality": functionality,
        "keysets": keysets,
        "aliases": aliases,
        "functions": functions,
        "guards": guards("g"),
        "modes": modes,
        "types": {
            f"{name}:{draw(names('Class'))}": draw(sets)
            for name in numbered(draw, "package", 2)
        },
        "tls": {"included": draw(sets), "excluded": draw(sets)},
        "fallbacks": fallbacks,
        "operators": operators,
    }


def changes(files: Iterable[tuple[str, str]]) -> str:
    """What black would change, as a diff."""
    found: list[str] = []
    for path, text in files:
        if not path.endswith((".py", ".pyi")) or not text:
            continue
        wanted = black.format_str(text, mode=STUB if path.endswith("i") else MODE)
        old, new = text.splitlines(), wanted.splitlines()
        found += unified_diff(old, new, path, f"{path} by black", lineterm="")
        if wanted != text and old == new:
            found.append(f"{path}: line ends differ")
    return "\n".join(found)


def test_reference() -> None:
    """Of the operators' modules, which are alike, every tenth is enough."""
    files = generate(load_model([built_in_declarations()]), "python")
    operators = [path for path in files if path.startswith(("operators/", "_ops/"))]
    left_out = {path for index, path in enumerate(operators) if index % 10}
    assert changes((p, text) for p, text in files.items() if p not in left_out) == ""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("random")


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(declarations())
def test_random(root: Path, declared: dict[str, Any]) -> None:
    folder = root / str(len(list(root.iterdir())))
    folder.mkdir()
    model = load_text(yaml.safe_dump(declared, sort_keys=False), folder)
    files = generate(model, "python")
    random = [(p, text) for p, text in files.items() if not p.startswith("_runtime/")]
    for path, text in random:
        if path.endswith((".py", ".pyi")):
            compile(text, path, "exec")
    assert changes(random) == ""
    module = import_package(write_package(model, folder / "package"))
    messages = {f.key: f.message for f in module.REGISTRATIONS.fallbacks}
    for fallback in declared["fallbacks"]:
        assert messages[fallback["keys"][0]] == fallback.get("message")
    rules = import_module(f"{module.__name__}.table_rules")
    reasons = [rule.reason for rule in rules.ALIASES]
    assert reasons == [
        fields["reason"] for a in declared["aliases"] for fields in a.values()
    ]
    assert set(module.GUARDS) == set(declared["guards"])
    for name, operator in model.operators.items():
        table = model.operator_table(name)
        assert module.compute_dispatch_table(operator.kernels) == table
        assert module.dispatch_table(name) == table
        found = module.OPERATORS[name]
        assert found.schema == operator.schema
        assert found.kernels == operator.kernels
        assert tuple(found.tags) == operator.tags
        assert found.fake_module == operator.fake_module
    names_of_tensors = module.KEYSET_ATTRIBUTE, module.DISPATCH_METHOD
    fields = "keyset_attribute", "dispatch_method"
    assert names_of_tensors == tuple(declared["dispatcher"][f] for f in fields)
    assert {name: keys.raw_repr() for name, keys in module.FOREIGN_TYPES.items()} == {
        name: foreign.raw for name, foreign in model.types.items()
    }


@pytest.mark.parametrize("length", [60, 68, 69, 76, 77, 92, 100])
def test_long_constants(tmp_path: Path, length: int) -> None:
    """Another module's constants and functions are named with the module."""
    constant, function = "k" * length, "f" * length
    declared = {
        "dispatcher": {"name": "long"},
        "functionality": ["A"],
        "keysets": {constant: "A"},
        "functions": {
            function: {"of": "key", "cases": [], "default": "A"},
            "is_a": {"of": "key", "has": constant},
        },
        "aliases": [
            {"Any": {"keys": constant, "reason": "any"}},
            {
                "Some": {
                    "keys": "A",
                    "reason": "r",
                    "yields_to": {"backends_of": function},
                }
            },
        ],
    }
    files = generate(load_text(yaml.safe_dump(declared), tmp_path), "python")
    assert changes((p, t) for p, t in files.items() if p[0] != "_") == ""


@given(st.one_of(TEXTS, st.text()))
@example("\x00")
def test_strings(text: str) -> None:
    literal = python_string(text)
    assert ast.literal_eval(literal) == text
    assert literal.isascii()
    assert changes([("x.py", f"x = f(\n    {literal},\n)\n")]) == ""


@given(st.one_of(TEXTS, st.text()))
@example('"')
@example("\\")
@example('\\"')
@example("")
def test_docstrings(text: str) -> None:
    source = f"def f():\n    {python_docstring(text)}\n    return 0\n"
    assert changes([("x.py", source)]) == ""
    found: dict[str, Any] = {}
    exec(source, found)
    assert found["f"].__doc__.strip() == " ".join(text.split())
