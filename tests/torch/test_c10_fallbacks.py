"""The files that register fallbacks as PyTorch's own: compiled, and beside PyTorch's.

PyTorch has a fallback for each key that the reference declares one for, and allows one. So
what the policies do is compared on keys that it leaves free.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from filelock import FileLock

import codegen
from codegen import Model
from codegen.resources import built_in_declarations
from tests.torch.building import (
    DECLARATIONS,
    HERE,
    WARNINGS,
    Workshop,
    check,
    need_torch,
    run,
    workshop_folder,
    write,
)

pytestmark = pytest.mark.torch

FREE: Final = DECLARATIONS / "c10_fallbacks.yaml"
EFFECTS: Final = DECLARATIONS / "effects.yaml"
PROBE: Final = HERE / "c10_fallbacks.cpp"
SUPPORT: Final = "aten/src/ATen/core/PythonFallbackPolicies.cpp"
ALL: Final = "aten/src/ATen/core/AllPolicies.cpp"
OWN: Final = "aten/src/ATen/core/Free"

TWICE: Final = [2.0, -4.0]

# The keys that have the policy `python`, and the one that keeps the thread's keys: here
# and in PyTorch.
OURS: Final = ("TESTING_ONLY_GenericWrapper", ["AutogradPrivateUse2", "CPU"])
STOCK: Final = ("PythonTLSSnapshot", ["Python", "CPU"])

REGISTERED: Final = re.compile(
    r"^TORCH_LIBRARY_IMPL\(\s*_,\s*(\w+),\s*m\) \{\n  m\.fallback\((.*?)\);\n\}$",
    re.MULTILINE | re.DOTALL,
)

Program = Callable[..., Any]


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(workshop_folder(tmp_path_factory))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, workshop: Workshop) -> Path:
    """Shared by all workers; what is in it is made once."""
    found = workshop_folder(tmp_path_factory) / "c10_fallbacks"
    found.mkdir(exist_ok=True)
    return found


@pytest.fixture(scope="module")
def effects(workshop: Workshop) -> Path:
    """The extension that has the operators; its fallbacks find the keys taken."""
    return workshop.build("effects", EFFECTS, (HERE / "effects.cpp",))


@pytest.fixture(scope="module")
def reference(folder: Path) -> Path:
    return generated(built_in_declarations(), folder / "reference")


@pytest.fixture(scope="module")
def free(folder: Path) -> Path:
    return generated(FREE, folder / "free")


@pytest.fixture(scope="module")
def ours(workshop: Workshop, folder: Path, free: Path) -> str:
    """The library of generated files, support code and probe."""
    files = [path for path in fallback_files(FREE) if path.startswith(OWN)]
    sources = [free / path for path in (*files, SUPPORT)]
    return built(workshop, folder, "ours", free, [*sources, PROBE])


@pytest.fixture(scope="module")
def stock(workshop: Workshop, folder: Path, free: Path) -> str:
    """The probe alone, with PyTorch's own guards."""
    return built(workshop, folder, "stock", free, [PROBE])


@pytest.fixture(scope="module")
def call(ours: str, effects: Path) -> Program:
    """Runs a program with our library."""

    def run_program(name: str, *arguments: Any) -> Any:
        program = f"c10_fallbacks:{name}"
        return run(program, ours, *arguments, folders=[effects]).value

    return run_program


@pytest.fixture(scope="module")
def call_stock(stock: str, effects: Path) -> Program:
    """Runs a program with PyTorch as it is."""

    def run_program(name: str, *arguments: Any) -> Any:
        program = f"c10_fallbacks:{name}"
        return run(program, stock, *arguments, folders=[effects]).value

    return run_program


@pytest.fixture(scope="module")
def declared() -> Model:
    return codegen.load("declarations")


def generated(declarations: Path, folder: Path) -> Path:
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            write(declarations, "c10", folder)
    return folder


def fallback_files(declarations: Path) -> list[str]:
    return list(codegen.load(declarations).c10.fallback_files)


def compile_command(workshop: Workshop, headers: Path, source: Path) -> list[str]:
    own = ["-I", str(headers), "-I", str(headers / "aten" / "src")]
    return [*workshop.flags, *WARNINGS, *own, str(source)]


