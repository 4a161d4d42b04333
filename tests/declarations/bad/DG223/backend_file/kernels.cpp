#include "FastNativeFunctions.h"

namespace paint {

// at::Tensor FastNativeFunctions::blend(const at::Tensor& self) {
#if 0
at::Tensor& FastNativeFunctions::blend_(at::Tensor& self) { return self; }
#endif

at::Tensor FastNativeFunctions::shade(const at::Tensor& self, const at::Tensor& other) {
  return self;
}

at::Tensor FastNativeFunctions::shade(const at::Tensor& self, double other) {
  return self;
}

at::Tensor FastNativeFunctions::fade(const at::Tensor& self, int64_t size) {
  return self;
}

at::Tensor FastNativeFunctions::tnt(const at::Tensor& self) { return self; }

at::Tensor FastFunctions::wash(const at::Tensor& self) { return self; }

at::Tensor FastNativeFunctions::dye(const at::Tensor& self);

at::Tensor FastNativeFunctions::bleach(const at::Tensor& self) { return self; }

}  // namespace paint
