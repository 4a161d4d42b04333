"""Calls a function of a module here and prints what it returns, as JSON."""

from __future__ import annotations

import importlib
import json
import sys

place, arguments = sys.argv[1:]
module, _, name = place.partition(":")
function = getattr(importlib.import_module(f"tests.torch.programs.{module}"), name)
print(json.dumps(function(*json.loads(arguments))))
