# The dispatch keys of c10/core/DispatchKey.h; torchgen/model.py imports what is here.
# Generated; to rewrite it, run: dispatch-codegen generate --target c10

from __future__ import annotations

import enum


class DispatchKey(enum.Enum):
    Undefined = 0
    CatchAll = Undefined
    Dense = enum.auto()
    FPGA = enum.auto()
    Vulkan = enum.auto()
    Metal = enum.auto()
    Quantized = enum.auto()
    CustomRNGKeyId = enum.auto()
    MkldnnCPU = enum.auto()
    Sparse = enum.auto()
    SparseCsr = enum.auto()
    NestedTensor = enum.auto()
    BackendSelect = enum.auto()
    Fake = enum.auto()
    Python = enum.auto()
    FuncTorchDynamicLayerBackMode = enum.auto()
    Functionalize = enum.auto()
    Conjugate = enum.auto()
    Negative = enum.auto()
    ZeroTensor = enum.auto()
    ADInplaceOrView = enum.auto()
    AutogradOther = enum.auto()
    AutogradFunctionality = enum.auto()
    AutogradNestedTensor = enum.auto()
    Tracer = enum.auto()
    AutocastCPU = enum.auto()
    AutocastMTIA = enum.auto()
    AutocastMAIA = enum.auto()
    AutocastXPU = enum.auto()
    AutocastIPU = enum.auto()
    AutocastHPU = enum.auto()
    AutocastXLA = enum.auto()
    AutocastMPS = enum.auto()
    AutocastCUDA = enum.auto()
    Autocast = AutocastCUDA
    AutocastPrivateUse1 = enum.auto()
    FuncTorchBatched = enum.auto()
    BatchedNestedTensor = enum.auto()
    FuncTorchVmapMode = enum.auto()
    Batched = enum.auto()
    VmapMode = enum.auto()
    FuncTorchGradWrapper = enum.auto()
    DeferredInit = enum.auto()
    PythonTLSSnapshot = enum.auto()
    FuncTorchDynamicLayerFrontMode = enum.auto()
    TESTING_ONLY_GenericWrapper = enum.auto()
    TESTING_ONLY_GenericMode = enum.auto()
    PreDispatch = enum.auto()
    PythonDispatcher = enum.auto()
    CPU = enum.auto()
    CPUTensorId = CPU
    CUDA = enum.auto()
    CUDATensorId = CUDA
    HIP = enum.auto()
    XLA = enum.auto()
    MPS = enum.auto()
    IPU = enum.auto()
    XPU = enum.auto()
    HPU = enum.auto()
    VE = enum.auto()
    Lazy = enum.auto()
    MTIA = enum.auto()
    MAIA = enum.auto()
    PrivateUse1 = enum.auto()
    PrivateUse2 = enum.auto()
    PrivateUse3 = enum.auto()
    Meta = enum.auto()
    QuantizedCPU = enum.auto()
    QuantizedCUDA = enum.auto()
    QuantizedHIP = enum.auto()
    QuantizedXLA = enum.auto()
    QuantizedMPS = enum.auto()
    QuantizedIPU = enum.auto()
    QuantizedXPU = enum.auto()
    QuantizedHPU = enum.auto()
    QuantizedVE = enum.auto()
    QuantizedLazy = enum.auto()
    QuantizedMTIA = enum.auto()
    QuantizedMAIA = enum.auto()
    QuantizedPrivateUse1 = enum.auto()
    QuantizedPrivateUse2 = enum.auto()
    QuantizedPrivateUse3 = enum.auto()
    QuantizedMeta = enum.auto()
    SparseCPU = enum.auto()
    SparseCUDA = enum.auto()
    SparseHIP = enum.auto()
    SparseXLA = enum.auto()
    SparseMPS = enum.auto()
    SparseIPU = enum.auto()
    SparseXPU = enum.auto()
    SparseHPU = enum.auto()
    SparseVE = enum.auto()
    SparseLazy = enum.auto()
    SparseMTIA = enum.auto()
    SparseMAIA = enum.auto()
    SparsePrivateUse1 = enum.auto()
    SparsePrivateUse2 = enum.auto()
    SparsePrivateUse3 = enum.auto()
    SparseMeta = enum.auto()
    SparseCsrCPU = enum.auto()
    SparseCsrCUDA = enum.auto()
    SparseCsrHIP = enum.auto()
    SparseCsrXLA = enum.auto()
    SparseCsrMPS = enum.auto()
    SparseCsrIPU = enum.auto()
    SparseCsrXPU = enum.auto()
    SparseCsrHPU = enum.auto()
    SparseCsrVE = enum.auto()
    SparseCsrLazy = enum.auto()
    SparseCsrMTIA = enum.auto()
    SparseCsrMAIA = enum.auto()
    SparseCsrPrivateUse1 = enum.auto()
    SparseCsrPrivateUse2 = enum.auto()
    SparseCsrPrivateUse3 = enum.auto()
    SparseCsrMeta = enum.auto()
    NestedTensorCPU = enum.auto()
    NestedTensorCUDA = enum.auto()
    NestedTensorHIP = enum.auto()
    NestedTensorXLA = enum.auto()
    NestedTensorMPS = enum.auto()
    NestedTensorIPU = enum.auto()
    NestedTensorXPU = enum.auto()
    NestedTensorHPU = enum.auto()
    NestedTensorVE = enum.auto()
    NestedTensorLazy = enum.auto()
    NestedTensorMTIA = enum.auto()
    NestedTensorMAIA = enum.auto()
    NestedTensorPrivateUse1 = enum.auto()
    NestedTensorPrivateUse2 = enum.auto()
    NestedTensorPrivateUse3 = enum.auto()
    NestedTensorMeta = enum.auto()
    AutogradCPU = enum.auto()
    AutogradCUDA = enum.auto()
    AutogradHIP = enum.auto()
    AutogradXLA = enum.auto()
    AutogradMPS = enum.auto()
    AutogradIPU = enum.auto()
    AutogradXPU = enum.auto()
    AutogradHPU = enum.auto()
    AutogradVE = enum.auto()
    AutogradLazy = enum.auto()
    AutogradMTIA = enum.auto()
    AutogradMAIA = enum.auto()
    AutogradPrivateUse1 = enum.auto()
    PrivateUse1_PreAutograd = AutogradPrivateUse1
    AutogradPrivateUse2 = enum.auto()
    PrivateUse2_PreAutograd = AutogradPrivateUse2
    AutogradPrivateUse3 = enum.auto()
    PrivateUse3_PreAutograd = AutogradPrivateUse3
    AutogradMeta = enum.auto()
    Autograd = enum.auto()
    CompositeImplicitAutograd = enum.auto()
    FuncTorchBatchedDecomposition = enum.auto()
    CompositeImplicitAutogradNestedTensor = enum.auto()
    CompositeExplicitAutograd = enum.auto()
    DefaultBackend = CompositeExplicitAutograd
    CompositeExplicitAutogradNonFunctional = enum.auto()

    def __str__(self) -> str:
        return self.name

    def lower(self) -> str:
        return str(self).lower()

    @staticmethod
    def parse(value: str) -> DispatchKey:
        key = DispatchKey.__members__.get(value)
        if key is None:
            raise AssertionError(f"unknown dispatch key {value}")
        return key


