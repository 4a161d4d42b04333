"""aten::_nested_tensor_storage_offsets: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::_nested_tensor_storage_offsets": Declared(
        schema="_nested_tensor_storage_offsets(Tensor self) -> Tensor",
        kernels={
            "Tracer": "TraceType::_nested_tensor_storage_offsets",
            "NestedTensorCPU": "_nested_tensor_storage_offsets",
            "NestedTensorCUDA": "_nested_tensor_storage_offsets",
            "NestedTensorMeta": "_nested_tensor_storage_offsets",
            "Autograd": "VariableType::_nested_tensor_storage_offsets",
        },
    ),
}
