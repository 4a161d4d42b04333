"""Tables under random registrations: incremental, and always as computed afresh.

`naive_table` reads the documented precedence once more, slot by slot, from the keysets of
the alias keys; it shares no code with the dispatcher.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any, Final, Self

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import generated as g
from generated import DispatchKey, DispatchKeySet, Library

_numbers: Final = count()

ALIASES: Final = {
    "Autograd": g.autograd_alias_keyset,
    "CompositeImplicitAutograd": g.math_dispatch_keyset,
    "CompositeImplicitAutogradNestedTensor": g.nested_dispatch_keyset,
    "CompositeExplicitAutograd": g.backend_dispatch_keyset,
    "CompositeExplicitAutogradNonFunctional": g.non_functional_backend_dispatch_keyset,
}
KEYS: Final = (
    *(
        "CPU",
        "CUDA",
        "Meta",
        "FPGA",
        "SparseCPU",
        "NestedTensorCPU",
        "QuantizedCPU",
        "HIP",
    ),
    *("BackendSelect", "Python", "ADInplaceOrView", "Functionalize", "Tracer"),
    *(
        "AutogradCPU",
        "AutogradCUDA",
        "AutogradOther",
        "AutogradNestedTensor",
        "AutogradHIP",
    ),
)
FREE: Final = ("HIP", "PrivateUse2", "AutogradHIP", "AutogradPrivateUse2")
SLOTS: Final = tuple(g.DISPATCHER.slots)

quick: Final = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def has(keyset: DispatchKeySet, key: str) -> bool:
    return key != "Undefined" and keyset.has(DispatchKey[key])


def naive_table(
    kernels: Mapping[str, str], fallbacks: Mapping[str, str]
) -> dict[str, str]:
    """Slot to the name of its kernel, by the precedence that PyTorch documents."""
    table = {}
    for slot in SLOTS:
        found = _naive(slot, kernels)
        if found is None:
            found = fallbacks.get(slot)
        if found is not None:
            table[slot] = found
    return table


def _naive(slot: str, kernels: Mapping[str, str]) -> str | None:
    def serves(alias: str, *, undefined: bool) -> bool:
        filled = undefined if slot == "Undefined" else has(ALIASES[alias], slot)
        return alias in kernels and filled

    if slot in kernels:
        return kernels[slot]
    for alias in (
        "CompositeExplicitAutogradNonFunctional",
        "CompositeExplicitAutograd",
    ):
        if serves(alias, undefined=True):
            return kernels[alias]
    backends = g.get_backend_key_set_from_autograd(DispatchKey[slot])
    backend_kernel = "CompositeExplicitAutograd" in kernels or any(
        has(backends, key) for key in kernels if key not in ALIASES
    )
    nested = "CompositeImplicitAutogradNestedTensor"
    if serves(nested, undefined=False):
        return kernels[nested]
    math = "CompositeImplicitAutograd"
    if serves(math, undefined=True):
        if slot == "AutogradOther" and any(
            has(g.autogradother_backends, key) for key in kernels if key not in ALIASES
        ):
            return "ambiguous"
        if not backend_kernel:
            return kernels[math]
    if serves("Autograd", undefined=False):
        return kernels["Autograd"]
    return None


def named(name: str) -> Callable[..., Any]:
    def kernel(*args: Any, **kwargs: Any) -> Any:
        return name

    kernel.__qualname__ = name
    kernel.__module__ = "k"
    return kernel


class Program:
    """An operator whose registrations come and go, one library for each."""

    def __init__(self) -> None:
        self.ns = f"test_tables_{next(_numbers)}"
        self.held: dict[str, Library] = {}

    @property
    def name(self) -> str:
        return f"{self.ns}::op"

    def toggle(self, what: str) -> None:
        """Register something, or take it back if it is there."""
        library = self.held.pop(what, None)
        if library is not None:
            library.close()
            return
        kind, _, key = what.partition(" ")
        if kind == "define":
            library = Library(self.ns, "FRAGMENT")
            library.define("op(Tensor a) -> Tensor")
        elif kind == "impl":
            library = Library(self.ns, "IMPL", key)
            library.impl("op", named(key))
        else:
            library = Library("_", "IMPL", key)
            library.fallback(named(f"fallback_{key}"))
        self.held[what] = library

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for library in self.held.values():
            library.close()

    def kernels(self, kind: str = "impl") -> dict[str, str]:
        keys = [w.partition(" ")[2] for w in self.held if w.startswith(kind)]
        return {
            key: f"k:{'fallback_' if kind == 'fallback' else ''}{key}" for key in keys
        }

    def table(self) -> dict[str, str]:
        return {slot: e.kernel for slot, e in g.dispatch_table(self.name).items()}

    def check(self) -> None:
        g.check_invariants()
        if "define" not in self.held:
            return
        table = g.dispatch_table(self.name)
        fallbacks = self.kernels("fallback")
        computed = g.compute_dispatch_table(self.kernels())
        for key, kernel in fallbacks.items():
            computed.setdefault(key, (kernel, "backend fallback"))
        assert dict(table) == {slot: tuple(entry) for slot, entry in computed.items()}
        declared = {f.key: f.kernel for f in g.REGISTRATIONS.fallbacks}
        naive = naive_table(self.kernels(), {**declared, **fallbacks})
        for slot, kernel in naive.items():
            if kernel != "ambiguous":
                assert table[slot].kernel == kernel, slot
            else:
                assert "ambiguous" in table[slot].kernel
        assert table.keys() == naive.keys()


steps = st.sampled_from(
    ["define"]
    + [f"impl {key}" for key in (*KEYS, *ALIASES)]
    + [f"fallback {key}" for key in FREE]
)


@quick
@given(st.lists(steps, max_size=25))
def test_any_sequence(sequence: list[str]) -> None:
    with Program() as program:
        program.toggle("define")
        for step in sequence:
            program.toggle(step)
            program.check()


@quick
@given(st.sets(steps, max_size=10), st.data())
def test_order_never_matters(registrations: set[str], data: st.DataObject) -> None:
    registrations.add("define")
    tables = []
    with Program() as program:
        for _ in range(2):
            order = data.draw(st.permutations(sorted(registrations)))
            for step in order:
                program.toggle(step)
            detours = data.draw(st.lists(st.sampled_from(order), max_size=3))
            for step in [*detours, *reversed(detours)]:
                program.toggle(step)
            tables.append(list(program.table().items()))
            program.check()
            for step in data.draw(st.permutations(order)):
                program.toggle(step)
            assert not program.held
            g.check_invariants()
            with pytest.raises(KeyError):
                program.table()
    assert tables[0] == tables[1]


@quick
@given(
    st.sets(steps, max_size=8),
    st.lists(
        st.lists(st.sampled_from(KEYS), min_size=1, max_size=3), min_size=1, max_size=4
    ),
    st.lists(steps, max_size=4),
)
def test_calls_go_where_the_table_says(
    registrations: set[str], keysets: list[list[str]], changes: list[str]
) -> None:
    """Hot caches too: the same calls again after each change."""
    with Program() as program:
        for step in sorted(registrations | {"define"}):
            program.toggle(step)
        for change in ["impl CPU", *changes]:
            if change != "define":
                program.toggle(change)
            table = g.dispatch_table(program.name)
            for keys in keysets:
                keyset = DispatchKeySet([DispatchKey[key] for key in keys])
                key = keyset.highest_priority_type_id().name
                assert_reaches(program, keyset, table.get(key))


def assert_reaches(program: Program, keyset: DispatchKeySet, entry: Any) -> None:
    """A redispatch runs the kernel of the slot, or is the error that it should be."""
    operator = g.DISPATCHER.find(program.name)
    assert operator is not None
    tensor = type("Tensor", (), {"_dispatch_keys": keyset.raw_repr()})()
    redispatch = operator.function.redispatch
    if entry is None:
        with pytest.raises(NotImplementedError, match="there is no kernel for"):
            redispatch(keyset, tensor)
    elif entry.kernel.startswith("k:"):
        assert redispatch(keyset, tensor) == entry.kernel.removeprefix("k:")
    elif entry.kernel == "fallthrough":
        with pytest.raises(RuntimeError, match="which falls through"):
            redispatch(keyset, tensor)
    elif "ambiguous" in entry.kernel:
        with pytest.raises(RuntimeError, match=r"op: ambiguous at "):
            redispatch(keyset, tensor)


@quick
@given(
    st.lists(st.sampled_from(KEYS), max_size=4),
    st.sets(st.sampled_from(KEYS), max_size=4),
    st.lists(st.sampled_from(KEYS), max_size=2),
    st.lists(st.sampled_from(KEYS), max_size=2),
)
def test_fallthroughs_are_left_out(
    keys: list[str], falling: set[str], included: list[str], excluded: list[str]
) -> None:
    """A call goes to the highest key that does not fall through, as counted by hand."""
    ns = f"test_tables_{next(_numbers)}"
    with Library(ns, "DEF") as lib:
        lib.define("op(Tensor a) -> str")
        for key in KEYS:
            fallthrough = key in falling
            lib.impl("op", g.fallthrough_kernel if fallthrough else named(key), key)
        tensor = type("Tensor", (), {})()
        tensor._dispatch_keys = DispatchKeySet(
            [DispatchKey[k] for k in keys]
        ).raw_repr()
        for _ in range(2):
            with (
                g.ForceDispatchKeyGuard(
                    [DispatchKey[k] for k in included],
                    [DispatchKey[k] for k in excluded],
                ),
            ):
                both = DispatchKeySet([DispatchKey[k] for k in (*keys, *included)])
                left = both - DispatchKeySet([DispatchKey[k] for k in excluded])
                # One functionality after the other, highest first.
                while left.highest_priority_type_id().name in falling:
                    left = left.remove(left.highest_functionality_key())
                expected = left.highest_priority_type_id().name
                call = getattr(g.ops, ns).op
                if expected in KEYS:
                    assert call(tensor) == expected
                elif expected not in g.dispatch_table(f"{ns}::op"):
                    with pytest.raises(NotImplementedError):
                        call(tensor)


def test_check_invariants_finds_a_wrong_slot() -> None:
    """The checker itself can fail."""
    with Program() as program:
        program.toggle("define")
        program.toggle("impl CPU")
        operator = g.DISPATCHER.find(program.name)
        assert operator is not None
        assert program.table()["CPU"] == "k:CPU"
        slot = operator._slots["CPU"]
        operator._slots["CPU"] = operator._slots["Meta"]
        with pytest.raises(AssertionError, match=f"{program.name}, CPU: "):
            g.check_invariants()
        operator._slots["CPU"] = slot
        g.check_invariants()
