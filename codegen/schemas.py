"""Schemas of operators, parsed once for all that ask for them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from codegen.runtime.python.schema import FunctionSchema, parse_schema

# As many as a batch of operators has, some times over.
_MOST: Final = 8192


@lru_cache(_MOST)
def parsed_schema(text: str) -> FunctionSchema:
    """What a schema says, as `parse_schema` reads it; the result cannot be changed.

    Raises:
        SchemaError: if it is no schema.
    """
    return parse_schema(text)
