"""aten::cudnn_convolution, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

@_t.only
def cudnn_convolution(
    self: _T,
    weight: _T,
    padding: _t.Sequence[_t.Int],
    stride: _t.Sequence[_t.Int],
    dilation: _t.Sequence[_t.Int],
    groups: _t.Int,
    benchmark: _t.Bool,
    deterministic: _t.Bool,
    allow_tf32: _t.Bool,
) -> _t.Value: ...
