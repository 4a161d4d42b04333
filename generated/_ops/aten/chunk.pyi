"""aten::chunk, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

@_t.only
def chunk(self: _T, chunks: _t.Int, dim: _t.Int = 0) -> _t.Sequence[_t.Value]: ...
