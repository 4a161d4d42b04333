"""aten::ones, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

@_t.only
def ones(
    size: _t.Sequence[_t.Int],
    *,
    dtype: _t.Value = None,
    layout: _t.Value = None,
    device: _t.Value = None,
    pin_memory: _t.Bool | None = None,
) -> _t.Value: ...
