"""Findings of `lint`: what is one, what is not, and what an allowance does to it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import codegen
from codegen.codes import TITLES, is_finding
from codegen.diagnostics import Diagnostic, Severity
from codegen.lint import judged, lint
from codegen.pipeline import generate

HEAD: Final = """\
dispatcher: {name: tiny, default_namespace: my}
backends: [Fast, Slow, Odd, Even]
functionality:
  - Plain: {per_backend: true, prefix: ""}
  - Other
  - Grad: {per_backend: true}
  - Trace
  - Wrap
"""
KEYSET: Final = HEAD + "keysets:\n  mine: "
ALIASES: Final = HEAD + (
    "aliases:\n"
    "  - Any: {keys: (Plain | Grad) * backends(all), reason: any}\n"
    "  - Every: {keys: Plain * backends(all), reason: every}\n"
    "operators:\n  - func: add(Tensor a) -> Tensor\n    dispatch: "
)
WRAPPED: Final = HEAD + (
    "aliases:\n  - Every: {keys: Plain * backends(all), reason: every}\n"
    'fallbacks:\n  - {keys: ["Grad{all}"], policy: fallthrough}\n'
    "%soperators:\n  - func: add(Tensor a) -> Tensor\n    dispatch: "
)
THERE: Final = HEAD + (
    "groups: {some: [Fast, Slow, Odd]}\n"
    "functions:\n"
    '  there: {of: backend, for_each: some, key: "Grad{backend}", default: Other}\n'
    "  back: {of: key, %sdefault: empty, cases: "
)
BACK: Final = (
    '[{for_each: some, key: "Grad{backend}", keys: "{backend}"}, '
    "{key: Other, keys: Even}]}\n"
)


SHADOWS: Final = HEAD + (
    "aliases:\n"
    "  - Any: {keys: Grad * backends(all), reason: any}\n"
    "  - Every:\n"
    "      keys: (Plain | Grad) * backends(all)\n"
    "      reason: every\n"
    "      yields_to: {backends_of: below}\n"
    "      ambiguous: {key: GradEven, with_any_of: Even, kernel: k, reason: r}\n"
    "functions:\n  below: {of: key, default: empty, cases: "
    '[{for_each: all, key: "Grad{backend}", keys: "{backend}"}]}\n'
    "operators:\n  - func: add(Tensor a) -> Tensor\n    dispatch: "
)


def found(text: str, folder: Path) -> list[Diagnostic]:
    """The findings for one file."""
    file = folder / "tiny.yaml"
    file.write_text(text, "utf-8")
    return list(lint([file]))


def subjects(text: str, folder: Path) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.subject) for finding in found(text, folder)]


POSITIVE: Final = [
    ("DG303", "new", HEAD + "  - new\n"),
    ("DG303", "EOF", HEAD + "guards: {EOF: {exclude: Trace}}\n"),
    ("DG303", "my__key", HEAD + "  - my__key\n"),
    ("DG303", "_Key", HEAD + "  - _Key\n"),
    ("DG304", "mine", KEYSET + "Trace & Wrap\n"),
    ("DG304", "mine", KEYSET + "Trace - Trace\n"),
    ("DG304", "mine", KEYSET + "empty | empty\n"),
    ("DG305", "Slow", KEYSET + "Fast | GradSlow\n"),
    ("DG305", "GradFast", KEYSET + "full - GradSlow\n"),
    ("DG306", "my::add", ALIASES + "{Every: every, Any: any, %s}\n"),
    ("DG307", "my::add", WRAPPED % "" + "{Fast: fast, GradSlow: slow}\n"),
    ("DG313", "my::add", SHADOWS + "{Even: even, Every: every}\n"),
    ("DG314", "my::add", SHADOWS + "{Slow: slow, Every: every}\n"),
    ("DG314", "my::add", SHADOWS + "{Fast: fast, GradFast: f, Odd: o, Every: e}\n"),
    (
        "DG308",
        "GradEven",
        HEAD + "fallbacks: [{keys: [GradFast, GradSlow, GradOdd], policy: fallthrough}]"
        "\n",
    ),
    ("DG309", "Even", THERE % "inverse_of: there, " + BACK.replace("Even", "Trace")),
    (
        "DG310",
        "Even",
        HEAD + "name_lists: {them: {of: backends, names: [Fast, Slow, Odd]}}\n",
    ),
    (
        "DG311",
        "Fest",
        HEAD
        + "name_lists: {them: {of: backends, names: [Fest, Even, Fast, Slow, Odd]}}\n",
    ),
]
GRADS: Final = "GradFast: f, GradSlow: s, GradOdd: o, GradEven: e"


@pytest.mark.parametrize(
    ("code", "subject", "text"), POSITIVE, ids=lambda v: v if len(v) < 10 else ""
)
def test_found(code: str, subject: str, text: str, tmp_path: Path) -> None:
    assert subjects(text.replace("%s", GRADS), tmp_path) == [(code, subject)]


NEGATIVE: Final = [
    ("DG303", HEAD + "  - New\n  - news\n"),
    ("DG303", HEAD + "  - my_key\n  - _key\n"),
    ("DG303", HEAD + "operators: [{func: add.new(Tensor int) -> Tensor}]\n"),
    ("DG304", KEYSET + "empty\n"),
    ("DG304", KEYSET + "{keys: empty, doc: For later.}\n"),
    ("DG304", KEYSET + "backends(all)\n"),
    ("DG304", KEYSET + "Trace\n  other: mine & (Trace | Wrap)\n"),
    ("DG305", KEYSET + "(Plain | Grad) * backends(all)\n"),
    ("DG305", KEYSET + "Fast | Slow\n"),
    ("DG305", KEYSET + "Fast | GradFast\n"),
    ("DG305", KEYSET + "Fast | Trace | Wrap\n"),
    ("DG305", KEYSET + "full - Grad\n"),
    ("DG305", KEYSET + "full - Grad * backends(all)\n"),
    ("DG305", KEYSET + "GradFast - GradFast | Trace\n"),
    ("DG305", KEYSET + "without_backends(full, all)\n"),
    (
        "DG305",
        HEAD + "functions: {f: {of: keyset, highest_of: keyset - (Fast | GradSlow)}}\n",
    ),
    ("DG306", ALIASES + "{Fast: fast, Every: every}\n"),
    ("DG306", ALIASES + "{Every: every, Any: any}\n"),
    ("DG306", ALIASES + "{Fast: f, Slow: s, Odd: o, Even: e, GradFast: g}\n"),
    ("DG307", WRAPPED % "" + "{Slow: slow, GradSlow: grad}\n"),
    ("DG307", WRAPPED % "" + "{Every: every, GradSlow: grad}\n"),
    ("DG307", WRAPPED % "" + "{Slow: slow, Trace: trace}\n"),
    (
        "DG307",
        WRAPPED % "  - {keys: [Slow], policy: kernel, kernel: work}\n"
        + "{GradSlow: grad}\n",
    ),
    ("DG307", (WRAPPED % "").replace("{all}", "Fast") + "{Trace: grad}\n"),
    (
        "DG307",
        (WRAPPED % "").replace("fallthrough", "kernel, kernel: work")
        + "{GradSlow: grad}\n",
    ),
    ("DG313", SHADOWS + "{Even: even, GradEven: grad, Every: every}\n"),
    ("DG313", SHADOWS + "{Even: even, Any: any}\n"),
    ("DG314", SHADOWS + "{Slow: slow, GradSlow: grad, Every: every}\n"),
    ("DG314", SHADOWS + "{Slow: slow, Any: any, Every: every}\n"),
    ("DG314", SHADOWS + "{Slow: slow, Any: any}\n"),
    ("DG314", SHADOWS + "{GradSlow: slow, Trace: t, Every: every}\n"),
    (
        "DG308",
        HEAD + "fallbacks: [{keys: [GradFast, GradSlow], policy: fallthrough}]\n",
    ),
    ("DG308", HEAD + 'fallbacks: [{keys: ["Grad{all}"], policy: fallthrough}]\n'),
    ("DG308", HEAD + "fallbacks: [{keys: [Trace], policy: fallthrough}]\n"),
    ("DG309", THERE % "inverse_of: there, " + BACK),
    ("DG309", THERE % "" + "[{key: GradFast, keys: Slow}]}\n"),
    (
        "DG309",
        THERE % "inverse_of: there, " + BACK.replace("Even", "Plain * backends(all)"),
    ),
    (
        "DG310",
        HEAD + "name_lists: {them: {of: backends, names: [Even, Odd, Slow, Fast]}}\n",
    ),
    (
        "DG310",
        HEAD + "name_lists: {them: {covers: families, names: [Trace, Fast, Slow, "
        "Odd, Even]}}\n",
    ),
    ("DG310", HEAD + "name_lists: {them: {covers: families, names: []}}\n"),
    (
        "DG311",
        HEAD + "legacy_names: {Tracing: Trace}\n"
        "name_lists: {them: {covers: families, names: [Tracing, Undefined, Grad]}}\n",
    ),
]


@pytest.mark.parametrize(("code", "text"), NEGATIVE, ids=[c for c, *_ in NEGATIVE])
def test_not_found(code: str, text: str, tmp_path: Path) -> None:
    assert is_finding(code)
    assert subjects(text, tmp_path) == []


def test_every_finding_is_tested() -> None:
    # Of backend files, which are files of their own: test_backend_files.py.
    findings = {*filter(is_finding, TITLES)} - {"DG301", "DG302", "DG312"}
    assert {code for code, *_ in POSITIVE} == findings
    assert {code for code, *_ in NEGATIVE} == findings


# One file with every finding, each on lines of its own, and some lines with several.
ODD: Final = """\
dispatcher: {name: odd, default_namespace: my}
backends:
  - Fast
  - Slow
  - linux
  - Even
