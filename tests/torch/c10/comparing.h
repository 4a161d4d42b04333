// Asks both sides, counts, and shows the first difference.
//
// A program prints how often each question was asked, one `domain question count` a line;
// or the first difference, and fails.

#pragma once

#include <c10/util/Exception.h>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <random>
#include <sstream>
#include <string>
#include <typeinfo>
#include <variant>
#include <vector>

#include "both.h"

inline std::ostream& operator<<(std::ostream& out, KeyValue key) {
  return out << "DispatchKey " << key.value << " (" << c10::toString(key.of<Stock>())
             << ")";
}

inline std::ostream& operator<<(std::ostream& out, BackendValue backend) {
  return out << "BackendComponent " << int{backend.value} << " ("
             << c10::toString(backend.of<Stock>()) << ")";
}

inline std::ostream& operator<<(std::ostream& out, SetValue set) {
  return out << "DispatchKeySet 0x" << std::hex << set.value << std::dec;
}

// What is equal if both sides throw.
inline std::string told(const std::exception& error) {
  std::string text = error.what();
  if (const auto* own = dynamic_cast<const c10::Error*>(&error)) {
    text = own->what_without_backtrace();
  }
  // The rest names a line of a source.
  const std::string failed = "INTERNAL ASSERT FAILED";
  if (text.find(failed) != std::string::npos) text = failed;
  return std::string(typeid(error).name()) + ": " + text;
}

template <class Answer>
using Outcome = std::variant<Answer, std::string>;

template <class Side, class Question, class... Inputs>
auto outcome(const Question& question, Inputs... inputs) {
  using Answer = decltype(answer<Side>(question, inputs...));
  using Made = Outcome<Answer>;
  try {
    return Made(std::in_place_index<0>, answer<Side>(question, inputs...));
  } catch (const std::exception& error) {
    return Made(std::in_place_index<1>, told(error));
  }
}

template <class T>
void show(std::ostream& out, const T& value) {
  out << value;
}

inline void show(std::ostream& out, std::uint8_t value) {
  out << int{value};
}

template <class T>
void show(std::ostream& out, const std::vector<T>& values) {
  out << "[";
  for (const T& value : values) out << " " << value;
  out << " ]";
}

template <class Answer>
void show(std::ostream& out, const Outcome<Answer>& made) {
  if (made.index() == 0) {
    show(out, std::get<0>(made));
  } else {
    out << "throws " << std::get<1>(made);
  }
}

// A question, and how often it was asked.
template <class Ask>
class Question {
 public:
  Question(const char* domain, const char* name, Ask ask)
      : domain_(domain), name_(name), ask_(std::move(ask)) {}

  Question(const Question&) = delete;
  Question& operator=(const Question&) = delete;

  ~Question() { std::cout << domain_ << " " << name_ << " " << count_ << "\n"; }

  template <class... Inputs>
  void operator()(Inputs... inputs) {
    static_assert(std::is_same_v<decltype(answer<Stock>(ask_, inputs...)),
                                 decltype(answer<Generated>(ask_, inputs...))>);
    ++count_;
    const auto stock = outcome<Stock>(ask_, inputs...);
    const auto generated = outcome<Generated>(ask_, inputs...);
    if (stock == generated) return;
    std::cerr << name_ << ":";
    ((std::cerr << " ", show(std::cerr, inputs)), ...);
    std::cerr << "\n  PyTorch:   ";
    show(std::cerr, stock);
    std::cerr << "\n  generated: ";
    show(std::cerr, generated);
    std::cerr << std::endl;
    std::_Exit(1);
  }

 private:
  const char* domain_;
  const char* name_;
  Ask ask_;
  std::uint64_t count_ = 0;
};

template <class T>
std::string printed(T value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

template <class T>
auto set_of(T key_or_backend) {
  return typename SideOf<T>::Set(key_or_backend);
}

inline KeyValue key_at(int value) {
  return {static_cast<std::uint16_t>(value)};
}

// ---- random sets

// All bits that keys and backends have: others have no row in the table.
inline constexpr std::uint64_t declared_bits =
    plain(Stock::Set(Stock::Set::FULL)).value;

class Random {
 public:
  std::uint64_t bits() { return engine_(); }

  KeyValue key() {
    constexpr auto num_declared =
        static_cast<std::uint64_t>(Stock::Key::EndOfAliasKeys) + 1;
    return {static_cast<std::uint16_t>(engine_() % num_declared)};
  }

  BackendValue backend() {
    return {static_cast<std::uint8_t>(engine_() % ::num_backends)};
  }

  // Any bits, declared bits, few keys and few bits by turns.
  SetValue set(std::uint64_t turn) {
    switch (turn % 4) {
      case 0:
        return {bits()};
      case 1:
        return {bits() & declared_bits};
      case 2: {
        std::uint64_t raw = 0;
        for (std::uint64_t left = bits() % 4 + 1; left > 0; --left) {
          raw |= plain(Stock::Set(key().of<Stock>())).value;
        }
        return {raw & declared_bits};
      }
      default:
        return {bits() & bits() & bits() & declared_bits};
    }
  }

 private:
  std::mt19937_64 engine_{20260713};
};
