"""`Library`: registrations at run time that go away with it.

Mirrors `torch/library.h` and `torch.library.Library`.
"""

from __future__ import annotations

import warnings
import weakref
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from .dump import operator_of
from .kernels import FallbackFunction, Fallthrough, FunctionKernel, Kernel
from .places import registered_at, stack_level
from .registration import FALLTHROUGH

if TYPE_CHECKING:
    from .dispatcher import Dispatcher
    from .registry_lock import RegistryLock

KINDS: Final = ("DEF", "FRAGMENT", "IMPL")


def fallthrough_kernel(*args: Any, **kwargs: Any) -> Any:
    """Registered as a kernel or fallback, it makes calls skip the key."""
    raise NotImplementedError("fallthrough_kernel is to be registered, not called")


class Library:
    """Operators, kernels and fallbacks; gone when it is closed or dropped.

    A generated package derives its `Library` and sets `_dispatcher`.

    Args:
        ns: the namespace of its operators; `_` for fallbacks.
        kind: `DEF` defines a namespace (one library can), `FRAGMENT` adds operators to
            one, `IMPL` only adds kernels and fallbacks.
        dispatch_key: the key of kernels and fallbacks that name none.

    Raises:
        ValueError: for no such kind or key.
        RuntimeError: for a second `DEF` of a namespace.
    """

    _dispatcher: Dispatcher

    def __init__(self, ns: str, kind: str, dispatch_key: Any = "") -> None:
        if kind not in KINDS:
            raise ValueError(f"there is no kind {kind!r}, only {', '.join(KINDS)}")
        if not (ns.isidentifier() and ns.isascii()):
            raise ValueError(f"{ns!r} cannot be a namespace")
        dispatcher = self._dispatcher
        self.ns: Final = ns
        self.kind: Final = kind
        self.dispatch_key: Final = (
            dispatcher.registrable_name(dispatch_key) if dispatch_key != "" else ""
        )
        self._module: str | None = None
        self._undo: list[Callable[[], None]] = []
        if kind == "DEF":
            self._undo.append(dispatcher.register_namespace(ns, registered_at()))
        self._is_open = True
        finalizer = weakref.finalize(self, _dropped, self._undo, dispatcher.lock)
        finalizer.atexit = False

    def __repr__(self) -> str:
        return f"Library({self.ns!r}, {self.kind!r}, {self.dispatch_key!r})"

    # Definitions

    def set_python_module(self, module: str) -> None:
        """Name the Python module to import for what operators defined from now on lack."""
        self._module = module

    def define(self, schema: str, *, tags: str | Sequence[str] = ()) -> Definition:
        """Define an operator.

        Args:
            schema: `name.overload(arguments) -> returns`.
            tags: of the operator.

        Returns:
            The operator's name, which is a decorator, too: it registers a function as the
            kernel for the library's key, or for all of them.

        Raises:
            SchemaError: for a schema that cannot be read.
            RuntimeError: if the operator is defined already, or the kind is `IMPL`.
        """
        self._check_open()
        if self.kind == "IMPL":
            raise RuntimeError(f"{self!r} cannot define operators; use FRAGMENT")
        dispatcher = self._dispatcher
        parsed = dispatcher.parse(schema, self.ns)
        namespace = parsed.name.partition("::")[0]
        if namespace != self.ns:
            raise RuntimeError(
                f"{self!r} cannot define {parsed.operator_name}, which is in {namespace!r}"
            )
        if parsed.is_vararg or parsed.is_varret:
            raise RuntimeError(
                f"{parsed.operator_name}: operators take and return what their schema "
                "names; it cannot end in `...`"
            )
        given = (tags,) if isinstance(tags, str) else tuple(map(str, tags))
        with dispatcher.lock:
            self._check_open()
            self._undo.append(
                dispatcher.register_operator(
                    parsed, given, self._module, registered_at()
                )
            )
        return Definition(parsed.operator_name.partition("::")[2], self)

    # Kernels

    def impl(
        self,
        name: Any,
        fn: Any = None,
        dispatch_key: Any = "",
        *,
        with_keyset: bool | type[int] = False,
        allow_override: bool = False,
    ) -> Any:
        """Register a kernel; without `fn` it is a decorator.

        Args:
            name: of the operator, with overload; its function does, too.
            fn: takes the operator's arguments. `fallthrough_kernel` makes calls skip
                the key.
            dispatch_key: a runtime or alias key; the library's if not given, and if it
                has none, the alias key that is declared as the default.
            with_keyset: whether `fn` takes the keyset as its first argument. `int` gives
                it the raw keyset, which is faster.
            allow_override: whether it may take the place of one that a library registered.

        Raises:
            RuntimeError: if a library registered a kernel for this key already.
        """
        if fn is None:
            return lambda fn: self.impl(
                name,
                fn,
                dispatch_key,
                with_keyset=with_keyset,
                allow_override=allow_override,
            )
        self._check_open()
        dispatcher = self._dispatcher
        operator_name = self._operator_name(name)
        key = self._key(dispatch_key)
        kernel = self._kernel(fn, with_keyset, FunctionKernel)
        with dispatcher.lock:
            known = dispatcher.kernels_of(operator_name, key)
            if known and not allow_override:
                if known[0].debug != "declared":
                    raise RuntimeError(
                        f"{operator_name} has a kernel for {key} already: "
                        f"{known[0].name}, {known[0].debug}; pass allow_override=True to "
                        "replace it while this library lives"
                    )
                if getattr(known[0], "has_body", True):
                    warnings.warn(
                        f"{operator_name}: the declared kernel for {key}, "
                        f"{known[0].name}, is replaced by {kernel.name}",
                        stacklevel=stack_level(),
                    )
            self._check_open()
            self._undo.append(dispatcher.register_kernel(operator_name, key, kernel))
        return fn

    def fallback(
        self,
        fn: Any = None,
        dispatch_key: Any = "",
        *,
        with_keyset: bool | type[int] = False,
    ) -> Any:
        """Register the fallback of a key; without `fn` it is a decorator.

        Args:
            fn: takes the operator's function and the call's arguments.
            dispatch_key: a runtime key; the library's if not given.
            with_keyset: whether `fn` takes the keyset first.

        Raises:
            RuntimeError: if the key has a fallback, or the namespace is not `_`.
        """
        if fn is None:
            return lambda fn: (
                self.fallback(fn, dispatch_key, with_keyset=with_keyset) or fn
            )
        self._check_open()
        if self.ns != "_":
            raise RuntimeError(
                f"a fallback serves all namespaces; register it with Library('_', 'IMPL'), "
                f"not with {self!r}"
            )
        key = self._key(dispatch_key)
        if key not in self._dispatcher.slots:
            raise ValueError(f"{key} is no runtime key, and only these have fallbacks")
        kernel = self._kernel(fn, with_keyset, FallbackFunction)
        with self._dispatcher.lock:
            self._check_open()
            self._undo.append(self._dispatcher.register_fallback(key, kernel))
        return fn

    def _kernel(self, fn: Any, with_keyset: bool | type[int], kind: Any) -> Kernel:
        if isinstance(fn, Kernel):
            return fn
        if fn is fallthrough_kernel:
            return Fallthrough(FALLTHROUGH, registered_at())
        if not callable(fn):
            raise TypeError(f"a kernel has to be callable, and {fn!r} is not")
        given: Callable[[int], Any] | None = None
        if with_keyset is int:
            given = int
        elif with_keyset:
            given = self._dispatcher.keyset
        kernel: Kernel = kind(fn, given, registered_at())
        return kernel

    def _operator_name(self, name: Any) -> str:
        text = name if isinstance(name, str) else operator_of(name).name
        if text.endswith(".default"):
            text = text.removesuffix(".default")
        namespace, colons, _ = text.partition("::")
        if not colons:
            return f"{self.ns}::{text}"
        if namespace != self.ns:
            raise RuntimeError(f"{self!r} cannot register kernels of {text}")
        return str(text)

    def _key(self, dispatch_key: Any) -> str:
        if dispatch_key == "":
            return self.dispatch_key or self._dispatcher.default_alias
        key = self._dispatcher.registrable_name(dispatch_key)
        if self.dispatch_key not in ("", key):
            raise RuntimeError(f"{self!r} cannot register anything for {key}")
        return key

    # Ending

    def _check_open(self) -> None:
        if not self._is_open:
            raise RuntimeError(f"{self!r} is closed")

    def close(self) -> None:
        """Take back all that it registered. Closing it again does nothing."""
        with self._dispatcher.lock:
            self._is_open = False
            _undo_all(self._undo)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class Definition(str):
    """The name of an operator that was defined; as a decorator it registers a kernel."""

    __slots__ = ("_library",)

    _library: Library

    def __new__(cls, name: str, library: Library) -> Self:
        self = super().__new__(cls, name)
        self._library = library
        return self

    def __call__(self, fn: Any) -> Any:
        library = self._library
        library.impl(str(self), fn)
        return fn


def _undo_all(undo: list[Callable[[], None]]) -> None:
    """Take everything back, whatever fails meanwhile.

    Raises:
        BaseException: the first error.
    """
    first: BaseException | None = None
    while undo:
        try:
            undo.pop()()
        except BaseException as error:
            first = first or error
    if first is not None:
        raise first


def _dropped(undo: list[Callable[[], None]], lock: RegistryLock) -> None:
    """A library was dropped; see Note [Collected libraries] in `registry_lock`."""
    lock.when_free(lambda: _undo_all(undo))
