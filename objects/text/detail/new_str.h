// new_str: the one place where a str object is made.
#pragma once

#include <ouro/objects/core/immortals.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str.h>

#include <cstddef>
#include <cstring>

namespace ouro::detail {

/// OverflowError "string is too long".
[[noreturn, gnu::cold]] void raise_str_too_long();

/// Where a str with crumbs keeps the pointer to them: null until the first index asks.
[[nodiscard]] inline Crumbs*& crumbs_of(Str& str) noexcept {
  std::byte* const start = reinterpret_cast<std::byte*>(&str);
  return *reinterpret_cast<Crumbs**>(start + Str::size_with_crumbs(str.bytes) - sizeof(void*));
}
/// Gives the breadcrumbs of a str back, if it has laid them.
inline void free_crumbs(Str& str) noexcept {
  if (!str.has_crumbs()) return;
  Crumbs*& crumbs = crumbs_of(str);
  if (crumbs != nullptr) heap_of(str).memory.free_buffer(crumbs, crumb_count(str.code_points) * sizeof(Crumbs));
  crumbs = nullptr;
}

/// Fills a new str in, its crumbs apart.
template <class Fill>
inline void set_up_str(Str& made, std::size_t bytes, std::size_t code_points, Fill& fill) noexcept {
  made.cached_hash = Str::kNoHash;
  made.bytes = static_cast<std::uint32_t>(bytes);
  made.code_points = static_cast<std::uint32_t>(code_points);
  fill(made.data());
  made.data()[bytes] = '\0';
}

/// A str of `bytes` bytes that hold `code_points` code points, written by `fill(char*)`, which must not throw. Not for ''
/// and the characters up to U+00FF, which exist already (law one-character).
template <class Fill>
[[nodiscard]] inline Ref<Str> new_str(Builtins& builtins, std::size_t bytes, std::size_t code_points, Fill&& fill) {
  if (bytes > Str::kMaxBytes) [[unlikely]]
    raise_str_too_long();
  const bool crumbs = code_points != bytes && code_points > Str::kCrumbsAbove;
  const std::size_t size = crumbs ? Str::size_with_crumbs(bytes) : Str::plain_size(bytes);
  return make<Str>(builtins.immortals->type(Kind::kStr), size, [&](Str& made) noexcept {
    set_up_str(made, bytes, code_points, fill);
    if (crumbs) crumbs_of(made) = nullptr;
  });
}

/// A str of a class that derives from str. The caller holds `value`. Throws MemoryError.
[[nodiscard]] Ref<Str> make_derived_str(Type& type, const Str& value);

/// The str of valid UTF-8 whose code points are known.
[[nodiscard]] Ref<Str> copy_str(Builtins& builtins, std::string_view text, std::size_t code_points);

}  // namespace ouro::detail
