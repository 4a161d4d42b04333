"""How long a call takes, against a direct call and against other ways to dispatch.

All cases take turns in one process, so that they see the same load of the machine, and
what they are compared with is what was measured in the same round. The numbers are medians
over the rounds, in time of this thread on the processor; an empty loop's time is
subtracted, and the garbage collector is off. Peers that are not installed are skipped.

    python benchmarks/dispatch_call.py [--runs 301] [--json] [--strict]

Tensors have PyTorch's keys of a CPU tensor, CPU, ADInplaceOrView and AutogradCPU: keysets
of more than 30 bits, for which `|` makes an integer of several digits. Two tensors hold one
int object, as when a library keeps its keysets as constants, unless a case says that they
hold equal ones.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import importlib.util
import json
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from functools import singledispatch
from itertools import repeat
from pathlib import Path
from threading import Event, Thread
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
KEYS = ("CPU", "ADInplaceOrView", "AutogradCPU")
SAMPLE = 250_000
"""How many nanoseconds a case runs in a round."""

NOISE = 1.03
"""How much slower than another case one may look that is as fast."""

# Cases that bars name.
DIRECT = "direct call"
BY_HAND = "hand-written, dict"
BELOW_BY_HAND = "hand-written, autograd to CPU"
OPERATOR = "operator"
BELOW = "autograd to CPU, keyset an int"
TORCH = "torch.library, Python kernel"
EQUAL = ", equal ints"

# Time of other processes does not count, where the system can tell it apart.
_FINE = time.get_clock_info("thread_time").resolution < 1e-6
CLOCK = time.thread_time_ns if _FINE else time.perf_counter_ns

# Every case has a loop of its own: a shared one would see many types, and CPython
# specializes the calls in it for one.
LOOP = """
def loop(times, {names}):
    start = clock()
    for _ in times:
        {statement}
    return clock() - start
