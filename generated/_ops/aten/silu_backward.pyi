"""aten::silu_backward, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

# A call goes to the first overload that fits, so that several may.
# mypy: disable-error-code="overload-cannot-match, overload-overlap"

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

class _silu_backward(_t.Packet):
    @_t.overload
    def __call__(_, /, grad_output: _T, self: _T) -> _t.Value: ...
    @_t.overload
    def __call__(_, /, grad_output: _T, self: _T, *, grad_input: _T) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def default(grad_output: _T, self: _T) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def grad_input(grad_output: _T, self: _T, *, grad_input: _T) -> _t.Value: ...

silu_backward: _silu_backward
