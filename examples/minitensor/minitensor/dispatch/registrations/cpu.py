"""Registrations for CPU: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="AutogradCPU",
        policy="autograd_not_implemented",
        kernel="autograd_not_implemented",
        redispatch_to="below_autograd",
    ),
]

KERNELS: list[Kernel] = [
    Kernel("mt::add.Tensor", "CPU", "minitensor.cpu:add"),
    Kernel("mt::add.Scalar", "CPU", "minitensor.cpu:add"),
    Kernel("mt::add_", "CPU", "minitensor.cpu:add_"),
    Kernel("mt::cat", "CPU", "minitensor.cpu:cat"),
    Kernel("mt::clone", "CPU", "minitensor.cpu:clone"),
    Kernel("mt::copy_", "CPU", "minitensor.cpu:copy_"),
    Kernel("mt::div.Tensor", "CPU", "minitensor.cpu:div"),
    Kernel("mt::div.Scalar", "CPU", "minitensor.cpu:div"),
    Kernel("mt::exp", "CPU", "minitensor.cpu:exp"),
    Kernel("mt::expand", "CPU", "minitensor.cpu:expand"),
    Kernel("mt::full", "CPU", "minitensor.cpu:full"),
    Kernel("mt::matmul", "CPU", "minitensor.cpu:matmul"),
    Kernel("mt::mul.Tensor", "CPU", "minitensor.cpu:mul"),
    Kernel("mt::mul.Scalar", "CPU", "minitensor.cpu:mul"),
    Kernel("mt::narrow", "CPU", "minitensor.cpu:narrow"),
    Kernel("mt::relu", "CPU", "minitensor.cpu:relu"),
    Kernel("mt::step", "CPU", "minitensor.cpu:step"),
    Kernel("mt::sum", "CPU", "minitensor.cpu:sum"),
    Kernel("mt::tanh", "CPU", "minitensor.cpu:tanh"),
    Kernel("mt::transpose", "CPU", "minitensor.cpu:transpose"),
    Kernel("mt::view", "CPU", "minitensor.cpu:view"),
    Kernel("mt::zero_", "CPU", "minitensor.cpu:zero_"),
]
