"""What calls do that reach a fallback of declarations/in_python.yaml.

`op.redispatch` brings them there: no tensor of a stock PyTorch has these keys.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, Final

import torch
from torch._dispatch.python import enable_python_dispatcher

with warnings.catch_warnings(record=True) as WARNINGS:
    warnings.simplefilter("always")
    import in_python

from tests.torch.kernels import SEEN

OPS: Final = torch.ops.in_python
KEYSET: Final = torch._C.DispatchKeySet


def message(function: Callable[..., Any], *arguments: Any) -> list[str]:
    """The type and text of what a call raises."""
    try:
        value = function(*arguments)
    except Exception as error:
        return [type(error).__name__, str(error)]
    raise AssertionError(f"returned {value}")


def numbers() -> Any:
    return torch.tensor([1.0, -2.0])


def report() -> Any:
    """What was registered; what was warned of, and at which line of which file."""
    told = [
        [one.category.__name__, str(one.message), one.filename, one.lineno]
        for one in WARNINGS
    ]
    return [[list(one) for one in in_python.report], told]


def not_implemented(key: str) -> Any:
    """An operator without kernels, and one that names a module with its fake kernel."""
    ops = (OPS.no_kernel.default, OPS.elsewhere.default)
    return [message(op.redispatch, KEYSET(key), numbers()) for op in ops]


def stock_not_implemented_with_module() -> Any:
    """What PyTorch itself says of an operator whose C++ names a module, here and there."""
    for name in torch._C._dispatch_get_all_op_names():
        base, _, overload = name.partition(".")
        if torch._C._dispatch_pystub(base, overload) is None:
            continue
        if any(
            torch._C._dispatch_has_kernel_for_dispatch_key(name, key)
            for key in ("Meta", "HIP", "CompositeExplicitAutograd")
        ) or torch._C._dispatch_has_kernel_for_dispatch_key(
            name, "CompositeImplicitAutograd"
        ):
            continue
        schema = torch._C._dispatch_find_schema_or_throw(base, overload).schema()
        needed = [a for a in schema.arguments if not a.has_default_value()]
        if any(str(a.type) != "Tensor" for a in needed):
            continue
        space, _, own = base.partition("::")
        op = getattr(getattr(getattr(torch.ops, space), own), overload or "default")
        given = [numbers() for _ in needed]
        return [message(op.redispatch, KEYSET(key), *given) for key in ("Meta", "HIP")]
    return []


def host() -> Any:
    """Arguments, lists, what is written and returned, numbers for tensors, a view."""
    ipu = KEYSET("IPU")
    x, out = numbers(), torch.empty(2)
    returned = OPS.write.default.redispatch(
        ipu, x, [torch.ones(2), torch.ones(2)], out=out
    )
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        torch.ops.aten.view.default.redispatch(ipu, x, [2, 1])
    return {
        "doubled": OPS.doubled.default.redispatch(ipu, numbers()).tolist(),
        "written": [x.tolist(), out.tolist()],
        "same": [returned[0] is out, returned[1] is x],
        "alpha": torch.ops.aten.add.Tensor.redispatch(ipu, x, x, alpha=3).tolist(),
        "view": [one.category.__name__ for one in caught],
        "none": message(OPS.no_kernel.default.redispatch, ipu, x)[0],
    }


def calls() -> Any:
    """Fallthrough, a fallback of the author's, redispatch."""
    x = numbers().requires_grad_()
    through = KEYSET("AutogradIPU") | KEYSET("VE")
    fell = OPS.doubled.default.redispatch(through, x)
    seen = list(SEEN)
    # CPU would come before VE.
    both = KEYSET("PrivateUse2") | KEYSET("VE") | KEYSET("CPU")
    kept = OPS.doubled.default.redispatch(both, x)
    return [fell.tolist(), seen, kept.tolist(), SEEN[len(seen) :], OPS.thin(x).tolist()]


def autograd(keys: list[str]) -> Any:
    """By mode of PyTorch's autograd fallback, called by keys or, without, plainly."""
    modes = {}
    for mode in ("nothing", "warn"):
        torch._C._set_autograd_fallback_mode(mode)
        x = numbers().requires_grad_()
        if keys:
            through = KEYSET(keys[0])
            for key in keys[1:]:
                through = through | KEYSET(key)
            result = OPS.detached.default.redispatch(through, x)
        else:
            result = OPS.detached(x)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            (result.sum() + x.sum()).backward()
        modes[mode] = {
            "grad_fn": result.grad_fn.name() if result.grad_fn is not None else "",
            "numbers": result.tolist(),
            "gradient": x.grad.tolist(),
            "warnings": [[w.category.__name__, str(w.message)] for w in caught],
        }
    return modes


def python_dispatcher() -> Any:
    key = KEYSET("TESTING_ONLY_GenericMode") | KEYSET("CPU")
    op = OPS.detached.default
    off = message(op.redispatch, key, numbers())
    op.py_impl(torch._C.DispatchKey.CPU)(lambda x: x * 5)
    with enable_python_dispatcher():
        return [off[0], op.redispatch(key, numbers()).tolist()]


def snapshot() -> Any:
    wrapped = KEYSET("TESTING_ONLY_GenericWrapper") | KEYSET("CPU")
    op = OPS.kept.default
    return [op.redispatch(wrapped, numbers()), OPS.kept(numbers())]


def derived() -> Any:
    """Gradients, fake results, and what PyTorch's own checks say."""
    x = numbers().requires_grad_()
    OPS.doubled(x).sum().backward()
    torch.library.opcheck(OPS.doubled.default, (numbers().requires_grad_(),))
    fake = OPS.doubled(torch.empty(2, 3, device="meta"))
    return [x.grad.tolist(), list(fake.shape), fake.device.type]


def undo() -> Any:
    """Nothing stays when the registry takes all of it back."""
    in_python._registry.undo()
    return [
        torch._C._dispatch_has_backend_fallback("VE"),
        torch._C._dispatch_has_kernel("in_python::doubled"),
        len(in_python._registry.registrations),
    ]
