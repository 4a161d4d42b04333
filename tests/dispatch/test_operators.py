"""What can be done with an operator: call, redispatch, box, ask, dump."""

from __future__ import annotations

import inspect
import re
import traceback
from collections.abc import Callable
from typing import Any

import pytest

import generated as g
from generated import DispatchKey, DispatchKeySet, Library
from tests.dispatch.tensors import AUTOGRAD_CPU, CPU, CUDA, Tensor, raw

Make = Callable[..., Library]
HERE = re.escape(__file__)


def says(text: str) -> str:
    return f"^{re.escape(text)}$"


# Names


def test_names(lib: Library, ops: Any, ns: str) -> None:
    lib.define("f(Tensor a) -> Tensor")
    lib.define("g.one(Tensor a) -> Tensor")
    lib.define("g.two(Tensor a) -> Tensor")
    assert ops.f is ops.f.default
    assert (ops.f.name, ops.f.overload, ops.f.__name__) == (f"{ns}::f", "default", "f")
    assert (ops.g.one.name, ops.g.one.overload) == (f"{ns}::g.one", "one")
    assert ops.g.one.__qualname__ == f"{ns}.g.one"
    assert ops.f.overloads() == ["default"]
    assert ops.g.overloads() == ["one", "two"]
    assert repr(ops.g) == f"<operator {ns}::g: one, two>"
    assert dir(ops) == ["f", "g"]
    assert {"one", "two"} <= set(dir(ops.g))
    assert ns in dir(g.ops)


def test_unknown_names(lib: Library, ops: Any, ns: str) -> None:
    lib.define("square(Tensor a) -> Tensor")
    lib.define("g.one(Tensor a) -> Tensor")
    lib.define("g.two(Tensor a) -> Tensor")
    with pytest.raises(
        AttributeError,
        match=f"^there is no operator {ns}::sqare; did you mean {ns}::square",
    ):
        _ = ops.sqare
    with pytest.raises(
        AttributeError, match=says(f"{ns}::g has no overload 'three', only one, two")
    ):
        _ = ops.g.three


def test_one_overload_that_has_a_name(lib: Library, ops: Any) -> None:
    lib.define("f.only(Tensor a) -> str")
    lib.impl("f.only", lambda a: "only", "CPU")
    assert ops.f.overloads() == ["only"]
    assert ops.f(CPU) == ops.f.only(CPU) == "only"


def test_new_overloads_are_seen(lib: Library, library: Make, ops: Any) -> None:
    lib.define("f(Tensor a) -> str")
    assert ops.f.overloads() == ["default"]
    with library("FRAGMENT") as fragment:
        fragment.define("f.two(Tensor a, Tensor b) -> str")
        assert ops.f.overloads() == ["default", "two"]
    assert ops.f.overloads() == ["default"]
    assert not hasattr(ops.f, "two")


@pytest.mark.parametrize("name", ["__and__", "__iand__", "__invert__", "_private"])
def test_names_with_underscores(lib: Library, ops: Any, name: str) -> None:
    """As `aten::__and__.Tensor`, which PyTorch has."""
    lib.define(f"{name}(Tensor a) -> str")
    lib.impl(name, lambda a: name, "CPU")
    assert getattr(ops, name)(CPU) == name


OWN_NAMES = [
    *("after", "calls", "current", "foreign", "item", "kernel", "keys", "keyset"),
    *("live", "make", "more", "packed", "redispatch", "resolve", "resolve_after"),
    *("table", "take", "self", "call", "_check", "_missing", "_int", "_opt_int"),
    *("type", "list", "tuple", "map", "int", "float", "KeyError", "yield"),
]


@pytest.mark.parametrize("name", OWN_NAMES)
def test_names_that_the_functions_use_too(lib: Library, ops: Any, name: str) -> None:
    lib.define(f"{name}(Tensor a, int b=1, int[] c=[2], *, float d=3.) -> ()")
    lib.impl(name, lambda *args, **kwargs: (args, kwargs), "CPU")
    call = getattr(ops, name)
    assert call(CPU, True, (4,), d=5) == ((CPU, 1, [4]), {"d": 5.0})
    with g.IncludeDispatchKeyGuard(DispatchKey.CPU):
        assert call(CPU, 7) == ((CPU, 7), {})
    keys = raw(DispatchKey.CPU)
    assert call.redispatch(keys, CPU, 7) == ((CPU, 7), {})


