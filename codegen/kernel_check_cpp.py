"""Reads C++ sources: which functions they define, where, and with which types.

Note [Reading C++]. The sources are parsed, not compiled: headers are not followed and macros
not expanded. Comments, strings, calls and declarations without a body define nothing; what
`#if 0` leaves out is left out, and of any other condition both branches count. A name is
looked up in the namespaces around it, behind aliases and using directives of its file.
Types are compared without their namespaces, under one of the names that PyTorch has for
each; a name that neither PyTorch nor these sources explain fits any type.

Needs tree-sitter and its grammar of C++: the optional dependencies `kernels`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codegen.source import Source, Span, display_path

if TYPE_CHECKING:
    from tree_sitter import Node

SUFFIXES: Final = frozenset(
    {".c++", ".cc", ".cpp", ".cu", ".cuh", ".cxx", ".h", ".hh", ".hpp", ".hxx", ".mm"}
)
"""Of what a folder holds, the files that are read."""


class NoParserError(ImportError):
    """The parser of C++ is not installed."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function that a source defines, or declares.

    Attributes:
        names: the whole names that it can have, `::` between their parts; the first is
            the one that its namespaces give it.
        types: of its parameters, as written.
        returns: what it returns, as written; None if that could not be read.
        is_defined: whether it has a body.
        is_internal: whether no other source can call it.
        span: the place of its name.
    """

    names: tuple[str, ...]
    types: tuple[str, ...]
    returns: str | None
    is_defined: bool
    is_internal: bool
    span: Span

    @property
    def name(self) -> str:
        """Its name without namespace."""
        return self.names[0].rpartition("::")[2]


@dataclass(frozen=True, slots=True)
class MacroCall:
    """Something between functions that looks like the use of a macro."""

    name: str
    words: frozenset[str]
    span: Span


@dataclass(slots=True)
class CppSources:
    """What several sources hold.

    Attributes:
        functions: in the order of files and lines.
        macro_calls: what stands between them and is not read.
        aliases: what names of types stand for, as written.
    """

    functions: list[Function] = field(default_factory=list)
    macro_calls: list[MacroCall] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)


def source_files(paths: Iterable[Path]) -> list[Path]:
    """The sources that paths stand for: files, and all sources below folders.

    Raises:
        OSError: a path is not there.
    """
    found: dict[str, Path] = {}
    for path in paths:
        if path.is_dir():
            files = sorted(f for f in path.rglob("*") if f.suffix in SUFFIXES)
        else:
            path.stat()
            files = [path]
        found |= {str(file.resolve()): file for file in files if file.is_file()}
    return list(found.values())


def read_sources(files: Iterable[Path]) -> CppSources:
    """What sources hold.

    Raises:
        NoParserError: the parser is not installed.
        OSError: a file cannot be read.
    """
    parser = _parser()
    found = CppSources()
    for file in files:
        content = file.read_bytes()
        source = Source(display_path(file), content.decode("utf-8", "replace"))
        _FileReader(source, content, found).read(parser.parse(content).root_node)
    return found


def _parser() -> Any:
    try:
        import tree_sitter
        import tree_sitter_cpp
    except ImportError as error:
        raise NoParserError(
            "reading C++ needs tree-sitter: pip install 'dispatch-codegen[kernels]'"
        ) from error
    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_cpp.language()))


# An unnamed namespace among names.
_UNNAMED: Final = "(unnamed)"

_FUNCTION_NAMES: Final = frozenset(
    {"identifier", "field_identifier", "qualified_identifier"}
)
_WRAPPERS: Final = frozenset(
    {
        "attributed_declarator",
        "parenthesized_declarator",
        "pointer_declarator",
        "reference_declarator",
    }
)
# What holds declarations, whose content is read as what stands around it.
_TRANSPARENT: Final = frozenset(
    {
        "ERROR",
        "declaration_list",
        "export_declaration",
        "field_declaration_list",
        "linkage_specification",
        "preproc_ifdef",
        "translation_unit",
    }
)
_CLASSES: Final = frozenset({"class_specifier", "struct_specifier"})
_PARAMETERS: Final = frozenset(
    {"optional_parameter_declaration", "parameter_declaration"}
)


class _FileReader:
    def __init__(self, source: Source, content: bytes, found: CppSources) -> None:
        self._source = source
        self._lines = content.split(b"\n")
        self._found = found
        self._usings: list[str] = []
        self._namespaces: dict[str, str] = {}
        self._scope: list[str] = []
        self._in_class = 0

    def read(self, root: Node) -> None:
        self._read_names(root)
        self._read(root)

    # Names that stand for others, anywhere in the file

    def _read_names(self, node: Node) -> None:
        for child in node.children:
            match child.type:
                case "function_definition":
                    continue
                case "using_declaration" if any(
                    c.type == "namespace" for c in child.children
                ):
                    self._usings.append(_text(child.named_children[-1]))
                case "namespace_alias_definition":
                    *_, target = child.named_children
                    name = child.child_by_field_name("name")
                    self._namespaces[_text(name)] = _text(target)
                case "alias_declaration":
                    name = child.child_by_field_name("name")
                    type = child.child_by_field_name("type")
                    self._alias(_text(name), type)
                case "type_definition":
                    name = child.child_by_field_name("declarator")
                    if name is not None and name.type == "type_identifier":
                        type = child.child_by_field_name("type")
                        self._alias(_text(name), type)
                case _:
                    self._read_names(child)

    def _alias(self, name: str, type: Node | None) -> None:
        text = _text(type)
        self._found.aliases.setdefault(name, text)
        # It may be a class, whose methods are then named by it.
        self._namespaces.setdefault(name, text)

    # Functions

    def _read(self, node: Node) -> None:
        for child in _active_children(node):
            match child.type:
                case "namespace_definition":
                    self._namespace(child)
                case "class_specifier" | "struct_specifier":
                    self._class(child)
                case "declaration" | "field_declaration":
                    self._declaration(child)
                case "function_definition":
                    self._function(child, child)
                case "expression_statement":
                    self._statement(child)
                case "preproc_if" | "preproc_elif" | "preproc_else":
                    self._read(child)
                case type if type in _TRANSPARENT:
                    self._read(child)

    def _namespace(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        body = node.child_by_field_name("body")
        parts = [_UNNAMED] if name is None else _text(name).split("::")
        # `inline` may stand between the parts of a name.
        parts = [part.removeprefix("inline") for part in parts]
        if body is not None:
            self._within(parts, body)

    def _within(self, parts: Sequence[str], body: Node) -> None:
        self._scope += parts
        self._read(body)
        del self._scope[len(self._scope) - len(parts) :]

    def _class(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        body = node.child_by_field_name("body")
        if body is not None:
            self._in_class += 1
            self._within([_UNNAMED] if name is None else _text(name).split("::"), body)
            self._in_class -= 1

    def _declaration(self, node: Node) -> None:
        for child in node.children:
            if child.type in _CLASSES:
                self._class(child)
        self._function(node, node)

    def _function(self, node: Node, outer: Node) -> None:
        """A definition, or a declaration that may be that of a function."""
        declarator = node.child_by_field_name("declarator")
        marks = ""
        while declarator is not None and declarator.type in _WRAPPERS:
            marks += "".join(c.type for c in declarator.children if c.type in "&&*")
            inner = declarator.child_by_field_name("declarator")
            named = declarator.named_children
            declarator = inner or (named[-1] if named else None)
        if declarator is None or declarator.type != "function_declarator":
            return
        name = declarator.child_by_field_name("declarator")
        if name is None or name.type not in _FUNCTION_NAMES:
            return
        body = node.child_by_field_name("body")
        self._found.functions.append(
            Function(
                names=tuple(self._names(_text(name))),
                types=tuple(_parameter_types(declarator)),
                returns=_returns(node, declarator, marks),
                is_defined=body is not None,
                is_internal=_UNNAMED in self._scope
                or (
                    not self._in_class
                    and any(_text(c) == "static" for c in outer.children[:3])
                ),
                span=self._span(name),
            )
        )

    def _names(self, written: str) -> Iterator[str]:
        """The whole names that a name can mean."""
        if written.startswith("::"):
            yield written.removeprefix("::")
            return
        scope = [part for part in self._scope if part]
        yield "::".join([*scope, written])
        first, colons, rest = written.partition("::")
        if not colons:
            return
        for kept in reversed(range(len(scope))):
            yield "::".join([*scope[:kept], written])
        meant = self._namespaces.get(first)
        if meant is not None:
            for kept in reversed(range(len(scope) + 1)):
                yield "::".join([*scope[:kept], meant.removeprefix("::"), rest])
        for using in self._usings:
            for kept in reversed(range(len(scope) + 1)):
                yield "::".join([*scope[:kept], using.removeprefix("::"), written])

    def _statement(self, node: Node) -> None:
        """Between functions there are no statements: a macro, most likely."""
        for call in node.named_children:
            function = call.child_by_field_name("function")
            arguments = call.child_by_field_name("arguments")
            if call.type == "call_expression" and function and arguments:
                words = frozenset(re.findall(r"\w+", _text(arguments), re.ASCII))
                name = _text(function)
                call_of = MacroCall(name, words, self._span(function))
                self._found.macro_calls.append(call_of)

    def _span(self, node: Node) -> Span:
        row, column = node.start_point
        before = self._lines[row][:column].decode("utf-8", "replace")
        width = node.end_byte - node.start_byte if node.end_point[0] == row else 1
        return Span(
            self._source.path, row + 1, len(before) + 1, max(width, 1), self._source
        )


def _active_children(node: Node) -> Iterator[Node]:
    """The children that count: not what a condition of `0` or `1` leaves out."""
    condition = node.child_by_field_name("condition")
    alternative = node.child_by_field_name("alternative")
    value = None if condition is None else _text(condition)
    for child in node.children:
        if condition is not None and child == condition:
            continue
        is_alternative = alternative is not None and child == alternative
        if value in ("0", "false") and not is_alternative:
            continue
        if value in ("1", "true") and is_alternative:
            continue
        yield child


def _tokens(node: Node) -> Iterator[str]:
    """The words of a part of a source, without comments."""
    if node.type == "comment":
        return
    if not node.children:
        yield (node.text or b"").decode("utf-8", "replace")
        return
    for child in node.children:
        yield from _tokens(child)


def _text(node: Node | None) -> str:
    """A part of a source, with blanks only where they are needed."""
    return "" if node is None else _joined(_tokens(node))


def _joined(tokens: Iterable[str]) -> str:
    text = ""
    for token in tokens:
        if text and (text[-1].isalnum() or text[-1] == "_") and _is_word(token):
            text += " "
        text += token
    return text


def _is_word(token: str) -> bool:
    return token[:1].isalnum() or token[:1] == "_"


def _parameter_types(declarator: Node) -> Iterator[str]:
    parameters = declarator.child_by_field_name("parameters")
    for parameter in () if parameters is None else parameters.children:
        if parameter.type not in _PARAMETERS:
            if _text(parameter) == "...":
                yield "..."
            continue
        default = parameter.child_by_field_name("default_value")
        name = _name_in(parameter.child_by_field_name("declarator"))
        words: list[str] = []
        for child in parameter.children:
            if child == default or child.type == "=":
                continue
            words += _tokens_without(child, name)
        type = _joined(words)
        if type != "void":
            yield type


def _name_in(declarator: Node | None) -> Node | None:
    """The name that a parameter's declarator declares, if it does."""
    while declarator is not None and declarator.type != "identifier":
        inner = declarator.child_by_field_name("declarator")
        if inner is None:
            inner = next(
                (c for c in declarator.named_children if c.type != "comment"), None
            )
        declarator = inner
    return declarator


