// Products of matrices.

#include <ATen/AccumulateType.h>
#include <ATen/Dispatch.h>
#include <ATen/ExpandUtils.h>
#include <ATen/core/Tensor.h>
#include <c10/core/Scalar.h>
#include <c10/util/Exception.h>

#include <cstdint>

#include "prototypes.h"
#include "calls.h"

namespace acme {

namespace {

/// Calls `store(i, j, sum)` for each element of the product.
template <class Value, class Store>
void multiply(const at::Tensor& a, const at::Tensor& b, const Store& store) {
  using Sum = at::acc_type<Value, /*is_cuda=*/false>;
  const auto left = a.accessor<const Value, 2>();
  const auto right = b.accessor<const Value, 2>();
  for (int64_t i = 0; i < a.size(0); ++i) {
    for (int64_t j = 0; j < b.size(1); ++j) {
      Sum sum = 0;
      for (int64_t k = 0; k < a.size(1); ++k) {
        sum += static_cast<Sum>(left[i][k]) * static_cast<Sum>(right[k][j]);
      }
      store(i, j, sum);
    }
  }
}

void check_dtypes(const at::Tensor& a, const at::Tensor& b) {
  TORCH_CHECK(a.scalar_type() == b.scalar_type(),
              "matrices of one dtype are needed, not of ",
              a.scalar_type(),
              " and ",
              b.scalar_type());
}

}  // namespace

void mm_out::impl(const at::Tensor& self,
                  const at::Tensor& mat2,
                  const at::Tensor& out) {
  count("mm");
  check_dtypes(self, mat2);
  AT_DISPATCH_FLOATING_TYPES(out.scalar_type(), "acme::mm", [&] {
    auto result = out.accessor<scalar_t, 2>();
    multiply<scalar_t>(self, mat2, [&](int64_t i, int64_t j, auto sum) {
      result[i][j] = static_cast<scalar_t>(sum);
    });
  });
}

void addmm_out::impl(const at::Tensor& self,
                     const at::Tensor& mat1,
                     const at::Tensor& mat2,
                     const at::Scalar& beta,
                     const at::Scalar& alpha,
                     const at::Tensor& out) {
  count("addmm");
  check_dtypes(mat1, mat2);
  check_dtypes(self, mat1);
  const auto added = at::expand_size(self, {mat1.size(0), mat2.size(1)});
  AT_DISPATCH_FLOATING_TYPES(out.scalar_type(), "acme::addmm", [&] {
    auto result = out.accessor<scalar_t, 2>();
    const auto bias = added->accessor<const scalar_t, 2>();
    multiply<scalar_t>(mat1, mat2, [&](int64_t i, int64_t j, auto sum) {
      using Sum = decltype(sum);
      sum *= alpha.to<Sum>();
      // What is multiplied by 0 counts for nothing, not even where it is NaN.
      const auto factor = beta.to<Sum>();
      if (factor != 0) sum += factor * static_cast<Sum>(bias[i][j]);
      result[i][j] = static_cast<scalar_t>(sum);
    });
  });
}

}  // namespace acme
