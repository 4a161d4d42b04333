"""Arguments: what each type of a schema takes as it is, converts and refuses."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from collections import UserList
from enum import IntEnum
from fractions import Fraction
from itertools import count
from typing import Any

import pytest

import generated as g
from generated import DispatchKey, Library
from tests.dispatch.tensors import CPU, CUDA, Tensor, raw

_numbers = count()


class Int(int):
    pass


class Float(float):
    pass


class Str(str):
    pass


class Number(IntEnum):
    THREE = 3


class Index:
    def __index__(self) -> int:
        return 7


class Half:
    def __float__(self) -> float:
        return 0.5


def says(text: str) -> str:
    return f"^{re.escape(text)}$"


def operator(lib: Library, arguments: str, kernel: Any = None) -> Any:
    """An operator whose CPU kernel returns what it is given."""
    name = f"f{next(_numbers)}"
    lib.define(f"{name}({arguments}) -> ()")
    kernel = kernel or (lambda *args, **kwargs: (args, kwargs))
    lib.impl(name, kernel, "CPU" if "Tensor" in arguments else "BackendSelect")
    return getattr(getattr(g.ops, lib.ns), name)


def given(lib: Library, kind: str, value: Any) -> Any:
    """What a kernel sees of a value of a type, by position, by name and redispatched."""
    seen = []
    for arguments, by_name in (
        (f"Tensor t, {kind} a", False),
        (f"Tensor t, *, {kind} a", True),
    ):
        call = operator(lib, arguments, lambda t, a: a)
        if not by_name:
            seen.append(call(CPU, value))
            seen.append(call.redispatch(raw(DispatchKey.CPU), CPU, value))
        else:
            seen.append(call.redispatch(raw(DispatchKey.CPU), CPU, a=value))
        seen.append(call(CPU, a=value))
    first, *rest = seen
    for other in rest:
        assert (type(other), repr(other)) == (type(first), repr(first))
    return first


def refused(lib: Library, kind: str, value: Any, shown: str = "") -> None:
    call = operator(lib, f"Tensor t, {kind} a")
    schema = call.schema
    message = says(
        f"{schema.operator_name}(): argument 'a' (position 2) must be "
        f"{schema.arguments[1].type}, not {shown or type(value).__name__}\nschema: {schema}"
    )
    for use in (
        lambda: call(CPU, value),
        lambda: call(CPU, a=value),
        lambda: call.redispatch(raw(DispatchKey.CPU), CPU, value),
    ):
        with pytest.raises(TypeError, match=message) as caught:
            use()
        assert isinstance(caught.value, RuntimeError)
        assert caught.value.__cause__ is None


# Single values

TAKEN = [
    ("int", 3, 3),
    ("int", -1, -1),
    ("int", 1 << 70, 1 << 70),
    ("int", True, 1),
    ("int", Int(3), 3),
    ("int", Number.THREE, 3),
    ("int", Index(), 7),
    ("SymInt", 3, 3),
    ("float", 1.5, 1.5),
    ("float", 2, 2.0),
    ("float", True, 1.0),
    ("float", Float(1.5), 1.5),
    ("float", Half(), 0.5),
    ("float", Fraction(1, 2), 0.5),
    ("bool", True, True),
    ("bool", False, False),
    ("bool", 1, True),
    ("bool", 0.0, False),
    ("str", "x", "x"),
    ("Scalar", 3, 3),
    ("Scalar", 1.5, 1.5),
    ("Scalar", True, True),
    ("Scalar", 1j, 1j),
    ("Scalar", Index(), 7),
    ("Scalar", Half(), 0.5),
    ("complex", 1j, 1j),
    ("complex", 2, 2 + 0j),
    ("complex", 1.5, 1.5 + 0j),
    ("int?", None, None),
    ("int?", True, 1),
    ("float?", 2, 2.0),
    ("bool?", None, None),
    ("str?", "x", "x"),
    ("Scalar?", None, None),
    ("Scalar?", 2, 2),
]


@pytest.mark.parametrize(("kind", "value", "seen"), TAKEN)
def test_taken(lib: Library, kind: str, value: Any, seen: Any) -> None:
    found = given(lib, kind, value)
    assert found == seen
    assert type(found) is type(seen)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *(("int", value) for value in (1.0, "1", None, 1j, [1], CPU, Half())),
        *(("SymInt", value) for value in (1.0, "1", None)),
        *(("float", value) for value in ("1", None, 1j, [1.0], CPU)),
        *(("bool", value) for value in ("x", None, [True])),
        *(("str", value) for value in (1, None, b"x", ["x"])),
        *(("Scalar", value) for value in ("1", None, [1], CPU)),
        *(("complex", value) for value in ("1", None, [1])),
        *(("int?", value) for value in (1.5, "1")),
        *(("float?", value) for value in ("1", [1.0])),
        ("str?", 1),
        ("Scalar?", "1"),
    ],
)
def test_refused(lib: Library, kind: str, value: Any) -> None:
    refused(lib, kind, value)


def test_strings_of_a_derived_class(lib: Library) -> None:
    assert given(lib, "str", Str("x")) == "x"


class BadFloat:
    def __float__(self) -> float:
        raise TypeError("no number")


class BadIndex:
    def __index__(self) -> int:
        raise ValueError("no index")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("float", 10**400),
        ("Scalar?", BadFloat()),
        ("float", BadFloat()),
        ("float[]", [10**400]),
        ("int", BadIndex()),
        ("int[]", [1, BadIndex()]),
    ],
    ids=lambda value: str(value)[:12],
)
def test_conversions_that_fail(lib: Library, kind: str, value: Any) -> None:
    """The error says which argument of which operator it was."""
    call = operator(lib, f"Tensor t, {kind} a")
    with pytest.raises(
        Exception, match=rf"{call.schema.operator_name}\(\): argument 'a'"
    ):
        call(CPU, value)


@pytest.mark.parametrize(
    "kind",
    [
        "ScalarType",
        "Device",
        "Layout",
        "MemoryFormat",
        "Generator?",
        "Any",
        "Stream",
        "Storage",
    ],
)
def test_types_without_a_test(lib: Library, kind: str) -> None:
    """Theirs is for others to know: any object, itself."""
    value = object()
    assert given(lib, kind, value) is value
    assert given(lib, kind, None) is None


# NumPy's scalars


@pytest.mark.parametrize(
    ("kind", "name", "seen"),
    [
        ("int", "int64", 2),
        ("int", "uint8", 2),
        ("float", "float32", 2.0),
        ("float", "float64", 2.0),
        ("float", "int32", 2.0),
        ("bool", "bool_", True),
        ("Scalar", "int64", 2),
        ("Scalar", "float32", 2.0),
        ("Scalar", "float64", 2.0),
        ("Scalar", "bool_", True),
        ("complex", "complex64", 2 + 0j),
        ("complex", "float32", 2 + 0j),
    ],
)
def test_numpy_scalars(lib: Library, kind: str, name: str, seen: Any) -> None:
    numpy = pytest.importorskip("numpy")
    found = given(lib, kind, getattr(numpy, name)(2))
    assert found == seen
    if name not in ("float64", "complex128"):
        assert type(found) is type(seen)


@pytest.mark.parametrize(
    ("kind", "name"),
    [("int", "float64"), ("int", "float32"), ("bool", "int64"), ("str", "int64")],
)
def test_numpy_scalars_that_are_refused(lib: Library, kind: str, name: str) -> None:
    numpy = pytest.importorskip("numpy")
    refused(lib, kind, getattr(numpy, name)(2))


def test_numpy_arrays_are_lists(lib: Library) -> None:
    numpy = pytest.importorskip("numpy")
    assert given(lib, "int[]", numpy.arange(3)) == [0, 1, 2]
    assert given(lib, "float[]", numpy.arange(2)) == [0.0, 1.0]


# Lists


@pytest.mark.parametrize(
    ("kind", "value", "seen"),
    [
        ("int[]", [1, 2], [1, 2]),
        ("int[]", (1, 2), [1, 2]),
        ("int[]", [], []),
        ("int[]", [True, Int(2), Index()], [1, 2, 7]),
        ("int[]", range(3), [0, 1, 2]),
        ("int[]", UserList([1]), [1]),
        ("int[2]", 3, [3, 3]),
        ("int[2]", True, [1, 1]),
        ("int[2]", [1, 2], [1, 2]),
        ("int[2]?", None, None),
        ("int[2]?", 3, [3, 3]),
        ("SymInt[2]", 3, [3, 3]),
        ("int?[]", [1, None], [1, None]),
        ("float[]", [1, 2.5], [1.0, 2.5]),
        ("float[]?", None, None),
        ("float[]?", [1], [1.0]),
        ("str[]", ["a", "b"], ["a", "b"]),
        ("Scalar[]", [1, 1.5, True], [1, 1.5, True]),
    ],
)
def test_lists(lib: Library, kind: str, value: Any, seen: Any) -> None:
    found = given(lib, kind, value)
    assert repr(found) == repr(seen)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("int[]", 1),
        ("int[]", None),
        ("int[]", "12"),
        ("int[]", [1, "2"]),
        ("int[]", [1, 2.0]),
        ("int[]", [None]),
        ("int[]", {1: 2}),
        ("int[2]", "12"),
        ("int[2]", 1.5),
        ("int[2]", None),
        ("int?[]", [1.5]),
        ("float[]", 1.0),
        ("bool[]", ["x"]),
        ("bool[3]", True),
        ("str[]", "ab"),
        ("str[]", [b"a"]),
        ("Scalar[]", ["a"]),
        ("Scalar[]", [None]),
    ],
)
def test_lists_that_are_refused(lib: Library, kind: str, value: Any) -> None:
    refused(lib, kind, value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("int[][]", [["a"]]),
        ("int[][]", [1]),
        ("float[]?[]", [["a"]]),
        ("int[][]", ["12"]),
    ],
)
def test_lists_of_lists_that_are_refused(lib: Library, kind: str, value: Any) -> None:
    refused(lib, kind, value)


def test_lists_are_handed_on_as_they_are(lib: Library) -> None:
    """No copy is made of what fits: kernels can write to it."""
    value = [1, 2]
    assert given(lib, "int[]", value) is value
    tensors = (CPU, CPU)
    assert given(lib, "Tensor[]", tensors) is tensors


def test_iterators_are_read_once(lib: Library) -> None:
    call = operator(lib, "Tensor[] a, int[] b")
    (tensors, numbers), _ = call((t for t in [CPU, CPU]), iter([1, 2]))
    assert (tensors, numbers) == ([CPU, CPU], [1, 2])


# Tensors


class Raises:
    """What reads its keyset gets an error."""

    def __init__(self, error: Exception) -> None:
        self._error = error
        self.asked = 0

    @property
    def _dispatch_keys(self) -> int:
        self.asked += 1
        raise self._error


def test_tensors_that_are_refused(lib: Library) -> None:
    call = operator(lib, "Tensor a, Tensor b")
    for value in (None, 1, "x", [CPU], object(), CPU._dispatch_keys):
        for args, name, position in (((value, CPU), "a", 1), ((CPU, value), "b", 2)):
            with pytest.raises(
                TypeError,
                match=says(
                    f"{call.name}(): argument '{name}' (position {position}) must be Tensor, "
                    f"not {type(value).__name__}\nschema: {call.schema}"
                ),
            ):
                call(*args)


@pytest.mark.parametrize(
    "keys", [None, "CPU", 1.5, [], g.DispatchKeySet(DispatchKey.CPU)], ids=repr
)
def test_keysets_that_are_no_integers(lib: Library, keys: Any) -> None:
    """What is wrong is said each time, and not only while the caches are empty."""
    tensor = Tensor()
    tensor._dispatch_keys = keys
    for arguments, args in (
        ("Tensor a", (tensor,)),
        ("Tensor a, Tensor b", (CPU, tensor)),
        ("Tensor a, Tensor b", (tensor, tensor)),
        ("Tensor[] a", ([tensor],)),
        ("Tensor? a", (tensor,)),
    ):
        call = operator(lib, arguments)
        call(*([CPU] if "[" in arguments else CPU for _ in args))
        for _ in range(2):
            with pytest.raises(TypeError, match="must be Tensor"):
                call(*args)


def test_keysets_of_derived_integers(lib: Library) -> None:
    tensor = Tensor()
    tensor._dispatch_keys = Int(raw(DispatchKey.CPU))
    assert operator(lib, "Tensor a")(tensor) == ((tensor,), {})


def test_keysets_of_numpy_integers(lib: Library) -> None:
    """Taken or refused, but not one way in the first call and another in the second."""
    numpy = pytest.importorskip("numpy")
    tensor = Tensor()
    tensor._dispatch_keys = numpy.int64(raw(DispatchKey.CPU))

    def ok() -> bool:
        try:
            return bool(call(tensor))
        except TypeError:
            return False

    call = operator(lib, "Tensor a")
    before = ok()
    call(CPU)
    assert ok() == before


@pytest.mark.parametrize("bits", ["-1", "-(1 << 20)", "1 << 64", "(1 << 70) | 1"])
def test_keysets_out_of_range(bits: str) -> None:
    """An error, not an endless loop under the lock: so it runs in its own process."""
    program = f"""
        import generated as g
        lib = g.Library("my", "DEF")
        lib.define("f(Tensor a) -> ()")
        lib.impl("f", lambda a: None, "CPU")
        class Tensor:
            _dispatch_keys = {bits}
        try:
            g.ops.my.f(Tensor())
        except (TypeError, ValueError, RuntimeError) as error:
            assert "my::f" in str(error), error
            print("refused")
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        capture_output=True,
        text=True,
        timeout=10,
    )
    assert done.stdout == "refused\n", done.stderr


