"""How a dispatch table is computed: what each alias key fills, and when it steps back.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from . import functions
from ._runtime.functions import kernels_by_name
from ._runtime.loading import DispatchTables
from ._runtime.rules import AliasKey, Ambiguity, build_rules
from ._runtime.table import TableEntry, TableRules, compute_table
from .dispatch_key import BackendComponent, DispatchKey
from .dispatch_key_set import LAYOUT, NUMBERING, DispatchKeySet
from .operators import OPERATORS
from .registrations import REGISTRATIONS


def _raw(
    function: Callable[[DispatchKey], DispatchKeySet],
) -> Callable[[int], int]:
    return lambda key: function(DispatchKey(key)).raw_repr()


def _keys(
    alias: DispatchKey,
) -> int:
    return functions.get_runtime_dispatch_key_set(alias).raw_repr()


# Lowest precedence first.
ALIASES: list[AliasKey] = [
    AliasKey(
        name="Autograd",
        keys=_keys(DispatchKey.Autograd),
        reason="autograd kernel",
        undefined=False,
        yields_to=[],
        yields_to_backends_of=None,
        ambiguity=None,
    ),
    AliasKey(
        name="CompositeImplicitAutograd",
        keys=_keys(DispatchKey.CompositeImplicitAutograd),
        reason="math kernel",
        undefined=True,
        yields_to=[
            "CompositeExplicitAutograd",
        ],
        yields_to_backends_of=_raw(functions.get_backend_key_set_from_autograd),
        ambiguity=Ambiguity(
            slot="AutogradOther",
            keys=DispatchKeySet.of(
                DispatchKey.FPGA,
                DispatchKey.Vulkan,
                DispatchKey.Metal,
                DispatchKey.Quantized,
                DispatchKey.CustomRNGKeyId,
                DispatchKey.MkldnnCPU,
                DispatchKey.Sparse,
                DispatchKey.SparseCsr,
                BackendComponent.CPUBit,
                BackendComponent.CUDABit,
                BackendComponent.HIPBit,
                BackendComponent.XLABit,
                BackendComponent.MPSBit,
                BackendComponent.IPUBit,
                BackendComponent.XPUBit,
                BackendComponent.HPUBit,
                BackendComponent.VEBit,
                BackendComponent.LazyBit,
                BackendComponent.MTIABit,
                BackendComponent.MAIABit,
                BackendComponent.PrivateUse1Bit,
                BackendComponent.PrivateUse2Bit,
                BackendComponent.PrivateUse3Bit,
                BackendComponent.MetaBit,
            ).raw_repr(),
            entry=TableEntry(
                kernel="ambiguous_autogradother",
                reason="ambiguous autogradother",
            ),
        ),
    ),
    AliasKey(
        name="FuncTorchBatchedDecomposition",
        keys=_keys(DispatchKey.FuncTorchBatchedDecomposition),
        reason="batched kernel",
        undefined=False,
        yields_to=[],
        yields_to_backends_of=None,
        ambiguity=None,
    ),
    AliasKey(
        name="CompositeImplicitAutogradNestedTensor",
        keys=_keys(DispatchKey.CompositeImplicitAutogradNestedTensor),
        reason="nested kernel",
        undefined=False,
        yields_to=[],
        yields_to_backends_of=None,
        ambiguity=None,
    ),
    AliasKey(
        name="CompositeExplicitAutograd",
        keys=_keys(DispatchKey.CompositeExplicitAutograd),
        reason="default backend kernel",
        undefined=True,
        yields_to=[],
        yields_to_backends_of=None,
        ambiguity=None,
    ),
    AliasKey(
        name="CompositeExplicitAutogradNonFunctional",
        keys=_keys(DispatchKey.CompositeExplicitAutogradNonFunctional),
        reason="default backend kernel",
        undefined=True,
        yields_to=[],
        yields_to_backends_of=None,
        ambiguity=None,
    ),
]


@cache
def table_rules() -> TableRules:
    """Everything but an operator's kernels that decides its dispatch table."""
    names = {
        int(key): key.name
        for key in DispatchKey
        if not LAYOUT.is_alias(key) and key not in NUMBERING.names
    }
    return build_rules(LAYOUT, names, ALIASES, REGISTRATIONS.fallback_kernels)


def compute_dispatch_table(
    registrations: Mapping[str, str] | Mapping[DispatchKey, str],
) -> dict[str, TableEntry]:
    """The dispatch table of an operator with these kernels, by runtime key name.

    Args:
        registrations: kernel names by runtime or alias key, or by the key's name.

    Raises:
        ValueError: for what is no key, or for two kernels for one key.
    """
    return compute_table(table_rules(), kernels_by_name(NUMBERING, registrations))


# Of the declared operators, by name; computed when it is read.
TABLES = DispatchTables(OPERATORS, table_rules)
