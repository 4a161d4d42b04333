// What calls allocate: nothing, whatever kind of kernel they reach. Not for sanitizers,
// which have an operator new of their own.

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

#include "small.h"

namespace {
std::atomic<int> allocations{0};

void* allocated(std::size_t size, std::size_t alignment) {
  allocations.fetch_add(1);
  const std::size_t rounded = (size + alignment - 1) / alignment * alignment;
  void* const memory =
      std::aligned_alloc(alignment, rounded == 0 ? alignment : rounded);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
}  // namespace

[[gnu::noinline]] void* operator new(std::size_t size) {
  return allocated(size, alignof(std::max_align_t));
}
[[gnu::noinline]] void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocated(size, static_cast<std::size_t>(alignment));
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory,
                                       std::size_t,
                                       std::align_val_t) noexcept {
  std::free(memory);
}

namespace small {
namespace {

const Tensor a = tensor({Key::CPU, Key::AutogradCPU}, 1);

Tensor first(const Tensor& x, const Tensor&) {
  return x;
}
void boxed_first(const Handle&, KS, Stack* stack) {
  stack->drop(1);
}
void boxed_down(const Handle& op, KS keys, Stack* stack) {
  op.redispatchBoxed(keys & after(Key::Tracer), stack);
}

template <class F>
int counted(F&& f) {
  f();
  const int before = allocations.load();
  for (int i = 0; i < 10; ++i) f();
  return allocations.load() - before;
}

TEST(Allocation, TheCounterCounts) {
  static std::shared_ptr<int> kept;
  EXPECT_EQ(counted([] { kept = std::make_shared<int>(1); }), 10);
}

TEST(Allocation, CallsNeedNone) {
  const auto call = [] { ops::add::call(a, a); };
  const auto through = [] {
    const Include tracer(Key::Tracer);
    ops::add::call(a, a);
  };
  const auto boxed = [] {
    dispatch_codegen::StackBuffer<Value, 2> stack;
    push(stack, a, a);
    ops::add::call_boxed(&stack);
  };
  Library cpu_kernels(Library::IMPL, "small", Key::CPU);
  cpu_kernels.impl<ops::add, &first>();
  EXPECT_EQ(counted(call), 0);
  EXPECT_EQ(counted(boxed), 0);
  const dispatch_codegen::TypedOperatorHandle<Traits,
                                              Tensor(const Tensor&, const Tensor&)>
      typed(ops::add::handle());
  EXPECT_EQ(counted([&] { typed.call(a, a); }), 0);
  {
    // A boxed fallback above a kernel whose type is known.
    Library fallback(Library::IMPL, "_", Key::Tracer);
    fallback.fallback(Kernel::makeFromBoxedFunction<&boxed_down>());
    EXPECT_EQ(counted(through), 0);
  }
  {
    Library library(Library::IMPL, "small", Key::Tracer);
    library.impl(
        "add",
        Kernel::makeFromBoxedFunctor([](const Handle& op, KS keys, Stack* stack) {
          boxed_down(op, keys, stack);
        }));
    EXPECT_EQ(counted(through), 0);
  }
  cpu_kernels.reset();
  cpu_kernels.impl("add", Kernel::makeFromBoxedFunction<&boxed_first>());
  EXPECT_EQ(counted(call), 0);
  cpu_kernels.reset();
  cpu_kernels.impl("add",
                   [kept = std::make_shared<int>(1)](const Tensor& x, const Tensor&) {
                     return *kept == 1 ? x : Tensor();
                   });
  EXPECT_EQ(counted(call), 0);
  cpu_kernels.reset();
  cpu_kernels.impl("add", &first);
  EXPECT_EQ(counted(call), 0);
}

TEST(Allocation, DeclaredKernelsAndGuardsNeedNone) {
  const Tensor meta = tensor({Key::Meta, Key::Tracer}, 1);
  EXPECT_EQ(counted([&] { ops::mul::redispatch(KS(Key::CPU), a, a); }),
            10);  // The result.
  EXPECT_EQ(counted([&] {
              const Exclude exclude(Key::Tracer);
              const dispatch_codegen::MaybeSetTLSOnEntryGuard<Traits> on_entry;
              const dispatch_codegen::RestorePythonTLSSnapshot<Traits> restore;
            }),
            0);
}

}  // namespace
}  // namespace small
