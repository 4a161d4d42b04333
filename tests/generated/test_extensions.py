"""Extensions of PyTorch: what is checked in is fresh, and what a line changes in them."""

from __future__ import annotations

import re
import shutil
from difflib import unified_diff
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen import format_cpp_torch
from codegen.emit import plan
from codegen.pipeline import generate, load_model
from codegen.quoting import cpp_string
from tests.support import load_text

ROOT: Final = Path(__file__).parents[2]
DECLARATIONS: Final = ROOT / "declarations"
GOLDEN: Final = ROOT / "tests" / "golden"
COMMITTED: Final = ROOT / "generated" / "libtorch"


def test_is_fresh() -> None:
    """If not: run `dispatch-codegen generate --target libtorch`."""
    changes = plan(
        generate(load_model([DECLARATIONS]), "libtorch"), COMMITTED, "libtorch"
    )
    assert changes.is_fresh, (changes.missing, changes.changed, changes.stale)


def lines_that_change(old: dict[str, str], new: dict[str, str]) -> dict[str, list[str]]:
    """By path: the lines that go and come."""
    found = {}
    for path in sorted({*old, *new}):
        before, after = old.get(path, ""), new.get(path, "")
        diff = unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
        lines = [line for line in diff if line[:3] not in ("---", "+++", "@@ ")]
        if lines:
            found[path] = lines
    return found


def test_a_backend(tmp_path: Path) -> None:
    """One line for it, in the fallbacks and in each constant that holds backends."""
    copy = tmp_path / "declarations"
    shutil.copytree(DECLARATIONS, copy)
    file = copy / "backends.yaml"
    text = file.read_text("utf-8")
    assert "  - MAIA: " in text
    file.write_text(text.replace("  - MAIA: ", "  - ACME\n  - MAIA: "), "utf-8")
    old, new = (generate(load_model([d]), "libtorch") for d in (DECLARATIONS, copy))
    found = lines_that_change(old, new)
    assert found.keys() == {"csrc/fallbacks.cpp", "csrc/keysets.h"}
    assert found["csrc/fallbacks.cpp"] == [
        "+  registry.fallback(DispatchKey::AutogradACME, fallback_of_AutogradOther());"
    ]
    assert set(found["csrc/keysets.h"]) == {"+    BackendComponent::ACMEBit,"}


EXTENSIONS: Final = {
    "libtorch": GOLDEN / "libtorch_extension" / "input.yaml",
    "torch_library": GOLDEN / "torch_library_extension" / "input.yaml",
}
ADDED: Final = {
    "libtorch": {
        "    aten::relu: relu\n    aten::mm: mm\n": {
            "csrc/prototypes.h": [
                "+at::Tensor mm(const at::Tensor& self, const at::Tensor& mat2);"
            ],
            "csrc/kernels/private_use1.cpp": [
                '+  registry.impl("aten::mm", DispatchKey::PrivateUse1, '
                "unboxed<&::acme::mm>());"
            ],
        }
    },
    "torch_library": {
        '"acme_kernels:relu", aten::mm: "acme_kernels:mm"': {
            "registrations/private_use1.py": [
                '+    registry.impl("aten::mm", "PrivateUse1", "acme_kernels:mm")'
            ]
        }
    },
}


@pytest.mark.parametrize("target", EXTENSIONS)
def test_a_kernel(target: str, tmp_path: Path) -> None:
    """A prototype and a statement."""
    text = EXTENSIONS[target].read_text("utf-8")
    ((more, expected),) = ADDED[target].items()
    before = more.partition("aten::mm")[0].rstrip(" ,")
    assert text.count(before) == 1
    old, new = (
        generate(load_text(t, tmp_path), target)
        for t in (text, text.replace(before, more))
    )
    assert lines_that_change(old, new) == expected


@given(st.text())
def test_literals_are_the_text(text: str) -> None:
    """Nothing is lost between them, and each can stand on a line."""
    found = format_cpp_torch.literals(text)
    assert found
    whole = "".join(literal[1:-1] for literal in found)
    assert whole == cpp_string(text)[1:-1]


def test_prototypes_are_of_kernels_without_a_header(tmp_path: Path) -> None:
    text = """
extends: pytorch
torch: {package: acme, kernels: {header: acme/kernels.h}}
kernels: {PrivateUse1: {"aten::relu": "acme::relu"}}
"""
    header = generate(load_text(text, tmp_path), "libtorch")["csrc/prototypes.h"]
    assert '#include "acme/kernels.h"' in header
    assert "relu" not in header


def test_only_what_the_extension_declares(tmp_path: Path) -> None:
    """What PyTorch's declarations say is PyTorch's: with nothing above them, nothing."""
    files = generate(load_text("extends: pytorch\n", tmp_path), "libtorch")
    assert not any(path.startswith("csrc/kernels/") for path in files)
    assert "csrc/fallbacks.cpp" not in files
    assert "csrc/operators.cpp" not in files


def test_layers_of_an_extension(tmp_path: Path) -> None:
    """All layers above PyTorch's are the extension."""
    lower = tmp_path / "lower"
    lower.mkdir()
    (lower / "lower.yaml").write_text(
        "extends: pytorch\ndispatcher: {name: lower}\ntorch: {package: acme}\n"
        'kernels: {PrivateUse1: {"aten::relu": relu}}\n',
        "utf-8",
    )
    text = 'extends: ./lower\nkernels: {PrivateUse1: {"aten::mm": mm}}\n'
    files = generate(load_text(text, tmp_path), "libtorch")
    source = files["csrc/kernels/private_use1.cpp"]
    assert '"aten::relu"' in source
    assert '"aten::mm"' in source


def test_a_namespace_of_ones_own_leaves_pytorchs_alone(tmp_path: Path) -> None:
    """`default_namespace` of an extension is for its own operators."""
    text = """
extends: pytorch
dispatcher: {name: acme, default_namespace: acme}
torch: {package: acme}
operators:
  - func: twice(Tensor x) -> Tensor
    dispatch: {PrivateUse1: twice}
"""
    model = load_text(text, tmp_path)
    assert "aten::relu" in model.operators
    assert "acme::twice" in model.operators
    files = generate(model, "libtorch")
    assert (
        'registry.define("acme::twice(Tensor x) -> Tensor");'
        in files["csrc/operators.cpp"]
    )


def test_shards(tmp_path: Path) -> None:
    """All registrations, each in one file, and none moves when one is added."""
    names = ("relu", "mm", "linear", "dropout", "silu_backward", "alias")
    head = "extends: pytorch\ntorch: {package: acme, kernels: {shards: 3}}\n"

    def files(count: int) -> dict[str, list[str]]:
        kernels = ", ".join(f'"aten::{name}": {name}' for name in names[:count])
        text = f"{head}kernels: {{PrivateUse1: {{{kernels}}}}}\n"
        made = generate(load_text(text, tmp_path), "libtorch")
        return {
            path: re.findall(r'registry\.impl\(\s*"aten::(\w+)"', source)
            for path, source in made.items()
            if path.startswith("csrc/kernels/")
        }

    most = files(len(names))
    assert sorted(name for found in most.values() for name in found) == sorted(names)
    assert 1 < len(most) <= 3
    for count in range(1, len(names)):
        for path, found in files(count).items():
            assert set(found) == set(most[path]) & set(names[:count])
