"""aten::randn_like, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

@_t.only
def randn_like(
    self: _T,
    *,
    dtype: _t.Value = None,
    layout: _t.Value = None,
    device: _t.Value = None,
    pin_memory: _t.Bool | None = None,
    memory_format: _t.Value = None,
) -> _t.Value: ...
