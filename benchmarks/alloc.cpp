// Cases of the allocator that measure time: blocks of one size, and blocks of mixed sizes.
#include <fmt/core.h>

#include "alloc_patterns.h"
#include "alloc_sides.h"
#include "cases.h"

namespace bench {
namespace {

constexpr std::array<std::size_t, 5> kSizes{16, 32, 64, 128, 512};
constexpr std::size_t kDistantSize = 64;
constexpr std::size_t kFewInAPool = 512;  // the size whose bars allow for it

std::vector<Bar> pair_bars(std::size_t size) {
  if (size == kFewInAPool) return {best_peer_over(2)};
  return {best_peer_over(4), within_floor(1.3)};
}

std::vector<Bar> burst_bars(std::size_t size) {
  if (size == kFewInAPool) return {};
  return {best_peer_over(2.5), within_floor(1.15)};
}

void add_pairs(Cases& cases) {
  for (const std::size_t size : kSizes)
    cases.push_back(
        {fmt::format("alloc/pair/{}", size), "ns/pair", "allocate and free one block at a time beside a thousand live ones",
         allocator_sides([size](auto& heap, const Settings&) { return alloc_pairs(heap, size); }), pair_bars(size)});
}

void add_bursts(Cases& cases) {
  for (const std::size_t size : kSizes)
    cases.push_back({fmt::format("alloc/burst/{}", size), "ns/pair",
                     "allocate 64 blocks, then free them in the same order, beside a thousand live ones",
                     allocator_sides([size](auto& heap, const Settings&) { return alloc_bursts(heap, size); }),
                     burst_bars(size)});
}

void add_bulk(Cases& cases, const char* order_name, FreeOrder order, const char* order_text, double bar) {
  cases.push_back(
      {fmt::format("alloc/bulk/{}", order_name),
       "ns/pair",
       fmt::format("allocate a million blocks of 64 bytes, then free them {}; ouro with a reserve that covers the peak",
                   order_text),
       allocator_sides<WarmOuroHeap>([order](auto& heap, const Settings&) { return alloc_bulk(heap, order); }),
       {best_peer_over(bar)}});
}

void add_replace(Cases& cases, const char* count_name, std::size_t live, std::vector<Bar> bars) {
  cases.push_back({fmt::format("alloc/replace/{}", count_name), "ns/op",
                   fmt::format("replace one of {} blocks, picked at random, by another of 16 to 512 bytes", live),
                   allocator_sides([live](auto& heap, const Settings&) { return alloc_replace(heap, live); }),
                   std::move(bars)});
}

}  // namespace

void add_alloc_cases(Cases& cases) {
  add_pairs(cases);
  add_bursts(cases);
  add_bulk(cases, "order", FreeOrder::kAsAllocated, "in the same order", 1.1);
  add_bulk(cases, "reverse", FreeOrder::kReverse, "in reverse", 1.1);
  add_bulk(cases, "shuffled", FreeOrder::kShuffled, "in random order", 1.3);
  add_replace(cases, "2k", 2'000, {best_peer_over(1.4), peer_over("cpython", 3)});
  add_replace(cases, "100k", 100'000, {best_peer_over(1.1), peer_over("cpython", 1.3)});
  cases.push_back(
      {"alloc/outofline",
       "ns/pair",
       "alloc/pair/64 with ouro behind a function call, as a library would have it",
       allocator_sides<DistantOuroHeap>([](auto& heap, const Settings&) { return alloc_pairs(heap, kDistantSize); }),
       {peer_over("mimalloc", 1)}});
}

}  // namespace bench
