"""What a thread includes and excludes, and how calls and kernels see it."""

from __future__ import annotations

from tests.parity import facts
from tests.parity.programs.machine import Machine


def a_fresh_thread(p: Machine) -> None:
    included, excluded = p.tls_sets()
    usual = facts.load_dispatcher().tls["fresh thread"]
    p.log("included", p.names(included), included == usual.included)
    p.log("excluded", p.names(excluded), excluded == usual.excluded)


def include(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    p.impl("f", "Tracer", with_keyset=True)
    x = p.tensor("x")
    with p.include("Tracer"):
        p.tls()
        p.call("f", x)
    p.tls()
    p.call("f", x)


def include_a_backend(p: Machine) -> None:
    """Both bits of a runtime key: the call goes to CUDA with a CPU tensor."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    p.impl("f", "CUDA", with_keyset=True)
    with p.include("CUDA"):
        p.tls()
        p.call("f", p.tensor("x"))
    p.tls()


def exclude(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    p.impl("f", "AutogradCPU")
    x = p.tensor("x")
    with p.exclude("AutogradCPU"):
        p.tls()
        p.call("f", x)
    p.call("f", x)


def exclude_never_takes_a_backend(p: Machine) -> None:
    """Excluding CUDA takes away Dense, for every backend, and leaves the backend bit."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    x = p.tensor("x")
    with p.exclude("CUDA"):
        p.tls()
        with p.raises("CPU", op="f"):
            p.call("f", x)


def excluded_wins(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    p.impl("f", "Tracer")
    with p.include("Tracer"), p.exclude("Tracer"):
        p.tls()
        p.call("f", p.tensor("x"))


def nested_includes(p: Machine) -> None:
    """A guard ends only what it began."""
    with p.include("Tracer"):
        with p.include("Tracer", "Negative"):
            p.tls()
        p.tls()
    p.tls()


def nested_excludes(p: Machine) -> None:
    with p.exclude("ADInplaceOrView"):
        with p.exclude("ADInplaceOrView", "AutogradCPU"):
            p.tls()
        p.tls()
    p.tls()


def guards_and_exceptions(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")

    def fail(x: object) -> object:
        raise KeyError("inside")

    p.impl("f", "CPU", fail)
    with p.raises("inside"), p.include("Tracer"), p.exclude("AutogradCPU"):
        p.fallthrough("f", "Tracer")
        p.call("f", p.tensor("x"))
    p.tls()


def kernels_see_the_guards(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.define("g(Tensor x) -> Tensor")

    def outer(x: object) -> object:
        with p.below_autograd():
            return p.call("g", x)

    p.impl("f", "CPU", outer)
    p.impl("g", "CPU", with_keyset=True)
    p.impl("g", "AutogradCPU")
    p.call("f", p.tensor("x"))
    p.tls()


def below_autograd(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    for key in ("CPU", "ADInplaceOrView", "AutogradCPU"):
        p.impl("f", key, with_keyset=True)
    x = p.tensor("x")
    with p.below_autograd():
        p.tls()
        p.call("f", x)
    with p.below_inplace_or_view():
        p.tls()
        p.call("f", x)


def force(p: Machine) -> None:
    """Both sets are replaced, the thread's defaults too."""
    p.define("f(Tensor x) -> Tensor")
    for key in ("CPU", "AutocastCPU", "ADInplaceOrView", "AutogradCPU"):
        p.impl("f", key, with_keyset=True)
    x = p.tensor("x")
    with p.force([], ["AutogradCPU"]):
        p.tls()
        p.call("f", x)
    with p.force(["Negative"], ["AutogradCPU", "AutocastCPU", "ADInplaceOrView"]):
        p.tls()
        with p.include("BackendSelect"):
            p.tls()
    p.tls()


def force_in_other_guards(p: Machine) -> None:
    with p.include("Tracer"):
        with p.force(["Negative"], []):
            p.tls()
            with p.include("Tracer"):
                p.tls()
            p.tls()
        p.tls()


def include_ends_inside_force(p: Machine) -> None:
    """Guards that end in another order than they began."""
    force = p.force([], [])
    include = p.include("Tracer")
    with p.preserve():
        include.__enter__()
        force.__enter__()
        p.tls()
        include.__exit__(None, None, None)
        p.tls()
        force.__exit__(None, None, None)
        p.tls()
    p.tls()


def guards_end_out_of_order(p: Machine) -> None:
    """A guard brings back the set that it found, not what it changed in it."""
    tracer, negative = p.include("Tracer"), p.include("Negative")
    tracer.__enter__()
    negative.__enter__()
    p.tls()
    tracer.__exit__(None, None, None)
    p.tls()
    negative.__exit__(None, None, None)
    p.tls()


def preserve(p: Machine) -> None:
    """What was begun inside and not ended is ended."""
    with p.preserve():
        include, exclude = p.include("Tracer"), p.exclude("AutogradCPU")
        include.__enter__()
        exclude.__enter__()
        p.tls()
    p.tls()


def autocast_off_and_on(p: Machine) -> None:
    """Autocast keys are on tensors, and excluded until a mode stops that."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")

    def cast(keyset: int, x: object) -> object:
        with p.exclude("AutocastCPU"):
            return p.call("f", x)

    p.impl("f", "AutocastCPU", cast, with_keyset=True)
    x = p.tensor("x")
    p.call("f", x)
    with p.force(["BackendSelect", "ADInplaceOrView"], []):
        p.call("f", x)


def include_does_not_repeat_work(p: Machine) -> None:
    """A key that the tensor has already: once is enough."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    p.impl("f", "AutogradCPU", with_keyset=True)
    with p.include("AutogradCPU"):
        p.tls()
        p.call("f", p.tensor("x"))


def included_functionality_on_another_backend(p: Machine) -> None:
    """AutogradCUDA included: a CPU tensor's call goes to AutogradCUDA, the higher bit."""
    p.define("f(Tensor x) -> Tensor")
    for key in ("CPU", "CUDA", "AutogradCPU", "AutogradCUDA"):
        p.impl("f", key, with_keyset=True)
    with p.include("AutogradCUDA"):
        p.call("f", p.tensor("x"))
