"""aten::mkldnn_convolution, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

@_t.only
def mkldnn_convolution(
    self: _T,
    weight: _T,
    bias: _T | None,
    padding: _t.Sequence[_t.Int],
    stride: _t.Sequence[_t.Int],
    dilation: _t.Sequence[_t.Int],
    groups: _t.Int,
) -> _t.Value: ...
