"""Registrations for FuncTorchBatched: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="FuncTorchBatched",
        policy="kernel",
        kernel="functorchBatchedFallback",
    ),
]

KERNELS: list[Kernel] = [
    Kernel(
        "aten::add.Tensor",
        "FuncTorchBatched",
        "functorch::BatchRulesBinaryOps::add_Tensor",
    ),
    Kernel(
        "aten::add.Scalar",
        "FuncTorchBatched",
        "functorch::BatchRulesBinaryOps::add_Scalar",
    ),
    Kernel(
        "aten::add_.Tensor",
        "FuncTorchBatched",
        "functorch::BatchRulesBinaryOps::add__Tensor",
    ),
    Kernel("aten::alias", "FuncTorchBatched", "functorch::BatchRulesUnaryOps::alias"),
    Kernel(
        "aten::as_strided",
        "FuncTorchBatched",
        "functorch::LegacyBatchingRegistrations::as_strided",
    ),
    Kernel(
        "aten::cat", "FuncTorchBatched", "functorch::LegacyBatchingRegistrations::cat"
    ),
    Kernel("aten::copy_", "FuncTorchBatched", "functorch::BatchRulesBinaryOps::copy_"),
    Kernel("aten::detach", "FuncTorchBatched", "functorch::BatchRulesUnaryOps::detach"),
    Kernel("aten::expand", "FuncTorchBatched", "functorch::BatchRulesViews::expand"),
    Kernel(
        "aten::index.Tensor",
        "FuncTorchBatched",
        "functorch::BatchRulesScatterOps::index_Tensor",
    ),
    Kernel(
        "aten::is_nonzero",
        "FuncTorchBatched",
        "functorch::BatchRulesDynamic::is_nonzero",
    ),
    Kernel("aten::mm", "FuncTorchBatched", "functorch::BatchRulesLinearAlgebra::mm"),
    Kernel(
        "aten::mul.Tensor",
        "FuncTorchBatched",
        "functorch::BatchRulesBinaryOps::mul_Tensor",
    ),
    Kernel(
        "aten::mul_.Tensor",
        "FuncTorchBatched",
        "functorch::BatchRulesBinaryOps::mul__Tensor",
    ),
    Kernel(
        "aten::randn_like",
        "FuncTorchBatched",
        "functorch::BatchRulesFactory::randn_like",
    ),
    Kernel("aten::relu", "FuncTorchBatched", "functorch::BatchRulesUnaryOps::relu"),
    Kernel("aten::relu_", "FuncTorchBatched", "functorch::BatchRulesUnaryOps::relu_"),
    Kernel("aten::resize_", "FuncTorchBatched", "functorch::BatchRulesViews::resize_"),
    Kernel(
        "aten::select.int", "FuncTorchBatched", "functorch::BatchRulesViews::select_int"
    ),
    Kernel(
        "aten::sigmoid", "FuncTorchBatched", "functorch::BatchRulesUnaryOps::sigmoid"
    ),
    Kernel(
        "aten::sigmoid_", "FuncTorchBatched", "functorch::BatchRulesUnaryOps::sigmoid_"
    ),
    Kernel(
        "aten::silu_backward",
        "FuncTorchBatched",
        "functorch::BatchRulesBinaryOps::silu_backward",
    ),
    Kernel(
        "aten::slice.Tensor",
        "FuncTorchBatched",
        "functorch::BatchRulesViews::slice_Tensor",
    ),
    Kernel(
        "aten::stack",
        "FuncTorchBatched",
        "functorch::LegacyBatchingRegistrations::stack",
    ),
    Kernel(
        "aten::sum.dim_IntList",
        "FuncTorchBatched",
        "functorch::BatchRulesReduceOps::sum_dim_IntList",
    ),
    Kernel("aten::t", "FuncTorchBatched", "functorch::BatchRulesViews::t"),
    Kernel(
        "aten::transpose.int",
        "FuncTorchBatched",
        "functorch::BatchRulesViews::transpose_int",
    ),
    Kernel(
        "aten::unbind.int",
        "FuncTorchBatched",
        "functorch::LegacyBatchingRegistrations::unbind_int",
    ),
    Kernel("aten::view", "FuncTorchBatched", "functorch::BatchRulesViews::view"),
    Kernel(
        "aten::view_copy", "FuncTorchBatched", "functorch::BatchRulesViews::view_copy"
    ),
    Kernel(
        "aten::zeros_like",
        "FuncTorchBatched",
        "functorch::BatchRulesFactory::zeros_like",
    ),
]
