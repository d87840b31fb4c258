// Cases of the allocator that measure memory, and whether it is held on to where that saves time.
#include "alloc_space.h"

#include "alloc_oscillate.h"
#include "alloc_sides.h"
#include "cases.h"
#include "object_side.h"

namespace bench {

namespace {

/// MiB that are left of a million lists, dropped, when memory was trimmed.
constexpr auto after_trim = [](ObjectSide auto& side, const Settings&) {
  using Handle = typename std::remove_reference_t<decltype(side)>::Handle;
  std::vector<Handle> lists(1'000'000);
  const Growth growth;
  for (Handle& list : lists) list = side.list();
  for (Handle& list : lists) list = {};
  side.trim();
  return growth.bytes() / (1 << 20);
};

}  // namespace

// The floor is left out: it gives nothing back.
void add_alloc_space_cases(Cases& cases) {
  cases.push_back({"alloc/space/peak_overhead",
                   "ratio",
                   "two million blocks of 16 to 512 bytes: growth of resident memory over the bytes asked for",
                   allocator_peers<OuroHeap>([](auto& heap, const Settings&) { return space_peak_overhead(heap); }),
                   {at_most(1.075)}});
  cases.push_back({"alloc/space/random95_trim",
                   "ratio",
                   "the same, a random 95 % freed and the allocator's own trim called: growth over growth at the peak",
                   allocator_peers<OuroHeap>([](auto& heap, const Settings&) { return space_random95_trim(heap); }),
                   {at_most(0.55)}});
  cases.push_back(
      {"alloc/space/churn_trim",
       "ratio",
       "a million blocks, 15 random replacements for each free down to 100 thousand, trim: growth over live bytes",
       allocator_peers<OuroHeap>([](auto& heap, const Settings&) { return space_churn_trim(heap); }),
       {at_most(1.3)}});
  cases.push_back({"alloc/space/free_all",
                   "MiB",
                   "two million blocks, all freed in random order, trim: growth",
                   allocator_peers<OuroHeap>([](auto& heap, const Settings&) { return space_free_all(heap); }),
                   {at_most(2)}});
  cases.push_back({"alloc/space/after_trim_1M",
                   "MiB",
                   "a million lists, all dropped, trim: growth of resident memory",
                   object_sides(after_trim),
                   {peer_over("cpython", 1)}});
  cases.push_back(
      {"alloc/oscillate",
       "ratio",
       "waves of 256 blocks of 64 bytes at 512 positions, 128 blocks apart, in 15 sweeps: the dearest position over the "
       "median one, each the median of its sweeps; ouro must take and return no arena",
       allocator_peers<OuroHeap>([](auto& heap, const Settings&) { return Oscillation(heap).worst_over_median(); }),
       {at_most(1.5)}});
}

}  // namespace bench
