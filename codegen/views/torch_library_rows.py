"""What the templates of the torch_library target print.

As `codegen.views.python_rows`: one named tuple a template, and the rows that they hold.
Arguments of calls are Python expressions.
"""

from __future__ import annotations

from typing import NamedTuple


class SetRow(NamedTuple):
    """A keyset constant: names of functionality keys, and of backends' keys."""

    name: str
    comments: tuple[str, ...]
    keys: tuple[str, ...]
    backends: tuple[str, ...]


class KeysetsView(NamedTuple):
    """keysets.py."""

    target: str
    keysets: tuple[SetRow, ...]


class CallRow(NamedTuple):
    """A call that registers something."""

    function: str
    arguments: tuple[str, ...]


class FallbackRow(NamedTuple):
    """The fallback of a key: the call that makes its policy."""

    function: str
    key: str
    policy: str
    arguments: tuple[str, ...]


class OperatorsView(NamedTuple):
    """operators.py."""

    target: str
    calls: tuple[CallRow, ...]


class RegistrationView(NamedTuple):
    """registrations/<module>.py."""

    target: str
    module: str
    subject: str
    imports_keysets: bool
    imports_policies: bool
    fallbacks: tuple[FallbackRow, ...]
    kernels: tuple[CallRow, ...]


class RegistrationsView(NamedTuple):
    """registrations/__init__.py."""

    target: str
    modules: tuple[str, ...]


class PackageView(NamedTuple):
    """__init__.py.

    Attributes:
        modules: what registers something, in order of names.
        ordered: the same, in the order in which they do.
    """

    target: str
    package: str
    version: str
    name: str
    modules: tuple[str, ...]
    ordered: tuple[str, ...]
