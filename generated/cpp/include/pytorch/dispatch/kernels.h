// The declared kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_DISPATCH_KERNELS_H
#define PYTORCH_DISPATCH_KERNELS_H

#include "dispatcher.h"

namespace pytorch::dispatch::kernels {

Tensor NestedTensor_add_Tensor(const Tensor&, const Tensor&, double);
Tensor& NestedTensor_add__Tensor(Tensor&, const Tensor&, double);
Tensor NestedTensor_mul_Tensor(const Tensor&, const Tensor&);
Tensor& NestedTensor_mul__Tensor(Tensor&, const Tensor&);
Tensor NestedTensor_relu(const Tensor&);
Tensor& NestedTensor_relu_(Tensor&);
Tensor NestedTensor_sum_dim_CPU(const Tensor&,
                                std::optional<std::span<const std::int64_t>>,
                                bool,
                                std::optional<std::int64_t>);
std::vector<Tensor> NestedTensor_unbind(const Tensor&, std::int64_t);
Tensor _mps_linear(const Tensor&, const Tensor&, const std::optional<Tensor>&);
Tensor _nested_tensor_storage_offsets(const Tensor&);
std::int64_t _nnz_sparse(const Tensor&);
std::int64_t _nnz_sparse_csr(const Tensor&);
Tensor _sparse_csr_mm(const Tensor&, const Tensor&);
Tensor& _sparse_csr_mm_out(const Tensor&, const Tensor&, Tensor&);
Tensor _sparse_mm(const Tensor&, const Tensor&);
Tensor& _sparse_mm_out(const Tensor&, const Tensor&, Tensor&);
Tensor _test_autograd_multiple_dispatch_fullcoverage(const Tensor&);
Tensor add(const Tensor&, double, double);
Tensor& add_out_mps(Tensor&, const Tensor&, double);
Tensor add_out_mps(const Tensor&, const Tensor&, double);
Tensor& add_out_mps(const Tensor&, const Tensor&, double, Tensor&);
Tensor& add_out_mtia(Tensor&, const Tensor&, double);
Tensor add_out_mtia(const Tensor&, const Tensor&, double);
Tensor& add_out_mtia(const Tensor&, const Tensor&, double, Tensor&);
Tensor& add_out_sparse_compressed_cpu(const Tensor&, const Tensor&, double, Tensor&);
Tensor& add_out_sparse_compressed_cuda(const Tensor&, const Tensor&, double, Tensor&);
Tensor& add_out_sparse_cpu(const Tensor&, const Tensor&, double, Tensor&);
Tensor& add_out_sparse_cuda(const Tensor&, const Tensor&, double, Tensor&);
Tensor& add_out_sparse_mps(const Tensor&, const Tensor&, double, Tensor&);
Tensor add_sparse(const Tensor&, const Tensor&, double);
Tensor& add_sparse_(Tensor&, const Tensor&, double);
Tensor add_sparse_csr(const Tensor&, const Tensor&, double);
Tensor& add_sparse_csr_(Tensor&, const Tensor&, double);
Tensor add_zerotensor(const Tensor&, const Tensor&, double);
Tensor alias(const Tensor&);
Tensor alias_nested(const Tensor&);
Tensor ambiguous(const Tensor&);
Tensor ambiguous_sparse(const Tensor&);
Tensor arange(double,
              std::optional<std::int64_t>,
              std::optional<std::int64_t>,
              const std::optional<dispatch_codegen::Opaque>&,
              std::optional<bool>);
Tensor& arange_cuda_out(double, double, double, Tensor&);
Tensor& arange_mps_out(double, double, double, Tensor&);
Tensor& arange_mtia_out(double, double, double, Tensor&);
Tensor& arange_out(double, double, double, Tensor&);
Tensor as_strided_qtensorimpl(const Tensor&,
                              std::span<const std::int64_t>,
                              std::span<const std::int64_t>,
                              std::optional<std::int64_t>);
Tensor as_strided_tensorimpl(const Tensor&,
                             std::span<const std::int64_t>,
                             std::span<const std::int64_t>,
                             std::optional<std::int64_t>);
Tensor as_strided_tensorimpl_meta_symint(const Tensor&,
                                         std::span<const std::int64_t>,
                                         std::span<const std::int64_t>,
                                         std::optional<std::int64_t>);
void batchedNestedTensorFallback(const OperatorHandle&, DispatchKeySet, Stack*);
void batchedTensorForLoopFallback(const OperatorHandle&, DispatchKeySet, Stack*);
Tensor cat_nested(std::span<const Tensor>, std::int64_t);
Tensor cat_out_cpu(std::span<const Tensor>, std::int64_t);
Tensor& cat_out_cpu(std::span<const Tensor>, std::int64_t, Tensor&);
Tensor cat_out_cuda(std::span<const Tensor>, std::int64_t);
Tensor& cat_out_cuda(std::span<const Tensor>, std::int64_t, Tensor&);
Tensor cat_out_mps(std::span<const Tensor>, std::int64_t);
Tensor& cat_out_mps(std::span<const Tensor>, std::int64_t, Tensor&);
Tensor& cat_out_quantized_cpu(std::span<const Tensor>, std::int64_t, Tensor&);
Tensor cat_quantized_cpu(std::span<const Tensor>, std::int64_t);
Tensor cat_sparse(std::span<const Tensor>, std::int64_t);
Tensor channel_shuffle_cpu(const Tensor&, std::int64_t);
std::vector<Tensor> chunk(const Tensor&, std::int64_t, std::int64_t);
std::vector<Tensor> chunk_nested_tensor(const Tensor&, std::int64_t, std::int64_t);
void conjugateFallback(const OperatorHandle&, DispatchKeySet, Stack*);
Tensor& copy_(Tensor&, const Tensor&, bool);
Tensor& copy_mkldnn_(Tensor&, const Tensor&, bool);
Tensor& copy_nested_(Tensor&, const Tensor&, bool);
Tensor& copy_sparse_compressed_(Tensor&, const Tensor&, bool);
Tensor& copy_sparse_wrapper_(Tensor&, const Tensor&, bool);
Tensor cudnn_convolution(const Tensor&,
                         const Tensor&,
                         std::span<const std::int64_t>,
                         std::span<const std::int64_t>,
                         std::span<const std::int64_t>,
                         std::int64_t,
                         bool,
                         bool,
                         bool);
bool cudnn_is_acceptable(const Tensor&);
Tensor dequantize_cpu_or_cuda(const Tensor&);
Tensor dequantize_quantized(const Tensor&);
Tensor detach(const Tensor&);
Tensor dropout(const Tensor&, double, bool);
void dynamicLayerBackFallback(const OperatorHandle&, DispatchKeySet, Stack*);
void dynamicLayerFrontFallback(const OperatorHandle&, DispatchKeySet, Stack*);
Tensor empty_cpu(std::span<const std::int64_t>,
                 std::optional<std::int64_t>,
                 std::optional<std::int64_t>,
                 const std::optional<dispatch_codegen::Opaque>&,
                 std::optional<bool>,
                 std::optional<std::int64_t>);
Tensor empty_cuda(std::span<const std::int64_t>,
                  std::optional<std::int64_t>,
                  std::optional<std::int64_t>,
                  const std::optional<dispatch_codegen::Opaque>&,
                  std::optional<bool>,
                  std::optional<std::int64_t>);
Tensor empty_meta_symint(std::span<const std::int64_t>,
                         std::optional<std::int64_t>,
                         std::optional<std::int64_t>,
                         const std::optional<dispatch_codegen::Opaque>&,
                         std::optional<bool>,
                         std::optional<std::int64_t>);
Tensor empty_mkldnn(std::span<const std::int64_t>,
                    std::optional<std::int64_t>,
                    std::optional<std::int64_t>,
                    const std::optional<dispatch_codegen::Opaque>&,
                    std::optional<bool>,
                    std::optional<std::int64_t>);
Tensor empty_mps(std::span<const std::int64_t>,
                 std::optional<std::int64_t>,
                 std::optional<std::int64_t>,
                 const std::optional<dispatch_codegen::Opaque>&,
                 std::optional<bool>,
                 std::optional<std::int64_t>);
Tensor empty_sparse(std::span<const std::int64_t>,
                    std::optional<std::int64_t>,
                    std::optional<std::int64_t>,
                    const std::optional<dispatch_codegen::Opaque>&,
                    std::optional<bool>,
                    std::optional<std::int64_t>);
Tensor empty_sparse_compressed(std::span<const std::int64_t>,
                               std::optional<std::int64_t>,
                               std::optional<std::int64_t>,
                               const std::optional<dispatch_codegen::Opaque>&,
                               std::optional<bool>,
                               std::optional<std::int64_t>);
Tensor empty_sparse_compressed_symint(std::span<const std::int64_t>,
                                      std::optional<std::int64_t>,
                                      std::optional<std::int64_t>,
                                      const std::optional<dispatch_codegen::Opaque>&,
                                      std::optional<bool>,
                                      std::optional<std::int64_t>);
Tensor empty_sparse_symint(std::span<const std::int64_t>,
                           std::optional<std::int64_t>,
                           std::optional<std::int64_t>,
                           const std::optional<dispatch_codegen::Opaque>&,
                           std::optional<bool>,
                           std::optional<std::int64_t>);
Tensor empty_unknown_quantized(std::span<const std::int64_t>,
                               std::optional<std::int64_t>,
                               std::optional<std::int64_t>,
                               const std::optional<dispatch_codegen::Opaque>&,
                               std::optional<bool>,
                               std::optional<std::int64_t>);
Tensor expand(const Tensor&, std::span<const std::int64_t>, bool);
Tensor flatten(const Tensor&, std::int64_t, std::int64_t);
std::vector<Tensor> foreach_tensor_add_list_kernel_cuda(std::span<const Tensor>,
                                                        std::span<const Tensor>,
                                                        double);
void foreach_tensor_add_list_kernel_cuda_(std::span<const Tensor>,
                                          std::span<const Tensor>,
                                          double);
std::vector<Tensor> foreach_tensor_add_list_kernel_mtia(std::span<const Tensor>,
                                                        std::span<const Tensor>,
                                                        double);
void foreach_tensor_add_list_kernel_mtia_(std::span<const Tensor>,
                                          std::span<const Tensor>,
                                          double);
std::vector<Tensor> foreach_tensor_add_list_kernel_slow(std::span<const Tensor>,
                                                        std::span<const Tensor>,
                                                        double);
void foreach_tensor_add_list_kernel_slow_(std::span<const Tensor>,
                                          std::span<const Tensor>,
                                          double);
void functionalizeFallback(const OperatorHandle&, DispatchKeySet, Stack*);
void functorchBatchedFallback(const OperatorHandle&, DispatchKeySet, Stack*);
void gradWrapperFallback(const OperatorHandle&, DispatchKeySet, Stack*);
Tensor index_out(const Tensor&, std::span<const std::optional<Tensor>>);
Tensor& index_out(const Tensor&, std::span<const std::optional<Tensor>>, Tensor&);
bool is_nonzero(const Tensor&);
Tensor leaky_relu(const Tensor&, double);
Tensor linear(const Tensor&, const Tensor&, const std::optional<Tensor>&);
Tensor math_channel_shuffle(const Tensor&, std::int64_t);
Tensor math_silu_backward(const Tensor&, const Tensor&);
Tensor matmul(const Tensor&, const Tensor&);
Tensor matmul_nested(const Tensor&, const Tensor&);
Tensor mkldnn_add(const Tensor&, const Tensor&, double);
Tensor& mkldnn_add_(Tensor&, const Tensor&, double);
Tensor& mkldnn_add_out(const Tensor&, const Tensor&, double, Tensor&);
Tensor mkldnn_convolution(const Tensor&,
                          const Tensor&,
                          const std::optional<Tensor>&,
                          std::span<const std::int64_t>,
                          std::span<const std::int64_t>,
                          std::span<const std::int64_t>,
                          std::int64_t);
Tensor mkldnn_linear(const Tensor&, const Tensor&, const std::optional<Tensor>&);
Tensor mkldnn_mul(const Tensor&, const Tensor&);
Tensor& mkldnn_mul_(Tensor&, const Tensor&);
Tensor& mkldnn_mul_out(const Tensor&, const Tensor&, Tensor&);
Tensor mkldnn_relu(const Tensor&);
Tensor& mkldnn_relu_(Tensor&);
Tensor mkldnn_sigmoid(const Tensor&);
Tensor& mkldnn_sigmoid_(Tensor&);
Tensor mkldnn_view(const Tensor&, std::span<const std::int64_t>);
Tensor mm_out_cpu(const Tensor&, const Tensor&);
Tensor& mm_out_cpu(const Tensor&, const Tensor&, Tensor&);
Tensor mm_out_cuda(const Tensor&, const Tensor&);
Tensor& mm_out_cuda(const Tensor&, const Tensor&, Tensor&);
Tensor mm_out_mps(const Tensor&, const Tensor&);
Tensor& mm_out_mps(const Tensor&, const Tensor&, Tensor&);
Tensor mm_out_mtia(const Tensor&, const Tensor&);
Tensor& mm_out_mtia(const Tensor&, const Tensor&, Tensor&);
Tensor mm_out_xpu(const Tensor&, const Tensor&);
Tensor& mm_out_xpu(const Tensor&, const Tensor&, Tensor&);
Tensor& mul_out(Tensor&, const Tensor&);
Tensor mul_out(const Tensor&, const Tensor&);
Tensor& mul_out(const Tensor&, const Tensor&, Tensor&);
Tensor& mul_out_sparse_cpu(const Tensor&, const Tensor&, Tensor&);
Tensor& mul_out_sparse_csr(const Tensor&, const Tensor&, Tensor&);
Tensor& mul_out_sparse_cuda(const Tensor&, const Tensor&, Tensor&);
Tensor& mul_out_sparse_mps(const Tensor&, const Tensor&, Tensor&);
Tensor mul_sparse(const Tensor&, const Tensor&);
Tensor& mul_sparse_(Tensor&, const Tensor&);
Tensor mul_sparse_csr(const Tensor&, const Tensor&);
Tensor& mul_sparse_csr_(Tensor&, const Tensor&);
Tensor mul_zerotensor(const Tensor&, const Tensor&);
void negationFallback(const OperatorHandle&, DispatchKeySet, Stack*);
Tensor nested_linear(const Tensor&, const Tensor&, const std::optional<Tensor>&);
Tensor ones(std::span<const std::int64_t>,
            std::optional<std::int64_t>,
            std::optional<std::int64_t>,
            const std::optional<dispatch_codegen::Opaque>&,
            std::optional<bool>);
Tensor quantize_per_tensor(const Tensor&, double, std::int64_t, std::int64_t);
Tensor quantized_index(const Tensor&, std::span<const std::optional<Tensor>>);
Tensor& quantized_resize_cpu_(Tensor&,
                              std::span<const std::int64_t>,
                              std::optional<std::int64_t>);
Tensor randn(std::span<const std::int64_t>,
             const std::optional<dispatch_codegen::Opaque>&,
             std::optional<std::int64_t>,
             std::optional<std::int64_t>,
             const std::optional<dispatch_codegen::Opaque>&,
             std::optional<bool>);
Tensor randn(std::span<const std::int64_t>,
             std::optional<std::int64_t>,
             std::optional<std::int64_t>,
             const std::optional<dispatch_codegen::Opaque>&,
             std::optional<bool>);
Tensor randn_like(const Tensor&,
                  std::optional<std::int64_t>,
                  std::optional<std::int64_t>,
                  const std::optional<dispatch_codegen::Opaque>&,
                  std::optional<bool>,
                  std::optional<std::int64_t>);
Tensor& random_(Tensor&, const std::optional<dispatch_codegen::Opaque>&);
Tensor& random_meta_(Tensor&, const std::optional<dispatch_codegen::Opaque>&);
Tensor relu(const Tensor&);
Tensor& relu_(Tensor&);
Tensor relu_mps(const Tensor&);
Tensor& relu_mps_(Tensor&);
Tensor relu_mtia(const Tensor&);
Tensor& relu_mtia_(Tensor&);
Tensor relu_quantized_cpu(const Tensor&);
Tensor& relu_quantized_cpu_(Tensor&);
Tensor relu_quantized_cuda(const Tensor&);
Tensor& relu_quantized_cuda_(Tensor&);
Tensor relu_sparse(const Tensor&);
Tensor& relu_sparse_(Tensor&);
Tensor relu_sparse_csr(const Tensor&);
Tensor& relu_sparse_csr_(Tensor&);
Tensor& requires_grad_(Tensor&, bool);
Tensor reshape_nested_symint(const Tensor&, std::span<const std::int64_t>);
Tensor reshape_symint(const Tensor&, std::span<const std::int64_t>);
Tensor& resize_(Tensor&, std::span<const std::int64_t>, std::optional<std::int64_t>);
Tensor& resize__symint(Tensor&,
                       std::span<const std::int64_t>,
                       std::optional<std::int64_t>);
Tensor& resize_cuda_(Tensor&,
                     std::span<const std::int64_t>,
                     std::optional<std::int64_t>);
Tensor& resize_mps_(Tensor&,
                    std::span<const std::int64_t>,
                    std::optional<std::int64_t>);
Tensor& resize_sparse_csr_(Tensor&,
                           std::span<const std::int64_t>,
                           std::optional<std::int64_t>);
Tensor select_nested(const Tensor&, std::int64_t, std::int64_t);
Tensor select_sparse_csr(const Tensor&, std::int64_t, std::int64_t);
Tensor select_symint(const Tensor&, std::int64_t, std::int64_t);
Tensor& sigmoid_out(Tensor&);
Tensor sigmoid_out(const Tensor&);
Tensor& sigmoid_out(const Tensor&, Tensor&);
Tensor sigmoid_quantized_cpu(const Tensor&);
Tensor silu_backward_nested(const Tensor&, const Tensor&);
Tensor silu_backward_out(const Tensor&, const Tensor&);
Tensor& silu_backward_out(const Tensor&, const Tensor&, Tensor&);
Tensor slice(const Tensor&,
             std::int64_t,
             std::optional<std::int64_t>,
             std::optional<std::int64_t>,
             std::int64_t);
Tensor stack(std::span<const Tensor>, std::int64_t);
Tensor structured_add(const Tensor&, const Tensor&, double);
Tensor& structured_add_(Tensor&, const Tensor&, double);
Tensor structured_cat(std::span<const Tensor>, std::int64_t);
Tensor structured_index(const Tensor&, std::span<const std::optional<Tensor>>);
Tensor& structured_index_out(const Tensor&,
                             std::span<const std::optional<Tensor>>,
                             Tensor&);
Tensor structured_mm(const Tensor&, const Tensor&);
Tensor structured_mul(const Tensor&, const Tensor&);
Tensor& structured_mul_(Tensor&, const Tensor&);
Tensor structured_sigmoid(const Tensor&);
Tensor& structured_sigmoid_(Tensor&);
Tensor structured_silu_backward(const Tensor&, const Tensor&);
Tensor structured_sum(const Tensor&,
                      std::optional<std::span<const std::int64_t>>,
                      bool,
                      std::optional<std::int64_t>);
Tensor sum_out(const Tensor&,
               std::optional<std::span<const std::int64_t>>,
               bool,
               std::optional<std::int64_t>);
Tensor& sum_out(const Tensor&,
                std::optional<std::span<const std::int64_t>>,
                bool,
                std::optional<std::int64_t>,
                Tensor&);
Tensor sum_sparse_compressed(const Tensor&,
                             std::optional<std::span<const std::int64_t>>,
                             bool,
                             std::optional<std::int64_t>);
Tensor sum_sparse_coo(const Tensor&,
                      std::optional<std::span<const std::int64_t>>,
                      bool,
                      std::optional<std::int64_t>);
Tensor t(const Tensor&);
void tracerFallback(const OperatorHandle&, DispatchKeySet, Stack*);
Tensor transpose(const Tensor&, std::int64_t, std::int64_t);
Tensor transpose_nested(const Tensor&, std::int64_t, std::int64_t);
Tensor& ufunc_add_CPU(Tensor&, const Tensor&, double);
Tensor ufunc_add_CPU(const Tensor&, const Tensor&, double);
Tensor& ufunc_add_CPU(const Tensor&, const Tensor&, double, Tensor&);
Tensor& ufunc_add_CUDA(Tensor&, const Tensor&, double);
Tensor ufunc_add_CUDA(const Tensor&, const Tensor&, double);
Tensor& ufunc_add_CUDA(const Tensor&, const Tensor&, double, Tensor&);
std::vector<Tensor> unbind(const Tensor&, std::int64_t);
Tensor view(const Tensor&, std::span<const std::int64_t>);
Tensor view_copy_symint(const Tensor&, std::span<const std::int64_t>);
Tensor view_nested(const Tensor&, std::span<const std::int64_t>);
Tensor view_symint(const Tensor&, std::span<const std::int64_t>);
void zeroTensorFallback(const OperatorHandle&, DispatchKeySet, Stack*);
Tensor zeros_like(const Tensor&,
                  std::optional<std::int64_t>,
                  std::optional<std::int64_t>,
                  const std::optional<dispatch_codegen::Opaque>&,
                  std::optional<bool>,
                  std::optional<std::int64_t>);
Tensor zeros_symint(std::span<const std::int64_t>,
                    std::optional<std::int64_t>,
                    std::optional<std::int64_t>,
                    const std::optional<dispatch_codegen::Opaque>&,
                    std::optional<bool>);

}  // namespace pytorch::dispatch::kernels

