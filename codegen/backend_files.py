"""Backend files among the files that are given: which ones they are.

Note [Backend files]. A mapping with `backend` or `cpp_namespace`, and without any section of
declarations, is a file as torchgen's `gen_backend_stubs` reads it, be it named by `operators`
or given beside other files. It is another spelling of kernels:
`codegen.resolve.backend_files` says which kernels, and they are the model's as if a
`kernels` section had them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from codegen.located import LocatedMap, LocatedStr
from codegen.model_backend_files import LeftOut
from codegen.schema import Document
from codegen.schema.backend_files import BackendFileDecl

_FIELDS: Final = ("backend", "cpp_namespace")

# Fields of torchgen's lazy backend.
_LEFT_OUT: Final = ("full_codegen", "ir_gen", "non_native")


def is_backend_file(data: Any) -> bool:
    """Whether the content of a file is that of a backend file."""
    if not isinstance(data, LocatedMap):
        return False
    # A list is that of another section, misspelt.
    named = [f for f in _FIELDS if isinstance(data.get(f), LocatedStr)]
    return bool(named) and not Document.model_fields.keys() & data.keys()


def left_out(file: BackendFileDecl) -> Iterator[LeftOut]:
    """What of a file is of torchgen's lazy backend."""
    for field in _LEFT_OUT:
        value = getattr(file, field)
        if not value:
            continue
        # The list is one of pydantic's, which knows no place.
        span = getattr(value[0], "span", file.backend.span)
        yield LeftOut(field, tuple(_names(value)), span)


def _names(value: list[Any]) -> Iterator[str]:
    """What a field lists: texts, or mappings that begin with one or hold `func`."""
    for item in value:
        if isinstance(item, LocatedMap):
            named = item.get("func") or next(iter(item.values()), "")
            yield str(named).partition("(")[0]
        else:
            yield str(item)
