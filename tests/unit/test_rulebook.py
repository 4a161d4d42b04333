"""The page of every diagnostic code, and that its examples are what it says.

A page's wrong example yields its code and no other, its right example nothing. Examples
of several files name them in their first lines; what stands in a folder is only there to
be extended. What a console shows is not run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

import codegen
from codegen import rulebook
from codegen.codes import TITLES, is_finding
from codegen.lint import lint
from codegen.pipeline import generate, load_model

ROOT: Final = Path(__file__).parents[2]
RULES: Final = ROOT / "codegen" / "rules"
REFERENCE: Final = ROOT / "docs" / "diagnostics.md"

# Codes of what happens outside of YAML.
IN_A_CONSOLE: Final = frozenset({"DG001", "DG006", "DG007", "DG223"})

# Codes that only a run for some target reports.
TARGET: Final = {
    "DG110": "libtorch",
    "DG111": "libtorch",
    "DG112": "torch_library",
    "DG113": "torch_library",
    "DG114": "libtorch",
    "DG115": "c10",
}

LONGEST_EXAMPLE: Final = 20

PAGE: Final = re.compile(
    r"# (?P<code>DG\d{3}): (?P<title>.+)\n"
    r"\n(?P<text>\S.*?)\n"
    r"\n## Wrong\n\n(?P<wrong>```.*?```)\n"
    r"\n## Right\n\n(?P<right>```.*```)\n",
    re.DOTALL,
)
BLOCK: Final = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FILE: Final = re.compile(r"# file: (\S+)\n")

CODES: Final = sorted(TITLES)


def page(code: str) -> re.Match[str]:
    found = PAGE.fullmatch(rulebook.rule_text(code))
    assert found is not None
    return found


def examples(code: str) -> list[str]:
    """The text of all blocks."""
    return [text for _, text in BLOCK.findall(rulebook.rule_text(code))]


def write(example: str, folder: Path) -> list[Path]:
    """The files of an example; what is to be loaded stands in no folder of its own."""
    for language, text in BLOCK.findall(example):
        assert language == "yaml"
        name = FILE.match(text)
        file = folder / (name[1] if name else "declarations.yaml")
        assert not file.exists()
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    return sorted(folder.glob("*.yaml"))


def codes(paths: Sequence[Path], target: str | None = None) -> set[str]:
    """What loading reports, or generating, or, where nothing is, what `lint` finds."""
    try:
        model = codegen.load(*paths)
        if target is not None:
            generate(model, target)
    except codegen.DeclarationError as error:
        found = {diagnostic.code for diagnostic in error.diagnostics}
        assert not any(map(is_finding, found))
        return found
    return {diagnostic.code for diagnostic in lint(paths)}


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert {path.stem for path in RULES.glob("*.md")} == set(TITLES)


@pytest.mark.parametrize("code", ["DG000", "DG1", "dg101", "", "__init__", "../codes"])
def test_unknown_code(code: str) -> None:
    with pytest.raises(KeyError):
        rulebook.rule_text(code)


@pytest.mark.parametrize("code", CODES)
def test_shape(code: str) -> None:
    found = page(code)
    assert found["code"] == code
    assert found["title"] == TITLES[code]
    sentences = re.findall(r"[.!?](?=\s|$)", found["text"])
    assert 2 <= len(sentences) <= 6
    assert "\n\n" not in found["text"]
    for text in examples(code):
        assert len(text.splitlines()) <= LONGEST_EXAMPLE
        assert max(map(len, text.splitlines())) <= 88


@pytest.mark.parametrize("code", CODES)
def test_only_what_cannot_be_yaml_is_not_run(code: str) -> None:
    languages = {language for language, _ in BLOCK.findall(rulebook.rule_text(code))}
    assert languages == ({"console"} if code in IN_A_CONSOLE else {"yaml"})


@pytest.mark.parametrize("code", [c for c in CODES if c not in IN_A_CONSOLE])
def test_wrong_yields_its_code_alone(code: str, tmp_path: Path) -> None:
    files = write(page(code)["wrong"], tmp_path)
    assert codes(files, TARGET.get(code)) == {code}


@pytest.mark.parametrize("code", [c for c in CODES if c not in IN_A_CONSOLE])
def test_right_yields_nothing(code: str, tmp_path: Path) -> None:
    files = write(page(code)["right"], tmp_path)
    assert codes(files, TARGET.get(code)) == set()


def test_examples_hold_no_declared_name() -> None:
    """They are part of the generator, which knows no key and no backend."""
    model = load_model([ROOT / "declarations"])
    declared = {*model.keys, *model.aliases_of_keys, *model.backends}
    operators = {name.partition(".")[0] for name in model.operators}
    for code in CODES:
        for text in examples(code):
            assert not declared.intersection(re.findall(r"\w+", text)), code
            for schema in re.findall(r"func: (?:\w+::)?(\w+)", text):
                assert f"aten::{schema}" not in operators, code


def test_reference_is_fresh(request: pytest.FixtureRequest) -> None:
    text = rulebook.reference()
    if request.config.getoption("--update"):
        REFERENCE.write_text(text, encoding="utf-8", newline="\n")
    assert REFERENCE.read_text("utf-8") == text, "run `pytest --update`"


def test_reference_leads_to_every_code() -> None:
    text = rulebook.reference()
    anchors = re.findall(r'^<a id="(\w+)"></a>$', text, re.MULTILINE)
    assert anchors == [code.lower() for code in CODES]
    for code in CODES:
        row = f"| [{code}](#{code.lower()}) | {TITLES[code]} |"
        assert text.count(f"\n{row}\n") == 1
        assert text.count(f"\n## {code}: {TITLES[code]}\n") == 1


def test_reference_has_one_title_and_untouched_examples() -> None:
    text = rulebook.reference()
    outside = BLOCK.sub("", text)
    assert re.findall(r"^# .*$", outside, re.MULTILINE) == ["# Diagnostics"]
    assert outside.count("\n### Wrong\n") == len(TITLES)
    assert outside.count("\n### Right\n") == len(TITLES)
    assert text.endswith("```\n")
    for code in CODES:
        assert all(example in text for example in examples(code))


def test_allowances_of_the_introduction_are_read(tmp_path: Path) -> None:
    """The reference's own example, after the keys that it speaks of."""
    introduction, _, _ = rulebook.reference().partition("| code | reports |")
    ((_, example),) = BLOCK.findall(introduction)
    file = tmp_path / "declarations.yaml"
    file.write_text(
        "dispatcher: {name: paint}\n"
        "backends: [Fast, Slow]\n"
        "functionality: [Trace, Wrap]\n" + example,
        "utf-8",
    )
    assert codes([file]) == set()
    lines = example.splitlines(keepends=True)
    lines = [line.partition("# allow")[0].rstrip() + "\n" for line in lines]
    file.write_text(
        "dispatcher: {name: paint}\n"
        "backends: [Fast, Slow]\n"
        "functionality: [Trace, Wrap]\n" + "".join(lines),
        "utf-8",
    )
    assert codes([file]) == {"DG304"}
