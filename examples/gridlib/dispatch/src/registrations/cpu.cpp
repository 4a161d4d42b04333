// Binds what is declared for CPU to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "gridlib/dispatch/dispatcher.h"
#include "gridlib/dispatch/kernels.h"
#include "gridlib/dispatch/operators/grid/add.h"
#include "gridlib/dispatch/operators/grid/add_.h"
#include "gridlib/dispatch/operators/grid/cat.h"
#include "gridlib/dispatch/operators/grid/columns.h"
#include "gridlib/dispatch/operators/grid/full.h"
#include "gridlib/dispatch/operators/grid/matmul.h"
#include "gridlib/dispatch/operators/grid/mul.h"
#include "gridlib/dispatch/operators/grid/relu.h"
#include "gridlib/dispatch/operators/grid/step.h"
#include "gridlib/dispatch/operators/grid/sum.h"
#include "gridlib/dispatch/operators/grid/transpose.h"

namespace gridlib {

GRIDLIB_LIBRARY_IMPL(grid, CPU, m) {
  m.impl<ops::grid::add, &::gridlib::cpu::add>("cpu::add");
  m.impl<ops::grid::add_, &::gridlib::cpu::add_>("cpu::add_");
  m.impl<ops::grid::cat, &::gridlib::cpu::cat>("cpu::cat");
  m.impl<ops::grid::columns, &::gridlib::cpu::columns>("cpu::columns");
  m.impl<ops::grid::full, &::gridlib::cpu::full>("cpu::full");
  m.impl<ops::grid::matmul, &::gridlib::cpu::matmul>("cpu::matmul");
  m.impl<ops::grid::mul_Tensor, &::gridlib::cpu::mul>("cpu::mul");
  m.impl<ops::grid::mul_Scalar, &::gridlib::cpu::scale>("cpu::scale");
  m.impl<ops::grid::mul_out, &::gridlib::cpu::mul_out>("cpu::mul_out");
  m.impl<ops::grid::relu, &::gridlib::cpu::relu>("cpu::relu");
  m.impl<ops::grid::step, &::gridlib::cpu::step>("cpu::step");
  m.impl<ops::grid::sum, &::gridlib::cpu::sum>("cpu::sum");
  m.impl<ops::grid::transpose, &::gridlib::cpu::transpose>("cpu::transpose");
}

}  // namespace gridlib
