// Searching, joining, replacing and stripping (CPython: Objects/stringlib).
#include <ouro/base/error.h>
#include <ouro/objects/containers/detail/indexes.h>
#include <ouro/objects/containers/detail/items_of.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/hold.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/text/detail/find_bytes.h>
#include <ouro/objects/text/detail/new_str.h>
#include <ouro/objects/text/detail/parts_of.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str_builder.h>
#include <ouro/objects/text/str_methods.h>

#include <fmt/format.h>

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

bool has_character(std::string_view set, char32_t wanted) noexcept {
  for (const char *at = set.data(), *const end = at + set.size(); at != end;)
    if (detail::decode_next(at) == wanted) return true;
  return false;
}

/// The items of what `join` was given; the result keeps them alive. A list is taken as it is: from here on nothing runs that
/// could change it, for making a str collects nothing.
Ref<> items_of(Object& iterable) {
  if (is_exact<List>(iterable) || is_exact<Tuple>(iterable)) return share(iterable);
  return detail::items_of(iterable, "can only join an iterable");
}

std::span<Object* const> view_of(Object& items) noexcept {
  return is<List>(items) ? static_cast<List&>(items).view() : static_cast<Tuple&>(items).view();
}

/// Copies text, short texts without a call. Returns the end of the copy.
char* copy_text(const char* from, std::size_t bytes, char* to) noexcept {
  if (bytes > 16) {
    std::memcpy(to, from, bytes);
  } else if (bytes >= 8) {  // two words that overlap
    std::uint64_t first, last;
    std::memcpy(&first, from, 8), std::memcpy(&last, from + bytes - 8, 8);
    std::memcpy(to, &first, 8), std::memcpy(to + bytes - 8, &last, 8);
  } else if (bytes >= 4) {
    std::uint32_t first, last;
    std::memcpy(&first, from, 4), std::memcpy(&last, from + bytes - 4, 4);
    std::memcpy(to, &first, 4), std::memcpy(to + bytes - 4, &last, 4);
  } else if (bytes != 0) {
    to[0] = from[0];
    to[bytes / 2] = from[bytes / 2];
    to[bytes - 1] = from[bytes - 1];
  }
  return to + bytes;
}

/// Bytes and code points of the joined text. TypeError if an item is no str.
struct JoinedSize {
  std::size_t bytes = 0;
  std::size_t code_points = 0;
};

JoinedSize measure(const Str& separator, std::span<Object* const> items) {
  JoinedSize size;
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
  std::int64_t count = 0;
  for (std::size_t at = 0; (at = detail::find_bytes(window->text, text(part), at)) != kNotFound; at += part.bytes) ++count;
  return count;
}

bool starts_with(const Str& str, const Str& prefix) noexcept { return text(str).starts_with(text(prefix)); }
bool ends_with(const Str& str, const Str& suffix) noexcept { return text(str).ends_with(text(suffix)); }

Ref<Str> join(const Str& separator, Object& iterable) {
  const Ref<> held_separator = detail::hold(separator);
  const Ref<> held = items_of(iterable);
  const std::span<Object* const> items = view_of(*held);
  const JoinedSize size = measure(separator, items);
  if (items.size() == 1) return exact_str(static_cast<const Str&>(*items[0]));
  if (size.code_points <= 1) {  // then at most one item is not empty, and the separator is
    for (Object* const item : items)
      if (static_cast<const Str&>(*item).bytes != 0) return exact_str(static_cast<const Str&>(*item));
    return size.bytes == 0 ? Ref<Str>::adopt(&builtins_of(separator).empty_str()) : exact_str(separator);
  }
  return detail::new_str(builtins_of(separator), size.bytes, size.code_points, [&](char* data) noexcept {
    const auto put = [&data](const Str& part) noexcept { data = copy_text(part.data(), part.bytes, data); };
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i != 0) put(separator);
      put(static_cast<Str&>(*items[i]));
    }
  });
}

Ref<Str> replace(const Str& str, const Str& old, const Str& replacement, std::int64_t limit) {
  std::size_t times = detail::limit_of(limit);
  if (times == 0) return exact_str(str);
  if (old.bytes == 0) return spread(str, replacement, times);
  std::size_t at = detail::find_bytes(text(str), text(old));
  if (at == kNotFound) return exact_str(str);
  StrBuilder result(builtins_of(str));
  std::size_t from = 0;
  for (; at != kNotFound && times > 0; --times) {
    result.append(text(str).substr(from, at - from));
    result.append(replacement);
    from = at + old.bytes;
    at = detail::find_bytes(text(str), text(old), from);
  }
  result.append(text(str).substr(from));
  return result.finish();
}

Ref<Str> strip(const Str& str, Ends ends) {
  return detail::part_of(str, trimmed(text(str), ends, [](char32_t c) { return is_space(c); }));
}

Ref<Str> strip(const Str& str, const Str& characters, Ends ends) {
  return detail::part_of(str, trimmed(text(str), ends, [&](char32_t c) { return has_character(text(characters), c); }));
}

}  // namespace ouro
