"""Which exception, and which facts its message has."""

from __future__ import annotations

from tests.parity.programs.machine import Machine


def no_kernel(p: Machine) -> None:
    """Operator, the key that was tried, and the keys that have kernels."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CUDA")
    with p.raises("CPU", "CUDA", op="f"):
        p.call("f", p.tensor("x"))


def no_kernel_at_all(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    with p.raises("CPU", op="f"):
        p.call("f", p.tensor("x"))


def no_kernel_for_autograd(p: Machine) -> None:
    """AutogradPrivateUse3 has neither kernel nor fallback."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "PrivateUse3")
    with p.raises("AutogradPrivateUse3", "PrivateUse3", op="f"):
        p.call("f", p.tensor("x", extra=["PrivateUse3"]))


def a_fallback_that_is_not_there(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    with p.raises("TESTING_ONLY_GenericWrapper", op="f"):
        p.call("f", p.tensor("x", extra=["TESTING_ONLY_GenericWrapper"]))


def in_a_kernel(p: Machine) -> None:
    """An exception passes through kernels, and calls go on as before."""
    p.define("f(Tensor x, bool fails) -> Tensor")

    def kernel(x: object, fails: bool) -> object:
        if fails:
            raise ZeroDivisionError("on purpose")
        return x

    p.impl("f", "CPU", kernel)
    x = p.tensor("x")
    with p.raises("on purpose"):
        p.call("f", x, True)
    p.call("f", x, False)


def caught_in_a_kernel(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.define("g(Tensor x) -> Tensor")

    def kernel(x: object) -> object:
        with p.raises(op="g"):
            p.call("g", x)
        return x

    p.impl("f", "CPU", kernel)
    p.call("f", p.tensor("x"))


def too_few_arguments(p: Machine) -> None:
    p.define("f(Tensor x, int n) -> Tensor")
    p.impl("f", "CPU")
    with p.refuses("n", op="f"):
        p.call("f", p.tensor("x"))


def too_many_arguments(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    x = p.tensor("x")
    with p.refuses(op="f"):
        p.call("f", x, x)


def an_unknown_keyword(p: Machine) -> None:
    """(PyTorch's message counts arguments and does not name it.)"""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    with p.refuses(op="f"):
        p.call("f", p.tensor("x"), color=3)


def an_argument_twice(p: Machine) -> None:
    p.define("f(Tensor x, int n) -> Tensor")
    p.impl("f", "CPU")
    x = p.tensor("x")
    with p.refuses(op="f"):
        p.call("f", x, 2, n=3)


def no_tensor(p: Machine) -> None:
    """A wrong value for a tensor: operator, argument, what was expected."""
    p.define("f(Tensor first) -> Tensor")
    p.impl("f", "CPU")
    with p.refuses("first", "Tensor", "str", op="f"):
        p.call("f", "word")


def a_wrong_type(p: Machine) -> None:
    p.define("f(Tensor x, int number) -> Tensor")
    p.impl("f", "CPU")
    with p.refuses("number", "int", "str", op="f"):
        p.call("f", p.tensor("x"), "word")


def a_wrong_element(p: Machine) -> None:
    p.define("f(Tensor[] tensors) -> int")
    p.impl("f", "CPU", lambda tensors: 1)
    with p.refuses("tensors", op="f"):
        p.call("f", [p.tensor("x"), "word"])


def none_for_a_tensor(p: Machine) -> None:
    """None is a tensor without keys, though the schema does not say that it may be."""
    p.define("f(Tensor x, Tensor y) -> Tensor")
    p.impl("f", "CPU", lambda x, y: x or y)
    with p.refuses(op="f"):
        p.call("f", None, None)
    p.call("f", None, p.tensor("y"))


def an_unknown_operator(p: Machine) -> None:
    with p.refuses("f"):
        p.call("f", p.tensor("x"))


def an_unknown_overload(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    with p.refuses("other"):
        p.call("f.other", p.tensor("x"))


def an_unknown_key(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    with p.refuses("Nonsense"):
        p.impl("f", "Nonsense")


def a_schema_that_is_none(p: Machine) -> None:
    with p.refuses():
        p.define("f(Tensor x")
