"""Registrations: one module for each backend, and for each other key with any.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.loading import Registrations

REGISTRATIONS = Registrations(
    __name__,
    [
        "cpu",
        "cuda",
        "hip",
        "xla",
        "mps",
        "ipu",
        "xpu",
        "hpu",
        "ve",
        "lazy",
        "mtia",
        "maia",
        "private_use1",
        "private_use2",
        "private_use3",
        "meta",
        "mkldnn_cpu",
        "backend_select",
        "python",
        "func_torch_dynamic_layer_back_mode",
        "functionalize",
        "conjugate",
        "negative",
        "zero_tensor",
        "ad_inplace_or_view",
        "autograd_other",
        "autograd_nested_tensor",
        "tracer",
        "autocast_cpu",
        "autocast_mtia",
        "autocast_maia",
        "autocast_xpu",
        "autocast_mps",
        "autocast_cuda",
        "func_torch_batched",
        "batched_nested_tensor",
        "func_torch_vmap_mode",
        "batched",
        "vmap_mode",
        "func_torch_grad_wrapper",
        "python_tls_snapshot",
        "func_torch_dynamic_layer_front_mode",
        "pre_dispatch",
        "python_dispatcher",
        "autograd",
        "composite_implicit_autograd",
        "func_torch_batched_decomposition",
        "composite_implicit_autograd_nested_tensor",
        "composite_explicit_autograd",
        "composite_explicit_autograd_non_functional",
    ],
)
