"""Dispatchers of another make: other names, other sizes, no word of the reference.

What is expected is computed here from the YAML, by the rules of the documentation.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import black
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codegen.model import Model
from tests.support import (
    DISPATCHERS,
    generate_package,
    import_package,
    load_text,
    write_package,
)

NAMES = ("image", "solver", "tiny", "wide")


def wide_text() -> str:
    """40 backends and 100 functionality keys, every 20th of them per backend."""
    lines = ["dispatcher: {name: wide, undefined: Void, default_namespace: w}"]
    lines += [
        "backends:",
        *(f"  - Engine{n}: {{even: {n % 2 == 0}}}" for n in range(40)),
    ]
    lines.append("functionality:")
    for n in range(100):
        lines.append(f"  - Stage{n}" + (": {per_backend: true}" if n % 20 == 3 else ""))
    lines += [
        "groups: {even_engines: {tagged: even}}",
        "keysets:",
        "  low_engines: Stage3 * backends(even_engines)",
        "  all_engines: (Stage3 | Stage23 | Stage43 | Stage63 | Stage83) * backends(all)",
        "  under_top: full_after(Stage99)",
        "aliases:",
        "  - Any: {keys: all_engines | Stage50, reason: any stage}",
        "  - Even: {keys: low_engines, undefined: true, reason: even engine}",
        "fallbacks:",
        "  - {keys: [Stage99], policy: redispatch, redispatch_to: under_top}",
        '  - {keys: ["Stage83{even_engines}"], policy: fallthrough}',
        "operators:",
        "  - func: step(Tensor t) -> Tensor",
        "    dispatch: {Any: step, Even: step_even, Stage83Engine39: step_last}",
    ]
    return "\n".join(lines) + "\n"


def text_of(name: str) -> str:
    if name == "wide":
        return wide_text()
    return (DISPATCHERS / f"{name}.yaml").read_text("utf-8")


class Expected:
    """Numbers of a dispatcher, counted from its YAML."""

    def __init__(self, text: str) -> None:
        data = yaml.safe_load(text)
        self.undefined: str = data["dispatcher"].get("undefined", "Undefined")
        self.backends = [next(iter(_entry(b))) for b in data.get("backends", [])]
        entries = [_entry(entry) for entry in data["functionality"]]
        self.functionality = [next(iter(entry)) for entry in entries]
        self.aliases = [next(iter(_entry(a))) for a in data.get("aliases", [])]
        self.runtime: dict[str, list[str]] = {}
        for entry in entries:
            ((name, fields),) = entry.items()
            if fields.get("per_backend"):
                prefix = fields.get("prefix", name)
                self.runtime[name] = [f"{prefix}{b}" for b in self.backends]

        self.values = {self.undefined: 0}
        self.masks = {self.undefined: 0}
        self.slots = [self.undefined]
        count = len(self.backends)
        for index, name in enumerate(self.functionality):
            self.values[name] = index + 1
            self.masks[name] = 1 << (count + index)
            self.slots += self.runtime.get(name, [name])
        self.values["EndOfFunctionalityKeys"] = len(self.functionality) + 1
        for name, keys in self.runtime.items():
            self.values[f"StartOf{name}Backends"] = len(self.values)
            for index, key in enumerate(keys):
                self.values[key] = len(self.values)
                self.masks[key] = self.masks[name] | 1 << index
        for name in self.aliases:
            self.values[name] = len(self.values)
            self.masks[name] = 0


def _entry(entry: str | dict[str, Any]) -> dict[str, Any]:
    return {entry: {}} if isinstance(entry, str) else entry


@dataclass(frozen=True)
class Case:
    """A generated dispatcher and what is expected of it."""

    name: str
    expected: Expected
    model: Model
    package: Path
    module: ModuleType

    def set(self, *names: str) -> Any:
        return self.module.DispatchKeySet(self.module.DispatchKey[n] for n in names)

    def tensor(self, *names: str) -> Any:
        """Any object with the keyset attribute is a tensor."""
        made = type("Tensor", (), {})()
        setattr(made, self.module.KEYSET_ATTRIBUTE, self.set(*names).raw_repr())
        return made


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Case]:
    folder = tmp_path_factory.mktemp("dispatchers")
    found = {}
    for name in NAMES:
        text = text_of(name)
        model = load_text(text, folder)
        package = write_package(model, folder / name)
        module = import_package(package)
        found[name] = Case(name, Expected(text), model, package, module)
    return found


@pytest.fixture(params=NAMES)
def case(request: pytest.FixtureRequest, cases: dict[str, Case]) -> Case:
    return cases[request.param]


def test_widths(cases: dict[str, Case]) -> None:
    bits = {
        n: case.module.DispatchKeySet.full().raw_repr() for n, case in cases.items()
    }
    assert {n: raw.bit_length() for n, raw in bits.items()} == {
        "image": 7,
        "solver": 9,
        "tiny": 3,
        "wide": 140,
    }


def test_typed(cases: dict[str, Case], tmp_path: Path) -> None:
    """One run of mypy over all: starting it takes longer than the packages do."""
    packages = [str(case.package) for case in cases.values()]
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file="]
    run = subprocess.run(
        [*command, f"--cache-dir={tmp_path}", *packages],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_as_black_formats(case: Case) -> None:
    mode = black.Mode(line_length=88, target_versions={black.mode.TargetVersion.PY311})
    for path in sorted(case.package.rglob("*.py")):
        if path.parent.name != "_runtime":
            text = path.read_text("utf-8")
            assert black.format_str(text, mode=mode) == text, path.name


def test_other_name_and_folder(case: Case, tmp_path: Path) -> None:
    (tmp_path / "deep" / "down").mkdir(parents=True)
    text = text_of(case.name)
    package = generate_package(text, tmp_path / "deep" / "down", "another_name")
    for path in case.package.rglob("*.*"):
        if "__pycache__" not in path.parts and path.is_file():
            other = package / path.relative_to(case.package)
            assert other.read_bytes() == path.read_bytes()
    module = import_package(package)
    assert [k.name for k in module.DispatchKey] == [
        k.name for k in case.module.DispatchKey
    ]
    assert module.compute_dispatch_table({}) == case.module.compute_dispatch_table({})


# Keys and sets


def test_values(case: Case) -> None:
    found = {key.name: int(key) for key in case.module.DispatchKey}
    assert found == case.expected.values
    bits = [f"{backend}Bit" for backend in case.expected.backends]
    components = {c.name: int(c) for c in case.module.BackendComponent}
    assert components == {n: i for i, n in enumerate(["InvalidBit", *bits])}


def test_masks(case: Case) -> None:
    for name, mask in case.expected.masks.items():
        assert case.set(name).raw_repr() == mask, name


def test_slots(case: Case) -> None:
    """Every runtime key, and every set of one, leads to its place in slot order."""
    index = case.module.get_dispatch_table_index_for_dispatch_key
    assert [key.name for key in case.model.runtime_keys] == case.expected.slots
    for slot, name in enumerate(case.expected.slots):
        key = case.module.DispatchKey[name]
        keyset = case.module.DispatchKeySet(key)
        assert index(key) == slot
        assert keyset.get_dispatch_table_index_for_dispatch_key_set() == slot
        assert keyset.highest_priority_type_id() is key
        assert list(keyset) == ([key] if slot else [])
        assert keyset.empty() is (slot == 0)


def test_parts_of_keys(case: Case) -> None:
    module, expected = case.module, case.expected
    for name in expected.slots:
        key = module.DispatchKey[name]
        functionality = next(
            (f for f, r in expected.runtime.items() if name in r), name
        )
        assert module.to_functionality_key(key).name == functionality
        backend = module.to_backend_component(key)
        if functionality == name:
            assert backend == 0
        else:
            assert backend == expected.runtime[functionality].index(name) + 1
            again = module.to_runtime_per_backend_functionality_key
            assert again(module.DispatchKey[functionality], backend) is key
        assert not module.is_alias_dispatch_key(key)
    for name in expected.aliases:
        assert module.is_alias_dispatch_key(module.DispatchKey[name])
    for name in expected.functionality:
        per_backend = module.is_per_backend_functionality_key(module.DispatchKey[name])
        assert per_backend is (name in expected.runtime)


def test_iteration(case: Case) -> None:
    """The full set is all runtime keys, and the highest is taken off one by one."""
    module, expected = case.module, case.expected
    full = module.DispatchKeySet.full()
    assert [key.name for key in full] == expected.slots[1:]
    assert module.DispatchKeySet(full) == full
    taken = []
    rest = full
    while rest.highest_functionality_key():
        taken.append(rest.highest_priority_type_id().name)
        rest = rest.remove(rest.highest_priority_type_id())
    highest = [expected.runtime.get(f, [f])[-1] for f in expected.functionality]
    assert taken == highest[::-1]
    assert rest == module.DispatchKeySet(b for b in module.BackendComponent if b != 0)
    assert ~full == module.DispatchKeySet()


def test_full_after(case: Case) -> None:
    data = {
        n: f
        for e in yaml.safe_load(text_of(case.name))["functionality"]
        for n, f in _entry(e).items()
    }
    always = {
        name for name, fields in data.items() if fields.get("in_every_full_after")
    }
    order = case.expected.functionality
    for index, name in enumerate(order):
        after = case.module.DispatchKeySet.full_after(case.module.DispatchKey[name])
        found = {case.module.to_functionality_key(key).name for key in after}
        assert found == {*order[:index], *always}
        assert all(map(after.has_backend, list(case.module.BackendComponent)))


def test_pickles(case: Case) -> None:
    full = case.module.DispatchKeySet.full()
    assert pickle.loads(pickle.dumps(full)) == full


def test_names(case: Case) -> None:
    module = case.module
    placeholders = {
        name for name in case.expected.values if name.startswith(("StartOf", "EndOf"))
    }
    for name in case.expected.values:
        key = module.DispatchKey[name]
        if name not in placeholders:
            assert module.parse_dispatch_key(name) is key
            assert module.to_string(key) == name
            continue
        with pytest.raises(ValueError, match=name):
            module.parse_dispatch_key(name)
    with pytest.raises(ValueError, match="there is no dispatch key 'Nonsense'"):
        module.parse_dispatch_key("Nonsense")
    wrong = case.expected.functionality[0] + "x"
    with pytest.raises(ValueError, match=f"did you mean '{wrong[:-1]}'"):
        module.parse_dispatch_key(wrong)


def test_keysets_and_aliases_equal_the_model(case: Case) -> None:
    module = case.module
    for keyset in case.model.keysets.values():
        assert getattr(module, keyset.name).raw_repr() == keyset.raw
    for alias in case.model.aliases.values():
        key = module.DispatchKey[alias.name]
        keys = module.get_runtime_dispatch_key_set(key)
        assert keys.raw_repr() == alias.raw
        for name in case.expected.slots[1:]:
            member = module.DispatchKey[name]
            assert module.is_included_in_alias(member, key) is keys.has(member)


def test_tables_equal_the_model(case: Case) -> None:
    assert list(case.module.TABLES) == list(case.model.operators)
    for name, operator in case.model.operators.items():
        table = case.model.operator_table(name)
        assert case.module.dispatch_table(name) == table
        assert case.module.compute_dispatch_table(operator.kernels) == table
        registered = {
            kernel.key: kernel.kernel
            for kernel in case.module.REGISTRATIONS.kernels
            if kernel.operator == name
        }
        assert registered == operator.kernels


# What each of them says of itself


def shown(table: Mapping[str, Any]) -> list[str]:
    return [f"{slot}: {e.kernel} [{e.reason}]" for slot, e in table.items()]


def test_image_tables(cases: dict[str, Case]) -> None:
    image = cases["image"].module
    rest = [
        "Cache: fallthrough [backend fallback]",
        "Preview: not_implemented [backend fallback]",
    ]
    assert shown(image.dispatch_table("img::blur")) == [
        "Nothing: filters::blur [stock filter]",
        "OnHost: filters.box:blur [kernel]",
        "OnGpu: filters::blur [stock filter]",
        "Tiles: filters::blur [stock filter]",
        *rest,
        "Trace: tracer [kernel]",
    ]
    assert shown(image.dispatch_table("img::crop.box")) == [
        "OnHost: crop_box [kernel]",
        "OnGpu: crop_box [kernel]",
        "Tiles: crop_tiles [kernel]",
        *rest,
        "Trace: redispatch [backend fallback]",
    ]


def test_image_functions(cases: dict[str, Case]) -> None:
    case = cases["image"]
    image = case.module
    gpu = image.BackendComponent.GpuBit
    assert image.cached_on(gpu) == case.set("Cache", "OnGpu")
    assert image.cachedOn is image.cached_on
    assert image.cached_on(image.BackendComponent.InvalidBit).empty()
    both = case.set("OnGpu", "Cache", "Tiles", "OnHost")
    assert image.top_device(both) is image.DispatchKey.OnGpu
    assert image.top_device(case.set("Cache")) is image.DispatchKey.Nothing
    assert image.not_observed == ~case.set("Cache", "Trace")
    assert image.under_cache.has(image.DispatchKey.Trace)
    assert image.on_gpu == case.set("OnGpu")
    assert image.GUARDS["WithoutCache"].exclude == case.set("Cache")
    assert image.MODES["tracing"].include == case.set("Trace")
    assert case.set("Preview") == image.DEFAULT_EXCLUDED
    messages = [f.message for f in image.REGISTRATIONS.fallbacks if f.message]
    assert messages == ['{operator}: no preview; say "please"\n']


def test_solver_tables(cases: dict[str, Case]) -> None:
    solver = cases["solver"].module
    stock = "autograd_not_implemented [backend fallback]"
    journal = "Journal: fallthrough [backend fallback]"
    assert shown(solver.dispatch_table("solve::root")) == [
        "Idle: root [portable code]",
        "RunExact: root [portable code]",
        "RunFast: root [portable code]",
        "RunRemote: root [portable code]",
        "BatchExact: root [portable code]",
        "BatchFast: root_batch [kernel]",
        "BatchRemote: root [portable code]",
        "Symbolic: root [portable code]",
        "SlopeShared: undecided [which one?]",
        "SlopeExact: root [portable code]",
        "SlopeFast: root [portable code]",
        "SlopeRemote: root [portable code]",
        journal,
    ]
    # Slopes that a kernel below them makes Portable step back from go to Slopes.
    guess = shown(solver.dispatch_table("solve::root.guess"))
    assert "RunFast: root_fast [kernel]" in guess
    assert "SlopeFast: root_slopes [slope]" in guess
    assert "SlopeExact: root_guess [portable code]" in guess
    assert "SlopeShared: root_guess [portable code]" in guess
    # Anywhere has a kernel, so Portable fills no slot at all.
    assert shown(solver.dispatch_table("other::norm")) == [
        "Idle: norm_anywhere [runs anywhere]",
        *(
            f"{key}: norm_anywhere [runs anywhere]"
            for key in cases["solver"].expected.slots[1:8]
        ),
        f"SlopeShared: {stock}",
        f"SlopeExact: {stock}",
        f"SlopeFast: {stock}",
        journal,
    ]


def test_solver_functions(cases: dict[str, Case]) -> None:
    case = cases["solver"]
    solver = case.module
    key, backend = solver.DispatchKey, solver.BackendComponent
    assert solver.below_slope(key.SlopeFast) == case.set("RunFast")
    assert solver.below_slope(key.SlopeRemote).empty()
    assert solver.below_slope(key.SlopeShared) == solver.shared_keys
    assert solver.belowSlope is solver.below_slope
    assert solver.slope_of(backend.ExactBit) is key.SlopeExact
    assert solver.slope_of(backend.RemoteBit) is key.SlopeShared
    assert solver.is_work(key.RunRemote)
    assert not solver.is_work(key.Symbolic)
    assert not solver.is_work(key.Portable)
    assert not solver.is_work(key.Idle)
    assert solver.work_top(case.set("Journal", "RunFast")) is key.RunFast
    assert solver.workTop is solver.work_top
    assert key["Cloud"] is key.RunRemote
    with pytest.raises(ValueError, match="'Cloud' is another name of 'RunRemote'"):
        solver.parse_dispatch_key("Cloud")
    assert set(solver.MODES) == {"slopes_on_exact", "slopes_on_fast"}
    assert solver.MODES["slopes_on_fast"].stop_excluding == case.set("SlopeFast")


def test_tiny(cases: dict[str, Case]) -> None:
    tiny = cases["tiny"].module
    assert shown(tiny.compute_dispatch_table({"Low": "a", "High": "b"})) == [
        "Low: a [kernel]",
        "High: b [kernel]",
    ]
    assert not tiny.GUARDS
    assert not tiny.MODES
    assert not tiny.TABLES
    assert not tiny.REGISTRATIONS.fallbacks
    assert str(cases["tiny"].set("Low", "High")) == "DispatchKeySet(Low, High)"


def test_wide_table(cases: dict[str, Case]) -> None:
    wide = cases["wide"].module
    expected = {"Void": "step_even [even engine]"}
    for engine in range(40):
        even = engine % 2 == 0
        chosen = "step_even [even engine]" if even else "step [any stage]"
        expected[f"Stage3Engine{engine}"] = chosen
    for stage in (23, 43, 63, 83):
        if stage == 63:
            expected["Stage50"] = "step [any stage]"
        for engine in range(40):
            expected[f"Stage{stage}Engine{engine}"] = "step [any stage]"
    expected["Stage83Engine39"] = "step_last [kernel]"
    expected["Stage99"] = "redispatch [backend fallback]"
    found = shown(wide.dispatch_table("w::step"))
    assert found == [f"{slot}: {entry}" for slot, entry in expected.items()]
    assert wide.compute_dispatch_table({}).keys() == {
        "Stage99",
        *(f"Stage83Engine{n}" for n in range(0, 40, 2)),
    }


# Their operators are called


def test_image_calls(cases: dict[str, Case], monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel that the declarations name, below a cache, and one of a library."""
    case = cases["image"]
    box: Any = ModuleType("filters.box")
    box.blur = lambda source, radius: ("blurred", source, radius)
    monkeypatch.setitem(sys.modules, "filters", ModuleType("filters"))
    monkeypatch.setitem(sys.modules, "filters.box", box)
    ops = case.module.ops.img
    source = case.tensor("OnHost", "Cache")
    assert ops.blur(source, 2) == ("blurred", source, 2.0)
    with case.module.Library("img", "IMPL") as library:
        library.impl("crop.box", lambda source, box: box, "Tiles")
        traced = case.tensor("Tiles", "Trace")
        assert ops.crop(traced, [1, 2, 3, 4]) == [1, 2, 3, 4]
        assert ops.crop.box(traced, 5) == [5, 5, 5, 5]
    case.module.check_invariants()


