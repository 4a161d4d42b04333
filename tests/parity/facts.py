"""What PyTorch 2.13.0's dispatcher is and does, as recorded by extract_facts.py.

Reads the committed files in ``facts/`` and returns them as typed values, without PyTorch.
Keys and backends are given by c10's names, sets as integers (c10's raw representation).
Nothing here knows this project's own dispatcher: tests compare the two.

The random cases
----------------
``random_cases`` makes RANDOM_COUNT sets from a splitmix64 sequence. The set at index i takes
one draw d, and then, by i % 5:

    0  dense    d
    1  small    d % 5 bits, each at one more draw % 62
    2  half     d and one more draw
    3  low      d below the bit 16 + (one more draw % 47)
    4  sparse   d and three more draws

all cut to the 62 bits a set may have. Case i also has a partner (the set at i + 1, and the
first one after the last), a key (the i-th, in a cycle, of the keys that are neither Undefined
nor placeholders) and a backend (the i-th, in a cycle, that is not InvalidBit).

``DispatcherFacts.random_digests`` holds, for each function of such a case and each block of
RANDOM_BLOCK cases, the 64-bit FNV-1a of the results: one line for each case, joined by
newlines. Numbers, sets, keys and backends are decimal, booleans 0 or 1, the keys of an
iteration decimal with one space between, strings as they are. The functions are

    raw_repr, empty, highestPriorityTypeId, highestFunctionalityKey, highestBackendKey,
    getDispatchTableIndexForDispatchKeySet, getBackendIndex, indexOfHighestBit, iterate,
    highestPriorityBackendTypeId, legacyExtractDispatchKey, toString            of the set
    operator|, operator&, operator-, operator^, has_all, has_any, isSupersetOf  with the partner
    has, add, remove                                                            with the key
    has_backend, remove_backend                                                 with the backend
"""

import functools
import json
import lzma
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

FACTS = Path(__file__).with_name("facts")

RANDOM_SEED = 2130000
RANDOM_COUNT = 100_000
RANDOM_BLOCK = 1_000

_WORD = (1 << 64) - 1
_PLACEHOLDER = re.compile(r"(StartOf|EndOf)\w+")


class TlsFacts(NamedTuple):
    """The thread-local sets that dispatch adds to and takes from the arguments' keys."""

    included: int
    excluded: int


class FallbackFacts(NamedTuple):
    """A backend fallback: where it was registered, whether it only falls through.

    And whether a library may register another one over it.
    """

    kernel: str
    fallthrough: bool
    overridable: bool


