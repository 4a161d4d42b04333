"""Registrations for CompositeExplicitAutograd: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = []

KERNELS: list[Kernel] = [
    Kernel(
        "aten::_foreach_add.List",
        "CompositeExplicitAutograd",
        "foreach_tensor_add_list_kernel_slow",
    ),
    Kernel(
        "aten::_foreach_add_.List",
        "CompositeExplicitAutograd",
        "foreach_tensor_add_list_kernel_slow_",
    ),
    Kernel(
        "aten::_test_autograd_multiple_dispatch.fullcoverage",
        "CompositeExplicitAutograd",
        "_test_autograd_multiple_dispatch_fullcoverage",
    ),
    Kernel("aten::add.Scalar", "CompositeExplicitAutograd", "add"),
    Kernel("aten::alias", "CompositeExplicitAutograd", "alias"),
    Kernel("aten::arange", "CompositeExplicitAutograd", "arange"),
    Kernel("aten::copy_", "CompositeExplicitAutograd", "copy_"),
    Kernel("aten::detach", "CompositeExplicitAutograd", "detach"),
    Kernel("aten::expand", "CompositeExplicitAutograd", "expand"),
    Kernel(
        "aten::mkldnn_convolution", "CompositeExplicitAutograd", "mkldnn_convolution"
    ),
    Kernel("aten::ones", "CompositeExplicitAutograd", "ones"),
    Kernel("aten::randn", "CompositeExplicitAutograd", "randn"),
    Kernel("aten::randn.generator", "CompositeExplicitAutograd", "randn"),
    Kernel("aten::randn_like", "CompositeExplicitAutograd", "randn_like"),
    Kernel("aten::select.int", "CompositeExplicitAutograd", "select_symint"),
    Kernel("aten::slice.Tensor", "CompositeExplicitAutograd", "slice"),
    Kernel("aten::stack", "CompositeExplicitAutograd", "stack"),
    Kernel("aten::t", "CompositeExplicitAutograd", "t"),
    Kernel("aten::transpose.int", "CompositeExplicitAutograd", "transpose"),
    Kernel("aten::unbind.int", "CompositeExplicitAutograd", "unbind"),
    Kernel("aten::zeros", "CompositeExplicitAutograd", "zeros_symint"),
    Kernel("aten::zeros_like", "CompositeExplicitAutograd", "zeros_like"),
]