namespace pytorch::dispatch::kernels::ADInplaceOrView {

Tensor& add__Tensor(Tensor&, const Tensor&, double);
Tensor& add_out_out(const Tensor&, const Tensor&, double, Tensor&);
Tensor alias(const Tensor&);
Tensor& arange_out_start_out(double, double, double, Tensor&);
Tensor as_strided(const Tensor&,
                  std::span<const std::int64_t>,
                  std::span<const std::int64_t>,
                  std::optional<std::int64_t>);
Tensor& cat_out_out(std::span<const Tensor>, std::int64_t, Tensor&);
std::vector<Tensor> chunk(const Tensor&, std::int64_t, std::int64_t);
Tensor expand(const Tensor&, std::span<const std::int64_t>, bool);
Tensor& index_out_Tensor_out(const Tensor&,
                             std::span<const std::optional<Tensor>>,
                             Tensor&);
Tensor& mm_out_out(const Tensor&, const Tensor&, Tensor&);
Tensor& mul__Tensor(Tensor&, const Tensor&);
Tensor& mul_out_out(const Tensor&, const Tensor&, Tensor&);
Tensor& random_(Tensor&, const std::optional<dispatch_codegen::Opaque>&);
Tensor& relu_(Tensor&);
Tensor select_int(const Tensor&, std::int64_t, std::int64_t);
Tensor& sigmoid_(Tensor&);
Tensor& sigmoid_out_out(const Tensor&, Tensor&);
Tensor& silu_backward_out_grad_input(const Tensor&, const Tensor&, Tensor&);
Tensor slice_Tensor(const Tensor&,
                    std::int64_t,
                    std::optional<std::int64_t>,
                    std::optional<std::int64_t>,
                    std::int64_t);
Tensor& sum_out_IntList_out(const Tensor&,
                            std::optional<std::span<const std::int64_t>>,
                            bool,
                            std::optional<std::int64_t>,
                            Tensor&);
Tensor t(const Tensor&);
Tensor transpose_int(const Tensor&, std::int64_t, std::int64_t);
std::vector<Tensor> unbind_int(const Tensor&, std::int64_t);
Tensor view(const Tensor&, std::span<const std::int64_t>);

}  // namespace pytorch::dispatch::kernels::ADInplaceOrView

