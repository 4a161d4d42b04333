"""clang-format changes nothing in what is generated, nor in the support headers."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path
from typing import Final

import pytest
import yaml

from codegen.pipeline import generate, load_model
from codegen.resources import built_in_declarations, runtime
from tests.support import DISPATCHERS, load_text

ROOT: Final = Path(__file__).parents[2]
STYLE: Final = runtime("cpp") / ".clang-format"
CLANG_FORMAT: Final = shutil.which("clang-format")

pytestmark = pytest.mark.skipif(
    CLANG_FORMAT is None, reason="clang-format is not installed: pip install .[test]"
)


def formatted(text: str) -> str:
    done = subprocess.run(
        [str(CLANG_FORMAT), f"--style=file:{STYLE}", "--assume-filename=a.h"],
        input=text.encode(),
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def assert_formatted(files: Mapping[str, str]) -> None:
    """In one run for all files, with a line between them that nothing joins."""
    border = "\nint file_border;\n\n"
    headers = {
        path: text
        for path, text in files.items()
        if path.endswith((".h", ".cpp")) and "/runtime/" not in path
    }
    found = formatted(border.join(headers.values())).split(border)
    assert len(found) == len(headers)
    for (path, text), after in zip(headers.items(), found, strict=True):
        diff = unified_diff(text.splitlines(), after.splitlines(), path, "clang-format")
        assert text.strip("\n") == after.strip("\n"), "\n".join(diff)


@pytest.mark.parametrize(
    "header",
    sorted([*runtime("cpp").glob("*.h"), *runtime("libtorch").glob("*.*")]),
    ids=lambda p: p.name,
)
def test_support_headers(header: Path) -> None:
    text = header.read_text("utf-8")
    diff = unified_diff(text.splitlines(), formatted(text).splitlines())
    assert formatted(text) == text, "\n".join(diff)


@pytest.mark.parametrize("variant", [None, "mobile", "mobile_trimmed"])
def test_reference(variant: str | None) -> None:
    assert_formatted(generate(load_model([built_in_declarations()], variant), "cpp"))


@pytest.mark.parametrize("variant", [None, "mobile"])
def test_extensions_of_pytorch(variant: str | None) -> None:
    golden = ROOT / "tests" / "golden" / "libtorch_extension" / "input.yaml"
    for declarations in (golden, built_in_declarations()):
        assert_formatted(generate(load_model([declarations], variant), "libtorch"))


@pytest.mark.parametrize("width", range(1, 60, 3))
def test_extension_with_long_names(tmp_path: Path, width: int) -> None:
    """Functions and operators with names of a width, of several arguments."""
    name = f"f{'n' * (width - 1)}"
    arguments = ", ".join(f"Tensor {a}" for a in ("a", "b", "c"))
    text = f"""
extends: pytorch
torch: {{package: p{name}, kernels: {{namespace: "k::{name}"}}}}
fallbacks:
  - {{keys: [HIP], policy: kernel, kernel: {name}}}
  - {{keys: [AutogradHIP, IPU], policy: not_implemented, message: "{name}"}}
kernels:
  PrivateUse1: {{"aten::relu": {name}_relu}}
operators:
  - func: my::{name}() -> ()
    dispatch: {{PrivateUse1: {name}_0}}
  - func: my::{name}.one(Tensor a) -> Tensor
    tags: [core]
    fake_module: {name}
    dispatch: {{PrivateUse1: {name}_1, CPU: fallthrough}}
  - func: my::{name}.many({arguments}) -> (Tensor, Tensor)
    tags: [core, pt2_compliant_tag]
    dispatch: {{PrivateUse1: {name}_many}}
