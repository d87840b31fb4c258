// The formats of module struct (CPython: Modules/_struct.c).
#include <ouro/script/modules/struct_format.h>

#include <optional>

namespace ouro::script {

namespace {

/// Sizes and sorts of a letter; nothing for what is no letter, or is one of native formats only.
std::optional<NumberLayout> layout_of(char code, bool has_native_sizes) noexcept {
  const std::size_t long_size = has_native_sizes ? 8 : 4;
  switch (code) {
    case 'x':
    case 'c':
    case 's':
    case 'p':
    case '?':
    case 'B':
      return NumberLayout{NumberSort::kUnsigned, 1};
    case 'b':
      return NumberLayout{NumberSort::kSigned, 1};
    case 'h':
      return NumberLayout{NumberSort::kSigned, 2};
    case 'H':
      return NumberLayout{NumberSort::kUnsigned, 2};
    case 'i':
      return NumberLayout{NumberSort::kSigned, 4};
    case 'I':
      return NumberLayout{NumberSort::kUnsigned, 4};
    case 'l':
      return NumberLayout{NumberSort::kSigned, long_size};
    case 'L':
      return NumberLayout{NumberSort::kUnsigned, long_size};
    case 'q':
      return NumberLayout{NumberSort::kSigned, 8};
    case 'Q':
      return NumberLayout{NumberSort::kUnsigned, 8};
    case 'e':
      return NumberLayout{NumberSort::kFloat, 2};
    case 'f':
      return NumberLayout{NumberSort::kFloat, 4};
    case 'd':
      return NumberLayout{NumberSort::kFloat, 8};
    case 'n':
      if (has_native_sizes) return NumberLayout{NumberSort::kSigned, 8};
      return std::nullopt;
    case 'N':
    case 'P':
      if (has_native_sizes) return NumberLayout{NumberSort::kUnsigned, 8};
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

constexpr std::size_t kMostBytes = static_cast<std::size_t>(PTRDIFF_MAX);

/// Enters one letter; false: the whole is too long.
bool add_field(StructFormat& into, char code, std::size_t count, const NumberLayout& layout) {
  if (into.is_native && code != 's' && code != 'p') {
    const std::size_t over = into.size % layout.size;
    if (over != 0) into.size += layout.size - over;
  }
  if (count > (kMostBytes - into.size) / layout.size) return false;
  if (code != 'x') {
    const StructField field{code, count, into.size, layout};
    into.fields.push_back(field);
    into.items += field.is_text() ? 1 : count;
  }
  into.size += count * layout.size;
  return true;
}

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

}  // namespace

const char* read_format(std::string_view text, StructFormat& into) {
  into = {};
  const char order = text.empty() ? '@' : text[0];
  const bool has_order = std::string_view("@=<>!").find(order) != std::string_view::npos;
  into.is_native = !has_order || order == '@';
  const bool is_swapped = order == '>' || order == '!';
  for (std::size_t i = has_order && !text.empty() ? 1 : 0; i < text.size(); ++i) {
    if (std::string_view(" \t\n\v\f\r").find(text[i]) != std::string_view::npos) continue;
    std::size_t count = 1;
    if (is_digit(text[i])) {
      for (count = 0; i < text.size() && is_digit(text[i]); ++i) {
        const auto digit = static_cast<std::size_t>(text[i] - '0');
        if (count > (kMostBytes - digit) / 10) return "total struct size too long";
        count = count * 10 + digit;
      }
      if (i == text.size()) return "repeat count given without format specifier";
    }
    std::optional<NumberLayout> layout = layout_of(text[i], into.is_native);
    if (!layout) return "bad char in struct format";
    layout->is_swapped = is_swapped;
    if (!add_field(into, text[i], count, *layout)) return "total struct size too long";
  }
  return nullptr;
}

}  // namespace ouro::script