def built(
    workshop: Workshop, folder: Path, name: str, headers: Path, sources: list[Path]
) -> str:
    library = folder / f"lib{name}.so"
    objects = []
    with FileLock(folder / "lock"):
        if library.exists():
            return str(library)
        for source in sources:
            made = folder / f"{source.stem}.o"
            objects.append(str(made))
            if not made.exists():
                command = compile_command(workshop, headers, source)
                check([*command, "-c", "-o", str(made)])
        libraries = need_torch() / "lib"
        # What the library defines is what it uses.
        link = ["-shared", "-Wl,-Bsymbolic", f"-L{libraries}", "-Wl,--no-undefined"]
        link += ["-Wl,--no-as-needed", "-ltorch_cpu", "-ltorch", "-lc10"]
        link += [f"-Wl,-rpath,{libraries}"]
        check(["g++", "-o", str(library), *objects, *link])
    return str(library)


# Compiled


def files_to_compile() -> list[tuple[str, str]]:
    """Path and flag; the second build of those that differ there."""
    model = codegen.load(built_in_declarations())
    found = [(path, "") for path in (*model.c10.fallback_files, SUPPORT)]
    for path, keys in model.c10.fallback_files.items():
        if any(model.fallbacks[key].variants for key in keys):
            found += [(path, f"-D{v.macro}") for v in model.variants.values()]
    return found


@pytest.mark.parametrize(("path", "flag"), files_to_compile())
def test_compiles(workshop: Workshop, reference: Path, path: str, flag: str) -> None:
    command = compile_command(workshop, reference, reference / path)
    check([*command, "-fsyntax-only", *flag.split()])


def test_all_policies_in_one_file(workshop: Workshop, free: Path) -> None:
    check([*compile_command(workshop, free, free / ALL), "-fsyntax-only"])


# Registered


def registrations(folder: Path, path: str) -> dict[str, bool]:
    """By key, in the order of the file, whether it falls through."""
    text = (folder / path).read_text()
    found = {key: "makeFallthrough" in maker for key, maker in REGISTERED.findall(text)}
    assert len(found) == text.count("TORCH_LIBRARY_IMPL") == text.count("m.fallback")
    return found


def test_registered_is_what_pytorch_has(
    workshop: Workshop, reference: Path, declared: Model
) -> None:
    theirs = run("c10_fallbacks:fallbacks").value
    found: dict[str, bool] = {}
    for path, keys in declared.c10.fallback_files.items():
        own = registrations(reference, path)
        assert tuple(own) == keys
        assert found.keys().isdisjoint(own)
        found |= own
    elsewhere = {
        key: False
        for key, fallback in declared.fallbacks.items()
        if fallback.spec.policy == "kernel"
    }
    assert found.keys().isdisjoint(elsewhere)
    assert found | elsewhere == {key: row[1] for key, row in theirs.items()}
    assert len(theirs) == 38


def test_files_are_those_of_pytorch(reference: Path, declared: Model) -> None:
    """Files that PyTorch has by the same name register the same there."""
    theirs: dict[str, set[str]] = {}
    for key, (place, _) in run("c10_fallbacks:fallbacks").value.items():
        where = re.fullmatch(r"registered at (?:.*/)?(aten/.*):\d+", place)
        if where is not None:
            theirs.setdefault(where[1], set()).add(key)
    both = theirs.keys() & declared.c10.fallback_files.keys()
    assert len(both) == 4
    for path in both:
        assert set(declared.c10.fallback_files[path]) == theirs[path], path


def test_the_library_has_the_keys(call: Program, free: Path) -> None:
    found = call("rows")
    for path in fallback_files(FREE):
        if not path.startswith(OWN):
            continue
        for key, falls_through in registrations(free, path).items():
            place, is_fallthrough = found[key]
            assert place.startswith(f"registered at {free / path}:")
            assert is_fallthrough == falls_through


# What each policy does


def test_not_implemented(call: Program, call_stock: Program) -> None:
    ours, of_module = call("policies", "not_implemented", "HIP")
    name = "effects::no_kernel"
    assert ours == ["NotImplementedError", f'{name}: HIP has no "{name}"']
    theirs, of_their_module = call_stock("policies", "not_implemented", "Meta")
    assert theirs[0] == ours[0]
    assert theirs[1].startswith(name)
    assert of_module == of_their_module
    assert "effects_fakes" in of_module[1]


def test_autograd(call: Program, call_stock: Program) -> None:
    ours = call("policies", "autograd", "PrivateUse3")
    assert ours["nothing"]["grad_fn"] == ""
    assert ours["warn"]["grad_fn"] == "torch::autograd::WarnNotImplemented"
    assert len(ours["warn"]["warnings"]) == 1
    assert call_stock("policies", "autograd", "CPU") == ours


