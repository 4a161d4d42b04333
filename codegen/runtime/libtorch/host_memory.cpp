#include "host_memory.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/EmptyTensor.h>
#include <ATen/TensorOperators.h>
#include <ATen/native/CPUFallback.h>
#include <ATen/native/Resize.h>
#include <ATen/ops/_local_scalar_dense_native.h>
#include <ATen/ops/_reshape_alias_native.h>
#include <ATen/ops/as_strided_native.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/convolution.h>
#include <ATen/ops/convolution_backward.h>
#include <ATen/ops/equal_native.h>
#include <ATen/ops/is_set_to_native.h>
#include <ATen/ops/resize_native.h>
#include <ATen/ops/set_native.h>
#include <ATen/ops/unfold_native.h>
#include <ATen/ops/view_as_complex_native.h>
#include <ATen/ops/view_as_real_native.h>
#include <ATen/ops/view_native.h>
#include <ATen/ops/zeros_like.h>
#include <c10/core/CachingDeviceAllocator.h>
#include <c10/core/DeviceGuard.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <c10/core/impl/alloc_cpu.h>

#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen {

namespace {

class HostAllocator final : public c10::DeviceAllocator {
 public:
  explicit HostAllocator(c10::DeviceType type) : type_(type) {}

  c10::DataPtr allocate(std::size_t size) override {
    const c10::Device device = c10::impl::getDeviceGuardImpl(type_)->getDevice();
    auto block = std::make_unique<Block>(*this, c10::alloc_cpu(size), size, device);
    void* data = block->data;
    return {data, block.release(), &delete_block, device};
  }

  void copy_data(void* dest, const void* src, std::size_t count) const override {
    default_copy_data(dest, src, count);
  }

  bool initialized() override { return true; }
  // Nothing is kept, and what is done with memory is done before a kernel returns.
  void emptyCache(c10::MempoolId_t) override {}
  void recordStream(const c10::DataPtr&, c10::Stream) override {}

  c10::CachingDeviceAllocator::DeviceStats getDeviceStats(
      c10::DeviceIndex device) override {
    const std::lock_guard lock(mutex_);
    return stats_[device];
  }
  void resetAccumulatedStats(c10::DeviceIndex device) override {
    each_stat(device, [](auto& stat) { stat.reset_accumulated(); });
  }
  void resetPeakStats(c10::DeviceIndex device) override {
    each_stat(device, [](auto& stat) { stat.reset_peak(); });
  }

 private:
  struct Block {
    Block(HostAllocator& owner, void* memory, std::size_t bytes, c10::Device where)
        : allocator(owner), data(memory), size(bytes), device(where.index()) {
      allocator.each_size(device, [this](auto& stat) { stat.increase(size); });
      allocator.each_count(device, [](auto& stat) { stat.increase(1); });
    }
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;
    ~Block() {
      allocator.each_size(device, [this](auto& stat) { stat.decrease(size); });
      allocator.each_count(device, [](auto& stat) { stat.decrease(1); });
      c10::free_cpu(data);
    }

    HostAllocator& allocator;
    void* data;
    std::size_t size;
    c10::DeviceIndex device;
  };

  static void delete_block(void* block) { delete static_cast<Block*>(block); }

  template <class Change>
  void each_size(c10::DeviceIndex device, Change&& change) {
    const std::lock_guard lock(mutex_);
    auto& stats = stats_[device];
    change(stats.allocated_bytes[0]);
    change(stats.reserved_bytes[0]);
    change(stats.active_bytes[0]);
    change(stats.requested_bytes[0]);
  }

  template <class Change>
  void each_count(c10::DeviceIndex device, Change&& change) {
    const std::lock_guard lock(mutex_);
    auto& stats = stats_[device];
    change(stats.allocation[0]);
    change(stats.segment[0]);
    change(stats.active[0]);
  }

  template <class Change>
  void each_stat(c10::DeviceIndex device, Change&& change) {
    each_size(device, change);
    each_count(device, change);
  }

