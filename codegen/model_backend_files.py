"""The part of the model that is about backend files."""

from __future__ import annotations

from dataclasses import dataclass

from codegen.source import Span


@dataclass(frozen=True, slots=True)
class BackendKernel:
    """A kernel that follows from a backend file.

    Attributes:
        operator: what it is for.
        schema: of the operator, the text after the namespace.
        key: the key that it is for.
        function: its name below the class; of one that is generated, below the namespace.
        copies: the operator whose kernel computes what this one copies into the tensors
            that it was given; None for a kernel of the author's.
        is_symbolic: whether it keeps symbolic sizes.
        makes_tensor: whether it is told by options what tensor to make.
        in_structured_group: whether the operator has structured kernels elsewhere, which
            decides about types.
        const_written: whether it takes what it writes to by const reference.
        device_guard: whether it can run under a device guard.
        one_device: whether all of its tensors have to be on one device.
        is_registered: whether it is registered, and not by hand.
        span: the entry of the file.
    """

    operator: str
    schema: str
    key: str
    function: str
    copies: str | None
    is_symbolic: bool
    makes_tensor: bool
    in_structured_group: bool
    const_written: bool
    device_guard: bool
    one_device: bool
    is_registered: bool
    span: Span


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A field of a backend file that nothing is made of here.

    Attributes:
        field: its name.
        names: what it lists, as written.
        span: its place.
    """

    field: str
    names: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class BackendFile:
    """A backend file: a C++ class whose static methods are kernels.

    Attributes:
        key: the backend's.
        autograd_key: the key of the kernels for autograd; None if there are none.
        namespace: of the class.
        class_name: without its namespace.
        headers: what its declaration includes besides.
        kernels: those of the author first, as the file lists them; then those that follow.
        has_device_guard: whether kernels run under a device guard.
        copy_in_place, copy_out: the operators by which generated kernels copy.
        left_out: what nothing is made of.
        span: the place of `backend`.
    """

    key: str
    autograd_key: str | None
    namespace: str
    class_name: str
    headers: tuple[str, ...]
    kernels: tuple[BackendKernel, ...]
    has_device_guard: bool
    copy_in_place: str | None
    copy_out: str | None
    left_out: tuple[LeftOut, ...]
    span: Span

    @property
    def scope(self) -> str:
        """The class with its namespace."""
        return f"{self.namespace}::{self.class_name}"

    @property
    def own_kernels(self) -> tuple[BackendKernel, ...]:
        """The kernels that the author writes."""
        return tuple(kernel for kernel in self.kernels if kernel.copies is None)

    def symbol(self, kernel: BackendKernel) -> str:
        """The whole name of a kernel."""
        scope = self.scope if kernel.copies is None else self.namespace
        return f"{scope}::{kernel.function}"
