"""Registrations for MkldnnCPU: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = []

KERNELS: list[Kernel] = [
    Kernel("aten::add.Tensor", "MkldnnCPU", "mkldnn_add"),
    Kernel("aten::add.out", "MkldnnCPU", "mkldnn_add_out"),
    Kernel("aten::add_.Tensor", "MkldnnCPU", "mkldnn_add_"),
    Kernel("aten::copy_", "MkldnnCPU", "copy_mkldnn_"),
    Kernel("aten::empty.memory_format", "MkldnnCPU", "empty_mkldnn"),
    Kernel("aten::mkldnn_linear", "MkldnnCPU", "mkldnn_linear"),
    Kernel("aten::mul.Tensor", "MkldnnCPU", "mkldnn_mul"),
    Kernel("aten::mul.out", "MkldnnCPU", "mkldnn_mul_out"),
    Kernel("aten::mul_.Tensor", "MkldnnCPU", "mkldnn_mul_"),
    Kernel("aten::relu", "MkldnnCPU", "mkldnn_relu"),
    Kernel("aten::relu_", "MkldnnCPU", "mkldnn_relu_"),
    Kernel("aten::sigmoid", "MkldnnCPU", "mkldnn_sigmoid"),
    Kernel("aten::sigmoid_", "MkldnnCPU", "mkldnn_sigmoid_"),
    Kernel("aten::view", "MkldnnCPU", "mkldnn_view"),
]
