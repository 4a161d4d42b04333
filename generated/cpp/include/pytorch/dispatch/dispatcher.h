// The dispatcher: what a thread includes and excludes, registration, guards, modes.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_DISPATCH_DISPATCHER_H
#define PYTORCH_DISPATCH_DISPATCHER_H

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
#ifndef PYTORCH_OBSERVERS
#define PYTORCH_OBSERVERS 1
#endif

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch {

/// A boxed argument or result.
using Value = dispatch_codegen::Value<Tensor>;

// The support code finds what is declared here by these names.
inline constexpr std::span<const AliasRule> declared_aliases(alias_rules);
inline constexpr std::span<const Fallback> declared_fallbacks(fallbacks);

/// What the support code has to know of this dispatcher.
struct Traits {
  using KeySet = DispatchKeySet;
  using Numbering = ::pytorch::dispatch::Numbering;
  using Tensor = ::pytorch::dispatch::Tensor;
  using Value = ::pytorch::dispatch::Value;

  static constexpr auto alias_rules() { return declared_aliases; }
  static constexpr auto fallbacks() { return declared_fallbacks; }

  static constexpr bool is_observable = PYTORCH_OBSERVERS != 0;

  /// The key of kernels that are registered for none.
  static constexpr bool has_default_key = true;
  static constexpr DispatchKey default_key = DispatchKey::CompositeImplicitAutograd;

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
#ifdef PYTORCH_TLS_INITIAL_EXEC
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
using AutoDispatchBelowAutograd = DeclaredGuard<tls_changes::AutoDispatchBelowAutograd>;
using AutoNonVariableTypeMode = DeclaredGuard<tls_changes::AutoNonVariableTypeMode>;
using AutoDispatchBelowADInplaceOrView =
    DeclaredGuard<tls_changes::AutoDispatchBelowADInplaceOrView>;
using AutoDispatchSkipFunctionalize =
    DeclaredGuard<tls_changes::AutoDispatchSkipFunctionalize>;

/// Guards of what is declared to hold while a mode is active.
namespace mode_guards {
using torch_dispatch = DeclaredGuard<::pytorch::dispatch::modes::torch_dispatch>;
using python_dispatcher = DeclaredGuard<::pytorch::dispatch::modes::python_dispatcher>;
using pre_dispatch = DeclaredGuard<::pytorch::dispatch::modes::pre_dispatch>;
using functionalize = DeclaredGuard<::pytorch::dispatch::modes::functionalize>;
using functorch = DeclaredGuard<::pytorch::dispatch::modes::functorch>;
using vmap = DeclaredGuard<::pytorch::dispatch::modes::vmap>;
using trace = DeclaredGuard<::pytorch::dispatch::modes::trace>;
using autocast_cpu = DeclaredGuard<::pytorch::dispatch::modes::autocast_cpu>;
using autocast_mtia = DeclaredGuard<::pytorch::dispatch::modes::autocast_mtia>;
using autocast_maia = DeclaredGuard<::pytorch::dispatch::modes::autocast_maia>;
using autocast_xpu = DeclaredGuard<::pytorch::dispatch::modes::autocast_xpu>;
using autocast_ipu = DeclaredGuard<::pytorch::dispatch::modes::autocast_ipu>;
using autocast_hpu = DeclaredGuard<::pytorch::dispatch::modes::autocast_hpu>;
using autocast_xla = DeclaredGuard<::pytorch::dispatch::modes::autocast_xla>;
using autocast_mps = DeclaredGuard<::pytorch::dispatch::modes::autocast_mps>;
using autocast_cuda = DeclaredGuard<::pytorch::dispatch::modes::autocast_cuda>;
using autocast_privateuse1 =
    DeclaredGuard<::pytorch::dispatch::modes::autocast_privateuse1>;
using inference = DeclaredGuard<::pytorch::dispatch::modes::inference>;
}  // namespace mode_guards

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

}  // namespace pytorch::dispatch

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

/// Defines operators of a namespace: `PYTORCH_LIBRARY(ns, m) { m.def(...); }`.
///
/// The body runs before `main`, and what it registers stays. One file can have several.
// clang-format off
#define PYTORCH_LIBRARY(ns, m) \
  PYTORCH_LIBRARY_INIT_(DEF, #ns, ::std::nullopt, m, __COUNTER__)

/// The same for a namespace that is defined elsewhere.
#define PYTORCH_LIBRARY_FRAGMENT(ns, m) \
  PYTORCH_LIBRARY_INIT_(FRAGMENT, #ns, ::std::nullopt, m, __COUNTER__)

/// Registers kernels of a namespace for a key: `PYTORCH_LIBRARY_IMPL(ns, key, m) {...}`;
/// the namespace `_` is for the key's fallback.
#define PYTORCH_LIBRARY_IMPL(ns, key, m) \
  PYTORCH_LIBRARY_INIT_(IMPL, #ns, ::pytorch::dispatch::DispatchKey::key, m, __COUNTER__)

/// A function as a kernel.
#define PYTORCH_FN(function) \
  (::pytorch::dispatch::CppFunction::makeFromUnboxedFunction<&function>().named(#function))

#define PYTORCH_LIBRARY_INIT_(kind, ns, key, m, number) \
  PYTORCH_LIBRARY_NAMED_(kind, ns, key, m, number)
#define PYTORCH_LIBRARY_NAMED_(kind, ns, key, m, number) \
  static void fill_library_##number(::pytorch::dispatch::Library&); \
  static const ::pytorch::dispatch::LibraryInit library_##number( \
      ::pytorch::dispatch::Library::kind, ns, key, &fill_library_##number, __FILE__, __LINE__); \
  static void fill_library_##number([[maybe_unused]] ::pytorch::dispatch::Library& m)
// clang-format on

#ifdef PYTORCH_COMPILED
// What src/dispatcher.cpp has is not made in every other file again.
// clang-format off
#ifdef PYTORCH_COMPILED_HERE
#define PYTORCH_INSTANCE_ template
#else
#define PYTORCH_INSTANCE_ extern template
#endif
namespace dispatch_codegen {
PYTORCH_INSTANCE_ class Value<::pytorch::dispatch::Tensor>;
PYTORCH_INSTANCE_ class Stack<::pytorch::dispatch::Value>;
PYTORCH_INSTANCE_ class CppFunction<::pytorch::dispatch::Traits>;
PYTORCH_INSTANCE_ class OperatorEntry<::pytorch::dispatch::Traits>;
PYTORCH_INSTANCE_ class OperatorHandle<::pytorch::dispatch::Traits>;
PYTORCH_INSTANCE_ class Dispatcher<::pytorch::dispatch::Traits>;
PYTORCH_INSTANCE_ class Observers<::pytorch::dispatch::Traits>;
PYTORCH_INSTANCE_ class Observed<::pytorch::dispatch::Traits>;
PYTORCH_INSTANCE_ class Library<::pytorch::dispatch::Traits>;
PYTORCH_INSTANCE_ class LibraryInit<::pytorch::dispatch::Traits>;
PYTORCH_INSTANCE_ void detail::run_policy<::pytorch::dispatch::Traits>(
    const OperatorHandle<::pytorch::dispatch::Traits>&,
    ::pytorch::dispatch::DispatchKeySet,
    Stack<::pytorch::dispatch::Value>*,
    const Fallback<::pytorch::dispatch::Numbering>&);
PYTORCH_INSTANCE_ std::string dispatch_dump<::pytorch::dispatch::Traits>(
    const OperatorHandle<::pytorch::dispatch::Traits>&);
PYTORCH_INSTANCE_ std::string dispatch_dump_table<::pytorch::dispatch::Traits>(
    const OperatorHandle<::pytorch::dispatch::Traits>&);
}  // namespace dispatch_codegen
#undef PYTORCH_INSTANCE_
// clang-format on
#endif

#endif
