// format() of str, int, float and complex (CPython: Python/formatter_unicode.c).
#include <ouro/base/error.h>
#include <ouro/objects/numbers/detail/format_int.h>
#include <ouro/objects/text/detail/float_format.h>
#include <ouro/objects/text/detail/format_value.h>
#include <ouro/objects/text/detail/number_layout.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/format_spec.h>

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>

namespace ouro::detail {

namespace {

[[noreturn, gnu::cold]] void refuse(std::string_view why) { raise(ErrorKind::kValueError, why); }

bool is_one_of(char32_t type, std::u32string_view types) noexcept { return types.find(type) != std::u32string_view::npos; }

// ---- str ----

void expect_str_spec(const FormatSpec& spec, std::string_view type_name) {
  if (spec.type != U's') raise_unknown_format(spec.type, type_name);
  if (spec.sign == ' ') refuse("Space not allowed in string format specifier");
  if (spec.sign != '\0') refuse("Sign not allowed in string format specifier");
  if (spec.no_negative_zero) refuse("Negative zero coercion (z) not allowed in string format specifier");
  if (spec.alternate) refuse("Alternate form (#) not allowed in string format specifier");
  if (spec.align == '=') refuse("'=' alignment not allowed in string format specifier");
}

/// How much of a str a precision leaves.
std::string_view cut(const Str& value, std::int64_t precision) noexcept {
  if (precision < 0 || precision >= std::int64_t{value.code_points}) return text(value);
  return text(value).substr(0, byte_offset(value, static_cast<std::size_t>(precision)));
}

// ---- int ----

/// The text of an int in some base, without sign and prefix.
class IntDigits {
 public:
  IntDigits(const Int& value, int base) : negative_(value.is_negative()) {
    if (value.is_big()) {
      big_ = base == 10 ? int_to_text(value) : int_to_base(value, base);
      digits_ = text(*big_).substr((negative_ ? 1u : 0u) + (base == 10 ? 0u : 2u));
      return;
    }
    const auto bits = static_cast<std::uint64_t>(value.value);
    const std::uint64_t size = negative_ ? std::uint64_t{0} - bits : bits;
    const char* const end = std::to_chars(room_, room_ + sizeof room_, size, base).ptr;
    digits_ = {room_, static_cast<std::size_t>(end - room_)};
  }
  IntDigits(const IntDigits&) = delete;
  IntDigits& operator=(const IntDigits&) = delete;

  [[nodiscard]] std::string_view view() const noexcept { return digits_; }
  [[nodiscard]] bool is_negative() const noexcept { return negative_; }

