"""What each diagnostic code means, for people: one page a code, and all of them.

Reads the pages in `rules/`, returns Markdown. Must not know how a rule is checked: pages
are found by their codes, and tests hold their examples against the checks.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from codegen.codes import TITLES

_RULES: Final = Path(__file__).resolve().parent / "rules"

_FENCE: Final = re.compile(r"(^```.*?^```$)", re.DOTALL | re.MULTILINE)

_INTRODUCTION: Final = """\
# Diagnostics

Every diagnostic has a code, a place and, where there is one, a way to mend it.
`dispatch-codegen explain DG104` prints the section of a code.

An **error** means that there is no dispatcher: the declarations cannot be read, or say
something that cannot be. All errors of a phase are reported at once, and nothing is
written. Codes of errors start with `DG0` (files), `DG1` (the shape of a declaration) or
`DG2` (what declarations say about each other).

A **warning** is a finding of `dispatch-codegen lint`: the declarations can be generated,
but something in them is hardly what anyone meant. Codes of findings start with `DG3`.

| exit code | meaning |
|---|---|
| 0 | nothing to report |
| 1 | findings of `lint`; files that differ, for `check` and `diff` |
| 2 | errors in declarations or templates, or wrong usage |

A finding that is meant to be there is allowed by a comment, at the end of its line or
alone on the line above, always with the reason. Names in parentheses restrict it; `*`
stands for any rest of a name. A text of several lines is covered from its first line or
its last, and what is in a file from the line that names it. An error cannot be allowed.

```yaml
keysets:
  one: Trace & Wrap  # allow DG304: kept for callers of the old interface
  # allow DG304 (slot_*): filled by extensions
  slot_{backend}: {for_each: all, keys: Trace & Wrap}
```

A code never changes its meaning, and the code of a rule that is gone is not used again.
"""


def rule_text(code: str) -> str:
    """The page of a code, as Markdown.

    Raises:
        KeyError: if there is no such code.
    """
    if code not in TITLES:
        raise KeyError(code)
    return (_RULES / f"{code}.md").read_text("utf-8")


def reference() -> str:
    """All pages as one, with an introduction and a table of the codes."""
    rows = [
        f"| [{code}](#{code.lower()}) | {TITLES[code]} |" for code in sorted(TITLES)
    ]
    table = "\n".join(["| code | reports |", "|---|---|", *rows])
    return "\n".join([_INTRODUCTION, table, *map(_section, sorted(TITLES)), ""])


def _section(code: str) -> str:
    # An anchor of its own, so that links survive when a title is reworded.
    section = f'\n<a id="{code.lower()}"></a>\n\n{_one_level_down(rule_text(code))}'
    return section.rstrip("\n")


def _one_level_down(page: str) -> str:
    """The page with deeper headings; in code, `#` starts a comment and stays."""
    parts = _FENCE.split(page)
    parts[::2] = [re.sub("^#", "##", part, flags=re.MULTILINE) for part in parts[::2]]
    return "".join(parts)
