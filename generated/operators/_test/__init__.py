"""The operators in _test.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""
