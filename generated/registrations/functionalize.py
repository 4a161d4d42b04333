"""Registrations for Functionalize: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="Functionalize",
        policy="kernel",
        kernel="functionalizeFallback",
    ),
]

KERNELS: list[Kernel] = [
    Kernel(
        "aten::_foreach_add_.List",
        "Functionalize",
        "functionalization::_foreach_add__List",
    ),
    Kernel("aten::add.out", "Functionalize", "functionalization::add_out_out"),
    Kernel("aten::add_.Tensor", "Functionalize", "functionalization::add__Tensor"),
    Kernel("aten::alias", "Functionalize", "functionalization::alias"),
    Kernel(
        "aten::arange.start_out",
        "Functionalize",
        "functionalization::arange_out_start_out",
    ),
    Kernel("aten::as_strided", "Functionalize", "functionalization::as_strided"),
    Kernel("aten::cat.out", "Functionalize", "functionalization::cat_out_out"),
    Kernel("aten::chunk", "Functionalize", "functionalization::chunk"),
    Kernel("aten::copy_", "Functionalize", "functionalization::copy_"),
    Kernel("aten::detach", "Functionalize", "functionalization::detach"),
    Kernel("aten::expand", "Functionalize", "functionalization::expand"),
    Kernel(
        "aten::flatten.using_ints",
        "Functionalize",
        "functionalization::flatten_using_ints",
    ),
    Kernel(
        "aten::index.Tensor_out",
        "Functionalize",
        "functionalization::index_out_Tensor_out",
    ),
    Kernel("aten::mm.out", "Functionalize", "functionalization::mm_out_out"),
    Kernel("aten::mul.out", "Functionalize", "functionalization::mul_out_out"),
    Kernel("aten::mul_.Tensor", "Functionalize", "functionalization::mul__Tensor"),
    Kernel("aten::random_", "Functionalize", "functionalization::random_"),
    Kernel("aten::relu_", "Functionalize", "functionalization::relu_"),
    Kernel("aten::reshape", "Functionalize", "functionalization::reshape"),
    Kernel("aten::resize_", "Functionalize", "FunctionalizeFallbackKernel::resize_"),
    Kernel("aten::select.int", "Functionalize", "functionalization::select_int"),
    Kernel("aten::sigmoid.out", "Functionalize", "functionalization::sigmoid_out_out"),
    Kernel("aten::sigmoid_", "Functionalize", "functionalization::sigmoid_"),
    Kernel(
        "aten::silu_backward.grad_input",
        "Functionalize",
        "functionalization::silu_backward_out_grad_input",
    ),
    Kernel("aten::slice.Tensor", "Functionalize", "functionalization::slice_Tensor"),
    Kernel(
        "aten::sum.IntList_out",
        "Functionalize",
        "functionalization::sum_out_IntList_out",
    ),
    Kernel("aten::t", "Functionalize", "functionalization::t"),
    Kernel("aten::transpose.int", "Functionalize", "functionalization::transpose_int"),
    Kernel("aten::unbind.int", "Functionalize", "functionalization::unbind_int"),
    Kernel("aten::view", "Functionalize", "functionalization::view"),
]