def test_fallthrough(call: Program, call_stock: Program) -> None:
    """Without PyTorch's fallback, which AutogradCPU has, nothing is recorded."""
    found = call("policies", "fallthrough")
    assert found == [[True, TWICE], [True, TWICE], [False, TWICE]]
    error = call("redispatched_to_fallthrough", "AutogradIPU")
    assert error == "RuntimeError"
    assert call_stock("redispatched_to_fallthrough", "BackendSelect") == error


def test_backend_fallback(call: Program) -> None:
    """What `at::native::cpu_fallback` is known to do; a CPU build registers it nowhere."""
    assert call("policies", "host") == {
        "twice": TWICE,
        "aten": [1, 0, 2],
        "list": [1.0, -2.0],
        "same": True,
        "written": [1.0, 1.0],
        "copies": [0, 1],
        "none": "NotImplementedError",
    }


def test_redispatch(call: Program, call_stock: Program) -> None:
    """Without the policy's key, the call finds one that is not in its keyset."""
    seen = "effects::twice DispatchKeySet(VE)"
    assert call("policies", "redispatch") == [TWICE, seen, "NotImplementedError"]
    assert call("redispatched", ["AutogradVE", "VE"]) == TWICE
    assert call_stock("redispatched", ["PreDispatch", "CPU"]) == TWICE


def test_kernel(call: Program) -> None:
    assert call("kernel", "TESTING_ONLY_GenericMode") == [TWICE, 1]


def test_python_with_modes(call: Program, call_stock: Program) -> None:
    keys = [OURS[0], "PrivateUse2", "CPU"]
    ours = call("policies", "python_with_modes", keys)
    twice = ["effects.twice.default", True]
    assert ours["one"] == [twice]
    assert ours["inner alone"] == [[twice], []]
    assert ours["result"] == TWICE
    assert call_stock("policies", "python_with_modes", ["CPU"]) == ours


def test_python_with_subclasses(call: Program, call_stock: Program) -> None:
    """Only the keysets that are excluded differ, as they are declared."""
    keys = [OURS[0], "PrivateUse2", "CPU"]
    ours = call("policies", "python_with_subclasses", keys)
    theirs = call_stock("policies", "python_with_subclasses", ["CPU"])
    assert ours["own"] == [True, True, True]
    assert [one.split() for one in ours["seen"]] == [
        [one.split()[0], "True"] for one in theirs["seen"]
    ]
    assert {one.split()[1] for one in theirs["seen"]} == {"False"}
    assert {**ours, "seen": []} == {**theirs, "seen": []}


def test_python_below_a_snapshot(call: Program, call_stock: Program) -> None:
    ours = call("python_without", *OURS)
    assert ours == [TWICE, TWICE, ["RuntimeError", True]]
    assert call_stock("python_without", *STOCK) == ours
    kept = call("python_keeps", OURS[1])
    assert len(kept) == 3
    assert call_stock("python_keeps", STOCK[1]) == kept


def test_python_dispatcher(call: Program, call_stock: Program) -> None:
    ours = call("python_dispatcher", "AutogradHIP", "HIP")
    assert ours == [["RuntimeError", True], [True], True]
    assert call_stock("python_dispatcher", "PythonDispatcher", "CPU") == ours
    assert call("policies", "python_dispatcher")[1:] == [[True], True]
    numbers, seen = call("policies", "python_dispatcher_by_key")
    assert numbers == TWICE
    assert seen.startswith("effects::twice ")


def test_python_tls_snapshot(call: Program, call_stock: Program) -> None:
    """The guards are the library's own here, and PyTorch's there."""
    ours = call("restore", [OURS[0], "CPU"])
    (below, restored, again, inner, after, kept), without = ours
    assert after == below
    below, restored, inner = (
        text.rpartition(" DispatchKeySet(")[2] for text in (below, restored, inner)
    )
    assert without == ["nothing is kept"]
    assert (again, kept) == ("once", "kept")
    assert "BackendSelect" in restored
    assert "ADInplaceOrView" in below
    assert "ADInplaceOrView" not in restored
    assert "Functionalize" in inner
    assert "Conjugate" not in inner
    assert call_stock("restore", [STOCK[0], "CPU"]) == ours
    # Each library has a thread's keys of its own.
    assert call("restore", [STOCK[0], "CPU"])[0] == without
    assert call_stock("restore", ["CPU"])[0] == without
