#include "device.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/Generator.h>
#include <ATen/native/Resize.h>
#include <c10/core/DeviceCapability.h>
#include <torch/library.h>

#include <chrono>
#include <utility>

#include "host_memory.h"

namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen {

namespace {

// All that has to change if PyTorch opens another device type, or this one otherwise.

void check_that_it_is_open(c10::DeviceType type, const std::string& name) {
  TORCH_CHECK(type == open_device_type,
              type,
              " is not the device type that PyTorch leaves to extensions");
  TORCH_CHECK(!c10::is_privateuse1_backend_registered() ||
                  c10::get_privateuse1_backend() == name,
              "this process already has a device from outside, ",
              c10::get_privateuse1_backend(),
              ", and PyTorch has room for one");
  TORCH_CHECK(
      !at::isPrivateUse1HooksRegistered() && !c10::impl::hasDeviceGuardImpl(type),
      "another extension has already made the device ",
      name);
}

void set_name(const std::string& name) {
  c10::register_privateuse1_backend(name);
}

void set_hooks(HooksInterface* hooks) {
  at::RegisterPrivateUse1HooksInterface(hooks);
}

const HooksInterface& hooks() {
  return at::detail::getPrivateUse1Hooks();
}

// Up to here.

thread_local c10::DeviceIndex current_index = 0;

using Clock = std::chrono::steady_clock;

struct Event {
  Clock::time_point recorded;
};

// For the Python module of the device: PyTorch has no other way to a default generator.
// There is one open device type in a process, so the names can be fixed.

void manual_seed(int64_t index, int64_t seed) {
  auto generator = hooks().getDefaultGenerator(static_cast<c10::DeviceIndex>(index));
  generator.set_current_seed(static_cast<uint64_t>(seed));
}

int64_t initial_seed(int64_t index) {
  return static_cast<int64_t>(
      hooks().getDefaultGenerator(static_cast<c10::DeviceIndex>(index)).current_seed());
}

int64_t seed(int64_t index) {
  auto generator = hooks().getDefaultGenerator(static_cast<c10::DeviceIndex>(index));
  return static_cast<int64_t>(generator.seed());
}

at::Tensor get_rng_state(int64_t index) {
  return hooks().getDefaultGenerator(static_cast<c10::DeviceIndex>(index)).get_state();
}

void set_rng_state(int64_t index, const at::Tensor& state) {
  auto generator = hooks().getDefaultGenerator(static_cast<c10::DeviceIndex>(index));
  generator.set_state(state);
}

void define_generator_operators() {
  // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): as long-lived as the device
  auto& library = *new torch::Library(torch::Library::FRAGMENT,
                                      "dispatch_codegen_device",
                                      std::nullopt,
                                      __FILE__,
                                      __LINE__);
  library.def("manual_seed(int device, int seed) -> ()", TORCH_FN(manual_seed));
  library.def("initial_seed(int device) -> int", TORCH_FN(initial_seed));
  library.def("seed(int device) -> int", TORCH_FN(seed));
  library.def("get_rng_state(int device) -> Tensor", TORCH_FN(get_rng_state));
  library.def("set_rng_state(int device, Tensor state) -> ()", TORCH_FN(set_rng_state));
}

}  // namespace

DeviceGuard::DeviceGuard(c10::DeviceType type, c10::DeviceIndex device_count)
    : type_(type), device_count_(device_count) {}

c10::DeviceCapability DeviceGuard::getDeviceCapability(c10::Device) const {
  return {};
}

void DeviceGuard::check(c10::Device device) const {
  TORCH_CHECK(device.type() == type_, "expected a device ", type_, ", got ", device);
  TORCH_CHECK(device.index() < device_count_,
              "there is no device ",
              device,
              ": ",
              static_cast<int>(device_count_),
              " of them are there");
}

c10::Device DeviceGuard::getDevice() const {
  return {type_, current_index};
}

void DeviceGuard::setDevice(c10::Device device) const {
  check(device);
  uncheckedSetDevice(device);
}

void DeviceGuard::uncheckedSetDevice(c10::Device device) const noexcept {
  if (device.has_index() && device.index() < device_count_) {
    current_index = device.index();
  }
}

c10::Device DeviceGuard::exchangeDevice(c10::Device device) const {
  const c10::Device previous = getDevice();
  setDevice(device);
  return previous;
}

c10::Stream DeviceGuard::getStream(c10::Device device) const {
  return getDefaultStream(device);
}

c10::Stream DeviceGuard::getDefaultStream(c10::Device device) const {
  check(device);
  return c10::Stream(c10::Stream::DEFAULT, device.has_index() ? device : getDevice());
}

c10::Stream DeviceGuard::getStreamFromGlobalPool(c10::Device device, bool) const {
  return getDefaultStream(device);
}

c10::Stream DeviceGuard::getNewStream(c10::Device device, int) const {
  return getDefaultStream(device);
}

c10::Stream DeviceGuard::exchangeStream(c10::Stream stream) const {
  return getDefaultStream(stream.device());
}

void* DeviceGuard::getStreamNativeHandle(c10::Stream) const {
  return nullptr;
}

bool DeviceGuard::queryStream(const c10::Stream&) const {
  return true;
}

void DeviceGuard::synchronizeStream(const c10::Stream&) const {}

void DeviceGuard::synchronizeDevice(c10::DeviceIndex) const {}

void DeviceGuard::record(void** event,
                         const c10::Stream&,
                         c10::DeviceIndex,
                         c10::EventFlag) const {
  if (*event == nullptr) {
    // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): destroyEvent deletes it
    *event = new Event;
  }
  static_cast<Event*>(*event)->recorded = Clock::now();
}

void DeviceGuard::block(void*, const c10::Stream&) const {}

bool DeviceGuard::queryEvent(void*) const {
  return true;
}

void DeviceGuard::synchronizeEvent(void*) const {}

void DeviceGuard::destroyEvent(void* event, c10::DeviceIndex) const noexcept {
  // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): `record` made it
  delete static_cast<Event*>(event);
}

double DeviceGuard::elapsedTime(void* start, void* end, c10::DeviceIndex) const {
  TORCH_CHECK(start != nullptr && end != nullptr,
              "both events have to be recorded before the time between them is known");
  const auto time =
      static_cast<Event*>(end)->recorded - static_cast<Event*>(start)->recorded;
  return std::chrono::duration<double, std::milli>(time).count();
}

DeviceHooks::DeviceHooks(const c10::impl::DeviceGuardImplInterface& guard)
    : guard_(guard) {
  for (c10::DeviceIndex index = 0; index < guard.deviceCount(); ++index) {
    default_generators_.push_back(at::make_generator<HostGenerator>(
        device(index), at::detail::getDefaultCPUGenerator()));
  }
}

c10::Device DeviceHooks::device(c10::DeviceIndex index) const {
  return {guard_.type(), index};
}

bool DeviceHooks::hasPrimaryContext(c10::DeviceIndex index) const {
  return index < deviceCount();
}

c10::DeviceIndex DeviceHooks::getCurrentDevice() const {
  return guard_.getDevice().index();
}

void DeviceHooks::setCurrentDevice(c10::DeviceIndex index) const {
  guard_.setDevice(device(index));
}

c10::DeviceIndex DeviceHooks::exchangeDevice(c10::DeviceIndex index) const {
  return guard_.exchangeDevice(device(index)).index();
}

c10::DeviceIndex DeviceHooks::maybeExchangeDevice(c10::DeviceIndex index) const {
  const c10::DeviceIndex previous = getCurrentDevice();
  guard_.uncheckedSetDevice(device(index));
  return previous;
}

c10::Device DeviceHooks::getDeviceFromPtr(void*) const {
  return guard_.getDevice();
}

bool DeviceHooks::isPinnedPtr(const void* data) const {
  return is_pinned_host_memory(data);
}

c10::Allocator* DeviceHooks::getPinnedMemoryAllocator() const {
  return pinned_host_allocator();
}

void DeviceHooks::resizePrivateUse1Bytes(const c10::Storage& storage,
                                         std::size_t size) const {
  at::native::resize_bytes_cpu(storage.unsafeGetStorageImpl(), size);
}

const at::Generator& DeviceHooks::getDefaultGenerator(c10::DeviceIndex index) const {
  const c10::DeviceIndex wanted = index < 0 ? getCurrentDevice() : index;
  TORCH_CHECK(wanted < deviceCount(), "there is no device ", device(wanted));
  return default_generators_[static_cast<std::size_t>(wanted)];
}

at::Generator DeviceHooks::getNewGenerator(c10::DeviceIndex index) const {
  const c10::DeviceIndex wanted = index < 0 ? getCurrentDevice() : index;
  TORCH_CHECK(wanted < deviceCount(), "there is no device ", device(wanted));
  return at::make_generator<HostGenerator>(device(wanted),
                                           at::detail::createCPUGenerator());
}

bool register_device(Registry& registry,
                     c10::DeviceType type,
                     DeviceOptions options,
                     std::source_location where) {
  // NOLINTBEGIN(cppcoreguidelines-owning-memory): PyTorch keeps them to the end
  const std::string name = options.name;
  const c10::DispatchKey key =
      c10::computeDispatchKey({}, at::kStrided, c10::Device(type));
  const bool is_registered = registry.guarded(
      "device",
      options.name,
      c10::toString(key),
      [&] {
        check_that_it_is_open(type, options.name);
        TORCH_CHECK(options.device_count > 0, "a device has to be there at least once");
        if (options.guard == nullptr) {
          options.guard = new DeviceGuard(type, options.device_count);
        }
        if (options.hooks == nullptr) {
          options.hooks = new DeviceHooks(*options.guard);
        }
        if (options.allocator == nullptr) {
          options.allocator = host_allocator(type);
        }
        set_name(options.name);
        c10::SetAllocator(type, options.allocator);
        const c10::impl::DeviceGuardImplRegistrar registrar(type, options.guard);
        set_hooks(options.hooks);
        define_generator_operators();
      },
      where);
  // NOLINTEND(cppcoreguidelines-owning-memory)
  if (!is_registered) {
    registry.refuse(c10::toBackendComponent(key),
                    "the device " + name + " could not be registered");
  }
  return is_registered;
}

}  // namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen
