"""How long a run of the generator takes on the reference declarations.

Each measurement is a fresh process; the scenarios take turns, so that all of them see the
same load of the machine. What they are compared with is the bare start-up of the three
libraries that any run from nothing needs.

    python benchmarks/codegen_time.py [--runs 9]

The scenarios:
    unchanged    `generate` and `check` when nothing has changed
    one line     `generate` after an operator's line, and after a backend's line, changed
    from nothing `generate` into no folder, with nothing remembered of any run before
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BARE = "import yaml, pydantic, jinja2"

# An added backend, and a kernel under another name.
BACKEND = ("backends.yaml", "\n  - MAIA: ", "\n  - BENCH\n  - MAIA: ")
KERNEL = ("operators/pointwise.yaml", ": relu\n", ": relu_of_another_name\n")


@dataclass(frozen=True)
class Scenario:
    """What is timed: a bar as a multiple of the bare start-up, and what to do before."""

    name: str
    command: tuple[str, ...]
    bar: float | None = None
    before: Callable[[], None] = lambda: None


class Workspace:
    """A copy of the declarations, an output folder and a cache, all to be thrown away."""

    def __init__(self, folder: Path) -> None:
        self.declarations = folder / "declarations"
        self.output = folder / "generated"
        self.cache = folder / "cache"
        shutil.copytree(ROOT / "declarations", self.declarations)

    @property
    def environment(self) -> Mapping[str, str]:
        kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        return {**kept, "DISPATCH_CODEGEN_CACHE": str(self.cache)}

    def command(self, name: str) -> tuple[str, ...]:
        options = ("-d", str(self.declarations), "-o", str(self.output), "-q")
        return (sys.executable, "-m", "codegen", name, *options)

    def toggle(self, file: str, old: str, new: str) -> None:
        """Change a line, or change it back."""
        path = self.declarations / file
        text = path.read_text("utf-8")
        old, new = (new, old) if new in text else (old, new)
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    def forget(self) -> None:
        for folder in (self.output, self.cache):
            shutil.rmtree(folder, ignore_errors=True)


def run(command: tuple[str, ...], environment: Mapping[str, str]) -> float:
    """The wall time of a command, in milliseconds."""
    begin = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return (time.perf_counter() - begin) * 1000


def scenarios(space: Workspace) -> list[Scenario]:
    generate, check = space.command("generate"), space.command("check")
    return [
        Scenario("bare start-up", (sys.executable, "-c", BARE)),
        Scenario("from nothing", generate, 6, space.forget),
        Scenario("unchanged, generate", generate, 2),
        Scenario("unchanged, check", check, 2),
        Scenario("one line, operator", generate, 4, lambda: space.toggle(*KERNEL)),
        Scenario("one line, backend", generate, 4, lambda: space.toggle(*BACKEND)),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        space = Workspace(Path(folder))
        rows = scenarios(space)
        times: dict[str, list[float]] = {row.name: [] for row in rows}
        for number in range(runs + 1):
            for row in rows:
                row.before()
                took = run(row.command, space.environment)
                if number:  # The first round only warms the file system.
                    times[row.name].append(took)
    bare = statistics.median(times[rows[0].name])
    print(f"{'':22}{'ms':>8}{'x bare':>9}{'bar':>7}")
    for row in rows:
        median = statistics.median(times[row.name])
        bar = "" if row.bar is None else f"<= {row.bar:g}"
        print(f"{row.name:22}{median:8.0f}{median / bare:9.2f}{bar:>7}")


if __name__ == "__main__":
    main()