namespace pytorch::dispatch::kernels::ADInplaceOrViewManual {

Tensor& copy_(Tensor&, const Tensor&, bool);
Tensor detach(const Tensor&);
Tensor& resize_(Tensor&, std::span<const std::int64_t>, std::optional<std::int64_t>);

}  // namespace pytorch::dispatch::kernels::ADInplaceOrViewManual

namespace pytorch::dispatch::kernels::BackendSelect {

Tensor arange(double,
              std::optional<std::int64_t>,
              std::optional<std::int64_t>,
              const std::optional<dispatch_codegen::Opaque>&,
              std::optional<bool>);
Tensor empty_memory_format(std::span<const std::int64_t>,
                           std::optional<std::int64_t>,
                           std::optional<std::int64_t>,
                           const std::optional<dispatch_codegen::Opaque>&,
                           std::optional<bool>,
                           std::optional<std::int64_t>);
Tensor ones(std::span<const std::int64_t>,
            std::optional<std::int64_t>,
            std::optional<std::int64_t>,
            const std::optional<dispatch_codegen::Opaque>&,
            std::optional<bool>);
Tensor randn(std::span<const std::int64_t>,
             std::optional<std::int64_t>,
             std::optional<std::int64_t>,
             const std::optional<dispatch_codegen::Opaque>&,
             std::optional<bool>);
Tensor randn_generator(std::span<const std::int64_t>,
                       const std::optional<dispatch_codegen::Opaque>&,
                       std::optional<std::int64_t>,
                       std::optional<std::int64_t>,
                       const std::optional<dispatch_codegen::Opaque>&,
                       std::optional<bool>);
Tensor zeros(std::span<const std::int64_t>,
             std::optional<std::int64_t>,
             std::optional<std::int64_t>,
             const std::optional<dispatch_codegen::Opaque>&,
             std::optional<bool>);

}  // namespace pytorch::dispatch::kernels::BackendSelect

