// What is wrong with a text that cannot be parsed, and what is doubtful in one that can.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace ouro::script {

/// The Python exception that an error of the parser becomes.
enum class SyntaxErrorKind : std::uint8_t {
  kSyntaxError,
  kIndentationError,
  kTabError,
  kMemoryError,  ///< nested too deeply for the parser; no text and no place
};

/// CPython's SyntaxError with its arguments. Lines begin at 1, offsets at 1 and count characters; 0 stands where CPython
/// has 0, kNoOffset where it has None.
class SyntaxError : public std::exception {
 public:
  static constexpr int kNoOffset = -2;

  SyntaxErrorKind kind = SyntaxErrorKind::kSyntaxError;
  std::string message;
  std::string filename;
  int lineno = 0, offset = 0, end_lineno = 0, end_offset = 0;
  std::string text;            ///< the line as CPython shows it
  bool has_text = true;        ///< `text` is not None
  bool is_incomplete = false;  ///< more input might make it right (only where ParseOptions::allow_incomplete)

  [[nodiscard]] const char* what() const noexcept override { return message.c_str(); }
};

/// A DeprecationWarning or SyntaxWarning of the parser, in the order found.
struct SyntaxWarning {
  enum class Category : std::uint8_t { kDeprecationWarning, kSyntaxWarning };
  Category category = Category::kDeprecationWarning;
  std::string message;  ///< "invalid escape sequence '\\d'"
  int lineno = 0;
};

}  // namespace ouro::script
