// Places and lines of SyntaxErrors, after CPython's pegen_errors.c.
#include <ouro/script/syntax/error_report.h>
#include <ouro/script/syntax/unicode.h>

#include <fmt/format.h>

#include <algorithm>

namespace ouro::script {

namespace {

bool has_column(const Source& source, const Token& token) noexcept {
  switch (token.type) {
    case TokenType::kIndent:
    case TokenType::kDedent:
    case TokenType::kEndMarker:
    case TokenType::kError:
      return false;
    case TokenType::kNewline:  // one that was added at the end has none
      return token.begin < source.text().size();
    default:
      return true;
  }
}

/// CPython's _PyPegen_byte_offset_to_character_offset.
int characters_before(std::string_view text, std::int32_t bytes) {
  if (bytes <= 0) return bytes;
  const auto wanted = static_cast<std::size_t>(bytes);
  if (wanted > text.size()) return static_cast<int>(count_characters(text)) + 1;
  return static_cast<int>(count_characters(text.substr(0, wanted)));
}

}  // namespace

ast::Span ErrorReport::place_of(const Token& token) const noexcept {
  ast::Span place{source_.lineno(token.line), -1, source_.lineno(token.end_line), -1};
  if (source_.text().empty()) place.lineno = place.end_lineno = source_.origin().lineno - 1;
  if (has_column(source_, token)) {
    place.col_offset = source_.column(token.line, token.begin);
    place.end_col_offset = source_.column(token.end_line, token.end);
  }
  return place;
}

ErrorReport::Cursor ErrorReport::cursor() const {
  const Token& last = last_token();
  if (last.type == TokenType::kError) return {tokens_.end.line, tokens_.end.at};
  return {last.end_line, last.type == TokenType::kNewline ? last.end + 1 : last.end};
}

SyntaxError ErrorReport::at_last_token(SyntaxErrorKind kind, std::string message) const {
  ast::Span place = place_of(last_token());
  const Cursor where = cursor();
  if (place.col_offset == -1) {
    place.col_offset =
        static_cast<std::int32_t>(std::min<std::size_t>(where.at, source_.text().size()) - source_.line_begin(where.line));
  } else {
    ++place.col_offset;
  }
  if (place.end_col_offset != -1) ++place.end_col_offset;
  return raise(kind, place, std::move(message), where);
}

SyntaxError ErrorReport::known(SyntaxErrorKind kind, const ast::Span& span, std::string message) const {
  return raise(kind, {span.lineno, span.col_offset + 1, span.end_lineno, span.end_col_offset + 1}, std::move(message),
               cursor());
}

SyntaxError ErrorReport::at(const ast::Span& span, std::string message) const {
  return known(SyntaxErrorKind::kSyntaxError, span, std::move(message));
}

SyntaxError ErrorReport::at_token(const Token& token, std::string message) const {
  return at(place_of(token), std::move(message));
}

SyntaxError ErrorReport::from(const ast::Span& span, std::string message) const {
  const Cursor where = cursor();
  const auto end = static_cast<std::int32_t>(where.at - source_.line_begin(where.line));
  return raise(SyntaxErrorKind::kSyntaxError, {span.lineno, span.col_offset + 1, source_.lineno(where.line), end},
               std::move(message), where);
}

SyntaxError ErrorReport::never_closed() const {
  const TokenizerEnd::Bracket& bracket = tokens_.end.open.back();
  const std::int32_t lineno = source_.lineno(bracket.line);
  const auto column = static_cast<std::int32_t>(bracket.at - source_.line_begin(bracket.line));
  return raise(SyntaxErrorKind::kSyntaxError, {lineno, column + 1, lineno, 0},
               fmt::format("'{}' was never closed", bracket.opening), {tokens_.end.line, tokens_.end.at});
}

void ErrorReport::raise_tokenizer_error() const {
  using Reason = TokenizerEnd::Reason;
  const TokenizerEnd& end = tokens_.end;
  const Cursor where{end.line, end.at};
  const std::int32_t lineno = source_.lineno(end.line);
  const auto refuse = [&](SyntaxErrorKind kind, std::int32_t column, std::string message) {
    return Raised{raise(kind, {lineno, column + 1, lineno, 0}, std::move(message), where), true};
  };
  switch (end.reason) {
    case Reason::kMessage:
      throw Raised{end.error, true};
    case Reason::kEndInside:
      if (!end.open.empty()) throw Raised{never_closed(), true};
      throw Raised{at_last_token(SyntaxErrorKind::kSyntaxError, "unexpected EOF while parsing"), true};
    case Reason::kTabs:
      throw refuse(SyntaxErrorKind::kTabError, 0, "inconsistent use of tabs and spaces in indentation");
    case Reason::kDedent: {
      // CPython's tokenizer has gone to the end of the line, and the token has no column.
      const auto column = static_cast<std::int32_t>(source_.line_end(end.line) - source_.line_begin(end.line));
      throw Raised{raise(SyntaxErrorKind::kIndentationError, {lineno, column, lineno, -1},
                         "unindent does not match any outer indentation level", where),
                   true};
    }
    case Reason::kTooDeep:
      throw refuse(SyntaxErrorKind::kIndentationError, 0, "too many levels of indentation");
    case Reason::kAfterContinuation:
      throw refuse(SyntaxErrorKind::kSyntaxError, static_cast<std::int32_t>(end.at - buffer_begin(end.line)) - 1,
                   "unexpected character after line continuation character");
    case Reason::kEnd:
      break;
  }
  throw refuse(SyntaxErrorKind::kSyntaxError, 0, "unknown parsing error");
}

SyntaxError ErrorReport::unless_tokenizer_fails(SyntaxError error) const {
  using Reason = TokenizerEnd::Reason;
  const TokenizerEnd& end = tokens_.end;
  if (end.reason == Reason::kMessage) return end.error;
  if (end.reason == Reason::kEnd || end.open.empty()) return error;
  const std::int32_t opened = source_.lineno(end.open.back().line);
  return place_of(last_token()).lineno > opened ? never_closed() : error;
}

bool ErrorReport::is_at_end() const {
  const Token& last = last_token();
  if (last.type == TokenType::kError) {
    if (tokens_.end.reason == TokenizerEnd::Reason::kEndInside) return true;
    return tokens_.end.reason == TokenizerEnd::Reason::kMessage && tokens_.end.is_open_at_end;
  }
  return last.end == source_.text().size() && last.type != TokenType::kString;
}

/// Where CPython's buffer begins when it reads a line: the line, or the one from which a string or a backslash goes into it.
std::uint32_t ErrorReport::buffer_begin(std::uint32_t line) const {
  std::size_t k = fetched_;
  for (;;) {
    while (k > 0 && tokens_.tokens[k - 1].end_line >= line) {
      const Token& token = tokens_.tokens[--k];
      if (token.end_line == line && token.line < line) line = token.line;
    }
    const std::vector<std::uint32_t>& continued = tokens_.continued;
    if (!std::binary_search(continued.begin(), continued.end(), line)) return source_.line_begin(line);
    --line;
  }
}

std::string ErrorReport::shown_text(std::int32_t lineno, Cursor cursor) const {
  const std::string_view text = source_.text();
  if (source_.lineno(cursor.line) <= lineno && !text.empty()) {
    const std::uint32_t begin = buffer_begin(cursor.line);
    return std::string(text.substr(begin, source_.line_end(cursor.line) - begin));
  }
  const std::int32_t line = lineno - source_.origin().lineno;
  if (line < 0 || static_cast<std::uint32_t>(line) >= source_.line_count()) return {};
  const std::uint32_t begin = source_.line_begin(static_cast<std::uint32_t>(line));
  std::string_view shown = text.substr(begin);
  return std::string(shown.substr(0, shown.find('\n')));
}

SyntaxError ErrorReport::raise(SyntaxErrorKind kind, const ast::Span& place, std::string message, Cursor cursor) const {
  SyntaxError error;
  error.kind = kind;
  error.message = source_.is_f_string() ? "f-string: " + message : std::move(message);
  error.filename = source_.filename();
  error.text = shown_text(place.lineno, cursor);
  error.lineno = place.lineno;
  error.end_lineno = place.end_lineno;
  const std::int32_t shift = source_.is_f_string() ? source_.origin().col_offset : 0;
  error.offset = place.col_offset - shift;
  error.end_offset = place.end_col_offset - shift;
  if (source_.has_encoding()) {
    error.offset = characters_before(error.text, error.offset);
    if (error.end_offset > 0) error.end_offset = characters_before(error.text, error.end_offset);
  }
  return error;
}

}  // namespace ouro::script
