"""The operators in mt.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""
