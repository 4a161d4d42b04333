// What is measured: loops of calls, by suite. Each suite is one dispatcher in one kind
// of binary, and has the cases it can do; run.py knows them by their names.
#ifndef BENCHMARKS_CPP_DISPATCH_CALLS_H_
#define BENCHMARKS_CPP_DISPATCH_CALLS_H_

#include <cstddef>
#include <span>

// For kernels: callers know neither what they return nor which arguments they read.
#define CALLS_OPAQUE [[gnu::noipa]]

namespace calls {

// `run(n)` makes n calls.
struct Case {
  const char* name;
  void (*run)(long n);
};

struct Suite {
  const char* name;
  std::span<const Case> cases;
  std::size_t table_bytes = 0;  // Of an operator with 137 slots; 0 where unknown.
};

Suite limit();
Suite limit_shared();
Suite limit_initial_exec();
Suite ours();
Suite ours_unobserved();
Suite ours_shared();
Suite ours_initial_exec();
Suite c10();
Suite c10_shared();

// A loop whose calls are all the same.
template <class Call>
inline void repeat(long n, const Call& call) {
  for (; n > 0; --n) call();
}

// A loop whose call site sees four sets of arguments in turn.
template <class Call, class Tensors>
inline void in_turn(long n, const Tensors& tensors, const Call& call) {
  for (; n > 0; --n) call(tensors[static_cast<std::size_t>(n & 3)]);
}

}  // namespace calls

#endif  // BENCHMARKS_CPP_DISPATCH_CALLS_H_
