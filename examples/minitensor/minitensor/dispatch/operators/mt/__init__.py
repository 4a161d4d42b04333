"""The operators in mt: a module for all overloads of each.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

NAMES = [
    "add.Tensor",
    "add.Scalar",
    "add_",
    "cat",
    "clone",
    "copy_",
    "div.Tensor",
    "div.Scalar",
    "exp",
    "expand",
    "full",
    "matmul",
    "mean",
    "mul.Tensor",
    "mul.Scalar",
    "narrow",
    "neg",
    "relu",
    "step",
    "sub.Tensor",
    "sub.Scalar",
    "sum",
    "tanh",
    "transpose",
    "view",
    "zero_",
]
