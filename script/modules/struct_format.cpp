// The formats of module struct (CPython: Modules/_struct.c).
#include <ouro/script/modules/struct_format.h>

#include <algorithm>
#include <iterator>
#include <optional>

namespace ouro::script {

namespace {

/// What a letter stands for in native formats, and its size in the others; 0: it is none of theirs.
struct Letter {
  char code;
  NumberSort sort;
  std::size_t native_size;
  std::size_t standard_size;
};

constexpr Letter kLetters[] = {
    {'x', NumberSort::kUnsigned, 1, 1}, {'c', NumberSort::kUnsigned, 1, 1}, {'s', NumberSort::kUnsigned, 1, 1},
    {'p', NumberSort::kUnsigned, 1, 1}, {'?', NumberSort::kUnsigned, 1, 1}, {'b', NumberSort::kSigned, 1, 1},
    {'B', NumberSort::kUnsigned, 1, 1}, {'h', NumberSort::kSigned, 2, 2},   {'H', NumberSort::kUnsigned, 2, 2},
    {'i', NumberSort::kSigned, 4, 4},   {'I', NumberSort::kUnsigned, 4, 4}, {'l', NumberSort::kSigned, 8, 4},
    {'L', NumberSort::kUnsigned, 8, 4}, {'q', NumberSort::kSigned, 8, 8},   {'Q', NumberSort::kUnsigned, 8, 8},
    {'n', NumberSort::kSigned, 8, 0},   {'N', NumberSort::kUnsigned, 8, 0}, {'P', NumberSort::kUnsigned, 8, 0},
    {'e', NumberSort::kFloat, 2, 2},    {'f', NumberSort::kFloat, 4, 4},    {'d', NumberSort::kFloat, 8, 8}};

std::optional<NumberLayout> layout_of(char code, bool has_native_sizes) noexcept {
  const Letter* const found = std::ranges::find(kLetters, code, &Letter::code);
  const std::size_t size = found == std::end(kLetters) ? 0 : has_native_sizes ? found->native_size : found->standard_size;
  return size != 0 ? std::optional(NumberLayout{found->sort, size}) : std::nullopt;
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
