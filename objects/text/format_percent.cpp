// The operator % of str (CPython: PyUnicode_Format in Objects/unicodeobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/text/detail/number_layout.h>
#include <ouro/objects/text/detail/percent_values.h>
#include <ouro/objects/text/format.h>
#include <ouro/objects/text/str_builder.h>

#include <fmt/format.h>

#include <algorithm>

namespace ouro {

namespace {

using detail::PercentConversion;

constexpr detail::PercentDialect kDialect{
    .make_key = [](Builtins& builtins, std::string_view key) -> Ref<> { return make_str_unchecked(builtins, key); },
    .left_over = "not all arguments converted during string formatting",
    .precision_too_big = "precision too big",
};

void append_text(StrBuilder& result, const Str& value, std::size_t most, const PercentConversion& conversion) {
  const std::size_t size = std::min<std::size_t>(most, value.code_points);
  const std::size_t missing = detail::percent_padding(conversion, size);
  if (!conversion.left) detail::append_fill(result, U' ', missing);
  result.append(text(value).substr(0, byte_offset(value, size)));
  if (conversion.left) detail::append_fill(result, U' ', missing);
}

Ref<Str> shown(Object& value, char32_t type) {
  return type == U's' ? str(value) : type == U'r' ? repr(value) : ascii(value);
}

Ref<Str> character_of(Object& value) {
  constexpr std::string_view kRefused = "%c requires int or char";
  if (const Str* const str = as<Str>(value)) {
    if (str->code_points != 1) detail::refuse_format(ErrorKind::kTypeError, std::string(kRefused));
    return exact_str(*str);
  }
  const Ref<Int> code = detail::percent_code(value, kRefused);
  if (!fits_int64(*code) || code->value < 0 || code->value > 0x10FFFF)
    detail::refuse_format(ErrorKind::kOverflowError, "%c arg not in range(0x110000)");
  return make_character(builtins_of(value), static_cast<char32_t>(code->value));
}

[[noreturn, gnu::cold]] void refuse_type(const PercentConversion& conversion, std::size_t index) {
  const auto type = static_cast<std::uint32_t>(conversion.type);
  detail::refuse_format(ErrorKind::kValueError,
                        fmt::format("unsupported format character '{}' (0x{:x}) at index {}",
                                    type >= 31 && type <= 126 ? static_cast<char>(type) : '?', type, index));
}

void append_converted(StrBuilder& result, Object& value, const PercentConversion& conversion,
                      const detail::PercentReader& reader) {
  const char32_t type = conversion.type;
  if (type == U's' || type == U'r' || type == U'a')
    return append_text(result, *shown(value, type), static_cast<std::size_t>(conversion.precision), conversion);
  if (type == U'c') return append_text(result, *character_of(value), 1, conversion);
  if (detail::is_percent_int(type))
    return detail::append_percent_int(result, *detail::percent_int(value, type, type), conversion);
  if (detail::is_percent_float(type))
    return detail::append_percent_float(result, builtins_of(value), from_object<double>(value), conversion);
  refuse_type(conversion, reader.index_of(conversion));
}

}  // namespace

Ref<Str> format_percent(const Str& pattern, Object& values) {
  const Ref<> held = share(const_cast<Str&>(pattern));
  Builtins& builtins = builtins_of(pattern);
  detail::PercentValues given(kDialect, values, is<Str>(values));
  StrBuilder result(builtins);
  for (detail::PercentReader reader(text(pattern)); !reader.at_end();) {
    bool found = false;
    result.append(reader.take_literal(found));
    if (!found) break;
    if (reader.take('%')) {
      result.append('%');
      continue;
    }
    const PercentConversion conversion = given.read_conversion(reader, builtins);
    const Ref<> value = given.next();
    append_converted(result, *value, conversion, reader);
  }
  given.expect_none_left();
  return result.finish();
}

}  // namespace ouro
