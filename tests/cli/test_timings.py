"""`--timings` and `--jobs`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.commands import contents, run

ROW = re.compile(r"  \S.*?\s+\d+\.\d{3} s +\d+%")


@pytest.mark.parametrize("command", ["generate", "check", "diff"])
def test_timings_are_beside_what_a_program_reads(folder: Path, command: str) -> None:
    shown = run(command, "--timings")
    quiet = run(command)
    rows = shown.stderr.splitlines()
    assert [row for row in rows[:-1] if not ROW.match(row)] == []
    assert {"read", "resolve", "check", "render"} <= {row.split()[0] for row in rows}
    assert re.fullmatch(r"\s+\d+\.\d{3} s, \d+ MiB", rows[-1])
    assert quiet.stderr == ""
    if command != "generate":
        assert shown.stdout == quiet.stdout


def test_timings_of_an_error(folder: Path) -> None:
    (folder / "declarations" / "small.yaml").write_text("nothing: {}\n", "utf-8")
    shown = run("generate", "--timings")
    assert shown.exit_code == 2
    assert "DG101" in shown.stderr
    assert "start, imports and rest" in shown.stderr


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_jobs_change_nothing(folder: Path, jobs: str) -> None:
    run("generate", "-o", "one", "--jobs", jobs)
    run("generate", "-o", "other")
    assert contents(folder / "one") == contents(folder / "other")


@pytest.mark.parametrize("jobs", ["0", "-1", "many"])
def test_jobs_are_a_number(folder: Path, jobs: str) -> None:
    shown = run("generate", "--jobs", jobs)
    assert shown.exit_code == 2
    assert "--jobs" in shown.stderr
