"""Registrations for ADInplaceOrView: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="ADInplaceOrView",
        policy="fallthrough",
        kernel="fallthrough",
    ),
]

KERNELS: list[Kernel] = [
    Kernel("aten::add.out", "ADInplaceOrView", "ADInplaceOrView::add_out_out"),
    Kernel("aten::add_.Tensor", "ADInplaceOrView", "ADInplaceOrView::add__Tensor"),
    Kernel("aten::alias", "ADInplaceOrView", "ADInplaceOrView::alias"),
    Kernel(
        "aten::arange.start_out",
        "ADInplaceOrView",
        "ADInplaceOrView::arange_out_start_out",
    ),
    Kernel("aten::as_strided", "ADInplaceOrView", "ADInplaceOrView::as_strided"),
    Kernel("aten::cat.out", "ADInplaceOrView", "ADInplaceOrView::cat_out_out"),
    Kernel("aten::chunk", "ADInplaceOrView", "ADInplaceOrView::chunk"),
    Kernel("aten::copy_", "ADInplaceOrView", "ADInplaceOrViewManual::copy_"),
    Kernel("aten::detach", "ADInplaceOrView", "ADInplaceOrViewManual::detach"),
    Kernel("aten::expand", "ADInplaceOrView", "ADInplaceOrView::expand"),
    Kernel(
        "aten::index.Tensor_out",
        "ADInplaceOrView",
        "ADInplaceOrView::index_out_Tensor_out",
    ),
    Kernel("aten::mm.out", "ADInplaceOrView", "ADInplaceOrView::mm_out_out"),
    Kernel("aten::mul.out", "ADInplaceOrView", "ADInplaceOrView::mul_out_out"),
    Kernel("aten::mul_.Tensor", "ADInplaceOrView", "ADInplaceOrView::mul__Tensor"),
    Kernel("aten::random_", "ADInplaceOrView", "ADInplaceOrView::random_"),
    Kernel("aten::relu_", "ADInplaceOrView", "ADInplaceOrView::relu_"),
    Kernel("aten::resize_", "ADInplaceOrView", "ADInplaceOrViewManual::resize_"),
    Kernel("aten::select.int", "ADInplaceOrView", "ADInplaceOrView::select_int"),
    Kernel("aten::sigmoid.out", "ADInplaceOrView", "ADInplaceOrView::sigmoid_out_out"),
    Kernel("aten::sigmoid_", "ADInplaceOrView", "ADInplaceOrView::sigmoid_"),
    Kernel(
        "aten::silu_backward.grad_input",
        "ADInplaceOrView",
        "ADInplaceOrView::silu_backward_out_grad_input",
    ),
    Kernel("aten::slice.Tensor", "ADInplaceOrView", "ADInplaceOrView::slice_Tensor"),
    Kernel(
        "aten::sum.IntList_out",
        "ADInplaceOrView",
        "ADInplaceOrView::sum_out_IntList_out",
    ),
    Kernel("aten::t", "ADInplaceOrView", "ADInplaceOrView::t"),
    Kernel("aten::transpose.int", "ADInplaceOrView", "ADInplaceOrView::transpose_int"),
    Kernel("aten::unbind.int", "ADInplaceOrView", "ADInplaceOrView::unbind_int"),
    Kernel("aten::view", "ADInplaceOrView", "ADInplaceOrView::view"),
]
