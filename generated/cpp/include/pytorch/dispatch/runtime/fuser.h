// Fused groups of operator calls: kept by key, compiled when they can be, else run one
// by one.
//
// A graph of calls is registered with a fuser, which keeps it as a KernelSpec under a
// key of 64 bits. `run_fusion` takes the inputs from a stack, compiles the graph for
// arguments like them if that was not tried before, and runs it; it returns false, the
// stack untouched, where the graph cannot be fused now. `run_fallback` calls the
// operators of the graph one by one through the dispatcher, so that autograd, modes,
// guards and observers act as in any other call.
//
// Mirrors torch/csrc/jit/codegen/fuser without what knows a device: compilers are given
// to the fuser.
//
// Note [Keys of graphs]. A key is a BLAKE2b hash of the graph's text, which is the
// text that `runtime/python/fuser.py` makes: graphs that say the same have one key
// in every process and in both languages. Other texts than in Python have: strings
// with characters beyond U+00FF that Python does not print; enumerators; and, where
// the C++ library has no std::to_chars for floats, some powers of two.

#ifndef DISPATCH_CODEGEN_FUSER_H
#define DISPATCH_CODEGEN_FUSER_H

#include <array>
#include <atomic>
#include <bit>
#include <charconv>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "policies.h"

namespace [[gnu::visibility("default")]] dispatch_codegen {

/// A graph cannot be fused, in general or for some arguments. For compilers to throw.
class CannotFuse : public DispatchError {
 public:
  using DispatchError::DispatchError;
};

/// No graph is registered under a key.
class UnknownFusionError : public DispatchError {
 public:
  explicit UnknownFusionError(std::int64_t key)
      : DispatchError("no fused graph is registered under the key " +
                      std::to_string(key) +
                      "; register_fusion returns the keys that are"),
        key_(key) {}

  /// The key that was looked for.
  std::int64_t key() const noexcept { return key_; }

 private:
  std::int64_t key_;
};

/// Primitive: joins `(values, dim)`.
inline constexpr std::string_view kFusedConcat = "prim::FusedConcat";
/// Primitive: `(value, pieces, dim)`; as many results as pieces.
inline constexpr std::string_view kFusedSplit = "prim::ConstantChunk";

// ---- keys

namespace detail {

/// BLAKE2b (RFC 7693) without a key, with a digest of 8 bytes, and a salt.
class Blake2b {
 public:
  static std::uint64_t hash(std::string_view text, std::uint64_t salt) {
    Blake2b state(salt);
    while (text.size() > kBlock) {
      state.compress(text.substr(0, kBlock), false);
      text.remove_prefix(kBlock);
    }
    state.compress(text, true);
    return state.hash_[0];
  }

 private:
  static constexpr std::size_t kBlock = 128;
  static constexpr std::array<std::uint64_t, 8> kStart = {
      0x6a09e667f3bcc908U,
      0xbb67ae8584caa73bU,
      0x3c6ef372fe94f82bU,
      0xa54ff53a5f1d36f1U,
      0x510e527fade682d1U,
      0x9b05688c2b3e6c1fU,
      0x1f83d9abfb41bd6bU,
      0x5be0cd19137e2179U,
  };
  // A hexadecimal digit for each of the 16 words, lowest digit first.
  static constexpr std::array<std::uint64_t, 10> kOrder = {
      0xfedcba9876543210U,
      0x357b20c16df984aeU,
      0x491763eadf250c8bU,
      0x8f04a562ebcd1397U,
      0xd386cb1efa427509U,
      0x91ef57d438b0a6c2U,
      0xb8293670a4def15cU,
      0xa2684f05931ce7bdU,
      0x5a417d2c803b9ef6U,
      0x0dc3e9bf5167482aU,
  };

  explicit Blake2b(std::uint64_t salt) : hash_(kStart) {
    hash_[0] ^= 0x01010008U;
    hash_[4] ^= salt;
  }

  void compress(std::string_view block, bool is_last) {
    std::array<std::uint64_t, 16> words{};
    for (std::size_t i = 0; i != block.size(); ++i) {
      const std::uint64_t byte = static_cast<unsigned char>(block[i]);
      words[i / 8] |= byte << (8 * (i % 8));
    }
    count_ += block.size();
    std::array<std::uint64_t, 16> v{};
    for (std::size_t i = 0; i != 8; ++i) {
      v[i] = hash_[i];
      v[i + 8] = kStart[i];
    }
    v[12] ^= count_;
    if (is_last) v[14] = ~v[14];
    for (std::size_t round = 0; round != 12; ++round) {
      const std::uint64_t order = kOrder[round % kOrder.size()];
      for (std::size_t i = 0; i != 8; ++i) {
        // First the four columns, then the four diagonals.
        const std::size_t turn = i < 4 ? 0 : 1;
        std::uint64_t& a = v[i % 4];
        std::uint64_t& b = v[4 + (i + turn) % 4];
        std::uint64_t& c = v[8 + (i + 2 * turn) % 4];
        std::uint64_t& d = v[12 + (i + 3 * turn) % 4];
        a += b + words[(order >> (8 * i)) & 15U];
        d = std::rotr(d ^ a, 32);
        c += d;
        b = std::rotr(b ^ c, 24);
        a += b + words[(order >> (8 * i + 4)) & 15U];
        d = std::rotr(d ^ a, 16);
        c += d;
        b = std::rotr(b ^ c, 63);
      }
    }
    for (std::size_t i = 0; i != 8; ++i) hash_[i] ^= v[i] ^ v[i + 8];
  }

  std::array<std::uint64_t, 8> hash_;
  std::uint64_t count_ = 0;
};

/// A number as Python's `repr` writes it.
inline std::string graph_text(double number) {
  if (number != number) return "nan";
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (number == kInfinity) return "inf";
  if (number == -kInfinity) return "-inf";
  char buffer[40];
#if defined(__cpp_lib_to_chars)
  const std::to_chars_result result = std::to_chars(
      buffer, buffer + sizeof(buffer), number, std::chars_format::scientific);
  std::string_view text(buffer, static_cast<std::size_t>(result.ptr - buffer));
#else
  int size = 0;
  for (int precision = 0; precision <= 16; ++precision) {
    size = std::snprintf(buffer, sizeof(buffer), "%.*e", precision, number);
    if (std::strtod(buffer, nullptr) == number) break;
  }
  std::string_view text(buffer, static_cast<std::size_t>(size));
#endif
  std::string written;
  if (text.front() == '-') {
    written += '-';
    text.remove_prefix(1);
  }
  const std::size_t mark = text.find('e');
  int exponent = 0;
  const std::size_t sign = text[mark + 1] == '+' ? 2 : 1;
  std::from_chars(text.data() + mark + sign, text.data() + text.size(), exponent);
  std::string digits(1, text[0]);
  if (mark > 2) digits += text.substr(2, mark - 2);
  const int last = static_cast<int>(digits.size()) - 1;
  if (exponent < -4 || exponent >= 16) {
    written += digits[0];
    if (last > 0) written += '.' + digits.substr(1);
    written += exponent < 0 ? "e-" : "e+";
    const int size_of = exponent < 0 ? -exponent : exponent;
    if (size_of < 10) written += '0';
    return written + std::to_string(size_of);
  }
  if (exponent < 0) {
    return written + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') +
           digits;
  }
  if (exponent >= last) {
    digits.append(static_cast<std::size_t>(exponent - last), '0');
    return written + digits + ".0";
  }
  return written + digits.insert(static_cast<std::size_t>(exponent) + 1, 1, '.');
}

/// How many bytes a well-formed UTF-8 character takes that a text starts with; 0 if the
/// text starts with none.
inline std::size_t utf8_size(std::string_view text) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const unsigned first = byte(0);
  if (first < 0x80U) return 1;
  std::size_t size = 0;
  unsigned low = 0x80U;
  unsigned high = 0xbfU;
  if (first >= 0xc2U && first <= 0xdfU) size = 2;
  if (first >= 0xe0U && first <= 0xefU) size = 3;
  if (first >= 0xf0U && first <= 0xf4U) size = 4;
  if (first == 0xe0U) low = 0xa0U;
  if (first == 0xedU) high = 0x9fU;
  if (first == 0xf0U) low = 0x90U;
  if (first == 0xf4U) high = 0x8fU;
  for (std::size_t i = 1; i < size; ++i) {
    if (byte(i) < low || byte(i) > high) return 0;
    low = 0x80U;
    high = 0xbfU;
  }
  return size;
}

/// A string as Python's `repr` writes it, where that depends on Latin-1 only. Bytes
/// that are no UTF-8 are written as the surrogates that Python has for them.
inline std::string graph_text(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const bool has_single = text.find('\'') != std::string_view::npos;
  const bool has_double = text.find('"') != std::string_view::npos;
  const char quote = has_single && !has_double ? '"' : '\'';
  std::string written(1, quote);
  const auto hex = [&](std::string_view prefix, unsigned code) {
    written += prefix;
    written += kDigits[(code >> 4U) & 15U];
    written += kDigits[code & 15U];
  };
  while (!text.empty()) {
    const std::size_t size = utf8_size(text);
    const char c = text.front();
    const unsigned byte = static_cast<unsigned char>(c);
    if (size == 0) {
      hex("\\udc", byte);
      text.remove_prefix(1);
      continue;
    }
    const std::string_view character = text.substr(0, size);
    text.remove_prefix(size);
    if (byte == 0xc2U) {
      const unsigned code = static_cast<unsigned char>(character[1]);
      if (code <= 0xa0U || code == 0xadU) {
        hex("\\x", code);
        continue;
      }
    }
    if (c == '\\' || c == quote) {
      written += '\\';
      written += c;
    } else if (c == '\n') {
      written += "\\n";
    } else if (c == '\r') {
      written += "\\r";
    } else if (c == '\t') {
      written += "\\t";
    } else if (byte < 0x20U || byte == 0x7fU) {
      hex("\\x", byte);
    } else {
      written += character;
    }
  }
  return written + quote;
}

}  // namespace detail

