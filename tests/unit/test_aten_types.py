"""Which types operators have in PyTorch's C++, and what structured kernels get."""

from __future__ import annotations

from typing import Final

import pytest

from codegen.aten_types import AtenTypes, NoAtenTypeError
from codegen.precomputed import PrecomputedError, is_out, parse_precomputed
from codegen.runtime.python.schema import parse_schema

THING: Final = "__torch__.torch.classes.my.Thing"
CLASSES: Final = {THING: "my::Thing"}

PARAMETERS: Final = {
    "Tensor": "const at::Tensor&",
    "Tensor(a)": "const at::Tensor&",
    "Tensor(a!)": "at::Tensor&",
    "Tensor?": "const std::optional<at::Tensor>&",
    "Tensor(a!)?": "const std::optional<at::Tensor>&",
    "Tensor[]": "at::TensorList",
    "Tensor(a!)[]": "at::TensorList",
    "Tensor[2]": "at::TensorList",
    "Tensor[]?": "std::optional<at::TensorList>",
    "Tensor?[]": "const c10::List<std::optional<at::Tensor>>&",
    "Tensor?[]?": "const std::optional<c10::List<std::optional<at::Tensor>>>&",
    "Tensor[][]": "at::ArrayRef<std::vector<at::Tensor>>",
    "Scalar": "const at::Scalar&",
    "Scalar?": "const std::optional<at::Scalar>&",
    "Scalar[]": "at::ArrayRef<at::Scalar>",
    "int": "int64_t",
    "int?": "std::optional<int64_t>",
    "int[]": "at::IntArrayRef",
    "int[2]": "at::IntArrayRef",
    "int[1]?": "at::OptionalIntArrayRef",
    "int[][]": "at::ArrayRef<std::vector<int64_t>>",
    "float": "double",
    "float[]": "at::ArrayRef<double>",
    "float[]?": "std::optional<at::ArrayRef<double>>",
    "bool": "bool",
    "bool?": "std::optional<bool>",
    "bool[3]": "std::array<bool, 3>",
    "bool[]": "const c10::List<bool>&",
    "bool[]?": "const std::optional<c10::List<bool>>&",
    "complex": "c10::complex<double>",
    "str": "std::string_view",
    "str?": "std::optional<std::string_view>",
    "str[]": "at::ArrayRef<std::string>",
    "ScalarType": "at::ScalarType",
    "ScalarType?": "std::optional<at::ScalarType>",
    "Layout?": "std::optional<at::Layout>",
    "Device?": "std::optional<at::Device>",
    "MemoryFormat?": "std::optional<at::MemoryFormat>",
    "QScheme": "at::QScheme",
    "Storage": "at::Storage",
    "Stream": "at::Stream",
    "SymBool": "c10::SymBool",
    "Generator?": "std::optional<at::Generator>",
    "Any": "const c10::IValue&",
    THING: "const c10::intrusive_ptr<my::Thing>&",
    f"{THING}?": "const std::optional<c10::intrusive_ptr<my::Thing>>&",
    f"{THING}[]": "at::ArrayRef<c10::intrusive_ptr<my::Thing>>",
    "(int, str)": "const std::tuple<int64_t, std::string>&",
    "Dict(str, Tensor)": "const c10::Dict<std::string, at::Tensor>&",
}

# Without and with symbolic integers.
SYMBOLIC: Final = {
    "SymInt": ("int64_t", "c10::SymInt"),
    "SymInt?": ("std::optional<int64_t>", "std::optional<c10::SymInt>"),
    "SymInt[]": ("at::IntArrayRef", "c10::SymIntArrayRef"),
    "SymInt[2]": ("at::IntArrayRef", "c10::SymIntArrayRef"),
    "SymInt[]?": ("at::OptionalIntArrayRef", "at::OptionalSymIntArrayRef"),
    # PyTorch knows integers in place of symbolic ones only where they stand alone.
    "SymInt?[]": ("at::ArrayRef<std::optional<c10::SymInt>>",) * 2,
    "int[]?": ("at::OptionalIntArrayRef",) * 2,
}

STRUCTURED: Final = {
    "Tensor": "const at::Tensor&",
    "Tensor(a!)": "const at::Tensor&",
    "Tensor?": "at::OptionalTensorRef",
    "Tensor[]": "const at::ITensorListRef&",
    "Tensor?[]": "at::IOptTensorListRef",
    "Scalar": "const at::Scalar&",
    "Scalar?": "at::OptionalScalarRef",
    "SymInt[2]": "at::IntArrayRef",
    "int[1]?": "at::OptionalIntArrayRef",
    "ScalarType?": "std::optional<at::ScalarType>",
    "bool": "bool",
    "str": "std::string_view",
}

