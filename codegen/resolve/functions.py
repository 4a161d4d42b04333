"""Functions of backends, keys and keysets; guards, modes and thread defaults; types."""

from __future__ import annotations

from collections.abc import Mapping

from codegen.diagnostics import did_you_mean
from codegen.located import LocatedStr
from codegen.model import (
    BackendFunction,
    ForeignType,
    Function,
    Guard,
    KeyFunction,
    KeyPredicate,
    KeysetFunction,
)
from codegen.resolve.keysets import Scope
from codegen.resolve.merge import Declarations, declared_twice
from codegen.resolve.terms import term_of
from codegen.schema.sets import (
    BackendFunctionDecl,
    FunctionDecl,
    GuardDecl,
    KeyFunctionDecl,
    KeyPredicateDecl,
    KeysetFunctionDecl,
)
from codegen.source import Span
from codegen.terms import EMPTY_TERM, Term


def resolve_functions(declared: Declarations, scope: Scope) -> dict[str, Function]:
    """Reports DG201, DG203, DG205 and DG213."""
    return {
        str(name): _function(name, declaration, declared.functions, scope)
        for name, declaration in declared.functions.items()
    }


def _function(
    name: LocatedStr,
    declaration: FunctionDecl,
    functions: Mapping[LocatedStr, FunctionDecl],
    scope: Scope,
) -> Function:
    doc = None if declaration.doc is None else str(declaration.doc)
    if isinstance(declaration, BackendFunctionDecl):
        return _backend_function(name, doc, declaration, scope)
    if isinstance(declaration, KeyFunctionDecl):
        return KeyFunction(
            name=str(name),
            doc=doc,
            cases=_cases(declaration, scope),
            default=scope.bits(declaration.default),
            terms=_case_terms(declaration, scope),
            default_term=term_of(declaration.default, scope),
            inverse_of=_inverse_of(declaration, functions, scope),
            span=name.span,
        )
    if isinstance(declaration, KeyPredicateDecl):
        excluded = [key for but in declaration.but_not for key in scope.keys_of(but)]
        return KeyPredicate(
            name=str(name),
            doc=doc,
            raw=scope.bits(declaration.has),
            term=term_of(declaration.has, scope),
            keyset=str(declaration.has) if declaration.has in scope.keysets else None,
            but_not=tuple(key.name for key in excluded),
            span=name.span,
        )
    assert isinstance(declaration, KeysetFunctionDecl)
    return KeysetFunction(
        name=str(name),
        doc=doc,
        keep=_kept(declaration.highest_of, scope),
        expression=str(declaration.highest_of),
        term=term_of(declaration.highest_of, scope),
        span=name.span,
    )


def _inverse_of(
    declaration: KeyFunctionDecl,
    functions: Mapping[LocatedStr, FunctionDecl],
    scope: Scope,
) -> str | None:
    name = declaration.inverse_of
    if name is None:
        return None
    known = [
        str(other)
        for other, function in functions.items()
        if isinstance(function, BackendFunctionDecl) and function.key is not None
    ]
    if name not in known:
        scope.collector.error(
            "DG201",
            f"there is no function `{name}` from a backend to a key",
            name.span,
            help=did_you_mean(name, known) or "name a function with `of: backend`",
        )
    return str(name)


def _kept(expression: LocatedStr, scope: Scope) -> int:
    """The bits that an expression of a keyset can leave in it.

    All operators work bit by bit, so the image of the full set says it all, provided
    that the empty set stays empty.
    """
    if scope.quiet().bits(expression, argument=0):
        scope.collector.error(
            "DG205",
            "the result holds keys that are not in the argument",
            expression.span,
            help="use `keyset & ...` and `keyset - ...`",
        )
    return scope.bits(expression, argument=scope.keys.layout.full)


