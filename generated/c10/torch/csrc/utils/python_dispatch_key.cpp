// The enum torch._C.DispatchKey, with every key of c10/core/DispatchKey.h.
// Generated; to rewrite it, run: dispatch-codegen generate --target c10

#include <torch/csrc/utils/python_dispatch_key.h>

#include <c10/core/DispatchKey.h>

namespace torch::impl::dispatch {

void initDispatchKeyBinding(const py::module_& module) {
  py::enum_<c10::DispatchKey> keys(module, "DispatchKey");

#define DEFINE_KEY(key) keys.value(#key, c10::DispatchKey::key)

  DEFINE_KEY(Undefined);
  DEFINE_KEY(Dense);
  DEFINE_KEY(FPGA);
  DEFINE_KEY(Vulkan);
  DEFINE_KEY(Metal);
  DEFINE_KEY(Quantized);
  DEFINE_KEY(CustomRNGKeyId);
  DEFINE_KEY(MkldnnCPU);
  DEFINE_KEY(Sparse);
  DEFINE_KEY(SparseCsr);
  DEFINE_KEY(NestedTensor);
  DEFINE_KEY(BackendSelect);
  DEFINE_KEY(Fake);
  DEFINE_KEY(Python);
  DEFINE_KEY(FuncTorchDynamicLayerBackMode);
  DEFINE_KEY(Functionalize);
  DEFINE_KEY(Conjugate);
  DEFINE_KEY(Negative);
  DEFINE_KEY(ZeroTensor);
  DEFINE_KEY(ADInplaceOrView);
  DEFINE_KEY(AutogradOther);
  DEFINE_KEY(AutogradFunctionality);
  DEFINE_KEY(AutogradNestedTensor);
  DEFINE_KEY(Tracer);
  DEFINE_KEY(AutocastCPU);
  DEFINE_KEY(AutocastMTIA);
  DEFINE_KEY(AutocastMAIA);
  DEFINE_KEY(AutocastXPU);
  DEFINE_KEY(AutocastIPU);
  DEFINE_KEY(AutocastHPU);
  DEFINE_KEY(AutocastXLA);
  DEFINE_KEY(AutocastMPS);
  DEFINE_KEY(AutocastCUDA);
  DEFINE_KEY(AutocastPrivateUse1);
  DEFINE_KEY(FuncTorchBatched);
  DEFINE_KEY(BatchedNestedTensor);
  DEFINE_KEY(FuncTorchVmapMode);
  DEFINE_KEY(Batched);
  DEFINE_KEY(VmapMode);
  DEFINE_KEY(FuncTorchGradWrapper);
  DEFINE_KEY(DeferredInit);
  DEFINE_KEY(PythonTLSSnapshot);
  DEFINE_KEY(FuncTorchDynamicLayerFrontMode);
  DEFINE_KEY(TESTING_ONLY_GenericWrapper);
  DEFINE_KEY(TESTING_ONLY_GenericMode);
  DEFINE_KEY(PreDispatch);
  DEFINE_KEY(PythonDispatcher);

#define DEFINE_RUNTIME_KEY(backend, prefix) DEFINE_KEY(prefix##backend);
#define DEFINE_RUNTIME_KEYS(functionality, prefix)          \
  DEFINE_KEY(StartOf##functionality##Backends);             \
  C10_FORALL_BACKEND_COMPONENTS(DEFINE_RUNTIME_KEY, prefix) \
  DEFINE_KEY(EndOf##functionality##Backends);

  C10_FORALL_FUNCTIONALITY_KEYS(DEFINE_RUNTIME_KEYS)

#undef DEFINE_RUNTIME_KEYS
#undef DEFINE_RUNTIME_KEY

  DEFINE_KEY(Autograd);
  DEFINE_KEY(CompositeImplicitAutograd);
  DEFINE_KEY(FuncTorchBatchedDecomposition);
  DEFINE_KEY(CompositeImplicitAutogradNestedTensor);
  DEFINE_KEY(CompositeExplicitAutograd);
  DEFINE_KEY(CompositeExplicitAutogradNonFunctional);

#undef DEFINE_KEY
}

} // namespace torch::impl::dispatch
