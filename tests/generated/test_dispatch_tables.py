"""`dispatch_tables.txt` says all tables: read back by its own rules, it gives each of them."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Final

import pytest
import yaml

import generated
from codegen.model import Model
from codegen.pipeline import generate, load_model
from tests.support import load_text

ROOT: Final = Path(__file__).parents[2]
FILE: Final = "dispatch_tables.txt"


def sections(text: str) -> dict[str, list[str]]:
    """The lines below each heading, in order."""
    found: dict[str, list[str]] = {}
    _, _, body = text.partition("backend fallbacks:\n")
    lines = found["backend fallbacks"] = []
    for line in body.splitlines():
        if line.startswith("  "):
            lines.append(line.strip())
        elif line:
            lines = found.setdefault(line.removesuffix(":"), [])
    return found


def read_table(model: Model, operator: str, text: str) -> dict[str, str]:
    """The table of an operator, by the steps at the head of the file alone."""
    kernels = model.operators[operator].kernels
    names = {**kernels}
    parts = sections(text)
    table = {}
    for line in parts.pop("backend fallbacks"):
        slot, _, kernel = line.partition(": ")
        table[slot] = f"{kernel} [backend fallback]"
    for heading, lines in parts.items():
        key, bracket, reason = heading.partition(" [")
        if bracket and key in kernels:
            table |= dict.fromkeys(lines, f"{names[key]} [{reason}")
    runtime = {key.name for key in model.runtime_keys}
    table |= {k: f"{kernels[k]} [kernel]" for k in kernels if k in runtime}
    for line in parts.get(", ".join(kernels), []):
        if line.startswith("- "):
            continue
        slot, _, rest = line.partition(": ")
        entry, _, _ = rest.partition(", as ")
        key, _, reason = entry.partition(" [")
        table[slot] = f"{names.get(key, key)} [{reason}"
        if entry == "no kernel":
            del table[slot]
    return table


def check(model: Model) -> int:
    """Compare all tables; how many operators have slots in which an alias steps back."""
    text = generate(model, "python")[FILE]
    for name in model.operators:
        expected = {
            slot: f"{entry.kernel} [{entry.reason}]"
            for slot, entry in model.operator_table(name).items()
        }
        assert read_table(model, name, text) == expected, name
    listed = {line.removeprefix("  - ") for line in text.splitlines() if "  - " in line}
    patterns = {", ".join(o.kernels) for o in model.operators.values()}
    named = sections(text).keys() & patterns
    concerned = {n for n, o in model.operators.items() if ", ".join(o.kernels) in named}
    assert listed == concerned
    return len(listed)


def test_reference() -> None:
    assert check(load_model([ROOT / "declarations"])) > 3


def test_minitensor() -> None:
    check(load_model([ROOT / "examples" / "minitensor" / "declarations"]))


@pytest.mark.parametrize("seed", range(6))
def test_random_kernels(seed: int, tmp_path: Path) -> None:
    """Operators with any keys, alias keys that step back among them."""
    choose = random.Random(seed)
    model = load_model([ROOT / "declarations"])
    keys = sorted([*(key.name for key in model.runtime_keys[1:]), *model.aliases])
    operators = []
    for number in range(40):
        some = choose.sample(keys, choose.randint(0, 9))
        some += choose.sample(
            [k for k in keys if "Composite" in k or k == "Autograd"], 2
        )
        kernels = {key: f"k_{key}" for key in dict.fromkeys(some)}
        operators.append({"func": f"my::f{number}() -> ()", "dispatch": kernels})
    text = yaml.safe_dump(
        {"extends": "pytorch", "operators": operators, "dispatcher": {"name": "r"}}
    )
    assert check(load_text(text, tmp_path)) > 3


def test_tables_of_the_package_are_those_of_the_model() -> None:
    model = load_model([ROOT / "declarations"])
    assert list(generated.TABLES) == list(model.operators)
    for name in model.operators:
        ours = {slot: tuple(e) for slot, e in generated.TABLES[name].items()}
        assert ours == {s: tuple(e) for s, e in model.operator_table(name).items()}


def test_size_is_of_the_layers_and_not_of_the_operators(tmp_path: Path) -> None:
    """Operators whose alias keys step back for nothing add no line."""
    many = [
        {"func": f"my::f{number}(Tensor a) -> Tensor", "dispatch": {"CPU": "f"}}
        for number in range(100)
    ]
    texts = []
    for operators in (many[:1], many):
        declared = {
            "extends": "pytorch",
            "operators": operators,
            "dispatcher": {"name": "m"},
        }
        (tmp_path / str(len(operators))).mkdir()
        model = load_text(yaml.safe_dump(declared), tmp_path / str(len(operators)))
        texts.append(generate(model, "python")[FILE])
    assert texts[0] == texts[1]
