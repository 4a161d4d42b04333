"""What torchgen 2.13's program does that its YAML does not say, as rules of registrations."""

from __future__ import annotations

from typing import Final

from codegen.torchgen.registrations import (
    BackendSelectRules,
    FunctionalizeRules,
    InPlaceRules,
    RegistrationRules,
    StructuredRules,
)

IMPLICIT: Final = "CompositeImplicitAutograd"
EXPLICIT: Final = "CompositeExplicitAutograd"
NON_FUNCTIONAL: Final = "CompositeExplicitAutogradNonFunctional"

RULES: Final = RegistrationRules(
    default=IMPLICIT,
    structured=StructuredRules(
        shared=("CPU", "CUDA", "MPS", "XPU", "MTIA"),
        always=("Meta",),
        delegates=(NON_FUNCTIONAL,),
        ufunc=("CPU", "CUDA"),
    ),
    in_place=InPlaceRules(keys=("Meta",), unless=(IMPLICIT, EXPLICIT, NON_FUNCTIONAL)),
    backend_select=BackendSelectRules(
        key="BackendSelect",
        options=(
            ("ScalarType", "dtype"),
            ("Layout", "layout"),
            ("Device", "device"),
            ("bool", "pin_memory"),
        ),
        unless_named=("new_*", "*_like"),
    ),
    functionalize=FunctionalizeRules(
        key="Functionalize",
        decomposed=IMPLICIT,
        view_tag="inplace_view",
        without=frozenset(
            {
                # Their kernels are written by hand.
                "lift",
                "lift_fresh",
                "resize_",
                "set_.source_Tensor",
                # They are in no group with a functional variant.
                "_cummax_helper",
                "_cummin_helper",
                "_fill_mem_eff_dropout_mask_",
                "_flash_attention_forward_no_dropout_inplace",
                "_slow_conv2d_backward.grad_input",
                "adaptive_avg_pool3d_backward.grad_input",
                "polygamma_",
                "record_stream",
            }
        ),
    ),
)
