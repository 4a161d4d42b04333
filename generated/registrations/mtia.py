"""Registrations for MTIA: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="AutogradMTIA",
        policy="autograd_not_implemented",
        kernel="autograd_not_implemented",
        redispatch_to="after_autograd_keyset",
    ),
]

KERNELS: list[Kernel] = [
    Kernel("aten::_foreach_add.List", "MTIA", "foreach_tensor_add_list_kernel_mtia"),
    Kernel("aten::_foreach_add_.List", "MTIA", "foreach_tensor_add_list_kernel_mtia_"),
    Kernel("aten::add.Tensor", "MTIA", "add_out_mtia"),
    Kernel("aten::add.out", "MTIA", "add_out_mtia"),
    Kernel("aten::add_.Tensor", "MTIA", "add_out_mtia"),
    Kernel("aten::arange.start_out", "MTIA", "arange_mtia_out"),
    Kernel("aten::as_strided", "MTIA", "as_strided_tensorimpl"),
    Kernel("aten::mm", "MTIA", "mm_out_mtia"),
    Kernel("aten::mm.out", "MTIA", "mm_out_mtia"),
    Kernel("aten::mul.Tensor", "MTIA", "mul_out"),
    Kernel("aten::mul.out", "MTIA", "mul_out"),
    Kernel("aten::mul_.Tensor", "MTIA", "mul_out"),
    Kernel("aten::relu", "MTIA", "relu_mtia"),
    Kernel("aten::relu_", "MTIA", "relu_mtia_"),
    Kernel("aten::view", "MTIA", "view"),
]
