"""What a fallback does when a call reaches it, on `torch.library`.

Each function here returns a `Policy` for `Registry.fallback`. PyTorch calls a fallback
with the keyset, the operator and the operator's arguments, the trailing ones that equal
their defaults left out.

Note [Python fallbacks under modes]
PyTorch 2.13 fails (`func != nullptr INTERNAL ASSERT`) before it calls any fallback that
was written in Python while a `TorchDispatchMode` is active or an argument is a tensor
subclass with `__torch_dispatch__`. A key below the one for Python is not concerned: mode
and subclass are gone by then. Kernels of operators are not concerned either.
"""

from __future__ import annotations

import functools
import importlib
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import torch

FAKE_MODULES: Final[dict[str, str]] = {}
"""By operator name, the module that a definition in Python says its fake kernel is in.

PyTorch keeps such a name for operators that are defined in C++ only.
"""


class FallbackWarning(UserWarning):
    """A fallback did something that a kernel would do better."""


class Policy(NamedTuple):
    """What a fallback does.

    Attributes:
        make: makes what PyTorch calls. May raise; called where that is recorded.
        with_keyset: whether that takes the keyset before the operator.
    """

    make: Callable[[], Callable[..., Any]]
    with_keyset: bool


def keyset(*functionalities: str, backends: Sequence[str] = ()) -> Any:
    """The keyset of these functionality keys on these backends.

    Args:
        functionalities: names of keys whose backend bits are left out.
        backends: names of keys whose backend bits alone are taken.
    """
    of_backends = (1 << torch._C._dispatch_num_backends()) - 1
    raw = 0
    for name in functionalities:
        raw |= torch._C.DispatchKeySet(name).raw_repr() & ~of_backends
    for name in backends:
        raw |= torch._C.DispatchKeySet(name).raw_repr() & of_backends
    return torch._C.DispatchKeySet.from_raw_repr(raw)


def load(place: str) -> Callable[..., Any]:
    """The function that `module:function` names.

    Raises:
        ImportError: if there is none.
    """
    name, _, attribute = place.partition(":")
    function: Any = importlib.import_module(name)
    for part in attribute.split("."):
        try:
            function = getattr(function, part)
        except AttributeError:
            raise ImportError(f"module {name} has no {attribute}") from None
    if not callable(function):
        raise ImportError(f"{attribute} of module {name} cannot be called")
    loaded: Callable[..., Any] = function
    return loaded


def call_below(
    op: Any, keys: Any, args: Sequence[Any], kwargs: Mapping[str, Any]
) -> Any:
    """Call an operator with a keyset. For fallbacks: `op.redispatch` may not do.

    See Note [Numbers for tensors].
    """
    numbers = _DTYPES.keys()
    values = (*args, *kwargs.values())
    if numbers.isdisjoint(map(type, values)):
        return op.redispatch(keys, *args, **kwargs)
    positions, names = _tensor_places(op)
    given = list(args)
    for index in positions:
        if index < len(given) and type(given[index]) in numbers:
            given[index] = _number_tensor(given[index], values)
    named = dict(kwargs)
    for name in names:
        if type(named.get(name)) in numbers:
            named[name] = _number_tensor(named[name], values)
    return op.redispatch(keys, *given, **named)


# Note [Numbers for tensors]
# Where the schema has a tensor and the caller gave a number, PyTorch makes a tensor that
# is marked as a number. It hands Python the number, but takes none back in a redispatch,
# and Python cannot mark a tensor. One of no dimensions does as well, if its type gives
# the operator the same type of result as the number.
_DTYPES: Final = {
    bool: torch.bool,
    int: torch.int64,
    float: torch.float64,
    complex: torch.complex128,
}


