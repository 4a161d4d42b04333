"""Registrations for Meta: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="Meta",
        policy="not_implemented",
        kernel="not_implemented",
        message="{operator} has no shape rule: write a kernel for Meta",
    ),
    Fallback(
        key="AutogradMeta",
        policy="autograd_not_implemented",
        kernel="autograd_not_implemented",
        redispatch_to="below_autograd",
    ),
]

KERNELS: list[Kernel] = [
    Kernel("mt::add.Tensor", "Meta", "minitensor.meta:elementwise"),
    Kernel("mt::add.Scalar", "Meta", "minitensor.meta:elementwise"),
    Kernel("mt::add_", "Meta", "minitensor.meta:inplace"),
    Kernel("mt::cat", "Meta", "minitensor.meta:cat"),
    Kernel("mt::clone", "Meta", "minitensor.meta:elementwise"),
    Kernel("mt::copy_", "Meta", "minitensor.meta:inplace"),
    Kernel("mt::div.Tensor", "Meta", "minitensor.meta:elementwise"),
    Kernel("mt::div.Scalar", "Meta", "minitensor.meta:elementwise"),
    Kernel("mt::exp", "Meta", "minitensor.meta:elementwise"),
    Kernel("mt::expand", "Meta", "minitensor.cpu:expand"),
    Kernel("mt::full", "Meta", "minitensor.meta:full"),
    Kernel("mt::matmul", "Meta", "minitensor.meta:matmul"),
    Kernel("mt::mul.Tensor", "Meta", "minitensor.meta:elementwise"),
    Kernel("mt::mul.Scalar", "Meta", "minitensor.meta:elementwise"),
    Kernel("mt::narrow", "Meta", "minitensor.cpu:narrow"),
    Kernel("mt::relu", "Meta", "minitensor.meta:elementwise"),
    Kernel("mt::step", "Meta", "minitensor.meta:elementwise"),
    Kernel("mt::sum", "Meta", "minitensor.meta:sum"),
    Kernel("mt::tanh", "Meta", "minitensor.meta:elementwise"),
    Kernel("mt::transpose", "Meta", "minitensor.cpu:transpose"),
    Kernel("mt::view", "Meta", "minitensor.cpu:view"),
    Kernel("mt::zero_", "Meta", "minitensor.meta:inplace"),
]
