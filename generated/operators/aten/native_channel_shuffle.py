"""aten::native_channel_shuffle: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::native_channel_shuffle": Declared(
        schema="native_channel_shuffle(Tensor self, SymInt groups) -> Tensor",
        kernels={
            "Tracer": "TraceType::native_channel_shuffle",
            "CPU": "channel_shuffle_cpu",
            "Autograd": "torch::autograd::autogradNotImplementedFallback",
            "CompositeImplicitAutograd": "math_channel_shuffle",
        },
    ),
}
