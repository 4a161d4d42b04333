"""The machine on the generated Python package, for programs of random steps."""

from __future__ import annotations

from typing import Any

import generated as g
from tests.cpp.cpp_machine import namespace_of, table_of
from tests.parity.programs.ours_machine import OursMachine


class OursSteps(OursMachine):
    """With several libraries of fallbacks, any number of results, declared operators."""

    def library(self, name: str, kind: str = "IMPL", key: str = "") -> None:
        namespace = namespace_of(name, self.namespace)
        self._libraries[name] = g.Library(namespace, kind, key)

    def _op(self, op: str) -> Any:
        namespace, _, name = op.rpartition("::")
        packet, _, overload = name.partition(".")
        found = getattr(getattr(g.ops, namespace or self.namespace), packet)
        return getattr(found, overload or "default")

    def table(self, op: str) -> dict[str, str]:
        full = op if "::" in op else f"{self.namespace}::{op}"
        return table_of(g.dispatch_dump_table(full))

    def operator_name(self, op: Any) -> str:
        return str(op.name).removeprefix(f"{self.namespace}::")

    def call_boxed(self, op: str, *args: Any) -> Any:
        stack = list(args)
        self._op(op).call_boxed(stack)
        return _results(stack)

    def redispatch_boxed(self, op: str, keyset: int, *args: Any) -> Any:
        stack = list(args)
        keys = g.DispatchKeySet.from_raw_repr(keyset)
        self._op(op).redispatch_boxed(keys, stack)
        return _results(stack)


def _results(stack: list[Any]) -> Any:
    return stack[0] if len(stack) == 1 else tuple(stack) or None
