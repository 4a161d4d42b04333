// Which kernel a slot of an operator's table gets, and why.
//
// `evaluate` is the only place that knows the order of the rules; it follows
// computeDispatchTableEntryWithDebug of ATen/core/dispatch/OperatorEntry.cpp:
//
// 1. a kernel registered for the slot's own key;
// 2. the alias keys that contain the slot, highest precedence first;
// 3. the backend fallback of the slot's key.

#ifndef DISPATCH_CODEGEN_TABLE_H
#define DISPATCH_CODEGEN_TABLE_H

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "rules.h"

namespace [[gnu::visibility("default")]] dispatch_codegen {

inline constexpr std::string_view kernel_reason = "kernel";
inline constexpr std::string_view fallback_reason = "backend fallback";

/// What decided a slot.
enum class Source : std::uint8_t { nothing, kernel, ambiguous, fallback };

/// What a step found.
enum class Outcome : std::uint8_t { chosen, not_registered, yields, ambiguous };

/// An outcome in words.
constexpr std::string_view describe(Outcome outcome) {
  switch (outcome) {
    case Outcome::chosen:
      return "chosen";
    case Outcome::not_registered:
      return "no kernel is registered for it";
    case Outcome::yields:
      return "steps back for a more direct registration";
    case Outcome::ambiguous:
      return "ambiguous with a more direct registration";
  }
  return {};
}

/// The content of a slot.
template <class Numbering>
struct Choice {
  Source source = Source::nothing;
  /// The key whose registration or fallback decided it.
  typename Numbering::Key key = {};
  /// The rule, in PyTorch's words.
  std::string_view reason = {};
  /// What an ambiguous slot calls its content.
  std::string_view ambiguous_kernel = {};
};

/// One rule tried for a slot.
template <class Numbering>
struct Step {
  typename Numbering::Key key;
  std::string_view reason;
  Outcome outcome;
  /// The registered keys that made an alias key step back or ambiguous.
  KeyValues<Numbering> because = {};
};

/// The registered keys that a keyset holds, functionality keys among them: those all of
/// whose bits it has.
template <class Numbering>
constexpr KeyValues<Numbering> registered_in(const KeySet<Numbering>& keys,
                                             const KeyValues<Numbering>& registered) {
  using Layout = dispatch_codegen::Layout<Numbering>;
  KeyValues<Numbering> found{};
  if (keys.empty()) return found;
  for (std::size_t value = 1; value <= Layout::end_of_runtime; ++value) {
    if (!has_bit(registered, value)) continue;
    const KeySet<Numbering> mask(static_cast<typename Numbering::Key>(value));
    if (!mask.empty() && keys.has_all(mask)) {
      found |= bit<KeyValues<Numbering>>(value);
    }
  }
  return found;
}

/// Tries the rules for one slot, most direct first, until one decides it.
///
/// `aliases` are in the order of precedence, lowest first; `registered` says which keys,
/// alias keys too, have a kernel, `fallbacks` which runtime keys have a backend fallback.
/// `visit` gets each step.
template <class Numbering, class Visit>
constexpr Choice<Numbering> evaluate(std::span<const AliasRule<Numbering>> aliases,
                                     const KeyValues<Numbering>& registered,
                                     const KeyValues<Numbering>& fallbacks,
                                     typename Numbering::Key slot,
                                     Visit&& visit) {
  using Step = dispatch_codegen::Step<Numbering>;
  using Values = KeyValues<Numbering>;
  const auto has = [](const Values& keys, typename Numbering::Key key) {
    return has_bit(keys, static_cast<std::size_t>(key));
  };
  if (has(registered, slot)) {
    visit(Step{slot, kernel_reason, Outcome::chosen});
    return {Source::kernel, slot, kernel_reason};
  }
  visit(Step{slot, kernel_reason, Outcome::not_registered});
  const KeySet<Numbering> bits(slot);
  for (std::size_t i = aliases.size(); i > 0; --i) {
    const AliasRule<Numbering>& rule = aliases[i - 1];
    const bool fills = bits.empty() ? rule.undefined : rule.keys.has_all(bits);
    if (!fills) continue;
    if (!has(registered, rule.key)) {
      visit(Step{rule.key, rule.reason, Outcome::not_registered});
      continue;
    }
    if (rule.is_ambiguous && slot == rule.ambiguous_slot) {
      const Values because = registered_in(rule.ambiguous_with, registered);
      if (because != Values{}) {
        visit(Step{rule.key, rule.reason, Outcome::ambiguous, because});
        return {
            Source::ambiguous, rule.key, rule.ambiguous_reason, rule.ambiguous_kernel};
      }
    }
    Values because = rule.yields_to & registered;
    if (rule.yields_to_backends_of != nullptr) {
      because |= registered_in(rule.yields_to_backends_of(slot), registered);
    }
    if (because != Values{}) {
      visit(Step{rule.key, rule.reason, Outcome::yields, because});
      continue;
    }
    visit(Step{rule.key, rule.reason, Outcome::chosen});
    return {Source::kernel, rule.key, rule.reason};
  }
  if (has(fallbacks, slot)) {
    visit(Step{slot, fallback_reason, Outcome::chosen});
    return {Source::fallback, slot, fallback_reason};
  }
  visit(Step{slot, fallback_reason, Outcome::not_registered});
  return {};
}

template <class Numbering>
constexpr Choice<Numbering> evaluate(std::span<const AliasRule<Numbering>> aliases,
                                     const KeyValues<Numbering>& registered,
                                     const KeyValues<Numbering>& fallbacks,
                                     typename Numbering::Key slot) {
  return evaluate(aliases, registered, fallbacks, slot, [](const Step<Numbering>&) {});
}

/// What a call takes out of its keyset before it looks a slot up: the functionality keys
/// that fall through.
template <class Numbering>
struct CallMasks {
  using Layout = dispatch_codegen::Layout<Numbering>;
  using Bits = typename Layout::Bits;

  /// What stays, by the index of the set's highest backend.
  Bits by_backend[Layout::num_backends == 0 ? 1 : Layout::num_backends] = {};
  /// Whether that is the same for all backends.
  bool is_uniform = true;

  /// Computes them from which slots fall through.
  template <class FallsThrough>
  static constexpr CallMasks of(FallsThrough falls_through) {
    CallMasks masks;
    for (Bits& mask : masks.by_backend) mask = Layout::full;
    for (std::size_t slot = 1; slot < Layout::num_slots; ++slot) {
      if (!falls_through(slot)) continue;
      const auto key = Layout::slot_keys[slot];
      const Bits functionality = Layout::mask(Layout::functionality_of(key));
      const auto backend = static_cast<std::size_t>(Layout::backend_of(key));
      if (backend != 0) {
        masks.by_backend[backend - 1] &= ~functionality;
      } else {
        for (Bits& mask : masks.by_backend) mask &= ~functionality;
      }
    }
    for (const Bits& mask : masks.by_backend) {
      if (mask != masks.by_backend[0]) masks.is_uniform = false;
    }
    return masks;
  }
};

}  // namespace dispatch_codegen

#endif
