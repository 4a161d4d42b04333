"""Fills templates from views. Templates get strings, numbers, flags and tuples only."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
)

from codegen import format as layout
from codegen.diagnostics import (
    Collector,
    DeclarationError,
    Diagnostic,
    did_you_mean,
)
from codegen.quoting import cpp_string, python_string
from codegen.source import Source, Span, display_path
from codegen.storage import cache_folder

# How the template engine words a value that a view, or a row of one, does not have.
_NO_VALUE: Final = re.compile(r"'(?P<name>\w+)' is undefined")
_NO_FIELD: Final = re.compile(r"'[\w.]*?(?P<row>\w+) object' has no attribute '(\w+)'")


Helper = Callable[..., str]

# By folder of templates: what is not as in Python.
_STRINGS: Final[Mapping[str, Callable[[str], str]]] = {
    "cpp": cpp_string,
    "libtorch": cpp_string,
    "c10": cpp_string,
}


# Imported late: what one target needs takes the others' time.
def _python_helpers() -> tuple[Helper, ...]:
    return (
        layout.assign,
        layout.assign_block,
        layout.block,
        layout.call,
        layout.declared,
        layout.reexport,
        layout.returned,
        layout.stub,
    )


def _cpp_helpers() -> tuple[Helper, ...]:
    from codegen import format_cpp, format_cpp_operators

    return (
        format_cpp.array,
        format_cpp.case,
        format_cpp.enumerator,
        format_cpp.field,
        format_cpp.field_blocks,
        format_cpp.field_of,
        format_cpp.fields,
        format_cpp.function_head,
        format_cpp.item,
        format_cpp.key_set,
        format_cpp.pair,
        format_cpp.returned,
        format_cpp.returned_set,
        format_cpp.set_field,
        format_cpp.using,
        format_cpp.tls_change,
        format_cpp_operators.alias,
        format_cpp_operators.attached,
        format_cpp_operators.checked,
        format_cpp_operators.constant,
        format_cpp_operators.fallback,
        format_cpp_operators.included,
        format_cpp_operators.includes,
        format_cpp_operators.kernel_rows,
        format_cpp_operators.library_head,
        format_cpp_operators.prototype_lines,
        format_cpp_operators.registered,
        format_cpp_operators.struct_head,
        format_cpp_operators.using_namespace,
    )


def _libtorch_helpers() -> tuple[Helper, ...]:
    from codegen import format_cpp, format_cpp_torch

    return (
        format_cpp.item,
        format_cpp.key_set,
        format_cpp_torch.declaration,
        format_cpp_torch.definition,
        format_cpp_torch.made,
        format_cpp_torch.method,
        format_cpp_torch.result_statement,
        format_cpp_torch.statement,
        format_cpp_torch.text_constant,
        layout.call,
    )


def _c10_helpers() -> tuple[Helper, ...]:
    from codegen import format_c10, format_c10_fallbacks

    return (
        format_c10.case_key,
        format_c10.function_start,
        format_c10.macro_definition,
        format_c10.prototype,
        format_c10.returned_key,
        format_c10.returned_set,
        format_c10.second_name,
        format_c10.set_constant,
        format_c10.macro_call,
        format_c10_fallbacks.broken_directive,
        format_c10_fallbacks.called,
        format_c10_fallbacks.library_head,
        format_c10_fallbacks.maker_head,
        format_c10_fallbacks.raised,
        format_c10_fallbacks.registered,
        format_c10_fallbacks.returned_maker,
        layout.assign,
        layout.assign_block,
        layout.assign_typed,
    )


_HELPERS: Final[Mapping[str, Callable[[], tuple[Helper, ...]]]] = {
    "cpp": _cpp_helpers,
    "libtorch": _libtorch_helpers,
    "c10": _c10_helpers,
}


class Renderer:
    """Renders the templates of one target.

    Args:
        folder: the folder of the templates.
        override: a folder of templates to use before those of the same name.

    Raises:
        DeclarationError: DG006 for an overriding template that replaces nothing, DG007
            for one that cannot be read.
    """

    def __init__(self, folder: Path, override: Path | None = None) -> None:
        if override is not None:
            _check_override(override, folder)
        self._override = override
        folders = [folder] if override is None else [override, folder]
        self._environment = Environment(
            loader=FileSystemLoader(folders, encoding="utf-8"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
            auto_reload=False,
            bytecode_cache=_compiled_templates(),
        )
        self._environment.filters["string"] = _STRINGS.get(folder.name, python_string)
        helpers = _HELPERS.get(folder.name, _python_helpers)()
        self._environment.globals.update(
            {helper.__name__: helper for helper in helpers}
        )

    def render(self, template: str, view: Mapping[str, Any]) -> str:
        """The text of a template for a view's fields.

        Raises:
            DeclarationError: DG007 for an overriding template that cannot be rendered.
        """
        try:
            return self._environment.get_template(template).render(view)
        except Exception as error:
            span = _place_in(error, self._override)
            if span is None:
                raise  # A fault of the generator's own.
            problem, question = self._explained(error, view)
            raise DeclarationError(
                [
                    Diagnostic(
                        "DG007",
                        f"this template cannot be rendered: {problem}",
                        span,
                        help=question
                        or "compare it with the built-in template that it replaces",
                    )
                ]
            ) from error

    def _explained(
        self, error: Exception, view: Mapping[str, Any]
    ) -> tuple[str, str | None]:
        """What is wrong, and what may have been meant, without words of the engine."""
        if isinstance(error, TemplateNotFound):
            known = self._environment.list_templates(extensions=["j2"])
            name = str(error.name)
            return f"there is no template `{name}`", did_you_mean(name, known)
        if isinstance(error, RecursionError):
            return "it includes itself, without end", None
        problem = str(getattr(error, "message", None) or error).rstrip(".")
        if found := _NO_VALUE.fullmatch(problem):
            name = found["name"]
            return f"there is no value `{name}` here", did_you_mean(name, view)
        return _NO_FIELD.sub(r"a `\1` has no field `\2`", problem), None


def _compiled_templates() -> FileSystemBytecodeCache | None:
    """Where templates are kept compiled, by their content."""
    folder = cache_folder()
    return None if folder is None else FileSystemBytecodeCache(str(folder))


def _check_override(override: Path, folder: Path) -> None:
    known = [file.relative_to(folder).as_posix() for file in folder.rglob("*.j2")]
    given = [file for file in sorted(override.rglob("*")) if file.is_file()]
    collector = Collector()
    if not given:
        collector.error(
            "DG006",
            f"{display_path(override)} holds no template",
            Span(display_path(override), 1, 1),
            help=f"replace one of: {', '.join(sorted(known)[:3])}, ...",
        )
    for file in given:
        name = file.relative_to(override).as_posix()
        if name not in known:
            collector.error(
                "DG006",
                f"there is no template `{name}` to replace",
                Span(display_path(file), 1, 1),
                help=did_you_mean(name, known)
                or f"known: {', '.join(sorted(known)[:3])}, ...",
            )
        else:
            _check_text(file, collector)
    collector.raise_if_any()


def _check_text(file: Path, collector: Collector) -> None:
    shown = display_path(file)
    try:
        content = file.read_bytes()
        content.decode("utf-8")
    except OSError as error:
        collector.error(
            "DG007",
            f"this template cannot be read: {error.strerror}",
            Span(shown, 1, 1),
            help="give a file that can be read",
        )
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        begin = content.rfind(b"\n", 0, error.start) + 1
        collector.error(
            "DG007",
            f"this template is not UTF-8: the byte 0x{content[error.start]:02x} "
            "cannot be decoded",
            Span(
                shown,
                line,
                len(content[begin : error.start].decode("utf-8")) + 1,
                1,
                Source(shown, content.decode("utf-8", "replace")),
            ),
            help="save the file as UTF-8",
        )


def _place_in(error: Exception, override: Path | None) -> Span | None:
    """The line of an overriding template that an error comes from, if it does."""
    if override is None:
        return None
    places = []
    if isinstance(error, TemplateSyntaxError):
        places.append((error.filename, error.lineno))
    # Jinja gives the frames of a template its own file and line.
    frames = traceback.extract_tb(error.__traceback__)
    places += [(frame.filename, frame.lineno or 1) for frame in reversed(frames)]
    for name, line in places:
        if name is not None and Path(name).is_relative_to(override):
            shown = display_path(Path(name))
            source = Source(shown, Path(name).read_text("utf-8", "replace"))
            # The engine knows no column.
            content = (source.line(line) or "").strip()
            begin = (source.line(line) or "").find(content)
            return Span(shown, line, begin + 1, max(1, len(content)), source)
    return None
