// FormatSpec: what stands behind the colon in '{:>10.2f}'.
//
//   [[fill]align][sign][z][#][0][width][grouping][.precision][type]
#pragma once

#include <cstdint>
#include <string_view>

namespace ouro {

/// A format specification, read. What was not given is as it says here, or as the type that is formatted has it.
struct FormatSpec {
  enum class Grouping : std::uint8_t { kNone, kComma, kUnderscore };

  char32_t fill = U' ';
  char align = '<';               ///< '<', '>', '^', or '=': between sign and digits
  char sign = '\0';               ///< '+', '-', ' '; 0: as '-'
  bool no_negative_zero = false;  ///< z
  bool alternate = false;         ///< #
  Grouping grouping = Grouping::kNone;
  std::int64_t width = -1;
  std::int64_t precision = -1;
  char32_t type = U'\0';  ///< 0: none was given

  /// How many digits stand between separators.
  [[nodiscard]] constexpr std::size_t group_size() const noexcept {
    return type == U'b' || type == U'o' || type == U'x' || type == U'X' ? 4 : 3;
  }
};

/// Reads a specification, which is valid UTF-8, for an object of the type `type_name`. `defaults` says type and alignment
/// where none is given. ValueError "Invalid format specifier 'xx' for object of type 'int'", "Too many decimal digits in
/// format string", "Format specifier missing precision", "Cannot specify both ',' and '_'.", "Cannot specify ',' with 's'.".
/// Linear.
[[nodiscard]] FormatSpec read_format_spec(std::string_view spec, std::string_view type_name, FormatSpec defaults);

namespace detail {
/// ValueError "Unknown format code 'y' for object of type 'int'".
[[noreturn, gnu::cold]] void raise_unknown_format(char32_t type, std::string_view type_name);
}  // namespace detail

}  // namespace ouro
