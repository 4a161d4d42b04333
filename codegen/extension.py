"""What an extension of PyTorch registers: fallbacks, operators and kernels of its own.

Reads the model; knows neither C++ nor Python. See Note [Extensions of PyTorch] in
`codegen.resolve.torch`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from codegen.model import KeyFallback, Model, Operator
from codegen.model_torch import TorchOptions
from codegen.runtime.python.registration import FALLTHROUGH
from codegen.source import Span


class OwnKernel(NamedTuple):
    """A kernel that the extension declares.

    Attributes:
        operator: what it is for.
        key: the runtime or alias key.
        kernel: its name.
        is_structured: whether it computes what a structured kernel of the group says.
        span: its declaration.
    """

    operator: Operator
    key: str
    kernel: str
    is_structured: bool
    span: Span


class Extension(NamedTuple):
    """All that an extension registers, in the order of slots and declarations.

    Attributes:
        fallbacks: of keys.
        definitions: operators that PyTorch does not have.
        kernels: of operators.
    """

    fallbacks: tuple[KeyFallback, ...]
    definitions: tuple[Operator, ...]
    kernels: tuple[OwnKernel, ...]


def extension_of(model: Model, torch: TorchOptions) -> Extension:
    """What the extension registers.

    PyTorch's own declarations by themselves register fallbacks; their kernels are names of
    what PyTorch has compiled in, those of fallbacks too.
    """
    own = [f for f in model.fallbacks.values() if torch.declares(f.span)]
    if not torch.extended:
        named = [f for f in own if f.spec.policy != "kernel"]
        return Extension(tuple(named), (), ())
    return Extension(
        fallbacks=tuple(own),
        definitions=tuple(
            operator
            for operator in model.operators.values()
            if torch.declares(operator.span) and not _is_pytorchs(operator, torch)
        ),
        kernels=tuple(_kernels(model, torch)),
    )


def _kernels(model: Model, torch: TorchOptions) -> Iterator[OwnKernel]:
    for operator in model.operators.values():
        structured = operator.structured
        for key, kernel in operator.kernels.items():
            is_structured = (
                structured is not None
                and key in structured.keys
                and kernel != FALLTHROUGH
            )
            span = operator.kernel_spans[key]
            if structured is not None and key in structured.keys:
                span = model.operators[structured.out].kernel_spans[key]
            is_shared = structured is not None and key in structured.keys
            is_implied = not is_shared and (
                span == operator.span
                or (structured is not None and key in structured.implied)
            )
            if not torch.declares(span):
                continue
            # What follows for an operator of PyTorch, PyTorch has registered.
            if not is_implied or not _is_pytorchs(operator, torch):
                yield OwnKernel(operator, key, kernel, is_structured, span)


def _is_pytorchs(operator: Operator, torch: TorchOptions) -> bool:
    return operator.name.partition("::")[0] in torch.namespaces
