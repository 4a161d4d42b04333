#include "schema.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

namespace dispatch_codegen {
namespace {

std::string canonical(std::string_view text) {
  return to_string(Schema::parse(text).view());
}

SchemaError error_of(std::string_view text) {
  try {
    static_cast<void>(Schema::parse(text));
  } catch (const SchemaError& error) {
    return error;
  }
  ADD_FAILURE() << "it is a schema: " << text;
  return {"", "", 0};
}

class CanonicalTest : public testing::TestWithParam<std::string_view> {};

TEST_P(CanonicalTest, IsPrintedAsItIsRead) {
  EXPECT_EQ(canonical(GetParam()), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    ,
    CanonicalTest,
    testing::Values(
        "ns::one(Tensor self) -> Tensor",
        "one.self(Tensor self) -> Tensor",
        "one(Tensor self) -> int",
        "one(Tensor a, Tensor b, Tensor? c=None) -> Tensor",
        "one(Tensor(a) self, SymInt[] shape) -> Tensor(a)",
        "one.two(Tensor(a) self, int start=0, int end=-1) -> Tensor(a)",
        "one(Tensor(a -> *) self, int chunks, int dim=0) -> Tensor(a)[]",
        "one_(Tensor(a!) self, bool requires=True) -> Tensor(a!)",
        "one(SymInt[] size, *, ScalarType? d=None, bool? p=None) -> Tensor",
        "one.out(Scalar start, Scalar step=1, *, Tensor(a!) out) -> Tensor(a!)",
        "one.D(Tensor self, int[1]? dim, bool keep=False, *, Device? d=None) -> Tensor",
        "t::one(Tensor self, float v=0.01) -> Tensor",
        "one.T(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor",
        "one(Tensor[] tensors, int dim=0) -> Tensor",
        "one_.L(Tensor(a!)[] self, Tensor[] other, *, Scalar alpha=1) -> ()",
        "one.L(Tensor[] self) -> Tensor[]",
        "one.T(Tensor self, Tensor?[] indices) -> Tensor",
        "one(Tensor(a) self, SymInt? start=None, SymInt step=1) -> Tensor(a)",
        "one_(Tensor(a!) self, *, Generator? generator=None) -> Tensor(a!)",
        "one(Tensor(a|b -> c|*) x, Tensor(*) y) -> (Tensor(a!), Tensor out)",
        "one(int[2] x=1, int[2] y=[1, 2], float[] z=[1., 0.5]) -> ()",
        "one(Dict(str, Tensor) d, (int, Tensor?)[] t, Future(Tensor) f) -> ((int, t))",
        "one(__torch__.a.B x, Tensor[][]? y) -> __torch__.a.B",
        "one(str s=\"it\\'s \\\"\\\\\\n\\303\\251\") -> str",
        "one(...) -> ...",
        "one(int a, ...) -> (int, ...)",
        "one() -> ()"));

TEST(SchemaTest, NormalizesTheText) {
  EXPECT_EQ(canonical("a :: b . c(Tensor  x)->Tensor # comment"),
            "a::b.c(Tensor x) -> Tensor");
  EXPECT_EQ(canonical("f(Tensor?? a, Tensor(a|a) b) -> (Tensor)"),
            "f(Tensor? a, Tensor(a) b) -> Tensor");
  EXPECT_EQ(canonical("f(Tensor(a|b -> b|a) a, (Tensor(a), int) b) -> ()"),
            "f(Tensor(a|b) a, (Tensor, int) b) -> ()");
}

TEST(SchemaTest, NormalizesDefaults) {
  EXPECT_EQ(canonical("f(float a=1, float b=0.1, float c=1e20, Scalar d=-.5) -> ()"),
            "f(float a=1., float b=0.10000000000000001, float c=1e+20, Scalar d=-0.5) "
            "-> ()");
  EXPECT_EQ(canonical("f(int a=007, int b=-0, complex c=-1-2j) -> ()"),
            "f(int a=7, int b=0, complex c=-1.-2.j) -> ()");
  EXPECT_EQ(canonical("f(int[2] a=[1,1], SymInt[2] b=1, int[1] c=1) -> ()"),
            "f(int[2] a=1, SymInt[2] b=[1, 1], int[1] c=[1]) -> ()");
  EXPECT_EQ(canonical("f(MemoryFormat a=contiguous_format, X b=other) -> ()"),
            "f(MemoryFormat a=0, X b=other) -> ()");
  EXPECT_EQ(canonical("f(str a='\\101\\'') -> ()"), "f(str a=\"A\\'\") -> ()");
}

TEST(SchemaTest, SaysWhatIsInTheText) {
  const Schema schema = Schema::parse(
      "ns::name.overload(Tensor self, Tensor(a!)[] others, Tensor? x, Tensor?[] y, *, "
      "int[2]? dim=None, str s=\"x\") -> (Tensor(a!), int out)");
  const SchemaView view = schema.view();
  EXPECT_EQ(view.name, "ns::name");
  EXPECT_EQ(view.overload, "overload");
  EXPECT_EQ(operator_name(view), "ns::name.overload");
  EXPECT_TRUE(view.is_mutable());
  ASSERT_EQ(view.arguments.size(), 6U);
  EXPECT_EQ(view.arguments[0].name, "self");
  EXPECT_EQ(view.arguments[0].kind, ArgumentKind::kTensor);
  EXPECT_FALSE(view.arguments[0].is_alias);
  EXPECT_EQ(view.arguments[1].type, "Tensor(a!)[]");
  EXPECT_EQ(view.arguments[1].kind, ArgumentKind::kTensorList);
  EXPECT_TRUE(view.arguments[1].is_write);
  EXPECT_TRUE(view.arguments[1].is_alias);
  EXPECT_EQ(view.arguments[2].kind, ArgumentKind::kOptionalTensor);
  EXPECT_EQ(view.arguments[3].kind, ArgumentKind::kOptionalTensorList);
  EXPECT_FALSE(view.arguments[3].kwarg_only);
  EXPECT_EQ(view.arguments[4].type, "int[2]?");
  EXPECT_EQ(view.arguments[4].kind, ArgumentKind::kOther);
  EXPECT_TRUE(view.arguments[4].kwarg_only);
  EXPECT_TRUE(view.arguments[4].has_default);
  EXPECT_EQ(view.arguments[4].default_text, "None");
  EXPECT_EQ(view.arguments[5].default_text, "\"x\"");
  ASSERT_EQ(view.returns.size(), 2U);
  EXPECT_TRUE(view.returns[0].is_write);
  EXPECT_EQ(view.returns[0].name, "");
  EXPECT_EQ(view.returns[1].name, "out");
}

TEST(SchemaTest, WhatAListSaysOfItselfHidesItsElements) {
  const Schema schema = Schema::parse("f(Tensor(a!)[](b) x, Tensor(a)[](b!) y) -> ()");
  EXPECT_FALSE(schema.view().arguments[0].is_write);
  EXPECT_TRUE(schema.view().arguments[1].is_write);
}

TEST(SchemaTest, ViewsSurviveAMove) {
  Schema schema = Schema::parse("f(T a) -> T");
  const SchemaView before = schema.view();
  const Schema moved = std::move(schema);
  EXPECT_EQ(to_string(before), "f(T a) -> T");
  EXPECT_EQ(to_string(moved), "f(T a) -> T");
}

TEST(SchemaTest, TablesAreConstant) {
  static constexpr Argument kArguments[] = {
      {.name = "self",
       .type = "Tensor(a!)",
       .is_write = true,
       .is_alias = true,
       .kind = ArgumentKind::kTensor},
      {.name = "n",
       .type = "int",
       .default_text = "1",
       .has_default = true,
       .kwarg_only = true},
  };
  static constexpr Return kReturns[] = {{.type = "Tensor(a!)", .is_write = true}};
  static constexpr SchemaView kSchema{"ns::f", "x", kArguments, kReturns};
  static_assert(kSchema.is_mutable());
  EXPECT_EQ(to_string(kSchema), "ns::f.x(Tensor(a!) self, *, int n=1) -> Tensor(a!)");
}

TEST(SchemaTest, NamesAreReadAlone) {
  EXPECT_EQ(OperatorName::parse("ns::f.x"), (OperatorName{"ns::f", "x"}));
  EXPECT_EQ(OperatorName::parse("f"), (OperatorName{"f", ""}));
  EXPECT_TRUE(OperatorName::parse("ns::f").has_namespace());
  EXPECT_THROW(OperatorName::parse("f(int a)"), SchemaError);
  EXPECT_THROW(OperatorName::parse("f.default"), SchemaError);
  EXPECT_THROW(OperatorName::parse(""), SchemaError);
}

TEST(SchemaTest, ErrorsShowThePlace) {
  const SchemaError error = error_of("f(Tensor a\n  -> Tensor");
  EXPECT_EQ(error.message(), "expected \")\", found \"->\"");
  EXPECT_EQ(error.text(), "f(Tensor a\n  -> Tensor");
  EXPECT_EQ(error.offset(), 13U);
  EXPECT_STREQ(error.what(), "expected \")\", found \"->\"\n    -> Tensor\n    ^");
  EXPECT_STREQ(error_of("f(").what(),
               "expected an argument's type, found the end\n  f(\n    ^");
  EXPECT_STREQ(error_of("\xC3\xA9 f").what(),
               "unexpected character '\xC3\xA9'\n  \xC3\xA9 f\n  ^");
}

struct BadCase {
  std::string_view text;
  std::size_t offset;
  std::string_view message;
};

class BadTest : public testing::TestWithParam<BadCase> {};

TEST_P(BadTest, IsRefused) {
  const SchemaError error = error_of(GetParam().text);
  EXPECT_EQ(error.message(), GetParam().message);
  EXPECT_EQ(error.offset(), GetParam().offset);
}

INSTANTIATE_TEST_SUITE_P(
    ,
    BadTest,
    testing::Values(
        BadCase{"", 0, "expected an operator's name, found the end"},
        BadCase{"f.default() -> ()", 2, "an overload cannot be called \"default\""},
        BadCase{"f(Tensor) -> ()", 8, "expected an argument's name, found \")\""},
        BadCase{"f(Tensor[ a) -> ()", 10, "expected a size, found \"a\""},
        BadCase{
            "f(Tensor! a) -> ()", 8, "what is written to is in a set, like Tensor(a!)"},
        BadCase{"f(Tensor(a! a) -> ()", 12, "expected \")\", found \"a\""},
        BadCase{"f(Tensor() a) -> ()", 9, "expected an alias set, found \")\""},
        BadCase{"f(int a=1, int b) -> ()",
                15,
                "argument \"b\" has no default, but one before it has"},
        BadCase{"f(int a=) -> ()", 8, "expected a constant, found \")\""},
        BadCase{"f(int[] a=1) -> ()", 10, "expected \"[\", found the number 1"},
        BadCase{"f(int a=9223372036854775808) -> ()",
                8,
                "the number does not fit into 64 bits"},
        BadCase{"f(float a=1e400) -> ()", 10, "the number does not fit into a float"},
        BadCase{"f(str a=\"x) -> ()", 8, "the string has no end"},
        BadCase{"f(str a=\"\\q\") -> ()", 9, "unknown escape in the string"},
        BadCase{"f(None? a) -> ()", 6, "NoneType cannot be optional"},
        BadCase{"f(..., int a) -> ()", 2, "\"...\" must be the last argument"},
        BadCase{"f(int a) -> ()x", 14, "expected the end, found \"x\""},
        BadCase{"f(int[99999999999] a) -> ()", 6, "the size does not fit into 32 bits"},
        BadCase{
            "f(int[70000] a=1) -> ()", 15, "a default of more than 65536 elements"}));

TEST(SchemaTest, DeepTypesAreRefused) {
  const auto nested = [](std::size_t depth) {
    return "f(" + std::string(depth, '(') + "int" + std::string(depth, ')') +
           " a) -> ()";
  };
  EXPECT_EQ(canonical(nested(31)), nested(31));
  EXPECT_EQ(error_of(nested(32)).message(), "the type is more than 32 types deep");
  EXPECT_EQ(error_of(nested(100000)).message(), "the type is more than 32 types deep");
}

}  // namespace
}  // namespace dispatch_codegen
