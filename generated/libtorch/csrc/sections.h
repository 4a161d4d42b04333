// The functions that register what is declared.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target libtorch

#ifndef PYTORCH_EXTENSION_SECTIONS_H
#define PYTORCH_EXTENSION_SECTIONS_H

#include "runtime/registry.h"

namespace pytorch_extension::registration {

void register_fallbacks(dispatch_codegen::Registry& registry);

}  // namespace pytorch_extension::registration

#endif