RETURNS: Final = {
    "()": "void",
    "Tensor": "at::Tensor",
    "Tensor(a)": "at::Tensor",
    "Tensor(a!)": "at::Tensor&",
    "Tensor?": "std::optional<at::Tensor>",
    "Tensor[]": "std::vector<at::Tensor>",
    "Tensor(a)[]": "std::vector<at::Tensor>",
    "(Tensor, Tensor)": "std::tuple<at::Tensor, at::Tensor>",
    "(Tensor(a!) u, Tensor(b!) v)": "std::tuple<at::Tensor&, at::Tensor&>",
    "(Tensor, Tensor[], int)": "std::tuple<at::Tensor, std::vector<at::Tensor>, int64_t>",
    "Scalar": "at::Scalar",
    "SymInt": "c10::SymInt",
    "SymInt[]": "std::vector<c10::SymInt>",
    "bool": "bool",
    "bool[]": "c10::List<bool>",
    "float": "double",
    "str": "std::string",
    "str[]": "std::vector<std::string>",
    "QScheme": "at::QScheme",
    "ScalarType": "at::ScalarType",
    "Generator?": "std::optional<at::Generator>",
    "((int, str) pair)": "std::tuple<std::tuple<int64_t, std::string>>",
    THING: "c10::intrusive_ptr<my::Thing>",
}

NO_PARAMETERS: Final = (
    "Dimname",
    "Dimname[]?",
    "Dict(Any, int)",
    "Future(Tensor)",
    "Generator",
    "Generator[]",
    "NoneType",
    "Quantizer?",
    "(int, Capsule)",
    "t",
    "t[]",
    "__torch__.torch.classes.my.Other",
)
NO_RETURNS: Final = ("Scalar[]", "Any[]", "Dict(str, Scalar)", "Scalar[]?", "Generator")


def parameter(types: AtenTypes, text: str) -> str:
    (argument,) = parse_schema(f"f({text} x) -> ()").arguments
    return types.parameter(argument)


@pytest.mark.parametrize(("text", "expected"), PARAMETERS.items())
def test_parameters(text: str, expected: str) -> None:
    for symint in (False, True):
        types = AtenTypes(symint=symint, classes=CLASSES)
        assert parameter(types, text) == expected


@pytest.mark.parametrize(("text", "expected"), SYMBOLIC.items())
def test_symbolic_integers(text: str, expected: tuple[str, str]) -> None:
    found = [parameter(AtenTypes(symint=symint), text) for symint in (False, True)]
    assert tuple(found) == expected


@pytest.mark.parametrize(("text", "expected"), STRUCTURED.items())
def test_structured(text: str, expected: str) -> None:
    assert parameter(AtenTypes(symint=False, structured=True), text) == expected


@pytest.mark.parametrize(("text", "expected"), RETURNS.items())
def test_returns(text: str, expected: str) -> None:
    assert (
        AtenTypes(symint=True, classes=CLASSES).returned(parse_schema(f"f() -> {text}"))
        == expected
    )


@pytest.mark.parametrize("text", NO_PARAMETERS)
def test_arguments_without_type(text: str) -> None:
    schema = parse_schema(f"f(int n, {text} x) -> ()")
    with pytest.raises(NoAtenTypeError, match='of "x" has no C') as caught:
        AtenTypes(symint=True).parameters(schema)
    assert caught.value.argument is schema.arguments[1]


@pytest.mark.parametrize("text", NO_RETURNS)
def test_returns_without_type(text: str) -> None:
    with pytest.raises(NoAtenTypeError, match=" has no C"):
        AtenTypes(symint=True).returned(parse_schema(f"f() -> {text}"))


def test_everything_without_type() -> None:
    types = AtenTypes(symint=True)
    schema = parse_schema("f(Generator g, int n, ...) -> (Scalar[] values, int, ...)")
    assert [str(problem) for problem in types.problems(schema)] == [
        "further arguments (...) have no C++ type",
        'Generator of "g" has no C++ type',
        "further returns (...) have no C++ type",
        'Scalar[] of "values" has no C++ type',
    ]
    with pytest.raises(NoAtenTypeError, match="further arguments"):
        types.parameters(schema)
    with pytest.raises(NoAtenTypeError, match="further returns"):
        types.returned(schema)
    fine = parse_schema("f(Tensor x, *, Generator? g=None) -> Tensor")
    assert not list(types.problems(fine))


def test_order_of_the_schema() -> None:
    schema = parse_schema(
        "empty(SymInt[] size, *, ScalarType? dtype=None, bool? pin_memory=None,"
        " Tensor(a!) out) -> Tensor(a!)"
    )
    assert AtenTypes(symint=True).parameters(schema) == (
        "c10::SymIntArrayRef",
        "std::optional<at::ScalarType>",
        "std::optional<bool>",
        "at::Tensor&",
    )


