"""Extensions in C++, loaded into an unmodified PyTorch: effects of all that is declared."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

import codegen
from codegen import Model
from tests.torch.building import (
    DECLARATIONS,
    HERE,
    Workshop,
    check,
    declare_constants,
    run,
    workshop_folder,
    write,
)

pytestmark = pytest.mark.torch

EFFECTS: Final = DECLARATIONS / "effects.yaml"
SOURCES: Final = (HERE / "effects.cpp",)
TWICE: Final = [2.0, -4.0]

# The keys that PyTorch has a fallback for and lets be replaced.
REPLACEABLE: Final = "AutogradPrivateUse1"

Program = Callable[..., Any]


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(workshop_folder(tmp_path_factory))


@pytest.fixture(scope="module")
def effects(workshop: Workshop) -> Path:
    """The extension that has every policy on a key of its own."""
    return workshop.build("effects", EFFECTS, SOURCES)


@pytest.fixture(scope="module")
def conflicts(workshop: Workshop) -> Path:
    return workshop.build("conflicts", DECLARATIONS / "conflicts.yaml")


@pytest.fixture(scope="module")
def stock(workshop: Workshop) -> Path:
    """The checked-in extension, of PyTorch's own declarations."""
    return workshop.build("stock", None)


@pytest.fixture(scope="module")
def call(effects: Path) -> Program:
    """Runs one of `programs/policies.py`."""

    def run_program(name: str, *arguments: Any) -> Any:
        return run(f"policies:{name}", *arguments, folders=[effects]).value

    return run_program


@pytest.fixture(scope="module")
def declared() -> Model:
    return codegen.load(EFFECTS)


def own_fallbacks(model: Model) -> dict[str, str]:
    """The keys whose fallbacks a file declares, and their policies."""
    assert model.torch is not None
    return {
        key: fallback.spec.policy
        for key, fallback in model.fallbacks.items()
        if model.torch.declares(fallback.span)
    }


# What each policy does


def test_all_is_registered(call: Program, declared: Model) -> None:
    report = call("report")
    assert [one for one in report if one[3:] != ["registered", ""]] == []
    told = {(what, name, key) for what, name, key, *_ in report}
    assert len(told) == len(report)
    assert {key for what, _, key in told if what == "fallback"} == set(
        own_fallbacks(declared)
    )
    kernels = {
        (name, key)
        for name, operator in declared.operators.items()
        for key in operator.kernels
        if name.startswith("effects::")
    }
    kernels.add(("aten::_copy_from_and_resize", "IPU"))
    assert {one[1:] for one in told if one[0] == "kernel"} == kernels
    operators = {name for name in declared.operators if name.startswith("effects::")}
    assert {name for what, name, _ in told if what == "operator"} == operators


def test_every_policy_is_covered(declared: Model) -> None:
    stock = {one.spec.policy for one in declared.fallbacks.values()}
    assert set(own_fallbacks(declared).values()) == stock | {"backend_fallback_to"}


def test_not_implemented(call: Program) -> None:
    ours, of_module = call("not_implemented", "HIP")
    name = "effects::no_kernel"
    assert ours == ["NotImplementedError", f'{name}: HIP has no "{name}"']
    theirs, of_their_module = call("not_implemented", "Meta")
    assert theirs[0] == ours[0]
    assert theirs[1].startswith(name)
    assert of_module == of_their_module
    assert "effects_fakes" in of_module[1]


def test_autograd(call: Program) -> None:
    ours = call("autograd", "PrivateUse3")
    assert ours["nothing"] == {
        "grad_fn": "",
        "requires_grad": False,
        "warnings": [],
        "numbers": TWICE,
    }
    assert ours["warn"]["grad_fn"] == "torch::autograd::WarnNotImplemented"
    assert ours["warn"]["requires_grad"]
    assert ours["warn"]["numbers"] == TWICE
    (said,) = ours["warn"]["warnings"]
    assert said.startswith("effects::twice: an autograd kernel was not registered")
    assert call("autograd", "CPU") == ours


def test_fallthrough(call: Program) -> None:
    """Without PyTorch's fallback, which AutogradCPU has, nothing is recorded."""
    assert call("fallthrough") == [[True, TWICE], [True, TWICE], [False, TWICE]]


def test_backend_fallback_to_the_host(call: Program) -> None:
    assert call("host") == {
        "twice": TWICE,
        "aten": [1, 0, 2],
        "list": [1.0, -2.0],
        "same": True,
        "written": [1.0, 1.0],
        "copies": [0, 1],
        "none": "NotImplementedError",
    }


def test_kernel(call: Program) -> None:
    name = "effects::twice"
    assert call("kernels") == [
        TWICE,
        f"{name} DispatchKeySet(VE)",
        TWICE,
        [[name, "DispatchKeySet(PrivateUse3)"]],
        [3.0, -6.0],
    ]


def test_redispatch(call: Program) -> None:
    """Without the policy's key, the call finds one that is not in its keyset."""
    seen = "effects::twice DispatchKeySet(VE)"
    assert call("redispatch") == [TWICE, seen, "NotImplementedError"]


OURS: Final = ["PrivateUse2", "CPU"]
STOCK: Final = ["CPU"]


def test_python_with_modes(call: Program) -> None:
    ours = call("python_with_modes", OURS)
    twice = ["effects.twice.default", True]
    assert ours == {
        "is argument": True,
        "one": [twice],
        "inner alone": [[twice], []],
        "result": TWICE,
        "both": [[twice], [twice], 1, 1],
        "with fake tensors": [twice],
        "fails": ["KeyError", "'from the mode'"],
        "afterwards": [False, TWICE],
    }
    assert call("python_with_modes", STOCK) == ours


def test_python_with_subclasses(call: Program) -> None:
    ours = call("python_with_subclasses", OURS)
    names = ("twice", "first_of", "first_present")
    seen = [f"effects.{name}.default" for name in names]
    assert ours == {
        "own": [True, True, True],
        "seen": [f"{name} True" for name in seen],
        "mode": [1, 0],
    }
    theirs = call("python_with_subclasses", STOCK)
    assert theirs == {**ours, "seen": [f"{name} False" for name in seen]}


def test_python_excludes_its_keyset(call: Program) -> None:
    """PyTorch's own leaves BackendSelect alone."""
    assert call("python_excludes") == [[True, False], False]


def test_python_without_modes_and_subclasses(call: Program) -> None:
    below, in_thread, unknown = call("python_without")
    assert below == TWICE
    assert in_thread == [TWICE]
    assert unknown[0] == "RuntimeError"
    assert "effects::twice: no mode is active and no tensor" in unknown[1]


def test_python_dispatcher(call: Program) -> None:
    off, calls, same = call("python_dispatcher")
    assert off[0] == "RuntimeError"
    assert "the thread has no Python dispatcher for AutogradHIP" in off[1]
    assert calls == [True]
    assert same


def test_python_dispatcher_without_a_python_kernel(call: Program) -> None:
    numbers, seen = call("python_dispatcher_by_key")
    assert numbers == TWICE
    assert seen.startswith("effects::twice ")


def test_python_tls_snapshot(call: Program) -> None:
    assert call("snapshot") == [True, False, False, TWICE]


def test_fuser(call: Program) -> None:
    found = call("fuser")
    unknown = found.pop("unknown")
    assert found == {
        "results": [[6.0, 15.0], [6.0, 15.0]],
        "interpreter": [6.0, 15.0],
        "gradient": [3.0, 5.0],
        "concatenated": [1.0, 2.0, 3.0, 5.0],
    }
    said = "no fusion group is registered under the key 123456789"
    assert unknown == [["RuntimeError", said]] * 2


# Tables of all operators


def test_only_what_is_declared_changes(effects: Path, declared: Model) -> None:
    found = run("tables:changes", "effects", folders=[effects]).value
    assert found["operators"] > 3000
    assert found["gone"] == []
    own = {name for name in declared.operators if name.startswith("effects::")}
    assert set(found["new"]) == own
    assert found["kernels"] == {"aten::_copy_from_and_resize": ["IPU"]}
    assert found["outside"] == [["aten::_copy_from_and_resize", "IPU"]]
    policies = own_fallbacks(declared)
    assert set(found["slots"]) == set(policies)
    for key, policy in policies.items():
        kernel, reason, is_fallthrough = found["rows"][key]
        assert reason == "backend fallback"
        assert is_fallthrough == (policy == "fallthrough")
        where = re.fullmatch(r"registered at (.*):(\d+)", kernel)
        assert where is not None, kernel
        # The statement that names the key is there, or begins there.
        lines = Path(where[1]).read_text().splitlines()
        statement = " ".join(lines[int(where[2]) - 2 : int(where[2]) + 1])
        assert re.search(rf"DispatchKey::{key}\b|\"{key}\"", statement), statement


