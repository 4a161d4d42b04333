"""Reads C++ sources: which functions they define, where, and with which types.

Note [Reading C++]. The sources are parsed, not compiled: headers are not followed and macros
not expanded. Comments, strings, calls and declarations without a body define nothing; what
a condition such as `#if 0` leaves out is left out, and of one that names anything all
branches count. Where braces are split over branches, a file is read once with the first and
once with the last branch of each conditional. A name is looked up in the namespaces around
it, behind aliases and using directives of its file. Types are compared without their
namespaces, under one of the names that PyTorch has for each; a name that neither PyTorch nor
these sources explain, or that they explain in two ways, fits any type.

Needs tree-sitter and its grammar of C++: the optional dependencies `kernels`.
"""

from __future__ import annotations

import codecs
import errno
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
        branches: the conditionals around it, by a key of each, and which branch it is in.
    """

    names: tuple[str, ...]
    types: tuple[str, ...]
    returns: str | None
    is_defined: bool
    is_internal: bool
    span: Span
    branches: tuple[tuple[str, int], ...] = ()

    @property
    def name(self) -> str:
        """Its name without namespace."""
        return self.names[0].rpartition("::")[2]

    def excludes(self, other: Function) -> bool:
        """Whether no build has both: they are in different branches of a conditional."""
        others = dict(other.branches)
        return any(others.get(key, branch) != branch for key, branch in self.branches)


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
        meanings: what names of types stand for, without namespaces; None is a meaning
            that counts in a template or a class only.
    """

    functions: list[Function] = field(default_factory=list)
    macro_calls: list[MacroCall] = field(default_factory=list)
    meanings: dict[str, set[str | None]] = field(default_factory=dict)

    @property
    def aliases(self) -> dict[str, str]:
        """The names of types that have one meaning."""
        found: dict[str, str] = {}
        for name, meanings in self.meanings.items():
            first, *more = meanings
            if first is not None and not more:
                found[name] = first
        return found


def source_files(paths: Iterable[Path]) -> list[Path]:
    """The sources that paths stand for: files, and all sources below folders.

    Raises:
        OSError: a path is not there, or a folder without sources.
    """
    found: dict[str, Path] = {}
    for path in paths:
        if path.is_dir():
            files = sorted(f for f in path.rglob("*") if f.suffix in SUFFIXES)
            if not files:
                raise FileNotFoundError(
                    errno.ENOENT, "the folder holds no C++ sources", str(path)
                )
        else:
            path.stat()
            files = [path]
        found |= {str(file.resolve()): file for file in files if file.is_file()}
    return list(found.values())


def read_sources(files: Iterable[Path]) -> CppSources:
    """What sources hold.

    Raises:
        NoParserError: the parser is not installed.
        OSError: a file cannot be read, or is no text.
    """
    parser = _parser()
    found = CppSources()
    for file in files:
        content = _read_utf8(file)
        source = Source(display_path(file), content.decode("utf-8", "replace"))
        reader = _FileReader(source, content, found)
        root = parser.parse(content).root_node
        roots = [root]
        conditionals = _conditionals(content, parser)
        if root.has_error and conditionals:
            chosen = (
                _with_branches(content, conditionals, last) for last in (False, True)
            )
            roots = [*(parser.parse(text).root_node for text in chosen), root]
        reader.read(roots, conditionals)
    return found


def _read_utf8(file: Path) -> bytes:
    content = file.read_bytes()
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        content = content.decode("utf-16", "replace").encode("utf-8")
    # Text of one byte a letter may stand in comments; only this is no text at all.
    if b"\0" in content:
        raise OSError(errno.EILSEQ, "it is not UTF-8", str(file))
    return content.removeprefix(codecs.BOM_UTF8)


def _parser() -> Any:
    try:
        import tree_sitter
        import tree_sitter_cpp
    except ImportError as error:
        raise NoParserError(
            "reading C++ needs tree-sitter: pip install 'dispatch-codegen[kernels]'"
        ) from error
    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_cpp.language()))


# ---- conditionals, by lines: they need not fit the syntax of what they hold


@dataclass(slots=True)
class _Branch:
    """Rows of a branch: first that of its directive, last that of the next."""

    value: bool | None
    start: int
    end: int = 0


@dataclass(slots=True)
class _Conditional:
    branches: list[_Branch]
    has_else: bool = False

    def branch_at(self, row: int) -> int | None:
        """The number of the branch that a row is in."""
        for number, branch in enumerate(self.branches):
            if branch.start < row < branch.end:
                return number
        return None

    def chosen(self, last: bool) -> _Branch | None:
        """The first or the last branch that can be taken; None if that has no text."""
        possible = []
        for branch in self.branches:
            if branch.value is not False:
                possible.append(branch)
            if branch.value:
                break
        is_sure = self.has_else or any(branch.value for branch in possible)
        if not possible or (last and not is_sure):
            return None
        return possible[-1 if last else 0]


