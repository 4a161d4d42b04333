"""Sections that stand once: an extension changes only the fields that it gives."""

from __future__ import annotations

from pathlib import Path

from codegen.model import Model
from codegen.pipeline import load_model

BASE = """
dispatcher: {name: base, undefined: Nothing, default_namespace: demo}
functionality: [Low, Middle, High]
keysets: {low: Low, middle: Middle, high: High}
tls: {included: low, excluded: high}
aliases: [{Any: {keys: Low | Middle, reason: any kernel}}]
operator_rules:
  default: Any
  structured: {keys: [Low], always: [Middle], delegates: [High]}
operators:
  - {func: "f.out(Tensor a) -> Tensor", structured: true, dispatch: {Low: low_f, High: high_f}}
"""

DELEGATE = """
operators:
  - func: f(Tensor a) -> Tensor
    structured_delegate: f.out
  - func: g(Tensor a) -> Tensor
"""


def extended(folder: Path, section: str) -> Model:
    (folder / "base.yaml").write_text(BASE, "utf-8")
    text = f"extends: base.yaml\n{section}\n{DELEGATE}"
    (folder / "extension.yaml").write_text(text, "utf-8")
    return load_model([folder / "extension.yaml"])


def test_without_the_section(tmp_path: Path) -> None:
    model = extended(tmp_path, "")
    assert model.operators["demo::g"].kernels == {"Any": "g"}
    assert model.operators["demo::f"].kernels == {
        "Low": "low_f",
        "Middle": "structured_f",
        "High": "structured_f",
    }


def test_operator_rules_keep_what_is_not_given(tmp_path: Path) -> None:
    model = extended(tmp_path, "operator_rules: {structured: {keys: [High]}}")
    assert model.operators["demo::g"].kernels == {"Any": "g"}
    assert model.operators["demo::f"].kernels == {
        "Middle": "structured_f",
        "High": "high_f",
    }


def test_operator_rules_change_what_is_given(tmp_path: Path) -> None:
    rules = "{structured: {keys: [Low], always: [], delegates: []}}"
    model = extended(tmp_path, f"operator_rules: {rules}")
    assert model.operators["demo::f"].kernels == {"Low": "low_f"}
    model = extended(tmp_path, "operator_rules: {default: null}")
    assert model.operators["demo::g"].kernels == {}
    assert "Middle" in model.operators["demo::f"].kernels


def test_dispatcher_keeps_what_is_not_given(tmp_path: Path) -> None:
    model = extended(tmp_path, "dispatcher: {name: mine}")
    assert (model.name, model.undefined) == ("mine", "Nothing")
    assert set(model.operators) == {"demo::f", "demo::f.out", "demo::g"}


def test_tls(tmp_path: Path) -> None:
    model = extended(tmp_path, "tls: {included: middle, excluded: high}")
    assert model.tls.include == model.keys["Middle"].mask
    assert model.tls.exclude == model.keys["High"].mask
    model = extended(tmp_path, "")
    assert model.tls.include == model.keys["Low"].mask


def test_attributes_of_the_dispatcher(tmp_path: Path) -> None:
    model = extended(tmp_path, "dispatcher: {name: own, dispatch_method: run}")
    assert model.dispatch_method == "run"
    assert model.keyset_attribute == "_dispatch_keys"


def test_types_are_added(tmp_path: Path) -> None:
    base = f"{BASE}types: {{numpy:ndarray: Low}}\n"
    own = "extends: base.yaml\ntypes: {array:array: Low | High}\n"
    (tmp_path / "base.yaml").write_text(base, "utf-8")
    (tmp_path / "own.yaml").write_text(own, "utf-8")
    types = load_model([tmp_path / "own.yaml"]).types
    assert {name: bin(foreign.raw) for name, foreign in types.items()} == {
        "numpy:ndarray": "0b1",
        "array:array": "0b101",
    }
