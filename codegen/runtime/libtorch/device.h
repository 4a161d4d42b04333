// A device of one's own: its name, devices, streams, generators and memory, told to
// PyTorch.
//
// PyTorch leaves one device type for that. What only that type's API can do is in
// device.cpp, in one place.

#ifndef DISPATCH_CODEGEN_TORCH_DEVICE_H
#define DISPATCH_CODEGEN_TORCH_DEVICE_H

#include <ATen/detail/PrivateUse1HooksInterface.h>
#include <c10/core/Allocator.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>

#include <cstddef>
#include <deque>
#include <source_location>
#include <string>

#include "registry.h"
#include "visibility.h"

namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen {

/// What PyTorch asks of the open device type beyond guards.
using HooksInterface = at::PrivateUse1HooksInterface;

/// What a device is made of. A pointer left null stands for what a device whose memory
/// and processor are the host's needs; what it points to must live for ever.
struct DeviceOptions {
  /// What users call it: `torch.device("acme")`.
  std::string name;
  c10::DeviceIndex device_count = 1;
  /// A c10::DeviceAllocator if torch.accelerator.memory_* are to work.
  c10::Allocator* allocator = nullptr;
  const c10::impl::DeviceGuardImplInterface* guard = nullptr;
  HooksInterface* hooks = nullptr;
};

/// Current device, streams and events of devices that finish each kernel before it
/// returns. Each device has one stream. A class for another device can derive from it.
class DeviceGuard : public c10::impl::DeviceGuardImplInterface {
 public:
  DeviceGuard(c10::DeviceType type, c10::DeviceIndex device_count);

  c10::DeviceType type() const override { return type_; }
  c10::DeviceIndex deviceCount() const noexcept override { return device_count_; }
  c10::DeviceCapability getDeviceCapability(c10::Device device) const override;

  c10::Device getDevice() const override;
  void setDevice(c10::Device device) const override;
  void uncheckedSetDevice(c10::Device device) const noexcept override;
  c10::Device exchangeDevice(c10::Device device) const override;

  c10::Stream getStream(c10::Device device) const override;
  c10::Stream getDefaultStream(c10::Device device) const override;
  c10::Stream getStreamFromGlobalPool(c10::Device device,
                                      bool is_high_priority) const override;
  c10::Stream getNewStream(c10::Device device, int priority) const override;
  c10::Stream exchangeStream(c10::Stream stream) const override;
  void* getStreamNativeHandle(c10::Stream stream) const override;
  bool queryStream(const c10::Stream& stream) const override;
  void synchronizeStream(const c10::Stream& stream) const override;
  void synchronizeDevice(c10::DeviceIndex device) const override;

  void record(void** event,
              const c10::Stream& stream,
              c10::DeviceIndex device,
              c10::EventFlag flag) const override;
  void block(void* event, const c10::Stream& stream) const override;
  bool queryEvent(void* event) const override;
  void synchronizeEvent(void* event) const override;
  void destroyEvent(void* event, c10::DeviceIndex device) const noexcept override;
  double elapsedTime(void* start, void* end, c10::DeviceIndex device) const override;

 private:
  void check(c10::Device device) const;

  c10::DeviceType type_;
  c10::DeviceIndex device_count_;
};

/// What PyTorch asks of a device in host memory whose random numbers come from CPU
/// generators. The default generators draw from the CPU's, so that torch.manual_seed
/// reaches them and so do kernels that fall back to the CPU. A class for another device
/// can derive from it.
class DeviceHooks : public HooksInterface {
 public:
  explicit DeviceHooks(const c10::impl::DeviceGuardImplInterface& guard);

  bool isBuilt() const override { return true; }
  bool isAvailable() const override { return deviceCount() > 0; }
  bool hasPrimaryContext(c10::DeviceIndex device) const override;
  void init() const override {}

  c10::DeviceIndex deviceCount() const override { return guard_.deviceCount(); }
  c10::DeviceIndex getCurrentDevice() const override;
  void setCurrentDevice(c10::DeviceIndex device) const override;
  c10::DeviceIndex exchangeDevice(c10::DeviceIndex device) const override;
  c10::DeviceIndex maybeExchangeDevice(c10::DeviceIndex device) const override;

  c10::Device getDeviceFromPtr(void* data) const override;
  bool isPinnedPtr(const void* data) const override;
  c10::Allocator* getPinnedMemoryAllocator() const override;
  void resizePrivateUse1Bytes(const c10::Storage& storage,
                              std::size_t size) const override;

  const at::Generator& getDefaultGenerator(c10::DeviceIndex device) const override;
  at::Generator getNewGenerator(c10::DeviceIndex device) const override;

 private:
  c10::Device device(c10::DeviceIndex index) const;

  const c10::impl::DeviceGuardImplInterface& guard_;
  std::deque<at::Generator> default_generators_;
};

/// Names a device type and gives it all that `options` says. Recorded as failed,
/// with nothing changed, if another extension has been here first or if the type is not
/// open. Whether it is registered: if not, kernels for its keys are skipped from now on.
bool register_device(Registry& registry,
                     c10::DeviceType type,
                     DeviceOptions options,
                     std::source_location where = std::source_location::current());

}  // namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen

#endif  // DISPATCH_CODEGEN_TORCH_DEVICE_H
