"""Tags of operators: whether those that entries and rules name are declared.

Without a declared tag any will do, for a dispatcher of one's own gives them no meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from codegen.diagnostics import did_you_mean
from codegen.entries import located_tags
from codegen.located import LocatedStr
from codegen.resolve.keysets import Scope
from codegen.resolve.merge import Declarations
from codegen.schema.operators import OperatorDecl, TorchgenRulesDecl


def check_tags(declared: Declarations, scope: Scope) -> None:
    """Report DG201 for an unknown tag, and DG202 for one that is listed twice."""
    if not declared.operator_tags:
        return
    for entries in (declared.operators, declared.operator_files):
        for entry, _ in entries:
            _check_entry(entry, declared, scope)
    rules = declared.operator_rules.torchgen
    if rules is not None:
        for tags in _lists_of_rules(rules):
            _check_list(tags, "in this list", declared, scope)


def _check_entry(entry: OperatorDecl, declared: Declarations, scope: Scope) -> None:
    if entry.tags is not None:
        operator = entry.func.partition("(")[0].strip()
        tags = list(located_tags(entry))
        _check_list(tags, f"of `{operator}`", declared, scope)


def _check_list(
    tags: Iterable[LocatedStr], whose: str, declared: Declarations, scope: Scope
) -> None:
    first: dict[str, LocatedStr] = {}
    for tag in tags:
        if tag in first:
            scope.collector.error(
                "DG202",
                f"the tag `{tag}` {whose} is listed twice",
                tag.span,
                related=[("it is first listed here", first[tag].span)],
                help="remove one of them",
            )
            continue
        first[tag] = tag
        if tag not in declared.operator_tags:
            known = declared.operator_tags
            scope.collector.error(
                "DG201",
                f"there is no tag `{tag}`",
                tag.span,
                help=did_you_mean(tag, known)
                or "add it to the tags, with what it says",
            )


def _lists_of_rules(rules: TorchgenRulesDecl) -> Iterator[Sequence[LocatedStr]]:
    """The tags that rules give to operators, or look for, place by place."""
    if rules.view_tag is not None:
        yield [rules.view_tag]
    variants = rules.variants
    if variants is not None:
        if variants.despite is not None:
            yield [variants.despite]
        yield from (variants.tags, variants.out_tags, variants.inherited_tags)
