"""Support code of a generated Python package: standard library only, no declared name.

`layout` numbers keys and bits, `keyset` is the set class, `table` computes dispatch
tables, `registration` describes what is registered. The generator uses the same
modules, so a rule of the dispatcher is written once.
"""
