"""mt::sum, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

@_t.only
def sum(
    self: _T, dim: _t.Sequence[_t.Int] | None = None, keepdim: _t.Bool = False
) -> _t.Value: ...
