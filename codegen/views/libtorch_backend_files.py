"""What the libtorch target prints of backend files: their classes, and what calls them.

The class of a backend file is declared as torchgen declares it, so that the author's
definitions compile as they are. Its methods are registered themselves, but for those that
run under a device guard and those whose results are copied: these are called by generated
functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from codegen.aten_types import AtenTypes
from codegen.cpp_operator_names import struct_name
from codegen.extension import OwnKernel
from codegen.model import Model
from codegen.model_backend_files import BackendFile, BackendKernel
from codegen.runtime.python.schema import (
    Argument,
    FunctionSchema,
    ListType,
    OptionalType,
    SchemaType,
    SimpleType,
    parse_schema,
)
from codegen.views.libtorch_rows import (
    BackendClassView,
    CallerRow,
    FunctionRow,
    LoopRow,
    StatementRow,
)
from codegen.views.libtorch_signatures import Signature, inner_name, signature_of

_TENSOR: Final = SimpleType("Tensor")

# How a tensor that is given tells what one to make would be told by an option.
_TOLD_BY_TENSOR: Final = {
    SimpleType("ScalarType"): "scalar_type()",
    SimpleType("Layout"): "layout()",
    SimpleType("Device"): "device()",
    SimpleType("bool"): "is_pinned()",
}
_DEVICE: Final = SimpleType("Device")

_COMMON_DEVICE: Final = "std::optional<at::Device> common_device;"


class BackendFileViews:
    """Makes what is printed of the backend files of one model."""

    def __init__(self, model: Model, guard_of: str) -> None:
        self._model = model
        self._guard_of = guard_of
        self._schemas: dict[str, FunctionSchema] = {}

    def _schema(self, kernel: BackendKernel) -> FunctionSchema:
        found = self._schemas.get(kernel.operator)
        if found is None:
            found = self._schemas[kernel.operator] = parse_schema(kernel.schema)
        return found

    def signature(self, kernel: BackendKernel) -> Signature:
        """What a kernel, or the function that copies for one, returns and takes."""
        types = AtenTypes(
            symint=kernel.is_symbolic,
            structured_group=kernel.in_structured_group,
            const_written=kernel.const_written,
        )
        return signature_of(self._schema(kernel), types)

    # Classes

    def classes(self) -> Iterator[BackendClassView]:
        """For each file, the header that declares its class."""
        for file in self._model.backend_files:
            header = f"{file.key}NativeFunctions.h"
            shown = re.sub("[^A-Z0-9]+", "_", f"{self._guard_of}/{header}".upper())
            yield BackendClassView(
                path=header,
                key=file.key,
                guard=shown.strip("_"),
                headers=tuple(
                    h if h.startswith("<") else f'"{h}"' for h in file.headers
                ),
                namespace=file.namespace,
                name=file.class_name,
                methods=tuple(self.methods(file)),
            )

    def methods(self, file: BackendFile) -> list[FunctionRow]:
        """The declarations of a class; two of one name differ in what they take."""
        found: dict[tuple[str, tuple[str, ...]], FunctionRow] = {}
        for kernel in file.own_kernels:
            signature = self.signature(kernel)
            found.setdefault(
                (kernel.function, signature.types),
                FunctionRow(
                    f"static {signature.returns}",
                    kernel.function,
                    signature.parameters,
                ),
            )
        return sorted(found.values(), key=lambda row: (row.name, row.parameters))

    # Functions that call them

    def callers(self, kernels: Sequence[OwnKernel]) -> Iterator[CallerRow]:
        """The functions that guard or copy for kernels; what is called comes first."""
        of_files = [k.of_file for k in kernels if k.of_file is not None]
        present = {(k.operator, k.key) for _, k in of_files}
        for file, kernel in of_files:
            if kernel.copies is None and file.has_device_guard:
                yield self._guarding(file, kernel)
        for file, kernel in of_files:
            if kernel.copies is not None:
                yield self._copying(file, kernel, present)

    def called(self, kernel: OwnKernel) -> str | None:
        """The name of the generated function for a kernel, None if there is none."""
        if kernel.of_file is None:
            return None
        file, of_file = kernel.of_file
        if of_file.copies is None and not file.has_device_guard:
            return None
        return _caller_name(of_file.operator, of_file.key)

    def _guarding(self, file: BackendFile, kernel: BackendKernel) -> CallerRow:
        """Checks the devices of tensors and calls a kernel under a guard."""
        schema, signature = self._schema(kernel), self.signature(kernel)
        name = _caller_name(kernel.operator, kernel.key)
        named = list(map(inner_name, signature.names))
        names = dict(zip((a.name for a in schema.arguments), named, strict=True))
        checks = []
        if kernel.one_device:
            checks = [
                StatementRow(
                    "c10::impl::check_and_update_common_device",
                    ("common_device", names[a.name], f'"{name}"', f'"{a.name}"'),
                )
                for a in _checked(schema)
            ]
        return CallerRow(
            returns=signature.returns,
            name=name,
            parameters=signature.inner_parameters,
            declared=(_COMMON_DEVICE,) * bool(checks),
            checks=tuple(checks),
            guards=tuple(_guards(kernel, schema, names)) if kernel.device_guard else (),
            passing=(StatementRow(f"return ::{file.symbol(kernel)}", tuple(named)),),
        )

    def _copying(
        self,
        file: BackendFile,
        kernel: BackendKernel,
        present: set[tuple[str, str]],
    ) -> CallerRow:
        """Copies what the functional kernel computes to where results are to be."""
        source = next(k for k in file.own_kernels if k.operator == kernel.copies)
        schema, signature = self._schema(kernel), self.signature(kernel)
        functional = self._schema(source)
        names = {
            argument.name: inner_name(name)
            for argument, name in zip(schema.arguments, signature.names, strict=True)
        }
        outs = [a for a in schema.arguments if a.kwarg_only and a.is_write]
        written = outs or [a for a in schema.arguments if a.is_write]
        copy = file.copy_out if outs else file.copy_in_place
        # The guarding function, if there is one, is above in the same file.
        is_guarded = file.has_device_guard and (source.operator, kernel.key) in present
        called = (
            _caller_name(source.operator, kernel.key)
            if is_guarded
            else f"::{file.symbol(source)}"
        )
        first = names[written[0].name] if written else ""
        results = _parts(len(functional.returns))
        copies: list[StatementRow] = []
        loops: list[LoopRow] = []
        kept: list[str] = []
        remaining = [names[a.name] for a in written]
        for value, result in zip(functional.returns, results, strict=True):
            if _holds_tensors(value.type) and remaining:
                target = remaining.pop(0)
                if isinstance(value.type, ListType):
                    loops.append(LoopRow(f"at::{copy}", result, target))
                else:
                    copies.append(StatementRow(f"at::{copy}", (result, target)))
            else:
                kept.append(result)
        returned = [
            names[_of_alias(value, schema).name] if value.is_write else kept.pop(0)
            for value in schema.returns
        ]
        return CallerRow(
            returns=signature.returns,
            name=_caller_name(kernel.operator, kernel.key),
            parameters=signature.inner_parameters,
            computing=(StatementRow(called, tuple(_given(functional, names, first))),),
            copies=tuple(copies),
            loops=tuple(loops),
            returned=tuple(_together(returned)),
        )

    def copy_headers(self, kernels: Sequence[OwnKernel]) -> tuple[str, ...]:
        """PyTorch's headers of the operators that copy."""
        files = [k.of_file[0] for k in kernels if k.of_file and k.of_file[1].copies]
        copies = {c for f in files for c in (f.copy_in_place, f.copy_out) if c}
        return tuple(f"ATen/ops/{copy}.h" for copy in sorted(copies))


