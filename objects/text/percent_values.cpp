// The values and numbers of '%' (CPython: unicode_format_arg_parse, _PyBytes_FormatEx).
#include <ouro/base/error.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/text/detail/float_format.h>
#include <ouro/objects/text/detail/number_layout.h>
#include <ouro/objects/text/detail/percent_values.h>

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace ouro::detail {

namespace {

constexpr std::int64_t kMostSize = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMostInt = std::numeric_limits<int>::max();

bool is_hexadecimal(char32_t type) noexcept { return type == U'x' || type == U'X'; }

[[noreturn, gnu::cold]] void refuse_number(const Object& value, char32_t type, char32_t shown) {
  const std::string_view wanted = type == U'o' || is_hexadecimal(type) ? "an integer" : "a real number";
  refuse_format(ErrorKind::kTypeError,
                fmt::format("%{} format: {} is required, not {}", static_cast<char>(shown), wanted, value.type->name));
}

/// True if nothing stands around the digits but a minus.
bool is_bare(const PercentConversion& conversion) noexcept {
  return conversion.width <= 0 && !conversion.plus && !conversion.blank;
}

/// A number laid out: sign, prefix and digits, with zeros or spaces up to the width.
void append_laid_out(StrBuilder& result, const NumberParts& parts, const PercentConversion& conversion) {
  FormatSpec spec{.align = conversion.left ? '<' : conversion.zeros ? '=' : '>', .width = conversion.width};
  spec.sign = conversion.plus ? '+' : conversion.blank ? ' ' : '\0';
  if (conversion.zeros && !conversion.left) spec.fill = U'0';
  append_number(result, parts, spec);
}

}  // namespace

void refuse_format(ErrorKind kind, const std::string& why) { raise(kind, why); }

// ---- Values ----

PercentValues::PercentValues(const PercentDialect& dialect, Object& values, bool is_plain) noexcept
    : dialect_(dialect), tuple_(as<Tuple>(values)), value_(share(values)) {
  const MappingSlots* const mapping = values.type->slots->mapping;
  is_mapping_ = mapping != nullptr && mapping->subscript != nullptr && tuple_ == nullptr && !is_plain;
  if (is_mapping_) mapping_ = share(values);
}

Ref<> PercentValues::next() {
  if (tuple_ != nullptr && used_ < tuple_->size) return share(*tuple_->items[used_++]);
  if (tuple_ != nullptr || used_ != 0) refuse_format(ErrorKind::kTypeError, "not enough arguments for format string");
  ++used_;
  return value_;
}

void PercentValues::expect_none_left() const {
  const std::size_t given = tuple_ != nullptr ? tuple_->size : 1;
  if (used_ < given && !is_mapping_) refuse_format(ErrorKind::kTypeError, std::string(dialect_.left_over));
}

void PercentValues::expect_mapping() const {
  if (!is_mapping_) refuse_format(ErrorKind::kTypeError, "format requires a mapping");
}

void PercentValues::select(Builtins& builtins, std::string_view key) {
  value_ = get_item(*mapping_, *dialect_.make_key(builtins, key));
  used_ = 0;
}

/// A width or precision that is an argument: '*'.
Ref<Int> PercentValues::next_int() {
  Ref<> given = next();
  if (as_int(*given) == nullptr) refuse_format(ErrorKind::kTypeError, "* wants int");
  return static_ref_cast<Int>(std::move(given));
}

void PercentValues::read_width(PercentReader& reader, PercentConversion& conversion) {
  if (!reader.take('*')) {
    conversion.width = reader.take_number(kMostSize, "width too big");
    return;
  }
  const Ref<Int> width = next_int();
  if (!fits_int64(*width)) refuse_format(ErrorKind::kOverflowError, "Python int too large to convert to C ssize_t");
  if (width->value < 0) conversion.left = true;
  conversion.width = width->value < -kMostSize ? kMostSize : width->value < 0 ? -width->value : width->value;
}

void PercentValues::read_precision(PercentReader& reader, PercentConversion& conversion) {
  if (!reader.take('.')) return;
  if (!reader.take('*')) {
    conversion.precision = std::max<std::int64_t>(0, reader.take_number(kMostInt, dialect_.precision_too_big));
    return;
  }
  const Ref<Int> precision = next_int();
  if (!fits_int64(*precision) || precision->value != static_cast<int>(precision->value))
    refuse_format(ErrorKind::kOverflowError, "Python int too large to convert to C int");
  conversion.precision = std::max<std::int64_t>(0, precision->value);
}

PercentConversion PercentValues::read_conversion(PercentReader& reader, Builtins& builtins) {
  PercentConversion conversion;
  if (reader.take('(')) {
    expect_mapping();
    select(builtins, reader.take_key());
  }
  reader.take_flags(conversion);
  read_width(reader, conversion);
  reader.expect_more();
  read_precision(reader, conversion);
  reader.take_type(conversion);
  return conversion;
}

std::size_t percent_padding(const PercentConversion& conversion, std::size_t size) noexcept {
  const auto there = static_cast<std::int64_t>(size);
  return conversion.width > there ? static_cast<std::size_t>(conversion.width - there) : 0;
}

// ---- Numbers ----

bool is_percent_int(char32_t type) noexcept {
  return type == U'd' || type == U'i' || type == U'u' || type == U'o' || is_hexadecimal(type);
}

bool is_percent_float(char32_t type) noexcept {
  return type == U'e' || type == U'E' || type == U'f' || type == U'F' || type == U'g' || type == U'G';
}

Ref<Int> percent_int(Object& value, char32_t type, char32_t shown) {
  if (Int* const number = as_int(value)) return share(*number);
  const NumberSlots* const number = value.type->slots->number;
  const bool takes_any = type != U'o' && !is_hexadecimal(type);
  if (number == nullptr) refuse_number(value, type, shown);
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
  refuse_number(value, type, shown);
}

Ref<Int> percent_code(Object& value, std::string_view refused) {
  const NumberSlots* const number = value.type->slots->number;
  if (number == nullptr || number->index == nullptr) refuse_format(ErrorKind::kTypeError, std::string(refused));
  try {
    return index(value);
  } catch (const Error& error) {
    if (!error.is(ErrorKind::kTypeError)) throw;
  }
  refuse_format(ErrorKind::kTypeError, std::string(refused));
}

void append_percent_int(StrBuilder& result, const Int& value, const PercentConversion& conversion) {
  if (conversion.precision > kMostInt - 3) refuse_format(ErrorKind::kOverflowError, "precision too large");
  const bool hexadecimal = is_hexadecimal(conversion.type);
  const bool is_decimal = !hexadecimal && conversion.type != U'o';
  if (is_decimal && !value.is_big() && conversion.precision < 0) {
    const fmt::format_int shown(value.value);
    if (is_bare(conversion)) return result.append(std::string_view(shown.data(), shown.size()));
    return append_laid_out(result, number_parts({shown.data(), shown.size()}), conversion);
  }
  const Ref<Str> whole = is_decimal ? int_to_text(value) : int_to_base(value, hexadecimal ? 16 : 8);
  const bool negative = value.is_negative();
  const std::string_view shown = text(*whole).substr((negative ? 1u : 0u) + (is_decimal ? 0u : 2u));
  StrBuilder digits(builtins_of(value));
  const auto least = static_cast<std::size_t>(std::max<std::int64_t>(conversion.precision, 0));
  if (least > shown.size()) append_fill(digits, U'0', least - shown.size());
  for (const char c : shown) digits.append(conversion.type == U'X' && c >= 'a' ? static_cast<char>(c ^ 0x20) : c);
  const bool has_prefix = conversion.alternate && !is_decimal;
  const std::string_view prefix = !has_prefix ? "" : conversion.type == U'X' ? "0X" : hexadecimal ? "0x" : "0o";
  append_laid_out(result, {.negative = negative, .prefix = prefix, .digits = digits.view()}, conversion);
}

void append_percent_float(StrBuilder& result, Builtins& builtins, double value, const PercentConversion& conversion) {
  FloatFormat how{.type = static_cast<char>(conversion.type), .alternate = conversion.alternate};
  if (conversion.precision >= 0) how.precision = static_cast<int>(conversion.precision);
  if (is_bare(conversion)) return append_float(result, value, how);
  StrBuilder digits(builtins);
  append_float(digits, value, how);
  append_laid_out(result, number_parts(digits.view()), conversion);
}

}  // namespace ouro::detail
