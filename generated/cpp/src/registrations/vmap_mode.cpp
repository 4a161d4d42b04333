// Binds what is declared for VmapMode to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/randn.h"
#include "pytorch/dispatch/operators/aten/randn_like.h"
#include "pytorch/dispatch/operators/aten/random_.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(aten, VmapMode, m) {
  m.impl<ops::aten::randn, &kernels::VmapModeRegistrations::randn>(
      "VmapModeRegistrations::randn");
  m.impl<ops::aten::randn_generator, &kernels::VmapModeRegistrations::randn_generator>(
      "VmapModeRegistrations::randn_generator");
  m.impl<ops::aten::randn_like, &kernels::VmapModeRegistrations::randn_like>(
      "VmapModeRegistrations::randn_like");
  m.impl<ops::aten::random_, &kernels::VmapModeRegistrations::random_>(
      "VmapModeRegistrations::random_");
}

}  // namespace pytorch::dispatch