  c10::DeviceType type_;
  std::mutex mutex_;
  std::map<c10::DeviceIndex, c10::CachingDeviceAllocator::DeviceStats> stats_;
};

/// CPU memory whose addresses it remembers.
class PinnedHostAllocator final : public c10::Allocator {
 public:
  c10::DataPtr allocate(std::size_t size) override {
    void* data = c10::alloc_cpu(size);
    if (data != nullptr) {
      const std::lock_guard lock(mutex_);
      sizes_[static_cast<const char*>(data)] = size;
    }
    return {data, data, &free, c10::Device(c10::DeviceType::CPU)};
  }

  c10::DeleterFnPtr raw_deleter() const override { return &free; }

  void copy_data(void* dest, const void* src, std::size_t count) const override {
    default_copy_data(dest, src, count);
  }

  bool contains(const void* data) {
    const auto* address = static_cast<const char*>(data);
    const std::lock_guard lock(mutex_);
    const auto after = sizes_.upper_bound(address);
    if (after == sizes_.begin()) {
      return false;
    }
    const auto& [start, size] = *std::prev(after);
    return std::less<>()(address, start + size);
  }

  static PinnedHostAllocator& singleton() {
    static auto* allocator = new PinnedHostAllocator;
    return *allocator;
  }

 private:
  static void free(void* data) {
    if (data != nullptr) {
      auto& self = singleton();
      const std::lock_guard lock(self.mutex_);
      self.sizes_.erase(static_cast<const char*>(data));
    }
    c10::free_cpu(data);
  }

  std::mutex mutex_;
  std::map<const char*, std::size_t, std::less<>> sizes_;
};

/// What a factory needs to know, from the arguments of its operator.
struct Factory {
  Factory(std::optional<at::ScalarType> dtype_argument,
          std::optional<at::Layout> layout,
          std::optional<at::Device> device,
          std::optional<bool> pin_memory)
      : dtype(c10::dtype_or_default(dtype_argument)),
        guard(device),
        allocator(c10::GetAllocator(c10::device_or_default(device).type())),
        keys(c10::computeDispatchKey(dtype_argument, layout, device)) {
    TORCH_CHECK(c10::layout_or_default(layout) == at::kStrided,
                "a device in host memory has only strided tensors, not ",
                c10::layout_or_default(layout));
    TORCH_CHECK(!c10::pinned_memory_or_default(pin_memory),
                "only memory of the CPU can be pinned");
  }

  at::ScalarType dtype;
  c10::OptionalDeviceGuard guard;
  c10::Allocator* allocator;
  c10::DispatchKeySet keys;
};

at::Tensor with_bias(const at::Tensor& gates, const std::optional<at::Tensor>& bias) {
  return bias.has_value() && bias->defined() ? gates + *bias : gates;
}

}  // namespace

c10::Allocator* host_allocator(c10::DeviceType type) {
  static auto* mutex = new std::mutex;
  static auto* allocators =
      new std::map<c10::DeviceType, std::unique_ptr<HostAllocator>>;
  const std::lock_guard lock(*mutex);
  auto& allocator = (*allocators)[type];
  if (allocator == nullptr) {
    allocator = std::make_unique<HostAllocator>(type);
  }
  return allocator.get();
}

c10::Allocator* pinned_host_allocator() {
  return &PinnedHostAllocator::singleton();
}

bool is_pinned_host_memory(const void* data) {
  return PinnedHostAllocator::singleton().contains(data);
}

at::Tensor host_alias(const at::Tensor& tensor) {
  if (!tensor.defined() || tensor.device().type() != open_device_type) {
    return tensor;
  }
  const auto& storage = tensor.storage();
  const c10::Device cpu(c10::DeviceType::CPU);
  auto storage_alias =
      c10::make_intrusive<c10::StorageImpl>(c10::StorageImpl::use_byte_size_t(),
                                            storage.nbytes(),
                                            c10::DataPtr(storage.mutable_data(), cpu),
                                            c10::GetAllocator(cpu.type()),
                                            /*resizable=*/true);
  auto alias = at::detail::make_tensor<c10::TensorImpl>(
      std::move(storage_alias),
      c10::DispatchKeySet(c10::DispatchKey::CPU),
      tensor.dtype());
  auto* impl = alias.unsafeGetTensorImpl();
  impl->set_sizes_and_strides(
      tensor.sizes(), tensor.strides(), tensor.storage_offset());
  impl->_set_conj(tensor.is_conj());
  impl->_set_neg(tensor.is_neg());
  return alias;
}

