"""Kernels declared as `module:function`: imported at the first use, and errors about them."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest

from tests.support import generate_package, import_package

_numbers: Final = count()

DECLARATIONS: Final = """\
dispatcher: {name: lazy, default_namespace: my}
backends: [Cpu, Gpu]
functionality:
  - Work: {per_backend: true, prefix: ""}
  - Watch
keysets: {work: Work * backends(all), under_watch: full_after(Watch)}
aliases:
  - Any: {keys: work, undefined: true, reason: any}
fallbacks:
  - {keys: [Watch], policy: kernel, kernel: "MODULE:watch"}
operators:
  - func: f(Tensor a) -> str
    dispatch:
      Cpu: MODULE:f
      Gpu: MODULE:gone
  - func: g(Tensor a) -> str
    dispatch: {Cpu: MODULE_gone:g, Gpu: "MODULE:Class.method"}
  - func: h(Tensor a) -> str
    dispatch: {Cpu: "MODULE:data"}
  - func: k(Tensor a) -> str
    dispatch: {Any: open_slot}
"""

KERNELS: Final = """\
def f(a):
    return "f"
def watch(operator, *args):
    return f"watched {operator.name}"
class Class:
    @staticmethod
    def method(a):
        return "method"
data = 3
"""


class Lazy:
    """A package of its own, and the module that its kernels are in."""

    def __init__(self, folder: Path) -> None:
        self.module = f"test_dispatch_kernels_{next(_numbers)}"
        self.file = folder / f"{self.module}.py"
        text = DECLARATIONS.replace("MODULE", self.module)
        self.package: ModuleType = import_package(
            generate_package(text, folder, "package")
        )
        self.ops: Any = self.package.ops.my

    @property
    def is_imported(self) -> bool:
        return self.module in sys.modules

    def tensor(self, *keys: str) -> Any:
        tensor = type("Tensor", (), {})()
        members = [self.package.DispatchKey[key] for key in keys]
        tensor._dispatch_keys = self.package.DispatchKeySet(members).raw_repr()
        return tensor


@pytest.fixture
def lazy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lazy]:
    made = Lazy(tmp_path)
    made.file.write_text(KERNELS, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield made
    made.package.check_invariants()


def fails(lazy: Lazy, call: Any, problem: str, line: int) -> None:
    """A call fails with an ImportError that says what and where."""
    problem = problem.replace("MODULE", lazy.module)
    kernel, problem = problem.split(" - ")
    text = f"kernel `{kernel}`, declared at declarations.yaml:{line}: {problem}"
    for _ in range(2):
        with pytest.raises(ImportError, match=f"^{re.escape(text)}$"):
            call()


def test_imported_at_the_first_call_only(lazy: Lazy) -> None:
    package = lazy.package
    f = lazy.ops.f
    assert f.has_kernel_for("Cpu")
    assert package.dispatch_table("my::f")["Cpu"].kernel == f"{lazy.module}:f"
    assert f"{lazy.module}:f" in package.dispatch_dump("my::f")
    package.check_invariants()
    with package.Library("_", "IMPL"), package.Library("my", "IMPL") as library:
        library.impl("f", lambda a: "gpu", "Watch")
        assert f(lazy.tensor("Watch")) == "gpu"
    assert not lazy.is_imported
    assert f(lazy.tensor("Cpu")) == "f"
    assert lazy.is_imported


def test_imported_once(lazy: Lazy) -> None:
    """Registrations forget where calls go, and not what was imported."""
    tensor = lazy.tensor("Cpu")
    assert lazy.ops.f(tensor) == "f"
    del sys.modules[lazy.module]
    with lazy.package.Library("my", "IMPL") as library:
        library.impl("f", lambda a: "gpu", "Watch")
        assert lazy.ops.f(tensor) == "f"
    assert not lazy.is_imported


def test_fallback(lazy: Lazy) -> None:
    assert lazy.ops.f(lazy.tensor("Watch")) == "watched my::f"


def test_attributes_of_classes(lazy: Lazy) -> None:
    assert lazy.ops.g(lazy.tensor("Gpu")) == "method"


def test_missing_function(lazy: Lazy) -> None:
    call = lazy.ops.f
    fails(
        lazy,
        lambda: call(lazy.tensor("Gpu")),
        "MODULE:gone - `MODULE` has no `gone`",
        15,
    )
    assert call(lazy.tensor("Cpu")) == "f"
    # It can be mended in a running process.
    sys.modules[lazy.module].gone = lambda a: "back"  # type: ignore[attr-defined]
    assert call(lazy.tensor("Gpu")) == "back"


def test_missing_module(lazy: Lazy) -> None:
    fails(
        lazy,
        lambda: lazy.ops.g(lazy.tensor("Cpu")),
        "MODULE_gone:g - cannot import `MODULE_gone`: No module named 'MODULE_gone'",
        17,
    )


def test_not_a_function(lazy: Lazy) -> None:
    fails(
        lazy,
        lambda: lazy.ops.h(lazy.tensor("Cpu")),
        "MODULE:data - `MODULE:data` is int, not a function",
        19,
    )


def test_errors_of_the_module_itself(lazy: Lazy) -> None:
    """What a module raises is not hidden, and it is tried again."""
    lazy.file.write_text("1 / 0\n", "utf-8")
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            lazy.ops.f(lazy.tensor("Cpu"))


@pytest.mark.parametrize("keys", [["Gpu"], []])
def test_kernel_without_a_body(lazy: Lazy, keys: list[str]) -> None:
    """The error says how to supply one, and that works for every slot."""
    tensor = lazy.tensor(*keys)
    text = (
        "my::k: the kernel `open_slot` for Any is declared without a body; declare it as "
        "`module:function`, or give the operator one with `Library(..., 'IMPL').impl("
        "'my::k', function, 'Any')`"
    )
    with pytest.raises(NotImplementedError, match=f"^{re.escape(text)}$"):
        lazy.ops.k(tensor)
    with lazy.package.Library("my", "IMPL") as library:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # It takes the place of nothing.
            library.impl("my::k", lambda a: "now it has one", "Any")
        assert lazy.ops.k(tensor) == "now it has one"


def test_replacing_a_declared_kernel_warns_where_it_is_done(lazy: Lazy) -> None:
    with lazy.package.Library("my", "IMPL") as library:
        with pytest.warns(
            UserWarning,
            match=f"^my::f: the declared kernel for Cpu, {lazy.module}:f, is replaced by ",
        ) as caught:
            library.impl("f", lambda a: "mine", "Cpu")
        assert caught[0].filename == __file__
        with pytest.warns(UserWarning, match="is replaced by") as caught:

            @library.impl("f", dispatch_key="Gpu")
            def f(a: Any) -> str:
                return "mine too"

        assert caught[0].filename == __file__
        assert lazy.ops.f(lazy.tensor("Cpu")) == "mine"
    assert lazy.ops.f(lazy.tensor("Cpu")) == "f"


def test_module_that_registers_while_it_is_imported(lazy: Lazy) -> None:
    """A call imports a module that defines operators, and calls one that it defines."""
    lazy.file.write_text(
        f"import {lazy.package.__name__} as package\n"
        "library = package.Library('more', 'DEF')\n"
        "library.define('one(Tensor a) -> str')\n"
        "library.impl('one', lambda a: 'one', 'Cpu')\n"
        "more = package.Library('my', 'IMPL')\n"
        "more.impl('f', lambda a: 'replaced', 'Watch')\n"
        "def f(a):\n"
        "    return package.ops.more.one(a)\n",
        "utf-8",
    )
    assert lazy.ops.f(lazy.tensor("Cpu")) == "one"
    assert lazy.ops.f(lazy.tensor("Watch")) == "replaced"


def test_module_that_replaces_the_kernel_it_is_imported_for(lazy: Lazy) -> None:
    """The call goes where the table leads after the import."""
    lazy.file.write_text(
        f"import {lazy.package.__name__} as package\n"
        "library = package.Library('my', 'IMPL')\n"
        "library.impl('f', lambda a: 'newer', 'Cpu', allow_override=True)\n"
        "def f(a):\n"
        "    return 'older'\n",
        "utf-8",
    )
    assert lazy.ops.f(lazy.tensor("Cpu")) == "newer"


def test_module_that_calls_the_operator_it_is_imported_for(lazy: Lazy) -> None:
    """The function is not there yet: an error that says so, and no endless loop."""
    lazy.file.write_text(
        f"import {lazy.package.__name__} as package\n"
        "class T: _dispatch_keys = package.DispatchKeySet("
        "package.DispatchKey.Cpu).raw_repr()\n"
        "package.ops.my.f(T())\n"
        "def f(a):\n"
        "    return 'f'\n",
        "utf-8",
    )
    with pytest.raises(ImportError, match=r"has no `f`$"):
        lazy.ops.f(lazy.tensor("Cpu"))


def test_no_deadlock_of_imports(lazy: Lazy) -> None:
    """One thread imports a module that registers; others call what needs that module.

    The import lock of a module and the dispatcher's lock are never waited for in both
    orders. In a process of its own, since a deadlock would not end.
    """
    folder = lazy.file.parent
    lazy.file.write_text(
        "import time\n"
        "import package\n"
        "time.sleep(0.2)\n"
        "library = package.Library('my', 'IMPL')\n"
        "library.impl('f', lambda a: 'f of watch', 'Watch')\n"
        "def f(a):\n"
        "    return 'f'\n",
        "utf-8",
    )
    (folder / "main.py").write_text(
        "import threading, importlib\n"
        "import package\n"
        "class T: _dispatch_keys = package.DispatchKeySet("
        "package.DispatchKey.Cpu).raw_repr()\n"
        "found = []\n"
        "def call(): found.append(package.ops.my.f(T()))\n"
        f"def load(): importlib.import_module({lazy.module!r})\n"
        "threads = [threading.Thread(target=t) for t in [load, call, call, load, call]]\n"
        "for thread in threads: thread.start()\n"
        "for thread in threads: thread.join()\n"
        "print(found)\n",
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, "main.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.stderr == ""
    assert done.stdout == "['f', 'f', 'f']\n"


def test_first_calls_from_many_threads(lazy: Lazy) -> None:
    lazy.file.write_text(
        "import time\ntime.sleep(0.05)\n" + KERNELS,
        "utf-8",
    )
    found: list[str] = []
    tensor = lazy.tensor("Cpu")
    threads = [
        threading.Thread(target=lambda: found.append(lazy.ops.f(tensor)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["f"] * 8