# Overloads


@pytest.fixture
def overloaded(lib: Library, ops: Any) -> Any:
    for overload, arguments in {
        "Scalar": "Tensor a, Scalar b",
        "Tensor": "Tensor a, Tensor b",
        "out": "Tensor a, Tensor b, *, Tensor(a!) out",
        "List": "Tensor[] a, str from",
    }.items():
        lib.define(f"f.{overload}({arguments}) -> ()")
        lib.impl(f"f.{overload}", lambda *_, name=overload, **__: name, "CPU")
    return ops.f


def test_the_first_overload_that_fits(overloaded: Any) -> None:
    assert overloaded(CPU, 1) == "Scalar"
    assert overloaded(CPU, 1.5) == "Scalar"
    assert overloaded(CPU, CPU) == "Tensor"
    assert overloaded(CPU, b=CPU) == "Tensor"
    assert overloaded(CPU, CPU, out=CPU) == "out"
    assert overloaded([CPU], "x") == "List"


def test_an_overload_by_the_name_of_a_keyword(overloaded: Any) -> None:
    """What fits by name is called by name, Python's keywords too."""
    assert overloaded.List([CPU], **{"from": "x"}) == "List"
    assert overloaded([CPU], **{"from": "x"}) == "List"


def test_an_overload_by_a_name_that_python_can_write(overloaded: Any) -> None:
    """Stubs give the parameter's name, which is no keyword."""
    assert overloaded.List([CPU], from_="x") == "List"
    assert overloaded([CPU], from_="x") == "List"
    twice = r"List\(\): argument 'from' given twice"
    with pytest.raises(TypeError, match=twice):
        overloaded([CPU], from_="x", **{"from": "y"})
    with pytest.raises(TypeError, match=twice):
        overloaded([CPU], "x", from_="y")


def test_an_overload_with_a_name_that_a_keyword_gets(lib: Library, ops: Any) -> None:
    """A name belongs to the parameter that has it."""
    for overload, more in {"int": "int", "str": "str"}.items():
        lib.define(f"g.{overload}(Tensor a, {more} from, {more} from_) -> ()")
        lib.impl(f"g.{overload}", lambda a, b, c: (b, c), "CPU")
    assert ops.g(CPU, from_=1, from__=2) == (1, 2)
    assert ops.g(CPU, from__="y", **{"from": "x"}) == ("x", "y")


def test_no_overload_fits(overloaded: Any, ns: str) -> None:
    with pytest.raises(
        TypeError,
        match=says(
            f"no overload of {ns}::f fits the arguments:\n"
            f"  {ns}::f.Scalar(): argument 'b' (position 2) must be Scalar, not str\n"
            f"  {ns}::f.Tensor(): argument 'b' (position 2) must be Tensor, not str\n"
            f"  {ns}::f.out(): argument 'out' (position 3) is missing\n"
            f"  {ns}::f.List(): argument 'a' (position 1) must be Tensor[], not Tensor"
        ),
    ) as caught:
        overloaded(CPU, "b")
    assert isinstance(caught.value, RuntimeError)
    with pytest.raises(TypeError, match=r"argument 'b' \(position 2\) is missing\n"):
        overloaded(CPU)
    with pytest.raises(TypeError, match=r"no argument 'c'\n"):
        overloaded(CPU, 1, c=2)
    with pytest.raises(
        TypeError, match=r"3 positional arguments given, at most 2 taken"
    ):
        overloaded(CPU, 1, 2)
    with pytest.raises(TypeError, match="argument 'a' given twice"):
        overloaded(CPU, 1, a=2)


def test_redispatch_and_kernels_of_a_packet(overloaded: Any) -> None:
    assert overloaded.redispatch(raw(DispatchKey.CPU), CPU, 1) == "Scalar"
    assert overloaded.has_kernel_for("CPU")
    assert not overloaded.has_kernel_for("CUDA")


def test_errors_of_kernels_choose_no_other_overload(lib: Library, ops: Any) -> None:
    def fails(*args: Any) -> None:
        raise TypeError("inside")

    lib.define("f.one(Tensor a) -> ()")
    lib.define("f.two(Tensor a) -> ()")
    lib.impl("f.one", fails, "CPU")
    lib.impl("f.two", lambda a: "two", "CPU")
    with pytest.raises(TypeError, match=r"^inside$"):
        ops.f(CPU)


# Redispatch


