"""What calls do with the fallbacks of declarations/c10_fallbacks.yaml, or PyTorch's own.

The library that has them is loaded before anything else registers any.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from types import ModuleType
from typing import Any, Final

import torch
from torch._dispatch.python import enable_python_dispatcher

from tests.torch.programs.keys import key_of

KEYSET: Final = torch._C.DispatchKeySet
VALUES: Final = (1.0, -2.0)


def policies(library: str, name: str, *arguments: Any) -> Any:
    """A program of `policies.py`."""
    return getattr(_policies(library), name)(*arguments)


def _policies(library: str) -> ModuleType:
    torch.ops.load_library(library)
    return importlib.import_module("tests.torch.programs.policies")


def rows(library: str) -> Any:
    """The table of an operator without kernels."""
    torch.ops.load_library(library)
    return fallbacks()


def fallbacks() -> Any:
    """By key: where PyTorch's fallback is registered, and whether it falls through."""
    without = torch.library.Library("without", "DEF")
    without.define("kernels(Tensor x) -> Tensor")
    found = {}
    for line in torch._C._dispatch_dump_table("without::kernels").splitlines():
        key, _, rest = line.partition(": ")
        if rest.endswith(" [backend fallback]"):
            where = rest.removesuffix(" [backend fallback]")
            shown = where.removeprefix("fallthrough ")
            found[key] = [shown, shown != where]
    return found


def keyset(keys: Sequence[str]) -> Any:
    found = KEYSET(key_of(keys[0]))
    for key in keys[1:]:
        found = found | KEYSET(key_of(key))
    return found


def restore(library: str, keys: Sequence[str]) -> Any:
    """What a kernel sees that goes back to the keys on entry, below these keys."""
    torch.ops.load_library(library)
    op, x = torch.ops.c10_probe.restore.default, torch.tensor(VALUES)
    with torch._C._ExcludeDispatchKeyGuard(KEYSET("BackendSelect")):
        kept = op.redispatch(keyset(keys), x)
        return [kept, op.redispatch(KEYSET("CPU"), x)]


def python_without(library: str, snapshot: str, keys: Sequence[str]) -> Any:
    """Neither mode nor subclass: the call goes on below, whether or not the thread's keys
    were kept. For a tensor that Python does not know, it is an error.
    """
    programs = _policies(library)
    op, x = programs.OPS.twice.default, torch.tensor(VALUES)
    codes = [int(key_of(key)) for key in (snapshot, *keys)]
    unknown = programs.message(torch.ops.c10_probe.twice_from_cpp, x, codes)
    alone = op.redispatch(keyset(keys), x)
    below = op.redispatch(keyset((snapshot, *keys)), x)
    return [below.tolist(), alone.tolist(), _kind(unknown)]


def python_keeps(library: str, keys: Sequence[str]) -> Any:
    """What Python code can go back to that is reached by these keys alone."""
    torch.ops.load_library(library)
    op, plain = torch.ops.c10_probe.restore.default, torch.tensor(VALUES)
    found: list[Any] = []

    class Subclass(torch.Tensor):  # type: ignore[misc]
        @classmethod
        def __torch_dispatch__(
            cls, func: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            found.extend(op.redispatch(KEYSET("CPU"), plain))
            return found

    own = torch.Tensor._make_subclass(Subclass, plain)
    op.redispatch(keyset(keys), own)
    # What is excluded on the way differs, as it is declared.
    return found[1:4]


def _kind(message: Sequence[str]) -> list[Any]:
    return [message[0], "INTERNAL ASSERT FAILED" in message[1]]


def python_dispatcher(library: str, key: str, below: str) -> Any:
    """Without a dispatcher of the thread; with one, and a kernel in Python."""
    programs = _policies(library)
    op, x = programs.OPS.twice.default, torch.tensor(VALUES)
    through = keyset((key, below))
    off = _kind(programs.message(op.redispatch, through, x))
    calls: list[bool] = []

    @op.py_impl(key_of(below))  # type: ignore[untyped-decorator]
    def run(y: Any) -> Any:
        calls.append(y is x)
        return y

    with enable_python_dispatcher():
        same = op.redispatch(through, x) is x
    return [off, calls, same]


def redispatched_to_fallthrough(library: str, key: str) -> Any:
    """A redispatch does not skip a key that falls through."""
    programs = _policies(library)
    op = programs.OPS.twice.default
    return programs.message(op.redispatch, keyset((key, "CPU")), torch.tensor(VALUES))[
        0
    ]


def redispatched(library: str, keys: Sequence[str]) -> Any:
    """A fallback that goes on, reached by its key, with fewer keys."""
    programs = _policies(library)
    op = programs.OPS.twice.default
    return op.redispatch(keyset(keys), torch.tensor(VALUES)).tolist()


def kernel(library: str, key: str) -> Any:
    """A fallback that is elsewhere."""
    programs = _policies(library)
    x = torch.tensor(VALUES)
    result = programs.OPS.twice.default.redispatch(keyset((key, "CPU")), x)
    return [result.tolist(), torch.ops.c10_probe.counted()]
