"""The generated C++ dispatcher does what the generated Python one does, and PyTorch.

Programs run on all of them, see `cpp_machine`: those of `tests/parity/programs`, and ones
made from seeds. Each event has to be the same: kernels in the order in which they run and
what each of them sees, modes, results, kinds of errors, and the tables after each step.
"""

from __future__ import annotations

import functools
import importlib.metadata
import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from codegen.pipeline import generate, load_model
from codegen.resources import built_in_declarations
from generated._runtime import autograd, kernels, modes, policies
from tests.cpp.cpp_machine import CppMachine, NotInCpp
from tests.cpp.ours_steps import OursSteps
from tests.cpp.random_programs import (
    OURS,
    TORCH,
    PyTorchFault,
    RandomProgram,
    Scope,
)
from tests.parity import facts, programs
from tests.parity.programs.machine import Machine, Program

VERSION: Final = "2.13.0"
COMPILER: Final = shutil.which("g++") or shutil.which("clang++")
FLAGS: Final = "-std=c++20 -O1 -Wall -Wextra -Werror".split()

# Seeds, a few to a test so that a failure names few.
SEEDS: Final = range(320)
TORCH_SEEDS: Final = range(10_000, 10_160)
AT_ONCE: Final = 20

pytestmark = pytest.mark.skipif(not COMPILER, reason="there is no C++ compiler")

_PROGRAMS: Final = dict(programs.programs())
_RECORDED: Final[dict[str, list[str]]] = json.loads(
    (facts.FACTS / "programs.json").read_text(encoding="utf-8")
)

# What C++ says in other words, has no words for, or leaves to the compiler.
DIFFERENT: Final = {
    # Arguments are converted and refused by the compiler.
    "arguments.tensors",
    "errors.no_tensor",
    "errors.a_wrong_element",
    "errors.none_for_a_tensor",
    # Methods of modes and subclasses have another name.
    "python_modes.returns_not_implemented",
    "subclasses.returns_not_implemented",
    # There is no way to register a kernel of the Python dispatcher but to add it.
    "python_dispatcher.twice",
    # An enumeration.
    "autograd_fallback.an_unknown_mode",
    # As in Python, see tests/parity/test_programs.py.
    "libraries.meta_beside_a_composite",
}


