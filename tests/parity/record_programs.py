"""Run the programs on PyTorch 2.13.0 and write down what happened.

    python tests/parity/record_programs.py             rewrite facts/programs.json
    python tests/parity/record_programs.py --check     exit 1 if it differs
    python tests/parity/record_programs.py --show NAME...   print, by subject or name

Run it with a Python that has the CPU build of torch 2.13.0, from the project's folder.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.parity import facts, programs
from tests.parity.programs.machine import Program

# Else the profiler, which shows what observers see, reports its own work.
os.environ.setdefault("KINETO_LOG_LEVEL", "99")

PATH = facts.FACTS / "programs.json"


def record(name: str, program: Program) -> list[str]:
    """Return the events of a program on PyTorch."""
    from tests.parity.programs.torch_machine import TorchMachine

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return programs.run(TorchMachine, name, program)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="only compare")
    parser.add_argument("--show", nargs="+", metavar="NAME", help="print these")
    options = parser.parse_args()
    if options.show:
        for name, program in programs.programs():
            if {name, name.partition(".")[0]} & set(options.show):
                print("\n  ".join([name, *record(name, program)]))
        return 0
    events = {name: record(name, program) for name, program in programs.programs()}
    text = json.dumps(events, indent=1, ensure_ascii=False) + "\n"
    if not options.check:
        PATH.write_text(text, encoding="utf-8")
        return 0
    known = PATH.read_text(encoding="utf-8") if PATH.exists() else ""
    sys.stdout.writelines(
        difflib.unified_diff(
            known.splitlines(keepends=True), text.splitlines(keepends=True), n=2
        )
    )
    return int(known != text)


if __name__ == "__main__":
    sys.exit(main())
