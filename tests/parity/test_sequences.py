"""Registrations in any order, made by hypothesis, on PyTorch and on `generated`.

After each step both have the same tables, and the same kernels registered.
"""

from __future__ import annotations

import importlib.metadata
import re
from itertools import count
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import generated as g
from tests.parity import facts

VERSION: Final = "2.13.0"

pytestmark = pytest.mark.torch

# Keys for which PyTorch has no fallback, so that a test can bring one.
FREE: Final = (
    *("HIP", "IPU", "VE", "PrivateUse2", "PrivateUse3"),
    *("AutogradIPU", "AutogradPrivateUse2", "AutogradPrivateUse3"),
)
_TABLE: Final = re.compile(r"^(\w+): (fallthrough )?(.*) \[(.*)\]$")
_KERNEL: Final = re.compile(r"^(\w+)(?:\[alias\]| \(alias\))?( \(inactive\))?:(.*)$")
_numbers: Final = count()


@pytest.fixture(scope="module")
def torch() -> Any:
    try:
        found = importlib.metadata.version("torch").partition("+")[0]
    except importlib.metadata.PackageNotFoundError:
        pytest.skip(f"PyTorch {VERSION} is not installed: pip install torch=={VERSION}")
    if found != VERSION:
        pytest.skip(f"PyTorch {VERSION} is needed, {found} is installed")
    return pytest.importorskip("torch")


def _registrable() -> list[str]:
    """The keys that PyTorch's parser and ours let a kernel be registered for."""
    known = facts.load_dispatcher()
    return [
        key.name
        for key in g.DispatchKey
        if known.parse_dispatch_key.get(key.name) == key.name
        and key.name != "Undefined"
        and not known.is_per_backend_functionality_key.get(key.name)
    ]


KEYS: Final = _registrable()
ALIASES: Final = [key for key in KEYS if g.DispatchKeySet(g.DispatchKey[key]).empty()]


class Both:
    """One operator on both sides, with libraries that come and go."""

    def __init__(self, torch: Any) -> None:
        self._torch = torch
        self.ns = f"dispatch_sequences_{next(_numbers)}"
        self.name = f"{self.ns}::op"
        self.held: dict[str, tuple[Any, Any]] = {}

    def apply(self, step: tuple[str, str, bool]) -> None:
        """Take a step; what is there already is taken back instead."""
        what, key, fallthrough = step
        name = f"{what} {key}"
        if name in self.held:
            theirs, ours = self.held.pop(name)
            theirs.reset()
            ours.close()
            return
        ns = "_" if what == "fallback" else self.ns
        kind = "FRAGMENT" if what == "define" else "IMPL"
        theirs = self._torch._C._dispatch_library(kind, ns, key, __file__, 1)
        ours = g.Library(ns, kind, key)
        self.held[name] = theirs, ours
        if what == "define":
            theirs.define("op(Tensor a) -> Tensor", "")
            ours.define("op(Tensor a) -> Tensor")
        elif what == "impl":
            kernel = self._torch.library.fallthrough_kernel if fallthrough else _kernel
            theirs.impl("op", key, kernel, False)
            ours.impl("op", g.fallthrough_kernel if fallthrough else _kernel)
        elif fallthrough:
            theirs.fallback_fallthrough(key)
            ours.fallback(g.fallthrough_kernel)
        else:
            theirs.fallback(key, _kernel, False)
            ours.fallback(_kernel)

    def close(self) -> None:
        for theirs, ours in self.held.values():
            theirs.reset()
            ours.close()
        self.held.clear()

    @property
    def is_defined(self) -> bool:
        return "define " in self.held


def _kernel(*args: Any, **kwargs: Any) -> Any:
    return args


def their_table(torch: Any, name: str) -> dict[str, tuple[bool, str]]:
    """Slot to whether it falls through, and why."""
    found = {}
    for line in torch._C._dispatch_dump_table(name).splitlines():
        match = _TABLE.match(line)
        assert match, line
        found[match[1]] = (match[2] is not None, match[4])
    return found


def our_table(name: str) -> dict[str, tuple[bool, str]]:
    return {
        slot: (entry.kernel.startswith("fallthrough"), entry.reason)
        for slot, entry in g.dispatch_table(name).items()
    }


def registered(dump: str) -> dict[str, bool]:
    """The keys with kernels that a dump shows, and whether it falls through."""
    found = {}
    for line in dump.splitlines():
        match = _KERNEL.match(line)
        if match and match[1] in g.DispatchKey.__members__ and not match[2]:
            found[match[1]] = "fallthrough" in match[3]
    return found


