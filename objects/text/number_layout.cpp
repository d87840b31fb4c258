// Widths, signs and groups of digits (CPython: calc_number_widths and fill_number in Python/formatter_unicode.c).
#include <ouro/base/error.h>
#include <ouro/objects/text/detail/number_layout.h>
#include <ouro/objects/text/detail/utf8.h>

#include <algorithm>
#include <cstring>

namespace ouro::detail {

namespace {

/// The sign that is written, or 0.
char sign_of(const NumberParts& number, const FormatSpec& spec) noexcept {
  if (number.negative) return '-';
  return spec.sign == '+' || spec.sign == ' ' ? spec.sign : '\0';
}

/// The digits of a number with zeros in front, in groups.
struct Groups {
  std::size_t digits = 0;  ///< zeros included
  std::size_t separators = 0;
};

/// How many digits and separators fill `width` places at least.
Groups plan_groups(std::size_t digits, std::int64_t width, const FormatSpec& spec) noexcept {
  if (digits == 0) return {};
  const auto least = static_cast<std::size_t>(std::max<std::int64_t>(width, 0));
  if (spec.grouping == FormatSpec::Grouping::kNone) return {std::max(digits, least), 0};
  const std::size_t group = spec.group_size();
  Groups planned{digits, (digits - 1) / group};
  if (planned.digits + planned.separators >= least) return planned;
  // A separator is not put in front: where it would be the last to fit, a zero goes before it.
  const std::size_t whole = least / (group + 1);
  const std::size_t left = least % (group + 1);
  return left == 0 ? Groups{whole * group + 1, whole} : Groups{whole * group + left, whole};
}

void append_groups(StrBuilder& result, std::string_view digits, Groups planned, const FormatSpec& spec) {
  const std::size_t size = planned.digits + planned.separators;
  if (size > Str::kMaxBytes) raise_out_of_memory();
  char* out = result.room_for(size);
  const std::size_t zeros = planned.digits - digits.size();
  if (planned.separators == 0) {
    std::memset(out, '0', zeros);
    if (!digits.empty()) std::memcpy(out + zeros, digits.data(), digits.size());
  } else {
    const char separator = spec.grouping == FormatSpec::Grouping::kComma ? ',' : '_';
    for (std::size_t i = 0; i < planned.digits; ++i) {
      *out++ = i < zeros ? '0' : digits[i - zeros];
      if (const std::size_t behind = planned.digits - 1 - i; behind != 0 && behind % spec.group_size() == 0)
        *out++ = separator;
    }
  }
  result.advance(size);
}

}  // namespace

NumberParts number_parts(std::string_view text) noexcept {
  NumberParts parts;
  parts.negative = text.starts_with('-');
  if (parts.negative) text.remove_prefix(1);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  parts.digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  parts.rest = text.substr(parts.digits.size());
  return parts;
}

void append_fill(StrBuilder& result, char32_t fill, std::size_t times) {
  if (times == 0) return;
  char one[4];
  const std::size_t size = encode_code_point(fill, one);
  if (times > Str::kMaxBytes / size) raise_out_of_memory();
  char* out = result.room_for(times * size);
  if (size == 1) {
    std::memset(out, one[0], times);
  } else {
    for (std::size_t i = 0; i < times; ++i, out += size) std::memcpy(out, one, size);
  }
  result.advance(times * size);
}

std::size_t left_padding(char align, std::size_t missing) noexcept {
  return align == '>' ? missing : align == '^' ? missing / 2 : 0;
}

void append_number(StrBuilder& result, const NumberParts& number, const FormatSpec& spec) {
  const char sign = sign_of(number, spec);
  const std::size_t around = (sign != '\0' ? 1u : 0u) + number.prefix.size() + count_code_points(number.rest);
  const bool fills_with_zeros = spec.fill == U'0' && spec.align == '=';
  const std::int64_t least = fills_with_zeros ? spec.width - static_cast<std::int64_t>(around) : 0;
  const Groups planned = plan_groups(number.digits.size(), least, spec);
  const std::size_t size = around + planned.digits + planned.separators;
  const std::size_t missing =
      spec.width > 0 && static_cast<std::size_t>(spec.width) > size ? static_cast<std::size_t>(spec.width) - size : 0;
  const std::size_t left = left_padding(spec.align, missing);
  const std::size_t inside = spec.align == '=' ? missing : 0;
  append_fill(result, spec.fill, left);
  if (sign != '\0') result.append(sign);
  result.append(number.prefix);
  append_fill(result, spec.fill, inside);
  append_groups(result, number.digits, planned, spec);
  result.append(number.rest);
  append_fill(result, spec.fill, missing - left - inside);
}

}  // namespace ouro::detail
