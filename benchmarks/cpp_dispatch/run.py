"""What a call through a generated C++ dispatcher costs, beside c10's and one by hand.

Builds one program that holds all of them, counts instructions by callgrind, times by
Google Benchmark, and holds the results against bars. Needs g++, valgrind and Google
Benchmark (Debian: libbenchmark-dev); for c10 the wheel of PyTorch 2.13.

    python benchmarks/cpp_dispatch/run.py [--runs 15] [--only TEXT] [--json]

A count: the difference between a loop of 2 N calls and one of N, divided by N: without
what starting up takes, with the loop's own two instructions. c10 is compared in the
same kind of binary: executable or shared library. Exits with 1 if a bar is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]

COMPILER = os.environ.get("CXX", "g++")
WARNINGS = ("-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror")
FLAGS = ("-std=c++20", "-O2", "-DNDEBUG")
INITIAL_EXEC = '[[gnu::tls_model("initial-exec")]]'

NOISE = 1.03
"""How much slower than another case one may look that is as fast."""


class Failed(Exception):
    """A command that failed, in its own words."""


# Bars


@dataclass(frozen=True)
class Row:
    """A line of the table: a case of ours, and c10's to compare it with."""

    text: str
    case: str
    limit: float | None = None
    c10: str | None = None
    kind: str = "instructions"


TIMES = 6
"""How many times as many instructions c10 takes, at least, in an executable."""

SHARED = "c10_shared/call"

ROWS = (
    Row("direct function pointer", "ours/direct"),
    Row("static, PYTORCH_OBSERVERS=0", "ours_unobserved/static", 30, "c10/call"),
    Row("static", "ours/static, observable", 33, "c10/call"),
    Row("mutable, declared kernels", "ours/mutable", 33, "c10/call"),
    Row("mutable, registered kernels", "ours/registered", 33, "c10/call"),
    Row("in a shared library", "ours_shared/mutable", 45, SHARED),
    Row("there, initial-exec", "ours_initial_exec/mutable", 32, SHARED),
    Row("autograd, redispatch to CPU", "ours/autograd", 52, "c10/autograd"),
    Row("the same, registered", "ours/registered, autograd", 52, "c10/autograd"),
    Row("boxed backend fallback", "ours/fallback", 60, "c10/fallback"),
    Row("boxed backend fallback", "ours/fallback", 0, "c10/fallback", "allocations"),
    Row("direct function pointer", "ours/direct", kind="ns"),
    Row(
        "static, PYTORCH_OBSERVERS=0", "ours_unobserved/static", None, "c10/call", "ns"
    ),
    Row("mutable, declared kernels", "ours/mutable", None, "c10/call", "ns"),
    Row("autograd, redispatch to CPU", "ours/autograd", None, "c10/autograd", "ns"),
    Row("boxed backend fallback", "ours/fallback", None, "c10/fallback", "ns"),
    Row("four backends in turn", "ours/backends", None, "c10/backends", "ns"),
    Row("table of an operator", "ours/table", 1200, "c10/table", "bytes"),
    Row("dispatcher.h", "dispatcher.h", 1.5, kind="seconds"),
    Row("operators.h", "operators.h", kind="seconds"),
    Row("a call", "a call", kind="seconds"),
    Row("a call, PYTORCH_COMPILED", "a call, compiled", kind="seconds"),
)

FASTER_THAN_C10 = "ours/backends"
"""The case that may not be slower than c10's."""


@dataclass(frozen=True)
class Verdict:
    """A row with what was measured: None for what was not."""

    row: Row
    value: float | None
    by_hand: float | None
    c10: float | None

    @property
    def ratio(self) -> float | None:
        if self.c10 is None or not self.value:
            return None
        return self.c10 / self.value

    @property
    def bars(self) -> str:
        bars = []
        if self.row.limit is not None:
            bars.append(f"<= {self.row.limit:g}")
        if self.least_ratio is not None:
            bars.append(f">= {self.least_ratio:g} x")
        return ", ".join(bars)

    @property
    def least_ratio(self) -> float | None:
        if self.row.c10 is None:
            return None
        if self.row.kind == "instructions":
            return None if self.row.c10 == SHARED else TIMES
        return 1 if self.row.case == FASTER_THAN_C10 else None

    @property
    def met(self) -> bool | None:
        if self.value is None or not self.bars:
            return None
        within = self.row.limit is None or self.value <= self.row.limit
        if self.least_ratio is None or self.ratio is None:
            return within
        noise = NOISE if self.row.kind == "ns" else 1
        return within and self.ratio * noise >= self.least_ratio


# Building


