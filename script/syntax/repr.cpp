// repr of constants, as CPython's.
#include <ouro/script/syntax/dump.h>
#include <ouro/script/syntax/unicode.h>

#include <boost/multiprecision/cpp_int.hpp>
#include <fmt/format.h>

#include <cmath>

namespace ouro::script {

namespace {

/// The quote that CPython takes: the single one, unless only that occurs.
char quote_for(std::string_view text) {
  const bool has_single = text.find('\'') != std::string_view::npos;
  return has_single && text.find('"') == std::string_view::npos ? '"' : '\'';
}

/// Writes a character below 128 with the escapes that str and bytes have in common. False: none applies.
bool append_escaped(std::string& result, char c, char quote) {
  switch (c) {
    case '\n':
      result += "\\n";
      return true;
    case '\r':
      result += "\\r";
      return true;
    case '\t':
      result += "\\t";
      return true;
    default:
      break;
  }
  if (c != '\\' && c != quote) return false;
  result += '\\';
  result += c;
  return true;
}

/// As decode_utf8, with surrogates.
char32_t next_character(std::string_view text, std::size_t& at) {
  const char32_t character = decode_utf8(text, at);
  if (character != kNoCharacter) return character;
  const auto bits = [&](std::size_t k) { return static_cast<char32_t>(static_cast<unsigned char>(text[at + k]) & 0x3F); };
  const char32_t surrogate = 0xD000 | bits(1) << 6 | bits(2);
  at += 3;
  return surrogate;
}

std::string repr_of_bytes(std::string_view bytes) {
  const char quote = quote_for(bytes);
  std::string result = "b";
  result += quote;
  for (const char c : bytes) {
    if (append_escaped(result, c, quote)) continue;
    if (c >= ' ' && c < 0x7F) {
      result += c;
    } else {
      result += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
  }
  result += quote;
  return result;
}

boost::multiprecision::cpp_int large_int(std::string_view text) {
  if (text.size() < 2 || text[0] != '0' || text[1] <= '9') {  // decimal; a leading zero would mean octal
    const std::size_t first = std::min(text.find_first_not_of('0'), text.size() - 1);
    return boost::multiprecision::cpp_int(std::string(text.substr(first)));
  }
  const unsigned bits = text[1] == 'x' ? 4 : text[1] == 'o' ? 3 : 1;
  boost::multiprecision::cpp_int value = 0;
  for (const char c : text.substr(2)) {
    value <<= bits;
    value |= static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
  }
  return value;
}

std::string repr_of_float(double value, bool is_imaginary) {
  if (std::isinf(value)) return "inf";
  std::string text = fmt::format("{}", value);
  if (!is_imaginary && text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

}  // namespace

std::string repr_of(std::string_view text) {
  const char quote = quote_for(text);
  std::string result(1, quote);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t character = next_character(text, at);
    if (character < 0x80 && append_escaped(result, static_cast<char>(character), quote)) continue;
    if (is_printable(character)) {
      result += text.substr(begin, at - begin);
    } else if (character < 0x100) {
      result += fmt::format("\\x{:02x}", static_cast<std::uint32_t>(character));
    } else if (character < 0x10000) {
      result += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(character));
    } else {
      result += fmt::format("\\U{:08x}", static_cast<std::uint32_t>(character));
    }
  }
  result += quote;
  return result;
}

std::string repr_of(const ast::Value& value) {
  using Type = ast::Value::Type;
  switch (value.type) {
    case Type::kNone:
      return "None";
    case Type::kFalse:
      return "False";
    case Type::kTrue:
      return "True";
    case Type::kEllipsis:
      return "Ellipsis";
    case Type::kInt:
      return value.is_small ? fmt::format("{}", value.integer) : large_int(value.text).str();
    case Type::kFloat:
      return repr_of_float(value.number, false);
    case Type::kComplex:
      return repr_of_float(value.number, true) + "j";
    case Type::kStr:
      return repr_of(value.text);
    case Type::kBytes:
      return repr_of_bytes(value.text);
  }
  return {};
}

}  // namespace ouro::script
