// The operator % of bytes and bytearray (CPython: _PyBytes_FormatEx in Objects/bytesobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/detail/byte_parts.h>
#include <ouro/objects/bytes/detail/byte_percent.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/text/detail/percent_values.h>
#include <ouro/objects/text/format.h>

#include <fmt/format.h>

#include <algorithm>

namespace ouro::detail {

namespace {

constexpr PercentDialect kDialect{
    .make_key = [](Builtins& builtins, std::string_view key) -> Ref<> { return make_bytes(builtins, key); },
    .left_over = "not all arguments converted during bytes formatting",
    .precision_too_big = "prec too big",
};

void put_bytes(ByteCollector& result, std::string_view bytes) { result.insert(result.end(), bytes.begin(), bytes.end()); }

void append_spaces(ByteCollector& result, std::size_t count) {
  if (count > Bytes::kMaxSize) raise_out_of_memory();
  result.insert(result.end(), count, ' ');
}

void append_padded(ByteCollector& result, std::string_view bytes, const PercentConversion& conversion) {
  const std::size_t missing = percent_padding(conversion, bytes.size());
  if (!conversion.left) append_spaces(result, missing);
  put_bytes(result, bytes);
  if (conversion.left) append_spaces(result, missing);
}

/// The same of no more bytes than the precision says.
void append_cut(ByteCollector& result, std::string_view bytes, const PercentConversion& conversion) {
  append_padded(result, bytes.substr(0, static_cast<std::size_t>(conversion.precision)), conversion);
}

/// What "%b" and "%s" show of a value.
Ref<Bytes> percent_bytes(Object& value) {
  if (is<Bytes>(value)) return share(static_cast<Bytes&>(value));
  if (is<ByteArray>(value)) return bytes_shown(value);
  if (Ref<> made = converted_to_bytes(value)) return static_ref_cast<Bytes>(std::move(made));
  if (has_buffer(value)) return bytes_shown(value);
  refuse_format(
      ErrorKind::kTypeError,
      fmt::format("%b requires a bytes-like object, or an object that implements __bytes__, not '{}'", value.type->name));
}

/// The byte of "%c".
char percent_byte(Object& value) {
  const bool shows = is<Bytes>(value) || is<ByteArray>(value);
  const std::string_view one = !shows             ? std::string_view()
                               : is<Bytes>(value) ? view(static_cast<const Bytes&>(value))
                                                  : view(static_cast<const ByteArray&>(value));
  if (one.size() == 1) return one[0];
  const Ref<Int> code = percent_code(value, "%c requires an integer in range(256) or a single byte");
  if (!fits_int64(*code) || code->value < 0 || code->value > 255)
    refuse_format(ErrorKind::kOverflowError, "%c arg not in range(256)");
  return static_cast<char>(code->value);
}

/// Whatever `__float__` raises, CPython says the same.
double real_of(Object& value) {
  try {
    return from_object<double>(value);
  } catch (const Error& error) {
    if (error.is(ErrorKind::kMemoryError)) throw;
    raise_instead(ErrorKind::kTypeError, fmt::format("float argument required, not {}", value.type->name));
  }
}

/// A number is text, of which there are 2 GiB at most.
void expect_width_of_text(const PercentConversion& conversion) {
  if (conversion.width >= static_cast<std::int64_t>(Str::kMaxBytes)) raise_out_of_memory();
}

[[noreturn, gnu::cold]] void refuse_type(const PercentConversion& conversion, std::size_t index) {
  const auto type = static_cast<unsigned>(conversion.type);
  if (type > 0x7F) refuse_format(ErrorKind::kOverflowError, "character argument not in range(0x110000)");
  refuse_format(ErrorKind::kValueError,
                fmt::format("unsupported format character '{}' (0x{:x}) at index {}", static_cast<char>(type), type, index));
}

void append_number(ByteCollector& result, Object& value, const PercentConversion& conversion) {
  StrBuilder number(builtins_of(value));
  if (is_percent_int(conversion.type)) {
    const char32_t shown = conversion.type == U'i' ? U'd' : conversion.type;
    const Ref<Int> whole = percent_int(value, conversion.type, shown);
    expect_width_of_text(conversion);
    append_percent_int(number, *whole, conversion);
  } else {
    const double real = real_of(value);
    expect_width_of_text(conversion);
    append_percent_float(number, builtins_of(value), real, conversion);
  }
  put_bytes(result, number.view());
}

void append_converted(ByteCollector& result, Object& value, const PercentConversion& conversion,
                      const PercentReader& reader) {
  switch (conversion.type) {
    case U'b':
    case U's':
      return append_cut(result, view(*percent_bytes(value)), conversion);
    case U'r':
    case U'a':
      return append_cut(result, text(*ascii(value)), conversion);
    case U'c': {
      const char byte = percent_byte(value);
      return append_padded(result, {&byte, 1}, conversion);
    }
    default:
      break;
  }
  if (!is_percent_int(conversion.type) && !is_percent_float(conversion.type))
    refuse_type(conversion, reader.index_of(conversion));
  append_number(result, value, conversion);
}

}  // namespace

void format_bytes_percent(std::string_view pattern, Object& values, ByteCollector& result) {
  Builtins& builtins = builtins_of(values);
  PercentValues given(kDialect, values, is<Str>(values) || is<Bytes>(values) || is<ByteArray>(values));
  for (PercentReader reader(pattern, false); !reader.at_end();) {
    bool found = false;
    put_bytes(result, reader.take_literal(found));
    if (!found) break;
    if (reader.take('%')) {
      result.push_back('%');
      continue;
    }
    const PercentConversion conversion = given.read_conversion(reader, builtins);
    const Ref<> value = given.next();
    append_converted(result, *value, conversion, reader);
  }
  given.expect_none_left();
}

}  // namespace ouro::detail
