"""What `explain` says of the rules for a slot."""

from __future__ import annotations

from pathlib import Path

from codegen.explain import explain_slot
from tests.support import load_text

TEXT = """
dispatcher: {name: tiny}
functionality: [Low, High]
aliases: [{Any: {keys: Low, reason: backend fallback}}]
fallbacks: [{keys: [High], policy: fallthrough}]
operators:
  - {func: "n::f(int a) -> int", dispatch: {Any: f}}
"""


def test_an_alias_key_is_no_fallback_whatever_its_reason(tmp_path: Path) -> None:
    model = load_text(TEXT, tmp_path)
    rules = explain_slot(model, "n::f", "Low")["rules"]
    assert [rule["rule"] for rule in rules][:2] == ["kernel for Low", "kernel for Any"]
    assert rules[1]["declared"].endswith(":7:45")
    assert explain_slot(model, "n::f", "High")["rules"][-1]["rule"] == (
        "fallback of High"
    )
