"""Selective builds: which operators are left, and what of them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import pytest

from codegen import DeclarationError, Model
from codegen.layers import load_layers
from codegen.pipeline import generate, load_model
from codegen.resolve import resolve

PAINT: Final = """
dispatcher: {name: paint, default_namespace: my}
backends: [Fast]
functionality:
  - Plain: {per_backend: true, prefix: ""}
  - Trace
  - Views
keysets: {all_of_it: Plain * backends(all)}
aliases:
  - Mixed: {keys: all_of_it, reason: mixed kernel}
  - Each: {keys: all_of_it, reason: each kernel}
operator_rules:
  default: Mixed
  structured: {keys: [Fast], always: [Trace], delegates: [Each]}
"""
OPERATORS: Final = """
  - func: blend(Tensor self) -> Tensor
    dispatch: {Fast: blend_fast, Trace: blend_trace}
  - func: blend.Scalar(Tensor self, Scalar other) -> Tensor
    dispatch: {Fast: blend_scalar_fast}
  - func: blend_(Tensor(a!) self) -> Tensor(a!)
    dispatch: {Fast: blend_fast_}
  - func: tint(Tensor self) -> Tensor
    structured_delegate: tint.out
  - func: tint_(Tensor(a!) self) -> Tensor(a!)
    structured_delegate: tint.out
  - func: tint.out(Tensor self, *, Tensor(a!) out) -> Tensor(a!)
    structured: true
    dispatch: {Fast: tint_out_fast}
  - func: other::tint(Tensor self) -> Tensor
  - func: other::shade.Tensor(Tensor self) -> Tensor
"""
ALL: Final = (
    "my::blend",
    "my::blend.Scalar",
    "my::blend_",
    "my::tint",
    "my::tint.out",
    "my::tint_",
    "other::shade.Tensor",
    "other::tint",
)

WITH_FUNCTIONALIZE: Final = """
  torchgen: {functionalize: {key: Views, decomposed: Mixed, in_selective_builds: %s}}
"""


def write(folder: Path, selection: str, **files: str) -> Path:
    """Declarations with a selection, and files beside them."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    file = folder / "paint.yaml"
    section = f"selection: {selection}\n" if selection else ""
    file.write_text(f"{PAINT}operators:{OPERATORS}{section}", "utf-8")
    return file


def load(folder: Path, selection: str, **files: str) -> Model:
    return load_model([write(folder, selection, **files)])


def error(folder: Path, selection: str, **files: str) -> str:
    with pytest.raises(DeclarationError) as caught:
        load(folder, selection, **files)
    return str(caught.value)


def names(model: Model) -> list[str]:
    return sorted(model.operators)


# ---- lists


def test_without_a_section_nothing_is_left_out(tmp_path: Path) -> None:
    assert tuple(names(load(tmp_path, ""))) == ALL
    assert tuple(names(load(tmp_path, "~"))) == ALL


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("my::blend", ["my::blend", "my::blend.Scalar"]),
        ("my::blend.Scalar", ["my::blend.Scalar"]),
        ("my::blend.default", ["my::blend"]),
        ("my::tint_", ["my::tint_"]),
        ("other::shade", ["other::shade.Tensor"]),
    ],
)
def test_names(tmp_path: Path, listed: str, expected: list[str]) -> None:
    assert names(load(tmp_path, f'{{operators: ["{listed}"]}}')) == expected


def test_namespaces(tmp_path: Path) -> None:
    model = load(tmp_path, "{namespaces: [other]}")
    assert names(model) == ["other::shade.Tensor", "other::tint"]


def test_lists_are_joined(tmp_path: Path) -> None:
    model = load(tmp_path, '{namespaces: [other], operators: ["my::blend_"]}')
    assert names(model) == ["my::blend_", "other::shade.Tensor", "other::tint"]


def test_the_order_is_that_of_all(tmp_path: Path) -> None:
    everything = list(load(tmp_path, "").operators)
    model = load(tmp_path, '{operators: ["other::tint", "my::tint", "my::blend"]}')
    assert list(model.operators) == [n for n in everything if n in model.operators]


def test_what_is_left_is_the_same(tmp_path: Path) -> None:
    whole = load(tmp_path, "").operators
    model = load(tmp_path, '{operators: ["my::tint"]}')
    found = {n: (o.kernels, o.structured) for n, o in model.operators.items()}
    assert found == {n: (whole[n].kernels, whole[n].structured) for n in found}


