// Sums, and losses.

#include <ATen/AccumulateType.h>
#include <ATen/Dispatch.h>
#include <ATen/TensorIterator.h>
#include <ATen/WrapDimUtilsMulti.h>
#include <ATen/core/Reduction.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/sum.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "prototypes.h"
#include "calls.h"
#include "pointwise.h"

namespace acme {

namespace {

/// A tensor's elements as a matrix: those of one row are summed. No dimensions, and an
/// empty list of them, stand for all.
at::Tensor rows_to_sum(const at::Tensor& self, at::OptionalIntArrayRef dim) {
  const auto count = static_cast<std::size_t>(self.dim());
  const bool is_all = !dim.has_value() || dim->empty();
  const auto is_summed = at::dim_list_to_bitset(is_all ? std::nullopt : dim, count);
  std::vector<int64_t> order;
  int64_t rows = 1;
  int64_t columns = 1;
  for (std::size_t d = 0; d < count; ++d) {
    if (is_summed[d]) continue;
    order.push_back(static_cast<int64_t>(d));
    rows *= self.size(order.back());
  }
  for (std::size_t d = 0; d < count; ++d) {
    if (!is_summed[d]) continue;
    order.push_back(static_cast<int64_t>(d));
    columns *= self.size(order.back());
  }
  return self.permute(order).reshape({rows, columns});
}

}  // namespace

void sum_out::impl(const at::Tensor& self,
                   at::OptionalIntArrayRef dim,
                   bool,
                   std::optional<at::ScalarType>,
                   const at::Tensor& out) {
  count("sum");
  const at::Tensor rows = rows_to_sum(self.to(out.scalar_type()), dim);
  const at::Tensor sums = at::empty(rows.size(0), out.options());
  AT_DISPATCH_FLOATING_TYPES(out.scalar_type(), "acme::sum", [&] {
    const auto values = rows.accessor<const scalar_t, 2>();
    auto results = sums.accessor<scalar_t, 1>();
    for (int64_t i = 0; i < rows.size(0); ++i) {
      at::acc_type<scalar_t, /*is_cuda=*/false> sum = 0;
      for (int64_t j = 0; j < rows.size(1); ++j) sum += values[i][j];
      results[i] = static_cast<scalar_t>(sum);
    }
  });
  out.copy_(sums.view(out.sizes()));
}

void mse_loss_out::impl(const at::Tensor& self,
                        const at::Tensor& target,
                        int64_t reduction,
                        const at::Tensor& out) {
  count("mse_loss");
  const auto squared = [](auto a, auto b) { return (a - b) * (a - b); };
  if (reduction == at::Reduction::None) {
    pointwise<2>(*this, squared);
    return;
  }
  at::Tensor none;
  auto iterator = at::TensorIterator::binary_op(none, self, target);
  pointwise<2>(iterator, squared);
  at::Tensor result = out;
  at::sum_out(result, iterator.output(), at::IntArrayRef{});
  if (reduction == at::Reduction::Mean) {
    result.div_(iterator.output().numel());
  }
}

at::Tensor mse_loss_backward(const at::Tensor& grad_output,
                             const at::Tensor& self,
                             const at::Tensor& target,
                             int64_t reduction) {
  count("mse_loss_backward");
  at::Tensor result;
  auto iterator = at::TensorIteratorConfig()
                      .add_output(result)
                      .add_const_input(self)
                      .add_const_input(target)
                      .add_const_input(grad_output)
                      .promote_inputs_to_common_dtype(true)
                      .build();
  const int64_t mean = reduction == at::Reduction::Mean ? iterator.numel() : 1;
  pointwise<3>(iterator, [&](auto a, auto b, auto gradient) {
    return 2 * (a - b) * gradient / static_cast<decltype(a)>(mean);
  });
  return iterator.output();
}

}  // namespace acme
