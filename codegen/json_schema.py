"""The JSON Schema of one declaration file, for editors.

It reads nothing but the models in `schema/`, and so knows no field of its own: the models
say what a declaration may hold and, in `_forms`, what it looks like in YAML. Here it only
becomes the JSON Schema that yaml-language-server reads best: draft 7, without what pydantic
adds for others.
"""

from __future__ import annotations

from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from codegen.schema import Document

_DIALECT: Final = "http://json-schema.org/draft-07/schema#"


def json_schema() -> dict[str, Any]:
    """What a declaration file may hold, as a JSON Schema of draft 7."""
    raw = Document.model_json_schema(
        ref_template="#/definitions/{model}", schema_generator=_Generator
    )
    definitions = raw.pop("$defs", {})
    shared: dict[str, JsonSchemaValue] = {}
    root = _tidy(raw, shared)
    named = {name: _tidy(schema, shared) for name, schema in definitions.items()}
    return {
        "$schema": _DIALECT,
        **root,
        "definitions": dict(sorted({**named, **shared}.items())),
    }


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, without OpenAPI's words and with exact mapping keys."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        # Pydantic's own lets keys through that fit no pattern.
        keys = self.generate_inner(schema["keys_schema"])
        result: JsonSchemaValue = {
            "type": "object",
            "additionalProperties": self.generate_inner(schema["values_schema"]),
        }
        return result if keys == _ANY_TEXT else {**result, "propertyNames": keys}

    def tagged_union_schema(
        self, schema: core_schema.TaggedUnionSchema
    ) -> JsonSchemaValue:
        result = super().tagged_union_schema(schema)
        result.pop("discriminator", None)
        return result


# What a field adds to the text that it holds.
_OF_A_FIELD: Final = frozenset({"default", "description"})

_ANY_TEXT: Final = {"type": "string"}

# Where a JSON Schema holds others: one, a list of them, or some by name.
_ONE: Final = frozenset(
    {"additionalProperties", "else", "if", "items", "not", "propertyNames", "then"}
)
_LISTS: Final = frozenset({"allOf", "anyOf", "oneOf"})
_BY_NAME: Final = frozenset({"definitions", "patternProperties", "properties"})


def _tidy(
    schema: JsonSchemaValue, shared: dict[str, JsonSchemaValue]
) -> JsonSchemaValue:
    """Without titles and what is empty; texts with a title go to the definitions."""
    kept = {
        key: value
        for key, value in schema.items()
        if key != "title"
        and not (key in ("default", "required") and value in (None, [], {}))
        # Older versions of pydantic add the one to the other.
        and not (key == "enum" and "const" in schema)
    }
    title = schema.get("title")
    if title is not None and schema.get("type") == "string":
        own = {key: value for key, value in kept.items() if key in _OF_A_FIELD}
        shared[title] = {key: kept[key] for key in kept if key not in _OF_A_FIELD}
        return {**own, "$ref": f"#/definitions/{title}"}
    return {key: _tidy_value(key, value, shared) for key, value in kept.items()}


def _tidy_value(key: str, value: Any, shared: dict[str, JsonSchemaValue]) -> Any:
    if key in _ONE and isinstance(value, dict):
        return _tidy(value, shared)
    if key in _LISTS:
        return [_tidy(schema, shared) for schema in value]
    if key in _BY_NAME:
        return {name: _tidy(schema, shared) for name, schema in value.items()}
    return value
