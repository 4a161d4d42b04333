"""Classes of others that are tensors: by a declaration or by `register_type`.

Types stay registered, so each test has a package of its own.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest

from tests.support import generate_package, import_package

DECLARATIONS: Final = """\
dispatcher: {name: foreign, default_namespace: my}
backends: [Cpu, Gpu]
functionality:
  - Work: {per_backend: true, prefix: ""}
  - Watch
fallbacks:
  - {keys: [Watch], policy: fallthrough}
"""
TYPES: Final = """\
types:
  test_foreign_module:Array: Cpu
  test_foreign_module:Outer.Inner: Gpu | Watch
"""
MODULE: Final = """\
class Array: pass
class Outer:
    class Inner: pass
"""


class Foreign:
    pass


class Derived(Foreign):
    pass


class Both(Foreign):
    """Foreign, and with a keyset of its own."""

    _dispatch_keys = 0


class Package:
    """A generated package with an operator on each backend."""

    def __init__(self, folder: Path, text: str) -> None:
        self.module: ModuleType = import_package(
            generate_package(text, folder, "package")
        )
        self.library = self.module.Library("my", "DEF")

    def define(self, name: str, arguments: str = "a") -> Any:
        self.library.define(f"{name}(Tensor {arguments}) -> str")
        for key in ("Cpu", "Gpu"):
            self.library.impl(name, lambda *args, key=key: key, key)
        return getattr(self.module.ops.my, name.partition(".")[0])

    def tensor(self, *keys: str) -> Any:
        tensor = type("Tensor", (), {})()
        members = [self.module.DispatchKey[key] for key in keys]
        tensor._dispatch_keys = self.module.DispatchKeySet(members).raw_repr()
        return tensor

    def key(self, name: str) -> Any:
        return self.module.DispatchKey[name]


@pytest.fixture
def package(tmp_path: Path) -> Package:
    return Package(tmp_path, DECLARATIONS)


def test_refused_until_registered(package: Package) -> None:
    """Functions that were made and called before know a type from then on."""
    f = package.define("f")
    assert f(package.tensor("Cpu")) == "Cpu"
    for _ in range(2):
        with pytest.raises(TypeError, match="must be Tensor, not Foreign"):
            f(Foreign())
    package.module.register_type(Foreign, package.key("Gpu"))
    for _ in range(2):
        assert f(Foreign()) == "Gpu"
        assert f(package.tensor("Cpu")) == "Cpu"
    later = package.define("later")
    assert later(Foreign()) == "Gpu"


def test_subclasses(package: Package) -> None:
    f = package.define("f")
    package.module.register_type(Foreign, package.key("Gpu"))
    assert (f(Derived()), f(Derived()), f(Foreign())) == ("Gpu", "Gpu", "Gpu")
    package.module.register_type(Derived, package.key("Cpu"))
    assert (f(Derived()), f(Foreign())) == ("Cpu", "Gpu")


def test_registered_again(package: Package) -> None:
    f = package.define("f")
    for key in ("Gpu", "Cpu"):
        package.module.register_type(Foreign, package.key(key))
        assert (f(Foreign()), f(Derived())) == (key, key)


def test_every_place_of_a_tensor(package: Package) -> None:
    """Tensors, optional ones, lists and lists of optional ones."""
    calls = {
        "Tensor b": lambda value: (value,),
        "Tensor? b": lambda value: (value,),
        "Tensor[] b": lambda value: ([value],),
        "Tensor?[] b": lambda value: ([None, value],),
    }
    package.module.register_type(Foreign, package.key("Gpu"))
    cpu = package.tensor("Cpu")
    for number, (argument, wrap) in enumerate(calls.items()):
        g = package.define(f"g{number}", f"a, {argument}")
        for _ in range(2):
            assert g(Foreign(), *wrap(Foreign())) == "Gpu"
            assert g(cpu, *wrap(Foreign())) == "Gpu"
            assert g(cpu, *wrap(cpu)) == "Cpu"


def test_several_keys(package: Package) -> None:
    f = package.define("f")
    keys = [package.key("Cpu"), package.key("Watch")]
    package.module.register_type(Foreign, keys)
    assert f(Foreign()) == "Cpu"
    package.library.impl("f", lambda a: "Watch", "Watch")
    assert f(Foreign()) == "Watch"
    package.module.register_type(Foreign, package.module.DispatchKeySet(keys[0]))
    assert f(Foreign()) == "Cpu"


def test_a_keyset_of_its_own_or_that_of_its_class(
    package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own comes before that of a class it derives from, cold and warm."""
    monkeypatch.setattr(Both, "_dispatch_keys", package.tensor("Cpu")._dispatch_keys)
    f = package.define("f")
    package.module.register_type(Foreign, package.key("Gpu"))
    assert [f(Both()), f(Foreign()), f(Both())] == ["Cpu", "Gpu", "Cpu"]
    package.module.register_type(Both, package.key("Gpu"))
    assert f(Both()) == "Gpu"


