// A small dispatcher for the tests of fuser.h: two backends, autograd, tracing, modes.
#ifndef DISPATCH_CODEGEN_TESTS_FUSER_DISPATCHER_H
#define DISPATCH_CODEGEN_TESTS_FUSER_DISPATCHER_H

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "basic_tensor.h"
#include "library.h"

namespace fuser_test {

enum class Backend : std::uint8_t {
  kInvalid,
  kHost,
  kDevice,
  EndOfBackendKeys = kDevice,
};

enum class Key : std::uint16_t {
  Undefined,
  // Functionalities, lowest priority first.
  Dense,
  AutogradOther,
  AutogradAny,
  Trace,
  Mode,
  EndOfFunctionalities,
  StartOfDense,
  Host,
  Device,
  StartOfAutograd,
  AutogradHost,
  AutogradDevice,
  // Aliases.
  Composite,
};

struct Numbering {
  using Key = fuser_test::Key;
  using Backend = fuser_test::Backend;
  static constexpr std::size_t num_backends = 2;
  static constexpr std::size_t num_functionality_keys = 5;
  static constexpr std::size_t num_alias_keys = 1;
  static constexpr std::array per_backend{Key::Dense, Key::AutogradAny};
  static constexpr std::array<Key, 0> in_every_full_after{};
  static constexpr bool is_trimmed = false;
  static constexpr std::array<Key, 0> trimmed_slots{};
};

using KeySet = dispatch_codegen::KeySet<Numbering>;
using dispatch_codegen::Policy;

inline constexpr KeySet kBackends({Backend::kHost, Backend::kDevice});
inline constexpr KeySet kBelowAutograd(KeySet::FULL_AFTER, Key::AutogradOther);
inline constexpr KeySet kAutograd = KeySet({Key::AutogradOther, Key::AutogradAny});

inline constexpr std::array<dispatch_codegen::AliasRule<Numbering>, 1> kAliasRules{{
    {.key = Key::Composite,
     .reason = "composite kernel",
     .keys = KeySet({Key::Dense, Key::AutogradOther, Key::AutogradAny}) | kBackends,
     .undefined = true},
}};

inline constexpr std::array<dispatch_codegen::Fallback<Numbering>, 4> kFallbacks{{
    {.key = Key::AutogradHost,
     .policy = Policy::autograd_not_implemented,
     .kernel = "autograd",
     .redispatch_to = kBelowAutograd},
    {.key = Key::AutogradDevice,
     .policy = Policy::autograd_not_implemented,
     .kernel = "autograd",
     .redispatch_to = kBelowAutograd},
    {.key = Key::Trace, .policy = Policy::fallthrough, .kernel = "fallthrough"},
    {.key = Key::Mode, .policy = Policy::python, .kernel = "mode"},
}};

/// A tensor is one number.
struct Number : dispatch_codegen::BasicTensorImpl<Numbering> {
  Number(KeySet keys, double given, bool requires_grad)
      : BasicTensorImpl(keys), value(given), requires_gradient(requires_grad) {}
  double value;
  bool requires_gradient;
};

using Tensor = dispatch_codegen::BasicTensor<Numbering>;

inline constexpr KeySet kHost({Key::Host, Key::AutogradHost});
inline constexpr KeySet kDevice({Key::Device, Key::AutogradDevice});

inline Tensor tensor(double value, KeySet keys = kHost, bool requires_grad = false) {
  return Tensor::adopt(new Number(keys, value, requires_grad));
}
inline double& number(const Tensor& tensor) {
  return static_cast<Number*>(tensor.impl())->value;
}

/// Found through the tensor's type.
inline bool requires_grad(const Tensor& tensor) {
  return tensor.defined() && static_cast<Number*>(tensor.impl())->requires_gradient;
}

struct Traits;
extern inline constinit thread_local dispatch_codegen::LocalState<Traits> local_state;

struct Traits {
  using Numbering = fuser_test::Numbering;
  using KeySet = fuser_test::KeySet;
  using Tensor = fuser_test::Tensor;
  using Value = dispatch_codegen::Value<Tensor>;

  static constexpr std::span<const dispatch_codegen::AliasRule<Numbering>>
  alias_rules() {
    return kAliasRules;
  }
  static constexpr std::span<const dispatch_codegen::Fallback<Numbering>> fallbacks() {
    return kFallbacks;
  }
  static constexpr bool is_observable = true;
  static constexpr bool has_default_key = true;
  static constexpr Key default_key = Key::Composite;

  static std::string_view name(Key key) {
    static constexpr std::array<std::string_view, 14> kNames{
        "Undefined",
        "Dense",
        "AutogradOther",
        "AutogradAny",
        "Trace",
        "Mode",
        "",
        "",
        "Host",
        "Device",
        "",
        "AutogradHost",
        "AutogradDevice",
        "Composite",
    };
    return kNames[static_cast<std::size_t>(key)];
  }
  static std::string_view name(Backend) { return "backend"; }
  static std::string text(KeySet keys) {
    std::string result("{");
    for (const Key key : keys) {
      if (result.size() > 1) result += ", ";
      result += name(key);
    }
    return result + "}";
  }
  [[gnu::always_inline]] static dispatch_codegen::LocalState<Traits>& local();
};

inline constinit thread_local dispatch_codegen::LocalState<Traits> local_state{
    KeySet(), KeySet()};
inline dispatch_codegen::LocalState<Traits>& Traits::local() {
  return local_state;
}

using Value = Traits::Value;
using Stack = dispatch_codegen::Stack<Value>;
using Handle = dispatch_codegen::OperatorHandle<Traits>;
using Library = dispatch_codegen::Library<Traits>;
using CppFunction = dispatch_codegen::CppFunction<Traits>;

namespace ops {

using dispatch_codegen::ArgumentKind;

/// A declared operator, whose table is known at compile time.
struct add
    : dispatch_codegen::Operator<Traits, add, Tensor(const Tensor&, const Tensor&)> {
  static constexpr dispatch_codegen::Argument arguments[] = {
      {.name = "self", .type = "Tensor", .kind = ArgumentKind::kTensor},
      {.name = "other", .type = "Tensor", .kind = ArgumentKind::kTensor},
  };
  static constexpr dispatch_codegen::Return returns[] = {
      {.type = "Tensor", .kind = ArgumentKind::kTensor},
  };
  static constexpr dispatch_codegen::SchemaView schema{
      "fused::add", "", arguments, returns};
};

}  // namespace ops

}  // namespace fuser_test

#endif  // DISPATCH_CODEGEN_TESTS_FUSER_DISPATCHER_H