"""
    assert_formatted(generate(load_text(text, tmp_path), "libtorch"))


@pytest.mark.parametrize("name", ["tiny", "image", "solver"])
def test_small(name: str) -> None:
    assert_formatted(generate(load_model([DISPATCHERS / f"{name}.yaml"]), "cpp"))


@pytest.mark.parametrize("shards", [2, 3])
def test_shards(shards: int, tmp_path: Path) -> None:
    """Kernels with two to eight parameters, in lines of any width."""
    rows = "".join(
        f"  - func: {'x' * width}_{count}({', '.join(f'Tensor t{i}' for i in range(count))}"
        f") -> ({', '.join(['Tensor'] * (width % 3 + 1))})\n"
        f"    dispatch: {{CPU: {'k' * width}_{count}}}\n"
        for width in range(1, 60, 7)
        for count in range(1, 9)
    )
    head = (
        f"dispatcher: {{name: d, default_namespace: my, cpp: {{shards: {shards}}}}}\n"
    )
    keys = 'backends: [CPU]\nfunctionality:\n  - D: {per_backend: true, prefix: ""}\n'
    text = f"{head}{keys}operators:\n{rows}"
    assert_formatted(generate(load_text(text, tmp_path), "cpp"))


def test_nothing_declared(tmp_path: Path) -> None:
    assert_formatted(generate(load_text("dispatcher: {name: d}\n", tmp_path), "cpp"))


@pytest.mark.parametrize("width", [1, 20, 33, 40, 50, 60])
def test_long_names(tmp_path: Path, width: int) -> None:
    """Every kind of declaration, with names and texts of a width."""

    def name(first: str) -> str:
        return f"{first}{'n' * (width - 1)}"

    declared = {
        "dispatcher": {
            "name": name("d"),
            "cpp": {
                "types": {
                    name("T"): f"my::{name('t')}",
                    "Tensor": {"type": name("X"), "header": f"{name('x')}.h"},
                    "int": "std::int32_t",
                    "Scalar": {"type": "std::shared_ptr<int>", "header": "<memory>"},
                },
                "value": {"type": "my::Value", "header": "my/value.h"},
            },
        },
        "variants": {
            "v": {"macro": name("V").upper()},
            "w": {"includes": ["v"], "macro": name("W").upper()},
            "x": {"includes": ["w"]},
        },
        "backends": [name("B"), {name("C"): {"legacy_names": {name("O"): name("C")}}}],
        "functionality": [
            {name("P"): {"per_backend": True, "prefix": ""}},
            name("F"),
            {name("G"): {"in_every_full_after": True}},
        ],
        "groups": {"every": "all", "none": []},
        "keysets": {
            name("k"): {"keys": "full", "doc": "word " * width},
            name("l"): "empty",
            name("m"): name("F"),
        },
        "functions": {
            name("f"): {
                "of": "backend",
                "for_each": "every",
                "keys": name("F"),
                "default": "empty",
            },
            name("g"): {
                "of": "backend",
                "for_each": "every",
                "key": "{backend}",
                "default": name("F"),
            },
            name("h"): {
                "of": "key",
                "cases": [{"key": name("F"), "keys": name("G")}],
                "default": "full",
            },
            name("i"): {
                "of": "key",
                "has": name("k"),
                "but_not": [name("F"), name("G")],
            },
            name("j"): {"of": "key", "has": f"{name('F')} | {name('G')}"},
            name("o"): {"of": "keyset", "highest_of": f"keyset & {name('k')}"},
            name("p"): {
                "of": "backend",
                "for_each": "none",
                "keys": name("F"),
                "default": "empty",
            },
            name("q"): {
                "of": "backend",
                "for_each": "none",
                "key": "{backend}",
                "default": name("F"),
            },
        },
        "aliases": [
            {name("A"): {"keys": name("k"), "reason": "r" * width, "undefined": True}},
            {
                name("E"): {
                    "keys": name("F"),
                    "reason": "r",
                    "yields_to": {"aliases": [name("A")], "backends_of": name("h")},
                    "ambiguous": {
                        "key": name("F"),
                        "with_any_of": f"{name('F')} | {name('G')}",
                        "kernel": name("k"),
                        "reason": "why " * width,
                    },
                }
            },
        ],
        "guards": {
            name("n"): {"exclude": name("F"), "doc": "ends with \\"},
            name("r"): {"stop_including": "empty"},
        },
        "modes": {name("s"): {"include": f"{name('F')} | {name('G')}"}},
        "tls": {"included": name("F"), "excluded": "empty"},
        "fallbacks": [
            {
                "keys": [name("F")],
                "policy": "python",
                "exclude": name("k"),
                "mode": name("s"),
                "variants": {"v": "fallthrough"},
            },
            {
                "keys": [name("C")],
                "policy": "backend_fallback_to",
                "backend": name("B"),
                "overridable": [name("C")],
            },
            {
                "keys": [name("G")],
                "policy": "not_implemented",
                "message": "no " * width,
            },
        ],
    }
    model = load_text(yaml.safe_dump(declared, sort_keys=False), tmp_path)
    assert_formatted(generate(model, "cpp"))
