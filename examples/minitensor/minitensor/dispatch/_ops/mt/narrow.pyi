"""mt::narrow, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

@_t.only
def narrow(self: _T, dim: _t.Int, start: _t.Int, length: _t.Int) -> _t.Value: ...
