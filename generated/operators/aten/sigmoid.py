"""aten::sigmoid: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::sigmoid": Declared(
        schema="sigmoid(Tensor self) -> Tensor",
        tags=[
            "core",
            "pointwise",
        ],
        kernels={
            "MkldnnCPU": "mkldnn_sigmoid",
            "Tracer": "TraceType::sigmoid",
            "FuncTorchBatched": "functorch::BatchRulesUnaryOps::sigmoid",
            "Batched": "LegacyBatchingRegistrations::sigmoid",
            "CPU": "sigmoid_out",
            "CUDA": "sigmoid_out",
            "MPS": "sigmoid_out",
            "Meta": "torch._meta_registrations:sigmoid",
            "QuantizedCPU": "sigmoid_quantized_cpu",
            "Autograd": "VariableType::sigmoid",
            "CompositeExplicitAutogradNonFunctional": "structured_sigmoid",
        },
    ),
    "aten::sigmoid.out": Declared(
        schema="sigmoid.out(Tensor self, *, Tensor(a!) out) -> Tensor(a!)",
        tags=[
            "pointwise",
        ],
        kernels={
            "Functionalize": "functionalization::sigmoid_out_out",
            "ADInplaceOrView": "ADInplaceOrView::sigmoid_out_out",
            "Tracer": "TraceType::sigmoid_out_out",
            "CPU": "sigmoid_out",
            "CUDA": "sigmoid_out",
            "MPS": "sigmoid_out",
            "Meta": "torch._meta_registrations:sigmoid",
            "Autograd": "VariableType::sigmoid_out_out",
        },
    ),
}