"""


@dataclass(frozen=True)
class Case:
    """What is timed: a statement, and the values that it names."""

    name: str
    statement: str = "f(a, b)"
    values: Mapping[str, Any] = field(default_factory=dict)
    state: Callable[[], AbstractContextManager[Any]] = nullcontext


@dataclass(frozen=True)
class Bar:
    """A limit of how many times as long one case takes as another."""

    text: str
    case: str
    base: str
    limit: float
    at_least: bool = False


class Tensor:
    __slots__ = ("_dispatch_keys",)

    def __init__(self, keys: int = 0) -> None:
        self._dispatch_keys = keys


class Other:
    """What else a function is overloaded for."""


class Array:
    """A type without a keyset."""

    __slots__ = ()


def kernel(a: Any, b: Any) -> Any:
    return a


# Written by hand

BY_KEYSET: dict[int, Any] = {}
BY_BIT: list[Any] = [kernel] * 128


def forward(a: Any, b: Any) -> Any:
    return kernel(a, b)


def from_dict(a: Any, b: Any) -> Any:
    return BY_KEYSET[a._dispatch_keys | b._dispatch_keys](a, b)


def from_list(a: Any, b: Any) -> Any:
    return BY_BIT[(a._dispatch_keys | b._dispatch_keys).bit_length()](a, b)


def hand_written_autograd(keys: int, after: int) -> Any:
    """A wrapper whose autograd kernel goes on to the CPU kernel, by keyset."""

    def call(a: Any, b: Any) -> Any:
        keyset = a._dispatch_keys | b._dispatch_keys
        return table[keyset](keyset, a, b)

    def redispatch(keyset: int, a: Any, b: Any) -> Any:
        return table[keyset](keyset, a, b)

    def autograd(keyset: int, a: Any, b: Any) -> Any:
        return redispatch(keyset & after, a, b)

    def cpu(keyset: int, a: Any, b: Any) -> Any:
        return a

    table = {keys: autograd, keys & after: cpu}
    return call


# Generated


class Dispatcher:
    """A copy of the generated package, for cases that change how others would run."""

    def __init__(self, name: str, folder: Path) -> None:
        spec = importlib.util.spec_from_file_location(
            name, folder / "__init__.py", submodule_search_locations=[str(folder)]
        )
        assert spec is not None
        assert spec.loader is not None
        self.package: Any = importlib.util.module_from_spec(spec)
        sys.modules[name] = self.package
        spec.loader.exec_module(self.package)
        self.library = self.package.Library("bench", "DEF")
        self.fallbacks = self.package.Library("_", "IMPL")

    def operator(self, schema: str, **kernels: Any) -> Any:
        """Define an operator with kernels by dispatch key; returns its function."""
        name = self.library.define(schema)
        for key, function in kernels.items():
            self.library.impl(name, function, key)
        return getattr(self.package.ops.bench, name)

    def keys(self, *names: str) -> int:
        """The raw keyset of some keys."""
        dispatch_key = self.package.DispatchKey
        keyset = self.package.DispatchKeySet.of(*(dispatch_key[n] for n in names))
        return int(keyset.raw_repr())


def with_redispatch(
    dispatcher: Dispatcher, name: str, kind: Any, after: Any, kept: bool = False
) -> Any:
    """An operator whose autograd kernel goes on to its CPU kernel.

    Args:
        kind: of the keyset that the kernel gets.
        after: the keyset of what is below autograd.
        kept: whether the kernel has `op.redispatch` in a variable.
    """
    op = dispatcher.operator(f"{name}(Tensor a, Tensor b) -> Tensor", CPU=kernel)
    redispatch = op.redispatch

    def looks_up(keyset: Any, a: Any, b: Any) -> Any:
        return op.redispatch(keyset & after, a, b)

    def keeps(keyset: Any, a: Any, b: Any) -> Any:
        return redispatch(keyset & after, a, b)

    autograd = keeps if kept else looks_up
    dispatcher.library.impl(name, autograd, "Autograd", with_keyset=kind)
    return op


def with_guard(dispatcher: Dispatcher, name: str) -> Any:
    """An operator whose autograd kernel calls it again, below autograd."""
    op = dispatcher.operator(f"{name}(Tensor a, Tensor b) -> Tensor", CPU=kernel)
    guard = dispatcher.package.AutoDispatchBelowADInplaceOrView

    def autograd(a: Any, b: Any) -> Any:
        with guard():
            return op(a, b)

    dispatcher.library.impl(name, autograd, "Autograd")
    return op


@contextmanager
def in_another_thread(guard: Callable[[], Any]) -> Iterator[None]:
    """Keeps a guard active in a thread that does nothing else."""
    entered, ended = Event(), Event()

    def hold() -> None:
        with guard():
            entered.set()
            ended.wait()

    thread = Thread(target=hold)
    thread.start()
    entered.wait()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def own_cases(main: Dispatcher) -> Iterator[Case]:
    package = main.package
    keys = main.keys(*KEYS)
    a, b, equal = Tensor(keys), Tensor(keys), Tensor(int(str(keys)))
    assert equal._dispatch_keys is not keys
    tensors = {"a": a, "b": b}
    distinct = {"a": a, "b": equal}

    BY_KEYSET[keys] = kernel
    yield Case(DIRECT, values={"f": kernel, **tensors})
    yield Case("wrapper that forwards", values={"f": forward, **tensors})
    yield Case(BY_HAND, values={"f": from_dict, **tensors})
    yield Case(f"{BY_HAND}{EQUAL}", values={"f": from_dict, **distinct})
    yield Case("hand-written, list by bit_length", values={"f": from_list, **tensors})

    schema = "(Tensor a, Tensor b) -> Tensor"
    through = package.fallthrough_kernel
    add = main.operator(f"add{schema}", CPU=kernel, Autograd=through)
    called = {"f": add, **tensors}
    yield Case(OPERATOR, values=called)
    yield Case(f"{OPERATOR}{EQUAL}", values={"f": add, **distinct})
    yield Case(
        f"{OPERATOR}, looked up in ops",
        "ops.bench.add(a, b)",
        {"ops": package.ops, **tensors},
    )

    def guard() -> Any:
        return package.ExcludeDispatchKeyGuard(package.DispatchKey.AutogradCPU)

    yield Case(f"{OPERATOR}, guard active", values=called, state=guard)
    yield Case(
        f"{OPERATOR}, guard active in another thread",
        values=called,
        state=lambda: in_another_thread(guard),
    )

    after = package.after_autograd_keyset
    by_hand = hand_written_autograd(keys, after.raw_repr())
    by_int = with_redispatch(main, "by_int", int, after.raw_repr())
    kept = with_redispatch(main, "kept", int, after.raw_repr(), kept=True)
    by_set = with_redispatch(main, "by_set", True, after)
    yield Case(BELOW_BY_HAND, values={"f": by_hand, **tensors})
    yield Case(BELOW, values={"f": by_int, **tensors})
    yield Case("the same, redispatch in a variable", values={"f": kept, **tensors})
    yield Case("autograd to CPU, DispatchKeySet", values={"f": by_set, **tensors})
    below = with_guard(main, "below")
    yield Case("autograd to CPU, by guard and call", values={"f": below, **tensors})

    plain = main.operator(f"plain{schema}", CPU=kernel)
    yield Case("declared autograd fallback to CPU", values={"f": plain, **tensors})

    def boxed(op: Any, *args: Any, **kwargs: Any) -> Any:
        return args[0]

    main.fallbacks.fallback(boxed, "PrivateUse2")
    there = Tensor(main.keys("PrivateUse2"))
    yield Case("boxed fallback", values={"f": plain, "a": there, "b": there})

    cat = main.operator("cat(Tensor[] tensors) -> Tensor", CPU=lambda tensors: tensors)
    bias = main.operator("bias(Tensor a, Tensor? b=None) -> Tensor", CPU=kernel)

    def scale_kernel(a: Any, n: int, *, alpha: float = 1) -> Any:
        return a

    scale = main.operator(
        "scale(Tensor a, int n, *, Scalar alpha=1) -> Tensor", CPU=scale_kernel
    )
    yield Case("list of two tensors", "f(a)", {"f": cat, "a": [a, b]})
    yield Case("optional tensor, given", values={"f": bias, **tensors})
    yield Case("optional tensor, left out", "f(a)", {"f": bias, "a": a})
    numbers = "f(a, 2, alpha=3.0)"
    yield Case("direct call with two numbers", numbers, {"f": scale_kernel, "a": a})
    yield Case("operator with two checked numbers", numbers, {"f": scale, "a": a})

    key = package.DispatchKey.AutogradCPU
    yield Case(
        "exclude guard, made, entered, left",
        "with f(a): pass",
        {"f": package.ExcludeDispatchKeyGuard, "a": key},
    )
    yield Case(
        "declared guard, made, entered, left",
        "with f(): pass",
        {"f": package.AutoDispatchBelowAutograd},
    )
    yield Case("exclude guard, entered, left", "with a: pass", {"a": guard()})


def observed_cases(watched: Dispatcher) -> Iterator[Case]:
    add = watched.operator("add(Tensor a, Tensor b) -> Tensor", CPU=kernel)
    watched.package.add_observer(lambda event: None)
    tensor = Tensor(watched.keys(*KEYS))
    values = {"f": add, "a": tensor, "b": tensor}
    yield Case("operator, observer installed", values=values)


def foreign_cases(foreign: Dispatcher) -> Iterator[Case]:
    add = foreign.operator("add(Tensor a, Tensor b) -> Tensor", CPU=kernel)
    keys = foreign.keys(*KEYS)
    arguments = {
        "foreign type": Array(),
        "tensors beside a foreign type": Tensor(keys),
    }
    foreign.package.register_type(Array, keys)
    numpy = peer("numpy", "numpy")
    if numpy:
        foreign.package.register_type(numpy.ndarray, keys)
        arguments["foreign type, numpy.ndarray"] = numpy.zeros(2)
    for name, argument in arguments.items():
        yield Case(name, values={"f": add, "a": argument, "b": argument})


# Peers


def peer(module: str, distribution: str) -> Any:
    """An imported module; None, and a line about it, if it is not installed."""
    try:
        return importlib.import_module(module)
    except ImportError:
        print(
            f"skipped: {module} is not installed (pip install {distribution})",
            file=sys.stderr,
        )
        return None


def overload(kind: type) -> Any:
    """A function of two arguments of a type, with nothing said of its result."""

    def add(a: Any, b: Any) -> Any:
        return a

    add.__annotations__ = {"a": kind, "b": kind}
    return add


def singledispatch_case() -> Case:
    add = singledispatch(kernel)
    add.register(Tensor, overload(Tensor))
    add.register(Other, overload(Other))
    return Case("singledispatch", values={"f": add})


def ovld_case(ovld: Any) -> Case:
    add = ovld.Ovld(name="add")
    add.register(overload(Tensor))
    add.register(overload(Other))
    function = add.dispatch
    function(Tensor(), Tensor())  # Compiles it, and swaps the code in.
    return Case("ovld", values={"f": function})


def plum_case(plum: Any) -> Case:
    dispatch = plum.Dispatcher()
    dispatch(overload(Tensor))
    return Case("plum", values={"f": dispatch(overload(Other))})


def multipledispatch_case(multipledispatch: Any) -> Case:
    add = multipledispatch.Dispatcher("add")
    add.add((Tensor, Tensor), overload(Tensor))
    add.add((Other, Other), overload(Other))
    return Case("multipledispatch", values={"f": add})


def autoray_case(autoray: Any) -> Case:
    autoray.register_backend(Tensor, "bench")
    autoray.register_function("bench", "add", kernel)
    return Case("autoray", 'f("add", a, b)', {"f": autoray.do})


PEERS: Mapping[str, tuple[str, Callable[[Any], Case]]] = {
    "ovld": ("ovld", ovld_case),
    "plum": ("plum-dispatch", plum_case),
    "multipledispatch": ("multipledispatch", multipledispatch_case),
    "autoray": ("autoray", autoray_case),
}


def peer_cases() -> Iterator[Case]:
    tensors = {"a": Tensor(), "b": Tensor()}
    cases = [singledispatch_case()]
    for module, (distribution, make) in PEERS.items():
        found = peer(module, distribution)
        if found:
            cases.append(make(found))
    for case in cases:
        yield Case(case.name, case.statement, {**tensors, **case.values})
    torch = peer("torch", "torch==2.13.0")
    if torch:
        yield from torch_cases(torch)


def torch_cases(torch: Any) -> Iterator[Case]:
    library = torch.library.Library("dispatch_call_bench", "DEF")
    library.define("add(Tensor a, Tensor b) -> Tensor")
    library.impl("add", kernel, "CPU")
    zeros = torch.zeros(2)
    packet = torch.ops.dispatch_call_bench.add
    # The library has to live as long as the case.
    values = {"a": zeros, "b": zeros, "library": library}
    yield Case(TORCH, values={**values, "f": packet.default})
    yield Case("torch.library, by its packet", values={**values, "f": packet})
    keys = torch._C.DispatchKeySet(torch._C.DispatchKey.AutogradCPU)
    guard = torch._C._ExcludeDispatchKeyGuard
    values = {"f": guard, "a": keys}
    yield Case("torch's exclude guard", "with f(a): pass", values)


# Measuring


class Timer:
    """Times one case."""

    def __init__(self, case: Case) -> None:
        self._state = case.state
        self._values = tuple(case.values.values())
        source = LOOP.format(names=", ".join(case.values), statement=case.statement)
        scope: dict[str, Any] = {"clock": CLOCK}
        exec(compile(source, f"<{case.name}>", "exec"), scope)
        self._loop: Callable[..., int] = scope["loop"]
        self._times = 1000
        with self._state():
            self._run(self._times)
            took = min(self._run(self._times) for _ in range(3))
        self._times = max(10, SAMPLE * self._times // max(took, 1))

    def _run(self, times: int) -> int:
        return self._loop(repeat(None, times), *self._values)

    def nanoseconds(self) -> float:
        """What one turn of the loop takes, in one sample."""
        with self._state():
            self._run(20)  # What a state changes is found out at the first calls.
            return self._run(self._times) / self._times


def measure(cases: Sequence[Case], runs: int) -> dict[str, list[float]]:
    """Nanoseconds of each case in each round, without the loop's own."""
    empty = Timer(Case("empty loop", "pass", {"f": None}))
    timers = {case.name: Timer(case) for case in cases}
    assert len(timers) == len(cases)
    times: dict[str, list[float]] = {name: [] for name in timers}
    gc.disable()
    for number in range(runs):
        nothing = empty.nanoseconds()
        # Back and forth, so that what comes after what does not matter.
        order = list(timers.items())[:: -1 if number % 2 else 1]
        for name, timer in order:
            times[name].append(timer.nanoseconds() - nothing)
    gc.enable()
    return times