namespace pytorch::dispatch::kernels::FunctionalizeFallbackKernel {

Tensor& resize_(Tensor&, std::span<const std::int64_t>, std::optional<std::int64_t>);

}  // namespace pytorch::dispatch::kernels::FunctionalizeFallbackKernel

namespace pytorch::dispatch::kernels::LegacyBatchingRegistrations {

Tensor add_Scalar(const Tensor&, double, double);
Tensor add_Tensor(const Tensor&, const Tensor&, double);
Tensor as_strided(const Tensor&,
                  std::span<const std::int64_t>,
                  std::span<const std::int64_t>,
                  std::optional<std::int64_t>);
Tensor cat(std::span<const Tensor>, std::int64_t);
std::vector<Tensor> chunk(const Tensor&, std::int64_t, std::int64_t);
Tensor expand(const Tensor&, std::span<const std::int64_t>, bool);
Tensor mm(const Tensor&, const Tensor&);
Tensor mul_Tensor(const Tensor&, const Tensor&);
Tensor relu(const Tensor&);
Tensor reshape(const Tensor&, std::span<const std::int64_t>);
Tensor select_int(const Tensor&, std::int64_t, std::int64_t);
Tensor sigmoid(const Tensor&);
Tensor slice_Tensor(const Tensor&,
                    std::int64_t,
                    std::optional<std::int64_t>,
                    std::optional<std::int64_t>,
                    std::int64_t);
Tensor stack(std::span<const Tensor>, std::int64_t);
Tensor sum_dim_IntList(const Tensor&,
                       std::optional<std::span<const std::int64_t>>,
                       bool,
                       std::optional<std::int64_t>);
Tensor t(const Tensor&);
Tensor transpose_int(const Tensor&, std::int64_t, std::int64_t);
std::vector<Tensor> unbind_int(const Tensor&, std::int64_t);
Tensor view(const Tensor&, std::span<const std::int64_t>);

}  // namespace pytorch::dispatch::kernels::LegacyBatchingRegistrations

