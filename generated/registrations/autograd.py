"""Registrations for Autograd: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = []

KERNELS: list[Kernel] = [
    Kernel("aten::_foreach_add.List", "Autograd", "VariableType::_foreach_add_List"),
    Kernel("aten::_foreach_add_.List", "Autograd", "VariableType::_foreach_add__List"),
    Kernel(
        "aten::_nested_tensor_storage_offsets",
        "Autograd",
        "VariableType::_nested_tensor_storage_offsets",
    ),
    Kernel("aten::_nnz", "Autograd", "VariableType::_nnz"),
    Kernel(
        "aten::_test_autograd_multiple_dispatch.fullcoverage",
        "Autograd",
        "VariableType::_test_autograd_multiple_dispatch_fullcoverage",
    ),
    Kernel("aten::add.Tensor", "Autograd", "VariableType::add_Tensor"),
    Kernel("aten::add.out", "Autograd", "VariableType::add_out_out"),
    Kernel("aten::add.Scalar", "Autograd", "VariableType::add_Scalar"),
    Kernel("aten::add_.Tensor", "Autograd", "VariableType::add__Tensor"),
    Kernel("aten::alias", "Autograd", "VariableType::alias"),
    Kernel(
        "aten::arange", "Autograd", "torch::autograd::autogradNotImplementedFallback"
    ),
    Kernel(
        "aten::arange.start_out",
        "Autograd",
        "torch::autograd::autogradNotImplementedFallback",
    ),
    Kernel("aten::as_strided", "Autograd", "VariableType::as_strided"),
    Kernel("aten::cat", "Autograd", "VariableType::cat"),
    Kernel("aten::cat.out", "Autograd", "VariableType::cat_out_out"),
    Kernel("aten::chunk", "Autograd", "VariableType::chunk"),
    Kernel("aten::copy_", "Autograd", "VariableTypeManual::copy_"),
    Kernel("aten::cudnn_convolution", "Autograd", "VariableType::cudnn_convolution"),
    Kernel("aten::dequantize.self", "Autograd", "VariableType::dequantize_self"),
    Kernel("aten::detach", "Autograd", "VariableTypeManual::detach"),
    Kernel(
        "aten::empty.memory_format",
        "Autograd",
        "torch::autograd::autogradNotImplementedFallback",
    ),
    Kernel("aten::expand", "Autograd", "VariableType::expand"),
    Kernel("aten::index.Tensor", "Autograd", "VariableType::index_Tensor"),
    Kernel("aten::index.Tensor_out", "Autograd", "VariableType::index_out_Tensor_out"),
    Kernel("aten::linear", "Autograd", "VariableType::linear"),
    Kernel("aten::matmul", "Autograd", "VariableType::matmul"),
    Kernel("aten::mkldnn_convolution", "Autograd", "VariableType::mkldnn_convolution"),
    Kernel("aten::mkldnn_linear", "Autograd", "VariableType::mkldnn_linear"),
    Kernel("aten::mm", "Autograd", "VariableType::mm"),
    Kernel("aten::mm.out", "Autograd", "VariableType::mm_out_out"),
    Kernel("aten::mul.Tensor", "Autograd", "VariableType::mul_Tensor"),
    Kernel("aten::mul.out", "Autograd", "VariableType::mul_out_out"),
    Kernel("aten::mul_.Tensor", "Autograd", "VariableType::mul__Tensor"),
    Kernel(
        "aten::native_channel_shuffle",
        "Autograd",
        "torch::autograd::autogradNotImplementedFallback",
    ),
    Kernel("aten::ones", "Autograd", "torch::autograd::autogradNotImplementedFallback"),
    Kernel(
        "aten::quantize_per_tensor", "Autograd", "VariableType::quantize_per_tensor"
    ),
    Kernel(
        "aten::randn", "Autograd", "torch::autograd::autogradNotImplementedFallback"
    ),
    Kernel(
        "aten::randn.generator",
        "Autograd",
        "torch::autograd::autogradNotImplementedFallback",
    ),
    Kernel("aten::randn_like", "Autograd", "VariableType::randn_like"),
    Kernel("aten::random_", "Autograd", "VariableType::random_"),
    Kernel("aten::relu", "Autograd", "VariableType::relu"),
    Kernel("aten::relu_", "Autograd", "VariableType::relu_"),
    Kernel("aten::resize_", "Autograd", "VariableTypeManual::resize_"),
    Kernel("aten::select.int", "Autograd", "VariableType::select_int"),
    Kernel("aten::sigmoid", "Autograd", "VariableType::sigmoid"),
    Kernel("aten::sigmoid.out", "Autograd", "VariableType::sigmoid_out_out"),
    Kernel("aten::sigmoid_", "Autograd", "VariableType::sigmoid_"),
    Kernel(
        "aten::silu_backward",
        "Autograd",
        "torch::autograd::autogradNotImplementedFallback",
    ),
    Kernel(
        "aten::silu_backward.grad_input",
        "Autograd",
        "torch::autograd::autogradNotImplementedFallback",
    ),
    Kernel("aten::slice.Tensor", "Autograd", "VariableType::slice_Tensor"),
    Kernel("aten::stack", "Autograd", "VariableType::stack"),
    Kernel("aten::sum.dim_IntList", "Autograd", "VariableType::sum_dim_IntList"),
    Kernel("aten::sum.IntList_out", "Autograd", "VariableType::sum_out_IntList_out"),
    Kernel("aten::t", "Autograd", "VariableType::t"),
    Kernel("aten::transpose.int", "Autograd", "VariableType::transpose_int"),
    Kernel("aten::unbind.int", "Autograd", "VariableType::unbind_int"),
    Kernel("aten::view", "Autograd", "VariableType::view"),
    Kernel("aten::view_copy", "Autograd", "VariableType::view_copy"),
    Kernel(
        "aten::zeros", "Autograd", "torch::autograd::autogradNotImplementedFallback"
    ),
    Kernel("aten::zeros_like", "Autograd", "VariableType::zeros_like"),
]