HostGenerator::HostGenerator(c10::Device device, at::Generator host)
    : GeneratorImpl(
          device,
          c10::DispatchKeySet(c10::computeDispatchKey({}, at::kStrided, device))),
      host_(std::move(host)) {}

void HostGenerator::set_current_seed(uint64_t seed) {
  const std::lock_guard lock(host_.mutex());
  host_.set_current_seed(seed);
}

// CPU generators have no offset, and say so by an error; a generator is pickled with its
// offset.
void HostGenerator::set_offset(uint64_t) {}

uint64_t HostGenerator::get_offset() const {
  return 0;
}

uint64_t HostGenerator::current_seed() const {
  return host_.current_seed();
}

uint64_t HostGenerator::seed() {
  // `seed` is not const, and Generator only gives access to it through the handle.
  at::Generator host = host_;
  const std::lock_guard lock(host.mutex());
  return host.seed();
}

void HostGenerator::set_state(const c10::TensorImpl& new_state) {
  const std::lock_guard lock(host_.mutex());
  host_.unsafeGetGeneratorImpl()->set_state(new_state);
}

c10::intrusive_ptr<c10::TensorImpl> HostGenerator::get_state() const {
  return host_.unsafeGetGeneratorImpl()->get_state();
}

HostGenerator* HostGenerator::clone_impl() const {
  // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): what the base class asks for
  return new HostGenerator(device(), host_.clone());
}

void host_fallback(const c10::OperatorHandle& op,
                   c10::DispatchKeySet,
                   torch::jit::Stack* stack) {
  const std::size_t count = op.schema().arguments().size();
  for (std::size_t index = stack->size() - count; index < stack->size(); ++index) {
    auto& value = (*stack)[index];
    if (!value.isGenerator()) {
      continue;
    }
    const at::Generator generator = value.toGenerator();
    if (auto* impl = dynamic_cast<HostGenerator*>(generator.unsafeGetGeneratorImpl())) {
      value = impl->host();
    }
  }
  at::native::cpu_fallback(op, stack);
}

at::Tensor host_empty(at::IntArrayRef size,
                      std::optional<at::ScalarType> dtype,
                      std::optional<at::Layout> layout,
                      std::optional<at::Device> device,
                      std::optional<bool> pin_memory,
                      std::optional<at::MemoryFormat> memory_format) {
  const Factory factory(dtype, layout, device, pin_memory);
  return at::detail::empty_generic(
      size, factory.allocator, factory.keys, factory.dtype, memory_format);
}

at::Tensor host_empty_strided(at::IntArrayRef size,
                              at::IntArrayRef stride,
                              std::optional<at::ScalarType> dtype,
                              std::optional<at::Layout> layout,
                              std::optional<at::Device> device,
                              std::optional<bool> pin_memory) {
  const Factory factory(dtype, layout, device, pin_memory);
  return at::detail::empty_strided_generic(
      size, stride, factory.allocator, factory.keys, factory.dtype);
}

at::Tensor host_as_strided(const at::Tensor& self,
                           at::IntArrayRef size,
                           at::IntArrayRef stride,
                           std::optional<int64_t> storage_offset) {
  return at::native::as_strided_tensorimpl(self, size, stride, storage_offset);
}

at::Tensor host_view(const at::Tensor& self, at::IntArrayRef size) {
  return at::native::view(self, size);
}

at::Tensor host_reshape_alias(const at::Tensor& self,
                              at::IntArrayRef size,
                              at::IntArrayRef stride) {
  return at::native::_reshape_alias(self, size, stride);
}

at::Tensor host_unfold(const at::Tensor& self,
                       int64_t dimension,
                       int64_t size,
                       int64_t step) {
  return at::native::unfold(self, dimension, size, step);
}

at::Tensor host_view_as_real(const at::Tensor& self) {
  return at::native::view_as_real(self);
}

at::Tensor host_view_as_complex(const at::Tensor& self) {
  return at::native::view_as_complex(self);
}

