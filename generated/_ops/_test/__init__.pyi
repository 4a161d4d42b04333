"""The operators in _test, as type checkers see them.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from .leaky_relu import leaky_relu as leaky_relu