namespace pytorch::dispatch::kernels::TraceType {

std::vector<Tensor> _foreach_add_List(std::span<const Tensor>,
                                      std::span<const Tensor>,
                                      double);
void _foreach_add__List(std::span<const Tensor>, std::span<const Tensor>, double);
Tensor _nested_tensor_storage_offsets(const Tensor&);
std::int64_t _nnz(const Tensor&);
Tensor _test_autograd_multiple_dispatch_fullcoverage(const Tensor&);
Tensor add_Scalar(const Tensor&, double, double);
Tensor add_Tensor(const Tensor&, const Tensor&, double);
Tensor& add__Tensor(Tensor&, const Tensor&, double);
Tensor& add_out_out(const Tensor&, const Tensor&, double, Tensor&);
Tensor alias(const Tensor&);
Tensor arange(double,
              std::optional<std::int64_t>,
              std::optional<std::int64_t>,
              const std::optional<dispatch_codegen::Opaque>&,
              std::optional<bool>);
Tensor& arange_out_start_out(double, double, double, Tensor&);
Tensor as_strided(const Tensor&,
                  std::span<const std::int64_t>,
                  std::span<const std::int64_t>,
                  std::optional<std::int64_t>);
Tensor cat(std::span<const Tensor>, std::int64_t);
Tensor& cat_out_out(std::span<const Tensor>, std::int64_t, Tensor&);
std::vector<Tensor> chunk(const Tensor&, std::int64_t, std::int64_t);
Tensor cudnn_convolution(const Tensor&,
                         const Tensor&,
                         std::span<const std::int64_t>,
                         std::span<const std::int64_t>,
                         std::span<const std::int64_t>,
                         std::int64_t,
                         bool,
                         bool,
                         bool);
bool cudnn_is_acceptable(const Tensor&);
Tensor dequantize_self(const Tensor&);
Tensor dropout(const Tensor&, double, bool);
Tensor empty_memory_format(std::span<const std::int64_t>,
                           std::optional<std::int64_t>,
                           std::optional<std::int64_t>,
                           const std::optional<dispatch_codegen::Opaque>&,
                           std::optional<bool>,
                           std::optional<std::int64_t>);
Tensor expand(const Tensor&, std::span<const std::int64_t>, bool);
Tensor flatten_using_ints(const Tensor&, std::int64_t, std::int64_t);
Tensor index_Tensor(const Tensor&, std::span<const std::optional<Tensor>>);
Tensor& index_out_Tensor_out(const Tensor&,
                             std::span<const std::optional<Tensor>>,
                             Tensor&);
bool is_nonzero(const Tensor&);
Tensor linear(const Tensor&, const Tensor&, const std::optional<Tensor>&);
Tensor matmul(const Tensor&, const Tensor&);
Tensor mkldnn_convolution(const Tensor&,
                          const Tensor&,
                          const std::optional<Tensor>&,
                          std::span<const std::int64_t>,
                          std::span<const std::int64_t>,
                          std::span<const std::int64_t>,
                          std::int64_t);
Tensor mkldnn_linear(const Tensor&, const Tensor&, const std::optional<Tensor>&);
Tensor mm(const Tensor&, const Tensor&);
Tensor& mm_out_out(const Tensor&, const Tensor&, Tensor&);
Tensor mul_Tensor(const Tensor&, const Tensor&);
Tensor& mul__Tensor(Tensor&, const Tensor&);
Tensor& mul_out_out(const Tensor&, const Tensor&, Tensor&);
Tensor native_channel_shuffle(const Tensor&, std::int64_t);
Tensor ones(std::span<const std::int64_t>,
            std::optional<std::int64_t>,
            std::optional<std::int64_t>,
            const std::optional<dispatch_codegen::Opaque>&,
            std::optional<bool>);
Tensor quantize_per_tensor(const Tensor&, double, std::int64_t, std::int64_t);
Tensor randn(std::span<const std::int64_t>,
             std::optional<std::int64_t>,
             std::optional<std::int64_t>,
             const std::optional<dispatch_codegen::Opaque>&,
             std::optional<bool>);
Tensor randn_generator(std::span<const std::int64_t>,
                       const std::optional<dispatch_codegen::Opaque>&,
                       std::optional<std::int64_t>,
                       std::optional<std::int64_t>,
                       const std::optional<dispatch_codegen::Opaque>&,
                       std::optional<bool>);
Tensor randn_like(const Tensor&,
                  std::optional<std::int64_t>,
                  std::optional<std::int64_t>,
                  const std::optional<dispatch_codegen::Opaque>&,
                  std::optional<bool>,
                  std::optional<std::int64_t>);
Tensor& random_(Tensor&, const std::optional<dispatch_codegen::Opaque>&);
Tensor relu(const Tensor&);
Tensor& relu_(Tensor&);
Tensor reshape(const Tensor&, std::span<const std::int64_t>);
Tensor select_int(const Tensor&, std::int64_t, std::int64_t);
Tensor sigmoid(const Tensor&);
Tensor& sigmoid_(Tensor&);
Tensor& sigmoid_out_out(const Tensor&, Tensor&);
Tensor silu_backward(const Tensor&, const Tensor&);
Tensor& silu_backward_out_grad_input(const Tensor&, const Tensor&, Tensor&);
Tensor slice_Tensor(const Tensor&,
                    std::int64_t,
                    std::optional<std::int64_t>,
                    std::optional<std::int64_t>,
                    std::int64_t);
Tensor stack(std::span<const Tensor>, std::int64_t);
Tensor sum_dim_IntList(const Tensor&,
                       std::optional<std::span<const std::int64_t>>,
                       bool,
                       std::optional<std::int64_t>);
Tensor& sum_out_IntList_out(const Tensor&,
                            std::optional<std::span<const std::int64_t>>,
                            bool,
                            std::optional<std::int64_t>,
                            Tensor&);
Tensor t(const Tensor&);
Tensor transpose_int(const Tensor&, std::int64_t, std::int64_t);
std::vector<Tensor> unbind_int(const Tensor&, std::int64_t);
Tensor view(const Tensor&, std::span<const std::int64_t>);
Tensor view_copy(const Tensor&, std::span<const std::int64_t>);
Tensor zeros(std::span<const std::int64_t>,
             std::optional<std::int64_t>,
             std::optional<std::int64_t>,
             const std::optional<dispatch_codegen::Opaque>&,
             std::optional<bool>);
Tensor zeros_like(const Tensor&,
                  std::optional<std::int64_t>,
                  std::optional<std::int64_t>,
                  const std::optional<dispatch_codegen::Opaque>&,
                  std::optional<bool>,
                  std::optional<std::int64_t>);

}  // namespace pytorch::dispatch::kernels::TraceType

