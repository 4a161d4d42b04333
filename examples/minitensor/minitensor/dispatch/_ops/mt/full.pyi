"""mt::full, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

@_t.only
def full(
    size: _t.Sequence[_t.Int], value: _t.Scalar, *, device: _t.Str = "CPU"
) -> _t.Value: ...
