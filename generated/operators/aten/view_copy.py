"""aten::view_copy: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::view_copy": Declared(
        schema="view_copy(Tensor self, SymInt[] size) -> Tensor",
        tags=[
            "view_copy",
        ],
        kernels={
            "AutogradNestedTensor": "VariableType::view_copy_AutogradNestedTensor",
            "Tracer": "TraceType::view_copy",
            "FuncTorchBatched": "functorch::BatchRulesViews::view_copy",
            "Meta": "torch._refs:view_copy",
            "Autograd": "VariableType::view_copy",
            "CompositeExplicitAutogradNonFunctional": "view_copy_symint",
        },
    ),
}
