"""How the C++ project is written: what is declared, and what follows where nothing is."""

from __future__ import annotations

from types import MappingProxyType

from codegen import cpp_spelling, names
from codegen.model import CppOptions, CppType
from codegen.schema.cpp import CppDecl, CppKernelsDecl, CppTypeDecl, CppValueDecl
from codegen.schema.keys import DispatcherDecl


def resolve_cpp(dispatcher: DispatcherDecl) -> CppOptions:
    """The options with their defaults, which follow from the dispatcher's name."""
    cpp = dispatcher.cpp or CppDecl()
    name = names.snake_case(dispatcher.name)
    kernels = cpp.kernels or CppKernelsDecl()
    types = {str(schema): _type(declared) for schema, declared in cpp.types.items()}
    return CppOptions(
        namespace=str(cpp.namespace or _namespace(name)),
        include=str(cpp.include or f"{name}/dispatch"),
        package=str(cpp.package or f"{name}_dispatch"),
        macro_prefix=macro_prefix(dispatcher),
        types=MappingProxyType(types),
        value=None if cpp.value is None else _value(cpp.value),
        is_static=cpp.operators == "static",
        kernels_header=None if kernels.header is None else str(kernels.header),
        kernels_namespace=(
            None if kernels.namespace is None else str(kernels.namespace)
        ),
        shards=cpp.shards,
        span=dispatcher.name.span if dispatcher.cpp is None else dispatcher.cpp.span,
    )


def macro_prefix(dispatcher: DispatcherDecl) -> str:
    """What the names of the project's macros begin with."""
    given = None if dispatcher.cpp is None else dispatcher.cpp.macro_prefix
    return str(given or names.snake_case(dispatcher.name).upper())


def _namespace(name: str) -> str:
    """The namespace of a dispatcher of this name."""
    return f"{name}_::dispatch" if name in names.CPP_NAMESPACES else f"{name}::dispatch"


def _type(declared: CppTypeDecl) -> CppType:
    name = cpp_spelling.type_name(declared.type)
    return CppType(
        name=name,
        header=None if declared.header is None else str(declared.header),
        by_value=declared.by_value,
        element=(
            name if declared.list is None else cpp_spelling.type_name(declared.list)
        ),
    )


def _value(declared: CppValueDecl) -> CppType:
    header = None if declared.header is None else str(declared.header)
    name = cpp_spelling.type_name(declared.type)
    return CppType(name=name, header=header, by_value=False, element=name)