def times_as_long(times: Mapping[str, Sequence[float]], case: str, base: str) -> float:
    """How many times as long one case takes as another, in the same rounds."""
    pairs = zip(times[case], times[base], strict=True)
    return statistics.median(one / other for one, other in pairs)


BARS = (
    Bar("no slower than hand-written", OPERATOR, BY_HAND, NOISE),
    Bar("the same, with equal ints", f"{OPERATOR}{EQUAL}", f"{BY_HAND}{EQUAL}", NOISE),
    Bar("at most 3.1 times a direct call", OPERATOR, DIRECT, 3.1),
    Bar("1.6 times as fast as ovld", "ovld", OPERATOR, 1.6, True),
    Bar("3.5 times as fast as singledispatch", "singledispatch", OPERATOR, 3.5, True),
    Bar("3.5 times as fast as plum", "plum", OPERATOR, 3.5, True),
    Bar("15 times as fast as torch.library", TORCH, OPERATOR, 15, True),
    Bar("guard active, against inactive", f"{OPERATOR}, guard active", OPERATOR, 1.6),
    Bar("autograd to CPU, against hand-written", BELOW, BY_HAND, 2),
    Bar("the same, against a redispatch by hand", BELOW, BELOW_BY_HAND, 2),
)


class Verdict(NamedTuple):
    """What became of a bar: None for what was not measured."""

    bar: Bar
    value: float | None
    met: bool | None


