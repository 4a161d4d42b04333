"""What each policy of a fallback does to a call that reaches it."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Final, NamedTuple

import pytest

import generated as g
from codegen.pipeline import load_model
from generated import DispatchKey, Library
from tests.dispatch.tensors import CPU, Tensor, raw
from tests.support import generate_package, import_package, write_package


def says(text: str) -> str:
    return f"^{re.escape(text)}$"


# fallthrough, redispatch, not_implemented, kernel


def test_fallthrough(lib: Library, ops: Any) -> None:
    lib.define("f(Tensor a) -> str")
    lib.impl("f", lambda a: "cpu", "CPU")
    assert ops.f(Tensor(DispatchKey.CPU, DispatchKey.ADInplaceOrView)) == "cpu"
    lib.impl("f", lambda a: "views", "ADInplaceOrView")
    assert ops.f(CPU) == "views"  # Threads include it.


def test_redispatch_costs_nothing(lib: Library, ops: Any) -> None:
    """It is bound to the kernel that it leads to."""
    lib.define("f(Tensor a) -> str")

    def kernel(a: Any) -> str:
        return "cpu"

    lib.impl("f", kernel, "CPU")
    tensor = Tensor(DispatchKey.CPU, DispatchKey.PreDispatch)
    assert ops.f(tensor) == "cpu"
    assert ops.f.operator._table[tensor._dispatch_keys] is kernel


def test_redispatch_gives_the_rest_of_the_set(lib: Library, ops: Any) -> None:
    lib.define("f(Tensor a) -> int")
    lib.impl("f", lambda keyset, a: keyset, "CPU", with_keyset=int)
    tensor = Tensor(DispatchKey.CPU, DispatchKey.PreDispatch)
    assert ops.f(tensor) == raw(DispatchKey.CPU)


def test_redispatch_to_an_empty_slot(lib: Library, ops: Any) -> None:
    """The error is that of the slot it leads to; a kernel that comes later is found."""
    lib.define("f(Tensor a) -> str")
    tensor = Tensor(DispatchKey.CPU, DispatchKey.PreDispatch)
    with pytest.raises(NotImplementedError):
        ops.f(tensor)
    lib.impl("f", lambda a: "cpu", "CPU")
    assert ops.f(tensor) == "cpu"


def test_not_implemented(
    lib: Library,
    library: Any,
    ops: Any,
    ns: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lib.define("f(Tensor a) -> str")
    meta = Tensor(DispatchKey.Meta)
    with pytest.raises(
        NotImplementedError,
        match=f"^{ns}::f: there is no Meta kernel for this operator, so it cannot run on "
        "Meta tensors",
    ):
        ops.f(meta)
    fragment = library("FRAGMENT")
    fragment.set_python_module("my.fakes")
    fragment.define("g(Tensor a) -> str")
    with pytest.raises(
        NotImplementedError,
        match=says(
            f"{ns}::g: there is no kernel for Meta, and the operator says that the Python "
            "module `my.fakes` has one: `import my.fakes` before calling it"
        ),
    ):
        ops.g(meta)
    # Once it is imported, it is not what is missing.
    monkeypatch.setitem(sys.modules, "my.fakes", sys)
    with pytest.raises(NotImplementedError, match=f"^{ns}::g: there is no Meta kernel"):
        ops.g(meta)
    lib.impl("g", lambda a: "meta", "Meta")
    assert ops.g(meta) == "meta"


def test_kernel_without_a_body(lib: Library, ops: Any, ns: str) -> None:
    """Names the key, and how to supply what is missing."""
    lib.define("f(Tensor a) -> str")
    lib.impl("f", lambda a: "cpu", "CPU")
    tensor = Tensor(DispatchKey.CPU, DispatchKey.Functionalize)
    with pytest.raises(
        NotImplementedError,
        match=says(
            f"{ns}::f: the kernel `functionalizeFallback` for Functionalize is declared "
            "without a body; declare it as `module:function`, or give the operator one "
            f"with `Library(..., 'IMPL').impl('{ns}::f', function, 'Functionalize')`"
        ),
    ):
        ops.f(tensor)
    lib.impl(f"{ns}::f", lambda a: "functionalized", "Functionalize")
    assert ops.f(tensor) == "functionalized"


# backend_fallback_to

BACKENDS: Final = """\
dispatcher: {name: backends, default_namespace: my}
backends: [Host, Gpu]
functionality:
  - Work: {per_backend: true, prefix: ""}
  - Sparse: {per_backend: true}
  - Watch
fallbacks:
  - {keys: [Gpu, SparseGpu], policy: backend_fallback_to, backend: Host}
