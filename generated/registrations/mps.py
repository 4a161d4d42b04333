"""Registrations for MPS: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="AutogradMPS",
        policy="autograd_not_implemented",
        kernel="autograd_not_implemented",
        redispatch_to="after_autograd_keyset",
    ),
]

KERNELS: list[Kernel] = [
    Kernel("aten::add.Tensor", "MPS", "add_out_mps"),
    Kernel("aten::add.out", "MPS", "add_out_mps"),
    Kernel("aten::add_.Tensor", "MPS", "add_out_mps"),
    Kernel("aten::arange.start_out", "MPS", "arange_mps_out"),
    Kernel("aten::as_strided", "MPS", "as_strided_tensorimpl"),
    Kernel("aten::cat", "MPS", "cat_out_mps"),
    Kernel("aten::cat.out", "MPS", "cat_out_mps"),
    Kernel("aten::empty.memory_format", "MPS", "empty_mps"),
    Kernel("aten::index.Tensor", "MPS", "index_out"),
    Kernel("aten::index.Tensor_out", "MPS", "index_out"),
    Kernel("aten::linear", "MPS", "_mps_linear"),
    Kernel("aten::mm", "MPS", "mm_out_mps"),
    Kernel("aten::mm.out", "MPS", "mm_out_mps"),
    Kernel("aten::mul.Tensor", "MPS", "mul_out"),
    Kernel("aten::mul.out", "MPS", "mul_out"),
    Kernel("aten::mul_.Tensor", "MPS", "mul_out"),
    Kernel("aten::random_", "MPS", "random_"),
    Kernel("aten::relu", "MPS", "relu_mps"),
    Kernel("aten::relu_", "MPS", "relu_mps_"),
    Kernel("aten::resize_", "MPS", "resize_mps_"),
    Kernel("aten::sigmoid", "MPS", "sigmoid_out"),
    Kernel("aten::sigmoid.out", "MPS", "sigmoid_out"),
    Kernel("aten::sigmoid_", "MPS", "sigmoid_out"),
    Kernel("aten::silu_backward", "MPS", "silu_backward_out"),
    Kernel("aten::silu_backward.grad_input", "MPS", "silu_backward_out"),
    Kernel("aten::sum.dim_IntList", "MPS", "sum_out"),
    Kernel("aten::sum.IntList_out", "MPS", "sum_out"),
    Kernel("aten::view", "MPS", "view"),
    Kernel("aten::_nnz", "SparseMPS", "_nnz_sparse"),
    Kernel("aten::add.Tensor", "SparseMPS", "add_sparse"),
    Kernel("aten::add.out", "SparseMPS", "add_out_sparse_mps"),
    Kernel("aten::add_.Tensor", "SparseMPS", "add_sparse_"),
    Kernel("aten::cat", "SparseMPS", "cat_sparse"),
    Kernel("aten::copy_", "SparseMPS", "copy_sparse_wrapper_"),
    Kernel("aten::empty.memory_format", "SparseMPS", "empty_sparse"),
    Kernel("aten::mm", "SparseMPS", "_sparse_mm"),
    Kernel("aten::mm.out", "SparseMPS", "_sparse_mm_out"),
    Kernel("aten::mul.Tensor", "SparseMPS", "mul_sparse"),
    Kernel("aten::mul.out", "SparseMPS", "mul_out_sparse_mps"),
    Kernel("aten::mul_.Tensor", "SparseMPS", "mul_sparse_"),
    Kernel("aten::relu", "SparseMPS", "relu_sparse"),
    Kernel("aten::relu_", "SparseMPS", "relu_sparse_"),
    Kernel("aten::sum.dim_IntList", "SparseMPS", "sum_sparse_coo"),
    Kernel("aten::_nnz", "SparseCsrMPS", "_nnz_sparse_csr"),
]
