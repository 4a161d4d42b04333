// Binds what is declared for AnyAutograd to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "gridlib/dispatch/dispatcher.h"
#include "gridlib/dispatch/kernels.h"
#include "gridlib/dispatch/operators/grid/add.h"
#include "gridlib/dispatch/operators/grid/cat.h"
#include "gridlib/dispatch/operators/grid/matmul.h"
#include "gridlib/dispatch/operators/grid/mul.h"
#include "gridlib/dispatch/operators/grid/relu.h"
#include "gridlib/dispatch/operators/grid/sum.h"
#include "gridlib/dispatch/operators/grid/transpose.h"

namespace gridlib {

GRIDLIB_LIBRARY_IMPL(grid, AnyAutograd, m) {
  m.impl<ops::grid::add, &::gridlib::autograd::add>("autograd::add");
  m.impl<ops::grid::cat, &::gridlib::autograd::cat>("autograd::cat");
  m.impl<ops::grid::matmul, &::gridlib::autograd::matmul>("autograd::matmul");
  m.impl<ops::grid::mul_Tensor, &::gridlib::autograd::mul>("autograd::mul");
  m.impl<ops::grid::mul_Scalar, &::gridlib::autograd::scale>("autograd::scale");
  m.impl<ops::grid::relu, &::gridlib::autograd::relu>("autograd::relu");
  m.impl<ops::grid::sum, &::gridlib::autograd::sum>("autograd::sum");
  m.impl<ops::grid::transpose, &::gridlib::autograd::transpose>("autograd::transpose");
}

}  // namespace gridlib
