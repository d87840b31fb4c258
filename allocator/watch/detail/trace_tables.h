// What an allocation trace remembers: blocks by address, and sites, each once.
//
//   blocks   address -> bytes, site's number
//   sites    {calls, label, domain} -> site's number -> live and total blocks and bytes
//   labels   text, each once, for the text of a label may go before the trace does
//
// Boost's flat tables keep this at some 30 bytes a block. Includes Boost: for sources only.
#pragma once

#include <ouro/allocator/watch/allocation_snapshot.h>

#include <boost/container_hash/hash.hpp>
#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <functional>
#include <limits>
#include <new>
#include <set>
#include <utility>

namespace ouro::alloc::detail {

/// Counts what the tables take, and refuses what is above a limit.
struct TableBudget {
  std::size_t limit;
  std::size_t used = 0;
};

/// std::allocator with a budget.
template <class T>
struct TableAllocator {
  using value_type = T;

  explicit TableAllocator(TableBudget& of) noexcept : budget(&of) {}
  template <class U>
  TableAllocator(const TableAllocator<U>& other) noexcept : budget(other.budget) {}  // NOLINT: as allocators convert

  [[nodiscard]] T* allocate(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    if (bytes > budget->limit - std::min(budget->limit, budget->used)) throw std::bad_alloc();
    T* const memory = std::allocator<T>().allocate(count);
    budget->used += bytes;
    return memory;
  }
  void deallocate(T* memory, std::size_t count) noexcept {
    std::allocator<T>().deallocate(memory, count);
    budget->used -= count * sizeof(T);
  }
  template <class U>
  bool operator==(const TableAllocator<U>& other) const noexcept {
    return budget == other.budget;
  }

  TableBudget* budget;
};

/// A site as the tables know it. No label is null.
struct SiteKey {
  CallStack stack;
  const std::string* label;
  Domain domain;

  bool operator==(const SiteKey& other) const noexcept {
    return label == other.label && domain == other.domain && stack.depth == other.stack.depth &&
           std::equal(stack.frames.begin(), stack.frames.begin() + stack.depth, other.stack.frames.begin());
  }
};

struct SiteKeyHash {
  std::size_t operator()(const SiteKey& key) const noexcept {
    std::size_t seed = boost::hash_range(key.stack.frames.begin(), key.stack.frames.begin() + key.stack.depth);
    boost::hash_combine(seed, key.label);
    boost::hash_combine(seed, static_cast<unsigned>(key.domain));
    return seed;
  }
};

struct SiteCounts {
  std::size_t live_blocks, live_bytes, total_blocks, total_bytes;
};

struct BlockEntry {
  std::size_t bytes;
  std::uint32_t site;  ///< its number
};

template <class Key, class Value, class Hash = boost::hash<Key>>
using FlatMap = boost::unordered_flat_map<Key, Value, Hash, std::equal_to<Key>, TableAllocator<std::pair<const Key, Value>>>;

}  // namespace ouro::alloc::detail