BACKEND_COMPONENTS = [
    "CPU",
    "CUDA",
    "HIP",
    "XLA",
    "MPS",
    "IPU",
    "XPU",
    "HPU",
    "VE",
    "Lazy",
    "MTIA",
    "MAIA",
    "PrivateUse1",
    "PrivateUse2",
    "PrivateUse3",
    "Meta",
]

FUNCTIONALITY_KEYS = [
    "",
    "Quantized",
    "Sparse",
    "SparseCsr",
    "NestedTensor",
    "Autograd",
]

AUTOGRAD_KEYS = [
    "AutogradNestedTensor",
    "AutogradCPU",
    "AutogradCUDA",
    "AutogradHIP",
    "AutogradXLA",
    "AutogradMPS",
    "AutogradIPU",
    "AutogradXPU",
    "AutogradHPU",
    "AutogradVE",
    "AutogradLazy",
    "AutogradMTIA",
    "AutogradMAIA",
    "AutogradPrivateUse1",
    "AutogradPrivateUse2",
    "AutogradPrivateUse3",
    "AutogradMeta",
]

STRUCTURED_DISPATCH_KEYS = {
    DispatchKey.CPU,
    DispatchKey.CUDA,
    DispatchKey.MPS,
    DispatchKey.XPU,
    DispatchKey.MTIA,
}
