"""Backend files: which kernels follow from them, and what is written for them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from codegen import DeclarationError, Model
from codegen.cli import main
from codegen.lint import lint
from codegen.pipeline import generate, load_model

STOCK: Final = """
dispatcher: {name: stock, default_namespace: my}
torch: {version: "2.13", namespaces: [my], parsed_keys: parsed}
backends: [Fast, Slow]
functionality:
  - Plain: {per_backend: true, prefix: ""}
  - Grad: {per_backend: true, prefix: Grad}
  - OtherGrad
groups: {quick: [Fast]}
name_lists: {parsed: {of: keys, names: [Fast, GradFast, Slow]}}
functions:
  gradKey: {of: backend, for_each: quick, key: "Grad{backend}", default: OtherGrad}
operator_rules:
  torchgen:
    options: [{name: dtype, type: ScalarType}, {name: device, type: Device}]
    backend_files: {autograd: gradKey, copy_in_place: put, copy_out: put_all}
"""
FUNCTIONS: Final = """
- func: blend(Tensor self) -> Tensor
  dispatch: {Slow: blend_slow}
- func: blend_(Tensor(a!) self) -> Tensor(a!)
- func: blend.out(Tensor self, *, Tensor(a!) out) -> Tensor(a!)
- func: shade(Tensor self, int n) -> Tensor
- func: shade_(Tensor(a!) self, int n) -> Tensor(a!)
- func: make(SymInt[] size, *, ScalarType? dtype=None, Device? device=None) -> Tensor
- func: make.out(SymInt[] size, *, Tensor(a!) out) -> Tensor(a!)
- func: parts(Tensor self) -> Tensor[]
- func: parts.out(Tensor self, *, Tensor(a!)[] out) -> ()
- func: both(Tensor self) -> (Tensor, Tensor)
- func: both.out(Tensor self, *, Tensor(a!) a, Tensor(b!) b) -> (Tensor(a!), Tensor(b!))
- func: by_hand(Tensor self) -> Tensor
  manual_kernel_registration: true
- func: free(Tensor self) -> Tensor
  device_guard: false
  device_check: NoCheck
