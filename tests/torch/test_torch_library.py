"""Extensions in Python, loaded into an unmodified PyTorch: effects of all declared."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

import codegen
from codegen.diagnostics import DeclarationError
from codegen.model import KeyKind, Model
from codegen.pipeline import generate, load_model
from tests.torch.building import DECLARATIONS, declare_constants, need_torch, run, write

pytestmark = pytest.mark.torch

DECLARED: Final = DECLARATIONS / "in_python.yaml"
DOUBLED: Final = [2.0, -4.0]

Program = Callable[..., Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the package is importable from."""
    need_torch()
    made = tmp_path_factory.mktemp("in_python")
    write(DECLARED, "torch_library", made / "in_python")
    return made


@pytest.fixture(scope="module")
def call(folder: Path) -> Program:
    """Runs one of `programs/library.py`."""

    def run_program(name: str, *arguments: Any) -> Any:
        return run(f"library:{name}", *arguments, folders=[folder]).value

    return run_program


def test_report(call: Program, folder: Path) -> None:
    """Each registration is told; what was not made, at the line that asked for it."""
    report, warned = call("report")
    assert len({tuple(one[:3]) for one in report}) == len(report)
    others = {tuple(one[:3]): one[3:] for one in report if one[3] != "registered"}
    assert {what: outcome for what, (outcome, _) in others.items()} == {
        ("fallback", "", "AutogradCPU"): "skipped",
        ("kernel", "aten::no_such_operator", "CPU"): "skipped",
        ("kernel", "in_python::broken", "CPU"): "failed",
    }
    broken = others["kernel", "in_python::broken", "CPU"][1]
    assert broken == "module tests.torch.kernels has no there_is_none"
    made = {tuple(one[:3]): one[4] for one in report if one[3] == "registered"}
    assert set(made.values()) == {""}
    for one in (
        ("operator", "in_python::doubled", ""),
        ("kernel", "in_python::thin", "AutogradCPU"),
        ("fallback", "", "AutogradPrivateUse3"),
        ("fake", "in_python::doubled", ""),
        ("autograd", "in_python::doubled", ""),
    ):
        assert one in made
    assert len(warned) == len(others)
    for (what, name, key), (outcome, message) in others.items():
        about = " ".join(filter(None, (what, name, f"for {key}")))
        said = f"in_python: {outcome}: {about}: {message}"
        ((category, _, file, line),) = [one for one in warned if one[1] == said]
        assert category == "RegistrationWarning"
        assert Path(file).is_relative_to(folder)
        statement = "".join(Path(file).read_text().splitlines()[line - 1 : line + 3])
        assert f'"{key}"' in statement


def test_not_implemented(call: Program) -> None:
    ours, of_module = call("not_implemented", "HIP")
    name = "in_python::no_kernel"
    assert ours == ["NotImplementedError", f'{name}: HIP has no "{name}"']
    theirs, _ = call("not_implemented", "Meta")
    assert theirs[0] == ours[0]
    assert of_module[0] == "NotImplementedError"
    assert "in_python_fakes" in of_module[1]
    stock = call("stock_not_implemented_with_module")
    assert stock[0] == stock[1]
    assert stock[0][0] == "NotImplementedError"


def test_backend_fallback_to_the_host(call: Program) -> None:
    assert call("host") == {
        "doubled": DOUBLED,
        "written": [[2.0, -1.0], [4.0, 1.0]],
        "same": [True, True],
        "alpha": [8.0, -4.0],
        "view": ["FallbackWarning"],
        "none": "NotImplementedError",
    }


def test_fallthrough_kernel_redispatch(call: Program) -> None:
    name = "in_python::doubled"
    fell, kept = ([[name, f"DispatchKeySet({keys})"]] for keys in ("IPU, VE", "VE"))
    assert call("calls") == [DOUBLED, fell, DOUBLED, kept, DOUBLED]


def test_autograd(call: Program) -> None:
    """The same as PyTorch's own fallback of AutogradCPU."""
    ours = call("autograd", ["AutogradPrivateUse3", "PrivateUse3"])
    assert ours["nothing"] == {
        "grad_fn": "",
        "numbers": DOUBLED,
        "gradient": [1.0, 1.0],
        "warnings": [],
    }
    ((category, said),) = ours["warn"].pop("warnings")
    theirs = call("autograd", [])
    ((their_category, their_text),) = theirs["warn"].pop("warnings")
    assert category == their_category == "UserWarning"
    for text in (said, their_text):
        assert "in_python::detached" in text
        assert "autograd kernel" in text
    for one in (ours, theirs):
        assert "WarnNotImplemented" in one["warn"].pop("grad_fn")
    assert ours == theirs


