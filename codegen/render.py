"""Fills templates from views. Templates get strings, numbers, flags and tuples only."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from codegen import format as layout


class Renderer:
    """Renders the templates of one target.

    Args:
        folder: the folder of the templates.
    """

    def __init__(self, folder: Path) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folder, encoding="utf-8"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
            auto_reload=False,
        )
        self._environment.filters["string"] = layout.python_string
        self._environment.globals.update(
            assign=layout.assign,
            assign_block=layout.assign_block,
            block=layout.block,
            call=layout.call,
            returned=layout.returned,
        )

    def render(self, template: str, view: Mapping[str, Any]) -> str:
        """The text of a template for a view's fields."""
        return self._environment.get_template(template).render(view)
