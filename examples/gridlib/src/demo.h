// What the files of the demo share.

#ifndef GRIDLIB_DEMO_H
#define GRIDLIB_DEMO_H

#include <cstdio>
#include <random>

#include "gridlib/gridlib.h"

namespace demo {

using namespace gridlib;

constexpr auto CPU = BackendComponent::CPUBit;
constexpr auto DEVICE = BackendComponent::DeviceBit;
constexpr auto META = BackendComponent::MetaBit;

inline void print(const std::string& text) {
  std::printf("%s\n", text.c_str());
}

/// Numbers between -1 and 1.
inline Array random(std::size_t rows, std::size_t cols, unsigned seed) {
  std::mt19937 bits(seed);
  Array result(CPU, rows, cols);
  for (double& x : result.values()) x = static_cast<double>(bits()) / 0x1p31 - 1;
  return result;
}

/// What else the dispatcher does: src/tour.cpp.
void tour();

}  // namespace demo

#endif
