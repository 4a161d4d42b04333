// A boxed argument or result, borrowed or owned, and the way back to typed parameters.
#ifndef DISPATCH_CODEGEN_VALUE_H
#define DISPATCH_CODEGEN_VALUE_H

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "errors.h"

namespace [[gnu::visibility("default")]] dispatch_codegen {

template <class Tensor>
class Value;

/// What a value is, however it is stored.
enum class ValueKind : std::uint8_t {
  kNone,
  kBool,
  kInt,
  kFloat,
  kString,
  kTensor,
  kList,
  kOther,
};

/// A list of booleans one beside the other, as a span wants them.
class BoolList {
 public:
  BoolList() noexcept = default;

  explicit BoolList(std::size_t size)
      : data_(size == 0 ? nullptr : new bool[size]()), size_(size) {}

  /// Copies a range that knows its size.
  template <class Range>
    requires requires(const Range& range) { range[std::size_t{0}] ? 1 : 0; }
  explicit BoolList(const Range& range) : BoolList(std::size(range)) {
    for (std::size_t i = 0; i != size_; ++i) data_[i] = range[i];
  }

  BoolList(const BoolList& other) : BoolList(other.size_) {
    for (std::size_t i = 0; i != size_; ++i) data_[i] = other.data_[i];
  }

  BoolList(BoolList&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)),
        size_(std::exchange(other.size_, std::size_t{0})) {}

  BoolList& operator=(BoolList other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }

  ~BoolList() { delete[] data_; }

  bool* data() noexcept { return data_; }
  const bool* data() const noexcept { return data_; }
  std::size_t size() const noexcept { return size_; }
  bool& operator[](std::size_t index) noexcept { return data_[index]; }
  bool operator[](std::size_t index) const noexcept { return data_[index]; }

 private:
  bool* data_ = nullptr;
  std::size_t size_ = 0;
};

namespace detail {

template <class T>
struct IsValue : std::false_type {};
template <class Tensor>
struct IsValue<Value<Tensor>> : std::true_type {};

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

// ---- lists

/// Whether a type holds its elements one beside the other, and of which type they are.
template <class T>
struct ListOf {
  static constexpr bool kIsList = false;
};
template <class E>
struct ListOfElements {
  static constexpr bool kIsList = true;
  using Element = E;
};
template <class E>
struct ListOf<std::vector<E>> : ListOfElements<E> {};
template <>
struct ListOf<std::vector<bool>> {
  static constexpr bool kIsList = false;
};
template <class E, std::size_t N>
struct ListOf<std::span<E, N>> : ListOfElements<std::remove_cv_t<E>> {};
template <class E, std::size_t N>
struct ListOf<std::array<E, N>> : ListOfElements<E> {};
template <>
struct ListOf<BoolList> : ListOfElements<bool> {};

}  // namespace detail

/// What a value owns that is made from a `T`: numbers become std::int64_t or double,
/// and what only refers to something becomes a copy of it. To be specialized for types
/// that refer to what does not outlive a call.
template <class T>
struct Stored {
  using Type = T;
};

template <class T>
using StoredType = typename Stored<std::remove_cvref_t<T>>::Type;

template <class T>
  requires(std::is_arithmetic_v<T> && !std::is_same_v<T, bool>)
struct Stored<T> {
  using Type = std::conditional_t<std::is_integral_v<T>, std::int64_t, double>;
};
template <>
struct Stored<std::string_view> {
  using Type = std::string;
};
template <>
struct Stored<const char*> {
  using Type = std::string;
};
template <>
struct Stored<char*> {
  using Type = std::string;
};
template <>
struct Stored<std::vector<bool>> {
  using Type = BoolList;
};

namespace detail {

/// An element keeps its type, unless it only refers to something.
template <class E>
struct StoredElement {
  using Type = std::conditional_t<std::is_arithmetic_v<E>, E, typename Stored<E>::Type>;
};
template <class E>
struct StoredElement<std::optional<E>> {
  using Type = std::optional<typename StoredElement<E>::Type>;
};

template <class E>
using StoredList = std::conditional_t<std::is_same_v<E, bool>,
                                      BoolList,
                                      std::vector<typename StoredElement<E>::Type>>;

}  // namespace detail

template <class E, std::size_t N>
struct Stored<std::span<E, N>> {
  using Type = detail::StoredList<std::remove_cv_t<E>>;
};
template <class E>
  requires(!std::is_same_v<E, bool> &&
           !std::is_same_v<typename detail::StoredElement<E>::Type, E>)
struct Stored<std::vector<E>> {
  using Type = detail::StoredList<E>;
};

