"""What the views of every target say of keys and sets, in the target's own spelling."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen import names
from codegen.model import Key, KeyKind, Model


class Members:
    """Spells the enum members of one model.

    Args:
        model: the dispatcher.
        joint: what stands between an enum and its member.
    """

    def __init__(self, model: Model, joint: str) -> None:
        self._model = model
        self._key: Final = f"DispatchKey{joint}"
        self._backend: Final = f"BackendComponent{joint}"

    def key(self, name: str) -> str:
        return f"{self._key}{name}"

    def backend(self, name: str) -> str:
        return f"{self._backend}{names.backend_bit(name)}"

    def is_backend(self, member: str) -> bool:
        return member.startswith(self._backend)

    def of(self, raw: int) -> tuple[str, ...]:
        """The enum members that make up a set, lowest priority first, backends last.

        With exactly one backend, per-backend functionalities show as its runtime keys.
        """
        model = self._model
        keys, backends = model.keys_in(raw), model.backends_in(raw)
        per_backend = [k for k in keys if k.kind is KeyKind.PER_BACKEND]
        if len(backends) == 1 and per_backend:
            (backend,) = backends
            layout = model.layout

            def shown(key: Key) -> str:
                if key.kind is not KeyKind.PER_BACKEND:
                    return self.key(key.name)
                runtime = layout.runtime_key(key.value, backend.value)
                return self.key(model.keys_by_value[runtime].name)

            return tuple(map(shown, keys))
        return (
            *(self.key(k.name) for k in keys),
            *(self.backend(b.name) for b in backends),
        )


def prefixes(model: Model) -> Iterator[tuple[Key, str]]:
    """Per-backend functionalities, and what the names of their runtime keys begin with."""
    for key in model.keys.values():
        if key.kind is KeyKind.PER_BACKEND:
            start = model.keys[names.start_placeholder(key.name)]
            yield key, start.text.removesuffix(model.undefined)


def backend_values(model: Model) -> Iterator[tuple[str, str]]:
    """The members of the enum of backends: a number, or the member that it equals."""
    backends = list(model.backends)
    yield names.NO_BACKEND, "0"
    for backend in model.backends.values():
        yield names.backend_bit(backend.name), str(backend.value)
    last = names.backend_bit(backends[-1]) if backends else names.NO_BACKEND
    yield names.END_OF_BACKENDS, last


def key_values(model: Model) -> Iterator[tuple[str, str]]:
    """The members of the enum of keys, by value; a second name after what it names."""
    legacy = model.legacy_names
    ends: dict[str, list[str]] = {}
    for name, key in model.aliases_of_keys.items():
        if name not in legacy:
            ends.setdefault(key, []).append(name)
    for row in sorted(model.keys.values(), key=lambda key: key.value):
        yield row.name, str(row.value)
        for name in ends.get(row.name, ()):
            yield name, row.name
    yield from legacy.items()
