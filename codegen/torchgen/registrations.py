"""Which keys get a kernel for a function of torchgen's YAML, which one, and why.

Reads functions, derived variants included, and rules that name what they are about; knows
no key and no operator itself. What it returns is what torchgen's program registers in all
its files, whether or not a build compiles them.

Note [Where kernels come from]. A key's kernel is the first of these that there is:

    structured   of a structured function and what delegates to it: the kernels of some
                 keys are shared, others follow from the shape function (`StructuredRules`)
    declared     its entry has one; of a derived variant, the one that torchgen writes
    ufunc        a structured function with an inner loop gets a kernel around it
    default      an entry without `dispatch` that is not structured either
    in place     a check, where an in-place function has neither kernel nor composite

and, whatever these say, BackendSelect's and Functionalize's, which are about the schema:
`BackendSelectRules`, `FunctionalizeRules`. What an entry says itself stands; torchgen
would silently replace it where `StructuredRules` has a key too. A function that is
registered by hand gets none of the kernels above.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from fnmatch import fnmatchcase
from typing import Final, Literal, NamedTuple, TypeAlias

from codegen.runtime.python.schema import Alias, Argument, FunctionSchema
from codegen.schema.operators import OperatorDecl
from codegen.torchgen.function import Function

Reason: TypeAlias = Literal[
    "declared",
    "derived",
    "default",
    "structured",
    "structured delegate",
    "ufunc",
    "in place",
    "backend selection",
    "functionalize",
    "functionalize by decomposing",
]

# The set of what an argument may become a view of.
_ANY_SET: Final = "*"


class Registration(NamedTuple):
    """A kernel that a function gets for a key.

    Attributes:
        kernel: its name, as in the YAML; of what torchgen writes itself, as it names it.
        reason: the rule that gives it, see Note [Where kernels come from].
    """

    kernel: str
    reason: Reason


class StructuredRules(NamedTuple):
    """What structured functions and their delegates get kernels for.

    Attributes:
        shared: keys whose kernels of the out variant serve its delegates too.
        always: keys that all of them get a kernel for.
        delegates: keys that only the delegates get one for.
        ufunc: keys that an out variant with `ufunc_inner_loop` gets a kernel for.
    """

    shared: Sequence[str] = ()
    always: Sequence[str] = ()
    delegates: Sequence[str] = ()
    ufunc: Sequence[str] = ()


class InPlaceRules(NamedTuple):
    """What in-place functions that return one value get a check as their kernel for.

    Attributes:
        keys: the keys; a kernel that the function has stands.
        unless: keys that serve these too: with a kernel for one there is no check.
    """

    keys: Sequence[str]
    unless: Sequence[str]


class BackendSelectRules(NamedTuple):
    """What functions that make a tensor of a given device get a kernel for.

    Attributes:
        key: the key.
        options: type and name of the arguments by which a tensor is made, as they follow
            each other; the types may be optional.
        unless_named: patterns of names without overload that need none, because a tensor
            among the arguments tells the device.
    """

    key: str
    options: Sequence[tuple[str, str]]
    unless_named: Sequence[str] = ()


class FunctionalizeRules(NamedTuple):
    """What functions that write or that return views get a kernel for.

    Attributes:
        key: the key.
        decomposed: the key whose kernel views are decomposed by; what writes and has such
            a kernel needs none.
        view_tag: the tag of in-place functions that make their argument a view.
        without: functions that get no kernel, nor do the variants derived from them.

    Functions have no namespace here.
    """

    key: str
    decomposed: str
    view_tag: str
    without: Set[str] = frozenset()


class RegistrationRules(NamedTuple):
    """What torchgen's program adds to its YAML; a rule that is None does not apply.

    Attributes:
        default: the key of entries that declare no kernel.
        structured: what structured functions get.
        in_place: what in-place functions get.
        backend_select: what functions that make a tensor of a given device get.
        functionalize: what functions that write or return views get.
    """

    default: str | None = None
    structured: StructuredRules = StructuredRules()
    in_place: InPlaceRules | None = None
    backend_select: BackendSelectRules | None = None
    functionalize: FunctionalizeRules | None = None


def registrations(
    functions: Sequence[Function], rules: RegistrationRules
) -> Mapping[str, Mapping[str, Registration]]:
    """By the name of the function and by key.

    A delegate of a function that is not there shares no kernels.
    """
    dispatch = {f.name: _dispatch(f, rules) for f in functions}
    found = {}
    for function in functions:
        kernels: dict[str, Registration] = {}
        if not _entry_says(function, "manual_kernel_registration"):
            kernels |= _of_entry(function, dispatch, rules.structured)
            if rules.in_place is not None and not is_structured(function):
                kernels |= _in_place(function, kernels, rules.in_place)
        selection = rules.backend_select
        if selection and needs_backend_select(function.schema, selection):
            kernel = _qualified_name(function.schema)
            kernels[selection.key] = Registration(kernel, "backend selection")
        found[function.name] = kernels
    functionalize = rules.functionalize
    if functionalize is not None:
        for name, registration in _functionalized(functions, dispatch, functionalize):
            found[name][functionalize.key] = registration
    return found


def registrations_of_entries(
    functions: Sequence[Function], default: str | None, structured: StructuredRules
) -> Mapping[str, Mapping[str, Registration]]:
    """Those that entries declare, and those that follow as default or as structured ones.

    They are the same where torchgen's program has no part in it.
    """
    rules = RegistrationRules(default, structured)
    dispatch = {f.name: _dispatch(f, rules) for f in functions}
    return {f.name: _of_entry(f, dispatch, structured) for f in functions}


def is_structured(function: Function) -> bool:
    """Whether it has structured kernels, or delegates to a function that has."""
    return bool(
        _entry_says(function, "structured")
        or _entry_says(function, "structured_delegate")
    )


def has_default(entry: OperatorDecl) -> bool:
    """Whether an entry declares no kernel, and nothing that kernels follow from."""
    return (
        entry.dispatch is None
        and not entry.structured
        and entry.structured_delegate is None
    )


def cpp_name(schema: FunctionSchema) -> str:
    """What a function is called in C++: overloads share it, but those with out arguments."""
    name = _base_name(schema)
    is_out = any(a.kwarg_only and a.is_write for a in schema.arguments)
    return f"{name}_out" if is_out else name


def is_in_place(schema: FunctionSchema) -> bool:
    """Whether its name says that it changes its first argument: `name_`, or `__iname__`."""
    name = _base_name(schema)
    if name.startswith("__") and name.endswith("__"):
        return name.startswith("__i")
    return name.endswith("_")


def is_view(function: Function, view_tag: str) -> bool:
    """Whether what it returns, or its argument afterwards, is a view of an argument."""
    schema = function.schema
    return (
        view_tag in function.tags
        or any(v.alias is not None and not v.is_write for v in schema.returns)
        or any(_ANY_SET in _sets_after(v.alias) for v in schema.arguments)
    )


def needs_backend_select(schema: FunctionSchema, rule: BackendSelectRules) -> bool:
    """Whether the backend of its result has to be found from what it is to be like."""
    name = _base_name(schema)
    if any(fnmatchcase(name, pattern) for pattern in rule.unless_named):
        return False
    length = len(rule.options)
    return any(
        all(map(_is_option, schema.arguments[start : start + length], rule.options))
        for start in range(len(schema.arguments) - length + 1)
    )


# ---- kernels of the function itself


def _entry_says(function: Function, field: str) -> object:
    """A field of its entry; None of a derived variant, whose entry is another's."""
    return None if function.is_derived else getattr(function.declaration, field)


