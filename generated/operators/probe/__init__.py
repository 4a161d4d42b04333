"""The operators in probe: a module for all overloads of each.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

NAMES = [
    "ambiguous",
]
