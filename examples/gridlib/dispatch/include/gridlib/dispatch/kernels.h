// The declared kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef GRIDLIB_DISPATCH_KERNELS_H
#define GRIDLIB_DISPATCH_KERNELS_H

#include "dispatcher.h"

#include "gridlib/kernels.h"

#endif
