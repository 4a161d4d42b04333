"""aten::_nnz: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::_nnz": Declared(
        schema="_nnz(Tensor self) -> int",
        kernels={
            "Tracer": "TraceType::_nnz",
            "SparseCPU": "_nnz_sparse",
            "SparseCUDA": "_nnz_sparse",
            "SparseMPS": "_nnz_sparse",
            "SparseMeta": "_nnz_sparse",
            "SparseCsrCPU": "_nnz_sparse_csr",
            "SparseCsrCUDA": "_nnz_sparse_csr",
            "SparseCsrMPS": "_nnz_sparse_csr",
            "SparseCsrMeta": "_nnz_sparse_csr",
            "Autograd": "VariableType::_nnz",
        },
    ),
}
