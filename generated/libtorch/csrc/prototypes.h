// The declared kernels: their bodies are written by hand.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target libtorch

#ifndef PYTORCH_EXTENSION_PROTOTYPES_H
#define PYTORCH_EXTENSION_PROTOTYPES_H

#include <ATen/core/Tensor.h>
#include <torch/library.h>

#endif
