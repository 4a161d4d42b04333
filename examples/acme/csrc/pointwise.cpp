// Kernels that compute each element of the result from one of each argument.
//
// Those of structured operators are iterators themselves: PyTorch has prepared them.

#include "pointwise.h"

#include <ATen/TensorIterator.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/scalar_tensor.h>
#include <c10/core/Scalar.h>

#include <cmath>
#include <cstdint>
#include <cstring>

#include "prototypes.h"
#include "calls.h"

namespace acme {

void add_out::impl(const at::Tensor&,
                   const at::Tensor&,
                   const at::Scalar& alpha,
                   const at::Tensor&) {
  count("add");
  pointwise_or_integral<2>(
      *this, [&](auto a, auto b) { return a + alpha.to<decltype(a)>() * b; });
}

void mul_out::impl(const at::Tensor&, const at::Tensor&, const at::Tensor&) {
  count("mul");
  pointwise_or_integral<2>(*this, [](auto a, auto b) { return a * b; });
}

void div_out::impl(const at::Tensor&, const at::Tensor&, const at::Tensor&) {
  count("div");
  pointwise<2>(*this, [](auto a, auto b) { return a / b; });
}

void sqrt_out::impl(const at::Tensor&, const at::Tensor&) {
  count("sqrt");
  pointwise<1>(*this, [](auto a) { return std::sqrt(a); });
}

void sigmoid_out::impl(const at::Tensor&, const at::Tensor&) {
  count("sigmoid");
  pointwise<1>(*this, [](auto a) { return 1 / (1 + std::exp(-a)); });
}

void lerp_out::impl(const at::Tensor&,
                    const at::Tensor&,
                    const at::Scalar& weight,
                    const at::Tensor&) {
  count("lerp");
  pointwise<2>(*this, [&](auto from, auto to) {
    const auto w = weight.to<decltype(from)>();
    return w < 0.5 ? from + w * (to - from) : to - (1 - w) * (to - from);
  });
}

void addcmul_out::impl(const at::Tensor&,
                       const at::Tensor&,
                       const at::Tensor&,
                       const at::Scalar& value,
                       const at::Tensor&) {
  count("addcmul");
  pointwise<3>(*this, [&](auto a, auto b, auto c) {
    return a + value.to<decltype(a)>() * b * c;
  });
}

void addcdiv_out::impl(const at::Tensor&,
                       const at::Tensor&,
                       const at::Tensor&,
                       const at::Scalar& value,
                       const at::Tensor&) {
  count("addcdiv");
  pointwise<3>(*this, [&](auto a, auto b, auto c) {
    return a + value.to<decltype(a)>() * b / c;
  });
}

void threshold_backward_out::impl(const at::Tensor&,
                                  const at::Tensor&,
                                  const at::Scalar& threshold,
                                  const at::Tensor&) {
  count("threshold_backward");
  // PyTorch's iterator has the gradient last.
  pointwise<2>(*this, [&](auto x, auto gradient) {
    using Value = decltype(x);
    return x <= threshold.to<Value>() ? Value(0) : gradient;
  });
}

at::Tensor relu(const at::Tensor& self) {
  count("relu");
  at::Tensor result;
  auto iterator = at::TensorIterator::unary_op(result, self);
  pointwise<1>(iterator, [](auto x) { return x <= 0 ? decltype(x)(0) : x; });
  return iterator.output();
}

at::Tensor& relu_(at::Tensor& self) {
  count("relu_");
  auto iterator = at::TensorIterator::unary_op(self, self);
  pointwise<1>(iterator, [](auto x) { return x <= 0 ? decltype(x)(0) : x; });
  return self;
}

at::Tensor scaled_relu(const at::Tensor& x, double scale) {
  count("scaled_relu");
  at::Tensor result;
  auto iterator = at::TensorIterator::unary_op(result, x);
  pointwise<1>(iterator, [&](auto value) {
    using Value = decltype(value);
    return value <= 0 ? Value(0) : static_cast<Value>(scale) * value;
  });
  return iterator.output();
}

at::Tensor& fill_(at::Tensor& self, const at::Scalar& value) {
  count("fill_");
  const at::Tensor element = at::scalar_tensor(value, at::dtype(self.scalar_type()));
  auto iterator = at::TensorIterator::nullary_op(self);
  iterator.for_each([&](char** data, const int64_t* strides, int64_t size) {
    for (int64_t i = 0; i < size; ++i) {
      std::memcpy(
          data[0] + i * strides[0], element.const_data_ptr(), element.itemsize());
    }
  });
  return self;
}

at::Tensor& zero_(at::Tensor& self) {
  count("zero_");
  auto iterator = at::TensorIterator::nullary_op(self);
  iterator.for_each([&](char** data, const int64_t* strides, int64_t size) {
    for (int64_t i = 0; i < size; ++i) {
      std::memset(data[0] + i * strides[0], 0, self.itemsize());
    }
  });
  return self;
}

}  // namespace acme
