"""Paths to layers: folders, files, `extends` by path and by name."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from codegen.diagnostics import DeclarationError
from codegen.layers import Layer, built_in_names, load_layers
from codegen.pipeline import load_model
from codegen.schema import Document

BASE = (
    "dispatcher: {name: base, default_namespace: demo}\n"
    "backends: [Alpha, {Beta: {keep_last: true}}]\n"
    "functionality: [Plain: {per_backend: true, prefix: ''}]\n"
)


def write(root: Path, **files: str) -> None:
    """Files by path; two underscores stand for a slash."""
    for name, text in files.items():
        path = root / (name.replace("__", "/") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def backends(layer: Layer) -> list[str]:
    return [str(b.name) for document in layer.documents for b in document.backends]


def documents(layers: Sequence[Layer]) -> list[tuple[Document, ...]]:
    return [layer.documents for layer in layers]


def errors(*paths: Path) -> list[tuple[str, str]]:
    with pytest.raises(DeclarationError) as caught:
        load_layers(paths)
    return [(d.code, d.message) for d in caught.value.diagnostics]


def test_file_and_folder_are_the_same(tmp_path: Path) -> None:
    write(tmp_path, base__all=BASE)
    folder, file = tmp_path / "base", tmp_path / "base/all.yaml"
    assert documents(load_layers([folder])) == documents(load_layers([file]))


def test_folder_holds_all_files_below_it(tmp_path: Path) -> None:
    write(tmp_path, b="keysets: {b: Plain}\n", a__z="keysets: {z: Plain}\n")
    (tmp_path / "c.yml").write_text("keysets: {c: Plain}\n", "utf-8")
    (layer,) = load_layers([tmp_path])
    assert [list(d.keysets) for d in layer.documents] == [["z"], ["b"], ["c"]]


def test_hidden_and_other_files_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, a=BASE)
    for name in (".a.yaml", ".hidden/b.yaml", "c.yaml~", "d.txt", "e.YAML", "f.json"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("not: [valid", "utf-8")
    (tmp_path / "folder.yaml").mkdir()
    (layer,) = load_layers([tmp_path])
    assert len(layer.documents) == 1


def test_hidden_folder_above_does_not_matter(tmp_path: Path) -> None:
    write(tmp_path / ".hidden" / "d", a=BASE)
    (layer,) = load_layers([tmp_path / ".hidden" / "d"])
    assert backends(layer) == ["Alpha", "Beta"]


def test_hidden_file_can_be_named(tmp_path: Path) -> None:
    (tmp_path / ".a.yaml").write_text(BASE, "utf-8")
    (layer,) = load_layers([tmp_path / ".a.yaml"])
    assert len(layer.documents) == 1


def test_paths_given_together_are_one_layer(tmp_path: Path) -> None:
    write(tmp_path, a=BASE, b="keysets: {b: Plain}\n")
    paths = [tmp_path / "b.yaml", tmp_path / "a.yaml"]
    (found,) = documents(load_layers(paths))
    for same in (paths[::-1], [tmp_path]):
        assert documents(load_layers(same)) == [found]
    assert [bool(d.backends) for d in found] == [True, False]


def test_file_counts_once_however_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, d__a=BASE)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link.yaml").symlink_to("d/a.yaml")
    paths = [tmp_path / "d", Path("d/a.yaml"), Path("d/../d/a.yaml"), Path("link.yaml")]
    (layer,) = load_layers(paths)
    assert len(layer.documents) == 1


def test_order_does_not_depend_on_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`../vendor` sorts before `main`, but the folder does not."""
    write(tmp_path, main__a="keysets: {a: Plain}\n", vendor__b="keysets: {b: Plain}\n")
    orders = []
    for cwd in (tmp_path, tmp_path / "main", tmp_path / "vendor"):
        monkeypatch.chdir(cwd)
        paths = [Path(os.path.relpath(tmp_path / name)) for name in ("main", "vendor")]
        (layer,) = load_layers(paths)
        orders.append([list(d.keysets) for d in layer.documents])
    assert orders == [[["a"], ["b"]]] * 3


def names(*paths: Path) -> list[dict[str, str]]:
    """By the file itself: how generated files call it; a dict for each layer."""
    return [
        {Path(shown).name: name for shown, name in layer.names.items()}
        for layer in load_layers(paths)
    ]


