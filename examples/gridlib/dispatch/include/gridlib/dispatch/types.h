// Which C++ type stands for which type of operator schemas.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef GRIDLIB_DISPATCH_TYPES_H
#define GRIDLIB_DISPATCH_TYPES_H

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "dispatch_key_set.h"
#include "gridlib/array.h"
#include "runtime/opaque.h"

namespace gridlib {

using Tensor = gridlib::Array;
using Device = gridlib::BackendComponent;

}  // namespace gridlib

#endif