"""
FAST: Final = """
backend: Fast
cpp_namespace: fast
supported: [{}]
"""


def declare(folder: Path, backend: str, more: str = "") -> Path:
    (folder / "stock").mkdir(parents=True)
    (folder / "stock" / "keys.yaml").write_text(
        f"{STOCK}operators: ../functions.yaml\n", "utf-8"
    )
    (folder / "functions.yaml").write_text(FUNCTIONS, "utf-8")
    (folder / "fast.yaml").write_text(backend, "utf-8")
    file = folder / "paint.yaml"
    file.write_text(
        "extends: stock\ndispatcher: {name: paint}\noperators: fast.yaml\n" + more,
        "utf-8",
    )
    return file


def load(folder: Path, backend: str, more: str = "") -> Model:
    return load_model([declare(folder, backend, more)])


def of_file(model: Model) -> dict[str, dict[str, str]]:
    """The kernels of backend files, by operator and key."""
    found = {
        name: {k: v for k, v in operator.kernels.items() if v.startswith("fast::")}
        for name, operator in model.operators.items()
    }
    return {name: kernels for name, kernels in found.items() if kernels}


CLASS: Final = "fast::FastNativeFunctions"


def test_kernels(tmp_path: Path) -> None:
    """In-place and out variants follow from a functional one, where there is a group."""
    model = load(tmp_path, FAST.format("blend, shade, make") + "symint: [make]\n")
    assert of_file(model) == {
        "my::blend": {"Fast": f"{CLASS}::blend"},
        "my::blend_": {"Fast": "fast::blend__Fast"},
        "my::blend.out": {"Fast": "fast::blend_out_Fast"},
        # There is no out variant, and so no group for torchgen.
        "my::shade": {"Fast": f"{CLASS}::shade"},
        "my::make": {"Fast": f"{CLASS}::make_symint"},
        "my::make.out": {"Fast": "fast::make_out_Fast"},
    }
    assert model.operators["my::blend"].kernels["Slow"] == "blend_slow"
    table = model.operator_table("my::blend")
    assert table["Fast"].kernel == f"{CLASS}::blend"
    span = model.operators["my::blend_"].kernel_spans["Fast"]
    assert (Path(span.path).name, span.line, span.column) == ("fast.yaml", 4, 13)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("use_out_as_primary: true\n", {"my::blend"}),
        ("", {"my::blend", "my::blend_", "my::blend.out"}),
    ],
)
def test_out_as_primary(tmp_path: Path, fields: str, expected: set[str]) -> None:
    assert of_file(load(tmp_path, FAST.format("blend") + fields)).keys() == expected


def test_only_the_out_variant(tmp_path: Path) -> None:
    found = of_file(load(tmp_path, FAST.format("blend.out, both")))
    assert found.keys() == {"my::blend.out", "my::both", "my::both.out"}
    assert found["my::blend.out"] == {"Fast": f"{CLASS}::blend_out"}


def test_autograd(tmp_path: Path) -> None:
    backend = FAST.format("shade") + "class_name: Own\nautograd: [blend, blend_]\n"
    assert of_file(load(tmp_path, backend)) == {
        "my::shade": {"Fast": "fast::Own::shade"},
        "my::blend": {"GradFast": "fast::Own::blend"},
        "my::blend_": {"GradFast": "fast::Own::blend_"},
        "my::blend.out": {"GradFast": "fast::blend_out_GradFast"},
    }


def test_by_hand(tmp_path: Path) -> None:
    """What is registered by hand has a method, and no registration."""
    model = load(tmp_path, FAST.format("by_hand"))
    assert of_file(model) == {}
    files = generate(model, "libtorch")
    assert "static at::Tensor by_hand" in files["csrc/FastNativeFunctions.h"]


@pytest.mark.parametrize("lists", ["supported:\nautograd:\nsymint:\n", ""])
def test_empty(tmp_path: Path, lists: str) -> None:
    model = load(tmp_path, f"backend: Fast\ncpp_namespace: fast\n{lists}")
    assert of_file(model) == {}
    assert "struct FastNativeFunctions {\n};" in " ".join(
        [generate(model, "libtorch")["csrc/FastNativeFunctions.h"]]
    )


def test_beside_declarations(tmp_path: Path) -> None:
    """A backend file in a folder of declarations need not be named."""
    file = declare(tmp_path, FAST.format("blend"))
    named = load_model([file])
    file.write_text("extends: stock\ndispatcher: {name: paint}\n", "utf-8")
    beside = load_model([file, tmp_path / "fast.yaml"])
    assert of_file(beside) == of_file(named) != {}


def test_class(tmp_path: Path) -> None:
    backend = (
        "backend: Fast\ncpp_namespace: a::b\nclass_name: Own\n"
        "extra_headers: [<vector>, own/types.h]\nsupported: [both, make, blend_]\n"
    )
    files = generate(load(tmp_path, backend), "libtorch")
    header = files["csrc/FastNativeFunctions.h"]
    assert header.partition("#include")[2] == (
        " <ATen/Tensor.h>\n#include <torch/library.h>\n\n"
        '#include <vector>\n#include "own/types.h"\n\n'
        "namespace a::b {\n\n"
        "struct Own {\n"
        "  static at::Tensor& blend_(at::Tensor& self);\n"
        "  static std::tuple<at::Tensor, at::Tensor> both(const at::Tensor& self);\n"
        "  static at::Tensor make(at::IntArrayRef size,\n"
        "                         std::optional<at::ScalarType> dtype,\n"
        "                         std::optional<at::Device> device);\n"
        "};\n\n"
        "}  // namespace a::b\n\n#endif\n"
    )
    assert '#include "FastNativeFunctions.h"' in files["csrc/prototypes.h"]


def test_headers_as_text(tmp_path: Path) -> None:
    headers = 'extra_headers: |\n  #include <vector>\n  #include "own.h"\n'
    (file,) = load(tmp_path, FAST.format("") + headers).backend_files
    assert file.headers == ("<vector>", "own.h")


def body(text: str, name: str) -> list[str]:
    """The statements of a generated function."""
    found = re.search(
        rf"{name}\([^{{]*\) {{\n(.*?)^}}$", text, re.DOTALL | re.MULTILINE
    )
    assert found is not None
    joined = " ".join(found[1].split()).replace("( ", "(")
    return [part.strip() for part in re.split(r"(?<=;)(?! i |\s*\+\+)", joined) if part]


def test_copies(tmp_path: Path) -> None:
    model = load(tmp_path, FAST.format("blend, make, parts, both"))
    text = generate(model, "libtorch")["csrc/kernels/fast.cpp"]
    assert body(text, "blend__Fast") == [
        f"auto computed = ::{CLASS}::blend(self);",
        "at::put(computed, self);",
        "return self;",
    ]
    assert body(text, "make_out_Fast")[:2] == [
        f"auto computed = ::{CLASS}::make(size, out.scalar_type(), out.device());",
        "at::put_all(computed, out);",
    ]
    assert body(text, "parts_out_Fast") == [
        f"auto computed = ::{CLASS}::parts(self);",
        "for (size_t i = 0; i < computed.size(); ++i) { at::put_all(computed[i], out[i]);",
        "}",
    ]
    assert body(text, "both_out_Fast") == [
        f"auto computed = ::{CLASS}::both(self);",
        "at::put_all(std::get<0>(computed), a);",
        "at::put_all(std::get<1>(computed), b);",
        "return std::forward_as_tuple(a, b);",
    ]
    assert "#include <ATen/ops/put.h>\n#include <ATen/ops/put_all.h>\n" in text


def test_device_guard(tmp_path: Path) -> None:
    model = load(tmp_path, FAST.format("blend, make, free") + "device_guard: true\n")
    text = generate(model, "libtorch")["csrc/kernels/fast.cpp"]
    assert body(text, "blend_Fast") == [
        "std::optional<at::Device> common_device;",
        "c10::impl::check_and_update_common_device("
        'common_device, self, "blend_Fast", "self");',
        "const c10::OptionalDeviceGuard device_guard(at::device_of(self));",
        f"return ::{CLASS}::blend(self);",
    ]
    guard = "const c10::DeviceGuard device_guard(c10::device_or_default(device));"
    assert guard in body(text, "make_Fast")
    assert body(text, "free_Fast") == [f"return ::{CLASS}::free(self);"]
    assert body(text, "blend__Fast")[0] == "auto computed = blend_Fast(self);"


@pytest.mark.parametrize("guard", ["true", "false"])
def test_is_formatted(tmp_path: Path, guard: str) -> None:
    """What is written is clang-format's own output."""
    formatter = shutil.which("clang-format")
    if formatter is None:
        pytest.skip("clang-format is not installed: pip install .[test]")
    operators = "blend, shade, make, parts, both, free"
    model = load(tmp_path, FAST.format(operators) + f"device_guard: {guard}\n")
    files = generate(model, "libtorch")
    (tmp_path / ".clang-format").write_text(files[".clang-format"], "utf-8")
    for path in ("csrc/FastNativeFunctions.h", "csrc/kernels/fast.cpp"):
        file = tmp_path / Path(path).name
        file.write_text(files[path], "utf-8")
        result = subprocess.run(
            [formatter, str(file)], capture_output=True, text=True, check=True
        )
        assert result.stdout == files[path]


