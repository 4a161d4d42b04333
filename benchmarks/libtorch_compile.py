"""How long the sources of an extension of PyTorch compile, beside their PyTorch headers.

    python benchmarks/libtorch_compile.py [--runs 3] [--torch-python PYTHON] [DECLARATIONS]

Each generated source is compiled in turn with a source that holds the PyTorch headers that
it includes, directly or through others, and nothing else. Medians and their ratio. PyTorch
has to be installed, in this Python or in another one that is named.
"""

from __future__ import annotations

import argparse
import re
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from codegen.pipeline import generate, load_model

ROOT: Final = Path(__file__).parents[1]
BAR: Final = 1.3

_INCLUDE: Final = re.compile(r'^#include (?:<([^>]+)>|"([^"]+)")', re.MULTILINE)
_PYTORCH: Final = ("ATen/", "c10/", "torch/")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("declarations", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--torch-python", default=sys.executable)
    parser.add_argument("--compiler", default="g++")
    given = parser.parse_args()
    paths = given.declarations or [ROOT / "examples" / "acme" / "declarations"]
    flags = [given.compiler, "-std=c++20", "-O2", "-fPIC", "-fvisibility=hidden"]
    flags += [f"-isystem{folder}" for folder in _headers(given.torch_python)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in generate(load_model(paths), "libtorch").items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
        csrc = folder / "csrc"
        sources = sorted([*csrc.glob("*.cpp"), *csrc.glob("kernels/*.cpp")])
        worst = max(_compare(source, csrc, flags, given.runs) for source in sources)
    print(f"the most is {worst:.2f}; the bar is {BAR}")
    return int(worst > BAR)


def _headers(python: str) -> list[str]:
    program = "from torch.utils import cpp_extension as c; print(*c.include_paths())"
    done = subprocess.run([python, "-c", program], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{python} has no PyTorch: {done.stderr.strip().splitlines()[-1]}")
    return done.stdout.split()


def _compare(source: Path, csrc: Path, flags: list[str], runs: int) -> float:
    """Compile a source and its headers alone in turn; print and return the ratio."""
    headers = sorted(set(_included(source, set())))
    alone = csrc / "headers_alone.cpp"
    alone.write_text("".join(f"#include <{header}>\n" for header in headers), "utf-8")
    ours, theirs = [], []
    for _ in range(runs):
        theirs.append(_seconds([*flags, "-c", str(alone), "-o", "/dev/null"]))
        ours.append(_seconds([*flags, "-c", str(source), "-o", "/dev/null"]))
    own, bare = statistics.median(ours), statistics.median(theirs)
    shown = source.relative_to(csrc).as_posix()
    print(f"{shown:32} {own:6.2f} s, headers alone {bare:6.2f} s: {own / bare:.2f}")
    return own / bare


def _included(file: Path, seen: set[Path]) -> Iterator[str]:
    """The PyTorch headers that a file includes, itself or through its own headers."""
    if file in seen:
        return
    seen.add(file)
    for system, local in _INCLUDE.findall(file.read_text("utf-8")):
        if system.startswith(_PYTORCH):
            yield system
        elif local:
            yield from _included((file.parent / local).resolve(), seen)


def _seconds(command: list[str]) -> float:
    """The processor's time that a command takes, its children's too."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)
    return spent


if __name__ == "__main__":
    sys.exit(main())