namespace detail {

/// What is stored of `from`.
template <class S, class T>
S to_stored(const T& from) {
  if constexpr (std::is_same_v<S, T>) {
    return from;
  } else if constexpr (IsOptional<T>::value) {
    return from.has_value() ? S(to_stored<typename S::value_type>(*from)) : S();
  } else if constexpr (ListOf<T>::kIsList && !std::is_same_v<S, BoolList>) {
    S list;
    list.reserve(from.size());
    for (const auto& element : from) {
      list.push_back(to_stored<typename S::value_type>(element));
    }
    return list;
  } else if constexpr (std::is_arithmetic_v<S>) {
    return static_cast<S>(from);
  } else {
    return S(from);
  }
}

// ---- names

template <class T>
constexpr std::string_view cpp_name() {
#if defined(__clang__) || defined(__GNUC__)
  constexpr std::string_view kMark = "T = ";
  constexpr std::string_view kText = __PRETTY_FUNCTION__;
  constexpr std::size_t kStart = kText.find(kMark) + kMark.size();
  constexpr std::size_t kEnd = kText.find(';', kStart);
  return kText.substr(
      kStart, (kEnd == std::string_view::npos ? kText.size() - 1 : kEnd) - kStart);
#else
  return "a C++ type";
#endif
}

/// How messages call a type.
template <class Tensor, class T>
struct NameOf {
  static constexpr std::string_view kName = std::is_same_v<T, bool>       ? "bool"
                                            : std::is_integral_v<T>       ? "int"
                                            : std::is_floating_point_v<T> ? "float"
                                            : std::is_same_v<T, Tensor> ? "Tensor"
                                                                        : cpp_name<T>();
};
template <class Tensor>
struct NameOf<Tensor, std::string> {
  static constexpr std::string_view kName = "str";
};
template <class Tensor>
struct NameOf<Tensor, std::string_view> : NameOf<Tensor, std::string> {};
template <class Tensor>
struct NameOf<Tensor, Value<Tensor>> {
  static constexpr std::string_view kName = "Any";
};

template <class Tensor, class T, char... Suffix>
struct SuffixedName {
  static constexpr std::string_view kOf = NameOf<Tensor, T>::kName;
  static constexpr auto kText = [] {
    constexpr char kSuffix[] = {Suffix...};
    std::array<char, kOf.size() + sizeof...(Suffix)> text{};
    for (std::size_t i = 0; i != text.size(); ++i) {
      text[i] = i < kOf.size() ? kOf[i] : kSuffix[i - kOf.size()];
    }
    return text;
  }();
  static constexpr std::string_view kName{kText.data(), kText.size()};
};
template <class Tensor, class T>
struct NameOf<Tensor, std::optional<T>> : SuffixedName<Tensor, T, '?'> {};
template <class Tensor, class T>
  requires(ListOf<T>::kIsList)
struct NameOf<Tensor, T> : SuffixedName<Tensor, typename ListOf<T>::Element, '[', ']'> {
};

// ---- tables of types

template <class Tensor>
struct ValueType;

/// Where the elements of a list are.
struct ListData {
  const void* data;
  std::size_t size;
};

/// What is known of a type that is a list; the argument is always the list.
template <class Tensor>
struct ValueListType {
  const ValueType<Tensor>* element;
  ListData (*data)(const void* list) noexcept;
  /// Borrows an element.
  Value<Tensor> (*at)(const void* list, std::size_t index);
};

/// What is known of a type. Its alignment leaves the low bits of its address to flags.
template <class Tensor>
struct alignas(16) ValueType {
  std::string_view name;
  /// Lets a value that is none own a copy.
  void (*copy)(const void* object, Value<Tensor>& to);
  /// Moves an object into other memory; not called for what is on the heap.
  void (*relocate)(void* from, void* to) noexcept;
  /// Destroys an object that is owned, with its memory if that is on the heap.
  void (*destroy)(void* object) noexcept;
  /// Null if the type is no list.
  const ValueListType<Tensor>* list;
  /// The number of an enumerator; null if the type is no enumeration.
  std::int64_t (*number)(const void* object) noexcept;
  ValueKind kind;
};

inline constexpr std::size_t kInlineSize = 16;
inline constexpr std::size_t kInlineAlignment = alignof(void*);

template <class T>
inline constexpr bool kFitsInline =
    sizeof(T) <= kInlineSize && alignof(T) <= kInlineAlignment &&
    std::is_nothrow_move_constructible_v<T>;

template <class Tensor, class T>
struct TypeFunctions {
  static void copy(const void* object, Value<Tensor>& to) {
    const T& from = *static_cast<const T*>(object);
    if constexpr (IsValue<T>::value) {
      to = from;
    } else if constexpr (std::is_copy_constructible_v<T>) {
      to = Value<Tensor>(from);
    } else {
      throw_wrong_type("a value that can be copied", NameOf<Tensor, T>::kName);
    }
  }

  static void relocate(void* from, void* to) noexcept {
    if constexpr (kFitsInline<T>) {
      T& old = *static_cast<T*>(from);
      ::new (to) T(std::move(old));
      old.~T();  // NOLINT(bugprone-use-after-move): an object ends after its move, too.
    }
  }

  static void destroy(void* object) noexcept {
    if constexpr (kFitsInline<T>) {
      static_cast<T*>(object)->~T();
    } else {
      delete static_cast<T*>(object);
    }
  }

  static ListData data(const void* list) noexcept {
    const T& elements = *static_cast<const T*>(list);
    return {elements.data(), elements.size()};
  }

  static Value<Tensor> at(const void* list, std::size_t index) {
    return Value<Tensor>::borrow(static_cast<const T*>(list)->data()[index]);
  }