def run(*command: str | Path, cwd: Path | None = None) -> str:
    """What a command printed."""
    ran = subprocess.run(
        list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise Failed(f"{' '.join(map(str, command))}\n{ran.stderr}{ran.stdout}")
    return ran.stdout


def torch_folder(python: str) -> Path | None:
    """Where PyTorch's headers and libraries are; None, and a line, if it is missing."""
    script = "import torch; print(torch.__version__); print(torch.__file__)"
    try:
        version, file = run(python, "-c", script).split("\n")[:2]
    except (Failed, OSError):
        print("skipped: c10, as torch cannot be imported", file=sys.stderr)
        return None
    if not version.startswith("2.13."):
        print(f"note: PyTorch is {version}, not 2.13", file=sys.stderr)
    return Path(file).parent


@dataclass(frozen=True)
class Source:
    """A file of the program, and what it is compiled with."""

    name: str
    file: str
    flags: tuple[str, ...] = ()
    shared: bool = False


def limit(name: str, *flags: str, shared: bool = False) -> Source:
    return Source(name, "limit.cpp", (f"-DLIMIT_SUITE={name}", *flags), shared)


def ours(name: str, project: Path, *flags: str, shared: bool = False) -> Source:
    # `pytorch` is the generated namespace: each suite has a dispatcher of its own.
    named = (f"-DOURS_SUITE={name}", f"-Dpytorch=of_{name}")
    include = f"-I{project / 'include'}"
    return Source(name, "ours.cpp", (include, *named, *flags), shared)


def generate(folder: Path) -> Path:
    """The C++ project of the repository's declarations."""
    project = folder / "project"
    command = (sys.executable, "-m", "codegen", "generate", "--target", "cpp")
    run(*command, "--quiet", "--output", project, cwd=ROOT)
    return project


def build(folder: Path, project: Path, torch: Path | None) -> Path:
    """The program."""
    sources = [
        limit("limit"),
        limit("limit_shared", shared=True),
        limit("limit_initial_exec", f"-DLIMIT_TLS={INITIAL_EXEC}", shared=True),
        ours("ours", project),
        ours("ours_unobserved", project, "-DPYTORCH_OBSERVERS=0"),
        ours("ours_shared", project, shared=True),
        ours("ours_initial_exec", project, "-DPYTORCH_TLS_INITIAL_EXEC", shared=True),
    ]
    libraries = ["-lbenchmark", "-lpthread"]
    defined: tuple[str, ...] = ()
    if torch:
        api = torch / "include/torch/csrc/api/include"
        flags = (f"-isystem{torch / 'include'}", f"-isystem{api}")
        named = ("-DC10_SUITE=c10_shared", "-DC10_FALLBACK=PrivateUse2")
        sources.append(Source("c10", "c10_calls.cpp", flags))
        sources.append(Source("c10_shared", "c10_calls.cpp", (*flags, *named), True))
        defined = ("-DWITH_C10",)
        paths = (f"-L{torch / 'lib'}", f"-Wl,-rpath,{torch / 'lib'}")
        libraries += [*paths, "-Wl,--no-as-needed", "-ltorch_cpu", "-lc10"]
    sources.append(Source("main", "main.cpp", defined))

    def compiled(source: Source) -> Path:
        suffix, kind = (
            (".so", ("-fPIC", "-shared")) if source.shared else (".o", ("-c",))
        )
        result = folder / (source.name + suffix)
        common = (COMPILER, *FLAGS, *WARNINGS, *source.flags)
        run(*common, *kind, HERE / source.file, "-o", result)
        return result

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        files = list(pool.map(compiled, sources))
    files.sort(key=lambda file: file.suffix == ".so")  # Some linkers want users first.
    program = folder / "calls"
    run(COMPILER, *files, "-o", program, *libraries)
    return program


# Measuring


def count(program: Path) -> dict[str, dict[str, float]]:
    """Instructions and allocations a call, and bytes of tables, by case."""
    folder = program.parent
    tool = ("valgrind", "--tool=callgrind", "--instr-atstart=no")
    printed = run(*tool, "--callgrind-out-file=counts", program, "count", cwd=folder)
    said = dict(line.split("\t") for line in printed.splitlines())
    calls = int(said.pop("calls"))
    # Each dump is a file, numbered: the first of N calls, the second of 2 N.
    counts: dict[str, list[int]] = {}
    for file in sorted(folder.glob("counts.*"), key=lambda f: int(f.suffix[1:])):
        text = file.read_text()
        name = re.search(r"^desc: Trigger: Client Request: (.*)$", text, re.M)
        total = re.search(r"^totals: (\d+)$", text, re.M)
        if name and total:
            counts.setdefault(name[1], []).append(int(total[1]))
    tables = {
        name: float(said.pop(name)) for name in [*said] if name.endswith("/table")
    }
    return {
        "instructions": {
            name: round((twice - once) / calls, 1)
            for name, (once, twice) in counts.items()
        },
        "allocations": {name: int(of_all) / calls for name, of_all in said.items()},
        "bytes": tables,
    }


def nanoseconds(program: Path, runs: int, cases: Sequence[str]) -> dict[str, float]:
    """Medians of repetitions that take turns, by case."""
    names = "|".join(map(re.escape, cases))
    printed = run(
        program,
        f"--benchmark_filter=^({names})$",
        f"--benchmark_repetitions={runs}",
        "--benchmark_enable_random_interleaving=true",
        "--benchmark_min_time=0.02",
        "--benchmark_format=json",
    )
    times: dict[str, list[float]] = {}
    for each in json.loads(printed)["benchmarks"]:
        if each["run_type"] == "iteration":
            times.setdefault(each["run_name"], []).append(each["cpu_time"])
    return {name: statistics.median(column) for name, column in times.items()}


CALL = """
#include "pytorch/dispatch/operators/aten/relu.h"
using pytorch::dispatch::Tensor;
Tensor user(const Tensor& a) { return pytorch::dispatch::ops::aten::relu::call(a); }
"""

USERS = {
    "dispatcher.h": ('#include "pytorch/dispatch/dispatcher.h"\n', ()),
    "operators.h": ('#include "pytorch/dispatch/operators.h"\n', ()),
    "a call": (CALL, ()),
    "a call, compiled": (CALL, ("-DPYTORCH_COMPILED",)),
}
"""Files that use the project, and what they are compiled with."""


def seconds(folder: Path, project: Path, runs: int = 5) -> dict[str, float]:
    """What users' files take to compile, of the processor's time."""
    times: dict[str, list[float]] = {}
    for name in [*USERS] * runs:
        text, flags = USERS[name]
        source = folder / "user.cpp"
        source.write_text(text)
        common = (f"-I{project / 'include'}", *FLAGS, *flags)
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        run(COMPILER, *common, "-c", source, "-o", folder / "user.o")
        after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        times.setdefault(name, []).append(after - before)
    return {name: statistics.median(column) for name, column in times.items()}


def by_hand(case: str) -> str:
    """The case of limit.cpp that stands beside one of ours."""
    return re.sub("^ours(_unobserved)?", "limit", case)


def measure(
    rows: Sequence[Row], runs: int, torch: Path | None, folder: Path
) -> list[Verdict]:
    kinds = {row.kind for row in rows}
    values: dict[str, Mapping[str, float]] = {}
    project = generate(folder)
    if kinds - {"seconds"}:
        program = build(folder, project, torch)
    if kinds & {"instructions", "allocations", "bytes"}:
        values.update(count(program))
    if "ns" in kinds:
        timed = [row for row in rows if row.kind == "ns"]
        cases = {
            c for row in timed for c in (row.case, by_hand(row.case), row.c10) if c
        }
        values["ns"] = nanoseconds(program, runs, sorted(cases))
    if "seconds" in kinds:
        values["seconds"] = seconds(folder, project)

    def verdict(row: Row) -> Verdict:
        measured = values[row.kind]
        of_c10 = measured.get(row.c10) if row.c10 else None
        hand = by_hand(row.case)
        of_hand = measured.get(hand) if hand != row.case else None
        return Verdict(row, measured.get(row.case), of_hand, of_c10)

    return [verdict(row) for row in rows]


# Printing


def shown(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def print_table(verdicts: Sequence[Verdict]) -> None:
    names = ("ours", "by hand", "c10", "c10/ours")
    head = "".join(f"{name:>9}" for name in names)
    digits = {"ns": 2, "seconds": 2}
    said = {True: "met", False: "MISSED", None: ""}
    kind = None
    for each in verdicts:
        row = each.row
        if row.kind != kind:
            kind = row.kind
            print(f"{kind:30}{head}  bar")
        columns = [
            shown(value, digits.get(row.kind, 0))
            for value in (each.value, each.by_hand, each.c10)
        ]
        columns.append(shown(each.ratio, 1))
        line = f"{row.text:30}{''.join(f'{c:>9}' for c in columns)}"
        verdict = "not measured" if each.value is None else said[each.met]
        print(f"{line}  {each.bars:14}{verdict}".rstrip())


def print_json(verdicts: Sequence[Verdict], runs: int) -> None:
    rows = [
        {
            **asdict(each.row),
            "value": each.value,
            "by_hand": each.by_hand,
            "of_c10": each.c10,
            "met": each.met,
        }
        for each in verdicts
    ]
    print(json.dumps({"runs": runs, "rows": rows}, indent=2))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=15, metavar="N")
    parser.add_argument(
        "--only",
        default="",
        metavar="TEXT",
        help="rows with this in kind, case or text",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--torch-python",
        default=sys.executable,
        metavar="PATH",
        help="an interpreter that has PyTorch",
    )
    options = parser.parse_args()
    rows = [
        row for row in ROWS if options.only in f"{row.kind}: {row.case}: {row.text}"
    ]
    if not rows:
        parser.error(f"--only {options.only}: no such row")
    torch = torch_folder(options.torch_python)
    try:
        with tempfile.TemporaryDirectory() as folder:
            verdicts = measure(rows, options.runs, torch, Path(folder))
    except Failed as error:
        sys.exit(str(error))
    if options.json:
        print_json(verdicts, options.runs)
    else:
        print_table(verdicts)
    sys.exit(any(each.met is False for each in verdicts))


if __name__ == "__main__":
    main()