namespace pytorch::dispatch::kernels::TraceTypeManual {

Tensor& copy_(Tensor&, const Tensor&, bool);
Tensor detach(const Tensor&);
Tensor& resize_(Tensor&, std::span<const std::int64_t>, std::optional<std::int64_t>);

}  // namespace pytorch::dispatch::kernels::TraceTypeManual

namespace pytorch::dispatch::kernels::VariableType {

std::vector<Tensor> _foreach_add_List(std::span<const Tensor>,
                                      std::span<const Tensor>,
                                      double);
void _foreach_add__List(std::span<const Tensor>, std::span<const Tensor>, double);
Tensor _nested_tensor_storage_offsets(const Tensor&);
std::int64_t _nnz(const Tensor&);
Tensor _test_autograd_multiple_dispatch_fullcoverage(const Tensor&);
Tensor _test_autograd_multiple_dispatch_fullcoverage_AutogradCUDA(const Tensor&);
Tensor _test_autograd_multiple_dispatch_fullcoverage_AutogradNestedTensor(
    const Tensor&);
Tensor add_Scalar(const Tensor&, double, double);
Tensor add_Tensor(const Tensor&, const Tensor&, double);
Tensor& add__Tensor(Tensor&, const Tensor&, double);
Tensor& add_out_out(const Tensor&, const Tensor&, double, Tensor&);
Tensor alias(const Tensor&);
Tensor as_strided(const Tensor&,
                  std::span<const std::int64_t>,
                  std::span<const std::int64_t>,
                  std::optional<std::int64_t>);
Tensor cat(std::span<const Tensor>, std::int64_t);
Tensor& cat_out_out(std::span<const Tensor>, std::int64_t, Tensor&);
std::vector<Tensor> chunk(const Tensor&, std::int64_t, std::int64_t);
std::vector<Tensor> chunk_AutogradNestedTensor(const Tensor&,
                                               std::int64_t,
                                               std::int64_t);
Tensor cudnn_convolution(const Tensor&,
                         const Tensor&,
                         std::span<const std::int64_t>,
                         std::span<const std::int64_t>,
                         std::span<const std::int64_t>,
                         std::int64_t,
                         bool,
                         bool,
                         bool);
Tensor dequantize_self(const Tensor&);
Tensor expand(const Tensor&, std::span<const std::int64_t>, bool);
Tensor index_Tensor(const Tensor&, std::span<const std::optional<Tensor>>);
Tensor& index_out_Tensor_out(const Tensor&,
                             std::span<const std::optional<Tensor>>,
                             Tensor&);
Tensor linear(const Tensor&, const Tensor&, const std::optional<Tensor>&);
Tensor matmul(const Tensor&, const Tensor&);
Tensor mkldnn_convolution(const Tensor&,
                          const Tensor&,
                          const std::optional<Tensor>&,
                          std::span<const std::int64_t>,
                          std::span<const std::int64_t>,
                          std::span<const std::int64_t>,
                          std::int64_t);
Tensor mkldnn_linear(const Tensor&, const Tensor&, const std::optional<Tensor>&);
Tensor mm(const Tensor&, const Tensor&);
Tensor& mm_out_out(const Tensor&, const Tensor&, Tensor&);
Tensor mul_Tensor(const Tensor&, const Tensor&);
Tensor& mul__Tensor(Tensor&, const Tensor&);
Tensor& mul_out_out(const Tensor&, const Tensor&, Tensor&);
Tensor quantize_per_tensor(const Tensor&, double, std::int64_t, std::int64_t);
Tensor randn_like(const Tensor&,
                  std::optional<std::int64_t>,
                  std::optional<std::int64_t>,
                  const std::optional<dispatch_codegen::Opaque>&,
                  std::optional<bool>,
                  std::optional<std::int64_t>);
Tensor& random_(Tensor&, const std::optional<dispatch_codegen::Opaque>&);
Tensor relu(const Tensor&);
Tensor& relu_(Tensor&);
Tensor select_int(const Tensor&, std::int64_t, std::int64_t);
Tensor select_int_AutogradNestedTensor(const Tensor&, std::int64_t, std::int64_t);
Tensor sigmoid(const Tensor&);
Tensor& sigmoid_(Tensor&);
Tensor& sigmoid_out_out(const Tensor&, Tensor&);
Tensor slice_Tensor(const Tensor&,
                    std::int64_t,
                    std::optional<std::int64_t>,
                    std::optional<std::int64_t>,
                    std::int64_t);
Tensor stack(std::span<const Tensor>, std::int64_t);
Tensor sum_dim_IntList(const Tensor&,
                       std::optional<std::span<const std::int64_t>>,
                       bool,
                       std::optional<std::int64_t>);
Tensor sum_dim_IntList_AutogradNestedTensor(
    const Tensor&,
    std::optional<std::span<const std::int64_t>>,
    bool,
    std::optional<std::int64_t>);
Tensor& sum_out_IntList_out(const Tensor&,
                            std::optional<std::span<const std::int64_t>>,
                            bool,
                            std::optional<std::int64_t>,
                            Tensor&);
Tensor& sum_out_IntList_out_AutogradNestedTensor(
    const Tensor&,
    std::optional<std::span<const std::int64_t>>,
    bool,
    std::optional<std::int64_t>,
    Tensor&);
Tensor t(const Tensor&);
Tensor transpose_int(const Tensor&, std::int64_t, std::int64_t);
std::vector<Tensor> unbind_int(const Tensor&, std::int64_t);
std::vector<Tensor> unbind_int_AutogradNestedTensor(const Tensor&, std::int64_t);
Tensor view(const Tensor&, std::span<const std::int64_t>);
Tensor view_AutogradNestedTensor(const Tensor&, std::span<const std::int64_t>);
Tensor view_copy(const Tensor&, std::span<const std::int64_t>);
Tensor view_copy_AutogradNestedTensor(const Tensor&, std::span<const std::int64_t>);
Tensor zeros_like(const Tensor&,
                  std::optional<std::int64_t>,
                  std::optional<std::int64_t>,
                  const std::optional<dispatch_codegen::Opaque>&,
                  std::optional<bool>,
                  std::optional<std::int64_t>);

}  // namespace pytorch::dispatch::kernels::VariableType

