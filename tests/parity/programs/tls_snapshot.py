"""The sets that the outermost call was entered with, and bringing them back."""

from __future__ import annotations

from typing import Any

from tests.parity.programs.machine import Machine


def restored_inside(p: Machine) -> None:
    """Inside the protocol's method, the sets of the outermost call are brought back."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")

    def body(func: Any, x: Any) -> Any:
        p.tls()
        with p.restore_snapshot():
            p.tls()
        p.tls()
        return func(p.unwrap(x))

    p.call("f", p.tensor("x", of=p.subclass("A", body)))


def restored_in_a_mode(p: Machine) -> None:
    """A mode's keys were included at entry, and are so again."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")

    def body(func: Any, x: Any) -> Any:
        with p.restore_snapshot():
            p.tls()
        return x

    with p.mode("m", body):
        p.call("f", p.tensor("x"))


def with_guards_at_entry(p: Machine) -> None:
    """What guards around the call did is part of it; what kernels did is not."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")

    def autograd(keyset: int, x: Any) -> Any:
        with p.below_autograd():
            return p.redispatch("f", keyset & p.after("ADInplaceOrView"), x)

    p.impl("f", "AutogradCPU", autograd, with_keyset=True)

    def body(func: Any, x: Any) -> Any:
        with p.restore_snapshot():
            p.tls()
        return p.unwrap(x)

    with p.exclude("Negative"):
        p.call("f", p.tensor("x", of=p.subclass("A", body)))


def calls_while_restored(p: Machine) -> None:
    """Autograd is back: a call inside goes through it again."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")

    def autograd(keyset: int, x: Any) -> Any:
        with p.below_autograd():
            return p.redispatch("f", keyset & p.after("ADInplaceOrView"), x)

    p.impl("f", "AutogradCPU", autograd, with_keyset=True)

    def body(func: Any, x: Any) -> Any:
        func(p.unwrap(x))
        with p.restore_snapshot():
            return func(p.unwrap(x))

    p.call("f", p.tensor("x", of=p.subclass("A", body)))


def restored_outside(p: Machine) -> None:
    with p.raises(), p.restore_snapshot():
        p.log("restored")
    p.tls()


def restored_twice(p: Machine) -> None:
    """Restoring empties the snapshot while it lasts."""
    p.define("f(Tensor x) -> Tensor")

    def body(func: Any, x: Any) -> Any:
        with p.restore_snapshot(), p.raises(), p.restore_snapshot():
            p.log("restored")
        with p.raises(), p.restore_snapshot():
            p.log("restored again")
        return p.unwrap(x)

    p.call("f", p.tensor("x", of=p.subclass("A", body)))


def in_a_kernel_below(p: Machine) -> None:
    """The snapshot is there for the whole of the outermost call, kernels included."""
    p.define("f(Tensor x) -> Tensor")

    def kernel(x: Any) -> Any:
        with p.raises(), p.restore_snapshot():
            p.tls()
        return x

    p.impl("f", "CPU", kernel)
    p.call("f", p.tensor("x"))
    p.call("f", p.tensor("y", of=p.subclass("A")))
    with p.raises(), p.restore_snapshot():
        p.log("restored")


def in_an_inner_call(p: Machine) -> None:
    """A call inside the method does not take a new snapshot."""
    p.define("f(Tensor x) -> Tensor")
    p.define("g(Tensor x) -> Tensor")

    def body(func: Any, x: Any) -> Any:
        if p.operator_name(func) == "f":
            with p.exclude("Negative"):
                return p.call("g", x)
        with p.restore_snapshot():
            p.tls()
        return p.unwrap(x)

    p.call("f", p.tensor("x", of=p.subclass("A", body)))


def snapshot_key_without_python(p: Machine) -> None:
    """Only the snapshot's key included: it sets the snapshot and sends on."""
    p.define("f(Tensor x) -> Tensor")

    def kernel(keyset: int, x: Any) -> Any:
        with p.raises(), p.restore_snapshot():
            p.tls()
        return x

    p.impl("f", "CPU", kernel, with_keyset=True)
    with p.include("PythonTLSSnapshot"):
        p.call("f", p.tensor("x"))


def snapshot_key_in_a_redispatch(p: Machine) -> None:
    """Redispatch to the snapshot's key sets it, too."""
    p.define("f(Tensor x) -> Tensor")

    def kernel(x: Any) -> Any:
        with p.raises(), p.restore_snapshot():
            p.tls()
        return x

    p.impl("f", "CPU", kernel)
    with p.include("Tracer"):
        p.redispatch("f", p.keys("CPU", "PythonTLSSnapshot"), p.tensor("x"))


def snapshot_excluded(p: Machine) -> None:
    """The Python fallback takes the snapshot itself if nobody did."""
    p.define("f(Tensor x) -> Tensor")

    def body(func: Any, x: Any) -> Any:
        with p.raises(), p.restore_snapshot():
            p.tls()
        return p.unwrap(x)

    with p.exclude("PythonTLSSnapshot"):
        p.call("f", p.tensor("x", of=p.subclass("A", body)))


def taken_at_python(p: Machine) -> None:
    """Then it is what the Python fallback was entered with: kernels' guards included."""
    p.define("f(Tensor x) -> Tensor")

    def autograd(keyset: int, x: Any) -> Any:
        with p.below_autograd():
            return p.redispatch("f", keyset & p.after("ADInplaceOrView"), x)

    p.impl("f", "AutogradCPU", autograd, with_keyset=True)

    def body(func: Any, x: Any) -> Any:
        with p.restore_snapshot():
            p.tls()
        return p.unwrap(x)

    with p.exclude("PythonTLSSnapshot"):
        p.call("f", p.tensor("x", of=p.subclass("A", body)))


def after_an_exception(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")

    def fail(func: Any, x: Any) -> Any:
        raise KeyError("in the method")

    with p.raises("in the method"):
        p.call("f", p.tensor("x", of=p.subclass("A", fail)))
    with p.raises(), p.restore_snapshot():
        p.log("restored")


def pre_dispatch(p: Machine) -> None:
    """PreDispatch included without the Python dispatcher: the call is sent on."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    with p.include("PreDispatch"):
        p.call("f", p.tensor("x"))
