// Everything that is constant, equal in both: compiled, never run.

#include <algorithm>
#include <functional>
#include <iterator>
#include <type_traits>
#include <utility>

#include "both.h"

namespace {

// ---- enums and constants: one line of names.inc for each

#define BACKEND(name, declared) \
  static_assert(static_cast<int>(generated::BackendComponent::name) == (declared)); \
  static_assert(static_cast<int>(generated::BackendComponent::name) == \
                static_cast<int>(c10::BackendComponent::name));
#define KEY(name, declared) \
  static_assert(static_cast<int>(generated::DispatchKey::name) == (declared)); \
  static_assert(static_cast<int>(generated::DispatchKey::name) == \
                static_cast<int>(c10::DispatchKey::name));
#define VALUE(name) \
  static_assert(static_cast<int>(generated::name) == static_cast<int>(c10::name)); \
  static_assert( \
      std::is_same_v<decltype(plain(generated::name)), decltype(plain(c10::name))>);
#define KEYSET(name) \
  static_assert(std::bit_cast<std::uint64_t>(generated::name) == \
                std::bit_cast<std::uint64_t>(c10::name));
#define DECLARED_KEYSET(name, raw) \
  static_assert(std::bit_cast<std::uint64_t>(generated::name) == (raw));
#define PARSED(name, is_key)
#include "names.inc"

static_assert(std::is_same_v<std::underlying_type_t<Stock::Key>,
                             std::underlying_type_t<Generated::Key>>);
static_assert(std::is_same_v<std::underlying_type_t<Stock::Backend>,
                             std::underlying_type_t<Generated::Backend>>);

static_assert(generated_torch::kAutograd == generated::kAutograd);

// ---- macros

#define TOLD(...) "(" #__VA_ARGS__ ")"
static_assert(stock::backend_components == C10_FORALL_BACKEND_COMPONENTS(TOLD, extra));
static_assert(stock::functionality_keys == C10_FORALL_FUNCTIONALITY_KEYS(TOLD));

// ---- functions

constexpr int nowhere = -1;

// The first key that two answers differ for.
template <class Question>
consteval int differing_key(Question question) {
  for (int value = 0; value < num_keys; ++value) {
    const KeyValue key{static_cast<std::uint16_t>(value)};
    if (!(answer<Stock>(question, key) == answer<Generated>(question, key))) {
      return value;
    }
  }
  return nowhere;
}

template <class Question>
consteval int differing_backend(Question question) {
  for (int value = 0; value < num_backends; ++value) {
    const BackendValue backend{static_cast<std::uint8_t>(value)};
    if (!(answer<Stock>(question, backend) == answer<Generated>(question, backend))) {
      return value;
    }
  }
  return nowhere;
}

template <class Question>
consteval bool same(Question question) {
  return plain(question(Stock{})) == plain(question(Generated{}));
}

static_assert(differing_key([](auto key) { return isAliasDispatchKey(key); }) ==
              nowhere);
static_assert(differing_key([](auto key) {
                return isPerBackendFunctionalityKey(key);
              }) == nowhere);
static_assert(differing_key([](auto key) { return toFunctionalityKey(key); }) ==
              nowhere);
static_assert(differing_key([](auto key) { return toBackendComponent(key); }) ==
              nowhere);
static_assert(generated::numPerBackendFunctionalityKeys() ==
              c10::numPerBackendFunctionalityKeys());

// For each key in turn, all backends.
template <int backend>
consteval int differing_runtime_key() {
  return differing_key([](auto key) {
    using Backend = typename SideOf<decltype(key)>::Backend;
    return toRuntimePerBackendFunctionalityKey(key, static_cast<Backend>(backend));
  });
}

template <int... backends>
consteval bool same_runtime_keys(std::integer_sequence<int, backends...>) {
  return ((differing_runtime_key<backends>() == nowhere) && ...);
}

static_assert(same_runtime_keys(std::make_integer_sequence<int, num_backends>()));

// ---- DispatchKeySet

static_assert(sizeof(Stock::Set) == sizeof(Generated::Set));
static_assert(alignof(Stock::Set) == alignof(Generated::Set));
static_assert(std::is_trivially_copyable_v<Generated::Set>);
static_assert(std::is_final_v<Generated::Set>);
static_assert(std::is_nothrow_default_constructible_v<Generated::Set> ==
              std::is_nothrow_default_constructible_v<Stock::Set>);

// What converts by itself, and what does not.
template <class Side>
constexpr bool conversions[] = {
    std::is_convertible_v<typename Side::Key, typename Side::Set>,
    std::is_convertible_v<typename Side::Backend, typename Side::Set>,
    std::is_convertible_v<std::uint64_t, typename Side::Set>,
    std::is_convertible_v<typename Side::Set::Full, typename Side::Set>,
    std::is_constructible_v<typename Side::Set, std::uint64_t>,
    std::is_constructible_v<typename Side::Set, typename Side::Key>,
    std::is_constructible_v<typename Side::Set, typename Side::Backend>,
};
static_assert(std::equal(std::begin(conversions<Stock>),
                         std::end(conversions<Stock>),
                         std::begin(conversions<Generated>)));

static_assert(same([](auto side) { return typename decltype(side)::Set(); }));
static_assert(same([](auto side) {
  using Set = typename decltype(side)::Set;
  return Set(Set::FULL);
}));
static_assert(same([](auto side) {
  using Set = typename decltype(side)::Set;
  return Set(Set::RAW, 0x123456789abcdef0U);
}));
static_assert(same([](auto side) {
  using Key = typename decltype(side)::Key;
  return typename decltype(side)::Set({Key::Dense, Key::AutogradMAIA, Key::Python});
}));
static_assert(same([](auto side) {
  using Backend = typename decltype(side)::Backend;
  return typename decltype(side)::Set({Backend::CUDABit, Backend::MetaBit});
}));
static_assert(same([](auto side) {
  using Key = typename decltype(side)::Key;
  return typename decltype(side)::Set().keys_to_repr({Key::XLA, Key::Python});
}));
static_assert(same([](auto side) {
  using Backend = typename decltype(side)::Backend;
  return typename decltype(side)::Set().backend_bits_to_repr({Backend::XLABit});
}));

static_assert(differing_key([](auto key) {
                return typename SideOf<decltype(key)>::Set(key);
              }) == nowhere);
static_assert(differing_key([](auto key) {
                using Set = typename SideOf<decltype(key)>::Set;
                return Set(Set::FULL_AFTER, key);
              }) == nowhere);
static_assert(differing_backend([](auto backend) {
                return typename SideOf<decltype(backend)>::Set(backend);
              }) == nowhere);

// Some runtime keys and all functionalities from Dense up to one in the middle.
constexpr std::uint64_t some = 0x0000'0fff'f5a3'0417;

template <class T>
constexpr auto some_of(T) {
  return SetValue{some}.of<SideOf<T>>();
}

// Each operator with every key on its right and on its left.
static_assert(differing_key([](auto key) {
                const typename SideOf<decltype(key)>::Set set(key);
                return some_of(key) | set;
              }) == nowhere);
static_assert(differing_key([](auto key) {
                const typename SideOf<decltype(key)>::Set set(key);
                return some_of(key) & set;
              }) == nowhere);
static_assert(differing_key([](auto key) {
                const typename SideOf<decltype(key)>::Set set(key);
                return some_of(key) ^ set;
              }) == nowhere);
static_assert(differing_key([](auto key) {
                const typename SideOf<decltype(key)>::Set set(key);
                return some_of(key) - set;
              }) == nowhere);
static_assert(differing_key([](auto key) {
                const typename SideOf<decltype(key)>::Set set(key);
                return set - some_of(key);
              }) == nowhere);
static_assert(differing_key([](auto key) {
                const typename SideOf<decltype(key)>::Set set(key);
                return some_of(key).has_all(set);
              }) == nowhere);
static_assert(differing_key([](auto key) {
                const typename SideOf<decltype(key)>::Set set(key);
                return set.has_all(some_of(key));
              }) == nowhere);
static_assert(differing_key([](auto key) {
                const typename SideOf<decltype(key)>::Set set(key);
                return some_of(key).add(set);
              }) == nowhere);
static_assert(differing_key([](auto key) { return some_of(key).add(key); }) == nowhere);
static_assert(differing_key([](auto key) { return some_of(key).remove(key); }) ==
              nowhere);
static_assert(differing_backend([](auto backend) {
                return some_of(backend).has_backend(backend);
              }) == nowhere);
static_assert(differing_backend([](auto backend) {
                return some_of(backend).remove_backend(backend);
              }) == nowhere);

// ---- iterators and other types

static_assert(Stock::Set::iterator::end_iter_mask_val ==
              Generated::Set::iterator::end_iter_mask_val);
static_assert(Stock::Set::iterator::end_iter_key_val ==
              Generated::Set::iterator::end_iter_key_val);
static_assert(std::is_same_v<Generated::Set::iterator::iterator_category,
                             Stock::Set::iterator::iterator_category>);
static_assert(std::is_same_v<Generated::Set::iterator::value_type, Generated::Key>);
static_assert(sizeof(generated::FunctionalityOffsetAndMask) ==
              sizeof(c10::FunctionalityOffsetAndMask));
static_assert(sizeof(generated::OpTableOffsetAndMask) ==
              sizeof(c10::OpTableOffsetAndMask));

static_assert(generated::is_not_DispatchKeySet<int>::value);
static_assert(!generated::is_not_DispatchKeySet<Generated::Set>::value);

// As a kernel's signature: of a function that takes a set first, without it.
template <class Function>
using WithoutSet =
    typename generated::remove_DispatchKeySet_arg_from_func<Function>::func_type;
static_assert(std::is_same_v<WithoutSet<int(Generated::Set, float)>, int(float)>);
static_assert(
    std::is_same_v<WithoutSet<int(float, Generated::Set)>, int(float, Generated::Set)>);
static_assert(std::is_same_v<WithoutSet<int()>, int()>);

}  // namespace
