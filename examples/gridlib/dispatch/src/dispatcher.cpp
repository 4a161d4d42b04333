// The code that all files share, if it is compiled once for all.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef GRIDLIB_COMPILED
#define GRIDLIB_COMPILED
#endif
#define GRIDLIB_COMPILED_HERE

#include "gridlib/dispatch/dispatcher.h"
