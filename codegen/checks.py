"""Rules that need the whole model.

Reads the model, reports diagnostics. What a single declaration can get wrong is found
before there is a model.
"""

from __future__ import annotations

import keyword
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from codegen import cpp_operator_names, names
from codegen.diagnostics import Collector
from codegen.model import Model
from codegen.source import Span

# What the modules of the generated package define or use beside what is declared.
PACKAGE_NAMES: Final = (
    "ALIAS_KEYSETS",
    "AttributeError",
    "BackendComponent",
    "DEFAULT_EXCLUDED",
    "DEFAULT_INCLUDED",
    "DispatchKey",
    "DispatchKeySet",
    "GUARDS",
    "KeyFunctions",
    "MODES",
    "NUMBERING",
    "OPERATORS",
    "REGISTRATIONS",
    "TABLES",
    "TYPE_CHECKING",
    "TableEntry",
    "annotations",
    "bool",
    "compute_dispatch_table",
    "dict",
    "dispatch_key",
    "dispatch_key_set",
    "dispatcher",
    "functions",
    "fuser",
    "getattr",
    "globals",
    "guards",
    "import_module",
    "keysets",
    "list",
    "object",
    "operator_types",
    "operators",
    "registrations",
    "sorted",
    "str",
    "table_rules",
    *names.DISPATCHER_NAMES,
    *names.FUSER_NAMES,
    *names.STANDARD_FUNCTIONS,
)

# What `dispatcher.py` uses beside what it defines for its users.
_DISPATCHER_MODULE: Final = (
    *PACKAGE_NAMES,
    "Dispatcher",
    "TableRules",
    "dump",
    "guard_types",
    "kernels",
    "library",
    "modes",
    "namespaces",
    "vars",
)

_ENUM_BOUNDS: Final = (names.NO_BACKEND, names.END_OF_BACKENDS)


def check(model: Model) -> None:
    """Raise `DeclarationError` with everything that is wrong.

    Reports DG108, DG208 and DG217.
    """
    collector = Collector()
    _no_private_names(model, collector)
    no_clash(_package_names(model), PACKAGE_NAMES, "the generated package", collector)
    guards = ((name, name, guard.span) for name, guard in model.guards.items())
    no_clash(guards, _DISPATCHER_MODULE, "`dispatcher.py`", collector)
    no_clash(_backend_bits(model), _ENUM_BOUNDS, "the enum of backends", collector)
    no_clash(_module_names(model), (), "`registrations/`", collector)
    no_clash(_operator_folders(model), (), "`operators/`", collector)
    indexes = {f"{namespace}/__init__" for namespace, _, _ in _packets(model)}
    no_clash(_operator_modules(model), indexes, "`operators/`", collector)
    _no_endless_redispatch(model, collector)
    _no_circle_of_backends(model, collector)
    collector.raise_if_any()


def check_cpp(model: Model) -> None:
    """Raise `DeclarationError` with every name that the C++ project cannot hold.

    Only for a run that generates it. Reports DG109 and DG208.
    """
    collector = Collector()
    no_cpp_reserved(_all_cpp_names(model), collector)
    where = "the generated C++ project"
    no_clash(_cpp_names(model), names.CPP_NAMES, where, collector)
    structs = cpp_operator_names.structs(model)
    found = ((struct, name, model.operators[name].span) for name, struct in structs)
    no_clash(found, (), where, collector)
    modes = ((name, name, mode.span) for name, mode in model.modes.items())
    no_clash(modes, names.CPP_NAMES_OF_MODES, "`guards.h`", collector)
    collector.raise_if_any()


def no_cpp_reserved(declared: Iterable[tuple[str, Span]], collector: Collector) -> None:
    """Report DG109, once for each declaration that makes such a name."""
    seen: set[Span] = set()
    for name, span in declared:
        problem = names.cpp_problem(name)
        if problem is None or span in seen:
            continue
        seen.add(span)
        collector.error(
            "DG109",
            f"`{name}` {problem}",
            span,
            help="choose another name; generated C++ could not hold this one",
        )


def _all_cpp_names(model: Model) -> Iterator[tuple[str, Span]]:
    """What becomes an identifier, a macro or a namespace, but for operators."""
    for part in model.cpp.namespace.split("::"):
        yield part, model.cpp.span
    yield model.cpp.macro_prefix, model.cpp.span
    for variant in model.variants.values():
        yield variant.macro, variant.span
    # A backend's own name is only ever a part of others.
    for name, _, span in _backend_bits(model):
        yield name, span
    for key in model.keys.values():
        yield key.name, key.span
    for name, target in model.legacy_names.items():
        yield name, model.keys[target].span
    for name, _, span in _cpp_names(model):
        yield name, span
    for mode in model.modes.values():
        yield mode.name, mode.span


def _cpp_names(model: Model) -> Iterator[tuple[str, str, Span]]:
    """What stands in the project's namespace."""
    for section in (model.keysets, model.guards):
        for declared in section.values():
            yield declared.name, declared.name, declared.span
    for function in model.functions.values():
        yield names.camel_case(function.name), function.name, function.span
    for name in model.cpp.types:
        # Under another name the type itself is meant wherever it is used.
        if names.cpp_problem(name) is None:
            yield name, name, model.cpp.span


