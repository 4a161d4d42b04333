"""What loading an extension changes in PyTorch's dispatcher, operator by operator."""

from __future__ import annotations

import importlib
import re
from typing import Any, Final, NamedTuple

import torch

import codegen

_KERNEL: Final = re.compile(r"(\w+)(?:\[alias\])?: (.*) :: .* \[ [\w ]+ \]")
_SLOT: Final = re.compile(r"(\w+): (fallthrough )?(.*) \[([^\[\]]*)\]")


class _Operator(NamedTuple):
    """What PyTorch prints of an operator."""

    dump: str
    table: str

    @property
    def schema(self) -> str:
        return self.dump.splitlines()[1]

    @property
    def kernels(self) -> dict[str, str]:
        """The active kernels, by key."""
        matches = map(_KERNEL.fullmatch, self.dump.splitlines())
        return {match[1]: match[2] for match in matches if match is not None}

    @property
    def slots(self) -> dict[str, tuple[str, str, bool]]:
        """Kernel, reason and whether it is a fallthrough."""
        found = {}
        for line in self.table.splitlines():
            match = _SLOT.fullmatch(line)
            assert match is not None, line
            found[match[1]] = (match[3], match[4], match[2] is not None)
        return found


def _operators() -> dict[str, _Operator]:
    # Some names have kernels only.
    return {
        name: _Operator(
            torch._C._dispatch_dump(name), torch._C._dispatch_dump_table(name)
        )
        for name in torch._C._dispatch_get_all_op_names()
        if "schema: (none)" not in torch._C._dispatch_dump(name)
    }


def changes(package: str) -> Any:
    """All that is different after a package was imported.

    Returns:
        `new`: operators. `kernels`: by operator, the keys whose kernels changed. `slots`:
        by slot, the number of operators whose tables differ there. `rows`: the slots of
        an operator without kernels. `outside`: slots of operators whose kernels stayed,
        that changed to or from what is no fallback.
    """
    library = torch.library.Library("without", "DEF")
    library.define("kernels(Tensor x) -> Tensor")
    before = _operators()
    importlib.import_module(package)
    after = _operators()
    kernels: dict[str, list[str]] = {}
    slots: dict[str, int] = {}
    outside = set()
    for name, old in before.items():
        new = after[name]
        if old.dump != new.dump:
            assert old.schema == new.schema
            keys = old.kernels.keys() | new.kernels.keys()
            kernels[name] = sorted(
                key for key in keys if old.kernels.get(key) != new.kernels.get(key)
            )
        if old.table == new.table:
            continue
        rows = old.slots, new.slots
        for slot in rows[0].keys() | rows[1].keys():
            was, now = (row.get(slot) for row in rows)
            if was != now:
                slots[slot] = slots.get(slot, 0) + 1
                if now is None or now[1] != "backend fallback":
                    outside.add((name, slot))
    return {
        "operators": len(before),
        "gone": sorted(before.keys() - after.keys()),
        "new": sorted(after.keys() - before.keys()),
        "kernels": kernels,
        "slots": slots,
        "outside": sorted(outside),
        "rows": after["without::kernels"].slots,
    }


def model(package: str, declarations: str) -> Any:
    """Slots of all operators for which the declarations say something else than PyTorch.

    Returns:
        What differs, the number of operators, and of slots with a fallback of the
        package's.
    """
    importlib.import_module(package)
    ours = codegen.load(declarations)
    policies = {key: one.spec.policy for key, one in ours.fallbacks.items()}
    own = 0
    different = []
    operators = _operators()
    for name, operator in operators.items():
        table = ours.dispatch_table(operator.kernels)
        theirs = operator.slots
        if list(table) != list(theirs):
            different.append([name, "slots", sorted(table.keys() ^ theirs.keys())])
            continue
        for slot, (kernel, reason, is_fallthrough) in theirs.items():
            entry = table[slot]
            is_same = entry.reason == reason
            if reason == "backend fallback":
                is_same &= is_fallthrough == (policies[slot] == "fallthrough")
                own += f"/{package}/" in kernel
            else:
                is_same &= entry.kernel == kernel
            if not is_same:
                different.append([name, slot, entry, (kernel, reason)])
    return [different[:20], len(operators), own]


def registered_at(package: str, operator: str) -> Any:
    """File and line of each kernel of an operator that the package registered."""
    importlib.import_module(package)
    name = torch._C._dispatch_dump(operator)
    found = re.findall(r"^(\w+).*: registered at (\S+):(\d+) ::", name, re.MULTILINE)
    return {key: [place, int(line)] for key, place, line in found}
