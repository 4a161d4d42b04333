// The enum torch._C.DispatchKey. initDispatchBindings calls this in its place.
// Generated; to rewrite it, run: dispatch-codegen generate --target c10

#pragma once

#include <torch/csrc/utils/pybind.h>

namespace torch::impl::dispatch {

void initDispatchKeyBinding(const py::module_& module);

} // namespace torch::impl::dispatch
