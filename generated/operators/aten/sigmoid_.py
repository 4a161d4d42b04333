"""aten::sigmoid_: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::sigmoid_": Declared(
        schema="sigmoid_(Tensor(a!) self) -> Tensor(a!)",
        tags=[
            "pointwise",
        ],
        kernels={
            "MkldnnCPU": "mkldnn_sigmoid_",
            "Functionalize": "functionalization::sigmoid_",
            "ADInplaceOrView": "ADInplaceOrView::sigmoid_",
            "Tracer": "TraceType::sigmoid_",
            "FuncTorchBatched": "functorch::BatchRulesUnaryOps::sigmoid_",
            "CPU": "sigmoid_out",
            "CUDA": "sigmoid_out",
            "MPS": "sigmoid_out",
            "Meta": "torch._refs:sigmoid_",
            "Autograd": "VariableType::sigmoid_",
            "CompositeExplicitAutogradNonFunctional": "structured_sigmoid_",
        },
    ),
}
