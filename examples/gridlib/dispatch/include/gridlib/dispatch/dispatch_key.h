// Dispatch keys and backend components: the one file with numbers in it.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef GRIDLIB_DISPATCH_DISPATCH_KEY_H
#define GRIDLIB_DISPATCH_DISPATCH_KEY_H

#include <cstdint>

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace gridlib {

/// A backend; component `b` is bit `b - 1` of a keyset.
enum class BackendComponent : std::uint8_t {
  InvalidBit = 0,
  CPUBit = 1,
  DeviceBit = 2,
  MetaBit = 3,
  EndOfBackendKeys = MetaBit,
};

/// A dispatch key. StartOf and EndOf names mark where a range begins and ends.
enum class DispatchKey : std::uint16_t {
  Undefined = 0,
  Dense = 1,
  BackendSelect = 2,
  Mode = 3,
  Autograd = 4,
  Tracing = 5,
  EndOfFunctionalityKeys = 6,
  StartOfDenseBackends = 7,
  CPU = 8,
  Device = 9,
  Meta = 10,
  EndOfDenseBackends = Meta,
  StartOfAutogradBackends = 11,
  AutogradCPU = 12,
  AutogradDevice = 13,
  AutogradMeta = 14,
  EndOfAutogradBackends = AutogradMeta,
  EndOfRuntimeBackendKeys = AutogradMeta,
  AnyAutograd = 15,
  StartOfAliasKeys = AnyAutograd,
  Composite = 16,
  EndOfAliasKeys = Composite,
};

}  // namespace gridlib

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
