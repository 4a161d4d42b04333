"""The part of the model that is about the files PyTorch keeps by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from codegen.source import Span

NAMED_KERNEL: Final = "kernel"
"""The policy of fallbacks whose bodies, and so registrations, are elsewhere."""


@dataclass(frozen=True, slots=True)
class C10Options:
    """What those files say that does not follow from keys and sets.

    Attributes:
        key_constants: by name: the key that it is another name of.
        reserved_names: what PyTorch has in the same namespace.
        key_lists: by name: keys, highest priority first.
        torchgen_names, torchgen_sets: likewise, what torchgen reads.
        fallback_files: by path: the keys whose fallbacks are registered there, in the
            order in which they are declared there.
        places: by path or name: its declaration.
    """

    key_constants: Mapping[str, str]
    reserved_names: frozenset[str]
    key_lists: Mapping[str, tuple[str, ...]]
    torchgen_names: Mapping[str, tuple[str, ...]]
    torchgen_sets: Mapping[str, tuple[str, ...]]
    fallback_files: Mapping[str, tuple[str, ...]]
    places: Mapping[str, Span]
