// A device whose memory is the host's: its allocator, and the kernels that must be there
// before PyTorch can make, view, copy or print one tensor on it.
//
// A tensor's memory is read and written here through plain pointers. None of this is for
// a device that has memory of its own.

#ifndef DISPATCH_CODEGEN_TORCH_HOST_MEMORY_H
#define DISPATCH_CODEGEN_TORCH_HOST_MEMORY_H

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/stack.h>
#include <c10/core/Allocator.h>
#include <c10/core/Device.h>
#include <c10/core/DispatchKeySet.h>
#include <c10/core/GeneratorImpl.h>
#include <c10/core/Scalar.h>
#include <c10/core/Storage.h>
#include <c10/core/Stream.h>

#include <array>
#include <cstdint>
#include <optional>
#include <tuple>

#include "registry.h"
#include "visibility.h"

namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen {

/// The one device type that PyTorch leaves for others to name.
inline constexpr c10::DeviceType open_device_type = c10::DeviceType::PrivateUse1;

/// Host memory that counts as that of the current device of a type. Lives for ever; one
/// a device type. Knows how much of it is in use, for torch.accelerator.memory_*.
c10::Allocator* host_allocator(c10::DeviceType type);

/// Host memory that counts as pinned, for hosts whose devices need nothing of the kind.
c10::Allocator* pinned_host_allocator();

/// Whether an address is in memory of pinned_host_allocator.
bool is_pinned_host_memory(const void* data);

/// A CPU tensor over the memory of a tensor of the open device type, which must outlive
/// it. Any other tensor is returned as it is.
at::Tensor host_alias(const at::Tensor& tensor);

/// A random number generator that carries a device's name and draws from a CPU generator:
/// `host_fallback` gives CPU kernels the latter.
class HostGenerator final : public c10::GeneratorImpl {
 public:
  HostGenerator(c10::Device device, at::Generator host);

  const at::Generator& host() const { return host_; }

  void set_current_seed(uint64_t seed) override;
  void set_offset(uint64_t offset) override;
  uint64_t get_offset() const override;
  uint64_t current_seed() const override;
  uint64_t seed() override;
  void set_state(const c10::TensorImpl& new_state) override;
  c10::intrusive_ptr<c10::TensorImpl> get_state() const override;

 private:
  HostGenerator* clone_impl() const override;

  at::Generator host_;
};

/// An operator by its CPU kernel, with the device's generators replaced by what they
/// hold for the CPU. A backend fallback.
void host_fallback(const c10::OperatorHandle& op,
                   c10::DispatchKeySet keys,
                   torch::jit::Stack* stack);

/// Makes it for a registration.
constexpr FunctionMaker host_memory_fallback() noexcept {
  return boxed<&host_fallback>();
}

// Kernels, each with the signature of its operator.

at::Tensor host_empty(at::IntArrayRef size,
                      std::optional<at::ScalarType> dtype,
                      std::optional<at::Layout> layout,
                      std::optional<at::Device> device,
                      std::optional<bool> pin_memory,
                      std::optional<at::MemoryFormat> memory_format);
at::Tensor host_empty_strided(at::IntArrayRef size,
                              at::IntArrayRef stride,
                              std::optional<at::ScalarType> dtype,
                              std::optional<at::Layout> layout,
                              std::optional<at::Device> device,
                              std::optional<bool> pin_memory);

at::Tensor host_as_strided(const at::Tensor& self,
                           at::IntArrayRef size,
                           at::IntArrayRef stride,
                           std::optional<int64_t> storage_offset);
at::Tensor host_view(const at::Tensor& self, at::IntArrayRef size);
at::Tensor host_reshape_alias(const at::Tensor& self,
                              at::IntArrayRef size,
                              at::IntArrayRef stride);
at::Tensor host_unfold(const at::Tensor& self,
                       int64_t dimension,
                       int64_t size,
                       int64_t step);
at::Tensor host_view_as_real(const at::Tensor& self);
at::Tensor host_view_as_complex(const at::Tensor& self);

const at::Tensor& host_resize_(const at::Tensor& self,
                               at::IntArrayRef size,
                               std::optional<at::MemoryFormat> memory_format);
at::Tensor& host_set_(at::Tensor& self);
at::Tensor& host_set_tensor_(at::Tensor& self, const at::Tensor& source);
at::Tensor& host_set_storage_(at::Tensor& self, at::Storage source);
at::Tensor& host_set_storage_offset_(at::Tensor& self,
                                     at::Storage source,
                                     int64_t storage_offset,
                                     at::IntArrayRef size,
                                     at::IntArrayRef stride);
bool host_is_set_to(const at::Tensor& self, const at::Tensor& tensor);

at::Tensor host_copy_from(const at::Tensor& self,
                          const at::Tensor& dst,
                          bool non_blocking);
at::Tensor host_copy_from_and_resize(const at::Tensor& self, const at::Tensor& dst);
at::Scalar host_local_scalar_dense(const at::Tensor& self);
bool host_equal(const at::Tensor& self, const at::Tensor& other);
void host_record_stream(at::Tensor& self, at::Stream stream);

// PyTorch sends convolutions of the open device type to operators that nothing else has.
at::Tensor host_convolution(const at::Tensor& input,
                            const at::Tensor& weight,
                            const std::optional<at::Tensor>& bias,
                            at::IntArrayRef stride,
                            at::IntArrayRef padding,
                            at::IntArrayRef dilation,
                            bool transposed,
                            at::IntArrayRef output_padding,
                            int64_t groups);
std::tuple<at::Tensor, at::Tensor, at::Tensor> host_convolution_backward(
    const at::Tensor& grad_output,
    const at::Tensor& input,
    const at::Tensor& weight,
    at::IntArrayRef stride,
    at::IntArrayRef padding,
    at::IntArrayRef dilation,
    bool transposed,
    at::IntArrayRef output_padding,
    int64_t groups,
    std::array<bool, 3> output_mask);

// So it does with the cells of recurrent networks. These need no host memory, only the
// operators that they are made of.
std::tuple<at::Tensor, at::Tensor, at::Tensor> host_lstm_cell(
    const at::Tensor& input_gates,
    const at::Tensor& hidden_gates,
    const at::Tensor& cell,
    const std::optional<at::Tensor>& input_bias,
    const std::optional<at::Tensor>& hidden_bias);
std::tuple<at::Tensor, at::Tensor, at::Tensor> host_lstm_cell_backward(
    const std::optional<at::Tensor>& grad_hidden,
    const std::optional<at::Tensor>& grad_cell,
    const at::Tensor& cell,
    const at::Tensor& next_cell,
    const at::Tensor& workspace,
    bool has_bias);
std::tuple<at::Tensor, at::Tensor> host_gru_cell(
    const at::Tensor& input_gates,
    const at::Tensor& hidden_gates,
    const at::Tensor& hidden,
    const std::optional<at::Tensor>& input_bias,
    const std::optional<at::Tensor>& hidden_bias);
std::tuple<at::Tensor, at::Tensor, at::Tensor, at::Tensor, at::Tensor>
host_gru_cell_backward(const at::Tensor& grad_hidden,
                       const at::Tensor& workspace,
                       bool has_bias);

}  // namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen

#endif  // DISPATCH_CODEGEN_TORCH_HOST_MEMORY_H