# ---- files


def test_names_in_a_file(tmp_path: Path) -> None:
    file = """
include_all_operators: false
operators:
  my::blend: {include_all_overloads: false}
  my::tint.out: {include_all_overloads: true, is_root_operator: false}
  other::shade: {name: "other::shade", debug_info: [a model]}
"""
    model = load(tmp_path, "{files: [selected.yaml]}", selected=file)
    assert names(model) == ["my::blend", "my::tint.out", "other::shade.Tensor"]


def test_all_operators(tmp_path: Path) -> None:
    file = "include_all_operators: true\n"
    model = load(tmp_path, "{files: [selected.yaml]}", selected=file)
    assert tuple(names(model)) == ALL
    # Whatever else is selected.
    more = '{files: [selected.yaml], operators: ["my::tint"]}'
    assert tuple(names(load(tmp_path, more, selected=file))) == ALL


def test_fields_without_a_meaning_here(tmp_path: Path) -> None:
    file = """
operators: {"my::tint_": {}}
include_all_non_op_selectives: true
debug_info: [one, two]
kernel_metadata: {blend_fast: [Float, Int]}
et_kernel_metadata: {"my::tint_": ["v1/6;0,1"]}
custom_classes: [Brush]
build_features: [colour]
"""
    model = load(tmp_path, "{files: [selected.yaml]}", selected=file)
    assert names(model) == ["my::tint_"]


def test_several_files(tmp_path: Path) -> None:
    """An entry of one says what it says in both, as when torchgen joins them."""
    model = load(
        tmp_path,
        "{files: [one.yaml, two.yaml]}",
        one="operators: {'my::blend': {include_all_overloads: false}}",
        two="operators: {'my::blend': {}, 'my::tint.out': {}}",
    )
    assert names(model) == ["my::blend", "my::blend.Scalar", "my::tint.out"]


def test_what_is_declared_elsewhere(tmp_path: Path) -> None:
    file = "operators: {'prim::shape': {}, 'my::size.int': {}, 'my::tint_': {}}"
    found = error(tmp_path, "{files: [selected.yaml]}", selected=file)
    assert "there is no operator `prim::shape`" in found
    assert "there is no operator `my::size.int`" in found
    selection = "{files: [selected.yaml], elsewhere: [prim, 'my::size']}"
    assert names(load(tmp_path, selection, selected=file)) == ["my::tint_"]


def test_a_file_in_the_folder_of_declarations(tmp_path: Path) -> None:
    """It is read as what it is named as, and generated files do not know of it."""
    selection, file = "{files: [selected.yaml]}", "operators: {'my::tint_': {}}"
    alone = load(tmp_path, selection, selected=file)
    model = load_model([tmp_path])
    assert names(model) == names(alone) == ["my::tint_"]
    assert generate(model, "cpp") == generate(alone, "cpp")


def test_a_file_that_nothing_names(tmp_path: Path) -> None:
    write(tmp_path, "", selected="operators: {'my::tint_': {}}")
    with pytest.raises(DeclarationError, match="no `selection` names it"):
        load_model([tmp_path])


# ---- layers


def test_an_extension_adds_to_the_selection(tmp_path: Path) -> None:
    write(tmp_path / "base", '{operators: ["my::blend"]}')
    file = tmp_path / "more.yaml"
    own = 'extends: base\noperators: [{func: "own::dye(Tensor x) -> Tensor"}]\n'
    file.write_text(own, "utf-8")
    assert names(load_model([file])) == ["my::blend", "my::blend.Scalar"]
    file.write_text(f"{own}selection: {{namespaces: [own]}}\n", "utf-8")
    found = names(load_model([file]))
    assert found == ["my::blend", "my::blend.Scalar", "own::dye"]


def test_kernels_from_elsewhere_go_with_their_operator(tmp_path: Path) -> None:
    file = write(tmp_path, '{operators: ["my::blend_", "other::tint"]}')
    kernels = 'kernels: {Trace: {"my::tint_": tint_trace, "other::tint": other_trace}}'
    file.write_text(file.read_text("utf-8") + kernels, "utf-8")
    model = load_model([file])
    assert {k.operator: k.kernel for k in model.kernels_by_key["Trace"]} == {
        "other::tint": "other_trace"
    }


