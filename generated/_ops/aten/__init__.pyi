"""The operators in aten, as type checkers see them.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ._foreach_add import _foreach_add as _foreach_add
from ._foreach_add_ import _foreach_add_ as _foreach_add_
from ._nested_tensor_storage_offsets import (
    _nested_tensor_storage_offsets as _nested_tensor_storage_offsets,
)
from ._nnz import _nnz as _nnz
from ._test_autograd_multiple_dispatch import (
    _test_autograd_multiple_dispatch as _test_autograd_multiple_dispatch,
)
from .add import add as add
from .add_ import add_ as add_
from .alias import alias as alias
from .arange import arange as arange
from .as_strided import as_strided as as_strided
from .cat import cat as cat
from .chunk import chunk as chunk
from .copy_ import copy_ as copy_
from .cudnn_convolution import cudnn_convolution as cudnn_convolution
from .cudnn_is_acceptable import cudnn_is_acceptable as cudnn_is_acceptable
from .dequantize import dequantize as dequantize
from .detach import detach as detach
from .dropout import dropout as dropout
from .empty import empty as empty
from .expand import expand as expand
from .flatten import flatten as flatten
from .index import index as index
from .is_nonzero import is_nonzero as is_nonzero
from .linear import linear as linear
from .matmul import matmul as matmul
from .mkldnn_convolution import mkldnn_convolution as mkldnn_convolution
from .mkldnn_linear import mkldnn_linear as mkldnn_linear
from .mm import mm as mm
from .mul import mul as mul
from .mul_ import mul_ as mul_
from .native_channel_shuffle import native_channel_shuffle as native_channel_shuffle
from .ones import ones as ones
from .quantize_per_tensor import quantize_per_tensor as quantize_per_tensor
from .randn import randn as randn
from .randn_like import randn_like as randn_like
from .random_ import random_ as random_
from .relu import relu as relu
from .relu_ import relu_ as relu_
from .requires_grad_ import requires_grad_ as requires_grad_
from .reshape import reshape as reshape
from .resize_ import resize_ as resize_
from .select import select as select
from .sigmoid import sigmoid as sigmoid
from .sigmoid_ import sigmoid_ as sigmoid_
from .silu_backward import silu_backward as silu_backward
from .slice import slice as slice
from .stack import stack as stack
from .sum import sum as sum
from .t import t as t
from .transpose import transpose as transpose
from .unbind import unbind as unbind
from .view import view as view
from .view_copy import view_copy as view_copy
from .zeros import zeros as zeros
from .zeros_like import zeros_like as zeros_like
