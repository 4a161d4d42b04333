// A dispatcher whose tensors and boxed values are its own: all that they have is what Note
// [Boxed values] in boxing.h asks for.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

// Only for its keys, rules and fallbacks.
#include "small.h"

namespace acme {

using small::Backend;
using small::Key;
using small::KS;

struct Content {
  KS keys;
  int value;
  bool requires_grad = false;
};

/// A handle; nobody can ask whether two are one, and there is no empty one.
class Tensor {
 public:
  Tensor(KS keys, int value)
      : content(std::make_shared<Content>(Content{keys, value})) {}
  std::shared_ptr<Content> content;
};

KS key_set(const Tensor& tensor) {
  return tensor.content->keys;
}

struct None {};

/// It owns whatever it is made of, even arguments, and there is none without a content.
class Value {
 public:
  using Content = std::variant<None,
                               bool,
                               std::int64_t,
                               double,
                               std::string,
                               Tensor,
                               std::vector<std::int64_t>,
                               std::vector<Tensor>,
                               std::vector<std::optional<Tensor>>>;

  explicit Value(bool value) : content(value) {}
  explicit Value(std::int64_t value) : content(value) {}
  explicit Value(double value) : content(value) {}
  explicit Value(std::string_view value) : content(std::string(value)) {}
  explicit Value(Tensor value) : content(std::move(value)) {}
  template <class T>
  explicit Value(const std::vector<T>& list) : content(list) {}
  template <class T>
  explicit Value(std::span<const T> list)
      : content(std::vector<T>(list.begin(), list.end())) {}
  template <class T>
  explicit Value(const std::optional<T>& value)
      : Value(value.has_value() ? Value(*value) : Value(None())) {}
  explicit Value(None none) : content(none) {}

  static Value borrow_mutable(const Tensor& tensor) { return Value(tensor); }