/// The key of a normalized graph's text; another one for each attempt to find a free
/// one.
inline std::int64_t hash_text(std::string_view text, std::uint64_t attempt = 0) {
  return static_cast<std::int64_t>(detail::Blake2b::hash(text, attempt));
}

// ---- graphs

/// An input of a graph or a result of one of its calls; equal by name, and by the
/// builder that made it.
class GraphValue {
 public:
  /// One that no builder made.
  explicit GraphValue(std::size_t name) noexcept : GraphValue(0, name) {}

  /// In a normalized graph, its number.
  std::size_t name() const noexcept { return name_; }

  friend auto operator<=>(const GraphValue&, const GraphValue&) = default;

 private:
  template <class Traits>
  friend class GraphBuilder;

  GraphValue(std::uint64_t owner, std::size_t name) noexcept
      : owner_(owner), name_(name) {}

  std::uint64_t owner_;
  std::size_t name_;
};

/// What a call in a graph is given: a value, a constant, or a list of such.
///
/// Constants are none, booleans, numbers, strings, enumerators, and lists of these. A
/// constant that is a list is a list of constants, however it was stored.
template <class Traits>
class GraphArgument {
 public:
  using V = typename Traits::Value;
  using List = std::vector<GraphArgument>;
  static_assert(detail::IsValue<V>::value,
                "graphs need dispatch_codegen::Value for the boxed value");

  enum class Kind : std::uint8_t { kConstant, kValue, kList };

  /// None.
  GraphArgument() = default;
  GraphArgument(GraphValue value) : kind_(Kind::kValue), value_(value) {}
  GraphArgument(List items) : kind_(Kind::kList), items_(std::move(items)) {}
  GraphArgument(const std::vector<GraphValue>& values)
      : kind_(Kind::kList), items_(values.begin(), values.end()) {}

  /// A constant. Throws TypeError for one that has no stable text.
  template <class T>
    requires(!std::is_same_v<std::remove_cvref_t<T>, GraphArgument> &&
             !std::is_same_v<std::remove_cvref_t<T>, GraphValue> &&
             !std::is_same_v<std::remove_cvref_t<T>, List> &&
             !std::is_same_v<std::remove_cvref_t<T>, std::vector<GraphValue>>)
  GraphArgument(T&& constant) : constant_(std::forward<T>(constant)) {
    if (constant_.is_list()) {
      kind_ = Kind::kList;
      const std::size_t size = constant_.list_size();
      for (std::size_t i = 0; i != size; ++i) {
        items_.emplace_back(constant_.list_at(i));
      }
      constant_ = V();
    } else if (constant_.is_tensor() || (constant_.kind() == ValueKind::kOther &&
                                         !constant_.enumerator().has_value())) {
      throw_type_error("a graph cannot hold a constant of type " +
                       std::string(constant_.type_name()) +
                       "; make it an input of the graph");
    }
  }

  Kind kind() const noexcept { return kind_; }
  bool is_constant() const noexcept { return kind_ == Kind::kConstant; }
  bool is_value() const noexcept { return kind_ == Kind::kValue; }
  bool is_list() const noexcept { return kind_ == Kind::kList; }

  /// None if it is no constant.
  const V& constant() const noexcept { return constant_; }
  /// Only of what is a value.
  GraphValue value() const noexcept { return value_; }
  /// Empty if it is no list.
  const List& items() const noexcept { return items_; }

  /// Calls `visit(GraphValue)` for each value, those in lists too.
  template <class Visit>
  void for_each_value(Visit&& visit) const {
    if (is_value()) visit(value_);
    for (const GraphArgument& item : items_) item.for_each_value(visit);
  }

  bool has_values() const {
    bool found = false;
    for_each_value([&](GraphValue) { found = true; });
    return found;
  }

  /// Text that no other argument has.
  std::string text() const {
    if (is_value()) return '%' + std::to_string(value_.name());
    if (is_list()) {
      std::string list("[");
      for (const GraphArgument& item : items_) {
        if (list.size() > 1) list += ", ";
        list += item.text();
      }
      return list + ']';
    }
    if (constant_.kind() == ValueKind::kFloat) {
      return detail::graph_text(constant_.template ref<double>());
    }
    if (constant_.kind() == ValueKind::kString) {
      return detail::graph_text(unbox<std::string_view>(constant_).get());
    }
    const std::string text = to_string(constant_);
    return constant_.kind() == ValueKind::kOther ? '<' + text + '>' : text;
  }

  /// The same with each value as `replace(value)` says.
  template <class Replace>
  GraphArgument replaced(Replace&& replace) const {
    if (is_value()) return GraphArgument(replace(value_));
    GraphArgument copy(*this);
    for (GraphArgument& item : copy.items_) item = item.replaced(replace);
    return copy;
  }

 private:
  Kind kind_ = Kind::kConstant;
  GraphValue value_{0};
  V constant_;
  List items_;
};

/// One call in a graph.
template <class Traits>
struct GraphNode {
  using Argument = GraphArgument<Traits>;

  /// `ns::name` or `ns::name.overload`.
  std::string op;
  std::vector<Argument> args;
  /// By name; sorted in a normalized graph.
  std::vector<std::pair<std::string, Argument>> kwargs;
  /// What the call makes. A single one is what the operator returns, a list if that is
  /// several; several are the parts of it; none leaves it aside.
  std::vector<GraphValue> results;

  /// Calls `visit(GraphValue)` for each value that it reads.
  template <class Visit>
  void for_each_value(Visit&& visit) const {
    for (const Argument& argument : args) argument.for_each_value(visit);
    for (const auto& [name, argument] : kwargs) argument.for_each_value(visit);
  }
};

/// Calls of operators in the order in which they run; immutable and normalized.
///
/// Values are numbered here in order, inputs first, whatever they were called, so that
/// graphs which say the same have the same text and key.
template <class Traits>
class Graph {
 public:
  using Argument = GraphArgument<Traits>;
  using Node = GraphNode<Traits>;