def test_shards(tmp_path: Path) -> None:
    """What copies is where the function that it calls is."""
    shards = "torch: {kernels: {shards: 8}}\n"
    backend = FAST.format("blend, shade, make, parts, both") + "device_guard: true\n"
    files = generate(load(tmp_path, backend, shards), "libtorch")
    sources = [t for p, t in files.items() if p.startswith("csrc/kernels/")]
    assert len(sources) > 2
    for text in sources:
        for called in re.findall(r"auto computed = (\w+)\(", text):
            assert text.index(f" {called}(") < text.index(f"= {called}(")


def test_in_python(tmp_path: Path) -> None:
    more = "torch: {kernels: {module: fast_kernels}}\n"
    model = load(tmp_path, FAST.format("blend, make") + "symint: [make]\n", more)
    text = generate(model, "torch_library")["registrations/fast.py"]
    calls = text.partition("-> None:\n")[2]
    assert calls.splitlines()[0] == (
        '    registry.impl("my::blend", "Fast", "fast_kernels:blend")'
    )
    assert 'registry.impl("my::make", "Fast", "fast_kernels:make_symint")' in calls
    assert (
        "    registry.copying(\n"
        '        "my::blend.out", "Fast", "fast_kernels:blend", "my::blend", "my::put_all"\n'
        "    )\n"
    ) in calls