def test_keysets_that_cannot_be_read(lib: Library) -> None:
    """A property without the attribute is no tensor; other errors come through."""
    call = operator(lib, "Tensor a, Tensor[] b")
    for error in (
        ValueError("x"),
        ZeroDivisionError("x"),
        KeyError("x"),
        TypeError("x"),
    ):
        for args in ((Raises(error), []), (CPU, [Raises(error)])):
            with pytest.raises(type(error), match="x"):
                call(*args)
    with pytest.raises(TypeError, match=r"argument 'a' \(position 1\) must be Tensor"):
        call(Raises(AttributeError("x")), [])


def test_optional_tensors(lib: Library) -> None:
    call = operator(lib, "Tensor? a, Tensor? b, *, Tensor? c=None")
    assert call(None, CPU) == ((None, CPU), {})
    assert call(CPU, None, c=CPU) == ((CPU, None), {"c": CPU})
    assert call(None, None, c=CPU) == ((None, None), {"c": CPU})
    with pytest.raises(
        TypeError, match=r"argument 'c' \(position 3\) must be Tensor\?, not int\n"
    ):
        call(CPU, None, c=3)


def test_all_tensors_count(lib: Library) -> None:
    """In lists and optional ones, each alone decides."""
    call = operator(lib, "Tensor? a, Tensor[] b, Tensor?[] c, *, Tensor? d=None")
    empty = {"a": None, "b": [], "c": [], "d": None}
    for name, value in {"a": CUDA, "b": [CUDA], "c": [None, CUDA], "d": CUDA}.items():
        with pytest.raises(NotImplementedError, match="no kernel for CUDA"):
            call(**{**empty, name: value})
    for name, value in {"a": CPU, "b": (CPU,), "c": (None, CPU), "d": CPU}.items():
        assert call(**{**empty, name: value})