_LITERAL: Final = re.compile(
    r'R"([^()\\\s]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"'
    r"|'(?:\\.|[^'\\\n])'|//[^\n]*|/\*.*?\*/",
    re.DOTALL,
)
_DIRECTIVE: Final = re.compile(
    r"[ \t]*#[ \t]*(if|ifdef|ifndef|elif|elifdef|elifndef|else|endif)\b(.*)"
)


def _conditionals(content: bytes, parser: Any) -> list[_Conditional]:
    """The conditionals of a source, outer ones first."""
    # One letter a byte, so that places stay; comments and strings hold no directives.
    text = _LITERAL.sub(
        lambda found: re.sub(r"[^\n]", " ", found[0]), content.decode("latin-1")
    )
    found: list[_Conditional] = []
    open: list[_Conditional] = []
    for row, line in enumerate(text.split("\n")):
        match = _DIRECTIVE.match(line)
        if match is None:
            continue
        word, rest = match.groups()
        value = _condition(rest, parser) if word in ("if", "elif") else None
        if word.startswith("if"):
            open.append(_Conditional([_Branch(value, row)]))
            found.append(open[-1])
        elif open:
            open[-1].branches[-1].end = row
            if word == "endif":
                open.pop()
            else:
                is_else = word == "else"
                open[-1].has_else |= is_else
                open[-1].branches.append(_Branch(True if is_else else value, row))
    return [one for one in found if one.branches[-1].end]


def _condition(text: str, parser: Any) -> bool | None:
    root = parser.parse(f"#if {text.strip()}\n#endif\n".encode()).root_node
    first = root.children[0] if root.children else None
    return None if first is None else _value(first.child_by_field_name("condition"))


def _value(node: Node | None) -> bool | None:
    """What a condition is; None if it holds names that decide."""
    if node is None:
        return None
    match node.type:
        case "parenthesized_expression":
            inner = [c for c in node.named_children if c.type != "comment"]
            return _value(inner[0]) if len(inner) == 1 else None
        case "unary_expression" if _text(node.child_by_field_name("operator")) == "!":
            value = _value(node.child_by_field_name("argument"))
            return None if value is None else not value
        case "binary_expression":
            operator = _text(node.child_by_field_name("operator"))
            sides = {_value(node.child_by_field_name(s)) for s in ("left", "right")}
            if operator not in ("&&", "||"):
                return None
            decides = operator == "||"
            if decides in sides:
                return decides
            return None if None in sides else not decides
        case "number_literal":
            try:
                return int(_text(node).rstrip("uUlL").replace("'", ""), 0) != 0
            except ValueError:
                return None
    return {"true": True, "false": False}.get(_text(node))


def _with_branches(
    content: bytes, conditionals: Sequence[_Conditional], last: bool
) -> bytes:
    """A source with one branch of each conditional, and blanks for the others."""
    lines = content.split(b"\n")
    for conditional in conditionals:
        kept = conditional.chosen(last)
        for branch in conditional.branches:
            end = branch.end if branch is not kept else branch.start + 1
            while end < branch.end and lines[end - 1].rstrip().endswith(b"\\"):
                end += 1
            for row in range(branch.start, end):
                lines[row] = b""
        lines[conditional.branches[-1].end] = b""
    return b"\n".join(lines)


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
# What holds names that count in it only.
_INNER: Final = _CLASSES | {"template_declaration", "union_specifier"}
_PARAMETERS: Final = frozenset(
    {"optional_parameter_declaration", "parameter_declaration"}
)


