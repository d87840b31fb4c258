// Words with a place in a text, and a cursor that reads one.
#pragma once

#include <ouro/testing/operations.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ouro::testing::detail {

/// A word of a text. Borrows it.
struct Word {
  std::string_view text;
  std::size_t line = 1;
  std::size_t column = 1;
};

/// The words of a text, which white space divides; what follows a `#` on its line is left out.
[[nodiscard]] std::vector<Word> split_words(std::string_view text);

/// Reads a word from the left. Every complaint is a Failure with line and column.
class WordCursor {
 public:
  explicit WordCursor(const Word& word) noexcept : word_(word) {}

  [[nodiscard]] bool at_end() const noexcept { return at_ == word_.text.size(); }
  [[nodiscard]] std::string_view rest() const noexcept { return word_.text.substr(at_); }
  /// Steps over `text` if it comes next.
  [[nodiscard]] bool take(std::string_view text) noexcept;
  /// A letter or `_`, then letters, digits and `_`.
  [[nodiscard]] std::string_view name();
  /// Letters only; may be empty.
  [[nodiscard]] std::string_view letters() noexcept;
  [[nodiscard]] std::uint32_t number();
  /// Throws "line 1, column 4: complaint", the column being that of the next character.
  [[noreturn]] void fail(const std::string& complaint) const;
  /// Steps back, so that a complaint names the place where `text`, read just now, began.
  void back_to(std::string_view text) noexcept { at_ = static_cast<std::size_t>(text.data() - word_.text.data()); }
  void expect_end() const;

 private:
  Word word_;
  std::size_t at_ = 0;
};

[[nodiscard]] Operation read_operation(WordCursor& cursor);
[[nodiscard]] Operations read_operations(WordCursor& cursor);
/// The kind of that name, or none; `weak` is none.
[[nodiscard]] std::optional<NodeKind> kind_named(std::string_view name) noexcept;

}  // namespace ouro::testing::detail
