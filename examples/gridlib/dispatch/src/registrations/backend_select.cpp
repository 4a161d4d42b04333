// Binds what is declared for BackendSelect to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "gridlib/dispatch/dispatcher.h"
#include "gridlib/dispatch/kernels.h"
#include "gridlib/dispatch/operators/grid/full.h"

namespace gridlib {

GRIDLIB_LIBRARY_IMPL(grid, BackendSelect, m) {
  m.impl<ops::grid::full, &::gridlib::select::full>("select::full");
}

}  // namespace gridlib
