"""Every diagnostic: its code, its place and its exact text.

`tests/declarations/bad/CODE/` holds the cases: a file `case.yaml`, or a folder `case/`
that is loaded as a whole unless its `load.json` names the paths and a variant. Beside
each stands `case.txt`, what the user sees. `pytest --update` writes them anew.

A case must not load. A case of a finding must, and is given to `lint`. One whose
`load.json` names a folder of templates, or a target, must load too, and not generate; one
whose `load.json` names C++ sources is given to `check-kernels`.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest

import codegen
from codegen.codes import TITLES, is_finding
from codegen.diagnostics import did_you_mean, render_text
from codegen.kernel_check import check_kernels
from codegen.lint import lint
from codegen.pipeline import generate, load_model

BAD: Final = Path(__file__).parent.parent / "declarations" / "bad"

_CODE: Final = re.compile(r"^(?:error|warning)\[(DG\d+)\]", re.MULTILINE)

# What a user of the declarations has never heard of.
_INTERNAL: Final = re.compile(
    r"pydantic|Located|Decl\b|NoneType|\bstr\b|\bdict\b|\binstance\b|Traceback|\bloc\b",
)


@dataclass(frozen=True)
class Case:
    """One case: where to be, what to load, and what to expect."""

    code: str
    path: Path

    @property
    def expected(self) -> Path:
        return self.path.with_suffix(".txt")

    def run(self, monkeypatch: pytest.MonkeyPatch) -> str:
        """The text of the errors or findings, from inside of the case's folder."""
        folder = self.path.parent
        load: dict[str, Any] = {"paths": [self.path.name]}
        if self.path.is_dir():
            folder, load = self.path, {"paths": ["."]}
            if (folder / "load.json").exists():
                load = json.loads((folder / "load.json").read_text("utf-8"))
        monkeypatch.chdir(folder)
        paths, variant = [Path(path) for path in load["paths"]], load.get("variant")
        if is_finding(self.code):
            load_model(paths, variant)
            return f"{render_text(lint(paths, variant))}\n"
        if "sources" in load:
            pytest.importorskip("tree_sitter_cpp")
            sources = map(Path, load["sources"])
            with pytest.raises(codegen.DeclarationError) as caught:
                check_kernels(load_model(paths, variant), sources)
        elif {"target", "templates"} & load.keys():
            model = load_model(paths, variant)
            templates = Path(load["templates"]) if "templates" in load else None
            with pytest.raises(codegen.DeclarationError) as caught:
                generate(model, load.get("target", "python"), templates)
        else:
            with pytest.raises(codegen.DeclarationError) as caught:
                codegen.load(*paths, variant=variant)
        return f"{caught.value}\n"


def _cases() -> Iterator[Case]:
    for folder in sorted(BAD.iterdir()):
        for path in sorted(folder.iterdir()):
            if path.is_dir() or path.suffix == ".yaml":
                yield Case(folder.name, path)


CASES: Final = tuple(_cases())


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.code}/{c.path.stem}")
def test_text(
    case: Case, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    text = case.run(monkeypatch)
    assert f"[{case.code}]" in text
    assert not _INTERNAL.search(text)
    if request.config.getoption("--update"):
        case.expected.write_text(text, encoding="utf-8", newline="\n")
    assert case.expected.exists(), "run `pytest --update` and read what it writes"
    assert text == case.expected.read_text("utf-8")


def test_every_code_has_a_case() -> None:
    assert {case.code for case in CASES} == set(TITLES)


def test_every_code_has_a_title() -> None:
    texts = (path.read_text("utf-8") for path in BAD.glob("*/*.txt"))
    assert {code for text in texts for code in _CODE.findall(text)} <= set(TITLES)


def test_every_text_has_a_case() -> None:
    assert {case.expected for case in CASES} == set(BAD.glob("*/*.txt"))


def test_carets_are_under_the_line() -> None:
    """No caret may stand beyond what it points at."""
    for path in BAD.glob("*/*.txt"):
        lines = path.read_text("utf-8").splitlines()
        for above, below in pairwise(lines):
            if re.fullmatch(r" *\|[ ^]*\^", below):
                # One past the end is where something is missing; an empty line
                # has lost the space before it.
                assert len(below) <= len(above) + (
                    2 if above.endswith("|") else 1
                ), path


MANY_NAMES: Final = [f"{a}{b}{c}" for a in "KLMN" for b in range(40) for c in "xyzuvw"]


@pytest.mark.parametrize("rest", [[], MANY_NAMES], ids=["few", "many"])
@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("AUTOGRADSLOW", "AutogradSlow"),
        ("utogradSlow", "AutogradSlow"),
        ("AutogardSlow", "AutogradSlow"),
        ("AutogradSlo", "AutogradSlow"),
        ("autogradslw", "AutogradSlow"),
        ("uAtogradSlow", "AutogradSlow"),
        ("XAutogradSlow", "AutogradSlow"),
        ("AutogradSlower", "AutogradSlow"),
        ("Zzyzx", None),
        ("", None),
        ("AutogradSlow" * 20, None),
    ],
)
def test_did_you_mean(name: str, meant: str | None, rest: list[str]) -> None:
    known = ["AutogradSlow", "AutogradFast", "Batched", *rest]
    question = None if meant is None else f"did you mean `{meant}`?"
    for _ in range(3):
        random.Random(str(known)).shuffle(known)
        assert did_you_mean(name, iter(known)) == question


def test_did_you_mean_nothing() -> None:
    assert did_you_mean("Slow", []) is None


