"""Registrations for CompositeExplicitAutogradNonFunctional: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = []

KERNELS: list[Kernel] = [
    Kernel(
        "aten::add.Tensor", "CompositeExplicitAutogradNonFunctional", "structured_add"
    ),
    Kernel(
        "aten::add_.Tensor", "CompositeExplicitAutogradNonFunctional", "structured_add_"
    ),
    Kernel("aten::cat", "CompositeExplicitAutogradNonFunctional", "structured_cat"),
    Kernel(
        "aten::index.Tensor",
        "CompositeExplicitAutogradNonFunctional",
        "structured_index",
    ),
    Kernel("aten::mm", "CompositeExplicitAutogradNonFunctional", "structured_mm"),
    Kernel(
        "aten::mul.Tensor", "CompositeExplicitAutogradNonFunctional", "structured_mul"
    ),
    Kernel(
        "aten::mul_.Tensor", "CompositeExplicitAutogradNonFunctional", "structured_mul_"
    ),
    Kernel(
        "aten::sigmoid", "CompositeExplicitAutogradNonFunctional", "structured_sigmoid"
    ),
    Kernel(
        "aten::sigmoid_",
        "CompositeExplicitAutogradNonFunctional",
        "structured_sigmoid_",
    ),
    Kernel(
        "aten::silu_backward",
        "CompositeExplicitAutogradNonFunctional",
        "structured_silu_backward",
    ),
    Kernel(
        "aten::sum.dim_IntList",
        "CompositeExplicitAutogradNonFunctional",
        "structured_sum",
    ),
    Kernel(
        "aten::view_copy", "CompositeExplicitAutogradNonFunctional", "view_copy_symint"
    ),
]
