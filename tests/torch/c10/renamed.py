"""A copy of the generated sources in a namespace of its own, beside PyTorch's `c10`.

`c10` becomes `generated`, in paths of the generated headers too, so that one translation
unit can include PyTorch's headers and these.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.torch.c10.headers import HEADERS

NAMESPACE: Final = "generated"

# What generated sources take from c10's other headers.
_TAKEN: Final = """\
#pragma once

#include <c10/core/DispatchKey.h>
#include <c10/core/DispatchKeySet.h>
#include <c10/util/irange.h>

#include <string_view>

// What PyTorch's macros make of the words around each of their lines.
#define TOLD(...) "(" #__VA_ARGS__ ")"
namespace stock {
inline constexpr std::string_view backend_components =
    C10_FORALL_BACKEND_COMPONENTS(TOLD, extra);
inline constexpr std::string_view functionality_keys =
    C10_FORALL_FUNCTIONALITY_KEYS(TOLD);
}  // namespace stock
#undef TOLD
{undefined}
namespace generated {
namespace guts = ::c10::guts;
namespace llvm = ::c10::llvm;
using ::c10::DeviceType;
using ::c10::irange;
}  // namespace generated

"""


def write_renamed(files: Mapping[str, str], folder: Path) -> tuple[Path, ...]:
    """Write the copy; the sources to compile.

    Args:
        files: generated text by path, `c10/...`.
        folder: where headers are found by `<generated/core/...>`.
    """
    texts = {path: rename(text) for path, text in files.items()}
    macros = sorted(
        {name for header in HEADERS for name in _defined(texts[header])},
    )
    undefined = "".join(f"#undef {name}\n" for name in macros)
    own = folder / NAMESPACE
    (own / "core").mkdir(parents=True, exist_ok=True)
    (own / "taken.h").write_text(_TAKEN.replace("{undefined}", undefined))
    sources = []
    for path, text in texts.items():
        file = folder / path.replace("c10/", f"{NAMESPACE}/", 1)
        if path in HEADERS:
            text = f"#include <{NAMESPACE}/taken.h>\n" + text
        else:
            sources.append(file)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return tuple(sources)


def rename(text: str) -> str:
    """A generated source with the other namespace."""
    text = re.sub(r"#include <c10/core/(DispatchKey(?:Set)?\.h)>", _include, text)
    text = re.sub(r"\bnamespace c10\b", f"namespace {NAMESPACE}", text)
    text = re.sub(r"\bnamespace torch\b", f"namespace {NAMESPACE}_torch", text)
    return re.sub(r"\bc10::", f"{NAMESPACE}::", text)


def _include(match: re.Match[str]) -> str:
    return f"#include <{NAMESPACE}/core/{match[1]}>"


def _defined(text: str) -> list[str]:
    return re.findall(r"^[ \t]*#[ \t]*define[ \t]+(\w+)", text, re.MULTILINE)
