"""Any text as a literal: what Python and a C++ compiler read is the text again."""

from __future__ import annotations

import ast
import random
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.quoting import (
    cpp_string,
    cpp_string_view,
    python_docstring,
    python_string,
)

# Lone surrogates are no text: YAML and UTF-8 have none.
TEXTS: Final = st.text(st.characters(codec="utf-8"))

NASTY: Final = (
    "",
    '"',
    "'",
    "\\",
    "\\n",
    '\\"',
    'say "no", it\'s \\ and \\\\',
    "ends with \\",
    "\n",
    "two\nlines\r\nand\ta tab\v\f\a\b",
    "\0",
    "a\0b",
    "\0\0" + "7",
    "\x01" + "23",
    "\x7f",
    "\xff" + "abc",
    "{}",
    "{operator}: {0} {{}} {%",
    "*/",
    "/* */ // */",
    "**//",
    "%",
    "%s %d %n %%",
    "??/",
    "??=??(??)??'??<??>??!??-",
    "???/",
    "????",
    "?",
    "what??/\nx",
    "é",
    "\u2028\u2029\x85",
    "\ufeff",
    "\U0001f4a9 \U0001f468\u200d\U0001f469",
    "\U0010ffff",
    "\\u00e9 \\N{DIGIT ONE} \\x41 \\101",
    'R"(raw)" u8"x" )"',
    '")sv; #error "',
    "a\\\nb",
    "<%:%><::>",
    "#include <x>",
    "x" * 3000,
)


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("plain", '"plain"'),
        ("it's", '"it\'s"'),
        ('say "no"', '"say \\"no\\""'),
        ("back\\slash", '"back\\\\slash"'),
        ("a\nb\tc\r", '"a\\nb\\tc\\r"'),
        ("\0" + "12", '"\\00012"'),
        ("\xe9" + "a", '"\\303\\251a"'),
        ("\U0001f4a9", '"\\360\\237\\222\\251"'),
        ("why?", '"why?"'),
        ("why??/", '"why?\\?/"'),
        ("a */ b", '"a *\\057 b"'),
        ("/*/", '"/\\052\\057"'),
        ("a/b * c", '"a/b * c"'),
        ("{operator}: 5%", '"{operator}: 5%"'),
        ("", '""'),
    ],
)
def test_cpp_string(text: str, literal: str) -> None:
    assert cpp_string(text) == literal
    assert cpp_string_view(text) == literal + "sv"


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("plain", '"plain"'),
        ("it's", '"it\'s"'),
        ('say "no"', "'say \"no\"'"),
        ("both ' and \"", '"both \' and \\""'),
        ("back\\slash", '"back\\\\slash"'),
        ("a\nb\tc\r", '"a\\nb\\tc\\r"'),
        ("\x00\xe9\u2028\U0001f4a9", '"\\x00\\xe9\\u2028\\U0001f4a9"'),
        ("", '""'),
    ],
)
def test_python_string(text: str, literal: str) -> None:
    assert python_string(text) == literal


@pytest.mark.parametrize(
    ("text", "docstring"),
    [
        ("One line.", '"""One line."""'),
        ("Two\n  lines.", '"""Two lines."""'),
        ('A "word"', '"""A \\"word\\" """'),
        ("ends \\", '"""ends \\\\"""'),
        ("", '""" """'),
    ],
)
def test_python_docstring(text: str, docstring: str) -> None:
    assert python_docstring(text) == docstring


@given(st.text())
def test_literals_say_the_text(text: str) -> None:
    assert ast.literal_eval(python_string(text)) == text
    found = ast.literal_eval(python_docstring(text))
    assert found.strip() == " ".join(text.split())


@pytest.mark.parametrize("text", NASTY)
def test_nasty_literals_say_the_text(text: str) -> None:
    assert ast.literal_eval(python_string(text)) == text


@given(TEXTS)
def test_literals_stay_in_their_line(text: str) -> None:
    for literal in (
        python_string(text),
        python_docstring(text),
        cpp_string(text),
        cpp_string_view(text),
    ):
        assert literal.isascii()
        assert literal.isprintable()


@given(st.text(st.sampled_from("*/?\\\"'")))
def test_cpp_literals_hold_neither_trigraphs_nor_comments(text: str) -> None:
    literal = cpp_string(text)
    assert "??" not in literal
    assert "*/" not in literal
    assert "/*" not in literal


def _texts() -> list[str]:
    """Every nasty text, each character of a byte, and some of random characters."""
    chance = random.Random("quoting")
    pool = "".join(map(chr, range(0x100))) + '??/*/\\"01234567abcdef\n\0éλ字\U0001f4a9'
    mixed = ["".join(chance.choices(pool, k=chance.randrange(30))) for _ in range(300)]
    tight = ["".join(chance.choices('?/*\\"0\0\n', k=8)) for _ in range(200)]
    # A digit after each character, which an escape must not swallow.
    return [*NASTY, *(chr(code) + "7f" for code in range(0x100)), *mixed, *tight]


VIEWS: Final = """\
#include <cstdio>
#include <string_view>
using namespace std::string_view_literals;
constexpr std::string_view texts[] = {{
{literals}
}};
int main() {{
  for (std::string_view text : texts) {{
    for (unsigned char byte : text) std::printf("%02x", byte);
    std::printf("\\n");
  }}
}}
"""

ARRAYS: Final = """\
#include <cstddef>
#include <cstdio>
template <std::size_t N>
void print(const char (&text)[N]) {{
  for (std::size_t i = 0; i + 1 < N; ++i)
    std::printf("%02x", static_cast<unsigned char>(text[i]));
  std::printf("\\n");
}}
int main() {{
{literals}
}}
"""


@pytest.mark.skipif(shutil.which("g++") is None, reason="there is no g++")
@pytest.mark.parametrize(
    ("standard", "options", "program", "line"),
    [
        ("c++20", (), VIEWS, "  /* {view} */ {view},"),
        ("c++11", ("-trigraphs",), ARRAYS, "  /* {plain} */ print({plain});"),
    ],
    ids=["c++20", "c++11-trigraphs"],
)
def test_a_compiler_reads_the_text(
    standard: str, options: tuple[str, ...], program: str, line: str, tmp_path: Path
) -> None:
    texts = _texts()
    literals = "\n".join(
        line.format(view=cpp_string_view(text), plain=cpp_string(text))
        for text in texts
    )
    source, binary = tmp_path / "texts.cpp", tmp_path / "texts"
    source.write_text(program.format(literals=literals), "ascii")
    warnings = ("-Wall", "-Wextra", "-Wpedantic", "-Werror")
    subprocess.run(
        ["g++", f"-std={standard}", *options, *warnings, source, "-o", binary],
        check=True,
        timeout=120,
    )
    printed = subprocess.run([binary], check=True, capture_output=True, text=True)
    assert [bytes.fromhex(hexes).decode() for hexes in printed.stdout.split("\n")][
        :-1
    ] == texts
