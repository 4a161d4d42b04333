// What a schema says; the parser for those that are defined at run time.
//
// Note [Grammar]. `runtime/python/schema.py` explains the grammar; here the same texts
// are read and printed alike, with these differences: the names of types are kept as
// they are written, known or not, and so are the names in defaults beyond those that
// stand for one number whatever the type; whether a type can have a default of its kind
// is not asked; strings are bytes; offsets are in bytes.
#ifndef DISPATCH_CODEGEN_SCHEMA_H
#define DISPATCH_CODEGEN_SCHEMA_H

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "errors.h"

namespace [[gnu::visibility("default")]] dispatch_codegen {

/// Where an argument or return may hold tensors.
enum class ArgumentKind : std::uint8_t {
  kOther,
  kTensor,
  kOptionalTensor,
  /// The list itself may be optional, here and below.
  kTensorList,
  kOptionalTensorList,
};

/// An argument of a schema. The texts belong to the schema.
struct Argument {
  std::string_view name;
  /// With alias annotations, as the schema writes it.
  std::string_view type;
  /// As the schema writes it; empty without a default.
  std::string_view default_text = {};
  bool has_default = false;
  bool kwarg_only = false;
  /// Whether the operator writes to it.
  bool is_write = false;
  /// Whether it is annotated, so that something may share its memory.
  bool is_alias = false;
  ArgumentKind kind = ArgumentKind::kOther;
};

/// A return of a schema.
struct Return {
  std::string_view type;
  bool is_write = false;
  bool is_alias = false;
  ArgumentKind kind = ArgumentKind::kOther;
  /// Empty if it has none.
  std::string_view name = {};
};

/// What a schema says, owned by somebody else.
struct SchemaView {
  /// With its namespace, if there is one, like `ns::op`.
  std::string_view name;
  /// Empty if there is none.
  std::string_view overload;
  std::span<const Argument> arguments;
  std::span<const Return> returns;
  /// Whether it takes any further arguments (`...`).
  bool is_vararg = false;
  /// Whether it returns anything further.
  bool is_varret = false;

  /// Whether it writes to an argument.
  constexpr bool is_mutable() const noexcept {
    for (const Argument& argument : arguments) {
      if (argument.is_write) return true;
    }
    return false;
  }
};

/// Name and overload, like `ns::op.overload`.
inline std::string operator_name(const SchemaView& schema) {
  std::string name(schema.name);
  if (!schema.overload.empty()) {
    name += '.';
    name += schema.overload;
  }
  return name;
}

/// An argument as the schema writes it.
inline std::string to_string(const Argument& argument) {
  std::string text(argument.type);
  text += ' ';
  text += argument.name;
  if (argument.has_default) {
    text += '=';
    text += argument.default_text;
  }
  return text;
}

/// A return as the schema writes it.
inline std::string to_string(const Return& value) {
  std::string text(value.type);
  if (!value.name.empty()) {
    text += ' ';
    text += value.name;
  }
  return text;
}

/// The canonical text.
inline std::string to_string(const SchemaView& schema) {
  const auto append = [](std::string& text, const std::string& item) {
    if (!text.empty()) text += ", ";
    text += item;
  };
  std::string arguments;
  bool kwarg_only = false;
  for (const Argument& argument : schema.arguments) {
    if (argument.kwarg_only && !kwarg_only) {
      kwarg_only = true;
      append(arguments, "*");
    }
    append(arguments, to_string(argument));
  }
  if (schema.is_vararg) append(arguments, "...");
  std::string returns;
  for (const Return& value : schema.returns) append(returns, to_string(value));
  if (schema.is_varret) append(returns, "...");
  const std::size_t count = schema.returns.size() + (schema.is_varret ? 1 : 0);
  if (count != 1 || returns.front() == '(') {
    returns = '(' + returns + ')';
  }
  return operator_name(schema) + '(' + arguments + ") -> " + returns;
}

/// Owns what a text says. Its views stay valid when it is moved.
class Schema {
 public:
  /// Reads a schema. Throws SchemaError with the place.
  static Schema parse(std::string_view text);

  Schema(Schema&&) noexcept = default;
  Schema& operator=(Schema&&) noexcept = default;

  /// What it says, valid as long as the schema or what it is moved into.
  SchemaView view() const noexcept {
    return {name_, overload_, arguments_, returns_, is_vararg_, is_varret_};
  }
  operator SchemaView() const noexcept { return view(); }

 private:
  friend class SchemaParser;

  Schema() = default;

  // Not a string, which holds short texts in itself, so that views would not survive.
  std::vector<char> text_;
  std::string_view name_;
  std::string_view overload_;
  std::vector<Argument> arguments_;
  std::vector<Return> returns_;
  bool is_vararg_ = false;
  bool is_varret_ = false;
};

/// An operator's name.
struct OperatorName {
  /// With its namespace, if there is one, like `ns::op`.
  std::string name;
  /// Empty if there is none.
  std::string overload;

  /// Reads a name. Throws SchemaError.
  static OperatorName parse(std::string_view text);

  bool has_namespace() const noexcept { return name.find(':') != std::string::npos; }

  friend bool operator==(const OperatorName&, const OperatorName&) = default;
};

/// Reads one text by recursive descent; each method leaves its last token behind it.
/// Every method throws SchemaError.
class SchemaParser {
 public:
  /// The text has to outlive the parser.
  explicit SchemaParser(std::string_view text) : text_(text) { advance(); }

  /// The whole text.
  Schema schema() {
    Schema schema;
    const OperatorName name = operator_name();
    const Piece name_piece = keep(name.name);
    const Piece overload_piece = keep(name.overload);
    expect(kOpen);
    arguments();
    expect(kArrow);
    returns();
    expect_end();

    schema.text_.assign(out_.begin(), out_.end());
    const char* const base = schema.text_.data();
    const auto view = [base](Piece piece) {
      return std::string_view(base + piece.begin, piece.end - piece.begin);
    };
    schema.name_ = view(name_piece);
    schema.overload_ = view(overload_piece);
    schema.arguments_.reserve(arguments_.size());
    for (const Item& item : arguments_) {
      schema.arguments_.push_back({
          .name = view(item.name),
          .type = view(item.type),
          .default_text = view(item.default_text),
          .has_default = item.has_default,
          .kwarg_only = item.kwarg_only,
          .is_write = item.is_write,
          .is_alias = item.is_alias,
          .kind = item.kind,
      });
    }
    schema.returns_.reserve(returns_.size());
    for (const Item& item : returns_) {
      schema.returns_.push_back({
          .type = view(item.type),
          .is_write = item.is_write,
          .is_alias = item.is_alias,
          .kind = item.kind,
          .name = view(item.name),
      });
    }
    schema.is_vararg_ = is_vararg_;
    schema.is_varret_ = is_varret_;
    return schema;
  }

  /// The whole text as an operator's name.
  OperatorName only_name() {
    OperatorName name = operator_name();
    expect_end();
    return name;
  }

 private:
  // Kinds of tokens; of punctuation, the character.
  static constexpr char kName = 'n';
  static constexpr char kKeyword = 'k';
  static constexpr char kNumber = '0';
  static constexpr char kString = 's';
  static constexpr char kEnd = 'e';
  /// What no token starts with, an error wherever it stands.
  static constexpr char kBad = 'b';
  static constexpr char kArrow = '>';
  static constexpr char kEllipsis = '~';
  static constexpr char kOpen = '(';

  // Deeper types are refused: reading them is recursive.
  static constexpr int kMaxDepth = 32;
  // Longer lists are not made from one constant.
  static constexpr std::int64_t kMaxExpanded = 65536;

  struct Token {
    char kind = kEnd;
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  /// A part of `out_`.
  struct Piece {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  struct Item {
    Piece name;
    Piece type;
    Piece default_text;
    bool has_default = false;
    bool kwarg_only = false;
    bool is_write = false;
    bool is_alias = false;
    ArgumentKind kind = ArgumentKind::kOther;
  };

  struct Type {
    /// The name without suffixes; empty if the type is more than a name.
    std::string_view base;
    /// '?' and '[' in their order, as many as matter.
    std::string suffixes;
    std::int64_t size = -1;
    int depth = 0;
    bool may_alias = true;
    bool is_write = false;
    bool is_alias = false;
  };

  /// A constant in a default.
  struct Constant {
    std::string text;
    bool is_integer = false;
  };

  // -- characters

  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  static bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }
  static bool is_in(char c, std::string_view set) {
    return set.find(c) != std::string_view::npos;
  }

  static bool is_keyword(std::string_view name) {
    static constexpr std::string_view kKeywords[] = {
        "and",
        "as",
        "assert",
        "break",
        "class",
        "continue",
        "def",
        "del",
        "elif",
        "else",
        "for",
        "global",
        "if",
        "import",
        "in",
        "is",
        "not",
        "or",
        "pass",
        "raise",
        "return",
        "while",
        "with",
        "Ellipsis",
        "False",
        "None",
        "NoneType",
        "True",
    };
    for (const std::string_view keyword : kKeywords) {
      if (name == keyword) return true;
    }
    return false;
  }

  char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\n'; }

  std::string_view text_of(const Token& token) const {
    return text_.substr(token.begin, token.end - token.begin);
  }

  // -- tokens

  void advance() {
    std::size_t i = token_.end;
    while (i < text_.size()) {
      if (is_in(text_[i], " \t\n\v\f\r")) {
        ++i;
      } else if (text_[i] == '#') {
        while (i < text_.size() && text_[i] != '\n') ++i;
      } else {
        break;
      }
    }
    token_.begin = i;
    if (i >= text_.size()) {
      token_.kind = kEnd;
      token_.end = i;
      return;
    }
    const char c = text_[i];
    if (is_name_start(c)) {
      while (is_name_start(at(i)) || is_digit(at(i))) ++i;
      token_.end = i;
      token_.kind = is_keyword(text_of(token_)) ? kKeyword : kName;
    } else if (is_digit(c) || (c == '.' && is_digit(at(i + 1)))) {
      token_.end = end_of_number(i);
      token_.kind = kNumber;
    } else if (c == '-' && at(i + 1) == '>') {
      token_.end = i + 2;
      token_.kind = kArrow;
    } else if (text_.substr(i, 3) == "...") {
      token_.end = i + 3;
      token_.kind = kEllipsis;
    } else if (is_in(c, "()[]?!*|,.:=-+")) {
      token_.end = i + 1;
      token_.kind = c;
    } else if (c == '"' || c == '\'') {
      token_.end = end_of_string(i);
      token_.kind = token_.end > text_.size() ? kBad : kString;
    } else {
      token_.end = i + 1;
      token_.kind = kBad;
    }
  }

  std::size_t end_of_number(std::size_t i) const {
    while (is_digit(at(i))) ++i;
    if (at(i) == '.') {
      ++i;
      while (is_digit(at(i))) ++i;
    }
    if (at(i) == 'e' || at(i) == 'E') {
      std::size_t exponent = at(i + 1) == '+' || at(i + 1) == '-' ? i + 2 : i + 1;
      if (is_digit(at(exponent))) {
        while (is_digit(at(exponent))) ++exponent;
        i = exponent;
      }
    }
    return at(i) == 'j' ? i + 1 : i;
  }

  /// Behind the string that starts there; behind the text if it does not end.
  std::size_t end_of_string(std::size_t i) const {
    const char quote = text_[i];
    for (++i; at(i) != quote; ++i) {
      if (at(i) == '\\') ++i;
      if (at(i) == '\n') return text_.size() + 1;
    }
    return i + 1;
  }

  [[noreturn]] void fail(std::string_view message, std::size_t offset) const {
    throw_schema_error(message, text_, offset);
  }

  [[noreturn]] void fail(std::string_view message) const {
    fail(message, token_.begin);
  }

  [[noreturn]] void fail_expecting(std::string_view what) const {
    if (token_.kind == kBad) {
      if (is_in(text_[token_.begin], "\"'")) fail("the string has no end");
      std::size_t size = 1;
      while ((static_cast<unsigned char>(at(token_.begin + size)) & 0xC0U) == 0x80U) {
        ++size;
      }
      fail("unexpected character '" + std::string(text_.substr(token_.begin, size)) +
           "'");
    }
    std::string message("expected ");
    message += what;
    message += ", found ";
    const std::string_view found = text_of(token_);
    switch (token_.kind) {
      case kEnd:
        message += "the end";
        break;
      case kString:
        message += "the string ";
        message += found;
        break;
      case kKeyword:
        message += "the keyword ";
        message += found;
        break;
      case kNumber:
        message += "the number ";
        message += found;
        break;
      default:
        message += '"';
        message += found;
        message += '"';
    }
    fail(message);
  }

  bool accept(char kind) {
    if (token_.kind != kind) return false;
    advance();
    return true;
  }

  void expect(char kind) {
    if (token_.kind != kind) {
      const char punctuation[] = {'"', kind, '"', '\0'};
      fail_expecting(kind == kArrow ? "\"->\"" : punctuation);
    }
    advance();
  }

  std::string_view expect_name(std::string_view what) {
    if (token_.kind != kName) fail_expecting(what);
    const std::string_view name = text_of(token_);
    advance();
    return name;
  }

  void expect_end() const {
    if (token_.kind != kEnd) fail_expecting("the end");
  }

  Piece keep(std::string_view text) {
    const std::size_t begin = out_.size();
    out_ += text;
    return {begin, out_.size()};
  }

  // -- names and lists

  OperatorName operator_name() {
    OperatorName result;
    result.name = expect_name("an operator's name");
    if (accept(':')) {
      expect(':');
      result.name += "::";
      result.name += expect_name("an operator's name");
    }
    if (accept('.')) {
      const std::size_t overload_at = token_.begin;
      result.overload = expect_name("an overload's name");
      if (result.overload == "default" || result.overload.substr(0, 2) == "__") {
        fail("an overload cannot be called \"" + result.overload + '"', overload_at);
      }
    }
    return result;
  }

  void arguments() {
    if (accept(')')) return;
    bool kwarg_only = false;
    bool seen_default = false;
    do {
      const std::size_t begin = token_.begin;
      if (accept('*')) {
        kwarg_only = true;
        continue;
      }
      if (accept(kEllipsis)) {
        if (token_.kind == ',') fail("\"...\" must be the last argument", begin);
        is_vararg_ = true;
        break;
      }
      Item item;
      item.kwarg_only = kwarg_only;
      const Type type = outer_type("an argument's type", item);
      const std::size_t named_at = token_.begin;
      const std::string_view name = expect_name("an argument's name");
      item.name = keep(name);
      if (accept('=')) {
        item.has_default = seen_default = true;
        item.default_text = keep(default_text(type));
      } else if (seen_default && !kwarg_only &&
                 (type.suffixes.empty() || type.suffixes.back() != '[')) {
        fail("argument \"" + std::string(name) +
                 "\" has no default, but one before it has",
             named_at);
      }
      arguments_.push_back(item);
    } while (accept(','));
    expect(')');
  }

  void returns() {
    if (accept(kEllipsis)) {
      is_varret_ = true;
      return;
    }
    if (!accept(kOpen)) {
      one_return();
      return;
    }
    if (accept(')')) return;
    do {
      const std::size_t begin = token_.begin;
      if (accept(kEllipsis)) {
        if (token_.kind == ',') fail("\"...\" must be the last return", begin);
        is_varret_ = true;
        break;
      }
      one_return();
    } while (accept(','));
    expect(')');
  }

  void one_return() {
    Item item;
    static_cast<void>(outer_type("a return's type", item));
    if (token_.kind == kName) item.name = keep(expect_name("a name"));
    returns_.push_back(item);
  }

  // -- types

  /// The type of an argument or return: the only one that may have a size. Its text and
  /// what is said of it go to `item`.
  Type outer_type(std::string_view what, Item& item) {
    const std::size_t begin = out_.size();
    Type type = suffixed_type(what, 0);
    if (accept('[')) {
      const std::string_view digits = text_of(token_);
      if (token_.kind != kNumber ||
          digits.find_first_not_of("0123456789") != std::string_view::npos) {
        fail_expecting("a size");
      }
      const std::int64_t size = integer(digits, token_.begin);
      if (size > std::numeric_limits<std::int32_t>::max()) {
        fail("the size does not fit into 32 bits");
      }
      advance();
      expect(']');
      out_ += '[';
      out_ += std::to_string(size);
      out_ += ']';
      type.size = size;
      type.suffixes += '[';
      if (token_.kind == kOpen) alias(type);
      if (accept('?')) {
        out_ += '?';
        type.suffixes += '?';
      }
      refuse_write();
    }
    item.type = {begin, out_.size()};
    item.is_write = type.is_write;
    item.is_alias = type.is_alias;
    item.kind = kind_of(type);
    return type;
  }

  static ArgumentKind kind_of(const Type& type) {
    if (type.base != "Tensor") return ArgumentKind::kOther;
    const std::string& suffixes = type.suffixes;
    if (suffixes.empty()) return ArgumentKind::kTensor;
    if (suffixes == "?") return ArgumentKind::kOptionalTensor;
    if (suffixes == "[" || suffixes == "[?") return ArgumentKind::kTensorList;
    if (suffixes == "?[" || suffixes == "?[?") return ArgumentKind::kOptionalTensorList;
    return ArgumentKind::kOther;
  }

  void refuse_write() const {
    if (token_.kind == '!') fail("what is written to is in a set, like Tensor(a!)");
  }

  /// A type within another; annotations in it say nothing and are not printed.
  int inner_type(int depth) {
    ++silent_;
    const int result = suffixed_type("a type", depth).depth;
    --silent_;
    return result;
  }

  Type suffixed_type(std::string_view what, int depth) {
    const auto check_depth = [&](int types, std::size_t offset) {
      if (types > kMaxDepth) {
        fail("the type is more than " + std::to_string(kMaxDepth) + " types deep",
             offset);
      }
    };
    check_depth(depth + 1, token_.begin);
    Type type = base_type(what, depth);
    if (token_.kind == kOpen && type.may_alias) alias(type);
    while (true) {
      std::size_t begin = token_.begin;
      if (token_.kind == '?') {
        if (type.suffixes.empty() && (type.base == "None" || type.base == "NoneType")) {
          fail("NoneType cannot be optional");
        }
        advance();
        // What is optional twice is optional.
        if (type.suffixes.empty() || type.suffixes.back() != '?') {
          out_ += '?';
          type.suffixes += '?';
          ++type.depth;
        }
      } else if (token_.kind == '[' && next_kind() == ']') {
        advance();
        begin = token_.begin;
        advance();
        out_ += "[]";
        type.suffixes += '[';
        ++type.depth;
        if (token_.kind == kOpen) alias(type);
      } else {
        refuse_write();
        return type;
      }
      check_depth(depth + type.depth, begin);
    }
  }

  char next_kind() {
    const Token current = token_;
    advance();
    return std::exchange(token_, current).kind;
  }

  /// A type without suffixes; it prints itself.
  Type base_type(std::string_view what, int depth) {
    Type type;
    type.depth = 1;
    const std::string_view name = text_of(token_);
    if (token_.kind == kName || name == "None" || name == "NoneType") {
      advance();
      out_ += name;
      if (name == "Future" || name == "RRef" || name == "Await") {
        expect(kOpen);
        out_ += '(';
        type.depth = inner_type(depth + 1) + 1;
        expect(')');
        out_ += ')';
        type.may_alias = false;
      } else if (name == "Dict") {
        expect(kOpen);
        out_ += '(';
        type.depth = inner_type(depth + 1);
        expect(',');
        out_ += ", ";
        const int value = inner_type(depth + 1);
        type.depth = (value > type.depth ? value : type.depth) + 1;
        expect(')');
        out_ += ')';
      } else if (token_.kind == '.') {
        while (accept('.')) {
          out_ += '.';
          out_ += expect_name("a class's name");
        }
        type.may_alias = false;
      } else {
        type.base = name;
      }
      return type;
    }
    if (token_.kind != kOpen) fail_expecting(what);
    advance();
    out_ += '(';
    int deepest = 0;
    if (token_.kind != ')') {
      while (true) {
        const int element = inner_type(depth + 1);
        if (element > deepest) deepest = element;
        if (!accept(',')) break;
        out_ += ", ";
      }
    }
    expect(')');
    out_ += ')';
    type.depth = deepest + 1;
    type.may_alias = false;
    return type;
  }

  /// An annotation, which replaces what the elements of a list say of it.
  void alias(Type& type) {
    expect(kOpen);
    const std::vector<std::string_view> before = alias_set();
    type.is_alias = true;
    type.is_write = accept('!');
    std::string text("(");
    append_set(text, before);
    if (type.is_write) text += '!';
    if (accept(kArrow)) {
      const std::vector<std::string_view> after = alias_set();
      if (!same_set(before, after)) {
        text += " -> ";
        append_set(text, after);
      }
    }
    expect(')');
    text += ')';
    if (silent_ == 0) out_ += text;
  }

  std::vector<std::string_view> alias_set() {
    if (accept('*')) return {"*"};
    std::vector<std::string_view> members{expect_name("an alias set")};
    while (accept('|')) {
      const bool is_any = accept('*');
      const std::string_view member = is_any ? "*" : expect_name("an alias set");
      if (!contains(members, member)) members.push_back(member);
      if (is_any) break;
    }
    return members;
  }

  static bool contains(const std::vector<std::string_view>& set,
                       std::string_view member) {
    for (const std::string_view other : set) {
      if (other == member) return true;
    }
    return false;
  }

  static bool same_set(const std::vector<std::string_view>& left,
                       const std::vector<std::string_view>& right) {
    // No member is there twice.
    if (left.size() != right.size()) return false;
    for (const std::string_view member : left) {
      if (!contains(right, member)) return false;
    }
    return true;
  }

  static void append_set(std::string& text, const std::vector<std::string_view>& set) {
    for (std::size_t i = 0; i != set.size(); ++i) {
      if (i != 0) text += '|';
      text += set[i];
    }
  }

  // -- defaults

  /// A default for the type, as it is printed.
  std::string default_text(const Type& type) {
    if (!type.suffixes.empty() && type.suffixes.back() == '?') {
      return constant("", true).text;
    }
    if (type.suffixes.empty()) return constant(type.base, false).text;
    const std::string_view element =
        type.suffixes.size() == 1 ? type.base : std::string_view();
    std::vector<Constant> values;
    if (token_.kind != '[') {
      if (type.size < 0) fail_expecting("\"[\"");
      const std::size_t begin = token_.begin;
      const Constant value = constant(element, false);
      if (type.size > kMaxExpanded) {
        fail("a default of more than " + std::to_string(kMaxExpanded) + " elements",
             begin);
      }
      values.assign(static_cast<std::size_t>(type.size), value);
    } else {
      advance();
      if (!accept(']')) {
        do {
          values.push_back(constant(element, false));
        } while (accept(','));
        expect(']');
      }
    }
    return print_list(type, element, values);
  }

  static std::string print_list(const Type& type,
                                std::string_view element,
                                const std::vector<Constant>& values) {
    if (element == "int" && values.size() > 1 &&
        type.size == static_cast<std::int64_t>(values.size())) {
      bool all_equal = true;
      for (const Constant& value : values) {
        all_equal = all_equal && value.is_integer && value.text == values[0].text;
      }
      if (all_equal) return values[0].text;
    }
    std::string text("[");
    for (std::size_t i = 0; i != values.size(); ++i) {
      if (i != 0) text += ", ";
      text += values[i].text;
    }
    text += ']';
    return text;
  }

  /// A constant; the type decides what a number is.
  Constant constant(std::string_view type, bool is_optional) {
    const Token token = token_;
    const std::string_view value = text_of(token);
    switch (token.kind) {
      case kNumber:
      case '-':
        return number(is_optional ? std::string_view() : type);
      case kKeyword:
        if (value != "True" && value != "False" && value != "None") break;
        advance();
        return {std::string(value)};
      case kString:
        advance();
        return {requote(token)};
      case kName:
        advance();
        return named(value);
      default:
        break;
    }
    fail_expecting("a constant");
  }

  static Constant named(std::string_view name) {
    struct Named {
      std::string_view name;
      std::string_view number;
    };
    static constexpr Named kNamed[] = {
        {"Mean", "1"},
        {"contiguous_format", "0"},
        {"float", "6"},
        {"long", "4"},
        {"strided", "0"},
    };
    for (const Named& known : kNamed) {
      if (name == known.name) return {std::string(known.number), true};
    }
    return {std::string(name)};
  }

  Constant number(std::string_view type) {
    const std::size_t begin = token_.begin;
    std::string text = signed_number();
    if (text.back() == 'j') {
      text.pop_back();
      return {print_complex(0.0, floating(text, begin))};
    }
    if (token_.kind == '+' || token_.kind == '-') {
      std::string imaginary(token_.kind == '-' ? "-" : "");
      advance();
      if (token_.kind != kNumber || text_of(token_).back() != 'j') {
        fail_expecting("an imaginary number");
      }
      const std::string_view digits = text_of(token_);
      imaginary += digits.substr(0, digits.size() - 1);
      const double value = floating(imaginary, token_.begin);
      advance();
      return {print_complex(floating(text, begin), value)};
    }
    if (type == "complex") fail("a complex default ends in j", begin);
    if (type == "float" || text.find_first_of(".eE") != std::string::npos) {
      return {print_float(floating(text, begin))};
    }
    return {std::to_string(integer(text, begin)), true};
  }

  /// The text of a number, with its sign and without space.
  std::string signed_number() {
    std::string text(accept('-') ? "-" : "");
    if (token_.kind != kNumber) fail_expecting("a number");
    text += text_of(token_);
    advance();
    return text;
  }

  std::int64_t integer(std::string_view text, std::size_t offset) const {
    std::int64_t value = 0;
    const std::from_chars_result result =
        std::from_chars(text.data(), text.data() + text.size(), value);
    if (result.ec != std::errc()) fail("the number does not fit into 64 bits", offset);
    return value;
  }

  double floating(const std::string& text, std::size_t offset) const {
    double value = 0;
#if defined(__cpp_lib_to_chars)
    const std::from_chars_result result =
        std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_representable = result.ec == std::errc();
#else
    value = std::strtod(text.c_str(), nullptr);
    const bool is_representable = true;
#endif
    const std::string_view mantissa =
        std::string_view(text).substr(0, text.find_first_of("eE"));
    const bool is_zero = mantissa.find_first_not_of("+-0.") == std::string_view::npos;
    const double size = value < 0 ? -value : value;
    if (!is_zero && (!is_representable || size < std::numeric_limits<double>::min() ||
                     size > std::numeric_limits<double>::max())) {
      fail("the number does not fit into a float", offset);
    }
    return is_zero && !is_representable ? 0.0 : value;
  }

  static std::string print_float(double value) {
    constexpr double kLimit = 9223372036854775808.0;
    if (value >= -kLimit && value < kLimit) {
      const auto integer = static_cast<std::int64_t>(value);
      if (static_cast<double>(integer) == value) return std::to_string(integer) + '.';
    }
    char text[40];
#if defined(__cpp_lib_to_chars)
    const std::to_chars_result result =
        std::to_chars(text, text + sizeof(text), value, std::chars_format::general, 17);
    return std::string(text, result.ptr);
#else
    std::snprintf(text, sizeof(text), "%.17g", value);
    return text;
#endif
  }

  static std::string print_complex(double real, double imaginary) {
    const bool is_negative = imaginary < 0;
    std::string text = print_float(real);
    text += is_negative ? '-' : '+';
    text += print_float(is_negative ? -imaginary : imaginary);
    text += 'j';
    return text;
  }

  // Behind a backslash, and what each stands for.
  static constexpr std::string_view kEscapes = "\\'\"abfnrtv";
  static constexpr std::string_view kEscaped = "\\'\"\a\b\f\n\r\t\v";

  /// The string of a token as it is printed.
  std::string requote(const Token& token) const {
    std::string text("\"");
    for (std::size_t i = token.begin + 1; i + 1 < token.end; ++i) {
      if (text_[i] != '\\') {
        append_quoted(text, text_[i]);
        continue;
      }
      const std::size_t escape_at = i++;
      const std::size_t known = kEscapes.find(text_[i]);
      if (known != std::string_view::npos) {
        append_quoted(text, kEscaped[known]);
      } else if (i + 3 < token.end && is_in(text_[i], "0123") &&
                 is_in(text_[i + 1], "01234567") && is_in(text_[i + 2], "01234567")) {
        append_quoted(
            text,
            static_cast<char>((text_[i] - '0') * 64 + (text_[i + 1] - '0') * 8 +
                              (text_[i + 2] - '0')));
        i += 2;
      } else {
        fail("unknown escape in the string", escape_at);
      }
    }
    text += '"';
    return text;
  }

  static void append_quoted(std::string& text, char c) {
    const std::size_t known = kEscaped.find(c);
    if (known != std::string_view::npos) {
      text += '\\';
      text += kEscapes[known];
    } else if (c >= ' ' && c <= '~') {
      text += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      text += '\\';
      text += static_cast<char>('0' + (byte >> 6U));
      text += static_cast<char>('0' + ((byte >> 3U) & 7U));
      text += static_cast<char>('0' + (byte & 7U));
    }
  }

  std::string_view text_;
  Token token_;
  std::string out_;
  std::vector<Item> arguments_;
  std::vector<Item> returns_;
  bool is_vararg_ = false;
  bool is_varret_ = false;
  /// How many types the current one is within.
  int silent_ = 0;
};

inline OperatorName OperatorName::parse(std::string_view text) {
  return SchemaParser(text).only_name();
}

inline Schema Schema::parse(std::string_view text) {
  return SchemaParser(text).schema();
}

}  // namespace dispatch_codegen

#endif  // DISPATCH_CODEGEN_SCHEMA_H