const at::Tensor& host_resize_(const at::Tensor& self,
                               at::IntArrayRef size,
                               std::optional<at::MemoryFormat> memory_format) {
  const c10::DeviceGuard guard(self.device());
  return at::native::resize_(self, size, memory_format);
}

at::Tensor& host_set_(at::Tensor& self) {
  const c10::DeviceGuard guard(self.device());
  at::Storage storage(c10::Storage::use_byte_size_t(),
                      0,
                      c10::GetAllocator(self.device().type()),
                      /*resizable=*/true);
  return at::native::set_storage_cpu_(self, std::move(storage), 0, {0}, {});
}

at::Tensor& host_set_tensor_(at::Tensor& self, const at::Tensor& source) {
  return at::native::set_tensor_(self, source);
}

at::Tensor& host_set_storage_(at::Tensor& self, at::Storage source) {
  return at::native::set_(self, std::move(source));
}

at::Tensor& host_set_storage_offset_(at::Tensor& self,
                                     at::Storage source,
                                     int64_t storage_offset,
                                     at::IntArrayRef size,
                                     at::IntArrayRef stride) {
  const c10::DeviceGuard guard(self.device());
  return at::native::set_storage_cpu_(
      self, std::move(source), storage_offset, size, stride);
}

bool host_is_set_to(const at::Tensor& self, const at::Tensor& tensor) {
  return at::native::is_set_to(self, tensor);
}

at::Tensor host_copy_from(const at::Tensor& self,
                          const at::Tensor& dst,
                          bool non_blocking) {
  host_alias(dst).copy_(host_alias(self), non_blocking);
  return dst;
}

at::Tensor host_copy_from_and_resize(const at::Tensor& self, const at::Tensor& dst) {
  dst.resize_(self.sizes());
  return host_copy_from(self, dst, /*non_blocking=*/false);
}

at::Scalar host_local_scalar_dense(const at::Tensor& self) {
  return at::native::_local_scalar_dense_cpu(host_alias(self));
}

bool host_equal(const at::Tensor& self, const at::Tensor& other) {
  return at::native::cpu_equal(host_alias(self), host_alias(other));
}

void host_record_stream(at::Tensor&, at::Stream) {}

at::Tensor host_convolution(const at::Tensor& input,
                            const at::Tensor& weight,
                            const std::optional<at::Tensor>& bias,
                            at::IntArrayRef stride,
                            at::IntArrayRef padding,
                            at::IntArrayRef dilation,
                            bool transposed,
                            at::IntArrayRef output_padding,
                            int64_t groups) {
  return at::convolution(host_alias(input),
                         host_alias(weight),
                         bias.has_value() ? host_alias(*bias) : at::Tensor(),
                         stride,
                         padding,
                         dilation,
                         transposed,
                         output_padding,
                         groups)
      .to(input.device());
}

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
    std::array<bool, 3> output_mask) {
  const at::OptionalIntArrayRef bias_sizes(transposed ? weight.size(1) * groups
                                                      : weight.size(0));
  const auto gradients = at::convolution_backward(host_alias(grad_output),
                                                  host_alias(input),
                                                  host_alias(weight),
                                                  bias_sizes,
                                                  stride,
                                                  padding,
                                                  dilation,
                                                  transposed,
                                                  output_padding,
                                                  groups,
                                                  output_mask);
  const auto on_device = [&](const at::Tensor& gradient) {
    return gradient.defined() ? gradient.to(input.device()) : gradient;
  };
  return {on_device(std::get<0>(gradients)),
          on_device(std::get<1>(gradients)),
          on_device(std::get<2>(gradients))};
}

std::tuple<at::Tensor, at::Tensor, at::Tensor> host_lstm_cell(
    const at::Tensor& input_gates,
    const at::Tensor& hidden_gates,
    const at::Tensor& cell,
    const std::optional<at::Tensor>& input_bias,
    const std::optional<at::Tensor>& hidden_bias) {
  const auto gates =
      (with_bias(input_gates, input_bias) + with_bias(hidden_gates, hidden_bias))
          .chunk(4, 1);
  const auto in = gates[0].sigmoid();
  const auto forget = gates[1].sigmoid();
  const auto candidate = gates[2].tanh();
  const auto out = gates[3].sigmoid();
  auto next_cell = forget * cell + in * candidate;
  auto next_hidden = out * next_cell.tanh();
  return {std::move(next_hidden),
          std::move(next_cell),
          at::cat({in, forget, candidate, out}, 1)};
}

