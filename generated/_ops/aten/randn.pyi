"""aten::randn, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

# A call goes to the first overload that fits, so that several may.
# mypy: disable-error-code="overload-cannot-match, overload-overlap"

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

class _randn(_t.Packet):
    @_t.overload
    def __call__(
        _,
        /,
        size: _t.Sequence[_t.Int],
        *,
        dtype: _t.Value = None,
        layout: _t.Value = None,
        device: _t.Value = None,
        pin_memory: _t.Bool | None = None,
    ) -> _t.Value: ...
    @_t.overload
    def __call__(
        _,
        /,
        size: _t.Sequence[_t.Int],
        *,
        generator: _t.Value,
        dtype: _t.Value = None,
        layout: _t.Value = None,
        device: _t.Value = None,
        pin_memory: _t.Bool | None = None,
    ) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def default(
        size: _t.Sequence[_t.Int],
        *,
        dtype: _t.Value = None,
        layout: _t.Value = None,
        device: _t.Value = None,
        pin_memory: _t.Bool | None = None,
    ) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def generator(
        size: _t.Sequence[_t.Int],
        *,
        generator: _t.Value,
        dtype: _t.Value = None,
        layout: _t.Value = None,
        device: _t.Value = None,
        pin_memory: _t.Bool | None = None,
    ) -> _t.Value: ...

randn: _randn
