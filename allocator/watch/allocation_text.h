// Snapshots of an allocation trace for people and for programs: names of calls, lines in tracemalloc's manner, JSON.
//
// Names come from the dynamic linker: functions of shared libraries have one, those of a program if it exports them (link
// with -rdynamic, or CMake's ENABLE_EXPORTS), static functions never. What has no name is given as "program+0x1a2b", which
// addr2line reads. Everything here may throw std::bad_alloc.
#pragma once

#include <ouro/allocator/watch/allocation_snapshot.h>

namespace ouro::alloc {

/// The function that a frame is in, "make_entry(Cache&)", or the place if that has no name.
[[nodiscard]] std::string function_name(const void* frame);

/// The innermost frame of a function that has a name and is of neither namespace ouro nor std. Where the program's functions
/// have no names, the innermost frame beyond the last named one of ouro and std; null if there is no frame at all.
[[nodiscard]] const void* caller_of(const CallStack& stack);

/// What the blocks of a group share, in words: "make_entry(Cache&)+0x41 (program) [the label]", "the label", "objects".
[[nodiscard]] std::string group_name(const TraceSite& site, GroupBy by);

/// "parse(Text): size=4855 KiB, count=46530, average=107 B"
[[nodiscard]] std::string to_text(const Statistic& statistic);
/// "parse(Text): size=4855 KiB (+4855 KiB), count=46530 (+46530), average=107 B"
[[nodiscard]] std::string to_text(const Difference& difference);

/// {"current_bytes": n, "peak_bytes": n, "lost": n, "sites": [{"label": "...", "domain": "...", "frames": ["...", ...],
///  "live_blocks": n, "live_bytes": n, "total_blocks": n, "total_bytes": n}, ...]}, on one line, most live bytes first.
/// Labels are taken to be UTF-8.
[[nodiscard]] std::string to_json(const AllocationSnapshot& snapshot);

}  // namespace ouro::alloc