@functools.cache
def _tensor_places(op: Any) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Where an operator takes tensors: positions, and names of keyword-only arguments."""
    positional = [a for a in op._schema.arguments if not a.kwarg_only]
    named = [a for a in op._schema.arguments if a.kwarg_only]
    return (
        tuple(i for i, a in enumerate(positional) if _is_tensor(a.real_type)),
        tuple(a.name for a in named if _is_tensor(a.real_type)),
    )


def _is_tensor(kind: Any) -> bool:
    if isinstance(kind, torch._C.OptionalType):
        kind = kind.getElementType()
    return isinstance(kind, torch._C.TensorType)


def _number_tensor(number: Any, values: Iterable[Any]) -> Any:
    """A tensor that stands for a number beside the tensors among some values."""
    tensor = torch.tensor(number, dtype=_DTYPES[type(number)], device="cpu")
    beside = next(_tensors(values), None)
    if beside is None:
        return torch.tensor(number, device="cpu")
    dtype = torch.result_type(beside, number)
    return tensor if torch.result_type(beside, tensor) == dtype else tensor.to(dtype)


def fallthrough() -> Policy:
    """The key is passed over."""
    return Policy(lambda: torch.library.fallthrough_kernel, with_keyset=False)


def redispatch(keep: Any) -> Policy:
    """The call goes on with the keys of a keyset."""

    def go_on(keys: Any, op: Any, /, *args: Any, **kwargs: Any) -> Any:
        return call_below(op, keys & keep, args, kwargs)

    return Policy(lambda: go_on, with_keyset=True)


def not_implemented(message: str) -> Policy:
    """The call raises NotImplementedError.

    Args:
        message: its text; `{operator}` stands for the operator's name. An operator that
            names a Python module for its fake kernel has the error point there instead.
    """

    def fail(op: Any, /, *args: Any, **kwargs: Any) -> Any:
        name = op.name()
        schema = op._schema
        stub = torch._C._dispatch_pystub(schema.name, schema.overload_name)
        if stub is None and name in FAKE_MODULES:
            stub = (FAKE_MODULES[name], "")
        if stub is not None:
            import torch._utils_internal as internal

            internal.throw_abstract_impl_not_imported_error(name, *stub)
        raise NotImplementedError(message.replace("{operator}", name))

    return Policy(lambda: fail, with_keyset=False)


def kernel(place: str, *, with_keyset: bool = True) -> Policy:
    """A function of the author's does all.

    Args:
        place: its `module:function`.
        with_keyset: whether it is called with `(op, keyset, *args, **kwargs)`, or without
            the keyset. It goes on with `call_below`.
    """

    def make() -> Callable[..., Any]:
        function = load(place)
        if not with_keyset:
            return function

        def call(keys: Any, op: Any, /, *args: Any, **kwargs: Any) -> Any:
            return function(op, keys, *args, **kwargs)

        return call

    return Policy(make, with_keyset)


def python_dispatcher(own: str, stock: str) -> Policy:
    """The thread's Python dispatcher decides; PyTorch raises if it is off.

    Args:
        own: the key that this is the fallback of.
        stock: the key whose fallback in PyTorch asks the Python dispatcher.
    """

    def make() -> Callable[..., Any]:
        through = torch._C.DispatchKeySet(stock)

        def ask(keys: Any, op: Any, /, *args: Any, **kwargs: Any) -> Any:
            return call_below(op, keys.remove(own) | through, args, kwargs)

        return ask

    return Policy(make, with_keyset=True)


def python_tls_snapshot(keep: Any, stock: str) -> Policy:
    """Included and excluded keys are noted, for Python code that is called below.

    See Note [Python fallbacks under modes]: it works where no mode or subclass waits for
    what is noted.

    Args:
        keep: the keys that the call goes on with.
        stock: the key whose fallback in PyTorch notes them; the call goes on below it.
    """

    def make() -> Callable[..., Any]:
        through = torch._C.DispatchKeySet(stock)

        def note(keys: Any, op: Any, /, *args: Any, **kwargs: Any) -> Any:
            return call_below(op, (keys & keep) | through, args, kwargs)

        return note

    return Policy(make, with_keyset=True)


def autograd_not_implemented(keep: Any) -> Policy:
    """The call goes on; gradients that would have to pass it back are warned of.

    As `torch._C._set_autograd_fallback_mode` says: with `nothing`, none are.

    Args:
        keep: the keys that the call goes on with.
    """

    def go_on(keys: Any, op: Any, /, *args: Any, **kwargs: Any) -> Any:
        below = keys & keep
        if torch._C._get_autograd_fallback_mode() == "nothing":
            return call_below(op, below, args, kwargs)
        inputs = list(_tensors((*args, *kwargs.values())))
        watched = any(t.requires_grad for t in inputs) and torch.is_grad_enabled()
        result = call_below(op, below, args, kwargs)
        return _watched(op, inputs, result) if watched else result

    return Policy(lambda: go_on, with_keyset=True)


def _watched(op: Any, inputs: Sequence[Any], result: Any) -> Any:
    """The result of an operator, with a backward pass that warns when it reaches it."""
    name = op.name()

    def warn(gradient: Any) -> None:
        _warn_of_gradients(name)

    fresh: dict[int, Any] = {}
    returns = op._schema.returns
    for declared, value in zip(returns, _results(returns, result), strict=True):
        is_written = declared.alias_info is not None and declared.alias_info.is_write
        for tensor in _tensors((value,)):
            if not (tensor.is_floating_point() or tensor.is_complex()):
                continue
            if tensor.requires_grad:
                tensor.register_hook(warn)
                base = tensor._base if is_written else None
                if base is not None and base.requires_grad:
                    base.register_hook(warn)
            # The history of an argument that was written to is left alone.
            elif not is_written:
                fresh[id(tensor)] = tensor
    if not fresh:
        return result
    # Imported late: only this needs them.
    from torch._functorch.utils import enable_single_level_autograd_function

    rest = [tensor for tensor in inputs if id(tensor) not in fresh]
    tensors = tuple(fresh.values())
    # Function.apply would start functorch's transforms anew: this is one level of them.
    apply = super(torch.autograd.Function, _history()).apply
    # No tensor is really changed, so none may count it as a change.
    unchanged = torch.autograd._unsafe_preserve_version_counter(tensors)
    with enable_single_level_autograd_function(), unchanged:
        made = apply(name, len(tensors), *tensors, *rest)
    return _replaced(result, dict(zip(fresh, made, strict=True)))


def _replaced(value: Any, by_id: dict[int, Any]) -> Any:
    """A value, or the items of a list or tuple, replaced by what stands for its id."""
    if isinstance(value, (list, tuple)):
        return type(value)([_replaced(item, by_id) for item in value])
    return by_id.get(id(value), value)


def _history() -> Any:
    """The autograd function that makes tensors results of what has no gradient."""
    global _HISTORY
    if _HISTORY is None:
        # Made late and by hand: for a type checker without torch, it has no base.
        _HISTORY = type(
            "WarnNotImplemented",
            (torch.autograd.Function,),
            {"forward": staticmethod(_forward), "backward": staticmethod(_backward)},
        )
    return _HISTORY


_HISTORY: Any = None


def _forward(ctx: Any, name: str, fresh: int, *tensors: Any) -> Any:
    ctx.operator = name
    ctx.inputs = len(tensors)
    ctx.set_materialize_grads(False)
    results = tensors[:fresh]
    # What a function changed becomes its result as it stands. To change a view would
    # change the history of its base: PyTorch makes a view of the view instead.
    ctx.mark_dirty(*(tensor for tensor in results if not tensor._is_view()))
    return results


def _backward(ctx: Any, *gradients: Any) -> Any:
    _warn_of_gradients(ctx.operator)
    return (None,) * (2 + ctx.inputs)


def _warn_of_gradients(name: str) -> None:
    warnings.warn(
        f"{name}: no autograd kernel is registered for it, so that gradients do not flow "
        "back through it and may be wrong; register one, or a fallthrough if it is "
        "differentiated by what it calls",
        stacklevel=2,
    )


def backend_fallback_to_host(host: str) -> Policy:
    """The operator runs on the host, and its results are brought back.

    Like `at::native::cpu_fallback`: arguments that it changed are written back with
    `_copy_from_and_resize`, which the backend needs a kernel for, and are returned
    themselves. What should be a view is a copy, with a warning.

    Args:
        host: the key of the host's kernels.
    """

    def make() -> Callable[..., Any]:
        keys = torch._C.DispatchKeySet(host)
        device = torch.device(host.lower())

        def run(op: Any, /, *args: Any, **kwargs: Any) -> Any:
            return _run_on_host(keys, device, op, args, kwargs)

        return run

    return Policy(make, with_keyset=False)


def _run_on_host(
    keys: Any, host: Any, op: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> Any:
    arguments = op._schema.arguments
    positional = (a for a in arguments if not a.kwarg_only)
    given = [*zip(positional, args, strict=False)]
    given += [(a, kwargs[a.name]) for a in arguments if a.name in kwargs]
    asked_for = [value for _, value in given if isinstance(value, torch.device)]
    # A tensor decides before a list does.
    single = [value for _, value in given if isinstance(value, torch.Tensor)]
    any_of = [*asked_for[-1:], *(t.device for t in (*single, *_tensors(args)))]
    any_of += [tensor.device for tensor in _tensors(kwargs.values())]
    home = any_of[0] if any_of else None

    moved = [_moved(value, host) for _, value in given]
    here = dict(zip((a.name for a, _ in given), moved, strict=True))
    result = call_below(
        op, keys, moved[: len(args)], {name: here[name] for name in kwargs}
    )

    written: list[tuple[Any, Any]] = []
    for (argument, original), changed in zip(given, moved, strict=True):
        if argument.alias_info is None or not argument.alias_info.is_write:
            continue
        written.append((argument.alias_info, original))
        for source, target in zip(_items(changed), _items(original), strict=True):
            if isinstance(source, torch.Tensor) and source is not target:
                torch.ops.aten._copy_from_and_resize(source, target)

    returns = op._schema.returns
    back = [
        _brought_back(op, declared.alias_info, value, written, home)
        for declared, value in zip(returns, _results(returns, result), strict=True)
    ]
    return None if not back else back[0] if len(back) == 1 else tuple(back)


def _moved(value: Any, host: Any) -> Any:
    """An argument on the host."""
    if isinstance(value, torch.Tensor):
        return value.to(host)
    if isinstance(value, torch.device):
        return host
    if isinstance(value, (list, tuple)) and any(True for _ in _tensors((value,))):
        return [_moved(item, host) for item in value]
    return value


def _brought_back(
    op: Any, alias: Any, value: Any, written: Sequence[tuple[Any, Any]], home: Any
) -> Any:
    """A result where the arguments were."""
    if alias is not None and alias.is_write:
        for of_argument, original in written:
            if _is_same_alias(alias, of_argument) and original is not None:
                return original
        raise RuntimeError(f"{op.name()}: a result aliases none of the arguments")
    if alias is not None:
        warnings.warn(
            f"{op.name()}: there is no kernel for it on {home}; it runs on the host, and "
            "what should be a view is a copy",
            FallbackWarning,
            stacklevel=2,
        )
    if home is None:
        return value
    if isinstance(value, torch.Tensor):
        return value.to(home)
    if isinstance(value, (list, tuple)) and any(True for _ in _tensors((value,))):
        return [None if item is None else item.to(home) for item in value]
    return value


def _is_same_alias(a: Any, b: Any) -> bool:
    return bool(a.before_set == b.before_set and a.after_set == b.after_set)


def _results(returns: Sequence[Any], result: Any) -> Sequence[Any]:
    """The results of an operator, one a declared return."""
    if not returns:
        return ()
    results: Sequence[Any] = (result,) if len(returns) == 1 else result
    return results


def _items(value: Any) -> Sequence[Any]:
    return value if isinstance(value, (list, tuple)) else (value,)


def _tensors(values: Iterable[Any]) -> Iterator[Any]:
    """The tensors among values and in lists of them."""
    for value in values:
        if isinstance(value, torch.Tensor):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from (item for item in value if isinstance(item, torch.Tensor))
