"""Files in torchgen's YAML that declarations name: what is read, derived and remembered."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from codegen import DeclarationError, Model
from codegen.cli import main
from codegen.pipeline import load_model

KEYS: Final = """
dispatcher: {name: paint, default_namespace: my}
backends: [Fast]
functionality: [Plain: {per_backend: true, prefix: ""}]
keysets: {all_of_it: Plain * backends(all)}
aliases:
  - Mixed: {keys: all_of_it, reason: mixed kernel}
  - Each: {keys: all_of_it, reason: each kernel}
operator_rules:
  default: Mixed
  structured: {keys: [Fast], delegates: [Each]}
  torchgen: {variants: {key: Each, unless: Mixed, tags: [generated]}}
"""
FUNCTIONS: Final = """
- func: blend(Tensor self) -> Tensor
  dispatch: {Fast: blend_fast}
  tags: core
  autogen: blend.out
- func: shade(Tensor self) -> Tensor
- func: tint(Tensor self) -> Tensor
  structured_delegate: tint.out
- func: tint.out(Tensor self, *, Tensor(a!) out) -> Tensor(a!)
  structured: true
  dispatch: {Fast: tint_out_fast}
"""


def load(folder: Path, operators: str, path: str = "functions.yaml") -> Model:
    """Declarations in a folder of their own, which name a file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "paint.yaml").write_text(f"{KEYS}operators: {operators}\n", "utf-8")
    file = folder / path
    file.parent.mkdir(exist_ok=True)
    file.write_text(FUNCTIONS, "utf-8")
    return load_model([folder / "paint.yaml"])


def kernels(model: Model) -> dict[str, dict[str, str]]:
    return {name: dict(one.kernels) for name, one in model.operators.items()}


EXPECTED: Final = {
    "my::blend": {"Fast": "blend_fast"},
    "my::blend.out": {"Each": "blend_out"},
    "my::shade": {"Mixed": "shade"},
    "my::tint": {"Fast": "tint_out_fast", "Each": "structured_tint"},
    "my::tint.out": {"Fast": "tint_out_fast"},
}


@pytest.mark.parametrize("operators", ["functions.yaml", "[functions.yaml]"])
def test_what_torchgen_derives(tmp_path: Path, operators: str) -> None:
    model = load(tmp_path, operators)
    assert kernels(model) == EXPECTED
    derived = model.operators["my::blend.out"]
    assert derived.schema == "blend.out(Tensor self, *, Tensor(a!) out) -> Tensor(a!)"
    assert derived.tags == ("generated",)
    assert (derived.span.path, derived.span.line) == (
        str(tmp_path / "functions.yaml"),
        5,
    )


def test_structured(tmp_path: Path) -> None:
    model = load(tmp_path, "functions.yaml")
    structured = model.operators["my::tint"].structured
    assert structured is not None
    assert (structured.out, structured.functional) == ("my::tint.out", "my::tint")
    assert structured.keys == {"Fast"}
    assert structured.implied == {"Each"}


def test_beside_other_operators(tmp_path: Path) -> None:
    """Nothing but what they say is derived for those."""
    entry = '{func: "my::glaze(Tensor x) -> Tensor", dispatch: {Fast: glaze_fast}}'
    model = load(tmp_path, f"[{entry}, functions.yaml]")
    assert kernels(model) == {**EXPECTED, "my::glaze": {"Fast": "glaze_fast"}}


SHADE: Final = '{func: "my::shade(Tensor x) -> Tensor", dispatch: {Fast: shade_fast}}'


def test_a_file_replaces_what_a_base_declares(tmp_path: Path) -> None:
    base = tmp_path / "base.yaml"
    base.write_text(f"{KEYS}operators: [{SHADE}]\n", "utf-8")
    (tmp_path / "functions.yaml").write_text(FUNCTIONS, "utf-8")
    file = tmp_path / "more.yaml"
    more = "extends: ./base.yaml\ndispatcher: {name: more}\noperators: %s\n"
    file.write_text(more % "functions.yaml", "utf-8")
    model = load_model([file])
    assert kernels(model) == EXPECTED
    assert model.operators["my::shade"].span.path == str(tmp_path / "functions.yaml")


