"""Makes what the templates of lists of keys for Python print, of a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from codegen.model import KeyKind, Model
from codegen.quoting import python_string
from codegen.views.c10_lists_rows import (
    BindingHeaderView,
    BindingView,
    KeyListsView,
    ListRow,
    MemberRow,
    StubView,
    TorchgenView,
)
from codegen.views.members import Members, prefixes

_NEXT_VALUE: Final = "enum.auto()"


class C10ListViews:
    """Makes the views of one model."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._spell = Members(model, ".")
        by_value = sorted(model.keys.values(), key=lambda key: key.value)
        self._keys = [k for k in by_value if k.kind is not KeyKind.PLACEHOLDER]

    def binding_header(self) -> BindingHeaderView:
        return BindingHeaderView()

    def binding(self) -> BindingView:
        kinds = {key.kind for key in self._keys}
        of_macros = (KeyKind.RUNTIME, KeyKind.ALIAS)
        return BindingView(
            keys=tuple(k.name for k in self._keys if k.kind not in of_macros),
            is_per_backend=KeyKind.PER_BACKEND in kinds,
            aliases=tuple(k.name for k in self._keys if k.kind is KeyKind.ALIAS),
        )

    def stub(self) -> StubView:
        return StubView(tuple(key.name for key in self._keys))

    def key_lists(self) -> KeyListsView:
        return KeyListsView(
            tuple(
                ListRow(name, tuple(map(self._spell.key, keys)))
                for name, keys in self._model.c10.key_lists.items()
            )
        )

    def torchgen(self) -> TorchgenView:
        c10 = self._model.c10
        lists: dict[str, Iterable[str]] = {
            "BACKEND_COMPONENTS": self._model.backends,
            "FUNCTIONALITY_KEYS": [prefix for _, prefix in prefixes(self._model)],
            **{name: reversed(keys) for name, keys in c10.torchgen_names.items()},
        }
        return TorchgenView(
            members=tuple(self._members()),
            lists=tuple(
                ListRow(name, tuple(map(python_string, items)))
                for name, items in lists.items()
            ),
            sets=tuple(
                ListRow(name, tuple(map(self._spell.key, reversed(keys))))
                for name, keys in c10.torchgen_sets.items()
            ),
        )

    def _members(self) -> Iterator[MemberRow]:
        """Keys by value, each with its old names behind it."""
        for key in self._keys:
            is_undefined = key.kind is KeyKind.UNDEFINED
            yield MemberRow(key.name, "0" if is_undefined else _NEXT_VALUE)
            for name, target in self._model.legacy_names.items():
                if target == key.name:
                    yield MemberRow(name, target)
