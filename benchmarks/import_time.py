"""How long `import generated` takes, against some modules of the standard library.

What counts is the time above an interpreter that has already imported what the package
needs of the standard library, since any program has. Each measurement is a fresh
process with bytecode cached; bare and full runs alternate, so that both see the same
load of the machine.

Then the same for a package with many declared operators, made for this: the import, its
memory, the import of what knows the operators, and their first calls. And for the operators
of PyTorch, if `--declarations` names a file that declares them: what reaching an operator
takes, and its first three calls, with a kernel that a library has registered.

    python benchmarks/import_time.py [--runs 15] [--package generated] [--operators 3000]
        [--declarations FILE]
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parents[1]
BAR = 10.0
MEMORY_BAR = 10.0
PRELUDE = ("enum", "typing", "threading", "contextvars")
PEERS = ("dataclasses", "decimal", "json", "argparse", "unittest", "asyncio")

# Times only the import statement: starting an interpreter takes longer than that.
TIMED = """
import {prelude}
from time import perf_counter
{before}
start = perf_counter()
{statement}
print((perf_counter() - start) * 1000)
"""

# What an import allocates: what it keeps, and the most that it held meanwhile.
TRACED = """
import {prelude}
import tracemalloc
tracemalloc.start()
{statement}
print(*tracemalloc.get_traced_memory())
"""

MANY: Final = "many"
"""The package with many operators."""

KERNELS: Final = """
def kernel(self, other):
    return self

class Tensor:
    def __init__(self, keyset):
        self._dispatch_keys = keyset.raw_repr()
"""

FIRST: Final = f"""
from {MANY} import DispatchKey, DispatchKeySet, ops
from {MANY}_kernels import Tensor
keys = DispatchKey.CPU, DispatchKey.ADInplaceOrView, DispatchKey.AutogradCPU
tensor = Tensor(DispatchKeySet.of(*keys))
"""
SECOND: Final = f"{FIRST}\nops.many.op1(tensor, tensor)"

FULL: Final = "full"
"""The package made of the declarations that are given."""
FULL_BAR = 15.0
CALL_BAR = 0.2

# In one process, for many operators: the first access and calls of each. All of them take
# tensors alone; one that is called before keeps out what all of them share.
CALLS: Final = f"""
import {", ".join(PRELUDE)}
from time import perf_counter
from {FULL} import DISPATCHER, DispatchKey, DispatchKeySet, Library, ops
from {FULL}._runtime.schema import parse_schema

class Tensor:
    def __init__(self, keyset):
        self._dispatch_keys = keyset.raw_repr()

keys = DispatchKey.CPU, DispatchKey.ADInplaceOrView, DispatchKey.AutogradCPU
tensor = Tensor(DispatchKeySet.of(*keys))
library = Library("aten", "IMPL")
chosen = []
for name in DISPATCHER.operator_names()[::7]:
    namespace, _, rest = name.partition("::")
    declared = DISPATCHER._declared[name]
    arguments = parse_schema(f"aten::{{declared.schema}}").arguments
    packet, _, overload = rest.partition(".")
    only = len(DISPATCHER.overloads(name.partition(".")[0])) == 1
    if namespace == "aten" and arguments and all(
        argument.is_tensor and not argument.kwarg_only for argument in arguments
    ):
        chosen.append((rest, packet, overload or ("" if only else "default"), len(arguments)))

def timed(statement):
    start = perf_counter()
    result = statement()
    return (perf_counter() - start) * 1000, result

columns = [], [], [], []
for number, (rest, packet, overload, count) in enumerate(chosen):
    if REGISTERED:
        library.impl(rest, lambda *values: values[0], "CPU", allow_override=True)
    def reach():
        found = getattr(ops.aten, packet)
        return getattr(found, overload) if overload else found
    access, function = timed(reach)
    if not REGISTERED:
        library.impl(rest, lambda *values: values[0], "CPU", allow_override=True)
    calls = [timed(lambda: function(*[tensor] * count))[0] for _ in range(3)]
    if number:
        for column, time in zip(columns, [access, *calls]):
            column.append(time)
