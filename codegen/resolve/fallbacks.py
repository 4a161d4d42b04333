"""Backend fallbacks: which key has which, in the active build variant."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from codegen.diagnostics import did_you_mean
from codegen.located import LocatedStr
from codegen.model import KeyFallback, KeyKind
from codegen.resolve.keysets import Scope
from codegen.resolve.merge import Declarations
from codegen.resolve.variants import included_in
from codegen.runtime.python.registration import FALLTHROUGH, Fallback
from codegen.schema.fallbacks import (
    AutogradNotImplemented,
    BackendFallbackTo,
    FallbackDecl,
    Fallthrough,
    KernelPolicy,
    NotImplementedPolicy,
    Policy,
    PythonDispatcherPolicy,
    PythonPolicy,
    PythonTlsSnapshot,
    Redispatch,
)


def resolve_fallbacks(
    declared: Declarations,
    active: Sequence[str],
    modes: Collection[str],
    scope: Scope,
) -> dict[str, KeyFallback]:
    """By runtime key, in slot order. Reports DG201, DG209, DG210 and DG215.

    The fallbacks of an extension replace those of its base for the same key.
    """
    found: dict[str, KeyFallback] = {}
    variants = {str(name) for name in declared.variants}
    every = {name: included_in(declared, name) for name in sorted(variants)}
    for layer in declared.fallback_layers:
        of_layer: dict[str, KeyFallback] = {}
        for declaration in layer:
            _check_variants(declaration, variants, modes, scope)
            _declare(declaration, active, every, modes, scope, of_layer)
        found |= {key: _inherited(new, found.get(key)) for key, new in of_layer.items()}
    slots = {key.name: key.slot for key in scope.keys.real() if key.slot is not None}
    return {name: found[name] for name in sorted(found, key=lambda n: slots.get(n, -1))}


def _inherited(fallback: KeyFallback, base: KeyFallback | None) -> KeyFallback:
    """A fallback in place of one that a library may replace: so is this one."""
    if base is None or not base.spec.overridable:
        return fallback
    others = {n: s._replace(overridable=True) for n, s in fallback.variants.items()}
    return replace(
        fallback,
        spec=fallback.spec._replace(overridable=True),
        variants=MappingProxyType(others),
    )


def _check_variants(
    declaration: FallbackDecl, known: set[str], modes: Collection[str], scope: Scope
) -> None:
    for name, policy in declaration.variants.items():
        if name not in known:
            scope.collector.error(
                "DG215",
                f"there is no build variant `{name}`",
                name.span,
                help=f"declare it: `variants: {{{name}: ...}}`",
            )
        _spec("", policy, modes, scope)


def _declare(
    declaration: FallbackDecl,
    active: Sequence[str],
    every: Mapping[str, Sequence[str]],
    modes: Collection[str],
    scope: Scope,
    found: dict[str, KeyFallback],
) -> None:
    policy = _policy_in(declaration, active)
    by_pattern = [(pattern, scope.keys_of(pattern)) for pattern in declaration.keys]
    declared = {key.name for _, keys in by_pattern for key in keys}
    overridable = _overridable(declaration, declared, scope)
    for pattern, keys in by_pattern:
        for key in keys:
            if key.slot is None or key.mask == 0:
                if _trimmed(key.name, scope):
                    continue
                scope.collector.error(
                    "DG209",
                    f"`{key.name}` is {_article(key.kind.value)} key "
                    "and cannot have a fallback",
                    pattern.span,
                    help="only runtime keys can",
                )
                continue
            if key.name in found:
                scope.collector.error(
                    "DG210",
                    f"`{key.name}` already has a fallback",
                    pattern.span,
                    related=[("the other one is declared here", found[key.name].span)],
                    help="keep one of them",
                )
                continue

            def spec_of(policy: Policy, key: str = key.name) -> Fallback:
                spec = _spec(key, policy, modes, scope)
                return spec._replace(overridable=key in overridable)

            spec = spec_of(policy)
            others = {v: spec_of(_policy_in(declaration, a)) for v, a in every.items()}
            differing = {v: other for v, other in others.items() if other != spec}
            span = pattern.span
            named = policy.kernel.span if isinstance(policy, KernelPolicy) else span
            found[key.name] = KeyFallback(
                spec, MappingProxyType(differing), str(pattern), span, named
            )


def _policy_in(declaration: FallbackDecl, active: Sequence[str]) -> Policy:
    """What a fallback does where some variants are active, nearest first."""
    by_variant = {str(name): policy for name, policy in declaration.variants.items()}
    found = (by_variant[variant] for variant in active if variant in by_variant)
    return next(found, declaration.action)


def _overridable(
    declaration: FallbackDecl, declared: Collection[str], scope: Scope
) -> set[str]:
    """The keys whose fallback a library may replace; reports DG201 for others."""
    found = set()
    for pattern in declaration.overridable:
        names = [key.name for key in scope.keys_of(pattern)]
        others = [name for name in names if name not in declared]
        if others:
            scope.collector.error(
                "DG201",
                f"`{others[0]}` is not among the `keys` of this fallback",
                pattern.span,
                help="name only keys that it is the fallback of",
            )
        found.update(names)
    return found


def _trimmed(name: str, scope: Scope) -> bool:
    """Whether only this build variant leaves the key without a slot."""
    key = scope.keys.keys[name]
    return key.kind in (KeyKind.FUNCTIONALITY, KeyKind.RUNTIME)


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _spec(key: str, policy: Policy, modes: Collection[str], scope: Scope) -> Fallback:
    def constant(name: LocatedStr) -> str:
        scope.keyset(name)
        return str(name)

    def mode(name: LocatedStr | None) -> str | None:
        if name is not None and name not in modes:
            scope.collector.error(
                "DG201",
                f"there is no mode `{name}`",
                name.span,
                help=did_you_mean(name, modes)
                or f"declare it: `modes: {{{name}: {{include: ...}}}}`",
            )
        return None if name is None else str(name)

    match policy:
        case Fallthrough():
            return Fallback(key, policy.policy, FALLTHROUGH)
        case NotImplementedPolicy():
            return Fallback(
                key, policy.policy, policy.policy, message=str(policy.message)
            )
        case Redispatch() | AutogradNotImplemented() | PythonTlsSnapshot():
            to = constant(policy.redispatch_to)
            return Fallback(key, policy.policy, policy.policy, redispatch_to=to)
        case PythonPolicy():
            return Fallback(
                key,
                policy.policy,
                policy.policy,
                exclude=constant(policy.exclude),
                mode=mode(policy.mode),
            )
        case PythonDispatcherPolicy():
            return Fallback(key, policy.policy, policy.policy, mode=mode(policy.mode))
        case KernelPolicy():
            return Fallback(key, policy.policy, str(policy.kernel))
        case BackendFallbackTo():
            if policy.backend not in scope.keys.backends:
                scope.collector.error(
                    "DG201",
                    f"there is no backend `{policy.backend}`",
                    policy.backend.span,
                    help=did_you_mean(policy.backend, scope.keys.backends)
                    or f"declared: {', '.join(scope.keys.backends) or 'none'}",
                )
            return Fallback(
                key, policy.policy, policy.policy, backend=str(policy.backend)
            )
        case _:
            return Fallback(key, policy.policy, policy.policy)
