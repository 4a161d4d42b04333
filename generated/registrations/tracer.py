"""Registrations for Tracer: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="Tracer",
        policy="kernel",
        kernel="tracerFallback",
    ),
]

KERNELS: list[Kernel] = [
    Kernel("aten::_foreach_add.List", "Tracer", "TraceType::_foreach_add_List"),
    Kernel("aten::_foreach_add_.List", "Tracer", "TraceType::_foreach_add__List"),
    Kernel(
        "aten::_nested_tensor_storage_offsets",
        "Tracer",
        "TraceType::_nested_tensor_storage_offsets",
    ),
    Kernel("aten::_nnz", "Tracer", "TraceType::_nnz"),
    Kernel(
        "aten::_test_autograd_multiple_dispatch.fullcoverage",
        "Tracer",
        "TraceType::_test_autograd_multiple_dispatch_fullcoverage",
    ),
    Kernel("aten::add.Tensor", "Tracer", "TraceType::add_Tensor"),
    Kernel("aten::add.out", "Tracer", "TraceType::add_out_out"),
    Kernel("aten::add.Scalar", "Tracer", "TraceType::add_Scalar"),
    Kernel("aten::add_.Tensor", "Tracer", "TraceType::add__Tensor"),
    Kernel("aten::alias", "Tracer", "TraceType::alias"),
    Kernel("aten::arange", "Tracer", "TraceType::arange"),
    Kernel("aten::arange.start_out", "Tracer", "TraceType::arange_out_start_out"),
    Kernel("aten::as_strided", "Tracer", "TraceType::as_strided"),
    Kernel("aten::cat", "Tracer", "TraceType::cat"),
    Kernel("aten::cat.out", "Tracer", "TraceType::cat_out_out"),
    Kernel("aten::chunk", "Tracer", "TraceType::chunk"),
    Kernel("aten::copy_", "Tracer", "TraceTypeManual::copy_"),
    Kernel("aten::cudnn_convolution", "Tracer", "TraceType::cudnn_convolution"),
    Kernel("aten::cudnn_is_acceptable", "Tracer", "TraceType::cudnn_is_acceptable"),
    Kernel("aten::dequantize.self", "Tracer", "TraceType::dequantize_self"),
    Kernel("aten::detach", "Tracer", "TraceTypeManual::detach"),
    Kernel("aten::dropout", "Tracer", "TraceType::dropout"),
    Kernel("aten::empty.memory_format", "Tracer", "TraceType::empty_memory_format"),
    Kernel("aten::expand", "Tracer", "TraceType::expand"),
    Kernel("aten::flatten.using_ints", "Tracer", "TraceType::flatten_using_ints"),
    Kernel("aten::index.Tensor", "Tracer", "TraceType::index_Tensor"),
    Kernel("aten::index.Tensor_out", "Tracer", "TraceType::index_out_Tensor_out"),
    Kernel("aten::is_nonzero", "Tracer", "TraceType::is_nonzero"),
    Kernel("aten::linear", "Tracer", "TraceType::linear"),
    Kernel("aten::matmul", "Tracer", "TraceType::matmul"),
    Kernel("aten::mkldnn_convolution", "Tracer", "TraceType::mkldnn_convolution"),
    Kernel("aten::mkldnn_linear", "Tracer", "TraceType::mkldnn_linear"),
    Kernel("aten::mm", "Tracer", "TraceType::mm"),
    Kernel("aten::mm.out", "Tracer", "TraceType::mm_out_out"),
    Kernel("aten::mul.Tensor", "Tracer", "TraceType::mul_Tensor"),
    Kernel("aten::mul.out", "Tracer", "TraceType::mul_out_out"),
    Kernel("aten::mul_.Tensor", "Tracer", "TraceType::mul__Tensor"),
    Kernel(
        "aten::native_channel_shuffle", "Tracer", "TraceType::native_channel_shuffle"
    ),
    Kernel("aten::ones", "Tracer", "TraceType::ones"),
    Kernel("aten::quantize_per_tensor", "Tracer", "TraceType::quantize_per_tensor"),
    Kernel("aten::randn", "Tracer", "TraceType::randn"),
    Kernel("aten::randn.generator", "Tracer", "TraceType::randn_generator"),
    Kernel("aten::randn_like", "Tracer", "TraceType::randn_like"),
    Kernel("aten::random_", "Tracer", "TraceType::random_"),
    Kernel("aten::relu", "Tracer", "TraceType::relu"),
    Kernel("aten::relu_", "Tracer", "TraceType::relu_"),
    Kernel("aten::requires_grad_", "Tracer", "fallthrough"),
    Kernel("aten::reshape", "Tracer", "TraceType::reshape"),
    Kernel("aten::resize_", "Tracer", "TraceTypeManual::resize_"),
    Kernel("aten::select.int", "Tracer", "TraceType::select_int"),
    Kernel("aten::sigmoid", "Tracer", "TraceType::sigmoid"),
    Kernel("aten::sigmoid.out", "Tracer", "TraceType::sigmoid_out_out"),
    Kernel("aten::sigmoid_", "Tracer", "TraceType::sigmoid_"),
    Kernel("aten::silu_backward", "Tracer", "TraceType::silu_backward"),
    Kernel(
        "aten::silu_backward.grad_input",
        "Tracer",
        "TraceType::silu_backward_out_grad_input",
    ),
    Kernel("aten::slice.Tensor", "Tracer", "TraceType::slice_Tensor"),
    Kernel("aten::stack", "Tracer", "TraceType::stack"),
    Kernel("aten::sum.dim_IntList", "Tracer", "TraceType::sum_dim_IntList"),
    Kernel("aten::sum.IntList_out", "Tracer", "TraceType::sum_out_IntList_out"),
    Kernel("aten::t", "Tracer", "TraceType::t"),
    Kernel("aten::transpose.int", "Tracer", "TraceType::transpose_int"),
    Kernel("aten::unbind.int", "Tracer", "TraceType::unbind_int"),
    Kernel("aten::view", "Tracer", "TraceType::view"),
    Kernel("aten::view_copy", "Tracer", "TraceType::view_copy"),
    Kernel("aten::zeros", "Tracer", "TraceType::zeros"),
    Kernel("aten::zeros_like", "Tracer", "TraceType::zeros_like"),
]
