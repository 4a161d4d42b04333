"""Dispatchers of other widths dispatch too: more than 64 bits, and three keys."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.support import DISPATCHERS, generate_package, import_package


def tensor(package: ModuleType, *keys: str) -> Any:
    made = type("Tensor", (), {})()
    members = [package.DispatchKey[key] for key in keys]
    setattr(made, package.KEYSET_ATTRIBUTE, package.DispatchKeySet(members).raw_repr())
    return made


def wide_text() -> str:
    """40 backends and 60 functionality keys: 100 bits."""
    return "\n".join(
        [
            "dispatcher: {name: wide, default_namespace: w}",
            "backends: [" + ", ".join(f"Engine{n}" for n in range(40)) + "]",
            "functionality:",
            *(
                f"  - Stage{n}" + (": {per_backend: true}" if n % 20 == 3 else "")
                for n in range(60)
            ),
            "keysets: {under_top: full_after(Stage59)}",
            "fallbacks:",
            "  - {keys: [Stage59], policy: redispatch, redispatch_to: under_top}",
            "  - {keys: [Stage58], policy: fallthrough}",
            "",
        ]
    )


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    folder = tmp_path_factory.mktemp("wide")
    return import_package(generate_package(wide_text(), folder, "package"))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    folder = tmp_path_factory.mktemp("tiny")
    return import_package(
        generate_package([DISPATCHERS / "tiny.yaml"], folder, "package")
    )


def test_wide(wide: ModuleType) -> None:
    """Keys below and above the 64th bit, backends at both ends."""
    keys = ["Stage3Engine0", "Stage3Engine39", "Stage30", "Stage43Engine39", "Stage57"]
    assert wide.DispatchKeySet.full().raw_repr().bit_length() == 100
    with wide.Library("my", "DEF") as lib:
        lib.define("f(Tensor a, Tensor b) -> str")
        for key in keys:
            lib.impl("f", lambda a, b, key=key: key, key)
        f = wide.ops.my.f
        for _ in range(2):
            for index, key in enumerate(keys):
                assert f(tensor(wide, key), tensor(wide, key)) == key
                for lower in keys[:index]:
                    assert f(tensor(wide, lower), tensor(wide, key)) == key
        everything = tensor(wide, "Stage3Engine39", "Stage58", "Stage59")
        assert f(everything, everything) == "Stage3Engine39"
        wide.check_invariants()
        with pytest.raises(NotImplementedError, match="no kernel for Stage43Engine0"):
            f(tensor(wide, "Stage43Engine0"), tensor(wide, "Stage43Engine0"))


def test_wide_redispatch_and_guards(wide: ModuleType) -> None:
    with wide.Library("my", "DEF") as lib:
        lib.define("f(Tensor a) -> str")
        lib.impl("f", lambda keyset, a: keyset, "Stage3Engine5", with_keyset=int)
        lib.impl("f", lambda a: "top", "Stage57")
        f = wide.ops.my.f
        low = tensor(wide, "Stage3Engine5")
        raw = getattr(low, wide.KEYSET_ATTRIBUTE)
        assert f(low) == f.redispatch(raw, None) == raw
        assert f.redispatch(wide.DispatchKeySet.from_raw_repr(raw), None) == raw
        with wide.IncludeDispatchKeyGuard(wide.DispatchKey.Stage57):
            assert f(low) == "top"
            with wide.ExcludeDispatchKeyGuard(wide.DispatchKey.Stage57):
                assert f(low) == raw
        assert f(low) == raw


def test_tiny(tiny: ModuleType) -> None:
    """No backends, no aliases, no fallbacks."""
    with tiny.Library("my", "DEF") as lib:
        lib.define("f(Tensor a, Tensor[] b) -> str")
        for key in ("Low", "High"):
            lib.impl("f", lambda a, b, key=key: key, key)
        lib.impl("f", tiny.fallthrough_kernel, "Middle")
        f = tiny.ops.my.f
        low, middle, high = (tensor(tiny, key) for key in ("Low", "Middle", "High"))
        assert (f(low, []), f(high, []), f(low, [high])) == ("Low", "High", "High")
        assert f(low, [middle, middle]) == "Low"
        with pytest.raises(
            NotImplementedError, match="there is no kernel for Undefined"
        ):
            f(middle, [])
        assert tiny.dispatch_dump_table(f) == (
            f"Low: {__name__}:test_tiny.<locals>.<lambda> [kernel]\n"
            "Middle: fallthrough [kernel]\n"
            f"High: {__name__}:test_tiny.<locals>.<lambda> [kernel]\n"
        )
        tiny.check_invariants()
        with pytest.raises(RuntimeError, match=r"^name a dispatch key: "):
            lib.define("g(Tensor a) -> str")(print)


def test_two_dispatchers_know_nothing_of_each_other(
    tiny: ModuleType, wide: ModuleType
) -> None:
    with tiny.Library("my", "DEF") as one, wide.Library("my", "DEF") as other:
        one.define("f(Tensor a) -> str")
        other.define("f(Tensor a) -> str")
        one.impl("f", lambda a: "tiny", "Low")
        other.impl("f", lambda a: "wide", "Stage0")
        with tiny.IncludeDispatchKeyGuard(tiny.DispatchKey.High):
            assert wide.ops.my.f(tensor(wide, "Stage0")) == "wide"
        assert tiny.ops.my.f(tensor(tiny, "Low")) == "tiny"
        assert tiny.ops.my.f is not wide.ops.my.f


@pytest.mark.parametrize("name", ["image", "solver"])
def test_other_attributes(name: str, tmp_path: Path) -> None:
    """The declared attribute and types, whatever a declaration calls them."""
    package = import_package(
        generate_package([DISPATCHERS / f"{name}.yaml"], tmp_path, "package")
    )
    key = {"image": "OnHost", "solver": "RunExact"}[name]
    with package.Library("my", "DEF") as lib:
        lib.define("f(Tensor a) -> str")
        lib.impl("f", lambda a: key, key)
        assert package.ops.my.f(tensor(package, key)) == key
        with pytest.raises(TypeError, match="must be Tensor, not int"):
            package.ops.my.f(3)
        if name == "image":
            import array

            assert package.ops.my.f(array.array("d")) == key
        package.check_invariants()
