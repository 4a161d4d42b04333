"""Registrations for Meta: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="Meta",
        policy="not_implemented",
        kernel="not_implemented",
        message="{operator}: there is no Meta kernel for this operator, so it cannot run on Meta tensors. Compilation and export need one: register a fake implementation or a kernel for Meta. See https://pytorch.org/tutorials/advanced/custom_ops_landing_page.html",
    ),
    Fallback(
        key="AutogradMeta",
        policy="autograd_not_implemented",
        kernel="autograd_not_implemented",
        redispatch_to="after_autograd_keyset",
    ),
]

KERNELS: list[Kernel] = [
    Kernel("aten::add.Tensor", "Meta", "torch._refs:add"),
    Kernel("aten::add.out", "Meta", "torch._refs:add"),
    Kernel("aten::add.Scalar", "Meta", "torch._meta_registrations:meta_binop_alpha"),
    Kernel(
        "aten::add_.Tensor",
        "Meta",
        "torch._meta_registrations:meta_binop_inplace_alpha",
    ),
    Kernel("aten::arange", "Meta", "torch._decomp.decompositions:arange_default"),
    Kernel("aten::arange.start_out", "Meta", "torch._refs:arange"),
    Kernel("aten::as_strided", "Meta", "as_strided_tensorimpl_meta_symint"),
    Kernel("aten::cat", "Meta", "torch._refs:cat"),
    Kernel("aten::cat.out", "Meta", "torch._refs:cat"),
    Kernel("aten::empty.memory_format", "Meta", "empty_meta_symint"),
    Kernel("aten::index.Tensor", "Meta", "torch._meta_registrations:meta_index_Tensor"),
    Kernel("aten::index.Tensor_out", "Meta", "structured_index_out"),
    Kernel("aten::mm", "Meta", "torch._meta_registrations:meta_mm"),
    Kernel("aten::mm.out", "Meta", "torch._meta_registrations:meta_mm"),
    Kernel("aten::mul.Tensor", "Meta", "torch._refs:mul"),
    Kernel("aten::mul.out", "Meta", "torch._refs:mul"),
    Kernel("aten::mul_.Tensor", "Meta", "torch._meta_registrations:meta_binop_inplace"),
    Kernel("aten::ones", "Meta", "torch._meta_registrations:meta_ones"),
    Kernel(
        "aten::quantize_per_tensor",
        "Meta",
        "torch._meta_registrations:meta_quantize_per_tensor",
    ),
    Kernel("aten::randn", "Meta", "torch._refs:randn"),
    Kernel("aten::random_", "Meta", "random_meta_"),
    Kernel("aten::relu", "Meta", "torch._refs.nn.functional:relu"),
    Kernel("aten::relu_", "Meta", "torch._meta_registrations:meta_relu_"),
    Kernel("aten::resize_", "Meta", "resize__symint"),
    Kernel("aten::sigmoid", "Meta", "torch._meta_registrations:sigmoid"),
    Kernel("aten::sigmoid.out", "Meta", "torch._meta_registrations:sigmoid"),
    Kernel("aten::sigmoid_", "Meta", "torch._refs:sigmoid_"),
    Kernel("aten::silu_backward", "Meta", "structured_silu_backward"),
    Kernel(
        "aten::silu_backward.grad_input",
        "Meta",
        "torch._decomp.decompositions:silu_backward",
    ),
    Kernel("aten::stack", "Meta", "torch._refs:stack"),
    Kernel("aten::sum.dim_IntList", "Meta", "torch._refs:sum"),
    Kernel("aten::sum.IntList_out", "Meta", "torch._refs:sum"),
    Kernel("aten::view", "Meta", "view"),
    Kernel("aten::view_copy", "Meta", "torch._refs:view_copy"),
    Kernel("aten::zeros", "Meta", "torch._meta_registrations:meta_zeros"),
    Kernel("aten::zeros_like", "Meta", "torch._meta_registrations:zeros_like"),
    Kernel("aten::empty.memory_format", "QuantizedMeta", "empty_unknown_quantized"),
    Kernel("aten::_nnz", "SparseMeta", "_nnz_sparse"),
    Kernel("aten::add.Tensor", "SparseMeta", "add_sparse"),
    Kernel("aten::add.out", "SparseMeta", "add_out_sparse_cpu"),
    Kernel("aten::add_.Tensor", "SparseMeta", "add_sparse_"),
    Kernel("aten::empty.memory_format", "SparseMeta", "empty_sparse_symint"),
    Kernel("aten::_nnz", "SparseCsrMeta", "_nnz_sparse_csr"),
    Kernel("aten::add.Tensor", "SparseCsrMeta", "add_sparse_csr"),
    Kernel("aten::add.out", "SparseCsrMeta", "add_out_sparse_compressed_cpu"),
    Kernel("aten::add_.Tensor", "SparseCsrMeta", "add_sparse_csr_"),
    Kernel("aten::copy_", "SparseCsrMeta", "copy_sparse_compressed_"),
    Kernel(
        "aten::empty.memory_format", "SparseCsrMeta", "empty_sparse_compressed_symint"
    ),
    Kernel("aten::mm", "SparseCsrMeta", "_sparse_csr_mm"),
    Kernel("aten::mm.out", "SparseCsrMeta", "_sparse_csr_mm_out"),
    Kernel("aten::mul.Tensor", "SparseCsrMeta", "mul_sparse_csr"),
    Kernel("aten::mul.out", "SparseCsrMeta", "mul_out_sparse_csr"),
    Kernel("aten::mul_.Tensor", "SparseCsrMeta", "mul_sparse_csr_"),
    Kernel("aten::relu", "SparseCsrMeta", "relu_sparse_csr"),
    Kernel("aten::relu_", "SparseCsrMeta", "relu_sparse_csr_"),
    Kernel("aten::resize_", "SparseCsrMeta", "resize_sparse_csr_"),
    Kernel("aten::select.int", "SparseCsrMeta", "select_sparse_csr"),
    Kernel("aten::sum.dim_IntList", "SparseCsrMeta", "sum_sparse_compressed"),
    Kernel(
        "aten::_nested_tensor_storage_offsets",
        "NestedTensorMeta",
        "_nested_tensor_storage_offsets",
    ),
]
