// Parts of a bytearray (CPython: bytearray_subscript, bytearray_ass_subscript).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/bytearray.h>
#include <ouro/objects/bytes/detail/byte_parts.h>
#include <ouro/objects/bytes/detail/new_bytes.h>
#include <ouro/objects/containers/detail/slice_positions.h>

#include <fmt/format.h>

#include <cstring>

namespace ouro {

Ref<ByteArray> ByteArray::slice(const Slice& part) const {
  const SliceRange range = resolve(part, size);
  if (range.step == 1)
    return make_bytearray(builtins_of(*this), view().substr(range.size != 0 ? range.at(0) : 0, range.size));
  return detail::new_bytearray(builtins_of(*this), range.size,
                               [&](char* to) noexcept { detail::copy_steps(view(), range, to); });
}

void ByteArray::set_slice(const Slice& part, std::string_view bytes) {
  const SliceRange range = resolve(part, size);
  // What is moved while it is copied is copied before.
  if (!bytes.empty() && is_own(bytes)) return set_slice(part, ouro::view(*make_bytes(builtins_of(*this), bytes)));
  if (range.step == 1) return replace_run(static_cast<std::size_t>(range.first), range.size, bytes);
  if (bytes.size() != range.size) {
    if (bytes.empty()) return erase_slice(part);
    raise(ErrorKind::kValueError,
          fmt::format("attempt to assign bytes of size {} to extended slice of size {}", bytes.size(), range.size));
  }
  for (std::size_t i = 0; i < range.size; ++i) first[range.at(i)] = bytes[i];
}

void ByteArray::erase_slice(const Slice& part) {
  const SliceRange range = detail::upwards(resolve(part, size));
  if (range.size == 0) return;
  if (range.step == 1) return replace_run(range.at(0), range.size, {});
  expect_no_exports();
  const std::size_t left = detail::take_positions(
      range, size, [](std::size_t) noexcept {},
      [this](std::size_t to, std::size_t from, std::size_t count) noexcept {
        std::memmove(first + to, first + from, count);
      });
  resize(left);
}

}  // namespace ouro
