// Makes all declared operators known by name, before `main`.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef GRIDLIB_DISPATCH_ALL_OPERATORS_H
#define GRIDLIB_DISPATCH_ALL_OPERATORS_H

#include <array>

#include "operators.h"

namespace gridlib {

/// Their entries, which are made when the program starts.
inline const auto all_operators = std::to_array<OperatorEntry*>({
    ops::grid::add::attach(),
    ops::grid::add_::attach(),
    ops::grid::cat::attach(),
    ops::grid::columns::attach(),
    ops::grid::full::attach(),
    ops::grid::launches::attach(),
    ops::grid::matmul::attach(),
    ops::grid::mean_squared::attach(),
    ops::grid::mul_Tensor::attach(),
    ops::grid::mul_Scalar::attach(),
    ops::grid::mul_out::attach(),
    ops::grid::relu::attach(),
    ops::grid::step::attach(),
    ops::grid::sub::attach(),
    ops::grid::sum::attach(),
    ops::grid::transpose::attach(),
});

}  // namespace gridlib

#endif
