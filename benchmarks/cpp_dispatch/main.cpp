// Runs the cases: under callgrind if the only argument is "count", else by Google
// Benchmark. A case is known as suite/name.
//
// Counting: callgrind dumps what N and what 2 N calls took, so that the difference is N
// calls alone. What is allocated during N calls is printed.
#include <benchmark/benchmark.h>
#include <valgrind/callgrind.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "calls.h"

namespace {

std::size_t allocations = 0;

}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* const memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace {

constexpr long kWarmUp = 10;
constexpr long kCounted = 1000;
constexpr long kBatch = 1000;

std::vector<calls::Suite> suites() {
  return {
      calls::limit(),
      calls::limit_shared(),
      calls::limit_initial_exec(),
      calls::ours(),
      calls::ours_unobserved(),
      calls::ours_shared(),
      calls::ours_initial_exec(),
#ifdef WITH_C10
      calls::c10(),
      calls::c10_shared(),
#endif
  };
}

std::string name_of(const calls::Suite& suite, const calls::Case& each) {
  return std::string(suite.name) + "/" + each.name;
}

void dump(const calls::Case& each, const std::string& name, long n) {
  CALLGRIND_ZERO_STATS;
  each.run(n);
  CALLGRIND_DUMP_STATS_AT(name.c_str());
}

void count(const calls::Suite& suite, const calls::Case& each) {
  const std::string name = name_of(suite, each);
  each.run(kWarmUp);
  const std::size_t before = allocations;
  each.run(kCounted);
  const std::size_t allocated = allocations - before;
  dump(each, name, kCounted);
  dump(each, name, 2 * kCounted);
  std::printf("%s\t%zu\n", name.c_str(), allocated);
}

void measure(const calls::Suite& suite, const calls::Case& each) {
  const auto loop = [run = each.run](benchmark::State& state) {
    run(kWarmUp);
    while (state.KeepRunningBatch(kBatch)) run(kBatch);
  };
  benchmark::RegisterBenchmark(name_of(suite, each).c_str(), loop);
}

}  // namespace

int main(int argc, char** argv) {
  const bool counting = argc == 2 && std::string_view(argv[1]) == "count";
  if (counting) {
    std::printf("calls\t%ld\n", kCounted);
    CALLGRIND_START_INSTRUMENTATION;
  }
  for (const calls::Suite& suite : suites()) {
    if (counting && suite.table_bytes != 0) {
      std::printf("%s/table\t%zu\n", suite.name, suite.table_bytes);
    }
    for (const calls::Case& each : suite.cases) {
      if (counting) {
        count(suite, each);
      } else {
        measure(suite, each);
      }
    }
  }
  if (counting) return 0;
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
