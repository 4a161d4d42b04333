#include "fuser.h"

#include <gtest/gtest.h>

#include <atomic>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include "fuser_dispatcher.h"

namespace fuser_test {
namespace {

using dispatch_codegen::CannotFuse;
using dispatch_codegen::DispatchError;
using dispatch_codegen::GraphValue;
using dispatch_codegen::named;
using dispatch_codegen::UnknownFusionError;
using Builder = dispatch_codegen::GraphBuilder<Traits>;
using Fuser = dispatch_codegen::Fuser<Traits>;
using Graph = dispatch_codegen::Graph<Traits>;
using GraphArgument = dispatch_codegen::GraphArgument<Traits>;
using Compiler = dispatch_codegen::Compiler<Traits>;
using FusedKernel = dispatch_codegen::FusedKernel<Traits>;
using KeySetGuard = dispatch_codegen::ChangeGuard<Traits>;

template <class F>
std::string error_of(F&& run) {
  try {
    run();
  } catch (const DispatchError& error) {
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

template <class... Inputs>
std::unique_ptr<Stack> stack_of(Inputs&&... inputs) {
  auto stack = std::make_unique<Stack>();
  push(*stack, std::forward<Inputs>(inputs)...);
  return stack;
}

/// The number of a tensor on a stack.
double number_at(const Stack& stack, std::size_t index) {
  return number(stack[index].tensor());
}

std::atomic<int> autograd_calls{0};

/// `alpha * (a + b)` and whatever else the tests need.
class FuserTest : public testing::Test {
 protected:
  FuserTest() : library_(Library::FRAGMENT, "fused") {
    static_cast<void>(ops::add::handle());
    library_.impl("add", Key::Host, [](const Tensor& a, const Tensor& b) {
      return tensor(number(a) + number(b));
    });
    library_.def("scale(Tensor x, float by=2., *, int times=1) -> Tensor",
                 [](const Tensor& x, double by, std::int64_t times) {
                   return tensor(number(x) * by * static_cast<double>(times));
                 });
    library_.def("sum(Tensor[] all) -> Tensor", [](const std::vector<Tensor>& all) {
      double sum = 0;
      for (const Tensor& one : all) sum += number(one);
      return tensor(sum);
    });
    library_.def("halves(Tensor x) -> Tensor[]", [](const Tensor& x) {
      return std::vector<Tensor>{tensor(number(x) / 2), tensor(number(x) / 2)};
    });
    library_.def("parts(Tensor x) -> (Tensor, Tensor)", [](const Tensor& x) {
      return std::tuple<Tensor, Tensor>(tensor(number(x) - 1), tensor(1));
    });
    library_.def("add_(Tensor(a!) x, Tensor y) -> ()",
                 [](const Tensor& x, const Tensor& y) { number(x) += number(y); });
    library_.def("fail(Tensor x) -> Tensor",
                 [](const Tensor&) -> Tensor { throw DispatchError("it fails"); });
  }

  static Graph add_and_scale() {
    Builder builder(2);
    const auto& inputs = builder.inputs();
    const GraphValue sum = builder.call("fused::add", inputs[0], inputs[1]);
    return builder.build(builder.call("fused::scale", sum, 3.0));
  }

  Library library_;
  Fuser fuser_;
};

// ---- graphs

TEST(GraphTest, HasTheTextAndKeyThatPythonGivesIt) {
  Builder builder(2);
  const auto inputs = builder.inputs();
  const GraphValue z =
      builder.call("ns::add",
                   inputs[0],
                   named("beta", Builder::list(1.5, std::nullopt, true, "a'b\n\"\\")),
                   inputs[1],
                   named("alpha", 2));
  const auto parts = builder.call_for(2,
                                      "ns::split.x",
                                      Builder::list(z, inputs[0]),
                                      -0.0,
                                      1e16,
                                      1e-5,
                                      123456789.125,
                                      std::numeric_limits<double>::infinity(),
                                      1e22,
                                      "\u00e9\u00ad\u0080");
  const Graph graph = builder.build(parts[0], parts[1], Builder::list(z, 3));
  EXPECT_EQ(graph.text(),
            "graph(%0, %1):\n"
            "  %2 = ns::add(%0, %1, alpha=2, beta=[1.5, None, True, "
            "'a\\'b\\n\"\\\\'])\n"
            "  %3, %4 = ns::split.x([%2, %0], -0.0, 1e+16, 1e-05, 123456789.125, inf, "
            "1e+22, '\u00e9\\xad\\x80')\n"
            "  return (%3, %4, [%2, 3])\n");
  EXPECT_EQ(graph.key(), -4829846956052236545);
  EXPECT_EQ(dispatch_codegen::hash_text(graph.text(), 1), -2367020834624236485);
}

TEST(GraphTest, HashesAsBlake2b) {
  using dispatch_codegen::hash_text;
  EXPECT_EQ(hash_text(""), -5426141060434712860);
  EXPECT_EQ(hash_text(std::string(128, 'a')), -2731293961254377744);
  EXPECT_EQ(hash_text(std::string(300, 'a'), 258), -5283483596133742230);
}

TEST(GraphTest, WritesConstantsAsPython) {
  const auto text = [](auto constant) { return GraphArgument(constant).text(); };
  EXPECT_EQ(text(0.1), "0.1");
  EXPECT_EQ(text(5e-324), "5e-324");
  EXPECT_EQ(text(0.0001), "0.0001");
  EXPECT_EQ(text(9007199254740993.0), "9007199254740992.0");
  EXPECT_EQ(text(1.25e-7), "1.25e-07");
  EXPECT_EQ(text(-1e300), "-1e+300");
  EXPECT_EQ(text(100.0), "100.0");
  EXPECT_EQ(text("it's"), "\"it's\"");
  EXPECT_EQ(text("\t\x01\x7f\xff"), "'\\t\\x01\\x7f\\udcff'");
  EXPECT_EQ(text("\u20ac\U0001f600"), "'\u20ac\U0001f600'");
  EXPECT_EQ(text(std::vector<bool>{true, false}), "[True, False]");
  EXPECT_EQ(text(std::vector<int>{1, 2}), Builder::list(1, 2).text());
  EXPECT_NE(text(Key::Host), text(8));
}

TEST(GraphTest, IsNormalized) {
  const auto make = [](std::size_t a, std::size_t b) {
    dispatch_codegen::GraphNode<Traits> node{
        .op = "ns::f",
        .args = {GraphValue(a)},
        .kwargs = {},
        .results = {GraphValue(b)},
    };
    return Graph({GraphValue(a)}, {node}, {GraphValue(b)});
  };
  EXPECT_EQ(make(7, 3), make(0, 1));
  EXPECT_EQ(make(7, 3).text(), "graph(%0):\n  %1 = ns::f(%0)\n  return (%1)\n");
}

TEST(GraphTest, KnowsWhatIsReadLast) {
  Builder builder(2);
  const GraphValue a = builder.call("ns::f", builder.input(0), builder.input(1));
  const GraphValue b = builder.call("ns::f", a, builder.input(0));
  builder.call("ns::f", a);
  const Graph graph = builder.build(b);
  const std::vector<std::vector<std::size_t>> expected{{1}, {0}, {2, 4}};
  EXPECT_EQ(graph.last_used(), expected);
}

TEST(GraphTest, RefusesWhatIsNone) {
  Builder builder(1);
  Builder other(1);
  const auto build = [&](std::string_view name) {
    Builder one(1);
    one.call(name);
    static_cast<void>(one.build());
  };
  EXPECT_EQ(error_of([&] { builder.call("ns::f", other.input(0)); }),
            "the value %0 belongs to another graph");
  EXPECT_EQ(error_of([&] { static_cast<void>(builder.build(GraphValue(0))); }),
            "the value %0 belongs to another graph");
  EXPECT_EQ(error_of([&] { static_cast<void>(builder.input(1)); }),
            "the graph has 1 inputs, and there is none at 1");
  EXPECT_EQ(error_of([] { Graph({GraphValue(1), GraphValue(1)}, {}, {}); }),
            "the value %1 is made twice");
  EXPECT_EQ(error_of([] { Graph({}, {}, {GraphValue(1)}); }),
            "the value %1 is used before it is made");
  EXPECT_EQ(error_of([] { static_cast<void>(GraphArgument(tensor(1))); }),
            "a graph cannot hold a constant of type Tensor; make it an input of the "
            "graph");
  for (const char* name :
       {"f", "::f", "ns::", "ns::f.", "ns::f.a.b", "a::b::c", "n s::f"}) {
    EXPECT_EQ(error_of([&] { build(name); }),
              '"' + std::string(name) +
                  "\" is no operator's name: ns::name or ns::name.overload");
  }
  EXPECT_EQ(error_of([] {
              Builder one(0);
              one.call("ns::f", named("a", 1), named("b", 1), named("a", 2));
              static_cast<void>(one.build());
            }),
            "ns::f: the argument 'a' is given twice");
}

// ---- defaults

TEST(DefaultTest, IsTheValueOfItsText) {
  const auto text = [](std::string_view type, std::string_view written) {
    return to_string(dispatch_codegen::default_value<Traits>(
        {.name = "x", .type = type, .default_text = written, .has_default = true}));
  };
  EXPECT_EQ(text("Tensor?", "None"), "None");
  EXPECT_EQ(text("bool", "True"), "True");
  EXPECT_EQ(text("bool", "False"), "False");
  EXPECT_EQ(text("int", "-7"), "-7");
  EXPECT_EQ(text("float", "1."), "1.0");
  EXPECT_EQ(text("float", "-1e-05"), "-1e-05");
  EXPECT_EQ(text("float", "-inf"), "-inf");
  EXPECT_EQ(text("str", "\"a, \\\"b\\\" \\303\\251\\n\""),
            "\"a, \\\"b\\\" \u00e9\\n\"");
  EXPECT_EQ(text("int[]", "[]"), "[]");
  EXPECT_EQ(text("int[2]", "[1, 2]"), "[1, 2]");
  EXPECT_EQ(text("int[3]", "1"), "[1, 1, 1]");
  EXPECT_EQ(text("int[1]?", "None"), "None");
  EXPECT_EQ(text("int[1]?", "1"), "[1]");
  EXPECT_EQ(text("str[]", "[\"a]\", \"b\"]"), "[\"a]\", \"b\"]");
  for (const char* bad :
       {"", "[1", "1 2", "foo", "1.+2.j", "\"a", "99999999999999999999"}) {
    EXPECT_EQ(error_of([&] { text("int", bad); }),
              "the default of 'x', " + std::string(bad) +
                  ", is none that a graph can fill in; give the argument");
  }
}

// ---- registration

TEST_F(FuserTest, GivesOneKeyToGraphsThatSayTheSame) {
  EXPECT_EQ(fuser_.lookup(add_and_scale()), nullptr);
  const std::int64_t key = fuser_.register_fusion(add_and_scale());
  EXPECT_EQ(key, add_and_scale().key());
  EXPECT_EQ(fuser_.register_fusion(add_and_scale()), key);
  EXPECT_EQ(fuser_.size(), 1U);
  EXPECT_EQ(&fuser_.retrieve(key), fuser_.lookup(add_and_scale()));
  EXPECT_EQ(fuser_.retrieve(key).graph(), add_and_scale());
  EXPECT_EQ(fuser_.retrieve(key).n_inputs(), 2U);
}

TEST_F(FuserTest, ThrowsForUnknownKeys) {
  Stack stack;
  try {
    fuser_.run_fallback(-5, &stack);
    ADD_FAILURE();
  } catch (const UnknownFusionError& error) {
    EXPECT_EQ(error.key(), -5);
    EXPECT_STREQ(error.what(),
                 "no fused graph is registered under the key -5; register_fusion "
                 "returns the keys that are");
  }
  EXPECT_THROW(fuser_.run_fusion(1, &stack), UnknownFusionError);
  EXPECT_THROW(fuser_.run(1, &stack), UnknownFusionError);
  EXPECT_THROW(static_cast<void>(fuser_.retrieve(1)), UnknownFusionError);
}

// ---- fallbacks

TEST_F(FuserTest, FallsBackToTheCalls) {
  const std::int64_t key = fuser_.register_fusion(add_and_scale());
  const auto stack = stack_of("below", tensor(2), tensor(5));
  fuser_.run_fallback(key, stack.get());
  ASSERT_EQ(stack->size(), 2U);
  EXPECT_EQ(to_string((*stack)[0]), "\"below\"");
  EXPECT_EQ(number_at(*stack, 1), 21);
  EXPECT_EQ(fuser_.retrieve(key).fallbacks(), 1U);
  EXPECT_EQ(fuser_.retrieve(key).fused(), 0U);
}

TEST_F(FuserTest, FillsInDefaultsAndNames) {
  const auto run = [&](auto&&... arguments) {
    Builder builder(1);
    const Graph graph =
        builder.build(builder.call("fused::scale", builder.input(0), arguments...));
    const auto stack = stack_of(tensor(5));
    fuser_.run_fallback(fuser_.register_fusion(graph), stack.get());
    return number_at(*stack, 0);
  };
  EXPECT_EQ(run(), 10);
  EXPECT_EQ(run(4), 20);
  EXPECT_EQ(run(named("times", 3)), 30);
  EXPECT_EQ(run(1.5, named("times", 2)), 15);
  EXPECT_EQ(run(named("times", 2), named("by", 0.5)), 5);
  const auto failed = [&](auto&&... arguments) {
    const std::string error = error_of([&] { run(arguments...); });
    return error.substr(0, error.find('\n'));
  };
  EXPECT_EQ(failed(1.0, 2),
            "fused::scale: it takes 2 positional arguments, and is given 3 in a fused "
            "graph");
  EXPECT_EQ(failed(named("x", 1)),
            "fused::scale: the argument 'x' is given twice in a fused graph");
  EXPECT_EQ(failed(named("y", 1)),
            "fused::scale: there is no argument 'y' in a fused graph");
  Builder builder(0);
  const std::int64_t key =
      fuser_.register_fusion(builder.build(builder.call("fused::scale")));
  Stack stack;
  EXPECT_EQ(error_of([&] { fuser_.run_fallback(key, &stack); }),
            "fused::scale: the argument 'x' is missing in a fused graph\nschema: "
            "fused::scale(Tensor x, float by=2., *, int times=1) -> Tensor");
}

TEST_F(FuserTest, PassesConstantsAndLists) {
  std::string seen;
  library_.def(
      "show(Any a, int[2] sizes=[3, 4], Tensor?[] maybe=[], str s=\"x\") "
      "-> ()",
      CppFunction::makeFromBoxedFunctor([&](const Handle&, KeySet, Stack* stack) {
        const auto values = stack->last(4);
        for (const Value& value : values) {
          seen += to_string(value);
          seen += ':';
          seen += value.type_name();
          seen += ' ';
        }
        stack->drop(4);
      }));
  const auto run = [&](auto&&... arguments) {
    Builder builder(1);
    builder.call_for(0, "fused::show", arguments...);
    const auto stack = stack_of(5);
    fuser_.run_fallback(fuser_.register_fusion(builder.build()), stack.get());
    EXPECT_TRUE(stack->empty());
    return std::exchange(seen, "");
  };
  const Value optionals{std::vector<std::optional<Tensor>>()};
  const std::string rest = "[]:" + std::string(optionals.type_name()) + " \"x\":str ";
  EXPECT_EQ(run(1), "1:int [3, 4]:int[] " + rest);
  EXPECT_EQ(run(Builder::list(true, false), 7),
            "[True, False]:bool[] [7, 7]:int[] " + rest);
  EXPECT_EQ(run(Builder::list(1, 2.5), std::vector<int>{1, 2}),
            "[1, 2.5]:Any[] [1, 2]:int[] " + rest);
  EXPECT_EQ(run("a", Builder::list(1, 2)), "\"a\":str [1, 2]:int[] " + rest);
  EXPECT_EQ(run(std::nullopt), "None:None [3, 4]:int[] " + rest);
  EXPECT_EQ(run(Builder::list(Builder::list(1), Builder::list("a"))),
            "[[1], [\"a\"]]:Any[] [3, 4]:int[] " + rest);
}

TEST_F(FuserTest, PassesListsOfValues) {
  Builder builder(2);
  const auto a = builder.input(0);
  const GraphValue sum = builder.call("fused::sum", builder.inputs());
  const GraphValue twice = builder.call("fused::sum", Builder::list(sum, a, sum));
  const GraphValue none = builder.call("fused::sum", Builder::list());
  const std::int64_t key =
      fuser_.register_fusion(builder.build(twice, none, Builder::list(a, sum), 7));
  const auto stack = stack_of(tensor(1), tensor(2));
  fuser_.run_fallback(key, stack.get());
  ASSERT_EQ(stack->size(), 4U);
  EXPECT_EQ(number_at(*stack, 0), 7);
  EXPECT_EQ(number_at(*stack, 1), 0);
  EXPECT_EQ(number((*stack)[2].list_at(1).tensor()), 3);
  EXPECT_EQ(to_string((*stack)[3]), "7");
}

TEST_F(FuserTest, KeepsResultsAsTheGraphSays) {
  Builder builder(1);
  const auto x = builder.input(0);
  const auto halves = builder.call_for(2, "fused::halves", x);
  const auto parts = builder.call_for(2, "fused::parts", x);
  const GraphValue list = builder.call("fused::halves", x);
  const GraphValue both = builder.call("fused::parts", x);
  const GraphValue sum = builder.call("fused::sum", list);
  const GraphValue nothing = builder.call("fused::add_", halves[0], x);
  builder.call_for(0, "fused::parts", x);
  const std::int64_t key = fuser_.register_fusion(
      builder.build(halves[0], halves[1], parts[0], parts[1], sum, both, nothing, x));
  const auto stack = stack_of(tensor(8));
  const Tensor given = (*stack)[0].tensor();
  fuser_.run_fallback(key, stack.get());
  ASSERT_EQ(stack->size(), 8U);
  EXPECT_EQ(number_at(*stack, 0), 12);
  EXPECT_EQ(number_at(*stack, 1), 4);
  EXPECT_EQ(number_at(*stack, 2), 7);
  EXPECT_EQ(number_at(*stack, 3), 1);
  EXPECT_EQ(number_at(*stack, 4), 8);
  EXPECT_EQ((*stack)[5].list_size(), 2U);
  EXPECT_TRUE((*stack)[6].is_none());
  EXPECT_TRUE((*stack)[7].tensor().is_same(given));

  const auto wrong = [&](const char* op) {
    Builder other(1);
    other.call_for(3, op, other.input(0));
    return error_of([&] {
      fuser_.run_fallback(fuser_.register_fusion(other.build()),
                          stack_of(tensor(1)).get());
    });
  };
  EXPECT_EQ(wrong("fused::halves"),
            "fused::halves returned 2 results in a fused graph that takes 3 results of "
            "it");
  EXPECT_EQ(wrong("fused::add"),
            "fused::add: the argument 'other' is missing in a fused graph\nschema: "
            "fused::add(Tensor self, Tensor other) -> Tensor");
  EXPECT_EQ(wrong("fused::scale"),
            "fused::scale returned one Tensor in a fused graph that takes 3 results of "
            "it");
}

TEST_F(FuserTest, WritesToWhatTheCallerHas) {
  struct Counter {
    int value = 0;
  };
  library_.def(
      "count(Any(a!) x) -> ()",
      CppFunction::makeFromBoxedFunctor([](const Handle&, KeySet, Stack* stack) {
        ++stack->back().mutable_ref<Counter>().value;
        stack->drop(1);
      }));
  Builder builder(1);
  builder.call_for(0, "fused::count", builder.input(0));
  builder.call_for(0, "fused::count", builder.input(0));
  const std::int64_t key = fuser_.register_fusion(builder.build());
  Counter counter;
  Stack stack;
  push_borrowed_mutable(stack, counter);
  fuser_.run_fallback(key, &stack);
  EXPECT_EQ(counter.value, 2);
}

TEST_F(FuserTest, LeavesTheStackAfterAnError) {
  Builder builder(2);
  const GraphValue sum = builder.call("fused::add", builder.input(0), builder.input(1));
  const std::int64_t key =
      fuser_.register_fusion(builder.build(builder.call("fused::fail", sum)));
  const auto stack = stack_of(7, tensor(1), tensor(2));
  EXPECT_EQ(error_of([&] { fuser_.run_fallback(key, stack.get()); }), "it fails");
  ASSERT_EQ(stack->size(), 3U);
  EXPECT_EQ(to_string((*stack)[0]), "7");
  EXPECT_EQ(number_at(*stack, 1), 1);
  EXPECT_EQ(number_at(*stack, 2), 2);
  EXPECT_EQ(fuser_.retrieve(key).fallbacks(), 0U);

  Stack few;
  push(few, tensor(1));
  const std::string expected = "the fused graph " + std::to_string(key) +
                               " takes 2 arguments, but there are 1 on the stack";
  EXPECT_EQ(error_of([&] { fuser_.run_fallback(key, &few); }), expected);
  EXPECT_EQ(error_of([&] { fuser_.run_fusion(key, &few); }), expected);
  EXPECT_EQ(few.size(), 1U);

  Builder unknown(0);
  unknown.call("fused::nothing");
  const std::int64_t other = fuser_.register_fusion(unknown.build());
  EXPECT_EQ(error_of([&] { fuser_.run_fallback(other, &few); }),
            "there is no operator fused::nothing");
}

TEST_F(FuserTest, FindsOperatorsAgainThatAreDefinedAnew) {
  Builder builder(1);
  const std::int64_t key = fuser_.register_fusion(
      builder.build(builder.call("fused::anew.default", builder.input(0))));
  const auto run = [&] {
    const auto stack = stack_of(tensor(5));
    fuser_.run_fallback(key, stack.get());
    return number_at(*stack, 0);
  };
  {
    Library library(Library::FRAGMENT, "fused");
    library.def("anew(Tensor x, int y=1) -> Tensor",
                [](const Tensor& x, std::int64_t y) {
                  return tensor(number(x) + static_cast<double>(y));
                });
    EXPECT_EQ(run(), 6);
    EXPECT_EQ(run(), 6);
  }
  EXPECT_EQ(error_of(run), "there is no operator fused::anew");
  Library library(Library::FRAGMENT, "fused");
  library.def("anew(Tensor x, float y=0.5) -> Tensor",
              [](const Tensor& x, double y) { return tensor(number(x) + y); });
  EXPECT_EQ(run(), 5.5);
}

TEST_F(FuserTest, LetsAutogradAndGuardsAct) {
  Library autograd(Library::IMPL, "fused", Key::AutogradHost);
  autograd.impl("add", [](KeySet keys, const Tensor& a, const Tensor& b) {
    ++autograd_calls;
    return ops::add::redispatch(keys & kBelowAutograd, a, b);
  });
  const std::int64_t key = fuser_.register_fusion(add_and_scale());
  const auto run = [&] {
    autograd_calls = 0;
    const auto stack = stack_of(tensor(2), tensor(5));
    fuser_.run_fallback(key, stack.get());
    EXPECT_EQ(number_at(*stack, 0), 21);
    return autograd_calls.load();
  };
  EXPECT_EQ(run(), 1);
  {
    const KeySetGuard below({.exclude = kAutograd});
    EXPECT_EQ(run(), 0);
  }
  EXPECT_EQ(run(), 1);
}

struct Recording : dispatch_codegen::DispatchMode<Traits> {
  bool dispatch(const Handle& op, Stack* stack) override {
    names += op.operator_name() + ' ';
    op.callBoxed(stack);
    return true;
  }
  std::string names;
};

struct Watching : dispatch_codegen::Observer<Traits> {
  void on_start(const dispatch_codegen::Event<Traits>& event) override {
    names += std::string(event.name) + ' ';
  }
  std::string names;
};

TEST_F(FuserTest, LetsModesSeeTheCalls) {
  const std::int64_t key = fuser_.register_fusion(add_and_scale());
  Recording mode;
  const dispatch_codegen::DispatchModeGuard<Traits> guard(mode);
  const auto stack = stack_of(tensor(2), tensor(5));
  fuser_.run(key, stack.get());
  EXPECT_EQ(mode.names, "fused::add fused::scale ");
}

Fuser* nesting = nullptr;
std::int64_t nested_key = 0;

TEST_F(FuserTest, RunsGraphsWithinGraphs) {
  nesting = &fuser_;
  nested_key = fuser_.register_fusion(add_and_scale());
  library_.def(
      "nested(Tensor a, Tensor b) -> Tensor",
      CppFunction::makeFromBoxedFunctor([](const Handle&, KeySet, Stack* stack) {
        nesting->run_fallback(nested_key, stack);
      }));
  Builder builder(2);
  const GraphValue once =
      builder.call("fused::nested", builder.input(0), builder.input(1));
  const std::int64_t key =
      fuser_.register_fusion(builder.build(builder.call("fused::nested", once, once)));
  const auto stack = stack_of(tensor(2), tensor(5));
  fuser_.run_fallback(key, stack.get());
  EXPECT_EQ(number_at(*stack, 0), 126);
  EXPECT_EQ(fuser_.retrieve(nested_key).fallbacks(), 2U);
}

TEST_F(FuserTest, CallsPrimitives) {
  Builder builder(1);
  const auto parts = builder.split(builder.input(0), 2, 0);
  const std::int64_t key =
      fuser_.register_fusion(builder.build(builder.concat({parts[1], parts[0]}, 1)));
  const auto stack = stack_of(3);
  EXPECT_EQ(error_of([&] { fuser_.run_fallback(key, stack.get()); }),
            "there is no operator prim::ConstantChunk");
  fuser_.set_primitive(std::string(dispatch_codegen::kFusedSplit), [](Stack* made) {
    const auto value = (*made)[0].ref<std::int64_t>();
    const auto pieces = (*made)[1].ref<std::int64_t>();
    made->drop(3);
    for (std::int64_t i = 0; i < pieces; ++i) push(*made, value + i);
  });
  fuser_.set_primitive(std::string(dispatch_codegen::kFusedConcat), [](Stack* made) {
    Value list = (*made)[0];
    made->drop(2);
    made->push(std::move(list));
  });
  fuser_.run_fallback(key, stack.get());
  ASSERT_EQ(stack->size(), 1U);
  EXPECT_EQ(to_string((*stack)[0]), "[4, 3]");
}

TEST_F(FuserTest, ServesFreeFunctions) {
  const std::int64_t key = dispatch_codegen::registerFusion(add_and_scale());
  const auto stack = stack_of(tensor(2), tensor(5));
  EXPECT_FALSE(dispatch_codegen::runFusion<Traits>(key, *stack));
  dispatch_codegen::runFallback<Traits>(key, *stack);
  EXPECT_EQ(number_at(*stack, 0), 21);
  EXPECT_EQ(&dispatch_codegen::retrieve<Traits>(key),
            Fuser::singleton().lookup(add_and_scale()));
}

// ---- fusion

/// What a toy compiler makes: knows `fused::add` and `fused::scale(x, constant)`.
class ToyKernel : public FusedKernel {
 public:
  explicit ToyKernel(Graph graph) : graph_(std::move(graph)) {}

  void run(std::span<Value> arguments, Stack* outputs) override {
    std::vector<double> values;
    for (const Value& argument : arguments) {
      values.push_back(number(argument.tensor()));
    }
    for (const auto& node : graph_.nodes()) {
      const double first = values[node.args[0].value().name()];
      values.push_back(node.op == "fused::add"
                           ? first + values[node.args[1].value().name()]
                           : first * node.args[1].constant().ref<double>());
    }
    for (const auto& output : graph_.outputs()) {
      push(*outputs, tensor(values[output.value().name()]));
      if (values.back() < 0) throw CannotFuse("a result is negative");
    }
  }

 private:
  Graph graph_;
};

class ToyCompiler : public Compiler {
 public:
  std::string describe(std::span<const Value> arguments) override {
    std::string description;
    for (const Value& argument : arguments) {
      if (!argument.is_tensor()) throw CannotFuse("an argument is no tensor");
      description += Traits::text(key_set(argument.tensor()));
    }
    return description;
  }

  Kernel compile(const Graph& graph, const std::string&) override {
    ++asked;
    if (breaks) throw DispatchError("the compiler is broken");
    for (const auto& node : graph.nodes()) {
      if (node.op != "fused::add" && node.op != "fused::scale") {
        throw CannotFuse("there is no code for " + node.op);
      }
    }
    return std::make_shared<ToyKernel>(graph);
  }

  std::atomic<int> asked{0};
  bool breaks = false;
};

class FusionTest : public FuserTest {
 protected:
  FusionTest() : compiler_(std::make_shared<ToyCompiler>()) {
    fuser_.register_compiler(compiler_);
    fuser_.allow({KeySet(kHost), KeySet(Key::Host)});
    key_ = fuser_.register_fusion(add_and_scale());
  }

  /// Why the graph was not fused; empty if it was.
  template <class... Inputs>
  std::string why_not(Inputs&&... inputs) {
    const auto stack = stack_of(std::forward<Inputs>(inputs)...);
    const std::size_t before = stack->size();
    const bool is_fused = fuser_.run_fusion(key_, stack.get());
    std::string reason = fuser_.retrieve(key_).why_not();
    EXPECT_EQ(is_fused, reason.empty());
    EXPECT_EQ(stack->size(), is_fused ? 1 : before);
    if (is_fused) {
      EXPECT_EQ(number_at(*stack, 0), 21);
    }
    return reason;
  }

  std::shared_ptr<ToyCompiler> compiler_;
  std::int64_t key_ = 0;
};

TEST_F(FusionTest, RunsACompiledKernel) {
  EXPECT_EQ(why_not(tensor(2), tensor(5)), "");
  EXPECT_EQ(why_not(tensor(2), tensor(5)), "");
  const auto& spec = fuser_.retrieve(key_);
  EXPECT_EQ(spec.fused(), 2U);
  EXPECT_EQ(spec.compiled(), 1U);
  EXPECT_EQ(fuser_.compiled(), 1U);
  EXPECT_EQ(spec.fallbacks(), 0U);
  ASSERT_EQ(spec.tried().size(), 1U);
  EXPECT_EQ(spec.tried()[0].why_not, "");
  EXPECT_EQ(why_not(tensor(2), tensor(5, KeySet(Key::Host))), "");
  EXPECT_EQ(spec.compiled(), 2U);
  const auto stack = stack_of(tensor(2), tensor(5));
  fuser_.run(key_, stack.get());
  EXPECT_EQ(number_at(*stack, 0), 21);
  EXPECT_EQ(spec.fused(), 4U);
}

TEST_F(FusionTest, RemembersWhatHasNoKernel) {
  Builder builder(1);
  key_ = fuser_.register_fusion(
      builder.build(builder.call("fused::sum", Builder::list(builder.input(0)))));
  EXPECT_EQ(why_not(tensor(1)), "there is no code for fused::sum");
  EXPECT_EQ(why_not(tensor(1)), "there is no code for fused::sum");
  EXPECT_EQ(compiler_->asked, 1);
  EXPECT_EQ(fuser_.retrieve(key_).tried()[0].why_not,
            "there is no code for fused::sum");
  const auto stack = stack_of(tensor(1));
  fuser_.run(key_, stack.get());
  EXPECT_EQ(number_at(*stack, 0), 1);
  EXPECT_EQ(fuser_.retrieve(key_).fallbacks(), 1U);
}

TEST_F(FusionTest, ForgetsOtherErrors) {
  compiler_->breaks = true;
  const auto stack = stack_of(tensor(2), tensor(5));
  EXPECT_EQ(error_of([&] { fuser_.run_fusion(key_, stack.get()); }),
            "the compiler is broken");
  EXPECT_EQ(stack->size(), 2U);
  compiler_->breaks = false;
  EXPECT_EQ(why_not(tensor(2), tensor(5)), "");
  EXPECT_EQ(compiler_->asked, 2);
}

TEST_F(FusionTest, FallsBackWhereAKernelGivesUp) {
  EXPECT_EQ(why_not(tensor(-2), tensor(-5)), "a result is negative");
  const auto stack = stack_of(tensor(-2), tensor(-5));
  fuser_.run(key_, stack.get());
  EXPECT_EQ(number_at(*stack, 0), -21);
}

class WrongCompiler : public ToyCompiler {
 public:
  Kernel compile(const Graph& graph, const std::string& description) override {
    if (fuser != nullptr) {
      const auto stack = stack_of(tensor(1), tensor(2));
      fuser->run_fusion(graph.key(), stack.get());
      inner = fuser->retrieve(graph.key()).why_not();
      return ToyCompiler::compile(graph, description);
    }
    struct Nothing : FusedKernel {
      void run(std::span<Value>, Stack*) override {}
    };
    return std::make_shared<Nothing>();
  }

  Fuser* fuser = nullptr;
  std::string inner;
};

TEST_F(FusionTest, AsksCompilersInTurn) {
  Fuser fuser;
  const std::int64_t key = fuser.register_fusion(add_and_scale());
  fuser.allow({KeySet(kHost)});
  const auto stack = stack_of(tensor(2), tensor(5));
  EXPECT_FALSE(fuser.run_fusion(key, stack.get()));
  EXPECT_EQ(fuser.retrieve(key).why_not(), "there is no compiler");
  fuser.register_compiler(compiler_);
  fuser.register_compiler(std::make_shared<WrongCompiler>());
  const std::int64_t other = fuser.register_fusion(Builder(1).build());
  const auto number_only = stack_of(1);
  EXPECT_FALSE(fuser.run_fusion(other, number_only.get()));
  EXPECT_EQ(fuser.retrieve(other).why_not(),
            "an argument is no tensor; an argument is no tensor");
  EXPECT_TRUE(fuser.run_fusion(key, stack.get()));
}

TEST_F(FusionTest, ChecksWhatKernelsReturn) {
  Fuser fuser;
  const auto compiler = std::make_shared<WrongCompiler>();
  fuser.register_compiler(compiler);
  fuser.allow({KeySet(kHost)});
  const std::int64_t key = fuser.register_fusion(add_and_scale());
  const auto stack = stack_of(tensor(2), tensor(5));
  EXPECT_EQ(error_of([&] { fuser.run_fusion(key, stack.get()); }),
            "a kernel of the fused graph " + std::to_string(key) +
                " returned 0 results instead of 1");
  EXPECT_EQ(stack->size(), 2U);
}

TEST_F(FusionTest, GivesNoKernelToTheCompilerOfIt) {
  Fuser fuser;
  const auto compiler = std::make_shared<WrongCompiler>();
  compiler->fuser = &fuser;
  fuser.register_compiler(compiler);
  fuser.allow({KeySet(kHost)});
  const std::int64_t key = fuser.register_fusion(add_and_scale());
  const auto stack = stack_of(tensor(2), tensor(5));
  EXPECT_TRUE(fuser.run_fusion(key, stack.get()));
  EXPECT_EQ(compiler->inner, "it is being compiled");
}

TEST_F(FusionTest, IsOffWhereCallsWouldReachMore) {
  EXPECT_EQ(why_not(tensor(2), tensor(5, kDevice)),
            "argument 1: calls would dispatch by {Device, AutogradDevice}, which is "
            "not allowed to be fused");
  EXPECT_EQ(why_not(tensor(2), tensor(5, KeySet({Key::Host, Key::AutogradOther}))),
            "argument 1: calls would reach AutogradOther too, by {Host, "
            "AutogradOther}");
  {
    const KeySetGuard traced({.include = KeySet(Key::Trace)});
    EXPECT_EQ(why_not(tensor(2), tensor(5)),
              "argument 0: calls would reach Trace too, by {Host, AutogradHost, "
              "Trace}");
  }
  {
    Recording mode;
    const dispatch_codegen::DispatchModeGuard<Traits> guard(mode);
    EXPECT_NE(why_not(tensor(2), tensor(5)).find("Mode too"), std::string::npos);
    EXPECT_EQ(mode.names, "");
  }
  EXPECT_EQ(why_not(tensor(2), tensor(5)), "");
  fuser_.set_enabled(false);
  EXPECT_FALSE(fuser_.is_enabled());
  EXPECT_EQ(why_not(tensor(2), tensor(5)), "fusing is disabled");
  Fuser fuser;
  const auto stack = stack_of(tensor(2), tensor(5));
  EXPECT_FALSE(fuser.run_fusion(fuser.register_fusion(add_and_scale()), stack.get()));
  EXPECT_EQ(fuser.lookup(add_and_scale())->why_not(),
            "argument 0: no keyset is allowed to be fused");
}

TEST_F(FusionTest, IsOffWhereArgumentsAreNotAllowedTogether) {
  fuser_.allow({KeySet(Key::Device)});
  EXPECT_EQ(why_not(tensor(2), tensor(5, KeySet(Key::Device))),
            "together: calls would dispatch by {Host, Device, AutogradHost, "
            "AutogradDevice}, which is not allowed to be fused");
}

TEST_F(FusionTest, IsOffWhereGradientsAreWanted) {
  const auto wanted = [] { return tensor(5, kHost, true); };
  EXPECT_EQ(why_not(tensor(2), wanted()), "argument 1 requires a gradient");
  const KeySetGuard below({.exclude = kAutograd});
  EXPECT_EQ(why_not(tensor(2), wanted()), "");
}

TEST_F(FusionTest, AsksTheAutogradEngine) {
  struct Hooks : dispatch_codegen::VariableHooks<Traits> {
    bool is_grad_enabled() override { return true; }
    bool requires_grad(const Tensor& tensor) override { return number(tensor) == 5; }
    void register_hook(const Tensor&, const Node&) override {}
    void set_history(const Tensor&, const Node&, const std::vector<Tensor>&) override {}
  } hooks;
  dispatch_codegen::AutogradFallback<Traits>::set_hooks(&hooks);
  EXPECT_EQ(why_not(tensor(2), tensor(5)), "argument 1 requires a gradient");
  dispatch_codegen::AutogradFallback<Traits>::set_hooks(nullptr);
  EXPECT_EQ(why_not(tensor(2), tensor(5)), "");
}

TEST_F(FusionTest, IsOffWhileCallsAreObserved) {
  const auto observer = std::make_shared<Watching>();
  {
    const dispatch_codegen::ObserverGuard<Traits> guard(observer);
    const auto stack = stack_of(tensor(2), tensor(5));
    fuser_.run(key_, stack.get());
    EXPECT_EQ(number_at(*stack, 0), 21);
    EXPECT_EQ(fuser_.retrieve(key_).why_not(), "calls are observed");
  }
  EXPECT_NE(observer->names.find("fused::add "), std::string::npos);
  EXPECT_EQ(why_not(tensor(2), tensor(5)), "");
}

TEST_F(FusionTest, LooksAtTensorsInLists) {
  std::vector<Value> inner;
  inner.emplace_back(tensor(5, kDevice));
  std::vector<Value> outer;
  outer.emplace_back(std::move(inner));
  EXPECT_EQ(why_not(tensor(2), std::move(outer)),
            "argument 1: calls would dispatch by {Device, AutogradDevice}, which is "
            "not allowed to be fused");
}

TEST_F(FusionTest, IsUsedByManyThreads) {
  std::vector<std::thread> threads;
  threads.reserve(8);
  std::atomic<int> wrong{0};
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      for (int j = 0; j < 50; ++j) {
        const std::int64_t key = fuser_.register_fusion(add_and_scale());
        Builder builder(1);
        const GraphValue scaled =
            builder.call("fused::scale", builder.input(0), static_cast<double>(j % 7));
        const std::int64_t own = fuser_.register_fusion(builder.build(scaled));
        const auto stack = stack_of(tensor(2), tensor(5));
        if ((i + j) % 2 == 0) {
          fuser_.run(key, stack.get());
        } else {
          fuser_.run_fallback(key, stack.get());
        }
        fuser_.run_fallback(own, stack.get());
        if (number_at(*stack, 0) != 21 * (j % 7)) ++wrong;
        static_cast<void>(fuser_.retrieve(key).why_not());
        static_cast<void>(fuser_.retrieve(key).tried());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(compiler_->asked, 1);
  EXPECT_EQ(fuser_.retrieve(key_).fused(), 200U);
  EXPECT_EQ(fuser_.retrieve(key_).fallbacks(), 200U);
  EXPECT_EQ(fuser_.size(), 8U);
}

}  // namespace
}  // namespace fuser_test
