"""aten::empty, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

class _empty(_t.Packet):
    def __call__(
        _,
        /,
        size: _t.Sequence[_t.Int],
        *,
        dtype: _t.Value = None,
        layout: _t.Value = None,
        device: _t.Value = None,
        pin_memory: _t.Bool | None = None,
        memory_format: _t.Value = None,
    ) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def memory_format(
        size: _t.Sequence[_t.Int],
        *,
        dtype: _t.Value = None,
        layout: _t.Value = None,
        device: _t.Value = None,
        pin_memory: _t.Bool | None = None,
        memory_format: _t.Value = None,
    ) -> _t.Value: ...

empty: _empty