# ---- structured kernels


def test_a_delegate_without_its_out_variant(tmp_path: Path) -> None:
    model = load(tmp_path, '{operators: ["my::tint_"]}')
    tint = model.operators["my::tint_"]
    assert tint.kernels["Fast"] == "tint_out_fast"
    assert tint.structured is not None
    assert tint.structured.out == "my::tint.out"
    assert "my::tint.out" not in model.operators
    assert list(model.left_out) == ["my::tint.out"]
    assert model.out_variant(tint.structured).name == "my::tint.out"


def test_nothing_is_kept_for_those_that_are_there(tmp_path: Path) -> None:
    model = load(tmp_path, '{operators: ["my::tint_", "my::tint.out"]}')
    assert not model.left_out
    structured = model.operators["my::tint_"].structured
    assert structured is not None
    assert model.out_variant(structured) is model.operators["my::tint.out"]


# ---- training


TRAINING: Final = """
operators:
  my::blend: {is_used_for_training: false}
  my::blend.Scalar: {is_used_for_training: true}
  my::tint: {is_used_for_training: false}
"""


def traced(model: Model) -> list[str]:
    return sorted(n for n, o in model.operators.items() if "Trace" in o.kernels)


def test_keys_of_training(tmp_path: Path) -> None:
    selection = "{files: [selected.yaml], training_keys: [Trace]}"
    model = load(tmp_path, selection, selected=TRAINING)
    # An entry of the name alone counts for all overloads; tint's kernel is implied.
    assert traced(model) == []
    assert "Trace" not in model.operators["my::blend"].kernel_spans
    both = f"{TRAINING}  my::tint_: {{}}\n"
    assert traced(load(tmp_path, selection, selected=both)) == ["my::tint_"]
    # What torchgen says of `dispatch`: it does not ask.
    whole = load(tmp_path, "{files: [selected.yaml]}", selected=TRAINING)
    assert traced(whole) == ["my::blend", "my::tint", "my::tint.out"]


def test_lists_are_for_training(tmp_path: Path) -> None:
    selection = '{operators: ["my::blend"], training_keys: [Trace]}'
    assert traced(load(tmp_path, selection)) == ["my::blend"]


# ---- rules of whole builds


def views(folder: Path, selection: str, rule: str, **files: str) -> list[str]:
    """The operators that functionalization has kernels for."""
    write(folder, selection, **files)
    (folder / "functions.yaml").write_text(
        f"{OPERATORS}".replace("\n  ", "\n").replace("- func: other::", "- func: my")
    )
    file = folder / "paint.yaml"
    rules = WITH_FUNCTIONALIZE.strip("\n") % rule
    section = f"selection: {selection}\n" if selection else ""
    file.write_text(f"{PAINT}{rules}\noperators: functions.yaml\n{section}")
    model = load_model([file])
    return sorted(n for n, o in model.operators.items() if "Views" in o.kernels)


def test_functionalization_of_selective_builds(tmp_path: Path) -> None:
    one = '{operators: ["my::tint_"]}'
    everything = "{files: [all.yaml]}"
    file = {"all": "include_all_operators: true"}
    assert "my::tint_" in views(tmp_path, "", "false")
    assert views(tmp_path, one, "true") == ["my::tint_"]
    assert views(tmp_path, one, "false") == []
    assert "my::tint_" in views(tmp_path, everything, "false", **file)


# ---- the option


def selected(file: Path, *select: str) -> list[str]:
    return names(resolve(load_layers([file], select)))


def test_the_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path / "folder", "")
    monkeypatch.chdir(tmp_path)
    Path("selected.yaml").write_text("operators: {'my::tint_': {}}", "utf-8")
    assert selected(file, "my::blend.Scalar") == ["my::blend.Scalar"]
    assert selected(file, "other::") == ["other::shade.Tensor", "other::tint"]
    # As seen from here, not from the declarations.
    assert selected(file, "selected.yaml") == ["my::tint_"]
    assert selected(file, "selected.yaml", "my::blend_", "my::blend_") == [
        "my::blend_",
        "my::tint_",
    ]


def test_the_option_adds_to_the_section(tmp_path: Path) -> None:
    file = write(tmp_path, '{operators: ["my::blend_"]}')
    assert selected(file, "my::tint_") == ["my::blend_", "my::tint_"]


