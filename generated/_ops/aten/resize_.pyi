"""aten::resize_, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

@_t.only
def resize_(
    self: _T, size: _t.Sequence[_t.Int], *, memory_format: _t.Value = None
) -> _t.Value: ...
