// How bytes are made, compared, hashed and repeated (CPython: Objects/bytesobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/bytes/detail/byte_parts.h>
#include <ouro/objects/bytes/detail/new_bytes.h>
#include <ouro/objects/core/detail/make_derived.h>
#include <ouro/objects/text/detail/keyed_hash.h>
#include <ouro/objects/text/detail/new_str.h>
#include <ouro/objects/text/detail/text_repr.h>

#include <algorithm>
#include <limits>

namespace ouro {

namespace detail {

Ref<Bytes> make_derived_bytes(Type& type, std::string_view bytes) {
  return make_derived<Bytes>(type, Bytes::block_size(bytes.size()), [&](Bytes& made) noexcept {
    const auto fill = [&](char* to) noexcept { std::ranges::copy(bytes, to); };
    set_up_bytes(made, bytes.size(), fill);
  });
}

void write_repeated(std::string_view bytes, std::size_t size, char* to) noexcept {
  if (size == 0) return;
  std::memcpy(to, bytes.data(), bytes.size());
  // What is there already is copied again and again, so that short bytes cost few calls.
  for (std::size_t done = bytes.size(); done < size; done *= 2) std::memcpy(to + done, to, std::min(done, size - done));
}

void copy_steps(std::string_view bytes, const SliceRange& range, char* to) noexcept {
  for (std::size_t i = 0; i < range.size; ++i) to[i] = bytes[range.at(i)];
}

std::string short_text_of_bytes(std::string_view bytes) {
  constexpr std::size_t kMost = 40;
  const std::string_view part = bytes.substr(0, kMost);
  const ReprPlan plan = plan_bytes_repr(part);
  std::string shown(plan.size, '\0');
  write_bytes_repr(part, plan, shown.data());
  return part.size() == bytes.size() ? shown : shown + "...";
}

}  // namespace detail

Ref<Bytes> make_bytes(Builtins& builtins, std::string_view bytes) { return detail::copy_like<Bytes>(builtins, bytes); }

Ref<Bytes> exact_bytes(const Bytes& value) { return detail::part_like(value, view(value)); }

std::int64_t hash_of(const Bytes& bytes) noexcept {
  if (bytes.cached_hash == Bytes::kNoHash) {
    const Builtins& builtins = builtins_of(bytes);
    // The cache does not change what the bytes are.
    const_cast<Bytes&>(bytes).cached_hash =
        detail::hash_bytes({builtins.hash_key.first, builtins.hash_key.second}, view(bytes));
  }
  return bytes.cached_hash;
}

Ref<Bytes> concatenate(const Bytes& left, const Bytes& right) {
  if (right.size == 0) return exact_bytes(left);
  if (left.size == 0) return exact_bytes(right);
  return detail::new_bytes(builtins_of(left), left.size + right.size, [&](char* to) noexcept {
    std::memcpy(to, left.data(), left.size);
    std::memcpy(to + left.size, right.data(), right.size);
  });
}

Ref<Bytes> repeat(const Bytes& bytes, std::int64_t times) {
  if (times == 1) return exact_bytes(bytes);
  const std::size_t count = times > 0 ? static_cast<std::size_t>(times) : 0;
  if (bytes.size != 0 && count > std::numeric_limits<std::int64_t>::max() / bytes.size)
    raise(ErrorKind::kOverflowError, "repeated bytes are too long");
  const std::size_t size = bytes.size * count;
  return detail::new_bytes(builtins_of(bytes), size,
                           [&](char* to) noexcept { detail::write_repeated(view(bytes), size, to); });
}

Ref<Bytes> slice(const Bytes& bytes, const Slice& part) {
  const SliceRange range = resolve(part, bytes.size);
  if (range.step == 1 && range.size != 0) return detail::part_like(bytes, view(bytes).substr(range.at(0), range.size));
  return detail::new_bytes(builtins_of(bytes), range.size,
                           [&](char* to) noexcept { detail::copy_steps(view(bytes), range, to); });
}

Ref<Str> repr_of(const Bytes& bytes) {
  const detail::ReprPlan plan = detail::plan_bytes_repr(view(bytes));
  return detail::new_str(builtins_of(bytes), plan.size, plan.size,
                         [&](char* to) noexcept { detail::write_bytes_repr(view(bytes), plan, to); });
}

}  // namespace ouro