  static std::int64_t number(const void* object) noexcept {
    return static_cast<std::int64_t>(*static_cast<const T*>(object));
  }
};

template <class Tensor, class T>
constexpr ValueKind kind_of() {
  if (std::is_same_v<T, Tensor>) return ValueKind::kTensor;
  if (std::is_same_v<T, bool>) return ValueKind::kBool;
  if (std::is_integral_v<T>) return ValueKind::kInt;
  if (std::is_floating_point_v<T>) return ValueKind::kFloat;
  if (std::is_same_v<StoredType<T>, std::string>) return ValueKind::kString;
  if (ListOf<T>::kIsList) return ValueKind::kList;
  return ValueKind::kOther;
}

template <class Tensor, class T>
constexpr ValueType<Tensor> make_value_type();

template <class Tensor, class T>
inline constexpr ValueType<Tensor> kValueType = make_value_type<Tensor, T>();

template <class Tensor, class T>
inline constexpr ValueListType<Tensor> kValueListType = {
    &kValueType<Tensor, typename ListOf<T>::Element>,
    &TypeFunctions<Tensor, T>::data,
    &TypeFunctions<Tensor, T>::at,
};

template <class Tensor, class T>
constexpr ValueType<Tensor> make_value_type() {
  using Functions = TypeFunctions<Tensor, T>;
  ValueType<Tensor> type{};
  type.name = NameOf<Tensor, T>::kName;
  type.kind = kind_of<Tensor, T>();
  type.copy = &Functions::copy;
  // What is only borrowed is never owned as it is.
  if constexpr (std::is_same_v<StoredType<T>, T> && !IsValue<T>::value) {
    type.relocate = &Functions::relocate;
    type.destroy = &Functions::destroy;
  }
  if constexpr (ListOf<T>::kIsList) {
    type.list = &kValueListType<Tensor, T>;
  }
  if constexpr (std::is_enum_v<T>) {
    type.number = &Functions::number;
  }
  return type;
}

}  // namespace detail

/// Anything that an operator takes or returns, for kernels that do not know its type.
///
/// A value is none, or *owns* an object, or *borrows* one that has to outlive it. A
/// copy of a value always owns, and so does what a value is moved into: what a kernel
/// keeps is safe. (`V v = V::borrow(x)` is no move: `v` is what `borrow` made.) Numbers
/// are never borrowed: they are small enough to be copied.
///
/// `Tensor` is the type that `is_tensor()` and `for_each_tensor` mean.
template <class Tensor>
class Value {
 public:
  /// A list whose elements differ in type.
  using List = std::vector<Value>;

  /// None.
  Value() noexcept : bits_(0) {}
  Value(std::nullopt_t) noexcept : Value() {}

  /// Owns what is stored of `object`, see Stored: on the heap if it is larger than 16
  /// bytes or if its move may throw. An empty optional is none.
  template <class T>
    requires(!detail::IsValue<std::remove_cvref_t<T>>::value &&
             !std::is_same_v<std::remove_cvref_t<T>, std::nullopt_t>)
  Value(T&& object)
      : bits_(0), payload_(Written<!detail::IsOptional<std::decay_t<T>>::value>()) {
    using From = std::decay_t<T>;
    if constexpr (detail::IsOptional<From>::value) {
      if (object.has_value()) {
        *this = Value(*std::forward<T>(object));
      }
    } else {
      using S = StoredType<From>;
      if constexpr (std::is_same_v<S, From>) {
        own<S>(std::forward<T>(object));
      } else {
        own<S>(detail::to_stored<S, From>(object));
      }
    }
  }

  /// Owns a copy.
  Value(const Value& other) : bits_(other.bits_), payload_(other.payload_) {
    if ((bits_ & (kDestroy | kIndirect)) != 0) [[unlikely]] {
      bits_ = 0;
      other.type()->copy(other.address(), *this);
    }
  }

  /// Owns what the other one owned, which is none afterwards; a copy if it borrows.
  /// Throws what the copy throws.
  Value(Value&& other) : bits_(other.bits_), payload_(other.payload_) {
    if ((bits_ & kDestroy) != 0) {
      if ((bits_ & kIndirect) == 0) {
        type()->relocate(other.payload_.bytes, payload_.bytes);
      }
      other.bits_ = 0;
    } else if ((bits_ & kIndirect) != 0) {
      bits_ = 0;
      other.type()->copy(other.address(), *this);
    }
  }

  Value& operator=(const Value& other) {
    Value copy(other);
    reset();
    copy.relocate_to(this);
    return *this;
  }

  Value& operator=(Value&& other) {
    // First, since the other one may be inside of this one.
    Value moved(std::move(other));
    reset();
    moved.relocate_to(this);
    return *this;
  }

  [[gnu::always_inline]] ~Value() {
    if ((bits_ & kDestroy) != 0) [[unlikely]]
      destroy();
  }

  /// A value that refers to `object`, which has to stay where it is. Of an optional,
  /// the value refers to what is in it, or is none; of another value, to what that one
  /// holds.
  template <class T>
  static Value borrow(const T& object) {
    return Value(Borrow(), object, kConst);
  }

  /// As `borrow`, of what a kernel may write to.
  template <class T>
    requires(!std::is_const_v<T>)
  static Value borrow_mutable(T& object) {
    return Value(Borrow(), object, 0);
  }

  bool is_none() const noexcept { return bits_ == 0; }
  bool is_tensor() const noexcept { return is<Tensor>(); }
  bool is_list() const noexcept { return bits_ != 0 && type()->list != nullptr; }

  /// Whether its destructor does nothing.
  bool can_be_forgotten() const noexcept { return (bits_ & kDestroy) == 0; }

