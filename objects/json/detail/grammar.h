// Python's grammar of JSON, for texts that Boost.JSON refuses: are they wrong, and where, or only beyond RFC 8259?
#pragma once

#include <ouro/objects/core/detail/small_vector.h>
#include <ouro/objects/model/heap.h>

#include <cstddef>
#include <string_view>

namespace ouro::json::detail {

/// A value that Python reads and Boost.JSON does not: NaN, Infinity, -Infinity, a number with a long exponent. Positions are
/// in bytes.
struct OddValue {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Reads a text by Python's rules without making anything. Linear; no recursion.
class Grammar {
 public:
  /// The text is valid UTF-8. Throws MemoryError.
  Grammar(Heap& heap, std::string_view text);

  [[nodiscard]] bool is_valid() const noexcept { return message_.empty(); }
  /// Python's words for what is wrong: "Expecting value".
  [[nodiscard]] std::string_view message() const noexcept { return message_; }
  /// Where, in bytes.
  [[nodiscard]] std::size_t position() const noexcept { return position_; }
  /// How far the text was right: the error stands there or in the value that begins there.
  [[nodiscard]] std::size_t right_until() const noexcept { return right_until_; }
  /// True if more text could make it right.
  [[nodiscard]] bool may_go_on() const noexcept { return may_go_on_; }
  /// In order, those in front of the error.
  [[nodiscard]] const auto& odd_values() const noexcept { return odd_values_; }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  enum class Next { kValue, kKey, kBehindValue, kNothing };

  [[nodiscard]] char peek() const noexcept { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skip_blanks() noexcept;
  Next refuse(std::string_view message, std::size_t position) noexcept;
  Next value();
  Next open(char closing, Next inside);
  Next key();
  Next behind_value();
  Next number(std::size_t begin);
  Next literal(std::string_view word, bool is_odd);
  /// False if it is wrong.
  [[nodiscard]] bool string() noexcept;
  [[nodiscard]] bool escape() noexcept;
  [[nodiscard]] bool hexadecimal(unsigned& code) noexcept;
  void skip_digits() noexcept;
  void stop_at_lone_surrogate() noexcept;

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t string_begin_ = 0;
  std::size_t surrogate_ = kNone;  ///< the first that stands alone: Python goes on behind it
  std::size_t odd_before_surrogate_ = 0;
  std::size_t right_before_surrogate_ = 0;
  ouro::detail::SmallVector<char, 64> closing_;  ///< of the containers that are open
  ouro::detail::SmallVector<OddValue, 8> odd_values_;
  std::string_view message_{};
  std::size_t position_ = 0;
  std::size_t right_until_ = 0;
  bool may_go_on_ = false;
};

}  // namespace ouro::json::detail
