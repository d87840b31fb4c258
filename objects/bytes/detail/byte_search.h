// Searching in bytes and bytearrays: find, index, count, startswith, `in`. The arguments are asked first, then the bytes are
// looked at: asking may run code that changes them.
#pragma once

#include <ouro/objects/bytes/buffer.h>
#include <ouro/objects/bytes/detail/byte_text.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace ouro::detail {

/// What is looked for: bytes, or one byte as a number.
class SoughtBytes {
 public:
  /// TypeError "argument should be integer or bytes-like object, not 'str'"; ValueError "byte must be in range(0, 256)".
  explicit SoughtBytes(Object& given);
  [[nodiscard]] std::string_view view() const noexcept { return buffer_ ? buffer_->view() : std::string_view(&byte_, 1); }

 private:
  std::optional<Buffer> buffer_;
  char byte_ = 0;
};

/// Where a search is to begin and end: whole numbers, None, or nothing.
struct SearchBounds {
  SearchBounds(Object* from, Object* to);
  std::int64_t start;
  std::int64_t stop;
};

enum class SearchFrom : std::uint8_t { kFront, kBack };

/// -1 if it is not there.
[[nodiscard]] std::int64_t find_in(std::string_view text, std::string_view part, const SearchBounds& bounds,
                                   SearchFrom from) noexcept;
[[nodiscard]] std::int64_t count_in(std::string_view text, std::string_view part, const SearchBounds& bounds) noexcept;

/// `find`, `rfind`; `index` and `rindex` if `must_be_there`: ValueError "subsection not found".
template <class B>
[[nodiscard]] std::int64_t find_argument(const B& self, Object& sub, Object* start, Object* end, SearchFrom from,
                                         bool must_be_there) {
  const SearchBounds bounds(start, end);
  const SoughtBytes sought(sub);
  const std::int64_t found = find_in(view(self), sought.view(), bounds, from);
  if (found < 0 && must_be_there) raise(ErrorKind::kValueError, "subsection not found");
  return found;
}

template <class B>
[[nodiscard]] std::int64_t count_argument(const B& self, Object& sub, Object* start, Object* end) {
  const SearchBounds bounds(start, end);
  const SoughtBytes sought(sub);
  return count_in(view(self), sought.view(), bounds);
}

/// Which end `startswith` and `endswith` look at.
[[nodiscard]] bool has_affix(std::string_view text, std::string_view affix, const SearchBounds& bounds, Ends end) noexcept;
/// The affixes one by one, each as a Buffer, until `matches(view)`. TypeError "startswith first arg must be bytes or a tuple
/// of bytes, not str".
using AffixMatch = bool (*)(const Object& self, std::string_view affix, const SearchBounds& bounds);
[[nodiscard]] bool any_affix(const Object& self, Object& affix, const SearchBounds& bounds, std::string_view name,
                             AffixMatch matches);

template <class B, Ends kEnd>
[[nodiscard]] bool affix_argument(const B& self, Object& affix, Object* start, Object* end) {
  const SearchBounds bounds(start, end);
  const std::string_view name = kEnd == Ends::kLeft ? "startswith" : "endswith";
  return any_affix(self, affix, bounds, name, [](const Object& owner, std::string_view part, const SearchBounds& where) {
    return has_affix(view(static_cast<const B&>(owner)), part, where, kEnd);
  });
}

/// What `value in bytes` looks for: a number, else bytes. TypeError "a bytes-like object is required, not 'str'".
class SoughtMember {
 public:
  explicit SoughtMember(Object& given);
  [[nodiscard]] bool is_in(std::string_view text) const noexcept;

 private:
  std::optional<Buffer> buffer_;
  char byte_ = 0;
};

}  // namespace ouro::detail
