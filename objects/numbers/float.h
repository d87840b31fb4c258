// Float: a double.
//
// Arithmetic is the machine's, with Python's floor division and remainder; comparison with an int is exact, whatever the
// size of the int.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/immortals.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/make.h>

#include <cstdint>
#include <string_view>

namespace ouro {

/// The object of a float.
struct Float : Object {
  static constexpr Kind kKind = Kind::kFloat;
  static constexpr Home kHome = Home::kAtoms;
  double value;
};
static_assert(sizeof(Float) == 24);

/// The float of this value. An allocation and three stores. Throws MemoryError.
[[nodiscard]] inline Ref<Float> make_float(Builtins& builtins, double value) {
  return make<Float>(builtins.immortals->type(Kind::kFloat), sizeof(Float),
                     [value](Float& made) noexcept { made.value = value; });
}

/// `float(text)`. ValueError "could not convert string to float: 'x'". `text` is checked to be UTF-8.
[[nodiscard]] Ref<Float> float_from_text(Builtins& builtins, std::string_view text);
/// `str(value)`: the shortest text that reads back as the same value.
[[nodiscard]] Ref<Str> float_to_text(const Float& value);

/// The value of a float, or of an int rounded half to even. OverflowError "int too large to convert to float"; TypeError
/// "must be real number, not str" for anything else.
[[nodiscard]] double to_double(const Object& number);

/// `hash(value)`, equal to that of an equal int; a nan hashes by its identity, as in CPython since 3.10.
[[nodiscard]] std::int64_t hash_of(const Float& value) noexcept;

}  // namespace ouro
