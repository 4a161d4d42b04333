"""aten::mm: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::mm": Declared(
        schema="mm(Tensor self, Tensor mat2) -> Tensor",
        tags=[
            "core",
        ],
        kernels={
            "Conjugate": "fallthrough",
            "Tracer": "TraceType::mm",
            "AutocastCPU": "autocast::mm",
            "AutocastMTIA": "autocast::mm",
            "AutocastMAIA": "autocast::mm",
            "AutocastXPU": "autocast::mm",
            "AutocastMPS": "autocast::mm",
            "AutocastCUDA": "autocast::mm",
            "FuncTorchBatched": "functorch::BatchRulesLinearAlgebra::mm",
            "Batched": "LegacyBatchingRegistrations::mm",
            "CPU": "mm_out_cpu",
            "CUDA": "mm_out_cuda",
            "MPS": "mm_out_mps",
            "XPU": "mm_out_xpu",
            "MTIA": "mm_out_mtia",
            "Meta": "torch._meta_registrations:meta_mm",
            "SparseCPU": "_sparse_mm",
            "SparseCUDA": "_sparse_mm",
            "SparseMPS": "_sparse_mm",
            "SparseCsrCPU": "_sparse_csr_mm",
            "SparseCsrCUDA": "_sparse_csr_mm",
            "SparseCsrMeta": "_sparse_csr_mm",
            "Autograd": "VariableType::mm",
            "CompositeExplicitAutogradNonFunctional": "structured_mm",
        },
    ),
    "aten::mm.out": Declared(
        schema="mm.out(Tensor self, Tensor mat2, *, Tensor(a!) out) -> Tensor(a!)",
        kernels={
            "Functionalize": "functionalization::mm_out_out",
            "Conjugate": "fallthrough",
            "ADInplaceOrView": "ADInplaceOrView::mm_out_out",
            "Tracer": "TraceType::mm_out_out",
            "CPU": "mm_out_cpu",
            "CUDA": "mm_out_cuda",
            "MPS": "mm_out_mps",
            "XPU": "mm_out_xpu",
            "MTIA": "mm_out_mtia",
            "Meta": "torch._meta_registrations:meta_mm",
            "SparseCPU": "_sparse_mm_out",
            "SparseCUDA": "_sparse_mm_out",
            "SparseMPS": "_sparse_mm_out",
            "SparseCsrCPU": "_sparse_csr_mm_out",
            "SparseCsrCUDA": "_sparse_csr_mm_out",
            "SparseCsrMeta": "_sparse_csr_mm_out",
            "Autograd": "VariableType::mm_out_out",
        },
    ),
}