def test_wrong_keys(package: Package) -> None:
    with pytest.raises(TypeError):
        package.module.register_type(Foreign, "Gpu")
    with pytest.raises(TypeError, match="must be Tensor, not Foreign"):
        package.define("f")(Foreign())


def test_packets_and_boxed_calls(package: Package) -> None:
    package.define("f.one")
    package.library.define("f.two(int a) -> str")
    package.module.register_type(Foreign, package.key("Gpu"))
    f = package.module.ops.my.f
    assert f(Foreign()) == "Gpu"
    stack = [Foreign()]
    f.one.call_boxed(stack)
    assert stack == ["Gpu"]


def test_numpy(package: Package) -> None:
    numpy = pytest.importorskip("numpy")
    f = package.define("f", "a, Tensor b")
    package.module.register_type(numpy.ndarray, package.key("Cpu"))
    array = numpy.arange(3)
    assert f(array, array) == "Cpu"
    assert f(array, array.view(numpy.matrix)) == "Cpu"
    assert f(array, package.tensor("Gpu")) == "Gpu"
    with pytest.raises(TypeError, match=r"argument 'b' \(position 2\) must be Tensor"):
        f(array, numpy.float64(1.0))


def test_under_guards(package: Package) -> None:
    f = package.define("f")
    package.module.register_type(Foreign, package.key("Gpu"))
    package.library.impl("f", lambda a: "Watch", "Watch")
    with package.module.IncludeDispatchKeyGuard(package.key("Watch")):
        assert f(Foreign()) == "Watch"
    assert f(Foreign()) == "Gpu"


# Declared types


@pytest.fixture
def declared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Package:
    (tmp_path / "test_foreign_module.py").write_text(MODULE, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "test_foreign_module", raising=False)
    return Package(tmp_path, DECLARATIONS + TYPES)


def test_declared_types(declared: Package) -> None:
    """Found by name: nothing is imported for it."""
    f = declared.define("f")
    assert f(declared.tensor("Cpu")) == "Cpu"
    assert "test_foreign_module" not in sys.modules
    import test_foreign_module as others  # type: ignore[import-not-found]

    class Sub(others.Array):  # type: ignore[misc]
        pass

    for _ in range(2):
        assert f(Sub()) == "Cpu"
        assert f(others.Array()) == "Cpu"
        assert f(others.Outer.Inner()) == "Gpu"
    with pytest.raises(TypeError, match="must be Tensor, not Outer"):
        f(others.Outer())


def test_declared_types_stay_when_another_is_registered(declared: Package) -> None:
    import test_foreign_module as others

    f = declared.define("f")
    assert f(others.Array()) == "Cpu"
    declared.module.register_type(Foreign, declared.key("Gpu"))
    assert f(Foreign()) == "Gpu"
    assert f(others.Outer.Inner()) == "Gpu"
    assert f(others.Array()) == "Cpu"


def test_declared_types_can_be_given_other_keys(declared: Package) -> None:
    import test_foreign_module as others

    f = declared.define("f")
    declared.module.register_type(others.Array, declared.key("Gpu"))
    assert [f(others.Array()), f(others.Array())] == ["Gpu", "Gpu"]
    declared.module.register_type(others.Array, declared.key("Cpu"))
    assert f(others.Array()) == "Cpu"


def test_a_type_of_the_same_name(declared: Package) -> None:
    """A class that is defined anew, as when its module is loaded again."""
    import test_foreign_module as others

    f = declared.define("f")
    assert f(others.Array()) == "Cpu"
    again: dict[str, Any] = {"__name__": "test_foreign_module"}
    exec(MODULE, again)
    assert f(again["Array"]()) == "Cpu"