def test_python_dispatcher(call: Program) -> None:
    assert call("python_dispatcher") == ["RuntimeError", [5.0, -10.0]]


def test_python_tls_snapshot(call: Program) -> None:
    assert call("snapshot") == [True, False]


def test_fake_and_autograd(call: Program) -> None:
    assert call("derived") == [[2.0, 2.0], [2, 3], "meta"]


def test_undo(call: Program) -> None:
    assert call("undo") == [False, False, 0]


def test_only_what_is_declared_changes(folder: Path) -> None:
    found = run("tables:changes", "in_python", folders=[folder]).value
    assert found["operators"] > 3000
    assert (found["gone"], found["kernels"], found["outside"]) == ([], {}, [])
    model = codegen.load(DECLARED)
    own = {name for name in model.operators if name.startswith("in_python::")}
    assert set(found["new"]) == own
    assert model.torch is not None
    policies = {
        key: fallback.spec.policy
        for key, fallback in model.fallbacks.items()
        if model.torch.declares(fallback.span)
    }
    # PyTorch has that one.
    del policies["AutogradCPU"]
    assert set(found["slots"]) == set(policies)
    for key, policy in policies.items():
        kernel, reason, is_fallthrough = found["rows"][key]
        assert reason == "backend fallback"
        assert is_fallthrough == (policy == "fallthrough")
        where = re.fullmatch(r"registered at (.*):(\d+)", kernel)
        assert where is not None, kernel
        lines = Path(where[1]).read_text().splitlines()
        statement = "".join(lines[int(where[2]) - 1 : int(where[2]) + 2])
        assert f'"{key}"' in statement


def test_tables_are_those_of_the_model(folder: Path, tmp_path: Path) -> None:
    """All slots of all operators: which kernel, and why."""
    # Without the fallback that PyTorch keeps its own for.
    text = DECLARED.read_text().replace("  - {keys: [AutogradCPU]", "  # ")
    file = tmp_path / "declared.yaml"
    file.write_text(text)
    found = run("tables:model", "in_python", str(file), folders=[folder]).value
    different, operators, own = found
    assert different == []
    assert operators > 3000
    assert own > operators


def test_keyset_constants(tmp_path: Path) -> None:
    """Each has the bits that the model says."""
    need_torch()
    model = codegen.load("declarations")
    assert model.torch is not None
    named = model.torch.parsed_keys
    keys = [key for key in model.runtime_keys if key.name in named]
    file = tmp_path / "constants.yaml"
    declare_constants(model, keys, file)
    write(file, "torch_library", tmp_path / "constants")
    found = run("loading:keysets", "constants", folders=[tmp_path]).value
    constants = {keyset.name: keyset.raw for keyset in model.keysets.values()}
    assert {name: int(raw, 16) for name, raw in found.items()} == constants


# Keys that torch.library cannot name


def all_keys(model: Model) -> list[str]:
    """The keys that stand for something."""
    others = (KeyKind.UNDEFINED, KeyKind.PLACEHOLDER)
    return [key.name for key in model.keys.values() if key.kind not in others]


def unnamed() -> list[str]:
    """The keys that PyTorch has, and its parser does not."""
    model = codegen.load("declarations")
    assert model.torch is not None
    return [key for key in all_keys(model) if key not in model.torch.parsed_keys]


def test_keys_without_a_name_are_errors(tmp_path: Path) -> None:
    keys = unnamed()
    assert len(keys) == 42
    assert "AutogradHIP" in keys
    file = tmp_path / "all.yaml"
    text = "extends: pytorch\ndispatcher: {name: all}\nfallbacks:\n"
    lines = [f"  - {{keys: [{key}], policy: fallthrough}}\n" for key in keys]
    file.write_text(text + "".join(lines))
    with pytest.raises(DeclarationError) as raised:
        generate(load_model([file]), "torch_library")
    found = {one.message: one.code for one in raised.value.diagnostics}
    assert found == {
        f"`torch.library` of PyTorch 2.13 cannot name the key `{key}`": "DG112"
        for key in keys
    }
    # C++ can.
    assert generate(load_model([file]), "libtorch")


def test_torch_library_rejects_exactly_these() -> None:
    need_torch()
    model = codegen.load("declarations")
    keys = all_keys(model)
    assert len(keys) > 130
    assert run("loading:rejected", keys).value == unnamed()
