"""Registrations for VmapMode: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="VmapMode",
        policy="fallthrough",
        kernel="fallthrough",
    ),
]

KERNELS: list[Kernel] = [
    Kernel("aten::randn", "VmapMode", "VmapModeRegistrations::randn"),
    Kernel(
        "aten::randn.generator", "VmapMode", "VmapModeRegistrations::randn_generator"
    ),
    Kernel("aten::randn_like", "VmapMode", "VmapModeRegistrations::randn_like"),
    Kernel("aten::random_", "VmapMode", "VmapModeRegistrations::random_"),
]
