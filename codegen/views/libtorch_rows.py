"""What the templates of the libtorch target print.

As `codegen.views.cpp_rows`: one named tuple a template, and the rows that they hold.
Texts that end up in C++ or Python are literals already.
"""

from __future__ import annotations

from typing import NamedTuple

from codegen.views.cpp_rows import FieldRow, SetRow


class KeysetsView(NamedTuple):
    """csrc/keysets.h."""

    guard: str
    namespace: str
    keysets: tuple[SetRow, ...]


class ChoiceRow(NamedTuple):
    """A policy, from a preprocessor directive on if there is one."""

    directive: str
    policy: str


class VariantsRow(NamedTuple):
    """A function that returns what fallbacks do in each build variant."""

    name: str
    choices: tuple[ChoiceRow, ...]


class StatementRow(NamedTuple):
    """A call that registers something."""

    function: str
    arguments: tuple[str, ...]


class MessageRow(NamedTuple):
    """The text of an error, below a preprocessor directive if there is one."""

    name: str
    literals: tuple[str, ...]
    directive: str


class FallbacksView(NamedTuple):
    """csrc/fallbacks.cpp."""

    namespace: str
    has_host_memory: bool
    messages: tuple[MessageRow, ...]
    variants: tuple[VariantsRow, ...]
    statements: tuple[StatementRow, ...]


class FunctionRow(NamedTuple):
    """A function, with what it takes."""

    returns: str
    name: str
    parameters: tuple[str, ...]


class StructRow(NamedTuple):
    """A structured kernel: the struct whose `impl` computes the results."""

    name: str
    base: str
    parameters: tuple[str, ...]


class PrototypesRow(NamedTuple):
    """The kernels of a namespace."""

    namespace: str
    functions: tuple[FunctionRow, ...]
    structs: tuple[StructRow, ...]


class KernelsView(NamedTuple):
    """csrc/prototypes.h.

    Attributes:
        classes: headers of the classes of backend files.
    """

    guard: str
    header: str
    classes: tuple[str, ...]
    meta_headers: tuple[str, ...]
    groups: tuple[PrototypesRow, ...]


class BackendClassView(NamedTuple):
    """csrc/<key>NativeFunctions.h: the class of a backend file.

    Attributes:
        path: of the header, below csrc.
        methods: what each returns has `static` before it.
    """

    path: str
    key: str
    guard: str
    headers: tuple[str, ...]
    namespace: str
    name: str
    methods: tuple[FunctionRow, ...]


class LoopRow(NamedTuple):
    """A list of results that are copied, each to a tensor of another list."""

    function: str
    source: str
    target: str


class CallerRow(NamedTuple):
    """A function that calls a kernel of a backend file; its lines in their order.

    Attributes:
        declared: what checks are made with.
        checks: that tensors are on one device.
        guards: what makes the device guard.
        computing: the kernel's call whose results are copied.
        copies: of results that are tensors.
        loops: of results that are lists of them.
        returned: what is returned then, if anything.
        passing: the call whose results are returned.
    """

    returns: str
    name: str
    parameters: tuple[str, ...]
    declared: tuple[str, ...] = ()
    checks: tuple[StatementRow, ...] = ()
    guards: tuple[str, ...] = ()
    computing: tuple[StatementRow, ...] = ()
    copies: tuple[StatementRow, ...] = ()
    loops: tuple[LoopRow, ...] = ()
    returned: tuple[str, ...] = ()
    passing: tuple[StatementRow, ...] = ()


class OperatorsView(NamedTuple):
    """csrc/operators.cpp."""

    namespace: str
    statements: tuple[StatementRow, ...]


class WrapperRow(NamedTuple):
    """A function that runs a structured kernel.

    Attributes:
        kernel: the object that it makes of the kernel's struct.
        meta: what computes the shapes of results takes.
        has_precomputed: whether it returns something.
        impl: what computes the results takes.
        is_writing: whether it writes to tensors that it was given.
        result: what it returns.
    """

    returns: str
    name: str
    parameters: tuple[str, ...]
    kernel: str
    meta: tuple[str, ...]
    has_precomputed: bool
    impl: tuple[str, ...]
    is_writing: bool
    result: str


class RegistrationView(NamedTuple):
    """csrc/kernels/<module>.cpp.

    Attributes:
        headers: PyTorch's.
        wrappers: functions that run structured kernels.
        callers: functions that call kernels of backend files.
        has_functions: whether there are any of them.
    """

    module: str
    subject: str
    headers: tuple[str, ...]
    namespace: str
    function: str
    wrappers: tuple[WrapperRow, ...]
    callers: tuple[CallerRow, ...]
    has_functions: bool
    statements: tuple[StatementRow, ...]


class DeviceView(NamedTuple):
    """csrc/device.cpp."""

    namespace: str
    backend: str
    device_type: str
    prototypes: tuple[PrototypesRow, ...]
    options: tuple[FieldRow, ...]
    statements: tuple[StatementRow, ...]


class SectionsView(NamedTuple):
    """csrc/sections.h."""

    guard: str
    namespace: str
    functions: tuple[str, ...]
    parameters: tuple[str, ...]


class ExtensionView(NamedTuple):
    """csrc/extension.cpp.

    Attributes:
        name: of the object that registers everything.
        arguments: what it is made of.
        report: a function without parameters.
    """

    namespace: str
    functions: tuple[str, ...]
    name: str
    arguments: tuple[str, ...]
    report: str
    parameters: tuple[str, ...]


class ProjectView(NamedTuple):
    """CMakeLists.txt, setup.py and pyproject.toml."""

    package: str
    extension: str
    version: str
    include_dirs: tuple[str, ...]
    sources: tuple[str, ...]
    packages: tuple[str, ...]
    has_device: bool


class PackageView(NamedTuple):
    """<package>/__init__.py.

    Attributes:
        arguments: what its library is found and asked by.
    """

    package: str
    version: str
    arguments: tuple[str, ...]
    has_device: bool
    device: str
    has_python: bool
    has_python_alone: bool


class PythonView(NamedTuple):
    """<package>/_python.py.

    Attributes:
        modules: what registers Python functions, in order of names.
        ordered: the same, in the order in which they do.
    """

    name: str
    modules: tuple[str, ...]
    ordered: tuple[str, ...]
