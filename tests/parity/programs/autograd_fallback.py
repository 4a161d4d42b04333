"""Operators without an autograd kernel, on tensors that gradients flow into."""

from __future__ import annotations

from tests.parity.programs.machine import Machine


def nothing(p: Machine) -> None:
    """The result is what the kernel gave: no gradient goes through."""
    p.define("f(Tensor x) -> Tensor")
    y = p.tensor("y")
    p.impl("f", "CPU", lambda keyset, x: y, with_keyset=True)
    with p.autograd_fallback_mode("nothing"):
        result = p.call("f", p.tensor("x", requires_grad=True))
    p.log("requires grad", p.requires_grad(result))


def warn(p: Machine) -> None:
    """The result requires a gradient, and backward from it warns, naming the operator."""
    p.define("f(Tensor x) -> Tensor")
    y = p.tensor("y")
    p.impl("f", "CPU", lambda keyset, x: y, with_keyset=True)
    with p.autograd_fallback_mode("warn"):
        result = p.call("f", p.tensor("x", requires_grad=True))
        p.log("requires grad", p.requires_grad(result))
        p.backward(result)


def warn_without_requires_grad(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    y = p.tensor("y")
    p.impl("f", "CPU", lambda x: y)
    with p.autograd_fallback_mode("warn"):
        p.log("requires grad", p.requires_grad(p.call("f", p.tensor("x"))))


def warn_without_grad_mode(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    y = p.tensor("y")
    p.impl("f", "CPU", lambda x: y)
    with p.autograd_fallback_mode("warn"), p.no_grad():
        result = p.call("f", p.tensor("x", requires_grad=True))
    p.log("requires grad", p.requires_grad(result))


def warn_for_a_result_that_requires_grad(p: Machine) -> None:
    """A kernel that gives back its argument: backward warns by a hook on it."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    with p.autograd_fallback_mode("warn"):
        result = p.call("f", p.tensor("x", requires_grad=True))
        p.log("requires grad", p.requires_grad(result))
        p.backward(result)


def warn_for_several_results(p: Machine) -> None:
    p.define("f(Tensor x) -> (Tensor, Tensor)")
    y, z = p.tensor("y"), p.tensor("z")
    p.impl("f", "CPU", lambda x: (y, z))
    with p.autograd_fallback_mode("warn"):
        first, second = p.call("f", p.tensor("x", requires_grad=True))
        p.log("require grad", p.requires_grad(first), p.requires_grad(second))
        p.backward(second)


def warn_for_lists(p: Machine) -> None:
    """Tensors in list arguments and list results count."""
    p.define("f(Tensor[] xs) -> Tensor[]")
    y = p.tensor("y")
    p.impl("f", "CPU", lambda xs: [y])
    with p.autograd_fallback_mode("warn"):
        [result] = p.call("f", [p.tensor("x"), p.tensor("z", requires_grad=True)])
        p.log("requires grad", p.requires_grad(result))
        p.backward(result)


def warn_in_place(p: Machine) -> None:
    """A mutable result that requires no gradient is left alone."""
    p.define("f_(Tensor(a!) x, Tensor y) -> Tensor(a!)")
    p.impl("f_", "CPU")
    with p.autograd_fallback_mode("warn"):
        result = p.call("f_", p.tensor("x"), p.tensor("y", requires_grad=True))
    p.log("requires grad", p.requires_grad(result))


def kernel_above_the_fallback(p: Machine) -> None:
    """An Autograd kernel of the operator: the fallback is not asked."""
    p.define("f(Tensor x) -> Tensor")
    y = p.tensor("y")
    p.impl("f", "CPU", lambda x: y)
    p.impl("f", "Autograd", lambda x: p.redispatch("f", p.keys("CPU"), x))
    with p.autograd_fallback_mode("warn"):
        result = p.call("f", p.tensor("x", requires_grad=True))
    p.log("requires grad", p.requires_grad(result))


def fallback_sends_on_below_autograd(p: Machine) -> None:
    """What is left in the keyset, and that nothing is excluded in the kernel."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    x = p.tensor("x")
    for mode in ("nothing", "warn"):
        with p.autograd_fallback_mode(mode):
            p.call("f", x)


def into_inplace_or_view(p: Machine) -> None:
    """The fallback keeps ADInplaceOrView: an operator's kernel for it is reached."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "ADInplaceOrView", with_keyset=True)
    with p.autograd_fallback_mode("nothing"):
        p.call("f", p.tensor("x"))


def of_other_backends(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    for backend in ("CUDA", "XLA", "Meta", "PrivateUse1", "Lazy", "VE"):
        p.impl("f", backend, with_keyset=True)
        p.call("f", p.tensor("x", backend))


def an_unknown_mode(p: Machine) -> None:
    with p.refuses("loud"), p.autograd_fallback_mode("loud"):
        p.log("set")