def test_lists_that_do_not_count(lib: Library) -> None:
    """PyTorch does not look into optional lists and lists of lists."""
    call = operator(lib, "Tensor a, Tensor[]? b, Tensor[][] c")
    for _ in range(2):
        assert call(CPU, [CUDA], [[CUDA]]) == ((CPU, [CUDA], [[CUDA]]), {})


def test_lists_of_tensors_that_are_refused(lib: Library) -> None:
    call = operator(lib, "Tensor[] a, Tensor?[] b")
    for args, name, what in (
        (([None], []), "a", "Tensor[], not list (its item 0 is NoneType)"),
        (([CPU, 3], []), "a", "Tensor[], not list (its item 1 is int)"),
        (((CPU, 3), []), "a", "Tensor[], not tuple (its item 1 is int)"),
        (([], [None, "x"]), "b", "Tensor?[], not list (its item 1 is str)"),
        ((CPU, []), "a", "Tensor[], not Tensor"),
        ((None, []), "a", "Tensor[], not NoneType"),
    ):
        position = "ab".index(name) + 1
        with pytest.raises(
            TypeError,
            match=says(
                f"{call.name}(): argument '{name}' (position {position}) must be {what}\n"
                f"schema: {call.schema}"
            ),
        ):
            call(*args)


# Defaults


