// What users of the library include: arrays, operators by short names, gradients.

#ifndef GRIDLIB_GRIDLIB_H
#define GRIDLIB_GRIDLIB_H

#include "gridlib/dispatch/operators.h"

namespace gridlib {

inline Array full(std::int64_t rows, std::int64_t cols, double value, Device device) {
  return ops::grid::full::call(rows, cols, value, device);
}
inline Array matmul(const Array& a, const Array& b) {
  return ops::grid::matmul::call(a, b);
}
inline Array relu(const Array& a) {
  return ops::grid::relu::call(a);
}
inline Array sum(const Array& a) {
  return ops::grid::sum::call(a);
}
inline Array transpose(const Array& a) {
  return ops::grid::transpose::call(a);
}
inline Array cat(const std::vector<Array>& arrays) {
  return ops::grid::cat::call(arrays);
}
inline Array mean_squared(const Array& a, const Array& b) {
  return ops::grid::mean_squared::call(a, b);
}
inline Array operator+(const Array& a, const Array& b) {
  return ops::grid::add::call(a, b);
}
inline Array operator-(const Array& a, const Array& b) {
  return ops::grid::sub::call(a, b);
}
inline Array operator*(const Array& a, const Array& b) {
  return ops::grid::mul_Tensor::call(a, b);
}
inline Array operator*(const Array& a, double factor) {
  return ops::grid::mul_Scalar::call(a, factor);
}
inline Array& operator+=(Array& a, const Array& b) {
  return ops::grid::add_::call(a, b);
}

/// Computes the gradients of all that a loss was made of, and forgets how it was made.
void backward(const Array& loss);

}  // namespace gridlib

#endif
