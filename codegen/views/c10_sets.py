"""Spells keyset expressions as c10 does."""

from __future__ import annotations

from codegen import names
from codegen.format_c10 import Calls, Chain, KeyList, SetText
from codegen.model import Model
from codegen.terms import (
    ArgumentTerm,
    BackendsTerm,
    ComplementTerm,
    ConstantTerm,
    FullAfterTerm,
    FullTerm,
    JoinTerm,
    KeysTerm,
    Term,
    WithoutBackendsTerm,
)

_FULL = "DispatchKeySet(DispatchKeySet::FULL)"
_ALL_BACKENDS = "DispatchKeySet(DispatchKeySet::RAW, full_backend_mask)"
_EMPTY = "DispatchKeySet()"


class C10Sets:
    """Spells the expressions of one model.

    Args:
        model: the dispatcher.
        argument: what the argument of keyset functions is called.
    """

    def __init__(self, model: Model, argument: str) -> None:
        self._model = model
        self._argument = argument
        self._constant_of: dict[str, str] = {}
        for keyset in model.keysets.values():
            match keyset.term:
                case KeysTerm((key,)):
                    self._constant_of.setdefault(key, keyset.name)

    def constant(self, term: Term) -> SetText:
        """The expression that defines a constant."""
        match term:
            case KeysTerm(keys):
                return self._keys(keys)
            case ConstantTerm(name):
                return name
            case FullTerm():
                return _FULL
            case FullAfterTerm(key):
                return f"DispatchKeySet(DispatchKeySet::FULL_AFTER, {self._key(key)})"
            case BackendsTerm(backends):
                return self._backends(backends)
            case ArgumentTerm():
                return self._argument
            case ComplementTerm(operand):
                return Chain("^", (_FULL, self.constant(operand)))
            case WithoutBackendsTerm(operand, backends):
                calls = (f".remove_backend({self._backend(b)})" for b in backends)
                return Calls(self.constant(operand), tuple(calls))
            case JoinTerm(operator, operands):
                spelt = [self.constant(operand) for operand in operands]
                if operator == "|":
                    # The order of a union is free, and a long list reads best at its end.
                    spelt.sort(key=lambda text: isinstance(text, KeyList))
                return Chain(operator, tuple(spelt))

    def value(self, term: Term) -> SetText:
        """The expression that a function returns: constants of keys, if all have one."""
        if isinstance(term, KeysTerm) and term.keys:
            constants = [self._constant_of.get(key) for key in term.keys]
            known = [name for name in constants if name is not None]
            if len(known) == len(constants):
                return known[0] if len(known) == 1 else Chain("|", tuple(known))
        return self.constant(term)

    def _keys(self, keys: tuple[str, ...]) -> SetText:
        members = tuple(map(self._key, keys))
        if not members:
            return _EMPTY
        return (
            f"DispatchKeySet({members[0]})" if len(members) == 1 else KeyList(members)
        )

    def _backends(self, backends: tuple[str, ...]) -> SetText:
        if set(backends) == set(self._model.backends):
            return _ALL_BACKENDS
        members = tuple(map(self._backend, backends))
        if not members:
            return _EMPTY
        return (
            f"DispatchKeySet({members[0]})" if len(members) == 1 else KeyList(members)
        )

    def _key(self, name: str) -> str:
        return f"DispatchKey::{name}"

    def _backend(self, name: str) -> str:
        return f"BackendComponent::{names.backend_bit(name)}"
