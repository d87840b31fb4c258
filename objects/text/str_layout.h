// The layout of Str; see str.h for what it means. Apart, because the immortal objects contain strings.
#pragma once

#include <ouro/base/bits.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/object.h>

#include <cstddef>
#include <cstdint>

namespace ouro {

/// The object of a str. The text follows, then a zero byte.
struct Str : Object {
  static constexpr Kind kKind = Kind::kStr;
  static constexpr Home kHome = Home::kAtoms;
  /// Set if the runtime's table of interned strings has this one.
  static constexpr std::uint32_t kInternedFlag = kFirstTypeFlag;
  /// What `cached_hash` says before the hash is computed; no str hashes to it.
  static constexpr std::int64_t kNoHash = -1;
  /// Non-ASCII text with more code points than this has breadcrumbs; shorter text is skipped through.
  static constexpr std::uint32_t kCrumbsAbove = 128;
  /// The longest text, in bytes.
  static constexpr std::size_t kMaxBytes = 0x7FFF'FFFF;

  std::int64_t cached_hash;
  std::uint32_t bytes;
  std::uint32_t code_points;

  [[nodiscard]] const char* data() const noexcept { return reinterpret_cast<const char*>(this + 1); }
  [[nodiscard]] char* data() noexcept { return reinterpret_cast<char*>(this + 1); }
  [[nodiscard]] bool is_ascii() const noexcept { return bytes == code_points; }
  [[nodiscard]] bool is_interned() const noexcept { return (flags & kInternedFlag) != 0; }
  [[nodiscard]] bool has_crumbs() const noexcept { return !is_ascii() && code_points > kCrumbsAbove; }

  /// Bytes of an object with `bytes` of text, without and with the pointer to its breadcrumbs.
  [[nodiscard]] static constexpr std::size_t plain_size(std::size_t bytes) noexcept;
  [[nodiscard]] static constexpr std::size_t size_with_crumbs(std::size_t bytes) noexcept;
};
static_assert(sizeof(Str) == 32);

constexpr std::size_t Str::plain_size(std::size_t bytes) noexcept { return sizeof(Str) + bytes + 1; }
constexpr std::size_t Str::size_with_crumbs(std::size_t bytes) noexcept {
  return align_up(plain_size(bytes), sizeof(void*)) + sizeof(void*);
}

}  // namespace ouro
