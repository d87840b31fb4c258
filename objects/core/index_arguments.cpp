// Positions among the arguments of methods (CPython: _PyEval_SliceIndex in Python/ceval.c, the converters of
// Python/getargs.c).
#include <ouro/base/error.h>
#include <ouro/objects/core/detail/has_index.h>
#include <ouro/objects/core/detail/index_arguments.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/int.h>

#include <limits>
#include <string_view>

namespace ouro::detail {

namespace {

std::int64_t clipped(const Int& number) noexcept {
  if (fits_int64(number)) return number.value;
  return number.is_negative() ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
}

std::int64_t bound(Object& given, std::string_view complaint) {
  if (!has_index(given)) raise(ErrorKind::kTypeError, complaint);
  return clipped(*index(given));
}

}  // namespace

std::int64_t size_argument(Object* given, std::int64_t fallback) {
  if (given == nullptr) return fallback;
  const Ref<Int> number = index(*given);
  if (!fits_int64(*number)) raise(ErrorKind::kOverflowError, "Python int too large to convert to C ssize_t");
  return number->value;
}

std::int64_t bound_argument(Object* given, std::int64_t fallback) {
  if (given == nullptr) return fallback;
  return bound(*given, "slice indices must be integers or have an __index__ method");
}

std::int64_t bound_or_none_argument(Object* given, std::int64_t fallback) {
  if (given == nullptr || is_none(*given)) return fallback;
  return bound(*given, "slice indices must be integers or None or have an __index__ method");
}

int c_int_argument(Object* given, int fallback) {
  if (given == nullptr) return fallback;
  const Ref<Int> number = index(*given);
  if (!fits_int64(*number) || number->value != static_cast<int>(number->value))
    raise(ErrorKind::kOverflowError, "Python int too large to convert to C int");
  return static_cast<int>(number->value);
}

bool flag_argument(Object* given) { return c_int_argument(given, 0) != 0; }

}  // namespace ouro::detail