namespace pytorch::dispatch::kernels::VariableTypeManual {

Tensor& copy_(Tensor&, const Tensor&, bool);
Tensor detach(const Tensor&);
Tensor& resize_(Tensor&, std::span<const std::int64_t>, std::optional<std::int64_t>);

}  // namespace pytorch::dispatch::kernels::VariableTypeManual

namespace pytorch::dispatch::kernels::VmapModeRegistrations {

Tensor randn(std::span<const std::int64_t>,
             std::optional<std::int64_t>,
             std::optional<std::int64_t>,
             const std::optional<dispatch_codegen::Opaque>&,
             std::optional<bool>);
Tensor randn_generator(std::span<const std::int64_t>,
                       const std::optional<dispatch_codegen::Opaque>&,
                       std::optional<std::int64_t>,
                       std::optional<std::int64_t>,
                       const std::optional<dispatch_codegen::Opaque>&,
                       std::optional<bool>);
Tensor randn_like(const Tensor&,
                  std::optional<std::int64_t>,
                  std::optional<std::int64_t>,
                  const std::optional<dispatch_codegen::Opaque>&,
                  std::optional<bool>,
                  std::optional<std::int64_t>);
Tensor& random_(Tensor&, const std::optional<dispatch_codegen::Opaque>&);

}  // namespace pytorch::dispatch::kernels::VmapModeRegistrations

namespace pytorch::dispatch::kernels::autocast {

Tensor cat(std::span<const Tensor>, std::int64_t);
Tensor cudnn_convolution(const Tensor&,
                         const Tensor&,
                         std::span<const std::int64_t>,
                         std::span<const std::int64_t>,
                         std::span<const std::int64_t>,
                         std::int64_t,
                         bool,
                         bool,
                         bool);
Tensor linear(const Tensor&, const Tensor&, const std::optional<Tensor>&);
Tensor matmul(const Tensor&, const Tensor&);
Tensor mm(const Tensor&, const Tensor&);
Tensor stack(std::span<const Tensor>, std::int64_t);
Tensor sum_dim_IntList(const Tensor&,
                       std::optional<std::span<const std::int64_t>>,
                       bool,
                       std::optional<std::int64_t>);

}  // namespace pytorch::dispatch::kernels::autocast

namespace pytorch::dispatch::kernels::functionalization {

void _foreach_add__List(std::span<const Tensor>, std::span<const Tensor>, double);
Tensor& add__Tensor(Tensor&, const Tensor&, double);
Tensor& add_out_out(const Tensor&, const Tensor&, double, Tensor&);
Tensor alias(const Tensor&);
Tensor& arange_out_start_out(double, double, double, Tensor&);
Tensor as_strided(const Tensor&,
                  std::span<const std::int64_t>,
                  std::span<const std::int64_t>,
                  std::optional<std::int64_t>);
Tensor& cat_out_out(std::span<const Tensor>, std::int64_t, Tensor&);
std::vector<Tensor> chunk(const Tensor&, std::int64_t, std::int64_t);
Tensor& copy_(Tensor&, const Tensor&, bool);
Tensor detach(const Tensor&);
Tensor expand(const Tensor&, std::span<const std::int64_t>, bool);
Tensor flatten_using_ints(const Tensor&, std::int64_t, std::int64_t);
Tensor& index_out_Tensor_out(const Tensor&,
                             std::span<const std::optional<Tensor>>,
                             Tensor&);
Tensor& mm_out_out(const Tensor&, const Tensor&, Tensor&);
Tensor& mul__Tensor(Tensor&, const Tensor&);
Tensor& mul_out_out(const Tensor&, const Tensor&, Tensor&);
Tensor& random_(Tensor&, const std::optional<dispatch_codegen::Opaque>&);
Tensor& relu_(Tensor&);
Tensor reshape(const Tensor&, std::span<const std::int64_t>);
Tensor select_int(const Tensor&, std::int64_t, std::int64_t);
Tensor& sigmoid_(Tensor&);
Tensor& sigmoid_out_out(const Tensor&, Tensor&);
Tensor& silu_backward_out_grad_input(const Tensor&, const Tensor&, Tensor&);
Tensor slice_Tensor(const Tensor&,
                    std::int64_t,
                    std::optional<std::int64_t>,
                    std::optional<std::int64_t>,
                    std::int64_t);
Tensor& sum_out_IntList_out(const Tensor&,
                            std::optional<std::span<const std::int64_t>>,
                            bool,
                            std::optional<std::int64_t>,
                            Tensor&);
Tensor t(const Tensor&);
Tensor transpose_int(const Tensor&, std::int64_t, std::int64_t);
std::vector<Tensor> unbind_int(const Tensor&, std::int64_t);
Tensor view(const Tensor&, std::span<const std::int64_t>);

}  // namespace pytorch::dispatch::kernels::functionalization

namespace pytorch::dispatch::kernels::functorch::BatchRulesBinaryOps {

Tensor add_Scalar(const Tensor&, double, double);
Tensor add_Tensor(const Tensor&, const Tensor&, double);
Tensor& add__Tensor(Tensor&, const Tensor&, double);
Tensor& copy_(Tensor&, const Tensor&, bool);
Tensor mul_Tensor(const Tensor&, const Tensor&);
Tensor& mul__Tensor(Tensor&, const Tensor&);
Tensor silu_backward(const Tensor&, const Tensor&);

}  // namespace pytorch::dispatch::kernels::functorch::BatchRulesBinaryOps

namespace pytorch::dispatch::kernels::functorch::BatchRulesDecompositions {

std::vector<Tensor> chunk(const Tensor&, std::int64_t, std::int64_t);
Tensor dropout(const Tensor&, double, bool);
Tensor flatten_using_ints(const Tensor&, std::int64_t, std::int64_t);
Tensor linear(const Tensor&, const Tensor&, const std::optional<Tensor>&);
Tensor matmul(const Tensor&, const Tensor&);
Tensor reshape(const Tensor&, std::span<const std::int64_t>);

}  // namespace pytorch::dispatch::kernels::functorch::BatchRulesDecompositions

