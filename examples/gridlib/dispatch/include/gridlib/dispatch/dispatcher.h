// The dispatcher: what a thread includes and excludes, registration, guards, modes.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef GRIDLIB_DISPATCH_DISPATCHER_H
#define GRIDLIB_DISPATCH_DISPATCHER_H

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dispatch_key_set.h"
#include "fallbacks.h"
#include "functions.h"
#include "guards.h"
#include "keysets.h"
#include "runtime/dump.h"
#include "runtime/library.h"
#include "table_rules.h"
#include "types.h"

/// Whether calls can be observed; a program says 0 to save the question.
#ifndef GRIDLIB_OBSERVERS
#define GRIDLIB_OBSERVERS 1
#endif

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace gridlib {

/// A boxed argument or result.
using Value = dispatch_codegen::Value<Tensor>;

// The support code finds what is declared here by these names.
inline constexpr std::span<const AliasRule> declared_aliases(alias_rules);
inline constexpr std::span<const Fallback> declared_fallbacks(fallbacks);

/// What the support code has to know of this dispatcher.
struct Traits {
  using KeySet = DispatchKeySet;
  using Numbering = ::gridlib::Numbering;
  using Tensor = ::gridlib::Tensor;
  using Value = ::gridlib::Value;

  static constexpr auto alias_rules() { return declared_aliases; }
  static constexpr auto fallbacks() { return declared_fallbacks; }

  static constexpr bool is_observable = GRIDLIB_OBSERVERS != 0;

  /// The key of kernels that are registered for none.
  static constexpr bool has_default_key = false;
  static constexpr DispatchKey default_key = DispatchKey::Undefined;

  static constexpr std::string_view name(DispatchKey key) { return toString(key); }
  /// As it is declared.
  static constexpr std::string_view name(BackendComponent backend) {
    const std::string_view bit = toString(backend);
    return bit.substr(0, bit.size() - std::string_view("Bit").size());
  }
  /// What a fresh thread includes and excludes.
  static constexpr dispatch_codegen::LocalDispatchKeySet<KeySet> default_sets() {
    return {default_included, default_excluded};
  }

  static std::string text(DispatchKeySet keys) { return toString(keys); }

  /// What this thread includes and excludes.
  [[gnu::always_inline]] static dispatch_codegen::LocalState<Traits>& local();
};

// One access in programs, a call in libraries; in a library that nobody opens while a
// program runs, it can be one access too.
#ifdef GRIDLIB_TLS_INITIAL_EXEC
[[gnu::tls_model("initial-exec")]]
#endif
inline constinit thread_local dispatch_codegen::LocalState<Traits> local_state{
    default_included,
    default_excluded,
};

inline dispatch_codegen::LocalState<Traits>& Traits::local() {
  return local_state;
}

// Operators

using Argument = dispatch_codegen::Argument;
using ArgumentKind = dispatch_codegen::ArgumentKind;
using Return = dispatch_codegen::Return;
using SchemaView = dispatch_codegen::SchemaView;
using Schema = dispatch_codegen::Schema;
using Stack = dispatch_codegen::Stack<Value>;
using dispatch_codegen::drop;
using dispatch_codegen::last;
using dispatch_codegen::peek;
using dispatch_codegen::pop;
using dispatch_codegen::push;

using Dispatcher = dispatch_codegen::Dispatcher<Traits>;
using OpRegistrationListener = dispatch_codegen::OpRegistrationListener<Traits>;
using OperatorEntry = dispatch_codegen::OperatorEntry<Traits>;
using OperatorHandle = dispatch_codegen::OperatorHandle<Traits>;
template <class Type>
using TypedOperatorHandle = dispatch_codegen::TypedOperatorHandle<Traits, Type>;
/// What the struct of an operator derives from.
template <class Op, class Type>
using Operator = dispatch_codegen::Operator<Traits, Op, Type>;

// Registration

using BoxedFunction = dispatch_codegen::BoxedFunction<Traits>;
using CppFunction = dispatch_codegen::CppFunction<Traits>;
using KernelFunctor = dispatch_codegen::KernelFunctor<Traits>;
using Library = dispatch_codegen::Library<Traits>;
using LibraryInit = dispatch_codegen::LibraryInit<Traits>;

// What a thread includes and excludes

using LocalDispatchKeySet = dispatch_codegen::LocalDispatchKeySet<DispatchKeySet>;
using IncludeDispatchKeyGuard = dispatch_codegen::IncludeDispatchKeyGuard<Traits>;
using ExcludeDispatchKeyGuard = dispatch_codegen::ExcludeDispatchKeyGuard<Traits>;
using ForceDispatchKeyGuard = dispatch_codegen::ForceDispatchKeyGuard<Traits>;
using PreserveDispatchKeyGuard = dispatch_codegen::PreserveDispatchKeyGuard<Traits>;
using MaybeSetTLSOnEntryGuard = dispatch_codegen::MaybeSetTLSOnEntryGuard<Traits>;
using RestorePythonTLSSnapshot = dispatch_codegen::RestorePythonTLSSnapshot<Traits>;
template <const TlsChange& Change>
using DeclaredGuard = dispatch_codegen::DeclaredGuard<Traits, Change>;
using NoGrad = DeclaredGuard<tls_changes::NoGrad>;
using Traced = DeclaredGuard<tls_changes::Traced>;

/// Guards of what is declared to hold while a mode is active.
namespace mode_guards {}  // namespace mode_guards

inline LocalDispatchKeySet tls_local_dispatch_key_set() {
  return local_state.sets();
}
inline bool tls_is_dispatch_key_included(DispatchKey key) {
  return local_state.sets().included_.has(key);
}
inline bool tls_is_dispatch_key_excluded(DispatchKey key) {
  return local_state.sets().excluded_.has(key);
}
inline void tls_set_dispatch_key_included(DispatchKey key, bool included) {
  const DispatchKeySet keys = local_state.sets().included_;
  local_state.include((included ? keys.add(key) : keys.remove(key)).raw_repr());
}
inline void tls_set_dispatch_key_excluded(DispatchKey key, bool excluded) {
  const DispatchKeySet keys = local_state.sets().excluded_;
  local_state.exclude((excluded ? keys.add(key) : keys.remove(key)).raw_repr());
}

// Modes, subclasses, observers, autograd

using DispatchMode = dispatch_codegen::DispatchMode<Traits>;
using DispatchModeGuard = dispatch_codegen::DispatchModeGuard<Traits>;
using DispatchHandler = dispatch_codegen::DispatchHandler<Traits>;
using EnablePythonDispatcher = dispatch_codegen::EnablePythonDispatcher<Traits>;
using Event = dispatch_codegen::Event<Traits>;
using Observer = dispatch_codegen::Observer<Traits>;
using ObserverGuard = dispatch_codegen::ObserverGuard<Traits>;
using AutogradFallback = dispatch_codegen::AutogradFallback<Traits>;
using AutogradFallbackMode = dispatch_codegen::AutogradFallbackMode;
using NotImplementedNode = dispatch_codegen::NotImplementedNode<Traits>;
using VariableHooks = dispatch_codegen::VariableHooks<Traits>;
using Conversion = dispatch_codegen::Conversion<Traits>;

/// Says how tensors get from backend to backend; it has to outlive all calls.
inline void set_conversion(Conversion* conversion) {
  dispatch_codegen::conversion<Traits>.store(conversion);
}

// Errors

using DispatchError = dispatch_codegen::DispatchError;
using NotImplementedError = dispatch_codegen::NotImplementedError;
using RegistrationError = dispatch_codegen::RegistrationError;
using SchemaError = dispatch_codegen::SchemaError;
using TypeError = dispatch_codegen::TypeError;

// Dumps

// Templates, so that a source which dumps nothing compiles nothing of it.

/// An operator's name, schema and kernels.
template <class T = Traits>
std::string dispatch_dump(const OperatorHandle& op) {
  return dispatch_codegen::dispatch_dump<T>(op);
}
/// Throws a DispatchError if there is no operator of that name.
template <class T = Traits>
std::string dispatch_dump(std::string_view op) {
  auto& all = dispatch_codegen::Dispatcher<T>::singleton();
  return dispatch_dump(all.findSchemaOrThrow(op));
}

/// An operator's table: `key: kernel [reason]` for each slot with a kernel.
template <class T = Traits>
std::string dispatch_dump_table(const OperatorHandle& op) {
  return dispatch_codegen::dispatch_dump_table<T>(op);
}
/// Throws a DispatchError if there is no operator of that name.
template <class T = Traits>
std::string dispatch_dump_table(std::string_view op) {
  auto& all = dispatch_codegen::Dispatcher<T>::singleton();
  return dispatch_dump_table(all.findSchemaOrThrow(op));
}

}  // namespace gridlib

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

/// Defines operators of a namespace: `GRIDLIB_LIBRARY(ns, m) { m.def(...); }`.
///
/// The body runs before `main`, and what it registers stays. One file can have several.
// clang-format off
#define GRIDLIB_LIBRARY(ns, m) \
  GRIDLIB_LIBRARY_INIT_(DEF, #ns, ::std::nullopt, m, __COUNTER__)

/// The same for a namespace that is defined elsewhere.
#define GRIDLIB_LIBRARY_FRAGMENT(ns, m) \
  GRIDLIB_LIBRARY_INIT_(FRAGMENT, #ns, ::std::nullopt, m, __COUNTER__)

/// Registers kernels of a namespace for a key: `GRIDLIB_LIBRARY_IMPL(ns, key, m) {...}`;
/// the namespace `_` is for the key's fallback.
#define GRIDLIB_LIBRARY_IMPL(ns, key, m) \
  GRIDLIB_LIBRARY_INIT_(IMPL, #ns, ::gridlib::DispatchKey::key, m, __COUNTER__)

/// A function as a kernel.
#define GRIDLIB_FN(function) \
  (::gridlib::CppFunction::makeFromUnboxedFunction<&function>().named(#function))

#define GRIDLIB_LIBRARY_INIT_(kind, ns, key, m, number) \
  GRIDLIB_LIBRARY_NAMED_(kind, ns, key, m, number)
#define GRIDLIB_LIBRARY_NAMED_(kind, ns, key, m, number) \
  static void fill_library_##number(::gridlib::Library&); \
  static const ::gridlib::LibraryInit library_##number( \
      ::gridlib::Library::kind, ns, key, &fill_library_##number, __FILE__, __LINE__); \
  static void fill_library_##number([[maybe_unused]] ::gridlib::Library& m)
// clang-format on

#ifdef GRIDLIB_COMPILED
// What src/dispatcher.cpp has is not made in every other file again.
// clang-format off
#ifdef GRIDLIB_COMPILED_HERE
#define GRIDLIB_INSTANCE_ template
#else
#define GRIDLIB_INSTANCE_ extern template
#endif
namespace dispatch_codegen {
GRIDLIB_INSTANCE_ class Value<::gridlib::Tensor>;
GRIDLIB_INSTANCE_ class Stack<::gridlib::Value>;
GRIDLIB_INSTANCE_ class CppFunction<::gridlib::Traits>;
GRIDLIB_INSTANCE_ class OperatorEntry<::gridlib::Traits>;
GRIDLIB_INSTANCE_ class OperatorHandle<::gridlib::Traits>;
GRIDLIB_INSTANCE_ class Dispatcher<::gridlib::Traits>;
GRIDLIB_INSTANCE_ class Observers<::gridlib::Traits>;
GRIDLIB_INSTANCE_ class Observed<::gridlib::Traits>;
GRIDLIB_INSTANCE_ class Library<::gridlib::Traits>;
GRIDLIB_INSTANCE_ class LibraryInit<::gridlib::Traits>;
GRIDLIB_INSTANCE_ void detail::run_policy<::gridlib::Traits>(
    const OperatorHandle<::gridlib::Traits>&,
    ::gridlib::DispatchKeySet,
    Stack<::gridlib::Value>*,
    const Fallback<::gridlib::Numbering>&);
GRIDLIB_INSTANCE_ std::string dispatch_dump<::gridlib::Traits>(
    const OperatorHandle<::gridlib::Traits>&);
GRIDLIB_INSTANCE_ std::string dispatch_dump_table<::gridlib::Traits>(
    const OperatorHandle<::gridlib::Traits>&);
}  // namespace dispatch_codegen
#undef GRIDLIB_INSTANCE_
// clang-format on
#endif

#endif
