"""Rules for the files that PyTorch keeps by hand, only for a run that generates them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from codegen import names
from codegen.checks import no_clash, no_cpp_reserved
from codegen.diagnostics import Collector
from codegen.model import KeyFallback, KeyKind, Model
from codegen.model_c10 import NAMED_KERNEL
from codegen.runtime.python.registration import Fallback, is_symbol
from codegen.source import Span

# Masks of backends are 16 bits wide; of the 64 bits of a set the highest is never used,
# so that all others are one less than its power of two: c10/core/DispatchKey.h.
_MOST_BACKENDS: Final = 16
_MOST_BITS: Final = 63

_WITHOUT_LIMIT: Final = "generate a dispatcher of your own: `--target cpp` has no limit"


def check_c10(model: Model, taken: Collection[str]) -> None:
    """Nothing, if c10 can hold these keys.

    Args:
        model: the dispatcher.
        taken: paths that no file of fallbacks can have.

    Raises:
        DeclarationError: DG109, DG115 and DG208, all of them.
    """
    collector = Collector()
    _within_limits(model, collector)
    _no_empty_range(model, collector)
    no_cpp_reserved(_cpp_names(model), collector)
    _no_macros(model, collector)
    where = "`c10/core/DispatchKeySet.h`"
    taken_names = (*names.C10_NAMES, *sorted(model.c10.reserved_names))
    no_clash(_in_namespace(model), taken_names, where, collector)
    _python_names(model, collector)
    _paths(model, taken, collector)
    _fallbacks(model, collector)
    collector.raise_if_any()


def _within_limits(model: Model, collector: Collector) -> None:
    backends = [(backend.name, backend.span) for backend in model.backends.values()]
    for name, span in _declared_last(model, backends)[_MOST_BACKENDS:]:
        collector.error(
            "DG115",
            f"c10 has room for {_MOST_BACKENDS} backends, and `{name}` is one too many",
            span,
            help=_WITHOUT_LIMIT,
        )
    kinds = (KeyKind.FUNCTIONALITY, KeyKind.PER_BACKEND)
    keys = [
        (key.name, model.backends[key.member].span if key.member else key.span)
        for key in model.keys.values()
        if key.kind in kinds
    ]
    room = _MOST_BITS - min(len(backends), _MOST_BACKENDS)
    for name, span in _declared_last(model, keys)[room:]:
        collector.error(
            "DG115",
            f"c10's sets hold {_MOST_BITS} bits, and none is left for `{name}`",
            span,
            help=_WITHOUT_LIMIT,
        )


def _declared_last(
    model: Model, declared: Sequence[tuple[str, Span]]
) -> list[tuple[str, Span]]:
    """By place: an extension after what it extends, so that it is what is too much."""
    number = {path: n for n, path in enumerate(model.files)}
    return sorted(declared, key=lambda d: (number.get(d[1].path, 0), d[1].line))


def _no_empty_range(model: Model, collector: Collector) -> None:
    """c10 names the first and the last of these."""
    kinds = {key.kind for key in model.keys.values()}
    for is_missing, what, section in (
        (not model.backends, "no backend", "backends"),
        (KeyKind.PER_BACKEND not in kinds, "no per-backend one", "functionality"),
        (KeyKind.ALIAS not in kinds, "no alias key", "aliases"),
    ):
        if is_missing:
            collector.error(
                "DG115",
                f"c10 names the first and the last of `{section}`, and there is {what}",
                model.span,
                help=f"declare one in `{section}:`",
            )


def _cpp_names(model: Model) -> Iterator[tuple[str, Span]]:
    """What becomes an identifier or a macro."""
    for variant in model.variants.values():
        yield variant.macro, variant.span
    for backend in model.backends.values():
        yield names.backend_bit(backend.name), backend.span
    for key in model.keys.values():
        yield key.name, key.span
    for name, target in model.legacy_names.items():
        yield name, model.keys[target].span
    for name, _, span in _in_namespace(model):
        yield name, span


def _no_macros(model: Model, collector: Collector) -> None:
    variants = {variant.macro for variant in model.variants.values()}
    for name, span in dict(_cpp_names(model)).items():
        if name.startswith(names.C10_MACROS) and name not in variants:
            collector.error(
                "DG109",
                f"`{name}` may be a macro of PyTorch's",
                span,
                help="choose another name; those of its macros begin alike",
            )


def _in_namespace(model: Model) -> Iterator[tuple[str, str, Span]]:
    """What stands in the namespace of c10."""
    for section in (model.keysets, model.functions):
        for declared in section.values():
            yield declared.name, declared.name, declared.span
    for name in model.c10.key_constants:
        yield name, name, model.c10.places[name]


def _python_names(model: Model, collector: Collector) -> None:
    c10 = model.c10

    def check(declared: Iterable[str], taken: Iterable[str], where: str) -> None:
        found = ((name, name, c10.places[name]) for name in declared)
        no_clash(found, taken, f"`{where}`", collector)

    check(c10.key_lists, names.C10_NAMES_OF_LISTS, "torch/_dispatch_key_lists.py")
    torchgen = "torchgen/dispatch_key.py"
    check((*c10.torchgen_names, *c10.torchgen_sets), names.TORCHGEN_NAMES, torchgen)
    keys = [(key.name, key.name, key.span) for key in model.keys.values()]
    keys += [(n, n, model.keys[key].span) for n, key in model.legacy_names.items()]
    no_clash(keys, names.TORCHGEN_METHODS, f"`{torchgen}`", collector)


def _paths(model: Model, taken: Collection[str], collector: Collector) -> None:
    """DG115 for a file of fallbacks that would be another, on some disk at least."""
    folded = {path.casefold(): path for path in taken}
    for path in model.c10.fallback_files:
        span = model.c10.places.get(path)
        other = folded.setdefault(path.casefold(), path)
        if path in taken or other != path:
            collector.error(
                "DG115",
                (
                    f"`{other}` is generated already, and holds no fallbacks of keys"
                    if other in taken
                    else f"`{path}` and `{other}` are one file on some disks"
                ),
                span,
                help="choose another path",
            )
        elif not path.endswith(".cpp"):
            collector.error(
                "DG115",
                f"`{path}` is no C++ source",
                span,
                help="give it a name that ends with `.cpp`",
            )


def _fallbacks(model: Model, collector: Collector) -> None:
    """What a C++ file would register that only Python, or nothing, can do."""
    for path, keys in model.c10.fallback_files.items():
        for fallback in (model.fallbacks[key] for key in keys):
            for spec in dict.fromkeys((fallback.spec, *fallback.variants.values())):
                if spec.policy == NAMED_KERNEL:
                    _kernel(spec, fallback, path, collector)
                elif spec.backend is not None:
                    _host(model, spec, fallback, collector)


def _kernel(
    spec: Fallback, fallback: KeyFallback, path: str, collector: Collector
) -> None:
    if is_symbol(spec.kernel):
        collector.error(
            "DG115",
            f"`{spec.kernel}` is a Python function, and `{path}` is C++",
            fallback.kernel_span,
            help=f"name a C++ function, or take `{spec.key}` out of the file",
        )
        return
    parts = ((part, fallback.kernel_span) for part in spec.kernel.split("::"))
    no_cpp_reserved(parts, collector)


def _host(
    model: Model, spec: Fallback, fallback: KeyFallback, collector: Collector
) -> None:
    host = None if model.torch is None else model.torch.host
    if host is not None and spec.backend != host:
        collector.error(
            "DG115",
            f"PyTorch has no fallback from `{spec.key}` to `{spec.backend}`",
            fallback.span,
            help=f"`backend: {host}` is the one that it has",
        )
