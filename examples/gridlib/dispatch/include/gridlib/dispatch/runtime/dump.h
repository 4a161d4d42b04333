// Operators and their tables as text, in PyTorch's words.
//
// Mirrors what torch._C._dispatch_dump and torch._C._dispatch_dump_table print.

#ifndef DISPATCH_CODEGEN_DUMP_H
#define DISPATCH_CODEGEN_DUMP_H

#include <cstddef>
#include <string>

#include "dispatcher.h"

namespace [[gnu::visibility("default")]] dispatch_codegen {

/// An operator's name, schema and kernels, a line each; newest kernel first.
template <class Traits>
std::string dispatch_dump(const OperatorHandle<Traits>& op) {
  using Layout = typename Traits::KeySet::Layout;
  using Key = typename Traits::Numbering::Key;
  const auto held = Dispatcher<Traits>::singleton().lock();
  OperatorEntry<Traits>& entry = *op.entry();
  std::string text = "name: " + entry.name() + "\n";
  if (entry.is_defined()) {
    text += "schema: " + to_string(entry.schema()) + "\ndebug: " + entry.debug() + "\n";
  }
  for (std::size_t value = 0; value < Layout::num_values; ++value) {
    const Key key = static_cast<Key>(value);
    for (const auto& [other, kernels] : entry.kernels()) {
      if (other != key) continue;
      for (std::size_t i = 0; i < kernels.size(); ++i) {
        // A library has brought the body.
        if (i != 0 && !kernels[i]->has_body() && !kernels[i]->is_fallthrough) continue;
        text += Traits::name(key);
        if (Layout::is_alias(key)) text += " (alias)";
        if (i != 0) text += " (inactive)";
        text += ": " + kernels[i]->name + " :: " + kernels[i]->debug_text + "\n";
      }
    }
  }
  return text;
}

/// An operator's table: `key: kernel [reason]` for each slot that holds a kernel.
template <class Traits>
std::string dispatch_dump_table(const OperatorHandle<Traits>& op) {
  const auto held = Dispatcher<Traits>::singleton().lock();
  std::string text;
  for (const auto slot : Traits::KeySet::Layout::slot_keys) {
    const auto [kernel, choice] = op.entry()->content(slot);
    if (choice.source == Source::nothing) continue;
    text += Traits::name(slot);
    text += ": ";
    if (kernel != nullptr) {
      text += kernel->name;
    } else if (choice.source == Source::ambiguous) {
      text += choice.ambiguous_kernel;
    } else {
      text += DeclaredFallbacks<Traits>::find(slot)->kernel;
    }
    text += " [";
    text += choice.reason;
    text += "]\n";
  }
  return text;
}

}  // namespace dispatch_codegen

#endif
