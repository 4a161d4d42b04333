"""Keys by name."""

from __future__ import annotations

from typing import Any

import torch


def key_of(name: str) -> Any:
    """A key: the enum lacks some that PyTorch can parse, and the other way round."""
    key = torch._C.DispatchKey.__members__.get(name)
    return torch._C._parse_dispatch_key(name) if key is None else key
