"""Section `torch`: what an extension of stock PyTorch is, and what PyTorch itself has."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from codegen.schema.base import (
    CppNamespace,
    Declaration,
    DeviceName,
    HeaderPath,
    KernelName,
    KeyName,
    LocatedStr,
    ModuleName,
    Name,
    Release,
    SourcePath,
)


class TorchKernelsDecl(Declaration):
    """Where the bodies of kernels are."""

    header: HeaderPath | None = Field(
        default=None,
        description="A header that declares all of them; prototypes are generated if "
        "left out.",
    )
    namespace: CppNamespace | None = Field(
        default=None, description="The namespace that their names are below."
    )
    module: ModuleName | None = Field(
        default=None,
        description="The Python module that has functions in place of the C++ kernels of "
        "backend files, for `--target torch_library`.",
    )
    include_dirs: list[SourcePath] = Field(
        default_factory=list,
        description="Folders that are searched for headers, as seen from that of the "
        "generated sources.",
    )
    sources: list[SourcePath] = Field(
        default_factory=list,
        description="What is compiled with the generated sources, as seen from their "
        "folder.",
    )
    shards: int = Field(
        default=1,
        ge=1,
        le=64,
        description="Into how many files the registrations of a backend are spread, for "
        "compilers that run side by side.",
    )

    short_form: ClassVar[str | None] = "header"


class TorchDeviceDecl(Declaration):
    """A device of one's own, on a backend that PyTorch keeps free for that."""

    name: DeviceName = Field(description="What the device is called, as in `to(NAME)`.")
    backend: Name | None = Field(
        default=None, description="The backend; the first free one if left out."
    )
    count: int = Field(
        default=1, ge=1, le=127, description="How many devices there are."
    )
    allocator: KernelName | None = Field(
        default=None,
        description="A C++ function that returns its `c10::Allocator*`. Without one its "
        "memory is the host's, and kernels that need no more come with it.",
    )
    guard: KernelName | None = Field(
        default=None,
        description="A C++ function that returns its `DeviceGuardImplInterface*`.",
    )
    hooks: KernelName | None = Field(
        default=None, description="A C++ function that returns PyTorch's hooks for it."
    )

    short_form: ClassVar[str | None] = "name"


class TorchAutogradDecl(Declaration):
    """The derivative of an operator, as `torch.library.register_autograd` takes it."""

    backward: KernelName = Field(description="The Python function for the gradients.")
    setup_context: KernelName | None = Field(
        default=None, description="The Python function that saves what it needs."
    )

    short_form: ClassVar[str | None] = "backward"


class TorchDecl(Declaration):
    """An extension of stock PyTorch; what is left out follows from its name."""

    version: Release | None = Field(
        default=None,
        description="In PyTorch's own declarations: its release. What extends them is "
        "the extension.",
    )
    package: Name | None = Field(
        default=None, description="The Python package, and the library that it loads."
    )
    namespace: CppNamespace | None = Field(
        default=None, description="The C++ namespace of all that is generated."
    )
    kernels: TorchKernelsDecl | None = Field(
        default=None, description="Where the bodies of kernels are."
    )
    device: TorchDeviceDecl | None = Field(
        default=None, description="The device whose kernels these are."
    )
    fake: dict[LocatedStr, KernelName] = Field(
        default_factory=dict,
        description="By operator: the Python function that makes its fake results.",
    )
    autograd: dict[LocatedStr, TorchAutogradDecl] = Field(
        default_factory=dict, description="By operator: its derivative, in Python."
    )
    parsed_keys: Name | None = Field(
        default=None,
        description="The list of names that has the keys `torch.library` can name.",
    )
    devices: Name | None = Field(
        default=None, description="The group of backends that a device can be on."
    )
    namespaces: list[Name] = Field(
        default_factory=list, description="Those in which PyTorch has operators."
    )
    tags: list[Name] = Field(
        default_factory=list, description="The tags that operators can have."
    )
    reserved_packages: list[Name] = Field(
        default_factory=list, description="Names that no extension can have."
    )
    host: Name | None = Field(
        default=None,
        description="The backend that PyTorch's own fallback to another backend runs on.",
    )
    host_memory: dict[KeyName, dict[LocatedStr, KernelName]] = Field(
        default_factory=dict,
        description="By key and operator: kernels of a device whose memory is the host's.",
    )