def test_redispatch(lib: Library, ops: Any) -> None:
    """By an integer or a set, again and again, and after registrations."""
    lib.define("f(Tensor a, *, int b=1) -> ()")
    lib.impl("f", lambda k, a, **b: (k, a, b), "CPU", with_keyset=int)
    cpu, keyset = raw(DispatchKey.CPU), DispatchKeySet(DispatchKey.CPU)
    for _ in range(3):
        assert ops.f.redispatch(cpu, CUDA) == (cpu, CUDA, {})
        assert ops.f.redispatch(keyset, CUDA, b=2) == (cpu, CUDA, {"b": 2})
    lib.impl("f", lambda a: "new", "CPU", allow_override=True)
    assert ops.f.redispatch(keyset, CUDA) == "new"
    assert ops.f.redispatch(cpu, CUDA) == "new"


def test_redispatch_uses_the_set_as_it_is(lib: Library, ops: Any) -> None:
    """Neither what the thread includes and excludes, nor fallthroughs."""
    lib.define("f(Tensor a) -> ()")
    lib.impl("f", lambda k, a: k, "CPU", with_keyset=int)
    lib.impl("f", g.fallthrough_kernel, "AutogradCPU")
    both = AUTOGRAD_CPU._dispatch_keys
    assert ops.f(AUTOGRAD_CPU) == raw(DispatchKey.CPU)
    with g.ExcludeDispatchKeyGuard(DispatchKey.CPU):
        assert ops.f.redispatch(raw(DispatchKey.CPU), CPU) == raw(DispatchKey.CPU)
    with pytest.raises(
        RuntimeError,
        match=r"f: a redispatch reached AutogradCPU, which falls through; only a call "
        "skips such keys, a redispatch uses the keyset it is given: take the key out of "
        r"it$",
    ):
        ops.f.redispatch(both, CPU)


def test_redispatch_by_what_is_no_keyset(lib: Library, ops: Any) -> None:
    lib.define("f(Tensor a) -> ()")
    lib.impl("f", lambda a: "cpu", "CPU")
    for wrong in ("CPU", None, 1.5, [3]):
        with pytest.raises(TypeError):
            ops.f.redispatch(wrong, CPU)


def test_redispatch_by_a_key_is_not_by_its_number(lib: Library, ops: Any) -> None:
    """A key is an integer too, and no keyset; what one call did is not taken for it."""
    lib.define("f(Tensor a) -> ()")
    lib.impl("f", lambda a: "cpu", "CPU")
    try:
        assert ops.f.redispatch(DispatchKey.CPU, CPU) == "cpu"
    except TypeError:
        return
    with pytest.raises(NotImplementedError):
        ops.f.redispatch(int(DispatchKey.CPU), CPU)


@pytest.mark.parametrize("keyset", [-1, 1 << 100], ids=["negative", "too wide"])
def test_redispatch_by_integers_that_are_no_keysets(
    lib: Library, ops: Any, keyset: int
) -> None:
    lib.define("f(Tensor a) -> ()")
    lib.impl("f", lambda a: "cpu", "CPU")
    with pytest.raises(
        (TypeError, ValueError, RuntimeError), match=r"keyset|-1|0x1|representation"
    ):
        ops.f.redispatch(keyset, CPU)


# Empty slots


def test_missing_kernel(lib: Library, ops: Any, ns: str) -> None:
    lib.define("f(Tensor a) -> ()")
    lib.impl("f", lambda a: None, "CPU")
    lib.impl("f", lambda a: None, "AutogradCUDA")
    with pytest.raises(
        NotImplementedError,
        match=says(
            f"{ns}::f: there is no kernel for CUDA, which DispatchKeySet(CUDA) reaches\n"
            "kernels are registered for: AutogradCUDA, CPU\n"
            "why the slot of CUDA is empty:\n"
            "  CUDA [kernel]: no kernel is registered for it\n"
            "  CompositeExplicitAutogradNonFunctional [default backend kernel]: "
            "no kernel is registered for it\n"
            "  CompositeExplicitAutograd [default backend kernel]: "
            "no kernel is registered for it\n"
            "  CompositeImplicitAutograd [math kernel]: no kernel is registered for it\n"
            "  CUDA [backend fallback]: no kernel is registered for it"
        ),
    ):
        ops.f(CUDA)


