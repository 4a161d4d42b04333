// Registrations that end with the object that made them.
//
// Mirrors torch/library.h.

#ifndef DISPATCH_CODEGEN_LIBRARY_H
#define DISPATCH_CODEGEN_LIBRARY_H

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "operator.h"

namespace [[gnu::visibility("default")]] dispatch_codegen {

/// Operators, kernels and fallbacks; gone when it is destroyed or reset.
template <class Traits>
class Library {
 public:
  using Key = typename Traits::Numbering::Key;
  using Kernel = CppFunction<Traits>;
  using KernelPtr = std::shared_ptr<const Kernel>;
  using Entry = OperatorEntry<Traits>;

  /// DEF defines a namespace, which one library can; FRAGMENT adds operators to one; IMPL
  /// only adds kernels and fallbacks.
  enum Kind { DEF, IMPL, FRAGMENT };

  /// `ns` is the namespace of its operators, `_` for fallbacks. `key` is that of kernels
  /// and fallbacks that name none. Throws RegistrationError for a second DEF of a
  /// namespace.
  Library(Kind kind,
          std::string ns,
          std::optional<Key> key = std::nullopt,
          const char* file = "",
          unsigned line = 0)
      : kind_(kind), namespace_(std::move(ns)), key_(key) {
    if (*file != '\0') {
      debug_ = std::string("registered at ") + file + ":" + std::to_string(line);
    } else {
      debug_ = "registered";
    }
    if (kind_ == DEF) {
      Dispatcher<Traits>::singleton().add_namespace(namespace_, debug_);
      undo_.push_back(Undo{.is_namespace = true});
    }
  }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  Library(Library&& other) noexcept
      : kind_(other.kind_),
        namespace_(std::move(other.namespace_)),
        key_(other.key_),
        debug_(std::move(other.debug_)),
        python_module_(std::move(other.python_module_)),
        undo_(std::exchange(other.undo_, {})) {}
  Library& operator=(Library&&) = delete;
  ~Library() { reset(); }

  /// Names the Python module to import for what operators defined from now on lack.
  Library& set_python_module(std::string module) & {
    python_module_ = std::move(module);
    return *this;
  }

  /// Defines an operator: `name.overload(arguments) -> returns`.
  ///
  /// Throws SchemaError for a schema that cannot be read, RegistrationError if the operator
  /// is defined already, belongs to another namespace, or the library only adds kernels.
  Library& def(std::string_view schema) & {
    define(schema);
    return *this;
  }

  /// Defines an operator, and registers a kernel for the library's key, or the default one.
  Library& def(std::string_view schema, Kernel kernel) & {
    Entry* const entry = define(schema);
    return impl(entry->name(), std::move(kernel));
  }

  /// Registers a kernel, for the library's key if none is named.
  ///
  /// Throws RegistrationError if a library registered one for this key already, if the
  /// operator is declared static, or for a kernel of another type than the operator's.
  Library& impl(std::string_view name, Kernel kernel) & {
    return impl(name, key(), std::move(kernel));
  }
  Library& impl(std::string_view name,
                Key key,
                Kernel kernel,
                bool allow_override = false) & {
    const std::string full = qualified(name);
    check_key(key);
    if (kernel.debug_text.empty()) kernel.debug_text = debug_;
    auto shared = std::make_shared<const Kernel>(std::move(kernel));
    Dispatcher<Traits>::singleton().add_kernel(full, key, shared, allow_override);
    undo_.push_back(Undo{.name = full, .key = key, .kernel = std::move(shared)});
    return *this;
  }

  /// Registers a kernel of a declared operator, which checks its type when this is
  /// compiled.
  template <class Op, auto* F>
  Library& impl(std::string name = "kernel") & {
    const std::string full = Op::entry().name();
    using Function = typename Op::Function;
    constexpr Function function = Op::template linked<F>;
    return impl(full, Kernel(function).named(std::move(name)));
  }

  /// Registers the fallback of a key, the library's if none is named.
  ///
  /// Throws RegistrationError if the key has one that is not declared to be overridable,
  /// or the namespace is not `_`.
  Library& fallback(Kernel kernel) & { return fallback(key(), std::move(kernel)); }
  Library& fallback(Key key, Kernel kernel) & {
    if (namespace_ != "_") {
      throw_registration_error(
          "a fallback serves all namespaces; register it with the namespace _, not " +
          namespace_);
    }
    if (!kernel.is_fallthrough && kernel.signature != nullptr) {
      throw_registration_error(
          "a fallback serves operators of all types, so it has to be a boxed kernel");
    }
    check_key(key);
    if (kernel.debug_text.empty()) kernel.debug_text = debug_;
    auto shared = std::make_shared<const Kernel>(std::move(kernel));
    Dispatcher<Traits>::singleton().add_fallback(key, shared);
    undo_.push_back(Undo{.key = key, .kernel = std::move(shared)});
    return *this;
  }

