"""aten::_foreach_add: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::_foreach_add.List": Declared(
        schema="_foreach_add.List(Tensor[] self, Tensor[] other, *, Scalar alpha=1) -> Tensor[]",
        kernels={
            "Tracer": "TraceType::_foreach_add_List",
            "CUDA": "foreach_tensor_add_list_kernel_cuda",
            "MTIA": "foreach_tensor_add_list_kernel_mtia",
            "Autograd": "VariableType::_foreach_add_List",
            "CompositeExplicitAutograd": "foreach_tensor_add_list_kernel_slow",
        },
    ),
}
