"""aten::requires_grad_, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

@_t.only
def requires_grad_(self: _T, requires_grad: _t.Bool = True) -> _t.Value: ...
