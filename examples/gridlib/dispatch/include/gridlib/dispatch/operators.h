// All declared operators.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef GRIDLIB_DISPATCH_OPERATORS_H
#define GRIDLIB_DISPATCH_OPERATORS_H

#include "dispatcher.h"
#include "operators/grid/add.h"
#include "operators/grid/add_.h"
#include "operators/grid/cat.h"
#include "operators/grid/columns.h"
#include "operators/grid/full.h"
#include "operators/grid/launches.h"
#include "operators/grid/matmul.h"
#include "operators/grid/mean_squared.h"
#include "operators/grid/mul.h"
#include "operators/grid/relu.h"
#include "operators/grid/step.h"
#include "operators/grid/sub.h"
#include "operators/grid/sum.h"
#include "operators/grid/transpose.h"

#endif
