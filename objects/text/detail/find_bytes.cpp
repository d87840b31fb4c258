// Finds the first and the last place of a piece of text.
#include <ouro/objects/text/detail/find_bytes.h>

#include <cstring>

namespace ouro::detail {

std::size_t find_bytes(std::string_view text, std::string_view part, std::size_t from) noexcept {
  if (from > text.size() || part.size() > text.size() - from) return std::string_view::npos;
  if (part.empty()) return from;
  const char* const start = text.data() + from;
  const void* const found = part.size() == 1 ? std::memchr(start, part[0], text.size() - from)
                                             : memmem(start, text.size() - from, part.data(), part.size());
  return found == nullptr ? std::string_view::npos : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

std::size_t find_last_bytes(std::string_view text, std::string_view part) noexcept { return text.rfind(part); }

}  // namespace ouro::detail
