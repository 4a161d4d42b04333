"""Libraries: what they register, what they refuse, and that it goes away with them."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from contextlib import suppress
from itertools import permutations
from typing import Any

import pytest

import generated as g
from generated import DispatchKey, Library
from tests.dispatch.tensors import CPU, CUDA, Tensor, raw

Make = Callable[..., Library]
HERE = re.escape(__file__)


def says(text: str) -> str:
    """A pattern for exactly this text; PLACE stands for a line of this file."""
    return "^" + re.escape(text).replace("PLACE", rf"registered at {HERE}:\d+") + "$"


# Definitions


def test_define_and_implement(lib: Library, ops: Any) -> None:
    assert lib.define("add(Tensor a, Tensor b) -> Tensor") == "add"
    lib.impl("add", lambda a, b: ("cpu", a, b), "CPU")
    assert ops.add(CPU, CPU) == ("cpu", CPU, CPU)


def test_fragment_adds_to_a_namespace(lib: Library, library: Make, ops: Any) -> None:
    lib.define("one() -> ()")
    fragment = library("FRAGMENT", "CompositeImplicitAutograd")
    fragment.define("two() -> int")
    fragment.impl("two", lambda: 2)
    assert ops.two() == 2
    fragment.close()
    assert dir(ops) == ["one"]


def test_kind_is_checked(ns: str) -> None:
    with pytest.raises(
        ValueError, match=says("there is no kind 'def', only DEF, FRAGMENT, IMPL")
    ):
        Library(ns, "def")


@pytest.mark.parametrize("name", ["", "a-b", "1a", "a::b", "a b"])
def test_namespace_is_checked(name: str) -> None:
    with pytest.raises(ValueError, match=says(f"{name!r} cannot be a namespace")):
        Library(name, "FRAGMENT")


def test_every_accepted_namespace_can_be_used(library: Make) -> None:
    """What `Library` takes as a namespace must be one that an operator can be in."""
    try:
        dotted = library("FRAGMENT", of="test_dispatch_a.b")
    except ValueError:
        return
    dotted.define("f() -> ()")


def test_key_is_checked(ns: str) -> None:
    with pytest.raises(
        ValueError, match=says("there is no dispatch key 'CPo'; did you mean CPU?")
    ):
        Library(ns, "IMPL", "CPo")
    with pytest.raises(
        ValueError, match=says("no kernel can be registered for Undefined")
    ):
        Library(ns, "IMPL", DispatchKey.Undefined)


def test_second_def(lib: Library, ns: str) -> None:
    message = (
        f"only one DEF library can define namespace '{ns}', and there is one already: "
        "PLACE; use FRAGMENT to add to it"
    ).replace("PLACE", "@")
    pattern = re.escape(message).replace("@", r"registered at .*conftest\.py:\d+")
    with pytest.raises(RuntimeError, match=f"^{pattern}$"):
        Library(ns, "DEF")
    lib.close()
    Library(ns, "DEF").close()


def test_second_def_of_a_declared_namespace() -> None:
    with pytest.raises(RuntimeError, match="already: the declarations; use FRAGMENT"):
        Library("aten", "DEF")


def test_a_refused_def_takes_nothing_back(lib: Library, ns: str) -> None:
    for _ in range(2):
        with pytest.raises(RuntimeError):
            Library(ns, "DEF")


def test_impl_cannot_define(library: Make, ns: str) -> None:
    with pytest.raises(
        RuntimeError,
        match=says(
            f"Library('{ns}', 'IMPL', 'CPU') cannot define operators; use FRAGMENT"
        ),
    ):
        library("IMPL", "CPU").define("f() -> ()")


def test_define_twice(lib: Library, library: Make, ns: str) -> None:
    lib.define("f(Tensor a) -> Tensor")
    with pytest.raises(
        RuntimeError,
        match=says(
            f"{ns}::f is defined already, PLACE; an operator's name and overload can be "
            "defined once: give it another overload name"
        ),
    ):
        library("FRAGMENT").define("f(Tensor b) -> ()")
    lib.define("f.other(Tensor b) -> ()")


def test_define_in_another_namespace(lib: Library, ns: str) -> None:
    with pytest.raises(
        RuntimeError,
        match=says(
            f"Library('{ns}', 'DEF', '') cannot define other::f, which is in 'other'"
        ),
    ):
        lib.define("other::f() -> ()")


def test_a_refused_definition_leaves_nothing(lib: Library, ops: Any) -> None:
    with pytest.raises(ValueError, match="argument's name"):
        lib.define("f(Tensor) -> ()")
    assert dir(ops) == []
    lib.define("f(Tensor a) -> ()")


def test_tags(lib: Library, ops: Any) -> None:
    lib.define("one() -> ()", tags="pointwise")
    lib.define("two() -> ()", tags=("core", "pointwise"))
    assert (ops.one.tags, ops.two.tags) == (("pointwise",), ("core", "pointwise"))


# Kernels


def test_key_of_the_library(library: Make, lib: Library, ops: Any) -> None:
    lib.define("f(Tensor a) -> str")
    library("IMPL", DispatchKey.CUDA).impl("f", lambda a: "cuda")
    assert ops.f(CUDA) == "cuda"
    lib.impl("f", lambda a: "anywhere")
    assert (ops.f(CPU), ops.f(CUDA)) == ("anywhere", "cuda")


def test_a_key_that_the_library_is_not_for(library: Make, ns: str) -> None:
    with pytest.raises(
        RuntimeError,
        match=says(f"Library('{ns}', 'IMPL', 'CUDA') cannot register anything for CPU"),
    ):
        library("IMPL", "CUDA").impl("f", lambda a: a, "CPU")


def test_names_of_operators(lib: Library, ops: Any, ns: str) -> None:
    """By name, with the namespace, with `.default`, or the operator's function."""
    lib.define("f(Tensor a) -> str")
    lib.define("f.two(Tensor a, Tensor b) -> str")
    lib.impl("f", lambda a: "CPU", "CPU")
    lib.impl(f"{ns}::f", lambda a: "CUDA", "CUDA")
    lib.impl("f.default", lambda a: "XPU", "XPU")
    lib.impl(ops.f.default, lambda a: "HPU", "HPU")
    lib.impl(ops.f.two, lambda a, b: "two", "CPU")
    for key in ("CPU", "CUDA", "XPU", "HPU"):
        assert ops.f(Tensor(DispatchKey[key])) == key
    assert ops.f.two(CPU, CPU) == "two"


