// What keys do for operators without a kernel for them.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target libtorch

#include "keysets.h"
#include "prototypes.h"
#include "runtime/policies.h"
#include "sections.h"

namespace pytorch_extension::registration {

using c10::DispatchKey;
using dispatch_codegen::autograd_not_implemented;
using dispatch_codegen::backend_fallback_to_host;
using dispatch_codegen::boxed;
using dispatch_codegen::fallthrough;
using dispatch_codegen::FunctionMaker;
using dispatch_codegen::not_implemented;
using dispatch_codegen::python;
using dispatch_codegen::python_dispatcher;
using dispatch_codegen::python_tls_snapshot;
using dispatch_codegen::redispatch;
using dispatch_codegen::Registry;

constexpr char message_of_Meta[] =
    "{operator}: there is no Meta kernel for this operator, so it cannot run on Meta "
    "tensors. Compilation and export need one: register a fake implementation or a "
    "kernel for Meta. See "
    "https://pytorch.org/tutorials/advanced/custom_ops_landing_page.html";

namespace {

FunctionMaker fallback_of_AutogradOther() {
#if defined(C10_MOBILE_TRIM_DISPATCH_KEYS) || defined(C10_MOBILE)
  return fallthrough();
#else
  return autograd_not_implemented<keysets::after_autograd_keyset>();
#endif
}

}  // namespace

void register_fallbacks(Registry& registry) {
  registry.fallback(DispatchKey::Meta, not_implemented<message_of_Meta>());
  registry.fallback(DispatchKey::BackendSelect, fallthrough());
  registry.fallback(DispatchKey::Python, python<keysets::after_Python_keyset>());
  registry.fallback(DispatchKey::ADInplaceOrView, fallthrough());
  registry.fallback(DispatchKey::AutogradOther, fallback_of_AutogradOther());
  registry.fallback(DispatchKey::AutogradCPU, fallback_of_AutogradOther());
  registry.fallback(DispatchKey::AutogradCUDA, fallback_of_AutogradOther());
  registry.fallback(DispatchKey::AutogradXLA, fallback_of_AutogradOther());
  registry.fallback(DispatchKey::AutogradMPS, fallback_of_AutogradOther());
  registry.fallback(DispatchKey::AutogradXPU, fallback_of_AutogradOther());
  registry.fallback(DispatchKey::AutogradHPU, fallback_of_AutogradOther());
  registry.fallback(DispatchKey::AutogradLazy, fallback_of_AutogradOther());
  registry.fallback(DispatchKey::AutogradMTIA, fallback_of_AutogradOther());
  registry.fallback(DispatchKey::AutogradMAIA, fallback_of_AutogradOther());
  registry.replaceable_fallback(DispatchKey::AutogradPrivateUse1,
                                fallback_of_AutogradOther());
  registry.fallback(DispatchKey::AutogradMeta, fallback_of_AutogradOther());
  registry.fallback(DispatchKey::AutocastCPU, fallthrough());
  registry.fallback(DispatchKey::AutocastMTIA, fallthrough());
  registry.fallback(DispatchKey::AutocastMAIA, fallthrough());
  registry.fallback(DispatchKey::AutocastXPU, fallthrough());
  registry.fallback(DispatchKey::AutocastMPS, fallthrough());
  registry.fallback(DispatchKey::AutocastCUDA, fallthrough());
  registry.fallback(DispatchKey::FuncTorchVmapMode, fallthrough());
  registry.fallback(DispatchKey::VmapMode, fallthrough());
  registry.fallback(DispatchKey::PythonTLSSnapshot,
                    python_tls_snapshot<keysets::after_PythonTLSSnapshot_keyset>());
  registry.fallback(DispatchKey::PreDispatch,
                    redispatch<keysets::after_PreDispatch_keyset>());
  registry.fallback(DispatchKey::PythonDispatcher,
                    python_dispatcher<DispatchKey::PythonDispatcher>());
}

}  // namespace pytorch_extension::registration