def compare(torch: Any, both: Both) -> None:
    assert g.DISPATCHER.find(both.name) is not None or not both.is_defined
    g.check_invariants()
    if not both.is_defined:
        with pytest.raises(KeyError):
            g.dispatch_table(both.name)
        return
    assert our_table(both.name) == their_table(torch, both.name), [*both.held]
    assert registered(g.dispatch_dump(both.name)) == registered(
        torch._C._dispatch_dump(both.name)
    )


@st.composite
def sequences(draw: st.DrawFn) -> list[tuple[str, str, bool]]:
    """Steps; the second step with the same kind and key takes back the first."""
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=6, unique=True))
    pool = [("impl", key) for key in (*keys, *ALIASES)]
    pool += [("fallback", key) for key in FREE]
    pool += [("impl", key) for key in draw(st.lists(st.sampled_from(FREE), max_size=3))]
    pool += [("define", "")] * 3
    steps = draw(st.lists(st.tuples(st.sampled_from(pool), st.booleans()), max_size=16))
    return [(what, key, fall) for (what, key), fall in steps]


@pytest.mark.filterwarnings("ignore")
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=sequences())
def test_tables_after_each_step(torch: Any, steps: list[tuple[str, str, bool]]) -> None:
    both = Both(torch)
    try:
        for step in steps:
            both.apply(step)
            compare(torch, both)
        if not both.is_defined:
            both.apply(("define", "", False))
            compare(torch, both)
    finally:
        both.close()


@pytest.mark.filterwarnings("ignore")
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    keys=st.lists(st.sampled_from(KEYS), min_size=2, max_size=8, unique=True),
    data=st.data(),
)
def test_dropping_in_any_order(
    torch: Any, keys: list[str], data: st.DataObject
) -> None:
    both = Both(torch)
    steps = [("impl", key, False) for key in keys] + [("define", "", False)]
    try:
        for step in data.draw(st.permutations(steps)):
            both.apply(step)
        compare(torch, both)
        for step in data.draw(st.permutations(steps)):
            both.apply(step)
            compare(torch, both)
    finally:
        both.close()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("key", FREE)
@pytest.mark.parametrize("fallthrough", [False, True])
def test_fallbacks_that_come_and_go(torch: Any, key: str, fallthrough: bool) -> None:
    """Before and after the operator and its kernels, for declared operators too."""
    both = Both(torch)
    define, kernel, fallback = (
        ("define", "", False),
        ("impl", "CPU", False),
        ("fallback", key, fallthrough),
    )
    try:
        for step in (define, kernel, fallback, kernel, kernel, fallback, define):
            both.apply(step)
            compare(torch, both)
        both.apply(fallback)
        both.apply(define)
        compare(torch, both)
        assert our_table("aten::add.Tensor")[key] == (
            fallthrough,
            "backend fallback",
        ) or (our_table("aten::add.Tensor")[key][1] != "backend fallback")
    finally:
        both.close()


@pytest.mark.filterwarnings("ignore")
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    keys=st.lists(
        st.sampled_from(["CPU", "AutogradCPU", *ALIASES]), max_size=4, unique=True
    ),
    order=st.data(),
)
def test_the_newest_kernel_of_a_key(
    torch: Any, keys: list[str], order: st.DataObject
) -> None:
    """Two kernels of each key, dropped in any order: the same one is active on both."""
    ns = f"dispatch_sequences_{next(_numbers)}"
    name = f"{ns}::op"
    theirs = torch._C._dispatch_library("FRAGMENT", ns, "", __file__, 1)
    theirs.define("op(Tensor a) -> Tensor", "")
    ours = g.Library(ns, "FRAGMENT")
    ours.define("op(Tensor a) -> Tensor")
    held: dict[tuple[str, bool], tuple[Any, Any]] = {}
    try:
        for key, fallthrough in order.draw(
            st.permutations([(key, fall) for key in keys for fall in (False, True)])
        ):
            impl = torch._C._dispatch_library("IMPL", ns, key, __file__, 1)
            kernel = torch.library.fallthrough_kernel if fallthrough else _kernel
            impl.impl("op", key, kernel, False)
            mine = g.Library(ns, "IMPL", key)
            mine.impl(
                "op",
                g.fallthrough_kernel if fallthrough else _kernel,
                allow_override=True,
            )
            held[key, fallthrough] = impl, mine
        for each in order.draw(st.permutations(list(held))):
            assert our_table(name) == their_table(torch, name)
            assert registered(g.dispatch_dump(name)) == registered(
                torch._C._dispatch_dump(name)
            )
            for library in held.pop(each):
                (library.close if isinstance(library, g.Library) else library.reset)()
        assert our_table(name) == their_table(torch, name)
    finally:
        for impl, mine in held.values():
            impl.reset()
            mine.close()
        theirs.reset()
        ours.close()