def _caller_name(operator: str, key: str) -> str:
    return f"{struct_name(operator, frozenset())}_{key}"


def _parts(count: int) -> list[str]:
    if count == 1:
        return ["computed"]
    return [f"std::get<{number}>(computed)" for number in range(count)]


def _given(
    functional: FunctionSchema, names: Mapping[str, str], tensor: str
) -> Iterator[str]:
    """What a functional kernel is called with; options are those of a tensor."""
    for argument in functional.arguments:
        if argument.name in names:
            yield names[argument.name]
            continue
        type = argument.type
        if isinstance(type, OptionalType):
            type = type.element
        yield (
            f"{tensor}.{_TOLD_BY_TENSOR[type]}"
            if isinstance(type, SimpleType)
            else "{}"
        )


def _of_alias(value: Argument, schema: FunctionSchema) -> Argument:
    """The argument that a return is."""
    return next(a for a in schema.arguments if a.alias == value.alias)


def _checked(schema: FunctionSchema) -> list[Argument]:
    """Tensors, those for results first; those that are given by keyword are not checked."""
    outs = [a for a in schema.arguments if a.kwarg_only and a.is_write]
    others = [a for a in schema.arguments if not a.kwarg_only]
    return [a for a in (*outs, *others) if _holds_tensors(a.type)]


def _together(values: Sequence[str]) -> Iterator[str]:
    """What a function returns for several values, or none."""
    if len(values) > 1:
        yield f"std::forward_as_tuple({', '.join(values)})"
    else:
        yield from values


def _guards(
    kernel: BackendKernel, schema: FunctionSchema, names: Mapping[str, str]
) -> Iterator[str]:
    """The statement that makes the device guard, if something tells the device."""
    if kernel.makes_tensor:
        device = next(a for a in schema.arguments if _is_device(a.type))
        made = f"c10::device_or_default({names[device.name]})"
        yield f"const c10::DeviceGuard device_guard({made});"
        return
    checked = _checked(schema)
    own = [a for a in checked if a.name == "self" and not a.kwarg_only]
    for argument in (*own, *checked)[:1]:
        of = f"at::device_of({names[argument.name]})"
        yield f"const c10::OptionalDeviceGuard device_guard({of});"


def _is_device(type: SchemaType) -> bool:
    return type in (_DEVICE, OptionalType(_DEVICE))


def _holds_tensors(type: SchemaType) -> bool:
    while isinstance(type, (ListType, OptionalType)):
        type = type.element
    return type == _TENSOR