def test_defaults(lib: Library) -> None:
    """The kernel has the operator's parameters, and sees the defaults."""
    call = operator(
        lib,
        'Tensor a, int b=-1, float c=1e-5, bool d=True, str e="x y", int[2] f=3, int[] g=[], '
        "Tensor? h=None, *, Scalar i=2, float? j=None",
        lambda a, b, c, d, e, f, g, h, *, i, j: [b, c, d, e, f, g, h, i, j],
    )
    seen = [-1, 1e-5, True, "x y", [3, 3], [], None, 2, None]
    assert repr(call(CPU)) == repr(seen)
    assert repr(call.redispatch(raw(DispatchKey.CPU), CPU)) == repr(seen)


def test_kernels_without_the_defaults(lib: Library) -> None:
    """A kernel of fewer parameters, as PyTorch has them too."""
    call = operator(lib, "Tensor a, int b=1, int c=2, *, int d=3", lambda a: a)
    assert call(CPU) is CPU
    assert call(CPU, 1, 2, d=3) is CPU
    with pytest.raises(TypeError, match="positional argument"):
        call(CPU, 5)


def test_kernels_that_are_objects(lib: Library) -> None:
    """Partials, bound methods, classes and callables get what functions get."""
    from functools import partial

    class Kernel:
        def __call__(self, a: Any) -> Any:
            return a

        def method(self, a: Any) -> Any:
            return a

        @classmethod
        def of_class(cls, a: Any) -> Any:
            return a

    for kernel in (
        Kernel().method,
        Kernel.of_class,
        partial(lambda x, a: a, 1),
        Kernel(),
    ):
        call = operator(lib, "Tensor a, int b=1", kernel)
        assert call(CPU) is CPU


