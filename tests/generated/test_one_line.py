"""One line is a whole backend: adding it adds all of it, removing it leaves nothing.

The declarations are a copy of the reference's, edited and generated as a user would:
with the command line, and the result imported by a fresh interpreter.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from codegen.diagnostics import DeclarationError
from codegen.pipeline import generate, load_model

ROOT = Path(__file__).parents[2]
DECLARATIONS = ROOT / "declarations"
REMOVED = "MAIA"

# Prints what a generated package says of the backend that is its argument.
PROBE = """
import json, sys
import out as package
from out import BackendComponent, DispatchKey, DispatchKeySet
backend = sys.argv[1]
bit = BackendComponent[backend + "Bit"]
slots = package.get_dispatch_table_index_for_dispatch_key
def spelt(keyset):
    return [key.name for key in keyset]
autograd = DispatchKey["Autograd" + backend]
found = {
    "bits": [member.name for member in BackendComponent if member],
    "keys": [key.name for key in DispatchKey],
    "slots": [
        key.name for key in DispatchKey
        if key.name.endswith(backend) and slots(key) >= 0
    ],
    "autograd key": package.get_autograd_key_from_backend(bit).name,
    "autograd related": spelt(package.get_autograd_related_key_set_from_backend(bit)),
    "autocast related": spelt(package.get_autocast_related_key_set_from_backend(bit)),
    "below autograd": spelt(package.get_backend_key_set_from_autograd(autograd)),
    "constant": spelt(getattr(package, "autograd_" + backend.lower() + "_ks")),
    "roundtrip": package.to_string(
        package.to_runtime_per_backend_functionality_key(DispatchKey.Sparse, bit)
    ),
    "functionality": package.to_functionality_key(autograd).name,
    "is backend key": package.is_backend_dispatch_key(DispatchKey[backend]),
    "in alias": [
        key.name for key in DispatchKey
        if package.is_alias_dispatch_key(key)
        and package.is_included_in_alias(DispatchKey[backend], key)
    ],
    "highest": DispatchKeySet.of(DispatchKey[backend], autograd)
    .highest_priority_type_id().name,
    "fallbacks": {f.key: f.kernel for f in package.REGISTRATIONS.fallbacks},
    "kernels": [
        list(k) for k in package.REGISTRATIONS.kernels if k.key.endswith(backend)
    ],
    "modules": list(package.REGISTRATIONS.modules),
    "modes": list(package.MODES),
    "excluded": spelt(package.DEFAULT_EXCLUDED),
    "relu": {slot: list(e) for slot, e in package.dispatch_table("aten::relu").items()},
    "computed": {
        slot: e.kernel
        for slot, e in package.compute_dispatch_table({backend: "own"}).items()
        if slot.endswith(backend)
    },
}
json.dump(found, sys.stdout)
"""

PER_BACKEND = ("", "Quantized", "Sparse", "SparseCsr", "NestedTensor", "Autograd")


def edited(folder: Path, old: str, new: str, file: str = "backends.yaml") -> Path:
    """A copy of the reference in which one piece of one file is another."""
    copy = folder / "declarations"
    shutil.copytree(DECLARATIONS, copy)
    text = (copy / file).read_text("utf-8")
    assert text.count(old) == 1, old
    (copy / file).write_text(text.replace(old, new), "utf-8")
    return copy


def line_of(backend: str) -> str:
    """A backend's one line."""
    lines = (DECLARATIONS / "backends.yaml").read_text("utf-8").splitlines(True)
    (line,) = (x for x in lines if x.split("#")[0].startswith(f"  - {backend}"))
    return line