def test_solver_calls(cases: dict[str, Case]) -> None:
    """The second overload is reached by its argument; the journal is always on."""
    case = cases["solver"]
    exact = case.tensor("RunExact", "SlopeExact")
    ops = case.module.ops
    with (
        case.module.Library("solve", "IMPL", "RunExact") as library,
        case.module.Library("other", "IMPL") as other,
    ):
        library.impl("root", lambda f: "root")
        library.impl("root.guess", lambda f, guess: guess)
        other.impl("norm", lambda f: 1.5, "BatchFast")
        assert ops.solve.root(exact) == "root"
        assert ops.solve.root(exact, 3) == 3
        assert ops.solve.root.guess(exact, guess=0.5) == 0.5
        assert ops.other.norm(case.tensor("BatchFast", "Journal")) == 1.5
    case.module.check_invariants()


def test_tiny_calls(cases: dict[str, Case]) -> None:
    """Nothing is declared, so a library brings the operator too."""
    case = cases["tiny"]
    with case.module.Library("my", "DEF") as library:
        library.define("pick(Tensor a, Tensor? b=None) -> str")
        for key in ("Low", "High"):
            library.impl("pick", lambda a, b, key=key: key, key)
        pick = case.module.ops.my.pick
        assert pick(case.tensor("Low")) == "Low"
        assert pick(case.tensor("Low"), case.tensor("High")) == "High"
    case.module.check_invariants()


