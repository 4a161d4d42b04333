// Binds what is declared for Composite to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "gridlib/dispatch/dispatcher.h"
#include "gridlib/dispatch/kernels.h"
#include "gridlib/dispatch/operators/grid/mean_squared.h"
#include "gridlib/dispatch/operators/grid/sub.h"

namespace gridlib {

GRIDLIB_LIBRARY_IMPL(grid, Composite, m) {
  m.impl<ops::grid::mean_squared, &::gridlib::composite::mean_squared>(
      "composite::mean_squared");
  m.impl<ops::grid::sub, &::gridlib::composite::sub>("composite::sub");
}

}  // namespace gridlib
