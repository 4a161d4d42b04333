// Binds what is declared for FuncTorchVmapMode to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/dropout.h"
#include "pytorch/dispatch/operators/aten/randn.h"
#include "pytorch/dispatch/operators/aten/randn_like.h"
#include "pytorch/dispatch/operators/aten/random_.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(aten, FuncTorchVmapMode, m) {
  m.impl<ops::aten::dropout, &kernels::functorch::BatchRulesDecompositions::dropout>(
      "functorch::BatchRulesDecompositions::dropout");
  m.impl<ops::aten::randn, &kernels::functorch::BatchRulesRandomness::randn>(
      "functorch::BatchRulesRandomness::randn");
  m.impl<ops::aten::randn_generator,
         &kernels::functorch::BatchRulesRandomness::randn_generator>(
      "functorch::BatchRulesRandomness::randn_generator");
  m.impl<ops::aten::randn_like, &kernels::functorch::BatchRulesRandomness::randn_like>(
      "functorch::BatchRulesRandomness::randn_like");
  m.impl<ops::aten::random_, &kernels::functorch::BatchRulesRandomness::random_>(
      "functorch::BatchRulesRandomness::random_");
}

}  // namespace pytorch::dispatch
