// A file in pieces that Boost.JSON's parser takes one after the other without harm.
//
// Before Boost 1.82 the parser loses its count when a piece ends inside a character (boostorg/json#876), and no version
// takes an exponent of more than 31 bits. So a piece ends after whole characters, and never inside what may be an exponent.
#pragma once

#include <cstdio>
#include <span>
#include <string_view>
#include <vector>

namespace object_graph {

/// Reads a file from where it stands to its end.
class Pieces {
 public:
  explicit Pieces(std::FILE* file) : file_(file) {}

  /// The next piece, valid until the next call; empty at the end of the file, or if it cannot be read (std::ferror tells).
  /// Only the last piece that is not empty may end in the middle of something.
  [[nodiscard]] std::span<char> next();

 private:
  std::FILE* file_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0, end_ = 0;  ///< what has been read and not given out
};

/// How many bytes at the end of `text` may go on in what follows: of an incomplete character, or of an exponent.
[[nodiscard]] std::size_t unfinished(std::string_view text) noexcept;

/// The first run of ten digits or more that stands behind an e or E at or after `from`, without sign; empty if there is
/// none. It is an exponent if it lies in a number.
[[nodiscard]] std::span<char> find_long_exponent(std::span<char> text, std::size_t from) noexcept;

/// Makes an exponent fit the parser without changing the number: beyond 999,999,999 every one says zero or infinity. It
/// stays as long as it is.
void shorten_exponent(std::span<char> digits) noexcept;

}  // namespace object_graph
