// Searching, joining, replacing and stripping (CPython: Objects/stringlib).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/detail/byte_change.h>
#include <ouro/objects/containers/detail/indexes.h>
#include <ouro/objects/containers/detail/items_of.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/hold.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/text/detail/ascii_spaces.h>
#include <ouro/objects/text/detail/copy_text.h>
#include <ouro/objects/text/detail/find_bytes.h>
#include <ouro/objects/text/detail/new_str.h>
#include <ouro/objects/text/detail/parts_of.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str_builder.h>
#include <ouro/objects/text/str_methods.h>

#include <fmt/format.h>

#include <array>
#include <optional>
#include <span>

namespace ouro {

namespace {

constexpr std::size_t kNotFound = std::string_view::npos;

/// The part of a str in which is searched.
struct Window {
  std::size_t first;  ///< code points before it
  std::size_t begin;  ///< bytes before it
  std::string_view text;
};

/// Empty if it begins behind the end of the str, or behind its own end: not even '' is found there.
std::optional<Window> window_of(const Str& str, std::int64_t start, std::int64_t stop) noexcept {
  if (start == 0 && stop >= std::int64_t{str.code_points}) return Window{0, 0, text(str)};
  if (start > std::int64_t{str.code_points}) return std::nullopt;
  const std::size_t first = detail::clip_bound(start, str.code_points);
  const std::size_t last = detail::clip_bound(stop, str.code_points);
  if (first > last) return std::nullopt;
  const std::size_t begin = byte_offset(str, first);
  return Window{first, begin, text(str).substr(begin, byte_offset(str, last) - begin)};
}

/// The code point at which byte `offset` of the window lies.
std::int64_t position(const Str& str, const Window& window, std::size_t offset) noexcept {
  if (offset == kNotFound) return -1;
  const std::size_t skipped = str.is_ascii() ? offset : detail::count_code_points(window.text.substr(0, offset));
  return static_cast<std::int64_t>(window.first + skipped);
}

/// `text` without the characters at its ends of which `drop` says so.
template <class Drop>
std::string_view trimmed(std::string_view text, Ends ends, Drop drop) noexcept {
  const char* begin = text.data();
  const char* end = begin + text.size();
  const auto on = [ends](Ends side) { return (static_cast<unsigned>(ends) & static_cast<unsigned>(side)) != 0; };
  for (const char* next = begin; on(Ends::kLeft) && begin != end && drop(detail::decode_next(next));) begin = next;
  for (const char* next = end; on(Ends::kRight) && begin != end && drop(detail::decode_previous(next));) end = next;
  return {begin, static_cast<std::size_t>(end - begin)};
}

/// The same of ASCII text.
template <class Drop>
std::string_view trimmed_ascii(std::string_view text, Ends ends, Drop drop) noexcept {
  const auto on = [ends](Ends side) { return (static_cast<unsigned>(ends) & static_cast<unsigned>(side)) != 0; };
  const char* begin = text.data();
  const char* end = begin + text.size();
  if (on(Ends::kLeft))
    while (begin != end && drop(static_cast<unsigned char>(*begin))) ++begin;
  if (on(Ends::kRight))
    while (begin != end && drop(static_cast<unsigned char>(end[-1]))) --end;
  return {begin, static_cast<std::size_t>(end - begin)};
}

/// The characters that `strip` is given.
class CharacterSet {
 public:
  explicit CharacterSet(std::string_view characters) noexcept : all_(characters) {
    for (const char c : characters)
      if (static_cast<signed char>(c) >= 0) ascii_[static_cast<unsigned char>(c)] = true;
  }
  [[nodiscard]] bool has(char32_t wanted) const noexcept {
    if (wanted < 0x80) return ascii_[wanted];
    for (const char *at = all_.data(), *const end = at + all_.size(); at != end;)
      if (detail::decode_next(at) == wanted) return true;
    return false;
  }

 private:
  std::string_view all_;
  std::array<bool, 128> ascii_{};
};

/// The items of what `join` was given; the result keeps them alive. A list is taken as it is: from here on nothing runs that
/// could change it, for making a str collects nothing.
Ref<> items_of(Object& iterable) {
  if (is_exact<List>(iterable) || is_exact<Tuple>(iterable)) return share(iterable);
  return detail::items_of(iterable, "can only join an iterable");
}

std::span<Object* const> view_of(Object& items) noexcept {
  return is<List>(items) ? static_cast<List&>(items).view() : static_cast<Tuple&>(items).view();
}

/// Bytes and code points of a text that is to be made.
struct TextSize {
  std::size_t bytes = 0;
  std::size_t code_points = 0;
};

/// Those of the joined text. TypeError if an item is no str.
TextSize measure(const Str& separator, std::span<Object* const> items) {
  TextSize size;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Str* const item = as<Str>(*items[i]);
    if (item == nullptr)
      raise(ErrorKind::kTypeError,
            fmt::format("sequence item {}: expected str instance, {} found", i, items[i]->type->name));
    const Str* const before = i == 0 ? nullptr : &separator;
    size.bytes += item->bytes + (before != nullptr ? before->bytes : 0);
    size.code_points += item->code_points + (before != nullptr ? before->code_points : 0);
  }
  return size;
}

/// Those of `str` with `count` times `old` replaced. OverflowError if that is too long.
TextSize size_when_replaced(const Str& str, const Str& old, const Str& replacement, std::size_t count) {
  const std::size_t kept = str.bytes - count * old.bytes;
  if (replacement.bytes > (Str::kMaxBytes - kept) / count) detail::raise_str_too_long();
  return {kept + count * replacement.bytes, str.code_points - count * old.code_points + count * replacement.code_points};
}

/// `str.replace` whose result is '' or one character, which exist already.
Ref<Str> replaced_by_little(const Str& str, const Str& old, const Str& replacement, std::size_t count) {
  char made[4];
  detail::write_replaced(text(str), text(old), text(replacement), count, made);
  const TextSize size = size_when_replaced(str, old, replacement, count);
  return detail::copy_str(builtins_of(str), {made, size.bytes}, size.code_points);
}

/// `str.replace('', replacement)`: between and around all characters.
Ref<Str> spread(const Str& str, const Str& replacement, std::size_t limit) {
  StrBuilder result(builtins_of(str));
  const char* at = str.data();
  const char* const end = at + str.bytes;
  for (; limit > 0; --limit) {
    result.append(replacement);
    if (at == end) break;
    const std::size_t bytes = detail::sequence_length(*at);
    result.append(std::string_view(at, bytes));
    at += bytes;
  }
  result.append(std::string_view(at, static_cast<std::size_t>(end - at)));
  return result.finish();
}

}  // namespace

