"""Whether C++ sources define the kernels that are declared.

Reads a model and sources; says what is missing at the line that declares it, with the
signature that PyTorch asks for and what there is instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from codegen.checks_torch import check_libtorch
from codegen.diagnostics import Collector, did_you_mean
from codegen.kernel_check_cpp import (
    CppSources,
    Function,
    plain_type,
    read_sources,
    source_files,
)
from codegen.model import Model
from codegen.source import Span
from codegen.views.libtorch import DeclaredKernel, LibtorchViews

# What `symint` of a backend file puts behind a kernel's name.
_SYMBOLIC: Final = "_symint"

# How many places a message names.
_SHOWN: Final = 3


class Checked(NamedTuple):
    """What was compared.

    Attributes:
        kernels: how many functions are declared.
        files: how many sources were read.
        unread: declared functions that a macro may define, by the macro's place.
    """

    kernels: int
    files: int
    unread: Mapping[str, Span]


def check_kernels(model: Model, paths: Iterable[Path]) -> Checked:
    """Compare the kernels that an extension declares with what sources define.

    Raises:
        DeclarationError: DG109 to DG111 and DG114 as for the extension; DG223 for each
            kernel without a definition.
        codegen.kernel_check_cpp.NoParserError: the parser of C++ is not installed.
        OSError: a source cannot be read.
    """
    torch = check_libtorch(model)
    files = source_files(paths)
    sources = read_sources(files)
    kernels = LibtorchViews(model, torch).declared_kernels()
    found = _Comparison(kernels, sources, model)
    found.compare()
    found.collector.raise_if_any()
    return Checked(len(kernels), len(files), found.unread)


class _Comparison:
    def __init__(
        self, kernels: Sequence[DeclaredKernel], sources: CppSources, model: Model
    ) -> None:
        self.collector = Collector()
        self.unread: dict[str, Span] = {}
        self._kernels = kernels
        self._sources = sources
        self._aliases = sources.aliases
        self._names = {kernel.name for kernel in kernels}
        self._classes = {file.scope for file in model.backend_files}
        self._by_name: dict[str, list[Function]] = {}
        for function in sources.functions:
            name = self._meant(function)
            if function.is_defined and not function.is_internal:
                self._by_name.setdefault(name, []).append(function)

    def _meant(self, function: Function) -> str:
        """The name that it has, of those that it can have."""
        for name in function.names:
            if name in self._names or name.rpartition("::")[0] in self._classes:
                return name
        return function.names[0]

    def compare(self) -> None:
        left = {name: list(found) for name, found in self._by_name.items()}
        open: list[DeclaredKernel] = []
        for kernel in self._kernels:
            of_name = left.get(kernel.name, [])
            fitting = next((f for f in of_name if not self._why_not(kernel, f)), None)
            if fitting is None:
                open.append(kernel)
            else:
                self._take(fitting, of_name)
        for kernel in open:
            of_name = left.get(kernel.name, [])
            if of_name:
                closest = min(of_name, key=lambda f: self._distance(kernel, f))
                self._take(closest, of_name)
                self._differs(kernel, closest)
            else:
                self._missing(kernel)
        for name, functions in left.items():
            if name.rpartition("::")[0] in self._classes:
                for function in functions:
                    self._not_declared(name, function)

    def _take(self, function: Function, left: list[Function]) -> None:
        """Take a definition, and what stands for it in other branches of a conditional."""
        left.remove(function)
        taken = [function]
        for other in list(left):
            is_same = self._signature(other) == self._signature(function)
            if is_same and all(other.excludes(one) for one in taken):
                taken.append(other)
                left.remove(other)

    def _signature(self, function: Function) -> tuple[str, ...]:
        return tuple(plain_type(t, self._aliases) or t for t in function.types)

    # Whether a definition is the one that is declared

    def _why_not(self, kernel: DeclaredKernel, function: Function) -> str | None:
        """Why a function of a kernel's name is not its definition."""
        expected, given = kernel.types, function.types
        if len(expected) != len(given):
            s = "" if len(given) == 1 else "s"
            are = "is" if len(expected) == 1 else "are"
            return f"takes {len(given)} parameter{s}; {len(expected)} {are} expected"
        for type, other in zip(expected, given, strict=True):
            if not self._is_same(type, other):
                return f"takes `{other}` where `{type}` is expected"
        if function.returns and not self._is_same(kernel.returns, function.returns):
            return f"returns `{function.returns}` where `{kernel.returns}` is expected"
        return None

    def _is_same(self, expected: str, written: str) -> bool:
        given = plain_type(written, self._aliases)
        return given is None or given == plain_type(expected, {})

    def _distance(self, kernel: DeclaredKernel, function: Function) -> tuple[int, int]:
        count = abs(len(kernel.types) - len(function.types))
        pairs = zip(kernel.types, function.types, strict=False)
        return count, len([pair for pair in pairs if not self._is_same(*pair)])

    # What is said

    def _differs(self, kernel: DeclaredKernel, function: Function) -> None:
        why = self._why_not(kernel, function)
        self.collector.error(
            "DG223",
            f"`{kernel.name}` for `{kernel.operator}` is defined otherwise: it {why}",
            kernel.span,
            related=[("this definition differs", function.span)],
            help=f"define it as {_shown(kernel)}",
        )

    def _missing(self, kernel: DeclaredKernel) -> None:
        scope, _, own = kernel.name.rpartition("::")
        for call in self._sources.macro_calls:
            if own in call.words:
                self.unread[kernel.name] = call.span
                return
        related, meant = self._near(kernel, scope, own)
        self.collector.error(
            "DG223",
            f"`{kernel.name}` for `{kernel.operator}` is not defined in the sources",
            kernel.span,
            related=related,
            help=(
                f"{meant} define {_shown(kernel)}"
                if meant
                else f"define {_shown(kernel)}"
            ),
        )

    def _near(
        self, kernel: DeclaredKernel, scope: str, own: str
    ) -> tuple[list[tuple[str, Span]], str | None]:
        """What there is instead, and a question."""
        related: list[tuple[str, Span]] = []
        for function in self._sources.functions:
            if function.name != own or len(related) == _SHOWN:
                continue
            meant = self._meant(function)
            if meant == kernel.name and not function.is_defined:
                related.append(("it is declared here, without a body", function.span))
            elif meant == kernel.name:
                related.append(("this one cannot be seen by others", function.span))
            elif function.is_defined and meant not in self._names:
                related.append((f"this is `{meant}`", function.span))
        if related:
            return related, None
        beside = {
            function.name: function
            for name, functions in self._by_name.items()
            for function in functions
            if name not in self._names and name.rpartition("::")[0] == scope
        }
        # They differ in what `symint` of a backend file says.
        plain = own.removesuffix(_SYMBOLIC)
        other = plain if plain != own else f"{own}{_SYMBOLIC}"
        if other in beside:
            what = "take it out of" if plain != own else "list it under"
            place = (f"`{other}` is defined here", beside[other].span)
            return [place], f"{what} `symint` for `{other}`; otherwise,"
        question = did_you_mean(own, beside)
        if question is None:
            return [], None
        close = next(f for name, f in beside.items() if f"`{name}`" in question)
        return [
            (f"`{close.name}` is defined here", close.span)
        ], f"{question} Otherwise,"

    def _not_declared(self, name: str, function: Function) -> None:
        scope, _, own = name.rpartition("::")
        declared = [k for k in self._kernels if k.name == name]
        names = [
            kernel.name.rpartition("::")[2]
            for kernel in self._kernels
            if kernel.name.startswith(f"{scope}::")
        ]
        reported = any(
            function.span == related.span
            for diagnostic in self.collector.found()
            for related in diagnostic.related
        )
        if reported:
            return
        self.collector.error(
            "DG223",
            (
                f"`{name}` is defined once more than it is declared"
                if declared
                else f"`{name}` is defined, and no list of the backend file has it"
            ),
            function.span,
            related=[
                ("a kernel of this name is declared here", kernel.span)
                for kernel in declared[:1]
            ],
            help=(None if declared else did_you_mean(own, names))
            or "list its operator in the backend file, or remove the definition",
        )


def _shown(kernel: DeclaredKernel) -> str:
    """The definition that is expected."""
    return f"`{kernel.returns} {kernel.name}({', '.join(kernel.parameters)})`"
