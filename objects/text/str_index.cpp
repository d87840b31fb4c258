// How a str is indexed: positions in UTF-8, and the breadcrumbs that keep them cheap.
#include <ouro/objects/containers/slice.h>
#include <ouro/objects/text/detail/new_str.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str.h>
#include <ouro/objects/text/str_builder.h>

namespace ouro {

namespace {

/// The breadcrumbs of a long text, laid if need be; null if there is no memory for them.
const std::uint32_t* lay_crumbs(Str& str) noexcept {
  std::uint32_t*& crumbs = detail::crumbs_of(str);
  if (crumbs != nullptr) return crumbs;
  const std::size_t bytes = detail::crumb_count(str.code_points) * sizeof(std::uint32_t);
  auto* const made = static_cast<std::uint32_t*>(heap_of(str).memory.allocate_buffer(bytes));
  if (made == nullptr) return nullptr;
  detail::build_crumbs(text(str), made);
  crumbs = made;
  str.flags |= kStorageFlag;
  return crumbs;
}

/// The str of the code points in `range`, of which there are `count`.
Ref<Str> part(const Str& str, detail::ByteRange range, std::size_t count) {
  return detail::copy_str(builtins_of(str), text(str).substr(range.offset, range.length), count);
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
  if (str.is_ascii()) return index;
  if (str.has_crumbs()) {
    // Breadcrumbs do not change what the str is.
    if (const std::uint32_t* const crumbs = lay_crumbs(const_cast<Str&>(str)))
      return detail::offset_of_code_point(text(str), crumbs, index);
  }
  return detail::skip_code_points(text(str), 0, index);
}

Ref<Str> character_at(const Str& str, std::size_t index) {
  std::size_t offset = byte_offset(str, index);
  return next_character(str, offset);
}

Ref<Str> next_character(const Str& str, std::size_t& offset) {
  if (offset >= str.bytes) return {};
  const char* at = str.data() + offset;
  const std::size_t bytes = detail::sequence_length(*at);
  Ref<Str> character = detail::copy_str(builtins_of(str), {at, bytes}, 1);
  offset += bytes;
  return character;
}

Ref<Str> substring(const Str& str, std::size_t first, std::size_t last) {
  const std::size_t count = last - first;
  if (count == str.code_points) return exact_str(str);
  const std::size_t begin = byte_offset(str, first);
  const bool near = count < detail::kCrumbSpacing;
  const std::size_t end =
      near && !str.is_ascii() ? detail::skip_code_points(text(str), begin, count) : byte_offset(str, last);
  return part(str, {begin, end - begin}, count);
}

Ref<Str> slice(const Str& str, const Slice& wanted) {
  const SliceRange range = resolve(wanted, str.code_points);
  if (range.size == 0) return Ref<Str>::adopt(&builtins_of(str).empty_str());
  if (range.step == 1) return substring(str, range.at(0), range.at(0) + range.size);
  return stepped(str, range);
}

}  // namespace ouro
