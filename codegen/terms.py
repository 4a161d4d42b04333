"""Keyset expressions with every name looked up: what views print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeysTerm:
    """The union of some keys, as a name or pattern gives them."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConstantTerm:
    """A declared keyset."""

    name: str


@dataclass(frozen=True, slots=True)
class FullTerm:
    """All functionalities on all backends."""


@dataclass(frozen=True, slots=True)
class FullAfterTerm:
    """What is below a key."""

    key: str


@dataclass(frozen=True, slots=True)
class BackendsTerm:
    """The bits of some backends."""

    backends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArgumentTerm:
    """The argument of a keyset function."""


@dataclass(frozen=True, slots=True)
class ComplementTerm:
    """All that a set does not hold."""

    operand: Term


@dataclass(frozen=True, slots=True)
class WithoutBackendsTerm:
    """A set without the bits of some backends."""

    operand: Term
    backends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JoinTerm:
    """Operands joined, from left to right, by one of `|`, `^`, `&` and `-`."""

    operator: str
    operands: tuple[Term, ...]


Term = (
    KeysTerm
    | ConstantTerm
    | FullTerm
    | FullAfterTerm
    | BackendsTerm
    | ArgumentTerm
    | ComplementTerm
    | WithoutBackendsTerm
    | JoinTerm
)
EMPTY_TERM = KeysTerm(())


def joined(operator: str, left: Term, right: Term) -> Term:
    """Two terms as one; unions of keys become a single list."""
    if operator == "|" and isinstance(right, KeysTerm):
        *before, last = _operands("|", left)
        if isinstance(last, KeysTerm):
            merged = KeysTerm(tuple(dict.fromkeys((*last.keys, *right.keys))))
            return JoinTerm("|", (*before, merged)) if before else merged
    return JoinTerm(operator, (*_operands(operator, left), right))


def _operands(operator: str, term: Term) -> tuple[Term, ...]:
    if isinstance(term, JoinTerm) and term.operator == operator:
        return term.operands
    return (term,)


def constants_in(term: Term) -> Iterator[str]:
    """The declared keysets that a term names."""
    match term:
        case ConstantTerm(name):
            yield name
        case ComplementTerm(operand) | WithoutBackendsTerm(operand):
            yield from constants_in(operand)
        case JoinTerm(_, operands):
            for operand in operands:
                yield from constants_in(operand)
