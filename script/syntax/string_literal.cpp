// Strings and bytes: prefixes, adjacent literals, escapes.
#include <ouro/script/syntax/character_names.h>
#include <ouro/script/syntax/f_string.h>
#include <ouro/script/syntax/literals.h>
#include <ouro/script/syntax/unicode.h>

#include <fmt/format.h>

#include <algorithm>

namespace ouro::script {

namespace {

int hex_value(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 32);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// What the escapes of one character stand for: "\n" and the like. 0 for those that need more, -1 for what is no escape.
int simple_escape(char c) noexcept {
  static constexpr std::string_view kNames = "\\'\"bftnrva", kMeant = "\\'\"\b\f\t\n\r\v\a";
  const std::size_t which = kNames.find(c);
  return which == std::string_view::npos ? -1 : kMeant[which];
}

/// Up to three octal digits; `at` is at the first and moves behind the last.
unsigned read_octal(std::string_view body, std::size_t& at) noexcept {
  unsigned value = 0;
  for (std::size_t k = 0; k < 3 && at < body.size() && body[at] >= '0' && body[at] < '8'; ++k, ++at)
    value = value * 8 + static_cast<unsigned>(body[at] - '0');
  return value;
}
bool is_octal(char c) noexcept { return c >= '0' && c < '8'; }

/// Decodes the escapes of a str. CPython first writes characters outside ASCII as "\U0001f600", and its messages count so.
class TextDecoder {
 public:
  TextDecoder(std::string_view body, DecodedText& into, std::optional<char>& first_invalid)
      : body_(body), into_(into), first_invalid_(first_invalid) {}

  void run() {
    while (at_ < body_.size()) {
      const std::size_t plain = std::min(body_.find('\\', at_), body_.size());
      into_.text.append(body_.substr(at_, plain - at_));
      at_ = plain;
      if (at_ < body_.size()) decode_escape();
    }
  }

 private:
  void decode_escape() {
    const std::size_t begin = at_++;
    const char c = at_ < body_.size() ? body_[at_] : '\0';
    if (at_ == body_.size() || static_cast<unsigned char>(c) >= 0x80) {
      into_.text.push_back('\\');
      return;
    }
    if (is_octal(c)) return put(read_octal(body_, at_));
    ++at_;
    if (c == '\n') return;
    if (const int meant = simple_escape(c); meant >= 0) return put(static_cast<char32_t>(meant));
    switch (c) {
      case 'x':
        return put(read_hex(begin, 2, "truncated \\xXX escape"));
      case 'u':
        return put(read_hex(begin, 4, "truncated \\uXXXX escape"));
      case 'U':
        return put(read_hex(begin, 8, "truncated \\UXXXXXXXX escape"));
      case 'N':
        return put(read_name(begin));
      default:
        if (!first_invalid_) first_invalid_ = c;
        into_.text.push_back('\\');
        into_.text.push_back(c);
    }
  }

  void put(char32_t character) {
    if (character >= 0xD800 && character < 0xE000) into_.has_surrogates = true;
    append_utf8(into_.text, character);
  }

  char32_t read_hex(std::size_t begin, int digits, std::string_view complaint) {
    char32_t value = 0;
    for (; digits > 0; --digits, ++at_) {
      const int digit = at_ < body_.size() ? hex_value(body_[at_]) : -1;
      if (digit < 0) refuse(begin, complaint);
      value = value * 16 + static_cast<char32_t>(digit);
    }
    if (value > 0x10FFFF) refuse(begin, "illegal Unicode character");
    return value;
  }

  char32_t read_name(std::size_t begin) {
    constexpr std::string_view kMalformed = "malformed \\N character escape";
    if (at_ == body_.size() || body_[at_] != '{') refuse(begin, kMalformed);
    const std::size_t first = ++at_;
    at_ = std::min(body_.find('}', at_), body_.size());
    if (at_ == body_.size() || at_ == first) refuse(begin, kMalformed);
    const std::string_view name = body_.substr(first, at_ - first);
    ++at_;
    const std::optional<char32_t> character = find_character(name);
    if (!character) refuse(begin, "unknown Unicode character name");
    return *character;
  }

  /// A place in the text with characters outside ASCII written as escapes.
  [[nodiscard]] std::size_t counted(std::size_t place) const {
    std::size_t count = 0;
    for (std::size_t k = 0; k < place; ++k) {
      const auto byte = static_cast<unsigned char>(body_[k]);
      if (byte < 0x80) ++count;
      if (byte >= 0xC0) count += 10;
      if (byte >= 0xC0 && k > 0 && body_[k - 1] == '\\' && is_escaping(k - 1)) count += 5;
    }
    return count;
  }
  [[nodiscard]] bool is_escaping(std::size_t backslash) const {
    std::size_t first = backslash;
    while (first > 0 && body_[first - 1] == '\\') --first;
    return (backslash - first) % 2 == 0;
  }

  [[noreturn]] void refuse(std::size_t begin, std::string_view complaint) const {
    const std::size_t from = counted(begin), to = counted(at_);
    throw LiteralError{fmt::format("(unicode error) 'unicodeescape' codec can't decode bytes in position {}-{}: {}", from,
                                   to - 1, complaint)};
  }

