#include "registry.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/DispatchKeySet.h>
#include <c10/util/Exception.h>
#include <torch/csrc/jit/frontend/function_schema_parser.h>

#include <cstddef>
#include <exception>
#include <memory>
#include <optional>

namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen {

namespace {

class BoxedKernel final : public c10::OperatorKernel {
 public:
  explicit BoxedKernel(BoxedFunction* function) : function_(function) {}

  void operator()(const c10::OperatorHandle& op,
                  c10::DispatchKeySet keys,
                  torch::jit::Stack* stack) const {
    function_(op, keys, stack);
  }

 private:
  BoxedFunction* function_;
};

const char* name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::kRegistered:
      return "registered";
    case Outcome::kSkipped:
      return "skipped";
    case Outcome::kFailed:
      break;
  }
  return "failed";
}

/// PyTorch's errors say in their later lines what is wrong: all lines, as one.
std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool is_space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!is_space) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

void append_json(std::string& json, std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  json += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (byte < 0x20U) {
      json += "\\u00";
      json += kDigits[byte >> 4U];
      json += kDigits[byte & 15U];
    } else {
      json += c;
    }
  }
  json += '"';
}

std::string place_of(const std::source_location& where) {
  return std::string(where.file_name()) + ':' + std::to_string(where.line());
}

/// What `torch._C._dispatch_dump` says of a function that is registered here.
std::string debug_text(const std::source_location& where) {
  return "registered at " + place_of(where);
}

torch::Library library(torch::Library::Kind kind,
                       std::string name_space,
                       std::optional<c10::DispatchKey> key,
                       const std::source_location& where) {
  return {kind, std::move(name_space), key, where.file_name(), where.line()};
}

/// Whether a dispatch table has a place for exactly this key.
bool is_runtime_key(c10::DispatchKey key) {
  if (key == c10::DispatchKey::Undefined) return false;
  for (const c10::DispatchKey runtime_key : c10::getRuntimeDispatchKeySet(key)) {
    if (runtime_key == key) return true;
  }
  return false;
}

std::string namespace_of(const c10::OperatorName& name, std::string_view text) {
  const auto found = name.getNamespace();
  TORCH_CHECK(found.has_value(), text, " has no namespace");
  return std::string(*found);
}

}  // namespace

torch::CppFunction FunctionMaker::make() const {
  if (boxed_ == nullptr) return make_();
  return torch::CppFunction::makeFromBoxedFunctor(
      std::make_unique<BoxedKernel>(boxed_));
}

Registry::Registry(std::string name) : name_(std::move(name)) {}

Registry::~Registry() = default;

bool Registry::attempt(Registration registration,
                       const std::source_location& where,
                       const Attempt& function) noexcept {
  try {
    try {
      registration.message = function();
      registration.outcome = Outcome::kRegistered;
    } catch (const Skipped& reason) {
      registration.message = one_line(reason.what());
      registration.outcome = Outcome::kSkipped;
    } catch (const c10::Error& error) {
      registration.message = one_line(error.what_without_backtrace());
      registration.outcome = Outcome::kFailed;
    } catch (const std::exception& error) {
      registration.message = one_line(error.what());
      registration.outcome = Outcome::kFailed;
    } catch (...) {
      registration.message = "an exception of an unknown type";
      registration.outcome = Outcome::kFailed;
    }
    registrations_.push_back(registration);
    if (registration.outcome == Outcome::kRegistered) return true;
    std::string text = name_ + ": " + registration.what;
    if (!registration.name.empty()) text += ' ' + registration.name;
    if (!registration.key.empty()) text += " of " + registration.key;
    text +=
        std::string(" ") + name_of(registration.outcome) + ": " + registration.message;
    c10::warn(c10::Warning(c10::UserWarning(),
                           {where.function_name(), where.file_name(), where.line()},
                           std::move(text),
                           /*verbatim=*/false));
  } catch (...) {
    // No memory for the report, or a handler that throws at warnings: a library is
    // being loaded, so there is nobody to tell.
  }
  return false;
}

void Registry::refuse(c10::BackendComponent backend, std::string why) {
  refused_ = backend;
  why_refused_ = std::move(why);
}

void Registry::check_not_refused(c10::DispatchKey key) const {
  if (refused_ == c10::BackendComponent::InvalidBit || !is_runtime_key(key)) return;
  if (c10::toBackendComponent(key) == refused_) throw Skipped(why_refused_);
}