bool is_space(char32_t c) noexcept {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F);
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
         c == 0x202F || c == 0x205F || c == 0x3000;
}

std::int64_t find(const Str& str, const Str& part, std::int64_t start, std::int64_t stop) noexcept {
  const std::optional<Window> window = window_of(str, start, stop);
  return window ? position(str, *window, detail::find_bytes(window->text, text(part))) : -1;
}

std::int64_t find_last(const Str& str, const Str& part, std::int64_t start, std::int64_t stop) noexcept {
  const std::optional<Window> window = window_of(str, start, stop);
  return window ? position(str, *window, detail::find_last_bytes(window->text, text(part))) : -1;
}

std::int64_t index_of(const Str& str, const Str& part, std::int64_t start, std::int64_t stop) {
  const std::int64_t found = find(str, part, start, stop);
  if (found < 0) raise(ErrorKind::kValueError, "substring not found");
  return found;
}

std::int64_t count_of(const Str& str, const Str& part, std::int64_t start, std::int64_t stop) noexcept {
  const std::optional<Window> window = window_of(str, start, stop);
  if (!window) return 0;
  if (part.bytes == 0) return static_cast<std::int64_t>(detail::count_code_points(window->text)) + 1;
  return static_cast<std::int64_t>(detail::count_bytes(window->text, text(part)));
}

bool starts_with(const Str& str, const Str& prefix) noexcept { return text(str).starts_with(text(prefix)); }
bool ends_with(const Str& str, const Str& suffix) noexcept { return text(str).ends_with(text(suffix)); }

Ref<Str> join(const Str& separator, Object& iterable) {
  const Ref<> held_separator = detail::hold(separator);
  const Ref<> held = items_of(iterable);
  const std::span<Object* const> items = view_of(*held);
  const TextSize size = measure(separator, items);
  if (items.size() == 1) return exact_str(static_cast<const Str&>(*items[0]));
  if (size.code_points <= 1) {  // then at most one item is not empty, and the separator is
    for (Object* const item : items)
      if (static_cast<const Str&>(*item).bytes != 0) return exact_str(static_cast<const Str&>(*item));
    return size.bytes == 0 ? Ref<Str>::adopt(&builtins_of(separator).empty_str()) : exact_str(separator);
  }
  return detail::new_str(builtins_of(separator), size.bytes, size.code_points, [&](char* data) noexcept {
    const auto put = [&data](const Str& part) noexcept { data = detail::copy_text(text(part), data); };
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i != 0) put(separator);
      put(static_cast<Str&>(*items[i]));
    }
  });
}

Ref<Str> replace(const Str& str, const Str& old, const Str& replacement, std::int64_t limit) {
  const std::size_t most = detail::limit_of(limit);
  if (most == 0) return exact_str(str);
  if (old.bytes == 0) return spread(str, replacement, most);
  const std::size_t count = detail::count_bytes(text(str), text(old), most);
  if (count == 0) return exact_str(str);
  const TextSize size = size_when_replaced(str, old, replacement, count);
  if (size.code_points <= 1) return replaced_by_little(str, old, replacement, count);
  return detail::new_str(builtins_of(str), size.bytes, size.code_points, [&](char* data) noexcept {
    detail::write_replaced(text(str), text(old), text(replacement), count, data);
  });
}

Ref<Str> strip(const Str& str, Ends ends) {
  const auto drop = [](char32_t c) { return is_space(c); };
  const auto drop_ascii = [](unsigned char c) { return detail::kAsciiSpaces.has(c); };
  return detail::part_of(str, str.is_ascii() ? trimmed_ascii(text(str), ends, drop_ascii) : trimmed(text(str), ends, drop));
}

Ref<Str> strip(const Str& str, const Str& characters, Ends ends) {
  const CharacterSet set(text(characters));
  return detail::part_of(str, trimmed(text(str), ends, [&](char32_t c) { return set.has(c); }));
}

}  // namespace ouro