def _no_endless_redispatch(model: Model, collector: Collector) -> None:
    """A redispatch keeps part of a call's keys, so only its own key can bring it back."""
    for name, fallback in model.fallbacks.items():
        constant = fallback.spec.redispatch_to
        if constant is None:
            continue
        keyset, mask = model.keysets[constant], model.keys[name].mask
        if keyset.raw & mask == mask:
            collector.error(
                "DG217",
                f"the fallback of `{name}` redispatches to `{constant}`, "
                f"which holds `{name}` itself: it would never end",
                fallback.span,
                related=[(f"`{constant}` is declared here", keyset.span)],
                help=f"take `{name}` out of the set: "
                f"`... - {model.keys[name].functionality or name}`",
            )


def _no_circle_of_backends(model: Model, collector: Collector) -> None:
    """Fallbacks that hand a call from backend to backend must come to an end."""
    next_key = {
        name: to
        for name, fallback in model.fallbacks.items()
        if fallback.spec.backend is not None
        and (to := _counterpart(model, name, fallback.spec.backend)) is not None
    }
    for start in next_key:
        path = [start]
        while path[-1] in next_key and next_key[path[-1]] not in path:
            path.append(next_key[path[-1]])
        # Each circle once, at its first key.
        if next_key.get(path[-1]) == start and start == min(path, key=_slot(model)):
            through = ", ".join(f"`{name}`" for name in path[1:])
            collector.error(
                "DG217",
                (
                    f"the fallback of `{start}` leads back to `{start}` "
                    f"through {through}: it would never end"
                    if through
                    else f"the fallback of `{start}` leads to `{start}` itself: "
                    "it would never end"
                ),
                model.fallbacks[start].span,
                related=[
                    (f"the fallback of `{name}` is here", model.fallbacks[name].span)
                    for name in path[1:]
                ],
                help=(
                    "let one of these backends do without a fallback to another one"
                    if through
                    else "name another backend"
                ),
            )


def _counterpart(model: Model, name: str, backend: str) -> str | None:
    """The runtime key of the same functionality on another backend."""
    functionality = model.keys[name].functionality
    return next(
        (
            key.name
            for key in model.runtime_keys
            if key.functionality == functionality and key.backend == backend
        ),
        None,
    )


def _slot(model: Model) -> Callable[[str], int]:
    return lambda name: model.keys[name].slot or 0


def no_clash(
    declared: Iterable[tuple[str, str, Span]],
    taken: Iterable[str],
    where: str,
    collector: Collector,
) -> None:
    """Report each declared name that another one, or the package, has already."""
    first: dict[str, tuple[str, Span | None]] = dict.fromkeys(taken, ("", None))
    reported: set[tuple[str, str]] = set()
    for generated, name, span in declared:
        if keyword.iskeyword(generated) or generated.startswith("__"):
            collector.error(
                "DG108",
                f"`{name}` would be `{generated}` in {where}, which Python reserves",
                span,
                help="rename it",
            )
            continue
        other, place = first.setdefault(generated, (name, span))
        if place == span or (name, other) in reported:
            continue
        reported.add((name, other))
        collector.error(
            "DG208",
            (
                f"`{name}` and `{other}` would both be `{generated}` in {where}"
                if place
                else f"{where} has a `{generated}` of its own"
            ),
            span,
            related=[(f"`{other}` is declared here", place)] if place else (),
            help="rename one of them" if place else "rename it",
        )


def _no_private_names(model: Model, collector: Collector) -> None:
    for declared in (*model.keysets.values(), *model.functions.values()):
        if declared.name.startswith("_"):
            collector.error(
                "DG208",
                f"`{declared.name}` begins with `_`, as names do that the generated "
                "package keeps for itself",
                declared.span,
                help="rename it",
            )


def _package_names(model: Model) -> Iterator[tuple[str, str, Span]]:
    """Those without `_`, which have been reported, and what belongs to them."""
    for keyset in model.keysets.values():
        if not keyset.name.startswith("_"):
            yield keyset.name, keyset.name, keyset.span
    for guard in model.guards.values():
        yield guard.name, guard.name, guard.span
    for function in model.functions.values():
        if function.name.startswith("_"):
            continue
        for spell in (names.snake_case, names.camel_case):
            yield spell(function.name), function.name, function.span
        private = f"_{names.snake_case(function.name)}"
        for suffix in ("", "_default", "_excluded", "_kept", "_set"):
            yield f"{private}{suffix}", function.name, function.span


def _backend_bits(model: Model) -> Iterator[tuple[str, str, Span]]:
    for backend in model.backends.values():
        yield names.backend_bit(backend.name), backend.name, backend.span


def _module_names(model: Model) -> Iterator[tuple[str, str, Span]]:
    for backend in model.backends.values():
        yield names.module_name(backend.name), backend.name, backend.span
    for key in model.keys.values():
        has_any = key.name in model.fallbacks or key.name in model.kernels_by_key
        if has_any and key.backend is None:
            yield names.module_name(key.name), key.name, key.span


def _operator_folders(model: Model) -> Iterator[tuple[str, str, Span]]:
    """By the name that a file system without capitals would see."""
    first: dict[str, Span] = {}
    for namespace, _, span in _packets(model):
        first.setdefault(namespace, span)
    for namespace, span in first.items():
        yield f"{namespace.casefold()}/", namespace, span


def _operator_modules(model: Model) -> Iterator[tuple[str, str, Span]]:
    for namespace, name, span in _packets(model):
        yield f"{namespace}/{name.casefold()}", f"{namespace}::{name}", span


def _packets(model: Model) -> Iterator[tuple[str, str, Span]]:
    """Namespace and name of each operator, whose overloads share a module."""
    seen: set[str] = set()
    for operator in model.operators.values():
        if operator.packet not in seen:
            seen.add(operator.packet)
            namespace, _, name = operator.packet.partition("::")
            yield namespace, name, operator.span
