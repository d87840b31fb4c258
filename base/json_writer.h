// Writes JSON on one line, and knows where a comma belongs.
//
//   JsonWriter json;
//   json.open(nullptr, '{');
//   json.number("bytes", 12);
//   json.close('}');
//   json.take();                  // {"bytes": 12}
#pragma once

#include <concepts>
#include <string>
#include <string_view>

namespace ouro {

/// Calls come in the order of the text. `name` is the key inside an object, and null inside an array and at the start.
class JsonWriter {
 public:
  void open(const char* name, char bracket);
  void close(char bracket);
  /// A double must be finite.
  void number(const char* name, double value);
  void number(const char* name, std::integral auto value) { json(name, std::to_string(value)); }
  /// The value is taken to be UTF-8.
  void string(const char* name, std::string_view value);
  /// A value that is JSON already.
  void json(const char* name, std::string_view value);
  /// The text; the writer is empty then.
  [[nodiscard]] std::string take();

 private:
  void begin(const char* name);

  std::string text_;
  bool first_ = true;  ///< nothing stands yet where the next value comes, so no comma
};

}  // namespace ouro
