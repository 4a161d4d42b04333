"""How many lines of which files a one-line change of the declarations changes.

The table below is the promise: what it does not name does not change, and outside
`dispatch_key.py`, which holds the numbers, and `declared_at.json`, which holds line
numbers, every run of changed lines names the new thing. `+3 -1` means three lines added
and one removed; a smallest diff is meant.
"""

from __future__ import annotations

import difflib
import json
import re
import shutil
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

import pytest

from codegen.emit import manifest_name, plan
from codegen.pipeline import generate, load_model

DECLARATIONS = Path(__file__).parents[2] / "declarations"

NUMBERS = "dispatch_key.py"
# A line for each declaration file: whatever moves its other lines changes this one.
PLACES = "declared_at.json"
MOVED = {PLACES: "+1 -1"}

# The numbers in files that hold numbers.
POSITIONS = {
    NUMBERS: re.compile(r"(?<== )\d+$", re.MULTILINE),
    PLACES: re.compile(r"(?<=: )\d+"),
}


class Change(NamedTuple):
    """An edit of one line, and what follows from it.

    Attributes:
        file: of the declarations.
        old: a piece of it that is there once.
        new: what it becomes.
        names: the new thing, as a regular expression.
        files: `path or pattern: change`; a pattern's number of files comes first, as in
            `57 x +1` or `57 x +1..3`. `new` and `gone` are whole files.
    """

    file: str
    old: str
    new: str
    names: str
    files: dict[str, str]


BACKEND = "  - MAIA: {autocast: 3}\n"