functionality:
  - Plain: {per_backend: true, prefix: ""}
  - Other
  - Grad: {per_backend: true}
  - Trace
  - new
groups:
  smooth: [Fast, Slow]
keysets:
  both: Trace & new
  union: Trace & Other
  "of_{backend}": {for_each: all, keys: Trace & Other}
  mixed: Fast | GradSlow
  less: full - GradFast
aliases:
  - Any: {keys: (Plain | Grad) * backends(all), reason: any}
  - Every: {keys: Plain * backends(all), reason: every}
  - Soft:
      keys: (Plain | Grad) * backends(all)
      reason: soft
      yields_to: {backends_of: below}
      ambiguous: {key: GradEven, with_any_of: Even, kernel: soft, reason: which}
functions:
  below:
    of: key
    cases:
      - {for_each: all, key: "Grad{backend}", keys: "{backend}"}
    default: empty
  there: {of: backend, for_each: all, key: "Grad{backend}", default: Other}
  back:
    of: key
    inverse_of: there
    cases:
      - {for_each: smooth, key: "Grad{backend}", keys: "{backend}"}
    default: empty
fallbacks:
  - {keys: ["Grad{smooth}"], policy: fallthrough}
operators:
  - func: add(Tensor a) -> Tensor
    dispatch:
      GradSlow, GradFast: add_grad
      Trace: add_trace
  - func: sub(Tensor a) -> Tensor
    dispatch:
      Every: sub_every
      GradFast, GradSlow, Gradlinux, GradEven: sub_grad
      Any: sub_any
  - func: mul(Tensor a) -> Tensor
    dispatch:
      Soft: mul_soft
      Even, linux: mul_even
