// Recording: a Python program runs in this process, and what it asks of CPython's object allocator is written down.
#pragma once

#include <string>
#include <string_view>

namespace bench {

/// True if this program embeds CPython.
[[nodiscard]] bool can_record_traces() noexcept;

/// Runs the program `name` of kTracePrograms over `document` and writes its trace to `path`. To be called in a process of
/// its own. Throws std::runtime_error if that cannot be done.
void record_trace(std::string_view name, const std::string& document, const std::string& path);

}  // namespace bench
