// Makes all declared operators known by name, before `main`.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_DISPATCH_ALL_OPERATORS_H
#define PYTORCH_DISPATCH_ALL_OPERATORS_H

#include <array>

#include "operators.h"

namespace pytorch::dispatch {

/// Their entries, which are made when the program starts.
inline const auto all_operators = std::to_array<OperatorEntry*>({
    ops::_test::leaky_relu::attach(),
    ops::aten::_foreach_add_List::attach(),
    ops::aten::_foreach_add__List::attach(),
    ops::aten::_nested_tensor_storage_offsets::attach(),
    ops::aten::_nnz::attach(),
    ops::aten::_test_autograd_multiple_dispatch_fullcoverage::attach(),
    ops::aten::add_Tensor::attach(),
    ops::aten::add_out::attach(),
    ops::aten::add_Scalar::attach(),
    ops::aten::add__Tensor::attach(),
    ops::aten::alias::attach(),
    ops::aten::arange::attach(),
    ops::aten::arange_start_out::attach(),
    ops::aten::as_strided::attach(),
    ops::aten::cat::attach(),
    ops::aten::cat_out::attach(),
    ops::aten::chunk::attach(),
    ops::aten::copy_::attach(),
    ops::aten::cudnn_convolution::attach(),
    ops::aten::cudnn_is_acceptable::attach(),
    ops::aten::dequantize_self::attach(),
    ops::aten::detach::attach(),
    ops::aten::dropout::attach(),
    ops::aten::empty_memory_format::attach(),
    ops::aten::expand::attach(),
    ops::aten::flatten_using_ints::attach(),
    ops::aten::index_Tensor::attach(),
    ops::aten::index_Tensor_out::attach(),
    ops::aten::is_nonzero::attach(),
    ops::aten::linear::attach(),
    ops::aten::matmul::attach(),
    ops::aten::mkldnn_convolution::attach(),
    ops::aten::mkldnn_linear::attach(),
    ops::aten::mm::attach(),
    ops::aten::mm_out::attach(),
    ops::aten::mul_Tensor::attach(),
    ops::aten::mul_out::attach(),
    ops::aten::mul__Tensor::attach(),
    ops::aten::native_channel_shuffle::attach(),
    ops::aten::ones::attach(),
    ops::aten::quantize_per_tensor::attach(),
    ops::aten::randn::attach(),
    ops::aten::randn_generator::attach(),
    ops::aten::randn_like::attach(),
    ops::aten::random_::attach(),
    ops::aten::relu::attach(),
    ops::aten::relu_::attach(),
    ops::aten::requires_grad_::attach(),
    ops::aten::reshape::attach(),
    ops::aten::resize_::attach(),
    ops::aten::select_int::attach(),
    ops::aten::sigmoid::attach(),
    ops::aten::sigmoid_out::attach(),
    ops::aten::sigmoid_::attach(),
    ops::aten::silu_backward::attach(),
    ops::aten::silu_backward_grad_input::attach(),
    ops::aten::slice_Tensor::attach(),
    ops::aten::stack::attach(),
    ops::aten::sum_dim_IntList::attach(),
    ops::aten::sum_IntList_out::attach(),
    ops::aten::t::attach(),
    ops::aten::transpose_int::attach(),
    ops::aten::unbind_int::attach(),
    ops::aten::view::attach(),
    ops::aten::view_copy::attach(),
    ops::aten::zeros::attach(),
    ops::aten::zeros_like::attach(),
    ops::probe::ambiguous::attach(),
});

}  // namespace pytorch::dispatch

#endif
