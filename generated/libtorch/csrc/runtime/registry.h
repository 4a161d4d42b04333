// What an extension registers with PyTorch's dispatcher, and what became of it.
//
// PyTorch aborts the process when a registration throws while a library is loaded.
// Nothing here throws: what cannot be registered is skipped, said in a warning, and
// told in the extension's report.

#ifndef DISPATCH_CODEGEN_TORCH_REGISTRY_H
#define DISPATCH_CODEGEN_TORCH_REGISTRY_H

#include <torch/library.h>

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <source_location>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "visibility.h"

namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen {

/// A function with its arguments on a stack.
using BoxedFunction = void(const c10::OperatorHandle&,
                           c10::DispatchKeySet,
                           torch::jit::Stack*);

/// Makes a function that can be registered.
///
/// Made where it is registered and not before: making one can throw, if its schema
/// cannot be inferred from its C++ type.
class FunctionMaker final {
 public:
  using Make = torch::CppFunction();

  constexpr explicit FunctionMaker(Make* function) noexcept : make_(function) {}
  constexpr explicit FunctionMaker(BoxedFunction* function) noexcept
      : boxed_(function) {}

  torch::CppFunction make() const;

 private:
  Make* make_ = nullptr;
  BoxedFunction* boxed_ = nullptr;
};

/// A kernel with the C++ type of its operator.
template <auto function>
constexpr FunctionMaker unboxed() noexcept {
  // Not TORCH_FN, of which each function compiles its own boxing: kernels of one type
  // share it, for a call through a pointer.
  return FunctionMaker(+[] { return torch::CppFunction(function); });
}

/// A kernel with its arguments on a stack.
template <BoxedFunction* function>
constexpr FunctionMaker boxed() noexcept {
  // Not by CppFunction::makeFromBoxedFunction: its symbol has the function's name and
  // is visible to other extensions, which may have a function with that name.
  return FunctionMaker(function);
}

/// The key is left out where a call's kernel is looked up.
constexpr FunctionMaker fallthrough() noexcept {
  return FunctionMaker(+[] { return torch::CppFunction::makeFallthrough(); });
}

/// For functions given to `Registry::guarded`: there is nothing to register, and that
/// is no error.
class Skipped : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

enum class Outcome : std::uint8_t { kRegistered, kSkipped, kFailed };

/// What became of one registration.
struct Registration {
  /// "fallback", "kernel", "operator", "device" or "extension".
  std::string what;
  /// The operator's, or empty.
  std::string name;
  /// The dispatch key's name, or empty.
  std::string key;
  Outcome outcome;
  /// Why it was not registered, or what else there is to say.
  std::string message;
};

/// Registers, keeps what is registered, and remembers what was not.
///
/// What it registered is taken back when it is destroyed. Not for more than one thread.
class Registry final {
 public:
  /// Warnings begin with the name.
  explicit Registry(std::string name);
  ~Registry();
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  /// The fallback of a runtime key. Skipped if the key has one: PyTorch has no second.
  void fallback(c10::DispatchKey key,
                FunctionMaker function,
                std::source_location where = std::source_location::current()) noexcept;
  /// The fallback of a key for which PyTorch lets a library replace its own.
  void replaceable_fallback(
      c10::DispatchKey key,
      FunctionMaker function,
      std::source_location where = std::source_location::current()) noexcept;

  /// A new operator, with its namespace; `python_module` is one that has its fake
  /// kernel. Both texts have to outlive the registry.
  ///
  /// Skipped if PyTorch has one with the same schema, failed if with another one.
  void define(const char* schema,
              const std::vector<at::Tag>& tags = {},
              const char* python_module = nullptr,
              std::source_location where = std::source_location::current()) noexcept;

  /// A kernel of an operator, for a runtime or alias key. Skipped if PyTorch does not
  /// have the operator.
  void impl(const char* name,
            c10::DispatchKey key,
            FunctionMaker function,
            std::source_location where = std::source_location::current()) noexcept;

  /// Nothing is registered for keys of a backend from now on: all of it is skipped, and
  /// this is why. For a device that somebody else has, whose kernels these would replace.
  void refuse(c10::BackendComponent backend, std::string why);

  /// Anything else that has to be registered, under the same guard. Whether it was.
  bool guarded(std::string_view what,
               std::string_view name,
               std::string_view key,
               const std::function<void()>& function,
               std::source_location where = std::source_location::current()) noexcept;

  /// In the order of the attempts.
  const std::vector<Registration>& registrations() const noexcept {
    return registrations_;
  }
  /// The same as JSON: a list of objects.
  std::string report() const;

 private:
  // Returns what else there is to say of a registration.
  using Attempt = std::function<std::string()>;

  bool attempt(Registration registration,
               const std::source_location& where,
               const Attempt& function) noexcept;
  void add_fallback(c10::DispatchKey key,
                    FunctionMaker function,
                    const std::source_location& where,
                    bool replaces) noexcept;

  void check_not_refused(c10::DispatchKey key) const;

  std::string name_;
  c10::BackendComponent refused_ = c10::BackendComponent::InvalidBit;
  std::string why_refused_;
  // One a registration: where it stands is kept for a library, and a library whose
  // registration fails takes nothing else with it.
  std::vector<torch::Library> libraries_;
  std::vector<Registration> registrations_;
};

/// Registers all that an extension has while its library is loaded: a static object.
class Extension final {
 public:
  using Section = void (*)(Registry&);

  Extension(std::string name,
            std::initializer_list<Section> sections,
            std::source_location where = std::source_location::current());

  /// JSON text: a list of objects with `what`, `name`, `key`, `outcome`, `message`.
  const char* report() const noexcept { return report_.c_str(); }

 private:
  Registry registry_;
  std::string report_;
};

}  // namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen

#endif
