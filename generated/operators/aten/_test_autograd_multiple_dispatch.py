"""aten::_test_autograd_multiple_dispatch: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::_test_autograd_multiple_dispatch.fullcoverage": Declared(
        schema="_test_autograd_multiple_dispatch.fullcoverage(Tensor self) -> Tensor",
        kernels={
            "AutogradNestedTensor": "VariableType::_test_autograd_multiple_dispatch_fullcoverage_AutogradNestedTensor",
            "Tracer": "TraceType::_test_autograd_multiple_dispatch_fullcoverage",
            "NestedTensorCPU": "_test_autograd_multiple_dispatch_fullcoverage",
            "NestedTensorCUDA": "_test_autograd_multiple_dispatch_fullcoverage",
            "NestedTensorHPU": "_test_autograd_multiple_dispatch_fullcoverage",
            "AutogradCUDA": "VariableType::_test_autograd_multiple_dispatch_fullcoverage_AutogradCUDA",
            "Autograd": "VariableType::_test_autograd_multiple_dispatch_fullcoverage",
            "CompositeExplicitAutograd": "_test_autograd_multiple_dispatch_fullcoverage",
        },
    ),
}