void Registry::add_fallback(c10::DispatchKey key,
                            FunctionMaker function,
                            const std::source_location& where,
                            bool replaces) noexcept {
  attempt({"fallback", "", c10::toString(key), {}, ""}, where, [&]() -> std::string {
    TORCH_CHECK(is_runtime_key(key), "only runtime keys have fallbacks");
    check_not_refused(key);
    auto& dispatcher = c10::Dispatcher::singleton();
    const bool has_one = dispatcher.hasBackendFallbackForDispatchKey(key);
    if (has_one && !replaces) {
      throw Skipped("the key has a fallback, and PyTorch lets nobody replace it");
    }
    torch::Library added = library(torch::Library::IMPL, "_", key, where);
    added.fallback(function.make().debug(debug_text(where)));
    libraries_.push_back(std::move(added));
    return has_one ? "replaces the fallback that the key had" : "";
  });
}

void Registry::fallback(c10::DispatchKey key,
                        FunctionMaker function,
                        std::source_location where) noexcept {
  add_fallback(key, function, where, /*replaces=*/false);
}

void Registry::replaceable_fallback(c10::DispatchKey key,
                                    FunctionMaker function,
                                    std::source_location where) noexcept {
  add_fallback(key, function, where, /*replaces=*/true);
}

void Registry::define(const char* schema,
                      const std::vector<at::Tag>& tags,
                      const char* python_module,
                      std::source_location where) noexcept {
  const std::string_view text = schema;
  const std::string name(text.substr(0, text.find('(')));
  attempt({"operator", name, "", {}, ""}, where, [&]() -> std::string {
    c10::FunctionSchema parsed = torch::schema(schema);
    const c10::OperatorName& operator_name = parsed.operator_name();
    const std::string name_space = namespace_of(operator_name, name);
    const auto existing = c10::Dispatcher::singleton().findSchema(operator_name);
    if (existing.has_value()) {
      if (existing->schema() == parsed) {
        throw Skipped("PyTorch has the operator, with the same schema");
      }
      TORCH_CHECK(
          false, "PyTorch has the operator with another schema: ", existing->schema());
    }
    torch::Library added =
        library(torch::Library::FRAGMENT, name_space, std::nullopt, where);
    if (python_module != nullptr) added.set_python_module(python_module);
    added.def(std::move(parsed), tags);
    libraries_.push_back(std::move(added));
    return "";
  });
}

void Registry::impl(const char* name,
                    c10::DispatchKey key,
                    FunctionMaker function,
                    std::source_location where) noexcept {
  attempt({"kernel", name, c10::toString(key), {}, ""}, where, [&]() -> std::string {
    // PyTorch takes kernels for other keys, and for `Undefined` as ones for every key.
    TORCH_CHECK(is_runtime_key(key) || c10::isAliasDispatchKey(key),
                "only runtime and alias keys have kernels");
    check_not_refused(key);
    const c10::OperatorName parsed = torch::jit::parseName(name);
    const std::string name_space = namespace_of(parsed, name);
    const auto found = c10::Dispatcher::singleton().findSchema(parsed);
    if (!found.has_value()) throw Skipped("PyTorch does not have the operator");
    const bool has_one = found->hasKernelForDispatchKey(key);
    torch::Library added = library(torch::Library::IMPL, name_space, key, where);
    added.impl(name, function.make().debug(debug_text(where)));
    libraries_.push_back(std::move(added));
    return has_one ? "replaces the kernel that the operator had" : "";
  });
}

bool Registry::guarded(std::string_view what,
                       std::string_view name,
                       std::string_view key,
                       const std::function<void()>& function,
                       std::source_location where) noexcept {
  return attempt({std::string(what), std::string(name), std::string(key), {}, ""},
                 where,
                 [&]() -> std::string {
                   function();
                   return "";
                 });
}

std::string Registry::report() const {
  std::string json = "[";
  for (const Registration& one : registrations_) {
    if (json.size() > 1) json += ", ";
    json += "{\"what\": ";
    append_json(json, one.what);
    json += ", \"name\": ";
    append_json(json, one.name);
    json += ", \"key\": ";
    append_json(json, one.key);
    json += ", \"outcome\": ";
    append_json(json, name_of(one.outcome));
    json += ", \"message\": ";
    append_json(json, one.message);
    json += '}';
  }
  return json + ']';
}

Extension::Extension(std::string name,
                     std::initializer_list<Section> sections,
                     std::source_location where)
    : registry_(std::move(name)) {
  for (const Section section : sections) {
    // Not recorded unless it throws: what a section registers is.
    try {
      section(registry_);
    } catch (...) {
      const std::exception_ptr error = std::current_exception();
      registry_.guarded(
          "extension", "", "", [&] { std::rethrow_exception(error); }, where);
    }
  }
  report_ = registry_.report();
}

}  // namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen
