"""The operators in probe, as type checkers see them.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from .ambiguous import ambiguous as ambiguous
