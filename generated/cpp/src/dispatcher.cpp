// The code that all files share, if it is compiled once for all.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_COMPILED
#define PYTORCH_COMPILED
#endif
#define PYTORCH_COMPILED_HERE

#include "pytorch/dispatch/dispatcher.h"