name_lists:
  parser: {of: backends, names: [Fast, Slow, Evn]}
  keys:
    covers: families
    names:
      - Trace
      - GradFast
      - Gradient
"""
LINES: Final = ODD.splitlines()

Key = tuple[str, str, int]
"""Code, message and line of a finding."""


def keys_of(findings: list[Diagnostic], shift: dict[int, int]) -> Counter[Key]:
    """The findings by their lines in `ODD`, given where lines have gone."""
    return Counter(
        (f.code, f.message, shift[f.span.line]) for f in findings if f.span is not None
    )


def allowing(
    comments: dict[int, list[str]], above: set[int]
) -> tuple[str, dict[int, int]]:
    """`ODD` with comments at lines or above them, and the old number of each line."""
    lines: list[str] = []
    old: dict[int, int] = {}
    for number, line in enumerate(LINES, 1):
        for comment in comments.get(number, []):
            if number in above:
                indent = line[: len(line) - len(line.lstrip())]
                lines.append(f"{indent}# {comment}")
                old[len(lines)] = number
            else:
                line += f"  # {comment}"
        lines.append(line)
        old[len(lines)] = number
    return "\n".join(lines) + "\n", old


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("odd")


def odd(folder: Path) -> Counter[Key]:
    return keys_of(found(ODD, folder), {n: n for n in range(len(LINES) + 1)})


def test_findings_do_not_stop_a_run(folder: Path) -> None:
    findings = found(ODD, folder)
    assert {f.code for f in findings} == {*filter(is_finding, TITLES)} - {
        "DG301",
        "DG302",
        "DG312",
    }
    assert {f.severity for f in findings} == {Severity.WARNING}
    assert findings == sorted(findings, key=Diagnostic.sort_key)
    model = codegen.load(folder / "tiny.yaml")
    assert generate(model, "python")


CODES: Final = st.sampled_from(
    sorted({*filter(is_finding, TITLES)} - {"DG301", "DG302"})
)
IN_FOLDER: Final = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@IN_FOLDER
@given(data=st.data())
def test_an_allowance_removes_what_it_names(folder: Path, data: st.DataObject) -> None:
    """Exactly the findings of its code on its line, and it adds none."""
    before = odd(folder)
    places = sorted({(line, code) for code, _, line in before})
    chosen = data.draw(st.sets(st.sampled_from(places), min_size=1))
    above = data.draw(st.sets(st.sampled_from(sorted({line for line, _ in places}))))
    grouped: dict[int, list[str]] = {}
    for line, code in sorted(chosen):
        grouped.setdefault(line, []).append(code)
    comments = {}
    for line, codes in grouped.items():
        # One comment for each code needs lines of their own.
        apart = line in above and data.draw(st.booleans())
        comments[line] = [
            f"allow {text}: so it is"
            for text in (codes if apart else [", ".join(codes)])
        ]
    text, old = allowing(comments, above)
    after = keys_of(found(text, folder), old)
    assert after == Counter(
        {key: n for key, n in before.items() if (key[2], key[0]) not in chosen}
    )


@IN_FOLDER
@given(data=st.data())
def test_an_allowance_elsewhere_is_a_finding(folder: Path, data: st.DataObject) -> None:
    before = odd(folder)
    line = data.draw(st.integers(1, len(LINES)))
    code = data.draw(CODES)
    if any((key[0], key[2]) == (code, line) for key in before):
        return
    above = {line} if data.draw(st.booleans()) else set()
    text, old = allowing({line: [f"allow {code}: so it is"]}, above)
    findings = found(text, folder)
    (extra,) = [f for f in findings if f.code == "DG301"]
    assert extra.span is not None
    assert old[extra.span.line] == line
    findings.remove(extra)
    assert keys_of(findings, old) == before


@IN_FOLDER
@given(data=st.data())
def test_an_allowance_of_names_is_for_them_alone(
    folder: Path, data: st.DataObject
) -> None:
    here = [f for f in found(ODD, folder) if f.span is not None]
    chosen = data.draw(st.sampled_from(here))
    assert chosen.span is not None
    assert chosen.subject is not None
    line = chosen.span.line
    pattern = data.draw(st.sampled_from([chosen.subject, chosen.subject[:-1] + "*"]))
    text, old = allowing({line: [f"allow {chosen.code} ({pattern}): so"]}, set())
    gone = keys_of(here, old) - keys_of(found(text, folder), old)
    start = pattern.removesuffix("*")
    assert gone == keys_of(
        [
            f
            for f in here
            if (f.code, f.span and f.span.line) == (chosen.code, line)
            and f.subject is not None
            and (f.subject.startswith(start) if "*" in pattern else f.subject == start)
        ],
        old,
    )


def test_on_the_line_that_names_a_file(tmp_path: Path) -> None:
    """An allowance there is for the whole file, and one in the file is as anywhere."""
    (tmp_path / "tiny.yaml").write_text(
        SHADOWS.partition("operators:")[0]
        + "operators: more.yaml  # allow DG314 (my::a*): so\n",
        "utf-8",
    )
    entry = "- func: {0}(Tensor a) -> Tensor{1}\n  dispatch: {{Slow: s, Every: e}}\n"

    def left(*entries: tuple[str, str]) -> list[tuple[str, str | None]]:
        text = "".join(entry.format(*one) for one in entries)
        (tmp_path / "more.yaml").write_text(text, "utf-8")
        findings = lint([tmp_path / "tiny.yaml"])
        return [(finding.code, finding.subject) for finding in findings]

    assert left(("add", ""), ("abs", "")) == []
    assert left(("add", ""), ("sub", "")) == [("DG314", "my::sub")]
    assert left(("add", ""), ("sub", "  # allow DG314: so")) == []
    assert left(("sub", "  # allow DG314: so")) == [("DG301", None)]
    assert left(("add", ""), ("new", "")) == [("DG303", "new"), ("DG314", "my::new")]


EMPTY: Final = "Trace & Wrap"
GRAMMAR: Final = [
    (f"  mine: {EMPTY}  # allow DG304: so", []),
    (f"  mine: {EMPTY}  #allow DG304:so", []),
    (f"  mine: {EMPTY}\t#\tallow  DG304 \t:  so: it # is ", []),
    (f"  mine: {EMPTY}  # allow DG304 (mine): so", []),
    (f"  mine: {EMPTY}  # allow DG304(mine ,):so", []),
    (f"  mine: {EMPTY}  # allow DG304 (m*, *e, mine): so", []),
    (f"  union: {EMPTY}  # allow DG304, DG303: so", []),
    (f"  union: {EMPTY}  # allow DG304 ,DG303 (union): so", []),
    (f"  # allow DG304: so\n  mine: {EMPTY}", []),
    (f"# allow DG304: so\n  mine: {EMPTY}", []),
    (f"  # allow DG304: so\n\n  # because\n  mine: {EMPTY}", []),
    (f"  # allow DG304: so\n  # allow DG303: so\n  union: {EMPTY}", []),
    (f"  # allow DG304: so\n  union: {EMPTY}  # allow DG303: so", []),
    (f'  "mine":  # allow DG304: so\n    {EMPTY}', []),
    ("  mine: >-  # allow DG304: so\n    Trace\n    & Wrap", []),
    (f'  mine: {{keys: {EMPTY}, doc: "a # allow DG304: b"}}  # allow DG304: so', []),
    # Both are of use: who takes one away still has the other's reason.
    (f"  # allow DG304: so\n  mine: {EMPTY}  # allow DG304 (mine): so", []),
    # No comments, or no allowances.
    (f'  mine: {{keys: {EMPTY}, doc: "a # allow DG304: b"}}', ["DG304"]),
    (f"  mine:\n    keys: {EMPTY}\n    doc: |\n      # allow DG304: a", ["DG304"]),
    (f"  mine: {{keys: {EMPTY}, doc: a#allow DG304}}", ["DG304"]),
    (f"  mine: {EMPTY}  # please allow DG304: so", ["DG304"]),
    (f"  mine: {EMPTY}  # do: # allow DG304: so", ["DG304"]),
    (f"  mine: {EMPTY}  # allow it, DG304: so", ["DG304"]),
    (f"  mine: {EMPTY}  # allow DGEMM: so", ["DG304"]),
    (f"  mine: {EMPTY}  # allowDG304: so", ["DG304"]),
    # Allowances that cannot be read.
    (f"  mine: {EMPTY}  # allow DG304", ["DG304", "DG302"]),
    (f"  mine: {EMPTY}  # allow DG304 (): so", ["DG304", "DG302"]),
    (f"  mine: {EMPTY}  # allow DG304 DG303: so", ["DG304", "DG302"]),
    (f"  mine: {EMPTY}  # allow DG304,: so", ["DG304", "DG302"]),
    (f"  mine: {EMPTY}  # allow DG30: so", ["DG304", "DG302"]),
    (f"  mine: {EMPTY}  # allow DG101: so", ["DG304", "DG302"]),
    (f"  mine: {EMPTY}  # allow DG304, DG101: so", ["DG302"]),
    # Allowances of no use.
    (f"  mine: {EMPTY}  # allow DG304 (mime): so", ["DG304", "DG301"]),
    (f"  mine: {EMPTY}  # allow DG304 (mine, mime): so", ["DG301"]),
    (f"  mine: {EMPTY}  # allow DG303, DG304: so", ["DG301"]),
    (f"  mine: {EMPTY}\n  # allow DG304: so", ["DG304", "DG301"]),
    ("  mine: Trace  # allow DG301: so", ["DG301"]),
    ("  # allow DG301: so\n  # allow DG304: so\n  mine: Trace", ["DG301", "DG301"]),
]


@pytest.mark.parametrize(("text", "codes"), GRAMMAR)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_grammar(text: str, codes: list[str], line_break: str, tmp_path: Path) -> None:
    whole = f"{HEAD}keysets:\n{text}\n".replace("\n", line_break)
    file = tmp_path / "tiny.yaml"
    file.write_bytes(whole.encode())
    assert [finding.code for finding in lint([file])] == codes


def test_a_text_of_several_lines_is_covered_as_a_whole(tmp_path: Path) -> None:
    """It has no room for a comment where the finding is."""
    folded = "  mixed: >-%s\n    Fast\n    | GradSlow\n  next: Trace\n"
    quoted = '  mixed: "Fast\n    | GradSlow"%s\n  next: Trace\n'
    for text in (folded, quoted):
        for head in ("keysets:\n", "keysets:\n  # allow DG305: so\n"):
            for tail in ("", "  # allow DG305: so"):
                codes = [c for c, _ in subjects(HEAD + head + text % tail, tmp_path)]
                assert codes == ([] if "allow" in head + tail else ["DG305"])


def test_allowed_findings_are_told(tmp_path: Path) -> None:
    file = tmp_path / "tiny.yaml"
    file.write_text(f"{KEYSET}{EMPTY}  # allow DG304: so\n  other: {EMPTY}\n", "utf-8")
    result = judged([file])
    assert [finding.subject for finding in result.allowed] == ["mine"]
    assert [finding.subject for finding in result.remaining] == ["other"]


BASE: Final = f"""\
{HEAD}keysets:
  used: {EMPTY}  # allow DG304: so
  unused: Trace  # allow DG304: so
  unread: Trace  # allow DG304