  /// Throws a DispatchError if a value is used before it is made, or made twice, or if
  /// a name is none.
  Graph(const std::vector<GraphValue>& inputs,
        std::vector<Node> nodes,
        std::vector<Argument> outputs)
      : n_inputs_(inputs.size()),
        nodes_(std::move(nodes)),
        outputs_(std::move(outputs)) {
    Numbering numbering;
    for (const GraphValue value : inputs) numbering.make(value);
    for (Node& node : nodes_) {
      check_name(node.op);
      numbering.replace(node.args);
      sort(node);
      for (auto& [name, argument] : node.kwargs) {
        argument = numbering.replaced(argument);
      }
      for (GraphValue& result : node.results) result = numbering.make(result);
    }
    numbering.replace(outputs_);
    n_values_ = numbering.size();
    text_ = make_text();
    key_ = hash_text(text_);
    find_last_used();
  }

  /// How many inputs it takes: the values 0 to n - 1.
  std::size_t n_inputs() const noexcept { return n_inputs_; }
  /// How many values there are, inputs and results.
  std::size_t n_values() const noexcept { return n_values_; }
  /// The calls, over numbered values.
  const std::vector<Node>& nodes() const noexcept { return nodes_; }
  /// What it returns.
  const std::vector<Argument>& outputs() const noexcept { return outputs_; }
  /// All of that, one line a call.
  const std::string& text() const noexcept { return text_; }
  /// Follows from the text alone; see Note [Keys of graphs].
  std::int64_t key() const noexcept { return key_; }
  /// For each node, the numbers of values that nothing after it reads.
  const std::vector<std::vector<std::size_t>>& last_used() const noexcept {
    return last_used_;
  }

  friend bool operator==(const Graph& left, const Graph& right) {
    return left.text_ == right.text_;
  }

 private:
  /// Numbers values in the order in which they are made.
  class Numbering {
   public:
    std::size_t size() const { return made_.size(); }

    GraphValue make(GraphValue value) {
      const std::size_t place = place_of(value);
      if (is_at(place, value)) {
        throw DispatchError("the value " + Argument(value).text() + " is made twice");
      }
      const GraphValue numbered(made_.size());
      made_.insert(made_.begin() + static_cast<std::ptrdiff_t>(place),
                   {value, numbered});
      return numbered;
    }

    Argument replaced(const Argument& argument) const {
      return argument.replaced([&](GraphValue value) {
        const std::size_t place = place_of(value);
        if (!is_at(place, value)) {
          throw DispatchError("the value " + Argument(value).text() +
                              " is used before it is made");
        }
        return made_[place].second;
      });
    }
    void replace(std::vector<Argument>& arguments) const {
      for (Argument& argument : arguments) argument = replaced(argument);
    }

   private:
    std::size_t place_of(GraphValue value) const {
      std::size_t low = 0;
      std::size_t high = made_.size();
      while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (made_[middle].first < value) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
    bool is_at(std::size_t place, GraphValue value) const {
      return place < made_.size() && made_[place].first == value;
    }

    std::vector<std::pair<GraphValue, GraphValue>> made_;  // By the first.
  };

  static bool is_name(std::string_view text) {
    for (const char c : text) {
      const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      const bool is_digit = c >= '0' && c <= '9';
      if (!is_letter && !is_digit && c != '_') return false;
    }
    return !text.empty();
  }

  static void check_name(std::string_view op) {
    const std::size_t colons = op.find("::");
    bool is_good = colons != std::string_view::npos && is_name(op.substr(0, colons));
    if (is_good) {
      const std::string_view rest = op.substr(colons + 2);
      const std::size_t dot = rest.find('.');
      is_good = is_name(rest.substr(0, dot)) &&
                (dot == std::string_view::npos || is_name(rest.substr(dot + 1)));
    }
    if (!is_good) {
      throw DispatchError('"' + std::string(op) +
                          "\" is no operator's name: ns::name or ns::name.overload");
    }
  }

  /// Sorts the arguments by name. Throws if two have one name, or one has none.
  static void sort(Node& node) {
    auto& kwargs = node.kwargs;
    for (std::size_t i = 0; i < kwargs.size(); ++i) {
      if (!is_name(kwargs[i].first)) {
        throw DispatchError(node.op + ": \"" + kwargs[i].first +
                            "\" is no argument's name");
      }
      for (std::size_t j = i; j > 0; --j) {
        if (kwargs[j - 1].first == kwargs[j].first) {
          throw DispatchError(node.op + ": the argument '" + kwargs[j].first +
                              "' is given twice");
        }
        if (kwargs[j - 1].first < kwargs[j].first) break;
        std::swap(kwargs[j - 1], kwargs[j]);
      }
    }
  }

  std::string make_text() const {
    const auto append = [](std::string& list, const std::string& item) {
      if (!list.empty()) list += ", ";
      list += item;
    };
    std::string inputs;
    for (std::size_t i = 0; i != n_inputs_; ++i) {
      append(inputs, '%' + std::to_string(i));
    }
    std::string text = "graph(" + inputs + "):\n";
    for (const Node& node : nodes_) {
      std::string results;
      for (const GraphValue result : node.results) {
        append(results, Argument(result).text());
      }
      std::string arguments;
      for (const Argument& argument : node.args) append(arguments, argument.text());
      for (const auto& [name, argument] : node.kwargs) {
        append(arguments, name + '=' + argument.text());
      }
      text += "  ";
      if (!results.empty()) text += results + " = ";
      text += node.op + '(' + arguments + ")\n";
    }
    std::string outputs;
    for (const Argument& output : outputs_) append(outputs, output.text());
    return text + "  return (" + outputs + ")\n";
  }

  void find_last_used() {
    std::vector<bool> seen(n_values_);
    for (const Argument& output : outputs_) {
      output.for_each_value([&](GraphValue value) { seen[value.name()] = true; });
    }
    last_used_.resize(nodes_.size());
    for (std::size_t i = nodes_.size(); i-- > 0;) {
      const auto touch = [&](GraphValue value) {
        if (seen[value.name()]) return;
        seen[value.name()] = true;
        last_used_[i].push_back(value.name());
      };
      nodes_[i].for_each_value(touch);
      for (const GraphValue result : nodes_[i].results) touch(result);
    }
  }

  std::size_t n_inputs_;
  std::size_t n_values_ = 0;
  std::vector<Node> nodes_;
  std::vector<Argument> outputs_;
  std::string text_;
  std::int64_t key_ = 0;
  std::vector<std::vector<std::size_t>> last_used_;
};

/// An argument that a call in a graph is given by name.
template <class T>
struct NamedArgument {
  std::string name;
  T value;
};

template <class T>
NamedArgument<T> named(std::string name, T value) {
  return {std::move(name), std::move(value)};
}

/// Makes a graph call by call. Its methods throw a DispatchError for values of another
/// graph.
template <class Traits>
class GraphBuilder {
 public:
  using Argument = GraphArgument<Traits>;
  using Node = GraphNode<Traits>;

  explicit GraphBuilder(std::size_t n_inputs)
      : id_(next_id_.fetch_add(1, std::memory_order_relaxed)),
        inputs_(make(n_inputs)) {}
  // Two of them would number alike.
  GraphBuilder(const GraphBuilder&) = delete;
  GraphBuilder& operator=(const GraphBuilder&) = delete;

  const std::vector<GraphValue>& inputs() const noexcept { return inputs_; }
  /// One of the inputs. Throws a DispatchError if there are not so many.
  GraphValue input(std::size_t index) const {
    if (index >= inputs_.size()) {
      throw DispatchError("the graph has " + std::to_string(inputs_.size()) +
                          " inputs, and there is none at " + std::to_string(index));
    }
    return inputs_[index];
  }

  /// A call with one result. Arguments are values, constants, lists of such, and what
  /// `named` returns.
  template <class... Arguments>
  GraphValue call(std::string_view op, Arguments&&... arguments) {
    return call_for(1, op, std::forward<Arguments>(arguments)...).front();
  }

