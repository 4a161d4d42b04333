// What else the dispatcher does, each thing in a few lines.

#include <cstdio>

#include "demo.h"

using namespace demo;

namespace {

// The way of a call

/// Prints each kernel that a call passes through.
struct Path final : Observer {
  void on_start(const Event& event) override {
    const auto key = toString(event.keys.highestPriorityTypeId());
    print(std::string(depth++ * 2 + 2, ' ') + std::string(event.name) + " at " +
          std::string(key));
  }
  void on_end(const Event&) noexcept override { --depth; }
  bool sees_redispatches() const override { return true; }

  std::size_t depth = 0;
};

/// Prints what is called in its scope, below autograd.
struct Log final : DispatchMode {
  bool dispatch(const OperatorHandle& op, Stack* stack) override {
    op.callBoxed(stack);
    print("  " + op.operator_name() + " -> " + stack->back().tensor().text());
    return true;
  }
};

/// Serves the key Tracing: prints the arguments of any call, and goes on.
void trace(const OperatorHandle& op, DispatchKeySet keys, Stack* stack) {
  std::string text = "  " + op.operator_name() + ":";
  for (const Value& argument : stack->last(op.schema().arguments.size())) {
    text += argument.is_tensor() ? " " + argument.tensor().text()
                                 : " " + to_string(argument);
  }
  print(text);
  op.redispatchBoxed(keys & below_tracing, stack);
}

void show_ways() {
  const Array x = random(2, 3, 5).to(DEVICE).set_requires_grad();
  print("\none call of relu on Device, through its keys:");
  {
    const ObserverGuard observed(std::make_shared<Path>());
    relu(x);
  }
  print("\nwhat a mode sees of mean_squared:");
  {
    Log log;
    const DispatchModeGuard active(log);
    mean_squared(x, x);
  }
  print("\nwhat a fallback of the key Tracing sees:");
  {
    Library library(Library::IMPL, "_", DispatchKey::Tracing);
    library.fallback(CppFunction::makeFromBoxedFunction<&trace>());
    const Traced traced;
    mean_squared(x, x) * 0.5;
  }
}

// Errors and tables

template <class F>
void print_error(F function) {
  try {
    function();
    print("no error");
  } catch (const DispatchError& error) {
    print(error.what());
  }
}

void show_writing() {
  const Array x = full(1, 2, 3.0, DEVICE);
  Array out(DEVICE, 1, 2);
  print("\nwhat a call writes, and what backward says of a call without a gradient:");
  ops::grid::mul_out::call(x, x, out);
  std::printf("out: %g %g\n", out.memory()[0], out.memory()[1]);
  backward(sum(ops::grid::step::call(x.set_requires_grad())));
}

void show_shapes() {
  const Array x(META, 1000000, 2000000);
  const Array weights(META, 2000000, 3);
  print("\nshapes alone: " + relu(matmul(x, weights)).text());
  print_error([&] { transpose(x); });
}

void show_tables() {
  const Array x = random(2, 2, 6);
  std::printf("\nDevice has run %d kernels; and the CPU?\n",
              static_cast<int>(ops::grid::launches::call(x.to(DEVICE))));
  print_error([&] { ops::grid::launches::call(x); });
  print("\nthe table of relu:");
  print(dispatch_dump_table("grid::relu"));
}

/// An operator that is there for as long as a library is.
void show_library() {
  const Array x = full(1, 1, 2.0, CPU).set_requires_grad();
  const auto call_cube = [&] {
    const auto op = Dispatcher::singleton().findSchemaOrThrow("grid::cube");
    return TypedOperatorHandle<Array(const Array&)>(op).call(x);
  };
  {
    Library library(Library::FRAGMENT, "grid");
    library.def("cube(Tensor self) -> Tensor");
    library.impl("cube", DispatchKey::Composite, [](const Array& self) {
      return self * self * self;
    });
    backward(call_cube());
    std::printf("the gradient of cube at 2: %g\n", x.grad().at(0, 0));
  }
  print_error(call_cube);
}

}  // namespace

void demo::tour() {
  show_ways();
  show_writing();
  show_shapes();
  show_tables();
  show_library();
}
