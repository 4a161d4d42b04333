"""Any message that YAML can hold is the same string in the generated package."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support import generate_package, import_package

HEAD = """\
dispatcher: {name: tiny, default_namespace: my}
backends: [CPU, GPU]
functionality:
  - Dense: {per_backend: true, prefix: ""}
fallbacks:
"""

# As YAML spells it, and what that means.
MESSAGES = {
    '''"say \\"no\\", it's"''': 'say "no", it\'s',
    "'say \"no\", it''s'": 'say "no", it\'s',
    '"\\"\\"\\""': '"""',
    '\'""" # \'': '""" # ',
    "'back\\slash \\n \\'": "back\\slash \\n \\",
    '"two\\nlines\\r\\nand\\ta tab"': "two\nlines\r\nand\ta tab",
    "|\n      two\n      lines\n": "two\nlines\n",
    "'{} {0} {operator} {{x}} {%x%} {{'": "{} {0} {operator} {{x}} {%x%} {{",
    "'*/ /* // #'": "*/ /* // #",
    "'100% %s %d %(x)s'": "100% %s %d %(x)s",
    "'what??/ ??='": "what??/ ??=",
    '"\U0001f680 \\U0001F468\\u200D\\U0001F469"': (
        "\U0001f680 \U0001f468\u200d\U0001f469"
    ),
    '"nul \\0" ': "nul \0",
    '"\\0"': "\0",
    '"\\012 \\x0112 \\e[31m \\a\\b\\v\\f"': "\x0012 \x0112 \x1b[31m \a\b\v\f",
    '"\\N\\_\\L\\P \\uFEFF"': "\x85\xa0\u2028\u2029 \ufeff",
    "''": "",
    "' '": " ",
}


@pytest.mark.parametrize(
    ("written", "message"), MESSAGES.items(), ids=map(json.dumps, MESSAGES.values())
)
def test_message(written: str, message: str, tmp_path: Path) -> None:
    fallback = f"policy: not_implemented\n    message: {written}\n"
    text = f"{HEAD}  - keys: [GPU]\n    {fallback}"
    module = import_package(generate_package(text, tmp_path, "package"))
    found = {f.key: f.message for f in module.REGISTRATIONS.fallbacks}
    assert found == {"GPU": message}