  /// Whether the object belongs to somebody else.
  bool is_borrowed() const noexcept {
    return (bits_ & (kDestroy | kIndirect)) == kIndirect;
  }

  /// Whether the object is a `T` and nothing similar; `kind()` and `unbox` look closer.
  template <class T>
  bool is() const noexcept {
    static_assert(std::is_same_v<T, std::remove_cvref_t<T>>);
    static_assert(!detail::IsOptional<T>::value, "it is none, or what is in it");
    static_assert(!std::is_arithmetic_v<T> || std::is_same_v<StoredType<T>, T>,
                  "a number is std::int64_t or double");
    return (bits_ & ~kFlags) == bits_of<T>();
  }

  ValueKind kind() const noexcept {
    return bits_ == 0 ? ValueKind::kNone : type()->kind;
  }

  /// The name of the type, as errors say it.
  std::string_view type_name() const noexcept {
    return bits_ == 0 ? std::string_view("None") : type()->name;
  }

  /// The object, which has to be a `T` and nothing similar. Throws TypeError.
  template <class T>
  const T& ref() const {
    if (!is<T>()) [[unlikely]] {
      throw_wrong_type(detail::NameOf<Tensor, T>::kName, type_name());
    }
    return *object<T>();
  }

  /// As `ref`, to write to it. Throws TypeError also if it was borrowed as a constant.
  template <class T>
  T& mutable_ref() {
    if (!is<T>() || (bits_ & kConst) != 0) [[unlikely]] {
      throw_not_mutable(detail::NameOf<Tensor, T>::kName);
    }
    return *const_cast<T*>(object<T>());
  }

  /// The tensor. Throws TypeError if it is none.
  const Tensor& tensor() const { return ref<Tensor>(); }

  /// The number of elements. Throws TypeError if it is no list.
  std::size_t list_size() const { return list_type()->data(address()).size; }

  /// Borrows an element; `index` has to be less than the size. Throws TypeError if it
  /// is no list.
  Value list_at(std::size_t index) const { return list_type()->at(address(), index); }

  /// The elements if it is a list of exactly `E`, however it is stored. Returns
  /// whether.
  template <class E>
  bool get_elements(std::span<const E>& elements) const {
    if (!is_list() || type()->list->element != &detail::kValueType<Tensor, E>) {
      return false;
    }
    const detail::ListData list = type()->list->data(address());
    elements = {static_cast<const E*>(list.data), list.size};
    return true;
  }

  /// The number of an enumerator, if it is one.
  std::optional<std::int64_t> enumerator() const noexcept {
    if (bits_ == 0 || type()->number == nullptr) return std::nullopt;
    return type()->number(address());
  }

  /// The optional that was borrowed, if it was one around a `T`.
  template <class T>
  const std::optional<T>* optional_around() const noexcept {
    if ((bits_ & (kFlags & ~kConst)) == (kIndirect | kInOptional) && same_type<T>()) {
      return static_cast<const std::optional<T>*>(payload_.pointers.optional);
    }
    return nullptr;
  }

  /// Whether two values are of one type and borrowed from one object.
  bool is_same_object(const Value& other) const noexcept {
    return is_borrowed() && other.is_borrowed() && type() == other.type() &&
           address() == other.address();
  }

  /// Whether it is exactly a `T` that it owns, and holds in itself.
  template <class T>
    requires(detail::kFitsInline<T> && std::is_same_v<StoredType<T>, T>)
  bool holds_here() const noexcept {
    return bits_ == bits_of<T>() + kOwnedFlags<T>;
  }

  /// Takes out what `holds_here` is true of; the value is to be forgotten then.
  template <class T>
  T take_here() noexcept {
    T* const object = std::launder(reinterpret_cast<T*>(payload_.bytes));
    T result(std::move(*object));
    object->~T();
    return result;
  }

  /// Becomes none.
  void reset() noexcept {
    if ((bits_ & kDestroy) != 0) {
      type()->destroy(address());
    }
    bits_ = 0;
  }

  /// For containers: goes to other memory as it is, so that a borrowed value stays
  /// borrowed. Whatever was there is not destroyed; this value is none afterwards.
  void relocate_to(void* memory) noexcept {
    Value& to = *::new (memory) Value();
    to.bits_ = bits_;
    to.payload_ = payload_;
    if ((bits_ & (kDestroy | kIndirect)) == kDestroy) {
      type()->relocate(payload_.bytes, to.payload_.bytes);
    }
    bits_ = 0;
  }

 private:
  using Type = detail::ValueType<Tensor>;
  using Bits = std::uintptr_t;

  struct Borrow {};

  /// Beside the address of the type. What is neither of the first two can be copied and
  /// forgotten byte by byte.
  static constexpr Bits kDestroy = 1;
  static constexpr Bits kIndirect = 2;
  static constexpr Bits kConst = 4;
  static constexpr Bits kInOptional = 8;
  static constexpr Bits kFlags = 15;

  struct Pointers {
    void* object;
    const void* optional;
  };

  /// Whether a constructor writes the payload for certain: not twice then.
  template <bool is_written>
  using Written = std::bool_constant<is_written>;

  union Payload {
    Payload() noexcept : pointers() {}
    explicit Payload(Written<false>) noexcept : pointers() {}
    explicit Payload(Written<true>) noexcept {}

