"""aten::_foreach_add_: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::_foreach_add_.List": Declared(
        schema="_foreach_add_.List(Tensor(a!)[] self, Tensor[] other, *, Scalar alpha=1) -> ()",
        kernels={
            "Functionalize": "functionalization::_foreach_add__List",
            "Tracer": "TraceType::_foreach_add__List",
            "CUDA": "foreach_tensor_add_list_kernel_cuda_",
            "MTIA": "foreach_tensor_add_list_kernel_mtia_",
            "Autograd": "VariableType::_foreach_add__List",
            "CompositeExplicitAutograd": "foreach_tensor_add_list_kernel_slow_",
        },
    ),
}
