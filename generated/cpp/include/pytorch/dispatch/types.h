// Which C++ type stands for which type of operator schemas.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_DISPATCH_TYPES_H
#define PYTORCH_DISPATCH_TYPES_H

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "dispatch_key_set.h"
#include "runtime/basic_tensor.h"
#include "runtime/opaque.h"

namespace pytorch::dispatch {

using Tensor = dispatch_codegen::BasicTensor<Numbering>;

}  // namespace pytorch::dispatch

#endif
