// The document: JSON as a flat array of events, parsed once before anything is timed.
//
//   {"a": [1, "x"]}   ->   Dict 1 | key a, List 2 | Int 1 | Text "x"
//
// A container's event says how many members follow; a dict's member carries the number of its key. Building from events
// costs a sequential read of 16 bytes a value, the same for every object system.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

enum class EventKind : std::uint8_t { kNull, kFalse, kTrue, kInt, kFloat, kText, kList, kDict };

/// One value. The key is meaningful for members of a dict only.
struct Event {
  struct Span {
    std::uint32_t offset;
    std::uint32_t length;
  };

  EventKind kind;
  std::uint32_t key;
  union {
    std::int64_t integer;
    double real;
    Span text;            ///< in Document::texts
    std::uint64_t count;  ///< members of a list or dict, which follow
  };
};
static_assert(sizeof(Event) == 16);

/// A parsed JSON file.
struct Document {
  std::vector<Event> events;      ///< the root first; as many as the document has values (nodes)
  std::vector<std::string> keys;  ///< the distinct keys, by number
  std::string texts;              ///< all str values, end to end
  std::size_t containers = 0;     ///< how many of the events are lists and dicts

  [[nodiscard]] std::size_t nodes() const noexcept { return events.size(); }
  [[nodiscard]] std::string_view text(const Event& event) const noexcept {
    return std::string_view(texts).substr(event.text.offset, event.text.length);
  }
};

/// Reads and parses `path`. Throws std::runtime_error if it cannot be read or is not JSON.
[[nodiscard]] Document load_document(const std::string& path);

}  // namespace bench
