"""`ops.ns.name.overload`: operators by attribute.

Mirrors `torch.ops`. An overload is a plain function, so that calling it costs no more than
a call; an operator with one unnamed overload is that function itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any

from .arguments import ArgumentError, bind
from .operator import Operator

if TYPE_CHECKING:
    from .dispatcher import Dispatcher


def namespaces(dispatcher: Dispatcher) -> Any:
    """What `ops` is: a module whose attributes are namespaces.

    Modules, since reading their attributes is faster than those of a class with a
    `__getattr__`.
    """
    ops = ModuleType("ops", "All operators, by namespace.")

    def get(name: str) -> ModuleType:
        if name.startswith("__"):
            raise AttributeError(name)
        found = _namespace(str(name), dispatcher)
        ops.__dict__[str(name)] = found
        return found

    def forget(name: str) -> None:
        namespace, _, rest = name.partition("::")
        known = ops.__dict__.get(namespace)
        if known is not None:
            known.__dict__.pop(rest.partition(".")[0], None)

    dispatcher.on_change(forget)
    ops.__dict__.update(
        __getattr__=get, __dir__=lambda: sorted(dispatcher.namespaces())
    )
    return ops


def _namespace(namespace: str, dispatcher: Dispatcher) -> ModuleType:
    """The operators of a namespace."""
    module = ModuleType(f"ops.{namespace}", f"The operators of {namespace}.")
    prefix = f"{namespace}::"

    def get(name: str) -> Any:
        packet = f"{prefix}{name}"
        with dispatcher.lock:
            names = dispatcher.overloads(packet)
            if not names:
                raise AttributeError(_unknown(dispatcher, packet))
            found: Any
            if names == [packet]:
                found = dispatcher.function(packet)
            else:
                found = OpOverloadPacket(packet, names, dispatcher)
            # A name that is a `Definition` would keep its library alive.
            module.__dict__[str(name)] = found
        return found

    def listed() -> list[str]:
        names = {name.partition(".")[0] for name in dispatcher.operator_names()}
        return sorted(n.removeprefix(prefix) for n in names if n.startswith(prefix))

    module.__dict__.update(__getattr__=get, __dir__=listed)
    return module


def _unknown(dispatcher: Dispatcher, packet: str) -> str:
    from difflib import get_close_matches

    names = {name.partition(".")[0] for name in dispatcher.operator_names()}
    close = get_close_matches(packet, sorted(names), 3)
    hint = f"; did you mean {' or '.join(close)}?" if close else ""
    return f"there is no operator {packet}{hint}"


class OpOverloadPacket:
    """An operator with several overloads: calls the first whose schema fits.

    Each overload is an attribute; the unnamed one is `default`.
    """

    def __init__(
        self, name: str, operators: Sequence[str], dispatcher: Dispatcher
    ) -> None:
        self.name = name
        self._dispatcher = dispatcher
        # Declared ones that nobody has asked for are not made yet.
        self._operators = {_overload(o): dispatcher.loaded(o) for o in operators}
        self._fits: dict[Any, Operator] = {}

    def __getattr__(self, name: str) -> Any:
        if name not in self.__dict__.get("_operators", ()):
            if name.startswith("__"):
                raise AttributeError(name)
            overloads = ", ".join(self.overloads())
            raise AttributeError(
                f"{self.name} has no overload {name!r}, only {overloads}"
            )
        function = self.__dict__[name] = self._operator(name).function
        return function

    def _operator(self, overload: str) -> Operator:
        operator = self._operators[overload]
        if operator is None:
            suffix = "" if overload == "default" else f".{overload}"
            operator = self._dispatcher.find(f"{self.name}{suffix}")
            assert operator is not None
            self._operators[overload] = operator
        return operator

    def overloads(self) -> list[str]:
        """The names of the overloads, in order of definition."""
        return list(self._operators)

    def __dir__(self) -> list[str]:
        return sorted([*super().__dir__(), *self._operators])

    def __repr__(self) -> str:
        return f"<operator {self.name}: {', '.join(self.overloads())}>"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        # Looking which overload fits would use an iterator up.
        args = tuple(list(a) if hasattr(a, "__next__") else a for a in args)
        return self._find(args, kwargs).function(*args, **kwargs)

    def redispatch(self, keyset: Any, *args: Any, **kwargs: Any) -> Any:
        """Dispatch the overload that fits by a keyset."""
        operator = self._find(args, kwargs)
        return operator.callers.redispatch(keyset, *args, **kwargs)

    def has_kernel_for(self, key: Any) -> bool:
        """Whether any overload has a kernel for this very key."""
        return any(self._operator(o).has_kernel_for(key) for o in self._operators)

    def _find(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Operator:
        """The overload that fits; which one that is depends on types alone.

        Of lists it depends on the items too, so that these are looked at each time.
        """
        values = (*args, *kwargs.values())
        types = tuple(map(type, values))
        if list in types or tuple in types:
            return self._resolve(args, kwargs)
        key = (types, tuple(kwargs), len(args))
        found = self._fits.get(key)
        if found is None:
            found = self._fits[key] = self._resolve(args, kwargs)
        return found

    def _resolve(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Operator:
        problems = []
        for overload in self._operators:
            operator = self._operator(overload)
            try:
                operator.keyset_of(bind(operator.schema, args, kwargs))
            except ArgumentError as error:
                problems.append(str(error).partition("\nschema: ")[0])
                continue
            return operator
        lines = "\n".join(f"  {problem}" for problem in problems)
        raise ArgumentError(f"no overload of {self.name} fits the arguments:\n{lines}")


def _overload(operator: str) -> str:
    # A part of the name, as plain text whatever that is.
    return str(operator).partition(".")[2] or "default"