  /// Takes back all that it registered.
  void reset() {
    auto& dispatcher = Dispatcher<Traits>::singleton();
    while (!undo_.empty()) {
      const Undo last = std::move(undo_.back());
      undo_.pop_back();
      if (last.is_namespace) {
        dispatcher.remove_namespace(namespace_);
      } else if (last.entry != nullptr) {
        dispatcher.retire(last.entry);
      } else if (last.name.empty()) {
        dispatcher.remove_fallback(last.key, last.kernel);
      } else {
        dispatcher.remove_kernel(last.name, last.key, last.kernel);
      }
    }
  }

 private:
  struct Undo {
    bool is_namespace = false;
    /// The operator that was defined.
    Entry* entry = nullptr;
    /// The operator that a kernel is for; empty for fallbacks.
    std::string name = {};
    Key key = {};
    KernelPtr kernel = nullptr;
  };

  Entry* define(std::string_view text) {
    if (kind_ == IMPL) {
      throw_registration_error("an IMPL library of " + namespace_ +
                               " cannot define operators; use FRAGMENT");
    }
    const std::string_view head = text.substr(0, text.find('('));
    Schema schema = head.find("::") == std::string_view::npos
                        ? Schema::parse(namespace_ + "::" + std::string(text))
                        : Schema::parse(text);
    const std::string_view name = schema.view().name;
    if (schema.view().is_vararg || schema.view().is_varret) {
      throw_registration_error(
          std::string(name) +
          ": operators take and return what their schema names; it "
          "cannot end in `...`");
    }
    if (name.substr(0, name.find("::")) != namespace_) {
      throw_registration_error("a library of " + namespace_ + " cannot define " +
                               std::string(name));
    }
    Entry* const entry = Dispatcher<Traits>::singleton().define(
        std::move(schema), python_module_, debug_);
    undo_.push_back(Undo{.entry = entry});
    return entry;
  }

  Key key() const {
    if (key_.has_value()) return *key_;
    if constexpr (Traits::has_default_key) {
      return Traits::default_key;
    } else {
      throw_registration_error("name a dispatch key: no default is declared");
    }
  }

  void check_key(Key key) const {
    if (key_.has_value() && *key_ != key) {
      throw_registration_error("a library for " + std::string(Traits::name(*key_)) +
                               " cannot register anything for " +
                               std::string(Traits::name(key)));
    }
    using Layout = typename Traits::KeySet::Layout;
    const auto value = static_cast<std::size_t>(key);
    const bool is_functionality = value != 0 && value <= Layout::num_functionality_keys;
    if (value == 0 || value >= Layout::num_values ||
        (!is_functionality && !Layout::is_alias(key) &&
         Layout::slot_of(key) == Layout::no_slot)) {
      throw_registration_error("no kernel can be registered for " +
                               std::string(Traits::name(key)));
    }
  }

  std::string qualified(std::string_view name) const {
    constexpr std::string_view unnamed = ".default";
    if (name.ends_with(unnamed)) name.remove_suffix(unnamed.size());
    const std::size_t colons = name.find("::");
    if (colons == std::string_view::npos) return namespace_ + "::" + std::string(name);
    if (name.substr(0, colons) != namespace_) {
      throw_registration_error("a library of " + namespace_ +
                               " cannot register kernels of " + std::string(name));
    }
    return std::string(name);
  }

  Kind kind_;
  std::string namespace_;
  std::optional<Key> key_;
  std::string debug_;
  std::string python_module_;
  std::vector<Undo> undo_;
};

/// A library that a registration macro fills before `main`.
template <class Traits>
class LibraryInit {
 public:
  using Library = dispatch_codegen::Library<Traits>;
  LibraryInit(typename Library::Kind kind,
              const char* ns,
              std::optional<typename Library::Key> key,
              void (*fill)(Library&),
              const char* file,
              unsigned line)
      : library_(kind, ns, key, file, line) {
    fill(library_);
  }

 private:
  Library library_;
};

}  // namespace dispatch_codegen

#endif