    Pointers pointers;
    alignas(detail::kInlineAlignment) unsigned char bytes[detail::kInlineSize];
  };

  template <class T>
  static Bits bits_of() noexcept {
    return reinterpret_cast<Bits>(&detail::kValueType<Tensor, T>);
  }

  template <class T>
  bool same_type() const noexcept {
    return (bits_ & ~kFlags) == bits_of<T>();
  }

  template <class T>
  Value(Borrow, T& object, Bits is_const)
      : bits_(0), payload_(Written<std::is_same_v<std::remove_cv_t<T>, Tensor>>()) {
    using From = std::remove_cv_t<T>;
    static_assert(!std::is_array_v<From> && !std::is_pointer_v<From>,
                  "a pointer does not say how long it is valid");
    // NOLINTNEXTLINE(bugprone-branch-clone): `refer` is another function for a value.
    if constexpr (detail::IsValue<From>::value) {
      refer(object, is_const);
    } else if constexpr (detail::IsOptional<From>::value) {
      using Inner = typename From::value_type;
      if (object.has_value()) {
        if constexpr (std::is_arithmetic_v<Inner> || detail::IsOptional<Inner>::value ||
                      std::is_same_v<Inner, std::vector<bool>>) {
          Value(Borrow(), *object, is_const).relocate_to(this);
        } else {
          refer(*object, is_const | kInOptional);
          payload_.pointers.optional = &object;
        }
      }
    } else if constexpr (std::is_same_v<From, std::nullopt_t>) {
      // Is none.
    } else if constexpr (std::is_arithmetic_v<From>) {
      own<StoredType<From>>(static_cast<StoredType<From>>(object));
    } else if constexpr (std::is_same_v<From, std::vector<bool>>) {
      // Nothing in it could be referred to.
      own<BoolList>(BoolList(object));
    } else {
      refer(object, is_const);
    }
  }

  template <class T>
    requires(!detail::IsValue<std::remove_cv_t<T>>::value)
  void refer(T& object, Bits flags) noexcept {
    bits_ = bits_of<std::remove_cv_t<T>>() + (kIndirect | flags);
    payload_.pointers.object =
        const_cast<void*>(static_cast<const volatile void*>(&object));
  }

  void refer(const Value& other, Bits is_const) noexcept {
    bits_ = other.bits_;
    payload_ = other.payload_;
    if ((bits_ & kDestroy) != 0) {
      payload_.pointers.object = const_cast<void*>(other.address());
      bits_ = (bits_ & ~kFlags) + kIndirect;
    }
    if ((bits_ & kIndirect) != 0) bits_ |= is_const;
  }

  template <class S>
  static constexpr Bits kOwnedFlags =
      std::is_trivially_copyable_v<S> && std::is_copy_constructible_v<S> ? 0 : kDestroy;

  template <class S, class From>
  void own(From&& from) {
    if constexpr (detail::kFitsInline<S>) {
      ::new (static_cast<void*>(payload_.bytes)) S(std::forward<From>(from));
      bits_ = bits_of<S>() + kOwnedFlags<S>;
    } else {
      payload_.pointers.object = new S(std::forward<From>(from));
      bits_ = bits_of<S>() + (kDestroy | kIndirect);
    }
  }

  [[gnu::noinline]] void destroy() noexcept { type()->destroy(address()); }

  const Type* type() const noexcept {
    return reinterpret_cast<const Type*>(bits_ & ~kFlags);
  }

  const detail::ValueListType<Tensor>* list_type() const {
    if (!is_list()) [[unlikely]] {
      throw_wrong_type("a list", type_name());
    }
    return type()->list;
  }

  const void* address() const noexcept {
    return (bits_ & kIndirect) != 0 ? payload_.pointers.object : payload_.bytes;
  }
  void* address() noexcept {
    return (bits_ & kIndirect) != 0 ? payload_.pointers.object : payload_.bytes;
  }

  template <class T>
  const T* object() const noexcept {
    if constexpr (detail::kFitsInline<T> && std::is_same_v<StoredType<T>, T>) {
      return std::launder(static_cast<const T*>(address()));
    } else {
      return static_cast<const T*>(payload_.pointers.object);
    }
  }

  [[noreturn, gnu::cold, gnu::noinline]] void throw_not_mutable(
      std::string_view wanted) const {
    std::string found(type_name());
    if ((bits_ & kConst) != 0) found += ", which is constant";
    std::string writable(wanted);
    writable += " to write to";
    throw_wrong_type(writable, found);
  }

  Bits bits_;
  // Copied whole.
  Payload payload_;
};

// ---- back to typed parameters

/// Holds what a kernel's parameter of type `T` is given from a value: `get()` is valid
/// as long as both the holder and the value are. `T` is a type without reference, or
/// `U&` for what a kernel writes to. Constructors throw TypeError.
///
/// Without any specialization a value has to hold exactly a `T`.
template <class T, class Tensor>
class Unboxed {
 public:
  explicit Unboxed(const Value<Tensor>& value) : object_(&value.template ref<T>()) {}

  const T& get() const noexcept { return *object_; }

 private:
  const T* object_;
};

/// What a kernel writes to.
template <class T, class Tensor>
class Unboxed<T&, Tensor> {
 public:
  explicit Unboxed(Value<Tensor>& value) : object_(&value.template mutable_ref<T>()) {}

  T& get() const noexcept { return *object_; }

