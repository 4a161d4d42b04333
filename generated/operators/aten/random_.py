"""aten::random_: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::random_": Declared(
        schema="random_(Tensor(a!) self, *, Generator? generator=None) -> Tensor(a!)",
        tags=[
            "nondeterministic_seeded",
        ],
        kernels={
            "Functionalize": "functionalization::random_",
            "ADInplaceOrView": "ADInplaceOrView::random_",
            "Tracer": "TraceType::random_",
            "FuncTorchVmapMode": "functorch::BatchRulesRandomness::random_",
            "VmapMode": "VmapModeRegistrations::random_",
            "CPU": "random_",
            "CUDA": "random_",
            "MPS": "random_",
            "Meta": "random_meta_",
            "Autograd": "VariableType::random_",
        },
    ),
}