class _FileReader:
    def __init__(self, source: Source, content: bytes, found: CppSources) -> None:
        self._source = source
        self._lines = content.split(b"\n")
        self._found = found
        self._functions: list[Function] = []
        self._macro_calls: list[MacroCall] = []
        self._usings: dict[str, None] = {}
        self._namespaces: dict[str, dict[str, None]] = {}
        self._scope: list[str] = []
        self._in_class = 0

    def read(self, roots: Sequence[Node], conditionals: Sequence[_Conditional]) -> None:
        """Read a file that was parsed in several ways, the best first.

        The last one, of the whole file, tells only what the others do not have.
        """
        for root in roots:
            self._read_names(root)
        functions: dict[tuple[int, int], Function] = {}
        calls: dict[tuple[int, int], MacroCall] = {}
        for root in roots:
            self._functions, self._macro_calls = [], []
            self._read(root)
            is_last = root is roots[-1]
            for function in self._functions:
                place = (function.span.line, function.span.column)
                known = functions.get(place)
                if known is None:
                    functions[place] = self._with_place(function, conditionals)
                elif not is_last:
                    names = dict.fromkeys((*known.names, *function.names))
                    functions[place] = replace(known, names=tuple(names))
            for call in self._macro_calls:
                calls.setdefault((call.span.line, call.span.column), call)
        self._found.functions += [functions[place] for place in sorted(functions)]
        self._found.macro_calls += [calls[place] for place in sorted(calls)]

    def _with_place(
        self, function: Function, conditionals: Sequence[_Conditional]
    ) -> Function:
        found = []
        for conditional in conditionals:
            branch = conditional.branch_at(function.span.line - 1)
            if branch is not None:
                start = conditional.branches[0].start
                found.append((f"{self._source.path}:{start}", branch))
        return replace(function, branches=tuple(found))

    # Names that stand for others, anywhere in the file

    def _read_names(self, node: Node, is_inner: bool = False) -> None:
        """Read aliases; inner ones count in a template or a class only."""
        for child in _active_children(node):
            match child.type:
                case "function_definition":
                    continue
                case "using_declaration" if any(
                    c.type == "namespace" for c in child.children
                ):
                    self._usings[_text(child.named_children[-1])] = None
                case "namespace_alias_definition":
                    *_, target = child.named_children
                    name = child.child_by_field_name("name")
                    targets = self._namespaces.setdefault(_text(name), {})
                    targets[_text(target)] = None
                case "alias_declaration":
                    name = child.child_by_field_name("name")
                    type = child.child_by_field_name("type")
                    self._alias(_text(name), type, is_inner)
                case "type_definition":
                    name = child.child_by_field_name("declarator")
                    if name is not None and name.type == "type_identifier":
                        type = child.child_by_field_name("type")
                        self._alias(_text(name), type, is_inner)
                case type if type in _INNER:
                    self._read_names(child, is_inner=True)
                case _:
                    self._read_names(child, is_inner)

    def _alias(self, name: str, type: Node | None, is_inner: bool) -> None:
        text = _text(type)
        meanings = self._found.meanings.setdefault(name, set())
        meanings.add(None if is_inner else _joined(_unqualified(text)))
        # It may be a class, whose methods are then named by it.
        if not is_inner:
            self._namespaces.setdefault(name, {})[text] = None

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
        parts = [re.sub(r"^inline\s+", "", part) for part in parts]
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
        whole = _text(name)
        own = _without_type(whole)
        self._functions.append(
            Function(
                names=tuple(self._names(own)),
                types=tuple(_parameter_types(declarator)),
                returns=_returns(node, declarator, marks) if own == whole else None,
                is_defined=body is not None,
                is_internal=_UNNAMED in self._scope
                or (
                    not self._in_class
                    and any(_text(c) == "static" for c in outer.children[:3])
                ),
                span=self._span(name, None if own == whole else own),
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
        for meant in self._namespaces.get(first, ()):
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
                self._macro_calls.append(call_of)

    def _span(self, node: Node, ending: str | None = None) -> Span:
        """The place of a part of the source, or of the words that it ends with."""
        row, column = node.start_point
        end_row, end = node.end_point
        width = node.end_byte - node.start_byte if end_row == row else 1
        if ending is not None and (node.text or b"").endswith(ending.encode()):
            width = len(ending.encode())
            row, column = end_row, end - width
        before = self._lines[row][:column].decode("utf-8", "replace")
        return Span(
            self._source.path, row + 1, len(before) + 1, max(width, 1), self._source
        )


_CONDITIONALS: Final = frozenset({"preproc_elif", "preproc_if"})


def _without_type(name: str) -> str:
    """A name without the type that the parser takes for a part of it behind a macro."""
    if re.search(r"\boperator\b", name, re.ASCII):
        return name
    return re.sub(r"^.*[\s>](?=\w[\w:]*$)", "", name)


def _active_children(node: Node) -> Iterator[Node]:
    """The children that count: not what a condition without names leaves out."""
    condition = node.child_by_field_name("condition")
    alternative = node.child_by_field_name("alternative")
    value = _value(condition) if node.type in _CONDITIONALS else None
    for child in node.children:
        if condition is not None and child == condition:
            continue
        is_alternative = alternative is not None and child == alternative
        if value is not None and value == is_alternative:
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
}
# Names of integers. Which of them `int64_t` is depends on the platform: `long` on Linux,
# `long long` elsewhere. As the sources are not compiled for one, both fit.
_INTEGERS: Final = {
    "long": "int64_t",
    "long double": "long double",
    "long int": "int64_t",
    "long long": "int64_t",
    "long long int": "int64_t",
    "signed long": "int64_t",
    "signed long int": "int64_t",
    "signed long long": "int64_t",
    "signed long long int": "int64_t",
    "unsigned long": "uint64_t",
    "unsigned long int": "uint64_t",
    "unsigned long long": "uint64_t",
    "unsigned long long int": "uint64_t",
}


def _renamed(text: str, names: Mapping[str, str]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    choice = "|".join(re.escape(name) for name in longest_first)
    return re.sub(rf"(?<!\w)(?:{choice})(?!\w)", lambda found: names[found[0]], text)


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
    text = _renamed(_renamed(_joined(outer), _INTEGERS), _SECOND_NAMES)
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
        and (following != "::" or word == "const" or not _is_word(word))
        and word not in ("struct", "class")
    ]
