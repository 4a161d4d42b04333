"""aten::stack: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::stack": Declared(
        schema="stack(Tensor[] tensors, int dim=0) -> Tensor",
        kernels={
            "Tracer": "TraceType::stack",
            "AutocastCPU": "autocast::stack",
            "FuncTorchBatched": "functorch::LegacyBatchingRegistrations::stack",
            "Batched": "LegacyBatchingRegistrations::stack",
            "Meta": "torch._refs:stack",
            "Autograd": "VariableType::stack",
            "CompositeExplicitAutograd": "stack",
        },
    ),
}
