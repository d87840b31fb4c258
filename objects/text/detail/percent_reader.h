// One conversion of a format string with '%': "%(name)-10.3f". The text or bytes alone, no objects.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ouro::detail {

/// What stands behind a '%'.
struct PercentConversion {
  bool left = false;       ///< '-'
  bool plus = false;       ///< '+'
  bool blank = false;      ///< ' '
  bool alternate = false;  ///< '#'
  bool zeros = false;      ///< '0'
  std::int64_t width = -1;
  std::int64_t precision = -1;
  char32_t type = U'\0';
  std::size_t place = 0;  ///< bytes before the type
};

/// Takes a format string apart. The callers ask for the parts in the order in which they stand, for each '*' means that an
/// argument is taken. ValueError "incomplete format".
class PercentReader {
 public:
  /// `is_text`: the pattern is valid UTF-8, and its characters count.
  explicit PercentReader(std::string_view pattern, bool is_text = true) noexcept
      : whole_(pattern), rest_(pattern), is_text_(is_text) {}

  [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
  /// The text up to the next '%', which goes as well; `found` says whether there is one.
  [[nodiscard]] std::string_view take_literal(bool& found) noexcept;
  [[nodiscard]] bool take(char wanted) noexcept;
  /// "(name)": the name. ValueError "incomplete format key".
  [[nodiscard]] std::string_view take_key();
  void take_flags(PercentConversion& conversion);
  /// Digits, if there are some; -1 if not. ValueError `too_big` beyond `most`.
  [[nodiscard]] std::int64_t take_number(std::int64_t most, std::string_view too_big);
  /// A letter that says the size of an int in C, and then the type.
  void take_type(PercentConversion& conversion);
  /// Characters, or bytes, before the type of a conversion. Linear.
  [[nodiscard]] std::size_t index_of(const PercentConversion& conversion) const noexcept;
  /// Throws if nothing follows.
  void expect_more() const;

 private:
  std::string_view whole_, rest_;
  bool is_text_;
};

}  // namespace ouro::detail