  /// A call with any number of results.
  template <class... Arguments>
  std::vector<GraphValue> call_for(std::size_t n_results,
                                   std::string_view op,
                                   Arguments&&... arguments) {
    Node node;
    node.op = op;
    (add(node, std::forward<Arguments>(arguments)), ...);
    node.for_each_value([&](GraphValue value) { check_ours(value); });
    node.results = make(n_results);
    nodes_.push_back(std::move(node));
    return nodes_.back().results;
  }

  /// A list of values, constants and lists.
  template <class... Items>
  static Argument list(Items&&... items) {
    typename Argument::List result;
    result.reserve(sizeof...(items));
    (result.emplace_back(std::forward<Items>(items)), ...);
    return Argument(std::move(result));
  }

  /// Values joined along a dimension: a primitive.
  GraphValue concat(const std::vector<GraphValue>& values, std::int64_t dim) {
    return call(kFusedConcat, values, dim);
  }

  /// Equal pieces of a value along a dimension: a primitive.
  std::vector<GraphValue> split(GraphValue value,
                                std::size_t pieces,
                                std::int64_t dim) {
    return call_for(pieces, kFusedSplit, value, pieces, dim);
  }

  /// The graph of all calls so far, with these outputs.
  template <class... Outputs>
  Graph<Traits> build(Outputs&&... outputs) const {
    std::vector<Argument> list;
    list.reserve(sizeof...(outputs));
    (list.emplace_back(std::forward<Outputs>(outputs)), ...);
    for (const Argument& output : list) {
      output.for_each_value([&](GraphValue value) { check_ours(value); });
    }
    return Graph<Traits>(inputs_, nodes_, std::move(list));
  }

 private:
  std::vector<GraphValue> make(std::size_t count) {
    std::vector<GraphValue> made;
    made.reserve(count);
    for (std::size_t i = 0; i != count; ++i) made.push_back(GraphValue(id_, n_made_++));
    return made;
  }

  template <class T>
  static void add(Node& node, T&& argument) {
    node.args.emplace_back(std::forward<T>(argument));
  }
  template <class T>
  static void add(Node& node, NamedArgument<T> argument) {
    node.kwargs.emplace_back(std::move(argument.name),
                             Argument(std::move(argument.value)));
  }

  void check_ours(GraphValue value) const {
    if (value.owner_ == id_ && value.name_ < n_made_) return;
    throw DispatchError("the value " + Argument(value).text() +
                        " belongs to another graph");
  }

  static inline constinit std::atomic<std::uint64_t> next_id_{1};

  std::uint64_t id_;
  std::size_t n_made_ = 0;
  std::vector<GraphValue> inputs_;
  std::vector<Node> nodes_;
};

// ---- arguments

namespace detail {

/// What the elements of a list in a schema are, and how many.
struct ListInfo {
  explicit ListInfo(const Argument& argument)
      : base(argument.type.substr(0, argument.type.find_first_of("[(?"))),
        kind(argument.kind) {
    const std::size_t close = argument.type.rfind(']');
    const std::size_t open = argument.type.rfind('[', close);
    if (close == std::string_view::npos || open == std::string_view::npos) return;
    const std::string_view behind = argument.type.substr(close + 1);
    if (!behind.empty() && behind != "?") return;  // Within another type.
    const char* const begin = argument.type.data() + open + 1;
    std::from_chars(begin, argument.type.data() + close, size);
  }

  /// Whether one element stands for all.
  bool repeats() const { return size != 0 && base != "bool"; }

  std::string_view base;
  ArgumentKind kind;
  /// 0 if the schema does not say it.
  std::size_t size = 0;
};

template <class Tensor, class T>
bool all_are(const std::vector<Value<Tensor>>& items) {
  for (const Value<Tensor>& item : items) {
    if (!item.template is<T>()) return false;
  }
  return true;
}

template <class List, class T, class Tensor>
Value<Tensor> list_of(const std::vector<Value<Tensor>>& items) {
  List list;
  if constexpr (std::is_same_v<List, BoolList>) {
    list = BoolList(items.size());
    for (std::size_t i = 0; i != items.size(); ++i) {
      list[i] = items[i].template ref<bool>();
    }
  } else {
    list.reserve(items.size());
    for (const Value<Tensor>& item : items) list.push_back(item.template ref<T>());
  }
  return Value<Tensor>(std::move(list));
}

/// A list as kernels expect it: of one type if all items are.
template <class Tensor>
Value<Tensor> make_list(const ListInfo& info, std::vector<Value<Tensor>> items) {
  if (info.kind == ArgumentKind::kOptionalTensorList) {
    std::vector<std::optional<Tensor>> tensors;
    for (const Value<Tensor>& item : items) {
      if (item.is_none()) {
        tensors.emplace_back();
      } else if (item.is_tensor()) {
        tensors.emplace_back(item.tensor());
      } else {
        return Value<Tensor>(std::move(items));
      }
    }
    return Value<Tensor>(std::move(tensors));
  }
  // The type says what an empty list is one of.
  const bool is_empty = items.empty();
  if (is_empty ? info.kind == ArgumentKind::kTensorList
               : all_are<Tensor, Tensor>(items)) {
    return list_of<std::vector<Tensor>, Tensor>(items);
  }
  if (is_empty ? info.base == "int" : all_are<Tensor, std::int64_t>(items)) {
    return list_of<std::vector<std::int64_t>, std::int64_t>(items);
  }
  if (is_empty ? info.base == "float" : all_are<Tensor, double>(items)) {
    return list_of<std::vector<double>, double>(items);
  }
  if (is_empty ? info.base == "bool" : all_are<Tensor, bool>(items)) {
    return list_of<BoolList, bool>(items);
  }
  if (is_empty ? info.base == "str" : all_are<Tensor, std::string>(items)) {
    return list_of<std::vector<std::string>, std::string>(items);
  }
  return Value<Tensor>(std::move(items));
}

/// A value as it is, or as often as the schema says where it stands for a whole list.
template <class Tensor>
Value<Tensor> repeated(const ListInfo& info, Value<Tensor> value) {
  if (!info.repeats() || value.is_none() || value.is_list()) return value;
  return make_list(info, std::vector<Value<Tensor>>(info.size, value));
}

/// Reads the text of a default. Its methods throw a DispatchError.
template <class Tensor>
class DefaultParser {
 public:
  using V = Value<Tensor>;

  DefaultParser(const Argument& argument) : argument_(argument), info_(argument) {}

  V parse() {
    V value;
    skip_space();
    if (accept('[')) {
      std::vector<V> items;
      skip_space();
      if (!accept(']')) {
        do {
          items.push_back(constant());
          skip_space();
        } while (accept(','));
        if (!accept(']')) fail();
      }
      value = make_list(info_, std::move(items));
    } else {
      value = repeated(info_, constant());
    }
    skip_space();
    if (!text_.empty()) fail();
    return value;
  }

 private:
  [[noreturn]] void fail() const {
    throw DispatchError("the default of '" + std::string(argument_.name) + "', " +
                        std::string(argument_.default_text) +
                        ", is none that a graph can fill in; give the argument");
  }

  void skip_space() {
    while (!text_.empty() && text_.front() == ' ') text_.remove_prefix(1);
  }
  bool accept(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }

  V constant() {
    skip_space();
    if (text_.empty()) fail();
    if (text_.front() == '"' || text_.front() == '\'') return V(string());
    std::size_t size = 0;
    while (size < text_.size() && text_[size] != ',' && text_[size] != ']' &&
           text_[size] != ' ') {
      ++size;
    }
    const std::string_view word = text_.substr(0, size);
    text_.remove_prefix(size);
    if (word == "None") return V();
    if (word == "True") return V(true);
    if (word == "False") return V(false);
    return number(word);
  }

