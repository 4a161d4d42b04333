# Lists of dispatch keys that modules of torch read.
# Generated; to rewrite it, run: dispatch-codegen generate --target c10

from torch._C import DispatchKey

HIGHER_ORDER_FALLTHROUGH_KEYS = [
    DispatchKey.PythonDispatcher,
    DispatchKey.PythonTLSSnapshot,
    DispatchKey.AutocastPrivateUse1,
    DispatchKey.AutocastCUDA,
    DispatchKey.AutocastMPS,
    DispatchKey.AutocastXLA,
    DispatchKey.AutocastHPU,
    DispatchKey.AutocastIPU,
    DispatchKey.AutocastXPU,
    DispatchKey.AutocastMAIA,
    DispatchKey.AutocastMTIA,
    DispatchKey.AutocastCPU,
    DispatchKey.ADInplaceOrView,
    DispatchKey.BackendSelect,
]
