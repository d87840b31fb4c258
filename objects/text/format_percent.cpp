// The operator % of str (CPython: PyUnicode_Format in Objects/unicodeobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/detail/float_format.h>
#include <ouro/objects/text/detail/number_layout.h>
#include <ouro/objects/text/detail/percent_reader.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/format.h>
#include <ouro/objects/text/str_builder.h>

#include <fmt/format.h>

#include <limits>

namespace ouro {

namespace {

using detail::PercentConversion;

constexpr std::int64_t kMostSize = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMostInt = std::numeric_limits<int>::max();

[[noreturn, gnu::cold]] void refuse(ErrorKind kind, const std::string& why) { raise(kind, why); }

/// What the conversions are given: the items of a tuple, or one value, or what a mapping has under their keys.
class PercentValues {
 public:
  explicit PercentValues(Object& values) noexcept : tuple_(as<Tuple>(values)), value_(share(values)) {
    const MappingSlots* const mapping = values.type->slots->mapping;
    is_mapping_ = mapping != nullptr && mapping->subscript != nullptr && tuple_ == nullptr && !is<Str>(values);
    if (is_mapping_) mapping_ = share(values);
  }

  [[nodiscard]] Ref<> next() {
    if (tuple_ != nullptr && used_ < tuple_->size) return share(*tuple_->items[used_++]);
    if (tuple_ != nullptr || used_ != 0) refuse(ErrorKind::kTypeError, "not enough arguments for format string");
    ++used_;
    return value_;
  }
  void select(Builtins& builtins, std::string_view key) {
    if (!is_mapping_) refuse(ErrorKind::kTypeError, "format requires a mapping");
    value_ = get_item(*mapping_, *make_str_unchecked(builtins, key));
    used_ = 0;
  }
  void expect_mapping() const {
    if (!is_mapping_) refuse(ErrorKind::kTypeError, "format requires a mapping");
  }
  void expect_none_left() const {
    const std::size_t given = tuple_ != nullptr ? tuple_->size : 1;
    if (used_ < given && !is_mapping_) refuse(ErrorKind::kTypeError, "not all arguments converted during string formatting");
  }

 private:
  const Tuple* tuple_;
  Ref<> value_, mapping_;
  std::size_t used_ = 0;
  bool is_mapping_ = false;
};

/// A width or precision that is an argument: '*'.
const Ref<Int> star_argument(PercentValues& values) {
  Ref<> given = values.next();
  if (as_int(*given) == nullptr) refuse(ErrorKind::kTypeError, "* wants int");
  return static_ref_cast<Int>(std::move(given));
}

void read_width(detail::PercentReader& reader, PercentConversion& conversion, PercentValues& values) {
  if (!reader.take('*')) {
    conversion.width = reader.take_number(kMostSize, "width too big");
    return;
  }
  const Ref<Int> width = star_argument(values);
  if (!fits_int64(*width)) refuse(ErrorKind::kOverflowError, "Python int too large to convert to C ssize_t");
  if (width->value < 0) conversion.left = true;
  conversion.width = width->value < -kMostSize ? kMostSize : width->value < 0 ? -width->value : width->value;
}

void read_precision(detail::PercentReader& reader, PercentConversion& conversion, PercentValues& values) {
  if (!reader.take('.')) return;
  if (!reader.take('*')) {
    conversion.precision = std::max<std::int64_t>(0, reader.take_number(kMostInt, "precision too big"));
    return;
  }
  const Ref<Int> precision = star_argument(values);
  if (!fits_int64(*precision) || precision->value != static_cast<int>(precision->value))
    refuse(ErrorKind::kOverflowError, "Python int too large to convert to C int");
  conversion.precision = std::max<std::int64_t>(0, precision->value);
}

PercentConversion read_conversion(detail::PercentReader& reader, Builtins& builtins, PercentValues& values) {
  PercentConversion conversion;
  if (reader.take('(')) {
    values.expect_mapping();
    values.select(builtins, reader.take_key());
  }
  reader.take_flags(conversion);
  read_width(reader, conversion, values);
  reader.expect_more();
  read_precision(reader, conversion, values);
  reader.take_type(conversion);
  return conversion;
}

// ---- Text ----

void append_text(StrBuilder& result, const Str& value, std::size_t most, const PercentConversion& conversion) {
  const std::size_t size = std::min<std::size_t>(most, value.code_points);
  const auto missing = static_cast<std::size_t>(
      conversion.width > static_cast<std::int64_t>(size) ? conversion.width - static_cast<std::int64_t>(size) : 0);
  if (!conversion.left) detail::append_fill(result, U' ', missing);
  result.append(text(value).substr(0, byte_offset(value, size)));
  if (conversion.left) detail::append_fill(result, U' ', missing);
}

Ref<Str> shown(Object& value, char32_t type) {
  return type == U's' ? str(value) : type == U'r' ? repr(value) : ascii(value);
}

[[noreturn, gnu::cold]] void refuse_character() { refuse(ErrorKind::kTypeError, "%c requires int or char"); }

/// The number of a character. A TypeError of `__index__` is one of the format.
Ref<Int> code_of(Object& value) {
  const NumberSlots* const number = value.type->slots->number;
  if (number == nullptr || number->index == nullptr) refuse_character();
  try {
    return index(value);
  } catch (const Error& error) {
    if (!error.is(ErrorKind::kTypeError)) throw;
  }
  refuse_character();
}

Ref<Str> character_of(Object& value) {
  if (const Str* const str = as<Str>(value)) {
    if (str->code_points != 1) refuse_character();
    return exact_str(*str);
  }
  const Ref<Int> code = code_of(value);
  if (!fits_int64(*code) || code->value < 0 || code->value > 0x10FFFF)
    refuse(ErrorKind::kOverflowError, "%c arg not in range(0x110000)");
  return make_character(builtins_of(value), static_cast<char32_t>(code->value));
}

// ---- Numbers ----

bool is_hexadecimal(char32_t type) noexcept { return type == U'x' || type == U'X'; }

[[noreturn, gnu::cold]] void refuse_number(const Object& value, char32_t type) {
  const std::string_view wanted = type == U'o' || is_hexadecimal(type) ? "an integer" : "a real number";
  refuse(ErrorKind::kTypeError,
         fmt::format("%{} format: {} is required, not {}", static_cast<char>(type), wanted, value.type->name));
}

/// The int that an object is converted to. A TypeError of its methods is one of the format.
Ref<Int> int_of(Object& value, char32_t type) {
  if (Int* const number = as_int(value)) return share(*number);
  const NumberSlots* const number = value.type->slots->number;
  const bool takes_any = type != U'o' && !is_hexadecimal(type);
  if (number == nullptr) refuse_number(value, type);
  try {
    if (takes_any && number->to_int != nullptr) {
      Ref<> made = number->to_int(value);
      if (as_int(*made) != nullptr) return static_ref_cast<Int>(std::move(made));
    } else if (number->index != nullptr) {
      return index(value);
    }
  } catch (const Error& error) {
    if (!error.is(ErrorKind::kTypeError)) throw;
  }
  refuse_number(value, type);
}

/// A number laid out: sign, prefix and digits, with zeros or spaces up to the width.
void append_number(StrBuilder& result, detail::NumberParts parts, const PercentConversion& conversion) {
  FormatSpec spec{.align = conversion.left ? '<' : conversion.zeros ? '=' : '>', .width = conversion.width};
  spec.sign = conversion.plus ? '+' : conversion.blank ? ' ' : '\0';
  if (conversion.zeros && !conversion.left) spec.fill = U'0';
  detail::append_number(result, parts, spec);
}

void append_int(StrBuilder& result, const Int& value, const PercentConversion& conversion) {
  if (conversion.precision > kMostInt - 3) refuse(ErrorKind::kOverflowError, "precision too large");
  const bool hexadecimal = is_hexadecimal(conversion.type);
  const bool is_decimal = !hexadecimal && conversion.type != U'o';
  const Ref<Str> whole = is_decimal ? int_to_text(value) : int_to_base(value, hexadecimal ? 16 : 8);
  const bool negative = value.is_negative();
  const std::string_view shown = text(*whole).substr((negative ? 1u : 0u) + (is_decimal ? 0u : 2u));
  StrBuilder digits(builtins_of(value));
  const auto least = static_cast<std::size_t>(std::max<std::int64_t>(conversion.precision, 0));
  if (least > shown.size()) detail::append_fill(digits, U'0', least - shown.size());
  for (const char c : shown) digits.append(conversion.type == U'X' && c >= 'a' ? static_cast<char>(c ^ 0x20) : c);
  const bool has_prefix = conversion.alternate && !is_decimal;
  const std::string_view prefix = !has_prefix ? "" : conversion.type == U'X' ? "0X" : hexadecimal ? "0x" : "0o";
  append_number(result, {.negative = negative, .prefix = prefix, .digits = digits.view()}, conversion);
}

void append_float(StrBuilder& result, Object& value, const PercentConversion& conversion) {
  const double number = from_object<double>(value);
  detail::FloatFormat how{.type = static_cast<char>(conversion.type), .alternate = conversion.alternate};
  if (conversion.precision >= 0) how.precision = static_cast<int>(conversion.precision);
  StrBuilder digits(builtins_of(value));
  detail::append_float(digits, number, how);
  append_number(result, detail::number_parts(digits.view()), conversion);
}

void append_converted(StrBuilder& result, Object& value, const PercentConversion& conversion,
                      const detail::PercentReader& reader) {
  switch (conversion.type) {
    case U's':
    case U'r':
    case U'a':
      return append_text(result, *shown(value, conversion.type), static_cast<std::size_t>(conversion.precision), conversion);
    case U'c':
      return append_text(result, *character_of(value), 1, conversion);
    case U'd':
    case U'i':
    case U'u':
    case U'o':
    case U'x':
    case U'X':
      return append_int(result, *int_of(value, conversion.type), conversion);
    case U'e':
    case U'E':
    case U'f':
    case U'F':
    case U'g':
    case U'G':
      return append_float(result, value, conversion);
    default:
      break;
  }
  const auto type = static_cast<std::uint32_t>(conversion.type);
  refuse(ErrorKind::kValueError,
         fmt::format("unsupported format character '{}' (0x{:x}) at index {}",
                     type >= 31 && type <= 126 ? static_cast<char>(type) : '?', type, reader.index_of(conversion)));
}

}  // namespace

Ref<Str> format_percent(const Str& pattern, Object& values) {
  const Ref<> held = share(const_cast<Str&>(pattern));
  Builtins& builtins = builtins_of(pattern);
  PercentValues given(values);
  StrBuilder result(builtins);
  for (detail::PercentReader reader(text(pattern)); !reader.at_end();) {
    bool found = false;
    result.append(reader.take_literal(found));
    if (!found) break;
    if (reader.take('%')) {
      result.append('%');
      continue;
    }
    const PercentConversion conversion = read_conversion(reader, builtins, given);
    const Ref<> value = given.next();
    append_converted(result, *value, conversion, reader);
  }
  given.expect_none_left();
  return result.finish();
}

}  // namespace ouro