def _dispatch(
    function: Function, rules: RegistrationRules
) -> Mapping[str, Registration]:
    """What its entry says, or what follows if it says nothing."""
    if function.is_derived:
        return {k: Registration(v, "derived") for k, v in function.kernels.items()}
    found = {k: Registration(v, "declared") for k, v in function.kernels.items()}
    entry = function.declaration
    if rules.default is not None and has_default(entry):
        default = Registration(cpp_name(function.schema), "default")
        found.setdefault(rules.default, default)
    if entry.ufunc_inner_loop:
        name = _base_name(function.schema)
        for key in rules.structured.ufunc:
            found.setdefault(key, Registration(f"ufunc_{name}_{key}", "ufunc"))
    return found


def _of_entry(
    function: Function,
    dispatch: Mapping[str, Mapping[str, Registration]],
    rule: StructuredRules,
) -> dict[str, Registration]:
    """What is structured comes before what else there is."""
    kernels: dict[str, Registration] = {}
    for key, registration in _structured(function, dispatch, rule):
        # A key may have several rules; a kernel that is shared is more than one to make.
        kernels.setdefault(key, registration)
    return {**dispatch[function.name], **kernels}


def _structured(
    function: Function,
    dispatch: Mapping[str, Mapping[str, Registration]],
    rule: StructuredRules,
) -> Iterator[tuple[str, Registration]]:
    """What follows from structured kernels, its own or those that it delegates to."""
    delegate = _entry_says(function, "structured_delegate")
    own = dispatch[function.name]
    kernel = f"structured_{cpp_name(function.schema)}"
    if delegate is not None:
        namespace = function.name.partition("::")[0]
        source = dispatch.get(f"{namespace}::{delegate}", {})
        for key in rule.shared:
            if key in source and key not in own:
                yield key, Registration(source[key].kernel, "structured delegate")
        for key in (*rule.always, *rule.delegates):
            if key not in own:
                yield key, Registration(kernel, "structured delegate")
    elif _entry_says(function, "structured"):
        for key in rule.shared:
            if key in own and own[key].reason == "declared":
                yield key, Registration(own[key].kernel, "structured")
        for key in rule.always:
            if key not in own:
                yield key, Registration(kernel, "structured")


