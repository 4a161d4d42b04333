"""The same programs on PyTorch and on the generated package: the same events."""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
import sys
from pathlib import Path

import pytest

from generated._runtime.arguments import ArgumentError
from tests.parity import facts, programs
from tests.parity.programs.machine import Program

VERSION = "2.13.0"

_PROGRAMS = dict(programs.programs())
_RECORDED: dict[str, list[str]] = json.loads(
    (facts.FACTS / "programs.json").read_text(encoding="utf-8")
)


# What is meant to differ, and why.
DIFFERENT = {
    # An undefined tensor is C++'s; in Python a None is a mistake unless it is `Tensor?`.
    "errors.none_for_a_tensor",
    # A rule of torch.library for one pair of PyTorch's own keys.
    "libraries.meta_beside_a_composite",
}


def test_every_program_is_recorded() -> None:
    assert list(_RECORDED) == list(_PROGRAMS)


@pytest.mark.torch
def test_facts_are_those_of_the_installed_torch() -> None:
    try:
        found = importlib.metadata.version("torch").partition("+")[0]
    except importlib.metadata.PackageNotFoundError:
        pytest.skip(f"PyTorch {VERSION} is not installed: pip install torch=={VERSION}")
    if found != VERSION:
        pytest.skip(f"PyTorch {VERSION} is needed, {found} is installed")
    script = Path(facts.__file__).with_name("record_programs.py")
    result = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("name", "program"), _PROGRAMS.items(), ids=_PROGRAMS)
def test_same_events(name: str, program: Program) -> None:
    from tests.parity.programs.ours_machine import OursMachine

    if name in DIFFERENT:
        with pytest.raises((AssertionError, ArgumentError)):
            assert programs.run(OursMachine, name, program) == _RECORDED[name]
    else:
        assert programs.run(OursMachine, name, program) == _RECORDED[name]
