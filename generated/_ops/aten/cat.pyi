"""aten::cat, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

# A call goes to the first overload that fits, so that several may.
# mypy: disable-error-code="overload-cannot-match, overload-overlap"

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

class _cat(_t.Packet):
    @_t.overload
    def __call__(_, /, tensors: _t.Sequence[_T], dim: _t.Int = 0) -> _t.Value: ...
    @_t.overload
    def __call__(
        _, /, tensors: _t.Sequence[_T], dim: _t.Int = 0, *, out: _T
    ) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def default(tensors: _t.Sequence[_T], dim: _t.Int = 0) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def out(tensors: _t.Sequence[_T], dim: _t.Int = 0, *, out: _T) -> _t.Value: ...

cat: _cat
