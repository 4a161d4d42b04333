"""Which C++ types arguments and returns of operators have."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import pytest

from codegen.model import CppType
from codegen.runtime.python.schema import parse_schema
from codegen.views.cpp_types import CppTypes, Position, is_alias

PLAIN: Final = CppTypes({})

PARAMETERS: Final = {
    "Tensor": "const Tensor&",
    "Tensor(a)": "const Tensor&",
    "Tensor(a!)": "Tensor&",
    "Tensor?": "const std::optional<Tensor>&",
    "Tensor(a!)?": "const std::optional<Tensor>&",
    "Tensor[]": "std::span<const Tensor>",
    "Tensor(a!)[]": "std::span<const Tensor>",
    "Tensor?[]": "std::span<const std::optional<Tensor>>",
    "Tensor[]?": "std::optional<std::span<const Tensor>>",
    "int": "std::int64_t",
    "SymInt": "std::int64_t",
    "SymInt?": "std::optional<std::int64_t>",
    "int[]": "std::span<const std::int64_t>",
    "int[2]": "std::span<const std::int64_t>",
    "SymInt[2]?": "std::optional<std::span<const std::int64_t>>",
    "int[][]": "std::span<const std::vector<std::int64_t>>",
    "float": "double",
    "float?": "std::optional<double>",
    "bool": "bool",
    "bool[3]": "std::span<const bool>",
    "complex": "std::complex<double>",
    "Scalar": "double",
    "Scalar?": "std::optional<double>",
    "Scalar[]": "std::span<const double>",
    "str": "std::string_view",
    "str?": "std::optional<std::string_view>",
    "str[]": "std::span<const std::string_view>",
    "ScalarType": "std::int64_t",
    "ScalarType?": "std::optional<std::int64_t>",
    "Layout": "std::int64_t",
    "MemoryFormat": "std::int64_t",
    "Device": "const dispatch_codegen::Opaque&",
    "Generator?": "const std::optional<dispatch_codegen::Opaque>&",
    "Stream[]": "std::span<const dispatch_codegen::Opaque>",
    "t": "const dispatch_codegen::Opaque&",
    "Any": "const dispatch_codegen::Opaque&",
    "Future(Tensor)": "const dispatch_codegen::Opaque&",
    "__torch__.torch.classes.my.Thing": "const dispatch_codegen::Opaque&",
    "(int, str)": "const std::tuple<std::int64_t, std::string>&",
    "Dict(str, Tensor)": "const std::vector<std::pair<std::string, Tensor>>&",
}

RETURNS: Final = {
    "()": "void",
    "Tensor": "Tensor",
    "Tensor(a)": "Tensor",
    "Tensor(a!)": "Tensor&",
    "Tensor?": "std::optional<Tensor>",
    "Tensor[]": "std::vector<Tensor>",
    "Tensor(a!)[]": "std::vector<Tensor>",
    "Tensor?[]": "std::vector<std::optional<Tensor>>",
    "int": "std::int64_t",
    "int[]": "std::vector<std::int64_t>",
    "str": "std::string",
    "str[]": "std::vector<std::string>",
    "Scalar": "double",
    "Device": "dispatch_codegen::Opaque",
    "(Tensor, Tensor)": "std::tuple<Tensor, Tensor>",
    "(Tensor(a!), Tensor(b!))": "std::tuple<Tensor&, Tensor&>",
    "(Tensor values, int[] sizes)": "std::tuple<Tensor, std::vector<std::int64_t>>",
    "Dict(int, str)": "std::vector<std::pair<std::int64_t, std::string>>",
}


def parameter(types: CppTypes, text: str) -> str:
    (argument,) = parse_schema(f"f({text} x) -> ()").arguments
    return types.parameter(argument)


def returned(types: CppTypes, text: str) -> str:
    return types.returned(parse_schema(f"f() -> {text}").returns)


@pytest.mark.parametrize(("text", "expected"), PARAMETERS.items())
def test_parameters(text: str, expected: str) -> None:
    assert parameter(PLAIN, text) == expected


@pytest.mark.parametrize(("text", "expected"), RETURNS.items())
def test_returns(text: str, expected: str) -> None:
    assert returned(PLAIN, text) == expected


def declared(
    name: str, *, by_value: bool = False, element: str | None = None
) -> CppType:
    return CppType(name, None, by_value, element or name)


DECLARED: Final = CppTypes(
    MappingProxyType(
        {
            "Tensor": declared("my::Image"),
            "Device": declared("my::Device", by_value=True),
            "Scalar": declared("my::Number", element="my::NumberRef"),
            "int": declared("std::int32_t", by_value=True),
        }
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        # The headers have `using Tensor = my::Image;`.
        "Tensor": "const Tensor&",
        "Tensor(a!)": "Tensor&",
        "Tensor?": "const std::optional<Tensor>&",
        "Tensor[]": "std::span<const Tensor>",
        "Device": "Device",
        "Device?": "std::optional<Device>",
        "Device[]": "std::span<const Device>",
        "Scalar": "const Scalar&",
        "Scalar?": "const std::optional<Scalar>&",
        "Scalar[]": "std::span<const my::NumberRef>",
        # A keyword cannot be given a meaning.
        "int": "std::int32_t",
        "int[]": "std::span<const std::int32_t>",
        "SymInt": "std::int64_t",
    }.items(),
)
def test_declared_parameters(text: str, expected: str) -> None:
    assert parameter(DECLARED, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "Tensor(a!)": "Tensor&",
        "Device": "Device",
        "Scalar[]": "std::vector<Scalar>",
        "int": "std::int32_t",
    }.items(),
)
def test_declared_returns(text: str, expected: str) -> None:
    assert returned(DECLARED, text) == expected


def test_by_value_when_written() -> None:
    """What is a pointer is taken as one."""
    types = CppTypes({"Tensor": declared("my::Image*", by_value=True)})
    assert parameter(types, "Tensor(a!)") == "Tensor"
    assert returned(types, "Tensor(a!)") == "Tensor"


def test_aliases() -> None:
    assert [n for n in ("Tensor", "int", "float", "str", "bool") if is_alias(n)] == [
        "Tensor",
        "str",
    ]


def test_what_a_view_looks_at() -> None:
    (argument,) = parse_schema("f(str[] x) -> ()").arguments
    assert PLAIN.cpp_type(argument.type, Position.OWNED) == "std::vector<std::string>"
