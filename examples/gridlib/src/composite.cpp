// Kernels made of other operators, and the one that chooses a backend.

#include "gridlib/gridlib.h"
#include "gridlib/kernels.h"

namespace gridlib {

Array composite::sub(const Array& a, const Array& b) {
  return a + b * -1.0;
}

Array composite::mean_squared(const Array& a, const Array& b) {
  const Array difference = a - b;
  return sum(difference * difference) * (1.0 / static_cast<double>(a.size()));
}

// There is no array to take keys from: they follow from the argument.
Array select::full(int64_t rows, int64_t cols, double value, BackendComponent backend) {
  const DispatchKeySet keys = arrayKeys(backend) & below_backend_select;
  return ops::grid::full::redispatch(keys, rows, cols, value, backend);
}

}  // namespace gridlib
