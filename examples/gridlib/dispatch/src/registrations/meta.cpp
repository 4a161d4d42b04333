// Binds what is declared for Meta to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "gridlib/dispatch/dispatcher.h"
#include "gridlib/dispatch/kernels.h"
#include "gridlib/dispatch/operators/grid/add.h"
#include "gridlib/dispatch/operators/grid/cat.h"
#include "gridlib/dispatch/operators/grid/full.h"
#include "gridlib/dispatch/operators/grid/matmul.h"
#include "gridlib/dispatch/operators/grid/mul.h"
#include "gridlib/dispatch/operators/grid/relu.h"
#include "gridlib/dispatch/operators/grid/sum.h"

namespace gridlib {

GRIDLIB_LIBRARY_IMPL(grid, Meta, m) {
  m.impl<ops::grid::add, &::gridlib::meta::elementwise>("meta::elementwise");
  m.impl<ops::grid::cat, &::gridlib::meta::cat>("meta::cat");
  m.impl<ops::grid::full, &::gridlib::meta::full>("meta::full");
  m.impl<ops::grid::matmul, &::gridlib::meta::matmul>("meta::matmul");
  m.impl<ops::grid::mul_Tensor, &::gridlib::meta::elementwise>("meta::elementwise");
  m.impl<ops::grid::mul_Scalar, &::gridlib::meta::scale>("meta::scale");
  m.impl<ops::grid::relu, &::gridlib::meta::relu>("meta::relu");
  m.impl<ops::grid::sum, &::gridlib::meta::sum>("meta::sum");
}

}  // namespace gridlib
