"""The operators in probe.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""
