// Calls, registrations, arguments, guards, modes, policies and observers of a dispatcher
// with every kind of rule. Compiled with SMALL_WIDE too.

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "small.h"

namespace small {
namespace {

using dispatch_codegen::DispatchError;
using dispatch_codegen::NotImplementedError;
using dispatch_codegen::RegistrationError;
using dispatch_codegen::TypeError;
using Trace = std::vector<std::string>;

Trace trace;
void note(std::string text) {
  trace.push_back(std::move(text));
}
Trace taken() {
  return std::exchange(trace, {});
}

/// The message of the error of type `E` that `f` throws.
template <class E, class F>
std::string thrown(F&& f) {
  try {
    f();
  } catch (const E& error) {
    EXPECT_EQ(typeid(error), typeid(E)) << error.what();
    return error.what();
  } catch (const std::exception& error) {
    ADD_FAILURE() << "another error: " << error.what();
    return error.what();
  }
  ADD_FAILURE() << "no error";
  return {};
}
bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}
#define EXPECT_HAS(text, part) EXPECT_TRUE(has(text, part)) << (text)

Library impl(Key key) {
  return Library(Library::IMPL, "small", key);
}
Library lib(Library::Kind kind = Library::FRAGMENT, const char* ns = "dyn") {
  return Library(kind, ns);
}

/// Runs an operator with owned values on a stack and returns what is left there.
template <class... Args>
std::vector<Value> boxed(const Handle& op, Args&&... args) {
  Stack stack;
  push(stack, std::string("below"), std::forward<Args>(args)...);
  op.callBoxed(&stack);
  EXPECT_EQ(stack[0].ref<std::string>(), "below");
  return std::vector<Value>(stack.begin() + 1, stack.end());
}
template <class... Args>
std::vector<Value> boxed_after(const Handle& op, KS keys, Args&&... args) {
  Stack stack;
  push(stack, std::string("below"), std::forward<Args>(args)...);
  op.redispatchBoxed(keys, &stack);
  return std::vector<Value>(stack.begin() + 1, stack.end());
}

Tensor add_one(const Tensor& a, const Tensor& b) {
  note("plain");
  return tensor({Key::CPU}, value(a) + value(b));
}
Tensor add_keys(KS keys, const Tensor& a, const Tensor& b) {
  note("keys " + Traits::text(keys));
  return tensor({Key::CPU}, value(a) + value(b));
}
Tensor add_down(KS keys, const Tensor& a, const Tensor& b) {
  note("down " + Traits::text(keys));
  return ops::add::redispatch(keys & after(Key::AutogradOther), a, b);
}
void boxed_add(const Handle& op, KS keys, Stack* stack) {
  note("boxed " + op.operator_name() + " " + Traits::text(keys));
  const Tensor result = tensor(
      {Key::CPU},
      value((*stack)[stack->size() - 2].tensor()) + value(stack->back().tensor()));
  stack->drop(2);
  push(*stack, result);
}
void boxed_short(const Handle& op, Stack* stack) {
  boxed_add(op, KS(), stack);
}

// ---- kinds of kernels

struct KindOfKernel {
  const char* name;
  std::function<Kernel()> make;
  const char* notes;
};
void PrintTo(const KindOfKernel& kind, std::ostream* stream) {
  *stream << kind.name;
}
class Kernels : public ::testing::TestWithParam<KindOfKernel> {};

TEST_P(Kernels, AreCalledInEveryWay) {
  const Tensor a = tensor({Key::CPU}, 1);
  const Tensor b = tensor({Key::CPU}, 2);
  taken();
  {
    Library library = impl(Key::CPU);
    library.impl("add", GetParam().make());
    EXPECT_EQ(value(ops::add::call(a, b)), 3);
    EXPECT_EQ(value(ops::add::redispatch(KS(Key::CPU), a, b)), 3);
    EXPECT_EQ(value(boxed(ops::add::handle(), a, b).at(0).tensor()), 3);
    EXPECT_EQ(value(boxed_after(ops::add::handle(), KS(Key::CPU), a, b).at(0).tensor()),
              3);
    const Typed<Tensor(const Tensor&, const Tensor&)> typed(ops::add::handle());
    EXPECT_EQ(value(typed.call(a, b)), 3);
    EXPECT_EQ(value(typed.redispatch(KS(Key::CPU), a, b)), 3);
    EXPECT_EQ(taken(), Trace(6, GetParam().notes));
  }
  EXPECT_THROW(ops::add::call(a, b), NotImplementedError);
}

INSTANTIATE_TEST_SUITE_P(
    All,
    Kernels,
    ::testing::Values(
        KindOfKernel{"constant",
                     [] { return Kernel::makeFromUnboxedFunction<&add_one>(); },
                     "plain"},
        KindOfKernel{"constant_keys",
                     [] { return Kernel::makeFromUnboxedFunction<&add_keys>(); },
                     "keys {CPU}"},
        KindOfKernel{"pointer", [] { return Kernel(&add_one); }, "plain"},
        KindOfKernel{"pointer_keys", [] { return Kernel(add_keys); }, "keys {CPU}"},
        KindOfKernel{"lambda",
                     [] {
                       return Kernel([](const Tensor& a, const Tensor& b) noexcept {
                         return add_one(a, b);
                       });
                     },
                     "plain"},
        KindOfKernel{"captures",
                     [] {
                       return Kernel([text = std::make_shared<std::string>("captured")](
                                         KS, const Tensor& a, const Tensor& b) mutable {
                         note(*text);
                         return tensor({Key::CPU}, value(a) + value(b));
                       });
                     },
                     "captured"},
        KindOfKernel{"boxed",
                     [] { return Kernel::makeFromBoxedFunction<&boxed_add>(); },
                     "boxed small::add {CPU}"},
        KindOfKernel{"boxed_short",
                     [] { return Kernel::makeFromBoxedFunction<&boxed_short>(); },
                     "boxed small::add {}"},
        KindOfKernel{"boxed_functor",
                     [] {
                       return Kernel::makeFromBoxedFunctor(
                           [n = std::make_shared<int>(7)](
                               const Handle& op, KS keys, Stack* stack) {
                             EXPECT_EQ(*n, 7);
                             boxed_add(op, keys, stack);
                           });
                     },
                     "boxed small::add {CPU}"}),
    [](const auto& one) { return one.param.name; });

// ---- where calls go

TEST(Calls, GoThroughAutogradToTheBackend) {
  taken();
  Library a = impl(Key::AutogradCPU);
  a.impl<ops::add, &add_down>();
  Library c = impl(Key::CPU);
  c.impl<ops::add, &add_keys>("mine");
  ops::add::call(cpu(1), cpu(2));
  // What the thread includes falls through.
  EXPECT_EQ(taken(), (Trace{"down {CPU, AutogradCPU}", "keys {CPU}"}));
  boxed(ops::add::handle(), cpu(1), cpu(2));
  EXPECT_EQ(taken(), (Trace{"down {CPU, AutogradCPU}", "keys {CPU}"}));
  const std::string dump = dispatch_dump(ops::add::handle());
  EXPECT_HAS(dump, "CPU: mine :: registered\n");
  EXPECT_HAS(dump, "CUDA: add_cuda :: declared\n");
  EXPECT_HAS(
      dump,
      "name: small::add\nschema: small::add(Tensor self, Tensor other) -> Tensor");
  const std::string table = dispatch_dump_table(ops::add::handle());
  EXPECT_HAS(table, "CPU: mine [kernel]\n");
  EXPECT_HAS(table, "Select: fallthrough [backend fallback]\n");
}

TEST(Calls, SayWhatIsMissing) {
  const Tensor sparse = tensor({Key::SparseCPU}, 1);
  const std::string message =
      thrown<NotImplementedError>([&] { ops::add::call(sparse, sparse); });
  EXPECT_EQ(message,
            "small::add: there is no kernel for SparseCPU, which {SparseCPU} reaches\n"
            "kernels are registered for: CUDA\n"
            "why the slot of SparseCPU is empty:\n"
            "  SparseCPU [kernel]: no kernel is registered for it\n"
            "  Explicit [default backend kernel]: no kernel is registered for it\n"
            "  Implicit [math kernel]: no kernel is registered for it\n"
            "  SparseCPU [backend fallback]: no kernel is registered for it");
  EXPECT_EQ(message, thrown<NotImplementedError>([&] {
              boxed(ops::add::handle(), sparse, sparse);
            }));
}

TEST(Calls, SayWhatIsNotLinked) {
  EXPECT_EQ(
      thrown<NotImplementedError>([] { ops::add::call(cuda(1), cuda(1)); }),
      "small::add: the kernel `add_cuda` for CUDA is declared, and its body is not "
      "linked in; link the registration source of the key, or register one for it");
  Library library = impl(Key::CUDA);
  library.impl<ops::add, &add_one>();
  EXPECT_EQ(value(ops::add::call(cuda(1), cuda(1))), 2);
}

TEST(Calls, WithoutTensorsReachTheUndefinedKey) {
  EXPECT_HAS(thrown<NotImplementedError>([] { ops::make::call(3); }),
             "there is no kernel for Undefined");
  Library library(Library::IMPL, "small");
  library.impl("make", [](std::int64_t n) { return tensor({}, static_cast<int>(n)); });
  EXPECT_EQ(value(ops::make::call(3)), 3);
  EXPECT_EQ(value(boxed(ops::make::handle(), std::int64_t{4}).at(0).tensor()), 4);
  EXPECT_EQ(value(ops::make::redispatch(KS(), 5)), 5);
}

TEST(Calls, OfSetsWithoutABackendReachTheFirst) {
  taken();
  Library library = impl(Key::CPU);
  library.impl<ops::add, &add_keys>();
  const Tensor t = tensor(KS(Key::Dense), 1);
  ops::add::call(t, t);
  EXPECT_EQ(taken().size(), 1U);
}

TEST(Calls, IgnoreBitsThatNoKeyHas) {
  const KS all = KS::from_raw_repr(~Layout::Bits{});
  const Tensor t = tensor(all - KS(Key::PythonDispatcher), 1);
  // A call takes them out: the highest key that there is decides.
  EXPECT_HAS(
      thrown<NotImplementedError>([&] {
        const Exclude higher(KS(KS::FULL) - after(Key::Refuses) - KS(Key::Refuses));
        ops::add::call(t, t);
      }),
      "refuses");
  // A redispatch is asked for nonsense, and must not read beyond its tables.
  const Tensor c = cpu(1);
  EXPECT_ANY_THROW(ops::add::redispatch(all, c, c));
  EXPECT_ANY_THROW(boxed_after(ops::add::handle(), all, c, c));
  const auto high =
      dispatch_codegen::bit<Layout::Bits>((Layout::num_bits + 63) / 64 * 64 - 1);
  EXPECT_ANY_THROW(ops::add::redispatch(KS::from_raw_repr(high), c, c));
}

TEST(Calls, SkipWhatFallsThrough) {
  taken();
  const Tensor t = tensor({Key::CPU, Key::AutogradCPU, Key::Tracer}, 3);
  // As declared: differently on two backends.
  EXPECT_EQ(value(ops::mul::call(t, t)), 9);
  EXPECT_EQ(value(boxed(ops::mul::handle(), t, t).at(0).tensor()), 9);
  EXPECT_HAS(thrown<NotImplementedError>([] { ops::mul::call(cuda(1), cuda(1)); }),
             "no kernel for CUDA, which {CUDA} reaches");
  // With a library, for the operator or by an alias key.
  for (const Key key : {Key::AutogradCPU, Key::Autograd}) {
    Library c = impl(Key::CPU);
    c.impl<ops::add, &add_keys>();
    Library down = impl(Key::AutogradCPU);
    if (key == Key::Autograd) down.impl<ops::add, &add_down>();
    Library library = impl(key);
    library.impl("add", Kernel::makeFallthrough());
    ops::add::call(cpu(1), cpu(1));
    // A kernel for the key itself comes before one for an alias key.
    EXPECT_EQ(taken(),
              key == Key::Autograd ? (Trace{"down {CPU, AutogradCPU}", "keys {CPU}"})
                                   : (Trace{"keys {CPU}"}));
  }
}

TEST(Calls, ReachKernelsOfAliasKeys) {
  EXPECT_EQ(value(ops::neg::call(cpu(4))), -4);
  EXPECT_EQ(value(ops::neg::call(tensor({Key::SparseCUDA}, 4))), -4);
  EXPECT_EQ(value(ops::neg::call(tensor(KS(), 4))), -4);
  {
    // It steps back from the autograd key above a backend that has a kernel of its own.
    Library library = impl(Key::CPU);
    library.impl("neg",
                 [](const Tensor& t) { return tensor({Key::CPU}, value(t) + 100); });
    EXPECT_EQ(value(ops::neg::call(cpu(4))), 104);
    EXPECT_EQ(value(ops::neg::call(cuda(4))), -4);
    EXPECT_EQ(dispatch_dump_table(ops::neg::handle()).find("AutogradCPU: neg_all"),
              std::string::npos);
  }
  {
    Library library = impl(Key::Explicit);
    library.impl("neg",
                 [](const Tensor& t) { return tensor({Key::CPU}, value(t) + 200); });
    EXPECT_EQ(value(ops::neg::call(cpu(4))), 204);
  }
  EXPECT_EQ(value(ops::neg::call(cpu(4))), -4);
}

TEST(Calls, AreAmbiguousWhereTheyAre) {
  const Tensor t = tensor({Key::AutogradOther}, 5);
  EXPECT_EQ(value(ops::neg::call(t)), -5);
  Library library = impl(Key::SparseCUDA);
  library.impl("neg", [](const Tensor& a) { return a; });
  const std::string message = thrown<DispatchError>([&] { ops::neg::call(t); });
  EXPECT_EQ(
      message,
      "small::neg: ambiguous at AutogradOther: the kernel for Implicit would serve it, "
      "but there are kernels for SparseCUDA too; register one for AutogradOther itself");
  EXPECT_EQ(message, thrown<DispatchError>([&] { boxed(ops::neg::handle(), t); }));
  EXPECT_HAS(dispatch_dump_table(ops::neg::handle()),
             "AutogradOther: ambiguous_autogradother [ambiguous autogradother]\n");
}

TEST(Redispatch, ToWhatFallsThroughIsAnError) {
  const Tensor t = cpu(1);
  for (const Key key : {Key::Tracer, Key::AutogradCPU, Key::Select}) {
    EXPECT_HAS(thrown<DispatchError>([&] { ops::mul::redispatch(KS(key), t, t); }),
               "which falls through");
    EXPECT_HAS(
        thrown<DispatchError>([&] { boxed_after(ops::mul::handle(), KS(key), t, t); }),
        "which falls through");
    const Typed<Tensor(const Tensor&, const Tensor&)> typed(ops::mul::handle());
    EXPECT_HAS(thrown<DispatchError>([&] { typed.redispatch(KS(key), t, t); }),
               "which falls through");
  }
  EXPECT_EQ(value(ops::mul::redispatch(KS(Key::CPU), t, t)), 1);
  EXPECT_THROW(ops::mul::redispatch(KS(), t, t), NotImplementedError);
}

TEST(StaticOperators, WorkAndCannotBeChanged) {
  const Tensor t = tensor({Key::CPU, Key::Tracer}, 3);
  EXPECT_EQ(value(ops::fixed::call(t, t)), 9);
  EXPECT_EQ(value(boxed(ops::fixed::handle(), t, t).at(0).tensor()), 9);
  EXPECT_THROW(ops::fixed::redispatch(KS(Key::Tracer), t, t), DispatchError);
  Library library = impl(Key::CUDA);
  EXPECT_HAS(thrown<RegistrationError>([&] { library.impl<ops::fixed, &add_one>(); }),
             "declared static");
  EXPECT_HAS(thrown<NotImplementedError>([] { ops::fixed::call(cuda(1), cuda(1)); }),
             "no kernel for CUDA");
}

// ---- arguments

TEST(Arguments, OfListsAndOptionalsDecide) {
  Library a = impl(Key::CPU);
  Library b = impl(Key::CUDA);
  a.impl("cat", [](std::span<const Tensor> t, std::int64_t) {
    return std::int64_t{10} + static_cast<std::int64_t>(t.size());
  });
  b.impl("cat", [](std::span<const Tensor> t, std::int64_t) {
    return std::int64_t{20} + static_cast<std::int64_t>(t.size());
  });
  const std::vector<Tensor> both{cpu(1), cuda(2)};
  const std::vector<Tensor> one{cpu(1)};
  EXPECT_EQ(ops::cat::call(one, 0), 11);
  EXPECT_EQ(ops::cat::call(both, 0), 22);
  EXPECT_EQ(boxed(ops::cat::handle(), both, std::int64_t{0}).at(0).ref<std::int64_t>(),
            22);
  EXPECT_EQ(
      boxed(ops::cat::handle(), std::vector<Value>{Value(one[0])}, std::int64_t{0})
          .at(0)
          .ref<std::int64_t>(),
      11);

  using Optionals = std::span<const std::optional<Tensor>>;
  a.impl("pick", [](Optionals) { return std::int64_t{1}; });
  b.impl("pick", [](Optionals) { return std::int64_t{2}; });
  const std::vector<std::optional<Tensor>> some{std::nullopt, cpu(1)};
  const std::vector<std::optional<Tensor>> more{cpu(1), std::nullopt, cuda(1)};
  const std::vector<std::optional<Tensor>> none{std::nullopt};
  EXPECT_EQ(ops::pick::call(some), 1);
  EXPECT_EQ(ops::pick::call(more), 2);
  EXPECT_EQ(boxed(ops::pick::handle(), more).at(0).ref<std::int64_t>(), 2);
  EXPECT_THROW(ops::pick::call(none), NotImplementedError);

  using List = std::optional<std::span<const Tensor>>;
  a.impl("perhaps", [](const std::optional<Tensor>&, List list) {
    return list.has_value() ? std::int64_t{1} : std::int64_t{0};
  });
  b.impl("perhaps", [](const std::optional<Tensor>&, List) { return std::int64_t{2}; });
  // As in PyTorch, a list that is optional itself is not looked into.
  EXPECT_EQ(ops::perhaps::call(one[0], both), 1);
  EXPECT_EQ(ops::perhaps::call(one[0], std::nullopt), 0);
  EXPECT_EQ(boxed(ops::perhaps::handle(), one[0], both).at(0).ref<std::int64_t>(), 1);
  EXPECT_EQ(
      boxed(ops::perhaps::handle(), one[0], std::nullopt).at(0).ref<std::int64_t>(), 0);
  EXPECT_THROW(ops::perhaps::call(std::nullopt, both), NotImplementedError);
}

Tensor& fill(Tensor& self, std::int64_t to) {
  content(self).value = static_cast<int>(to);
  return self;
}
std::tuple<Tensor&, std::int64_t, Tensor&> outs_cpu(const Tensor& a,
                                                    Tensor& x,
                                                    Tensor& y) {
  content(x).value = value(a);
  content(y).value = value(a) + 1;
  return {x, 7, y};
}
ops::VariousResult various_cpu(const Tensor& t,
                               std::int64_t i,
                               double f,
                               bool b,
                               std::string_view s,
                               std::span<const std::int64_t> l,
                               std::optional<std::int64_t> o) {
  return {t,
          i + static_cast<std::int64_t>(l.size()) + o.value_or(100),
          b ? f : -f,
          std::string(s)};
}
void do_rebox(const Handle& op, KS, Stack* stack) {
  note("reboxed");
  op.redispatchBoxed(KS(Key::CPU), stack);
}

TEST(Arguments, PassThroughBoxedKernels) {
  taken();
  Library c = impl(Key::CPU);
  c.impl<ops::fill_, &fill>()
      .impl<ops::outs, &outs_cpu>()
      .impl<ops::various, &various_cpu>();
  c.impl("touch", [](const Tensor&) { note("touched"); });
  Library fallback(Library::IMPL, "_", Key::CUDA);
  fallback.fallback(Kernel::makeFromBoxedFunction<&do_rebox>());
  Tensor t = tensor({Key::CUDA}, 1);
  Tensor x = tensor({Key::CUDA}, 0);
  Tensor y = tensor({Key::CUDA}, 0);

  EXPECT_EQ(&ops::fill_::call(t, 5), &t);
  EXPECT_EQ(value(t), 5);
  const auto result = ops::outs::call(t, x, y);
  EXPECT_EQ(&std::get<0>(result), &x);
  EXPECT_EQ(std::get<1>(result), 7);
  EXPECT_EQ(&std::get<2>(result), &y);
  EXPECT_EQ(value(x), 5);
  EXPECT_EQ(value(y), 6);
  const std::vector<std::int64_t> list{1, 2, 3};
  const ops::VariousResult various =
      ops::various::call(t, 1, 2.5, false, "text", list, {});
  EXPECT_TRUE(std::get<0>(various).is_same(t));
  EXPECT_EQ(std::get<1>(various), 104);
  EXPECT_EQ(std::get<2>(various), -2.5);
  EXPECT_EQ(std::get<3>(various), "text");
  ops::touch::call(t);
  EXPECT_EQ(taken(), (Trace{"reboxed", "reboxed", "reboxed", "reboxed", "touched"}));

  const auto values = boxed(ops::various::handle(),
                            t,
                            std::int64_t{1},
                            2,
                            true,
                            "s",
                            std::vector<std::int64_t>{},
                            std::nullopt);
  ASSERT_EQ(values.size(), 4U);
  EXPECT_EQ(values[3].ref<std::string>(), "s");
  EXPECT_EQ(boxed(ops::outs::handle(), t, x, y).size(), 3U);
  EXPECT_TRUE(boxed(ops::touch::handle(), t).empty());
  // Wrong types and counts are errors, and leave the stack as it was.
  Stack stack;
  push(stack, t, std::string("no number"));
  EXPECT_THROW(ops::fill_::call_boxed(&stack), TypeError);
  EXPECT_EQ(stack.size(), 2U);
  Stack few;
  push(few, t);
  EXPECT_HAS(thrown<TypeError>([&] { ops::fill_::call_boxed(&few); }),
             "the stack holds 1 of 2 arguments");
  EXPECT_HAS(thrown<TypeError>([&] { ops::fill_::redispatch_boxed(KS(), &few); }),
             "the stack holds 1 of 2 arguments");
}

TEST(Arguments, ThatBoxedKernelsLeaveAreErrors) {
  Library library = impl(Key::CPU);
  library.impl("touch", Kernel::makeFromBoxedFunctor([](const Handle&, KS, Stack*) {}));
  library.impl("fill_", Kernel::makeFromBoxedFunctor([](const Handle&, KS, Stack*) {}));
  Tensor t = cpu(1);
  EXPECT_HAS(thrown<TypeError>([&] { ops::touch::redispatch(KS(Key::CPU), t); }),
             "left 1 values");
  EXPECT_HAS(thrown<TypeError>([&] { ops::fill_::redispatch(KS(Key::CPU), t, 1); }),
             "left 2 values");
}

/// Counts copies and how many there are.
struct Counted {
  static inline int copies = 0;
  static inline int alive = 0;
  Counted() { ++alive; }
  Counted(const Counted&) {
    ++copies;
    ++alive;
  }
  Counted(Counted&&) noexcept { ++alive; }
  Counted& operator=(const Counted&) = delete;
  ~Counted() { --alive; }
  int number = 1;
};

TEST(Arguments, AreNotCopiedOnTheWay) {
  using Type = Counted(const Counted&, Counted&, const Tensor&);
  Library library = lib();
  library.def("counted(Any a, Any(a!) b, Tensor t) -> Any");
  const Handle op = Dispatcher::singleton().findSchemaOrThrow("dyn::counted");
  library.impl("counted", Key::CPU, [](const Counted&, Counted&, const Tensor&) {
    return Counted();
  });
  library.impl("counted",
               Key::Tracer,
               [&op](KS keys, const Counted& a, Counted& b, const Tensor& t) {
                 return Typed<Type>(op).redispatch(keys & after(Key::Tracer), a, b, t);
               });
  const Typed<Type> typed(op);
  {
    const Counted a;
    Counted b;
    const Tensor t = tensor({Key::CPU}, 1);
    const Include tracer(Key::Tracer);
    typed.call(a, b, t);
    EXPECT_EQ(Counted::copies, 0);
    // Nor by a boxed kernel that only looks, or goes on.
    library.impl(
        "counted",
        Key::Tracer,
        Kernel::makeFromBoxedFunctor([](const Handle& o, KS keys, Stack* stack) {
          EXPECT_TRUE((*stack)[0].is_borrowed());
          o.redispatchBoxed(keys & after(Key::Tracer), stack);
        }),
        true);
    typed.call(a, b, t);
    EXPECT_EQ(Counted::copies, 0);
    // What throws leaves nothing.
    library.impl(
        "counted",
        Key::CPU,
        [](const Counted&, Counted&, const Tensor&) -> Counted {
          throw std::runtime_error("kernel");
        },
        true);
    EXPECT_THROW(typed.call(a, b, t), std::runtime_error);
  }
  EXPECT_EQ(Counted::alive, 0);
}

// ---- registration

TEST(Registration, EndsWithTheLibrary) {
  const Tensor t = cpu(2);
  const auto call = [&] {
    taken();
    const Exclude autograd(Key::AutogradFunctionality);
    ops::add::call(t, t);
    return taken().at(0);
  };
  std::optional<Library> first(impl(Key::CPU));
  first->impl("add", &add_one);
  EXPECT_EQ(call(), "plain");
  EXPECT_HAS(thrown<RegistrationError>([] {
               Library other = impl(Key::CPU);
               other.impl("add", &add_keys);
             }),
             "small::add has a kernel for CPU already: kernel, registered");
  std::optional<Library> second(
      Library(Library::IMPL, "small", std::nullopt, "file.cpp", 7));
  second->impl("add", Key::CPU, Kernel(&add_keys).named("newer"), true);
  EXPECT_EQ(call(), "keys {CPU}");
  EXPECT_HAS(
      dispatch_dump(ops::add::handle()),
      "CPU: newer :: registered at file.cpp:7\nCPU (inactive): kernel :: registered\n");
  // The older one goes first, and then the newer one.
  first.reset();
  EXPECT_EQ(call(), "keys {CPU}");
  Library moved(std::move(*second));
  second.reset();
  EXPECT_EQ(call(), "keys {CPU}");
  moved.reset();
  moved.reset();
  EXPECT_THROW(call(), NotImplementedError);
}

TEST(Registration, ChecksWhatItIsGiven) {
  Library library = impl(Key::CPU);
  EXPECT_HAS(thrown<RegistrationError>([&] { library.impl("other::add", &add_one); }),
             "cannot register kernels of other::add");
  EXPECT_HAS(thrown<RegistrationError>(
                 [&] { library.impl("add", [](const Tensor& t) { return t; }); }),
             "takes or returns other types");
  EXPECT_HAS(
      thrown<RegistrationError>([&] { library.impl("add", Key::CUDA, &add_one); }),
      "a library for CPU cannot register anything for CUDA");
  EXPECT_HAS(thrown<RegistrationError>([&] { library.def("x() -> ()"); }),
             "IMPL library");
  EXPECT_HAS(
      thrown<RegistrationError>([&] { library.fallback(Kernel::makeFallthrough()); }),
      "namespace _");
  Library any(Library::IMPL, "small");
  for (const Key key : {Key::Undefined,
                        Key::EndOfFunctionalityKeys,
                        Key::StartOfSparse,
                        static_cast<Key>(9999)}) {
    EXPECT_HAS(thrown<RegistrationError>([&] { any.impl("add", key, &add_one); }),
               "no kernel can be registered");
  }
  Library fallback(Library::IMPL, "_");
  EXPECT_HAS(thrown<RegistrationError>([&] { fallback.fallback(Key::CPU, &add_one); }),
             "has to be a boxed kernel");
  EXPECT_HAS(thrown<RegistrationError>(
                 [&] { fallback.fallback(Key::Autograd, Kernel::makeFallthrough()); }),
             "no runtime key");
  EXPECT_HAS(thrown<RegistrationError>(
                 [&] { fallback.fallback(Key::Named, Kernel::makeFallthrough()); }),
             "Named has a backend fallback already: redispatch, declared");
  Library def = lib(Library::DEF, "unique");
  EXPECT_HAS(thrown<RegistrationError>([] { lib(Library::DEF, "unique"); }),
             "only one library can define the namespace unique");
  EXPECT_HAS(thrown<RegistrationError>([&] { def.def("other::f() -> ()"); }),
             "cannot define other::f");
  EXPECT_HAS(thrown<RegistrationError>([&] { def.def("f(...) -> ()"); }),
             "cannot end in");
  EXPECT_THROW(def.def("f("), dispatch_codegen::SchemaError);
  def.def("f() -> ()");
  EXPECT_HAS(thrown<RegistrationError>([&] { def.def("f() -> ()"); }),
             "unique::f is defined already");
  EXPECT_HAS(thrown<RegistrationError>([] {
               ops::add::handle();
               Library other = lib(Library::FRAGMENT, "small");
               other.def("add(Tensor a) -> Tensor");
             }),
             "small::add is defined already, declared");
}

TEST(Registration, OfFallbacks) {
  taken();
  const Tensor t = tensor({Key::Loose, Key::CPU}, 1);
  Library c = impl(Key::CPU);
  c.impl<ops::add, &add_keys>();
  ops::add::call(t, t);
  EXPECT_EQ(taken(), (Trace{"keys {CPU}"}));
  {
    // Overridable: newest wins, and the declared one is back when they are gone.
    Library one(Library::IMPL, "_", Key::Loose);
    one.fallback(Kernel::makeFromBoxedFunction<&boxed_add>());
    ops::add::call(t, t);
    Library two(Library::IMPL, "_", Key::Loose);
    two.fallback(Kernel::makeFromBoxedFunctor(
        [n = std::make_shared<int>(1)](const Handle& op, KS keys, Stack* stack) {
          note("two");
          op.redispatchBoxed(keys & after(Key::Loose), stack);
        }));
    ops::add::call(t, t);
    one.reset();
    ops::add::call(t, t);
    EXPECT_EQ(taken(),
              (Trace{"boxed small::add {CPU, Loose}",
                     "two",
                     "keys {CPU}",
                     "two",
                     "keys {CPU}"}));
  }
  ops::add::call(t, t);
  EXPECT_EQ(taken(), (Trace{"keys {CPU}"}));

  // Declared as a kernel whose body a library brings; static operators find it too.
  const Tensor g = tensor({Key::Given}, 1);
  EXPECT_HAS(thrown<NotImplementedError>([&] { ops::add::call(g, g); }),
             "the kernel `given_fallback` for Given is declared");
  EXPECT_HAS(thrown<NotImplementedError>([&] { ops::fixed::call(g, g); }),
             "the kernel `given_fallback` for Given is declared");
  {
    Library library(Library::IMPL, "_", Key::Given);
    library.fallback(Kernel::makeFromBoxedFunction<&boxed_add>());
    EXPECT_HAS(thrown<RegistrationError>([] {
                 Library other(Library::IMPL, "_", Key::Given);
                 other.fallback(Kernel::makeFallthrough());
               }),
               "Given has a backend fallback already");
    EXPECT_EQ(value(ops::add::call(g, g)), 2);
    EXPECT_EQ(value(ops::fixed::call(g, g)), 2);
    EXPECT_TRUE(Dispatcher::singleton().hasBackendFallbackForDispatchKey(Key::Given));
  }
  EXPECT_THROW(ops::fixed::call(g, g), NotImplementedError);
}

namespace late {
using namespace ops;
struct sub : Operator<Traits, sub, Tensor(const Tensor&, const Tensor&)> {
  static constexpr Argument arguments[] = {self, other};
  static constexpr Return returns[] = {one};
  static constexpr SchemaView schema{"small::sub", "", arguments, returns};
  static constexpr std::array<DeclaredKernel, 2> kernels{
      {{Key::CPU, "mul_cpu", linked<&mul_cpu>}, {Key::Tracer, "fallthrough"}}};
};
struct odd : Operator<Traits, odd, Tensor(const Tensor&)> {
  static constexpr Argument arguments[] = {self};
  static constexpr Return returns[] = {one};
  static constexpr SchemaView schema{"small::odd", "", arguments, returns};
};
struct twice : Operator<Traits, twice, Tensor(const Tensor&)> {
  static constexpr Argument arguments[] = {self};
  static constexpr Return returns[] = {one};
  static constexpr SchemaView schema{"small::twice", "", arguments, returns};
};
}  // namespace late

// Not `call`, which would make the operators known before main.
template <class Op>
auto call_late(const Tensor& t) {
  if constexpr (requires { Op::Slots::call(t, t); }) {
    return Op::Slots::call(t, t);
  } else {
    return Op::Slots::call(t);
  }
}

TEST(Registration, ComesBeforeTheOperatorIsKnown) {
  taken();
  EXPECT_EQ(Dispatcher::singleton().find("small::sub"), nullptr);
  Library fallback(Library::IMPL, "_", Key::Loose);
  fallback.fallback(
      Kernel::makeFromBoxedFunctor([](const Handle& op, KS keys, Stack* stack) {
        note("loose");
        op.redispatchBoxed(keys & after(Key::Loose), stack);
      }));
  Library c = impl(Key::CPU);
  c.impl("sub", &add_keys);
  c.impl("odd", &add_keys);
  const Tensor t = tensor({Key::CPU, Key::Loose, Key::Tracer}, 3);
  late::sub::handle();
  EXPECT_EQ(value(call_late<late::sub>(t)), 6);
  EXPECT_EQ(taken(), (Trace{"loose", "keys {CPU}"}));
  EXPECT_HAS(dispatch_dump(late::sub::handle()),
             "CPU: kernel :: registered\nCPU (inactive): mul_cpu :: declared\n");
  c.reset();
  EXPECT_EQ(value(call_late<late::sub>(t)), 9);
  EXPECT_EQ(taken(), (Trace{"loose"}));
  // A kernel of another type is found when the operator comes.
  c.impl("odd", &add_keys);
  EXPECT_HAS(thrown<RegistrationError>([] { late::odd::handle(); }),
             "takes or returns other types");
  c.reset();
  late::odd::handle();
  // Nor can an operator be declared that a library has defined.
  Library def = lib(Library::FRAGMENT, "small");
  def.def("twice(Tensor a) -> Tensor");
  EXPECT_HAS(thrown<RegistrationError>([] { late::twice::handle(); }),
             "declared, and defined too");
}

TEST(Registration, WarnsWhenADeclaredKernelIsReplaced) {
  static Trace warnings;
  warnings.clear();
  Dispatcher::singleton().set_warning_handler(
      [](std::string_view text) { warnings.emplace_back(text); });
  {
    Library library = impl(Key::CPU);
    library.impl("mul", Kernel(&add_one).named("mine"));
    library.impl("add", &add_one);
    Library c = impl(Key::CUDA);
    c.impl("add", &add_one);
    EXPECT_EQ(value(ops::mul::call(cpu(3), cpu(3))), 6);
  }
  Dispatcher::singleton().set_warning_handler(nullptr);
  EXPECT_EQ(
      warnings,
      (Trace{"small::mul: the declared kernel for CPU, mul_cpu, is replaced by mine"}));
  EXPECT_EQ(value(ops::mul::call(cpu(3), cpu(3))), 9);
}

// ---- operators that are defined at run time

TEST(Dynamic, OperatorsAreCalledInEveryWay) {
  using Type = std::int64_t(const Tensor&, std::int64_t);
  std::optional<Library> library(lib(Library::DEF));
  library->def("f.x(Tensor a, int b=1) -> int");
  auto& dispatcher = Dispatcher::singleton();
  const Handle op = dispatcher.findSchemaOrThrow("dyn::f.x");
  EXPECT_EQ(dispatcher.find("dyn::f"), nullptr);
  const Tensor t = cpu(1);
  EXPECT_THROW(boxed(op, t, std::int64_t{1}), NotImplementedError);
  // A typed handle before any kernel.
  const Typed<Type> typed(op);
  EXPECT_THROW(typed.call(t, 1), NotImplementedError);
  EXPECT_THROW(Typed<std::int64_t(const Tensor&)>{op}, TypeError);
  library->impl(
      "f.x", Key::CPU, [](const Tensor& a, std::int64_t b) { return value(a) + b; });
  EXPECT_EQ(typed.call(t, 1), 2);
  EXPECT_EQ(boxed(op, t, std::int64_t{2}).at(0).ref<std::int64_t>(), 3);
  EXPECT_HAS(thrown<RegistrationError>([&] {
               library->impl("f.x", Key::CUDA, [](const Tensor& a) { return a; });
             }),
             "takes or returns other types");
  EXPECT_TRUE(op.hasKernelForDispatchKey(Key::CPU));
  EXPECT_FALSE(op.hasKernelForDispatchKey(Key::CUDA));
  EXPECT_TRUE(op.hasComputedKernelForDispatchKey(Key::AutogradCPU));
  // Handles that are left only throw, whatever is defined by that name later.
  library.reset();
  EXPECT_HAS(thrown<DispatchError>([&] { typed.call(t, 1); }),
             "is not defined any more");
  EXPECT_THROW(boxed(op, t, std::int64_t{1}), DispatchError);
  EXPECT_FALSE(op.hasSchema());
  EXPECT_EQ(dispatcher.find("dyn::f.x"), nullptr);
  Library again = lib();
  again.def("f.x(int a) -> int", [](std::int64_t a) { return a; });
  const Typed<std::int64_t(std::int64_t)> other(
      dispatcher.findSchemaOrThrow("dyn::f.x"));
  EXPECT_EQ(other.call(5), 5);
  EXPECT_THROW(typed.call(t, 1), DispatchError);
}

TEST(Dynamic, KernelsWaitForADefinition) {
  Library kernels = Library(Library::IMPL, "dyn");
  kernels.impl("waits", Key::CPU, [](const Tensor& a) { return a; });
  auto& dispatcher = Dispatcher::singleton();
  EXPECT_THROW(dispatcher.findSchemaOrThrow("dyn::waits"), DispatchError);
  for (int i = 0; i < 2; ++i) {
    Library library = lib();
    library.def("waits(Tensor a) -> Tensor");
    const Handle op = dispatcher.findSchemaOrThrow("dyn::waits");
    EXPECT_EQ(value(boxed(op, cpu(i)).at(0).tensor()), i);
    EXPECT_EQ(value(Typed<Tensor(const Tensor&)>(op).call(cpu(i))), i);
  }
  kernels.reset();
  Library library = lib();
  library.def("waits(Tensor a) -> Tensor");
  EXPECT_THROW(boxed(dispatcher.findSchemaOrThrow("dyn::waits"), cpu(1)),
               NotImplementedError);
}

TEST(Dynamic, BoxedKernelsNeedNoType) {
  taken();
  Library library = lib();
  library.def("g(Tensor a, Tensor b) -> Tensor");
  const Handle op = Dispatcher::singleton().findSchemaOrThrow("dyn::g");
  library.impl("g", Key::CPU, Kernel::makeFromBoxedFunction<&boxed_add>());
  library.impl("g", Key::Tracer, Kernel::makeFallthrough());
  library.impl(
      "g", Key::CUDA, Kernel::makeFromBoxedFunctor([](const Handle&, KS, Stack*) {}));
  const Include tracer(Key::Tracer);
  EXPECT_EQ(value(boxed(op, cpu(1), cpu(2)).at(0).tensor()), 3);
  EXPECT_EQ(taken(), (Trace{"boxed dyn::g {CPU}"}));
  EXPECT_HAS(
      thrown<DispatchError>([&] { boxed_after(op, KS(Key::Tracer), cpu(1), cpu(1)); }),
      "falls through");
  EXPECT_HAS(thrown<TypeError>([&] { boxed(op, cuda(1), cuda(2)); }),
             "has to leave 1 values");
  const Typed<Tensor(const Tensor&, const Tensor&)> typed(op);
  EXPECT_EQ(value(typed.call(cpu(1), cpu(2))), 3);
  EXPECT_HAS(
      thrown<DispatchError>([&] { typed.redispatch(KS(Key::Tracer), cpu(1), cpu(1)); }),
      "falls through");
}

TEST(Dynamic, ListenersAreTold) {
  struct Listener : dispatch_codegen::OpRegistrationListener<Traits> {
    void onOperatorRegistered(const Handle& op) override {
      if (fails) throw std::runtime_error("listener");
      note("+" + op.operator_name());
    }
    void onOperatorDeregistered(const Handle& op) override {
      EXPECT_FALSE(op.hasSchema());
      note("-" + op.operator_name());
    }
    bool fails = false;
  };
  Listener listener;
  auto& dispatcher = Dispatcher::singleton();
  dispatcher.add_listener(&listener);
  taken();
  {
    Library library = lib();
    library.def("told() -> ()");
    listener.fails = true;
    EXPECT_THROW(library.def("untold() -> ()"), std::runtime_error);
    listener.fails = false;
    EXPECT_EQ(dispatcher.find("dyn::untold"), nullptr);
    library.def("untold() -> ()");
  }
  dispatcher.remove_listener(&listener);
  Library library = lib();
  library.def("told() -> ()");
  EXPECT_EQ(
      taken(),
      (Trace{
          "+dyn::told", "-dyn::untold", "+dyn::untold", "-dyn::untold", "-dyn::told"}));
}

// ---- guards

TEST(Guards, ChangeAndRestore) {
  const auto before = Traits::local().sets();
  {
    const Include a(Key::Tracer);
    const Exclude b(KS({Key::CPU, Key::Tracer}));
    EXPECT_TRUE(Traits::local().sets().included_.has(Key::Tracer));
    EXPECT_TRUE(Traits::local().sets().excluded_.has(Key::CPU));
    {
      const dispatch_codegen::ForceDispatchKeyGuard<Traits> force(KS{}, KS{});
      EXPECT_TRUE(Traits::local().sets().included_.empty());
    }
    EXPECT_TRUE(Traits::local().sets().included_.has(Key::Tracer));
    {
      const dispatch_codegen::PreserveDispatchKeyGuard<Traits> preserve;
      Traits::local().set({});
    }
    EXPECT_TRUE(Traits::local().sets().included_.has(Key::Tracer));
  }
  EXPECT_EQ(Traits::local().sets(), before);
  // In another order they leave what c10's leave.
  auto a = std::make_unique<Include>(Key::Tracer);
  auto b = std::make_unique<Include>(Key::Named);
  auto c = std::make_unique<Exclude>(Key::Named);
  a.reset();
  EXPECT_EQ(Traits::local().sets().included_, before.included_);
  b.reset();
  EXPECT_EQ(Traits::local().sets().included_, before.included_.add(Key::Tracer));
  c.reset();
  EXPECT_EQ(Traits::local().sets().excluded_, before.excluded_);
  Traits::local().set(before);
}

inline constexpr dispatch_codegen::TlsChange<Numbering> inference{
    .include = KS(Key::Named),
    .exclude = KS(Key::AutogradOther),
    .stop_including = KS(Key::Select),
    .stop_excluding = KS(Key::Tracer)};

TEST(Guards, DoWhatIsDeclared) {
  const Exclude tracer(Key::Tracer);
  const auto before = Traits::local().sets();
  {
    const dispatch_codegen::DeclaredGuard<Traits, inference> guard;
    EXPECT_EQ(Traits::local().sets().included_, KS(Key::Named));
    EXPECT_EQ(Traits::local().sets().excluded_, KS(Key::AutogradOther));
  }
  EXPECT_EQ(Traits::local().sets(), before);
}

TEST(Guards, ExcludedBackendBitsStay) {
  taken();
  Library c = impl(Key::CPU);
  c.impl<ops::add, &add_keys>();
  const Exclude autograd(KS{Key::AutogradCPU});
  ops::add::call(cpu(1), cpu(1));
  EXPECT_EQ(taken(), (Trace{"keys {CPU}"}));
}

TEST(Guards, KeepWhatTheOutermostCallFound) {
  using dispatch_codegen::tls_on_entry;
  using OnEntry = dispatch_codegen::MaybeSetTLSOnEntryGuard<Traits>;
  using Restore = dispatch_codegen::RestorePythonTLSSnapshot<Traits>;
  EXPECT_THROW(tls_on_entry<Traits>(), DispatchError);
  const auto before = Traits::local().sets();
  {
    const OnEntry outer;
    const Include tracer(Key::Tracer);
    const OnEntry inner;
    EXPECT_EQ(tls_on_entry<Traits>(), before);
    {
      const Restore restore;
      EXPECT_EQ(Traits::local().sets(), before);
      EXPECT_THROW(Restore{}, DispatchError);
    }
    EXPECT_TRUE(Traits::local().sets().included_.has(Key::Tracer));
    EXPECT_EQ(tls_on_entry<Traits>(), before);
  }
  EXPECT_THROW(tls_on_entry<Traits>(), DispatchError);
  EXPECT_EQ(Traits::local().sets(), before);
}

// ---- policies

TEST(Policies, ThatRedispatchOrRefuse) {
  taken();
  Library c = impl(Key::CPU);
  c.impl<ops::add, &add_keys>();
  const Tensor t = tensor({Key::CPU, Key::AutogradCPU, Key::Named}, 1);
  ops::add::call(t, t);
  boxed(ops::add::handle(), t, t);
  EXPECT_EQ(taken(), Trace(2, "keys {CPU}"));
  const Tensor r = tensor({Key::CPU, Key::Refuses}, 1);
  EXPECT_EQ(thrown<NotImplementedError>([&] { ops::add::call(r, r); }),
            "small::add refuses: small::add");
  EXPECT_EQ(
      thrown<NotImplementedError>([&] { ops::add::redispatch(KS(Key::Meta), t, t); }),
      "small::add has no meta kernel");
  Library library = lib();
  library.set_python_module("my.module").def("m(Tensor a) -> Tensor");
  const Handle op = Dispatcher::singleton().findSchemaOrThrow("dyn::m");
  const auto call = [&] { boxed(op, tensor({Key::Meta}, 1)); };
  EXPECT_HAS(thrown<NotImplementedError>(call), "`import my.module` before calling it");
  Dispatcher::singleton().set_python_module_question(
      [](const std::string& module) { return module == "my.module"; });
  EXPECT_EQ(thrown<NotImplementedError>(call), "dyn::m has no meta kernel");
  Dispatcher::singleton().set_python_module_question(nullptr);
}

struct Hooks : dispatch_codegen::VariableHooks<Traits> {
  bool is_grad_enabled() override { return enabled; }
  bool requires_grad(const Tensor& t) override { return content(t).requires_grad; }
  void register_hook(const Tensor& t, const Node& node) override {
    note("hook " + std::to_string(value(t)) + " " + node.name());
    nodes.push_back(node);
  }
  void set_history(const Tensor& t,
                   const Node& node,
                   const std::vector<Tensor>& inputs) override {
    note("history " + std::to_string(value(t)) + " " + std::to_string(inputs.size()));
    EXPECT_EQ(node.num_inputs(), inputs.size());
    nodes.push_back(node);
  }
  bool enabled = true;
  std::vector<Node> nodes;
};

TEST(Policies, OfAutogradAskTheHooks) {
  using Fallback = dispatch_codegen::AutogradFallback<Traits>;
  using dispatch_codegen::AutogradFallbackMode;
  static Trace warnings;
  Dispatcher::singleton().set_warning_handler(
      [](std::string_view text) { warnings.emplace_back(text); });
  Library c = impl(Key::CPU);
  c.impl<ops::add, &add_one>().impl<ops::fill_, &fill>();
  Hooks hooks;
  Tensor t = cpu(1);
  content(t).requires_grad = true;
  taken();
  const auto run = [&] {
    ops::add::call(t, cpu(2));
    boxed(ops::add::handle(), t, cpu(2));
    return taken();
  };
  EXPECT_EQ(run(), Trace(2, "plain"));
  Fallback::set_hooks(&hooks);
  EXPECT_EQ(run(), (Trace{"plain", "history 3 2", "plain", "history 3 2"}));
  Tensor plain = cpu(1);
  ops::fill_::call(plain, 3);
  EXPECT_EQ(&ops::fill_::call(t, 3), &t);
  EXPECT_EQ(taken(), (Trace{"hook 3 small::fill_"}));
  hooks.nodes.at(0)();
  EXPECT_EQ(warnings.size(), 1U);
  Fallback::set_mode(AutogradFallbackMode::error);
  EXPECT_HAS(thrown<DispatchError>([&] { hooks.nodes.at(0)(); }),
             "small::add: no autograd kernel is registered");
  Fallback::set_mode(AutogradFallbackMode::nothing);
  EXPECT_EQ(run(), Trace(2, "plain"));
  Fallback::set_mode(AutogradFallbackMode::warn);
  hooks.enabled = false;
  EXPECT_EQ(run(), Trace(2, "plain"));
  Fallback::set_hooks(nullptr);
  EXPECT_EQ(run(), Trace(2, "plain"));
  Dispatcher::singleton().set_warning_handler(nullptr);
}

struct Moves : dispatch_codegen::Conversion<Traits> {
  Tensor convert(const Tensor& t, Backend backend, const Tensor& like) override {
    note("convert " + std::to_string(value(t)) + " like " +
         std::to_string(value(like)));
    return tensor(KS(Key::Dense) | KS(backend), value(t));
  }
  void copy(const Tensor& to, const Tensor& from) override {
    note("copy " + std::to_string(value(from)));
    content(to).value = value(from);
  }
};

TEST(Policies, ThatRunOnAnotherBackend) {
  static Trace warnings;
  warnings.clear();
  Dispatcher::singleton().set_warning_handler(
      [](std::string_view text) { warnings.emplace_back(text); });
  Library c = impl(Key::CPU);
  c.impl<ops::add, &add_one>().impl<ops::fill_, &fill>().impl<ops::outs, &outs_cpu>();
  c.impl("cat", [](std::span<const Tensor> t, std::int64_t) {
    for (const Tensor& one : t) EXPECT_TRUE(key_set(one).has(Key::CPU));
    return static_cast<std::int64_t>(t.size());
  });
  const auto lazy = [](int n) { return tensor({Key::Lazy}, n); };
  EXPECT_HAS(thrown<DispatchError>([&] { ops::add::call(lazy(1), lazy(2)); }),
             "nobody said how tensors get to CPU");
  Moves moves;
  dispatch_codegen::conversion<Traits>.store(&moves);
  taken();
  const Tensor sum = ops::add::call(lazy(1), lazy(2));
  EXPECT_EQ(value(sum), 3);
  EXPECT_TRUE(key_set(sum).has(Key::Lazy));
  EXPECT_EQ(
      taken(),
      (Trace{"convert 1 like 1", "convert 2 like 2", "plain", "convert 3 like 1"}));
  ops::add::call(lazy(1), lazy(2));
  EXPECT_EQ(warnings,
            (Trace{"small::add: there is no kernel for Lazy; it runs on CPU and its "
                   "results are converted back"}));
  taken();
  Tensor t = lazy(1);
  EXPECT_EQ(&ops::fill_::call(t, 8), &t);
  EXPECT_EQ(value(t), 8);
  EXPECT_EQ(taken(), (Trace{"convert 1 like 1", "copy 8"}));
  // What was written comes back as it was given, boxed too.
  const auto results = boxed(ops::fill_::handle(), t, std::int64_t{9});
  EXPECT_TRUE(results.at(0).tensor().is_same(t));
  Tensor x = lazy(0);
  Tensor y = lazy(0);
  ops::outs::call(t, x, y);
  EXPECT_EQ(value(x), 9);
  EXPECT_EQ(value(y), 10);
  taken();
  const std::vector<Tensor> list{lazy(1), lazy(2)};
  EXPECT_EQ(ops::cat::call(list, 0), 2);
  EXPECT_EQ(
      boxed(ops::cat::handle(), std::vector<Value>{Value(list[0])}, std::int64_t{0})
          .at(0)
          .ref<std::int64_t>(),
      1);
  dispatch_codegen::conversion<Traits>.store(nullptr);
  Dispatcher::singleton().set_warning_handler(nullptr);
}

// ---- modes and subclasses

struct Mode : dispatch_codegen::DispatchMode<Traits> {
  explicit Mode(std::string given) : name(std::move(given)) {}
  bool dispatch(const Handle& op, Stack* stack) override {
    note(name + " " + op.operator_name());
    if (answer == 0) return false;
    if (answer == 2) throw std::runtime_error(name);
    op.callBoxed(stack);
    return true;
  }
  std::string name;
  int answer = 1;
};
struct Handler : dispatch_codegen::DispatchHandler<Traits> {
  Handler(std::string given, const Handler* from)
      : name(std::move(given)), base(from) {}
  bool dispatch(const Handle& op,
                Stack* stack,
                std::span<DispatchHandler* const> handlers) override {
    note(name + " of " + std::to_string(handlers.size()));
    if (!answers) return false;
    const std::size_t count = op.schema().arguments.size();
    EXPECT_GE(stack->size(), count);
    stack->drop(count);
    push(*stack, tensor({Key::CPU}, 42));
    return true;
  }
  bool is_derived_from(const DispatchHandler& other) const override {
    return base == &other || (base != nullptr && base->is_derived_from(other));
  }
  std::string name;
  const Handler* base;
  bool answers = true;
};
using ModeGuard = dispatch_codegen::DispatchModeGuard<Traits>;

TEST(Modes, AreAskedInnermostFirst) {
  Library c = impl(Key::CPU);
  c.impl<ops::add, &add_one>();
  const auto before = Traits::local().sets();
  Mode a("a");
  Mode b("b");
  taken();
  {
    const ModeGuard outer(a);
    const ModeGuard inner(b);
    EXPECT_EQ(value(ops::add::call(cpu(1), cpu(2))), 3);
    EXPECT_EQ(taken(), (Trace{"b small::add", "a small::add", "plain"}));
    boxed(ops::add::handle(), cpu(1), cpu(2));
    EXPECT_EQ(taken(), (Trace{"b small::add", "a small::add", "plain"}));
    // No answer: only subclasses are asked after the innermost mode.
    b.answer = 0;
    EXPECT_HAS(thrown<TypeError>([] { ops::add::call(cpu(1), cpu(2)); }),
               "has an answer");
    EXPECT_EQ(taken(), (Trace{"b small::add"}));
    b.answer = 1;
    a.answer = 2;
    EXPECT_THROW(ops::add::call(cpu(1), cpu(2)), std::runtime_error);
    EXPECT_EQ(Traits::local().mode, &inner);
    EXPECT_FALSE(Traits::local().has_on_entry);
    a.answer = 1;
    taken();
    ops::add::call(cpu(1), cpu(2));
    EXPECT_EQ(taken(), (Trace{"b small::add", "a small::add", "plain"}));
  }
  EXPECT_EQ(Traits::local().sets(), before);
  EXPECT_EQ(Traits::local().mode, nullptr);
}

TEST(Modes, SubclassesAnswerDerivedOnesFirst) {
  Library c = impl(Key::CPU);
  c.impl<ops::add, &add_keys>();
  Handler base("base", nullptr);
  Handler derived("derived", &base);
  const auto sub = [](Handler& handler) {
    Tensor t = tensor({Key::CPU, Key::Python, Key::Snapshot}, 1);
    content(t).handler =
        static_cast<dispatch_codegen::DispatchHandler<Traits>*>(&handler);
    return t;
  };
  taken();
  EXPECT_EQ(value(ops::add::call(sub(base), sub(derived))), 42);
  EXPECT_EQ(taken(), (Trace{"derived of 2"}));
  derived.answers = false;
  EXPECT_EQ(value(ops::add::call(sub(derived), sub(base))), 42);
  EXPECT_EQ(taken(), (Trace{"derived of 2", "base of 2"}));
  base.answers = false;
  EXPECT_THROW(ops::add::call(sub(derived), sub(base)), TypeError);
  taken();
  // Without a handler the call goes on without the key.
  const Tensor none = tensor({Key::CPU, Key::Python, Key::Snapshot}, 1);
  ops::add::call(none, none);
  EXPECT_EQ(taken(), (Trace{"keys {CPU}"}));
  EXPECT_HAS(thrown<DispatchError>([] { ops::make::redispatch(KS(Key::Python), 1); }),
             "internal error: Python was reached");
}

TEST(Modes, ThePythonDispatcherFindsItsKernels) {
  Library c = impl(Key::CPU);
  c.impl<ops::add, &add_keys>();
  const Tensor t = cpu(1);
  auto* const entry = ops::add::handle().entry();
  const Include key(Key::PythonDispatcher);
  EXPECT_HAS(thrown<DispatchError>([&] { ops::add::call(t, t); }),
             "no Python dispatcher is on");
  const dispatch_codegen::EnablePythonDispatcher<Traits> on;
  taken();
  ops::add::call(t, t);
  EXPECT_EQ(taken(), (Trace{"keys {CPU}"}));
  entry->python_kernels.emplace_back(Key::Autograd,
                                     std::make_shared<const Kernel>(Kernel(&add_one)));
  ops::add::call(t, t);
  entry->python_kernels.clear();
  EXPECT_EQ(taken(), (Trace{"plain"}));
  EXPECT_HAS(thrown<NotImplementedError>([] {
               const Tensor s = tensor({Key::SparseCPU}, 1);
               ops::add::call(s, s);
             }),
             "there is no kernel for SparseCPU");
}

// ---- observers

struct Watch : dispatch_codegen::Observer<Traits> {
  explicit Watch(std::string given, bool all = false)
      : name(std::move(given)), sees(all) {}
  void on_start(const dispatch_codegen::Event<Traits>& event) override {
    note(name + (event.is_redispatch ? " re " : " ") + std::string(event.name) + " " +
         Traits::text(event.keys) + " " + std::to_string(event.arguments.size()));
    if (started) started();
  }
  void on_end(const dispatch_codegen::Event<Traits>& event) noexcept override {
    std::string text = name + " end";
    for (const Value& argument : event.arguments) {
      if (argument.is_tensor()) text += " " + std::to_string(value(argument.tensor()));
    }
    note(text);
  }
  bool sees_redispatches() const override { return sees; }
  std::string name;
  bool sees;
  std::function<void()> started;
};
using Watching = dispatch_codegen::ObserverGuard<Traits>;

TEST(Observers, SeeCallsOfAllKinds) {
  Library c = impl(Key::CPU);
  c.impl<ops::add, &add_one>();
  const Tensor t = cpu(1);
  const std::string table = dispatch_dump_table(ops::add::handle());
  const Trace one{"w small::add {CPU, AutogradCPU} 2", "plain", "w end 1 1"};
  taken();
  {
    const Watching watching(std::make_shared<Watch>("w"));
    ops::add::call(t, t);
    EXPECT_EQ(taken(), one);
    boxed(ops::add::handle(), t, t);
    EXPECT_EQ(taken(), one);
    Typed<Tensor(const Tensor&, const Tensor&)>(ops::add::handle()).call(t, t);
    EXPECT_EQ(taken(), one);
    ops::add::redispatch(KS(Key::CPU), t, t);
    boxed_after(ops::add::handle(), KS(Key::CPU), t, t);
    EXPECT_EQ(taken(), Trace(2, "plain"));
    // Where fallthroughs differ, and where the table is constant.
    const Tensor m = tensor({Key::CPU, Key::AutogradCPU, Key::Tracer}, 2);
    ops::mul::call(m, m);
    ops::fixed::call(tensor({Key::CPU}, 3), tensor({Key::CPU}, 4));
    Typed<Tensor(const Tensor&, const Tensor&)>(ops::fixed::handle())
        .call(tensor({Key::CPU}, 3), tensor({Key::CPU}, 4));
    EXPECT_EQ(taken(),
              (Trace{"w small::mul {CPU} 2",
                     "w end 2 2",
                     "w small::fixed {CPU} 2",
                     "w end 3 4",
                     "w small::fixed {CPU} 2",
                     "w end 3 4"}));
    // After errors too.
    EXPECT_THROW(ops::add::call(cuda(1), cuda(1)), NotImplementedError);
    EXPECT_EQ(taken(), (Trace{"w small::add {CUDA, AutogradCUDA} 2", "w end 1 1"}));
    EXPECT_EQ(dispatch_dump_table(ops::add::handle()), table);
  }
  ops::add::call(t, t);
  EXPECT_EQ(taken(), (Trace{"plain"}));
}

TEST(Observers, SeeRedispatchesIfTheyAskForThem) {
  Library c = impl(Key::CPU);
  c.impl<ops::add, &add_one>();
  Library n = impl(Key::Tracer);
  n.impl("add",
         Kernel::makeFromBoxedFunctor([](const Handle& op, KS keys, Stack* stack) {
           op.redispatchBoxed(keys & after(Key::Tracer), stack);
         }));
  const Tensor t = tensor({Key::CPU, Key::AutogradCPU, Key::Named, Key::Tracer}, 1);
  taken();
  {
    const Watching first(std::make_shared<Watch>("w"));
    const Watching watching(std::make_shared<Watch>("r", true));
    for (int i = 0; i < 3; ++i) {
      if (i == 0) ops::add::call(t, t);
      if (i == 1) boxed(ops::add::handle(), t, t);
      if (i == 2) {
        Typed<Tensor(const Tensor&, const Tensor&)>(ops::add::handle()).call(t, t);
      }
      EXPECT_EQ(taken(),
                (Trace{"w small::add {CPU, Named, AutogradCPU, Tracer} 2",
                       "r small::add {CPU, Named, AutogradCPU, Tracer} 2",
                       "r re small::add {CPU, Named, AutogradCPU} 2",
                       "r re small::add {CPU, Named} 2",
                       "r re small::add {CPU} 2",
                       "plain",
                       "r end 1 1",
                       "r end 1 1",
                       "r end 1 1",
                       "r end 1 1",
                       "w end 1 1"}))
          << i;
    }
    const Typed<Tensor(const Tensor&, const Tensor&)> typed(ops::add::handle());
    typed.redispatch(KS(Key::CPU), t, t);
    EXPECT_EQ(taken(), (Trace{"r re small::add {CPU} 2", "plain", "r end 1 1"}));
    EXPECT_HAS(thrown<DispatchError>([&] { typed.redispatch(KS(Key::Select), t, t); }),
               "falls through");
    taken();
    const Typed<Tensor(const Tensor&, const Tensor&)> fixed(ops::fixed::handle());
    const Tensor p = tensor({Key::CPU}, 2);
    ops::fixed::redispatch(KS(Key::CPU), p, p);
    fixed.redispatch(KS(Key::CPU), p, p);
    EXPECT_EQ(taken(),
              (Trace{"r re small::fixed {CPU} 2",
                     "r end 2 2",
                     "r re small::fixed {CPU} 2",
                     "r end 2 2"}));
  }
  ops::add::call(t, t);
  EXPECT_EQ(taken(), (Trace{"plain"}));
}

TEST(Observers, SeeOperatorsWithoutATypeAndModes) {
  Library library = lib();
  library.def("seen(Tensor a, Tensor b) -> Tensor");
  library.impl("seen", Key::CPU, Kernel::makeFromBoxedFunction<&boxed_add>());
  const Handle op = Dispatcher::singleton().findSchemaOrThrow("dyn::seen");
  Mode mode("m");
  const Watching watching(std::make_shared<Watch>("r", true));
  const ModeGuard guard(mode);
  const Tensor t = tensor({Key::CPU}, 1);
  taken();
  boxed(op, t, t);
  EXPECT_EQ(taken(),
            (Trace{"r dyn::seen {CPU, Python, Snapshot} 2",
                   "r re dyn::seen {CPU, Python} 2",
                   "r PythonDispatchMode {} 2",
                   "m dyn::seen",
                   "r dyn::seen {CPU} 2",
                   "boxed dyn::seen {CPU}",
                   "r end 1 1",
                   "r end 1 1",
                   "r end 1 1",
                   "r end 1 1"}));
}

TEST(Observers, MayDoAnythingInACall) {
  Library c = impl(Key::CPU);
  c.impl<ops::add, &add_one>();
  Library library = lib();
  library.def("inner(Tensor a) -> Tensor", [](const Tensor& a) { return a; });
  library.def("outer(Tensor a) -> Tensor");
  // A pointer, which asks the operator that runs.
  library.impl(
      "outer", Key::CPU, +[](const Tensor& a) {
        note("outer");
        return a;
      });
  auto& dispatcher = Dispatcher::singleton();
  const Typed<Tensor(const Tensor&)> inner(dispatcher.findSchemaOrThrow("dyn::inner"));
  const Typed<Tensor(const Tensor&)> outer(dispatcher.findSchemaOrThrow("dyn::outer"));
  const Tensor t = tensor({Key::CPU}, 1);
  auto& observers = dispatch_codegen::Observers<Traits>::singleton();
  auto watch = std::make_shared<Watch>("w");
  auto other = std::make_shared<Watch>("o");
  watch->started = [&] {
    const auto started = std::exchange(watch->started, {});
    // Another operator, and a change of who watches.
    inner.call(t);
    observers.add(other);
    observers.remove(watch.get());
  };
  taken();
  observers.add(watch);
  outer.call(t);
  EXPECT_EQ(taken(),
            (Trace{"w dyn::outer {CPU} 1",
                   "w dyn::inner {CPU} 1",
                   "w end 1",
                   "outer",
                   "w end 1"}));
  outer.call(t);
  EXPECT_EQ(taken(), (Trace{"o dyn::outer {CPU} 1", "outer", "o end 1"}));
  // One that throws ends those that began.
  auto bad = std::make_shared<Watch>("bad");
  bad->started = [] { throw std::runtime_error("observer"); };
  observers.add(bad);
  EXPECT_THROW(outer.call(t), std::runtime_error);
  EXPECT_EQ(taken(),
            (Trace{"o dyn::outer {CPU} 1", "bad dyn::outer {CPU} 1", "o end 1"}));
  observers.remove(bad.get());
  // As often as it was added.
  observers.add(other);
  observers.remove(other.get());
  outer.call(t);
  EXPECT_EQ(taken().size(), 3U);
  observers.remove(other.get());
  outer.call(t);
  EXPECT_EQ(taken().size(), 1U);
}

}  // namespace
}  // namespace small