  V number(std::string_view word) const {
    const char* const end = word.data() + word.size();
    if (word.find_first_of(".eEin") == std::string_view::npos) {
      std::int64_t number = 0;
      const std::from_chars_result result = std::from_chars(word.data(), end, number);
      if (result.ec != std::errc() || result.ptr != end) fail();
      return V(number);
    }
    double number = 0;
    if (word.find_first_not_of("+-.0123456789einfaE") != std::string_view::npos) fail();
#if defined(__cpp_lib_to_chars)
    const std::from_chars_result result = std::from_chars(word.data(), end, number);
    if (result.ec != std::errc() || result.ptr != end) fail();
#else
    const std::string text(word);
    char* stop = nullptr;
    number = std::strtod(text.c_str(), &stop);
    if (text.empty() || stop != text.c_str() + text.size()) fail();
#endif
    return V(number);
  }

  std::string string() {
    constexpr std::string_view kEscapes = "\\'\"abfnrtv";
    constexpr std::string_view kEscaped = "\\'\"\a\b\f\n\r\t\v";
    const char quote = text_.front();
    text_.remove_prefix(1);
    std::string value;
    while (!accept(quote)) {
      if (text_.empty()) fail();
      const bool is_escape = accept('\\');
      if (text_.empty()) fail();
      const char c = text_.front();
      if (!is_escape) {
        value += c;
      } else if (const std::size_t known = kEscapes.find(c);
                 known != std::string_view::npos) {
        value += kEscaped[known];
      } else {
        unsigned code = 0;
        if (text_.size() < 3) fail();
        const std::from_chars_result result =
            std::from_chars(text_.data(), text_.data() + 3, code, 8);
        if (result.ec != std::errc() || result.ptr != text_.data() + 3 || code > 255) {
          fail();
        }
        value += static_cast<char>(code);
        text_.remove_prefix(2);
      }
      text_.remove_prefix(1);
    }
    return value;
  }

  const Argument& argument_;
  ListInfo info_;
  std::string_view text_ = argument_.default_text;
};

}  // namespace detail

/// The value of an argument's default. Throws a DispatchError for a text that is none,
/// a bool, a number, a string, or a list of such.
template <class Traits>
typename Traits::Value default_value(const Argument& argument) {
  return detail::DefaultParser<typename Traits::Tensor>(argument).parse();
}

namespace detail {

/// How the arguments of a node become those of an operator.
template <class Traits>
struct CallPlan {
  using V = typename Traits::Value;

  struct Slot {
    ListInfo info;
    /// Null if the constant below is all that there is to know.
    const GraphArgument<Traits>* argument = nullptr;
    V constant;
  };

  /// Throws TypeError if the operator does not take these arguments.
  CallPlan(const GraphNode<Traits>& node, const SchemaView& given) : schema(&given) {
    const auto fail = [&](const std::string& what) {
      throw_type_error(node.op + ": " + what +
                       " in a fused graph\nschema: " + to_string(given));
    };
    std::size_t n_positional = 0;
    while (n_positional < given.arguments.size() &&
           !given.arguments[n_positional].kwarg_only) {
      ++n_positional;
    }
    if (node.args.size() > n_positional) {
      fail("it takes " + std::to_string(n_positional) +
           " positional arguments, and is given " + std::to_string(node.args.size()));
    }
    std::size_t n_named = 0;
    slots.reserve(given.arguments.size());
    for (std::size_t i = 0; i != given.arguments.size(); ++i) {
      const Argument& argument = given.arguments[i];
      const std::string name = '\'' + std::string(argument.name) + '\'';
      const GraphArgument<Traits>* found = nullptr;
      if (i < node.args.size()) found = &node.args[i];
      for (const auto& [other, named] : node.kwargs) {
        if (other != argument.name) continue;
        if (found != nullptr) fail("the argument " + name + " is given twice");
        found = &named;
        ++n_named;
      }
      Slot& slot = slots.emplace_back(Slot{ListInfo(argument), found, V()});
      if (found == nullptr) {
        if (!argument.has_default) fail("the argument " + name + " is missing");
        slot.constant = default_value<Traits>(argument);
      } else if (!found->has_values()) {
        slot.constant = repeated(slot.info, constant_of(slot.info, *found));
        slot.argument = nullptr;
      }
    }
    if (n_named != node.kwargs.size()) {
      for (const auto& [name, named] : node.kwargs) {
        bool is_known = false;
        for (const Argument& argument : given.arguments) {
          is_known = is_known || argument.name == name;
        }
        if (!is_known) fail("there is no argument '" + name + "'");
      }
    }
  }

  /// What an argument without values is.
  static V constant_of(const ListInfo& info, const GraphArgument<Traits>& argument) {
    if (!argument.is_list()) return argument.constant();
    std::vector<V> items;
    items.reserve(argument.items().size());
    for (const auto& item : argument.items()) items.push_back(constant_of(info, item));
    return make_list(info, std::move(items));
  }

  /// It is of use as long as the operator has this schema.
  const SchemaView* schema;
  std::vector<Slot> slots;
};

}  // namespace detail

// ---- compiled kernels

/// What a compiler made of a graph. Several threads may run it at once.
template <class Traits>
class FusedKernel {
 public:
  using V = typename Traits::Value;

  virtual ~FusedKernel() = default;
  /// Pushes the outputs of the graph. Throws CannotFuse where it cannot run now; then
  /// it must have no effect, since the calls are made one by one after it.
  virtual void run(std::span<V> arguments, Stack<V>* outputs) = 0;
};

/// Makes kernels of graphs. Several threads may ask it at once.
template <class Traits>
class Compiler {
 public:
  using V = typename Traits::Value;
  using Kernel = std::shared_ptr<FusedKernel<Traits>>;

  virtual ~Compiler() = default;
  /// All that a kernel for these arguments depends on. Throws CannotFuse if it makes
  /// none for them.
  virtual std::string describe(std::span<const V> arguments) = 0;
  /// A kernel for the arguments that are described so. Throws CannotFuse if it makes
  /// none, which is remembered; any other error is not, and reaches the caller.
  virtual Kernel compile(const Graph<Traits>& graph,
                         const std::string& description) = 0;
};

template <class Traits>
class Fuser;

/// A registered graph and what was compiled for it.
template <class Traits>
class KernelSpec {
 public:
  using V = typename Traits::Value;
  using Stack = dispatch_codegen::Stack<V>;
  using Kernel = std::shared_ptr<FusedKernel<Traits>>;

  /// A description of arguments that was tried, and why there is no kernel for it; the
  /// latter is empty if there is one.
  struct Tried {
    std::string description;
    std::string why_not;
  };

  KernelSpec(std::int64_t key, Graph<Traits> graph)
      : key_(key),
        graph_(std::move(graph)),
        calls_(std::make_unique<Call[]>(graph_.nodes().size())) {}
  KernelSpec(const KernelSpec&) = delete;
  KernelSpec& operator=(const KernelSpec&) = delete;

  /// That it is registered under.
  std::int64_t key() const noexcept { return key_; }
  const Graph<Traits>& graph() const noexcept { return graph_; }
  /// How many arguments it takes from a stack.
  std::size_t n_inputs() const noexcept { return graph_.n_inputs(); }

  /// How many kernels were compiled for it.
  std::size_t compiled() const noexcept { return compiled_.load(); }
  /// How often one of them ran.
  std::size_t fused() const noexcept { return fused_.load(); }
  /// How often the calls were made one by one.
  std::size_t fallbacks() const noexcept { return fallbacks_.load(); }
  /// Why the last attempt to fuse did not; empty if it did.
  std::string why_not() const {
    const std::lock_guard<std::mutex> held(mutex_);
    return why_not_;
  }
  /// What was tried and is decided.
  std::vector<Tried> tried() const {
    const std::lock_guard<std::mutex> held(mutex_);
    std::vector<Tried> found;
    for (const auto& attempt : attempts_) {
      if (attempt->is_done.load(std::memory_order_acquire)) {
        found.push_back({attempt->description, attempt->why_not});
      }
    }
    return found;
  }

