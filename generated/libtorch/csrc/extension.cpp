// Registers everything when the library is loaded, and keeps what became of it.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target libtorch

#include <initializer_list>

#include "runtime/registry.h"
#include "sections.h"

namespace {

using dispatch_codegen::Extension;

constexpr std::initializer_list<Extension::Section> sections = {
    &pytorch_extension::registration::register_fallbacks,
};

const Extension extension("pytorch_extension", sections);

}  // namespace

extern "C" {

/// What was registered, and what was not and why: JSON, see runtime/registry.h.
DISPATCH_CODEGEN_EXPORT const char* pytorch_extension_report() {
  return extension.report();
}

}  // extern "C"