 private:
  bool negative_;
  std::string_view digits_;
  Ref<Str> big_;
  char room_[64];
};

int base_of(char32_t type) noexcept { return type == U'b' ? 2 : type == U'o' ? 8 : type == U'x' || type == U'X' ? 16 : 10; }

std::string_view prefix_of(char32_t type) noexcept {
  return type == U'b' ? "0b" : type == U'o' ? "0o" : type == U'x' ? "0x" : type == U'X' ? "0X" : "";
}

void append_character(StrBuilder& result, const Int& value, const FormatSpec& spec) {
  if (spec.sign != '\0') refuse("Sign not allowed with integer format specifier 'c'");
  if (spec.alternate) refuse("Alternate form (#) not allowed with integer format specifier 'c'");
  const std::int64_t number = to_int64(value);
  if (number < 0 || number > 0x10FFFF) raise(ErrorKind::kOverflowError, "%c arg not in range(0x110000)");
  const Ref<Str> character = make_character(builtins_of(value), static_cast<char32_t>(number));
  append_number(result, {.rest = text(*character)}, spec);
}

void append_int(StrBuilder& result, const Int& value, const FormatSpec& spec) {
  if (spec.precision >= 0) refuse("Precision not allowed in integer format specifier");
  if (spec.no_negative_zero) refuse("Negative zero coercion (z) not allowed in integer format specifier");
  if (spec.type == U'c') return append_character(result, value, spec);
  const IntDigits digits(value, base_of(spec.type));
  const std::string_view prefix = spec.alternate ? prefix_of(spec.type) : std::string_view();
  const NumberParts parts{.negative = digits.is_negative(), .prefix = prefix, .digits = digits.view()};
  if (spec.type != U'X') return append_number(result, parts, spec);
  StrBuilder upper(builtins_of(value));
  for (const char c : digits.view()) upper.append(c >= 'a' ? static_cast<char>(c ^ 0x20) : c);
  append_number(result, {.negative = parts.negative, .prefix = prefix, .digits = upper.view()}, spec);
}

// ---- float and complex ----

constexpr std::u32string_view kFloatTypes = U"eEfFgGn%";

/// How the digits of a float are written. `add_dot_0`: where no type is given a whole number shows that it is none.
FloatFormat float_format(const FormatSpec& spec, bool add_dot_0) {
  if (spec.precision > std::numeric_limits<int>::max()) refuse("precision too big");
  FloatFormat how{.alternate = spec.alternate, .no_negative_zero = spec.no_negative_zero};
  const bool is_given = spec.precision >= 0;
  if (spec.type == U'\0') {
    how.type = is_given ? 'g' : 'r';
    how.add_dot_0 = add_dot_0;
  } else {
    how.type = spec.type == U'n' ? 'g' : spec.type == U'%' ? 'f' : static_cast<char>(spec.type);
  }
  if (is_given) how.precision = static_cast<int>(spec.precision);
  return how;
}

void append_float(StrBuilder& result, Builtins& builtins, double value, const FormatSpec& spec) {
  const FloatFormat how = float_format(spec, true);
  StrBuilder digits(builtins);
  append_float(digits, spec.type == U'%' ? value * 100 : value, how);
  if (spec.type == U'%') digits.append('%');
  append_number(result, number_parts(digits.view()), spec);
}

/// The same specification for a part of a complex number, which is laid out as a whole.
FormatSpec spec_of_part(FormatSpec spec, bool with_sign) noexcept {
  spec.fill = U' ';
  spec.align = '<';
  spec.width = -1;
  if (with_sign) spec.sign = '+';
  return spec;
}

void expect_complex_spec(const FormatSpec& spec, std::string_view type_name) {
  if (spec.type != U'\0' && !is_one_of(spec.type, U"eEfFgGn")) raise_unknown_format(spec.type, type_name);
  if (spec.precision > std::numeric_limits<int>::max()) refuse("precision too big");
  if (spec.fill == U'0') refuse("Zero padding is not allowed in complex format specifier");
  if (spec.align == '=') refuse("'=' alignment flag is not allowed in complex format specifier");
}

/// Appends text that is laid out as a whole.
void append_aligned(StrBuilder& result, std::string_view what, const FormatSpec& spec) {
  const auto size = static_cast<std::int64_t>(count_code_points(what));
  const auto missing = static_cast<std::size_t>(spec.width > size ? spec.width - size : 0);
  const std::size_t left = left_padding(spec.align, missing);
  append_fill(result, spec.fill, left);
  result.append(what);
  append_fill(result, spec.fill, missing - left);
}

}  // namespace

void append_formatted(StrBuilder& result, const Str& value, std::string_view spec) {
  const FormatSpec read = read_format_spec(spec, value.type->name, {.align = '<', .type = U's'});
  expect_str_spec(read, value.type->name);
  append_aligned(result, cut(value, read.precision), read);
}

void append_formatted(StrBuilder& result, Int& value, std::string_view spec) {
  const FormatSpec read = read_format_spec(spec, value.type->name, {.align = '>', .type = U'd'});
  if (is_one_of(read.type, U"bcdoxXn")) return append_int(result, value, read);
  if (!is_one_of(read.type, U"eEfFgG%")) raise_unknown_format(read.type, value.type->name);
  append_float(result, builtins_of(value), to_double(value), read);
}

void append_formatted(StrBuilder& result, const Float& value, std::string_view spec) {
  const FormatSpec read = read_format_spec(spec, value.type->name, {.align = '>'});
  if (read.type != U'\0' && !is_one_of(read.type, kFloatTypes)) raise_unknown_format(read.type, value.type->name);
  append_float(result, builtins_of(value), value.value, read);
}

void append_formatted_complex(StrBuilder& result, Builtins& builtins, double real, double imaginary, std::string_view spec,
                              std::string_view type_name) {
  const FormatSpec read = read_format_spec(spec, type_name, {.align = '>'});
  expect_complex_spec(read, type_name);
  const bool is_plain = read.type == U'\0';
  const bool skips_real = is_plain && real == 0 && !std::signbit(real);
  const FloatFormat how = float_format(read, false);
  StrBuilder whole(builtins), part(builtins);
  if (is_plain && !skips_real) whole.append('(');
  if (!skips_real) {
    append_float(part, real, how);
    append_number(whole, number_parts(part.view()), spec_of_part(read, false));
    part.truncate(0);
  }
  append_float(part, imaginary, how);
  append_number(whole, number_parts(part.view()), spec_of_part(read, !skips_real));
  whole.append('j');
  if (is_plain && !skips_real) whole.append(')');
  append_aligned(result, whole.view(), read);
}

}  // namespace ouro::detail
