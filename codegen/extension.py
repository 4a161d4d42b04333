"""What an extension of PyTorch registers: fallbacks, operators and kernels of its own.

Reads the model; knows neither C++ nor Python. See Note [Extensions of PyTorch] in
`codegen.resolve.torch`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from codegen.model import KeyFallback, Model, Operator
from codegen.model_backend_files import BackendFile, BackendKernel
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
        of_file: the backend file that it follows from, and what that says of it; None if
            it is declared otherwise.
    """

    operator: Operator
    key: str
    kernel: str
    is_structured: bool
    span: Span
    of_file: tuple[BackendFile, BackendKernel] | None = None


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
    of_files = {
        (kernel.operator, kernel.key, file.symbol(kernel)): (file, kernel)
        for file in model.backend_files
        for kernel in file.kernels
    }
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
                span = model.out_variant(structured).kernel_spans[key]
            is_shared = structured is not None and key in structured.keys
            is_implied = not is_shared and (
                span == operator.span
                or (structured is not None and key in structured.implied)
            )
            if not torch.declares(span):
                continue
            # What follows for an operator of PyTorch, PyTorch has registered; and what
            # its own files say.
            if (is_implied or span.path in torch.described) and _is_pytorchs(
                operator, torch
            ):
                continue
            of_file = of_files.get((operator.name, key, kernel))
            yield OwnKernel(operator, key, kernel, is_structured, span, of_file)


def _is_pytorchs(operator: Operator, torch: TorchOptions) -> bool:
    return operator.name.partition("::")[0] in torch.namespaces
