// The loop that all kernels of one element at a time share.

#ifndef ACME_POINTWISE_H
#define ACME_POINTWISE_H

#include <ATen/Dispatch.h>
#include <ATen/TensorIterator.h>
#include <c10/core/DynamicCast.h>
#include <c10/core/ScalarType.h>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace acme {

/// Computes each element of an iterator's output from those of its `inputs` inputs, all of
/// them read as `Value`s, which a tensor's own dtype may differ from.
template <class Value, std::size_t inputs, class Function>
void loop(at::TensorIteratorBase& iterator, const Function& function) {
  iterator.for_each([&](char** data, const int64_t* strides, int64_t size) {
    [&]<std::size_t... input>(std::index_sequence<input...>) {
      for (int64_t i = 0; i < size; ++i) {
        const Value value = function(c10::fetch_and_cast<Value>(
            iterator.dtype(input + 1), data[input + 1] + i * strides[input + 1])...);
        c10::cast_and_store<Value>(iterator.dtype(0), data[0] + i * strides[0], value);
      }
    }(std::make_index_sequence<inputs>());
  });
}

/// The loop for floats, with the dtype that PyTorch's rules for mixed dtypes give.
template <std::size_t inputs, class Function>
void pointwise(at::TensorIteratorBase& iterator, const Function& function) {
  AT_DISPATCH_FLOATING_TYPES(iterator.common_dtype(), "acme", [&] {
    loop<scalar_t, inputs>(iterator, function);
  });
}

/// The same, and for integers and booleans too, which are computed as int64_t.
template <std::size_t inputs, class Function>
void pointwise_or_integral(at::TensorIteratorBase& iterator, const Function& function) {
  if (c10::isIntegralType(iterator.common_dtype(), /*includeBool=*/true)) {
    loop<int64_t, inputs>(iterator, function);
  } else {
    pointwise<inputs>(iterator, function);
  }
}

}  // namespace acme

#endif  // ACME_POINTWISE_H