groups: {{smooth: [Fast, Slow, Odd, Even]}}
fallbacks:
  - {{keys: ["Grad{{smooth}}"], policy: fallthrough}}
name_lists:
  parser: {{of: backends, names: [Fast, Slow, Odd, Even]}}
"""


def lint_extension(folder: Path, *texts: str) -> list[tuple[str, str, str | None]]:
    """File, code and subject of findings for files that extend one another."""
    for number, text in enumerate(texts):
        head = f"extends: layer{number - 1}.yaml\n" if number else ""
        (folder / f"layer{number}.yaml").write_text(head + text, "utf-8")
    findings = lint([folder / f"layer{len(texts) - 1}.yaml"])
    return [
        (Path(f.span.path).stem if f.span else "", f.code, f.subject) for f in findings
    ]


def test_extension_is_not_told_of_allowances_of_its_base(tmp_path: Path) -> None:
    assert lint_extension(tmp_path, BASE) == [
        ("layer0", "DG301", None),
        ("layer0", "DG302", None),
    ]
    assert lint_extension(tmp_path, BASE, "keysets: {more: Trace}\n") == []
    assert (
        lint_extension(tmp_path, BASE, "modes: {}\n", "keysets: {more: Trace}\n") == []
    )


def test_extension_is_told_what_it_adds(tmp_path: Path) -> None:
    text = (
        "backends: [More]\n"
        "keysets:\n"
        f"  more: {EMPTY}\n"
        "  rest: Trace  # allow DG304: so\n"
        "  last: Trace  # allow DG304\n"
    )
    assert lint_extension(tmp_path, BASE, text) == [
        ("layer1", "DG308", "GradMore"),
        ("layer1", "DG304", "more"),
        ("layer1", "DG301", None),
        ("layer1", "DG302", None),
    ]
    allowed = text.replace("More]", "More]  # allow DG308: its own").replace(
        EMPTY, f"{EMPTY}  # allow DG304: so"
    )
    assert [code for _, code, _ in lint_extension(tmp_path, BASE, allowed)] == [
        "DG301",
        "DG302",
    ]
    # A middle layer is a base to the next.
    assert [
        code for _, code, _ in lint_extension(tmp_path, BASE, text, "modes: {}\n")
    ] == [
        "DG308",
        "DG304",
    ]


def test_allowed_of_a_base_stays_sorted(tmp_path: Path) -> None:
    (tmp_path / "z.yaml").write_text(BASE, "utf-8")
    (tmp_path / "a.yaml").write_text(
        f"extends: z.yaml\nkeysets:\n  more: {EMPTY}  # allow DG304: so\n", "utf-8"
    )
    allowed = judged([tmp_path / "a.yaml"]).allowed
    assert [finding.subject for finding in allowed] == ["more", "used"]


VARIANTS: Final = f"""\
{HEAD}variants:
  big: for big machines
  small: {{doc: for small machines, includes: [big]}}