  std::string_view body_;
  DecodedText& into_;
  std::optional<char>& first_invalid_;
  std::size_t at_ = 0;
};

ast::Constant* bytes_node(const ParseContext& context, const Source& source, std::span<const Token> tokens,
                          std::string_view bytes) {
  ast::Value value{.type = ast::Value::Type::kBytes, .text = context.arena.copy(bytes)};
  return context.arena.make<ast::Constant>(span_of(source, tokens.front(), tokens.back()), value);
}

std::string_view text_of_token(const Source& source, const Token& token) {
  return std::string_view(source.text()).substr(token.begin, token.end - token.begin);
}

/// CPython puts adjacent tokens together from left to right and refuses at the first that does not fit.
class Concatenation {
 public:
  Concatenation(const ParseContext& context, const Source& source, std::span<const Token> tokens)
      : context_(context), source_(source), tokens_(tokens), parts_(context, source, tokens, tokens) {}

  ast::Expr* run() {
    for (const Token& token : tokens_) add(token);
    if (is_bytes_) return bytes_node(context_, source_, tokens_, bytes_);
    if (has_f_string_) return parts_.finish();
    return parts_.constant(parts_.text());
  }

 private:
  void add(const Token& token) {
    const StringToken parsed = take_apart(text_of_token(source_, token));
    const std::size_t bytes_before = bytes_.size();
    DecodedText text;
    std::optional<char> first_invalid;
    if (parsed.is_bytes) {
      add_bytes(parsed, token, first_invalid);
    } else if (!parsed.is_f_string) {
      DecodedText& into = tokens_.size() == 1 ? parts_.text() : text;
      if (parsed.is_raw) {
        into.text.append(parsed.body);
      } else {
        decode_text(parsed.body, into, first_invalid);
      }
    }
    warn_of_escape(context_, first_invalid, source_.lineno(token.line));
    if (&token != &tokens_.front() && parsed.is_bytes != is_bytes_) {
      bytes_.resize(bytes_before);
      throw LiteralError{"cannot mix bytes and nonbytes literals"};
    }
    is_bytes_ = parsed.is_bytes;
    if (parsed.is_f_string) {
      has_f_string_ = true;
      FStringReader(context_, source_, tokens_, token).read(parts_);
    } else {
      parts_.text().text.append(text.text);
      parts_.text().has_surrogates |= text.has_surrogates;
    }
  }

  void add_bytes(const StringToken& parsed, const Token& token, std::optional<char>& first_invalid) {
    const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (!std::all_of(parsed.body.begin(), parsed.body.end(), is_ascii)) {
      throw LiteralError{"bytes can only contain ASCII literal characters", LiteralError::Place::kToken, token};
    }
    if (parsed.is_raw) {
      bytes_.append(parsed.body);
    } else {
      decode_bytes(parsed.body, bytes_, first_invalid);
    }
  }

  const ParseContext& context_;
  const Source& source_;
  std::span<const Token> tokens_;
  JoinedParts parts_;
  std::string bytes_;
  bool is_bytes_ = false, has_f_string_ = false;
};

}  // namespace

StringToken take_apart(std::string_view text) noexcept {
  StringToken token;
  while (text.front() != '"' && text.front() != '\'') {
    const char letter = static_cast<char>(text.front() | 32);
    token.is_bytes |= letter == 'b';
    token.is_raw |= letter == 'r';
    token.is_f_string |= letter == 'f';
    text.remove_prefix(1);
  }
  const std::size_t quotes = text.size() >= 6 && text[1] == text[0] && text[2] == text[0] ? 3 : 1;
  token.body = text.substr(quotes, text.size() - 2 * quotes);
  token.is_raw |= token.body.find('\\') == std::string_view::npos;
  return token;
}

void decode_text(std::string_view body, DecodedText& into, std::optional<char>& first_invalid) {
  TextDecoder(body, into, first_invalid).run();
}

void decode_bytes(std::string_view body, std::string& into, std::optional<char>& first_invalid) {
  for (std::size_t at = 0; at < body.size();) {
    if (body[at] != '\\') {
      into.push_back(body[at++]);
      continue;
    }
    const std::size_t begin = at++;
    const char c = body[at];  // a body does not end with a backslash
    if (is_octal(c)) {
      into.push_back(static_cast<char>(read_octal(body, at)));
      continue;
    }
    ++at;
    if (c == '\n') continue;
    if (const int meant = simple_escape(c); meant >= 0) {
      into.push_back(static_cast<char>(meant));
    } else if (c == 'x') {
      const int high = at < body.size() ? hex_value(body[at]) : -1;
      const int low = at + 1 < body.size() ? hex_value(body[at + 1]) : -1;
      if (high < 0 || low < 0) throw LiteralError{fmt::format("(value error) invalid \\x escape at position {}", begin)};
      into.push_back(static_cast<char>(high * 16 + low));
      at += 2;
    } else {
      if (!first_invalid) first_invalid = c;
      into.push_back('\\');
      into.push_back(c);
    }
  }
}

void warn_of_escape(const ParseContext& context, std::optional<char> first_invalid, std::int32_t lineno) {
  if (!first_invalid) return;
  context.warnings.push_back(
      {SyntaxWarning::Category::kDeprecationWarning, fmt::format("invalid escape sequence '\\{}'", *first_invalid), lineno});
}

ast::Span span_of(const Source& source, const Token& first, const Token& last) noexcept {
  return {source.lineno(first.line), source.column(first.line, first.begin), source.lineno(last.end_line),
          source.column(last.end_line, last.end)};
}

ast::Expr* strings_node(const ParseContext& context, const Source& source, std::span<const Token> tokens) {
  return Concatenation(context, source, tokens).run();
}

}  // namespace ouro::script
