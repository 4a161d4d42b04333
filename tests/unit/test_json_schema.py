"""The JSON Schema for editors says of a file what the generator says of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import jsonschema
import pytest
import yaml

from codegen.diagnostics import Collector
from codegen.json_schema import json_schema
from codegen.layers import load_layers
from codegen.located import parse
from codegen.schema import Document
from codegen.schema.backend_files import BackendFileDecl
from codegen.schema.base import Declaration, NamedDeclaration
from codegen.schema.fallbacks import FallbackDecl, PolicyDecl
from codegen.schema.keys import BackendDecl, GroupDecl
from codegen.schema.selection import SelectedOperatorDecl, SelectedOperatorsDecl
from codegen.source import Source, declaration_files
from codegen.validate import validate

ROOT: Final = Path(__file__).parents[2]
DECLARATIONS: Final = ROOT / "declarations"
COMMITTED: Final = DECLARATIONS / "schema.json"
BAD: Final = ROOT / "tests" / "declarations" / "bad"

SCHEMA: Final = json_schema()
VALIDATOR: Final = jsonschema.Draft7Validator(SCHEMA)

GOOD_FILES: Final = sorted(
    [
        *declaration_files(DECLARATIONS),
        *declaration_files(ROOT / "tests" / "dispatchers"),
        *(ROOT / "tests" / "golden").glob("*/input.yaml"),
    ]
)

# Bad files that are fine for the schema of one file, and why.
_TAG: Final = "any field of a backend may be a tag: the groups decide, in another file"
_WHOLE: Final = "a file may leave out what another file has"
_DIGITS: Final = "the limit is on a number as it is written, the schema sees its value"
NOT_EXPRESSIBLE: Final = {
    "DG101/backend_tag": _TAG,
    "DG101/backend_tag_without_group": _TAG,
    "DG101/misspelled_backend_field": _TAG,
    "DG102/empty_file": _WHOLE,
    "DG102/no_dispatcher": _WHOLE,
    "DG102/only_comments": _WHOLE,
    "DG103/hexadecimal_number": _DIGITS,
    "DG103/sexagesimal_number": _DIGITS,
}

# Fields of the models that a file does not have; it has what their class makes of them.
INTERNAL: Final[Mapping[type[Declaration], frozenset[str]]] = {
    Declaration: frozenset({"span"}),
    NamedDeclaration: frozenset({"name"}),
    BackendDecl: frozenset({"tags"}),
    FallbackDecl: frozenset({"action"}),
    GroupDecl: frozenset({"everything", "members"}),
}

# Of files that declarations name, which are not declarations.
OF_OTHER_FILES: Final = (
    BackendFileDecl,
    SelectedOperatorDecl,
    SelectedOperatorsDecl,
)


def bad_files() -> list[Path]:
    """Single files with an unknown or missing field or a wrong kind, if they parse."""
    found = []
    for file in sorted(BAD.glob("DG10[123]/*.yaml")):
        try:
            yaml.safe_load(file.read_text("utf-8"))
        except (yaml.YAMLError, ValueError, LookupError):
            continue
        found.append(file)
    return found


def identify(file: Path) -> str:
    return f"{file.parent.name}/{file.stem}"


def accepts(text: str) -> bool:
    """Whether the generator takes a file, as far as one file alone can tell."""
    collector = Collector()
    source = Source("sample.yaml", text)
    validate(parse(source, collector), source, collector)
    return not collector


def subschemas(schema: Any) -> Iterator[dict[str, Any]]:
    """A JSON Schema and all that it is made of, without following references."""
    if isinstance(schema, list):
        for item in schema:
            yield from subschemas(item)
    elif isinstance(schema, dict):
        yield schema
        for key, value in schema.items():
            if key in ("properties", "definitions"):
                yield from subschemas(list(value.values()))
            elif key not in ("default", "enum", "const"):
                yield from subschemas(value)


def offered(schema: Any) -> set[str]:
    """The fields that a declaration has, by its definition."""
    return {
        name
        for part in subschemas({**schema, "definitions": {}})
        if part.get("type") == "object"
        for name in part.get("properties", ())
    }


def models(base: type[Declaration] = Declaration) -> Iterator[type[Declaration]]:
    """All declarations that stand for something in a file of declarations."""
    if base in OF_OTHER_FILES:
        return
    if not base.__subclasses__():
        yield base
    for model in base.__subclasses__():
        yield from models(model)


def test_committed_file_is_fresh(request: pytest.FixtureRequest) -> None:
    text = json.dumps(SCHEMA, indent=2, ensure_ascii=False) + "\n"
    if request.config.getoption("--update", default=False):
        assert not os.environ.get("CI"), "--update is not for CI"
        COMMITTED.write_text(text, "utf-8")
    assert COMMITTED.read_text("utf-8") == text, "`pytest --update` writes it anew"


def test_same_schema_every_time() -> None:
    assert json.dumps(json_schema()) == json.dumps(json_schema())


def test_is_a_schema() -> None:
    assert SCHEMA["$schema"] == jsonschema.Draft7Validator.META_SCHEMA["$schema"]
    jsonschema.Draft7Validator.check_schema(SCHEMA)


def test_references_lead_to_definitions_and_all_are_used() -> None:
    used = {part["$ref"] for part in subschemas(SCHEMA) if "$ref" in part}
    assert used == {f"#/definitions/{name}" for name in SCHEMA["definitions"]}


def test_loader_leaves_it_alone() -> None:
    assert COMMITTED not in declaration_files(DECLARATIONS)
    assert load_layers([DECLARATIONS])


@pytest.mark.parametrize("file", declaration_files(DECLARATIONS), ids=lambda f: f.stem)
def test_declarations_name_it(file: Path) -> None:
    first = file.read_text("utf-8").partition("\n")[0]
    head, _, path = first.partition("=")
    assert head == "# yaml-language-server: $schema"
    assert (file.parent / path).resolve() == COMMITTED.resolve()


@pytest.mark.parametrize("file", GOOD_FILES, ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_good_file(file: Path) -> None:
    VALIDATOR.validate(yaml.safe_load(file.read_text("utf-8")))


@pytest.mark.parametrize("file", bad_files(), ids=identify)
def test_bad_file(file: Path) -> None:
    valid = VALIDATOR.is_valid(yaml.safe_load(file.read_text("utf-8")))
    assert valid == (identify(file) in NOT_EXPRESSIBLE)


def test_what_cannot_be_expressed_is_not_more_than_that() -> None:
    """Nothing is wrong with such a file alone, or only how it is written."""
    assert set(NOT_EXPRESSIBLE) <= {identify(file) for file in bad_files()}
    for name, reason in NOT_EXPRESSIBLE.items():
        text = (BAD / f"{name}.yaml").read_text("utf-8")
        assert accepts(text) == (reason != _DIGITS), name


def test_every_property_is_described() -> None:
    silent = [
        name
        for part in subschemas(SCHEMA)
        if part.get("type") == "object"
        for name, field in part.get("properties", {}).items()
        if not field.get("description")
    ]
    assert silent == []


def test_unknown_fields_are_forbidden() -> None:
    """Every mapping says what else it may hold: nothing, or values of one kind."""
    for part in subschemas(SCHEMA):
        if part.get("type") == "object":
            assert part.get("additionalProperties", True) is not True, part


@pytest.mark.parametrize("model", list(models()), ids=lambda model: model.__name__)
def test_every_field_is_there_and_nothing_else(model: type[Declaration]) -> None:
    fields = set(model.model_fields)
    for base, internal in INTERNAL.items():
        if issubclass(model, base):
            fields -= internal
    if issubclass(model, FallbackDecl):
        # The fields of its policy stand beside its own.
        fields |= {field for p in models(PolicyDecl) for field in p.model_fields}
        fields -= INTERNAL[Declaration]
    own = SCHEMA if model is Document else SCHEMA["definitions"][model.__name__]
    assert offered(own) == fields


# By section: entries in all their forms.
SAMPLES: Final = r"""
extends: ../base
dispatcher:
  name: mine
  undefined: Nothing
  default_namespace: ops
  keyset_attribute: _keys_
  dispatch_method: __call__
