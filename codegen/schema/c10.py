"""Section `c10`: what the files that PyTorch keeps by hand say beyond keys and sets."""

from __future__ import annotations

from pydantic import Field

from codegen.schema.base import (
    Declaration,
    Expression,
    IncludePath,
    KeyName,
    Name,
    NamePattern,
)


class C10Decl(Declaration):
    """Settings of `--target c10`; all of them may be left out."""

    key_constants: dict[Name, KeyName] = Field(
        default_factory=dict,
        description="Names for keys, in the namespaces `c10` and `torch`.",
    )
    reserved_names: list[Name] = Field(
        default_factory=list,
        description="Names in the namespace `c10` that nothing declared can have.",
    )
    key_lists: dict[Name, Expression] = Field(
        default_factory=dict,
        description="Lists of keys that Python code reads, each as a keyset expression.",
    )
    torchgen_names: dict[Name, Expression] = Field(
        default_factory=dict,
        description="Lists of keys' names that torchgen reads, likewise.",
    )
    torchgen_sets: dict[Name, Expression] = Field(
        default_factory=dict,
        description="Sets of keys that torchgen reads, likewise.",
    )
    fallback_files: dict[IncludePath, list[NamePattern]] = Field(
        default_factory=dict,
        description="By C++ file: the keys whose fallbacks are registered there. Those "
        "of no file are in one of their own; named kernels stay with their source.",
    )
