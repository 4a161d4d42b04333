"""The extension pytorch_extension of PyTorch 2.13: importing it registers everything.

Generated; to rewrite it, run: dispatch-codegen generate --target libtorch
"""

from __future__ import annotations

from pathlib import Path

# Before PyTorch is imported, which may look for `_autoload` in this very module.
from ._runtime.loading import autoload as _autoload
from ._runtime.loading import load
from ._runtime.registration import Registration

report: tuple[Registration, ...] = load(
    Path(__file__).parent, "pytorch_extension_report"
)
"""What was registered, and what was not and why."""

__all__ = ["_autoload", "report"]