 private:
  T* object_;
};

template <class T, class Tensor>
class Unboxed<const T&, Tensor> : public Unboxed<T, Tensor> {
 public:
  using Unboxed<T, Tensor>::Unboxed;
};

/// A value as it is.
template <class Tensor>
class Unboxed<Value<Tensor>, Tensor> {
 public:
  explicit Unboxed(const Value<Tensor>& value) : value_(&value) {}

  const Value<Tensor>& get() const noexcept { return *value_; }

 private:
  const Value<Tensor>* value_;
};

/// A number: integers have to fit, and are floats where one is wanted. An unsigned
/// number of 64 bits is stored modulo 2^64, so any integer is one.
template <class T, class Tensor>
  requires(std::is_arithmetic_v<T>)
class Unboxed<T, Tensor> {
 public:
  explicit Unboxed(const Value<Tensor>& value) : number_(convert(value)) {}

  T get() const noexcept { return number_; }

 private:
  static T convert(const Value<Tensor>& value) {
    if constexpr (std::is_same_v<T, bool>) {
      return value.template ref<bool>();
    } else if constexpr (std::is_integral_v<T>) {
      const std::int64_t number = value.template ref<std::int64_t>();
      if constexpr (sizeof(T) < sizeof(number)) {
        if (number < static_cast<std::int64_t>(std::numeric_limits<T>::min()) ||
            number > static_cast<std::int64_t>(std::numeric_limits<T>::max()))
            [[unlikely]] {
          throw_wrong_type(detail::cpp_name<T>(), std::to_string(number));
        }
      }
      return static_cast<T>(number);
    } else {
      if (value.template is<std::int64_t>()) [[unlikely]] {
        return static_cast<T>(value.template ref<std::int64_t>());
      }
      return static_cast<T>(value.template ref<double>());
    }
  }

  T number_;
};

/// An enumerator, or its number.
template <class T, class Tensor>
  requires(std::is_enum_v<T>)
class Unboxed<T, Tensor> {
 public:
  explicit Unboxed(const Value<Tensor>& value)
      : enumerator_(value.template is<std::int64_t>()
                        ? static_cast<T>(
                              Unboxed<std::underlying_type_t<T>, Tensor>(value).get())
                        : value.template ref<T>()) {}

  T get() const noexcept { return enumerator_; }

 private:
  T enumerator_;
};

template <class Tensor>
class Unboxed<std::string_view, Tensor> {
 public:
  explicit Unboxed(const Value<Tensor>& value)
      : text_(value.template is<std::string_view>()
                  ? value.template ref<std::string_view>()
                  : std::string_view(value.template ref<std::string>())) {}

  std::string_view get() const noexcept { return text_; }

 private:
  std::string_view text_;
};

namespace detail {

/// Makes a list of `E` from any list. Throws TypeError.
template <class E, class Tensor, class List>
List convert_list(const Value<Tensor>& value) {
  if (!value.is_list()) [[unlikely]] {
    throw_wrong_type(NameOf<Tensor, List>::kName, value.type_name());
  }
  const std::size_t size = value.list_size();
  List list;
  if constexpr (std::is_same_v<List, BoolList>) {
    list = BoolList(size);
  } else if constexpr (requires { list.reserve(size); }) {
    list.reserve(size);
  } else if (size != list.size()) {
    throw_wrong_type("a list of " + std::to_string(list.size()),
                     "one of " + std::to_string(size));
  }
  for (std::size_t i = 0; i != size; ++i) {
    const Value<Tensor> element = value.list_at(i);
    const Unboxed<E, Tensor> unboxed(element);
    if constexpr (requires { unboxed.is_converted(); }) {
      // The holder ends here, and what was converted with it.
      if (unboxed.is_converted()) {
        throw_wrong_type(NameOf<Tensor, List>::kName, value.type_name());
      }
    }
    if constexpr (requires { list.push_back(unboxed.get()); }) {
      list.push_back(unboxed.get());
    } else {
      list[i] = unboxed.get();
    }
  }
  return list;
}

/// A `T` that is the value's if it has one, and otherwise made from it by `Convert`.
template <class T, class Tensor, auto Convert>
class UnboxedOrConverted {
 public:
  explicit UnboxedOrConverted(const Value<Tensor>& value) {
    if (value.template is<T>()) {
      object_ = &value.template ref<T>();
    } else {
      object_ = &converted_.emplace(Convert(value));
    }
  }

  UnboxedOrConverted(const UnboxedOrConverted&) = delete;
  UnboxedOrConverted& operator=(const UnboxedOrConverted&) = delete;

  const T& get() const noexcept { return *object_; }

 private:
  const T* object_;
  std::optional<T> converted_;
};

template <class Tensor>
std::string convert_string(const Value<Tensor>& value) {
  return std::string(Unboxed<std::string_view, Tensor>(value).get());
}

}  // namespace detail

template <class Tensor>
class Unboxed<std::string, Tensor>
    : public detail::
          UnboxedOrConverted<std::string, Tensor, &detail::convert_string<Tensor>> {
 public:
  using Unboxed::UnboxedOrConverted::UnboxedOrConverted;
};

template <class E, class Tensor>
class Unboxed<std::vector<E>, Tensor>
    : public detail::UnboxedOrConverted<
          std::vector<E>,
          Tensor,
          &detail::convert_list<E, Tensor, std::vector<E>>> {
 public:
  using Unboxed::UnboxedOrConverted::UnboxedOrConverted;
};