def _backend_function(
    name: LocatedStr, doc: str | None, declaration: BackendFunctionDecl, scope: Scope
) -> BackendFunction:
    keysets: dict[str, int] = {}
    keys: dict[str, str] = {}
    terms: dict[str, Term] = {}
    default_raw, default_key = 0, scope.keys.undefined
    for member in scope.group(declaration.for_each):
        bound = {"backend": member}
        if declaration.keys is not None:
            keysets[member] = scope.bits(declaration.keys, bound)
            terms[member] = term_of(declaration.keys, scope, bound)
        elif declaration.key is not None:
            found = scope.keys_of(declaration.key, bound)
            if len(found) > 1:
                scope.collector.error(
                    "DG205",
                    f"`{declaration.key}` is {len(found)} keys, "
                    "and the function returns one",
                    declaration.key.span,
                    help="`{backend}` stands for the member that it is about",
                )
            for key in found:
                keys[member] = key.name
    if declaration.keys is not None:
        default_raw = scope.bits(declaration.default)
        default_term = term_of(declaration.default, scope)
    else:
        default_term = EMPTY_TERM
        default = scope.key(declaration.default, declaration.default.span)
        default_key = default_key if default is None else default.name
    by_bit = scope.keys.backends
    return BackendFunction(
        name=str(name),
        doc=doc,
        keysets=(
            None
            if declaration.keys is None
            else {b: keysets[b] for b in by_bit if b in keysets}
        ),
        keys=(
            None
            if declaration.key is None
            else {b: keys[b] for b in by_bit if b in keys}
        ),
        default_raw=default_raw,
        terms={b: terms[b] for b in by_bit if b in terms},
        default_term=default_term,
        default_key=default_key,
        span=name.span,
    )


def _cases(declaration: KeyFunctionDecl, scope: Scope) -> Mapping[str, int]:
    cases: dict[str, int] = {}
    first: dict[str, Span] = {}
    for case in declaration.cases:
        for bound in scope.bindings(case.for_each):
            raw = scope.bits(case.keys, bound)
            for key in scope.keys_of(case.key, bound):
                if key.name in first:
                    scope.collector.error(
                        "DG202",
                        f"there are two cases for `{key.name}`",
                        case.key.span,
                        related=[("the other case is here", first[key.name])],
                        help="keep one of them",
                    )
                    continue
                first[key.name] = case.key.span
                cases[key.name] = raw
    order = scope.keys.keys
    return {key: cases[key] for key in order if key in cases}


def _case_terms(declaration: KeyFunctionDecl, scope: Scope) -> Mapping[str, Term]:
    terms = {
        key.name: term_of(case.keys, scope, bound)
        for case in declaration.cases
        for bound in scope.bindings(case.for_each)
        for key in scope.quiet().keys_of(case.key, bound)
    }
    return {key: terms[key] for key in scope.keys.keys if key in terms}


def resolve_guards(
    declared: Mapping[LocatedStr, GuardDecl], scope: Scope
) -> dict[str, Guard]:
    """Guards or modes by name, one for each member where there is a `for_each`."""
    found: dict[str, Guard] = {}
    first: dict[str, LocatedStr] = {}
    for pattern, declaration in declared.items():
        for bound in scope.bindings(declaration.for_each):
            lowered = {name: member.lower() for name, member in bound.items()}
            for name in scope.expand(pattern, pattern.span, lowered):
                if name in first:
                    declared_twice(pattern.derive(name), first[name], scope.collector)
                    continue
                first[name] = pattern
                found[name] = _guard(name, pattern.span, declaration, bound, scope)
    return found


def _guard(
    name: str,
    span: Span,
    declaration: GuardDecl,
    bound: Mapping[str, str],
    scope: Scope,
) -> Guard:
    def bits(expression: LocatedStr | None) -> int:
        return 0 if expression is None else scope.bits(expression, bound)

    return Guard(
        name=name,
        include=bits(declaration.include),
        exclude=bits(declaration.exclude),
        stop_including=bits(declaration.stop_including),
        stop_excluding=bits(declaration.stop_excluding),
        doc=None if declaration.doc is None else str(declaration.doc),
        span=span,
    )


def resolve_tls(declared: Declarations, scope: Scope) -> Guard:
    """The sets of a fresh thread; nothing where they are not declared."""
    tls = declared.tls
    return Guard(
        name="tls",
        include=scope.bits(tls.included) if tls else 0,
        exclude=scope.bits(tls.excluded) if tls else 0,
        stop_including=0,
        stop_excluding=0,
        doc=None,
        span=tls.span if tls else declared.dispatcher.span,
    )


def resolve_types(
    declared: Mapping[LocatedStr, LocatedStr], scope: Scope
) -> dict[str, ForeignType]:
    """By `module:Class`, in order of declaration."""
    return {
        str(name): ForeignType(
            name=str(name),
            raw=scope.bits(expression),
            expression=str(expression),
            span=name.span,
        )
        for name, expression in declared.items()
    }
