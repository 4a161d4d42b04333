"""aten::quantize_per_tensor, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

@_t.only
def quantize_per_tensor(
    self: _T, scale: _t.Float, zero_point: _t.Int, dtype: _t.Value
) -> _t.Value: ...