print(*(sorted(column)[len(column) // 2] for column in columns), len(columns[0]))
"""

Statement = tuple[str, str]
"""What is timed, and what is done before."""


def run(script: str, folder: Path) -> list[float]:
    """The numbers that a fresh process prints."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        [sys.executable, "-S", "-c", script],
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment,
        check=True,
    )
    return [float(number) for number in done.stdout.split()]


def milliseconds(statement: Statement, folder: Path) -> float:
    """One fresh process; what the statement takes in it."""
    timed, before = statement
    script = TIMED.format(prelude=", ".join(PRELUDE), statement=timed, before=before)
    return run(script, folder)[0]


def measure(
    statements: Sequence[Statement], folder: Path, runs: int
) -> list[list[float]]:
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


def compare(package: Path, folder: Path, runs: int) -> bool:
    """Time the import of a package among its peers; whether its bar is met."""
    name = package.name
    shutil.copytree(
        package, folder / name, ignore=shutil.ignore_patterns("__pycache__")
    )
    statements = ["pass", *(f"import {module}" for module in (name, *PEERS))]
    bare, *times = measure([(s, "") for s in statements], folder, runs)
    own, others = added_modules(statements[1], folder)
    base = statistics.median(bare)
    medians = [statistics.median(column) - base for column in times]
    print(f"import time above {', '.join(PRELUDE)}; median of {runs} runs")
    print(f"{'module':<14}{'median ms':>11}{'fastest ms':>12}{'ratio':>8}")
    for module, median, column in zip((name, *PEERS), medians, times, strict=True):
        ratio = median / medians[0]
        print(f"{module:<14}{median:>11.2f}{min(column) - base:>12.2f}{ratio:>8.2f}")
    print(f"{name} loads {own} modules of its own and {others} others")
    return judged(f"less than {BAR:.0f} ms", medians[0] < BAR)


def write_many(count: int, folder: Path) -> None:
    """Generate a package with the reference declarations and many operators."""
    # Imported here: the first part needs no generator.
    from codegen import emit
    from codegen.pipeline import generate, load_model

    file = folder / "many.yaml"
    file.write_text("".join(map(declaration, range(count))), "utf-8")
    (folder / f"{MANY}_kernels.py").write_text(KERNELS, "utf-8")
    files = generate(load_model([ROOT / "declarations", file]), "python")
    emit.apply(emit.plan(files, folder / MANY, "python"))


def declaration(number: int) -> str:
    return (
        f"- func: many::op{number}(Tensor self, Tensor other) -> Tensor\n"
        f"  dispatch: {{CPU: {MANY}_kernels:kernel, Meta: {MANY}_kernels:kernel}}\n"
    )


def many_operators(count: int, folder: Path, runs: int) -> bool:
    """Time and weigh a package with many operators; whether its bars are met."""
    write_many(count, folder)
    used = f"from {MANY} import ops"
    statements: Mapping[str, Statement] = {
        f"import {MANY}": (f"import {MANY}", ""),
        used: (used, ""),
        "first call": ("ops.many.op1(tensor, tensor)", FIRST),
        "first call of another": ("ops.many.op2(tensor, tensor)", SECOND),
    }
    bare, *times = measure([("pass", ""), *statements.values()], folder, runs)
    base = statistics.median(bare)
    medians = [statistics.median(column) - base for column in times]
    print(f"\na package with {count} operators more; median of {runs} runs")
    print(f"{'':<24}{'median ms':>11}{'fastest ms':>12}{'MB kept':>10}{'most':>8}")
    most = 0.0
    for name, median, column in zip(statements, medians, times, strict=True):
        row = f"{name:<24}{median:>11.2f}{min(column) - base:>12.2f}"
        statement, before = statements[name]
        if not before:
            kept, peak = allocated(statement, folder)
            most = max(most, peak)
            row += f"{kept:>10.2f}{peak:>8.2f}"
        print(row)
    met = [
        judged(f"`{name}` in less than {BAR:.0f} ms", median < BAR)
        for name, median in zip(statements, medians, strict=True)
        if not statements[name][1]
    ]
    met.append(judged(f"less than {MEMORY_BAR:.0f} MB", most < MEMORY_BAR))
    return all(met)


def write_full(declarations: Path, folder: Path) -> None:
    """Generate a package of declarations."""
    # Imported here: the first part needs no generator.
    from codegen import emit
    from codegen.pipeline import generate, load_model

    files = generate(load_model([declarations]), "python")
    emit.apply(emit.plan(files, folder / FULL, "python"))


def declared_operators(declarations: Path, folder: Path, runs: int) -> bool:
    """Time a package of declarations; whether its bars are met."""
    write_full(declarations, folder)
    imported, used = f"import {FULL}", f"from {FULL} import ops"
    statements = [("pass", ""), (imported, ""), (used, ""), ("ops.aten.add", used)]
    bare, *times = measure(statements, folder, runs)
    base = statistics.median(bare)
    print(f"\nthe package of {declarations.name}; median of {runs} runs")
    print(f"{'':<34}{'median ms':>11}{'fastest ms':>12}")
    names = imported, used, "first operator of a namespace"
    medians = [statistics.median(column) - base for column in times]
    for name, median, column in zip(names, medians, times, strict=True):
        print(f"{name:<34}{median:>11.2f}{min(column) - base:>12.2f}")
    rounds = {
        registered: [
            run(CALLS.replace("REGISTERED", str(registered)), folder)
            for _ in range(runs)
        ]
        for registered in (True, False)
    }
    for registered, found in rounds.items():
        count = int(found[0][-1])
        when = "before" if registered else "after"
        print(f"each of {count} operators, its kernel registered {when} it is reached")
        rows = "reaching it", "first call", "second call", "third call"
        for index, name in enumerate(rows):
            numbers = [result[index] for result in found]
            print(
                f"  {name:<32}{statistics.median(numbers):>11.4f}{min(numbers):>12.4f}"
            )
    first = statistics.median(found[1] for found in rounds[True])
    both = statistics.median(found[0] + found[1] for found in rounds[True])
    met = [
        judged(f"`{imported}` in less than {FULL_BAR:.0f} ms", medians[0] < FULL_BAR),
        judged(f"first call in less than {CALL_BAR} ms", first < CALL_BAR),
        judged(
            f"first call with reaching it in less than {CALL_BAR} ms", both < CALL_BAR
        ),
    ]
    return all(met)


def allocated(statement: str, folder: Path) -> tuple[float, float]:
    """How many megabytes an import keeps, and holds at most."""
    script = TRACED.format(prelude=", ".join(PRELUDE), statement=statement)
    kept, peak = run(script, folder)
    return kept / 1e6, peak / 1e6


def judged(bar: str, met: bool) -> bool:
    print(f"bar: {bar}: {'met' if met else 'missed'}")
    return met


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=15, metavar="N")
    parser.add_argument(
        "--package", type=Path, default=ROOT / "generated", metavar="FOLDER"
    )
    parser.add_argument(
        "--operators", type=int, default=3000, metavar="N", help="0 for none"
    )
    parser.add_argument(
        "--declarations",
        type=Path,
        metavar="FILE",
        help="of all of PyTorch's operators",
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        met = compare(options.package.resolve(), folder, options.runs)
        if options.operators:
            met &= many_operators(options.operators, folder, options.runs)
        if options.declarations:
            met &= declared_operators(options.declarations, folder, options.runs)
    sys.exit(not met)


if __name__ == "__main__":
    main()