  /// The kernel for such arguments, compiled by the first that asks for it; the others
  /// wait meanwhile. Null if there is none, with the reason in `why_not`. A compiler
  /// that comes back here for what it is compiling gets none.
  Kernel kernel(Compiler<Traits>& compiler,
                const std::string& description,
                std::string& why_not) {
    Attempt& attempt = attempt_for(&compiler, description);
    if (!attempt.is_done.load(std::memory_order_acquire)) {
      const std::lock_guard<std::recursive_mutex> held(attempt.mutex);
      if (attempt.is_running) {
        why_not = "it is being compiled";
        return nullptr;
      }
      if (!attempt.is_done.load(std::memory_order_relaxed)) compile(attempt, compiler);
    }
    why_not = attempt.why_not;
    return attempt.kernel;
  }

 private:
  friend class Fuser<Traits>;

  using Plan = detail::CallPlan<Traits>;

  /// What is known of a node's operator since its first call.
  struct Call {
    std::atomic<OperatorEntry<Traits>*> entry{nullptr};
    std::atomic<const Plan*> plan{nullptr};
  };

  struct Attempt {
    Compiler<Traits>* compiler = nullptr;
    std::string description;
    // Reentrant, so that a compiler that asks for its own kernel is no deadlock.
    std::recursive_mutex mutex;
    bool is_running = false;
    std::atomic<bool> is_done{false};
    Kernel kernel;
    std::string why_not;
  };

  Attempt& attempt_for(Compiler<Traits>* compiler, const std::string& description) {
    const std::lock_guard<std::mutex> held(mutex_);
    std::size_t low = 0;
    std::size_t high = attempts_.size();
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (attempts_[middle]->description < description) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (std::size_t i = low; i != attempts_.size(); ++i) {
      if (attempts_[i]->description != description) break;
      if (attempts_[i]->compiler == compiler) return *attempts_[i];
    }
    auto made = std::make_unique<Attempt>();
    made->compiler = compiler;
    made->description = description;
    const auto place = attempts_.begin() + static_cast<std::ptrdiff_t>(low);
    return **attempts_.insert(place, std::move(made));
  }

  void compile(Attempt& attempt, Compiler<Traits>& compiler) {
    struct Running {
      explicit Running(bool& given) : flag(given) { flag = true; }
      Running(const Running&) = delete;
      Running& operator=(const Running&) = delete;
      ~Running() { flag = false; }
      bool& flag;
    } const running(attempt.is_running);
    try {
      attempt.kernel = compiler.compile(graph_, attempt.description);
    } catch (const CannotFuse& error) {
      attempt.why_not = error.what();
    }
    if (attempt.kernel != nullptr) {
      compiled_.fetch_add(1);
    } else if (attempt.why_not.empty()) {
      attempt.why_not = "the compiler made no kernel";
    }
    attempt.is_done.store(true, std::memory_order_release);
  }

  /// The inputs, as they lie at the end of a stack. Throws a DispatchError if the stack
  /// holds fewer.
  std::span<V> arguments(Stack* stack) const {
    if (stack->size() < n_inputs()) {
      throw DispatchError("the fused graph " + std::to_string(key_) + " takes " +
                          std::to_string(n_inputs()) + " arguments, but there are " +
                          std::to_string(stack->size()) + " on the stack");
    }
    return stack->last(n_inputs());
  }

  /// Puts the outputs, which own what they hold, on a stack where the inputs are.
  void replace(Stack* stack, std::vector<V> outputs) const {
    if (outputs.size() != graph_.outputs().size()) {
      throw DispatchError("a kernel of the fused graph " + std::to_string(key_) +
                          " returned " + std::to_string(outputs.size()) +
                          " results instead of " +
                          std::to_string(graph_.outputs().size()));
    }
    // First, so that nothing below throws.
    stack->reserve(stack->size() - n_inputs() + outputs.size());
    stack->drop(n_inputs());
    for (V& output : outputs) stack->emplace(std::move(output));
  }

  /// The plan for a node's call. Throws TypeError as it does.
  const Plan& plan(std::size_t index, const SchemaView& schema) {
    const Plan* known = calls_[index].plan.load(std::memory_order_acquire);
    if (known != nullptr && known->schema == &schema) return *known;
    auto made = std::make_unique<const Plan>(graph_.nodes()[index], schema);
    known = made.get();
    const std::lock_guard<std::mutex> held(mutex_);
    // Old ones are kept: other threads may be using them.
    plans_.push_back(std::move(made));
    calls_[index].plan.store(known, std::memory_order_release);
    return *known;
  }

  void set_why_not(std::string reason) {
    const std::lock_guard<std::mutex> held(mutex_);
    why_not_ = std::move(reason);
  }

  const std::int64_t key_;
  const Graph<Traits> graph_;
  const std::unique_ptr<Call[]> calls_;
  std::atomic<std::size_t> compiled_{0};
  std::atomic<std::size_t> fused_{0};
  std::atomic<std::size_t> fallbacks_{0};

  mutable std::mutex mutex_;  // Of what follows.
  std::string why_not_;
  std::vector<std::unique_ptr<Attempt>> attempts_;  // By description.
  std::vector<std::unique_ptr<const Plan>> plans_;
};

// ---- the rules

namespace detail {

template <class B>
std::size_t count_bits(const B& bits) {
  if constexpr (std::is_integral_v<B>) {
    return static_cast<std::size_t>(std::popcount(bits));
  } else {
    std::size_t count = 0;
    for (const std::uint64_t word : bits.words) {
      count += static_cast<std::size_t>(std::popcount(word));
    }
    return count;
  }
}

/// What calls of a fresh thread include and exclude: what `Traits::default_sets()`
/// says, and otherwise what a thread finds that is started to look.
template <class Traits>
LocalDispatchKeySet<typename Traits::KeySet> default_sets() {
  if constexpr (requires { Traits::default_sets(); }) {
    return Traits::default_sets();
  } else {
    static const auto found = [] {
      LocalDispatchKeySet<typename Traits::KeySet> sets;
      std::thread([&] { sets = Traits::local().sets(); }).join();
      return sets;
    }();
    return found;
  }
}

}  // namespace detail

/// Where calls may be left out. A fused kernel stands for the kernels of some keysets,
/// so it runs only where calls would reach just these: a guard that takes autograd keys
/// out lets more be fused, and a mode or an observer nothing.
template <class Traits>
class FusionRules {
 public:
  using V = typename Traits::Value;
  using Tensor = typename Traits::Tensor;
  using KeySet = typename Traits::KeySet;
  using Layout = typename KeySet::Layout;
  using Bits = typename Layout::Bits;

  /// Lets compiled kernels stand for the kernels that these keysets reach: of tensors,
  /// in a fresh thread. That is a promise: kernels that are registered later are not
  /// looked at.
  void allow(std::initializer_list<KeySet> keysets) {
    const auto sets = detail::default_sets<Traits>();
    const std::lock_guard<std::shared_mutex> held(mutex_);
    for (const KeySet keys : keysets) {
      const Bits bits = reached(keys, sets);
      if (!contains(bits)) allowed_.push_back(bits);
    }
  }

  /// Why calls with these arguments cannot be left out; empty if they can.
  std::string why_not(std::span<const V> arguments) const {
    if (observing<Traits>.load(std::memory_order_acquire) != 0) {
      return "calls are observed";
    }
    const auto sets = Traits::local().sets();
    KeySet all;
    std::string reason;
    const std::shared_lock<std::shared_mutex> held(mutex_);
    for (std::size_t i = 0; i != arguments.size(); ++i) {
      for_each_tensor_within(arguments[i], [&](const Tensor& tensor) {
        if (!reason.empty()) return;
        const KeySet keys(key_set(tensor));
        all = all | keys;
        const Bits bits = reached(keys, sets);
        if (!contains(bits)) {
          reason = "argument " + std::to_string(i) + ": " + in_the_way(bits);
        } else if (requires_gradient(tensor) &&
                   reached(keys, detail::default_sets<Traits>()) == bits) {
          reason = "argument " + std::to_string(i) + " requires a gradient";
        }
      });
      if (!reason.empty()) return reason;
    }
    // A call dispatches by all of its arguments together.
    const Bits together = reached(all, sets);
    if (!all.empty() && !contains(together)) {
      return "together: " + in_the_way(together);
    }
    return reason;
  }

