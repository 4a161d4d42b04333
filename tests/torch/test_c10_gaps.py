"""What 2.13's hand-kept lists leave out is there in what is generated.

Seven gaps are known. Here are those of the string parser, of fallbacks, and of the
functions from backends to Autograd keys and back: the generated sources are loaded into
a running PyTorch in place of its own. The members of the pybind enum, torchgen's lists, the
type stubs and what higher-order operators fall through are in `test_c10_lists.py`; how
many keys are not in all of 2.13's lists, in `tests/parity/test_name_lists.py`.

The first four gaps close with the declarations of 2.13 as they are, since each list is
made of the same keys. The others are exceptions on a backend's own line: they close by
taking these out.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from difflib import unified_diff
from pathlib import Path
from typing import Any, Final

import pytest

from codegen import Model
from codegen.pipeline import generate, load_model
from tests.torch.building import ROOT, need_torch, workshop_folder
from tests.torch.c10.building import Bench, real_keys

pytestmark = pytest.mark.torch

DECLARATIONS: Final = ROOT / "declarations"
MISSING: Final = "aten/src/ATen/core/MissingFallbackKernel.cpp"

# Backends whose lines in 2.13's declarations hold exceptions, without these.
MENDED: Final = {
    "HIP": "  - HIP",
    "IPU": "  - IPU: {autocast: 5, autocast_fallback: false}",
    "VE": "  - VE",
    "MTIA": "  - MTIA: {autocast: 2, structured: true}",
}
WITHOUT_FALLBACK: Final = ("AutogradHIP", "AutogradIPU", "AutogradVE")
UNREACHED: Final = ("HIP", "VE", "MTIA")


def mended(folder: Path) -> Path:
    """Declarations without the exceptions, the fallbacks they left out in a file apart."""
    copy = folder / "declarations"
    shutil.copytree(DECLARATIONS, copy)
    backends = copy / "backends.yaml"
    text = backends.read_text("utf-8")
    for name, line in MENDED.items():
        text, count = re.subn(rf"^  - {name}: .*$", line, text, flags=re.MULTILINE)
        assert count == 1
    backends.write_text(text, "utf-8")
    return copy


def apart(copy: Path) -> Path:
    """The same, with the fallbacks that 2.13 forgot in a file of their own."""
    settings = copy / "c10.yaml"
    text = settings.read_text("utf-8")
    pattern = '"Autograd{autograd_fallback_backends}"'
    assert text.count(pattern) == 1
    others = [f"Autograd{name}" for name in STOCK_FALLBACKS]
    text = text.replace(pattern, ", ".join(others))
    text += f"    {MISSING}: [{', '.join(WITHOUT_FALLBACK)}]\n"
    settings.write_text(text, "utf-8")
    return copy


STOCK_FALLBACKS: Final = load_model([DECLARATIONS]).groups["autograd_fallback_backends"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    return load_model([apart(mended(tmp_path_factory.mktemp("mended")))])


@pytest.fixture(scope="module")
def bench(model: Model, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    folder = workshop_folder(tmp_path_factory).with_name("c10_mended")
    files = {
        path: text
        for path, text in generate(model, "c10").items()
        if path.startswith("c10/core/") or path == MISSING
    }
    return Bench(folder, files, model)


def ask(model: Model, library: Path | None, preload: Path | None) -> dict[str, Any]:
    need_torch()
    asked = {
        "library": None if library is None else str(library),
        "keys": real_keys(model),
        "accepted": ["AutogradMAIA", "AutogradMTIA", "QuantizedMPS"],
        "backends": [name for name in model.backends if name != "Meta"],
        "fallbacks": [f"Autograd{name}" for name in model.backends],
    }
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    if preload is not None:
        environment["LD_PRELOAD"] = str(preload)
    result = subprocess.run(
        [sys.executable, "-m", "tests.torch.c10.gaps", json.dumps(asked)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=environment,
    )
    assert result.returncode == 0, result.stderr[-4000:]
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.fixture(scope="module")
def stock(model: Model) -> dict[str, Any]:
    return ask(model, None, None)


@pytest.fixture(scope="module")
def generated(model: Model, bench: Bench) -> dict[str, Any]:
    """Of PyTorch with the generated functions, and the fallbacks that it lacks."""
    core = [path for path in bench.sources if path.parents[1].name == "c10"]
    functions = bench.library("mended_functions", core, "-lc10")
    (source,) = (path for path in bench.sources if path not in core)
    libraries = ("-ltorch_cpu", "-ltorch", "-lc10")
    fallbacks = bench.library("mended_fallbacks", [source], *libraries)
    return ask(model, fallbacks, functions)


def test_the_string_parser_knows_every_key(
    model: Model, stock: dict[str, Any], generated: dict[str, Any]
) -> None:
    keys = real_keys(model)
    assert len(keys) - len(stock["parsed"]) == 42
    assert set(keys) > set(stock["parsed"])
    assert generated["parsed"] == list(keys)


def test_a_library_can_be_made_for_every_key(
    stock: dict[str, Any], generated: dict[str, Any]
) -> None:
    assert stock["accepted"] == []
    assert generated["accepted"] == ["AutogradMAIA", "AutogradMTIA", "QuantizedMPS"]


def test_every_backend_has_its_autograd_fallback(
    stock: dict[str, Any], generated: dict[str, Any]
) -> None:
    """But for two of the private ones, which 2.13 leaves out on purpose."""
    assert not set(WITHOUT_FALLBACK) & set(stock["fallbacks"])
    assert set(generated["fallbacks"]) - set(stock["fallbacks"]) == {*WITHOUT_FALLBACK}
    assert set(stock["fallbacks"]) <= set(generated["fallbacks"])


def test_an_autograd_key_leads_back_to_its_backend(
    model: Model, stock: dict[str, Any], generated: dict[str, Any]
) -> None:
    """So that a backend's kernel is reached behind its Autograd key."""
    hidden = {b for b, reason in stock["reached"].items() if reason == "math kernel"}
    assert hidden == {*UNREACHED}
    without = {f"Autograd{b}" for b in model.backends} - {*generated["fallbacks"]}
    for backend, reason in generated["reached"].items():
        is_empty = f"Autograd{backend}" in without
        assert reason == ("" if is_empty else "backend fallback"), backend
    assert without == {"AutogradPrivateUse2", "AutogradPrivateUse3"}


def test_what_taking_the_exceptions_out_changes(tmp_path: Path) -> None:
    """A case in each function and a fallback, for each backend that lacks them."""
    old, new = (
        generate(load_model([path]), "c10") for path in (DECLARATIONS, mended(tmp_path))
    )
    changed = {}
    for path, text in new.items():
        diff = unified_diff(old[path].splitlines(), text.splitlines(), n=0, lineterm="")
        lines = [line for line in diff if line[:3] not in ("---", "+++", "@@ ")]
        if lines:
            changed[path] = lines
    assert all(line.startswith("+") for lines in changed.values() for line in lines)
    fallbacks = "aten/src/ATen/core/VariableFallbackKernel.cpp"
    assert changed.keys() == {
        fallbacks,
        "c10/core/DispatchKey.cpp",
        "c10/core/DispatchKeySet.cpp",
        "c10/core/DispatchKeySet.h",
    }
    registered = re.findall(r"IMPL\(_, (\w+),", "\n".join(changed[fallbacks]))
    assert registered == [*WITHOUT_FALLBACK]
    cases = re.findall(
        r"case DispatchKey::(\w+):", "\n".join(changed["c10/core/DispatchKeySet.cpp"])
    )
    assert cases == [f"Autograd{name}" for name in UNREACHED]
