// Calls of several threads while another one registers, observes and installs hooks. Made
// for the thread sanitizer; compiled with SMALL_WIDE too.

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "small.h"

namespace small {
namespace {

/// Runs `call` in some threads until `change` was called often enough in another one.
/// Returns the messages of errors; each of them is one too many.
std::vector<std::string> run(const std::function<void()>& call,
                             const std::function<void(int)>& change,
                             int changes = 150) {
  std::atomic<bool> ends{false};
  std::mutex mutex;
  std::vector<std::string> errors;
  const auto guarded = [&](const auto& f) {
    try {
      f();
    } catch (const std::exception& error) {
      const std::lock_guard<std::mutex> held(mutex);
      if (errors.size() < 5) errors.emplace_back(error.what());
    }
  };
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      while (!ends.load()) guarded(call);
    });
  }
  guarded([&] {
    for (int i = 0; i < changes; ++i) {
      change(i);
      if (i % 8 == 0) std::this_thread::yield();
    }
  });
  ends.store(true);
  for (std::thread& thread : threads) thread.join();
  return errors;
}

void expect(bool is_right, const std::string& what) {
  if (!is_right) throw std::runtime_error(what);
}
using Type = Tensor(const Tensor&, const Tensor&);
using None = std::vector<std::string>;

Tensor bottom(KS keys, const Tensor&, const Tensor&) {
  // A call that lost its higher keys, or never had any.
  expect(keys == KS(Key::CPU), "bottom " + Traits::text(keys));
  return tensor({Key::CPU}, 1);
}
Tensor through(KS keys, const Tensor& a, const Tensor& b) {
  expect(keys.has(Key::CPU) && keys.has(Key::AutogradCPU),
         "through " + Traits::text(keys));
  return ops::add::redispatch(keys & after(Key::AutogradOther), a, b);
}
void boxed_bottom(const Handle&, KS keys, Stack* stack) {
  expect(keys == KS(Key::CPU), "boxed bottom " + Traits::text(keys));
  stack->drop(2);
  push(*stack, tensor({Key::CPU}, 1));
}
void boxed_through(const Handle& op, KS keys, Stack* stack) {
  expect(keys.has(Key::Tracer) || keys.has(Key::Loose), "tracer " + Traits::text(keys));
  op.redispatchBoxed(keys & after(Key::Tracer), stack);
}

void call_boxed(const Handle& op, const Tensor& t) {
  Stack stack;
  push(stack, t, t);
  op.callBoxed(&stack);
  expect(stack.size() == 1 && value(stack[0].tensor()) == 1, "boxed result");
}

/// A typed operator, the same with any handle, and one without a type.
struct Operators {
  Operators()
      : library(Library::FRAGMENT, "threads"),
        cpu_kernels(Library::IMPL, "small", Key::CPU) {
    library.def("typed(Tensor a, Tensor b) -> Tensor");
    library.def("boxed(Tensor a, Tensor b) -> Tensor");
    auto& dispatcher = Dispatcher::singleton();
    typed =
        std::make_unique<Typed<Type>>(dispatcher.findSchemaOrThrow("threads::typed"));
    library.impl("typed", Key::CPU, &bottom);
    library.impl("boxed", Key::CPU, Kernel::makeFromBoxedFunction<&boxed_bottom>());
    cpu_kernels.impl("add", &bottom);
  }
  void call(const Tensor& t) const {
    expect(value(ops::add::call(t, t)) == 1, "add");
    call_boxed(ops::add::handle(), t);
    expect(value(typed->call(t, t)) == 1, "typed");
    call_boxed(*typed, t);
    call_boxed(Dispatcher::singleton().findSchemaOrThrow("threads::boxed"), t);
  }
  Library library;
  Library cpu_kernels;
  std::unique_ptr<Typed<Type>> typed;
};

TEST(Threads, CallWhileKernelsAndFallthroughsComeAndGo) {
  const Operators operators;
  const Tensor t = tensor({Key::CPU, Key::AutogradCPU, Key::Tracer}, 0);
  // Without this one, a call in the middle of a change finds nothing.
  Library always(Library::IMPL, "_", Key::Tracer);
  always.fallback(Kernel::makeFallthrough());
  Library meta(Library::IMPL, "threads", Key::CPU);
  EXPECT_EQ(run([&] { operators.call(t); },
                [&](int i) {
                  Library library(Library::IMPL, i % 2 == 0 ? "small" : "threads");
                  const std::vector<const char*> names =
                      i % 2 == 0 ? std::vector<const char*>{"add"}
                                 : std::vector<const char*>{"typed", "boxed"};
                  for (const char* const name : names) {
                    switch (i / 2 % 6) {
                      case 0:
                        library.impl(name,
                                     Key::Tracer,
                                     Kernel::makeFromBoxedFunction<&boxed_through>());
                        break;
                      case 1:
                        library.impl(name,
                                     Key::Tracer,
                                     Kernel::makeFromBoxedFunctor(
                                         [n = std::make_shared<int>(1)](
                                             const Handle& op, KS keys, Stack* stack) {
                                           expect(*n == 1, "state");
                                           boxed_through(op, keys, stack);
                                         }));
                        break;
                      case 2:
                        // Differs between backends.
                        library.impl(name, Key::SparseCUDA, Kernel::makeFallthrough());
                        break;
                      case 3:
                        library.impl(name, Key::Tracer, Kernel::makeFallthrough());
                        library.impl(name,
                                     Key::Tracer,
                                     Kernel::makeFromBoxedFunction<&boxed_through>(),
                                     true);
                        break;
                      case 4:
                        library.impl(name,
                                     Key::Tracer,
                                     Kernel::makeFromBoxedFunction<&boxed_through>());
                        library.impl(
                            name, Key::Tracer, Kernel::makeFallthrough(), true);
                        break;
                      default:
                        library.impl(name, Key::Explicit, &bottom);
                        break;
                    }
                  }
                }),
            None{});
}