keysets: {{below: full_after(Wrap), everything: full}}
fallbacks:
  - keys: [Wrap]
    policy: redispatch
    redispatch_to: below
    variants: {{%s: {{policy: redispatch, redispatch_to: everything}}}}
"""


@pytest.mark.parametrize("variant", ["big", "small"])
def test_errors_of_every_variant(variant: str, tmp_path: Path) -> None:
    file = tmp_path / "tiny.yaml"
    file.write_text(VARIANTS % variant, "utf-8")
    assert codegen.load(file).variant is None
    for linted in (None, "big", "small"):
        with pytest.raises(codegen.DeclarationError) as caught:
            lint([file], linted)
        assert {error.code for error in caught.value.diagnostics} == {"DG217"}


def test_findings_of_a_variant(tmp_path: Path) -> None:
    """What only a variant has is found where it is linted."""
    file = tmp_path / "tiny.yaml"
    file.write_text(
        f"{HEAD}variants: {{small: for small machines}}\n"
        "operators:\n  - func: add(Tensor a) -> Tensor\n"
        "    dispatch: {GradFast: grad}\n"
        "fallbacks:\n"
        '  - keys: ["Grad{all}"]\n'
        "    policy: kernel\n    kernel: work\n"
        "    variants: {small: fallthrough}\n",
        "utf-8",
    )
    assert lint([file]) == ()
    assert [finding.code for finding in lint([file], "small")] == ["DG307"]


def test_an_unknown_variant_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "tiny.yaml"
    file.write_text(HEAD, "utf-8")
    with pytest.raises(codegen.DeclarationError) as caught:
        lint([file], "small")
    assert [error.code for error in caught.value.diagnostics] == ["DG215"]