def _tokens_without(node: Node, left_out: Node | None) -> Iterator[str]:
    if left_out is not None and node == left_out:
        return
    if node.type == "comment":
        return
    if not node.children:
        yield (node.text or b"").decode("utf-8", "replace")
    for child in node.children:
        yield from _tokens_without(child, left_out)


def _returns(node: Node, declarator: Node, marks: str) -> str | None:
    """What a function returns; None behind a macro, where the parser is lost."""
    if any(child.type == "ERROR" for child in node.children):
        return None
    for child in declarator.children:
        if child.type == "trailing_return_type":
            return _joined(list(_tokens(child))[1:])
    type = node.child_by_field_name("type")
    if type is None:
        return None
    is_const = any(
        child.type == "type_qualifier" and _text(child) == "const"
        for child in node.children
    )
    return f"{'const ' if is_const else ''}{_text(type)}{marks}"


# ---- types

_WORDS: Final = re.compile(r"\w+|::|\.\.\.|&&|.", re.ASCII)

# Words of types, in C++ and in PyTorch, without their namespaces.
_KNOWN: Final = frozenset("""
    Any ArrayRef Device DeviceIndex Dict Dimname DimnameList Generator IListRef
    IOptTensorListRef ITensorListRef IValue IntArrayRef Layout List MemoryFormat
    OptionalArrayRef OptionalIntArrayRef OptionalScalarRef OptionalSymIntArrayRef
    OptionalTensorRef QScheme Scalar ScalarType Storage Stream SymBool SymInt
    SymIntArrayRef Tensor TensorList TensorOptions array bool char complex const double
    float int int16_t int32_t int64_t int8_t intrusive_ptr long optional short
    signed size_t string string_view tuple uint64_t uint8_t unsigned vector void
    """.split())