@pytest.mark.parametrize("name", ["shade", "blend.out"])
@pytest.mark.parametrize("above", [False, True])
def test_nothing_replaces_what_a_file_has(
    name: str, above: bool, tmp_path: Path
) -> None:
    """Neither beside it nor above it, and be it derived."""
    entry = SHADE.replace("shade(", f"{name}(")
    base, file = tmp_path / "base.yaml", tmp_path / "more.yaml"
    of_base = "functions.yaml" if above else f"[{entry}, functions.yaml]"
    base.write_text(f"{KEYS}operators: {of_base}\n", "utf-8")
    (tmp_path / "functions.yaml").write_text(FUNCTIONS, "utf-8")
    more = f"operators: [{entry}]\n" if above else ""
    extending = "extends: ./base.yaml\ndispatcher: {name: more}\n"
    file.write_text(f"{extending}{more}", "utf-8")
    match = f"`my::{name}` comes from a file that `operators` names, too"
    with pytest.raises(DeclarationError, match=match):
        load_model([file])


def test_kernels_from_elsewhere(tmp_path: Path) -> None:
    more = 'functions.yaml\nkernels: {Each: {"my::shade": shade_each}}'
    found = kernels(load(tmp_path, more))
    assert found["my::shade"] == {"Mixed": "shade", "Each": "shade_each"}


def test_an_old_name_of_the_default_key(tmp_path: Path) -> None:
    load(tmp_path, "functions.yaml")
    file = tmp_path / "paint.yaml"
    text = file.read_text("utf-8").replace("default: Mixed", "default: Old")
    file.write_text(f"{text}legacy_names: {{Old: Mixed}}\n", "utf-8")
    assert kernels(load_model([file])) == EXPECTED


def test_in_a_folder_of_declarations(tmp_path: Path) -> None:
    """It is read once, as what it is named as."""
    load(tmp_path, "functions.yaml")
    assert kernels(load_model([tmp_path])) == EXPECTED


def test_below_the_folder(tmp_path: Path) -> None:
    model = load(tmp_path, "tools/functions.yaml", "tools/functions.yaml")
    assert kernels(model) == EXPECTED


def test_a_base_names_one(tmp_path: Path) -> None:
    load(tmp_path / "base", "functions.yaml")
    file = tmp_path / "more.yaml"
    file.write_text("extends: base\ndispatcher: {name: more}\n", "utf-8")
    assert kernels(load_model([file])) == EXPECTED


TAGS: Final = """
- tag: core
  desc: Others are made of it.
- tag: generated
  desc: It stands in no file.
"""


def test_tags_from_a_file(tmp_path: Path) -> None:
    """Where tags are declared, no others are known; the rules' own tags count too."""
    tags = tmp_path / "tags.yaml"
    tags.write_text(TAGS, "utf-8")
    model = load(tmp_path, "[functions.yaml, tags.yaml]")
    assert kernels(model) == EXPECTED
    assert kernels(load_model([tmp_path])) == EXPECTED
    tags.write_text(TAGS.replace("generated", "made"), "utf-8")
    with pytest.raises(DeclarationError, match="there is no tag `generated`"):
        load(tmp_path, "[functions.yaml, tags.yaml]")


def test_tags_of_several_layers(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "tags.yaml").write_text(TAGS, "utf-8")
    load(tmp_path / "base", "[functions.yaml, tags.yaml]")
    file = tmp_path / "more.yaml"
    more = "extends: base\ndispatcher: {name: more}\noperators:\n"
    entry = '  - {func: "my::dim(Tensor x) -> Tensor", tags: [core, dark]}\n'
    own = "operator_tags: [{tag: dark, desc: It takes light away.}]\n"
    file.write_text(f"{more}{entry}{own}", "utf-8")
    assert load_model([file]).operators["my::dim"].tags == ("core", "dark")
    file.write_text(f"{more}{entry}", "utf-8")
    with pytest.raises(DeclarationError, match="there is no tag `dark`"):
        load_model([file])


def test_a_change_of_the_file_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    load(tmp_path, "functions.yaml")
    monkeypatch.chdir(tmp_path)

    def run(command: str) -> int:
        with pytest.raises(SystemExit) as left:
            main([command, "-d", "paint.yaml", "-o", "out"])
        capsys.readouterr()
        return int(left.value.code or 0)

    assert run("generate") == 0
    assert run("check") == 0
    assert run("check") == 0
    file = tmp_path / "functions.yaml"
    file.write_text(FUNCTIONS.replace("shade", "shadow"), "utf-8")
    assert run("check") == 1
    assert run("generate") == 0
    assert run("check") == 0
