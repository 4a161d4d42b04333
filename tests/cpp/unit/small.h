// A dispatcher with every kind of rule and policy, as a generated project would say it.
//
// With SMALL_WIDE its keysets take three machine words, and otherwise one.

#ifndef DISPATCH_CODEGEN_TESTS_SMALL_H
#define DISPATCH_CODEGEN_TESTS_SMALL_H

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>

#include "basic_tensor.h"
#include "dump.h"
#include "library.h"

namespace small {

#if defined(SMALL_WIDE)
enum class BackendComponent : std::uint8_t {
  InvalidBit,
  CPUBit = 1,
  CUDABit = 2,
  MetaBit = 33,
  LazyBit = 40,
};
inline constexpr std::uint16_t num_backends = 40;
inline constexpr std::uint16_t num_functionality_keys = 100;
enum class DispatchKey : std::uint16_t {
  Undefined,
  Dense = 1,
  Sparse = 24,
  Select = 25,
  Named = 30,
  AutogradOther = 60,
  AutogradFunctionality = 64,
  Tracer = 70,
  Loose = 88,
  Given = 89,
  Refuses = 90,
  Python = 95,
  Snapshot = 96,
  PythonDispatcher = 100,
#else
enum class BackendComponent : std::uint8_t {
  InvalidBit,
  CPUBit,
  CUDABit,
  MetaBit,
  LazyBit
};
inline constexpr std::uint16_t num_backends = 4;
inline constexpr std::uint16_t num_functionality_keys = 13;
enum class DispatchKey : std::uint16_t {
  Undefined,
  Dense,
  Sparse,
  Select,
  Named,
  AutogradOther,
  AutogradFunctionality,
  Tracer,
  Loose,
  Given,
  Refuses,
  Python,
  Snapshot,
  PythonDispatcher,
#endif
  EndOfFunctionalityKeys = num_functionality_keys + 1,
  StartOfDense,
  CPU = StartOfDense + static_cast<int>(BackendComponent::CPUBit),
  CUDA = StartOfDense + static_cast<int>(BackendComponent::CUDABit),
  Meta = StartOfDense + static_cast<int>(BackendComponent::MetaBit),
  Lazy = StartOfDense + static_cast<int>(BackendComponent::LazyBit),
  StartOfSparse = StartOfDense + num_backends + 1,
  SparseCPU = StartOfSparse + static_cast<int>(BackendComponent::CPUBit),
  SparseCUDA = StartOfSparse + static_cast<int>(BackendComponent::CUDABit),
  SparseMeta = StartOfSparse + static_cast<int>(BackendComponent::MetaBit),
  SparseLazy = StartOfSparse + static_cast<int>(BackendComponent::LazyBit),
  StartOfAutograd = StartOfSparse + num_backends + 1,
  AutogradCPU = StartOfAutograd + static_cast<int>(BackendComponent::CPUBit),
  AutogradCUDA = StartOfAutograd + static_cast<int>(BackendComponent::CUDABit),
  AutogradMeta = StartOfAutograd + static_cast<int>(BackendComponent::MetaBit),
  AutogradLazy = StartOfAutograd + static_cast<int>(BackendComponent::LazyBit),
  Autograd = StartOfAutograd + num_backends + 1,
  Implicit,
  Explicit,
};
using Key = DispatchKey;
using Backend = BackendComponent;

struct Numbering {
  using Key = DispatchKey;
  using Backend = BackendComponent;
  static constexpr std::size_t num_backends = small::num_backends;
  static constexpr std::size_t num_functionality_keys = small::num_functionality_keys;
  static constexpr std::size_t num_alias_keys = 3;
  static constexpr std::array per_backend{
      DispatchKey::Dense, DispatchKey::Sparse, DispatchKey::AutogradFunctionality};
  static constexpr std::array<DispatchKey, 0> in_every_full_after{};
  static constexpr bool is_trimmed = false;
  static constexpr std::array<DispatchKey, 0> trimmed_slots{};
};
using DispatchKeySet = dispatch_codegen::KeySet<Numbering>;
using KS = DispatchKeySet;
using Layout = KS::Layout;

constexpr KS after(Key key) {
  return {KS::FULL_AFTER, key};
}
inline constexpr KS all_backends(KS::RAW, Layout::full_backend_mask);

// What has to be the same for kernels of a backend and the autograd key above it.
constexpr KS backends_below(Key slot) {
  if (Layout::functionality_of(slot) != Key::AutogradFunctionality) return {};
  return KS(Key::Dense) | KS(Layout::backend_of(slot));
}

inline constexpr std::array<dispatch_codegen::AliasRule<Numbering>, 3> alias_rules{{
    {.key = Key::Autograd,
     .reason = "autograd kernel",
     .keys = KS({Key::AutogradOther, Key::AutogradFunctionality}) | all_backends},
    {.key = Key::Implicit,
     .reason = "math kernel",
     .keys =
         KS({Key::Dense, Key::Sparse, Key::AutogradOther, Key::AutogradFunctionality}) |
         all_backends,
     .undefined = true,
     .yields_to = dispatch_codegen::key_values<Numbering>({Key::Explicit}),
     .yields_to_backends_of = &backends_below,
     .is_ambiguous = true,
     .ambiguous_slot = Key::AutogradOther,
     .ambiguous_with = KS(Key::Sparse) | all_backends,
     .ambiguous_kernel = "ambiguous_autogradother",
     .ambiguous_reason = "ambiguous autogradother"},
    {.key = Key::Explicit,
     .reason = "default backend kernel",
     .keys = KS({Key::Dense, Key::Sparse}) | all_backends,
     .undefined = true},
}};

using dispatch_codegen::Policy;
inline constexpr std::array<dispatch_codegen::Fallback<Numbering>, 14> fallbacks{{
    {.key = Key::Select, .policy = Policy::fallthrough, .kernel = "fallthrough"},
    {.key = Key::Named,
     .policy = Policy::redispatch,
     .kernel = "redispatch",
     .redispatch_to = after(Key::Named)},
    {.key = Key::AutogradOther,
     .policy = Policy::autograd_not_implemented,
     .kernel = "autograd_not_implemented",
     .redispatch_to = after(Key::AutogradOther)},
    {.key = Key::AutogradCPU,
     .policy = Policy::autograd_not_implemented,
     .kernel = "autograd_not_implemented",
     .redispatch_to = after(Key::AutogradOther)},
    {.key = Key::AutogradCUDA,
     .policy = Policy::autograd_not_implemented,
     .kernel = "autograd_not_implemented",
     .redispatch_to = after(Key::AutogradOther)},
    {.key = Key::Loose,
     .policy = Policy::fallthrough,
     .kernel = "fallthrough",
     .overridable = true},
    {.key = Key::Given, .policy = Policy::kernel, .kernel = "given_fallback"},
    {.key = Key::Refuses,
     .policy = Policy::not_implemented,
     .kernel = "not_implemented",
     .message = "{operator} refuses: {operator}"},
    {.key = Key::Python,
     .policy = Policy::python,
     .kernel = "python",
     .exclude = KS(Key::Tracer),
     .mode = {.include = KS({Key::Python, Key::Snapshot})}},
    {.key = Key::Snapshot,
     .policy = Policy::python_tls_snapshot,
     .kernel = "snapshot",
     .redispatch_to = after(Key::Snapshot)},
    {.key = Key::PythonDispatcher,
     .policy = Policy::python_dispatcher,
     .kernel = "python_dispatcher"},
    {.key = Key::Meta,
     .policy = Policy::not_implemented,
     .kernel = "no_meta",
     .message = "{operator} has no meta kernel"},
    {.key = Key::Lazy,
     .policy = Policy::backend_fallback_to,
     .kernel = "on_cpu",
     .backend = Backend::CPUBit},
    {.key = Key::SparseLazy, .policy = Policy::none},
}};

/// A tensor with a content.
struct Content : dispatch_codegen::BasicTensorImpl<Numbering> {
  Content(KS keys, int number) : BasicTensorImpl(keys), value(number) {}
  int value;
  bool requires_grad = false;
  void* handler = nullptr;
};
using Tensor = dispatch_codegen::BasicTensor<Numbering>;

inline Content& content(const Tensor& tensor) {
  return static_cast<Content&>(*tensor.impl());
}
inline int value(const Tensor& tensor) {
  return content(tensor).value;
}
inline Tensor tensor(KS keys, int value) {
  return Tensor::adopt(new Content(keys, value));
}
inline Tensor tensor(std::initializer_list<Key> keys, int value) {
  return tensor(KS(keys), value);
}
/// A tensor of a backend whose calls go through autograd.
inline Tensor cpu(int value) {
  return tensor({Key::CPU, Key::AutogradCPU}, value);
}
inline Tensor cuda(int value) {
  return tensor({Key::CUDA, Key::AutogradCUDA}, value);
}

struct Traits;
extern inline constinit thread_local dispatch_codegen::LocalState<Traits> local_state;

struct Traits {
  using Numbering = small::Numbering;
  using KeySet = DispatchKeySet;
  using Tensor = small::Tensor;
  using Value = dispatch_codegen::Value<Tensor>;
  static constexpr std::span<const dispatch_codegen::AliasRule<Numbering>>
  alias_rules() {
    return small::alias_rules;
  }
  static constexpr std::span<const dispatch_codegen::Fallback<Numbering>> fallbacks() {
    return small::fallbacks;
  }
  static constexpr bool is_observable = true;
  static constexpr bool has_default_key = true;
  static constexpr DispatchKey default_key = Key::Implicit;
  static std::string_view name(Key key);
  static std::string_view name(Backend backend);
  static std::string text(KeySet keys);
  [[gnu::always_inline]] static dispatch_codegen::LocalState<Traits>& local();
};
inline constinit thread_local dispatch_codegen::LocalState<Traits> local_state{
    KS(Key::Select), KS()};
inline dispatch_codegen::LocalState<Traits>& Traits::local() {
  return local_state;
}

inline std::string_view Traits::name(Key key) {
  switch (key) {
#define SMALL_NAME(name) \
  case Key::name: \
    return #name;
    SMALL_NAME(Undefined)
    SMALL_NAME(Dense)
    SMALL_NAME(Sparse)
    SMALL_NAME(Select)
    SMALL_NAME(Named)
    SMALL_NAME(AutogradOther)
    SMALL_NAME(AutogradFunctionality)
    SMALL_NAME(Tracer)
    SMALL_NAME(Loose)
    SMALL_NAME(Given)
    SMALL_NAME(Refuses)
    SMALL_NAME(Python)
    SMALL_NAME(Snapshot)
    SMALL_NAME(PythonDispatcher)
    SMALL_NAME(CPU)
    SMALL_NAME(CUDA)
    SMALL_NAME(Meta)
    SMALL_NAME(Lazy)
    SMALL_NAME(SparseCPU)
    SMALL_NAME(SparseCUDA)
    SMALL_NAME(SparseMeta)
    SMALL_NAME(SparseLazy)
    SMALL_NAME(AutogradCPU)
    SMALL_NAME(AutogradCUDA)
    SMALL_NAME(AutogradMeta)
    SMALL_NAME(AutogradLazy)
    SMALL_NAME(Autograd)
    SMALL_NAME(Implicit)
    SMALL_NAME(Explicit)
#undef SMALL_NAME
    default:
      return "unnamed";
  }
}
inline std::string_view Traits::name(Backend backend) {
  switch (backend) {
    case Backend::CPUBit:
      return "CPUBit";
    case Backend::CUDABit:
      return "CUDABit";
    default:
      return "unnamedBit";
  }
}
inline std::string Traits::text(KS keys) {
  std::string result = "{";
  for (const Key key : keys) {
    if (result.size() > 1) result += ", ";
    result += name(key);
  }
  return result + "}";
}

using Value = Traits::Value;
using Stack = dispatch_codegen::Stack<Value>;
using Handle = dispatch_codegen::OperatorHandle<Traits>;
using Library = dispatch_codegen::Library<Traits>;
using Kernel = dispatch_codegen::CppFunction<Traits>;
using Dispatcher = dispatch_codegen::Dispatcher<Traits>;
using Include = dispatch_codegen::IncludeDispatchKeyGuard<Traits>;
using Exclude = dispatch_codegen::ExcludeDispatchKeyGuard<Traits>;
template <class Type>
using Typed = dispatch_codegen::TypedOperatorHandle<Traits, Type>;

/// What a mode, a conversion or a subclass finds.
inline dispatch_codegen::DispatchHandler<Traits>* dispatch_handler(
    const Tensor& tensor) {
  return static_cast<dispatch_codegen::DispatchHandler<Traits>*>(
      content(tensor).handler);
}

namespace ops {

using dispatch_codegen::Argument;
using dispatch_codegen::ArgumentKind;
using dispatch_codegen::Operator;
using dispatch_codegen::Return;
using dispatch_codegen::SchemaView;

inline constexpr Argument self{
    .name = "self", .type = "Tensor", .kind = ArgumentKind::kTensor};
inline constexpr Argument other{
    .name = "other", .type = "Tensor", .kind = ArgumentKind::kTensor};
inline constexpr Return one{.type = "Tensor", .kind = ArgumentKind::kTensor};

/// CUDA has a kernel without a body, everything else is up to libraries.
struct add : Operator<Traits, add, Tensor(const Tensor&, const Tensor&)> {
  static constexpr Argument arguments[] = {self, other};
  static constexpr Return returns[] = {one};
  static constexpr SchemaView schema{"small::add", "", arguments, returns};
  static constexpr std::array<DeclaredKernel, 1> kernels{{{Key::CUDA, "add_cuda"}}};
};

inline Tensor mul_cpu(const Tensor& a, const Tensor& b) {
  return tensor({Key::CPU}, value(a) * value(b));
}
inline Tensor mul_meta(KS keys, const Tensor& a, const Tensor&) {
  return tensor(keys, value(a));
}
/// Two kernels whose bodies are linked, and a key that falls through for this operator, on
/// all backends, and one that does on one backend only.
struct mul : Operator<Traits, mul, Tensor(const Tensor&, const Tensor&)> {
  static constexpr Argument arguments[] = {self, other};
  static constexpr Return returns[] = {one};
  static constexpr SchemaView schema{"small::mul", "", arguments, returns};
  static constexpr std::array<DeclaredKernel, 4> kernels{{
      {Key::CPU, "mul_cpu", linked<&mul_cpu>},
      {Key::Meta, "mul_meta", linked<&mul_meta>},
      {Key::Tracer, "fallthrough"},
      {Key::AutogradCPU, "fallthrough"},
  }};
};

inline Tensor neg_all(const Tensor& a) {
  return tensor({Key::CPU}, -value(a));
}
struct neg : Operator<Traits, neg, Tensor(const Tensor&)> {
  static constexpr Argument arguments[] = {self};
  static constexpr Return returns[] = {one};
  static constexpr SchemaView schema{"small::neg", "", arguments, returns};
  static constexpr std::array<DeclaredKernel, 1> kernels{
      {{Key::Implicit, "neg_all", linked<&neg_all>}}};
};

/// Its table is constant.
struct fixed : Operator<Traits, fixed, Tensor(const Tensor&, const Tensor&)> {
  static constexpr bool is_static = true;
  static constexpr Argument arguments[] = {self, other};
  static constexpr Return returns[] = {one};
  static constexpr SchemaView schema{"small::fixed", "", arguments, returns};
  static constexpr std::array<DeclaredKernel, 2> kernels{{
      {Key::CPU, "mul_cpu", linked<&mul_cpu>},
      {Key::Tracer, "fallthrough"},
  }};
};

struct cat
    : Operator<Traits, cat, std::int64_t(std::span<const Tensor>, std::int64_t)> {
  static constexpr Argument arguments[] = {
      {.name = "tensors", .type = "Tensor[]", .kind = ArgumentKind::kTensorList},
      {.name = "dim", .type = "int"}};
  static constexpr Return returns[] = {{.type = "int"}};
  static constexpr SchemaView schema{"small::cat", "", arguments, returns};
};

struct pick
    : Operator<Traits, pick, std::int64_t(std::span<const std::optional<Tensor>>)> {
  static constexpr Argument arguments[] = {{.name = "tensors",
                                            .type = "Tensor?[]",
                                            .kind = ArgumentKind::kOptionalTensorList}};
  static constexpr Return returns[] = {{.type = "int"}};
  static constexpr SchemaView schema{"small::pick", "", arguments, returns};
};

struct perhaps : Operator<Traits,
                          perhaps,
                          std::int64_t(const std::optional<Tensor>&,
                                       std::optional<std::span<const Tensor>>)> {
  static constexpr Argument arguments[] = {
      {.name = "a", .type = "Tensor?", .kind = ArgumentKind::kOptionalTensor},
      {.name = "b", .type = "Tensor[]?", .kind = ArgumentKind::kTensorList}};
  static constexpr Return returns[] = {{.type = "int"}};
  static constexpr SchemaView schema{"small::perhaps", "", arguments, returns};
};

struct fill_ : Operator<Traits, fill_, Tensor&(Tensor&, std::int64_t)> {
  static constexpr Argument arguments[] = {{.name = "self",
                                            .type = "Tensor(a!)",
                                            .is_write = true,
                                            .is_alias = true,
                                            .kind = ArgumentKind::kTensor},
                                           {.name = "to", .type = "int"}};
  static constexpr Return returns[] = {{.type = "Tensor(a!)",
                                        .is_write = true,
                                        .is_alias = true,
                                        .kind = ArgumentKind::kTensor}};
  static constexpr SchemaView schema{"small::fill_", "", arguments, returns};
};

/// Writes to two arguments, and returns something between them.
struct outs : Operator<Traits,
                       outs,
                       std::tuple<Tensor&, std::int64_t, Tensor&>(
                           const Tensor&, Tensor&, Tensor&)> {
  static constexpr Argument arguments[] = {self,
                                           {.name = "x",
                                            .type = "Tensor(a!)",
                                            .is_write = true,
                                            .is_alias = true,
                                            .kind = ArgumentKind::kTensor},
                                           {.name = "y",
                                            .type = "Tensor(b!)",
                                            .is_write = true,
                                            .is_alias = true,
                                            .kind = ArgumentKind::kTensor}};
  static constexpr Return returns[] = {{.type = "Tensor(a!)",
                                        .is_write = true,
                                        .is_alias = true,
                                        .kind = ArgumentKind::kTensor},
                                       {.type = "int"},
                                       {.type = "Tensor(b!)",
                                        .is_write = true,
                                        .is_alias = true,
                                        .kind = ArgumentKind::kTensor}};
  static constexpr SchemaView schema{"small::outs", "", arguments, returns};
};

using VariousResult = std::tuple<Tensor, std::int64_t, double, std::string>;
struct various : Operator<Traits,
                          various,
                          VariousResult(const Tensor&,
                                        std::int64_t,
                                        double,
                                        bool,
                                        std::string_view,
                                        std::span<const std::int64_t>,
                                        std::optional<std::int64_t>)> {
  static constexpr Argument arguments[] = {self,
                                           {.name = "i", .type = "int"},
                                           {.name = "f", .type = "float"},
                                           {.name = "b", .type = "bool"},
                                           {.name = "s", .type = "str"},
                                           {.name = "l", .type = "int[]"},
                                           {.name = "o", .type = "int?"}};
  static constexpr Return returns[] = {
      one, {.type = "int"}, {.type = "float"}, {.type = "str"}};
  static constexpr SchemaView schema{"small::various", "", arguments, returns};
};

struct touch : Operator<Traits, touch, void(const Tensor&)> {
  static constexpr Argument arguments[] = {self};
  static constexpr std::span<const Return> returns{};
  static constexpr SchemaView schema{"small::touch", "", arguments, returns};
};

struct make : Operator<Traits, make, Tensor(std::int64_t)> {
  static constexpr Argument arguments[] = {{.name = "value", .type = "int"}};
  static constexpr Return returns[] = {one};
  static constexpr SchemaView schema{"small::make", "", arguments, returns};
};

}  // namespace ops
}  // namespace small

#endif
