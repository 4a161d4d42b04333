"""What is written for build systems: lists for CMake, depfiles for Make and Ninja."""

from __future__ import annotations

import inspect
import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from codegen.build_files import (
    BuildStep,
    build_step,
    cmake_lists,
    depfile,
    write_if_changed,
)
from codegen.cli import main
from codegen.quoting import cmake_string, depfile_word
from tests.support import DISPATCHERS

TEMPLATES: Final = Path(__file__).parents[2] / "templates"
CMAKE: Final = shutil.which("cmake")
NINJA: Final = shutil.which("ninja")

# What a path may hold that means something to CMake or Ninja.
NAMES: Final = (
    "plain",
    "two words",
    "a#b",
    "$HOME",
    "${x}",
    "$(x)",
    '"quoted"',
    "back\\slash",
    "before\\ space",
    "before\\#hash",
    "semi;colon",
    "percent%",
    "umläut",
    "@at@",
    "'single'",
    "~tilde",
)


def test_lists() -> None:
    step = BuildStep("/o/m.json", ("/o/a.h", "/o/b.cpp"), ("/i/x.yaml",))
    assert cmake_lists(step, "x") == (
        'set(\n  "x_manifest"\n  "/o/m.json"\n)\n'
        'set(\n  "x_outputs"\n  "/o/a.h"\n  "/o/b.cpp"\n)\n'
        'set(\n  "x_headers"\n  "/o/a.h"\n)\n'
        'set(\n  "x_sources"\n  "/o/b.cpp"\n)\n'
        'set(\n  "x_inputs"\n  "/i/x.yaml"\n)\n'
    )


def test_depfile() -> None:
    step = BuildStep("/o/m 1", ("/o/a.h",), ("/i/x.yaml", "/i/y$", "/i/line\nbreak"))
    assert depfile(step) == "/o/m\\ 1: \\\n  /i/x.yaml \\\n  /i/y$$\n"


