"""aten::arange, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

# A call goes to the first overload that fits, so that several may.
# mypy: disable-error-code="overload-cannot-match, overload-overlap"

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

class _arange(_t.Packet):
    @_t.overload
    def __call__(
        _,
        /,
        end: _t.Scalar,
        *,
        dtype: _t.Value = None,
        layout: _t.Value = None,
        device: _t.Value = None,
        pin_memory: _t.Bool | None = None,
    ) -> _t.Value: ...
    @_t.overload
    def __call__(
        _, /, start: _t.Scalar, end: _t.Scalar, step: _t.Scalar = 1, *, out: _T
    ) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def default(
        end: _t.Scalar,
        *,
        dtype: _t.Value = None,
        layout: _t.Value = None,
        device: _t.Value = None,
        pin_memory: _t.Bool | None = None,
    ) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def start_out(
        start: _t.Scalar, end: _t.Scalar, step: _t.Scalar = 1, *, out: _T
    ) -> _t.Value: ...

arange: _arange