def run_generate(declarations: Path, output: Path, cwd: Path | None = None) -> str:
    """Run the command line; what it printed."""
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    options = ["-d", str(declarations), "-o", str(output)]
    done = subprocess.run(
        [sys.executable, "-m", "codegen", "generate", *options],
        capture_output=True,
        text=True,
        cwd=cwd or output.parent,
        env={**os.environ, "PYTHONPATH": path},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def probe(folder: Path, backend: str = "ACME") -> dict[str, Any]:
    """What the package `out` in a folder says, in an interpreter without site."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", PROBE, backend],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def texts(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def files_of(declarations: Path) -> dict[str, str]:
    return generate(load_model([declarations]), "python")


@pytest.fixture(scope="module")
def reference() -> dict[str, str]:
    return files_of(DECLARATIONS)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("plain")
    after = line_of(REMOVED)
    run_generate(edited(folder, after, after + "  - ACME\n"), folder / "out")
    return {"folder": folder, **probe(folder)}


@pytest.fixture(scope="module")
def with_autocast(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("autocast")
    after = line_of(REMOVED)
    line = "  - ACME: {autocast: true}\n"
    run_generate(edited(folder, after, after + line), folder / "out")
    return {"folder": folder, **probe(folder)}


def test_one_line_gives_every_slot(plain: dict[str, Any]) -> None:
    slots = [f"{prefix}ACME" for prefix in PER_BACKEND]
    assert plain["slots"] == slots
    assert plain["roundtrip"] == "SparseACME"
    assert plain["functionality"] == "AutogradFunctionality"
    assert plain["is backend key"] is True
    assert plain["highest"] == "AutogradACME"


def test_one_line_gives_autograd_and_its_fallback(plain: dict[str, Any]) -> None:
    assert plain["autograd key"] == "AutogradACME"
    assert plain["autograd related"] == ["ADInplaceOrView", "AutogradACME"]
    assert plain["below autograd"] == ["ACME"]
    assert plain["constant"] == ["AutogradACME"]
    fallbacks = plain["fallbacks"]
    assert fallbacks["AutogradACME"] == fallbacks["AutogradCUDA"]
    assert plain["relu"]["AutogradACME"] == plain["relu"]["AutogradCUDA"]


def test_one_line_gives_the_alias_keys(plain: dict[str, Any]) -> None:
    assert plain["in alias"] == [
        "CompositeImplicitAutograd",
        "CompositeExplicitAutograd",
        "CompositeExplicitAutogradNonFunctional",
    ]
    assert plain["computed"] == {
        "ACME": "own",
        "AutogradACME": plain["fallbacks"]["AutogradACME"],
    }


def test_one_line_gives_a_registration_module(plain: dict[str, Any]) -> None:
    assert "acme" in plain["modules"]
    module = plain["folder"] / "out" / "registrations" / "acme.py"
    assert '"""Registrations for ACME' in module.read_text("utf-8")


def test_one_line_gives_no_autocast_without_the_tag(plain: dict[str, Any]) -> None:
    assert "AutocastACME" not in plain["keys"]
    assert plain["autocast related"] == []
    assert "autocast_acme" not in plain["modes"]


DEFAULTS = {"autograd_backends", "autograd_fallback_backends"}
DEFAULTS |= {"autograd_reaching_backends"}
AUTOCAST = {"autocast_backends", "autocast_fallback_backends"}
AUTOCAST |= {"autocast_reducing_backends"}


@pytest.mark.parametrize(
    ("entry", "expected"),
    [("ACME", DEFAULTS), ("ACME: {autocast: true}", DEFAULTS | AUTOCAST)],
)
def test_groups_of_a_new_backend(
    tmp_path: Path, entry: str, expected: set[str]
) -> None:
    line = line_of(REMOVED)
    model = load_model([edited(tmp_path, line, f"{line}  - {entry}\n")])
    found = {name for name, members in model.groups.items() if "ACME" in members}
    assert found - {"all"} == expected


def test_autocast_tag_gives_the_last_autocast_key(
    with_autocast: dict[str, Any],
) -> None:
    keys = [key for key in with_autocast["keys"] if key.startswith("Autocast")]
    assert keys[-2:] == ["AutocastPrivateUse1", "AutocastACME"]
    assert with_autocast["autocast related"] == ["AutocastACME"]
    assert with_autocast["fallbacks"]["AutocastACME"] == "fallthrough"
    assert with_autocast["relu"]["AutocastACME"] == ["fallthrough", "backend fallback"]
    assert "AutocastACME" in with_autocast["excluded"]
    assert "autocast_acme" in with_autocast["modes"]
    assert "autocast_acme" in with_autocast["modules"]
    # The kernels that every such key has, reductions included.
    shared = {k[0] for k in with_autocast["kernels"] if k[1] == "AutocastACME"}
    assert {"aten::mm", "aten::sum.dim_IntList"} <= shared


def test_only_the_tag_makes_the_difference(
    plain: dict[str, Any], with_autocast: dict[str, Any]
) -> None:
    assert with_autocast["bits"] == plain["bits"]
    assert set(with_autocast["keys"]) - set(plain["keys"]) == {"AutocastACME"}


def test_kept_last_backends_stay_last(plain: dict[str, Any]) -> None:
    assert plain["bits"][-5:] == [
        "ACMEBit",
        "PrivateUse1Bit",
        "PrivateUse2Bit",
        "PrivateUse3Bit",
        "MetaBit",
    ]


def test_line_at_the_end_is_the_same(tmp_path: Path, plain: dict[str, Any]) -> None:
    last = line_of("Meta")
    copy = edited(tmp_path, last, f"{last}  - ACME\n")
    found = texts(plain["folder"] / "out")
    assert {path: found[path] for path in found if path[0] != "."} == files_of(copy)


def test_line_before_another_comes_before_it(
    tmp_path: Path, plain: dict[str, Any]
) -> None:
    line = line_of(REMOVED)
    copy = edited(tmp_path, line, "  - ACME\n" + line)
    assert (
        " ".join(load_model([copy]).backends)
        .split("MTIA ")[1]
        .startswith(f"ACME {REMOVED} PrivateUse1")
    )
    run_generate(copy, tmp_path / "out")
    found = probe(tmp_path)
    # The numbers are others; everything else is what it was.
    for name in plain.keys() - {"folder", "bits", "keys", "modules", "relu"}:
        assert found[name] == plain[name], name
    for name in ("bits", "keys", "modules"):
        assert sorted(found[name]) == sorted(plain[name])
    assert found["relu"] == plain["relu"]


def test_removing_a_line_leaves_nothing(
    tmp_path: Path, reference: dict[str, str]
) -> None:
    line = line_of(REMOVED)
    copy = edited(tmp_path, line, "")
    output = tmp_path / "out"
    run_generate(copy, output)
    for path, text in texts(output).items():
        assert REMOVED.casefold() not in path.casefold()
        assert REMOVED.casefold() not in text.casefold(), path
    neighbour = probe(tmp_path, "MTIA")
    assert neighbour["autograd key"] == "AutogradMTIA"
    assert not [key for key in neighbour["keys"] if REMOVED in key]


def test_putting_the_line_back_restores_every_byte(
    tmp_path: Path, reference: dict[str, str]
) -> None:
    line = line_of(REMOVED)
    copy = edited(tmp_path, line, "")
    output = tmp_path / "out"
    run_generate(DECLARATIONS, output)
    before = texts(output)
    removed = run_generate(copy, output)
    assert " 0 removed" not in removed
    assert texts(output) != before
    shutil.copy(DECLARATIONS / "backends.yaml", copy / "backends.yaml")
    run_generate(copy, output)
    assert texts(output) == before
    assert {p: t for p, t in before.items() if p[0] != "."} == reference


def test_removing_any_line_is_clear(tmp_path: Path) -> None:
    """Nothing names the backend any more, or the message says what still does."""
    named = set()
    for backend in load_model([DECLARATIONS]).backends:
        copy = edited(tmp_path / backend, line_of(backend), "")
        try:
            model = load_model([copy])
        except DeclarationError as caught:
            problems = caught.diagnostics
        else:
            assert not {backend, f"Autograd{backend}"} & model.keys.keys()
            continue
        named.add(backend)
        for problem in problems:
            assert problem.span is not None
            assert backend in problem.message
            assert re.search("operator|fallbacks|dispatcher|c10", problem.span.path)
    # What has kernels or a slot in a trimmed table, and Meta, which a fallback and
    # structured operators need.
    assert named == {"CPU", "CUDA", "HPU", "MPS", "MTIA", "Meta", "XPU"}


VENDOR = "extends: pytorch\nbackends: [ACME]\n"


def test_vendor_file_does_the_same(tmp_path: Path, plain: dict[str, Any]) -> None:
    """The same bytes from another folder, without a copy of the reference."""
    home, elsewhere = tmp_path / "vendor", tmp_path / "elsewhere"
    home.mkdir()
    elsewhere.mkdir()
    (home / "acme.yaml").write_text(VENDOR, "utf-8")
    run_generate(home / "acme.yaml", tmp_path / "out", cwd=elsewhere)
    ours, copied = texts(tmp_path / "out"), texts(plain["folder"] / "out")
    # Only what names the files of declarations knows that there is a base.
    for name in ("declared_at.json", ".manifest-python.json"):
        assert ours.pop(name) != copied.pop(name)
    assert ours == copied


def test_vendor_kernels_and_functionality(
    tmp_path: Path, reference: dict[str, str]
) -> None:
    file = tmp_path / "acme.yaml"
    file.write_text(
        VENDOR
        + "functionality: [AcmeProfiler: {after: Tracer}]\n"
        + "fallbacks: [{keys: [AcmeProfiler], policy: fallthrough}]\n"
        + "kernels:\n"
        + "  ACME: {'aten::relu': 'acme.kernels:relu'}\n"
        + "  AutogradACME: {'aten::relu': 'acme::relu_backward'}\n",
        "utf-8",
    )
    run_generate(file, tmp_path / "out", cwd=tmp_path)
    found = probe(tmp_path)
    keys = found["keys"]
    assert keys[keys.index("Tracer") + 1] == "AcmeProfiler"
    assert found["relu"]["AcmeProfiler"] == ["fallthrough", "backend fallback"]
    assert found["relu"]["ACME"] == ["acme.kernels:relu", "kernel"]
    assert found["relu"]["AutogradACME"] == ["acme::relu_backward", "kernel"]
    assert found["relu"]["AutogradCUDA"][1] == "autograd kernel"
    assert found["kernels"] == [
        ["aten::relu", "ACME", "acme.kernels:relu"],
        ["aten::relu", "AutogradACME", "acme::relu_backward"],
    ]
    assert len(texts(tmp_path / "out")) == len(reference) + 3  # and the manifest