def test_kernel_of_another_namespace(lib: Library, ns: str) -> None:
    with pytest.raises(
        RuntimeError,
        match=says(f"Library('{ns}', 'DEF', '') cannot register kernels of aten::add"),
    ):
        lib.impl("aten::add", lambda a: a, "CPU")


def test_impl_before_define(library: Make, ops: Any) -> None:
    library("IMPL", "CPU").impl("late", lambda a: "early kernel")
    assert dir(ops) == []
    assert not hasattr(ops, "late")
    library("DEF").define("late(Tensor a) -> str")
    assert ops.late(CPU) == "early kernel"


def test_impl_twice(lib: Library, library: Make, ns: str, ops: Any) -> None:
    lib.define("f(Tensor a) -> str")
    lib.impl("f", lambda a: "first", "CPU")
    for other in (lib, library("IMPL")):
        with pytest.raises(
            RuntimeError,
            match=says(
                f"{ns}::f has a kernel for CPU already: {__name__}:test_impl_twice."
                "<locals>.<lambda>, PLACE; pass allow_override=True to replace it while "
                "this library lives"
            ),
        ):
            other.impl("f", lambda a: "second", "CPU")
    assert ops.f(CPU) == "first"


def test_impl_twice_before_define(library: Make) -> None:
    """Order of registration never matters, for errors neither."""
    library("IMPL").impl("f", lambda a: "first", "CPU")
    with pytest.raises(RuntimeError, match="has a kernel for CPU already"):
        library("IMPL").impl("f", lambda a: "second", "CPU")