def test_tables_are_those_of_the_model(effects: Path) -> None:
    """All slots of all operators: which kernel, and why."""
    declarations = str(EFFECTS)
    found = run("tables:model", "effects", declarations, folders=[effects]).value
    different, operators, own = found
    assert different == []
    assert operators > 3000
    assert own > operators


def test_kernels_name_their_generated_lines(effects: Path) -> None:
    found = run("tables:registered_at", "effects", "effects::thin", folders=[effects])
    assert set(found.value) == {"CPU", "AutogradCPU"}
    for key, (place, line) in found.value.items():
        statement = Path(place).read_text().splitlines()[line - 1]
        assert f'"effects::thin", DispatchKey::{key}, ' in statement


def test_pytorchs_own_declarations(stock: Path) -> None:
    """All keys have their fallbacks already: nothing changes, and each is told."""
    ran = run("loading:reports", ["pytorch_extension"], folders=[stock])
    report = ran.value["pytorch_extension"]
    model = codegen.load("declarations")
    expected = {
        key
        for key, fallback in model.fallbacks.items()
        if fallback.spec.policy != "kernel"
    }
    assert {key for _, _, key, _, _ in report} == expected
    for what, name, key, outcome, message in report:
        assert (what, name) == ("fallback", "")
        if key == REPLACEABLE:
            assert (outcome, message) == (
                "registered",
                "replaces the fallback that the key had",
            )
            continue
        assert (outcome, "the key has a fallback" in message) == ("skipped", True), key
        said = f"pytorch_extension: fallback of {key} skipped: {message}"
        assert ran.stderr.count(said) == 1
    found = run("tables:changes", "pytorch_extension", folders=[stock]).value
    assert set(found["slots"]) == {REPLACEABLE}
    assert (found["kernels"], found["new"], found["outside"]) == ({}, [], [])
    assert "fallbacks.cpp" in found["rows"][REPLACEABLE][0]
    declarations = str(HERE.parents[1] / "declarations")
    found = run("tables:model", "pytorch_extension", declarations, folders=[stock])
    assert found.value[0] == []


# Extensions that meet


def outcomes(report: Any) -> dict[tuple[str, str, str], tuple[str, str]]:
    return {(what, name, key): (o, m) for what, name, key, o, m in report}