CHANGES = {
    "a backend": Change(
        "backends.yaml",
        BACKEND,
        BACKEND + "  - ACME\n",
        "acme",
        {
            "__init__.py": "+1",
            "dispatch_key.py": "+106 -99",
            "dispatch_tables.txt": "+16",
            "functions.py": "+12",
            "keysets.py": "+18",
            "table_rules.py": "+1",
            "registrations/__init__.py": "+2",
            "registrations/acme.py": "new +19",
        },
    ),
    "a backend with autocast": Change(
        "backends.yaml",
        BACKEND,
        BACKEND + "  - ACME: {autocast: true}\n",
        "acme",
        {
            "__init__.py": "+1",
            "dispatch_key.py": "+134 -126",
            # Two patterns of operators with kernels for all Autocast keys are named by them.
            "dispatch_tables.txt": "+19 -2",
            "functions.py": "+15",
            "guards.py": "+9",
            "keysets.py": "+23",
            "table_rules.py": "+1",
            "registrations/__init__.py": "+4",
            "registrations/acme.py": "new +19",
            "registrations/autocast_acme.py": "new +23",
            "operators/*/*.py": "4 x +1..1",
        },
    ),
    "a backend removed": Change(
        "backends.yaml",
        BACKEND,
        "",
        "maia",
        {
            "__init__.py": "-1",
            "dispatch_key.py": "+127 -135",
            "dispatch_tables.txt": "+2 -19",
            "functions.py": "-15",
            "guards.py": "-9",
            "keysets.py": "-23",
            "table_rules.py": "-1",
            "registrations/__init__.py": "-4",
            "registrations/autocast_maia.py": "gone -23",
            "registrations/maia.py": "gone -19",
            "operators/*/*.py": "4 x -1..1",
        },
    ),
    "a functionality key": Change(
        "functionality.yaml",
        "  - Tracer\n",
        "  - Tracer\n  - Acme\n",
        "Acme",
        {
            "dispatch_key.py": "+133 -132",
            # Python's, PreDispatch's and PythonTLSSnapshot's sets of what is above
            # or below them, and what legacyExtractDispatchKey does not take away.
            "keysets.py": "+3",
            "functions.py": "+1",
        },
    ),
    "the highest functionality key": Change(
        "functionality.yaml",
        "  - PythonDispatcher:",
        "  - Acme\n  - PythonDispatcher:",
        "Acme",
        {"dispatch_key.py": "+111 -110", "keysets.py": "+1", "functions.py": "+1"},
    ),
    "a keyset constant": Change(
        "keysets.yaml",
        "  sparse_ks: Sparse\n",
        "  sparse_ks: Sparse\n  acme_ks: Sparse | Dense\n",
        "acme_ks",
        # A blank line, the expression, head, two members, tail; and its import.
        {"keysets.py": "+6", "__init__.py": "+1"},
    ),
    "a fallback": Change(
        "fallbacks.yaml",
        "keys: [ADInplaceOrView, BackendSelect,",
        "keys: [ADInplaceOrView, BackendSelect, DeferredInit,",
        "deferred_?init",
        {
            "registrations/__init__.py": "+2",
            "registrations/deferred_init.py": "new +18",
            "dispatch_tables.txt": "+1",
        },
    ),
    "a legacy name": Change(
        "aliases.yaml",
        "  CatchAll: Undefined\n",
        "  CatchAll: Undefined\n  AcmeName: Dense\n",
        "AcmeName",
        {"dispatch_key.py": "+1"},
    ),
    "a legacy name on a backend's line": Change(
        "backends.yaml",
        BACKEND,
        "  - MAIA: {autocast: 3, legacy_names: {AcmeName: MAIA}}\n",
        "AcmeName",
        {"dispatch_key.py": "+1"},
    ),
    "an operator": Change(
        "operators/pointwise.yaml",
        "- func: add.Tensor(",
        "- func: acme(Tensor self) -> Tensor\n\n- func: add.Tensor(",
        "acme",
        {
            **MOVED,
            "registrations/composite_implicit_autograd.py": "+1",
            "operators/aten/__init__.py": "+1",
            "operators/aten/acme.py": "new +17",
            "_ops/aten/__init__.pyi": "+1",
            "_ops/aten/acme.pyi": "new +10",
        },
    ),
    "an operator in a new namespace": Change(
        "operators/pointwise.yaml",
        "- func: add.Tensor(",
        "- func: acme::frob(Tensor self) -> Tensor\n\n- func: add.Tensor(",
        "acme",
        {
            **MOVED,
            "registrations/composite_implicit_autograd.py": "+1",
            "operators/__init__.py": "+1",
            "operators/acme/__init__.py": "new +8",
            "operators/acme/frob.py": "new +17",
            "_ops/__init__.pyi": "+1",
            "_ops/acme/__init__.pyi": "new +6",
            "_ops/acme/frob.pyi": "new +10",
        },
    ),
    "a kernel": Change(
        "operators/pointwise.yaml",
        "    ZeroTensor: add_zerotensor\n",
        "    ZeroTensor: add_zerotensor\n    CUDA: acme::add\n",
        "acme::add",
        # The kernel, which the key shared with add.out before.
        {**MOVED, "registrations/cuda.py": "+1 -1", "operators/aten/add.py": "+1 -1"},
    ),
    "a kernel for which an alias key steps back": Change(
        "operators/composite.yaml",
        "    CompositeImplicitAutograd: flatten\n",
        "    CompositeImplicitAutograd: flatten\n    MAIA: acme::flatten\n",
        "acme::flatten|MAIA",
        {
            # A blank line, the operator's keys, the slot of AutogradMAIA, the operator.
            "dispatch_tables.txt": "+4",
            "registrations/maia.py": "+3 -1",
            "operators/aten/flatten.py": "+1",
        },
    ),
    "a schema": Change(
        "operators/composite.yaml",
        "- func: flatten.using_ints(Tensor(a) self, int start_dim=0, int end_dim=-1)",
        "- func: flatten.using_ints(Tensor(a) self, int start_dim=0, int acme_to=-1)",
        "acme",
        {"operators/aten/flatten.py": "+1 -1", "_ops/aten/flatten.pyi": "+2 -2"},
    ),
    "a kernel that is imported": Change(
        "operators/pointwise.yaml",
        "    ZeroTensor: add_zerotensor\n",
        "    ZeroTensor: add_zerotensor\n    MAIA: acme.kernels:add\n",
        r"acme\.kernels:add|aten::add\.Tensor MAIA",
        {
            **MOVED,
            "registrations/maia.py": "+3 -1",
            "operators/aten/add.py": "+1",
        },
    ),
    "a tag": Change(
        "operators/pointwise.yaml",
        "  structured_delegate: add.out\n  tags: [core, pointwise]\n",
        "  structured_delegate: add.out\n  tags: [core, acme, pointwise]\n",
        "acme",
        {"operators/aten/add.py": "+1"},
    ),
    "a fake module": Change(
        "operators/pointwise.yaml",
        "  structured_delegate: add.out\n  tags: [core, pointwise]\n",
        "  fake_module: acme.fakes\n"
        "  structured_delegate: add.out\n  tags: [core, pointwise]\n",
        "acme",
        {**MOVED, "operators/aten/add.py": "+1"},
    ),
    "a comment among operators": Change(
        "operators/pointwise.yaml",
        "- func: add.Tensor(",
        "# Sums.\n- func: add.Tensor(",
        "",
        MOVED,
    ),
    "a foreign type": Change(
        "dispatcher.yaml",
        "# Build variants",
        "types: {acme:Array: CPU}\n\n# Build variants",
        "acme|import DispatchKey|Protocol",
        # The dict was empty: its one line becomes head, three lines of the entry, tail.
        # Its objects have no keyset of their own for type checkers to look at.
        {"dispatcher.py": "+6 -1", "operator_types.py": "+2 -10"},
    ),
    "the attribute of keysets": Change(
        "dispatcher.yaml",
        "  undefined: Undefined\n",
        "  undefined: Undefined\n  keyset_attribute: acme_keys\n",
        "acme",
        {"dispatcher.py": "+1 -1", "operator_types.py": "+1 -1"},
    ),
    "a backend's first kernel": Change(
        "operators/pointwise.yaml",
        "    ZeroTensor: add_zerotensor\n",
        "    ZeroTensor: add_zerotensor\n    MAIA: acme::add\n",
        "acme::add",
        {
            # The list was empty: its one line becomes head, entry, tail.
            **MOVED,
            "registrations/maia.py": "+3 -1",
            "operators/aten/add.py": "+1",
        },
    ),
    "a guard": Change(
        "guards.yaml",
        "  AutoDispatchSkipFunctionalize: {exclude: Functionalize}\n",
        "  AutoDispatchSkipFunctionalize: {exclude: Functionalize}\n"
        "  AcmeGuard: {exclude: Tracer}\n",
        "AcmeGuard",
        {"__init__.py": "+2", "dispatcher.py": "+7", "guards.py": "+8"},
    ),
    "a tag removed": Change(
        "backends.yaml",
        BACKEND,
        "  - MAIA\n",
        "maia",
        {
            "dispatch_key.py": "+129 -130",
            "dispatch_tables.txt": "+2 -3",
            "functions.py": "-3",
            "guards.py": "-9",
            "keysets.py": "-5",
            "registrations/__init__.py": "-2",
            "registrations/autocast_maia.py": "gone -23",
            "operators/*/*.py": "4 x -1..1",
        },
    ),
    "a tag turned off": Change(
        "backends.yaml",
        BACKEND,
        "  - MAIA: {autocast: 3, autograd_fallback: false}\n",
        "maia",
        {
            "dispatch_tables.txt": "-1",
            "registrations/__init__.py": "-1",
            "registrations/maia.py": "+1 -8",
        },
    ),
    "a comment": Change(
        "backends.yaml", BACKEND, "  # The MAIA backend.\n" + BACKEND, "", {}
    ),
    "a line's place": Change(
        "fallbacks.yaml",
        "  - {keys: [Conjugate], policy: kernel, kernel: conjugateFallback}\n"
        "  - {keys: [Negative], policy: kernel, kernel: negationFallback}\n",
        "  - {keys: [Negative], policy: kernel, kernel: negationFallback}\n"
        "  - {keys: [Conjugate], policy: kernel, kernel: conjugateFallback}\n",
        "",
        {},
    ),
}


