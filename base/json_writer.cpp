// Writes JSON text: objects, arrays, numbers, and strings with their escapes.
#include <ouro/base/json_writer.h>

#include <array>
#include <charconv>
#include <utility>

namespace ouro {

void JsonWriter::begin(const char* name) {
  if (!std::exchange(first_, false)) text_ += ", ";
  if (name == nullptr) return;
  text_ += '"';
  text_ += name;
  text_ += "\": ";
}

void JsonWriter::open(const char* name, char bracket) {
  begin(name);
  text_ += bracket;
  first_ = true;
}

void JsonWriter::close(char bracket) {
  text_ += bracket;
  first_ = false;
}

void JsonWriter::number(const char* name, double value) {
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  json(name, std::string_view(digits.data(), end));
}

void JsonWriter::string(const char* name, std::string_view value) {
  constexpr std::string_view kHexadecimal = "0123456789abcdef";
  begin(name);
  text_ += '"';
  for (const char c : value) {
    const auto code = static_cast<unsigned char>(c);
    if (code < 0x20) {
      text_ += "\\u00";
      text_ += kHexadecimal[code >> 4];
      text_ += kHexadecimal[code & 15];
      continue;
    }
    if (c == '"' || c == '\\') text_ += '\\';
    text_ += c;
  }
  text_ += '"';
}

void JsonWriter::json(const char* name, std::string_view value) {
  begin(name);
  text_ += value;
}

std::string JsonWriter::take() {
  first_ = true;
  return std::exchange(text_, {});
}

}  // namespace ouro
