"""aten::silu_backward: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::silu_backward": Declared(
        schema="silu_backward(Tensor grad_output, Tensor self) -> Tensor",
        tags=[
            "pointwise",
        ],
        kernels={
            "Tracer": "TraceType::silu_backward",
            "FuncTorchBatched": "functorch::BatchRulesBinaryOps::silu_backward",
            "CPU": "silu_backward_out",
            "CUDA": "silu_backward_out",
            "MPS": "silu_backward_out",
            "Meta": "structured_silu_backward",
            "NestedTensorCPU": "silu_backward_nested",
            "NestedTensorCUDA": "silu_backward_nested",
            "NestedTensorHPU": "silu_backward_nested",
            "Autograd": "torch::autograd::autogradNotImplementedFallback",
            "CompositeImplicitAutograd": "math_silu_backward",
            "CompositeExplicitAutogradNonFunctional": "structured_silu_backward",
        },
    ),
    "aten::silu_backward.grad_input": Declared(
        schema="silu_backward.grad_input(Tensor grad_output, Tensor self, *, Tensor(a!) grad_input) -> Tensor(a!)",
        tags=[
            "pointwise",
        ],
        kernels={
            "Functionalize": "functionalization::silu_backward_out_grad_input",
            "ADInplaceOrView": "ADInplaceOrView::silu_backward_out_grad_input",
            "Tracer": "TraceType::silu_backward_out_grad_input",
            "CPU": "silu_backward_out",
            "CUDA": "silu_backward_out",
            "MPS": "silu_backward_out",
            "Meta": "torch._decomp.decompositions:silu_backward",
            "Autograd": "torch::autograd::autogradNotImplementedFallback",
        },
    ),
}