 private:
  static Bits reached(KeySet keys, const LocalDispatchKeySet<KeySet>& sets) {
    return Layout::difference(keys.raw_repr() | sets.included_.raw_repr(),
                              sets.excluded_.raw_repr());
  }

  /// Tensors in lists within lists too.
  template <class Visit>
  static void for_each_tensor_within(const V& value, const Visit& visit) {
    if (std::span<const V> items; value.is_list() && value.get_elements(items)) {
      for (const V& item : items) for_each_tensor_within(item, visit);
    } else {
      for_each_tensor(value, visit);
    }
  }

  /// As the tensor says, by `requires_grad(const Tensor&)` if there is such a function,
  /// or the autograd engine.
  static bool requires_gradient(const Tensor& tensor) {
    if constexpr (requires { requires_grad(tensor) ? 1 : 0; }) {
      if (requires_grad(tensor)) return true;
    }
    VariableHooks<Traits>* const hooks = AutogradFallback<Traits>::hooks();
    return hooks != nullptr && hooks->requires_grad(tensor);
  }

  bool contains(const Bits& bits) const {
    for (const Bits& one : allowed_) {
      if (one == bits) return true;
    }
    return false;
  }

  /// Why calls that dispatch by a keyset are not to be fused.
  std::string in_the_way(const Bits& reached) const {
    if (allowed_.empty()) return "no keyset is allowed to be fused";
    const Bits* closest = &allowed_.front();
    for (const Bits& one : allowed_) {
      const Bits difference = one ^ reached;
      if (detail::count_bits(difference) <
          detail::count_bits(Bits(*closest ^ reached))) {
        closest = &one;
      }
    }
    const Bits backends = Layout::full_backend_mask;
    std::string extra;
    for (const auto key : KeySet(RAW, (reached & ~*closest) | (reached & backends))) {
      if (!extra.empty()) extra += ", ";
      extra += Traits::name(key);
    }
    const std::string shown = Traits::text(KeySet(RAW, reached));
    if (!extra.empty()) return "calls would reach " + extra + " too, by " + shown;
    return "calls would dispatch by " + shown + ", which is not allowed to be fused";
  }

  mutable std::shared_mutex mutex_;
  std::vector<Bits> allowed_;
};

// ---- the fuser

/// All fused graphs of a dispatcher. Its methods may be called by several threads at
/// once.
template <class Traits>
class Fuser {
 public:
  using V = typename Traits::Value;
  using KeySet = typename Traits::KeySet;
  using Stack = dispatch_codegen::Stack<V>;
  using Spec = KernelSpec<Traits>;
  static_assert(detail::IsValue<V>::value,
                "graphs need dispatch_codegen::Value for the boxed value");

  /// Does what a primitive does. The stack holds its arguments and nothing else, those
  /// that are named last and sorted; it leaves the results there.
  using Primitive = void (*)(Stack* stack);

  /// The one that the free functions below use.
  static Fuser& singleton() {
    // Never destroyed, as the dispatcher.
    static Fuser* const fuser = new Fuser();
    return *fuser;
  }

  Fuser() = default;
  Fuser(const Fuser&) = delete;
  Fuser& operator=(const Fuser&) = delete;

  // Set-up

  /// Asks this compiler too, after the others.
  void register_compiler(std::shared_ptr<Compiler<Traits>> compiler) {
    const std::lock_guard<std::shared_mutex> held(mutex_);
    auto changed = std::make_shared<Compilers>(*compilers_);
    changed->push_back(std::move(compiler));
    compilers_ = std::move(changed);
  }

  /// Says what a primitive, or whatever else has this name, does where it is not fused;
  /// to be called before a graph that has it runs.
  void set_primitive(std::string name, Primitive function) {
    const std::lock_guard<std::shared_mutex> held(mutex_);
    for (auto& [known, old] : primitives_) {
      if (known != name) continue;
      old = function;
      return;
    }
    primitives_.emplace_back(std::move(name), function);
  }

  /// See FusionRules.
  void allow(std::initializer_list<KeySet> keysets) { rules_.allow(keysets); }

  /// Whether anything is fused.
  bool is_enabled() const noexcept { return is_enabled_.load(); }
  void set_enabled(bool is_enabled) noexcept { is_enabled_.store(is_enabled); }

  // Graphs

  /// Keeps a graph; returns the same key for an equal one.
  ///
  /// Only a graph whose key is taken by a different one gets another key, which then
  /// depends on the order of registration.
  std::int64_t register_fusion(Graph<Traits> graph) {
    const std::lock_guard<std::shared_mutex> held(mutex_);
    const Place place = find(graph);
    if (place.spec == nullptr) {
      const auto at = specs_.begin() + static_cast<std::ptrdiff_t>(place.index);
      specs_.insert(at, std::make_unique<Spec>(place.key, std::move(graph)));
    }
    return place.key;
  }

  /// What is registered for a graph; null if nothing is.
  Spec* lookup(const Graph<Traits>& graph) const {
    const std::shared_lock<std::shared_mutex> held(mutex_);
    return find(graph).spec;
  }

  /// What is registered under a key, valid as long as the fuser. Throws
  /// UnknownFusionError if nothing is.
  Spec& retrieve(std::int64_t key) const {
    const std::shared_lock<std::shared_mutex> held(mutex_);
    Spec* const found = at(key).spec;
    if (found == nullptr) throw UnknownFusionError(key);
    return *found;
  }

  /// How many graphs are registered.
  std::size_t size() const {
    const std::shared_lock<std::shared_mutex> held(mutex_);
    return specs_.size();
  }
  /// How many kernels were compiled, of all graphs.
  std::size_t compiled() const {
    const std::shared_lock<std::shared_mutex> held(mutex_);
    std::size_t count = 0;
    for (const auto& spec : specs_) count += spec->compiled();
    return count;
  }

  // Runs. All of them take the inputs from the end of the stack and leave the outputs
  // there instead; if anything throws, the stack is as it was. They throw
  // UnknownFusionError if no graph has the key, a DispatchError if the stack holds
  // fewer values than the graph has inputs.

  /// Runs a graph fused, or else call by call.
  void run(std::int64_t key, Stack* stack) {
    Spec& spec = retrieve(key);
    if (!fuse(spec, stack)) fall_back(spec, stack);
  }

  /// Runs a graph by a compiled kernel. Returns whether there is one for these inputs;
  /// if not, the stack is as it was, and `why_not` of the graph's spec says why.
  bool run_fusion(std::int64_t key, Stack* stack) { return fuse(retrieve(key), stack); }

  /// Makes the calls of a graph one by one; throws what they throw.
  void run_fallback(std::int64_t key, Stack* stack) { fall_back(retrieve(key), stack); }

 private:
  using Compilers = std::vector<std::shared_ptr<Compiler<Traits>>>;
  using Entry = OperatorEntry<Traits>;

  static constexpr std::size_t kUsualSize = 16;

  /// Where a key's spec is, or would be.
  struct Place {
    std::int64_t key;
    std::size_t index;
    Spec* spec;
  };

  // Under the lock

