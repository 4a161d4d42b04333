"""How long the generator takes on PyTorch's own YAML, beside torchgen.

Both read the YAML that the installed torchgen has packaged: 2,584 operators. They take
turns, each measurement a fresh process, and medians are shown.

    python benchmarks/torchgen_compare.py [--runs 3] [--target cpp]
    python benchmarks/torchgen_compare.py --operators 10000 50000

The scenarios:
    from nothing    into an empty folder, with nothing remembered
    nothing changed again, over what is there
    one operator    again, after an operator was added at the end

They do not write the same things, so what each writes is counted. torchgen writes C++ to be
compiled into PyTorch: operator structs and headers, registrations, functionalization and
more. Here it is the dispatcher of one target: keys, tables, schemas, declarations of kernels
and registrations. In the row `alike`, torchgen is kept to registrations, schemas,
declarations of kernels and headers of operators, see torchgen_alike.py. `one process` is
this generator with `--jobs 1`; else it uses all processors, and torchgen one. Memory is
that of the process with the most; of several, it is shown times their number.

`--operators` makes files of that many operators instead: PyTorch's, again and again under
other names, and prints the time for each.
"""

from __future__ import annotations

import argparse
import compileall
import importlib.util
import itertools
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from codegen.units.cutting import cut, units_of

ROOT: Final = Path(__file__).resolve().parents[1]

ADDED: Final = """
- func: of_the_benchmark(Tensor self, Tensor other) -> Tensor
  dispatch:
    CPU: of_the_benchmark_cpu
"""
DECLARATIONS: Final = """
extends: pytorch
dispatcher: {name: full}
operators: native_functions.yaml
"""


@dataclass
class Measured:
    """Seconds and peak memory in MiB of each run."""

    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{statistics.median(self.seconds):8.2f} s {max(self.memory):6.0f} MiB"


def packaged() -> Path:
    """The files that torchgen brings."""
    spec = importlib.util.find_spec("torchgen")
    if spec is None or spec.origin is None:
        raise SystemExit("torchgen comes with PyTorch: pip install torch==2.13.0")
    return Path(spec.origin).parent / "packaged" / "ATen"


def run(command: list[str], folder: Path, measured: Measured) -> None:
    """Once, in a process of its own."""
    environment = {**os.environ, "DISPATCH_CODEGEN_CACHE": str(folder / "cache")}
    environment["PYTHONPATH"] = str(ROOT)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begin = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    measured.seconds.append(time.perf_counter() - begin)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"failed: {' '.join(command)}")
    measured.memory.append(usage.ru_maxrss / 1024)


class Torchgen:
    """A copy of what torchgen reads, and where it writes."""

    def __init__(self, folder: Path, *program: str) -> None:
        self.folder = folder
        shutil.copytree(packaged(), folder / "ATen")
        self.yaml = folder / "ATen" / "native" / "native_functions.yaml"
        self.output = folder / "out"
        self._program = program

    @property
    def command(self) -> list[str]:
        (self.output / "core").mkdir(parents=True, exist_ok=True)
        given = ["-s", "ATen", "-d", "out", "--per-operator-headers"]
        return [sys.executable, *self._program, *given]

    def forget(self) -> None:
        shutil.rmtree(self.output, ignore_errors=True)


class Ours:
    """Declarations that name a copy of PyTorch's YAML, and where they are written."""

    def __init__(self, folder: Path, target: str, *options: str) -> None:
        self.folder = folder
        self._options = options
        folder.mkdir()
        self.yaml = folder / "native_functions.yaml"
        shutil.copy(packaged() / "native" / "native_functions.yaml", self.yaml)
        (folder / "full.yaml").write_text(DECLARATIONS, "utf-8")
        self.output = folder / "out"
        self._target = target

    @property
    def command(self) -> list[str]:
        given = ["-d", "full.yaml", "-o", "out", "-q", "--target", self._target]
        return [sys.executable, "-m", "codegen", "generate", *given, *self._options]

    def forget(self) -> None:
        for place in (self.output, self.folder / "cache"):
            shutil.rmtree(place, ignore_errors=True)


Generator = Torchgen | Ours


def unchanged(generator: Generator) -> None:
    """Leave everything as it is."""


def add_operator(generator: Generator) -> None:
    """Add an operator at the end, or take it away again."""
    text = generator.yaml.read_text("utf-8")
    if text.endswith(ADDED):
        generator.yaml.write_text(text.removesuffix(ADDED), "utf-8")
    else:
        generator.yaml.write_text(text + ADDED, "utf-8")