@pytest.fixture(scope="session")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program that runs programs, compiled with what is generated now."""
    folder = tmp_path_factory.mktemp("runner")
    for path, text in generate(load_model([built_in_declarations()]), "cpp").items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    source = Path(__file__).with_name("program_runner.cpp")
    program = folder / "runner"
    command = [str(COMPILER), *FLAGS, "-I", str(folder / "include"), str(source)]
    done = subprocess.run(
        [*command, "-o", str(program)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[:4000]
    return program


def machines(runner: Path) -> Iterator[tuple[str, Callable[[str], Machine]]]:
    yield "boxed", functools.partial(CppMachine, runner=runner)
    yield "typed", functools.partial(CppMachine, runner=runner, typed=True)


@pytest.mark.parametrize(
    ("name", "program"),
    [one for one in _PROGRAMS.items() if not one[0].startswith("schemas.packets_")],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_recorded_programs(runner: Path, name: str, program: Program) -> None:
    """What was recorded on PyTorch."""
    for _, machine in machines(runner):
        try:
            events = programs.run(machine, name, program)  # type: ignore[arg-type]
        except NotInCpp as reason:
            pytest.skip(str(reason))
        except Exception:
            if name not in DIFFERENT:
                raise
            continue
        if name not in DIFFERENT:
            assert events == _RECORDED[name]


def run(
    machine: Callable[[str], Machine],
    seed: int,
    scope: Scope,
    counts: Counter[str] | None = None,
) -> tuple[list[str], bool]:
    """The events of a random program, and whether it ran to its end."""
    made: list[Machine] = []

    def make(name: str) -> Machine:
        made.append(machine(name))
        return made[0]

    program = RandomProgram(seed, scope, counts if counts is not None else Counter())
    try:
        programs.run(make, f"random_{seed}", program)  # type: ignore[arg-type]
    except PyTorchFault:
        return made[0].events, False
    return made[0].events, True


def assert_same(
    expected: list[str], found: list[str], seed: int, what: str, is_whole: bool
) -> None:
    """Compare, and show what led to the first difference."""
    if not is_whole:
        found = found[: len(expected)]
    if found == expected:
        return
    place = 0
    while expected[place : place + 1] == found[place : place + 1]:
        place += 1
    before = "\n".join(expected[max(0, place - 25) : place])
    pytest.fail(
        f"seed {seed}, {what}, after\n{before}\n\nexpected\n"
        f"{expected[place : place + 1]}\nfound\n{found[place : place + 1]}",
        pytrace=False,
    )


# At least so often in all programs together.
HAPPENS: Final = {
    "define": 500,
    "drop: define": 150,
    "drop: impl": 200,
    "drop: fallthrough": 40,
    "drop: fallback": 30,
    "impl: key": 800,
    "impl: alias": 800,
    "fallthrough": 300,
    "fallback: kernel": 100,
    "fallback: fallthrough": 60,
    "fallback: refused": 5,
    "fallback that runs": 15,
    "py_impl": 80,
    "guard: include": 60,
    "guard: exclude": 100,
    "guard: force": 15,
    "guard: preserve": 15,
    "guard: below_autograd": 40,
    "guard: below_inplace_or_view": 25,
    "guard: mode": 80,
    "guard: python_dispatcher": 30,
    "guard: restore_snapshot": 20,
    "guard: ends out of order": 6,
    "mode: call": 80,
    "mode: answer": 15,
    "mode: decline": 15,
    "call that succeeds": 500,
    "boxed call": 100,
    "boxed redispatch": 100,
    "redispatch that succeeds": 100,
    "kernel": 2000,
    "kernel: plain": 500,
    "kernel: redispatch": 500,
    "kernel: redispatch to": 80,
    "kernel: call below": 100,
    "kernel: call other": 100,
    "kernel: raise": 20,
    "kernel: register": 20,
    "observed": 100,
    "autograd: True": 3,
    "table": 2000,
    "table: backends differ in what falls through": 100,
    "error: missing": 300,
    "error: ambiguous": 8,
    "error: fallthrough": 150,
    "error: unbound": 100,
    "error: meta": 15,
    "error: undefined": 50,
    "error: no answer": 10,
    "error: no snapshot": 10,
    "error: on purpose": 20,
    **{
        f"policy: {name}": 15
        for name in (
            "autograd_not_implemented",
            "kernel",
            "not_implemented",
            "python",
            "python_dispatcher",
            "python_tls_snapshot",
            "redispatch",
        )
    },
}
HAPPEN_ON_TORCH: Final = {
    kind: least // 5 for kind, least in HAPPENS.items() if not kind.startswith("policy")
} | {
    # See `TORCH.avoids`.
    "fallback: refused": 0,
    "error: unbound": 0,
    "error: ambiguous": 0,
    "observed": 0,
}
_POLICIES: Final[dict[str, type[kernels.Kernel]]] = {
    "autograd_not_implemented": autograd.AutogradKernel,
    "kernel": kernels.SymbolKernel,
    "not_implemented": policies.NotImplementedKernel,
    "python": modes.PythonKernel,
    "python_dispatcher": modes.PythonDispatcherKernel,
    "python_tls_snapshot": modes.SnapshotKernel,
    "redispatch": policies.RedispatchKernel,
}


@pytest.fixture(scope="module")
def counts() -> Iterator[Counter[str]]:
    """How often each kind of thing happened; policies when a call finds them."""
    found: Counter[str] = Counter()
    with pytest.MonkeyPatch.context() as patch:
        for policy, kind in _POLICIES.items():

            def bind(
                self: Any,
                operator: Any,
                keyset: int,
                *,
                name: str = f"policy: {policy}",
                usual: Any = kind.bind,
            ) -> Any:
                found[name] += 1
                return usual(self, operator, keyset)

            patch.setattr(kind, "bind", bind)
        yield found


@pytest.mark.parametrize("first", SEEDS[::AT_ONCE])
def test_as_python(runner: Path, first: int) -> None:
    """Random programs, with all keys."""
    for seed in range(first, first + AT_ONCE):
        expected, is_whole = run(OursSteps, seed, OURS)
        assert is_whole
        for what, machine in machines(runner):
            assert_same(expected, run(machine, seed, OURS)[0], seed, what, True)


def test_everything_happens(counts: Counter[str]) -> None:
    """The random programs do all that they are for."""
    for seed in SEEDS:
        run(OursSteps, seed, OURS, counts)
    rare = {
        kind: counts[kind] for kind, least in HAPPENS.items() if counts[kind] < least
    }
    assert not rare, rare


def _has_torch() -> bool:
    try:
        return importlib.metadata.version("torch").partition("+")[0] == VERSION
    except importlib.metadata.PackageNotFoundError:
        return False


@pytest.mark.torch
@pytest.mark.skipif(not _has_torch(), reason=f"PyTorch {VERSION} is not installed")
@pytest.mark.parametrize("first", TORCH_SEEDS[::AT_ONCE])
@pytest.mark.filterwarnings("ignore")
def test_as_pytorch(runner: Path, first: int, torch_counts: Counter[str]) -> None:
    """Random programs of what PyTorch can do: on PyTorch, in Python and in C++."""
    from tests.cpp.torch_steps import TorchSteps

    for seed in range(first, first + AT_ONCE):
        expected, is_whole = run(TorchSteps, seed, TORCH, torch_counts)
        torch_counts["programs"] += 1
        torch_counts["programs that end early"] += not is_whole
        for what, machine in [("python", OursSteps), *machines(runner)]:
            found, _ = run(machine, seed, TORCH)
            assert_same(expected, found, seed, what, is_whole)


@pytest.fixture(scope="module")
def torch_counts() -> Iterator[Counter[str]]:
    """How often each kind of thing happened on PyTorch, which is checked at the end."""
    found: Counter[str] = Counter()
    yield found
    if found["programs"] < len(TORCH_SEEDS):
        return  # Only some were chosen, or this is one of several workers.
    assert found["programs that end early"] < found["programs"] / 5
    rare = {
        kind: found[kind]
        for kind, least in HAPPEN_ON_TORCH.items()
        if found[kind] < least
    }
    assert not rare, rare
