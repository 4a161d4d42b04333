"""An extension of stock PyTorch: what is declared, and what follows where nothing is.

Note [Extensions of PyTorch]. One layer of declarations describes PyTorch itself, and says
so by the `version` in its `torch` section. What layers above it declare is the extension:
that is what PyTorch is given when the extension is loaded. Where nothing is above it,
PyTorch's own fallbacks are written, which all of PyTorch's keys have already.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from codegen import names
from codegen.diagnostics import did_you_mean
from codegen.layers import Layer
from codegen.located import LocatedStr
from codegen.model import NameList, Operator
from codegen.model_torch import TorchAutograd, TorchDevice, TorchOptions
from codegen.resolve.keysets import Scope
from codegen.resolve.merge import Declarations
from codegen.schema.torch import (
    TorchAutogradDecl,
    TorchDecl,
    TorchDeviceDecl,
    TorchKernelsDecl,
)
from codegen.source import Span, display_path


def resolve_torch(
    declared: Declarations,
    layers: Sequence[Layer],
    operators: Mapping[str, Operator],
    name_lists: Mapping[str, NameList],
    scope: Scope,
) -> TorchOptions | None:
    """The extension, None without declarations of PyTorch. Reports DG201 and DG202."""
    torch = declared.torch
    base = _layer_of_pytorch(layers, scope)
    if torch is None or base is None:
        return None
    above = layers[base + 1 :]
    name = names.snake_case(str(declared.dispatcher.name))
    package = str(torch.package or f"{name}_extension")
    kernels = torch.kernels or TorchKernelsDecl()
    sections = [d.torch for layer in above for d in layer.documents if d.torch]
    return TorchOptions(
        version=str(torch.version),
        package=package,
        namespace=str(torch.namespace or package),
        kernels_header=None if kernels.header is None else str(kernels.header),
        kernels_namespace=(
            None if kernels.namespace is None else str(kernels.namespace)
        ),
        kernels_module=None if kernels.module is None else str(kernels.module),
        include_dirs=_paths(
            (s.kernels.include_dirs for s in sections if s.kernels), scope
        ),
        sources=_paths((s.kernels.sources for s in sections if s.kernels), scope),
        shards=kernels.shards,
        device=_device(torch, scope),
        fake=MappingProxyType(
            {
                str(operator): (str(function), operator.span)
                for section in sections
                for operator, function in section.fake.items()
                if _is_known(operator, operators, "operator", scope)
            }
        ),
        autograd=MappingProxyType(
            {
                str(operator): (_autograd(formula), operator.span)
                for section in sections
                for operator, formula in section.autograd.items()
                if _is_known(operator, operators, "operator", scope)
            }
        ),
        parsed_keys=_parsed_keys(torch.parsed_keys, name_lists, scope),
        tags=tuple(map(str, torch.tags)),
        reserved_packages=frozenset(map(str, torch.reserved_packages)),
        host=_backend(torch.host, scope),
        extended=bool(above),
        files=_files(above or layers[base:]),
        described=_described(layers),
        namespaces=frozenset(map(str, torch.namespaces)),
        foreign=MappingProxyType(_foreign(declared, base)),
        span=torch.span,
    )


def _layer_of_pytorch(layers: Sequence[Layer], scope: Scope) -> int | None:
    """The number of the first layer that says to be PyTorch's; no other may."""
    found: tuple[int, Span] | None = None
    for number, layer in enumerate(layers):
        for document in layer.documents:
            version = None if document.torch is None else document.torch.version
            if version is None:
                continue
            if found is None:
                found = number, version.span
            else:
                scope.collector.error(
                    "DG202",
                    "the release of PyTorch is said twice",
                    version.span,
                    related=[("PyTorch's own declarations say it here", found[1])],
                    help="remove it: an extension is for the release that it extends",
                )
    return None if found is None else found[0]


def _files(layers: Sequence[Layer]) -> frozenset[str]:
    return frozenset(path for layer in layers for path in layer.names)


def _described(layers: Sequence[Layer]) -> frozenset[str]:
    """The files in torchgen's YAML that are no backend files."""
    named = {
        display_path(Path(path.span.path).parent / path)
        for layer in layers
        for document in layer.documents
        for path in document.operator_files
    }
    return frozenset(named).difference(
        file.span.path for layer in layers for file in layer.backend_files
    )


def _paths(lists: Iterable[Sequence[LocatedStr]], scope: Scope) -> tuple[str, ...]:
    """The paths of all layers; one that is given twice would be compiled twice."""
    first: dict[str, Span] = {}
    for path in (path for paths in lists for path in paths):
        if path in first:
            scope.collector.error(
                "DG202",
                f"`{path}` is given twice",
                path.span,
                related=[("it is first given here", first[path])],
                help="keep one of them",
            )
        first.setdefault(str(path), path.span)
    return tuple(first)


def _autograd(formula: TorchAutogradDecl) -> TorchAutograd:
    save = formula.setup_context
    return TorchAutograd(str(formula.backward), None if save is None else str(save))


def _foreign(declared: Declarations, base: int) -> dict[str, Span]:
    """What is declared above PyTorch's layer and makes keys."""
    sections = (declared.backends, declared.functionality, declared.aliases)
    return {
        str(entry.name): entry.name.span
        for section in sections
        for entry in section
        if declared.layer_of[entry.name] > base
    }


def _backend(name: LocatedStr | None, scope: Scope) -> str | None:
    if name is None:
        return None
    _is_known(name, scope.keys.backends, "backend", scope)
    return str(name)


def _is_known(
    name: LocatedStr, known: Collection[str], what: str, scope: Scope
) -> bool:
    if name in known:
        return True
    scope.collector.error(
        "DG201",
        f"there is no {what} `{name}`",
        name.span,
        help=did_you_mean(name, known) or f"declare the {what}, or rename this",
    )
    return False


def _parsed_keys(
    name: LocatedStr | None, name_lists: Mapping[str, NameList], scope: Scope
) -> frozenset[str]:
    if name is None or not _is_known(name, name_lists, "list of names", scope):
        return frozenset(scope.keys.keys)
    return name_lists[name].names


def _device(torch: TorchDecl, scope: Scope) -> TorchDevice | None:
    device = torch.device
    if device is None:
        return None
    backend = _device_backend(device, torch, scope)

    def symbol(function: LocatedStr | None) -> str | None:
        return None if function is None else str(function)

    kernels = torch.host_memory if device.allocator is None else {}
    return TorchDevice(
        name=str(device.name),
        backend=backend,
        count=device.count,
        allocator=symbol(device.allocator),
        guard=symbol(device.guard),
        hooks=symbol(device.hooks),
        host_kernels=MappingProxyType(
            {
                str(key): MappingProxyType({str(o): str(k) for o, k in of_key.items()})
                for key, of_key in kernels.items()
                if scope.key(key, key.span) is not None
            }
        ),
        span=device.span,
    )


def _device_backend(device: TorchDeviceDecl, torch: TorchDecl, scope: Scope) -> str:
    free = scope.group(torch.devices)
    if device.backend is None:
        return free[0] if free else ""
    if device.backend not in free:
        scope.collector.error(
            "DG201",
            f"a device of one's own cannot be on `{device.backend}`",
            device.backend.span,
            help=did_you_mean(device.backend, free)
            or f"PyTorch keeps free for that: {', '.join(free) or 'none'}",
        )
    return str(device.backend)