def test_all_mistakes_of_the_option(tmp_path: Path) -> None:
    file = write(tmp_path, "")
    with pytest.raises(DeclarationError) as caught:
        selected(file, "my::tnit_", "my", "none::", "my::blend.scalar")
    text = str(caught.value)
    assert text.count("error[DG201]") == 4
    assert "  --> --select:2:1\n  |\n2 | my\n  | ^^\n" in text
    assert "for all operators of this namespace, write `my::`" in text
    assert "did you mean `my::blend.Scalar`?" in text


# ---- what is generated


def test_nothing_of_the_others_is_generated(tmp_path: Path) -> None:
    model = load(tmp_path, '{operators: ["my::tint_"]}')
    for path, text in generate(model, "cpp").items():
        assert "blend" not in text, path
        assert "shade" not in text, path
        assert "tint.out" not in text, path


# ---- against what the entries say, one after the other


def naive(entries: Mapping[str, bool], operators: Iterable[str]) -> list[str]:
    """By torchgen's words: the name itself, or the name before the dot."""
    return sorted(
        name
        for name in operators
        if name in entries or entries.get(name.split(".")[0], False)
    )


@pytest.mark.parametrize("seed", range(20))
def test_random_files(tmp_path: Path, seed: int) -> None:
    choose = random.Random(seed)
    candidates = sorted({*ALL, *(name.split(".")[0] for name in ALL)})
    entries = {n: choose.random() < 0.5 for n in choose.sample(candidates, 4)}
    entries = {n: f or n not in ALL for n, f in entries.items()}
    lines = [
        f"  {name}: {{include_all_overloads: {str(flag).lower()}}}\n"
        for name, flag in entries.items()
    ]
    file = "operators:\n" + "".join(lines)
    model = load(tmp_path, "{files: [selected.yaml]}", selected=file)
    assert names(model) == naive(entries, ALL)


# ---- extensions of PyTorch


ACME: Final = """
extends: pytorch
dispatcher: {name: acme}
torch: {autograd: {"acme::dye": {backward: "acme.kernels:dye_backward"}}, fake: {"acme::dye": "acme.kernels:dye_fake"}}
operator_rules: {structured: {keys: ["{structured_backends}", PrivateUse1]}}
kernels: {PrivateUse1: {"aten::cat.out": cat_out}}
operators:
  - func: acme::dye(Tensor x) -> Tensor
    dispatch: {PrivateUse1: dye, AutogradPrivateUse1: dye_autograd}
"""


def acme(folder: Path, selection: str, **files: str) -> Model:
    write(folder, "", **files)
    file = folder / "acme.yaml"
    file.write_text(f"{ACME}selection: {selection}\n", "utf-8")
    return load_model([file])


def test_structured_kernels_of_an_extension(tmp_path: Path) -> None:
    """The functional operator is registered with what the out variant declares."""
    files = generate(acme(tmp_path, '{operators: ["aten::cat.default"]}'), "libtorch")
    text = files["csrc/kernels/private_use1.cpp"]
    assert '"aten::cat", DispatchKey::PrivateUse1' in text
    assert "precomputed.valid" in text
    assert "struct cat_out : at::meta::structured_cat {" in files["csrc/prototypes.h"]
    everything = "".join(files.values())
    assert "aten::cat.out" not in everything
    assert "dye" not in everything


def test_derivatives_are_for_training(tmp_path: Path) -> None:
    entry = "operators: {'acme::dye': {is_used_for_training: %s}}"
    selection = "{files: [selected.yaml]}"
    trained = acme(tmp_path, selection, selected=entry % "true")
    only_run = acme(tmp_path, selection, selected=entry % "false")
    assert trained.torch is not None
    assert only_run.torch is not None
    assert list(trained.torch.autograd) == ["acme::dye"]
    assert list(only_run.torch.autograd) == []
    assert list(only_run.torch.fake) == ["acme::dye"]
    # As torchgen does it: what `dispatch` says is registered.
    kernels = only_run.operators["acme::dye"].kernels
    assert kernels["AutogradPrivateUse1"] == "dye_autograd"
    assert acme(tmp_path, '{operators: ["aten::relu"]}').torch.fake == {}  # type: ignore[union-attr]
