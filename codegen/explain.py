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


def explain_keyset(model: Model, name: str) -> dict[str, Any]:
    """What a keyset constant holds: its bits, functionality keys and backends.

    Raises:
        KeyError: if there is no such constant.
    """
    keyset = model.keysets[name]
    return {
        "keyset": keyset.name,
        "doc": keyset.doc,
        "declared": str(keyset.span),
        "expression": keyset.expression,
        "bits": hex(keyset.raw),
        "functionality keys": [key.name for key in model.keys_in(keyset.raw)],
        "backends": [backend.name for backend in model.backends_in(keyset.raw)],
    }


def explain_operator(model: Model, name: str) -> dict[str, Any]:
    """An operator's schema, the kernels declared for it, and its whole table.

    Raises:
        KeyError: if there is no such operator.
    """
    operator = model.operators[name]
    spans = operator.kernel_spans
    return {
        "operator": name,
        "schema": operator.schema,
        "declared": str(operator.span),
        "tags": list(operator.tags),
        "kernels": {
            key: f"{kernel} ({spans[key]})" for key, kernel in operator.kernels.items()
        },
        "table": {
            slot: f"{entry.kernel} [{entry.reason}]"
            for slot, entry in model.operator_table(name).items()
        },
    }


def explain_slot(model: Model, operator: str, name: str) -> dict[str, Any]:
    """All rules for one slot of an operator, most direct first.

    Raises:
        KeyError: if the operator or key is not declared, or the key has no slot.
    """
    entry = model.operators[operator]
    key = model.keys[name]
    if key.slot is None:
        raise KeyError(name)
    steps = list(model.why(entry.kernels, key.name))
    chosen = steps[-1].entry
    rules = [_tried(model, operator, key.name, step) for step in steps]
    rules += _not_reached(model, operator, key.name, len(steps))
    return {
        "operator": operator,
        "declared": str(entry.span),
        "key": key.name,
        "kernel": chosen.kernel if chosen else None,
        "reason": chosen.reason if chosen else "missing",
        "rules": rules,
    }


def _tried(model: Model, operator: str, slot: str, step: Step) -> dict[str, Any]:
    # An alias key could have the same reason word.
    is_fallback = step.reason == FALLBACK_REASON and step.key == slot
    rule = _rule(model, operator, step.key, step.reason, is_fallback=is_fallback)
    rule["outcome"] = step.outcome.value
    if is_fallback and step.outcome is Outcome.NOT_REGISTERED:
        rule["outcome"] = "there is none"
    if step.entry is not None:
        rule["kernel"] = step.entry.kernel
    if step.because:
        spans = model.operators[operator].kernel_spans
        rule["because"] = [f"{key} ({spans[key]})" for key in step.because]
    return rule


def _not_reached(
    model: Model, operator: str, slot: str, tried: int
) -> list[dict[str, Any]]:
    """What would have been tried next, had no rule before decided the slot."""
    aliases = [rule for rule in model.rules.aliases if slot in rule.slots]
    rules = [
        _rule(model, operator, rule.alias, rule.reason, is_fallback=False)
        for rule in aliases[max(tried - 1, 0) :]
    ]
    if tried <= len(aliases) + 1:
        rules.append(_rule(model, operator, slot, FALLBACK_REASON, is_fallback=True))
    return [{**rule, "outcome": "not reached"} for rule in rules]


def _rule(
    model: Model, operator: str, key: str, reason: str, *, is_fallback: bool
) -> dict[str, Any]:
    """A rule with the places of what it is about: the kernel or fallback, and the key."""
    fallback = model.fallbacks.get(key)
    if is_fallback:
        place = fallback.span if fallback else None
    else:
        place = model.operators[operator].kernel_spans.get(key)
    rule: dict[str, Any] = {
        "rule": f"fallback of {key}" if is_fallback else f"kernel for {key}",
        "reason": reason,
    }
    if place is not None:
        rule["declared"] = str(place)
    rule["key declared"] = str(model.keys[key].span)
    return rule
