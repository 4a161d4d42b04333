"""aten::index, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

# A call goes to the first overload that fits, so that several may.
# mypy: disable-error-code="overload-cannot-match, overload-overlap"

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

class _index(_t.Packet):
    @_t.overload
    def __call__(_, /, self: _T, indices: _t.Sequence[_T | None]) -> _t.Value: ...
    @_t.overload
    def __call__(
        _, /, self: _T, indices: _t.Sequence[_T | None], *, out: _T
    ) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def Tensor(self: _T, indices: _t.Sequence[_T | None]) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def Tensor_out(
        self: _T, indices: _t.Sequence[_T | None], *, out: _T
    ) -> _t.Value: ...

index: _index
