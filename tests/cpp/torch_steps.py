"""The machine on PyTorch, for programs of random steps."""

from __future__ import annotations

import contextlib
import os

# Else the profiler, which shows what observers see, reports its own work.
os.environ.setdefault("KINETO_LOG_LEVEL", "99")

import torch
from torch.library import Library, fallthrough_kernel

from tests.cpp.random_programs import PyTorchFault
from tests.parity.programs.machine import Body
from tests.parity.programs.torch_machine import TorchMachine


class TorchSteps(TorchMachine):
    """With several libraries of fallbacks, and kernels of one key in several libraries.

    Kernels are registered below `torch.library`, which refuses a second one of a key.
    PyTorch's Python dispatcher remembers kernels and is not told of others; it is here.
    """

    def library(self, name: str, kind: str = "IMPL", key: str = "") -> None:
        namespace = "_" if name.startswith("fallbacks") else self.namespace
        self._libraries[name] = Library(namespace, kind, key)

    def drop(self, library: str) -> None:
        super().drop(library)
        self._changed()

    def define(self, schema: str, *, library: str = "main") -> None:
        super().define(schema, library=library)
        self._changed()

    def register(
        self, op: str, key: str, kernel: Body, with_keyset: bool, library: str
    ) -> None:
        self._library(library).m.impl(op, key, kernel, with_keyset)
        self._changed()

    def fallthrough(self, op: str, key: str, *, library: str = "main") -> None:
        self._library(library).m.impl(op, key, fallthrough_kernel, False)
        self._changed()

    def register_fallback(
        self, key: str, kernel: Body, with_keyset: bool, library: str
    ) -> None:
        super().register_fallback(key, kernel, with_keyset, library)
        self._changed()

    def fallback_fallthrough(self, key: str, *, library: str = "fallbacks") -> None:
        super().fallback_fallthrough(key, library=library)
        self._changed()

    def _changed(self) -> None:
        """Let what was remembered be looked up again.

        Raises:
            PyTorchFault: if a table is not what PyTorch itself computes anew.
        """
        names: list[str] = torch._C._dispatch_get_all_op_names()  # type: ignore[attr-defined]
        for name in names:
            if not name.startswith(f"{self.namespace}::"):
                continue
            with contextlib.suppress(AttributeError):
                self._op(name.partition("::")[2])._dispatch_cache.clear()
            try:
                torch._C._dispatch_check_invariants(name)
            except RuntimeError as error:
                raise PyTorchFault(str(error)) from None
