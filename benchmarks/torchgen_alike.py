"""torchgen's program, kept to the kinds of files that dispatch-codegen writes too.

    python benchmarks/torchgen_alike.py -s ATen -d out --per-operator-headers

Registrations, schemas, declarations of kernels and headers of operators are written, and
the work for all other files is left out: torchgen asks for a file's content only when it
writes it. The YAML is read and all functions are made, as always.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from torchgen import gen, utils

KEPT: Final = re.compile(
    r"^(Register(?!Functionalization)|NativeFunctions\.h|NativeMetaFunctions\.h"
    r"|Operators|MethodOperators|\w+_(ops|native|meta)\.h$)"
)


class Kept(utils.FileManager):
    """Writes some files."""

    def write_with_template(
        self, filename: Any, template_fn: Any, env_callable: Callable[[], Any]
    ) -> None:
        if KEPT.match(str(filename)):
            super().write_with_template(filename, template_fn, env_callable)

    def write_sharded_with_template(
        self, filename: Any, template_fn: Any, items: Iterable[Any], **given: Any
    ) -> None:
        if KEPT.match(str(filename)):
            super().write_sharded_with_template(filename, template_fn, items, **given)


if __name__ == "__main__":
    utils.FileManager = Kept  # type: ignore[misc]
    gen.FileManager = Kept  # type: ignore[attr-defined]
    gen.main()
