// The project compiles, and a program that uses all of it starts.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include <cstdio>
#include <string>

#include "pytorch/dispatch/all_operators.h"
#include "pytorch/dispatch/kernels.h"

namespace pytorch::dispatch {
namespace {

static_assert(toString(DispatchKey::Undefined) == "Undefined");

int run() {
  std::size_t slots = 0;
  for (const OperatorHandle& op : Dispatcher::singleton().operators()) {
    for (const char c : dispatch_dump_table(op)) slots += c == '\n';
  }
  try {
    static_cast<void>(dispatch_dump("no::such.operator"));
    return 1;
  } catch (const DispatchError&) {
    std::printf("ok: %zu slots\n", slots);
    return 0;
  }
}

}  // namespace
}  // namespace pytorch::dispatch

int main() {
  using namespace pytorch::dispatch;
  return run();
}
