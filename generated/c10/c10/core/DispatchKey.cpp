// Names of dispatch keys and backend components.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target c10

#include <c10/core/DispatchKey.h>
#include <c10/util/Exception.h>

#include <string_view>
#include <unordered_map>

namespace c10 {

const char* toString(BackendComponent t) {
  switch (t) {
    case BackendComponent::InvalidBit:
      return "InvalidBit";
#define CASE_BACKEND(n, _)       \
  case BackendComponent::n##Bit: \
    return #n "Bit";
      C10_FORALL_BACKEND_COMPONENTS(CASE_BACKEND, unused)
#undef CASE_BACKEND
    default:
      return "UNKNOWN_BACKEND_BIT";
  }
}

const char* toString(DispatchKey t) {
  switch (t) {
    case DispatchKey::Undefined:
      return "Undefined";
    case DispatchKey::Dense:
      return "Dense";
    case DispatchKey::FPGA:
      return "FPGA";
    case DispatchKey::Vulkan:
      return "Vulkan";
    case DispatchKey::Metal:
      return "Metal";
    case DispatchKey::Quantized:
      return "Quantized";
    case DispatchKey::CustomRNGKeyId:
      return "CustomRNGKeyId";
    case DispatchKey::MkldnnCPU:
      return "MkldnnCPU";
    case DispatchKey::Sparse:
      return "Sparse";
    case DispatchKey::SparseCsr:
      return "SparseCsr";
    case DispatchKey::NestedTensor:
      return "NestedTensor";
    case DispatchKey::BackendSelect:
      return "BackendSelect";
    case DispatchKey::Fake:
      return "Fake";
    case DispatchKey::Python:
      return "Python";
    case DispatchKey::FuncTorchDynamicLayerBackMode:
      return "FuncTorchDynamicLayerBackMode";
    case DispatchKey::Functionalize:
      return "Functionalize";
    case DispatchKey::Conjugate:
      return "Conjugate";
    case DispatchKey::Negative:
      return "Negative";
    case DispatchKey::ZeroTensor:
      return "ZeroTensor";
    case DispatchKey::ADInplaceOrView:
      return "ADInplaceOrView";
    case DispatchKey::AutogradOther:
      return "AutogradOther";
    case DispatchKey::AutogradFunctionality:
      return "AutogradFunctionality";
    case DispatchKey::AutogradNestedTensor:
      return "AutogradNestedTensor";
    case DispatchKey::Tracer:
      return "Tracer";
    case DispatchKey::AutocastCPU:
      return "AutocastCPU";
    case DispatchKey::AutocastMTIA:
      return "AutocastMTIA";
    case DispatchKey::AutocastMAIA:
      return "AutocastMAIA";
    case DispatchKey::AutocastXPU:
      return "AutocastXPU";
    case DispatchKey::AutocastIPU:
      return "AutocastIPU";
    case DispatchKey::AutocastHPU:
      return "AutocastHPU";
    case DispatchKey::AutocastXLA:
      return "AutocastXLA";
    case DispatchKey::AutocastMPS:
      return "AutocastMPS";
    case DispatchKey::AutocastCUDA:
      return "AutocastCUDA";
    case DispatchKey::AutocastPrivateUse1:
      return "AutocastPrivateUse1";
    case DispatchKey::FuncTorchBatched:
      return "FuncTorchBatched";
    case DispatchKey::BatchedNestedTensor:
      return "BatchedNestedTensor";
    case DispatchKey::FuncTorchVmapMode:
      return "FuncTorchVmapMode";
    case DispatchKey::Batched:
      return "Batched";
    case DispatchKey::VmapMode:
      return "VmapMode";
    case DispatchKey::FuncTorchGradWrapper:
      return "FuncTorchGradWrapper";
    case DispatchKey::DeferredInit:
      return "DeferredInit";
    case DispatchKey::PythonTLSSnapshot:
      return "PythonTLSSnapshot";
    case DispatchKey::FuncTorchDynamicLayerFrontMode:
      return "FuncTorchDynamicLayerFrontMode";
    case DispatchKey::TESTING_ONLY_GenericWrapper:
      return "TESTING_ONLY_GenericWrapper";
    case DispatchKey::TESTING_ONLY_GenericMode:
      return "TESTING_ONLY_GenericMode";
    case DispatchKey::PreDispatch:
      return "PreDispatch";
    case DispatchKey::PythonDispatcher:
      return "PythonDispatcher";
    case DispatchKey::Autograd:
      return "Autograd";
    case DispatchKey::CompositeImplicitAutograd:
      return "CompositeImplicitAutograd";
    case DispatchKey::FuncTorchBatchedDecomposition:
      return "FuncTorchBatchedDecomposition";
    case DispatchKey::CompositeImplicitAutogradNestedTensor:
      return "CompositeImplicitAutogradNestedTensor";
    case DispatchKey::CompositeExplicitAutograd:
      return "CompositeExplicitAutograd";
    case DispatchKey::CompositeExplicitAutogradNonFunctional:
      return "CompositeExplicitAutogradNonFunctional";
#define CASE_KEY(n, prefix)    \
  case DispatchKey::prefix##n: \
    return #prefix #n;
#define CASE_KEYS(fullname, prefix)              \
  case DispatchKey::StartOf##fullname##Backends: \
    return #prefix "Undefined";                  \
    C10_FORALL_BACKEND_COMPONENTS(CASE_KEY, prefix)
      C10_FORALL_FUNCTIONALITY_KEYS(CASE_KEYS)
#undef CASE_KEYS
#undef CASE_KEY
    default:
      return "UnknownUnknown";
  }
}

std::ostream& operator<<(std::ostream& os, BackendComponent t) {
  return os << toString(t);
}

std::ostream& operator<<(std::ostream& os, DispatchKey t) {
  return os << toString(t);
}

namespace {

// Whether a value of the enum only marks where a range of keys begins or ends.
bool isPlaceholder(DispatchKey k) {
  return k == DispatchKey::EndOfFunctionalityKeys ||
      (k > DispatchKey::EndOfFunctionalityKeys && !isAliasDispatchKey(k) &&
       toBackendComponent(k) == BackendComponent::InvalidBit);
}

// Made of what toString says, so that no key can be left out.
std::unordered_map<std::string_view, DispatchKey> keysByName() {
  std::unordered_map<std::string_view, DispatchKey> keys;
  const auto end = static_cast<uint16_t>(DispatchKey::EndOfAliasKeys);
  for (uint16_t value = 0; value <= end; ++value) {
    const auto k = static_cast<DispatchKey>(value);
    if (!isPlaceholder(k)) {
      keys.emplace(toString(k), k);
    }
  }
  return keys;
}

} // namespace

DispatchKey parseDispatchKey(const std::string& k) {
  static const auto keys = keysByName();
  const auto found = keys.find(k);
  TORCH_CHECK(found != keys.end(), "could not parse dispatch key: ", k);
  return found->second;
}

namespace {

// InvalidBit if there is no backend of this name.
constexpr BackendComponent backendNamed(std::string_view name) {
#define RETURN_BACKEND(n, _)         \
  if (name == #n) {                  \
    return BackendComponent::n##Bit; \
  }
  C10_FORALL_BACKEND_COMPONENTS(RETURN_BACKEND, unused)
#undef RETURN_BACKEND
  return BackendComponent::InvalidBit;
}

} // namespace

BackendComponent toBackendComponent(DeviceType device_type) {
  switch (device_type) {
#define CASE_DEVICE_TYPE(n, _) \
  case DeviceType::n:          \
    return backendNamed(#n);
    C10_FORALL_BACKEND_DEVICE_TYPES(CASE_DEVICE_TYPE, unused)
#undef CASE_DEVICE_TYPE
    default:
      return BackendComponent::InvalidBit;
  }
}

DispatchKey getAutogradKeyFromBackend(BackendComponent t) {
  switch (t) {
    case BackendComponent::CPUBit:
      return DispatchKey::AutogradCPU;
    case BackendComponent::CUDABit:
      return DispatchKey::AutogradCUDA;
    case BackendComponent::XLABit:
      return DispatchKey::AutogradXLA;
    case BackendComponent::MPSBit:
      return DispatchKey::AutogradMPS;
    case BackendComponent::IPUBit:
      return DispatchKey::AutogradIPU;
    case BackendComponent::XPUBit:
      return DispatchKey::AutogradXPU;
    case BackendComponent::HPUBit:
      return DispatchKey::AutogradHPU;
    case BackendComponent::LazyBit:
      return DispatchKey::AutogradLazy;
    case BackendComponent::MTIABit:
      return DispatchKey::AutogradMTIA;
    case BackendComponent::MAIABit:
      return DispatchKey::AutogradMAIA;
    case BackendComponent::PrivateUse1Bit:
      return DispatchKey::AutogradPrivateUse1;
    case BackendComponent::PrivateUse2Bit:
      return DispatchKey::AutogradPrivateUse2;
    case BackendComponent::PrivateUse3Bit:
      return DispatchKey::AutogradPrivateUse3;
    case BackendComponent::MetaBit:
      return DispatchKey::AutogradMeta;
    default:
      return DispatchKey::AutogradOther;
  }
}

} // namespace c10