def test_names_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder that is given, or in what files that are given share."""
    write(tmp_path / "d", a=BASE, ops__b="", ops__more__c="")
    folder = tmp_path / "d"
    expected = [
        {"a.yaml": "a.yaml", "b.yaml": "ops/b.yaml", "c.yaml": "ops/more/c.yaml"}
    ]
    files = [folder / name for names in expected for name in names.values()]
    assert names(folder) == expected
    assert names(*files) == names(*reversed(files)) == expected
    assert names(folder / "a.yaml", folder) == names(folder, files[1]) == expected
    assert names(folder / "ops", folder) == expected
    assert names(files[1]) == [{"b.yaml": "b.yaml"}]
    for place in (tmp_path, folder, folder / "ops"):
        monkeypatch.chdir(place)
        assert names(Path(os.path.relpath(folder))) == expected
        assert names(*(Path(os.path.relpath(file)) for file in files)) == expected


def test_names_of_two_folders(tmp_path: Path) -> None:
    write(tmp_path, one__a=BASE, two__b="")
    assert names(tmp_path / "one", tmp_path / "two") == [
        {"a.yaml": "a.yaml", "b.yaml": "b.yaml"}
    ]


@pytest.mark.parametrize(
    ("base", "name"),
    [
        ("../base", "base/deep/a.yaml"),
        ("./../base/", "base/deep/a.yaml"),
        ("../base/deep", "deep/a.yaml"),
        ("../base/deep/a.yaml", "a.yaml"),
        ("../base/deep/..", "deep/deep/a.yaml"),
    ],
)
def test_names_of_files_of_a_base(tmp_path: Path, base: str, name: str) -> None:
    """After the last folder that `extends` names, as it is written."""
    write(tmp_path, base__deep__a=BASE, own__b=f"extends: {base}")
    assert names(tmp_path / "own") == [{"a.yaml": name}, {"b.yaml": "b.yaml"}]


def test_names_of_files_of_a_built_in_base(tmp_path: Path) -> None:
    write(tmp_path, a="extends: pytorch")
    base, own = names(tmp_path)
    assert base["aliases.yaml"] == "pytorch/aliases.yaml"
    assert base["pointwise.yaml"] == "pytorch/operators/pointwise.yaml"
    assert own == {"a.yaml": "a.yaml"}


@pytest.mark.parametrize("cwd", [".", "vendor", "elsewhere"])
@pytest.mark.parametrize("base", ["../base", "../base/", "../base/b.yaml", "./../base"])
def test_extends_a_path_beside_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cwd: str, base: str
) -> None:
    """From any working directory, with relative and absolute paths."""
    write(tmp_path, base__b=BASE, vendor__v=f"extends: {base}\nbackends: [Gamma]\n")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / cwd)
    absolute = tmp_path / "vendor" / "v.yaml"
    for path in (absolute, Path(os.path.relpath(absolute)), absolute.parent):
        first, second = load_layers([path])
        assert (backends(first), backends(second)) == (["Alpha", "Beta"], ["Gamma"])


def test_extends_an_absolute_path(tmp_path: Path) -> None:
    write(tmp_path, base__b=BASE, v=f"extends: {tmp_path / 'base'}\nbackends: [C]\n")
    assert [backends(layer) for layer in load_layers([tmp_path / "v.yaml"])] == [
        ["Alpha", "Beta"],
        ["C"],
    ]


def test_layers_of_layers(tmp_path: Path) -> None:
    """Base first; each adds below those that stay last."""
    write(
        tmp_path,
        a=BASE,
        b="extends: a.yaml\nbackends: [Gamma]\n",
        c="extends: b.yaml\nbackends: [Delta]\n",
    )
    layers = load_layers([tmp_path / "c.yaml"])
    assert list(map(backends, layers)) == [["Alpha", "Beta"], ["Gamma"], ["Delta"]]
    model = load_model([tmp_path / "c.yaml"])
    assert list(model.backends) == ["Alpha", "Gamma", "Delta", "Beta"]


def test_files_of_a_layer_name_the_same_base(tmp_path: Path) -> None:
    write(
        tmp_path,
        base__b=BASE,
        v__x="extends: ../base\nbackends: [Gamma]\n",
        v__y="extends: ../base\nkeysets: {y: Plain}\n",
    )
    assert len(load_layers([tmp_path / "v"])) == 2
    write(tmp_path, v__z="extends: pytorch\n")
    ((code, message),) = errors(tmp_path / "v")
    assert code == "DG005"
    assert message == "these declarations extend both `../base` and `pytorch`"


def test_extends_by_name() -> None:
    assert built_in_names().keys() == {"pytorch"}


def test_extends_by_name_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, v="extends: pytorch\nbackends: [ACME]\n")
    monkeypatch.chdir(tmp_path)
    first, second = load_layers([Path("v.yaml")])
    assert "CPU" in backends(first)
    assert backends(second) == ["ACME"]


def test_built_in_name_comes_before_path(tmp_path: Path) -> None:
    """A folder of that name may be a clone of the project itself."""
    write(tmp_path, pytorch__b=BASE, v="extends: pytorch\nbackends: [ACME]\n")
    first, _ = load_layers([tmp_path / "v.yaml"])
    assert "CPU" in backends(first)
    write(tmp_path, v="extends: ./pytorch\nbackends: [ACME]\n")
    first, _ = load_layers([tmp_path / "v.yaml"])
    assert backends(first) == ["Alpha", "Beta"]


@pytest.mark.parametrize("base", ["base", "base/b.yaml"])
def test_base_is_given_too(tmp_path: Path, base: str) -> None:
    write(tmp_path, base__b=BASE, v="extends: base\nbackends: [Gamma]\n")
    found = errors(tmp_path / base, tmp_path / "v.yaml")
    assert found == [("DG005", "`base` is given together with what extends it")]


@pytest.mark.parametrize(
    ("name", "help"),
    [
        ("pytroch", "did you mean `pytorch`?"),
        ("zzz", "built in: pytorch"),
        ("../nothing.yaml", "built in: pytorch"),
        ("x" * 300, "built in: pytorch"),
    ],
)
def test_unknown_base(tmp_path: Path, name: str, help: str) -> None:
    write(tmp_path, v=f"extends: {name}\n")
    with pytest.raises(DeclarationError) as caught:
        load_layers([tmp_path / "v.yaml"])
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "DG005"
    assert diagnostic.help == help
    assert diagnostic.span is not None
    assert (diagnostic.span.line, diagnostic.span.column) == (1, 10)


@pytest.mark.parametrize("base", ["v.yaml", ".", "../d", "w.yaml"])
def test_extends_itself(tmp_path: Path, base: str) -> None:
    write(tmp_path / "d", v=f"extends: {base}\n")
    if base == "w.yaml":
        write(tmp_path / "d", w="extends: v.yaml\n")
    found = errors(tmp_path / "d" / "v.yaml")
    assert [code for code, _ in found] == ["DG005"]
    assert "extends itself" in found[0][1]


def test_empty_base_folder(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    write(tmp_path, v="extends: base\n")
    ((code, message),) = errors(tmp_path / "v.yaml")
    assert code == "DG005"
    assert "holds no .yaml file" in message


def test_all_errors_of_all_files(tmp_path: Path) -> None:
    write(
        tmp_path,
        a="nonsense: 1\n",
        b="backends: [\n",
        c="extends: nothing\n",
        d="backends: 7\n",
    )
    (tmp_path / "e.yaml").write_bytes(b"\xff\xfe")
    found = errors(tmp_path, tmp_path / "missing.yaml")
    assert sorted(code for code, _ in found) == [
        "DG001",
        "DG001",
        "DG002",
        "DG005",
        "DG101",
        "DG103",
    ]


def test_byte_order_mark_and_line_ends(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbf" + BASE.encode())
    (tmp_path / "b.yaml").write_bytes(b"keysets:\r\n  b: Plain\r\n")
    model = load_model([tmp_path])
    assert list(model.keysets) == ["b"]
    assert str(model.keysets["b"].span).endswith("b.yaml:2:3")


def test_empty_file_declares_nothing(tmp_path: Path) -> None:
    write(tmp_path, a=BASE, b="", c="# only a comment\n")
    assert list(load_model([tmp_path]).backends) == ["Alpha", "Beta"]
