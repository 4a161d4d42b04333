"""A small tensor library whose operators are called through a generated dispatcher."""

from . import autograd as autograd  # also tells the dispatcher of the backward pass
from . import views as views  # also registers kernels that count changes
from .dispatch import enable_grad as enable_grad
from .dispatch import no_grad as no_grad
from .tensor import Tensor as Tensor
from .tensor import mt as mt
from .tensor import tensor as tensor
