"""Which functions C++ sources define, and whether they are those that are declared."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from codegen import DeclarationError, Model
from codegen.cli import main
from codegen.kernel_check import check_kernels
from codegen.kernel_check_cpp import (
    CppSources,
    NoParserError,
    plain_type,
    read_sources,
    source_files,
)
from codegen.pipeline import load_model

pytest.importorskip("tree_sitter_cpp")

STOCK: Final = """
dispatcher: {name: stock, default_namespace: my}
torch: {version: "2.13", namespaces: [my]}
backends: [Fast]
functionality:
  - Plain: {per_backend: true, prefix: ""}
operators:
  - func: blend(Tensor self) -> Tensor
  - func: shade.Tensor(Tensor self, Tensor other) -> Tensor
  - func: shade.Scalar(Tensor self, Scalar other, *, bool fast=False) -> Tensor
  - func: crop(Tensor self, SymInt[] size, str? mode=None) -> (Tensor, Tensor)
"""
FILE: Final = "backend: Fast\ncpp_namespace: paint\nsupported: [{}]\nsymint: [{}]\n"


def declare(folder: Path, operators: str, symint: str = "", more: str = "") -> Model:
    (folder / "stock").mkdir()
    (folder / "stock" / "keys.yaml").write_text(STOCK, "utf-8")
    (folder / "fast.yaml").write_text(FILE.format(operators, symint), "utf-8")
    file = folder / "paint.yaml"
    file.write_text(
        f"extends: stock\ndispatcher: {{name: paint}}\noperators: fast.yaml\n{more}",
        "utf-8",
    )
    return load_model([file])


def read(folder: Path, text: str) -> CppSources:
    file = folder / "kernels.cpp"
    file.write_text(text, "utf-8")
    return read_sources([file])


def defined(folder: Path, text: str) -> list[str]:
    functions = read(folder, text).functions
    return [f.names[0] for f in functions if f.is_defined and not f.is_internal]


def problems(model: Model, folder: Path, text: str) -> list[str]:
    """What is said of the first lines."""
    file = folder / "kernels.cpp"
    file.write_text(text, "utf-8")
    try:
        check_kernels(model, [file])
    except DeclarationError as error:
        return [d.message for d in error.diagnostics if d.code == "DG223"]
    return []


@pytest.mark.parametrize(
    "text",
    [
        "// int f() { return 0; }",
        "/* int f() {\n} */",
        'const char* text = "int f() { return 0; }";',
        'const char* text = R"(\nint f() { return 0; }\n)";',
        "int f();",
        "struct S { int f(); };",
        "int x = a::f();",
        "#if 0\nint f() { return 0; }\n#endif",
        "#if 1\n#else\nint f() { return 0; }\n#endif",
        "#if (0)\nint f() { return 0; }\n#endif",
        "#if !1\nint f() { return 0; }\n#endif",
        "#if 0 && X\nint f() { return 0; }\n#endif",
        "#if !(X || 0x1)\nint f() { return 0; }\n#endif",
        "#if X\n#elif false\nint f() { return 0; }\n#endif",
        "#if 1 || defined(X)\n#else\nint f() { return 0; }\n#endif",
        "#define F int f() { return 0; }",
        "int f() = delete;",
        "static int f() { return 0; }",
        "namespace { int f() { return 0; } }",
        "template <class T> int f(T) { return 0; }",
    ],
)
def test_what_defines_nothing(tmp_path: Path, text: str) -> None:
    assert defined(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("int f() { return 0; }", "f"),
        ("namespace a { int f() { return 0; } }", "a::f"),
        ("namespace a::b { int f() { return 0; } }", "a::b::f"),
        ("namespace a { int C::f() { return 0; } }", "a::C::f"),
        ("int ::a::C::f() { return 0; }", "a::C::f"),
        ("struct C { static int f() { return 0; } };", "C::f"),
        ("int& f() { return x; }", "f"),
        ("auto f() -> int { return 0; }", "f"),
        ("int f() try { return 0; } catch (...) { throw; }", "f"),
        ("#if 0\n#else\nint f() { return 0; }\n#endif", "f"),
        ("#ifdef A\nint f() { return 0; }\n#endif", "f"),
        ('extern "C" { int f() { return 0; } }', "f"),
        ("#if 1 && X\nint f() { return 0; }\n#endif", "f"),
        ("#if !X\nint f() { return 0; }\n#endif", "f"),
        ("#if X || 0\n#else\nint f() { return 0; }\n#endif", "f"),
        ("EXPORT int f() { return 0; }", "f"),
        ("EXPORT at::Tensor N::f(int x) { }", "N::f"),
        ("namespace a { EXPORT at::Tensor f(int x) { } }", "a::f"),
        ("EXPORT std::vector<at::Tensor> N::f(int x) { }", "N::f"),
        ("EXPORT const at::Tensor& N::f(int x) { }", "N::f"),
        ("ALWAYS_INLINE at::Tensor N::f(int x) noexcept(true) { }", "N::f"),
        ("namespace inline_ops { int f() { return 0; } }", "inline_ops::f"),
        ("namespace a::inline b { int f() { return 0; } }", "a::b::f"),
        ("inline namespace a { int f() { return 0; } }", "a::f"),
        ("\ufeffint f() { return 0; }", "f"),
        ("[[nodiscard]] inline int f() noexcept { return 0; }", "f"),
        ("// é\nint f(int a /* = 1 */) { return 0; }", "f"),
    ],
)
def test_what_is_defined(tmp_path: Path, text: str, name: str) -> None:
    assert defined(tmp_path, text) == [name]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("const at::Tensor&", "const Tensor&"),
        ("at::Tensor const &", "const Tensor&"),
        ("const int64_t", "int64_t"),
        ("long", "int64_t"),
        ("c10::ArrayRef<c10::SymInt>", "SymIntArrayRef"),
        ("const ::std::optional<at::Tensor> &", "const optional<Tensor>&"),
        ("std::array<bool, 2>", "array<bool,2>"),
        (
            "const c10::List<::std::optional<at::Tensor>> &",
            "const List<optional<Tensor>>&",
        ),
        ("::std::vector<::at::Tensor>", "vector<Tensor>"),
        (
            "::std::tuple<::at::Tensor, ::std::vector<::at::Tensor>>",
            "tuple<Tensor,vector<Tensor>>",
        ),
        ("std::vector<at::Tensor>::value_type", None),
        ("long int", "int64_t"),
        ("long long int", "int64_t"),
        ("unsigned long", "uint64_t"),
        ("long double", "long double"),
        ("c10::ArrayRef<long long>", "IntArrayRef"),
        ("Mine", None),
        ("Tensors", "vector<Tensor>"),
    ],
)
def test_types(written: str, plain: str | None) -> None:
    assert plain_type(written, {"Tensors": "std::vector<at::Tensor>"}) == plain


def test_places(tmp_path: Path) -> None:
    (function,) = read(tmp_path, "\n/* ü */ int a::f(int) { }\n").functions
    assert (function.span.line, function.span.column, function.span.width) == (2, 13, 4)


def test_place_behind_a_macro(tmp_path: Path) -> None:
    (function,) = read(tmp_path, "/* ü */ EXPORT at::Tensor a::f(int x) { }").functions
    assert (function.span.line, function.span.column, function.span.width) == (1, 27, 4)


def test_text_of_two_bytes_a_letter(tmp_path: Path) -> None:
    file = tmp_path / "kernels.cpp"
    file.write_text("int f() { return 0; }\n", "utf-16")
    assert [function.name for function in read_sources([file]).functions] == ["f"]
    file.write_text("int f() { return 0; }\n", "utf-16-le")
    with pytest.raises(OSError, match="it is not UTF-8"):
        read_sources([file])


SPLIT: Final = """
int before() { return 0; }
#ifdef A
int f(int a) {
#else
int f(double a) {
#endif
  return 0;
}
int after() { return 0; }
"""


def test_braces_split_over_branches(tmp_path: Path) -> None:
    functions = read(tmp_path, SPLIT).functions
    assert [(f.name, f.types, f.span.line) for f in functions] == [
        ("before", (), 2),
        ("f", ("int",), 4),
        ("f", ("double",), 6),
        ("after", (), 10),
    ]
    assert functions[1].excludes(functions[2])
    assert not functions[0].excludes(functions[3])


def test_namespace_in_one_branch(tmp_path: Path) -> None:
    text = (
        "{0}\nnamespace b {{\n{1}\nint f() {{ return 0; }}\n{0}\n}}\n{1}\nint g() {{}}"
    )
    functions = read(tmp_path, text.format("#ifdef A", "#endif")).functions
    assert [f.names for f in functions] == [("b::f", "f"), ("g",)]


def test_conditionals_in_comments_and_strings(tmp_path: Path) -> None:
    text = '/*\n#if 0\n*/\nauto s = R"(\n#else\n)";\nint f(A) {}\n' + SPLIT
    names = [f.name for f in read(tmp_path, text).functions]
    assert names == ["f", "before", "f", "f", "after"]


HEAD: Final = '#include "FastNativeFunctions.h"\n'


@pytest.mark.parametrize(
    "text",
    [
        "at::Tensor paint::FastNativeFunctions::blend(const at::Tensor& self) {}",
        "namespace paint { Tensor FastNativeFunctions::blend(Tensor const &) {} }",
        "namespace p = paint; Tensor p::FastNativeFunctions::blend(const Tensor& x) {}",
        "using namespace paint;\n"
        "at::Tensor FastNativeFunctions::blend(const at::Tensor& x) {}",
        "using F = paint::FastNativeFunctions;\nat::Tensor F::blend(const at::Tensor& x) {}",
        "namespace paint { struct FastNativeFunctions {\n"
        "  static at::Tensor blend(const at::Tensor& x) { return x; }\n}; }",
        "using T = at::Tensor;\nT paint::FastNativeFunctions::blend(const T& x) {}",
    ],
)
def test_one_kernel(tmp_path: Path, text: str) -> None:
    model = declare(tmp_path, "blend")
    assert problems(model, tmp_path, HEAD + text) == []


def test_overloads(tmp_path: Path) -> None:
    model = declare(tmp_path, "shade.Tensor, shade.Scalar")
    tensor = "at::Tensor F::shade(const at::Tensor& a, const at::Tensor& b) {}\n"
    scalar = (
        "at::Tensor F::shade(const at::Tensor& a, const at::Scalar& b, bool c) {}\n"
    )
    alias = "using F = paint::FastNativeFunctions;\n"
    assert problems(model, tmp_path, alias + scalar + tensor) == []
    (missing,) = problems(model, tmp_path, alias + scalar)
    assert "`my::shade.Tensor` is not defined" in missing
    twice = problems(model, tmp_path, alias + tensor + tensor + scalar)
    assert [m.partition(" is ")[2] for m in twice] == [
        "defined once more than it is declared"
    ]


BLEND: Final = "at::Tensor paint::FastNativeFunctions::blend(const at::Tensor& x) {}\n"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("#ifdef A\n{0}#else\n{0}#endif", 0),
        ("#if A\n{0}#elif B\n{0}#else\n{0}#endif", 0),
        ("#if A\n#if B\n{0}#endif\n#else\n#if B\n{0}#endif\n#endif", 0),
        ("#ifdef A\n{0}#else\n{0}{0}#endif", 1),
        ("#ifdef A\n{0}#endif\n{0}", 1),
        ("#ifdef A\n{0}#endif\n#ifdef B\n{0}#endif", 1),
    ],
)
def test_branches_of_one_conditional(tmp_path: Path, text: str, count: int) -> None:
    model = declare(tmp_path, "blend")
    found = problems(model, tmp_path, text.format(BLEND))
    assert [m.partition(" is ")[2] for m in found] == [
        "defined once more than it is declared"
    ] * count


def test_a_wrong_definition_in_two_branches_is_told_once(tmp_path: Path) -> None:
    model = declare(tmp_path, "blend")
    wrong = BLEND.replace("const at::Tensor&", "int64_t")
    (one,) = problems(model, tmp_path, f"#ifdef A\n{wrong}#else\n{wrong}#endif\n")
    assert "is defined otherwise" in one


@pytest.mark.parametrize(
    ("first", "second", "fits"),
    [
        ("using T = at::Tensor;", "", True),
        ("using T = int64_t;", "", False),
        ("using T = int64_t;", "using T = at::Tensor;", True),
        ("using T = at::Tensor;", "using T = Tensor;", True),
        ("using T = int64_t;", "namespace { using T = std::int64_t; }", False),
        ("", "struct C { using T = int64_t; };", True),
        ("", "template <class A> using T = int64_t;", True),
        ("#if 0\nusing T = int64_t;\n#endif", "", True),
    ],
)
def test_aliases(tmp_path: Path, first: str, second: str, fits: bool) -> None:
    model = declare(tmp_path, "blend")
    other = tmp_path / "other.h"
    other.write_text(second, "utf-8")
    file = tmp_path / "kernels.cpp"
    file.write_text(f"{first}\n{BLEND.replace('at::Tensor&', 'T&')}", "utf-8")
    for files in ([file, other], [other, file]):
        if fits:
            assert check_kernels(model, files).kernels == 1
        else:
            with pytest.raises(DeclarationError):
                check_kernels(model, files)


def test_symbolic_sizes(tmp_path: Path) -> None:
    model = declare(tmp_path, "crop", "crop")
    definition = (
        "std::tuple<at::Tensor, at::Tensor> paint::FastNativeFunctions::{}"
        "(const at::Tensor& self, {} size, std::optional<c10::string_view> mode) {{}}"
    )
    good = definition.format("crop_symint", "c10::SymIntArrayRef")
    assert problems(model, tmp_path, good) == []
    (other,) = problems(
        model, tmp_path, definition.format("crop_symint", "at::IntArrayRef")
    )
    assert "takes `at::IntArrayRef` where `c10::SymIntArrayRef` is expected" in other
    file = tmp_path / "kernels.cpp"
    file.write_text(definition.format("crop", "at::IntArrayRef"), "utf-8")
    with pytest.raises(DeclarationError) as caught:
        check_kernels(model, [file])
    (only,) = caught.value.diagnostics
    assert only.help is not None
    assert only.help.startswith("take it out of `symint` for `crop`; otherwise, define")


def test_macros_are_not_expanded(tmp_path: Path) -> None:
    """What one may define is not called missing."""
    model = declare(tmp_path, "blend")
    file = tmp_path / "kernels.cpp"
    file.write_text("namespace paint {\nDEFINE_KERNEL(blend);\n}\n", "utf-8")
    found = check_kernels(model, [file])
    assert {name: span.line for name, span in found.unread.items()} == {
        "paint::FastNativeFunctions::blend": 2
    }


def test_kernels_of_other_declarations(tmp_path: Path) -> None:
    model = declare(tmp_path, "", "", 'kernels: {Fast: {"my::blend": "own::blend"}}\n')
    assert (
        problems(model, tmp_path, "at::Tensor own::blend(const at::Tensor& x) {}") == []
    )
    (missing,) = problems(model, tmp_path, "// at::Tensor own::blend")
    assert missing == "`own::blend` for `my::blend` is not defined in the sources"


def test_example() -> None:
    """Structured kernels, those of other operators, and one more in C++ for two keys."""
    acme = Path(__file__).parents[2] / "examples" / "acme"
    checked = check_kernels(load_model([acme / "declarations"]), [acme / "csrc"])
    assert checked.kernels > 10
    assert checked.unread == {}


def test_folders(tmp_path: Path) -> None:
    for name in ("a/one.cpp", "a/b/two.h", "a/three.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = source_files([tmp_path, tmp_path / "a" / "one.cpp"])
    assert sorted(file.name for file in found) == ["one.cpp", "two.h"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(OSError, match="the folder holds no C\\+\\+ sources"):
        source_files([tmp_path, tmp_path / "empty"])


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    words = ["check-kernels", "-d", str(folder / "paint.yaml"), *arguments]
    result = CliRunner().invoke(main, words)
    return result.exit_code, result.output


def test_command(tmp_path: Path) -> None:
    declare(tmp_path, "blend", more="torch: {kernels: {sources: [../k.cpp]}}\n")
    source = tmp_path / "k.cpp"
    source.write_text("// nothing\n", "utf-8")
    output = str(tmp_path / "out")
    code, text = run(tmp_path, "-o", output)
    assert code == 1
    assert "error[DG223]" in text
    assert "\n1 problem\n" in text
    source.write_text("Tensor paint::FastNativeFunctions::blend(const Tensor& x) {}\n")
    assert run(tmp_path, "-o", output) == (0, "1 kernel, in 1 file\n")
    assert run(tmp_path, str(source), "-q") == (0, "")
    code, text = run(tmp_path, "there_is_none.cpp")
    assert code == 2
    assert "cannot read there_is_none.cpp" in text


def test_command_without_sources(tmp_path: Path) -> None:
    declare(tmp_path, "blend")
    code, text = run(tmp_path)
    assert code == 2
    assert "give the C++ sources" in " ".join(text.split())


def test_without_parser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = declare(tmp_path, "blend")
    monkeypatch.setitem(sys.modules, "tree_sitter_cpp", None)
    with pytest.raises(NoParserError, match="pip install"):
        check_kernels(model, [])
    code, text = run(tmp_path, str(tmp_path / "paint.yaml"))
    assert code == 2
    assert "dispatch-codegen[kernels]" in text
