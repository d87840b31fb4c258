// The text of a program as the tokenizer reads it: UTF-8, lines ended by "\n", and where they begin.
#pragma once

#include <ouro/script/syntax/parse.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ouro::script {

/// Where the first character of an expression in an f-string stands in the file.
struct Origin {
  std::int32_t lineno = 1;
  std::int32_t col_offset = 0;
};

class Source {
 public:
  /// Bytes are decoded by their byte order mark or coding line (PEP 263). Throws SyntaxError.
  Source(std::string_view bytes, const ParseOptions& options);
  /// The text of an expression in an f-string, with its parentheses.
  Source(std::string text, const std::string& filename, Origin origin);

  /// Ends with a zero byte that does not belong to it; there is no other.
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] const std::string& filename() const noexcept { return filename_; }
  /// False for bytes that name no encoding and in f-strings: CPython then counts bytes where it should count characters.
  [[nodiscard]] bool has_encoding() const noexcept { return has_encoding_; }
  [[nodiscard]] bool is_f_string() const noexcept { return is_f_string_; }
  [[nodiscard]] Origin origin() const noexcept { return origin_; }

  /// Lines are counted from 0 here.
  [[nodiscard]] std::uint32_t line_count() const noexcept { return static_cast<std::uint32_t>(line_begins_.size()); }
  [[nodiscard]] std::uint32_t line_begin(std::uint32_t line) const noexcept { return line_begins_[line]; }
  /// Behind the newline, or the end of the text.
  [[nodiscard]] std::uint32_t line_end(std::uint32_t line) const noexcept {
    return line + 1 < line_begins_.size() ? line_begins_[line + 1] : static_cast<std::uint32_t>(text_.size());
  }

  [[nodiscard]] std::int32_t lineno(std::uint32_t line) const noexcept {
    return origin_.lineno + static_cast<std::int32_t>(line);
  }
  /// The column of a place in a line, shifted in the first line of an expression in an f-string.
  [[nodiscard]] std::int32_t column(std::uint32_t line, std::uint32_t at) const noexcept {
    return static_cast<std::int32_t>(at - line_begins_[line]) + (line == 0 ? origin_.col_offset : 0);
  }

 private:
  void take(std::string_view text, bool ends_with_newline);
  void find_lines();

  std::string text_, filename_;
  std::vector<std::uint32_t> line_begins_;
  Origin origin_;
  bool has_encoding_ = true, is_f_string_ = false;
};

}  // namespace ouro::script
