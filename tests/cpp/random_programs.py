"""Programs made from a seed, which run on any machine of `tests/parity/programs`.

What a program does next depends on the seed alone, as long as the machines do the same; the
first event that differs says where they don't.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Final

from tests.parity import facts
from tests.parity.programs.machine import Machine

ALIASES: Final = (
    "Autograd",
    "CompositeImplicitAutogradNestedTensor",
    "FuncTorchBatchedDecomposition",
    "CompositeImplicitAutograd",
    "CompositeExplicitAutogradNonFunctional",
    "CompositeExplicitAutograd",
)
SCHEMAS: Final = {
    "one": "(Tensor x) -> Tensor",
    "two": "(Tensor x, Tensor y) -> Tensor",
    "list.over": "(Tensor[] xs) -> Tensor",
    "optional": "(Tensor x, Tensor? y) -> Tensor",
    "default": "(Tensor x, int n=3) -> Tensor",
    "mixed": "(Tensor x, Tensor[] xs) -> Tensor",
    "count": "(Tensor?[] xs) -> int",
    "number": "(int n) -> int",
    "write_": "(Tensor(a!) x) -> Tensor(a!)",
    "pair": "(Tensor x) -> (Tensor, Tensor)",
    "lists": "(Tensor[] xs) -> Tensor[]",
}
# Operators that are declared, and those whose arguments they have. Their kernels are
# declared by name only.
DECLARED: Final = {
    "aten::alias": "one",
    "aten::dequantize.self": "one",
    "probe::ambiguous": "one",
    "aten::matmul": "two",
    "aten::silu_backward": "two",
}
# Keys for which no fallback is declared, so that a program can bring one.
FREE: Final = (
    *("HIP", "IPU", "VE", "PrivateUse1", "PrivateUse2", "PrivateUse3"),
    *("AutogradPrivateUse2", "AutogradPrivateUse3"),
    *("TESTING_ONLY_GenericWrapper", "TESTING_ONLY_GenericMode"),
)
_MOST_BODIES: Final = 150
_DEEPEST: Final = 5


class PyTorchFault(BaseException):
    """PyTorch says that it is not as it should be: what follows says nothing."""


@dataclass(frozen=True)
class Scope:
    """What programs are made of.

    Attributes:
        kinds: backends of tensors.
        extra: sets of keys that tensors can have besides those of their backend.
        keys: what kernels are registered for, and redispatches and guards name.
        fallbacks: keys that a program can bring a fallback for.
        avoids: what programs leave out; see `TORCH`.
    """

    kinds: Sequence[str]
    extra: Sequence[Sequence[str]]
    keys: Sequence[str]
    fallbacks: Sequence[str]
    avoids: frozenset[str] = frozenset()


def _runtime_keys() -> list[str]:
    known = facts.load_dispatcher()
    return [
        name
        for name in known.key_names
        if known.parse_dispatch_key.get(name) == name
        and name != "Undefined"
        and not known.is_per_backend_functionality_key.get(name)
        and known.key_set[name]
    ]


# Of what PyTorch has kernels of its own for, nothing: they do what these programs cannot.
TORCH: Final = Scope(
    kinds=("CPU", "CUDA", "Meta", "XLA", "PrivateUse1", "SparseCPU"),
    extra=((), (), ("TESTING_ONLY_GenericWrapper",), ("PrivateUse2",)),
    keys=(
        *("CPU", "CUDA", "Meta", "XLA", "HIP", "PrivateUse1", "PrivateUse2"),
        *("SparseCPU", "SparseCUDA", "QuantizedCPU", "FPGA", "MkldnnCPU"),
        *("AutogradOther", "AutogradCPU", "AutogradCUDA", "AutogradMeta"),
        *("AutogradXLA", "AutogradPrivateUse1", "AutogradPrivateUse2"),
        *("ADInplaceOrView", "BackendSelect", "AutocastCPU", "AutocastCUDA"),
        *("TESTING_ONLY_GenericWrapper", "TESTING_ONLY_GenericMode"),
    ),
    fallbacks=FREE,
    avoids=frozenset(
        {
            # Kernels of an operator for both composite keys: PyTorch keeps stale ones
            # then, see docs/dispatching.md.
            "both composites",
            # A second Python function for an operator and key, or for a fallback: all run
            # through one trampoline, which knows the last function only.
            "two kernels",
            # The profiler says by time which call is inside of which.
            "observers",
            # They have kernels in PyTorch.
            "declared operators",
        }
    ),
)
OURS: Final = Scope(
    kinds=(*TORCH.kinds, "MPS", "VE", "HPU", "SparseCUDA"),
    extra=(
        *TORCH.extra,
        *[()] * 20,
        *(("Negative",), ("Conjugate", "ZeroTensor"), ("Functionalize",)),
        *(("FPGA",), ("MkldnnCPU",), ("NestedTensorCPU",), ("QuantizedCPU",)),
        *(
            ("FuncTorchBatched",),
            ("PreDispatch",),
            ("PreDispatch",),
            ("PythonTLSSnapshot",),
            ("Tracer",),
        ),
    ),
    keys=_runtime_keys(),
    fallbacks=FREE,
)


@dataclass
class RandomProgram:
    """A program of some steps.

    Attributes:
        seed: what decides everything.
        scope: what it is made of.
        counts: how often each kind of thing happened, over all runs.
    """

    seed: int
    scope: Scope
    counts: Counter[str] = field(default_factory=Counter)

    def __call__(self, p: Machine) -> None:
        _Run(p, self).run()


@dataclass
class _Guard:
    name: str
    context: AbstractContextManager[Any]
    ends_anywhere: bool


class _Run:
    """A program that runs."""

    def __init__(self, p: Machine, program: RandomProgram) -> None:
        self.p = p
        self.random = random.Random(program.seed)
        self.scope = program.scope
        self.counts = program.counts
        self.is_first_step = True
        choose = self.random
        self.operators = choose.sample(list(SCHEMAS), choose.randint(2, 4))
        if self.random.random() < 0.7 and "one" not in self.operators:
            self.operators[0] = "one"
        self.defined: dict[str, str] = {}
        if "declared operators" not in self.scope.avoids and choose.random() < 0.6:
            self.operators.append(choose.choice(list(DECLARED)))
            self.defined[self.operators[-1]] = ""
        kinds = choose.sample(self.scope.kinds, choose.randint(2, 3))
        kinds[0] = choose.choice(["CPU", "CUDA"])
        self.tensors = [
            p.tensor(
                f"t{number}",
                kind,
                # PyTorch makes sparse tensors itself, with the keys that these have.
                extra=() if "Sparse" in kind else choose.choice(self.scope.extra),
                # PyTorch asks the device of others what this build has not.
                requires_grad=kind == "CPU" and choose.random() < 0.4,
            )
            for number, kind in enumerate([*kinds, *choose.choices(kinds, k=2)])
        ]
        plain = [kind for kind in kinds if "Sparse" not in kind]
        classes = [p.subclass("A")]
        # Fallbacks of keys that tensors have are called.
        have = [self.p.keyset_of(tensor) for tensor in self.tensors]
        self.wished = [
            key
            for key in self.scope.fallbacks
            if key != "AutogradPrivateUse3"
            and any(raw & p.keys(key) == p.keys(key) for raw in have)
        ] or list(self.scope.fallbacks)
        classes.append(p.subclass("B", parent=choose.choice([None, classes[0]])))
        self.wrapped = [
            p.tensor(f"w{number}", choose.choice(plain), of=one)
            for number, one in enumerate(classes)
        ]
        focus = {"ADInplaceOrView", "AutogradOther", "Tracer", "BackendSelect"}
        # AutogradOther serves these; with a composite kernel it is ambiguous.
        focus.add(choose.choice(["FPGA", "MkldnnCPU", "SparseCsrCPU", "Vulkan"]))
        for kind in kinds:
            backend = kind.removeprefix("Sparse")
            focus |= {kind, f"Autograd{backend}", backend}
        # What a kernel is registered for so that some calls get anywhere.
        self.served = [*kinds, "CompositeImplicitAutograd"]
        self.served += ["CompositeExplicitAutograd"] * 3
        self.focus = sorted(focus & set(self.scope.keys))
        self.focus += choose.sample(sorted({*self.scope.keys} - focus), 4)
        self.libraries: dict[str, str] = {}
        self.tables: dict[str, dict[str, str]] = {}
        self.guards: list[_Guard] = []
        self.bodies = 0
        self.depth = 0
        self.number = 0

    # The steps.

    def run(self) -> None:
        p = self.p
        for op in self.operators:
            if op in SCHEMAS and self.random.random() < 0.9:
                self.define(op)
        for op in self.operators:
            if self.random.random() < 0.8:
                self.impl(op, self.random.choice(self.served))
        for _ in range(self.random.randint(1, 3)):
            self.impl()
        steps: list[tuple[Callable[[], None], int]] = [
            (self.toggle_definition, 2),
            (self.impl, 12),
            (self.fallthrough, 6),
            (self.fallback, 5),
            (self.py_impl, 2),
            (self.drop, 7),
            (self.push, 7),
            (self.pop, 5),
            (self.call, 20),
            (self.boxed, 4),
            (self.redispatch, 8),
            (self.autograd, 2),
            (self.observed, 0 if "observers" in self.scope.avoids else 2),
        ]
        choices, weights = zip(*steps, strict=True)
        try:
            with p.autograd_fallback_mode("nothing"):
                for _ in range(self.random.randint(10, 40)):
                    self.bodies = 0
                    step = self.random.choices(choices, weights)[0]
                    step()
                    self.check_tables()
                while self.guards:
                    self.end(self.guards[-1])
            p.tls()
        finally:
            while self.guards:
                self.guards.pop().context.__exit__(None, None, None)

    def attempt(self, what: str, run: Callable[[], Any]) -> bool:
        """Do what may fail; how it does is an event."""
        depth = self.p._depth
        try:
            run()
        except AssertionError:
            raise
        except Exception as error:
            self.p._depth = depth
            kind = kind_of(error)
            self.counts[f"error: {kind}"] += 1
            self.p.log(f"{what} failed: {kind}")
            return False
        return True

    def check_tables(self) -> None:
        """Write how the tables are not what they were."""
        for op in self.operators:
            table = self.p.table(op) if op in self.defined else {}
            before = self.tables.get(op, {})
            changed = [
                f"{slot}: {table.get(slot, 'empty')}"
                for slot in sorted({*before, *table})
                if before.get(slot) != table.get(slot)
            ]
            if changed:
                self.counts["table"] += 1
                skipped = {
                    table.get(f"Autograd{kind}", "").startswith("fallthrough kernel")
                    for kind in ("CPU", "CUDA", "XLA", "Meta", "PrivateUse1")
                }
                self.counts["table: backends differ in what falls through"] += (
                    len(skipped) == 2
                )
                self.p.log(f"table of {op}: {'; '.join(changed)}")
            self.tables[op] = table

    def new_library(self, what: str, key: str = "", kind: str = "IMPL") -> str:
        self.number += 1
        name = f"l{self.number}"
        if "::" in what:
            namespace = what.split()[1].partition("::")[0]
            name = f"in_{namespace}_{name}"
        self.libraries[name] = what
        self.p.library(name, kind, key)
        return name

    def define(self, op: str) -> None:
        library = self.new_library("define", kind="FRAGMENT")
        self.p.define(op + SCHEMAS[op], library=library)
        self.defined[op] = library
        self.counts["define"] += 1

    def toggle_definition(self) -> None:
        op = self.random.choice([op for op in self.operators if op in SCHEMAS])
        if op not in self.defined:
            return self.define(op)
        self.p.log("undefine", op)
        self.drop_library(self.defined[op])

    def drop(self) -> None:
        if self.libraries:
            self.drop_library(self.random.choice(list(self.libraries)))

    def drop_library(self, name: str) -> None:
        what = self.libraries.pop(name)
        self.p.log("drop", name, what)
        self.counts[f"drop: {what.partition(' ')[0]}"] += 1
        for op, library in list(self.defined.items()):
            if library == name:
                del self.defined[op]
        self.p.drop(name)

    def key(self) -> str:
        if self.random.random() < 0.4:
            return self.random.choice(ALIASES)
        return self.random.choice(self.focus)

    def fitting(self, op: str, key: str) -> str:
        """The key, or the composite one that the operator can have instead."""
        avoids = "both composites" in self.scope.avoids
        if not avoids or not key.startswith("Composite"):
            return key
        is_explicit = self.operators.index(op) % 2 == 0
        return f"Composite{'Explicit' if is_explicit else 'Implicit'}Autograd"

    def impl(self, op: str = "", key: str = "") -> None:
        op, key = op or self.any_operator(), key or self.key()
        key = self.fitting(op, key)
        what = f"impl {op} {key}"
        if "two kernels" in self.scope.avoids and what in self.libraries.values():
            return
        library = self.new_library(what)
        with_keyset = self.random.random() < 0.8
        body = self.body(op, key, with_keyset)
        label = f"{library} {key}"
        self.p.log("impl", op, key, library)
        self.p.impl(
            op, key, body, with_keyset=with_keyset, library=library, label=label
        )
        self.counts["impl: alias" if key in ALIASES else "impl: key"] += 1

    def fallthrough(self) -> None:
        op = self.random.choice(self.operators)
        # Of one functionality and some backends, so that backends differ.
        key = (
            self.key() if self.random.random() < 0.2 else self.random.choice(self.focus)
        )
        key = self.fitting(op, key)
        library = self.new_library(f"fallthrough {op} {key}")
        self.p.log("fallthrough", op, key, library)
        self.p.fallthrough(op, key, library=library)
        self.counts["fallthrough"] += 1

    def fallback(self) -> None:
        key = self.random.choice(self.scope.fallbacks)
        if self.random.random() < 0.75:
            key = self.random.choice(self.wished)
        name = f"fallbacks_{key}"
        if name in self.libraries:
            if "two kernels" in self.scope.avoids or self.random.random() < 0.7:
                return self.drop_library(name)
            return self.second_fallback(key)
        self.libraries[name] = f"fallback {key}"
        self.p.log("fallback", key)
        if self.random.random() < 0.4:
            self.p.fallback_fallthrough(key, library=name)
            self.counts["fallback: fallthrough"] += 1
        else:
            with_keyset = self.random.random() < 0.7
            body = self.fallback_body(key, with_keyset)
            self.p.fallback(key, body, with_keyset=with_keyset, library=name)
            self.counts["fallback: kernel"] += 1

    def second_fallback(self, key: str) -> None:
        """One that is refused: a key can have one."""
        self.p.library("fallbacks_refused")
        try:
            self.p.fallback(key, library="fallbacks_refused")
        except RuntimeError:
            self.counts["fallback: refused"] += 1
            self.p.log("fallback", key, "refused")
        self.p.drop("fallbacks_refused")

    def py_impl(self) -> None:
        # Nothing takes it back, and declared operators stay.
        defined = [op for op in self.defined if op in SCHEMAS]
        if not defined:
            return
        op = self.random.choice(defined)
        key = self.fitting(op, self.key())
        if f"py {op} {key}" in self.tables:
            return
        self.tables[f"py {op} {key}"] = {}
        self.p.log("py_impl", op, key)
        self.p.py_impl(op, key, self.body(op, key, False))
        self.counts["py_impl"] += 1

    # Guards.

    def push(self) -> None:
        if len(self.guards) < 5:
            guard = self.guard()
            self.counts[f"guard: {guard.name}"] += 1
            self.p.log("push", guard.name)
            if self.attempt("push", guard.context.__enter__):
                self.guards.append(guard)
                self.p.tls()

    def guard(self) -> _Guard:
        p, choose = self.p, self.random
        keys = choose.sample(self.focus, choose.randint(1, 2))
        others = choose.sample(self.focus, choose.randint(0, 2))
        self.number += 1
        name = f"m{self.number}"
        makers: dict[str, tuple[int, Callable[[], Any]]] = {
            "include": (3, lambda: p.include(*keys)),
            "exclude": (5, lambda: p.exclude(*keys)),
            "force": (1, lambda: p.force(others, keys)),
            "preserve": (1, p.preserve),
            "below_autograd": (3, p.below_autograd),
            "below_inplace_or_view": (2, p.below_inplace_or_view),
            "mode": (4, lambda: p.mode(name, self.mode_body())),
            "python_dispatcher": (2, p.python_dispatcher),
            "restore_snapshot": (1, p.restore_snapshot),
        }
        [chosen] = choose.choices(
            list(makers), [weight for weight, _ in makers.values()]
        )
        return _Guard(chosen, makers[chosen][1](), chosen in ("include", "exclude"))

    def pop(self) -> None:
        if not self.guards:
            return
        place = len(self.guards) - 1
        while (
            place > 0
            and self.guards[place].ends_anywhere
            and self.guards[place - 1].ends_anywhere
            and self.random.random() < 0.8
        ):
            place -= 1
        if place != len(self.guards) - 1:
            self.counts["guard: ends out of order"] += 1
        self.end(self.guards[place])

    def end(self, guard: _Guard) -> None:
        self.p.log("pop", guard.name)
        self.guards.remove(guard)
        guard.context.__exit__(None, None, None)
        self.p.tls()

    # Calls.

    def any_operator(self) -> str:
        """Most times one that is defined."""
        if self.defined and self.random.random() < 0.95:
            return self.random.choice(list(self.defined))
        return self.random.choice(self.operators)

    def any_tensor(self) -> Any:
        return self.random.choice(
            self.wrapped if self.random.random() < 0.1 else self.tensors
        )

    def arguments(self, op: str) -> list[Any]:
        tensor, choose = self.any_tensor, self.random
        some = [tensor() for _ in range(choose.randint(0, 3))]
        return {
            "one": lambda: [tensor()],
            "two": lambda: [tensor(), tensor()],
            "list.over": lambda: [some],
            "optional": lambda: [tensor(), choose.choice([None, tensor()])],
            "default": lambda: [tensor(), choose.choice([3, 4])],
            "mixed": lambda: [tensor(), some],
            "count": lambda: [[*some, None]],
            "number": lambda: [choose.randint(0, 9)],
            "write_": lambda: [choose.choice(self.tensors)],
            "pair": lambda: [tensor()],
            "lists": lambda: [some],
        }[DECLARED.get(op, op)]()

    def result(self, op: str, args: Sequence[Any]) -> Any:
        """What a kernel gives that does nothing else."""
        first = args[0] if args else self.tensors[0]
        one = (
            (first or [self.tensors[0]])[0]
            if isinstance(first, list | tuple)
            else first
        )
        return {
            "count": lambda: len(args[0]),
            "pair": lambda: (one, self.tensors[-1]),
            "lists": lambda: list(reversed(args[0])),
        }.get(op, lambda: one)()

    def call(self) -> None:
        op = self.any_operator()
        args = self.arguments(op)
        self.counts["call"] += 1
        if self.attempt(f"call {op}", lambda: self.p.call(op, *args)):
            self.counts["call that succeeds"] += 1

    def boxed(self) -> None:
        op = self.any_operator()
        args = self.arguments(op)
        if self.random.random() < 0.5:
            self.counts["boxed call"] += 1
            self.p.log("boxed", op)
            self.attempt(
                "boxed call", lambda: self.p.log("=", self.p.call_boxed(op, *args))
            )
            return
        keys = self.keyset()
        self.counts["boxed redispatch"] += 1
        self.p.log("boxed redispatch", op, self.p.names(keys))
        self.attempt(
            "boxed redispatch",
            lambda: self.p.log("=", self.p.redispatch_boxed(op, keys, *args)),
        )

    def keyset(self) -> int:
        if self.random.random() < 0.1:
            return self.p.keys("AutogradOther")
        keys = self.random.sample(self.focus, self.random.randint(0, 3))
        raw = self.p.keys(*keys)
        if self.random.random() < 0.4:
            raw |= self.p.keyset_of(self.random.choice(self.tensors))
        if self.random.random() < 0.3:
            raw &= self.p.after(_functionality(self.random.choice(self.focus)))
        return raw

    def redispatch(self) -> None:
        op = self.any_operator()
        args, keys = self.arguments(op), self.keyset()
        self.counts["redispatch"] += 1
        if self.attempt("redispatch", lambda: self.p.redispatch(op, keys, *args)):
            self.counts["redispatch that succeeds"] += 1

    def autograd(self) -> None:
        """A call while operators without autograd kernels warn at backward."""
        if "one" not in self.defined:
            return
        tensor = self.random.choice(self.tensors)

        def call() -> None:
            result = self.p.call("one", tensor)
            self.p.log("requires grad", self.p.requires_grad(result))
            self.counts["autograd: " + str(self.p.requires_grad(result))] += 1

        with self.p.autograd_fallback_mode("warn"):
            self.attempt("call", call)

    def observed(self) -> None:
        op = self.any_operator()
        args = self.arguments(op)
        with self.p.observed():
            self.attempt("call", lambda: self.p.call(op, *args))
        self.counts["observed"] += 1

    # What kernels do.

    def body(self, op: str, key: str, with_keyset: bool) -> Callable[..., Any]:
        """The body of a kernel: does one thing, each time it is called."""
        kind = self.random.choices(
            [
                "plain",
                "redispatch",
                "redispatch to",
                "call below",
                "call other",
                "raise",
                "register",
            ],
            [16, 8, 2, 3, 3, 1, 1],
        )[0]
        target = self.keyset()
        below = self.p.after(_functionality(key)) if key not in ALIASES else 0
        below = below or self.p.after("AutogradOther")
        other = self.random.choice(self.operators)

        def kernel(*given: Any) -> Any:
            keyset, args = (given[0], given[1:]) if with_keyset else (None, given)
            self.counts["kernel"] += 1
            self.bodies += 1
            if self.bodies > _MOST_BODIES or self.depth > _DEEPEST:
                return self.result(op, args)
            self.depth += 1
            try:
                return self.do(kind, op, other, keyset, below, target, args)
            finally:
                self.depth -= 1

        return kernel

    def do(
        self,
        kind: str,
        op: str,
        other: str,
        keyset: int | None,
        below: int,
        target: int,
        args: Sequence[Any],
    ) -> Any:
        p = self.p
        result = self.result(op, args)
        self.counts[f"kernel: {kind}"] += 1
        if kind == "redispatch" and keyset is not None:
            return p.redispatch(op, keyset & below, *args)
        if kind == "redispatch to":
            return p.redispatch(op, target, *args)
        if kind == "call below":
            guard = self.random.choice([p.below_autograd, p.below_inplace_or_view])
            with guard():
                return p.call(op, *args)
        if kind == "call other":
            given = self.arguments(other)
            self.attempt("inner call", lambda: p.call(other, *given))
        if kind == "raise":
            raise ValueError("on purpose")
        if kind == "register":
            self.random.choice([self.impl, self.fallthrough])()
        return result

    def fallback_body(self, key: str, with_keyset: bool) -> Callable[..., Any]:
        goes_on = with_keyset and self.random.random() < 0.6
        below = self.p.after(_functionality(key))

        def kernel(*given: Any) -> Any:
            keyset, (op, *args) = (
                (given[0], given[1:]) if with_keyset else (None, given)
            )
            self.counts["fallback that runs"] += 1
            name = self.p.operator_name(op)
            if goes_on and keyset is not None:
                return self.p.redispatch(name, keyset & below, *args)
            return self.result(name, args)

        return kernel

    def mode_body(self) -> Callable[..., Any]:
        kind = self.random.choices(["call", "answer", "decline"], [8, 2, 3])[0]

        def handle(func: Any, *args: Any, **kwargs: Any) -> Any:
            self.counts[f"mode: {kind}"] += 1
            if kind == "decline":
                return NotImplemented
            if kind == "answer":
                return self.result(self.p.operator_name(func), args)
            return func(*args, **kwargs)

        return handle


def _functionality(key: str) -> str:
    """The key whose lower ones a kernel sends on to."""
    return key


_KINDS: Final = {
    "on purpose": "on purpose",
    # What this project says.
    "there is no kernel for": "missing",
    "ambiguous at": "ambiguous",
    "which falls through": "fallthrough",
    "its body is not linked in": "unbound",
    "is declared without a body": "unbound",
    "is not defined any more": "undefined",
    "no mode or subclass has an answer": "no answer",
    "the state on entry can be asked for": "no snapshot",
    "was reached with no mode and no tensor": "no mode",
    "was reached and no Python dispatcher is on": "no dispatcher",
    "there is no Meta kernel for": "meta",
    "has an answer": "no answer",
    "every __torch_dispatch__ returned NotImplemented": "no answer",
    # What PyTorch says.
    "There were no tensor arguments to this function": "missing",
    "with Meta tensors, but there was no": "meta",
    "handlers returned NotImplemented": "no answer",
    "Could not run": "missing",
    "could not find kernel for": "missing",
    "Accessing torch dispatch state outside of": "no snapshot",
    "fallthrough_kernel was executed": "fallthrough",
}


def kind_of(error: Exception) -> str:
    """What failed, whatever words say it."""
    text = str(error)
    if isinstance(error, AttributeError):
        return "undefined"
    for part, kind in _KINDS.items():
        if part in text:
            return kind
    if "INTERNAL ASSERT FAILED" in text:
        raise PyTorchFault(text)
    return f"{type(error).__name__}: {text}"