def test_all_files_are_reported_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = {
        "b/one.yaml": "backends: [on, class]\n",
        "a.yaml": "dispatcher: {nmae: tiny}\nbackend: [CPU]\n",
        "c.yaml": "groups:\n  quick: [CPU\n",
        "b/two.yaml": "keysets: {mine: Dense, mine: CPU}\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(codegen.DeclarationError) as caught:
        codegen.load("c.yaml", "b", "a.yaml")
    found = [(str(d.span), d.code) for d in caught.value.diagnostics]
    assert found == [
        ("a.yaml:1:14", "DG101"),
        ("a.yaml:2:1", "DG101"),
        ("b/one.yaml:1:12", "DG105"),
        ("b/one.yaml:1:16", "DG108"),
        ("b/two.yaml:1:24", "DG003"),
        ("c.yaml:3:1", "DG002"),
    ]


def test_meaning_is_reported_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(
        "guards:\n  Mine: {exclude: Danse}\nfallbacks:\n"
        "  - {keys: [Math], policy: fallthrough}\nmodes: {m: {include: (CPU, exclude: XPU}}\n",
        encoding="utf-8",
    )
    with pytest.raises(codegen.DeclarationError) as caught:
        codegen.load(".")
    found = [(str(d.span), d.code) for d in caught.value.diagnostics]
    assert found == [
        ("b.yaml:2:19", "DG201"),
        ("b.yaml:4:13", "DG209"),
        ("b.yaml:5:22", "DG203"),
        ("b.yaml:5:37", "DG201"),
    ]


SMALL: Final = """\
dispatcher: {name: tiny, default_namespace: my}
variants:
  mobile: {doc: for phones, table_keys: [CPU, Autograd]}
backends:
  - CPU: {fast: 1, legacy_names: {OldCPU: CPU}}
  - GPU: {fast: 2}
  - Meta: {keep_last: true}
functionality:
  - Dense: {per_backend: true, prefix: ""}
  - Autograd
  - Autocast: {for_each: quick}
groups:
  quick: {tagged: fast}
  some: [CPU, Meta]
keysets:
  mine: (Dense | Autograd) & ~CPU
  all_of_dense: Dense * backends(quick)
  after_{backend}: {for_each: quick, keys: "full_after(Autocast{backend}) - Autograd"}
aliases:
  - Math: {keys: all_of_dense, reason: math, undefined: true}
  - Other: {keys: mine, reason: other, yields_to: {aliases: [Math], backends_of: below}}
functions:
  below:
    of: key
    cases: [{for_each: some, key: "{backend}", keys: mine}]
    default: empty
  part: {of: keyset, highest_of: keyset & mine}
fallbacks:
  - {keys: [Autograd, "{some}"], policy: fallthrough, variants: {mobile: fallthrough}}
  - {keys: [GPU], policy: redispatch, redispatch_to: mine}
operator_rules:
  default: Math
  structured: {keys: ["{quick}"], always: [Meta]}
operators:
  - func: add(Tensor self) -> Tensor
    structured_delegate: add.out
    dispatch: {"Autograd, AutocastCPU": wrap}
  - func: add.out(Tensor self, *, Tensor(a!) out) -> Tensor(a!)
    structured: true
    dispatch:
      CPU, GPU: add_out
kernels:
  Autograd: {my::add.out: wrap_out}
tls: {included: Autograd, excluded: empty}
"""

_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_SCALAR: Final = re.compile(r'"[^"]*"|[\w.]+')
_SCALARS: Final = (
    *("", "~", "on", "1", "-1", "1.5", ".inf", "[]", "{}", "[CPU]", "{a: b}", "*x"),
    *('""', "é", "CPU", "all", "{backend}", '"{backend}"', '"{all}"', "2026-01-31"),
    *(
        "full",
        "Math",
        "mine",
        "quick",
        "__x__",
        "class",
        "!!set {}",
        "'",
        "|",
        "Undefined",
    ),
)


def _delete_line(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return "".join(lines)


def _swap_tokens(text: str, chance: random.Random) -> str:
    tokens = list(_TOKEN.finditer(text))
    index = chance.randrange(len(tokens) - 1)
    # Neighbours mostly, since what is far apart rarely leaves valid YAML.
    step = chance.choice((1, 1, 2, chance.randrange(1, len(tokens) - index)))
    one, two = tokens[index], tokens[min(index + step, len(tokens) - 1)]
    between = text[one.end() : two.start()]
    return text[: one.start()] + two[0] + between + one[0] + text[two.end() :]


def _replace_scalar(text: str, chance: random.Random) -> str:
    scalars = list(_SCALAR.finditer(text))
    old = chance.choice(scalars)
    new = chance.choice((*_SCALARS, chance.choice(scalars)[0]))
    return text[: old.start()] + new + text[old.end() :]


MUTATIONS: Final = (_delete_line, _swap_tokens, _replace_scalar)


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda f: f.__name__.strip("_"))
def test_nothing_but_declaration_errors(
    mutate: Callable[[str, random.Random], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    chance = random.Random(mutate.__name__)
    file = tmp_path / "a.yaml"
    file.write_text(SMALL, encoding="utf-8")
    codegen.load("a.yaml", variant="mobile")
    for _ in range(150):
        text = SMALL
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            text = mutate(text, chance)
        file.write_text(text, encoding="utf-8")
        try:
            codegen.load("a.yaml", variant=chance.choice((None, "mobile")))
        except codegen.DeclarationError as error:
            for diagnostic in error.diagnostics:
                assert diagnostic.span is not None or diagnostic.code == "DG215"
                assert (
                    diagnostic.span is None or diagnostic.span.source is not None
                ), text
        except Exception as error:
            pytest.fail(f"{type(error).__name__}: {error}\n{text}")
