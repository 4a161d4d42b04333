"""The declared operators: schemas, kernels and dispatch tables, by name.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.loading import DeclaredOperators, DispatchTables
from .._runtime.table import TableEntry

OPERATORS = DeclaredOperators(
    __name__,
    {
        "mt::add.Tensor": "mt.add",
        "mt::add.Scalar": "mt.add",
        "mt::add_": "mt.add_",
        "mt::cat": "mt.cat",
        "mt::clone": "mt.clone",
        "mt::copy_": "mt.copy_",
        "mt::div.Tensor": "mt.div",
        "mt::div.Scalar": "mt.div",
        "mt::exp": "mt.exp",
        "mt::expand": "mt.expand",
        "mt::full": "mt.full",
        "mt::matmul": "mt.matmul",
        "mt::mean": "mt.mean",
        "mt::mul.Tensor": "mt.mul",
        "mt::mul.Scalar": "mt.mul",
        "mt::narrow": "mt.narrow",
        "mt::neg": "mt.neg",
        "mt::relu": "mt.relu",
        "mt::step": "mt.step",
        "mt::sub.Tensor": "mt.sub",
        "mt::sub.Scalar": "mt.sub",
        "mt::sum": "mt.sum",
        "mt::tanh": "mt.tanh",
        "mt::transpose": "mt.transpose",
        "mt::view": "mt.view",
        "mt::zero_": "mt.zero_",
    },
)

TABLES = DispatchTables(OPERATORS)


def dispatch_table(operator: str) -> dict[str, TableEntry]:
    """The table of a declared operator: kernel and reason by runtime key name.

    Raises:
        KeyError: if no such operator is declared.
    """
    return TABLES[operator]


def dispatch_dump_table(operator: str) -> str:
    """The table of a declared operator as text, a line for each slot with a kernel.

    Raises:
        KeyError: if no such operator is declared.
    """
    return TABLES.dump(operator)
