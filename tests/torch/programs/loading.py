"""Extensions that meet each other, or what PyTorch has."""

from __future__ import annotations

import importlib
import json
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch


def reports(packages: Sequence[str]) -> Any:
    """What each says became of its registrations, imported in this order."""
    found = {}
    for package in packages:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            imported = importlib.import_module(package)
        found[package] = [list(one) for one in imported.report]
        found[f"{package} warnings"] = [str(one.message) for one in caught]
    return found


def again(package: str, folders: Sequence[str]) -> Any:
    """The same package from several folders, as if there were several of it."""
    found = []
    for folder in folders:
        for name in [*sys.modules]:
            if name.partition(".")[0] == package:
                del sys.modules[name]
        sys.path.insert(0, folder)
        imported = importlib.import_module(package)
        assert Path(imported.__file__ or "").is_relative_to(folder)
        found.append([list(one) for one in imported.report])
    return found


def still_works() -> Any:
    """One call each, after everything else: nothing was left half done."""
    importlib.import_module("conflicts")
    importlib.import_module("effects")
    x = torch.tensor([1.0])
    return [torch.ops.conflicts.own(x).tolist(), torch.relu(x).tolist()]


def table_of(operator: str, package: str) -> Any:
    importlib.import_module(package)
    table = torch._C._dispatch_dump_table(operator)
    return dict(line.split(": ", 1) for line in table.splitlines())


def keysets(package: str) -> Any:
    """The bits of each constant of a package's `keysets` module."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = importlib.import_module(f"{package}.keysets")
    found = {
        name: value.raw_repr()
        for name, value in vars(module).items()
        if isinstance(value, torch._C.DispatchKeySet)
    }
    # As text: not every reader of JSON keeps 64 bits.
    return json.loads(json.dumps({name: hex(raw) for name, raw in found.items()}))


def rejected(keys: list[str]) -> Any:
    """The keys for which torch.library makes nothing."""
    found = []
    for key in keys:
        try:
            torch.library.Library("_", "IMPL", key)._destroy()
        except RuntimeError:
            found.append(key)
    return found
