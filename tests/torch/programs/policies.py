"""What calls do that reach a fallback of declarations/effects.yaml, or PyTorch's own."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Sequence
from typing import Any, Final

import effects
import torch
from torch._dispatch.python import enable_python_dispatcher
from torch._subclasses.fake_tensor import FakeTensorMode
from torch.utils._python_dispatch import TorchDispatchMode

from tests.torch.kernels import SEEN
from tests.torch.programs.keys import key_of

OPS: Final = torch.ops.effects
KEYS: Final = torch._C.DispatchKey
VALUES: Final = (1.0, -2.0)

# The result of OPS.twice.
TWICE: Final = [2.0, -4.0]


def keyed(keys: Sequence[str], values: Any = VALUES) -> Any:
    """A tensor in host memory that has some keys; PyTorch adds those of autograd."""
    return OPS.with_keys(torch.tensor(values), [int(key_of(key)) for key in keys])


def numbers(x: Any) -> Any:
    return OPS.plain(x.detach()).tolist()


def message(function: Callable[..., Any], *arguments: Any) -> list[str]:
    """The type and text of what a call raises."""
    try:
        value = function(*arguments)
    except Exception as error:
        return [type(error).__name__, str(error)]
    raise AssertionError(f"returned {value}")


def report() -> Any:
    return [list(one) for one in effects.report]


def not_implemented(key: str) -> Any:
    """An operator without kernels, and one that names a module with its fake kernel."""
    x = keyed([key])
    with torch._C._AutoDispatchBelowAutograd():
        return [message(OPS.no_kernel, x), message(OPS.elsewhere, x)]


def autograd(key: str) -> Any:
    """By mode of PyTorch's autograd fallback: what is recorded, and what backward says."""
    modes = {}
    for mode in ("nothing", "warn"):
        torch._C._set_autograd_fallback_mode(mode)
        result = OPS.twice(keyed([key]).requires_grad_())
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            if result.grad_fn is not None:
                result.grad_fn(keyed(["CPU"]))
        modes[mode] = {
            "grad_fn": result.grad_fn.name() if result.grad_fn is not None else "",
            "requires_grad": result.requires_grad,
            "warnings": [str(one.message) for one in caught],
            "numbers": numbers(result),
        }
    return modes


def fallthrough() -> Any:
    """Autograd of IPU, and of CPU for an operator that falls through there."""
    torch._C._set_autograd_fallback_mode("warn")
    results = (
        OPS.twice(keyed(["IPU"]).requires_grad_()),
        OPS.thin(keyed(["CPU"]).requires_grad_()),
        OPS.twice(keyed(["CPU"]).requires_grad_()),
    )
    return [[result.grad_fn is None, numbers(result)] for result in results]


def host() -> Any:
    """Results, lists, what is written in place, and an operator that the host lacks."""
    written = keyed(["IPU"])
    before = OPS.copies()
    returned = OPS.write_ones(written)
    return {
        "twice": numbers(OPS.twice(keyed(["IPU"]))),
        "aten": torch.bincount(keyed(["IPU"], (0, 2, 2))).tolist(),
        "list": numbers(OPS.first_of([keyed(["IPU"])])),
        "same": returned is written,
        "written": numbers(written),
        "copies": [before, OPS.copies()],
        "none": message(OPS.no_kernel, keyed(["IPU"]))[0],
    }


def kernels() -> Any:
    """A fallback in C++ and one in Python, the operator and the keys that each was given."""
    OPS.take_seen()
    with torch._C._AutoDispatchBelowAutograd():
        twice = numbers(OPS.twice(keyed(["VE"])))
        in_python = numbers(OPS.twice(keyed(["PrivateUse3"])))
    # A kernel of an operator that is a Python function.
    thrice = numbers(OPS.thrice(torch.tensor(VALUES)))
    return [twice, OPS.take_seen(), in_python, SEEN, thrice]


def redispatch() -> Any:
    """QuantizedVE stands between the key and VE: the keyset leaves it out."""
    OPS.take_seen()
    x = keyed(["VE", "QuantizedVE", "AutogradVE"])
    direct = []
    with torch._C._AutoDispatchBelowAutograd():
        direct = message(OPS.twice, x)
    return [numbers(OPS.twice(x)), OPS.take_seen(), direct[0]]


def is_excluded(key: str) -> bool:
    return bool(torch._C._dispatch_tls_is_dispatch_key_excluded(KEYS.__members__[key]))


