// What keys do for operators that have no kernel for them.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target c10

#include <torch/library.h>

namespace at::impl {

TORCH_LIBRARY_IMPL(_, BackendSelect, m) {
  m.fallback(torch::CppFunction::makeFallthrough());
}

} // namespace at::impl
