"""The part of the model that is about an extension of PyTorch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from codegen.source import Span


@dataclass(frozen=True, slots=True)
class TorchDevice:
    """A device of an extension of PyTorch.

    Attributes:
        name: what users call it.
        backend: the backend whose kernels are its own.
        count: how many there are.
        allocator, guard, hooks: C++ functions that return what PyTorch asks for; None
            for that of the support code.
        host_kernels: by key and operator: kernels that come with the host's memory;
            none if it has an allocator.
        span: its declaration.
    """

    name: str
    backend: str
    count: int
    allocator: str | None
    guard: str | None
    hooks: str | None
    host_kernels: Mapping[str, Mapping[str, str]]
    span: Span

    @property
    def has_host_memory(self) -> bool:
        """Whether its memory is the host's."""
        return self.allocator is None


@dataclass(frozen=True, slots=True)
class TorchAutograd:
    """The derivative of an operator: Python functions, as `module:function`."""

    backward: str
    setup_context: str | None


@dataclass(frozen=True, slots=True)
class TorchOptions:
    """An extension of stock PyTorch.

    Attributes:
        version: the release whose dispatcher it extends.
        package: the Python package, and the library that it loads.
        namespace: of all generated C++.
        kernels_header: declares the kernels; None if prototypes are generated.
        kernels_namespace: what their names are below; None if they have it themselves.
        kernels_module: the Python module with functions for the kernels of backend files.
        include_dirs: folders that are searched for headers, as seen from the project.
        sources: what is compiled with the generated sources, as seen from the project.
        shards: into how many files the registrations of a backend are spread.
        device: the device whose kernels these are, None if there is none.
        fake: by operator: the function that makes its fake results, with its place.
        autograd: by operator: its derivative, with its place.
        parsed_keys: the keys that `torch.library` can name.
        tags: those that PyTorch has for operators.
        reserved_packages: names that the package cannot have.
        host: the backend that PyTorch can fall back to from any other.
        extended: whether these declarations extend PyTorch's, and are not PyTorch's own.
        files: the declaration files of the extension, by the path that messages show.
        described: files in torchgen's YAML: what they declare in PyTorch's namespaces,
            PyTorch has.
        namespaces: those in which PyTorch itself has operators.
        foreign: keys and backends that PyTorch does not have, with their declarations.
        span: the declaration of these, or of the dispatcher's name.
    """

    version: str
    package: str
    namespace: str
    kernels_header: str | None
    kernels_namespace: str | None
    kernels_module: str | None
    include_dirs: tuple[str, ...]
    sources: tuple[str, ...]
    shards: int
    device: TorchDevice | None
    fake: Mapping[str, tuple[str, Span]]
    autograd: Mapping[str, tuple[TorchAutograd, Span]]
    parsed_keys: frozenset[str]
    tags: tuple[str, ...]
    reserved_packages: frozenset[str]
    host: str | None
    extended: bool
    files: frozenset[str]
    described: frozenset[str]
    namespaces: frozenset[str]
    foreign: Mapping[str, Span]
    span: Span

    def declares(self, span: Span) -> bool:
        """Whether a declaration is one of the extension."""
        return span.path in self.files