# Second names of types, without namespaces and blanks.
_SECOND_NAMES: Final = {
    "ArrayRef<Tensor>": "TensorList",
    "ArrayRef<int64_t>": "IntArrayRef",
    "ArrayRef<SymInt>": "SymIntArrayRef",
    "IListRef<Tensor>": "ITensorListRef",
    "OptionalArrayRef<int64_t>": "OptionalIntArrayRef",
    "OptionalArrayRef<SymInt>": "OptionalSymIntArrayRef",
    "basic_string_view<char>": "string_view",
    "long": "int64_t",
    "long int": "int64_t",
    "long long": "int64_t",
}
# How often an alias may stand for another.
_MOST_ALIASES: Final = 8


def plain_type(written: str, aliases: Mapping[str, str]) -> str | None:
    """A type in the one spelling that types are compared in.

    Args:
        written: as a source has it.
        aliases: what names stand for.

    Returns:
        None if it holds a name that nothing explains.
    """
    words = _unqualified(written)
    for _ in range(_MOST_ALIASES):
        known = [w for w in words if w not in _KNOWN and w in aliases]
        if not known:
            break
        words = [
            part
            for word in words
            for part in (_unqualified(aliases[word]) if word in known else [word])
        ]
    if any(_is_word(w) and not w.isdigit() and w not in _KNOWN for w in words):
        return None
    depth, outer = 0, []
    for word in words:
        depth += (word == "<") - (word == ">")
        if word != "const" or depth:
            outer.append(word)
    text = _joined(outer)
    for second, first in _SECOND_NAMES.items():
        text = re.sub(rf"(?<!\w){re.escape(second)}(?!\w)", first, text)
    # Of what is passed by value, it says nothing to a caller.
    is_const = "const" in words and text.endswith(("&", "*")) and _has_outer(words)
    return f"const {text}" if is_const else text


def _has_outer(words: Sequence[str]) -> bool:
    depth = 0
    for word in words:
        depth += (word == "<") - (word == ">")
        if word == "const" and not depth:
            return True
    return False


def _unqualified(written: str) -> list[str]:
    """The words of a type without the namespaces of names."""
    words = [word for word in _WORDS.findall(written) if not word.isspace()]
    return [
        word
        for word, following in zip(words, [*words[1:], ""], strict=True)
        if word != "::"
        and (following != "::" or word == "const")
        and word not in ("struct", "class")
    ]
