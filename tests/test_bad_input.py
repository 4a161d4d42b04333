"""Bad input that no committed file can hold, through the real command line.

Whatever is given: exit code 2, a diagnostic and nothing else, an output folder as it
was before, and a bounded time and memory.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

SECONDS: Final = 30
BYTES: Final = 1 << 30
MANY: Final = 100_000

# What the folder of the generated files holds before.
BEFORE: Final = {"mine.txt": b"kept\n", "dispatch_key.py": b"# kept too\n"}

HEAD: Final = """\
dispatcher: {name: tiny, default_namespace: my}
backends: [CPU]
functionality:
  - Dense: {per_backend: true, prefix: ""}
"""
KEYSET: Final = f"{HEAD}keysets:\n  mine: "


@dataclass(frozen=True)
class Run:
    """What a run of the command line left behind."""

    code: int
    error: str
    output: dict[str, bytes]

    @property
    def first(self) -> str:
        """The first diagnostic."""
        return self.error.partition("\n\n")[0]


def _limit() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def generate(folder: Path, *paths: str) -> Run:
    """Run `generate` in a folder, on some paths in it, within limits."""
    output = folder / "out"
    output.mkdir()
    for name, content in BEFORE.items():
        (output / name).write_bytes(content)
    declared = [part for path in paths for part in ("-d", path)]
    run = subprocess.run(
        [sys.executable, "-m", "codegen", "generate", *declared, "-o", "out"],
        cwd=folder,
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=4 * SECONDS,
        preexec_fn=_limit if sys.platform == "linux" else None,
    )
    found = {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("*")
        if path.is_file()
    }
    assert run.stdout == b""
    return Run(run.returncode, run.stderr.decode("utf-8"), found)


def refuse(folder: Path, *paths: str) -> Run:
    """As `generate`, for what must be refused cleanly."""
    run = generate(folder, *paths)
    assert "Traceback" not in run.error
    assert run.code == 2, run.error[-2000:]
    assert run.output == BEFORE
    return run


def refuse_text(folder: Path, content: str | bytes) -> Run:
    """As `refuse`, for the content of one file."""
    data = content if isinstance(content, bytes) else content.encode()
    (folder / "x.yaml").write_bytes(data)
    return refuse(folder, "x.yaml")


def summary(error: str) -> tuple[str, str]:
    """The message and the place of the first diagnostic."""
    message, place, *_ = error.split("\n")
    return message, place.removeprefix("  --> ")


TOO_DEEP: Final = "error[DG004]: more than 40 levels deep"
NESTED: Final = "error[DG203]: nested more than 50 levels deep"


@pytest.mark.parametrize(
    ("content", "message", "place"),
    [
        ("backends: " + "[" * 5000 + "]" * 5000, TOO_DEEP, "x.yaml:1:51"),
        ("backends: " + "[" * MANY, TOO_DEEP, "x.yaml:1:51"),
        ("backends: " + "[" * MANY + "]" * MANY, TOO_DEEP, "x.yaml:1:51"),
        ("{a: " * MANY, TOO_DEEP, "x.yaml:1:165"),
        ("- " * MANY + "a", TOO_DEEP, "x.yaml:1:83"),
        ("? " * MANY, TOO_DEEP, "x.yaml:1:83"),
        (
            "".join(" " * depth + "a:\n" for depth in range(5000)),
            TOO_DEEP,
            "x.yaml:42:42",
        ),
        (KEYSET + '"' + "(" * 5000 + "Dense" + ")" * 5000 + '"', NESTED, "x.yaml:6:60"),
        (KEYSET + '"' + "(" * MANY + '"', NESTED, "x.yaml:6:60"),
        (KEYSET + '"' + "~" * MANY + 'Dense"', NESTED, "x.yaml:6:60"),
        (KEYSET + "full_after(" * MANY, NESTED, "x.yaml:6:559"),
        (KEYSET + ">-\n    Dense\n    | " + "(" * MANY, NESTED, "x.yaml:8:57"),
        (
            KEYSET + "Dense" + " | Dense" * MANY + " |",
            "error[DG203]: a key, keyset or `(` is expected where the expression ends",
            "x.yaml:6:800015",
        ),
    ],
    ids=[
        "brackets-5000",
        "brackets",
        "closed-brackets",
        "braces",
        "dashes",
        "question-marks",
        "blocks-5000",
        "parentheses-5000",
        "parentheses",
        "complements",
        "calls",
        "parentheses-in-folded-text",
        "long-union",
    ],
)
def test_nesting(content: str, message: str, place: str, tmp_path: Path) -> None:
    run = refuse_text(tmp_path, content)
    assert summary(run.error) == (message, place)
    assert run.error.endswith("\n1 error\n")
    assert len(run.error) < 1000


def test_alias_bomb(tmp_path: Path) -> None:
    """Nine to the power of twenty items, of which none is looked at twice."""
    levels = ["a0: &a0 [x, x, x]\n"]
    for level in range(1, 21):
        items = ", ".join([f"*a{level - 1}"] * 9)
        levels.append(f"a{level}: &a{level} [{items}]\n")
    run = refuse_text(tmp_path, "".join(levels))
    assert run.first == (
        "error[DG004]: anchors and aliases are not used in declarations\n"
        "  --> x.yaml:1:5\n"
        "  |\n"
        "1 | a0: &a0 [x, x, x]\n"
        "  |     ^^^^^^^^^^^^^\n"
        "help: write the value out, or declare it once under a name"
    )
    assert run.error.endswith("\n20 errors\n")


def test_alias_bomb_of_megabytes(tmp_path: Path) -> None:
    bomb = "backends: &a [CPU]\ngroups: {all_of_them: [" + "*a, " * 300_000 + "]}\n"
    run = refuse_text(tmp_path, bomb)
    assert summary(run.error) == (
        "error[DG004]: anchors and aliases are not used in declarations",
        "x.yaml:1:11",
    )
    assert run.error.endswith("\n1 error\n")


BRIEF: Final = "C" * 60 + "..."


@pytest.mark.parametrize(
    ("content", "message", "place"),
    [
        (
            HEAD.replace("CPU", "C" * 10**6),
            f"error[DG104]: `{BRIEF}` is too long for a name: "
            "1000000 characters, 100 at most",
            "x.yaml:2:12",
        ),
        (
            f"{KEYSET}Dense | {'C' * 10**6}",
            f"error[DG203]: `{BRIEF}` is too long for a name",
            "x.yaml:6:17",
        ),
        (
            f"{HEAD}{'C' * 1000}: 1",
            f"error[DG101]: unknown section `{BRIEF}`",
            "x.yaml:5:1",
        ),
        (
            f"{HEAD}operators: [func: {'C' * 10**6}(Tensor self) -> Tensor]",
            f"error[DG104]: `{BRIEF}` is too long for a name: "
            "1000000 characters, 200 at most",
            "x.yaml:5:19",
        ),
        (
            HEAD.replace("CPU", f"CPU: {{fast: {'9' * 10**6}}}"),
            f"error[DG103]: `{'9' * 60}...` has too many digits",
            "x.yaml:2:24",
        ),
        (
            HEAD.replace("CPU", f"CPU: {{fast: 0x{'f' * 10**6}}}"),
            f"error[DG103]: `0x{'f' * 58}...` has too many digits",
            "x.yaml:2:24",
        ),
        (
            HEAD.replace("CPU", f"CPU: {{fast: 1{':1' * MANY}}}"),
            f"error[DG103]: `{'1:' * 30}...` has too many digits",
            "x.yaml:2:24",
        ),
        (
            HEAD.replace("CPU", f"CPU: {{fast: 1{':1' * MANY}.5}}"),
            f"error[DG103]: `{'1:' * 30}...` has too many digits",
            "x.yaml:2:24",
        ),
        (
            HEAD.replace("CPU", f"!{'C' * 10**6} CPU"),
            f"error[DG004]: the tag !{'C' * 59}... is not used in declarations",
            "x.yaml:2:12",
        ),
        (
            "a" * 10**7,
            "error[DG103]: a declaration file is a mapping of sections, "
            "or a list of operators or tags",
            "x.yaml:1:1",
        ),
    ],
    ids=[
        "name",
        "name-in-expression",
        "section",
        "operator",
        "number",
        "hexadecimal-number",
        "sexagesimal-number",
        "sexagesimal-fraction",
        "tag",
        "line-of-10-megabytes",
    ],
)
def test_size(content: str, message: str, place: str, tmp_path: Path) -> None:
    run = refuse_text(tmp_path, content)
    assert summary(run.error) == (message, place)
    assert len(run.error) < 2000


def test_many_keys(tmp_path: Path) -> None:
    content = "".join(f"k{number}: 1\n" for number in range(MANY // 4))
    run = refuse_text(tmp_path, content)
    assert summary(run.error) == ("error[DG101]: unknown section `k0`", "x.yaml:1:1")
    assert run.error.endswith(f"\n{MANY // 4} errors\n")


def test_many_keys_and_one_error(tmp_path: Path) -> None:
    rows = "".join(f"  k{number}: Dense\n" for number in range(MANY // 4))
    run = refuse_text(tmp_path, f"{HEAD}keysets:\n{rows}  k7: Dense\n")
    message, place = summary(run.error)
    assert message == "error[DG003]: `k7` is given twice"
    assert place == f"x.yaml:{MANY // 4 + 6}:3"


@pytest.mark.parametrize(
    ("content", "errors", "message", "place"),
    [
        (
            "keysets: {" + ", ".join(["mine: CPU"] * 5000) + "}\n",
            4999,
            "error[DG003]: `mine` is given twice",
            "x.yaml:1:22",
        ),
        (
            f"{HEAD}keysets:\n" + "".join(f"  s{n}: CPU | X{n}\n" for n in range(2000)),
            2000,
            "error[DG201]: there is no key or keyset `X0`",
            "x.yaml:6:13",
        ),
        (
            # Each is close to all of the others, which takes the longest to compare.
            f"{HEAD}keysets:\n"
            + "".join(f"  mine_{n}: mime_{n}\n" for n in range(2000)),
            2000,
            "error[DG201]: there is no key or keyset `mime_0`",
            "x.yaml:6:11",
        ),
        (
            "".join(f"keysets_{n}: 1\n" for n in range(25_000)),
            25_000,
            "error[DG101]: unknown section `keysets_0`",
            "x.yaml:1:1",
        ),
        (
            "dispatcher: {name: tiny}\nbackends: [" + "on, " * 5000 + "]\n",
            5000,
            "error[DG105]: YAML reads `on` as a boolean, where a name or text is expected",
            "x.yaml:2:12",
        ),
    ],
    ids=["duplicate-keys", "unknown-names", "close-names", "sections", "one-line"],
)
def test_many_errors(
    content: str, errors: int, message: str, place: str, tmp_path: Path
) -> None:
    """Each error costs the same, however many there are."""
    before = os.times()
    run = refuse_text(tmp_path, content)
    after = os.times()
    assert summary(run.error) == (message, place)
    assert run.error.endswith(f"\n{errors} errors\n")
    # Of the processor, so that other work on the machine does not count.
    spent = after.children_user - before.children_user
    assert spent + after.children_system - before.children_system < SECONDS / 3


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            b"dispatcher: {name: tiny}\n# caf\xe9\n",
            "error[DG001]: x.yaml is not UTF-8: the byte 0xe9 cannot be decoded\n"
            "  --> x.yaml:2:6\n"
            "  |\n"
            "2 | # caf\N{REPLACEMENT CHARACTER}\n"
            "  |      ^\n"
            "help: save the file as UTF-8\n",
        ),
        (
            "dispatcher: {name: tiny}\n".encode("utf-16"),
            "error[DG001]: x.yaml is not UTF-8: the byte 0xff cannot be decoded\n"
            "  --> x.yaml:1:1\n",
        ),
        (
            b"dispatcher: {name: tiny}\nbackends: [C\0PU]\n",
            "error[DG002]: not valid YAML: control characters are not allowed\n"
            "  --> x.yaml:2:13\n"
            "  |\n"
            "2 | backends: [C\N{REPLACEMENT CHARACTER}PU]\n"
            "  |             ^\n",
        ),
        (
            b"\xed\xa0\x80",
            "error[DG001]: x.yaml is not UTF-8: the byte 0xed cannot be decoded\n"
            "  --> x.yaml:1:1\n",
        ),
    ],
    ids=["latin-1", "utf-16", "null-byte", "surrogate"],
)
def test_bytes(content: bytes, expected: str, tmp_path: Path) -> None:
    run = refuse_text(tmp_path, content)
    assert run.error.startswith(expected)
    assert run.error.endswith("\n1 error\n")


def cannot_read(path: str, problem: str, help: str) -> str:
    return (
        f"error[DG001]: cannot read {path}: {problem}\n"
        f"  --> {path}:1:1\nhelp: {help}\n\n1 error\n"
    )


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_loop(path: Path) -> None:
    path.symlink_to(path.name)


def make_dangling(path: Path) -> None:
    path.symlink_to("nothing.yaml")


READABLE: Final = "give a file that can be read"
RELATIVE: Final = "look at the path; it is relative to the working directory"


@pytest.mark.parametrize(
    ("make", "problem", "help"),
    [
        (make_pipe, "it is neither a file nor a folder", READABLE),
        (make_loop, os.strerror(errno.ELOOP), READABLE),
        (make_dangling, "No such file or directory", RELATIVE),
        (None, "No such file or directory", RELATIVE),
    ],
    ids=["pipe", "loop-of-links", "dangling-link", "nothing"],
)
def test_no_file(
    make: Callable[[Path], None] | None, problem: str, help: str, tmp_path: Path
) -> None:
    if make is not None:
        make(tmp_path / "x.yaml")
    run = refuse(tmp_path, "x.yaml")
    path = "nothing.yaml" if make is make_dangling else "x.yaml"
    assert run.error == cannot_read(path, problem, help)


def test_file_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(HEAD, "utf-8")
    run = refuse(tmp_path, "x.yaml/y.yaml")
    assert run.error == cannot_read("x.yaml/y.yaml", "Not a directory", READABLE)


def test_name_that_no_file_can_have(tmp_path: Path) -> None:
    name = "x" * 300 + ".yaml"
    run = refuse(tmp_path, name)
    assert run.error == cannot_read(name, "File name too long", READABLE)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero")
def test_device_without_an_end(tmp_path: Path) -> None:
    run = refuse(tmp_path, "/dev/zero")
    problem = "it is neither a file nor a folder"
    assert run.error == cannot_read("/dev/zero", problem, READABLE)


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read every file")
def test_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(HEAD, "utf-8")
    (tmp_path / "x.yaml").chmod(0)
    run = refuse(tmp_path, "x.yaml")
    assert run.error == cannot_read("x.yaml", "Permission denied", READABLE)


def test_folder_named_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").mkdir()
    run = refuse(tmp_path, "x.yaml")
    assert run.error == (
        "error[DG001]: the folder x.yaml holds no .yaml file\n"
        "  --> x.yaml:1:1\n"
        "help: give a folder with declarations, or a file\n\n1 error\n"
    )


def test_base_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    run = refuse_text(tmp_path, "extends: pipe\n")
    problem = "it is neither a file nor a folder"
    assert run.error == cannot_read("pipe", problem, READABLE)


def test_base_whose_name_holds_a_null_character(tmp_path: Path) -> None:
    run = refuse_text(tmp_path, 'extends: "a\\0b"\n')
    assert run.error == (
        "error[DG005]: there is no base `a\N{REPLACEMENT CHARACTER}b`: neither a path "
        "beside this file nor a built-in set of declarations\n"
        "  --> x.yaml:1:10\n"
        "  |\n"
        '1 | extends: "a\\0b"\n'
        "  |          ^^^^^^\n"
        "help: built in: pytorch\n\n1 error\n"
    )


def test_bases_without_an_end(tmp_path: Path) -> None:
    for number in range(1000):
        base = f"extends: f{number + 1}.yaml\n"
        (tmp_path / f"f{number}.yaml").write_text(base, "utf-8")
    run = refuse(tmp_path, "f0.yaml")
    assert summary(run.error) == (
        "error[DG005]: more than 20 declarations extend one another",
        "f20.yaml:1:10",
    )
    assert run.error.endswith("\n1 error\n")


def test_bases_in_a_circle(tmp_path: Path) -> None:
    for number in range(5):
        base = f"extends: f{(number + 1) % 5}.yaml\n"
        (tmp_path / f"f{number}.yaml").write_text(base, "utf-8")
    run = refuse(tmp_path, "f0.yaml")
    assert run.error == (
        "error[DG005]: `f0.yaml` extends itself\n"
        "  --> f4.yaml:1:10\n"
        "  |\n"
        "1 | extends: f0.yaml\n"
        "  |          ^^^^^^^\n"
        "help: a base cannot lead back to the declarations that extend it\n\n1 error\n"
    )