def test_step_is_absolute_and_sorted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Folders stand for those below them, where a file may come."""
    monkeypatch.chdir(tmp_path)
    for folder in ("in/deep/er", "in/.hidden", "in/__pycache__"):
        (tmp_path / folder).mkdir(parents=True)
    step = build_step(Path("out"), "m", ["m", "b", "a"], [Path("z"), Path("in")])
    root = str(tmp_path)
    assert step.manifest == f"{root}/out/m"
    assert step.outputs == (f"{root}/out/a", f"{root}/out/b")
    inside = ("in", "in/deep", "in/deep/er", "z")
    assert step.inputs == tuple(f"{root}/{path}" for path in inside)


@pytest.mark.skipif(CMAKE is None, reason="CMake is not installed")
def test_cmake_reads_strings(tmp_path: Path) -> None:
    script = tmp_path / "x.cmake"
    elements = "".join(f"  {cmake_string(name)}\n" for name in NAMES)
    show = 'foreach(one IN LISTS all)\n  message(STATUS "${one}")\nendforeach()\n'
    script.write_text(f"set(\n  all\n{elements})\n{show}", "utf-8")
    shown = subprocess.run(
        [str(CMAKE), "-P", script], capture_output=True, check=True
    ).stdout.decode()
    assert shown == "".join(f"-- {name}\n" for name in NAMES)


@pytest.mark.skipif(NINJA is None, reason="Ninja is not installed")
@pytest.mark.parametrize("name", [n for n in NAMES if not {*n} & {*";'\""}])
def test_ninja_reads_words(name: str, tmp_path: Path) -> None:
    """It runs again after a change of the file of that name, and only then."""
    build = "rule r\n  command = touch out\n  depfile = d\nbuild out: r\ndefault out\n"
    (tmp_path / "build.ninja").write_text(build, "utf-8")
    (tmp_path / "d").write_text(f"out: {depfile_word(name)}\n", "utf-8")
    file = tmp_path / name
    file.write_text("", "utf-8")

    def run() -> str:
        done = subprocess.run(
            [str(NINJA)], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        return done.stdout

    run()
    assert "no work to do" in run()
    file.unlink()
    assert "no work to do" not in run()


def test_write_if_changed(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "file"
    write_if_changed(file, "one\n")
    before = file.stat().st_ino
    write_if_changed(file, "one\n")
    assert file.stat().st_ino == before
    write_if_changed(file, "two\n")
    assert file.read_text("utf-8") == "two\n"
    assert [path.name for path in file.parent.iterdir()] == ["file"]


def test_links_are_followed(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    link.symlink_to(file)
    write_if_changed(link, "one\n")
    assert link.is_symlink()
    assert file.read_text("utf-8") == "one\n"


def test_pipes_are_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        write_if_changed(pipe, "one\n")
        assert reader.communicate(timeout=10)[0] == b"one\n"
    assert pipe.is_fifo()


class TestCommand:
    @pytest.fixture(autouse=True)
    def _in_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        shutil.copy(DISPATCHERS / "tiny.yaml", "tiny.yaml")

    def run(self, *options: str) -> str:
        words = ["generate", "-d", "tiny.yaml", "-o", "out", "--target", "cpp"]
        words += ["--output-dependencies", "b/lists.cmake", "--depfile", "b/tiny.d"]
        done = CliRunner().invoke(main, [*words, *options])
        assert done.exit_code == 0, done.output
        return done.output

    def written(self) -> tuple[str, str]:
        texts = [
            Path("b", name).read_text("utf-8") for name in ("lists.cmake", "tiny.d")
        ]
        return texts[0], texts[1]

    def test_dry_run(self) -> None:
        self.run("--dry-run")
        lists, words = self.written()
        assert not Path("out").exists()
        assert '"lists_headers"' in lists
        assert f'"{Path.cwd()}/out/include/tiny/dispatch/keysets.h"' in lists
        assert words.startswith(f"{Path.cwd()}/out/.manifest-cpp.json: \\\n")
        # In the order of their paths: any may be the last, which has no backslash.
        read = [line.removesuffix(" \\").strip() for line in words.splitlines()]
        assert f"{Path.cwd()}/tiny.yaml" in read
        for source in ("codegen/pipeline.py", "cpp/keysets.h.j2", "cpp/key_set.h"):
            assert any(line.endswith(source) for line in read)

    def test_same_where_nothing_had_to_be_generated(self) -> None:
        self.run("--dry-run")
        planned = self.written()
        self.run()
        assert self.written() == planned
        shutil.rmtree("b")
        assert "up to date" in self.run()
        assert self.written() == planned

    def test_all_that_is_listed_is_there(self) -> None:
        self.run()
        lists, _ = self.written()
        outputs = lists.partition('"lists_outputs"\n')[2].partition(")")[0]
        listed = {line.strip().strip('"') for line in outputs.splitlines() if line}
        found = {str(path) for path in Path.cwd().joinpath("out").rglob("*")}
        files = {path for path in found if Path(path).is_file()}
        assert files == listed | {f"{Path.cwd()}/out/.manifest-cpp.json"}

    def test_no_file_for_errors(self) -> None:
        Path("tiny.yaml").write_text("dispatcher: {nam: x}\n", "utf-8")
        words = ["generate", "-d", "tiny.yaml", "--depfile", "tiny.d"]
        assert CliRunner().invoke(main, words).exit_code != 0
        assert not Path("tiny.d").exists()

    def test_files_that_cannot_be_written(self) -> None:
        Path("file").write_text("", "utf-8")
        words = ["generate", "-d", "tiny.yaml", "-o", "out", "--depfile", "file/x.d"]
        done = CliRunner().invoke(main, words)
        assert done.exit_code not in (0, None)
        assert "Traceback" not in done.output

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
    @pytest.mark.parametrize("option", ["--depfile", "--output-dependencies"])
    def test_full_device(self, option: str) -> None:
        words = ["generate", "-d", "tiny.yaml", "-o", "out", option, "/dev/full"]
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 2
        assert done.stderr == "Error: cannot use /dev/full: No space left on device\n"

    @pytest.mark.parametrize("option", ["--depfile", "--output-dependencies"])
    @pytest.mark.parametrize(
        ("file", "reason"),
        [
            ("folder/tiny.yaml", "it is one of the files that are read"),
            ("link", "it is one of the files that are read"),
            ("folder/../folder/tiny.yaml", "it is one of the files that are read"),
            ("picked.yaml", "it is one of the files that are read"),
            (
                "folder/new/more.yml",
                "it would be one of the declarations in its folder",
            ),
            ("templates/more", "the folder is that of the templates"),
            ("out/include/tiny/dispatch/keysets.h", "it is one of the generated files"),
            ("out/.manifest-cpp.json", "it is one of the generated files"),
            ("out/include", "it is a folder of generated files"),
            (inspect.getfile(build_step), "it is one of the files that are read"),
        ],
    )
    def test_what_is_used_is_not_replaced(
        self, option: str, file: str, reason: str
    ) -> None:
        Path("folder").mkdir()
        Path("templates").mkdir()
        shutil.copy(TEMPLATES / "cpp" / "CMakeLists.txt.j2", "templates")
        Path("tiny.yaml").rename("folder/tiny.yaml")
        Path("link").symlink_to("folder/tiny.yaml")
        with Path("folder/tiny.yaml").open("a", encoding="utf-8") as declared:
            declared.write("operators:\n  - func: my::twice(Tensor self) -> Tensor\n")
        Path("picked.yaml").write_text("operators: {my::twice: {}}\n", "utf-8")
        words = ["generate", "-d", "folder", "-o", "out", "--target", "cpp"]
        words += ["--templates", "templates", "--select", "picked.yaml"]
        before = contents()
        for more in ([], ["--dry-run"]):
            self.refused(words, [option, file, *more], option, file, reason)
            assert contents() == before
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0, done.output
        if Path(file).is_dir():
            return  # Click refuses it by itself.
        before = contents()
        self.refused(words, [option, file], option, file, reason)
        assert contents() == before

    def refused(
        self, words: list[str], more: list[str], option: str, file: str, reason: str
    ) -> None:
        done = CliRunner().invoke(main, [*words, *more])
        assert done.exit_code == 2
        assert done.output == f"Error: cannot write {option} {file}: {reason}\n"

    def test_one_file_for_both(self) -> None:
        words = ["generate", "-d", "tiny.yaml", "-o", "out"]
        both = ["--output-dependencies", "x", "--depfile", "./out/../x"]
        before = contents()
        reason = "--output-dependencies names the same file"
        self.refused(words, both, "--depfile", "out/../x", reason)
        assert contents() == before


def contents() -> dict[str, bytes]:
    """All files below this folder."""
    found = (path for path in Path.cwd().rglob("*") if path.is_file())
    return {str(path): path.read_bytes() for path in found}