def test_wide_calls(cases: dict[str, Case]) -> None:
    """By keys at both ends of 140 bits, below a fallback that only redispatches."""
    case = cases["wide"]
    step = case.module.ops.w.step
    with case.module.Library("w", "IMPL") as library:
        for key in ("Stage3Engine0", "Stage3Engine39", "Stage98"):
            library.impl("step", lambda t, key=key: key, key)
        assert step(case.tensor("Stage3Engine0")) == "Stage3Engine0"
        assert step(case.tensor("Stage3Engine39", "Stage99")) == "Stage3Engine39"
        assert step(case.tensor("Stage3Engine0", "Stage98", "Stage99")) == "Stage98"
    case.module.check_invariants()


# A naive interpreter of the documented precedence


@dataclass(frozen=True)
class NaiveAlias:
    """An alias key; `members` and the rest are plain sets of names."""

    name: str
    members: frozenset[str]
    undefined: bool
    yields_to: frozenset[str]
    below: Mapping[str, frozenset[str]]
    ambiguous: tuple[str, frozenset[str]] | None


def naive_entry(
    slot: str,
    undefined: str,
    kernels: Mapping[str, str],
    aliases: Sequence[NaiveAlias],
    fallbacks: Mapping[str, str],
) -> tuple[str, str] | None:
    """A slot's kernel and reason: most direct first, as declarations document it."""
    if slot in kernels:
        return kernels[slot], "kernel"
    for alias in reversed(aliases):  # Declared from lowest to highest precedence.
        fills = alias.undefined if slot == undefined else slot in alias.members
        if not fills or alias.name not in kernels:
            continue
        if alias.ambiguous is not None:
            where, with_any_of = alias.ambiguous
            if slot == where and with_any_of & kernels.keys():
                return "ambiguous_kernel", "ambiguous"
        if alias.yields_to & kernels.keys():
            continue
        if alias.below.get(slot, frozenset()) & kernels.keys():
            continue
        return kernels[alias.name], f"from {alias.name}"
    if slot in fallbacks:
        return fallbacks[slot], "backend fallback"
    return None