template <class E, std::size_t N, class Tensor>
class Unboxed<std::array<E, N>, Tensor>
    : public detail::UnboxedOrConverted<
          std::array<E, N>,
          Tensor,
          &detail::convert_list<E, Tensor, std::array<E, N>>> {
 public:
  using Unboxed::UnboxedOrConverted::UnboxedOrConverted;
};

/// Any list, without a copy if its elements are of type `E`.
template <class E, class Tensor>
class Unboxed<std::span<const E>, Tensor> {
 public:
  explicit Unboxed(const Value<Tensor>& value) {
    if (value.template is<std::span<const E>>()) [[likely]] {
      elements_ = value.template ref<std::span<const E>>();
    } else if (!value.get_elements(elements_)) {
      const Converted& list =
          converted_.emplace(detail::convert_list<E, Tensor, Converted>(value));
      elements_ = {list.data(), list.size()};
    }
  }

  Unboxed(const Unboxed&) = delete;
  Unboxed& operator=(const Unboxed&) = delete;

  std::span<const E> get() const noexcept { return elements_; }

  /// Whether the elements end with the holder.
  bool is_converted() const noexcept { return converted_.has_value(); }

 private:
  using Converted =
      std::conditional_t<std::is_same_v<E, bool>, BoolList, std::vector<E>>;

  std::span<const E> elements_;
  std::optional<Converted> converted_;
};

/// A list whose elements a kernel writes to.
template <class E, class Tensor>
class Unboxed<std::span<E>, Tensor> {
 public:
  explicit Unboxed(Value<Tensor>& value) {
    using List = std::conditional_t<std::is_same_v<E, bool>, BoolList, std::vector<E>>;
    if (value.template is<std::span<E>>()) {
      elements_ = value.template ref<std::span<E>>();
    } else {
      List& list = value.template mutable_ref<List>();
      elements_ = {list.data(), list.size()};
    }
  }

  std::span<E> get() const noexcept { return elements_; }

 private:
  std::span<E> elements_;
};

/// What is in it, or nothing of none. The optional itself if the value borrows one.
template <class T, class Tensor>
class Unboxed<std::optional<T>, Tensor> {
 public:
  explicit Unboxed(const Value<Tensor>& value) : object_(&converted_) {
    if (value.is_none()) return;
    object_ = value.template optional_around<T>();
    if (object_ != nullptr) return;
    converted_.emplace(inner_.emplace(value).get());
    object_ = &converted_;
  }

  Unboxed(const Unboxed&) = delete;
  Unboxed& operator=(const Unboxed&) = delete;

  const std::optional<T>& get() const noexcept { return *object_; }

  bool is_converted() const noexcept
    requires requires(const Unboxed<T, Tensor>& inner) { inner.is_converted(); }
  {
    return inner_.has_value() && inner_->is_converted();
  }

 private:
  const std::optional<T>* object_;
  std::optional<Unboxed<T, Tensor>> inner_;
  std::optional<T> converted_;
};

/// What a kernel's parameter of type `T` is given: `kernel(unbox<T>(value).get())`.
/// Throws TypeError.
template <class T, class Tensor>
Unboxed<T, Tensor> unbox(const Value<Tensor>& value) {
  return Unboxed<T, Tensor>(value);
}
template <class T, class Tensor>
Unboxed<T, Tensor> unbox(Value<Tensor>& value) {
  return Unboxed<T, Tensor>(value);
}

/// Takes a `T` out of a value: moved if the value owns one, else a copy. Throws
/// TypeError.
template <class T, class Tensor>
T take(Value<Tensor>&& value) {
  static_assert(std::is_same_v<T, std::remove_cvref_t<T>>);
  if constexpr (std::is_same_v<T, Value<Tensor>>) {
    return std::move(value);
  } else if constexpr (std::is_same_v<StoredType<T>, T> &&
                       !detail::IsOptional<T>::value) {
    if (value.template is<T>() && !value.is_borrowed()) {
      return std::move(value.template mutable_ref<T>());
    }
    if constexpr (std::is_copy_constructible_v<T>) {
      return T(Unboxed<T, Tensor>(value).get());
    } else {
      std::string found(value.type_name());
      if (value.is_borrowed()) found += ", which is borrowed";
      throw_wrong_type(detail::NameOf<Tensor, T>::kName, found);
    }
  } else if constexpr (detail::IsOptional<T>::value) {
    if (value.is_none()) return T();
    return T(take<typename T::value_type>(std::move(value)));
  } else {
    static_assert(std::is_arithmetic_v<T> || std::is_same_v<T, std::vector<bool>>,
                  "what it refers to would end with the value");
    return T(Unboxed<T, Tensor>(value).get());
  }
}

// ---- what is asked of any value

