"""Fused graphs of calls, by key; where one cannot run, the calls are made.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ._runtime.fuser import (
    CannotFuse as CannotFuse,
    Compiler as Compiler,
    Graph as Graph,
    GraphBuilder as GraphBuilder,
    Kernel as Kernel,
    KernelSpec as KernelSpec,
    Node as Node,
    UnknownFusionError as UnknownFusionError,
    Value as Value,
    trace as trace,
)
from ._runtime.fuser_numexpr import NumexprCompiler as NumexprCompiler
from ._runtime.fusion import DispatcherFuser
from .dispatcher import DISPATCHER

FUSER = DispatcherFuser(DISPATCHER)

register_fusion = FUSER.register
retrieve_fusion = FUSER.retrieve
run_fusion = FUSER.run_fusion
run_fallback = FUSER.run_fallback