"""


class Array:
    """Values on a backend."""

    package: ModuleType

    def __init__(self, backend: str, *values: int) -> None:
        self.backend = backend
        self.values = list(values)
        key = self.package.DispatchKey[backend]
        self._dispatch_keys = self.package.DispatchKeySet(key).raw_repr()

    def to_backend(self, backend: Any) -> Array:
        return type(self)(backend.name.removesuffix("Bit"), *self.values)

    def copy_from(self, other: Array) -> None:
        self.values = [*other.values]

    def __repr__(self) -> str:
        return f"{self.backend}{self.values}"


class Pair(NamedTuple):
    first: Any
    second: Any


class Backends:
    def __init__(self, folder: Path) -> None:
        self.package = import_package(generate_package(BACKENDS, folder, "package"))
        self.array = type("Array", (Array,), {"package": self.package})
        self.library = self.package.Library("my", "DEF")

    def host(self, *values: int) -> Any:
        return self.array("Host", *values)

    def gpu(self, *values: int) -> Any:
        return self.array("Gpu", *values)

    def define(self, schema: str, kernel: Any) -> Any:
        """An operator with a kernel for the host, which sees nothing else."""

        def on_host(*args: Any, **kwargs: Any) -> Any:
            for value in (*args, *kwargs.values()):
                for item in value if isinstance(value, (list, tuple)) else [value]:
                    assert getattr(item, "backend", "Host") == "Host"
            return kernel(*args, **kwargs)

        self.library.define(schema)
        name = schema.partition("(")[0]
        self.library.impl(name, on_host, "Host")
        return getattr(self.package.ops.my, name)


@pytest.fixture
def backends(tmp_path: Path) -> Backends:
    return Backends(tmp_path)


@pytest.fixture
def quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@pytest.mark.usefixtures("quiet")
def test_runs_on_the_other_backend(backends: Backends) -> None:
    double = backends.define(
        "double(Tensor a, int times=2) -> Tensor",
        lambda a, times=2: backends.host(*(times * v for v in a.values)),
    )
    assert repr(double(backends.host(1))) == "Host[2]"
    assert repr(double(backends.gpu(1))) == "Gpu[2]"
    assert repr(double(backends.gpu(1), times=3)) == "Gpu[3]"


@pytest.mark.usefixtures("quiet")
def test_lists_and_optional_ones(backends: Backends) -> None:
    seen: list[Any] = []
    call = backends.define(
        "f(Tensor? a, Tensor[] b, Tensor?[] c, *, Tensor? d=None) -> Tensor[]",
        lambda a, b, c, d=None: (seen.append((a, b, c, d)), [*b, d])[1],
    )
    gpu = backends.gpu
    result = call(None, [gpu(1), backends.host(2)], (None, gpu(3)), d=gpu(4))
    assert repr(seen) == "[(None, [Host[1], Host[2]], [None, Host[3]], Host[4])]"
    assert repr(result) == "[Gpu[1], Gpu[2], Gpu[4]]"


@pytest.mark.usefixtures("quiet")
def test_in_place(backends: Backends) -> None:
    """The argument gets the values, and is itself the result."""

    def add_(a: Any, b: Any) -> Any:
        a.values = [x + y for x, y in zip(a.values, b.values, strict=True)]
        return a

    call = backends.define("add_(Tensor(a!) a, Tensor b) -> Tensor(a!)", add_)
    a, b = backends.gpu(1, 2), backends.gpu(3, 4)
    assert call(a, b) is a
    assert repr((a, b)) == "(Gpu[4, 6], Gpu[3, 4])"


@pytest.mark.usefixtures("quiet")
def test_out_and_written_lists(backends: Backends) -> None:
    def fill(value: int, *, out: Sequence[Any], one: Any) -> Any:
        for item in (*out, one):
            item.values = [value]
        return one

    call = backends.define(
        "fill(int value, *, Tensor(a!)[] out, Tensor(b!) one) -> Tensor(b!)", fill
    )
    out, one = [backends.gpu(0), backends.gpu(0)], backends.gpu(0)
    assert call(7, out=out, one=one) is one
    assert repr((out, one)) == "([Gpu[7], Gpu[7]], Gpu[7])"


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize(
    "kind", [tuple, list, lambda pair: Pair(*pair)], ids=["tuple", "list", "named"]
)
def test_several_results(backends: Backends, kind: Any) -> None:
    call = backends.define(
        "f(Tensor a) -> (Tensor first, int second)", lambda a: kind([a, 3])
    )
    result = call(backends.gpu(1))
    assert repr([*result]) == "[Gpu[1], 3]"
    assert type(result) is type(kind([1, 2]))


@pytest.mark.usefixtures("quiet")
def test_other_results(backends: Backends) -> None:
    assert backends.define("size(Tensor a) -> int", lambda a: 5)(backends.gpu(1)) == 5
    assert (
        backends.define("none(Tensor a) -> ()", lambda a: None)(backends.gpu(1)) is None
    )


@pytest.mark.usefixtures("quiet")
def test_the_same_functionality(backends: Backends) -> None:
    """What is sparse stays so."""
    backends.library.define("f(Tensor a) -> str")
    backends.library.impl("f", lambda a: "sparse", "SparseHost")
    backends.library.impl("f", lambda a: "dense", "Host")
    assert backends.package.ops.my.f(backends.array("SparseGpu", 1)) == "sparse"


@pytest.mark.usefixtures("quiet")
def test_missing_on_both(backends: Backends) -> None:
    backends.library.define("f(Tensor a) -> str")
    with pytest.raises(NotImplementedError, match=r"f: there is no kernel for Host"):
        backends.package.ops.my.f(backends.gpu(1))


def test_warns_once_an_operator(backends: Backends) -> None:
    f, other = (
        backends.define(f"{n}(Tensor a) -> int", lambda a: 1) for n in ("f", "other")
    )
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        for _ in range(3):
            f(backends.gpu(1))
            other(backends.gpu(1))
        f(backends.host(1))
    assert [str(each.message) for each in seen] == [
        f"my::{name}: there is no kernel for Gpu; it runs on Host and its results are "
        "converted back"
        for name in ("f", "other")
    ]
    assert {each.filename for each in seen} == {__file__}


@pytest.mark.usefixtures("quiet")
def test_conversion_can_be_set(backends: Backends) -> None:
    done: list[str] = []

    def convert(tensor: Any, backend: Any, like: Any) -> Any:
        done.append(f"{tensor} to {backend.name} like {like}")
        return tensor.to_backend(backend)

    def copy(destination: Any, source: Any) -> None:
        done.append(f"{source} into {destination}")

    backends.package.set_conversion(convert, copy)
    call = backends.define("f_(Tensor(a!) a, Tensor b) -> Tensor", lambda a, b: b)
    call(backends.gpu(1), backends.gpu(2))
    assert done == [
        "Gpu[1] to HostBit like Gpu[1]",
        "Gpu[2] to HostBit like Gpu[2]",
        "Host[1] into Gpu[1]",
        "Host[2] to GpuBit like Gpu[1]",
    ]


# autograd_not_implemented


class Grad(Tensor):
    """A tensor that a tiny engine knows."""

    def __init__(self, *, requires_grad: bool = True) -> None:
        super().__init__(DispatchKey.CPU, DispatchKey.AutogradCPU)
        self.requires_grad = requires_grad
        self.node: Any = None
        self.hooks: list[Any] = []

    def backward(self) -> Any:
        for hook in self.hooks:
            hook("gradient")
        return self.node("gradient") if self.node else None


class Engine:
    """Records nodes and hooks."""

    enabled = True

    def is_grad_enabled(self) -> bool:
        return self.enabled

    def register_hook(self, tensor: Any, hook: Any) -> None:
        tensor.hooks.append(hook)

    def set_history(self, tensor: Any, node: Any, inputs: Sequence[Any]) -> None:
        tensor.requires_grad = True
        tensor.node = node


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = Engine()
    assert not g.has_variable_hooks()
    assert g.get_autograd_fallback_mode() == "warn"
    g.set_variable_hooks(made)
    assert g.has_variable_hooks()
    yield made
    g.set_variable_hooks(None)
    g.set_autograd_fallback_mode("warn")
    assert not g.has_variable_hooks()


@pytest.fixture
def make(lib: Library, ops: Any) -> Any:
    lib.define("make(Tensor a, Tensor? b=None) -> Tensor")
    lib.impl("make", lambda a, b=None: Grad(requires_grad=False), "CPU")
    return ops.make


def text(call: Any) -> str:
    return (
        f"{call.name}: no autograd kernel is registered for it, so that gradients do not "
        "flow back through it and may be wrong; register one, or a fallthrough if it is "
        "differentiated by what it calls"
    )


def test_without_hooks(make: Any) -> None:
    """Goes on below autograd, and costs nothing."""
    result = make(Grad())
    assert (result.requires_grad, result.node) == (False, None)
    kernel = make.operator.kernels["CPU"][0].function
    assert make.operator._table[Grad()._dispatch_keys].__name__ in (
        kernel.__name__,
        "call",
    )


def test_mode_nothing(make: Any, engine: Engine) -> None:
    g.set_autograd_fallback_mode("nothing")
    result = make(Grad())
    assert (result.requires_grad, result.node) == (False, None)


def test_mode_warn(make: Any, engine: Engine) -> None:
    """At backward, and not at the call."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = make(Grad(), Grad(requires_grad=False))
    assert result.requires_grad
    with pytest.warns(UserWarning, match=says(text(make))):
        assert result.backward() == (None, None)


