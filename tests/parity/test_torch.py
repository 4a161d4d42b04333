"""Programs run on both: PyTorch itself, and the rules computed from the declarations."""

from __future__ import annotations

import importlib.metadata
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import codegen
import generated as g
from codegen import Model
from tests.parity import facts

VERSION = "2.13.0"

pytestmark = pytest.mark.torch

_LINE = re.compile(r"^(\w+): (fallthrough )?(.*) \[(.*)\]$")


@pytest.fixture(scope="module")
def torch() -> Any:
    try:
        found = importlib.metadata.version("torch").partition("+")[0]
    except importlib.metadata.PackageNotFoundError:
        pytest.skip(f"PyTorch {VERSION} is not installed: pip install torch=={VERSION}")
    if found != VERSION:
        pytest.skip(f"PyTorch {VERSION} is needed, {found} is installed")
    return pytest.importorskip("torch")


@pytest.fixture(scope="module")
def model() -> Model:
    return codegen.load("declarations")


def test_facts_are_those_of_the_installed_torch(torch: Any) -> None:
    script = Path(facts.__file__).with_name("extract_facts.py")
    result = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True
    )
    assert result.returncode == 0, result.stdout + result.stderr


class _Program:
    """An operator of PyTorch with kernels that can come and go, and our twin of it."""

    def __init__(self, torch: Any, name: str) -> None:
        self._torch = torch
        self.name = name
        self._define = torch.library.Library(name.partition("::")[0], "DEF")
        self._define.define(f"{name.partition('::')[2]}(Tensor x) -> Tensor")
        self._libraries: dict[str, Any] = {}
        self._fallthrough: set[str] = set()

    def register(self, key: str, *, fallthrough: bool) -> None:
        library = self._torch.library.Library(self.name.partition("::")[0], "IMPL", key)
        kernel = self._torch.library.fallthrough_kernel if fallthrough else _kernel
        library.impl(self.name.partition("::")[2], kernel)
        self._libraries[key] = library
        if fallthrough:
            self._fallthrough.add(key)

    def drop(self, key: str) -> None:
        self._libraries.pop(key)._destroy()
        self._fallthrough.discard(key)

    @property
    def registrations(self) -> dict[str, str]:
        """A kernel of its own name for each key."""
        return {key: key for key in self._libraries}

    def table(self) -> Iterator[tuple[str, bool, str, str]]:
        """Slot, whether it falls through, kernel and reason, as PyTorch prints them."""
        for line in self._torch._C._dispatch_dump_table(self.name).splitlines():
            match = _LINE.match(line)
            assert match, line
            yield match[1], match[2] is not None, match[3], match[4]

    def assert_equal(self, model: Model) -> None:
        ours = model.dispatch_table(self.registrations)
        theirs = list(self.table())
        assert [slot for slot, *_ in theirs] == list(ours)
        for slot, falls_through, _, reason in theirs:
            entry = ours[slot]
            assert entry.reason == reason, (slot, self.registrations)
            if reason == "backend fallback":
                policy = model.fallbacks[slot].spec.policy
                assert (policy == "fallthrough") == falls_through, slot
            elif entry.kernel in self._libraries:
                assert (entry.kernel in self._fallthrough) == falls_through, slot

    def close(self) -> None:
        for key in list(self._libraries):
            self.drop(key)
        self._define._destroy()


def _kernel(x: Any) -> Any:
    return x


def _registrable(torch: Any, model: Model) -> list[str]:
    """The keys that PyTorch's own parser lets a kernel be registered for."""
    known = facts.load_dispatcher()
    return [
        name
        for name in model.keys
        if known.parse_dispatch_key.get(name) == name
        and name != model.undefined
        and not known.is_per_backend_functionality_key[name]
    ]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("seed", range(12))
def test_random_programs(torch: Any, model: Model, seed: int) -> None:
    """Register and deregister in random order; the tables agree after every step."""
    choose = random.Random(seed)
    keys = _registrable(torch, model)
    aliases = [key for key in keys if key in model.aliases]
    for number in range(12):
        program = _Program(torch, f"dispatch_parity_{seed}_{number}::op")
        try:
            pool = choose.sample(keys, 12) + aliases
            for _step in range(14):
                held = list(program.registrations)
                if held and choose.random() < 0.3:
                    program.drop(choose.choice(held))
                else:
                    free = [key for key in pool if key not in held]
                    if "CompositeImplicitAutograd" in held and "Meta" in free:
                        free.remove("Meta")  # torch.library refuses it then.
                    fallthrough = choose.random() < 0.15
                    program.register(choose.choice(free), fallthrough=fallthrough)
                program.assert_equal(model)
        finally:
            program.close()


@pytest.mark.filterwarnings("ignore")
def test_the_operator_that_torch_lacks(torch: Any, model: Model) -> None:
    """No stock operator is ambiguous; ours is, and so is its twin over there."""
    program = _Program(torch, "probe::ambiguous")
    try:
        for key in model.operators["probe::ambiguous"].kernels:
            program.register(key, fallthrough=False)
        program.assert_equal(model)
        assert "ambiguous autogradother" in {reason for *_, reason in program.table()}
    finally:
        program.close()


def test_keysets(torch: Any) -> None:
    """The keyset class against PyTorch's, operation by operation."""
    theirs = torch._C.DispatchKeySet
    ours = g.DispatchKeySet
    keys = [(name, torch._C.DispatchKey.__members__[name]) for name in _pybind(torch)]
    for index, case in enumerate(facts.random_cases()[:4000]):
        a, b = theirs.from_raw_repr(case.raw), theirs.from_raw_repr(case.partner)
        x, y = ours.from_raw_repr(case.raw), ours.from_raw_repr(case.partner)
        assert (a | b).raw_repr() == (x | y).raw_repr()
        assert (a & b).raw_repr() == (x & y).raw_repr()
        assert (a - b).raw_repr() == (x - y).raw_repr()
        assert str(a) == str(x)
        assert int(a.highestPriorityTypeId()) == x.highestPriorityTypeId()
        name, key = keys[index % len(keys)]
        mine = g.DispatchKey[name]
        assert a.has(key) == x.has(mine)
        assert a.add(key).raw_repr() == x.add(mine).raw_repr()
        assert a.remove(key).raw_repr() == x.remove(mine).raw_repr()


def _pybind(torch: Any) -> list[str]:
    members = torch._C.DispatchKey.__members__
    return [
        name
        for name in members
        if name != "Undefined" and name in g.DispatchKey.__members__
    ]
