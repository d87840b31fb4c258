// Parts of a str, as its methods give them.
#pragma once

#include <ouro/objects/containers/list.h>
#include <ouro/objects/text/detail/new_str.h>
#include <ouro/objects/text/str.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace ouro::detail {

/// A part of the text of `whole` as a str; all of it is `whole` itself. Throws MemoryError.
[[nodiscard]] inline Ref<Str> part_of(const Str& whole, std::string_view part) {
  if (part.size() == whole.bytes) return exact_str(whole);
  if (whole.is_ascii()) return copy_str(builtins_of(whole), part, part.size());
  return make_str_unchecked(builtins_of(whole), part);
}

/// Appends a part of the text of `whole`. Throws MemoryError.
inline void append_part(List& list, const Str& whole, std::string_view part) { list.append(Ref<>(part_of(whole, part))); }

/// How often at most something is done; a negative limit is none.
[[nodiscard]] inline std::size_t limit_of(std::int64_t limit) noexcept {
  return limit < 0 ? std::numeric_limits<std::size_t>::max() : static_cast<std::size_t>(limit);
}

}  // namespace ouro::detail