def test_mode_error(make: Any, engine: Engine) -> None:
    g.set_autograd_fallback_mode("error")
    result = make(Grad())
    with pytest.raises(RuntimeError, match=says(text(make))):
        result.backward()


def test_the_mode_of_the_backward_pass_counts(make: Any, engine: Engine) -> None:
    result = make(Grad())
    g.set_autograd_fallback_mode("error")
    with pytest.raises(RuntimeError, match=says(text(make))):
        result.backward()


def test_unknown_mode() -> None:
    with pytest.raises(
        ValueError, match=says("there is no mode 'x', only nothing, warn, error")
    ):
        g.set_autograd_fallback_mode("x")


def test_nothing_that_requires_gradients(make: Any, engine: Engine) -> None:
    assert make(Grad(requires_grad=False)).node is None
    engine.enabled = False
    assert make(Grad()).node is None


def test_hooks_that_come_and_go(make: Any, engine: Engine) -> None:
    """Calls that were cached without them see them, and the other way round."""
    assert make(Grad()).node is not None
    g.set_variable_hooks(None)
    assert make(Grad()).node is None
    g.set_variable_hooks(engine)
    assert make(Grad()).node is not None


def test_a_result_that_requires_gradients(
    lib: Library, ops: Any, engine: Engine
) -> None:
    """In place: it has a history, and a hook complains."""
    lib.define("f_(Tensor(a!) a) -> Tensor(a!)")
    lib.impl("f_", lambda a: a, "CPU")
    tensor = Grad()
    assert ops.f_(tensor) is tensor
    assert tensor.node is None
    with pytest.warns(UserWarning, match=says(text(ops.f_))):
        tensor.backward()


