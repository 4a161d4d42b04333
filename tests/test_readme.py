"""What README and docs show is what happens."""

from __future__ import annotations

import doctest
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest
import yaml

import codegen
from codegen.pipeline import generate
from tests.support import load_text

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
# Its examples are wrong on purpose, or held against the rules by test_rulebook.py.
OF_RULES = ROOT / "docs" / "diagnostics.md"


def test_python_examples() -> None:
    text = (ROOT / "README.md").read_text("utf-8").replace("```", "")
    examples = doctest.DocTestParser().get_doctest(text, {}, "README", "README.md", 0)
    assert len(examples.examples) >= 4
    assert doctest.DocTestRunner().run(examples).failed == 0


def test_the_error_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    shown = re.search(r"^error\[.*?(?=^```)", text, re.MULTILINE | re.DOTALL)
    assert shown is not None
    shutil.copytree(ROOT / "declarations", tmp_path / "declarations")
    keysets = tmp_path / "declarations" / "keysets.yaml"
    lines = keysets.read_text("utf-8").splitlines(keepends=True)
    wrong = shown[0].splitlines()[3].partition("| ")[2]
    number = int(shown[0].splitlines()[3].partition(" |")[0])
    assert lines[number - 1].rstrip() == wrong.replace("OrVew", "OrView")
    lines[number - 1] = f"{wrong}\n"
    keysets.write_text("".join(lines), "utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(codegen.DeclarationError) as error:
        codegen.load("declarations")
    assert str(error.value).partition("\n\n")[0] == shown[0].rstrip()


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page != OF_RULES], ids=lambda page: page.name
)
def test_yaml_examples_parse(page: Path) -> None:
    for block in re.findall(
        r"^```yaml\n(.*?)^```", page.read_text("utf-8"), re.M | re.S
    ):
        yaml.safe_load(block)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_files_named_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for path in re.findall(r"`(tests/[\w/]+\.py|tests/[\w/]+/)`", text):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("page", ["README.md", "docs/pytorch.md"])
def test_extensions_of_pytorch(page: str, tmp_path: Path) -> None:
    """What is shown as one is generated."""
    text = (ROOT / page).read_text("utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```", text, re.M | re.S)
    whole = [b for b in blocks if b.startswith("extends: pytorch\n") and "torch:" in b]
    # Without PyTorch's own file, which is not there.
    shown = [block for block in whole if "native_functions.yaml" not in block]
    assert len(shown) == 1
    files = generate(load_text(shown[0], tmp_path), "libtorch")
    assert "acme/__init__.py" in files
    assert any(path.startswith("csrc/kernels/") for path in files)


CPP_PROGRAMS: Final = [
    (page.name, program)
    for page in (ROOT / "README.md", ROOT / "docs" / "cpp.md")
    for program in re.findall(r"```cpp\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    if "int main" in program
]


@pytest.mark.skipif(shutil.which("g++") is None, reason="there is no g++")
@pytest.mark.parametrize(("page", "program"), CPP_PROGRAMS)
def test_cpp_program(page: str, program: str, tmp_path: Path) -> None:
    source = tmp_path / "program.cpp"
    source.write_text(program, "utf-8")
    command = ["g++", "-std=c++20", "-Wall", "-Wextra", "-Werror", str(source)]
    command += ["-I", str(ROOT / "generated" / "cpp" / "include")]
    subprocess.run([*command, "-o", str(tmp_path / "program")], check=True)
    subprocess.run([str(tmp_path / "program")], check=True)


def test_readme_has_a_cpp_program() -> None:
    assert any(page == "README.md" for page, _ in CPP_PROGRAMS)