def test_loaded_twice(effects: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(effects / "effects", tmp_path / "effects").parent
    places = [str(effects), str(copy)]
    first, second = run("loading:again", "effects", places).value
    assert {(outcome, message) for *_, outcome, message in first} == {
        ("registered", "")
    }
    schema = ("skipped", "PyTorch has the operator, with the same schema")
    for (what, _, key), outcome in outcomes(second).items():
        if what == "operator":
            assert outcome == schema
        elif what == "fallback":
            assert outcome[0] == "skipped"
            assert outcome[1].startswith("the key has a fallback"), key
        elif outcome[0] == "registered":
            assert outcome[1] == "replaces the kernel that the operator had"
        else:
            # torch.library does not replace a kernel of Python's.
            assert (outcome[0], key) == ("failed", "CPU"), outcome
    # The same library again: nothing is registered again.
    same = run("loading:again", "effects", [str(effects), str(effects)]).value
    of_cpp = [
        [
            one
            for one in report
            if one[1] != "effects::thrice" and one[2] != "PrivateUse3"
        ]
        for report in same
    ]
    assert of_cpp[0] == of_cpp[1]


@pytest.mark.parametrize("flags", ["", "-X dev", "-W error"])
def test_two_extensions(effects: Path, conflicts: Path, flags: str) -> None:
    """What one has registered stays, what cannot be is told, and the rest is there."""
    folders = [effects, conflicts]
    order = ["effects", "conflicts"]
    # A warning from Python is an error here: those are from C++ but for the last.
    if flags == "-W error":
        order.pop()
    ran = run("loading:reports", order, folders=folders, flags=flags)
    assert {one[3] for one in ran.value["effects"]} == {"registered"}
    if flags == "-W error":
        return
    found = outcomes(ran.value["conflicts"])
    schema = found["operator", "effects::twice", ""]
    assert schema[0] == "failed"
    assert schema[1].startswith("PyTorch has the operator with another schema: ")
    kept = ("skipped", "the key has a fallback, and PyTorch lets nobody replace it")
    replaced = ("registered", "replaces the fallback that the key had")
    new = ("registered", "")
    assert found == {
        ("fallback", "", "AutogradCPU"): kept,
        ("fallback", "", "HIP"): kept,
        ("fallback", "", "AutogradPrivateUse1"): replaced,
        ("fallback", "", "DeferredInit"): new,
        ("operator", "effects::twice", ""): schema,
        ("operator", "effects::thin", ""): (
            "skipped",
            "PyTorch has the operator, with the same schema",
        ),
        ("operator", "conflicts::own", ""): new,
        ("operator", "conflicts::broken", ""): new,
        ("kernel", "aten::no_such_operator", "CPU"): (
            "skipped",
            "PyTorch does not have the operator",
        ),
        ("kernel", "effects::twice", "AutogradCPU"): new,
        ("kernel", "effects::thin", "AutogradIPU"): new,
        ("kernel", "conflicts::own", "CPU"): new,
        ("kernel", "conflicts::broken", "CPU"): (
            "failed",
            "module tests.torch.kernels has no there_is_none",
        ),
    }
    for (what, name, key), (outcome, message) in found.items():
        if outcome == "registered" or name == "conflicts::broken":
            continue
        of_key = f" of {key}" if key else ""
        about = f"{what}{f' {name}' if name else ''}{of_key}"
        assert f"conflicts: {about} {outcome}: {message}" in ran.stderr
    (warned,) = ran.value["conflicts warnings"]
    assert "kernel conflicts::broken for CPU" in warned


def test_they_work_in_the_other_order(effects: Path, conflicts: Path) -> None:
    ran = run("loading:still_works", folders=[effects, conflicts])
    assert ran.value == [[3.0], [1.0]]
    found = run(
        "loading:reports", ["conflicts", "effects"], folders=[effects, conflicts]
    )
    theirs = outcomes(found.value["effects"])
    assert theirs["fallback", "", "HIP"][0] == "skipped"


# Constants, and build variants


def test_keyset_constants(workshop: Workshop, tmp_path: Path) -> None:
    """Each has the bits that the model says, in C++ and in Python."""
    model = codegen.load("declarations")
    file = tmp_path / "constants.yaml"
    declare_constants(model, model.runtime_keys, file)
    write(file, "libtorch", tmp_path / "project")
    names = [keyset.name for keyset in model.keysets.values()]
    text = (tmp_path / "project" / "csrc" / "keysets.h").read_text()
    assert [name for name in names if f" {name} = keySet({{" not in text] == []
    lines = ['#include "keysets.h"', "#include <bit>", "#include <cstdint>"]
    lines.append("using namespace constants_extension::registration::keysets;")
    lines += [
        f"static_assert(std::bit_cast<std::uint64_t>({keyset.name}) == {keyset.raw:#x}U);"
        for keyset in model.keysets.values()
    ]
    source = tmp_path / "check.cpp"
    source.write_text("\n".join(lines) + "\n")
    include = ["-I", str(tmp_path / "project" / "csrc"), "-fsyntax-only", str(source)]
    check([*workshop.flags, *include])


def test_mobile_build(workshop: Workshop, effects: Path) -> None:
    """With PyTorch's macro, the fallback whose variant is declared falls through."""
    source = effects / "csrc" / "fallbacks.cpp"
    mobile = workshop.variant("mobile", effects, source, "-DC10_MOBILE")
    plain, other = (
        run("loading:table_of", "effects::twice", "effects", folders=[folder]).value
        for folder in (effects, mobile)
    )
    for table in (plain, other):
        # The one kind of line that names a copied file.
        del table["PrivateUse3"]
    different = {slot for slot in plain if plain[slot] != other[slot]}
    assert different == {"AutogradPrivateUse3"}
    assert not plain["AutogradPrivateUse3"].startswith("fallthrough")
    assert other["AutogradPrivateUse3"].startswith("fallthrough")