Run = tuple[list[str], list[str]]


class Difference(NamedTuple):
    kind: str
    runs: list[Run]

    @property
    def added(self) -> int:
        return sum(len(added) for _, added in self.runs)

    @property
    def removed(self) -> int:
        return sum(len(removed) for removed, _ in self.runs)


def changed_runs(old: list[str], new: list[str]) -> Iterator[Run]:
    """The runs of lines that differ: those removed, and those in their place."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            yield old[i:j], new[k:m]


def differences(old: dict[str, str], new: dict[str, str]) -> dict[str, Difference]:
    found = {}
    for path in sorted({*old, *new}):
        if old.get(path) == new.get(path):
            continue
        texts = [files.get(path, "").splitlines() for files in (old, new)]
        found[path] = Difference(
            "new " if path not in old else "gone " if path not in new else "",
            list(changed_runs(*texts)),
        )
    return found


def counts(difference: Difference) -> str:
    sizes = (("+", difference.added), ("-", difference.removed))
    return difference.kind + " ".join(f"{sign}{size}" for sign, size in sizes if size)


def summary(found: dict[str, Difference], files: dict[str, str]) -> dict[str, str]:
    """What changed, in the words of the table: paths under patterns are gathered."""
    result = {}
    gathered: dict[str, list[Difference]] = {}
    for path, difference in found.items():
        pattern = next((p for p in files if "*" in p and fnmatchcase(path, p)), None)
        if path in files or pattern is None:
            result[path] = counts(difference)
        else:
            gathered.setdefault(pattern, []).append(difference)
    for pattern, group in gathered.items():
        sizes = (
            ("+", sorted(difference.added for difference in group)),
            ("-", sorted(difference.removed for difference in group)),
        )
        ranges = " ".join(f"{sign}{n[0]}..{n[-1]}" for sign, n in sizes if n[-1])
        result[pattern] = f"{len(group)} x {ranges}"
    return result


@pytest.fixture(scope="module")
def reference() -> dict[str, str]:
    return generate(load_model([DECLARATIONS]), "python")


@pytest.fixture(scope="module")
def generated(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, dict[str, str]]:
    """All files after each change."""
    found = {}
    for name, change in CHANGES.items():
        copy = tmp_path_factory.mktemp("change") / "declarations"
        shutil.copytree(DECLARATIONS, copy)
        file = copy / change.file
        text = file.read_text("utf-8")
        assert text.count(change.old) == 1, name
        file.write_text(text.replace(change.old, change.new), "utf-8")
        found[name] = generate(load_model([copy]), "python")
    return found


@pytest.mark.parametrize("name", CHANGES)
def test_lines_that_change(
    name: str, reference: dict[str, str], generated: dict[str, dict[str, str]]
) -> None:
    expected = CHANGES[name].files
    found = differences(reference, generated[name])
    assert summary(found, expected) == expected


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_names_what_is_new(
    name: str, reference: dict[str, str], generated: dict[str, dict[str, str]]
) -> None:
    """Of files that are new or gone, the path does."""
    pattern = re.compile(CHANGES[name].names, re.IGNORECASE)
    for path, difference in differences(reference, generated[name]).items():
        if path in POSITIONS:
            continue
        if difference.kind:
            assert pattern.search(path)
            continue
        for removed, added in difference.runs:
            assert pattern.search("\n".join(removed + added)), (path, removed, added)


@pytest.mark.parametrize("name", CHANGES)
def test_without_numbers_only_what_is_new_changes(
    name: str, reference: dict[str, str], generated: dict[str, dict[str, str]]
) -> None:
    """With numbers struck out, each changed line, or entry of one, names it."""
    pattern = re.compile(CHANGES[name].names, re.IGNORECASE)
    for path, number in POSITIONS.items():
        texts = [
            re.split(r"\n|, |(?<={)|(?=})", number.sub("N", files[path]))
            for files in (reference, generated[name])
        ]
        for removed, added in changed_runs(*texts):
            for line in removed + added:
                assert pattern.search(line)


@pytest.mark.parametrize("name", CHANGES)
def test_manifest_changes_only_for_those_files(
    name: str,
    reference: dict[str, str],
    generated: dict[str, dict[str, str]],
    tmp_path: Path,
) -> None:
    """One line of the manifest for each changed file."""
    manifest = manifest_name("python")
    texts = [
        plan(files, tmp_path, "python").files[manifest].make()
        for files in (reference, generated[name])
    ]
    old, new = (json.loads(text)["files"] for text in texts)
    found = {path for path in {*old, *new} if old.get(path) != new.get(path)}
    assert found == set(differences(reference, generated[name]))
    runs = changed_runs(*(text.splitlines() for text in texts))
    assert sum(max(map(len, run)) for run in runs) == len(found)


# What changes in the headers of the C++ project that hold keys, sets and rules.
CPP_FOLDER = "include/pytorch/dispatch/"
CPP_HEADERS = (
    "dispatch_key.h",
    "dispatch_key_set.h",
    "fallbacks.h",
    "functions.h",
    "guards.h",
    "keysets.h",
    "table_rules.h",
    "types.h",
)
CPP_FILES: dict[str, dict[str, str]] = {
    "a backend": {
        "dispatch_key.h": "+106 -99",
        "dispatch_key_set.h": "+1",
        "fallbacks.h": "+14",
        "functions.h": "+15",
        "keysets.h": "+18",
        "table_rules.h": "+1",
    },
    "a backend with autocast": {
        "dispatch_key.h": "+134 -126",
        "dispatch_key_set.h": "+2",
        "fallbacks.h": "+19",
        "functions.h": "+19",
        "guards.h": "+7",
        "keysets.h": "+23",
        "table_rules.h": "+1",
    },
    "a backend removed": {
        "dispatch_key.h": "+127 -135",
        "dispatch_key_set.h": "-2",
        "fallbacks.h": "-19",
        "functions.h": "-19",
        "guards.h": "-7",
        "keysets.h": "-23",
        "table_rules.h": "-1",
    },
    "a functionality key": {
        "dispatch_key.h": "+133 -132",
        "dispatch_key_set.h": "+1",
        "functions.h": "+1",
        "keysets.h": "+3",
    },
    "a keyset constant": {"keysets.h": "+6"},
}


@pytest.mark.parametrize("name", CPP_FILES)
def test_lines_of_the_cpp_project_that_change(name: str, tmp_path: Path) -> None:
    change = CHANGES[name]
    copy = tmp_path / "declarations"
    shutil.copytree(DECLARATIONS, copy)
    file = copy / change.file
    file.write_text(file.read_text("utf-8").replace(change.old, change.new), "utf-8")
    paths = ([DECLARATIONS], [copy])
    old, new = (generate(load_model(given), "cpp") for given in paths)
    pattern = re.compile(change.names, re.IGNORECASE)
    found = {}
    for path, difference in differences(old, new).items():
        if path.removeprefix(CPP_FOLDER) not in CPP_HEADERS:
            continue
        found[path.removeprefix(CPP_FOLDER)] = counts(difference)
        for removed, added in difference.runs:
            is_named = pattern.search("\n".join(removed + added))
            assert is_named or path.endswith("/dispatch_key.h"), (path, removed, added)
    assert found == CPP_FILES[name]
