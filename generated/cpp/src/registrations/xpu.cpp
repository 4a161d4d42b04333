// Binds what is declared for XPU to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/mm.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(aten, XPU, m) {
  m.impl<ops::aten::mm, static_cast<ops::aten::mm::Plain*>(&kernels::mm_out_xpu)>(
      "mm_out_xpu");
  m.impl<ops::aten::mm_out,
         static_cast<ops::aten::mm_out::Plain*>(&kernels::mm_out_xpu)>("mm_out_xpu");
}

}  // namespace pytorch::dispatch
