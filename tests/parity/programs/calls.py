"""Which kernel a call reaches, and what it is given."""

from __future__ import annotations

from tests.parity.programs.machine import Machine


def one_kernel(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    p.call("f", p.tensor("x"))


def keyset_of_the_call(p: Machine) -> None:
    """A kernel with its keyset sees the keys left of its arguments, its own included."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    p.impl("f", "CUDA", with_keyset=True)
    p.call("f", p.tensor("x"))
    p.call("f", p.tensor("y", "CUDA"))


def keysets_of_arguments_are_united(p: Machine) -> None:
    p.define("f(Tensor x, Tensor y) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    p.impl("f", "CUDA", with_keyset=True)
    cpu, cuda = p.tensor("x"), p.tensor("y", "CUDA")
    p.call("f", cpu, cuda)
    p.call("f", cuda, cpu)


def the_last_backend_wins(p: Machine) -> None:
    """Of one functionality, the backend of the highest bit."""
    p.define("f(Tensor x, Tensor y) -> Tensor")
    for backend in ("CPU", "CUDA", "PrivateUse1", "Meta"):
        p.impl("f", backend)
    p.call("f", p.tensor("x", "PrivateUse1"), p.tensor("y", "CUDA"))
    p.call("f", p.tensor("z", "Meta"), p.tensor("u", "PrivateUse1"))


def functionality_before_backend(p: Machine) -> None:
    """A sparse CPU tensor with a dense CUDA one: the sparse slot, of CUDA."""
    p.define("f(Tensor x, Tensor y) -> Tensor")
    for key in ("CPU", "CUDA", "SparseCPU", "SparseCUDA"):
        p.impl("f", key, with_keyset=True)
    p.call("f", p.tensor("x", "SparseCPU"), p.tensor("y", "CUDA"))
    p.call("f", p.tensor("z", "SparseCPU"), p.tensor("u", "CPU"))


def autograd_then_backend(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)

    def autograd(keyset: int, x: object) -> object:
        return p.redispatch("f", keyset & p.after("AutogradCPU"), x)

    p.impl("f", "AutogradCPU", autograd, with_keyset=True)
    p.call("f", p.tensor("x"))


def all_the_way_down(p: Machine) -> None:
    """Tracer, autograd, ADInplaceOrView and backend, each sending on what is below."""
    p.define("f(Tensor x) -> Tensor")

    def below(key: str) -> None:
        def kernel(keyset: int, x: object) -> object:
            return p.redispatch("f", keyset & p.after(key), x)

        p.impl("f", key, kernel, with_keyset=True)

    for key in ("Tracer", "AutogradCPU", "ADInplaceOrView"):
        below(key)
    p.impl("f", "CPU", with_keyset=True)
    x = p.tensor("x")
    p.call("f", x)
    with p.include("Tracer"):
        p.call("f", x)


def an_operator_calls_another(p: Machine) -> None:
    """A call from a kernel starts anew: from the arguments' keys and the thread's sets."""
    p.define("f(Tensor x) -> Tensor")
    p.define("g(Tensor x) -> Tensor")
    p.impl("f", "AutogradCPU", lambda x: p.call("g", x))
    p.impl("g", "AutogradCPU", lambda x: x)
    p.impl("g", "CPU")
    p.call("f", p.tensor("x"))


def an_operator_calls_itself(p: Machine) -> None:
    p.define("f(Tensor x, int n) -> Tensor")
    p.impl("f", "CPU", lambda x, n: p.call("f", x, n - 1) if n else x)
    p.call("f", p.tensor("x"), 2)


def without_tensors(p: Machine) -> None:
    """No tensor: the keys are those the thread includes, and the slot is Undefined's."""
    p.define("f(int n) -> int")
    p.impl("f", "CPU")
    p.impl("f", "BackendSelect", with_keyset=True)
    p.call("f", 3)
    p.define("g(int n) -> int")
    p.impl("g", "CompositeExplicitAutograd", with_keyset=True)
    p.call("g", 4)
    p.slots("g", "Undefined", "CPU")


def without_tensors_or_kernel(p: Machine) -> None:
    """Nothing is there for Undefined, though there is a CPU kernel."""
    p.define("f(int n) -> int")
    p.impl("f", "CPU")
    with p.raises(op="f"):
        p.call("f", 3)


def a_factory_by_backend_select(p: Machine) -> None:
    """BackendSelect makes the keyset that the arguments cannot give."""
    p.define("f(int n) -> int")
    p.impl("f", "CUDA", lambda keyset, n: n * 10, with_keyset=True)
    p.impl("f", "BackendSelect", lambda n: p.redispatch("f", p.keys("CUDA"), n))
    p.call("f", 3)


def further_keys_of_a_tensor(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    p.impl("f", "Negative", with_keyset=True)
    p.call("f", p.tensor("x", extra=["Negative"]))
    p.call("f", p.tensor("y"))


def private_keys(p: Machine) -> None:
    """A second backend on a tensor's keyset: the higher one."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    p.impl("f", "PrivateUse3", with_keyset=True)
    p.fallthrough("f", "AutogradPrivateUse3")
    p.call("f", p.tensor("x", extra=["PrivateUse3"]))


def boxed_calls(p: Machine) -> None:
    p.define("f(Tensor x, int n) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    p.log("boxed gives", p.call_boxed("f", p.tensor("x"), 3))


def boxed_calls_without_result(p: Machine) -> None:
    p.define("f(Tensor x) -> ()")
    p.impl("f", "CPU", lambda x: None)
    p.log("boxed gives", p.call_boxed("f", p.tensor("x")))
    p.call("f", p.tensor("y"))


def several_results(p: Machine) -> None:
    p.define("f(Tensor x, Tensor y) -> (Tensor, Tensor)")
    p.impl("f", "CPU", lambda x, y: (y, x))
    p.call("f", p.tensor("x"), p.tensor("y"))


def kernels_return_the_same_tensor(p: Machine) -> None:
    """A chain of calls carries a tensor through."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    p.impl("f", "Meta")
    x = p.call("f", p.call("f", p.tensor("x")))
    p.call("f", x)
    p.call("f", p.tensor("m", "Meta"))
