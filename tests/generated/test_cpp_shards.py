"""Registrations of C++ spread over sources: what a change of one operator rebuilds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

import pytest

from codegen.model import Model
from codegen.pipeline import generate
from codegen.targets_cpp import cpp_operators
from codegen.views.cpp_operators import CppOperatorViews
from tests.support import load_text

SHARDS: Final = 4
HEAD: Final = f"""\
dispatcher: {{name: tiny, default_namespace: my, cpp: {{shards: {SHARDS}}}}}
backends: [CPU, GPU]
functionality:
  - Dense: {{per_backend: true, prefix: ""}}
  - Trace
aliases:
  - Math: {{keys: Dense * backends(all), reason: math, undefined: true}}
fallbacks:
  - {{keys: [Trace], policy: kernel, kernel: trace_any}}
operators:
"""
# By operator, and each in the shard of its comment.
OPERATORS: Final = {
    "scale": "(Tensor self, float by) -> Tensor|{CPU: scale_cpu, GPU: scale_gpu}",  # 0
    "add": "(Tensor self, Tensor other) -> Tensor|{CPU: add_cpu, GPU: add_gpu}",  # 1
    "delete": "(Tensor self) -> ()|{CPU: delete_cpu}",  # 1
    "sub": "(Tensor self, Tensor other) -> Tensor|{CPU: sub_cpu, GPU: sub_gpu}",  # 2
    "neg": "(Tensor self) -> Tensor|{CPU: neg_cpu, Trace: neg_trace}",  # 3
}


def declared(operators: dict[str, str], head: str = HEAD) -> Model:
    rows = (
        "  - func: {}{}\n    dispatch: {}\n".format(name, *text.split("|"))
        for name, text in operators.items()
    )
    with TemporaryDirectory() as folder:
        return load_text(head + "".join(rows), Path(folder))


class Change(NamedTuple):
    """The files below `include/tiny/dispatch` and `src` that change, and the objects.

    Files that come or go have a sign before them.
    """

    operators: dict[str, str]
    files: set[str]
    rebuilt: set[str]


CHANGES: Final = {
    "a schema": Change(
        {"add": "(Tensor self, Tensor rhs) -> Tensor|{CPU: add_cpu, GPU: add_gpu}"},
        {"operators/my/add.h"},
        {"operators/1.cpp", "registrations/cpu/1.cpp", "registrations/gpu/1.cpp"},
    ),
    # The kernel is named in the operator's table, which all that use it compile.
    "a kernel added": Change(
        {"delete": "(Tensor self) -> ()|{CPU: delete_cpu, GPU: delete_gpu}"},
        {"operators/my/delete.h", "registrations/gpu/1.cpp"},
        {"operators/1.cpp", "registrations/cpu/1.cpp", "registrations/gpu/1.cpp"},
    ),
    "an operator added": Change(
        {"relu": "(Tensor self) -> Tensor|{CPU: relu_cpu, GPU: relu_gpu}"},  # 3
        {
            "all_operators.h",
            "operators.h",
            "+operators/my/relu.h",
            "operators/3.cpp",
            "registrations/cpu/3.cpp",
            "registrations/gpu/3.cpp",
        },
        {"operators/3.cpp", "registrations/cpu/3.cpp", "registrations/gpu/3.cpp"},
    ),
    "an overload added": Change(
        {"neg.out": "(Tensor self, Tensor(a!) out) -> Tensor(a!)|{CPU: neg_out_cpu}"},
        {
            "all_operators.h",
            "operators/my/neg.h",
            "operators/3.cpp",
            "registrations/cpu/3.cpp",
        },
        {"operators/3.cpp", "registrations/cpu/3.cpp", "registrations/trace/3.cpp"},
    ),
    "an operator removed": Change(
        {"delete": ""},
        {
            "all_operators.h",
            "operators.h",
            "-operators/my/delete.h",
            "operators/1.cpp",
            "registrations/cpu/1.cpp",
        },
        {"operators/1.cpp", "registrations/cpu/1.cpp"},
    ),
    # With the name of a kernel in another shard, which stays as it is.
    "a shared kernel": Change(
        {"sub": "(Tensor self, Tensor other) -> Tensor|{CPU: add_cpu, GPU: sub_gpu}"},
        {"operators/my/sub.h", "registrations/cpu/2.cpp"},
        {"operators/2.cpp", "registrations/cpu/2.cpp", "registrations/gpu/2.cpp"},
    ),
    "a shared kernel that takes other things": Change(
        {"neg": "(Tensor self) -> Tensor|{CPU: scale_cpu, Trace: neg_trace}"},
        {"operators/my/neg.h", "registrations/cpu/3.cpp"},
        {"operators/3.cpp", "registrations/cpu/3.cpp", "registrations/trace/3.cpp"},
    ),
    "complex numbers": Change(
        {"neg": "(Tensor self, complex by) -> Tensor|{CPU: neg_cpu, Trace: neg_trace}"},
        {"operators/my/neg.h"},
        {"operators/3.cpp", "registrations/cpu/3.cpp", "registrations/trace/3.cpp"},
    ),
    # The build file lists the keys, and now one more.
    "a key's first kernel": Change(
        {"sub": "(Tensor self, Tensor other) -> Tensor|{Math: sub_any}"},
        {
            "operators/my/sub.h",
            "registrations/cpu/2.cpp",
            "registrations/gpu/2.cpp",
            *(f"+registrations/math/{shard}.cpp" for shard in range(SHARDS)),
            "CMakeLists.txt",
        },
        {
            "operators/2.cpp",
            "registrations/cpu/2.cpp",
            "registrations/gpu/2.cpp",
            *(f"registrations/math/{shard}.cpp" for shard in range(SHARDS)),
        },
    ),
}

INCLUDED: Final = re.compile(r'^#include "(.+)"$', re.MULTILINE)
INCLUDE: Final = "include/"


def shown(path: str) -> str:
    return path.removeprefix("include/tiny/dispatch/").removeprefix("src/")


def differing(old: dict[str, str], new: dict[str, str]) -> Iterator[str]:
    for path in {*old, *new}:
        if old.get(path) != new.get(path):
            sign = "+" if path not in old else "-" if path not in new else ""
            yield f"{sign}{shown(path)}"


def reached(files: dict[str, str], path: str) -> set[str]:
    """A file, and all that it includes."""
    found: set[str] = set()
    waiting = [path]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        for name in INCLUDED.findall(files[path]):
            beside = str((Path("/") / path).parent.joinpath(name).resolve())[1:]
            waiting.append(beside if beside in files else INCLUDE + name)
    return found


def rebuilt(old: dict[str, str], new: dict[str, str]) -> Iterator[str]:
    """The sources that see anything that differs."""
    for path in new:
        if path.startswith("src/"):
            seen = reached(new, path)
            if any(old.get(one) != new[one] for one in seen):
                yield shown(path)


@pytest.fixture(scope="module")
def project() -> dict[str, str]:
    return generate(declared(OPERATORS), "cpp")


@pytest.mark.parametrize("name", CHANGES)
def test_one_operator(name: str, project: dict[str, str]) -> None:
    """What a change writes, and what has to be compiled again."""
    change = CHANGES[name]
    operators = {n: text for n, text in (OPERATORS | change.operators).items() if text}
    new = generate(declared(operators), "cpp")
    assert set(differing(project, new)) == change.files
    assert set(rebuilt(project, new)) == change.rebuilt


def test_shards_do_not_depend_on_the_order(project: dict[str, str]) -> None:
    turned = generate(declared(dict(reversed(OPERATORS.items()))), "cpp")
    homes = [
        {path for path, text in files.items() if "sub_cpu" in text and "src/" in path}
        for files in (project, turned)
    ]
    assert homes == [{"src/registrations/cpu/2.cpp"}] * 2


def test_every_kernel_is_bound_once(project: dict[str, str]) -> None:
    """As without shards, apart from where."""
    whole = declared(OPERATORS, HEAD.replace(f", cpp: {{shards: {SHARDS}}}", ""))
    bound = [
        sorted(
            line
            for path, text in files.items()
            if path.startswith("src/registrations/")
            for line in re.findall(r"^  m\..*|^TINY.*", text, re.MULTILINE)
            if "m.impl" in line
        )
        for files in (project, generate(whole, "cpp"))
    ]
    assert bound[0] == bound[1]
    assert len(bound[0]) == sum(text.count("_") for text in OPERATORS.values())


CONFLICT: Final = {
    "sub": "(Tensor self) -> Tensor|{CPU: same}",
    "add": "(Tensor self) -> float|{CPU: same}",
    "neg": "(Tensor self) -> Tensor|{CPU: same::inner}",
}


def test_entangled_kernels() -> None:
    """Two that differ only in what they return: the first one is declared, as in one file.

    A name that kernels stand in is no function. Such headers do not follow from their
    operators alone, and are among what is generated from all.
    """
    pair = {name: CONFLICT[name] for name in ("sub", "add")}
    files = generate(declared(pair), "cpp")
    declaring = {shown(path) for path, text in files.items() if " same(" in text}
    assert declaring == {"operators/my/add.h"}
    files = generate(declared(CONFLICT), "cpp")
    declaring = {shown(path) for path, text in files.items() if " same(" in text}
    assert not declaring


@pytest.mark.parametrize("operators", [OPERATORS, CONFLICT])
def test_headers_follow_from_their_operators(operators: dict[str, str]) -> None:
    """Those of one name alone give the same header, but for entangled ones."""
    model = declared(operators)
    entangled = {view.path for view in CppOperatorViews(model).entangled()}
    assert bool(entangled) == (operators is CONFLICT)
    whole = {path: text for _, path, text in cpp_operators(model, None).files}
    for name, text in operators.items():
        alone = cpp_operators(declared({name: text}), None).files
        for _, path, header in alone:
            if path.removeprefix("include/tiny/dispatch/") not in entangled:
                assert header == whole[path]


def test_static_operators() -> None:
    """Their headers name kernels, and declare them."""
    head = HEAD.replace("{shards", "{operators: static, shards")
    head = head.replace("kernel, kernel: trace_any", "fallthrough")
    files = generate(declared(OPERATORS, head), "cpp")
    header = files["include/tiny/dispatch/operators/my/neg.h"]
    assert "linked<static_cast<Plain*>(&kernels::neg_cpu)>" in header
    assert "Tensor neg_cpu(const Tensor&);" in header
    assert "kernels.h" not in header
