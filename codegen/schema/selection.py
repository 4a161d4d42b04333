"""Section `selection`, and the files of selected operators that it names.

Such a file is what PyTorch's tools for selective builds write and torchgen reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import Field

from codegen.schema.base import Declaration, LocatedMap, LocatedStr, Text
from codegen.source import SELECT, Source, Span


def are_selected_operators(data: Any) -> bool:
    """Whether what a file holds looks like a file of selected operators."""
    if not isinstance(data, LocatedMap):
        return False
    if isinstance(data.get("operators"), LocatedMap) and len(data) == 1:
        return True
    own = SelectedOperatorsDecl.model_fields.keys() - {"operators", "span"}
    return not own.isdisjoint(data)


class SelectionDecl(Declaration):
    """Which operators are generated; what any list or file selects is."""

    operators: list[LocatedStr] = Field(
        default_factory=list,
        description="`namespace::name` selects all overloads, `namespace::name.overload` "
        "that one, `namespace::name.default` the one without an overload name.",
    )
    namespaces: list[LocatedStr] = Field(
        default_factory=list, description="All operators of these."
    )
    files: list[LocatedStr] = Field(
        default_factory=list,
        description="Files of selected operators, as torchgen reads them; as seen from "
        "this one.",
    )
    elsewhere: list[LocatedStr] = Field(
        default_factory=list,
        description="Operators and whole namespaces that such files may name though they "
        "are not declared here.",
    )
    training_keys: list[LocatedStr] = Field(
        default_factory=list,
        description="Keys whose kernels are left out of operators that such files do not "
        "select for training.",
    )


class SelectedOperatorDecl(Declaration):
    """An entry of a file of selected operators; what it leaves out is true."""

    name: Text | None = Field(default=None, description="What the entry's key says.")
    is_root_operator: bool = Field(
        default=True,
        description="Whether a model calls it itself; nothing generated depends on it.",
    )
    is_used_for_training: bool = Field(
        default=True, description="Whether it has derivatives."
    )
    include_all_overloads: bool = Field(
        default=True,
        description="Whether a name without an overload stands for all overloads.",
    )
    debug_info: list[Text] | None = Field(
        default=None, description="Where the entry comes from, for people."
    )


class SelectedOperatorsDecl(Declaration):
    """A file of selected operators, in the fields that torchgen reads."""

    include_all_operators: bool = Field(
        default=False, description="Whether nothing is left out."
    )
    operators: dict[LocatedStr, SelectedOperatorDecl] = Field(
        default_factory=dict, description="By name, with or without an overload."
    )
    debug_info: list[Text] | None = Field(
        default=None, description="Where the file comes from, for people."
    )
    include_all_non_op_selectives: bool = Field(
        default=False,
        description="Whether all types of elements and all classes are built; it is for "
        "the sources of kernels, and nothing generated depends on it.",
    )
    kernel_metadata: dict[LocatedStr, list[Text]] = Field(
        default_factory=dict,
        description="By tag in the sources of kernels: types of elements; nothing "
        "generated depends on it.",
    )
    et_kernel_metadata: dict[LocatedStr, list[Text]] = Field(
        default_factory=dict,
        description="By operator: kernels of ExecuTorch; nothing generated depends on it.",
    )
    custom_classes: list[Text] = Field(
        default_factory=list,
        description="Classes of TorchScript; nothing generated depends on it.",
    )
    build_features: list[Text] = Field(
        default_factory=list,
        description="Parts of PyTorch; nothing generated depends on it.",
    )


def selection_of_options(given: Sequence[str]) -> SelectionDecl:
    """What the option `--select` says: each time a file, `namespace::` or an operator.

    A place in it has a line for each time.
    """
    source = Source(SELECT, "\n".join(given))
    # The order and repetitions say nothing.
    places = {text: line for line, text in reversed([*enumerate(given, 1)])}
    files, namespaces, operators = [], [], []
    for text, line in sorted(places.items(), key=lambda item: item[1]):
        span = Span(SELECT, line, 1, max(len(text), 1), source)
        if text.endswith((".yaml", ".yml")):
            files.append(LocatedStr(text, span))
        elif text.endswith("::"):
            namespaces.append(LocatedStr(text.removesuffix("::"), span))
        else:
            operators.append(LocatedStr(text, span))
    return SelectionDecl(
        operators=operators,
        namespaces=namespaces,
        files=files,
        span=Span(SELECT, 1, 1, max(len(source.lines[0]), 1), source),
    )
