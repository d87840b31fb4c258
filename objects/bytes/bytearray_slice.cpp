// Parts of a bytearray (CPython: bytearray_subscript, bytearray_ass_subscript).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/bytearray.h>
#include <ouro/objects/bytes/detail/byte_parts.h>
#include <ouro/objects/bytes/detail/new_bytes.h>

#include <fmt/format.h>

#include <cstring>

namespace ouro {

namespace {

/// The same positions, counted upwards.
SliceRange upwards(const SliceRange& range) noexcept {
  if (range.step > 0 || range.size == 0) return range;
  return {static_cast<std::int64_t>(range.at(range.size - 1)), -range.step, range.size};
}

}  // namespace

Ref<ByteArray> ByteArray::slice(const Slice& part) const {
  const SliceRange range = resolve(part, size);
  if (range.step == 1)
    return make_bytearray(builtins_of(*this), view().substr(range.size != 0 ? range.at(0) : 0, range.size));
  return detail::new_bytearray(builtins_of(*this), range.size,
                               [&](char* to) noexcept { detail::copy_steps(view(), range, to); });
}

void ByteArray::set_slice(const Slice& part, std::string_view bytes) {
  const SliceRange range = resolve(part, size);
  if (range.step == 1) return replace_run(static_cast<std::size_t>(range.first), range.size, bytes);
  if (bytes.size() != range.size) {
    if (bytes.empty()) return erase_slice(part);
    raise(ErrorKind::kValueError,
          fmt::format("attempt to assign bytes of size {} to extended slice of size {}", bytes.size(), range.size));
  }
  for (std::size_t i = 0; i < range.size; ++i) first[range.at(i)] = bytes[i];
}

void ByteArray::erase_slice(const Slice& part) {
  const SliceRange range = upwards(resolve(part, size));
  if (range.size == 0) return;
  if (range.step == 1) return replace_run(range.at(0), range.size, {});
  if (exports != 0) return replace_run(0, 1, {});  // says why not
  std::size_t write = range.at(0);
  for (std::size_t i = 0; i < range.size; ++i) {
    const std::size_t next = i + 1 < range.size ? range.at(i + 1) : size;
    const std::size_t kept = next - range.at(i) - 1;
    std::memmove(first + write, first + range.at(i) + 1, kept);
    write += kept;
  }
  resize(write);
}

}  // namespace ouro