std::tuple<at::Tensor, at::Tensor, at::Tensor> host_lstm_cell_backward(
    const std::optional<at::Tensor>& grad_hidden,
    const std::optional<at::Tensor>& grad_cell,
    const at::Tensor& cell,
    const at::Tensor& next_cell,
    const at::Tensor& workspace,
    bool has_bias) {
  const bool has_hidden = grad_hidden.has_value() && grad_hidden->defined();
  const bool has_cell = grad_cell.has_value() && grad_cell->defined();
  if (!has_hidden && !has_cell) {
    return {};
  }
  const auto gates = workspace.chunk(4, 1);
  const auto& in = gates[0];
  const auto& forget = gates[1];
  const auto& candidate = gates[2];
  const auto& out = gates[3];
  const auto tanh_cell = next_cell.tanh();
  auto grad_next_cell = has_cell ? *grad_cell : at::zeros_like(next_cell);
  auto grad_out = at::zeros_like(out);
  if (has_hidden) {
    grad_next_cell = grad_next_cell + *grad_hidden * out * (1 - tanh_cell * tanh_cell);
    grad_out = *grad_hidden * tanh_cell * out * (1 - out);
  }
  auto grad_gates = at::cat({grad_next_cell * candidate * in * (1 - in),
                             grad_next_cell * cell * forget * (1 - forget),
                             grad_next_cell * in * (1 - candidate * candidate),
                             grad_out},
                            1);
  auto grad_bias = has_bias ? grad_gates.sum({0}) : at::Tensor();
  return {std::move(grad_gates), grad_next_cell * forget, std::move(grad_bias)};
}

std::tuple<at::Tensor, at::Tensor> host_gru_cell(
    const at::Tensor& input_gates,
    const at::Tensor& hidden_gates,
    const at::Tensor& hidden,
    const std::optional<at::Tensor>& input_bias,
    const std::optional<at::Tensor>& hidden_bias) {
  const auto inputs = with_bias(input_gates, input_bias).chunk(3, 1);
  const auto hiddens = with_bias(hidden_gates, hidden_bias).chunk(3, 1);
  const auto reset = (inputs[0] + hiddens[0]).sigmoid();
  const auto update = (inputs[1] + hiddens[1]).sigmoid();
  const auto candidate = (inputs[2] + reset * hiddens[2]).tanh();
  return {candidate + update * (hidden - candidate),
          at::cat({reset, update, candidate, hidden, hiddens[2]}, 1)};
}

std::tuple<at::Tensor, at::Tensor, at::Tensor, at::Tensor, at::Tensor>
host_gru_cell_backward(const at::Tensor& grad_hidden,
                       const at::Tensor& workspace,
                       bool has_bias) {
  const auto saved = workspace.chunk(5, 1);
  const auto& reset = saved[0];
  const auto& update = saved[1];
  const auto& candidate = saved[2];
  const auto& hidden = saved[3];
  const auto& hidden_candidate = saved[4];
  const auto grad_candidate = grad_hidden * (1 - update) * (1 - candidate * candidate);
  const auto grad_update = grad_hidden * (hidden - candidate) * update * (1 - update);
  const auto grad_reset = grad_candidate * hidden_candidate * reset * (1 - reset);
  auto grad_inputs = at::cat({grad_reset, grad_update, grad_candidate}, 1);
  auto grad_hiddens = at::cat({grad_reset, grad_update, grad_candidate * reset}, 1);
  auto grad_input_bias = has_bias ? grad_inputs.sum({0}) : at::Tensor();
  auto grad_hidden_bias = has_bias ? grad_hiddens.sum({0}) : at::Tensor();
  return {std::move(grad_inputs),
          std::move(grad_hiddens),
          grad_hidden * update,
          std::move(grad_input_bias),
          std::move(grad_hidden_bias)};
}

}  // namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen
