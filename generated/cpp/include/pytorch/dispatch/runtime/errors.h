// What is thrown, and its words.
#ifndef DISPATCH_CODEGEN_ERRORS_H
#define DISPATCH_CODEGEN_ERRORS_H

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace [[gnu::visibility("default")]] dispatch_codegen {

/// What every exception of a dispatcher derives from.
class DispatchError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// No kernel can take a call.
class NotImplementedError : public DispatchError {
 public:
  using DispatchError::DispatchError;
};

/// A value, a kernel or a call has another type than what takes it.
class TypeError : public DispatchError {
 public:
  using DispatchError::DispatchError;
};

/// A registration that cannot be, or contradicts another.
class RegistrationError : public DispatchError {
 public:
  using DispatchError::DispatchError;
};

/// A text is no schema.
class SchemaError : public DispatchError {
 public:
  SchemaError(std::string_view message, std::string_view text, std::size_t offset)
      : DispatchError(describe(message, text, offset)),
        message_(message),
        text_(text),
        offset_(offset) {}

  /// What is wrong, without the text. The views live as long as the exception.
  std::string_view message() const noexcept { return message_; }

  /// The whole text.
  std::string_view text() const noexcept { return text_; }

  /// Where in the text it is wrong, in bytes; its size if something is missing.
  std::size_t offset() const noexcept { return offset_; }

 private:
  /// The message, the line of the text, and a caret below the place.
  static std::string describe(std::string_view message,
                              std::string_view text,
                              std::size_t offset) {
    const std::size_t at = offset < text.size() ? offset : text.size();
    const std::string_view before = text.substr(0, at);
    const std::size_t newline = before.rfind('\n');
    const std::size_t start = newline == std::string_view::npos ? 0 : newline + 1;
    const std::string_view line = text.substr(start, text.find('\n', at) - start);
    std::string what(message);
    what += "\n  ";
    for (const char c : line) {
      // A tab would move the caret away.
      what += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    }
    what += "\n  ";
    for (const char c : before.substr(start)) {
      // A character of several bytes takes one column.
      if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) what += ' ';
    }
    what += '^';
    return what;
  }

  std::string message_;
  std::string text_;
  std::size_t offset_;
};

// Out of line, so that what calls them stays small.

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_type_error(
    const std::string& message) {
  throw TypeError(message);
}

/// Throws a TypeError that says which type was wanted and which one was there.
[[noreturn, gnu::cold, gnu::noinline]] inline void throw_wrong_type(
    std::string_view wanted, std::string_view found) {
  std::string message("expected ");
  message += wanted;
  message += ", found ";
  message += found;
  throw TypeError(message);
}

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_not_implemented(
    const std::string& message) {
  throw NotImplementedError(message);
}

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_registration_error(
    const std::string& message) {
  throw RegistrationError(message);
}

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_schema_error(
    std::string_view message, std::string_view text, std::size_t offset) {
  throw SchemaError(message, text, offset);
}

}  // namespace dispatch_codegen

#endif  // DISPATCH_CODEGEN_ERRORS_H
