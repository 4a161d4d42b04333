"""The operators in mt, as type checkers see them.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from .add import add as add
from .add_ import add_ as add_
from .cat import cat as cat
from .clone import clone as clone
from .copy_ import copy_ as copy_
from .div import div as div
from .exp import exp as exp
from .expand import expand as expand
from .full import full as full
from .matmul import matmul as matmul
from .mean import mean as mean
from .mul import mul as mul
from .narrow import narrow as narrow
from .neg import neg as neg
from .relu import relu as relu
from .step import step as step
from .sub import sub as sub
from .sum import sum as sum
from .tanh import tanh as tanh
from .transpose import transpose as transpose
from .view import view as view
from .zero_ import zero_ as zero_
