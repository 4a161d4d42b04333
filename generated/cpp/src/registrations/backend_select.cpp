// Binds what is declared for BackendSelect to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/arange.h"
#include "pytorch/dispatch/operators/aten/empty.h"
#include "pytorch/dispatch/operators/aten/ones.h"
#include "pytorch/dispatch/operators/aten/randn.h"
#include "pytorch/dispatch/operators/aten/zeros.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(aten, BackendSelect, m) {
  m.impl<ops::aten::arange, &kernels::BackendSelect::arange>("BackendSelect::arange");
  m.impl<ops::aten::empty_memory_format, &kernels::BackendSelect::empty_memory_format>(
      "BackendSelect::empty_memory_format");
  m.impl<ops::aten::ones, &kernels::BackendSelect::ones>("BackendSelect::ones");
  m.impl<ops::aten::randn, &kernels::BackendSelect::randn>("BackendSelect::randn");
  m.impl<ops::aten::randn_generator, &kernels::BackendSelect::randn_generator>(
      "BackendSelect::randn_generator");
  m.impl<ops::aten::zeros, &kernels::BackendSelect::zeros>("BackendSelect::zeros");
}

}  // namespace pytorch::dispatch