class Log(TorchDispatchMode):
    """Notes the operators that reach it, and runs them or returns the first argument."""

    def __init__(self, *, runs: bool) -> None:
        super().__init__()
        self.seen: list[Any] = []
        self.runs = runs

    def __torch_dispatch__(
        self, func: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        self.seen.append([str(func), is_excluded("AutogradFunctionality")])
        return func(*args, **(kwargs or {})) if self.runs else args[0]


class Failing(TorchDispatchMode):
    def __torch_dispatch__(
        self, func: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        raise KeyError("from the mode")


def python_with_modes(keys: Sequence[str]) -> Any:
    x = keyed(keys)
    found: dict[str, Any] = {}
    with Log(runs=False) as mode:
        found["is argument"] = OPS.twice(x) is x
    found["one"] = mode.seen
    with Log(runs=False) as outer, Log(runs=False) as inner:
        OPS.twice(x)
    found["inner alone"] = [inner.seen, outer.seen]
    with Log(runs=True) as outer, Log(runs=True) as inner:
        result = OPS.twice(x)
    found["result"] = numbers(result)
    found["both"] = [inner.seen[:1], outer.seen[:1], len(inner.seen), len(outer.seen)]
    # A mode of PyTorch's own stands below the user's, however late it is entered.
    with Log(runs=False) as mode, FakeTensorMode(allow_non_fake_inputs=True):
        OPS.twice(x)
    found["with fake tensors"] = mode.seen
    with Failing():
        found["fails"] = message(OPS.twice, x)
    found["afterwards"] = [is_excluded("AutogradFunctionality"), numbers(OPS.twice(x))]
    return found


def python_with_subclasses(keys: Sequence[str]) -> Any:
    """As the argument, in a list beside another, in a list of optional ones."""
    seen: list[str] = []

    class Subclass(torch.Tensor):
        @classmethod
        def __torch_dispatch__(
            cls, func: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            seen.append(f"{func} {is_excluded('BackendSelect')}")
            return own

    plain = keyed(keys)
    own = torch.Tensor._make_subclass(Subclass, keyed(keys))
    results = [OPS.twice(own), OPS.first_of([plain, own])]
    results.append(OPS.first_present([None, plain, own]))
    without_mode = list(seen)
    # A mode comes before a subclass.
    with Log(runs=False) as mode:
        OPS.twice(own)
    return {
        "own": [result is own for result in results],
        "seen": without_mode,
        "mode": [len(mode.seen), len(seen) - len(without_mode)],
    }


def python_excludes() -> Any:
    """What the keyset of the policy excludes while Python code runs, and PyTorch's own."""
    found = []

    class Excluded(TorchDispatchMode):
        def __torch_dispatch__(
            self, func: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            found.append(is_excluded("BackendSelect"))
            return args[0]

    for x in (keyed(["PrivateUse2", "CPU"]), keyed(["CPU"])):
        with Excluded():
            OPS.twice(x)
    return [found, is_excluded("BackendSelect")]


def python_without() -> Any:
    """Neither mode nor subclass: the call goes on below; unknown to Python: an error."""
    keys = ["PrivateUse2", "CPU"]
    codes = [int(KEYS.__members__[key]) for key in keys]
    in_thread = []
    thread = threading.Thread(
        target=lambda: in_thread.append(numbers(OPS.twice(keyed(keys))))
    )
    thread.start()
    thread.join()
    unknown = message(OPS.call_from_cpp, torch.tensor(VALUES), codes)
    return [numbers(OPS.twice(keyed(keys))), in_thread, unknown]


def python_dispatcher() -> Any:
    x = keyed(["HIP", "CPU", "AutogradHIP"])
    off = message(OPS.twice, x)
    calls = []

    @OPS.twice.default.py_impl(KEYS.HIP)
    def run_for_hip(y: Any) -> Any:
        calls.append(y is x)
        return y

    with enable_python_dispatcher():
        same = OPS.twice(x) is x
    return [off, calls, same]


def python_dispatcher_by_key() -> Any:
    """Where Python has no kernel: the C++ one of the key below."""
    OPS.take_seen()
    with enable_python_dispatcher():
        result = OPS.twice(keyed(["VE", "AutogradHIP"]))
    return [numbers(result), OPS.take_seen()]


def snapshot() -> Any:
    """Whether what is below can go back to the keys of the thread, and afterwards."""
    kept = keyed(["PrivateUse2", "CPU"])
    found = []
    with torch._C._AutoDispatchBelowAutograd():
        for x in (kept, keyed(["CPU"]), keyed(["VE"])):
            found.append(OPS.has_snapshot(x))
        found.append(numbers(OPS.twice(kept)))
    return found


def fuser() -> Any:
    """A group by its key: as the interpreter runs it, fused or not, and an unknown key."""
    group = """graph(%a : Float(*), %b : Float(*)):
      %one : int = prim::Constant[value=1]()
      %c : Float(*) = aten::mul(%a, %b)
      %d : Float(*) = aten::add(%c, %b, %one)
      return (%d)"""
    cat = """graph(%a : Float(*), %b : Float(*)):
      %c : Float(*) = prim::FusedConcat[dim=0](%a, %b)
      return (%c)"""
    key, other = OPS.store(group), OPS.store(cat)
    a, b = torch.tensor([1.0, 2.0], requires_grad=True), torch.tensor([3.0, 5.0])
    results = [OPS.run_stored(key, [a, b], fused) for fused in (False, True)]
    results[0][0].sum().backward()
    interpreted = torch._C._create_function_from_graph("f", torch._C.parse_ir(group))
    return {
        "results": [one.tolist() for (one,) in results],
        "interpreter": interpreted(a, b).tolist(),
        "gradient": a.grad.tolist(),
        "concatenated": OPS.run_stored(other, [a.detach(), b], False)[0].tolist(),
        "unknown": [
            message(OPS.run_stored, 123456789, [a], fused) for fused in (False, True)
        ],
    }
