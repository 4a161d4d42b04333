"""Function schemas of operators: PyTorch's grammar, read and printed as PyTorch does.

    schema   name "(" [argument ("," argument)*] ")" "->" returns
    name     [NAME "::"] NAME ["." NAME]
    argument "*" | "..." | type NAME ["=" default]
    returns  "..." | type [NAME] | "(" [return ("," return)*] ")"
    type     base [alias] ("[" [SIZE] "]" [alias] | "?")*
    base     NAME | variable | class | "(" types ")" | "Dict" "(" type "," type ")"
             | ("Future" | "RRef" | "Await") "(" type ")"
    alias    "(" set ["!"] ["->" set] ")",  set: "*" | NAME ("|" NAME)* ["|" "*"]
    default  constant | "[" [constant ("," constant)*] "]"

Sizes stand in the outermost list of an argument only. A `#` starts a comment.

Note [Differences]. What PyTorch reads by accident is refused here: hexadecimal numbers
(it keeps the 0), `int[1.5]`, sizes beyond 32 bits, `complex x=15` (it drops the last digit), a string for an
argument that is no string, `Tensor!` without a set, triple quotes, lines joined by a
backslash, any word in lower case as a type variable (here it is like `t`, `t1` or
`tVal`), and `Union`, which no operator uses. Read are also `Dimname`, classes that no
library registered, a line break anywhere, `\\r` in a string and `1.+2.j`. What PyTorch
prints but cannot read as it was is printed so that it can be read: a device in quotes,
text beyond ASCII in octal, the sets of elements within nested lists, equal integers for
a list of another size. Members of a set stay in the order in which they were written.
Two arguments may have one name: PyTorch has such an operator.
"""

from __future__ import annotations

from typing import Final, NoReturn, TypeAlias

# Deeper types are refused: printing and comparing them is recursive.
MAX_DEPTH: Final = 32
MAX_SIZE: Final = (1 << 31) - 1
# Longer lists are not made from one constant: the text of a size is short, its list not.
MAX_EXPANDED: Final = 65_536