Rows = Mapping[str, tuple[float, float]]
"""Nanoseconds, and times as long as a direct call, by name of the case."""


def judge(bar: Bar, times: Mapping[str, Sequence[float]]) -> Verdict:
    if bar.case not in times or bar.base not in times:
        return Verdict(bar, None, None)
    value = times_as_long(times, bar.case, bar.base)
    met = value >= bar.limit if bar.at_least else value <= bar.limit
    return Verdict(bar, value, met)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=301, metavar="N")
    parser.add_argument(
        "--package", type=Path, default=ROOT / "generated", metavar="FOLDER"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--strict", action="store_true", help="exit with 1 if a bar is missed"
    )
    options = parser.parse_args()
    folder = options.package.resolve()
    # What they register lives as long as they do.
    own, watched, foreign = (
        Dispatcher(f"bench_{name}", folder) for name in ("own", "watched", "foreign")
    )
    cases = [
        *own_cases(own),
        *observed_cases(watched),
        *foreign_cases(foreign),
        *peer_cases(),
    ]
    times = measure(cases, options.runs)
    rows = {
        name: (statistics.median(column), times_as_long(times, name, DIRECT))
        for name, column in times.items()
    }
    verdicts = [judge(bar, times) for bar in BARS]
    (print_json if options.json else print_tables)(rows, verdicts, options.runs)
    sys.exit(options.strict and any(v.met is False for v in verdicts))


