"""The declared operators: schemas, kernels and dispatch tables, by name.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.loading import DeclaredOperators, DispatchTables
from .._runtime.table import TableEntry

OPERATORS = DeclaredOperators(
    __name__,
    {
        "_test::leaky_relu": "_test.leaky_relu",
        "aten::_foreach_add.List": "aten._foreach_add",
        "aten::_foreach_add_.List": "aten._foreach_add_",
        "aten::_nested_tensor_storage_offsets": "aten._nested_tensor_storage_offsets",
        "aten::_nnz": "aten._nnz",
        "aten::_test_autograd_multiple_dispatch.fullcoverage": "aten._test_autograd_multiple_dispatch",
        "aten::add.Tensor": "aten.add",
        "aten::add.out": "aten.add",
        "aten::add.Scalar": "aten.add",
        "aten::add_.Tensor": "aten.add_",
        "aten::alias": "aten.alias",
        "aten::arange": "aten.arange",
        "aten::arange.start_out": "aten.arange",
        "aten::as_strided": "aten.as_strided",
        "aten::cat": "aten.cat",
        "aten::cat.out": "aten.cat",
        "aten::chunk": "aten.chunk",
        "aten::copy_": "aten.copy_",
        "aten::cudnn_convolution": "aten.cudnn_convolution",
        "aten::cudnn_is_acceptable": "aten.cudnn_is_acceptable",
        "aten::dequantize.self": "aten.dequantize",
        "aten::detach": "aten.detach",
        "aten::dropout": "aten.dropout",
        "aten::empty.memory_format": "aten.empty",
        "aten::expand": "aten.expand",
        "aten::flatten.using_ints": "aten.flatten",
        "aten::index.Tensor": "aten.index",
        "aten::index.Tensor_out": "aten.index",
        "aten::is_nonzero": "aten.is_nonzero",
        "aten::linear": "aten.linear",
        "aten::matmul": "aten.matmul",
        "aten::mkldnn_convolution": "aten.mkldnn_convolution",
        "aten::mkldnn_linear": "aten.mkldnn_linear",
        "aten::mm": "aten.mm",
        "aten::mm.out": "aten.mm",
        "aten::mul.Tensor": "aten.mul",
        "aten::mul.out": "aten.mul",
        "aten::mul_.Tensor": "aten.mul_",
        "aten::native_channel_shuffle": "aten.native_channel_shuffle",
        "aten::ones": "aten.ones",
        "aten::quantize_per_tensor": "aten.quantize_per_tensor",
        "aten::randn": "aten.randn",
        "aten::randn.generator": "aten.randn",
        "aten::randn_like": "aten.randn_like",
        "aten::random_": "aten.random_",
        "aten::relu": "aten.relu",
        "aten::relu_": "aten.relu_",
        "aten::requires_grad_": "aten.requires_grad_",
        "aten::reshape": "aten.reshape",
        "aten::resize_": "aten.resize_",
        "aten::select.int": "aten.select",
        "aten::sigmoid": "aten.sigmoid",
        "aten::sigmoid.out": "aten.sigmoid",
        "aten::sigmoid_": "aten.sigmoid_",
        "aten::silu_backward": "aten.silu_backward",
        "aten::silu_backward.grad_input": "aten.silu_backward",
        "aten::slice.Tensor": "aten.slice",
        "aten::stack": "aten.stack",
        "aten::sum.dim_IntList": "aten.sum",
        "aten::sum.IntList_out": "aten.sum",
        "aten::t": "aten.t",
        "aten::transpose.int": "aten.transpose",
        "aten::unbind.int": "aten.unbind",
        "aten::view": "aten.view",
        "aten::view_copy": "aten.view_copy",
        "aten::zeros": "aten.zeros",
        "aten::zeros_like": "aten.zeros_like",
        "probe::ambiguous": "probe.ambiguous",
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
