// Keeps each extension's copy of the support code to itself.

#ifndef DISPATCH_CODEGEN_TORCH_VISIBILITY_H
#define DISPATCH_CODEGEN_TORCH_VISIBILITY_H

/// Stands before the name of a namespace whose symbols stay inside a shared library, so
/// that two extensions in one process never share them.
#if defined(__GNUC__)
#define DISPATCH_CODEGEN_HIDDEN [[gnu::visibility("hidden")]]
#else
#define DISPATCH_CODEGEN_HIDDEN
#endif

/// Stands before a function that others find in the library by its name.
#if defined(_WIN32)
#define DISPATCH_CODEGEN_EXPORT __declspec(dllexport)
#else
#define DISPATCH_CODEGEN_EXPORT __attribute__((visibility("default")))
#endif

#endif