def print_tables(rows: Rows, verdicts: Sequence[Verdict], runs: int) -> None:
    version = f"{platform.python_implementation()} {platform.python_version()}"
    print(f"{version}, median of {runs} runs")
    print(f"{'':42}{'ns':>8}{'x direct':>10}")
    for name, (nanoseconds, ratio) in rows.items():
        print(f"{name:42}{nanoseconds:8.1f}{ratio:10.2f}")
    print(f"\n{'bar':42}{'limit':>8}{'is':>8}")
    for bar, value, met in verdicts:
        limit = f"{'>=' if bar.at_least else '<='} {bar.limit:g}"
        shown = "" if value is None else f"{value:.2f}"
        verdict = {True: "met", False: "missed", None: "not measured"}[met]
        print(f"{bar.text:42}{limit:>8}{shown:>8}  {verdict}")
    print(f"No slower means at most {NOISE - 1:.0%} slower, which may be noise.")


def print_json(rows: Rows, verdicts: Sequence[Verdict], runs: int) -> None:
    content = {
        "python": platform.python_version(),
        "runs": runs,
        "cases": [
            {"name": name, "nanoseconds": nanoseconds, "times_direct": ratio}
            for name, (nanoseconds, ratio) in rows.items()
        ],
        "bars": [
            {**asdict(bar), "value": value, "met": met} for bar, value, met in verdicts
        ],
    }
    print(json.dumps(content, indent=2))


if __name__ == "__main__":
    main()