types: {"some.module:Class.Inner": short, "array:array": Low | High}
backends:
  - Fast
  - Slow: {keep_last: true, tagged: 3, other: false, before: Fast, after: null}
  - Odd: {legacy_names: {Older: Odd}, tags: 1, span: true, members: 2}
  - Empty: {}
  - Bare:
functionality:
  - Plain: {per_backend: true, prefix: "", after: Low}
  - Family: {for_each: quick, per_backend: false}
  - Low: {in_every_full_after: true}
  - High
groups:
  everyone: all
  listed: [Fast, Slow]
  none: []
  quick: {tagged: fast, default: true, within: listed}
keysets:
  short: Plain | Low
  "many_{backend}": {keys: "Plain{backend}", for_each: quick, doc: why}
aliases:
  - Rule:
      keys: short
      reason: rule kernel
      undefined: true
      yields_to: {aliases: [Other], backends_of: reach}
      ambiguous: {key: Low, with_any_of: short, kernel: "a::b", reason: guess}
  - Later: {keys: short, reason: r, before: Rule, yields_to: null}
legacy_names: {Old: New}
functions:
  keyOf: {of: backend, for_each: quick, key: "Plain{backend}", default: Low}
  keysOf: {of: backend, for_each: quick, keys: short, key: null, default: Low, doc: d}
  reach:
    of: key
    cases: [{key: "Plain{backend}", keys: Low, for_each: quick}]
    default: empty
  isIt: {of: key, has: short, but_not: [Low]}
  top: {of: keyset, highest_of: keyset & short}
tls: {included: short, excluded: empty}
guards:
  Below: {exclude: short}
  "G{backend}": {for_each: quick, include: short, stop_including: Low, doc: d}
modes: {quiet: {stop_excluding: short}}
variants:
  small: for phones
  tiny: {includes: [small], table_keys: [Low], doc: d}
  nothing:
