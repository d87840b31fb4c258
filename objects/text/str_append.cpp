// Appending in place (CPython: PyUnicode_Append in Objects/unicodeobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/text/detail/new_str.h>
#include <ouro/objects/text/detail/str_room.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str_append.h>

namespace ouro {

namespace {

/// True if nobody but the one handle can tell that the str changes.
bool is_unseen(const Str& str) noexcept {
  return str.refcount == 1 && (str.flags & detail::kRoomyFlag) != 0 && !str.is_interned();
}

void grow_in_place(Str& str, const char* tail, std::size_t bytes, std::size_t code_points) noexcept {
  detail::free_crumbs(str);  // it is about to have others
  str.flags &= ~kStorageFlag;
  std::memmove(str.data() + str.bytes, tail, bytes);
  str.bytes += static_cast<std::uint32_t>(bytes);
  str.code_points += static_cast<std::uint32_t>(code_points);
  str.data()[str.bytes] = '\0';
  str.cached_hash = Str::kNoHash;
  if (str.has_crumbs()) detail::crumbs_of(str) = nullptr;
}

/// `left + right` with room for more.
Ref<Str> joined_with_room(const Str& left, const Str& right) {
  const std::size_t bytes = std::size_t{left.bytes} + right.bytes;
  const std::size_t code_points = std::size_t{left.code_points} + right.code_points;
  if (bytes > Str::kMaxBytes) detail::raise_str_too_long();
  const std::size_t size = detail::roomy_size(detail::exact_size(bytes, code_points));
  return make<Str>(builtins_of(left).type(Kind::kStr), size, [&](Str& made) noexcept {
    const auto fill = [&](char* data) noexcept {
      std::memcpy(data, left.data(), left.bytes);
      std::memcpy(data + left.bytes, right.data(), right.bytes);
    };
    detail::set_up_str(made, bytes, code_points, fill);
    made.flags |= detail::kRoomyFlag;
    if (made.has_crumbs()) detail::crumbs_of(made) = nullptr;
  });
}

}  // namespace

void append(Ref<Str>& str, const Str& tail) {
  if (tail.bytes == 0) return;
  if (str->bytes == 0 || !is_exact<Str>(*str)) {
    str = concatenate(*str, tail);
    return;
  }
  const std::size_t bytes = std::size_t{str->bytes} + tail.bytes;
  const std::size_t needed = detail::exact_size(bytes, std::size_t{str->code_points} + tail.code_points);
  if (bytes <= Str::kMaxBytes && is_unseen(*str) && detail::roomy_size(needed) == detail::block_size(*str)) {
    grow_in_place(*str, tail.data(), tail.bytes, tail.code_points);
  } else {
    str = joined_with_room(*str, tail);
  }
}

bool append_if_str(Ref<>& left, const Object& right) {
  if (!is_exact<Str>(right) || !is_exact<Str>(*left)) return false;
  Ref<Str> str = static_ref_cast<Str>(std::move(left));
  try {
    append(str, static_cast<const Str&>(right));
  } catch (...) {
    left = std::move(str);
    throw;
  }
  left = std::move(str);
  return true;
}

}  // namespace ouro
