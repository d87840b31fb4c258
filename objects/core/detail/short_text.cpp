#include <ouro/objects/containers/tuple_layout.h>
#include <ouro/objects/core/detail/short_text.h>
#include <ouro/objects/numbers/detail/float_text.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/detail/text_repr.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <array>

namespace ouro::detail {

namespace {

constexpr std::size_t kMostCharacters = 40;
constexpr std::size_t kMostItems = 4;

std::string text_of_str(const Str& str) {
  const std::string shown = repr_text(text(str).substr(0, 4 * kMostCharacters), kMostCharacters);
  return str.code_points + 2 > kMostCharacters ? shown + "..." : shown;
}

std::string text_of_float(double value) {
  std::array<char, kFloatTextMax> digits;
  return {digits.data(), write_float(value, digits.data())};
}

std::string text_of_other(const Object& object) {
  return fmt::format("<{} at {}>", object.type->name, static_cast<const void*>(&object));
}

/// Without brackets and items of items: a tuple inside a tuple is only named.
std::string text_of_atom(const Object& object) {
  if (const Str* const str = as<Str>(object)) return text_of_str(*str);
  if (const Float* const number = as<Float>(object)) return text_of_float(number->value);
  if (kind_of(object) == Kind::kNone) return "None";
  const Int* const number = as_int(object);
  if (number == nullptr || number->is_big()) return text_of_other(object);
  if (kind_of(object) == Kind::kBool) return number->value != 0 ? "True" : "False";
  return fmt::format("{}", number->value);
}

std::string text_of_tuple(const Tuple& tuple) {
  if (tuple.size > kMostItems) return text_of_other(tuple);
  std::string items;
  for (const Object* const item : tuple.view()) items += (items.empty() ? "" : ", ") + text_of_atom(*item);
  return fmt::format("({}{})", items, tuple.size == 1 ? "," : "");
}

}  // namespace

std::string short_text(const Object& object) {
  const Tuple* const tuple = as<Tuple>(object);
  return tuple != nullptr ? text_of_tuple(*tuple) : text_of_atom(object);
}

}  // namespace ouro::detail