  Place at(std::int64_t key) const {
    std::size_t low = 0;
    std::size_t high = specs_.size();
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (specs_[middle]->key() < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const bool is_there = low < specs_.size() && specs_[low]->key() == key;
    return {key, low, is_there ? specs_[low].get() : nullptr};
  }

  /// The place that is the graph's or can be.
  Place find(const Graph<Traits>& graph) const {
    std::uint64_t attempt = 0;
    Place place = at(graph.key());
    while (place.spec != nullptr && !(place.spec->graph() == graph)) {
      place = at(hash_text(graph.text(), ++attempt));
    }
    return place;
  }

  // Fused

  bool fuse(Spec& spec, Stack* stack) {
    std::string reason = try_to_fuse(spec, stack);
    const bool is_fused = reason.empty();
    spec.set_why_not(std::move(reason));
    if (is_fused) spec.fused_.fetch_add(1, std::memory_order_relaxed);
    return is_fused;
  }

  /// Why it could not; empty if it did.
  std::string try_to_fuse(Spec& spec, Stack* stack) {
    const std::span<V> arguments = spec.arguments(stack);
    if (!is_enabled()) return "fusing is disabled";
    if (std::string reason = rules_.why_not(arguments); !reason.empty()) return reason;
    std::shared_ptr<const Compilers> compilers;
    {
      const std::shared_lock<std::shared_mutex> held(mutex_);
      compilers = compilers_;
    }
    if (compilers->empty()) return "there is no compiler";
    std::string reasons;
    for (const auto& compiler : *compilers) {
      std::string reason;
      try {
        const std::string description = compiler->describe(arguments);
        if (const auto kernel = spec.kernel(*compiler, description, reason)) {
          StackBuffer<V, kUsualSize> outputs;
          kernel->run(arguments, &outputs);
          spec.replace(stack, taken_from(outputs));
          return {};
        }
      } catch (const CannotFuse& error) {
        reason = error.what();
      }
      if (!reasons.empty()) reasons += "; ";
      reasons += reason;
    }
    return reasons.empty() ? "it cannot be fused" : reasons;
  }

  /// What is on a stack, owned.
  static std::vector<V> taken_from(Stack& stack) {
    std::vector<V> values;
    values.reserve(stack.size());
    for (V& value : stack) values.push_back(std::move(value));
    return values;
  }

  // Call by call

  /// The values of a graph while it runs.
  struct Values {
    Values(std::span<V> given, std::size_t count)
        : inputs(given), made(count - given.size()) {}

    V& operator[](std::size_t number) {
      return number < inputs.size() ? inputs[number] : made[number - inputs.size()];
    }

    /// An argument with what its values are now.
    V filled(const detail::ListInfo& info, const GraphArgument<Traits>& argument) {
      if (argument.is_value()) return (*this)[argument.value().name()];
      if (!argument.is_list()) return argument.constant();
      std::vector<V> items;
      items.reserve(argument.items().size());
      for (const auto& item : argument.items()) items.push_back(filled(info, item));
      return detail::make_list(info, std::move(items));
    }

    std::span<V> inputs;
    std::vector<V> made;
  };

  void fall_back(Spec& spec, Stack* stack) {
    const Graph<Traits>& graph = spec.graph();
    Values values(spec.arguments(stack), graph.n_values());
    for (std::size_t i = 0; i != graph.nodes().size(); ++i) {
      // A stack of its own: what is borrowed from the caller's has to stay where it is.
      StackBuffer<V, kUsualSize> called;
      call(spec, i, values, called);
      keep(graph.nodes()[i], called, values);
      for (const std::size_t number : graph.last_used()[i]) {
        if (number >= graph.n_inputs()) values[number].reset();
      }
    }
    std::vector<V> outputs;
    outputs.reserve(graph.outputs().size());
    const detail::ListInfo anything{Argument{}};
    for (const auto& output : graph.outputs()) {
      outputs.push_back(values.filled(anything, output));
    }
    spec.replace(stack, std::move(outputs));
    spec.fallbacks_.fetch_add(1, std::memory_order_relaxed);
  }

  /// Leaves what the call of a node returns on an empty stack.
  void call(Spec& spec, std::size_t index, Values& values, Stack& called) {
    const GraphNode<Traits>& node = spec.graph().nodes()[index];
    auto& known = spec.calls_[index].entry;
    Entry* entry = known.load(std::memory_order_acquire);
    if (entry == nullptr || !entry->is_defined()) {
      if (const Primitive primitive = primitive_of(node.op)) {
        const detail::ListInfo anything{Argument{}};
        for (const auto& argument : node.args) {
          called.push(values.filled(anything, argument));
        }
        for (const auto& [name, argument] : node.kwargs) {
          called.push(values.filled(anything, argument));
        }
        return primitive(&called);
      }
      // Entries stay for ever; an operator that is defined anew has another one.
      entry = resolve(node.op);
      known.store(entry, std::memory_order_release);
    }
    for (const auto& slot : spec.plan(index, entry->schema()).slots) {
      if (slot.argument == nullptr) {
        called.emplace_from([&] { return V::borrow(slot.constant); });
      } else if (!slot.argument->is_value()) {
        called.push(values.filled(slot.info, *slot.argument));
      } else if (V& value = values[slot.argument->value().name()];
                 slot.info.repeats() && !value.is_list() && !value.is_none()) {
        called.push(detail::repeated(slot.info, value));
      } else {
        // Borrowed, since the operator may write to it.
        called.emplace_from([&] { return V::borrow_mutable(value); });
      }
    }
    OperatorHandle<Traits>(entry).callBoxed(&called);
  }

  static Entry* resolve(std::string_view name) {
    constexpr std::string_view kUnnamed = ".default";
    if (name.ends_with(kUnnamed)) name.remove_suffix(kUnnamed.size());
    return Dispatcher<Traits>::singleton().findSchemaOrThrow(name).entry();
  }

  Primitive primitive_of(std::string_view name) const {
    const std::shared_lock<std::shared_mutex> held(mutex_);
    for (const auto& [known, function] : primitives_) {
      if (known == name) return function;
    }
    return nullptr;
  }

  /// Stores what a call returned as its results.
  static void keep(const GraphNode<Traits>& node, Stack& returned, Values& values) {
    const auto& results = node.results;
    if (results.empty()) return;
    if (results.size() == 1) {
      V& value = values[results[0].name()];
      if (returned.size() == 1) {
        value = std::move(returned.back());
      } else if (!returned.empty()) {
        value = V(taken_from(returned));
      }
      return;
    }
    if (returned.size() == results.size()) {
      for (std::size_t i = 0; i != results.size(); ++i) {
        values[results[i].name()] = std::move(returned[i]);
      }
      return;
    }
    std::string found = std::to_string(returned.size()) + " results";
    if (returned.size() == 1) {
      const V& list = returned.back();
      found = "one " + std::string(list.type_name());
      if (list.is_list()) {
        if (list.list_size() == results.size()) {
          for (std::size_t i = 0; i != results.size(); ++i) {
            // The copy owns.
            values[results[i].name()] = list.list_at(i);
          }
          return;
        }
        found = std::to_string(list.list_size()) + " results";
      }
    }
    throw DispatchError(node.op + " returned " + found +
                        " in a fused graph that takes " +
                        std::to_string(results.size()) + " results of it");
  }

  FusionRules<Traits> rules_;
  std::atomic<bool> is_enabled_{true};

  mutable std::shared_mutex mutex_;           // Of what follows.
  std::vector<std::unique_ptr<Spec>> specs_;  // By key.
  std::shared_ptr<const Compilers> compilers_ = std::make_shared<const Compilers>();
  std::vector<std::pair<std::string, Primitive>> primitives_;
};

// ---- as in torch::jit::fuser

/// Keeps a graph; see Fuser::register_fusion.
template <class Traits>
std::int64_t registerFusion(Graph<Traits> graph) {
  return Fuser<Traits>::singleton().register_fusion(std::move(graph));
}

/// What is registered under a key. Throws UnknownFusionError.
template <class Traits>
KernelSpec<Traits>& retrieve(std::int64_t key) {
  return Fuser<Traits>::singleton().retrieve(key);
}

/// Runs a graph by a compiled kernel; see Fuser::run_fusion.
template <class Traits>
bool runFusion(std::int64_t key, Stack<typename Traits::Value>& stack) {
  return Fuser<Traits>::singleton().run_fusion(key, &stack);
}

/// Makes the calls of a graph one by one; see Fuser::run_fallback.
template <class Traits>
void runFallback(std::int64_t key, Stack<typename Traits::Value>& stack) {
  Fuser<Traits>::singleton().run_fallback(key, &stack);
}

}  // namespace dispatch_codegen

#endif  // DISPATCH_CODEGEN_FUSER_H
