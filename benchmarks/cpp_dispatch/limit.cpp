// The least that a dispatcher with c10's rules can cost: written by hand for two
// tensors, with nothing of what is needed to change a table or to explain an error. A
// yardstick, not a model of how to write one.
//
// LIMIT_SUITE names the suite, so that one program can hold several builds of this
// file; LIMIT_TLS may say how the thread's sets are to be found.
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <utility>

#include "calls.h"

#ifndef LIMIT_SUITE
#define LIMIT_SUITE limit
#endif
#ifndef LIMIT_TLS
#define LIMIT_TLS
#endif

#define LIMIT_JOIN_(suite) suite##_namespace
#define LIMIT_JOIN(suite) LIMIT_JOIN_(suite)
#define LIMIT_STRING_(suite) #suite
#define LIMIT_STRING(suite) LIMIT_STRING_(suite)

// Not anonymous, as the compiler would know too much of the variables.
namespace LIMIT_JOIN(LIMIT_SUITE) {

// Keysets: 15 backend bits, then functionalities, some of which have a slot a backend.

using KeySet = std::uint64_t;

inline constexpr int kBackends = 15;
inline constexpr KeySet kBackendMask = (KeySet{1} << kBackends) - 1;
inline constexpr std::size_t kSlots = 137;
inline constexpr int kDense = kBackends;
inline constexpr int kAutograd = kBackends + 18;

inline constexpr bool per_backend(int bit) {
  return bit == kDense || bit == kAutograd || (bit > 22 && bit < 27);
}

inline constexpr KeySet bit(int number) {
  return KeySet{1} << number;
}

// Where the slots of a functionality begin, and which bits choose among them. Eight
// bytes, as an address can scale an index by that. Bit 0 is in every mask, so that what
// it leaves of `set | 1` is never 0.
struct Row {
  std::uint32_t offset;
  std::uint32_t mask;
};

inline constexpr std::array<Row, 64> rows = [] {
  std::array<Row, 64> result{};
  std::uint32_t next = 1;
  for (int number = 0; number < 64; ++number) {
    auto& row = result[static_cast<std::size_t>(number)];
    row = {0, 1};  // A set of backends only has no functionality: slot 0.
    if (number < kBackends) continue;
    row.offset = next;
    if (per_backend(number)) row.mask = kBackendMask;
    next += per_backend(number) ? kBackends : 1;
  }
  return result;
}();

inline constexpr std::size_t slot_of(KeySet set) {
  const KeySet some = set | 1;
  const auto highest = static_cast<std::size_t>(63 ^ __builtin_clzll(some));
  const Row& row = rows[highest];
  const auto backends = static_cast<std::uint32_t>(some) & row.mask;
  return row.offset + (31U ^ static_cast<std::uint32_t>(__builtin_clz(backends)));
}

// Tensors: a handle of a counted body that holds the keyset.

class Body {
 public:
  explicit Body(KeySet keys) : keys(keys) {}
  virtual ~Body() = default;

  std::atomic<std::uint32_t> count{0};
  const KeySet keys;
};

class Tensor {
 public:
  explicit Tensor(KeySet keys) : Tensor(new Body(keys)) {}
  Tensor(const Tensor& other) : Tensor(other.body_) {}
  Tensor& operator=(const Tensor&) = delete;
  ~Tensor() {
    if (body_->count.fetch_sub(1, std::memory_order_acq_rel) == 1) delete body_;
  }
  KeySet keys() const { return body_->keys; }

