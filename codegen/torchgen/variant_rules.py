"""What the rules say of the variants that torchgen adds, by name."""

from __future__ import annotations

from collections.abc import Mapping, Set
from types import MappingProxyType
from typing import NamedTuple


class VariantRules(NamedTuple):
    """What the rules say of keys, tags and operators by name. Operators have no namespace.

    Attributes:
        key: that a derived variant gets its kernel for.
        unless: a key: nothing is derived from functions that all have a kernel for it.
        unless_default: whether an entry without `dispatch` that is not structured counts
            as one with a kernel for `unless`.
        despite: a tag: of functions one of which has it, `unless` does not hold.
        tags: that every derived variant gets.
        out_tags: that those with out arguments get too.
        inherited_tags: that it gets if its base has them.
        view_tag: of an in-place function whose result is a view.
        no_views: functions that are no views, whatever their tags and annotations say;
            names without overloads.
        unpaired: out variants of nothing, and in-place functions whose groups get
            nothing derived.
        without_out: functions that return no tensor and need no out variant.
        in_vain: names in `autogen` that nothing is derived for and that may stay.
        options: type and name of arguments that a factory has, and its out variant not.
        grouped_as: by function: arguments, and what they are for Note [Groups].
    """

    key: str
    unless: str
    unless_default: bool = True
    despite: str = ""
    tags: tuple[str, ...] = ()
    out_tags: tuple[str, ...] = ()
    inherited_tags: tuple[str, ...] = ()
    view_tag: str = ""
    no_views: Set[str] = frozenset()
    unpaired: Set[str] = frozenset()
    without_out: Set[str] = frozenset()
    in_vain: Set[str] = frozenset()
    options: tuple[tuple[str, str], ...] = ()
    grouped_as: Mapping[str, Mapping[str, str]] = MappingProxyType({})
