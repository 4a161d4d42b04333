"""aten::sum, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

# A call goes to the first overload that fits, so that several may.
# mypy: disable-error-code="overload-cannot-match, overload-overlap"

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

class _sum(_t.Packet):
    @_t.overload
    def __call__(
        _,
        /,
        self: _T,
        dim: _t.Sequence[_t.Int] | _t.Int | None,
        keepdim: _t.Bool = False,
        *,
        dtype: _t.Value = None,
    ) -> _t.Value: ...
    @_t.overload
    def __call__(
        _,
        /,
        self: _T,
        dim: _t.Sequence[_t.Int] | _t.Int | None,
        keepdim: _t.Bool = False,
        *,
        dtype: _t.Value = None,
        out: _T,
    ) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def dim_IntList(
        self: _T,
        dim: _t.Sequence[_t.Int] | _t.Int | None,
        keepdim: _t.Bool = False,
        *,
        dtype: _t.Value = None,
    ) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def IntList_out(
        self: _T,
        dim: _t.Sequence[_t.Int] | _t.Int | None,
        keepdim: _t.Bool = False,
        *,
        dtype: _t.Value = None,
        out: _T,
    ) -> _t.Value: ...

sum: _sum