 private:
  explicit Tensor(Body* body) : body_(body) {
    body_->count.fetch_add(1, std::memory_order_relaxed);
  }
  Body* body_;
};
static_assert(sizeof(Tensor) == 8);

// What a thread adds to every set, and what it leaves of it.

struct Local {
  KeySet included;
  KeySet kept;
};
LIMIT_TLS inline constinit thread_local Local local{0, ~KeySet{0}};

inline constinit std::atomic<bool> observing{false};

// Slots: typed functions that take the keyset first.

using Slot = std::int64_t (*)(KeySet, const Tensor&, const Tensor&);

[[noreturn, gnu::cold]] inline std::int64_t missing(KeySet,
                                                    const Tensor&,
                                                    const Tensor&) {
  std::abort();
}

template <auto kernel>
std::int64_t unboxed(KeySet, const Tensor& a, const Tensor& b) {
  return kernel(a, b);
}

// A boxed kernel of a typed call: what is on its stack borrows the arguments.

enum class Tag : std::uint64_t { kNone, kInt, kBorrowedTensor };

struct Value {
  Tag tag;
  union {
    std::int64_t integer;
    const Tensor* tensor;
  };
};

struct Stack {
  Value* begin;
  Value* end;
};

struct Operator {
  const char* name;
};

template <class Op, auto kernel>
std::int64_t boxed(KeySet set, const Tensor& a, const Tensor& b) {
  Value values[] = {
      {.tag = Tag::kBorrowedTensor, .tensor = &a},
      {.tag = Tag::kBorrowedTensor, .tensor = &b},
  };
  Stack stack{values, values + 2};
  kernel(Op::info, set, stack);
  if (stack.end != values + 1 || values[0].tag != Tag::kInt) [[unlikely]]
    std::abort();
  return values[0].integer;
}

// Tables: of constants, and of what may change while others read it.

template <class Op>
inline constexpr std::array<Slot, kSlots> constant_table = Op::slots();

struct MutableTable {
  std::array<std::atomic<Slot>, kSlots> slots;
  std::atomic<KeySet> mask;
};

template <class Op>
inline constinit MutableTable mutable_table =
    []<std::size_t... number>(std::index_sequence<number...>) {
      return MutableTable{{{Op::slots()[number]...}}, Op::kMask};
    }(std::make_index_sequence<kSlots>());

template <class Op>
struct Constant {
  static KeySet mask() { return Op::kMask; }
  static Slot at(std::size_t slot) { return constant_table<Op>[slot]; }
};

template <class Op>
struct Mutable {
  static KeySet mask() {
    return mutable_table<Op>.mask.load(std::memory_order_relaxed);
  }
  static Slot at(std::size_t slot) {
    return mutable_table<Op>.slots[slot].load(std::memory_order_relaxed);
  }
};

template <class Table>
[[gnu::always_inline]] inline std::int64_t redispatch(KeySet set,
                                                      const Tensor& a,
                                                      const Tensor& b) {
  return Table::at(slot_of(set))(set, a, b);
}

template <class Table>
[[gnu::always_inline]] inline std::int64_t call(const Tensor& a, const Tensor& b) {
  const KeySet joined = a.keys() | b.keys();
  const KeySet set = (joined | local.included) & local.kept & Table::mask();
  return redispatch<Table>(set, a, b);
}

[[gnu::cold, gnu::noinline]] inline void tell_observers() {
  std::abort();
}

template <class Table>
[[gnu::always_inline]] inline std::int64_t observed_call(const Tensor& a,
                                                         const Tensor& b) {
  if (observing.load(std::memory_order_relaxed)) [[unlikely]]
    tell_observers();
  return call<Table>(a, b);
}

// An operator with kernels, and a backend whose fallback is boxed.

template <int number>
CALLS_OPAQUE std::int64_t kernel(const Tensor&, const Tensor&) {
  return number;
}

CALLS_OPAQUE void fallback(const Operator&, KeySet, Stack& stack) {
  stack.end -= 2;
  *stack.end++ = {.tag = Tag::kInt, .integer = 1};
}

inline constexpr int kFallback = 14;

template <template <class> class Table>
struct Add {
  using Self = Table<Add>;

  static constexpr Operator info{"add"};
  static constexpr KeySet kMask = ~bit(kBackends + 17);  // ADInplaceOrView

  static std::int64_t autograd(KeySet set, const Tensor& a, const Tensor& b) {
    constexpr KeySet after = bit(kAutograd) - 1;
    return redispatch<Self>(set & after, a, b);
  }

  static constexpr std::array<Slot, kSlots> slots() {
    std::array<Slot, kSlots> result;
    result.fill(missing);
    const std::size_t dense = rows[kDense].offset;
    result[dense] = unboxed<kernel<0>>;
    result[dense + 1] = unboxed<kernel<1>>;
    result[dense + 2] = unboxed<kernel<2>>;
    result[dense + 3] = unboxed<kernel<3>>;
    result[dense + kFallback] = boxed<Add, fallback>;
    for (std::size_t number = 0; number < kBackends; ++number) {
      result[rows[kAutograd].offset + number] = autograd;
    }
    return result;
  }
};

using Static = Constant<Add<Constant>>;
using Changing = Mutable<Add<Mutable>>;

Tensor tensor(int backend, KeySet more = 0) {
  return Tensor(bit(backend) | bit(kDense) | more);
}

const Tensor cpu = tensor(0);
const Tensor other = tensor(0);
const Tensor with_autograd = tensor(0, bit(kAutograd) | bit(kBackends + 17));
const Tensor without_kernel = tensor(kFallback);
const std::array<Tensor, 4> backends{tensor(0), tensor(1), tensor(2), tensor(3)};

using calls::in_turn;
using calls::repeat;

void direct(long n) {
  std::int64_t (*volatile known)(const Tensor&, const Tensor&) = kernel<0>;
  repeat(n, [function = known] { function(cpu, other); });
}

void static_call(long n) {
  repeat(n, [] { call<Static>(cpu, other); });
}

void static_observable(long n) {
  repeat(n, [] { observed_call<Static>(cpu, other); });
}

void mutable_call(long n) {
  repeat(n, [] { call<Changing>(cpu, other); });
}

void static_autograd(long n) {
  repeat(n, [] { call<Static>(with_autograd, with_autograd); });
}

void mutable_autograd(long n) {
  repeat(n, [] { call<Changing>(with_autograd, with_autograd); });
}

void boxed_fallback(long n) {
  repeat(n, [] { call<Changing>(without_kernel, without_kernel); });
}

void four_backends(long n) {
  in_turn(n, backends, [](const Tensor& each) { call<Changing>(each, each); });
}

constexpr calls::Case kCases[] = {
    {"direct", direct},
    {"static", static_call},
    {"static, observable", static_observable},
    {"static, autograd", static_autograd},
    {"mutable", mutable_call},
    {"autograd", mutable_autograd},
    {"fallback", boxed_fallback},
    {"backends", four_backends},
};

}  // namespace LIMIT_JOIN(LIMIT_SUITE)

calls::Suite calls::LIMIT_SUITE() {
  namespace suite = LIMIT_JOIN(LIMIT_SUITE);
  return {LIMIT_STRING(LIMIT_SUITE), suite::kCases, sizeof(suite::MutableTable)};
}
