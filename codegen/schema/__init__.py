"""The declaration language as pydantic models: one module a section."""

from codegen.schema.document import Document

__all__ = ["Document"]