def test_ambiguous_kernel(lib: Library, ops: Any) -> None:
    lib.define("f(Tensor a) -> ()")
    lib.impl("f", lambda a: None, "CompositeImplicitAutograd")
    lib.impl("f", lambda a: None, "FPGA")
    with pytest.raises(RuntimeError, match=r"f: ambiguous at AutogradOther: .*FPGA"):
        ops.f(Tensor(DispatchKey.FPGA, DispatchKey.AutogradOther))


# Boxed calls


def boxed(lib: Library, ops: Any, returns: str, result: Any) -> Any:
    lib.define(f"f(Tensor a, int b=1, *, int c=2) -> {returns}")
    lib.impl("f", lambda a, b=1, *, c=2: result(b, c), "CPU")
    return ops.f


@pytest.mark.parametrize(
    ("returns", "result", "left"),
    [
        ("int", lambda b, c: b + c, [10]),
        ("(int, int)", lambda b, c: (b, c), [3, 7]),
        ("(int, int)", lambda b, c: [b, c], [3, 7]),
        ("int[]", lambda b, c: [b, c], [[3, 7]]),
        ("()", lambda b, c: None, []),
    ],
)
def test_boxed(lib: Library, ops: Any, returns: str, result: Any, left: Any) -> None:
    call = boxed(lib, ops, returns, result)
    stack = ["below", CPU, 3, 7]
    assert call.call_boxed(stack) is None
    assert stack == ["below", *left]
    stack = ["below", CUDA, 3, 7]
    call.redispatch_boxed(raw(DispatchKey.CPU), stack)
    assert stack == ["below", *left]
    assert (call.callBoxed, call.redispatchBoxed) == (
        call.call_boxed,
        call.redispatch_boxed,
    )


def test_boxed_without_enough_arguments(lib: Library, ops: Any, ns: str) -> None:
    call = boxed(lib, ops, "int", lambda b, c: b)
    stack = [CPU, 3]
    with pytest.raises(
        RuntimeError, match=says(f"{ns}::f: the stack holds 2 of 3 arguments")
    ):
        call.call_boxed(stack)
    assert stack == [CPU, 3]


@pytest.mark.parametrize(
    "given",
    [["below", CPU, "no integer", 7], ["below", CUDA, 3, 7], ["below", None, 3, 7]],
    ids=["argument", "no kernel", "no tensor"],
)
def test_boxed_errors_leave_the_stack(lib: Library, ops: Any, given: list[Any]) -> None:
    call = boxed(lib, ops, "int", lambda b, c: b)
    stack = [*given]
    with pytest.raises((RuntimeError, NotImplementedError)):
        call.call_boxed(stack)
    assert stack == given


@pytest.mark.parametrize(
    "result", [5, (1,), (1, 2, 3), None], ids=["one", "few", "many", "none"]
)
def test_boxed_results_that_are_not_as_declared(
    lib: Library, ops: Any, result: Any
) -> None:
    """The stack never holds more or fewer values than the schema says."""
    call = boxed(lib, ops, "(int, int)", lambda b, c: result)
    stack = ["below", CPU, 3, 7]
    with pytest.raises((TypeError, ValueError, RuntimeError)):
        call.call_boxed(stack)
    assert stack == ["below", CPU, 3, 7]


def test_boxed_without_arguments(lib: Library, ops: Any) -> None:
    lib.define("f() -> int")
    lib.impl("f", lambda: 4, "CompositeImplicitAutograd")
    stack = ["below"]
    ops.f.call_boxed(stack)
    assert stack == ["below", 4]


def test_boxed_with_the_name_of_a_keyword(lib: Library, ops: Any) -> None:
    """By name or boxed, a kernel is given an argument under one and the same name."""
    lib.define("f(Tensor a, *, int from) -> ()")
    lib.impl("f", lambda a, **kwargs: kwargs, "CPU")
    stack: list[Any] = [CPU, 3]
    lib.define("g(Tensor a, *, int from) -> int")
    lib.impl("g", lambda a, **kwargs: sum(kwargs.values()), "CPU")
    ops.g.call_boxed(stack)
    assert stack == [3]
    assert len(ops.f(CPU, **{"from": 3})) == 1


# Questions


def test_schema(lib: Library, ops: Any, ns: str) -> None:
    lib.define("f(Tensor(a!) a, int[2] b=[1,2], *, str? c=None) -> Tensor(a!)")
    text = f"{ns}::f(Tensor(a!) a, int[2] b=[1, 2], *, str? c=None) -> Tensor(a!)"
    assert str(ops.f.schema) == ops.f.__doc__ == text
    assert [argument.name for argument in ops.f.schema.arguments] == ["a", "b", "c"]