@dataclass(frozen=True)
class Small:
    """Small declarations, and the same as the naive interpreter reads them."""

    text: str
    slots: Sequence[str]
    aliases: Sequence[NaiveAlias]
    fallbacks: Mapping[str, str]
    registrable: Sequence[str]

    def table(self, kernels: Mapping[str, str]) -> dict[str, tuple[str, str]]:
        found = {
            slot: naive_entry(
                slot, self.slots[0], kernels, self.aliases, self.fallbacks
            )
            for slot in self.slots
        }
        return {slot: entry for slot, entry in found.items() if entry is not None}


@st.composite
def small_dispatchers(draw: st.DrawFn) -> Small:
    backends = [f"B{n}" for n in range(draw(st.integers(0, 3)))]
    per_backend = draw(st.lists(st.booleans(), min_size=1, max_size=4))
    lines = ["dispatcher: {name: small, undefined: Nil}"]
    if backends:
        lines.append(f"backends: [{', '.join(backends)}]")
    lines.append("functionality:")
    keys = []
    for index, per in enumerate(per_backend):
        lines.append(
            f"  - F{index}" + (": {per_backend: true}" if per and backends else "")
        )
        keys += (
            [f"F{index}{b}" for b in backends] if per and backends else [f"F{index}"]
        )

    # One functionality on some backends each, so that no set has keys it does not name.
    members: list[tuple[str, frozenset[str]]] = []
    for index, per in enumerate(per_backend):
        if per and backends:
            some = draw(st.sets(st.sampled_from(backends), min_size=1))
            names = sorted(f"F{index}{b}" for b in some)
        else:
            names = [f"F{index}"]
        members.append((" | ".join(names), frozenset(names)))
    whole = " | ".join(keys)
    sets = st.sampled_from([*members, (whole, frozenset(keys)), ("empty", frozenset())])
    functions, alias_lines, aliases = [], [], []
    names = [f"A{n}" for n in range(draw(st.integers(0, 4)))]
    for name in names:
        expression, keyset = draw(sets)
        undefined = draw(st.booleans())
        alias_lines.append(f"  - {name}:")
        alias_lines.append(f"      keys: {expression}")
        alias_lines.append(f"      undefined: {str(undefined).lower()}")
        alias_lines.append(f"      reason: from {name}")
        yields = draw(st.sets(st.sampled_from(names))) - {name}
        below: dict[str, frozenset[str]] = {}
        fields = [f"aliases: [{', '.join(sorted(yields))}]"] if yields else []
        if draw(st.booleans()):
            slot = draw(st.sampled_from(keys))
            under, under_set = draw(sets)
            below = {slot: under_set}
            functions.append(
                f"  below{name}: {{of: key, cases: [{{key: {slot}, keys: {under}}}], "
                "default: empty}"
            )
            fields.append(f"backends_of: below{name}")
        if fields:
            alias_lines.append(f"      yields_to: {{{', '.join(fields)}}}")
        ambiguous = None
        if keyset and draw(st.booleans()):
            where = draw(st.sampled_from(sorted(keyset)))
            others, other_set = draw(sets)
            ambiguous = (where, other_set)
            alias_lines.append(
                f"      ambiguous: {{key: {where}, with_any_of: {others}, "
                "kernel: ambiguous_kernel, reason: ambiguous}"
            )
        aliases.append(
            NaiveAlias(name, keyset, undefined, frozenset(yields), below, ambiguous)
        )
    if names:
        lines += ["aliases:", *alias_lines]
    if functions:
        lines += ["functions:", *functions]
    chosen = draw(st.sets(st.sampled_from(keys)))
    if chosen:
        lines.append("fallbacks:")
    for key in sorted(chosen):
        lines.append(f"  - {{keys: [{key}], policy: kernel, kernel: fallback_{key}}}")
    return Small(
        text="\n".join(lines) + "\n",
        slots=["Nil", *keys],
        aliases=aliases,
        fallbacks={key: f"fallback_{key}" for key in chosen},
        registrable=[*keys, *names],
    )