SCENARIOS: Final[dict[str, Callable[[Generator], None]]] = {
    "from nothing": lambda generator: generator.forget(),
    "nothing changed": unchanged,
    "one operator": add_operator,
}


def written(generator: Generator) -> str:
    files = [path for path in generator.output.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    return f"{len(files):,} files, {size / 1e6:.1f} MB"


def compare(folder: Path, runs: int, target: str) -> None:
    alike = str(Path(__file__).with_name("torchgen_alike.py"))
    generators: dict[str, Generator] = {
        "torchgen": Torchgen(folder / "torchgen", "-m", "torchgen.gen"),
        "alike": Torchgen(folder / "alike", alike),
        "dispatch-codegen": Ours(folder / "ours", target),
        "one process": Ours(folder / "one", target, "--jobs", "1"),
    }
    times = {
        scenario: {name: Measured() for name in generators} for scenario in SCENARIOS
    }
    for _ in range(runs):
        for scenario, prepare in SCENARIOS.items():
            for name, generator in generators.items():
                prepare(generator)
                run(generator.command, generator.folder, times[scenario][name])
    for name, generator in generators.items():
        print(f"{name} writes {written(generator)}")
    for scenario, by_name in times.items():
        ours = statistics.median(by_name["dispatch-codegen"].seconds)
        print(f"\n{scenario}")
        for name, measured in by_name.items():
            ratio = statistics.median(measured.seconds) / ours
            print(f"  {name:18} {measured}  {ratio:5.1f} x")


def scaled(folder: Path, counts: list[int], target: str) -> None:
    """Times of files with that many operators, and how they grow."""
    for count in counts:
        ours = Ours(folder / str(count), target)
        entries = copies(ours.yaml.read_text("utf-8"), count)
        ours.yaml.write_text("\n".join(entries), "utf-8")
        print(f"\n{len(entries):,} operators")
        for scenario, prepare in SCENARIOS.items():
            prepare(ours)
            measured = Measured()
            run(ours.command, ours.folder, measured)
            each = measured.seconds[0] / len(entries) * 1e6
            print(f"  {scenario:16} {measured}  {each:6.0f} us an operator")


def copies(text: str, count: int) -> list[str]:
    """The entries of a file, and as many copies under other names as are asked for.

    What rules name is not copied, nor what belongs to it: copies would need rules too.
    """
    entries = cut(text)
    if entries is None:
        raise SystemExit("this is not torchgen's YAML")
    named = set(re.findall(r"[A-Za-z_]\w*", RULES.read_text("utf-8")))
    units = [
        [entries[number].text for number in unit.entries]
        for unit in units_of(entries)
        if not any(_is_named(entries[number].text, named) for number in unit.entries)
    ]
    found = [entry.text for entry in entries]
    for number in itertools.count(1):
        for unit in units:
            if len(found) >= count:
                return found
            found += [_renamed(text, number) for text in unit]
    raise AssertionError


def _is_named(text: str, named: set[str]) -> bool:
    """Whether rules name an operator, or Python does."""
    names = set(_NAMES.findall(text))
    return bool(names & named) or any(name.startswith("__") for name in names)


RULES: Final = ROOT / "declarations" / "operator_rules.yaml"
_NAMES: Final = re.compile(r"^- func: (\w+)", re.M)
_NAMED: Final = re.compile(
    r"^(- func: |  structured_delegate: |  autogen: )(.*?)(?=\(|$)", re.M
)


def _renamed(text: str, number: int) -> str:
    """An entry under another name, its delegate and variants too."""

    def line(found: re.Match[str]) -> str:
        names = [f"copy{number}_{name.strip()}" for name in found[2].split(",")]
        return found[1] + ", ".join(names)

    return _NAMED.sub(line, text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--target", default="cpp", choices=["cpp", "python"])
    parser.add_argument("--operators", type=int, nargs="+", default=[])
    given = parser.parse_args()
    # As torchgen is, where it is installed.
    compileall.compile_dir(ROOT / "codegen", quiet=1)
    with tempfile.TemporaryDirectory() as place:
        if given.operators:
            scaled(Path(place), given.operators, given.target)
        else:
            compare(Path(place), given.runs, given.target)


if __name__ == "__main__":
    main()
