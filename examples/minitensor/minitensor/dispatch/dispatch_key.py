"""Dispatch keys and backend components: the one file with numbers in it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from enum import IntEnum


class BackendComponent(IntEnum):
    """A backend; component `b` is bit `b - 1` of a keyset."""

    InvalidBit = 0
    CPUBit = 1
    MetaBit = 2
    EndOfBackendKeys = MetaBit


class DispatchKey(IntEnum):
    """A dispatch key. StartOf and EndOf names mark where a range begins and ends."""

    Undefined = 0
    Dense = 1
    BackendSelect = 2
    Python = 3
    ADInplaceOrView = 4
    Autograd = 5
    PythonTLSSnapshot = 6
    EndOfFunctionalityKeys = 7
    StartOfDenseBackends = 8
    CPU = 9
    Meta = 10
    EndOfDenseBackends = Meta
    StartOfAutogradBackends = 11
    AutogradCPU = 12
    AutogradMeta = 13
    EndOfAutogradBackends = AutogradMeta
    EndOfRuntimeBackendKeys = AutogradMeta
    AnyAutograd = 14
    StartOfAliasKeys = AnyAutograd
    Composite = 15
    EndOfAliasKeys = Composite
