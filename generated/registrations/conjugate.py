"""Registrations for Conjugate: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="Conjugate",
        policy="kernel",
        kernel="conjugateFallback",
    ),
]

KERNELS: list[Kernel] = [
    Kernel("aten::alias", "Conjugate", "fallthrough"),
    Kernel("aten::as_strided", "Conjugate", "fallthrough"),
    Kernel("aten::chunk", "Conjugate", "fallthrough"),
    Kernel("aten::copy_", "Conjugate", "fallthrough"),
    Kernel("aten::detach", "Conjugate", "fallthrough"),
    Kernel("aten::empty.memory_format", "Conjugate", "fallthrough"),
    Kernel("aten::expand", "Conjugate", "fallthrough"),
    Kernel("aten::mm", "Conjugate", "fallthrough"),
    Kernel("aten::mm.out", "Conjugate", "fallthrough"),
    Kernel("aten::requires_grad_", "Conjugate", "fallthrough"),
    Kernel("aten::reshape", "Conjugate", "fallthrough"),
    Kernel("aten::resize_", "Conjugate", "fallthrough"),
    Kernel("aten::select.int", "Conjugate", "fallthrough"),
    Kernel("aten::t", "Conjugate", "fallthrough"),
    Kernel("aten::transpose.int", "Conjugate", "fallthrough"),
    Kernel("aten::unbind.int", "Conjugate", "fallthrough"),
    Kernel("aten::view", "Conjugate", "fallthrough"),
]
