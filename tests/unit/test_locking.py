"""One run at a time: whatever happens at once, one of the runs is what is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest

from codegen import emit, locking, storage
from codegen.locking import LockedError, locked
from codegen.pipeline import generate, load_model

REPOSITORY: Final = Path(__file__).parents[2]

TEXT: Final = """\
dispatcher: {{name: small, default_namespace: {name}}}
backends: [Alpha, {name}]
functionality: [Plain: {{per_backend: true, prefix: ""}}, Trace{name}]
keysets: {{set_of_{name}: Trace{name}}}
operators: [{{func: "twice{name}(Tensor self) -> Tensor"}}]
"""

# Generates many times, with nothing remembered; whatever another process does meanwhile.
GENERATE: Final = """\
import sys
from click.testing import CliRunner
from codegen.cli import main
declarations, output, times = sys.argv[1:]
for _ in range(int(times)):
    result = CliRunner().invoke(main, ["generate", "-d", declarations, "-o", output])
    assert result.exit_code == 0, result.output
    print(result.stdout, end="", flush=True)
"""

HOLD: Final = """\
import sys, time
from pathlib import Path
from codegen.locking import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(storage.VARIABLE, str(tmp_path / "cache"))
    for name in ("Beta", "Gamma"):
        text = TEXT.format(name=name)
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    return tmp_path


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        text=True,
    )


def generated(output: Path) -> dict[str, str]:
    return {
        path.relative_to(output).as_posix(): path.read_text("utf-8")
        for path in output.rglob("*")
        if path.is_file()
    }


def expected(name: str) -> dict[str, str]:
    files = generate(load_model([Path(f"{name}.yaml")]), "python")
    texts = emit.with_manifest(files, "python")
    return {path: text.make() for path, text in texts.items()}


@pytest.mark.parametrize("times", [1, 12])
def test_two_at_once(folder: Path, times: int) -> None:
    """Different declarations into one folder: the files are all of one or the other."""
    output = folder / "out"
    possible = [expected("Beta"), expected("Gamma")]
    assert possible[0].keys() != possible[1].keys()
    for _ in range(max(1, 4 // times)):
        running = [
            start(GENERATE, f"{name}.yaml", "out", str(times))
            for name in ("Beta", "Gamma")
        ]
        for process in running:
            shown, _ = process.communicate(timeout=120)
            assert process.returncode == 0
            assert len(shown.splitlines()) == times
        assert generated(output) in possible


def test_the_same_at_once(folder: Path) -> None:
    running = [start(GENERATE, "Beta.yaml", "out", "3") for _ in range(3)]
    for process in running:
        process.communicate(timeout=120)
        assert process.returncode == 0
    assert generated(folder / "out") == expected("Beta")


def test_a_killed_process_holds_nothing(folder: Path) -> None:
    process = start(HOLD, "out")
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    with pytest.raises(LockedError), locked(Path("out"), timeout=0.01):
        pass
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = time.monotonic()
    with locked(Path("out"), timeout=10):
        pass
    assert time.monotonic() - before < 5
    process.stdout.close()


def test_time_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "TIMEOUT", 0.01)
    with locked(Path("out")):
        message = "another run has been writing to out for 0.01 seconds"
        with pytest.raises(LockedError, match=message), locked(Path("out")):
            pass
        # Another folder is another lock.
        with locked(Path("other")):
            pass


def test_a_folder_by_any_name(folder: Path) -> None:
    (folder / "link").symlink_to("out")
    names = [folder / "out", Path("./out/"), Path("link"), Path("x/../out")]
    (folder / "x").mkdir()
    with locked(Path("out")):
        for name in names:
            with pytest.raises(LockedError), locked(name, timeout=0.01):
                pass


def test_it_goes_with_an_error(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(Path("out")):
        raise ZeroDivisionError
    with locked(Path("out"), timeout=0.01):
        pass


def test_an_error_inside_stays_what_it_is() -> None:
    """What a run raises is not taken for a fault of the lock."""
    with pytest.raises(NotImplementedError, match="mine"), locked(Path("out")):
        raise NotImplementedError("mine")


def test_no_lock_in_the_output(folder: Path) -> None:
    (folder / "out").mkdir()
    with locked(Path("out")):
        assert list((folder / "out").iterdir()) == []
    assert not list(folder.glob("*.lock"))


def test_no_folder_for_locks(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(storage.VARIABLE, str(folder / "Beta.yaml" / "cache"))
    with pytest.raises(LockedError, match=storage.VARIABLE), locked(Path("out")):
        pass
