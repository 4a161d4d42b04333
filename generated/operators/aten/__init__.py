"""The operators in aten.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""
