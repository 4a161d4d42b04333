"""The Python dispatcher: kernels that operators are given in Python, and the tables."""

from __future__ import annotations

from typing import Any

from tests.parity.programs.machine import Machine


def without_py_impl(p: Machine) -> None:
    """Calls go as without it."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    with p.python_dispatcher():
        p.tls()
        p.call("f", p.tensor("x"))
    p.tls()


def a_py_impl_of_a_backend(p: Machine) -> None:
    """Only the Python dispatcher finds it; below autograd, too.

    The autograd fallback sends on the keys below autograd, and PythonDispatcher, which
    every set of "all keys below" has.
    """
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    p.py_impl("f", "CPU")
    x = p.tensor("x")
    p.call("f", x)
    with p.python_dispatcher():
        p.call("f", x)
        with p.below_inplace_or_view():
            p.call("f", x)


def a_py_impl_of_autograd(p: Machine) -> None:
    """The alias counts for the runtime key."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    p.py_impl("f", "Autograd")
    x = p.tensor("x")
    with p.python_dispatcher():
        p.call("f", x)
        with p.below_autograd():
            p.call("f", x)


def a_composite_py_impl(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.py_impl("f", "CompositeImplicitAutograd")
    x = p.tensor("x")
    with p.python_dispatcher():
        p.call("f", x)
    with p.raises(op="f"):
        p.call("f", x)


def a_py_impl_calls_on(p: Machine) -> None:
    """A call from it goes through the Python dispatcher again."""
    p.define("f(Tensor x) -> Tensor")
    p.define("g(Tensor x) -> Tensor")
    p.impl("g", "CPU", with_keyset=True)
    p.py_impl("f", "CompositeImplicitAutograd", lambda x: p.call("g", x))
    p.py_impl("g", "AutogradCPU", lambda x: p.redispatch("g", p.keys("CPU"), x))
    with p.python_dispatcher():
        p.call("f", p.tensor("x"))


def twice(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.py_impl("f", "CPU")
    with p.refuses("CPU", op="f"):
        p.py_impl("f", "CPU")


def after_a_call(p: Machine) -> None:
    """A py_impl given later counts: nothing old is remembered."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    x = p.tensor("x")
    with p.python_dispatcher():
        p.call("f", x)
        p.py_impl("f", "AutogradCPU")
        p.call("f", x)


def redispatch_comes_by_again(p: Machine) -> None:
    """A set "below" has PythonDispatcher; a set without it goes straight to the table."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")

    def autograd(keyset: int, x: Any) -> Any:
        p.redispatch("f", keyset & p.after("AutogradCPU"), x)
        return p.redispatch("f", p.keys("CPU"), x)

    p.impl("f", "AutogradCPU", autograd, with_keyset=True)
    p.py_impl("f", "CPU")
    with p.python_dispatcher():
        p.call("f", p.tensor("x"))


def no_kernel(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    x = p.tensor("x")
    with p.python_dispatcher():
        with p.raises("CPU", op="f"):
            p.call("f", x)
        with p.below_inplace_or_view(), p.raises("CPU", op="f"):
            p.call("f", x)


def with_a_mode(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    with p.python_dispatcher(), p.mode("m"):
        p.tls()
        p.call("f", p.tensor("x"))


def with_a_mode_and_py_impl(p: Machine) -> None:
    """The autograd py_impl is above the mode; the function then reaches the mode."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")

    def autograd(x: Any) -> Any:
        with p.below_autograd():
            return p.call("f", x)

    p.py_impl("f", "AutogradCPU", autograd)
    with p.python_dispatcher(), p.mode("m"):
        p.call("f", p.tensor("x"))


def with_a_subclass(p: Machine) -> None:
    """PythonDispatcher stays on while the protocol's method runs."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    with p.python_dispatcher():
        p.call("f", p.tensor("x", of=p.subclass("A")))


def without_tensors(p: Machine) -> None:
    p.define("f(int n) -> int")
    p.py_impl("f", "CompositeExplicitAutograd")
    with p.python_dispatcher():
        p.call("f", 3)
        with p.include("CPU"):
            p.call("f", 4)


def off_again_inside(p: Machine) -> None:
    """Excluding its key turns it off for the calls inside."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    p.py_impl("f", "AutogradCPU")
    x = p.tensor("x")
    with p.python_dispatcher(), p.exclude("PythonDispatcher"):
        p.tls()
        p.call("f", x)


def nested(p: Machine) -> None:
    with p.python_dispatcher():
        with p.python_dispatcher():
            p.tls()
        p.tls()
    p.tls()


def key_without_a_dispatcher(p: Machine) -> None:
    """The key alone, without a Python dispatcher behind it."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    with p.include("PythonDispatcher"), p.raises("PythonDispatcher"):
        p.call("f", p.tensor("x"))
