"""Registrations for HPU: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="AutogradHPU",
        policy="autograd_not_implemented",
        kernel="autograd_not_implemented",
        redispatch_to="after_autograd_keyset",
    ),
]

KERNELS: list[Kernel] = [
    Kernel(
        "aten::_test_autograd_multiple_dispatch.fullcoverage",
        "NestedTensorHPU",
        "_test_autograd_multiple_dispatch_fullcoverage",
    ),
    Kernel("aten::add.Tensor", "NestedTensorHPU", "NestedTensor_add_Tensor"),
    Kernel("aten::add_.Tensor", "NestedTensorHPU", "NestedTensor_add__Tensor"),
    Kernel("aten::alias", "NestedTensorHPU", "alias_nested"),
    Kernel("aten::cat", "NestedTensorHPU", "cat_nested"),
    Kernel("aten::chunk", "NestedTensorHPU", "chunk_nested_tensor"),
    Kernel("aten::copy_", "NestedTensorHPU", "copy_nested_"),
    Kernel("aten::detach", "NestedTensorHPU", "detach"),
    Kernel("aten::linear", "NestedTensorHPU", "nested_linear"),
    Kernel("aten::matmul", "NestedTensorHPU", "matmul_nested"),
    Kernel("aten::mul.Tensor", "NestedTensorHPU", "NestedTensor_mul_Tensor"),
    Kernel("aten::mul_.Tensor", "NestedTensorHPU", "NestedTensor_mul__Tensor"),
    Kernel("aten::relu", "NestedTensorHPU", "NestedTensor_relu"),
    Kernel("aten::relu_", "NestedTensorHPU", "NestedTensor_relu_"),
    Kernel("aten::select.int", "NestedTensorHPU", "select_nested"),
    Kernel("aten::silu_backward", "NestedTensorHPU", "silu_backward_nested"),
    Kernel("aten::transpose.int", "NestedTensorHPU", "transpose_nested"),
    Kernel("aten::unbind.int", "NestedTensorHPU", "NestedTensor_unbind"),
    Kernel("aten::view", "NestedTensorHPU", "view_nested"),
]
