// LiteralReader: the words and literals of a line of Python, for the evaluator.
#pragma once

#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>

#include <cctype>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace ouro::test {

/// What names mean in a line.
using Names = std::map<std::string, Ref<>>;

/// Takes words and literals from the front of a line.
class LiteralReader {
 public:
  LiteralReader(Builtins& builtins, Names& names, std::string_view line) : builtins_(builtins), names_(names), rest_(line) {}

 protected:
  // ---- Words ----

  Ref<> named(const std::string& name) {
    const auto found = names_.find(name);
    if (found == names_.end()) throw std::runtime_error("no name '" + name + "' before '" + std::string(rest_) + "'");
    return found->second;
  }
  std::string_view word() {
    skip_spaces();
    std::size_t size = 0;
    while (size < rest_.size() && (std::isalnum(static_cast<unsigned char>(rest_[size])) != 0 || rest_[size] == '_')) ++size;
    const std::string_view found = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return found;
  }
  void skip_spaces() {
    while (rest_.starts_with(' ')) rest_.remove_prefix(1);
  }
  [[nodiscard]] bool take(std::string_view what) {
    skip_spaces();
    if (!rest_.starts_with(what)) return false;
    rest_.remove_prefix(what.size());
    return true;
  }
  [[nodiscard]] bool at_end() {
    skip_spaces();
    return rest_.empty();
  }
  void expect(std::string_view what) {
    if (!take(what)) throw std::runtime_error("expected " + std::string(what) + " at '" + std::string(rest_) + "'");
  }
  void expect_end() {
    if (!at_end()) throw std::runtime_error("cannot read '" + std::string(rest_) + "'");
  }

  // ---- Calls ----

  static Ref<> called(Object& callee, const std::vector<Ref<>>& positional, const std::vector<Ref<>>& names = {},
                      const std::vector<Ref<>>& values = {}) {
    const auto borrowed = [](const std::vector<Ref<>>& owned) {
      std::vector<Object*> made;
      for (const Ref<>& each : owned) made.push_back(each.get());
      return made;
    };
    const std::vector<Object*> given = borrowed(positional), keywords = borrowed(names), keyword_values = borrowed(values);
    return call(callee, Arguments{given, keywords, keyword_values});
  }
  Ref<> called(const char* type, const std::vector<Ref<>>& arguments) { return called(*named(type), arguments); }

  // ---- Literals ----

  static bool digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

  Ref<> number() {
    std::size_t size = 0;
    const bool has_base = rest_.starts_with("0x") || rest_.starts_with("0b") || rest_.starts_with("0o");
    bool is_float = false;
    for (; size < rest_.size(); ++size) {
      const char c = rest_[size];
      const bool signs =
          (c == '+' || c == '-') && size > 0 && (rest_[size - 1] == 'e' || rest_[size - 1] == 'E') && !has_base;
      if (!has_base && (c == '.' || c == 'e' || c == 'E')) is_float = true;
      if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '.' && c != '_' && !signs) break;
      if (!has_base && c == 'j') {
        ++size;
        break;
      }
    }
    std::string digits(rest_.substr(0, size));
    rest_.remove_prefix(size);
    if (digits.ends_with('j')) {
      digits.pop_back();
      return called("complex", {make_float(builtins_, 0.0), make_float(builtins_, std::strtod(digits.c_str(), nullptr))});
    }
    if (is_float) return make_float(builtins_, std::strtod(digits.c_str(), nullptr));
    if (has_base) return called("int", {make_str(builtins_, digits), make_int(builtins_, 0)});
    return int_from_text(builtins_, digits);
  }

  /// The characters of a literal, escapes read; what is over 255 only if `wide`.
  std::u32string characters(bool wide) {
    const char quote = rest_[0];
    rest_.remove_prefix(1);
    std::u32string read;
    while (!rest_.empty() && rest_[0] != quote) read += rest_[0] == '\\' ? escaped() : plain(wide);
    expect(std::string_view(&quote, 1));
    return read;
  }
  char32_t plain(bool wide) {
    const auto byte = static_cast<unsigned char>(rest_[0]);
    const std::size_t size = !wide || byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    char32_t c = size == 1 ? byte : byte & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) c = c << 6 | (static_cast<unsigned char>(rest_[i]) & 0x3FU);
    rest_.remove_prefix(size);
    return c;
  }
  char32_t escaped() {
    const char c = rest_.at(1);
    rest_.remove_prefix(2);
    switch (c) {
      case 'n':
        return U'\n';
      case 't':
        return U'\t';
      case 'r':
        return U'\r';
      case 'f':
        return U'\f';
      case 'v':
        return U'\v';
      case 'a':
        return U'\a';
      case 'b':
        return U'\b';
      case '0':
        return U'\0';
      case 'x':
        return hexadecimal(2);
      case 'u':
        return hexadecimal(4);
      case 'U':
        return hexadecimal(8);
      default:
        return static_cast<unsigned char>(c);
    }
  }
  char32_t hexadecimal(std::size_t digits) {
    const auto value = static_cast<char32_t>(std::stoul(std::string(rest_.substr(0, digits)), nullptr, 16));
    rest_.remove_prefix(digits);
    return value;
  }

  Ref<> text_literal() {
    std::string utf8;
    for (const char32_t c : characters(true)) append_utf8(utf8, c);
    return make_str(builtins_, utf8);
  }
  static void append_utf8(std::string& to, char32_t c) {
    const auto put = [&](char32_t byte) { to += static_cast<char>(byte); };
    if (c < 0x80) return put(c);
    if (c < 0x800) return put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
    if (c < 0x10000) return put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
    put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  }
  Ref<> bytes_literal() {
    rest_.remove_prefix(1);
    const Ref<List> items = make_list(builtins_);
    for (const char32_t c : characters(false)) items->append(*make_int(builtins_, static_cast<std::int64_t>(c)));
    return called("bytes", {items});
  }

  Builtins& builtins_;
  Names& names_;
  std::string_view rest_;
};

}  // namespace ouro::test