/// Calls `visit(const Tensor&)` for a tensor or for the tensors in a list, in their
/// order.
///
/// In lists of optional tensors only if `kWithOptionalLists`. A list of values is not
/// one of them, even if some are none.
template <bool kWithOptionalLists = true, class Tensor, class Visit>
void for_each_tensor(const Value<Tensor>& value, Visit&& visit) {
  if (value.is_tensor()) {
    visit(value.tensor());
    return;
  }
  if (!value.is_list()) return;
  if (std::span<const Tensor> tensors; value.get_elements(tensors)) {
    for (const Tensor& tensor : tensors) visit(tensor);
    return;
  }
  if constexpr (kWithOptionalLists) {
    if (std::span<const std::optional<Tensor>> tensors; value.get_elements(tensors)) {
      for (const std::optional<Tensor>& tensor : tensors) {
        if (tensor.has_value()) visit(*tensor);
      }
      return;
    }
  }
  if (std::span<const Value<Tensor>> values; value.get_elements(values)) {
    for (const Value<Tensor>& element : values) {
      if (element.is_tensor()) visit(element.tensor());
    }
  }
}

/// A value with other tensors in the place of its own; everything else is copied.
template <class Tensor, class Change>
Value<Tensor> map_tensors(const Value<Tensor>& value, Change&& change) {
  if (value.is_tensor()) return Value<Tensor>(change(value.tensor()));
  if (std::span<const Tensor> tensors; value.get_elements(tensors)) {
    std::vector<Tensor> changed;
    for (const Tensor& tensor : tensors) changed.push_back(change(tensor));
    return Value<Tensor>(std::move(changed));
  }
  if (std::span<const std::optional<Tensor>> tensors; value.get_elements(tensors)) {
    std::vector<std::optional<Tensor>> changed;
    for (const auto& tensor : tensors) {
      changed.push_back(tensor ? std::optional<Tensor>(change(*tensor)) : std::nullopt);
    }
    return Value<Tensor>(std::move(changed));
  }
  if (std::span<const Value<Tensor>> values; value.get_elements(values)) {
    std::vector<Value<Tensor>> changed;
    for (const Value<Tensor>& element : values) {
      changed.push_back(element.is_tensor() ? map_tensors(element, change) : element);
    }
    return Value<Tensor>(std::move(changed));
  }
  return value;
}

/// Whether two values are equal: none, booleans, numbers of one kind, strings,
/// enumerators of one type, and lists of such, however they are stored. Values of other
/// types are equal if they borrow one object.
template <class Tensor>
bool equal(const Value<Tensor>& left, const Value<Tensor>& right) {
  const ValueKind kind = left.kind();
  if (kind != right.kind()) return false;
  switch (kind) {
    case ValueKind::kNone:
      return true;
    case ValueKind::kBool:
      return left.template ref<bool>() == right.template ref<bool>();
    case ValueKind::kInt:
      return left.template ref<std::int64_t>() == right.template ref<std::int64_t>();
    case ValueKind::kFloat:
      return left.template ref<double>() == right.template ref<double>();
    case ValueKind::kString:
      return unbox<std::string_view>(left).get() ==
             unbox<std::string_view>(right).get();
    case ValueKind::kList: {
      const std::size_t size = left.list_size();
      if (size != right.list_size()) return false;
      for (std::size_t i = 0; i != size; ++i) {
        if (!equal(left.list_at(i), right.list_at(i))) return false;
      }
      return true;
    }
    case ValueKind::kTensor:
      return left.is_same_object(right);
    case ValueKind::kOther:
      break;
  }
  if (left.is_same_object(right)) return true;
  return left.enumerator().has_value() && left.type_name() == right.type_name() &&
         left.enumerator() == right.enumerator();
}

namespace detail {

inline std::string float_to_string(double number) {
#if defined(__cpp_lib_to_chars)
  char text[32];
  const std::to_chars_result result = std::to_chars(text, text + sizeof(text), number);
  std::string digits(text, result.ptr);
#else
  char text[32];
  const int size = std::snprintf(text, sizeof(text), "%.17g", number);
  std::string digits(text, static_cast<std::size_t>(size));
#endif
  // As it would be an integer otherwise; infinities and NaN have an "n".
  if (digits.find_first_of(".en") == std::string::npos) digits += ".0";
  return digits;
}

inline std::string quoted(std::string_view text) {
  std::string quoted("\"");
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (c == '\n') {
      quoted += "\\n";
    } else {
      quoted += c;
    }
  }
  quoted += '"';
  return quoted;
}

}  // namespace detail

/// A short text for people; what it says of tensors is only that they are.
template <class Tensor>
std::string to_string(const Value<Tensor>& value) {
  switch (value.kind()) {
    case ValueKind::kNone:
      return "None";
    case ValueKind::kBool:
      return value.template ref<bool>() ? "True" : "False";
    case ValueKind::kInt:
      return std::to_string(value.template ref<std::int64_t>());
    case ValueKind::kFloat:
      return detail::float_to_string(value.template ref<double>());
    case ValueKind::kString:
      return detail::quoted(unbox<std::string_view>(value).get());
    case ValueKind::kTensor:
      return "Tensor";
    case ValueKind::kList: {
      std::string text("[");
      const std::size_t size = value.list_size();
      for (std::size_t i = 0; i != size; ++i) {
        if (i != 0) text += ", ";
        text += to_string(value.list_at(i));
      }
      text += ']';
      return text;
    }
    case ValueKind::kOther:
      break;
  }
  std::string text(value.type_name());
  if (const std::optional<std::int64_t> number = value.enumerator()) {
    text += '(';
    text += std::to_string(*number);
    text += ')';
  }
  return text;
}

}  // namespace dispatch_codegen

#endif  // DISPATCH_CODEGEN_VALUE_H
