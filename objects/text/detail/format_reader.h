// The parts of a format string: "text {field!r:spec} text". The text alone, no objects.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace ouro::detail {

/// What stands between braces.
struct Field {
  std::string_view name{};
  char32_t conversion = U'\0';  ///< 's', 'r' or 'a', as far as it is right
  std::string_view spec{};
  bool spec_has_fields = false;
};

/// A piece of text, and the field behind it if there is one.
struct FormatPiece {
  std::string_view literal{};
  std::optional<Field> field{};
};

/// Takes the pieces of a format string one after the other. ValueError where it is wrong, in CPython's words.
class FormatReader {
 public:
  explicit FormatReader(std::string_view pattern) noexcept : rest_(pattern) {}
  [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
  [[nodiscard]] FormatPiece take();

 private:
  [[nodiscard]] Field take_field();
  [[nodiscard]] std::size_t size_of_name() const;
  void take_spec(Field& field);

  std::string_view rest_;
};

/// One step from an object to what a field means: ".name", "[key]", "[3]".
struct FieldStep {
  bool is_attribute = false;
  std::string_view name{};
  std::int64_t index = -1;  ///< of an item, if its name is a number
};

/// The steps of a field's name: the argument it begins with, then attributes and items.
class FieldPath {
 public:
  /// ValueError "Too many decimal digits in format string".
  explicit FieldPath(std::string_view name);

  [[nodiscard]] std::string_view first() const noexcept { return first_; }
  /// The number of a positional argument, or -1.
  [[nodiscard]] std::int64_t first_index() const noexcept { return first_index_; }
  [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
  /// ValueError "Missing ']' in format string" and its like.
  [[nodiscard]] FieldStep take();

 private:
  std::string_view first_, rest_;
  std::int64_t first_index_;
};

}  // namespace ouro::detail
