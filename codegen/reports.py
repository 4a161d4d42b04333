"""Diagnostics for machines: JSON, annotations of GitHub's CI, and SARIF.

Reads diagnostics, returns text. `codegen.diagnostics` has the form for people.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from codegen.codes import TITLES
from codegen.diagnostics import Diagnostic, Severity, render_text
from codegen.source import Span

Report = Callable[[Sequence[Diagnostic]], str]


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """A list of objects, one for each diagnostic; lines and columns count from 1."""
    return json.dumps([_object(d) for d in diagnostics], indent=2, ensure_ascii=False)


def _object(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        **_place(diagnostic.span),
        "help": diagnostic.help,
        "related": [
            {"message": other.message, **_place(other.span)}
            for other in diagnostic.related
        ],
    }


def _place(span: Span | None) -> dict[str, Any]:
    if span is None or not span.is_in_file:
        return {"file": None, "line": None, "column": None, "end_column": None}
    return {
        "file": span.path,
        "line": span.line,
        "column": span.column,
        "end_column": span.column + span.width,
    }


def as_github(diagnostics: Sequence[Diagnostic]) -> str:
    """One workflow command a line, which GitHub shows beside the changed lines."""
    return "\n".join(_annotation(diagnostic) for diagnostic in diagnostics)


def _annotation(diagnostic: Diagnostic) -> str:
    fields: dict[str, object] = {}
    span = diagnostic.span
    if span is not None and span.is_in_file:
        fields = {"file": span.path, "line": span.line, "col": span.column}
        fields["endColumn"] = span.column + span.width
    fields["title"] = f"{diagnostic.code}: {TITLES[diagnostic.code]}"
    text = diagnostic.message
    for other in diagnostic.related:
        text += f"\n{other.message}: {other.span}" if other.span.is_in_file else ""
    if diagnostic.help is not None:
        text += f"\nhelp: {diagnostic.help}"
    return workflow_command(diagnostic.severity.value, fields, text)


def workflow_command(name: str, fields: Mapping[str, object], text: str) -> str:
    """A line that GitHub's CI reads as a command."""
    shown = ",".join(f"{field}={_property(str(v))}" for field, v in fields.items())
    return f"::{name} {shown}::{_data(text)}"


def _data(text: str) -> str:
    """The escapes of workflow commands: a line break would end the command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


_SARIF_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(diagnostics: Sequence[Diagnostic]) -> str:
    """A SARIF 2.1.0 log with one run."""
    codes = sorted({diagnostic.code for diagnostic in diagnostics})
    log = {
        "$schema": _SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "dispatch-codegen",
                        "rules": [_rule(code) for code in codes],
                    }
                },
                # Columns of this project are characters, not UTF-16 units.
                "columnKind": "unicodeCodePoints",
                "results": [_result(d, codes.index(d.code)) for d in diagnostics],
            }
        ],
    }
    return json.dumps(log, indent=2, ensure_ascii=False)


def _rule(code: str) -> dict[str, Any]:
    # Imported late: only this format needs the long texts.
    from codegen.rulebook import rule_text

    return {
        "id": code,
        "shortDescription": {"text": TITLES[code]},
        "help": {"text": TITLES[code], "markdown": rule_text(code)},
    }


def _result(diagnostic: Diagnostic, rule: int) -> dict[str, Any]:
    text = diagnostic.message
    if diagnostic.help is not None:
        text += f"\nhelp: {diagnostic.help}"
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": text},
    }
    if diagnostic.span is not None and diagnostic.span.is_in_file:
        result["locations"] = [_location(diagnostic.span)]
    if diagnostic.related:
        result["relatedLocations"] = [
            {"id": number, **_location(other.span), "message": {"text": other.message}}
            for number, other in enumerate(diagnostic.related)
            if other.span.is_in_file
        ]
    return result


_LEVELS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
}


def _location(span: Span) -> dict[str, Any]:
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endColumn": span.column + span.width,
    }
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(span.path)},
            "region": region,
        }
    }


def _uri(path: str) -> str:
    """A file's name as a URI; a relative one stays relative, to the root of the scan."""
    from urllib.parse import quote

    quoted = quote(path, errors="surrogateescape")
    return f"file://{quoted}" if path.startswith("/") else quoted


FORMATS: Final[Mapping[str, Report]] = {
    "text": render_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