def test_what_pytorch_has_is_not_registered(tmp_path: Path) -> None:
    """Of the extension is what its backend file says, not what its file of functions."""
    file = declare(tmp_path, FAST.format("shade"))
    file.write_text(
        "extends: stock\ndispatcher: {name: paint}\n"
        "operators: [fast.yaml, more.yaml]\n",
        "utf-8",
    )
    (tmp_path / "more.yaml").write_text(
        "- func: tint(Tensor self) -> Tensor\n  dispatch: {Slow: tint_slow}\n"
        "- func: new::hue(Tensor self) -> Tensor\n  dispatch: {Slow: hue_slow}\n",
        "utf-8",
    )
    files = generate(load_model([file]), "libtorch")
    assert "my::shade" in files["csrc/kernels/fast.cpp"]
    assert "my::tint" not in files["csrc/kernels/slow.cpp"]
    assert "new::hue" in files["csrc/kernels/slow.cpp"]


LAZY: Final = FAST.format("blend") + "full_codegen: [shade, both]\n"


def test_left_out_is_told(tmp_path: Path) -> None:
    file = declare(tmp_path, LAZY)
    assert of_file(load_model([file])).keys() == {
        "my::blend",
        "my::blend_",
        "my::blend.out",
    }
    (finding,) = [f for f in lint([file]) if f.code == "DG312"]
    assert finding.message == "`full_codegen` is left out: `shade`, `both`"
    words = ["generate", "-d", str(file), "-o", str(tmp_path / "out")]
    words += ["--target", "libtorch"]
    said = CliRunner().invoke(main, words)
    assert said.exit_code == 0
    assert "warning[DG312]" in said.stderr


def test_left_out_is_allowed(tmp_path: Path) -> None:
    allowed = "full_codegen: [shade]  # allow DG312: gen_lazy_tensor writes them\n"
    file = declare(tmp_path, FAST.format("blend") + allowed)
    assert [f for f in lint([file]) if f.code in ("DG301", "DG312")] == []
    words = ["generate", "-d", str(file), "-o", str(tmp_path / "out")]
    said = CliRunner().invoke(main, [*words, "--target", "libtorch"])
    assert (said.exit_code, said.stderr) == (0, "")


def test_all_errors_at_once(tmp_path: Path) -> None:
    """Of both lists and of `symint`, each at its own line."""
    backend = (
        "backend: Fast\ncpp_namespace: fast\nsupported:\n  - blnd\n  - both\n  - both\n"
        "autograd:\n  - shad\nsymint:\n  - blend\n  - nothing_like_it\n"
    )
    with pytest.raises(DeclarationError) as caught:
        load(tmp_path, backend)
    found = [(d.code, d.span.line) for d in caught.value.diagnostics if d.span]
    assert found == [
        ("DG201", 4),
        ("DG202", 6),
        ("DG201", 8),
        ("DG221", 10),
        ("DG201", 11),
    ]