TEST(Threads, CallWhileFallbacksComeAndGo) {
  const Operators operators;
  const Tensor t = tensor({Key::CPU, Key::AutogradCPU, Key::Loose}, 0);
  EXPECT_EQ(run([&] { operators.call(t); },
                [&](int i) {
                  Library library(Library::IMPL, "_", Key::Loose);
                  if (i % 3 == 0) {
                    library.fallback(Kernel::makeFromBoxedFunction<&boxed_through>());
                  } else if (i % 3 == 1) {
                    library.fallback(Kernel::makeFromBoxedFunctor(
                        [n = std::make_shared<int>(1)](
                            const Handle& op, KS keys, Stack* stack) {
                          expect(*n == 1, "state");
                          boxed_through(op, keys, stack);
                        }));
                  } else {
                    library.fallback(Kernel::makeFallthrough());
                  }
                }),
            None{});
}

struct Counting : dispatch_codegen::Observer<Traits> {
  explicit Counting(bool all) : sees(all) {}
  void on_start(const dispatch_codegen::Event<Traits>& event) override {
    expect(event.arguments.size() == 2, "arguments");
    depth.fetch_add(1);
  }
  void on_end(const dispatch_codegen::Event<Traits>&) noexcept override {
    depth.fetch_sub(1);
  }
  bool sees_redispatches() const override { return sees; }
  bool sees;
  std::atomic<int> depth{0};
};

TEST(Threads, CallWhileObserversComeAndGo) {
  const Operators operators;
  Library autograd(Library::IMPL, "small", Key::AutogradCPU);
  autograd.impl("add", &through);
  // Bits in all words of a wide set: a torn mask would lose some of them.
  const Tensor t = tensor({Key::CPU, Key::AutogradCPU, Key::Named}, 0);
  const auto calls = std::make_shared<Counting>(false);
  const auto all = std::make_shared<Counting>(true);
  EXPECT_EQ(run([&] { operators.call(t); },
                [&](int i) {
                  const dispatch_codegen::ObserverGuard<Traits> guard(i % 2 == 0 ? calls
                                                                                 : all);
                  std::this_thread::yield();
                }),
            None{});
  EXPECT_EQ(calls->depth.load(), 0);
  EXPECT_EQ(all->depth.load(), 0);
}

struct NoHooks : dispatch_codegen::VariableHooks<Traits> {
  bool is_grad_enabled() override { return true; }
  bool requires_grad(const Tensor&) override { return true; }
  void register_hook(const Tensor&, const Node&) override {}
  void set_history(const Tensor&, const Node&, const std::vector<Tensor>&) override {}
};

TEST(Threads, CallWhileHooksComeAndGo) {
  const Operators operators;
  const Tensor t = tensor({Key::CPU, Key::AutogradCPU}, 0);
  NoHooks hooks;
  using Fallback = dispatch_codegen::AutogradFallback<Traits>;
  using dispatch_codegen::AutogradFallbackMode;
  EXPECT_EQ(run([&] { operators.call(t); },
                [&](int i) {
                  Fallback::set_hooks(i % 2 == 0 ? &hooks : nullptr);
                  Fallback::set_mode(i % 3 == 0 ? AutogradFallbackMode::nothing
                                                : AutogradFallbackMode::warn);
                }),
            None{});
  Fallback::set_hooks(nullptr);
  Fallback::set_mode(AutogradFallbackMode::warn);
}

TEST(Threads, CallWhileOperatorsComeAndGo) {
  const Operators operators;
  const Tensor t = tensor({Key::CPU}, 0);
  const auto call = [&] {
    operators.call(t);
    const auto found = Dispatcher::singleton().find("threads::comes");
    if (found == nullptr) return;
    const Handle op(found);
    try {
      call_boxed(op, t);
      expect(value(Typed<Type>(op).call(t, t)) == 1, "typed");
      call_boxed(op, t);
    } catch (const dispatch_codegen::DispatchError& error) {
      // Gone, or without its kernel yet.
      const std::string text = error.what();
      expect(!op.hasSchema() || text.find("no kernel for CPU") != std::string::npos,
             text);
    }
  };
  EXPECT_EQ(run(call,
                [&](int i) {
                  Library library(Library::FRAGMENT, "threads");
                  library.def("comes(Tensor a, Tensor b) -> Tensor", &bottom);
                  if (i % 2 == 0) library.impl("comes", Key::CPU, &bottom);
                }),
            None{});
}

}  // namespace
}  // namespace small