def test_signature(lib: Library, ops: Any) -> None:
    lib.define('f(Tensor a, int b=2, *, str c="x") -> Tensor')
    assert str(inspect.signature(ops.f)) == "(a, b=2, *, c='x')"


def test_has_kernel_for(lib: Library, ops: Any) -> None:
    lib.define("f(Tensor a) -> Tensor")
    lib.impl("f", lambda a: a, "CompositeImplicitAutograd")
    assert ops.f.has_kernel_for("CompositeImplicitAutograd")
    assert ops.f.has_kernel_for(DispatchKey.CompositeImplicitAutograd)
    assert not ops.f.has_kernel_for("CPU")
    with pytest.raises(ValueError, match="there is no dispatch key 'CPo'"):
        ops.f.has_kernel_for("CPo")
    with pytest.raises(TypeError, match=r"^5 is no dispatch key$"):
        ops.f.has_kernel_for(5)


def test_py_impl(lib: Library, ops: Any) -> None:
    """Kernels of the Python dispatcher: nearer than kernels, if it is on."""
    lib.define("f(Tensor a, int b=1) -> ()")
    lib.impl("f", lambda a, b=1: "kernel", "CPU")

    @ops.f.py_impl(DispatchKey.CPU)
    def f(*args: Any) -> Any:
        return args

    assert ops.f(CPU) == "kernel"
    with g.enable_python_dispatcher():
        assert ops.f(CPU) == (CPU,)
        assert ops.f(CPU, 2) == (CPU, 2)
        with pytest.raises(NotImplementedError):
            ops.f(CUDA)
    assert ops.f(CPU) == "kernel"


def test_listeners(lib: Library, library: Make, ns: str) -> None:
    told: list[tuple[str, str]] = []

    class Listener:
        def on_operator_registered(self, operator: Any) -> None:
            assert operator.schema
            told.append(("+", operator.name))

        def on_operator_deregistered(self, operator: Any) -> None:
            told.append(("-", operator.name))

    lib.define("there() -> ()")
    remove = g.add_registration_listener(Listener())
    assert told.count(("+", f"{ns}::there")) == 1
    assert {("+", name) for name in g.OPERATORS} <= set(told)
    assert ("-", f"{ns}::there") not in told
    told.clear()
    fragment = library("FRAGMENT")
    fragment.define("f(Tensor a) -> ()")
    fragment.impl("f", lambda a: a, "CPU")
    fragment.close()
    assert told == [("+", f"{ns}::f"), ("-", f"{ns}::f")]
    remove()
    remove()
    lib.define("f() -> ()")
    assert len(told) == 2


# Dumps


def test_dump(lib: Library, library: Make, ops: Any, ns: str) -> None:
    lib.define("f(Tensor a) -> Tensor")
    lib.impl("f", lambda a: a, "CPU")
    lib.impl("f", g.fallthrough_kernel, "CompositeImplicitAutograd")
    library("IMPL").impl("f", print, "CPU", allow_override=True)
    place = rf"registered at {HERE}:\d+"
    pattern = "\n".join(
        [
            f"name: {ns}::f",
            rf"schema: {ns}::f\(Tensor a\) -> Tensor",
            f"debug: {place}",
            f"CPU: builtins:print :: {place}",
            rf"CPU \(inactive\): {__name__}:test_dump.<locals>.<lambda> :: {place}",
            rf"CompositeImplicitAutograd \(alias\): fallthrough :: {place}",
            "",
        ]
    )
    for operator in (f"{ns}::f", f"{ns}::f.default", ops.f):
        assert re.fullmatch(pattern, g.dispatch_dump(operator))
    for ask in (g.dispatch_dump, g.dispatch_dump_table, g.dispatch_table):
        with pytest.raises(KeyError, match=f"there is no operator {ns}::g"):
            ask(f"{ns}::g")


def test_dump_of_a_table(lib: Library, ns: str) -> None:
    lib.define("f(Tensor a) -> Tensor")
    lib.impl("f", print, "CPU")
    lines = g.dispatch_dump_table(f"{ns}::f").splitlines()
    assert lines[:4] == [
        "CPU: builtins:print [kernel]",
        "Meta: not_implemented [backend fallback]",
        "BackendSelect: fallthrough [backend fallback]",
        "Python: python [backend fallback]",
    ]
    assert g.dispatch_table(f"{ns}::f")["CPU"] == ("builtins:print", "kernel")
    assert len(g.dispatch_table(f"{ns}::f")) == len(lines)


