"""aten::as_strided: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::as_strided": Declared(
        schema="as_strided(Tensor(a) self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor(a)",
        tags=[
            "core",
        ],
        kernels={
            "Functionalize": "functionalization::as_strided",
            "Conjugate": "fallthrough",
            "Negative": "fallthrough",
            "ZeroTensor": "as_strided_tensorimpl",
            "ADInplaceOrView": "ADInplaceOrView::as_strided",
            "Tracer": "TraceType::as_strided",
            "FuncTorchBatched": "functorch::LegacyBatchingRegistrations::as_strided",
            "Batched": "LegacyBatchingRegistrations::as_strided",
            "CPU": "as_strided_tensorimpl",
            "CUDA": "as_strided_tensorimpl",
            "MPS": "as_strided_tensorimpl",
            "MTIA": "as_strided_tensorimpl",
            "Meta": "as_strided_tensorimpl_meta_symint",
            "QuantizedCPU": "as_strided_qtensorimpl",
            "QuantizedCUDA": "as_strided_qtensorimpl",
            "Autograd": "VariableType::as_strided",
        },
    ),
}
