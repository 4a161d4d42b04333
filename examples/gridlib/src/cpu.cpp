// Kernels on the CPU. They know nothing of other backends, nor of gradients.

#include <algorithm>

#include "gridlib/kernels.h"

namespace gridlib::cpu {
namespace {

Array make(std::size_t rows, std::size_t cols) {
  return Array(BackendComponent::CPUBit, rows, cols);
}

template <class F>
Array map(const Array& a, F function) {
  Array result = make(a.rows(), a.cols());
  std::ranges::transform(a.values(), result.values().begin(), function);
  return result;
}

template <class F>
void zip(const Array& a, const Array& b, const Array& result, F function) {
  expect(a.is_like(b) && a.is_like(result), "arrays differ in their shapes");
  std::ranges::transform(a.values(), b.values(), result.values().begin(), function);
}

}  // namespace

Array full(int64_t rows, int64_t cols, double value, BackendComponent) {
  expect(rows >= 0 && cols >= 0, "a size is negative");
  Array result = make(static_cast<std::size_t>(rows), static_cast<std::size_t>(cols));
  std::ranges::fill(result.values(), value);
  return result;
}

Array add(const Array& a, const Array& b) {
  Array result = make(a.rows(), a.cols());
  zip(a, b, result, std::plus<>());
  return result;
}

Array mul(const Array& a, const Array& b) {
  Array result = make(a.rows(), a.cols());
  return mul_out(a, b, result);
}

Array scale(const Array& a, double factor) {
  return map(a, [factor](double x) { return x * factor; });
}

Array relu(const Array& a) {
  return map(a, [](double x) { return x > 0 ? x : 0; });
}

Array step(const Array& a) {
  return map(a, [](double x) { return x > 0 ? 1.0 : 0.0; });
}

Array matmul(const Array& a, const Array& b) {
  expect(a.cols() == b.rows(), "matmul: the inner sizes differ");
  Array result = make(a.rows(), b.cols());
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t k = 0; k < a.cols(); ++k) {
      for (std::size_t j = 0; j < b.cols(); ++j) {
        result.at(i, j) += a.at(i, k) * b.at(k, j);
      }
    }
  }
  return result;
}

Array sum(const Array& a) {
  Array result = make(1, 1);
  for (const double x : a.values()) result.at(0, 0) += x;
  return result;
}

Array transpose(const Array& a) {
  Array result = make(a.cols(), a.rows());
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < a.cols(); ++j) result.at(j, i) = a.at(i, j);
  }
  return result;
}

Array cat(Arrays arrays) {
  expect(!arrays.empty(), "cat: there is no array");
  std::size_t cols = 0;
  for (const Array& a : arrays) {
    expect(a.rows() == arrays[0].rows(), "cat: the numbers of rows differ");
    cols += a.cols();
  }
  Array result = make(arrays[0].rows(), cols);
  for (std::size_t i = 0, to = 0; i < result.rows(); ++i) {
    for (const Array& a : arrays) {
      for (std::size_t j = 0; j < a.cols(); ++j) result.values()[to++] = a.at(i, j);
    }
  }
  return result;
}

Array columns(const Array& a, int64_t start, int64_t count) {
  const auto first = static_cast<std::size_t>(start);
  const auto cols = static_cast<std::size_t>(count);
  expect(first <= a.cols() && cols <= a.cols() - first,
         "columns: there are not so many");
  Array result = make(a.rows(), cols);
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < cols; ++j) result.at(i, j) = a.at(i, first + j);
  }
  return result;
}

Array& add_(Array& a, const Array& b) {
  zip(a, b, a, std::plus<>());
  return a;
}

Array& mul_out(const Array& a, const Array& b, Array& out) {
  zip(a, b, out, std::multiplies<>());
  return out;
}

}  // namespace gridlib::cpu
