"""Registrations for AutogradNestedTensor: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = []

KERNELS: list[Kernel] = [
    Kernel(
        "aten::_test_autograd_multiple_dispatch.fullcoverage",
        "AutogradNestedTensor",
        "VariableType::_test_autograd_multiple_dispatch_fullcoverage_AutogradNestedTensor",
    ),
    Kernel(
        "aten::chunk",
        "AutogradNestedTensor",
        "VariableType::chunk_AutogradNestedTensor",
    ),
    Kernel(
        "aten::select.int",
        "AutogradNestedTensor",
        "VariableType::select_int_AutogradNestedTensor",
    ),
    Kernel(
        "aten::sum.dim_IntList",
        "AutogradNestedTensor",
        "VariableType::sum_dim_IntList_AutogradNestedTensor",
    ),
    Kernel(
        "aten::sum.IntList_out",
        "AutogradNestedTensor",
        "VariableType::sum_out_IntList_out_AutogradNestedTensor",
    ),
    Kernel(
        "aten::unbind.int",
        "AutogradNestedTensor",
        "VariableType::unbind_int_AutogradNestedTensor",
    ),
    Kernel(
        "aten::view", "AutogradNestedTensor", "VariableType::view_AutogradNestedTensor"
    ),
    Kernel(
        "aten::view_copy",
        "AutogradNestedTensor",
        "VariableType::view_copy_AutogradNestedTensor",
    ),
]
