"""mt::transpose, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

@_t.only
def transpose(self: _T, dim0: _t.Int, dim1: _t.Int) -> _t.Value: ...