@st.composite
def small_cases(draw: st.DrawFn) -> tuple[Small, list[dict[str, str]]]:
    small = draw(small_dispatchers())
    subsets = st.sets(st.sampled_from(small.registrable))
    tables = draw(st.lists(subsets, min_size=1, max_size=6))
    return small, [{key: f"kernel_{key}" for key in sorted(keys)} for keys in tables]


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(small_cases())
def test_precedence_of_the_model(
    tmp_path: Path, case: tuple[Small, list[dict[str, str]]]
) -> None:
    small, registrations = case
    model = load_text(small.text, tmp_path)
    for kernels in registrations:
        assert model.dispatch_table(kernels) == small.table(kernels)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("small")
    return (root / str(n) for n in iter(range(10**6)))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(small_cases())
def test_precedence_of_generated_code(
    folders: Iterator[Path], case: tuple[Small, list[dict[str, str]]]
) -> None:
    small, registrations = case
    folder = next(folders)
    folder.mkdir()
    model = load_text(small.text, folder)
    module = import_package(write_package(model, folder / "small"))
    for kernels in registrations:
        backwards = dict(reversed(kernels.items()))
        expected = small.table(kernels)
        assert module.compute_dispatch_table(kernels) == expected
        assert module.compute_dispatch_table(backwards) == expected
