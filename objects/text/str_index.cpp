// How a str is indexed: positions in UTF-8, and the breadcrumbs that keep them cheap.
#include <ouro/objects/containers/slice.h>
#include <ouro/objects/text/detail/new_str.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str.h>
#include <ouro/objects/text/str_builder.h>

#include <cstring>

namespace ouro {

namespace {

/// So few code points from either end are skipped rather than that breadcrumbs are laid for them.
constexpr std::size_t kFewCodePoints = 64;

/// The breadcrumbs of a long text, laid if need be; null if there is no memory for them.
const detail::Crumbs* lay_crumbs(Str& str) noexcept {
  detail::Crumbs*& crumbs = detail::crumbs_of(str);
  if (crumbs != nullptr) return crumbs;
  const std::size_t bytes = detail::crumb_count(str.code_points) * sizeof(detail::Crumbs);
  auto* const made = static_cast<detail::Crumbs*>(heap_of(str).memory.allocate_buffer(bytes));
  if (made == nullptr) return nullptr;
  detail::build_crumbs(text(str), made);
  crumbs = made;
  str.flags |= kStorageFlag;
  return crumbs;
}

/// Where code point `index` of text that is not ASCII begins.
std::size_t offset_in_wide(Str& str, std::size_t index) noexcept {
  const std::string_view whole = text(str);
  if (str.has_crumbs()) {
    const detail::Crumbs* crumbs = detail::crumbs_of(str);
    if (crumbs != nullptr) return detail::offset_of_code_point(whole, crumbs, index);
    const std::size_t behind = str.code_points - index;
    if (behind <= kFewCodePoints) return detail::skip_from_end(whole, behind);
    if (index > kFewCodePoints && (crumbs = lay_crumbs(str)) != nullptr)
      return detail::offset_of_code_point(whole, crumbs, index);
  }
  return detail::skip_code_points(whole, 0, index);
}

/// The str of the character at `at`, whose bytes are all there.
Ref<Str> character_from(Builtins& builtins, const char* at) {
  const auto lead = static_cast<unsigned char>(*at);
  if (lead < 0x80) return Ref<Str>::adopt(&builtins.immortals->character(lead));
  if (lead < 0xC4) {  // up to U+00FF: law one-character
    const unsigned low = static_cast<unsigned char>(at[1]) & 0x3Fu;
    return Ref<Str>::adopt(&builtins.immortals->character(static_cast<unsigned char>((lead & 3u) << 6 | low)));
  }
  const std::size_t bytes = detail::sequence_length(*at);
  return detail::new_str(builtins, bytes, 1, [=](char* data) noexcept { std::memcpy(data, at, bytes); });
}

/// `str[first::step]` of `range.size` characters where step is not 1.
Ref<Str> stepped(const Str& str, const SliceRange& range) {
  StrBuilder result(builtins_of(str));
  for (std::size_t i = 0; i < range.size; ++i) {
    const std::size_t from = byte_offset(str, range.at(i));
    result.append(text(str).substr(from, detail::sequence_length(str.data()[from])));
  }
  return result.finish();
}

}  // namespace

std::size_t byte_offset(const Str& str, std::size_t index) noexcept {
  // Breadcrumbs do not change what the str is.
  return str.is_ascii() ? index : offset_in_wide(const_cast<Str&>(str), index);
}

Ref<Str> character_at(const Str& str, std::size_t index) {
  if (str.is_ascii()) return share(builtins_of(str).immortals->character(static_cast<unsigned char>(str.data()[index])));
  return character_from(builtins_of(str), str.data() + byte_offset(str, index));
}

Ref<Str> next_character(const Str& str, std::size_t& offset) {
  if (offset >= str.bytes) return {};
  const char* const at = str.data() + offset;
  Ref<Str> character = character_from(builtins_of(str), at);
  offset += detail::sequence_length(*at);
  return character;
}

Ref<Str> substring(const Str& str, std::size_t first, std::size_t last) {
  const std::size_t count = last - first;
  if (count == str.code_points) return exact_str(str);
  const std::size_t begin = byte_offset(str, first);
  const bool near = count <= kFewCodePoints && !str.is_ascii();
  const std::size_t end = near ? detail::skip_code_points(text(str), begin, count) : byte_offset(str, last);
  return detail::copy_str(builtins_of(str), text(str).substr(begin, end - begin), count);
}

Ref<Str> slice(const Str& str, const Slice& wanted) {
  const SliceRange range = resolve(wanted, str.code_points);
  if (range.size == 0) return Ref<Str>::adopt(&builtins_of(str).empty_str());
  if (range.step == 1) return substring(str, range.at(0), range.at(0) + range.size);
  return stepped(str, range);
}

}  // namespace ouro
