"""One feature each: a few lines of declarations, and the whole text they become.

`pytest --update` writes the expected files anew; what changed is then in the diff.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest

from codegen.pipeline import generate, load_model
from codegen.targets import TARGETS

HERE: Final = Path(__file__).parent

CPP: Final = "include/tiny/dispatch"

# By feature: the generated files that it is about, and the build variant. A feature of
# another target than the Python package begins with the target's name.
FEATURES: Final[dict[str, tuple[tuple[str, ...], str | None]]] = {
    "alias_rule": (("table_rules.py",), None),
    "cpp_operators": (
        (
            "CMakeLists.txt",
            "src/dispatcher.cpp",
            "src/registrations/cpu.cpp",
            "src/registrations/math.cpp",
            "src/registrations/trace.cpp",
            "tests/generated_test.cpp",
            *(
                f"{CPP}/{header}.h"
                for header in (
                    "all_operators",
                    "dispatcher",
                    "kernels",
                    "operators",
                    "operators/my/add",
                    "operators/my/delete",
                    "operators/other/clear",
                )
            ),
        ),
        None,
    ),
    "cpp_static_operators": (
        (
            f"{CPP}/kernels.h",
            f"{CPP}/operators/my/add.h",
            "src/registrations/trace.cpp",
        ),
        None,
    ),
    "cpp_sharded": (
        (
            "CMakeLists.txt",
            "src/operators/0.cpp",
            "src/operators/1.cpp",
            "src/registrations/cpu/0.cpp",
            "src/registrations/cpu/1.cpp",
            "src/registrations/gpu/0.cpp",
            "src/registrations/trace/0.cpp",
            "tests/generated_test.cpp",
            f"{CPP}/fallback_kernels.h",
            f"{CPP}/kernels.h",
            f"{CPP}/operators/my/add.h",
        ),
        None,
    ),
    "cpp_selection": (
        (
            "src/registrations/cpu.cpp",
            "src/registrations/trace.cpp",
            *(
                f"{CPP}/{header}.h"
                for header in ("kernels", "operators", "operators/my/add")
            ),
        ),
        None,
    ),
    "cpp_project": (
        (
            "CMakeLists.txt",
            "cmake/tiny_dispatch-config.cmake.in",
            *(
                f"{CPP}/{header}.h"
                for header in (
                    "dispatch_key",
                    "dispatch_key_set",
                    "fallbacks",
                    "functions",
                    "guards",
                    "keysets",
                    "table_rules",
                    "types",
                )
            ),
        ),
        None,
    ),
    "fallback_variant": (
        ("registrations/high.py", "registrations/low.py", "registrations/middle.py"),
        None,
    ),
    "fallback_variant_small": (("registrations/high.py",), "small"),
    "group_keyset": (("keysets.py",), None),
    "libtorch_extension": (
        (
            "CMakeLists.txt",
            "acme/__init__.py",
            "acme/_python.py",
            "acme/derived.py",
            "acme/registrations/private_use2.py",
            "csrc/device.cpp",
            "csrc/extension.cpp",
            "csrc/fallbacks.cpp",
            "csrc/kernels/composite_implicit_autograd.cpp",
            "csrc/kernels/private_use1.cpp",
            "csrc/keysets.h",
            "csrc/operators.cpp",
            "csrc/prototypes.h",
            "csrc/sections.h",
            "pyproject.toml",
            "setup.py",
        ),
        None,
    ),
    "operator_table": (
        (
            "_ops/my/add.pyi",
            "declared_at.json",
            "dispatch_tables.txt",
            "operators/my/__init__.py",
            "operators/my/add.py",
            "registrations/cpu.py",
        ),
        None,
    ),
    "foreign_types": (("dispatcher.py",), None),
    "torch_library_extension": (
        (
            "__init__.py",
            "derived.py",
            "keysets.py",
            "operators.py",
            "registrations/__init__.py",
            "registrations/hip.py",
            "registrations/ipu.py",
            "registrations/private_use1.py",
            "registrations/private_use2.py",
            "registrations/private_use3.py",
        ),
        None,
    ),
    "per_backend": (("dispatch_key.py", "dispatch_key_set.py"), None),
}


def declarations(feature: str, variant: str | None) -> Path:
    folder = HERE / feature.removesuffix(f"_{variant}")
    return folder / "input.yaml"


def target(feature: str) -> str:
    return next((name for name in TARGETS if feature.startswith(f"{name}_")), "python")


@pytest.mark.parametrize("feature", FEATURES)
def test_golden(feature: str, request: pytest.FixtureRequest) -> None:
    paths, variant = FEATURES[feature]
    source = declarations(feature, variant)
    files = generate(load_model([source], variant), target(feature))
    folder = source.parent / (variant or "expected")
    update = request.config.getoption("--update", default=False)
    for path in paths:
        # Not `.py`: the expected text is no module of this project.
        expected = folder / f"{path.replace('/', '.')}.txt"
        if update:
            assert not os.environ.get("CI"), "--update is not for CI"
            expected.parent.mkdir(exist_ok=True)
            expected.write_text(files[path], "utf-8")
        assert expected.read_text("utf-8") == files[path], f"{feature}: {path}"


def test_nothing_is_left_over() -> None:
    wanted = {HERE / "test_golden.py"}
    for feature, (paths, variant) in FEATURES.items():
        source = declarations(feature, variant)
        folder = source.parent / (variant or "expected")
        wanted |= {source, *(folder / f"{p.replace('/', '.')}.txt" for p in paths)}
    found = {
        path
        for path in HERE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert found == wanted