def test_allow_override(lib: Library, library: Make, ops: Any) -> None:
    """The newest kernel counts; the older one is back when it goes, wherever it stood."""
    lib.define("f(Tensor a) -> str")
    lib.impl("f", lambda a: "first", "CPU")
    second, third = library("IMPL"), library("IMPL")
    second.impl("f", lambda a: "second", "CPU", allow_override=True)
    third.impl("f", lambda a: "third", "CPU", allow_override=True)
    assert ops.f(CPU) == "third"
    second.close()
    assert ops.f(CPU) == "third"
    third.close()
    assert ops.f(CPU) == "first"


def test_kernel_has_to_be_callable(lib: Library) -> None:
    lib.define("f(Tensor a) -> str")
    with pytest.raises(
        TypeError, match=says("a kernel has to be callable, and 'cpu' is not")
    ):
        lib.impl("f", "cpu", "CPU")


def test_fallthrough_kernel(lib: Library, ops: Any) -> None:
    lib.define("f(Tensor a) -> str")
    lib.impl("f", lambda a: "cpu", "CPU")
    lib.impl("f", lambda a: "autograd", "AutogradCPU")
    both = Tensor(DispatchKey.CPU, DispatchKey.AutogradCPU)
    assert ops.f(both) == "autograd"
    lib.impl("f", g.fallthrough_kernel, "AutogradCPU", allow_override=True)
    assert ops.f(both) == "cpu"
    with pytest.raises(
        NotImplementedError,
        match=says("fallthrough_kernel is to be registered, not called"),
    ):
        g.fallthrough_kernel()


def test_with_keyset(lib: Library, ops: Any) -> None:
    lib.define("f(Tensor a) -> int")
    lib.impl("f", lambda keyset, a: keyset, "CPU", with_keyset=True)
    lib.impl("f", lambda keyset, a: keyset, "CUDA", with_keyset=int)
    assert ops.f(CPU) == g.DispatchKeySet(DispatchKey.CPU)
    assert ops.f(CUDA) == raw(DispatchKey.CUDA)
    assert type(ops.f(CUDA)) is int


# Decorators


def test_decorators(library: Make, ops: Any) -> None:
    lib = library("DEF", "CPU")

    @lib.define("one(Tensor a) -> str")
    def one(a: Any) -> str:
        return "one"

    lib.define("two(Tensor a) -> str")

    @lib.impl("two")
    def two(a: Any) -> str:
        return "two"

    @library("IMPL").impl("two", dispatch_key="CUDA")
    def two_cuda(a: Any) -> str:
        return "two on cuda"

    assert (one(CPU), two(CPU), two_cuda(CPU)) == ("one", "two", "two on cuda")
    assert (ops.one(CPU), ops.two(CPU), ops.two(CUDA)) == ("one", "two", "two on cuda")


def test_definition_decorates_for_the_default_alias(lib: Library, ops: Any) -> None:
    @lib.define("f(Tensor a) -> str")
    def f(a: Any) -> str:
        return "anywhere"

    assert ops.f(CPU) == ops.f(CUDA) == f(CPU) == "anywhere"
    assert g.dispatch_table(ops.f)["CPU"].reason == "math kernel"


def test_decorated_fallback(library: Make, lib: Library, ops: Any) -> None:
    lib.define("f(Tensor a) -> str")

    @library("IMPL", "PrivateUse2", of="_").fallback
    def fallback(operator: Any, *args: Any) -> str:
        return f"fallback of {operator.name}"

    assert ops.f(Tensor(DispatchKey.PrivateUse2)) == f"fallback of {ops.f.name}"
    assert fallback(ops.f) == f"fallback of {ops.f.name}"


# Fallbacks


def test_fallback_belongs_in_the_namespace_of_all(lib: Library, ns: str) -> None:
    with pytest.raises(
        RuntimeError,
        match=says(
            "a fallback serves all namespaces; register it with Library('_', 'IMPL'), not "
            f"with Library('{ns}', 'DEF', '')"
        ),
    ):
        lib.fallback(lambda *args: None, "PrivateUse2")


def test_fallback_of_an_alias(library: Make) -> None:
    with pytest.raises(
        ValueError,
        match=says("Autograd is no runtime key, and only these have fallbacks"),
    ):
        library("IMPL", "Autograd", of="_").fallback(lambda *args: None)


