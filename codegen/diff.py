"""What a plan would change, as a unified diff that `git apply` reads."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from codegen.emit import Plan


def unified_diff(changes: Plan) -> Iterator[str]:
    """The lines of the diff, without line breaks; files in the order of their paths.

    The paths are those of the output folder, as it was given. Bytes that are not UTF-8
    are kept as surrogates, as Python does in file names.
    """
    for path in sorted({*changes.missing, *changes.changed, *changes.stale}):
        place = (changes.root / path).as_posix().removeprefix("/")
        old_name, new_name = _quoted(f"a/{place}"), _quoted(f"b/{place}")
        old = None if path in changes.missing else (changes.root / path).read_bytes()
        new = None if path in changes.stale else changes.text(path)
        yield f"diff --git {old_name} {new_name}"
        if old is None:
            yield "new file mode 100644"
        elif new is None:
            yield "deleted file mode 100644"
        before = [] if old is None else _lines(old.decode("utf-8", "surrogateescape"))
        after = [] if new is None else _lines(new)
        for line in difflib.unified_diff(
            before,
            after,
            "/dev/null" if old is None else old_name,
            "/dev/null" if new is None else new_name,
        ):
            yield line.removesuffix("\n")
            if not line.endswith("\n"):
                yield "\\ No newline at end of file"


def _quoted(name: str) -> str:
    """A name as git has it: in quotes, and escaped, if it holds what could end it."""
    if name.isprintable() and '"' not in name and "\\" not in name:
        return name
    escaped = "".join(
        chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\{byte:03o}"
        for byte in name.encode("utf-8", "surrogateescape")
    )
    return f'"{escaped}"'


def _lines(text: str) -> list[str]:
    """Lines as diffs have them: only a line feed ends one."""
    return [f"{line}\n" for line in text.split("\n")[:-1]] + (
        [last] if (last := text.split("\n")[-1]) else []
    )
