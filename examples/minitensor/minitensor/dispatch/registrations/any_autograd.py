"""Registrations for AnyAutograd: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = []

KERNELS: list[Kernel] = [
    Kernel("mt::add.Tensor", "AnyAutograd", "minitensor.autograd:add_tensor"),
    Kernel("mt::add.Scalar", "AnyAutograd", "minitensor.autograd:add_scalar"),
    Kernel("mt::add_", "AnyAutograd", "minitensor.autograd:add_"),
    Kernel("mt::cat", "AnyAutograd", "minitensor.autograd:cat"),
    Kernel("mt::clone", "AnyAutograd", "minitensor.autograd:clone"),
    Kernel("mt::copy_", "AnyAutograd", "minitensor.autograd:copy_"),
    Kernel("mt::div.Tensor", "AnyAutograd", "minitensor.autograd:div_tensor"),
    Kernel("mt::div.Scalar", "AnyAutograd", "minitensor.autograd:div_scalar"),
    Kernel("mt::exp", "AnyAutograd", "minitensor.autograd:exp"),
    Kernel("mt::expand", "AnyAutograd", "minitensor.autograd:expand"),
    Kernel("mt::matmul", "AnyAutograd", "minitensor.autograd:matmul"),
    Kernel("mt::mul.Tensor", "AnyAutograd", "minitensor.autograd:mul_tensor"),
    Kernel("mt::mul.Scalar", "AnyAutograd", "minitensor.autograd:mul_scalar"),
    Kernel("mt::narrow", "AnyAutograd", "minitensor.autograd:narrow"),
    Kernel("mt::relu", "AnyAutograd", "minitensor.autograd:relu"),
    Kernel("mt::sum", "AnyAutograd", "minitensor.autograd:sum"),
    Kernel("mt::tanh", "AnyAutograd", "minitensor.autograd:tanh"),
    Kernel("mt::transpose", "AnyAutograd", "minitensor.autograd:transpose"),
    Kernel("mt::view", "AnyAutograd", "minitensor.autograd:view"),
    Kernel("mt::zero_", "AnyAutograd", "minitensor.autograd:zero_"),
]