  Content content;
};

template <class T>
T& content_of(Value& value) {
  if (T* const found = std::get_if<T>(&value.content)) return *found;
  dispatch_codegen::throw_type_error("acme::Value holds something else");
}

template <class T>
struct Unbox {
  static const T& from(Value& value) { return content_of<T>(value); }
};
template <>
struct Unbox<Tensor&> {
  static Tensor& from(Value& value) { return content_of<Tensor>(value); }
};
template <>
struct Unbox<std::string_view> {
  static std::string_view from(Value& value) { return content_of<std::string>(value); }
};
template <class T>
struct Unbox<std::span<const T>> {
  static std::span<const T> from(Value& value) {
    return content_of<std::vector<T>>(value);
  }
};
template <class T>
struct Unbox<std::optional<T>> {
  static std::optional<T> from(Value& value) {
    if (std::holds_alternative<None>(value.content)) return std::nullopt;
    return std::optional<T>(Unbox<T>::from(value));
  }
};

template <class T>
decltype(auto) unbox(Value& value) {
  return Unbox<T>::from(value);
}

template <class T>
T take(Value&& value) {
  return std::move(content_of<T>(value));
}

template <class Visit>
void for_each_tensor(const Value& value, const Visit& visit) {
  if (const auto* one = std::get_if<Tensor>(&value.content)) visit(*one);
  if (const auto* all = std::get_if<std::vector<Tensor>>(&value.content)) {
    for (const Tensor& one : *all) visit(one);
  }
  if (const auto* all =
          std::get_if<std::vector<std::optional<Tensor>>>(&value.content)) {
    for (const auto& one : *all) {
      if (one.has_value()) visit(*one);
    }
  }
}

template <class Change>
Value map_tensors(Value value, const Change& change) {
  if (auto* one = std::get_if<Tensor>(&value.content)) *one = change(*one);
  if (auto* all = std::get_if<std::vector<Tensor>>(&value.content)) {
    for (Tensor& one : *all) one = change(one);
  }
  if (auto* all = std::get_if<std::vector<std::optional<Tensor>>>(&value.content)) {
    for (auto& one : *all) {
      if (one.has_value()) one = change(*one);
    }
  }
  return value;
}

struct Traits;
extern inline constinit thread_local dispatch_codegen::LocalState<Traits> local_state;

struct Traits {
  using Numbering = small::Numbering;
  using KeySet = KS;
  using Tensor = acme::Tensor;
  using Value = acme::Value;
  static constexpr std::span<const dispatch_codegen::AliasRule<Numbering>>
  alias_rules() {
    return small::alias_rules;
  }
  static constexpr std::span<const dispatch_codegen::Fallback<Numbering>> fallbacks() {
    return small::fallbacks;
  }
  static constexpr bool is_observable = true;
  static constexpr bool has_default_key = true;
  static constexpr Key default_key = Key::Implicit;
  static std::string_view name(Key key) { return small::Traits::name(key); }
  static std::string_view name(Backend backend) { return small::Traits::name(backend); }
  static std::string text(KS keys) { return small::Traits::text(keys); }
  static dispatch_codegen::LocalState<Traits>& local();
};
inline constinit thread_local dispatch_codegen::LocalState<Traits> local_state{
    KS(Key::Select), KS()};
inline dispatch_codegen::LocalState<Traits>& Traits::local() {
  return local_state;
}

using Stack = dispatch_codegen::Stack<Value>;
using Handle = dispatch_codegen::OperatorHandle<Traits>;
using Library = dispatch_codegen::Library<Traits>;
using Kernel = dispatch_codegen::CppFunction<Traits>;
using Dispatcher = dispatch_codegen::Dispatcher<Traits>;

/// What a subclass finds; here it is declared after what asks for it.
dispatch_codegen::DispatchHandler<Traits>* handler = nullptr;
dispatch_codegen::DispatchHandler<Traits>* dispatch_handler(const Tensor&) {
  return handler;
}

namespace ops {

using dispatch_codegen::Argument;
using dispatch_codegen::ArgumentKind;
using dispatch_codegen::Operator;
using dispatch_codegen::Return;
using dispatch_codegen::SchemaView;
using small::ops::one;
using small::ops::other;
using small::ops::self;

struct add : Operator<Traits, add, Tensor(const Tensor&, const Tensor&)> {
  static constexpr Argument arguments[] = {self, other};
  static constexpr Return returns[] = {one};
  static constexpr SchemaView schema{"acme::add", "", arguments, returns};
  static constexpr std::array<DeclaredKernel, 0> kernels{};
};

struct fill_ : Operator<Traits, fill_, Tensor&(Tensor&, std::int64_t)> {
  static constexpr SchemaView schema{
      "acme::fill_", "", small::ops::fill_::arguments, small::ops::fill_::returns};
  static constexpr std::array<DeclaredKernel, 0> kernels{};
};

/// Returns what it writes to, the last ones.
struct outs : Operator<Traits,
                       outs,
                       std::tuple<Tensor&, std::int64_t, Tensor&>(
                           const Tensor&, Tensor&, Tensor&)> {
  static constexpr SchemaView schema{
      "acme::outs", "", small::ops::outs::arguments, small::ops::outs::returns};
  static constexpr std::array<DeclaredKernel, 0> kernels{};
};

struct cat : Operator<Traits,
                      cat,
                      std::vector<Tensor>(std::span<const Tensor>,
                                          const std::optional<Tensor>&,
                                          std::span<const std::optional<Tensor>>)> {
  static constexpr Argument arguments[] = {
      {.name = "tensors", .type = "Tensor[]", .kind = ArgumentKind::kTensorList},
      {.name = "last", .type = "Tensor?", .kind = ArgumentKind::kOptionalTensor},
      {.name = "more", .type = "Tensor?[]", .kind = ArgumentKind::kOptionalTensorList}};
  static constexpr Return returns[] = {
      {.type = "Tensor[]", .kind = ArgumentKind::kTensorList}};
  static constexpr SchemaView schema{"acme::cat", "", arguments, returns};
  static constexpr std::array<DeclaredKernel, 0> kernels{};
};

using Parts = std::tuple<Tensor, std::int64_t, double, std::string>;
struct various : Operator<Traits,
                          various,
                          Parts(const Tensor&,
                                std::int64_t,
                                double,
                                bool,
                                std::string_view,
                                std::span<const std::int64_t>,
                                std::optional<std::int64_t>)> {
  static constexpr SchemaView schema{"acme::various",
                                     "",
                                     small::ops::various::arguments,
                                     small::ops::various::returns};
  static constexpr std::array<DeclaredKernel, 0> kernels{};
};

struct touch : Operator<Traits, touch, void(const Tensor&)> {
  static constexpr Argument arguments[] = {self};
  static constexpr std::span<const Return> returns{};
  static constexpr SchemaView schema{"acme::touch", "", arguments, returns};
  static constexpr std::array<DeclaredKernel, 0> kernels{};
};

}  // namespace ops

namespace {

using dispatch_codegen::BoxedValue;
using dispatch_codegen::DispatchError;
using dispatch_codegen::NotImplementedError;
using dispatch_codegen::TypeError;
using Trace = std::vector<std::string>;

static_assert(!std::is_default_constructible_v<Value>);
static_assert(BoxedValue<Value, Tensor>);
static_assert(BoxedValue<small::Value, small::Tensor>);
static_assert(!BoxedValue<int, Tensor>);
static_assert(!BoxedValue<Value, small::Tensor>);  // It can hold none.
static_assert(!BoxedValue<std::unique_ptr<Value>, Tensor>);

/// Each of these lacks something.
struct Moved : Value {
  using Value::Value;
  Moved(const Moved&) = default;
  Moved(Moved&&) noexcept(false);
};
struct Uncopied : Value {
  using Value::Value;
  Uncopied(Uncopied&&) = default;
};
struct Unmade : Value {
  Unmade() : Value(true) {}
};
static_assert(!BoxedValue<Moved, Tensor>);
static_assert(!BoxedValue<Uncopied, Tensor>);
static_assert(!BoxedValue<Unmade, Tensor>);
/// With its name for such containers it may throw when it moves.
struct Relocated : Moved {
  using Moved::Moved;
  void relocate_to(void* memory) noexcept;
};
static_assert(BoxedValue<Relocated, Tensor>);

Trace trace;
void note(std::string text) {
  trace.push_back(std::move(text));
}
Trace taken() {
  return std::exchange(trace, {});
}

template <class E, class F>
std::string thrown(F f) {
  try {
    f();
  } catch (const E& error) {
    const std::string_view text(error.what());
    return std::string(text.substr(0, text.find('\n')));
  }
  return "nothing was thrown";
}

Tensor made(std::initializer_list<Key> keys, int value) {
  return {KS(keys), value};
}
Tensor cpu(int value) {
  return made({Key::CPU, Key::AutogradCPU}, value);
}
bool is_same(const Tensor& a, const Tensor& b) {
  return a.content == b.content;
}
Tensor& tensor_of(Value& value) {
  return content_of<Tensor>(value);
}

template <class... Arguments>
std::vector<Value> boxed(const Handle& op, const Arguments&... arguments) {
  Stack stack;
  push(stack, arguments...);
  op.callBoxed(&stack);
  return {stack.begin(), stack.end()};
}

Tensor add_cpu(const Tensor& a, const Tensor& b) {
  note("cpu");
  return {key_set(a), a.content->value + b.content->value};
}
Tensor& fill(Tensor& self, std::int64_t to) {
  self.content->value = static_cast<int>(to);
  return self;
}
std::tuple<Tensor&, std::int64_t, Tensor&> write(const Tensor& a,
                                                 Tensor& x,
                                                 Tensor& y) {
  x.content->value = a.content->value;
  y.content->value = a.content->value + 1;
  return {x, 7, y};
}
std::vector<Tensor> concat(std::span<const Tensor> tensors,
                           const std::optional<Tensor>& last,
                           std::span<const std::optional<Tensor>> more) {
  std::vector<Tensor> all(tensors.begin(), tensors.end());
  if (last.has_value()) all.push_back(*last);
  for (const auto& one : more) {
    if (one.has_value()) all.push_back(*one);
  }
  return all;
}
ops::Parts parts(const Tensor& t,
                 std::int64_t i,
                 double f,
                 bool b,
                 std::string_view s,
                 std::span<const std::int64_t> l,
                 std::optional<std::int64_t> o) {
  return {t, i + l[0] + o.value_or(100), b ? f : -f, std::string(s) + "!"};
}
/// A boxed kernel for whatever is below.
void below(const Handle& op, KS keys, Stack* stack) {
  note("below " + op.operator_name());
  op.redispatchBoxed(keys & small::after(Key::Tracer), stack);
}

Library impl(Key key) {
  return Library(Library::IMPL, "acme", key);
}
Library cpu_kernels() {
  Library library = impl(Key::CPU);
  library.impl<ops::add, &add_cpu>().impl<ops::fill_, &fill>();
  library.impl<ops::outs, &write>().impl<ops::cat, &concat>();
  library.impl<ops::various, &parts>();
  library.impl("touch", [](const Tensor& t) { t.content->value += 1; });
  return library;
}

TEST(ReplacedValue, GoesThroughTypedAndBoxedCalls) {
  const Library library = cpu_kernels();
  EXPECT_EQ(ops::add::call(cpu(1), cpu(2)).content->value, 3);
  auto results = boxed(ops::add::handle(), cpu(1), cpu(2));
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(tensor_of(results[0]).content->value, 3);
  Stack stack;
  push(stack, cpu(5), cpu(6));
  ops::add::redispatch_boxed(KS(Key::CPU), &stack);
  EXPECT_EQ(tensor_of(stack.back()).content->value, 11);
  EXPECT_EQ(pop(stack).content.index(), 5U);

  const std::vector<std::int64_t> list{2};
  const Tensor t = cpu(1);
  const auto [same, number, real, text] =
      ops::various::call(t, 1, 1.5, false, "a", list, std::nullopt);
  EXPECT_TRUE(is_same(same, t));
  EXPECT_EQ(std::tuple(number, real, text), std::tuple(103, -1.5, "a!"));
  results = boxed(ops::various::handle(),
                  t,
                  std::int64_t{1},
                  0.5,
                  true,
                  std::string_view("b"),
                  list,
                  std::optional<std::int64_t>(4));
  ASSERT_EQ(results.size(), 4U);
  EXPECT_TRUE(is_same(tensor_of(results[0]), t));
  EXPECT_EQ(content_of<std::int64_t>(results[1]), 7);
  EXPECT_EQ(content_of<double>(results[2]), 0.5);
  EXPECT_EQ(content_of<std::string>(results[3]), "b!");

  ops::touch::call(t);
  EXPECT_TRUE(boxed(ops::touch::handle(), t).empty());
  EXPECT_EQ(t.content->value, 3);
  EXPECT_EQ(thrown<TypeError>([&] { boxed(ops::add::handle(), t, true); }),
            "acme::Value holds something else");
}

TEST(ReplacedValue, IsSearchedForKeys) {
  const Library library = cpu_kernels();
  const std::vector<Tensor> none;
  const std::vector<Tensor> two{cpu(1), cpu(2)};
  const std::vector<std::optional<Tensor>> holes{std::nullopt, cpu(4)};
  const auto call = [](const std::vector<Tensor>& list,
                       const std::optional<Tensor>& last,
                       const std::vector<std::optional<Tensor>>& more) {
    const std::size_t found = ops::cat::call(list, last, more).size();
    auto results = boxed(ops::cat::handle(), list, last, more);
    EXPECT_EQ(content_of<std::vector<Tensor>>(results.at(0)).size(), found);
    return found;
  };
  EXPECT_EQ(call(two, cpu(3), holes), 4U);
  EXPECT_EQ(call(two, std::nullopt, {}), 2U);
  EXPECT_EQ(call(none, cpu(3), {}), 1U);
  EXPECT_EQ(call(none, std::nullopt, holes), 1U);
  EXPECT_NE(thrown<DispatchError>([&] {
              boxed(ops::cat::handle(), none, std::optional<Tensor>(), holes.front());
            }),
            "nothing was thrown");
}

TEST(ReplacedValue, IsWhatBoxedKernelsGet) {
  const Library library = cpu_kernels();
  Library tracer = impl(Key::Tracer);
  for (const char* op : {"add", "fill_", "outs", "cat", "various", "touch"}) {
    tracer.impl(op, Kernel::makeFromBoxedFunction<&below>());
  }
  taken();
  const auto traced = [](int n) { return made({Key::CPU, Key::Tracer}, n); };
  EXPECT_EQ(ops::add::call(traced(1), cpu(2)).content->value, 3);
  Tensor x = traced(0);
  Tensor y = traced(0);
  EXPECT_EQ(&ops::fill_::call(x, 5), &x);
  EXPECT_EQ(x.content->value, 5);
  auto [first, seven, last] = ops::outs::call(cpu(8), x, y);
  EXPECT_EQ(std::tuple(&first, seven, &last), std::tuple(&x, 7, &y));
  EXPECT_EQ(y.content->value, 9);
  const std::vector<Tensor> list{traced(1), cpu(2)};
  EXPECT_EQ(ops::cat::call(list, std::nullopt, {}).size(), 2U);
  const std::vector<std::int64_t> numbers{2};
  EXPECT_EQ(std::get<1>(ops::various::call(x, 1, 1., true, "", numbers, 3)), 6);
  ops::touch::call(x);
  EXPECT_EQ(taken(),
            (Trace{"below acme::add",
                   "cpu",
                   "below acme::fill_",
                   "below acme::outs",
                   "below acme::cat",
                   "below acme::various",
                   "below acme::touch"}));
  // What leaves something else is told so.
  Library named = impl(Key::Named);
  named.impl("add", Kernel::makeFromBoxedFunctor([](const Handle&, KS, Stack* stack) {
               stack->drop(1);
               stack->back() = Value(true);
             }));
  EXPECT_EQ(thrown<TypeError>(
                [&] { ops::add::call(made({Key::CPU, Key::Named}, 1), cpu(2)); }),
            "acme::Value holds something else");
}

TEST(ReplacedValue, GoesThroughKernelsOfAllKinds) {
  Library fragment(Library::DEF, "mine");
  int calls = 0;
  fragment.def("scale(Tensor self, int by=2) -> Tensor");
  fragment.impl("scale", Key::CPU, [&](const Tensor& t, std::int64_t by) {
    ++calls;
    return Tensor(key_set(t), t.content->value * static_cast<int>(by));
  });
  const Handle scale = Dispatcher::singleton().findSchemaOrThrow("mine::scale");
  auto results = boxed(scale, cpu(3), std::int64_t{4});
  EXPECT_EQ(tensor_of(results.at(0)).content->value, 12);
  using Type = Tensor(const Tensor&, std::int64_t);
  const dispatch_codegen::TypedOperatorHandle<Traits, Type> typed(scale);
  EXPECT_EQ(typed.call(cpu(3), 5).content->value, 15);
  EXPECT_EQ(calls, 2);
  // A fallback that a library gives, for all operators.
  Library all(Library::IMPL, "_", Key::Loose);
  all.fallback(
      Kernel::makeFromBoxedFunctor([](const Handle& op, KS keys, Stack* stack) {
        note("fallback " + op.operator_name());
        op.redispatchBoxed(keys & small::after(Key::Loose), stack);
      }));
  EXPECT_EQ(typed.call(made({Key::CPU, Key::Loose}, 1), 5).content->value, 5);
  boxed(scale, made({Key::CPU, Key::Loose}, 1), std::int64_t{1});
  EXPECT_EQ(taken(), Trace(2, "fallback mine::scale"));
  EXPECT_EQ(dispatch_codegen::dispatch_dump(scale).substr(0, 70),
            "name: mine::scale\nschema: mine::scale(Tensor self, int by=2) -> Tensor");
  EXPECT_NE(dispatch_codegen::dispatch_dump_table(scale).find("\nLoose: "),
            std::string::npos);
}

struct Hooks : dispatch_codegen::VariableHooks<Traits> {
  bool is_grad_enabled() override { return true; }
  bool requires_grad(const Tensor& t) override { return t.content->requires_grad; }
  void register_hook(const Tensor& t, const Node&) override {
    note("hook " + std::to_string(t.content->value));
  }
  void set_history(const Tensor& t,
                   const Node& node,
                   const std::vector<Tensor>& inputs) override {
    note("history " + std::to_string(t.content->value) + " " +
         std::to_string(inputs.size()));
    EXPECT_EQ(node.num_inputs(), inputs.size());
  }
};

TEST(ReplacedValue, ReachesTheHooksOfAutograd) {
  const Library library = cpu_kernels();
  using Fallback = dispatch_codegen::AutogradFallback<Traits>;
  Hooks hooks;
  Fallback::set_hooks(&hooks);
  Tensor t = cpu(1);
  t.content->requires_grad = true;
  ops::add::call(t, cpu(2));
  boxed(ops::add::handle(), t, cpu(2));
  ops::fill_::call(t, 4);
  const std::vector<Tensor> list{t, cpu(5)};
  ops::cat::call(list, std::nullopt, {});
  EXPECT_EQ(taken(),
            (Trace{"cpu",
                   "history 3 2",
                   "cpu",
                   "history 3 2",
                   "hook 4",
                   "hook 4",
                   "history 5 2"}));
  Fallback::set_hooks(nullptr);
}

struct Moves : dispatch_codegen::Conversion<Traits> {
  Tensor convert(const Tensor& t, Backend backend, const Tensor&) override {
    note("convert " + std::to_string(t.content->value));
    return {KS(Key::Dense) | KS(backend), t.content->value};
  }
  void copy(const Tensor& to, const Tensor& from) override {
    note("copy " + std::to_string(from.content->value));
    to.content->value = from.content->value;
  }
};

TEST(ReplacedValue, RunsOnAnotherBackend) {
  const Library library = cpu_kernels();
  Dispatcher::singleton().set_warning_handler([](std::string_view) {});
  Moves moves;
  dispatch_codegen::conversion<Traits>.store(&moves);
  const auto lazy = [](int n) { return made({Key::Lazy}, n); };
  const Tensor sum = ops::add::call(lazy(1), lazy(2));
  EXPECT_EQ(sum.content->value, 3);
  EXPECT_TRUE(key_set(sum).has(Key::Lazy));
  EXPECT_EQ(taken(), (Trace{"convert 1", "convert 2", "cpu", "convert 3"}));
  Tensor x = lazy(1);
  Tensor y = lazy(2);
  EXPECT_EQ(&ops::fill_::call(x, 8), &x);
  EXPECT_EQ(x.content->value, 8);
  EXPECT_EQ(taken(), (Trace{"convert 1", "copy 8"}));
  // What was written comes back as it was given, though nobody can ask which it is.
  auto results = boxed(ops::fill_::handle(), x, std::int64_t{9});
  EXPECT_TRUE(is_same(tensor_of(results.at(0)), x));
  results = boxed(ops::outs::handle(), lazy(4), x, y);
  ASSERT_EQ(results.size(), 3U);
  EXPECT_TRUE(is_same(tensor_of(results[0]), x));
  EXPECT_TRUE(is_same(tensor_of(results[2]), y));
  EXPECT_EQ(y.content->value, 5);
  taken();
  const std::vector<Tensor> list{lazy(1)};
  const std::vector<std::optional<Tensor>> holes{std::nullopt, lazy(2)};
  const auto all = ops::cat::call(list, std::nullopt, holes);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_TRUE(key_set(all[1]).has(Key::Lazy));
  EXPECT_EQ(taken(), (Trace{"convert 1", "convert 2", "convert 1", "convert 2"}));
  dispatch_codegen::conversion<Traits>.store(nullptr);
  Dispatcher::singleton().set_warning_handler(nullptr);
}

TEST(ReplacedValue, ReachesTheOtherPolicies) {
  const Library library = cpu_kernels();
  const auto add = [](std::initializer_list<Key> keys) {
    return ops::add::call(made(keys, 1), cpu(2)).content->value;
  };
  const auto add_boxed = [](std::initializer_list<Key> keys) {
    auto results = boxed(ops::add::handle(), made(keys, 1), cpu(2));
    return tensor_of(results.at(0)).content->value;
  };
  for (const Key key : {Key::Named, Key::Loose, Key::Snapshot}) {
    EXPECT_EQ(add({Key::CPU, key}), 3);
    EXPECT_EQ(add_boxed({Key::CPU, key}), 3);
  }
  EXPECT_EQ(thrown<NotImplementedError>([&] { add({Key::CPU, Key::Refuses}); }),
            "acme::add refuses: acme::add");
  EXPECT_EQ(thrown<NotImplementedError>([&] { add_boxed({Key::CPU, Key::Refuses}); }),
            "acme::add refuses: acme::add");
  Library given(Library::IMPL, "_", Key::Given);
  given.fallback(Kernel::makeFromBoxedFunction<&below>());
  taken();
  EXPECT_EQ(add({Key::CPU, Key::Given}), 3);
  EXPECT_EQ(taken(), (Trace{"below acme::add", "cpu"}));
  {
    Library python = impl(Key::CPU);
    const dispatch_codegen::EnablePythonDispatcher<Traits> on;
    EXPECT_EQ(add({Key::CPU}), 3);
    EXPECT_EQ(add_boxed({Key::CPU}), 3);
  }
}

struct Mode : dispatch_codegen::DispatchMode<Traits> {
  bool dispatch(const Handle& op, acme::Stack* stack) override {
    note("mode " + op.operator_name());
    Tensor& first = tensor_of((*stack)[0]);
    if (first.content->value == 0) return false;
    op.callBoxed(stack);
    return true;
  }
};

struct Subclass : dispatch_codegen::DispatchHandler<Traits> {
  bool dispatch(const Handle& op,
                acme::Stack* stack,
                std::span<DispatchHandler* const> handlers) override {
    note("subclass of " + std::to_string(handlers.size()));
    stack->drop(op.schema().arguments.size());
    stack->emplace(cpu(77));
    return true;
  }
};

TEST(ReplacedValue, IsSeenByModesAndSubclasses) {
  const Library library = cpu_kernels();
  Mode mode;
  Subclass subclass;
  taken();
  handler = &subclass;
  const Tensor python = made({Key::CPU, Key::Python}, 0);
  {
    const dispatch_codegen::DispatchModeGuard<Traits> guard(mode);
    EXPECT_EQ(ops::add::call(cpu(1), cpu(2)).content->value, 3);
    boxed(ops::add::handle(), cpu(1), cpu(2));
    EXPECT_EQ(taken(), (Trace{"mode acme::add", "cpu", "mode acme::add", "cpu"}));
    EXPECT_EQ(ops::add::call(python, python).content->value, 77);
    EXPECT_EQ(taken(), (Trace{"mode acme::add", "subclass of 1"}));
    EXPECT_EQ(thrown<TypeError>([&] { ops::add::call(cpu(0), cpu(2)); }),
              "acme::add: no mode or subclass has an answer");
    taken();
  }
  EXPECT_EQ(ops::add::call(python, cpu(1)).content->value, 77);
  EXPECT_EQ(taken(), Trace{"subclass of 1"});
  handler = nullptr;
  EXPECT_EQ(ops::add::call(python, cpu(1)).content->value, 1);
  taken();
}

struct Watch : dispatch_codegen::Observer<Traits> {
  void on_start(const dispatch_codegen::Event<Traits>& event) override {
    std::string text(event.is_redispatch ? "again " : "start ");
    text += event.name;
    for (const Value& value : event.arguments) {
      text += ' ' + std::to_string(value.content.index());
      for_each_tensor(value, [&](const Tensor& one) {
        text += '=' + std::to_string(one.content->value);
      });
    }
    note(text);
  }
  void on_end(const dispatch_codegen::Event<Traits>& event) noexcept override {
    note("end " + std::to_string(event.arguments.size()));
  }
  bool sees_redispatches() const override { return true; }
};

TEST(ReplacedValue, IsShownToObservers) {
  const Library library = cpu_kernels();
  Library tracer = impl(Key::Tracer);
  tracer.impl("fill_", Kernel::makeFromBoxedFunction<&below>());
  Mode mode;
  const dispatch_codegen::ObserverGuard<Traits> guard(std::make_shared<Watch>());
  Tensor t = made({Key::CPU, Key::Tracer}, 1);
  const Trace expected{"start acme::fill_ 5=1 2",
                       "below acme::fill_",
                       "again acme::fill_ 5=1 2",
                       "end 2",
                       "end 2"};
  EXPECT_EQ(&ops::fill_::call(t, 1), &t);
  EXPECT_EQ(taken(), expected);
  boxed(ops::fill_::handle(), t, std::int64_t{1});
  EXPECT_EQ(taken(), expected);
  const std::vector<std::int64_t> numbers{2};
  ops::various::call(made({Key::CPU}, 1), 1, 1., true, "", numbers, std::nullopt);
  EXPECT_EQ(taken(), (Trace{"start acme::various 5=1 2 3 1 4 6 0", "end 7"}));
  const dispatch_codegen::DispatchModeGuard<Traits> active(mode);
  ops::touch::call(made({Key::CPU}, 1));
  const Trace seen = taken();
  EXPECT_NE(std::find(seen.begin(), seen.end(), "start PythonDispatchMode 5=1"),
            seen.end());
}

}  // namespace
}  // namespace acme
