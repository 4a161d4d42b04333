"""Kernels that copy what the kernel of a functional variant computes.

They serve the in-place and out variants of an operator for which there is no other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch

from .policies import load


class Copying:
    """Makes a kernel that copies.

    Args:
        operator: an in-place or out variant.
        kernel: the `module:function` of the functional variant.
        functional: the functional variant.
        copy: the operator that copies, from its first argument to its second.
    """

    def __init__(self, operator: str, kernel: str, functional: str, copy: str) -> None:
        self._operator = operator
        self._kernel = kernel
        self._functional = functional
        self._copy = copy

    def make(self) -> Callable[..., Any]:
        """The function to register.

        Raises:
            Exception: whatever importing the kernel, or looking up an operator, raises.
        """
        function = load(self._kernel)
        target, source = _schema(self._operator), _schema(self._functional)
        copy = getattr(torch.ops, self._copy.partition("::")[0])
        copy = getattr(copy, self._copy.partition("::")[2])
        written = [a.name for a in target.arguments if _is_written(a)]

        def run(*arguments: Any, **named: Any) -> Any:
            given = _by_name(target.arguments, arguments, named)
            outs = [given[name] for name in written]
            positional: list[Any] = []
            others: dict[str, Any] = {}
            for argument in source.arguments:
                name = argument.name
                value = given[name] if name in given else _told_by(name, outs[0])
                if argument.kwarg_only:
                    others[name] = value
                else:
                    positional.append(value)
            results = function(*positional, **others)
            several = results if len(source.returns) > 1 else (results,)
            for result, out in zip(several, outs, strict=False):
                if isinstance(out, torch.Tensor):
                    copy(result, out)
                else:
                    for one, other in zip(result, out, strict=True):
                        copy(one, other)
            if not target.returns:
                return None
            return outs[0] if len(target.returns) == 1 else tuple(outs)

        return run


def _schema(operator: str) -> Any:
    name, _, overload = operator.partition(".")
    return torch._C._dispatch_find_schema_or_throw(name, overload).schema()


def _is_written(argument: Any) -> bool:
    return argument.alias_info is not None and bool(argument.alias_info.is_write)


def _by_name(
    declared: Sequence[Any], arguments: Sequence[Any], named: Mapping[str, Any]
) -> dict[str, Any]:
    """All arguments of a call, those left out too."""
    given = {a.name: a.default_value for a in declared if a.has_default_value()}
    given |= {a.name: value for a, value in zip(declared, arguments, strict=False)}
    return {**given, **named}


def _told_by(option: str, tensor: torch.Tensor) -> Any:
    """What an option would be for a tensor like one that is there."""
    return tensor.is_pinned() if option == "pin_memory" else getattr(tensor, option)
