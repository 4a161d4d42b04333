"""A function of torchgen's YAML, as the rules of this package see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from codegen.runtime.python.schema import FunctionSchema
from codegen.schema.operators import OperatorDecl
from codegen.source import Span


@dataclass(frozen=True, slots=True)
class Function:
    """One function: an entry of a file, or a variant that is derived from one.

    Attributes:
        name: with namespace and overload, such as `aten::add.out`.
        schema: what its schema says; the name in it may lack the namespace.
        text: the schema as text, from the name without namespace on.
        kernels: as its entry gives them: by key, comma-joined keys apart.
        declaration: its entry; of a derived variant, the entry that it comes from.
        is_derived: whether it is a variant that no entry has.
        tags: of the entry; of a derived variant, those that it gets.
        span: the place of its schema, or of its name in `autogen`.
    """

    name: str
    schema: FunctionSchema
    text: str
    kernels: Mapping[str, str]
    declaration: OperatorDecl
    is_derived: bool
    tags: tuple[str, ...]
    span: Span

    @property
    def operator(self) -> str:
        """Its name without namespace."""
        return self.name.partition("::")[2]