def test_dump_of_a_declared_operator() -> None:
    """Dumps say what the generated tables say."""
    for name in g.OPERATORS:
        assert g.dispatch_table(name) == dict(g.TABLES[name])
        assert g.dispatch_dump_table(name) == g.TABLES.dump(name)


# Tracebacks


def _fails(a: Any) -> None:
    raise KeyError("inside the kernel")


def test_traceback(lib: Library, ops: Any, ns: str) -> None:
    """Shows the line of the generated function, and nothing of how it was reached."""
    lib.define("f(Tensor a) -> ()")
    lib.impl("f", _fails, "CPU")
    with pytest.raises(KeyError):
        ops.f(CPU)  # The function has no code of its own before it was called.
    for call in (
        lambda: ops.f(CPU),
        lambda: ops.f.redispatch(raw(DispatchKey.CPU), CPU),
        lambda: ops.f.redispatch(DispatchKeySet(DispatchKey.CPU), CPU),
    ):
        for _ in range(2):
            with pytest.raises(KeyError) as caught:
                call()
            assert caught.value.__context__ is None
            *_, frame, last = traceback.extract_tb(caught.value.__traceback__)
            assert f"{ns}::f" in frame.filename
            assert re.fullmatch(r"return .*\(a\)", frame.line or "")
            assert (last.name, last.filename) == ("_fails", __file__)


def test_errors_of_the_dispatcher_have_no_context(lib: Library, ops: Any) -> None:
    lib.define("f(Tensor a, int b=1) -> ()")
    for wrong in ((CUDA,), (None,), (CPU, "b")):
        with pytest.raises((NotImplementedError, TypeError)) as caught:
            ops.f(*wrong)
        shown = "".join(traceback.format_exception(caught.value))
        assert "During handling" not in shown
        assert "direct cause" not in shown


def test_tracebacks_of_operators_of_one_name(
    lib: Library, library: Make, ops: Any
) -> None:
    """The line belongs to the operator that was called, not to a former one."""
    lib.define("f(Tensor a) -> ()")
    lib.impl("f", _fails, "CPU")
    assert ops.f
    lib.close()
    again = library("DEF")
    again.define("f(Tensor first, Tensor second) -> ()")
    again.impl("f", lambda first, second: _fails(first), "CPU")
    for _ in range(2):
        with pytest.raises(KeyError) as caught:
            ops.f(CPU, CPU)
    lines = [f.line for f in traceback.extract_tb(caught.value.__traceback__)]
    assert any(
        re.fullmatch(r"return .*\(first, second\)", line or "") for line in lines
    )


def test_get_kernel(lib: Library, ops: Any) -> None:
    """It is the one that is there now, whatever is registered later."""
    lib.define("f(Tensor a) -> str")
    lib.impl("f", lambda keyset, a: f"cpu of {keyset}", "CPU", with_keyset=True)
    kernel = ops.f.get_kernel("CPU")
    with Library(lib.ns, "IMPL") as other:
        other.impl("f", lambda a: "other", "CPU", allow_override=True)
        assert ops.f(CPU) == "other"
        keyset = DispatchKeySet(DispatchKey.CPU)
        assert kernel(keyset, CPU) == "cpu of DispatchKeySet(CPU)"
    with pytest.raises(NotImplementedError, match="no kernel for CUDA"):
        ops.f.get_kernel("CUDA")


def test_packets_remember_by_types(lib: Library, ops: Any) -> None:
    """What fits depends on types; of lists on the items, so that these are looked at."""
    lib.define("f.Scalar(Tensor a, Scalar b) -> str")
    lib.define("f.Tensor(Tensor a, Tensor b) -> str")
    lib.define("f.ints(Tensor a, int[] b) -> str")
    lib.define("f.strs(Tensor a, str[] b) -> str")
    for name in ("Scalar", "Tensor", "ints", "strs"):
        lib.impl(f"f.{name}", lambda a, b, name=name: name, "CPU")
    for _ in range(2):
        assert [ops.f(CPU, b) for b in (1, CPU, [1], ["a"])] == [
            "Scalar",
            "Tensor",
            "ints",
            "strs",
        ]