@dataclass(frozen=True)
class DispatcherFacts:
    """The keys, sets and functions of c10, one attribute for each section of the file."""

    torch: str
    num_backends: int
    num_functionality_keys: int
    num_runtime_entries: int
    full_backend_mask: int
    # DispatchKeySet::FULL: every bit that a set may have.
    full_set: int

    # Every enumerator in the headers' order, placeholders and second names included.
    backends: dict[str, int]
    keys: dict[str, int]
    # The names that torch._C.DispatchKey has: fewer than the enum.
    pybind_keys: dict[str, int]
    # parseDispatchKey of every enumerator's name; None where it throws.
    parse_dispatch_key: dict[str, str | None]

    # Namespace-level sets of DispatchKeySet.h, and those that torch._C has.
    constants: dict[str, int]
    python_constants: dict[str, int]

    # By backend; the first is InvalidBit.
    backend_to_string: dict[str, str]
    backend_key_set: dict[str, int]
    get_autograd_key_from_backend: dict[str, str]
    get_autograd_related_key_set_from_backend: dict[str, int]
    get_autocast_related_key_set_from_backend: dict[str, int]

    # By key: every distinct value of the enum under its first name.
    key_to_string: dict[str, str]
    key_set: dict[str, int]
    full_after: dict[str, int]
    to_functionality_key: dict[str, str]
    to_backend_component: dict[str, str]
    is_alias_dispatch_key: dict[str, bool]
    is_per_backend_functionality_key: dict[str, bool]
    is_backend_dispatch_key: dict[str, bool]
    # None for Undefined, where c10 throws.
    get_runtime_dispatch_key_set: dict[str, int | None]
    get_backend_key_set_from_autograd: dict[str, int]
    # None for EndOfFunctionalityKeys, which has no slot; 0 for alias keys, whose set is empty.
    get_dispatch_table_index: dict[str, int | None]
    # By functionality key, Undefined first: the first slot, and the backend bits that count.
    offsets_and_masks: dict[str, tuple[int, int]]

    # By alias key, the keys k for which isIncludedInAlias(k, alias).
    is_included_in_alias: dict[str, tuple[str, ...]]
    # By every key t but Undefined, the keys k for which runtimeDispatchKeySetHas(t, k).
    runtime_dispatch_key_set_has: dict[str, tuple[str, ...]]
    # By functionality key, the runtime key on each backend, InvalidBit first.
    to_runtime_per_backend_functionality_key: dict[str, tuple[str, ...]]

    # The table of a build with C10_MOBILE_TRIM_DISPATCH_KEYS; -1 where a key has no slot.
    trimmed_num_runtime_entries: int
    trimmed_table_index: dict[str, int]

    # The slots of an operator without kernels.
    fallbacks: dict[str, FallbackFacts]
    # The thread-local sets inside guards and modes, each entered in a fresh thread.
    cpp_guards: dict[str, TlsFacts]
    tls: dict[str, TlsFacts]

    # The lists of names that are kept by hand in Python, in their order.
    name_lists: dict[str, tuple[str, ...]]

    random_digests: dict[str, tuple[str, ...]]

    @functools.cached_property
    def key_names(self) -> tuple[str, ...]:
        """The first name of each key value, in order: ``key_names[value]``."""
        return first_names(self.keys)

    @functools.cached_property
    def backend_names(self) -> tuple[str, ...]:
        """The first name of each backend value, in order; the first is InvalidBit."""
        return first_names(self.backends)

    @functools.cached_property
    def slot_names(self) -> tuple[str, ...]:
        """The runtime key of each slot of an operator's table, in order."""
        slots = {
            index: name
            for name, index in self.get_dispatch_table_index.items()
            if index is not None
            and not is_placeholder(name)
            and not self.is_alias_dispatch_key[name]
            and not self.is_per_backend_functionality_key[name]
        }
        return tuple(slots[index] for index in range(self.num_runtime_entries))

    def key_set_names(self, raw: int) -> tuple[str, ...]:
        """The functionality keys and then the backends whose bits are in a set."""
        bits = [
            *self.backend_names[1:],
            *self.key_names[1 : self.num_functionality_keys],
        ]
        names = [name for bit, name in enumerate(bits) if raw >> bit & 1]
        backends = [name for name in names if name in self.backends]
        return tuple([name for name in names if name not in self.backends] + backends)


class SlotFacts(NamedTuple):
    """One slot of a computed dispatch table: the kernel and PyTorch's reason for it."""

    kernel: str
    reason: str
    fallthrough: bool


class RegistrationFacts(NamedTuple):
    """One registered kernel, as ``_dispatch_dump`` prints it.

    ``signature`` is the one inferred from the C++ function, or None; ``flags`` are of
    ``boxed``, ``unboxed`` and ``fallthrough``.
    """

    key: str
    active: bool
    kernel: str
    signature: str | None
    flags: tuple[str, ...]


