// A backend that the declarations name and nothing more: its kernels are registered here,
// when the program starts. What it has no kernel for runs on the CPU, with copies of the
// arrays.
//
// Its memory is the computer's own, but others pretend not to see it.

#include <algorithm>
#include <atomic>

#include "gridlib/gridlib.h"

namespace gridlib::device {
namespace {

std::atomic<std::int64_t> launched = 0;

/// Runs `element(row, col)` for each element of a new array, as a device would at once.
template <class F>
Array launch(std::size_t rows, std::size_t cols, F element) {
  ++launched;
  Array result(BackendComponent::DeviceBit, rows, cols);
  for (std::size_t i = 0; i < result.size(); ++i) {
    result.memory()[i] = element(i / cols, i % cols);
  }
  return result;
}

double load(const Array& a, std::size_t row, std::size_t col) {
  return a.memory()[row * a.cols() + col];
}

Array add(const Array& a, const Array& b) {
  expect(a.is_like(b), "arrays differ in their shapes");
  return launch(a.rows(), a.cols(), [&](std::size_t i, std::size_t j) {
    return load(a, i, j) + load(b, i, j);
  });
}

Array mul(const Array& a, const Array& b) {
  expect(a.is_like(b), "arrays differ in their shapes");
  return launch(a.rows(), a.cols(), [&](std::size_t i, std::size_t j) {
    return load(a, i, j) * load(b, i, j);
  });
}

Array matmul(const Array& a, const Array& b) {
  expect(a.cols() == b.rows(), "matmul: the inner sizes differ");
  return launch(a.rows(), b.cols(), [&](std::size_t i, std::size_t j) {
    double total = 0;
    for (std::size_t k = 0; k < a.cols(); ++k) total += load(a, i, k) * load(b, k, j);
    return total;
  });
}

std::int64_t launches(const Array&) {
  return launched;
}

/// How arrays get from backend to backend.
struct Copies final : Conversion {
  Array convert(const Array& array, BackendComponent to, const Array&) override {
    return array.to(to);
  }
  void copy(const Array& to, const Array& from) override {
    std::ranges::copy(from.memory(), to.memory().begin());
  }
} copies;

// With the operator's struct, the type of a kernel is checked when this is compiled; by
// name, when the program starts.
GRIDLIB_LIBRARY_IMPL(grid, Device, library) {
  library.impl<ops::grid::add, &add>("device add");
  library.impl<ops::grid::mul_Tensor, &mul>("device mul");
  library.impl<ops::grid::matmul, &matmul>("device matmul");
  library.impl("launches", GRIDLIB_FN(launches));
  set_conversion(&copies);
}

}  // namespace
}  // namespace gridlib::device
