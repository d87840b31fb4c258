// Decoding a source, ending its lines in one way, and finding them.
#include <ouro/script/syntax/encoding.h>
#include <ouro/script/syntax/source.h>
#include <ouro/script/syntax/unicode.h>

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace ouro::script {

namespace {

[[noreturn]] void refuse(std::string message, const std::string& filename, int lineno, SyntaxErrorKind kind) {
  SyntaxError error;
  error.kind = kind;
  error.message = std::move(message);
  error.filename = filename;
  error.lineno = lineno;
  error.offset = -1;
  error.end_lineno = error.end_offset = SyntaxError::kNoOffset;
  error.has_text = false;
  throw error;
}

/// CPython's translate_newlines: "\r\n" and "\r" become "\n". A text that ends with "\r\n" gets one more, as there.
std::string with_newlines(std::string_view text, bool ends_with_newline) {
  std::string result;
  result.reserve(text.size() + 2);
  char last = '\0';
  for (std::size_t at = 0; at < text.size(); ++at) {
    last = text[at];
    if (last == '\r') {
      last = '\n';
      result.push_back('\n');
      if (at + 1 < text.size() && text[at + 1] == '\n') {
        ++at;
        if (at + 1 == text.size()) last = '\0';
      }
    } else {
      result.push_back(last);
    }
  }
  if (ends_with_newline && last != '\n') result.push_back('\n');
  return result;
}

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// "Non-UTF-8 code starting with '\xff' in file x.py on line 3, but no encoding declared; ..."
[[noreturn]] void refuse_undeclared(std::string_view bytes, std::size_t at, const std::string& filename) {
  const auto line = 1 + static_cast<int>(std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
  refuse(fmt::format("Non-UTF-8 code starting with '\\x{:02x}' in file {} on line {}, but no encoding declared; "
                     "see https://peps.python.org/pep-0263/ for details",
                     static_cast<unsigned char>(bytes[at]), filename, line),
         filename, line, SyntaxErrorKind::kSyntaxError);
}

}  // namespace

Source::Source(std::string_view bytes, const ParseOptions& options) : filename_(options.filename) {
  const auto fail = [this](std::string message, SyntaxErrorKind kind = SyntaxErrorKind::kSyntaxError) {
    refuse(std::move(message), filename_, 0, kind);
  };
  if (bytes.size() >= std::numeric_limits<std::uint32_t>::max() / 2)
    fail("source is too long", SyntaxErrorKind::kMemoryError);
  if (bytes.find('\0') != std::string_view::npos) fail("source code string cannot contain null bytes");
  std::string decoded;
  if (!options.is_text) {
    const bool has_mark = bytes.starts_with(kByteOrderMark);
    if (has_mark) bytes.remove_prefix(kByteOrderMark.size());
    const std::string encoding = declared_encoding(bytes);
    has_encoding_ = has_mark || !encoding.empty();
    if (has_mark && !encoding.empty() && encoding != "utf-8") fail(fmt::format("encoding problem: {} with BOM", encoding));
    if (!encoding.empty()) {
      try {
        decoded = decode_as(bytes, encoding);
      } catch (std::string& message) {
        fail(std::move(message));
      }
      bytes = decoded;
      if (bytes.find('\0') != std::string_view::npos) fail("source code cannot contain null bytes");
    }
  }
  const std::size_t bad = find_malformed_utf8(bytes);
  if (bad != std::string_view::npos) refuse_undeclared(bytes, bad, filename_);
  take(bytes, options.mode == ParseMode::kExec);
}

Source::Source(std::string text, const std::string& filename, Origin origin)
    : filename_(filename), origin_(origin), has_encoding_(false), is_f_string_(true) {
  take(text, true);
}

void Source::take(std::string_view text, bool ends_with_newline) {
  if (text.find('\r') != std::string_view::npos) {
    text_ = with_newlines(text, ends_with_newline);
  } else {
    text_.reserve(text.size() + 1);
    text_ = text;
    if (ends_with_newline && !text.ends_with('\n')) text_.push_back('\n');
  }
  find_lines();
}

void Source::find_lines() {
  const char* const begin = text_.data();
  const char* const end = begin + text_.size();
  line_begins_.reserve(text_.size() / 32 + 1);
  line_begins_.push_back(0);
  for (const char* at = begin;
       (at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)))) != nullptr;) {
    ++at;
    if (at == end) break;
    line_begins_.push_back(static_cast<std::uint32_t>(at - begin));
  }
}

}  // namespace ouro::script
