// The same calls through the generated dispatcher.
//
// OURS_SUITE names the suite. Each suite has a dispatcher of its own, as run.py defines
// `pytorch`, the generated namespace, to be something else in each: so that they may differ
// in what the generated macros say.
#include <array>
#include <cstddef>
#include <cstdint>

#include "calls.h"
#include "pytorch/dispatch/dispatcher.h"

#ifndef OURS_SUITE
#define OURS_SUITE ours
#endif

#define OURS_STRING_(suite) #suite
#define OURS_STRING(suite) OURS_STRING_(suite)

// Not anonymous: the operators of generated headers are not, so that tables are shared by
// all of a program.
namespace pytorch::benchmark {

using dispatch::Argument;
using dispatch::ArgumentKind;
using dispatch::DispatchKey;
using dispatch::DispatchKeySet;
using dispatch::OperatorHandle;
using dispatch::SchemaView;
using dispatch::Stack;
using dispatch::Tensor;

using Add = std::int64_t(const Tensor&, const Tensor&);

template <int number>
CALLS_OPAQUE std::int64_t kernel(const Tensor&, const Tensor&) {
  return number;
}

template <class Op>
std::int64_t autograd_kernel(DispatchKeySet set, const Tensor& a, const Tensor& b) {
  return Op::redispatch(set & dispatch::after_autograd_keyset, a, b);
}

CALLS_OPAQUE void fallback(const OperatorHandle&, DispatchKeySet, Stack* stack) {
  drop(*stack, 2);
  stack->emplace(std::int64_t{1});
}

// Operators, as generated headers declare them.

inline constexpr auto arguments = std::to_array<Argument>({
    {.name = "a", .type = "Tensor", .kind = ArgumentKind::kTensor},
    {.name = "b", .type = "Tensor", .kind = ArgumentKind::kTensor},
});
inline constexpr auto returns = std::to_array<dispatch::Return>({{.type = "int"}});

template <class Op>
inline constexpr auto declared_kernels = std::to_array<typename Op::DeclaredKernel>({
    {DispatchKey::CPU, "kernel<0>", Op::template linked<&kernel<0>>},
    {DispatchKey::CUDA, "kernel<1>", Op::template linked<&kernel<1>>},
    {DispatchKey::XLA, "kernel<2>", Op::template linked<&kernel<2>>},
    {DispatchKey::HPU, "kernel<3>", Op::template linked<&kernel<3>>},
    {DispatchKey::Autograd, "autograd", Op::template linked<&autograd_kernel<Op>>},
});

struct Static : dispatch::Operator<Static, Add> {
  static constexpr SchemaView schema{
      .name = "calls::static",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr bool is_static = true;
  static constexpr auto& kernels = declared_kernels<Operator>;
};

struct Mutable : dispatch::Operator<Mutable, Add> {
  static constexpr SchemaView schema{
      .name = "calls::mutable",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto& kernels = declared_kernels<Operator>;
};

struct Registered : dispatch::Operator<Registered, Add> {
  static constexpr SchemaView schema{
      .name = "calls::registered",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
};

PYTORCH_LIBRARY_FRAGMENT(calls, library) {
  library.impl("registered", DispatchKey::CPU, PYTORCH_FN(kernel<0>));
  library.impl("registered", DispatchKey::CUDA, PYTORCH_FN(kernel<1>));
  library.impl("registered", DispatchKey::XLA, PYTORCH_FN(kernel<2>));
  library.impl("registered", DispatchKey::HPU, PYTORCH_FN(kernel<3>));
  library.impl(
      "registered", DispatchKey::Autograd, PYTORCH_FN(autograd_kernel<Registered>));
}

PYTORCH_LIBRARY_IMPL(_, PrivateUse1, library) {
  library.fallback(dispatch::CppFunction::makeFromBoxedFunction<&fallback>());
}

const Tensor cpu{DispatchKeySet(DispatchKey::CPU)};
const Tensor other{DispatchKeySet(DispatchKey::CPU)};
const Tensor with_autograd{DispatchKeySet(
    {DispatchKey::CPU, DispatchKey::AutogradCPU, DispatchKey::ADInplaceOrView})};
const Tensor without_kernel{DispatchKeySet(DispatchKey::PrivateUse1)};
const std::array<Tensor, 4> backends{
    Tensor(DispatchKeySet(DispatchKey::CPU)),
    Tensor(DispatchKeySet(DispatchKey::CUDA)),
    Tensor(DispatchKeySet(DispatchKey::XLA)),
    Tensor(DispatchKeySet(DispatchKey::HPU)),
};

using calls::in_turn;
using calls::repeat;

void direct(long n) {
  Add* volatile known = kernel<0>;
  repeat(n, [function = known] { function(cpu, other); });
}

template <class Op>
void call(long n) {
  repeat(n, [] { Op::call(cpu, other); });
}

template <class Op>
void autograd(long n) {
  repeat(n, [] { Op::call(with_autograd, with_autograd); });
}

void boxed_fallback(long n) {
  repeat(n, [] { Mutable::call(without_kernel, without_kernel); });
}

void four_backends(long n) {
  in_turn(n, backends, [](const Tensor& each) { Mutable::call(each, each); });
}

constexpr calls::Case kCases[] = {
    {"direct", direct},
#if PYTORCH_OBSERVERS
    {"static, observable", call<Static>},
    {"static, observable, autograd", autograd<Static>},
#else
    {"static", call<Static>},
    {"static, autograd", autograd<Static>},
#endif
    {"mutable", call<Mutable>},
    {"registered", call<Registered>},
    {"autograd", autograd<Mutable>},
    {"registered, autograd", autograd<Registered>},
    {"fallback", boxed_fallback},
    {"backends", four_backends},
};

constexpr std::size_t kTableBytes = sizeof(Mutable::Table) +
                                    sizeof(dispatch_codegen::entry_pointer<Mutable>) +
                                    sizeof(dispatch_codegen::operator_handle<Mutable>);

}  // namespace pytorch::benchmark

calls::Suite calls::OURS_SUITE() {
  return {
      OURS_STRING(OURS_SUITE),
      pytorch::benchmark::kCases,
      pytorch::benchmark::kTableBytes,
  };
}
