// Writes JSON on one line, and knows where a comma belongs. Includes fmt: for sources, not for headers that are installed.
#pragma once

#include <fmt/format.h>

#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace ouro::alloc::detail {

/// Calls come in the order of the text. `name` is the key inside an object, and null inside an array or at the start.
class JsonWriter {
 public:
  void open(const char* name, char bracket) {
    begin(name);
    text_ += bracket;
    first_ = true;
  }
  void close(char bracket) {
    text_ += bracket;
    first_ = false;
  }
  template <class Number>
  void number(const char* name, Number value) {
    begin(name);
    fmt::format_to(std::back_inserter(text_), "{}", value);
  }
  /// The value is taken to be UTF-8.
  void string(const char* name, std::string_view value) {
    begin(name);
    text_ += '"';
    for (const char c : value) {
      if (static_cast<unsigned char>(c) < 0x20) {
        fmt::format_to(std::back_inserter(text_), "\\u{:04x}", static_cast<unsigned>(c));
        continue;
      }
      if (c == '"' || c == '\\') text_ += '\\';
      text_ += c;
    }
    text_ += '"';
  }
  /// A value that is JSON already.
  void json(const char* name, std::string_view value) {
    begin(name);
    text_ += value;
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void begin(const char* name) {
    if (!first_) text_ += ", ";
    first_ = false;
    if (name != nullptr) fmt::format_to(std::back_inserter(text_), "\"{}\": ", name);
  }

  std::string text_;
  bool first_ = true;
};

}  // namespace ouro::alloc::detail