def test_kernels_change_no_default(lib: Library) -> None:
    def append(a: Any, b: Any, c: Any) -> Any:
        b.append(9)
        c.append(9)
        return [*b], [*c]

    call = operator(lib, "Tensor a, int[] b=[1, 2], int[2] c=3", append)
    for _ in range(3):
        assert call(CPU) == ([1, 2, 9], [3, 3, 9])


# Names and numbers of arguments


def test_wrong_numbers_of_arguments(lib: Library) -> None:
    call = operator(lib, "Tensor a, *, int b")
    for args, kwargs, text in (
        ((), {"b": 1}, "missing 1 required positional argument: 'a'"),
        ((CPU,), {}, "missing 1 required keyword-only argument: 'b'"),
        ((CPU, 1), {}, "takes 1 positional argument but 2"),
        ((CPU,), {"b": 1, "c": 2}, "got an unexpected keyword argument 'c'"),
        ((CPU,), {"a": CPU, "b": 2}, "got multiple values for argument 'a'"),
    ):
        with pytest.raises(TypeError, match=f"{re.escape(text)}"):
            call(*args, **kwargs)


def test_no_arguments(lib: Library) -> None:
    assert operator(lib, "")() == ((), {})


COLLIDING = [
    *(
        "after",
        "calls",
        "current",
        "foreign",
        "item",
        "kernel",
        "keys",
        "keyset",
        "live",
    ),
    *(
        "make",
        "more",
        "packed",
        "redispatch",
        "resolve",
        "resolve_after",
        "table",
        "take",
    ),
    *("self", "call", "operator", "function", "args", "kwargs", "values", "cls"),
    *(
        "_check",
        "_missing",
        "_int",
        "_float",
        "_opt_int",
        "_",
        "__x",
        "keys_",
        "_dispatch_keys",
    ),
    *("type", "list", "tuple", "map", "int", "float", "bool", "str", "complex", "set"),
    *("AttributeError", "KeyError", "TypeError", "print", "match", "case"),
]


@pytest.mark.parametrize("name", COLLIDING)
@pytest.mark.parametrize("by_name", [False, True])
def test_names_that_the_functions_use_too(
    lib: Library, name: str, by_name: bool
) -> None:
    """As the name of a tensor, of a number and of a list; called cold and warm."""
    for kind, value, seen in (
        ("Tensor", CPU, CPU),
        ("int", True, 1),
        ("int[2]", 3, [3, 3]),
        ("Tensor?[]", (None, CPU), (None, CPU)),
    ):
        star = "*, " if by_name else ""
        call = operator(
            lib, f"Tensor first, int last, Tensor[] list_, {star}{kind} {name}"
        )
        for _ in range(2):
            expected: Any = (CPU, 2, [CPU], seen), {}
            if by_name:
                expected = (CPU, 2, [CPU]), {name: seen}
            else:
                assert call(CPU, 2, [CPU], value) == expected
            assert call(CPU, 2, [CPU], **{name: value}) == expected
            keys = raw(DispatchKey.CPU)
            assert call.redispatch(keys, CPU, 2, [CPU], **{name: value}) == expected
            with g.IncludeDispatchKeyGuard(DispatchKey.CPU):
                assert call(CPU, 2, [CPU], **{name: value}) == expected


@pytest.mark.parametrize("name", ["from", "lambda", "class", "is", "async", "global"])
def test_names_that_are_keywords(lib: Library, name: str) -> None:
    """Python can pass them by name in a dict; with an underscore is for people."""
    try:
        call = operator(lib, f"Tensor a, int {name}, *, int with=2")
    except ValueError:
        pytest.skip("no name in PyTorch's schemas either")
    assert call(CPU, 3)[0] == (CPU, 3)
    assert call(CPU, **{f"{name}_": 3})[0] == (CPU, 3)
    _, kwargs = call(CPU, 3, with_=4)
    assert kwargs in ({"with": 4}, {"with_": 4})


def test_a_keyword_and_the_same_with_an_underscore(lib: Library) -> None:
    call = operator(lib, "Tensor from, Tensor from_, int from__")
    assert call(CPU, CPU, 3) == ((CPU, CPU, 3), {})
