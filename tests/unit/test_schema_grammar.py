"""The grammar of operators' schemas: what is read, how it prints, what is refused."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen.runtime.python.schema import (
    MAX_DEPTH,
    Alias,
    Argument,
    ClassType,
    DictType,
    FunctionSchema,
    GenericType,
    ListType,
    OptionalType,
    SchemaError,
    SchemaType,
    SimpleType,
    TupleType,
    TypeVariable,
    parse_name,
    parse_schema,
)

TENSOR = SimpleType("Tensor")
INT = SimpleType("int")


def argument(text: str) -> Argument:
    """The only argument of a schema."""
    (found,) = parse_schema(f"n::f({text}) -> ()").arguments
    return found


def default(text: str) -> Any:
    found = argument(text)
    assert found.has_default
    return found.default


def test_a_whole_schema() -> None:
    text = "n::f.o(Tensor(a!) x, int[2] y=1, *, str? z=None) -> (Tensor(a!), int count)"
    schema = parse_schema(text)
    a = Alias(("a",), ("a",), True)
    assert schema == FunctionSchema(
        "n::f",
        "o",
        (
            Argument("x", TENSOR, alias=a),
            Argument("y", ListType(INT, 2), (1, 1), True),
            Argument("z", OptionalType(SimpleType("str")), None, True, True),
        ),
        (Argument("", TENSOR, alias=a), Argument("count", INT)),
    )
    assert str(schema) == text
    assert schema.operator_name == "n::f.o"
    assert schema.is_mutable
    assert not schema.is_vararg
    assert not schema.is_varret


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("n::f", ("n", "f", "")),
        ("n::f.o", ("n", "f", "o")),
        ("f", (None, "f", "")),
        ("f.o", (None, "f", "o")),
        (" n :: __f__ . _o ", ("n", "__f__", "_o")),
    ],
)
def test_names(text: str, expected: tuple[str | None, str, str]) -> None:
    assert parse_name(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tensor", TENSOR),
        ("Tensor?", OptionalType(TENSOR)),
        ("Tensor??", OptionalType(TENSOR)),
        ("Tensor[]", ListType(TENSOR)),
        ("Tensor?[]?", OptionalType(ListType(OptionalType(TENSOR)))),
        ("int[3]", ListType(INT, 3)),
        ("int[][3]?", OptionalType(ListType(ListType(INT), 3))),
        ("t", TypeVariable("t")),
        ("tVal[]", ListType(TypeVariable("tVal"))),
        ("t1", TypeVariable("t1")),
        ("()", TupleType(())),
        ("(int, (Tensor?))", TupleType((INT, TupleType((OptionalType(TENSOR),))))),
        ("Dict(str, t)", DictType(SimpleType("str"), TypeVariable("t"))),
        ("Future(t)", GenericType("Future", TypeVariable("t"))),
        ("RRef(int[])[]", ListType(GenericType("RRef", ListType(INT)))),
        ("__torch__.torch.classes.a.B", ClassType("__torch__.torch.classes.a.B")),
        ("SymInt[]", ListType(SimpleType("SymInt"))),
        ("(SymInt, ScalarType)", TupleType((INT, INT))),
        ("DeviceIndex", INT),
        ("None", SimpleType("NoneType")),
    ],
)
def test_types(text: str, expected: SchemaType) -> None:
    found = argument(f"{text} x").type
    assert found == expected
    assert argument(f"{found} x").type == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tensor", None),
        ("Tensor(a)", Alias(("a",), ("a",))),
        ("Tensor(a!)?", Alias(("a",), ("a",), True)),
        ("Tensor(a -> *)", Alias(("a",), ("*",))),
        ("Tensor(a! -> a|b)", Alias(("a",), ("a", "b"), True)),
        ("Tensor(b|a|*)", Alias(("b", "a", "*"), ("b", "a", "*"))),
        ("Tensor[](a)", Alias(("a",), ("a",))),
        ("Tensor(a!)[]", Alias((), (), True, Alias(("a",), ("a",), True))),
        (
            "Tensor(a)[](b!)?",
            Alias(("b",), ("b",), True, Alias(("a",), ("a",))),
        ),
        ("int[2](a!)", Alias(("a",), ("a",), True)),
        ("Dict(str, t)(a)", Alias(("a",), ("a",))),
    ],
)
def test_aliases(text: str, expected: Alias | None) -> None:
    found = argument(f"{text} x")
    assert found.alias == expected
    assert found.is_write is (expected is not None and expected.is_write)
    assert str(found) == f"{text} x"


@pytest.mark.parametrize(
    ("text", "expected", "printed"),
    [
        ("int x=1", 1, "1"),
        ("int x=- 1", -1, "-1"),
        ("int x=007", 7, "7"),
        ("int x=1.5", 1.5, "1.5"),
        ("int x=True", True, "True"),
        ("int x=Mean", 1, "1"),
        ("bool x=False", False, "False"),
        ("float x=1", 1.0, "1."),
        ("float x=.5", 0.5, "0.5"),
        ("float x=1e-5", 1e-5, "1.0000000000000001e-05"),
        ("float x=1e17", 1e17, "100000000000000000."),
        ("float x=1e22", 1e22, "1e+22"),
        ("float? x=1", 1, "1"),
        ("complex x=-1.5j", complex(0.0, -1.5), "0.-1.5j"),
        ("complex x=1+2j", 1 + 2j, "1.+2.j"),
        ("Scalar x=2.", 2.0, "2."),
        ("Tensor? x=None", None, "None"),
        ("ScalarType x=double", 7, "7"),
        ("ScalarType? x=long", 4, "4"),
        ("Layout x=strided", 0, "0"),
        ("MemoryFormat? x=contiguous_format", 0, "0"),
        ("Device x='a:1'", "a:1", '"a:1"'),
        ("str x='a'", "a", '"a"'),
        ('str? x="it\'s"', "it's", '"it\\\'s"'),
        ("str x='\\\\n'", "\\n", '"\\\\n"'),
        ("str x='\\n\\t\\033\\303\\251'", "\n\t\033é", '"\\n\\t\\033\\303\\251"'),
        ("str x='é'", "é", '"\\303\\251"'),
        ("int[] x=[]", (), "[]"),
        ("int[] x=[1,-2]", (1, -2), "[1, -2]"),
        ("int[] x=[1, 1]", (1, 1), "[1, 1]"),
        ("int[2] x=1", (1, 1), "1"),
        ("int[2] x=[1, 1]", (1, 1), "1"),
        ("int[2] x=[1, 1, 1]", (1, 1, 1), "[1, 1, 1]"),
        ("int[1] x=1", (1,), "[1]"),
        ("int[0] x=1", (), "[]"),
        ("SymInt[2] x=1", (1, 1), "[1, 1]"),
        ("float[2] x=1", (1.0, 1.0), "[1., 1.]"),
        ("bool[2] x=[True,False]", (True, False), "[True, False]"),
        ("complex[] x=[1j]", (1j,), "[0.+1.j]"),
        ("ScalarType[] x=[double]", (7,), "[7]"),
    ],
)
def test_defaults(text: str, expected: object, printed: str) -> None:
    found = default(text)
    assert repr(found) == repr(expected)
    assert str(argument(text)) == f"{text.partition('=')[0]}={printed}"
    assert repr(default(str(argument(text)))) == repr(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("n::f() -> ()", "n::f() -> ()"),
        ("n::f(*)->()", "n::f() -> ()"),
        ("n::f(...) -> (...)", "n::f(...) -> ..."),
        ("n::f() -> (Tensor, ...)", "n::f() -> (Tensor, ...)"),
        ("n::f() -> (Tensor x)", "n::f() -> Tensor x"),
        ("n::f() -> ((int, int) x)", "n::f() -> ((int, int) x)"),
        (
            "n::f(int a, # why\n *, int b, ...) -> ()",
            "n::f(int a, *, int b, ...) -> ()",
        ),
    ],
)
def test_printing(text: str, expected: str) -> None:
    assert str(parse_schema(text)) == expected
    assert str(parse_schema(expected)) == expected


def test_what_a_dispatcher_asks() -> None:
    types = ["Tensor", "Tensor?", "Tensor[]", "Tensor?[]", "Tensor?[]?", "Tensor[][]"]
    found = [argument(f"{text} x") for text in [*types, "int", "int[]"]]
    assert [a.is_tensor for a in found] == [True] + [False] * 7
    assert [a.is_optional_tensor for a in found] == [False, True] + [False] * 6
    assert [a.is_tensor_list for a in found] == [False] * 2 + [True] * 3 + [False] * 3
    assert not parse_schema("n::f(Tensor(a) x) -> Tensor(a!)").is_mutable
    assert parse_schema("n::f(Tensor(a!)[] x) -> ()").is_mutable
    assert parse_schema("f(int x, int x) -> ()").operator_name == "f"


def test_values() -> None:
    """Immutable, hashable, copied and pickled; equal only if they are the same."""
    schema = parse_schema("n::f(Tensor(a!)[] x, (int, t)? y, str z='') -> Future(t)")
    for copied in (copy.deepcopy(schema), pickle.loads(pickle.dumps(schema))):
        assert copied == schema
        assert hash(copied) == hash(schema)
    assert OptionalType(TENSOR) != ListType(TENSOR)
    assert SimpleType("t") != TypeVariable("t")
    assert argument("Scalar x=1") != argument("Scalar x=1.0")
    assert argument("Scalar x=1") != argument("Scalar x=True")
    assert argument("int x") != argument("int x=None")
    assert repr(ListType(INT, 2)) == "ListType(element=SimpleType(name='int'), size=2)"
    assert repr(argument("*, int x=1")) == "Argument('int x=1', kwarg_only=True)"
    assert repr(parse_schema("f()->()")) == "parse_schema('f() -> ()')"
    with pytest.raises(AttributeError, match="FunctionSchema is immutable"):
        schema.name = "m::g"
    with pytest.raises(AttributeError, match="SimpleType is immutable"):
        del TENSOR.name


# Text, with a ^ before the place of the error; message.
ERRORS = {
    "^": "expected an operator's name, found the end",
    "^(": 'expected an operator\'s name, found "("',
    "n::^": "expected an operator's name, found the end",
    "n::^if() -> ()": "expected an operator's name, found the keyword if",
    "n:^f() -> ()": 'expected ":", found "f"',
    "n::m^::f() -> ()": 'expected "(", found ":"',
    "n::f^": 'expected "(", found the end',
    "n::f.^() -> ()": 'expected an overload\'s name, found "("',
    "n::f.^default() -> ()": 'an overload cannot be called "default"',
    "n::f.^__x() -> ()": 'an overload cannot be called "__x"',
    "n::f()^": 'expected "->", found the end',
    "n::f() ^- > ()": 'expected "->", found "-"',
    "n::f() -> ^": "expected a return's type, found the end",
    "n::f() -> ()^;": "unexpected character ';'",
    "n::f(^Tnsor x) -> ();": 'unknown type "Tnsor", did you mean "Tensor"?',
    "n::f() -> () ^x": 'expected the end, found "x"',
    "n::f() -> (Tensor,^)": 'expected a return\'s type, found ")"',
    "n::f() -> (^..., int)": '"..." must be the last return',
    "n::f(^..., int x) -> ()": '"..." must be the last argument',
    "n::f(int x,^) -> ()": 'expected an argument\'s type, found ")"',
    "n::f(^1 x) -> ()": "expected an argument's type, found the number 1",
    "n::f(^'a' x) -> ()": "expected an argument's type, found the string 'a'",
    "n::f(int^) -> ()": 'expected an argument\'s name, found ")"',
    "n::f(int x ^int y) -> ()": 'expected ")", found "int"',
    "n::f(int x=1, Tensor ^y) -> ()": 'argument "y" has no default, but one before it has',
    "n::f(Tensor ^é) -> ()": "unexpected character 'é'",
    "n::f(^Tnsor x) -> ()": 'unknown type "Tnsor", did you mean "Tensor"?',
    "n::f(^tensor x) -> ()": 'unknown type "tensor", did you mean "Tensor"?',
    "n::f(^string x) -> ()": 'unknown type "string", did you mean "str"?',
    "n::f(^dict x) -> ()": 'unknown type "dict", did you mean "Dict"?',
    "n::f(^Qqq x) -> ()": 'unknown type "Qqq"',
    "n::f(^torch.classes.a.B x) -> ()": (
        'unknown type "torch", did you mean "__torch__.torch.classes"?'
    ),
    "n::f(__torch__.^x y) -> ()": 'expected "torch", found "x"',
    "n::f(__torch__.torch.classes.a ^x) -> ()": 'expected ".", found "x"',
    "n::f(Dict(str^) x) -> ()": 'expected ",", found ")"',
    "n::f(Dict(^t, str) x) -> ()": "a dictionary's key cannot be t",
    "n::f(Future^ x) -> ()".replace("^ ", " ^"): 'expected "(", found "x"',
    "n::f((int^[2], str) x) -> ()": 'expected ")", found "["',
    "n::f(NoneType^? x) -> ()": "NoneType cannot be optional",
    "n::f(int[^-1] x) -> ()": 'expected a size, found "-"',
    "n::f(int[^1.5] x) -> ()": "expected a size, found the number 1.5",
    "n::f(int[^2147483648] x) -> ()": "the size does not fit into 32 bits",
    "n::f(Tensor?^(a) x) -> ()": 'expected an argument\'s name, found "("',
    "n::f(Tensor(^!) x) -> ()": 'expected an alias set, found "!"',
    "n::f(Tensor(a^ b) x) -> ()".replace("^ ", " ^"): 'expected ")", found "b"',
    "n::f(Tensor^! x) -> ()": "what is written to is in a set, like Tensor(a!)",
    "n::f(int x=^) -> ()": 'expected a constant, found ")"',
    "n::f(int x=-^-1) -> ()": 'expected a number, found "-"',
    "n::f(int x=^[1]) -> ()": 'expected a constant, found "["',
    "n::f(int x=^if) -> ()": "expected a constant, found the keyword if",
    "n::f(int x=^mean) -> ()": 'unknown constant "mean"',
    "n::f(int x=^double) -> ()": 'unknown constant "double"',
    "n::f(int x=^'a') -> ()": "expected a constant that is no string, found the string 'a'",
    "n::f(int x=0^x1) -> ()": 'expected ")", found "x1"',
    "n::f(int x=^9223372036854775808) -> ()": "the number does not fit into 64 bits",
    "n::f(float x=^1e999) -> ()": "the number does not fit into a float",
    "n::f(float x=^1e-999) -> ()": "the number does not fit into a float",
    "n::f(complex x=^1) -> ()": "a complex default ends in j",
    "n::f(complex x=1+^2) -> ()": "expected an imaginary number, found the number 2",
    "n::f(Tensor x=^1) -> ()": "expected None, found the number 1",
    "n::f(Device x=^None) -> ()": "expected a string, found the keyword None",
    "n::f(t x=^None) -> ()": "an argument of type t cannot have a default",
    "n::f(str[] x=^[]) -> ()": "an argument of type str[] cannot have a default",
    "n::f(int[] x=^1) -> ()": 'expected "[", found the number 1',
    "n::f(int[2] x=^long) -> ()": 'expected a constant, found "long"',
    "n::f(int[] x=[^1.5]) -> ()": "a list of type int[] cannot hold this constant",
    "n::f(int[] x=[1,^]) -> ()": 'expected a constant, found "]"',
    "n::f(int[70000] x=^1) -> ()": "a default of more than 65536 elements",
    "n::f(str x=^'a) -> ()": "the string has no end",
    "n::f(str x='a^\\q') -> ()": "unknown escape in the string",
    "n::f(str x='\\\\a^\\400') -> ()": "unknown escape in the string",
    "n::f(str x=^'\\377') -> ()": "the string's bytes are not UTF-8",
}


@pytest.mark.parametrize("marked", ERRORS)
def test_errors(marked: str) -> None:
    text = marked.replace("^", "", 1)
    with pytest.raises(SchemaError) as caught:
        parse_schema(text)
    error = caught.value
    assert (error.message, error.text) == (ERRORS[marked], text)
    assert error.position == marked.index("^")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_an_error_shows_its_place() -> None:
    with pytest.raises(SchemaError) as caught:
        parse_schema("n::f(\n\tTnsor x) -> ()")
    assert str(caught.value) == (
        'unknown type "Tnsor", did you mean "Tensor"?\n   Tnsor x) -> ()\n   ^'
    )
    with pytest.raises(SchemaError) as caught:
        parse_name("n::f.o()")
    assert str(caught.value) == 'expected the end, found "("\n  n::f.o()\n        ^'


@pytest.mark.parametrize(
    "nested",
    [
        lambda n: "(" * n + "int" + ")" * n,
        lambda n: "Future(" * n + "int" + ")" * n,
        lambda n: "Dict(int, " * n + "int" + ")" * n,
        lambda n: "int" + "[]" * n,
        lambda n: "int" + "[]?" * (n // 2) + "[]" * (n % 2),
        lambda n: "(" * (n // 2) + "int" + "[]" * (n - n // 2) + ")" * (n // 2),
    ],
)
def test_depth(nested: Any) -> None:
    """As deep as allowed and no deeper; far too deep costs nothing."""
    assert argument(f"{nested(MAX_DEPTH - 1)} x")
    for depth in (MAX_DEPTH, 100_000):
        with pytest.raises(SchemaError, match=f"more than {MAX_DEPTH} types deep"):
            argument(f"{nested(depth)} x")


def test_long_texts_end() -> None:
    with pytest.raises(SchemaError, match="64 bits"):
        argument(f"int x={'9' * 10_000}")
    with pytest.raises(SchemaError, match="unknown type"):
        argument(f"{'X' * 100_000} x")
    assert len(parse_schema(f"f({'int x, ' * 5000}int y) -> ()").arguments) == 5001


# ---- generated schemas

NAMES = st.sampled_from(["a", "x", "self", "from", "_1", "Tensor", "t2", "long"])
SIMPLE = st.sampled_from(
    "Tensor int SymInt float bool str Scalar ScalarType Device Any t tVal".split()
)
INNER = st.sampled_from(["Tensor", "int", "float", "bool", "str", "Scalar", "Any", "t"])
SETS = st.sampled_from(["a", "b!", "a|b", "*", "a -> *", "a! -> a|b", "a|*"])
ALIASES = st.one_of(st.just(""), SETS.map("({})".format))


def types(base: st.SearchStrategy[str], depth: int = 2) -> st.SearchStrategy[str]:
    """Types that print as they are written."""
    annotated = st.builds(
        "{}{}".format, base, ALIASES if base is SIMPLE else st.just("")
    )
    choices = [annotated]
    if depth:
        inner = types(INNER, depth - 1)
        choices += [
            st.lists(inner, max_size=3).map(lambda e: f"({', '.join(e)})"),
            inner.map("Future({})".format),
            st.builds("Dict({}, {})".format, st.sampled_from(["str", "int"]), inner),
            st.just("__torch__.torch.classes.a.B"),
        ]
    suffix = st.sampled_from(["", "", "?", "[]", "[]?", "?[]", "[][]", "?[]?"])
    return st.builds("{}{}".format, st.one_of(choices), suffix)


STRINGS = st.text(max_size=8)
FLOATS = st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False)
WITH_DEFAULT = st.one_of(
    st.integers(-(1 << 63), (1 << 63) - 1).map("int {{}}={}".format),
    FLOATS.map("float {{}}={!r}".format),
    FLOATS.map("complex {{}}={!r}j".format),
    st.booleans().map("bool? {{}}={}".format),
    st.lists(st.integers(-3, 3)).map("int[2] {{}}={}".format),
    st.lists(FLOATS).map("float[] {{}}={}".format),
    st.integers(0, 5).map("SymInt[{0}] {{}}={0}".format),
    st.just("Tensor(a)?[]? {}=None"),
    st.just("str {}='a\"\\033\\\\'"),
)


TYPES = types(SIMPLE)
NAMED = st.builds("{} {}".format, TYPES, NAMES)
NAMED_WITH_DEFAULT = st.builds(
    lambda text, name: text.format(name), WITH_DEFAULT, NAMES
)


def join(
    overload: str,
    positional: list[str],
    optional: list[str],
    keyword: list[str],
    dots: list[str],
    returns: list[str],
) -> str:
    star = ["*"] if keyword else []
    arguments = ", ".join([*positional, *optional, *star, *keyword, *dots])
    return f"n::f{overload}({arguments}) -> ({', '.join(returns)})"


SCHEMAS = st.builds(
    join,
    st.sampled_from(["", ".o"]),
    st.lists(NAMED, max_size=3),
    st.lists(NAMED_WITH_DEFAULT, max_size=3),
    st.lists(NAMED, max_size=2),
    st.sampled_from([[], ["..."]]),
    st.lists(TYPES, max_size=3),
)


@given(SCHEMAS)
@settings(max_examples=200, deadline=None)
def test_what_is_printed_is_read_again(text: str) -> None:
    printed = str(parse_schema(text))
    again = parse_schema(printed)
    assert str(again) == printed
    # -0.0 prints as 0., as in PyTorch; everything else is what it was.
    if "-0.0" not in text:
        assert again == parse_schema(text)


@given(STRINGS)
@settings(max_examples=200, deadline=None)
def test_every_string_is_read_as_it_was(value: str) -> None:
    schema = FunctionSchema(
        "f", "", (Argument("x", SimpleType("str"), value, True),), ()
    )
    assert parse_schema(str(schema)) == schema


@given(SCHEMAS, st.data())
@settings(max_examples=200, deadline=None)
def test_changed_texts_raise_nothing_else(text: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 5)))
        insert = data.draw(
            st.one_of(st.sampled_from("()[]?!*|,.:=-'\"\\#1ej"), STRINGS)
        )
        text = text[:start] + insert + text[end:]
    printed = printed_or_error(text)
    if printed is not None:
        assert printed_or_error(printed) == printed


@given(st.text(alphabet="ntf:.(a!)[]?|*-> ,=1ej'\"\\#\n", max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_text_raises_nothing_else(text: str) -> None:
    for prefix in ("", "n::f(", "n::f(int x=", "n::f() -> "):
        printed_or_error(prefix + text)


def printed_or_error(text: str) -> str | None:
    """How a schema prints; None if it is refused, with an error that shows its place."""
    try:
        return str(parse_schema(text))
    except SchemaError as error:
        position, shown = error.position, str(error)
    assert 0 <= position <= len(text)
    assert shown.endswith("^")
    assert len(shown.split("\n")) == 3
    return None