fallbacks:
  - {keys: [Low, "Plain{quick}"], policy: fallthrough, variants: {small: python_dispatcher}}
  - keys: []
    policy: not_implemented
    message: "{operator}: no"
    variants: {small: {policy: redispatch, redispatch_to: short}}
  - {keys: [Low], policy: redispatch, redispatch_to: short}
  - {keys: [Low], policy: autograd_not_implemented, redispatch_to: short}
  - {keys: [Low], policy: python, exclude: short, mode: quiet}
  - {keys: [Low], policy: python_dispatcher, mode: quiet}
  - {keys: [Low], policy: python_tls_snapshot, redispatch_to: short}
  - {keys: [Low], policy: kernel, kernel: "mod.sub:function"}
  - {keys: [Low], policy: backend_fallback_to, backend: Slow}
operators:
  - func: one(Tensor self) -> Tensor
    dispatch: {"Fast, Slow": one_fast}
    tags: core
  - func: two() -> ()
    tags: [core, odd]
    variants: function
    structured: true
    precomputed: [a]
    python_module: nn
    fake_module: some.fakes
    ufunc_inner_loop: {Generic: "loop (A)"}
operator_rules:
  default: Rule
  structured: {keys: ["{quick}"], always: [Low], delegates: []}
  torchgen:
    options: [{name: dtype, type: ScalarType}]
    view_tag: view
    ufunc: [Fast]
    variants: {key: Rule, unless: Rule, despite: core, tags: [made], out_tags: [out], inherited_tags: [a], no_views: [b], unpaired: [c], without_out: [d], in_vain: [e], grouped_as: {f: {int a: int b}}}
    in_place: {keys: [Fast], unless: [Rule]}
    backend_select: {key: Low, unless_named: ["new_*"]}
    functionalize: {key: Low, decomposed: Rule, without: [g]}
operator_files: [functions.yaml]
operator_tags: [{tag: core, desc: Others are made of it.}]
selection: {operators: ["ops::one", "ops::two.out"], namespaces: [ops], files: [selected_operators.yaml], elsewhere: [prim], training_keys: [Low]}
name_lists:
  theirs: {of: backends, covers: families, names: [a], doc: d}
  ours: {names: []}
kernels: {Fast: {"ops::one": m.k:f, "ops::two": slot}}
torch:
  version: "2.13"
  package: mine
  namespace: mine::torch
  kernels: {header: mine/kernels.h, namespace: mine, sources: [../csrc/a.cpp, b.cpp], shards: 2, include_dirs: [../include]}
  device: {name: mine, backend: Slow, count: 2, allocator: "mine::a", guard: b, hooks: c}
  fake: {"ops::add": "mod:add"}
  autograd: {"ops::add": "mod:back", "ops::mul": {backward: "mod:b", setup_context: null}}
  parsed_keys: parser
  devices: quick
  host: Fast
  namespaces: [ops]
  tags: [core]
  reserved_packages: [torch]
  host_memory: {Fast: {"ops::empty": "mine::empty"}}
c10:
  key_constants: {kFast: Fast}
  reserved_names: [kSlow]
  key_lists: {QUICK_KEYS: quick_ks | Fast}
  fallback_files: {aten/src/quick.cpp: [Fast, "Quick{quick}"]}
"""

# What takes the place of each value in turn.
REPLACEMENTS: Final = (
    None, True, 7, 1.5, "all", "lambda", "a b", "A{b}", [], ["a"], {}, {"a": None},
)  # fmt: skip

# Keys that are added to each mapping in turn.
ADDED: Final = ("fancy", "name", "span", "members", "action", "tags", "class", "2nd")


def entries() -> Iterator[Any]:
    """Small files: one for each entry of each section of the samples."""
    for section, value in yaml.safe_load(SAMPLES).items():
        yield {section: None}
        if isinstance(value, list):
            yield from ({section: [entry]} for entry in value)
        elif section in ("dispatcher", "tls", "operator_rules", "extends", "torch"):
            yield {section: value}
        else:
            yield from ({section: {name: entry}} for name, entry in value.items())
        if section == "operators":
            yield value


def changed(value: Any) -> Iterator[Any]:
    """The value with one change, in every way and at every place."""
    yield from REPLACEMENTS
    if isinstance(value, list):
        for i, item in enumerate(value):
            yield from ([*value[:i], new, *value[i + 1 :]] for new in changed(item))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield {k: v for k, v in value.items() if k != key}
            yield {(f"{k}_" if k == key else k): v for k, v in value.items()}
            yield from ({**value, key: new} for new in changed(item))
        yield from ({**value, key: True} for key in ADDED)


def test_samples_have_every_section() -> None:
    assert set(yaml.safe_load(SAMPLES)) == set(Document.model_fields) - {"span"}
    assert accepts(SAMPLES)
    VALIDATOR.validate(yaml.safe_load(SAMPLES))


def test_schema_and_generator_agree() -> None:
    """On every sample, and on every sample with one change."""
    seen: set[str] = set()
    wrong = []
    for entry in entries():
        for data in (entry, *changed(entry)):
            text = json.dumps(data)  # YAML too.
            if text in seen:
                continue
            seen.add(text)
            if VALIDATOR.is_valid(data) != accepts(text):
                wrong.append(text)
    assert len(seen) > 1000
    assert wrong == []