def test_second_fallback(library: Make) -> None:
    fallbacks = library("IMPL", "PrivateUse2", of="_")
    fallbacks.fallback(g.fallthrough_kernel)
    with pytest.raises(
        RuntimeError,
        match=says(
            "PrivateUse2 has a backend fallback already: fallthrough, PLACE; a key can "
            "have one"
        ),
    ):
        fallbacks.fallback(g.fallthrough_kernel)
    with pytest.raises(
        RuntimeError,
        match=says(
            "Meta has a backend fallback already: not_implemented, declared; a key can have "
            "one"
        ),
    ):
        library("IMPL", of="_").fallback(g.fallthrough_kernel, "Meta")


@pytest.mark.parametrize("with_keyset", [False, True, int])
def test_arguments_of_a_fallback(
    library: Make, lib: Library, ops: Any, with_keyset: Any
) -> None:
    """The operator, then the arguments without those that have their default value."""
    lib.define("f(Tensor a, int b=1, int c=2, *, int d=3, int e=4) -> ()")
    tensor = Tensor(DispatchKey.PrivateUse2)
    library("IMPL", "PrivateUse2", of="_").fallback(
        lambda *args, **kwargs: (args, kwargs), with_keyset=with_keyset
    )
    args, kwargs = ops.f(tensor, 5, 2, d=3, e=6)
    if with_keyset:
        given, *rest = args
        assert given == (
            tensor._dispatch_keys
            if with_keyset is int
            else g.DispatchKeySet(DispatchKey.PrivateUse2)
        )
        args = tuple(rest)
    assert args == (ops.f, tensor, 5)
    assert kwargs == {"e": 6}


# Ending


def test_context_manager(ns: str, ops: Any) -> None:
    with suppress(KeyError), Library(ns, "DEF") as lib:
        lib.define("f() -> ()")
        assert dir(ops) == ["f"]
        raise KeyError
    assert dir(ops) == []


def test_closed_library(lib: Library, ns: str) -> None:
    lib.close()
    lib.close()
    for use in (
        lambda: lib.define("f() -> ()"),
        lambda: lib.impl("f", lambda: 1, "CPU"),
        lambda: lib.fallback(lambda: 1, "PrivateUse2"),
    ):
        with pytest.raises(
            RuntimeError, match=says(f"Library('{ns}', 'DEF', '') is closed")
        ):
            use()


def test_functions_of_operators_that_are_gone(lib: Library, ops: Any, ns: str) -> None:
    lib.define("f(Tensor a) -> str")
    lib.impl("f", lambda a: "cpu", "CPU")
    call = ops.f
    assert call(CPU) == call.redispatch(raw(DispatchKey.CPU), CPU) == "cpu"
    lib.close()
    assert not hasattr(ops, "f")
    message = says(f"{ns}::f is not defined any more")
    for use in (
        lambda: call(CPU),
        lambda: call.redispatch(raw(DispatchKey.CPU), CPU),
        lambda: call.call_boxed([CPU]),
    ):
        with pytest.raises(RuntimeError, match=message):
            use()


def test_functions_of_a_former_definition(library: Make, ops: Any, ns: str) -> None:
    """They do not call what has the name now."""
    library("IMPL").impl("f", lambda *args: args, "CPU")
    first = library("DEF")
    first.define("f(Tensor a) -> ()")
    old = ops.f
    assert old(CPU) == (CPU,)
    first.close()
    library("DEF").define("f(Tensor a, Tensor b) -> ()")
    message = says(f"{ns}::f is not defined any more")
    with pytest.raises(RuntimeError, match=message):
        old(CPU)
    assert ops.f(CPU, CPU) == (CPU, CPU)
    with pytest.raises(RuntimeError, match=message):
        old(CPU)


def test_a_new_definition_has_no_python_kernels(library: Make, ops: Any) -> None:
    """`py_impl` belongs to an operator; one of the same name starts without."""
    library("IMPL").impl("f", lambda a: "kernel", "CPU")
    first = library("DEF")
    first.define("f(Tensor a) -> str")
    ops.f.py_impl("CPU")(lambda a: "python kernel")
    with g.enable_python_dispatcher():
        assert ops.f(CPU) == "python kernel"
    first.close()
    library("DEF").define("f(Tensor a) -> str")
    with g.enable_python_dispatcher():
        assert ops.f(CPU) == "kernel"


