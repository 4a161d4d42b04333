// Binds what is declared for FuncTorchBatchedDecomposition to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/chunk.h"
#include "pytorch/dispatch/operators/aten/dropout.h"
#include "pytorch/dispatch/operators/aten/flatten.h"
#include "pytorch/dispatch/operators/aten/linear.h"
#include "pytorch/dispatch/operators/aten/matmul.h"
#include "pytorch/dispatch/operators/aten/reshape.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(aten, FuncTorchBatchedDecomposition, m) {
  m.impl<ops::aten::chunk, &kernels::functorch::BatchRulesDecompositions::chunk>(
      "functorch::BatchRulesDecompositions::chunk");
  m.impl<ops::aten::dropout, &kernels::functorch::BatchRulesDecompositions::dropout>(
      "functorch::BatchRulesDecompositions::dropout");
  m.impl<ops::aten::flatten_using_ints,
         &kernels::functorch::BatchRulesDecompositions::flatten_using_ints>(
      "functorch::BatchRulesDecompositions::flatten_using_ints");
  m.impl<ops::aten::linear, &kernels::functorch::BatchRulesDecompositions::linear>(
      "functorch::BatchRulesDecompositions::linear");
  m.impl<ops::aten::matmul, &kernels::functorch::BatchRulesDecompositions::matmul>(
      "functorch::BatchRulesDecompositions::matmul");
  m.impl<ops::aten::reshape, &kernels::functorch::BatchRulesDecompositions::reshape>(
      "functorch::BatchRulesDecompositions::reshape");
}

}  // namespace pytorch::dispatch