def test_lists_of_results(lib: Library, ops: Any, engine: Engine) -> None:
    lib.define("f(Tensor[] a) -> (Tensor[] b, int c, Tensor? d)")
    made = [Grad(requires_grad=False) for _ in range(3)]
    lib.impl("f", lambda a: (made[:2], 3, made[2]), "CPU")
    assert ops.f([Grad(), Grad(requires_grad=False)]) == (made[:2], 3, made[2])
    assert all(each.node.inputs == 2 for each in made)
    assert all(each.node.name == ops.f.name for each in made)


def test_an_autograd_kernel_is_left_alone(
    lib: Library, make: Any, engine: Engine
) -> None:
    lib.impl("make", lambda a, b=None: "mine", "Autograd")
    assert make(Grad()) == "mine"


def test_arguments_by_name(lib: Library, ops: Any, engine: Engine) -> None:
    lib.define("f(Tensor a, int b=1, *, Tensor? c=None, int d) -> ()")
    lib.impl("f", lambda a, b, *, c, d: (a, b, c, d), "CPU")
    tensor, other = Grad(), Grad()
    assert ops.f(tensor, c=other, d=4) == (tensor, 1, other, 4)


# The mobile variant


def test_mobile(tmp_path: Path) -> None:
    """Autograd keys fall through; hooks change nothing."""
    model = load_model([Path("declarations")], "mobile")
    mobile = import_package(write_package(model, tmp_path / "package"))
    mobile.set_variable_hooks(Engine())
    with mobile.Library("my", "DEF") as lib:
        lib.define("f(Tensor a) -> Tensor")
        lib.impl("f", lambda a: "cpu", "CPU")
        assert mobile.dispatch_table("my::f")["AutogradCPU"] == (
            "fallthrough",
            "backend fallback",
        )
        tensor = type("Tensor", (), {})()
        keys = (mobile.DispatchKey.CPU, mobile.DispatchKey.AutogradCPU)
        tensor._dispatch_keys = mobile.DispatchKeySet(keys).raw_repr()
        tensor.requires_grad = True
        assert mobile.ops.my.f(tensor) == "cpu"


def test_private_keys_stay_open(library: Any, lib: Library, ops: Any) -> None:
    """Extensions bring the autograd fallback of private keys."""
    lib.define("f(Tensor a) -> str")
    lib.impl("f", lambda a: "private", "PrivateUse2")
    tensor = Tensor(DispatchKey.PrivateUse2, DispatchKey.AutogradPrivateUse2)
    with pytest.raises(NotImplementedError, match="no kernel for AutogradPrivateUse2"):
        ops.f(tensor)
    fallbacks = library("IMPL", "AutogradPrivateUse2", of="_")
    fallbacks.fallback(
        lambda operator, a: operator.redispatch(raw(DispatchKey.PrivateUse2), a)
    )
    assert ops.f(tensor) == "private"
    fallbacks.close()
    with pytest.raises(NotImplementedError):
        ops.f(tensor)