def test_what_the_operator_asks_for() -> None:
    """Fields of its entry change the types of its kernels."""
    schema = parse_schema("f(Tensor(a!) x, Tensor[] y, Tensor?[] z) -> Tensor(a!)")
    assert AtenTypes(symint=True, const_written=True).parameters(schema) == (
        "const at::Tensor&",
        "at::TensorList",
        "const c10::List<std::optional<at::Tensor>>&",
    )
    assert (
        AtenTypes(symint=True, const_written=True).returned(schema)
        == "const at::Tensor&"
    )
    assert AtenTypes(symint=True, structured_group=True).parameters(schema) == (
        "at::Tensor&",
        "const at::ITensorListRef&",
        "const c10::List<std::optional<at::Tensor>>&",
    )


POOL: Final = parse_schema(
    "pool.out(Tensor self, int[2] size, int[2] pad=0, *, Tensor(a!) out) -> Tensor(a!)"
)


def test_precomputed() -> None:
    entries = [
        "size -> int kH, int kW",
        "pad->DimVector pads ,  MemoryFormat?  format",
        "int[] rest, bool is_empty",
    ]
    found = parse_precomputed(entries, POOL)
    assert {name: [*map(str, v)] for name, v in found.replaced.items()} == {
        "size": ["int kH", "int kW"],
        "pad": ["DimVector pads", "MemoryFormat? format"],
    }
    assert [*map(str, found.added)] == ["int[] rest", "bool is_empty"]
    assert found.names == {"kH", "kW", "pads", "format", "rest", "is_empty"}
    names = ["self", "kH", "kW", "pads", "format", "rest", "is_empty", "out"]
    assert [a.name for a in found.impl_arguments(POOL)] == names
    assert found.impl_types(POOL) == (
        "const at::Tensor&",
        "int64_t",
        "int64_t",
        "at::DimVector",
        "std::optional<at::MemoryFormat>",
        "at::IntArrayRef",
        "bool",
        "const at::Tensor&",
    )


def test_precomputed_may_keep_the_name() -> None:
    found = parse_precomputed(["size -> int size"], POOL)
    assert found.names == {"size"}
    assert found.impl_types(POOL)[1:3] == ("int64_t", "at::IntArrayRef")


def test_nothing_precomputed() -> None:
    found = parse_precomputed([], POOL)
    assert not found.names
    assert found.impl_arguments(POOL) == POOL.arguments
    assert [a.name for a in POOL.arguments if is_out(a)] == ["out"]


# The entries; the message; which entry, and the text in it that the place holds.
MALFORMED: Final = (
    (["int a", "size -> int b"], 'only the last entry can be without "->"', 0, "int a"),
    (["length -> int b"], 'pool.out has no argument "length"', 0, "length"),
    (["  out -> int b"], '"out" is an output, which cannot be replaced', 0, "out"),
    ([" -> int b"], "expected an argument's name", 0, " "),
    (["si ze -> int b"], 'pool.out has no argument "si ze"', 0, "si ze"),
    (["size -> int a", "size -> int b"], '"size" is replaced twice', 1, "size"),
    (["size -> "], 'expected a type and a name, like "int dim"', 0, ""),
    (["size -> int"], 'expected a type and a name, like "int dim"', 0, "int"),
    (["size -> int a, "], 'expected a type and a name, like "int dim"', 0, ""),
    (["size -> int a=1"], 'expected a type and a name, like "int dim"', 0, "int a=1"),
    (
        ["size -> Tensor(a!) t"],
        'expected a type and a name, like "int dim"',
        0,
        "Tensor(a!) t",
    ),
    (
        ["size -> int a) -> () #"],
        'expected a type and a name, like "int dim"',
        0,
        "int a) -> () #",
    ),
    (
        ["size -> int a,  string   b"],
        'unknown type "string", did you mean "str"?',
        0,
        "s",
    ),
    (
        ["size -> int a,  int   class"],
        "expected an argument's name, found the keyword class",
        0,
        "c",
    ),
    (
        ["size -> int a, int KH"],
        '"KH" is all in upper case, which PyTorch has another use for',
        0,
        "KH",
    ),
    (
        ["size -> int a, int pad"],
        '"pad" is also the name of an argument that is not replaced',
        0,
        "pad",
    ),
    (
        ["size -> int a", "int b, int a"],
        '"a" is also the name of a value before',
        1,
        "a",
    ),
)


@pytest.mark.parametrize(("entries", "message", "entry", "place"), MALFORMED)
def test_malformed(entries: list[str], message: str, entry: int, place: str) -> None:
    with pytest.raises(PrecomputedError) as caught:
        parse_precomputed(entries, POOL)
    error = caught.value
    assert (str(error), error.entry) == (message, entry)
    text = entries[entry]
    assert text[error.position : error.position + error.width] == place
    start = text.rindex(place) if entry == 1 or "," in text else text.index(place)
    if place.strip():
        assert error.position == start