_NAME_START: Final = frozenset("_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_DIGITS: Final = frozenset("0123456789")
_NAME_CHARS: Final = _NAME_START | _DIGITS
_SPACE: Final = frozenset(" \t\n\v\f\r")
_PUNCTUATION: Final = frozenset("()[]?!*|,.:=-+")
_KEYWORDS: Final = frozenset(
    "and as assert break class continue def del elif else for global if import in is not"
    " or pass raise return while with Ellipsis False None NoneType True".split()
)

# Kinds of tokens; of punctuation, the text itself.
_NAME: Final = "name"
_KEYWORD: Final = "keyword"
_NUMBER: Final = "number"
_STRING: Final = "string"
_END: Final = "end"
# What no token starts with: the value says why. It is an error where it is not expected,
# which is everywhere, so that the first error of a text is the one that is raised.
_BAD: Final = "bad"

# Types that another one stands for, at any depth.
_SPELT_OTHERWISE: Final = {
    "ConstQuantizerPtr": "int",
    "DeviceIndex": "int",
    "None": "NoneType",
}
# Enumerations and symbolic integers are kept by name in arguments and in their lists;
# within tuples, dictionaries and futures they are integers.
_INTEGERS: Final = frozenset({"int", "Layout", "MemoryFormat", "ScalarType", "SymInt"})
_NONE_ONLY: Final = frozenset({"Generator", "Quantizer", "Tensor"})
_CONSTANTS: Final = _INTEGERS | {"bool", "complex", "float", "Scalar", "str"}
_LISTED_CONSTANTS: Final = _INTEGERS | {"bool", "complex", "float"}
_DICT_KEYS: Final = frozenset(
    {"Any", "Device", "Tensor", "bool", "complex", "float", "int", "str"}
)
_GENERICS: Final = frozenset({"Await", "Future", "RRef"})
_CLASS_PREFIX: Final = ("__torch__", "torch", "classes")

# What PyTorch's parser takes a name for as a default, whatever the type.
_NAMED_VALUES: Final = {
    "Mean": 1,
    "contiguous_format": 0,
    "float": 6,
    "long": 4,
    "strided": 0,
}
# And for a scalar type: values of c10::ScalarType.
_SCALAR_TYPES: Final = {
    "uint8": 0,
    "int8": 1,
    "int16": 2,
    "short": 2,
    "int": 3,
    "int32": 3,
    "int64": 4,
    "float16": 5,
    "half": 5,
    "float32": 6,
    "double": 7,
    "float64": 7,
    "chalf": 8,
    "complex32": 8,
    "cfloat": 9,
    "complex64": 9,
    "cdouble": 10,
    "complex128": 10,
    "bool": 11,
    "qint8": 12,
    "quint8": 13,
    "qint32": 14,
    "bfloat16": 15,
    "quint4x2": 16,
    "quint2x4": 17,
    "bits1x8": 18,
    "bits2x4": 19,
    "bits4x2": 20,
    "bits8": 21,
    "bits16": 22,
    "float8_e5m2": 23,
    "float8_e4m3fn": 24,
    "float8_e5m2fnuz": 25,
    "float8_e4m3fnuz": 26,
    "uint16": 27,
    "uint32": 28,
    "uint64": 29,
    "bit": 30,
    "uint1": 30,
    "uint2": 31,
    "uint3": 32,
    "uint4": 33,
    "uint5": 34,
    "uint6": 35,
    "uint7": 36,
    "int1": 37,
    "int2": 38,
    "int3": 39,
    "int4": 40,
    "int5": 41,
    "int6": 42,
    "int7": 43,
    "float8_e8m0fnu": 44,
    "float4_e2m1fn_x2": 45,
}

_ESCAPES: Final = {
    "\\": "\\",
    "'": "'",
    '"': '"',
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
}
_ESCAPED: Final = {ord(char): f"\\{letter}" for letter, char in _ESCAPES.items()}

_INT64: Final = 1 << 63
_SMALLEST_FLOAT: Final = 2.2250738585072014e-308
_INFINITY: Final = float("inf")

_set = object.__setattr__


class SchemaError(ValueError):
    """A text is no schema.

    Attributes:
        message: what is wrong.
        text: the whole text.
        position: offset in it of what is wrong; its length if something is missing.
    """

    def __init__(self, message: str, text: str, position: int) -> None:
        super().__init__(message, text, position)
        self.message = message
        self.text = text
        self.position = position

    def __str__(self) -> str:
        """The message, the line of the text, and a caret below the place."""
        start = self.text.rfind("\n", 0, self.position) + 1
        line = self.text[start:].partition("\n")[0]
        # Every character one column wide, so that the caret is where it should be.
        line = "".join(char if char.isprintable() else " " for char in line)
        return f"{self.message}\n  {line}\n  {' ' * (self.position - start)}^"


class _Value:
    """An immutable value: equal to those of its class with equal attributes.

    `__match_args__` are the attributes, in the order of the constructor's parameters.
    """

    __slots__ = ()
    __match_args__: tuple[str, ...] = ()

    def _values(self) -> tuple[object, ...]:
        return tuple([getattr(self, name) for name in self.__match_args__])

    def _compared(self) -> tuple[object, ...]:
        return self._values()

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        assert isinstance(other, _Value)
        return self is other or self._compared() == other._compared()

    def __hash__(self) -> int:
        return hash((type(self).__name__, self._compared()))

    def __repr__(self) -> str:
        values = zip(self.__match_args__, self._values(), strict=True)
        fields = ", ".join(f"{name}={value!r}" for name, value in values)
        return f"{type(self).__name__}({fields})"

    def __reduce__(self) -> tuple[type[_Value], tuple[object, ...]]:
        return type(self), self._values()

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is immutable")


class SchemaType(_Value):
    """The type of an argument or return; its `str` is how a schema writes it."""

    __slots__ = ()


class SimpleType(SchemaType):
    """A type that is only a name, like `Tensor` or `SymInt`."""

    __slots__ = ("name",)
    __match_args__ = ("name",)
    name: str

    def __init__(self, name: str) -> None:
        _set(self, "name", name)

    def __str__(self) -> str:
        return self.name


class TypeVariable(SchemaType):
    """A variable like `t`: one type wherever it stands in a schema."""

    __slots__ = ("name",)
    __match_args__ = ("name",)
    name: str

    def __init__(self, name: str) -> None:
        _set(self, "name", name)

    def __str__(self) -> str:
        return self.name


class ClassType(SchemaType):
    """A class that a library registers; the name starts `__torch__.torch.classes`."""

    __slots__ = ("name",)
    __match_args__ = ("name",)
    name: str

    def __init__(self, name: str) -> None:
        _set(self, "name", name)

    def __str__(self) -> str:
        return self.name


class OptionalType(SchemaType):
    """`T?`, the element or None. The element is never optional itself."""

    __slots__ = ("element",)
    __match_args__ = ("element",)
    element: SchemaType

    def __init__(self, element: SchemaType) -> None:
        _set(self, "element", element)

    def __str__(self) -> str:
        return f"{self.element}?"


class ListType(SchemaType):
    """`T[]`, or `T[size]`: one element may be given instead of so many equal ones."""

    __slots__ = ("element", "size")
    __match_args__ = ("element", "size")
    element: SchemaType
    size: int | None

    def __init__(self, element: SchemaType, size: int | None = None) -> None:
        _set(self, "element", element)
        _set(self, "size", size)

    def __str__(self) -> str:
        return f"{self.element}[{'' if self.size is None else self.size}]"


class TupleType(SchemaType):
    """`(T, U)`."""

    __slots__ = ("elements",)
    __match_args__ = ("elements",)
    elements: tuple[SchemaType, ...]

    def __init__(self, elements: tuple[SchemaType, ...]) -> None:
        _set(self, "elements", elements)

    def __str__(self) -> str:
        return f"({', '.join(map(str, self.elements))})"


class DictType(SchemaType):
    """`Dict(K, V)`."""

    __slots__ = ("key", "value")
    __match_args__ = ("key", "value")
    key: SchemaType
    value: SchemaType

    def __init__(self, key: SchemaType, value: SchemaType) -> None:
        _set(self, "key", key)
        _set(self, "value", value)

    def __str__(self) -> str:
        return f"Dict({self.key}, {self.value})"


class GenericType(SchemaType):
    """`Future(T)`, `RRef(T)` or `Await(T)`."""

    __slots__ = ("element", "name")
    __match_args__ = ("name", "element")
    name: str
    element: SchemaType

    def __init__(self, name: str, element: SchemaType) -> None:
        _set(self, "name", name)
        _set(self, "element", element)

    def __str__(self) -> str:
        return f"{self.name}({self.element})"


class Alias(_Value):
    """What an annotation like `(a! -> a|b)` says of memory.

    Attributes:
        before: sets that the value is in before the call; `*` stands for any set. Empty
            where a list has no annotation of its own but its elements have.
        after: sets that it is in after the call.
        is_write: whether the operator writes to it. Of a list without an annotation of
            its own, whether it writes to the elements.
        element: the annotation of a list's elements.
    """

    __slots__ = ("after", "before", "element", "is_write")
    __match_args__ = ("before", "after", "is_write", "element")
    before: tuple[str, ...]
    after: tuple[str, ...]
    is_write: bool
    element: Alias | None

    def __init__(
        self,
        before: tuple[str, ...],
        after: tuple[str, ...],
        is_write: bool = False,
        element: Alias | None = None,
    ) -> None:
        _set(self, "before", before)
        _set(self, "after", after)
        _set(self, "is_write", is_write)
        _set(self, "element", element)

    def __str__(self) -> str:
        """The annotation with its brackets; nothing if there is none of its own."""
        if not self.before:
            return ""
        text = f"({'|'.join(self.before)}{'!' if self.is_write else ''}"
        if self.after is not self.before and set(self.after) != set(self.before):
            text += f" -> {'|'.join(self.after)}"
        return text + ")"


# A default: a constant, or a tuple of constants for a list.
Constant: TypeAlias = bool | int | float | complex | str | None
Default: TypeAlias = Constant | tuple[Constant, ...]


class Argument(_Value):
    """An argument, or a return.

    Attributes:
        name: empty for a return without a name.
        type: its type.
        default: the value if the caller gives none, as a Python kernel sees it: names
            are the integers that they stand for, a list is a tuple.
        has_default: whether there is one; `default` may be None either way.
        kwarg_only: whether it follows the `*`.
        alias: its annotation.
    """

    __slots__ = ("alias", "default", "has_default", "kwarg_only", "name", "type")
    __match_args__ = ("name", "type", "default", "has_default", "kwarg_only", "alias")
    name: str
    type: SchemaType
    default: Default
    has_default: bool
    kwarg_only: bool
    alias: Alias | None

    def __init__(
        self,
        name: str,
        type: SchemaType,
        default: Default = None,
        has_default: bool = False,
        kwarg_only: bool = False,
        alias: Alias | None = None,
    ) -> None:
        _set(self, "name", name)
        _set(self, "type", type)
        _set(self, "default", default)
        _set(self, "has_default", has_default)
        _set(self, "kwarg_only", kwarg_only)
        _set(self, "alias", alias)

    def _compared(self) -> tuple[object, ...]:
        # By its text, a default of 1 is not one of 1.0 or True.
        return (*self._values(), repr(self.default))

    def __repr__(self) -> str:
        return (
            f"Argument({str(self)!r}{', kwarg_only=True' if self.kwarg_only else ''})"
        )

    def __str__(self) -> str:
        text = _annotated(self.type, self.alias)
        if self.name:
            text += f" {self.name}"
        if self.has_default:
            text += f"={_print_default(self.type, self.default)}"
        return text

    @property
    def is_write(self) -> bool:
        """Whether the operator writes to it."""
        return self.alias is not None and self.alias.is_write

    @property
    def is_tensor(self) -> bool:
        """Whether it is a `Tensor`; an optional one is not."""
        return _is_tensor(self.type)

    @property
    def is_optional_tensor(self) -> bool:
        """Whether it is a `Tensor?`."""
        return isinstance(self.type, OptionalType) and _is_tensor(self.type.element)

    @property
    def is_tensor_list(self) -> bool:
        """Whether it is a list of tensors; the list and the tensors may be optional."""
        listed = _without_optional(self.type)
        if not isinstance(listed, ListType):
            return False
        return _is_tensor(_without_optional(listed.element))


class FunctionSchema(_Value):
    """What an operator takes and returns. `str` is the text that PyTorch prints.

    Attributes:
        name: with its namespace, if there is one, like `ns::op`.
        overload: empty if there is none.
        arguments: the arguments; those after the `*` are `kwarg_only`.
        returns: the returns.
        is_vararg: whether it takes any further arguments (`...`).
        is_varret: whether it returns anything further.
    """

    __slots__ = ("arguments", "is_vararg", "is_varret", "name", "overload", "returns")
    __match_args__ = (
        "name",
        "overload",
        "arguments",
        "returns",
        "is_vararg",
        "is_varret",
    )
    name: str
    overload: str
    arguments: tuple[Argument, ...]
    returns: tuple[Argument, ...]
    is_vararg: bool
    is_varret: bool

    def __init__(
        self,
        name: str,
        overload: str,
        arguments: tuple[Argument, ...],
        returns: tuple[Argument, ...],
        is_vararg: bool = False,
        is_varret: bool = False,
    ) -> None:
        _set(self, "name", name)
        _set(self, "overload", overload)
        _set(self, "arguments", arguments)
        _set(self, "returns", returns)
        _set(self, "is_vararg", is_vararg)
        _set(self, "is_varret", is_varret)

    def __repr__(self) -> str:
        return f"parse_schema({str(self)!r})"

    def __str__(self) -> str:
        arguments = []
        kwarg_only = False
        for argument in self.arguments:
            if argument.kwarg_only and not kwarg_only:
                kwarg_only = True
                arguments.append("*")
            arguments.append(str(argument))
        if self.is_vararg:
            arguments.append("...")
        returns = [str(value) for value in self.returns]
        if self.is_varret:
            returns.append("...")
        text = ", ".join(returns)
        if len(returns) != 1 or text.startswith("("):
            text = f"({text})"
        return f"{self.operator_name}({', '.join(arguments)}) -> {text}"

    @property
    def operator_name(self) -> str:
        """Name and overload, like `ns::op.overload`."""
        return f"{self.name}.{self.overload}" if self.overload else self.name

    @property
    def is_mutable(self) -> bool:
        """Whether it writes to an argument."""
        return any(argument.is_write for argument in self.arguments)


def parse_schema(text: str) -> FunctionSchema:
    """Read a schema.

    Raises:
        SchemaError: it is not one, with the place.
    """
    return _Parser(text).schema()


def parse_name(text: str) -> tuple[str | None, str, str]:
    """Read an operator's name: its namespace if there is one, name, overload or "".

    Raises:
        SchemaError: it is not one, with the place.
    """
    parser = _Parser(text)
    name = parser.name()
    parser.expect_end()
    return name


# ---- printing


def _is_tensor(type: SchemaType) -> bool:
    return isinstance(type, SimpleType) and type.name == "Tensor"


def _without_optional(type: SchemaType) -> SchemaType:
    return type.element if isinstance(type, OptionalType) else type


def _annotated(type: SchemaType, alias: Alias | None) -> str:
    """The type with the annotations in it: of a list, its elements' and its own."""
    if alias is None:
        return str(type)
    if isinstance(type, OptionalType):
        return f"{_annotated(type.element, alias)}?"
    if isinstance(type, ListType):
        element = _annotated(type.element, alias.element)
        return f"{element}[{'' if type.size is None else type.size}]{alias}"
    return f"{type}{alias}"


def _print_default(type: SchemaType, default: Default) -> str:
    if not isinstance(default, tuple):
        return _print_constant(default)
    if (
        isinstance(type, ListType)
        and type.element == SimpleType("int")
        # Where one integer would not be read as the same list, it is printed whole.
        and type.size == len(default) > 1
        and len(set(default)) == 1
    ):
        return str(default[0])
    return f"[{', '.join(map(_print_constant, default))}]"


def _print_constant(value: Constant) -> str:
    if isinstance(value, str):
        return _quote(value)
    if isinstance(value, float):
        return _print_float(value)
    if isinstance(value, complex):
        sign = "+" if value.imag >= 0 else "-"
        return f"{_print_float(value.real)}{sign}{_print_float(abs(value.imag))}j"
    return str(value)


def _print_float(value: float) -> str:
    if value.is_integer() and -_INT64 <= value < _INT64:
        return f"{int(value)}."
    return f"{value:.17g}"


def _quote(value: str) -> str:
    text = value.translate(_ESCAPED)
    if not (text.isascii() and text.isprintable()):
        parts = []
        for char in text:
            if " " <= char <= "~":
                parts.append(char)
            else:
                parts += [
                    f"\\{byte:03o}" for byte in char.encode("utf-8", "surrogatepass")
                ]
        text = "".join(parts)
    return f'"{text}"'


# ---- reading


class _Parser:
    """Reads one text by recursive descent. Each method leaves its last token behind it.

    Args:
        text: what to read.

    Raises:
        SchemaError: from every method.
    """

    __slots__ = ("at", "kinds", "starts", "text", "values")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.kinds: list[str] = []
        self.values: list[str] = []
        self.starts: list[int] = []
        self._tokenize()

    def _tokenize(self) -> None:
        kinds, values, starts = self.kinds, self.values, self.starts
        # A newline at the end stops every loop over characters.
        text = self.text + "\n"
        end = len(self.text)
        i = 0
        while i < end:
            char = text[i]
            if char in _SPACE:
                i += 1
                continue
            start = i
            if char in _NAME_START:
                i += 1
                while text[i] in _NAME_CHARS:
                    i += 1
                value = text[start:i]
                kind = _KEYWORD if value in _KEYWORDS else _NAME
            elif char in _DIGITS or (char == "." and text[i + 1] in _DIGITS):
                i = _end_of_number(text, i)
                kind, value = _NUMBER, text[start:i]
            elif char in _PUNCTUATION:
                if char == "-" and text[i + 1] == ">":
                    value = "->"
                elif char == "." and text.startswith("...", i):
                    value = "..."
                else:
                    value = char
                i += len(value)
                kind = value
            elif char in "\"'":
                i = _end_of_string(text, i)
                kind, value = _STRING, text[start:i]
                if i > end:
                    kind, value = _BAD, "the string has no end"
            elif char == "#":
                i = text.index("\n", i)
                continue
            else:
                i += 1
                kind, value = _BAD, f"unexpected character {char!r}"
            kinds.append(kind)
            values.append(value)
            starts.append(start)
        kinds.append(_END)
        values.append("")
        starts.append(end)

    # -- tokens

    def fail(self, message: str, at: int | None = None) -> NoReturn:
        """Raise, with the place of a token: the current one unless another is given."""
        position = self.starts[self.at if at is None else at]
        raise SchemaError(message, self.text, position)

    def fail_expecting(self, what: str) -> NoReturn:
        """Raise for the current token."""
        kind, value = self.kinds[self.at], self.values[self.at]
        if kind == _BAD:
            self.fail(value)
        if kind == _END:
            found = "the end"
        elif kind == _STRING:
            found = f"the string {value}"
        elif kind in (_KEYWORD, _NUMBER):
            found = f"the {kind} {value}"
        else:
            found = f'"{value}"'
        self.fail(f"expected {what}, found {found}")

    def accept(self, kind: str) -> bool:
        """Whether the current token is of the kind; if so, pass it."""
        if self.kinds[self.at] == kind:
            self.at += 1
            return True
        return False

    def expect(self, kind: str) -> None:
        """Pass a token of the kind."""
        if self.kinds[self.at] != kind:
            self.fail_expecting(f'"{kind}"')
        self.at += 1

    def expect_name(self, what: str) -> str:
        """Pass a name and return it."""
        at = self.at
        if self.kinds[at] != _NAME:
            self.fail_expecting(what)
        self.at = at + 1
        return self.values[at]

    def expect_end(self) -> None:
        """Raise if something follows."""
        if self.kinds[self.at] != _END:
            self.fail_expecting("the end")

    # -- names and lists

    def name(self) -> tuple[str | None, str, str]:
        """Namespace, name and overload."""
        namespace = None
        name = self.expect_name("an operator's name")
        if self.accept(":"):
            self.expect(":")
            namespace, name = name, self.expect_name("an operator's name")
        overload = ""
        if self.accept("."):
            overload = self.expect_name("an overload's name")
            if overload == "default" or overload.startswith("__"):
                self.fail(f'an overload cannot be called "{overload}"', self.at - 1)
        return namespace, name, overload

    def schema(self) -> FunctionSchema:
        """The whole text."""
        namespace, name, overload = self.name()
        self.expect("(")
        arguments, is_vararg = self.arguments()
        self.expect("->")
        returns, is_varret = self.returns()
        self.expect_end()
        if namespace is not None:
            name = f"{namespace}::{name}"
        return FunctionSchema(name, overload, arguments, returns, is_vararg, is_varret)

    def arguments(self) -> tuple[tuple[Argument, ...], bool]:
        """The arguments up to the closing bracket, and whether more may follow."""
        arguments: list[Argument] = []
        kwarg_only = seen_default = False
        if self.accept(")"):
            return (), False
        while True:
            if self.accept("*"):
                kwarg_only = True
            elif self.accept("..."):
                if self.kinds[self.at] == ",":
                    self.fail('"..." must be the last argument', self.at - 1)
                self.expect(")")
                return tuple(arguments), True
            else:
                type, alias = self.outer_type("an argument's type")
                named_at = self.at
                name = self.expect_name("an argument's name")
                default: Default = None
                has_default = self.accept("=")
                if has_default:
                    default = self.default(type)
                    seen_default = True
                elif seen_default and not kwarg_only and not isinstance(type, ListType):
                    # PyTorch has operators in which a list has no default any more.
                    self.fail(
                        f'argument "{name}" has no default, but one before it has',
                        named_at,
                    )
                arguments.append(
                    Argument(name, type, default, has_default, kwarg_only, alias)
                )
            if not self.accept(","):
                self.expect(")")
                return tuple(arguments), False

    def returns(self) -> tuple[tuple[Argument, ...], bool]:
        """The returns, and whether more may follow."""
        if self.accept("..."):
            return (), True
        if not self.accept("("):
            return (self.one_return(),), False
        returns: list[Argument] = []
        if self.accept(")"):
            return (), False
        while True:
            if self.accept("..."):
                if self.kinds[self.at] == ",":
                    self.fail('"..." must be the last return', self.at - 1)
                self.expect(")")
                return tuple(returns), True
            returns.append(self.one_return())
            if not self.accept(","):
                self.expect(")")
                return tuple(returns), False

    def one_return(self) -> Argument:
        """A return and its name, if it has one."""
        type, alias = self.outer_type("a return's type")
        name = ""
        if self.kinds[self.at] == _NAME:
            name = self.values[self.at]
            self.at += 1
        return Argument(name, type, alias=alias)

    # -- types

    def outer_type(self, what: str) -> tuple[SchemaType, Alias | None]:
        """The type of an argument or return: the only one that may have a size."""
        type, alias, _ = self.type(what, 0, outer=True)
        if self.accept("["):
            at = self.at
            if self.kinds[at] != _NUMBER or not self.values[at].isdecimal():
                self.fail_expecting("a size")
            size = self.integer(self.values[at], at)
            if size > MAX_SIZE:
                self.fail("the size does not fit into 32 bits")
            self.at = at + 1
            self.expect("]")
            type, alias = ListType(type, size), self.list_alias(alias)
            if self.accept("?"):
                type = OptionalType(type)
            self.refuse_write()
        return type, alias

    def refuse_write(self) -> None:
        """Raise if a type is followed by what PyTorch takes for a new set."""
        if self.kinds[self.at] == "!":
            self.fail("what is written to is in a set, like Tensor(a!)")

    def type(
        self, what: str, depth: int, outer: bool = False
    ) -> tuple[SchemaType, Alias | None, int]:
        """A type, its annotation, and how many types deep it is."""
        if depth >= MAX_DEPTH:
            self.fail(f"the type is more than {MAX_DEPTH} types deep")
        type, may_alias, deep = self.base_type(what, depth, outer)
        kinds = self.kinds
        alias = None
        if kinds[self.at] == "(" and may_alias:
            alias = self.alias()
        while True:
            kind = kinds[self.at]
            if kind == "?":
                if isinstance(type, SimpleType) and type.name == "NoneType":
                    self.fail("NoneType cannot be optional")
                if not isinstance(type, OptionalType):
                    type = OptionalType(type)
                    deep += 1
                self.at += 1
            elif kind == "[" and kinds[self.at + 1] == "]":
                self.at += 2
                type, alias = ListType(type), self.list_alias(alias)
                deep += 1
            else:
                self.refuse_write()
                return type, alias, deep
            if depth + deep > MAX_DEPTH:
                self.fail(f"the type is more than {MAX_DEPTH} types deep", self.at - 1)

    def base_type(
        self, what: str, depth: int, outer: bool
    ) -> tuple[SchemaType, bool, int]:
        """A type without suffixes, whether it takes an annotation, and its depth."""
        at = self.at
        kind, name = self.kinds[at], self.values[at]
        if kind == _NAME or name in ("None", "NoneType"):
            simple = _SIMPLE_TYPES.get(name)
            if simple is not None:
                self.at = at + 1
                if not outer and simple.name in _INTEGERS:
                    simple = _INTEGER
                return simple, True, 1
            if name in _GENERICS:
                self.at = at + 1
                self.expect("(")
                element, _, deep = self.type("a type", depth + 1)
                self.expect(")")
                return GenericType(name, element), False, deep + 1
            if name == "Dict":
                return self.dict_type(depth)
            if name == _CLASS_PREFIX[0]:
                return self.class_type(), False, 1
            if _is_variable(name):
                self.at = at + 1
                return TypeVariable(name), True, 1
            self.fail(_describe_unknown(name))
        if kind != "(":
            self.fail_expecting(what)
        self.at = at + 1
        elements: list[SchemaType] = []
        deepest = 0
        if not self.accept(")"):
            while True:
                element, _, deep = self.type("a type", depth + 1)
                elements.append(element)
                deepest = max(deepest, deep)
                if not self.accept(","):
                    self.expect(")")
                    break
        return TupleType(tuple(elements)), False, deepest + 1

    def dict_type(self, depth: int) -> tuple[SchemaType, bool, int]:
        """A dictionary's type, as `base_type` returns it."""
        self.at += 1
        self.expect("(")
        key_at = self.at
        key, _, key_deep = self.type("a type", depth + 1)
        if not (isinstance(key, SimpleType) and key.name in _DICT_KEYS):
            self.fail(f"a dictionary's key cannot be {key}", key_at)
        self.expect(",")
        value, _, deep = self.type("a type", depth + 1)
        self.expect(")")
        return DictType(key, value), True, max(key_deep, deep) + 1

    def class_type(self) -> ClassType:
        """A class: the fixed prefix, a namespace and a name."""
        for expected in _CLASS_PREFIX:
            if self.values[self.at] != expected:
                self.fail_expecting(f'"{expected}"')
            self.at += 1
            self.expect(".")
        namespace = self.expect_name("a class's namespace")
        self.expect(".")
        name = self.expect_name("a class's name")
        return ClassType(".".join((*_CLASS_PREFIX, namespace, name)))

    def list_alias(self, element: Alias | None) -> Alias | None:
        """The annotation of a list that was just passed, with that of its elements."""
        own = self.alias() if self.kinds[self.at] == "(" else None
        if element is None:
            return own
        if own is None:
            return Alias((), (), element.is_write, element)
        return Alias(own.before, own.after, own.is_write, element)

    def alias(self) -> Alias:
        """An annotation."""
        self.expect("(")
        before = after = self.alias_set()
        is_write = self.accept("!")
        if self.accept("->"):
            after = self.alias_set()
        self.expect(")")
        return Alias(before, after, is_write)

    def alias_set(self) -> tuple[str, ...]:
        """The sets that a value is in."""
        if self.accept("*"):
            return ("*",)
        members = [self.expect_name("an alias set")]
        while self.accept("|"):
            if self.accept("*"):
                members.append("*")
                break
            members.append(self.expect_name("an alias set"))
        return tuple(dict.fromkeys(members))

    # -- defaults

    def default(self, type: SchemaType) -> Default:
        """A default for the type."""
        at = self.at
        if isinstance(type, OptionalType):
            # Of an optional argument PyTorch reads a constant of any kind.
            element = type.element
            name = element.name if isinstance(element, SimpleType) else ""
            return self.constant(name, optional=True)
        if isinstance(type, ListType):
            return self.list_default(type)
        if isinstance(type, SimpleType):
            if type.name in _CONSTANTS:
                return self.constant(type.name)
            if type.name == "Device":
                if self.kinds[at] != _STRING:
                    self.fail_expecting("a string")
                return self.constant(type.name)
            if type.name in _NONE_ONLY:
                if self.values[at] != "None":
                    self.fail_expecting("None")
                self.at = at + 1
                return None
        self.fail(f"an argument of type {type} cannot have a default")

    def list_default(self, type: ListType) -> tuple[Constant, ...]:
        """A default for a list; with a size, one constant stands for all elements."""
        at = self.at
        element = type.element
        name = element.name if isinstance(element, SimpleType) else ""
        if self.kinds[at] != "[" and type.size is None:
            self.fail_expecting('"["')
        if name not in _LISTED_CONSTANTS:
            self.fail(f"an argument of type {type} cannot have a default")
        if self.kinds[at] != "[":
            assert type.size is not None
            if self.kinds[at] == _NAME:
                self.fail_expecting("a constant")
            value = self.element(name)
            if type.size > MAX_EXPANDED:
                self.fail(f"a default of more than {MAX_EXPANDED} elements", at)
            return (value,) * type.size
        self.at = at + 1
        if self.accept("]"):
            return ()
        values = [self.element(name)]
        while self.accept(","):
            values.append(self.element(name))
        self.expect("]")
        return tuple(values)

    def element(self, type: str) -> Constant:
        """A constant in a list, where it has to be of the type."""
        at = self.at
        value = self.constant(type)
        kind = type if type in ("bool", "complex", "float") else "int"
        if value.__class__.__name__ != kind:
            self.fail(f"a list of type {type}[] cannot hold this constant", at)
        return value

    def constant(self, type: str, optional: bool = False) -> Constant:
        """A constant; the type decides what a number or a name is."""
        at = self.at
        kind, value = self.kinds[at], self.values[at]
        if kind == _NUMBER or kind == "-":
            return self.number("" if optional else type)
        self.at = at + 1
        if kind == _KEYWORD:
            if value in ("True", "False"):
                return value == "True"
            if value == "None":
                return None
        if kind == _STRING:
            if type not in ("Device", "str"):
                self.at = at
                self.fail_expecting("a constant that is no string")
            return self.string(value, at)
        if kind == _NAME:
            named = _NAMED_VALUES.get(value)
            if named is None and type == "ScalarType":
                named = _SCALAR_TYPES.get(value)
            if named is None:
                self.fail(f'unknown constant "{value}"', at)
            return named
        self.at = at
        self.fail_expecting("a constant")

    def number(self, type: str) -> int | float | complex:
        """A number with its sign; `1.+2.j` is how a complex one is printed."""
        at = self.at
        text = self.signed_number()
        if text[-1] == "j":
            return complex(0.0, self.floating(text[:-1], at))
        if self.kinds[self.at] in ("+", "-"):
            imaginary_at = self.at
            if not self.accept("+"):
                self.at += 1
            imaginary = self.values[self.at]
            if self.kinds[self.at] != _NUMBER or imaginary[-1] != "j":
                self.fail_expecting("an imaginary number")
            sign = self.values[imaginary_at]
            value = self.floating(sign + imaginary[:-1], self.at)
            self.at += 1
            return complex(self.floating(text, at), value)
        if type == "complex":
            self.fail("a complex default ends in j", at)
        if type == "float" or not text.lstrip("-").isdecimal():
            return self.floating(text, at)
        return self.integer(text, at)

    def signed_number(self) -> str:
        """The text of a number, with its sign and without space."""
        sign = "-" if self.accept("-") else ""
        if self.kinds[self.at] != _NUMBER:
            self.fail_expecting("a number")
        self.at += 1
        return sign + self.values[self.at - 1]

    def integer(self, text: str, at: int) -> int:
        """The value of a number; at is its token."""
        # The length first: Python refuses to read thousands of digits.
        if len(text.lstrip("-0")) > 19 or not -_INT64 <= int(text) < _INT64:
            self.fail("the number does not fit into 64 bits", at)
        return int(text)

    def floating(self, text: str, at: int) -> float:
        """The value of a number; at is its token."""
        value = float(text)
        mantissa = text.lower().partition("e")[0]
        is_zero = not mantissa.strip("+-0.")
        if abs(value) == _INFINITY or (abs(value) < _SMALLEST_FLOAT and not is_zero):
            self.fail("the number does not fit into a float", at)
        return value

    def string(self, quoted: str, at: int) -> str:
        """The value of a string with its quotes; at is its token."""
        parts = quoted[1:-1].split("\\")
        if len(parts) == 1:
            return parts[0]
        # Octal escapes are bytes of UTF-8.
        start = self.starts[at]
        value = bytearray(parts[0], "utf-8", "surrogatepass")
        i = 1
        while i < len(parts):
            part = parts[i]
            octal = part[:3]
            if not part:
                # Two backslashes: what follows the second one is plain text.
                value += b"\\"
                i += 1
                rest = parts[i]
            elif part[0] in _ESCAPES:
                value += _ESCAPES[part[0]].encode()
                rest = part[1:]
            elif len(octal) == 3 and octal[0] in "0123" and _is_octal(octal):
                value.append(int(octal, 8))
                rest = part[3:]
            else:
                place = start + 1 + len("\\".join(parts[:i]))
                raise SchemaError("unknown escape in the string", self.text, place)
            value += rest.encode("utf-8", "surrogatepass")
            i += 1
        try:
            return value.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            self.fail("the string's bytes are not UTF-8", at)


def _end_of_number(text: str, i: int) -> int:
    while text[i] in _DIGITS:
        i += 1
    if text[i] == ".":
        i += 1
        while text[i] in _DIGITS:
            i += 1
    if text[i] in "eE":
        exponent = i + 2 if text[i + 1] in "+-" else i + 1
        if text[exponent] in _DIGITS:
            i = exponent
            while text[i] in _DIGITS:
                i += 1
    return i + 1 if text[i] == "j" else i


def _end_of_string(text: str, i: int) -> int:
    """Behind the string that starts there; behind the text if it does not end."""
    quote = text[i]
    i += 1
    while text[i] != quote:
        if text[i] == "\\":
            i += 1
        if text[i] == "\n":
            return len(text)
        i += 1
    return i + 1


def _is_octal(text: str) -> bool:
    return all(char in "01234567" for char in text)


def _is_variable(name: str) -> bool:
    """Whether a name is like `t`, `t1` or `tVal`."""
    rest = name[1:]
    return "a" <= name[0] <= "z" and (not rest or rest.isdecimal() or rest[0].isupper())


def _describe_unknown(name: str) -> str:
    """The message for an unknown type, with what may have been meant."""
    # Only here: the module takes longer to import than this one.
    from difflib import get_close_matches

    meant = _MEANT.get(name)
    if meant is None:
        known = {other.lower(): other for other in _SIMPLE_TYPES}
        known |= {other.lower(): other for other in (*_GENERICS, "Dict")}
        near = get_close_matches(name[:64].lower(), known, n=1, cutoff=0.7)
        meant = known[near[0]] if near else None
    hint = f', did you mean "{meant}"?' if meant else ""
    return f'unknown type "{name}"{hint}'


_SIMPLE_TYPES: Final = {
    name: SimpleType(_SPELT_OTHERWISE.get(name, name))
    for name in (
        "Any AnyClassType AnyEnumType Capsule ConstQuantizerPtr Device DeviceIndex Dimname"
        " Generator Layout MemoryFormat None NoneType QScheme Quantizer Scalar ScalarType"
        " Storage Stream SymBool SymInt Tensor bool complex float int str"
    ).split()
}
_INTEGER: Final = _SIMPLE_TYPES["int"]
_MEANT: Final = {
    "Float": "float",
    "Number": "Scalar",
    "double": "float",
    "dtype": "ScalarType",
    "int64_t": "int",
    "long": "int",
    "number": "Scalar",
    "string": "str",
    "torch": "__torch__.torch.classes",
}