def _in_place(
    function: Function, kernels: Mapping[str, Registration], rule: InPlaceRules
) -> dict[str, Registration]:
    """Checks for the keys that it has no kernel for."""
    schema = function.schema
    if not is_in_place(schema) or len(schema.returns) != 1:
        return {}
    if any(key in kernels for key in rule.unless):
        return {}
    check = Registration(_qualified_name(schema), "in place")
    return {key: check for key in rule.keys if key not in kernels}


# ---- kernels that call others


def _functionalized(
    functions: Sequence[Function],
    dispatch: Mapping[str, Mapping[str, Registration]],
    rule: FunctionalizeRules,
) -> Iterator[tuple[str, Registration]]:
    """What writes, or returns or makes a view, and is not left out."""
    # By identity: derived variants have the entry of what they are derived from.
    left_out = {id(f.declaration) for f in functions if f.operator in rule.without}
    views = {f.name for f in functions if is_view(f, rule.view_tag)}
    viewed = {
        function.name.partition(".")[0]
        for function in functions
        if function.name in views and not is_in_place(function.schema)
    }
    for function in functions:
        if id(function.declaration) in left_out:
            continue
        name, schema = function.name, function.schema
        # An in-place view counts as one beside a view that it is the variant of.
        is_of_views = name in views and (
            not is_in_place(schema)
            or name.partition(".")[0].removesuffix("_") in viewed
        )
        decomposed = dispatch[name].get(rule.decomposed)
        if decomposed is not None:
            if is_of_views:
                kernel = decomposed.kernel
                yield name, Registration(kernel, "functionalize by decomposing")
        elif is_of_views or schema.is_mutable:
            yield name, Registration(_qualified_name(schema), "functionalize")


# ---- names and schemas


def _base_name(schema: FunctionSchema) -> str:
    """The name without namespace and overload."""
    return schema.name.rpartition("::")[2]


def _qualified_name(schema: FunctionSchema) -> str:
    """How torchgen names a function that it writes: no overloads share it."""
    name = cpp_name(schema)
    return f"{name}_{schema.overload}" if schema.overload else name


def _is_option(argument: Argument, option: tuple[str, str]) -> bool:
    type, name = option
    return (
        argument.kwarg_only
        and argument.name == name
        and str(argument.type).removesuffix("?") == type
    )


def _sets_after(alias: Alias | None) -> Iterable[str]:
    """The sets that an argument, or the elements of a list, are in afterwards."""
    while alias is not None:
        yield from alias.after
        alias = alias.element