@dataclass(frozen=True)
class OperatorFacts:
    """One operator: what was registered for it, and the table PyTorch computed from that."""

    name: str
    schema: str
    debug: str
    alias_analysis: str
    tags: tuple[str, ...]
    # All kernels as printed; where a key has several, the active one comes first.
    kernels: tuple[RegistrationFacts, ...]
    # The slots that have a kernel, in slot order.
    table: dict[str, SlotFacts]

    @property
    def registrations(self) -> dict[str, str]:
        """The active kernel of each key, alias keys included."""
        return {entry.key: entry.kernel for entry in self.kernels if entry.active}

    @property
    def inactive(self) -> dict[str, tuple[str, ...]]:
        """The kernels that a later registration for the same key has replaced."""
        replaced: dict[str, tuple[str, ...]] = {}
        for entry in self.kernels:
            if not entry.active:
                replaced[entry.key] = (*replaced.get(entry.key, ()), entry.kernel)
        return replaced

    @property
    def fallthroughs(self) -> frozenset[str]:
        """The keys whose active kernel is a fallthrough."""
        return frozenset(
            entry.key
            for entry in self.kernels
            if entry.active and "fallthrough" in entry.flags
        )


class RandomCase(NamedTuple):
    """A set and what is asked with it; see the module's docstring."""

    raw: int
    partner: int
    key: int
    backend: int


Result: TypeAlias = int | str | Sequence[int]


@functools.cache
def load_dispatcher() -> DispatcherFacts:
    """Return the facts about keys, sets, fallbacks and thread-local state."""
    return parse_dispatcher((FACTS / "dispatcher.json").read_text(encoding="utf-8"))


def parse_dispatcher(text: str) -> DispatcherFacts:
    """Return the facts in the text of a dispatcher.json."""
    sections: dict[str, Any] = json.loads(text)
    sections = {name: _decode(section) for name, section in sections.items()}
    for name, row in (
        ("fallbacks", FallbackFacts),
        ("cpp_guards", TlsFacts),
        ("tls", TlsFacts),
    ):
        sections[name] = {key: row(**value) for key, value in sections[name].items()}
    return DispatcherFacts(**sections)


@functools.cache
def load_operators() -> tuple[OperatorFacts, ...]:
    """Return the facts about all operators of a plain ``import torch``, sorted by name."""
    packed = (FACTS / "operators.json.xz").read_bytes()
    return tuple(parse_operators(lzma.decompress(packed).decode("utf-8")))


def parse_operators(text: str) -> Iterator[OperatorFacts]:
    """Yield the operators in the text of an operators.json.

    In it, strings, signatures, reasons and flags are indices into lists of distinct ones; a
    table is the index of a pattern, which gives each slot a number (or -1: no kernel), and
    the list of cells that these numbers stand for.
    """
    packed: dict[str, Any] = json.loads(text)
    slots: list[str] = packed["slots"]
    strings: list[str] = packed["strings"]
    signatures: list[str | None] = packed["signatures"]
    flags = [tuple(words.split()) for words in packed["flags"]]
    patterns = [
        [(slot, cell) for slot, cell in zip(slots, pattern, strict=True) if cell >= 0]
        for pattern in packed["patterns"]
    ]
    cells = [
        SlotFacts(strings[kernel], reason, bool(fallthrough))
        for kernel, reason, fallthrough in packed["cells"]
    ]
    for row in packed["operators"]:
        pattern, numbers = row["table"]
        local = [cells[number] for number in numbers]
        yield OperatorFacts(
            name=row["name"],
            schema=row["schema"],
            debug=strings[row["debug"]],
            alias_analysis=row["alias_analysis"],
            tags=tuple(row["tags"]),
            kernels=tuple(
                RegistrationFacts(
                    key,
                    bool(active),
                    strings[kernel],
                    signatures[signature],
                    flags[kind],
                )
                for key, active, kernel, signature, kind in row["kernels"]
            ),
            table={slot: local[cell] for slot, cell in patterns[pattern]},
        )


def first_names(values: Mapping[str, int]) -> tuple[str, ...]:
    """Return the first name of each value, in the order of the values 0, 1, 2, ..."""
    names: dict[int, str] = {}
    for name, value in values.items():
        names.setdefault(value, name)
    return tuple(names[value] for value in range(len(names)))


