// How often each kernel of acme has run: what shows that it was not the CPU's.

#ifndef ACME_CALLS_H
#define ACME_CALLS_H

#include <string_view>

namespace acme {

/// Counts one call of a kernel.
void count(std::string_view kernel);

}  // namespace acme

#endif  // ACME_CALLS_H
