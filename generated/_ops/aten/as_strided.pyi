"""aten::as_strided, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

@_t.only
def as_strided(
    self: _T,
    size: _t.Sequence[_t.Int],
    stride: _t.Sequence[_t.Int],
    storage_offset: _t.Int | None = None,
) -> _t.Value: ...