def is_placeholder(name: str) -> bool:
    """Say whether an enumerator only marks the start or the end of a range."""
    return _PLACEHOLDER.fullmatch(name) is not None


def cycle_keys(keys: Mapping[str, int]) -> tuple[str, ...]:
    """Return the names of the keys that the random cases go through, in order."""
    return tuple(name for name in first_names(keys)[1:] if not is_placeholder(name))


def random_sets(count: int = RANDOM_COUNT) -> list[int]:
    """Return the first ``count`` sets of the documented sequence."""
    draws = _splitmix64(RANDOM_SEED)
    return [_random_set(draws, index) for index in range(count)]


@functools.cache
def random_cases() -> tuple[RandomCase, ...]:
    """Return all random cases, RANDOM_COUNT of them."""
    facts = load_dispatcher()
    sets = random_sets()
    keys = [facts.keys[name] for name in cycle_keys(facts.keys)]
    return tuple(
        RandomCase(
            raw=raw,
            partner=sets[(index + 1) % RANDOM_COUNT],
            key=keys[index % len(keys)],
            backend=1 + index % facts.num_backends,
        )
        for index, raw in enumerate(sets)
    )


def digest(results: Iterable[Result]) -> str:
    """Return the 64-bit FNV-1a, in 16 hexadecimal digits, of one line for each result."""
    data = "\n".join(map(_line, results)).encode("utf-8")
    value = 0xCBF29CE484222325
    prime = 0x100000001B3
    # Only the lowest byte meets the next byte, so the cut to 64 bits can wait for four.
    whole = len(data) & ~3
    bytes_ = iter(data[:whole])
    for a, b, c, d in zip(bytes_, bytes_, bytes_, bytes_, strict=True):
        value = ((((value ^ a) * prime ^ b) * prime ^ c) * prime ^ d) * prime & _WORD
    for byte in data[whole:]:
        value = (value ^ byte) * prime & _WORD
    return f"{value:016x}"


def mismatched_blocks(
    name: str,
    function: Callable[[RandomCase], Result],
    blocks: Iterable[int] | None = None,
) -> list[int]:
    """Return the blocks of random cases for which a function's results differ from c10's.

    ``name`` is one of the functions in the module's docstring; ``blocks`` limits the work.
    """
    expected = load_dispatcher().random_digests[name]
    cases = random_cases()
    return [
        block
        for block in (range(len(expected)) if blocks is None else blocks)
        if digest(
            function(case)
            for case in cases[block * RANDOM_BLOCK : (block + 1) * RANDOM_BLOCK]
        )
        != expected[block]
    ]


def _decode(value: Any) -> Any:
    match value:
        case str() if value.startswith("0x"):
            return int(value, 16)
        case list():
            return tuple(_decode(item) for item in value)
        case dict():
            return {name: _decode(item) for name, item in value.items()}
        case _:
            return value


def _line(result: Result) -> str:
    if isinstance(result, str):
        return result
    if isinstance(result, int):
        return str(int(result))
    return " ".join(str(int(item)) for item in result)


def _splitmix64(state: int) -> Iterator[int]:
    while True:
        state = (state + 0x9E3779B97F4A7C15) & _WORD
        z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 & _WORD
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB & _WORD
        yield z ^ (z >> 31)


def _random_set(draws: Iterator[int], index: int) -> int:
    first = next(draws)
    every_bit = (1 << 62) - 1
    match index % 5:
        case 0:
            return first & every_bit
        case 1:
            small = 0
            for _ in range(first % 5):
                small |= 1 << next(draws) % 62
            return small
        case 2:
            return first & next(draws) & every_bit
        case 3:
            return first & ((1 << (16 + next(draws) % 47)) - 1)
        case _:
            return first & next(draws) & next(draws) & next(draws) & every_bit


SECTIONS = tuple(field.name for field in fields(DispatcherFacts))
