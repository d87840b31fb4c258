// The names of the fields of the statistics: what to_json writes, in this order, and what docs/statistics.md explains.
//
// Every field is a std::size_t, so that the size of a struct tells how many there are: one without a name does not compile.
#pragma once

#include <ouro/allocator/allocator.h>

#include <array>

namespace ouro::alloc::detail {

/// A number in a struct, and what it is called.
template <class S>
struct Field {
  const char* name;
  std::size_t S::*value;
};

inline constexpr std::array kClassFields{
    Field<ClassStats>{"block_bytes", &ClassStats::block_bytes}, Field<ClassStats>{"pools", &ClassStats::pools},
    Field<ClassStats>{"allocated", &ClassStats::allocated},     Field<ClassStats>{"free", &ClassStats::free},
    Field<ClassStats>{"cached", &ClassStats::cached},           Field<ClassStats>{"untouched", &ClassStats::untouched},
    Field<ClassStats>{"waste_bytes", &ClassStats::waste_bytes},
};
static_assert(sizeof(ClassStats) == kClassFields.size() * sizeof(std::size_t), "a field has no name");

/// Those of a space but for its two tables, `classes` and `arenas_by_pools_taken`.
inline constexpr std::array kSpaceFields{
    Field<SpaceStats>{"pool_bytes", &SpaceStats::pool_bytes},
    Field<SpaceStats>{"arena_bytes", &SpaceStats::arena_bytes},
    Field<SpaceStats>{"arenas_in_use", &SpaceStats::arenas_in_use},
    Field<SpaceStats>{"arenas_in_reserve", &SpaceStats::arenas_in_reserve},
    Field<SpaceStats>{"arenas_peak", &SpaceStats::arenas_peak},
    Field<SpaceStats>{"arenas_obtained", &SpaceStats::arenas_obtained},
    Field<SpaceStats>{"arenas_returned", &SpaceStats::arenas_returned},
    Field<SpaceStats>{"pools_used", &SpaceStats::pools_used},
    Field<SpaceStats>{"pools_full", &SpaceStats::pools_full},
    Field<SpaceStats>{"pools_empty", &SpaceStats::pools_empty},
    Field<SpaceStats>{"runs", &SpaceStats::runs},
    Field<SpaceStats>{"run_bytes", &SpaceStats::run_bytes},
    Field<SpaceStats>{"large_run_bytes", &SpaceStats::large_run_bytes},
    Field<SpaceStats>{"allocated_blocks", &SpaceStats::allocated_blocks},
    Field<SpaceStats>{"allocated_bytes", &SpaceStats::allocated_bytes},
    Field<SpaceStats>{"cached_bytes", &SpaceStats::cached_bytes},
    Field<SpaceStats>{"retained_bytes", &SpaceStats::retained_bytes},
    Field<SpaceStats>{"purged_bytes", &SpaceStats::purged_bytes},
    Field<SpaceStats>{"peak_bytes", &SpaceStats::peak_bytes},
    Field<SpaceStats>{"obtained_bytes", &SpaceStats::obtained_bytes},
    Field<SpaceStats>{"reserved_bytes", &SpaceStats::reserved_bytes},
};
static_assert(sizeof(SpaceStats) == sizeof(SpaceStats::classes) + sizeof(SpaceStats::arenas_by_pools_taken) +
                                        kSpaceFields.size() * sizeof(std::size_t),
              "a field has no name");

inline constexpr std::array kRawFields{
    Field<RawStats>{"live_blocks", &RawStats::live_blocks}, Field<RawStats>{"live_bytes", &RawStats::live_bytes},
    Field<RawStats>{"peak_bytes", &RawStats::peak_bytes},   Field<RawStats>{"total_blocks", &RawStats::total_blocks},
    Field<RawStats>{"total_bytes", &RawStats::total_bytes},
};
static_assert(sizeof(RawStats) == kRawFields.size() * sizeof(std::size_t), "a field has no name");

inline constexpr std::array kDomainFields{
    Field<DomainStats>{"live_blocks", &DomainStats::live_blocks}, Field<DomainStats>{"live_bytes", &DomainStats::live_bytes},
    Field<DomainStats>{"held_bytes", &DomainStats::held_bytes},   Field<DomainStats>{"peak_bytes", &DomainStats::peak_bytes},
    Field<DomainStats>{"total_bytes", &DomainStats::total_bytes},
};
static_assert(sizeof(DomainStats) == kDomainFields.size() * sizeof(std::size_t), "a field has no name");

inline constexpr std::array kBudgetFields{
    Field<AllocatorStats>{"budget_used", &AllocatorStats::budget_used},
    Field<AllocatorStats>{"budget_peak", &AllocatorStats::budget_peak},
    Field<AllocatorStats>{"budget_limit", &AllocatorStats::budget_limit},
};
static_assert(sizeof(AllocatorStats) == 3 * sizeof(SpaceStats) + sizeof(RawStats) + 3 * sizeof(DomainStats) +
                                            kBudgetFields.size() * sizeof(std::size_t),
              "a field has no name");

}  // namespace ouro::alloc::detail
