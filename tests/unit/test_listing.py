"""What `list` prints: one line for each thing, whatever its texts hold."""

from __future__ import annotations

from pathlib import Path

from codegen.listing import LISTINGS
from tests.support import load_text

TEXT = """
dispatcher: {name: tiny}
functionality: [Low, High]
aliases: [{Any: {keys: Low, reason: "any\\tkernel\\n"}}]
functions: {isLow: {of: key, has: Low, doc: "One line.\\n\\n\\tAnother one."}}
"""


def test_no_text_breaks_a_row(tmp_path: Path) -> None:
    model = load_text(TEXT, tmp_path)
    (function,) = LISTINGS["functions"](model)
    (alias,) = LISTINGS["aliases"](model)
    assert function["doc"] == "One line. Another one."
    assert alias["reason"] == "any kernel"
