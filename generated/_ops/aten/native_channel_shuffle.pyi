"""aten::native_channel_shuffle, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

@_t.only
def native_channel_shuffle(self: _T, groups: _t.Int) -> _t.Value: ...