namespace pytorch::dispatch::kernels::functorch::BatchRulesDynamic {

bool is_nonzero(const Tensor&);

}  // namespace pytorch::dispatch::kernels::functorch::BatchRulesDynamic

namespace pytorch::dispatch::kernels::functorch::BatchRulesFactory {

Tensor randn_like(const Tensor&,
                  std::optional<std::int64_t>,
                  std::optional<std::int64_t>,
                  const std::optional<dispatch_codegen::Opaque>&,
                  std::optional<bool>,
                  std::optional<std::int64_t>);
Tensor zeros_like(const Tensor&,
                  std::optional<std::int64_t>,
                  std::optional<std::int64_t>,
                  const std::optional<dispatch_codegen::Opaque>&,
                  std::optional<bool>,
                  std::optional<std::int64_t>);

}  // namespace pytorch::dispatch::kernels::functorch::BatchRulesFactory

namespace pytorch::dispatch::kernels::functorch::BatchRulesLinearAlgebra {

Tensor mm(const Tensor&, const Tensor&);

}  // namespace pytorch::dispatch::kernels::functorch::BatchRulesLinearAlgebra

namespace pytorch::dispatch::kernels::functorch::BatchRulesRandomness {

Tensor randn(std::span<const std::int64_t>,
             std::optional<std::int64_t>,
             std::optional<std::int64_t>,
             const std::optional<dispatch_codegen::Opaque>&,
             std::optional<bool>);
Tensor randn_generator(std::span<const std::int64_t>,
                       const std::optional<dispatch_codegen::Opaque>&,
                       std::optional<std::int64_t>,
                       std::optional<std::int64_t>,
                       const std::optional<dispatch_codegen::Opaque>&,
                       std::optional<bool>);
Tensor randn_like(const Tensor&,
                  std::optional<std::int64_t>,
                  std::optional<std::int64_t>,
                  const std::optional<dispatch_codegen::Opaque>&,
                  std::optional<bool>,
                  std::optional<std::int64_t>);
Tensor& random_(Tensor&, const std::optional<dispatch_codegen::Opaque>&);

}  // namespace pytorch::dispatch::kernels::functorch::BatchRulesRandomness

namespace pytorch::dispatch::kernels::functorch::BatchRulesReduceOps {

Tensor sum_dim_IntList(const Tensor&,
                       std::optional<std::span<const std::int64_t>>,
                       bool,
                       std::optional<std::int64_t>);

}  // namespace pytorch::dispatch::kernels::functorch::BatchRulesReduceOps

namespace pytorch::dispatch::kernels::functorch::BatchRulesScatterOps {

Tensor index_Tensor(const Tensor&, std::span<const std::optional<Tensor>>);

}  // namespace pytorch::dispatch::kernels::functorch::BatchRulesScatterOps

namespace pytorch::dispatch::kernels::functorch::BatchRulesUnaryOps {

Tensor alias(const Tensor&);
Tensor detach(const Tensor&);
Tensor relu(const Tensor&);
Tensor& relu_(Tensor&);
Tensor sigmoid(const Tensor&);
Tensor& sigmoid_(Tensor&);

}  // namespace pytorch::dispatch::kernels::functorch::BatchRulesUnaryOps

namespace pytorch::dispatch::kernels::functorch::BatchRulesViews {

Tensor expand(const Tensor&, std::span<const std::int64_t>, bool);
Tensor& resize_(Tensor&, std::span<const std::int64_t>, std::optional<std::int64_t>);
Tensor select_int(const Tensor&, std::int64_t, std::int64_t);
Tensor slice_Tensor(const Tensor&,
                    std::int64_t,
                    std::optional<std::int64_t>,
                    std::optional<std::int64_t>,
                    std::int64_t);
Tensor t(const Tensor&);
Tensor transpose_int(const Tensor&, std::int64_t, std::int64_t);
Tensor view(const Tensor&, std::span<const std::int64_t>);
Tensor view_copy(const Tensor&, std::span<const std::int64_t>);

}  // namespace pytorch::dispatch::kernels::functorch::BatchRulesViews

namespace pytorch::dispatch::kernels::functorch::DynamicLayer {

Tensor alias(const Tensor&);

}  // namespace pytorch::dispatch::kernels::functorch::DynamicLayer

namespace pytorch::dispatch::kernels::functorch::LegacyBatchingRegistrations {

Tensor as_strided(const Tensor&,
                  std::span<const std::int64_t>,
                  std::span<const std::int64_t>,
                  std::optional<std::int64_t>);
Tensor cat(std::span<const Tensor>, std::int64_t);
Tensor nested_cat(std::span<const Tensor>, std::int64_t);
Tensor stack(std::span<const Tensor>, std::int64_t);
std::vector<Tensor> unbind_int(const Tensor&, std::int64_t);

}  // namespace pytorch::dispatch::kernels::functorch::LegacyBatchingRegistrations

namespace pytorch::dispatch::kernels::functorch::PyTorchOperatorHacks {

Tensor dropout(const Tensor&, double, bool);
Tensor linear(const Tensor&, const Tensor&, const std::optional<Tensor>&);

}  // namespace pytorch::dispatch::kernels::functorch::PyTorchOperatorHacks

namespace pytorch::dispatch::kernels::torch::autograd {

Tensor autogradNotImplementedFallback(const Tensor&, const Tensor&);
Tensor& autogradNotImplementedFallback(const Tensor&, const Tensor&, Tensor&);
Tensor autogradNotImplementedFallback(const Tensor&, std::int64_t);
Tensor& autogradNotImplementedFallback(double, double, double, Tensor&);
Tensor autogradNotImplementedFallback(double,
                                      std::optional<std::int64_t>,
                                      std::optional<std::int64_t>,
                                      const std::optional<dispatch_codegen::Opaque>&,
                                      std::optional<bool>);
Tensor autogradNotImplementedFallback(std::span<const std::int64_t>,
                                      const std::optional<dispatch_codegen::Opaque>&,
                                      std::optional<std::int64_t>,
                                      std::optional<std::int64_t>,
                                      const std::optional<dispatch_codegen::Opaque>&,
                                      std::optional<bool>);
Tensor autogradNotImplementedFallback(std::span<const std::int64_t>,
                                      std::optional<std::int64_t>,
                                      std::optional<std::int64_t>,
                                      const std::optional<dispatch_codegen::Opaque>&,
                                      std::optional<bool>);
Tensor autogradNotImplementedFallback(std::span<const std::int64_t>,
                                      std::optional<std::int64_t>,
                                      std::optional<std::int64_t>,
                                      const std::optional<dispatch_codegen::Opaque>&,
                                      std::optional<bool>,
                                      std::optional<std::int64_t>);

}  // namespace pytorch::dispatch::kernels::torch::autograd

#endif
