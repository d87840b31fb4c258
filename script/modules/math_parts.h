// The functions of module math that are about many numbers or whole ones.
#pragma once

#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/numbers/float.h>

namespace ouro::script::math {

/// The float that an argument stands for. TypeError "must be real number, not str".
[[nodiscard]] inline double real(Object& given) {
  return is<Float>(given) ? static_cast<Float&>(given).value : from_object<double>(given);
}

[[nodiscard]] double exact_sum(Object& iterable);
[[nodiscard]] Ref<> product(Object& iterable, Object* start);
[[nodiscard]] double hypotenuse(const Arguments& given);
[[nodiscard]] double distance(Object& p, Object& q);
[[nodiscard]] Ref<> gcd_of_all(Builtins& builtins, const Arguments& given);
[[nodiscard]] Ref<> lcm_of_all(Builtins& builtins, const Arguments& given);
[[nodiscard]] Ref<> factorial(Object& given);
[[nodiscard]] Ref<> permutations_of(Object& n_given, Object* k_given);
[[nodiscard]] Ref<> combinations_of(Object& n_given, Object& k_given);
[[nodiscard]] Ref<> whole_root(Object& given);

}  // namespace ouro::script::math
