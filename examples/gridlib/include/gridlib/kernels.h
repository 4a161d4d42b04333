// The kernels that declarations/operators.yaml names, by the namespace that they are in.
//
// A kernel takes and returns what docs/language.md of the generator says for its schema. It
// may take the keyset of the call first.

#ifndef GRIDLIB_KERNELS_H
#define GRIDLIB_KERNELS_H

#include "gridlib/dispatch/types.h"

namespace gridlib {

using std::int64_t;
using Arrays = std::span<const Array>;

namespace cpu {  // src/cpu.cpp
Array full(int64_t rows, int64_t cols, double value, BackendComponent);
Array add(const Array& a, const Array& b);
Array mul(const Array& a, const Array& b);
Array scale(const Array& a, double factor);
Array relu(const Array& a);
Array step(const Array& a);
Array matmul(const Array& a, const Array& b);
Array sum(const Array& a);
Array transpose(const Array& a);
Array cat(Arrays arrays);
Array columns(const Array& a, int64_t start, int64_t count);
Array& add_(Array& a, const Array& b);
Array& mul_out(const Array& a, const Array& b, Array& out);
}  // namespace cpu

namespace meta {  // src/meta.cpp
Array full(int64_t rows, int64_t cols, double value, BackendComponent);
Array elementwise(const Array& a, const Array& b);
Array scale(const Array& a, double factor);
Array relu(const Array& a);
Array matmul(const Array& a, const Array& b);
Array sum(const Array& a);
Array cat(Arrays arrays);
}  // namespace meta

namespace autograd {  // src/autograd.cpp
Array add(DispatchKeySet keys, const Array& a, const Array& b);
Array mul(DispatchKeySet keys, const Array& a, const Array& b);
Array scale(DispatchKeySet keys, const Array& a, double factor);
Array relu(DispatchKeySet keys, const Array& a);
Array matmul(DispatchKeySet keys, const Array& a, const Array& b);
Array sum(DispatchKeySet keys, const Array& a);
Array transpose(DispatchKeySet keys, const Array& a);
Array cat(DispatchKeySet keys, Arrays arrays);
}  // namespace autograd

namespace composite {  // src/composite.cpp
Array sub(const Array& a, const Array& b);
Array mean_squared(const Array& a, const Array& b);
}  // namespace composite

namespace select {  // src/composite.cpp
Array full(int64_t rows, int64_t cols, double value, BackendComponent backend);
}  // namespace select

}  // namespace gridlib

#endif
