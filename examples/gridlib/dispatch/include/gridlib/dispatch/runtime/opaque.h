// A value of which a dispatcher knows nothing: it is only handed on.

#ifndef DISPATCH_CODEGEN_OPAQUE_H
#define DISPATCH_CODEGEN_OPAQUE_H

#include <memory>

namespace [[gnu::visibility("default")]] dispatch_codegen {

/// What stands for a schema type that no C++ type was declared for.
///
/// Kernels agree among themselves on what it holds; two are equal if they share it.
struct Opaque {
  std::shared_ptr<void> value;

  friend bool operator==(const Opaque&, const Opaque&) = default;
};

}  // namespace dispatch_codegen

#endif
