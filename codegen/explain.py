"""Why things are as they are: what a key is, and how a table slot got its kernel.

Reads the model; returns plain data that both text and JSON output print.
"""

from __future__ import annotations

from typing import Any

from codegen.model import Key, KeyKind, Model
from codegen.runtime.python.table import FALLBACK_REASON, Outcome, Step


def explain_key(model: Model, name: str) -> dict[str, Any]:
    """What a key is: value, bits, slot, fallback, the sets and aliases it is in.

    Raises:
        KeyError: if there is no such key.
    """
    key = model.keys[name]
    result: dict[str, Any] = {"key": key.name, "kind": key.kind.value}
    others = [o for o, k in model.aliases_of_keys.items() if k == key.name]
    result["declared"] = str(key.span)
    result["value"] = key.value
    if others:
        result["other names"] = others
    if key.functionality is not None:
        result["functionality"] = key.functionality
    if key.backend is not None:
        result["backend"] = key.backend
    if key.mask:
        bits = [bit for bit in range(key.mask.bit_length()) if key.mask >> bit & 1]
        result["bits"] = bits
        result["keyset"] = hex(key.mask)
    if key.slot is not None:
        result["table slot"] = key.slot
    if key.kind is KeyKind.ALIAS:
        result |= _alias_facts(model, key.name)
    else:
        result |= _set_facts(model, key)
    return result


def _alias_facts(model: Model, name: str) -> dict[str, Any]:
    alias = model.aliases[name]
    rule = next(rule for rule in model.rules.aliases if rule.alias == name)
    facts: dict[str, Any] = {
        "reason": alias.reason,
        "fills": [slot for slot in model.rules.slots if slot in rule.slots],
    }
    if alias.yields_to_aliases:
        facts["yields to"] = list(alias.yields_to_aliases)
    if alias.yields_to_backends_of:
        facts["yields to kernels of"] = alias.yields_to_backends_of
    if alias.ambiguity:
        facts["ambiguous at"] = alias.ambiguity.slot
    return facts


def _set_facts(model: Model, key: Key) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    fallback = model.fallbacks.get(key.name)
    if key.slot is not None and key.mask:
        facts["fallback"] = (
            f"{fallback.spec.policy} ({fallback.span})" if fallback else "none"
        )
    if key.mask:
        facts["in keysets"] = [
            keyset.name
            for keyset in model.keysets.values()
            if keyset.raw & key.mask == key.mask
        ]
    if key.slot is not None:
        facts["filled by aliases"] = [
            rule.alias for rule in model.rules.aliases if key.name in rule.slots
        ]
    return facts


def explain_slot(model: Model, operator: str, name: str) -> dict[str, Any]:
    """The rules tried for one slot of an operator, most direct first.

    Raises:
        KeyError: if the operator or key is not declared, or the key has no slot.
    """
    entry = model.operators[operator]
    key = model.keys[name]
    if key.slot is None:
        raise KeyError(name)
    steps = list(model.why(entry.kernels, key.name))
    chosen = steps[-1].entry
    return {
        "operator": operator,
        "declared": str(entry.span),
        "key": key.name,
        "kernel": chosen.kernel if chosen else None,
        "reason": chosen.reason if chosen else "missing",
        "rules": [_rule(model, operator, step) for step in steps],
    }


def _rule(model: Model, operator: str, step: Step) -> dict[str, Any]:
    spans = model.operators[operator].kernel_spans
    is_fallback = step.reason == FALLBACK_REASON
    rule: dict[str, Any] = {
        "rule": f"fallback of {step.key}" if is_fallback else f"kernel for {step.key}",
        "reason": step.reason,
        "outcome": step.outcome.value,
    }
    if step.outcome is not Outcome.NOT_REGISTERED:
        fallback = model.fallbacks.get(step.key)
        span = fallback.span if is_fallback and fallback else spans.get(step.key)
        rule["declared"] = str(span)
    if step.entry is not None:
        rule["kernel"] = step.entry.kernel
    if step.because:
        rule["because"] = [f"{key} ({spans[key]})" for key in step.because]
    return rule
