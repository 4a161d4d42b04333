"""How long `import generated` takes, against some modules of the standard library.

What counts is the time above an interpreter that has already imported what the package
needs of the standard library, since any program has. Each measurement is a fresh
process with bytecode cached; bare and full runs alternate, so that both see the same
load of the machine.

    python benchmarks/import_time.py [--runs 15] [--package generated]
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BAR = 10.0
PRELUDE = ("enum", "typing", "threading", "contextvars")
PEERS = ("dataclasses", "decimal", "json", "argparse", "unittest", "asyncio")

# Times only the import statement: starting an interpreter takes longer than that.
TIMED = """
import {prelude}
from time import perf_counter
start = perf_counter()
{statement}
print((perf_counter() - start) * 1000)
"""


def milliseconds(statement: str, folder: Path) -> float:
    """One fresh process; what the statement takes in it."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    script = TIMED.format(prelude=", ".join(PRELUDE), statement=statement)
    done = subprocess.run(
        [sys.executable, "-S", "-c", script],
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment,
        check=True,
    )
    return float(done.stdout)


def measure(statements: list[str], folder: Path, runs: int) -> list[list[float]]:
    """The times of each statement; a round runs every one of them once."""
    for statement in statements:
        milliseconds(statement, folder)  # Writes the bytecode.
    rounds = [[milliseconds(s, folder) for s in statements] for _ in range(runs)]
    return [list(column) for column in zip(*rounds, strict=True)]


def added_modules(statement: str, folder: Path) -> tuple[int, int]:
    """How many modules an import loads: of the package, and of the standard library."""
    script = (
        f"import sys, {', '.join(PRELUDE)}\nbefore = set(sys.modules)\n{statement}\n"
        "print(*(set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", script],
        capture_output=True,
        text=True,
        cwd=folder,
        check=True,
    )
    found = done.stdout.split()
    package = statement.split()[-1]
    own = sum(name.split(".")[0] == package for name in found)
    return own, len(found) - own


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=15, metavar="N")
    parser.add_argument(
        "--package", type=Path, default=ROOT / "generated", metavar="FOLDER"
    )
    options = parser.parse_args()
    name = options.package.resolve().name
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        shutil.copytree(
            options.package,
            folder / name,
            ignore=shutil.ignore_patterns("__pycache__"),
        )
        statements = ["pass", *(f"import {module}" for module in (name, *PEERS))]
        bare, *times = measure(statements, folder, options.runs)
        own, others = added_modules(statements[1], folder)
    base = statistics.median(bare)
    medians = [statistics.median(column) - base for column in times]
    print(f"import time above {', '.join(PRELUDE)}; median of {options.runs} runs")
    print(f"{'module':<14}{'median ms':>11}{'fastest ms':>12}{'ratio':>8}")
    for module, median, column in zip((name, *PEERS), medians, times, strict=True):
        ratio = median / medians[0]
        print(f"{module:<14}{median:>11.2f}{min(column) - base:>12.2f}{ratio:>8.2f}")
    print(f"{name} loads {own} modules of its own and {others} others")
    verdict = "met" if medians[0] < BAR else "missed"
    print(f"bar: less than {BAR:.0f} ms: {verdict}")
    sys.exit(medians[0] >= BAR)


if __name__ == "__main__":
    main()
