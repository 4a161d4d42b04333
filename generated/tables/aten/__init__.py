"""Dispatch tables of the operators in aten.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""