@pytest.mark.parametrize("cycle", [False, True])
def test_dropped_libraries_take_all_back(ns: str, ops: Any, cycle: bool) -> None:
    lib = Library(ns, "DEF")
    lib.define("f(Tensor a) -> ()")
    lib.impl("f", lambda a: None, "CPU")
    if cycle:
        lib.me = lib  # type: ignore[attr-defined]
    assert dir(ops) == ["f"]
    del lib
    gc.collect()
    assert dir(ops) == []
    Library(ns, "DEF").close()


def test_kernel_that_drops_its_library(library: Make, ops: Any) -> None:
    """A kernel may end its own registration while it runs."""
    library("DEF").define("f(Tensor a) -> str")
    kernels = library("IMPL")

    @kernels.impl("f", dispatch_key="CPU")
    def f(a: Any) -> str:
        kernels.close()
        return "last time"

    assert ops.f(CPU) == "last time"
    with pytest.raises(NotImplementedError):
        ops.f(CPU)


def test_library_dropped_while_a_kernel_is_bound(library: Make, ops: Any) -> None:
    """The garbage collector may run anywhere; what it drops is not called afterwards."""
    library("DEF").define("f(Tensor a) -> str")
    kernels = library("IMPL")

    class Kernel:
        def __call__(self, a: Any) -> str:
            return "stale"

        @property
        def __code__(self) -> Any:
            kernels.close()  # Stands for a finalizer that runs while this is asked.
            raise AttributeError

    kernels.impl("f", Kernel(), "CPU")
    with suppress(NotImplementedError):
        assert ops.f(CPU) == "stale"  # This call had found it.
    with pytest.raises(NotImplementedError):
        ops.f(CPU)


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_closing_in_any_order(library: Make, ops: Any, order: tuple[int, ...]) -> None:
    """Each takes back its own part: the definition, and two kernels of one key."""
    define, first, second = library("DEF"), library("IMPL"), library("IMPL")
    define.define("f(Tensor a) -> str")
    first.impl("f", lambda a: "first", "CPU")
    second.impl("f", lambda a: "second", "CPU", allow_override=True)
    left = [define, first, second]
    for index in order:
        (define, first, second)[index].close()
        left.remove((define, first, second)[index])
        g.check_invariants()
        if define not in left:
            assert not hasattr(ops, "f")
        elif second in left:
            assert ops.f(CPU) == "second"
        elif first in left:
            assert ops.f(CPU) == "first"
        else:
            with pytest.raises(NotImplementedError):
                ops.f(CPU)


def test_a_listener_that_fails_leaves_nothing(lib: Library, ops: Any) -> None:
    """A definition that raises has not happened, or ends with its library."""

    class Listener:
        def on_operator_registered(self, operator: Any) -> None:
            if operator.name.endswith("::bad"):
                raise ZeroDivisionError

        def on_operator_deregistered(self, operator: Any) -> None:
            pass

    remove = g.add_registration_listener(Listener())
    try:
        with pytest.raises(ZeroDivisionError):
            lib.define("bad() -> ()")
    finally:
        remove()
    lib.close()
    assert dir(ops) == []


def test_overridable_fallback(library: Make, lib: Library, ops: Any) -> None:
    """A library may replace what is declared to be open; it is back afterwards."""
    lib.define("f(Tensor a) -> str")
    lib.impl("f", lambda a: "kernel", "PrivateUse1")
    tensor = Tensor(DispatchKey.PrivateUse1, DispatchKey.AutogradPrivateUse1)
    assert ops.f(tensor) == "kernel"
    first, second = library("IMPL", of="_"), library("IMPL", of="_")
    first.fallback(lambda op, a: "first", "AutogradPrivateUse1")
    assert ops.f(tensor) == "first"
    second.fallback(lambda op, a: "second", "AutogradPrivateUse1")
    assert ops.f(tensor) == "second"
    first.close()
    assert ops.f(tensor) == "second"
    second.close()
    assert ops.f(tensor) == "kernel"
