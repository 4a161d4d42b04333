#include "value.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "stack.h"

// Copies, and what is left after a move, are what is tested here.
// NOLINTBEGIN(performance-unnecessary-copy-initialization,bugprone-use-after-move)

namespace dispatch_codegen {
namespace {

/// Counts its copies, as a handle counts its owners.
class Tensor {
 public:
  explicit Tensor(int id) : id_(std::make_shared<int>(id)) {}

  int id() const { return *id_; }
  long owners() const { return id_.use_count(); }
  bool same(const Tensor& other) const { return id_ == other.id_; }

 private:
  std::shared_ptr<int> id_;
};

struct Handle {
  Handle() = default;
  Handle(const Handle&) {}
  ~Handle() {}  // NOLINT(modernize-use-equals-default): not trivial.
  void* pointer = nullptr;
};

/// Fits inline, but cannot be moved byte by byte.
struct SelfReferring {
  explicit SelfReferring(int value) : number(value), self(this) {}
  SelfReferring(const SelfReferring& other) : number(other.number), self(this) {}
  SelfReferring(SelfReferring&& other) noexcept : number(other.number), self(this) {}
  SelfReferring& operator=(const SelfReferring&) = delete;
  ~SelfReferring() { EXPECT_EQ(self, this); }
  int number;
  SelfReferring* self;
};

struct ThrowsWhenCopied {
  ThrowsWhenCopied() = default;
  ThrowsWhenCopied(const ThrowsWhenCopied&) { throw std::runtime_error("no"); }
  int number = 3;
};

struct OnlyMoved {
  explicit OnlyMoved(int value) : number(std::make_unique<int>(value)) {}
  std::unique_ptr<int> number;
};

enum class Color : std::uint8_t { kRed = 1, kGreen = 2 };

using V = Value<Tensor>;
using List = V::List;
using Tensors = std::vector<Tensor>;

static_assert(sizeof(Value<Handle>) == 24);
static_assert(!std::is_nothrow_move_constructible_v<V>);

template <class F>
std::string error_of(F&& f) {
  try {
    f();
  } catch (const TypeError& error) {
    return error.what();
  }
  return "no error";
}

// ---- borrowing and owning

TEST(ValueTest, DefaultIsNone) {
  const V value;
  EXPECT_TRUE(value.is_none());
  EXPECT_FALSE(value.is_borrowed());
  EXPECT_EQ(value.kind(), ValueKind::kNone);
  EXPECT_EQ(value.type_name(), "None");
  EXPECT_TRUE(V(std::nullopt).is_none());
  EXPECT_TRUE(V(value).is_none());
}

TEST(ValueTest, BorrowsWithoutACopy) {
  const Tensor tensor(1);
  {
    const V value = V::borrow(tensor);
    EXPECT_TRUE(value.is_borrowed());
    EXPECT_TRUE(value.is_tensor());
    EXPECT_EQ(&value.tensor(), &tensor);
    EXPECT_EQ(tensor.owners(), 1);
  }
  EXPECT_EQ(tensor.owners(), 1);
}

TEST(ValueTest, CopyingABorrowedValueOwns) {
  auto tensor = std::make_unique<Tensor>(1);
  const V borrowed = V::borrow(*tensor);
  const V copy(borrowed);
  EXPECT_FALSE(copy.is_borrowed());
  EXPECT_EQ(tensor->owners(), 2);
  tensor.reset();
  EXPECT_EQ(copy.tensor().id(), 1);
  EXPECT_EQ(copy.tensor().owners(), 1);
}

TEST(ValueTest, MovingABorrowedValueOwns) {
  const Tensor tensor(1);
  V borrowed = V::borrow(tensor);
  const V moved(std::move(borrowed));
  EXPECT_FALSE(moved.is_borrowed());
  EXPECT_EQ(tensor.owners(), 2);
  EXPECT_TRUE(borrowed.is_borrowed());  // NOLINT: says what is left.
}

TEST(ValueTest, MovingAnOwnedValueLeavesNone) {
  V tensor(Tensor(1));
  V moved(std::move(tensor));
  EXPECT_TRUE(tensor.is_none());  // NOLINT
  EXPECT_EQ(moved.tensor().owners(), 1);
  V text(std::string(100, 'x'));
  const std::string* const address = &text.ref<std::string>();
  moved = std::move(text);
  EXPECT_EQ(&moved.ref<std::string>(), address);
}

TEST(ValueTest, Assigns) {
  const Tensor one(1);
  const Tensor two(2);
  V value(one);
  value = V::borrow(two);
  EXPECT_FALSE(value.is_borrowed());
  EXPECT_EQ(value.tensor().id(), 2);
  EXPECT_EQ(one.owners(), 1);
  V& same = value;
  value = same;
  value = std::move(same);
  EXPECT_EQ(value.tensor().id(), 2);
  EXPECT_EQ(two.owners(), 2);
  value.reset();
  EXPECT_TRUE(value.is_none());
  EXPECT_EQ(two.owners(), 1);
  value = 5;
  EXPECT_EQ(value.ref<std::int64_t>(), 5);
}

TEST(ValueTest, AssignsWhatIsInsideOfItself) {
  V value(List{V(Tensor(1)), V(List{V(2)})});
  value = value.list_at(1);
  EXPECT_EQ(to_string(value), "[2]");
  value = value.list_at(0);
  EXPECT_EQ(to_string(value), "2");
}

TEST(ValueTest, BorrowsWhatAnotherValueHolds) {
  const Tensor tensor(1);
  const V owned(tensor);
  const V alias = V::borrow(owned);
  EXPECT_TRUE(alias.is_borrowed());
  EXPECT_EQ(&alias.tensor(), &owned.tensor());
  EXPECT_EQ(tensor.owners(), 2);
  EXPECT_EQ(&V::borrow(alias).tensor(), &owned.tensor());
  EXPECT_TRUE(V::borrow(V()).is_none());
  const V text(std::string("text"));
  EXPECT_EQ(&V::borrow(text).ref<std::string>(), &text.ref<std::string>());
}

TEST(ValueTest, WritesToWhatIsBorrowedForThat) {
  Tensor tensor(1);
  V value = V::borrow_mutable(tensor);
  value.mutable_ref<Tensor>() = Tensor(2);
  EXPECT_EQ(tensor.id(), 2);
  V constant = V::borrow(std::as_const(tensor));
  EXPECT_EQ(error_of([&] { constant.mutable_ref<Tensor>(); }),
            "expected Tensor to write to, found Tensor, which is constant");
  V alias = V::borrow_mutable(value);
  EXPECT_EQ(&alias.mutable_ref<Tensor>(), &tensor);
  V constant_alias = V::borrow(value);
  EXPECT_THROW(constant_alias.mutable_ref<Tensor>(), TypeError);
  V owned(constant);
  owned.mutable_ref<Tensor>() = Tensor(3);
  EXPECT_EQ(owned.tensor().id(), 3);
}

TEST(ValueTest, NumbersAreCopied) {
  std::int32_t number = 7;
  const V value = V::borrow(number);
  number = 8;
  EXPECT_FALSE(value.is_borrowed());
  EXPECT_EQ(value.ref<std::int64_t>(), 7);
  EXPECT_EQ(V::borrow(0.5F).ref<double>(), 0.5);
  EXPECT_TRUE(V::borrow(true).ref<bool>());
  EXPECT_EQ(V(true).kind(), ValueKind::kBool);
  EXPECT_EQ(V('a').kind(), ValueKind::kInt);
  EXPECT_EQ(V(std::size_t{3}).ref<std::int64_t>(), 3);
}

TEST(ValueTest, OptionalsAreNoneOrWhatIsInThem) {
  const std::optional<Tensor> empty;
  const std::optional<Tensor> full = Tensor(1);
  EXPECT_TRUE(V::borrow(empty).is_none());
  EXPECT_EQ(&V::borrow(full).tensor(), &*full);
  EXPECT_TRUE(V(empty).is_none());
  EXPECT_EQ(V(full).tensor().id(), 1);
  EXPECT_EQ(V::borrow(std::optional<int>(3)).ref<std::int64_t>(), 3);
  const std::optional<std::optional<Tensor>> nested = full;
  EXPECT_EQ(&V::borrow(nested).tensor(), &**nested);
  const V owned(std::optional<std::string_view>("x"));
  EXPECT_EQ(owned.ref<std::string>(), "x");
}

TEST(ValueTest, CopiesOfViewsOwn) {
  std::string text("some text");
  std::string_view view(text);
  const V borrowed = V::borrow(view);
  EXPECT_EQ(borrowed.kind(), ValueKind::kString);
  const V copy(borrowed);
  text = "other    ";
  EXPECT_EQ(copy.ref<std::string>(), "some text");

  Tensors tensors{Tensor(1), Tensor(2)};
  const std::span<const Tensor> span(tensors);
  const V list = V::borrow(span);
  EXPECT_EQ(list.type_name(), "Tensor[]");
  const V list_copy(list);
  tensors.clear();
  EXPECT_EQ(list_copy.ref<Tensors>()[1].id(), 2);

  const std::array<bool, 2> bools{true, false};
  const V bool_list(std::span<const bool>{bools});
  EXPECT_EQ(to_string(bool_list), "[True, False]");
  EXPECT_TRUE(bool_list.is<BoolList>());
  EXPECT_EQ(to_string(V::borrow(std::vector<bool>{true, false})), "[True, False]");

  std::string element("x");
  const std::vector<std::string_view> views{element};
  const V borrowed_views = V::borrow(views);
  const V strings(borrowed_views);
  element = "y";
  EXPECT_EQ(to_string(strings), "[\"x\"]");
  const V optionals{std::vector<std::optional<std::string_view>>{"a", {}}};
  EXPECT_EQ(to_string(optionals), "[\"a\", None]");
}

TEST(ValueTest, HoldsAnyType) {
  const V small{SelfReferring(5)};
  const V copy(small);
  V moved{V(copy)};
  EXPECT_EQ(moved.ref<SelfReferring>().self, &moved.ref<SelfReferring>());
  moved = small;
  EXPECT_EQ(moved.ref<SelfReferring>().number, 5);
  const V large(std::array<double, 8>{1.5});
  EXPECT_EQ((V(large).ref<std::array<double, 8>>()[0]), 1.5);
  EXPECT_EQ(small.kind(), ValueKind::kOther);
  EXPECT_NE(small.type_name().find("SelfReferring"), std::string_view::npos);
}

TEST(ValueTest, WhatCannotBeCopiedCanBeHeld) {
  V value(OnlyMoved(3));
  const V moved(std::move(value));
  EXPECT_EQ(*moved.ref<OnlyMoved>().number, 3);
  EXPECT_NE(error_of([&] { const V copy(moved); }).find("OnlyMoved"),
            std::string::npos);
}

TEST(ValueTest, ACopyThatThrowsChangesNothing) {
  const ThrowsWhenCopied object;
  V borrowed = V::borrow(object);
  EXPECT_THROW(V(borrowed).is_none(), std::runtime_error);
  EXPECT_THROW(V(std::move(borrowed)).is_none(), std::runtime_error);
  V value(1);
  EXPECT_THROW(value = borrowed, std::runtime_error);
  EXPECT_EQ(value.ref<std::int64_t>(), 1);
}

TEST(ValueTest, ErrorsNameBothTypes) {
  const V value(1);
  EXPECT_EQ(error_of([&] { value.tensor(); }), "expected Tensor, found int");
  EXPECT_EQ(error_of([&] { V().ref<std::string>(); }), "expected str, found None");
  EXPECT_EQ(error_of([&] { V(Tensors()).tensor(); }),
            "expected Tensor, found Tensor[]");
  EXPECT_EQ(error_of([&] { value.list_size(); }), "expected a list, found int");
}

// ---- unboxing

TEST(UnboxTest, GivesWhatTheValueHasWithoutACopy) {
  const Tensor tensor(1);
  const V value = V::borrow(tensor);
  EXPECT_EQ(&unbox<Tensor>(value).get(), &tensor);
  EXPECT_EQ(&unbox<const Tensor&>(value).get(), &tensor);
  const Tensors tensors{tensor};
  const std::span<const Tensor> span(tensors);
  EXPECT_EQ(unbox<std::span<const Tensor>>(V::borrow(span)).get().data(),
            tensors.data());
  EXPECT_EQ(unbox<std::span<const Tensor>>(V::borrow(tensors)).get().data(),
            tensors.data());
  EXPECT_EQ(&unbox<Tensors>(V::borrow(tensors)).get(), &tensors);
  EXPECT_EQ(&unbox<V>(value).get(), &value);
  EXPECT_EQ(tensor.owners(), 2);
}

TEST(UnboxTest, GivesTheOptionalThatWasBorrowed) {
  const std::optional<Tensor> full = Tensor(1);
  const V borrowed = V::borrow(full);
  EXPECT_EQ(&unbox<std::optional<Tensor>>(borrowed).get(), &full);
  const V alias = V::borrow(borrowed);
  EXPECT_EQ(&unbox<std::optional<Tensor>>(alias).get(), &full);
  EXPECT_EQ(full->owners(), 1);
  const V owned(borrowed);
  EXPECT_EQ(unbox<std::optional<Tensor>>(owned).get()->id(), 1);
  EXPECT_EQ(unbox<std::optional<Tensor>>(V()).get(), std::nullopt);
}

TEST(UnboxTest, ConvertsNumbers) {
  EXPECT_EQ(unbox<std::int64_t>(V(3)).get(), 3);
  EXPECT_EQ(unbox<double>(V(3)).get(), 3.0);
  EXPECT_EQ(unbox<float>(V(0.5)).get(), 0.5F);
  EXPECT_EQ(unbox<std::optional<std::int64_t>>(V(3)).get(), 3);
  EXPECT_EQ(unbox<std::optional<std::int64_t>>(V()).get(), std::nullopt);
  EXPECT_EQ(unbox<std::uint64_t>(V(~std::uint64_t{0})).get(), ~std::uint64_t{0});
  EXPECT_EQ(unbox<std::int8_t>(V(-128)).get(), -128);
  EXPECT_EQ(error_of([] { unbox<std::int8_t>(V(128)); }),
            "expected signed char, found 128");
  EXPECT_EQ(error_of([] { unbox<std::int64_t>(V(3.0)); }), "expected int, found float");
  EXPECT_EQ(error_of([] { unbox<std::int64_t>(V(true)); }), "expected int, found bool");
  EXPECT_EQ(error_of([] { unbox<double>(V()); }), "expected float, found None");
  EXPECT_EQ(error_of([] { unbox<bool>(V(1)); }), "expected bool, found int");
}

TEST(UnboxTest, ConvertsStringsAndEnumerators) {
  const std::string text("text");
  const std::string_view view(text);
  EXPECT_EQ(unbox<std::string_view>(V::borrow(text)).get().data(), text.data());
  EXPECT_EQ(unbox<std::string_view>(V::borrow(view)).get(), "text");
  EXPECT_EQ(&unbox<std::string>(V::borrow(text)).get(), &text);
  EXPECT_EQ(unbox<std::string>(V::borrow(view)).get(), "text");
  EXPECT_EQ(unbox<std::optional<std::string>>(V("text")).get(), "text");
  EXPECT_EQ(error_of([] { unbox<std::string_view>(V(1)); }), "expected str, found int");
  EXPECT_EQ(unbox<Color>(V::borrow(Color::kGreen)).get(), Color::kGreen);
  EXPECT_EQ(unbox<Color>(V(2)).get(), Color::kGreen);
  EXPECT_THROW(unbox<Color>(V(256)), TypeError);
}

TEST(UnboxTest, ConvertsLists) {
  const V ints(List{V(1), V(2)});
  const Unboxed<std::span<const std::int64_t>, Tensor> holder(ints);
  EXPECT_EQ(holder.get()[1], 2);
  EXPECT_TRUE(holder.is_converted());
  EXPECT_EQ(unbox<std::span<const double>>(ints).get()[1], 2.0);
  EXPECT_EQ(unbox<std::vector<int>>(ints).get(), (std::vector<int>{1, 2}));
  EXPECT_EQ((unbox<std::array<int, 2>>(ints).get()), (std::array<int, 2>{1, 2}));
  EXPECT_EQ(error_of([&] { unbox<std::array<int, 3>>(ints); }),
            "expected a list of 3, found one of 2");
  EXPECT_TRUE(unbox<std::span<const bool>>(V(List{V(true)})).get()[0]);
  EXPECT_EQ(unbox<std::vector<bool>>(V(std::vector<bool>{true, false})).get(),
            (std::vector<bool>{true, false}));
  const V optional(List{V(Tensor(1)), V()});
  const Unboxed<std::span<const std::optional<Tensor>>, Tensor> tensors(optional);
  EXPECT_EQ(tensors.get()[0]->id(), 1);
  EXPECT_FALSE(tensors.get()[1].has_value());
  const Unboxed<std::optional<std::span<const std::int64_t>>, Tensor> maybe(ints);
  EXPECT_EQ(maybe.get().value()[0], 1);
  EXPECT_EQ(unbox<std::optional<std::span<const int>>>(V()).get().has_value(), false);
  const V strings(List{V("a"), V("b")});
  EXPECT_EQ(unbox<std::span<const std::string_view>>(strings).get()[1], "b");
  EXPECT_EQ(unbox<std::span<const V>>(strings).get().size(), 2U);
  EXPECT_EQ(unbox<std::span<const V>>(V(Tensors{Tensor(4)})).get()[0].tensor().id(), 4);
  EXPECT_EQ(error_of([&] { unbox<std::span<const Tensor>>(strings); }),
            "expected Tensor, found str");
  EXPECT_EQ(error_of([] { unbox<std::span<const Tensor>>(V(1)); }),
            "expected Tensor[], found int");
}

TEST(UnboxTest, NestedListsAreNotLeftDangling) {
  const std::vector<std::vector<std::int64_t>> rows{{1}, {2, 3}};
  using Rows = std::span<const std::span<const std::int64_t>>;
  EXPECT_EQ(unbox<Rows>(V(rows)).get()[1][1], 3);
  EXPECT_THROW(unbox<Rows>(V(List{V(List{V(1)})})), TypeError);
}

TEST(UnboxTest, GivesWhatIsWrittenTo) {
  Tensor tensor(1);
  V value = V::borrow_mutable(tensor);
  EXPECT_EQ(&unbox<Tensor&>(value).get(), &tensor);
  Tensors tensors{tensor};
  std::span<Tensor> span(tensors);
  V list = V::borrow(span);
  EXPECT_EQ(unbox<std::span<Tensor>>(list).get().data(), tensors.data());
  V owned(list);
  unbox<std::span<Tensor>>(owned).get()[0] = Tensor(5);
  EXPECT_EQ(owned.ref<Tensors>()[0].id(), 5);
  V constant = V::borrow(std::as_const(tensors));
  EXPECT_THROW(unbox<std::span<Tensor>>(constant), TypeError);
}

TEST(TakeTest, MovesWhatIsOwned) {
  const Tensor tensor(1);
  V owned(tensor);
  const Tensor taken = take<Tensor>(std::move(owned));
  EXPECT_EQ(tensor.owners(), 2);
  EXPECT_EQ(take<Tensor>(V::borrow(tensor)).owners(), 3);
  EXPECT_EQ(take<double>(V(1)), 1.0);
  EXPECT_EQ(take<std::optional<Tensor>>(V()), std::nullopt);
  EXPECT_EQ(take<std::optional<Tensor>>(V(tensor))->id(), 1);
  EXPECT_EQ(take<Tensors>(V(List{V(tensor)}))[0].id(), 1);
  EXPECT_EQ(take<std::string>(V("x")), "x");
  EXPECT_EQ(take<V>(V(2)).ref<std::int64_t>(), 2);
  EXPECT_EQ(*take<OnlyMoved>(V(OnlyMoved(4))).number, 4);
  EXPECT_THROW(take<Tensor>(V(1)), TypeError);
}

// ---- what is asked of any value

template <bool kWithOptionalLists = true>
std::vector<int> ids(const V& value) {
  std::vector<int> found;
  for_each_tensor<kWithOptionalLists>(
      value, [&](const Tensor& tensor) { found.push_back(tensor.id()); });
  return found;
}

TEST(ForEachTensorTest, FindsThem) {
  const Tensor one(1);
  const Tensors list{one, Tensor(2)};
  const std::span<const Tensor> span(list);
  const std::vector<std::optional<Tensor>> optionals{Tensor(3), std::nullopt};
  EXPECT_EQ(ids(V::borrow(one)), (std::vector<int>{1}));
  EXPECT_EQ(ids(V(std::optional<Tensor>(one))), (std::vector<int>{1}));
  EXPECT_EQ(ids(V::borrow(list)), (std::vector<int>{1, 2}));
  EXPECT_EQ(ids(V::borrow(span)), (std::vector<int>{1, 2}));
  EXPECT_EQ(ids(V(span)), (std::vector<int>{1, 2}));
  EXPECT_EQ(ids(V(List{V(1), V(one), V()})), (std::vector<int>{1}));
  EXPECT_EQ(ids(V::borrow(optionals)), (std::vector<int>{3}));
  EXPECT_EQ(ids<false>(V::borrow(optionals)), std::vector<int>());
  EXPECT_EQ(ids<false>(V(List{V(one)})), (std::vector<int>{1}));
  EXPECT_EQ(ids(V()), std::vector<int>());
  EXPECT_EQ(ids(V("x")), std::vector<int>());
}

TEST(EqualTest, ComparesByContent) {
  const std::string text("x");
  const std::string_view view(text);
  EXPECT_TRUE(equal(V(), V()));
  EXPECT_FALSE(equal(V(), V(0)));
  EXPECT_TRUE(equal(V(1), V(1L)));
  EXPECT_FALSE(equal(V(1), V(2)));
  EXPECT_FALSE(equal(V(1), V(1.0)));
  EXPECT_FALSE(equal(V(1), V(true)));
  EXPECT_TRUE(equal(V(0.5), V(0.5F)));
  EXPECT_TRUE(equal(V::borrow(view), V("x")));
  EXPECT_TRUE(equal(V(std::vector<int>{1, 2}), V(List{V(1), V(2)})));
  EXPECT_FALSE(equal(V(std::vector<int>{1, 2}), V(List{V(1)})));
  EXPECT_FALSE(equal(V(std::vector<int>{1}), V(List{V(2)})));
  EXPECT_TRUE(equal(V(Color::kRed), V(Color::kRed)));
  EXPECT_FALSE(equal(V(Color::kRed), V(Color::kGreen)));
  const Tensor tensor(1);
  EXPECT_TRUE(equal(V::borrow(tensor), V::borrow(tensor)));
  EXPECT_FALSE(equal(V(tensor), V(tensor)));
}

TEST(ToStringTest, IsShort) {
  EXPECT_EQ(to_string(V()), "None");
  EXPECT_EQ(to_string(V(List{V(-1), V(0.5), V(2.0), V(false)})),
            "[-1, 0.5, 2.0, False]");
  EXPECT_EQ(to_string(V("a\"b\\\n")), "\"a\\\"b\\\\\\n\"");
  EXPECT_EQ(to_string(V(Tensors{Tensor(1)})), "[Tensor]");
  EXPECT_NE(to_string(V(Color::kGreen)).find("Color(2)"), std::string::npos);
}

// ---- the stack

TEST(StackTest, KeepsBorrowedValuesBorrowedWhenItGrows) {
  const Tensor tensor(1);
  const SelfReferring object(3);
  StackBuffer<V, 2> stack;
  push_borrowed(stack, tensor, 2);
  push(stack, tensor, object);
  const V* const memory = stack.begin();
  EXPECT_NE(static_cast<const void*>(memory), static_cast<const void*>(&stack));
  for (int i = 0; i != 20; ++i) push(stack, i);
  EXPECT_EQ(stack.size(), 24U);
  EXPECT_TRUE(stack[0].is_borrowed());
  EXPECT_EQ(&stack[0].tensor(), &tensor);
  EXPECT_EQ(stack[3].ref<SelfReferring>().number, 3);
  EXPECT_EQ(tensor.owners(), 2);
  EXPECT_EQ(pop(stack).ref<std::int64_t>(), 19);
  drop(stack, 19);
  EXPECT_EQ(pop(stack).ref<SelfReferring>().number, 3);
  EXPECT_EQ(last(stack, 2)[0].ref<std::int64_t>(), 2);
  EXPECT_EQ(peek(stack, 0, 3).tensor().id(), 1);
  EXPECT_EQ(last(std::as_const(stack), 1)[0].tensor().id(), 1);
}

TEST(StackTest, StaysInItsBufferWhileItFits) {
  StackBuffer<V, 3> stack;
  push(stack, 1, 2, 3);
  const auto* const begin = reinterpret_cast<const char*>(&stack);
  const auto* const values = reinterpret_cast<const char*>(stack.begin());
  EXPECT_TRUE(values >= begin && values < begin + sizeof(stack));
  stack.clear();
  EXPECT_TRUE(stack.empty());
  stack.reserve(3);
  EXPECT_EQ(reinterpret_cast<const char*>(stack.begin()), values);
  stack.reserve(4);
  EXPECT_EQ(stack.capacity(), 4U);
}

TEST(StackTest, PopOwns) {
  const Tensor tensor(1);
  Stack<V> stack;
  push_borrowed(stack, tensor);
  const V value = pop(stack);
  EXPECT_FALSE(value.is_borrowed());
  EXPECT_TRUE(stack.empty());
}

TEST(StackTest, PushesItsOwnValues) {
  Stack<V> stack;
  push(stack, std::string(50, 'x'));
  while (stack.size() != 40) stack.push(stack[0]);
  EXPECT_EQ(stack.back().ref<std::string>().size(), 50U);
}

TEST(StackTest, APushThatThrowsChangesNothing) {
  const ThrowsWhenCopied object;
  StackBuffer<V, 1> stack;
  EXPECT_THROW(push(stack, object), std::runtime_error);
  push(stack, 1);
  EXPECT_THROW(push(stack, object), std::runtime_error);
  EXPECT_EQ(stack.size(), 1U);
  EXPECT_EQ(stack.back().ref<std::int64_t>(), 1);
}

TEST(StackTest, WritesThroughIt) {
  Tensor tensor(1);
  StackBuffer<V, 1> stack;
  push_borrowed_mutable(stack, tensor);
  stack.back().mutable_ref<Tensor>() = Tensor(2);
  EXPECT_EQ(tensor.id(), 2);
}

TEST(StackTest, HoldsOtherTypes) {
  Stack<std::string> stack;
  for (int i = 0; i != 30; ++i) push(stack, std::to_string(i));
  EXPECT_EQ(pop(stack), "29");
}

}  // namespace
}  // namespace dispatch_codegen

// NOLINTEND(performance-unnecessary-copy-initialization,bugprone-use-after-move)
