// Tracking: which containers the collector watches, and how old they are.
//
// The marks lie beside the heap, one bit per 32 bytes of the container space, so that a collection leaves the pages of the
// objects it examines clean:
//
//   tracked   the collector knows the object
//   young     generation 0: the object's granule stands in the young log
//   middle    generation 1: the object's granule stands in the middle log
//   (neither) generation 2, the old generation, which has no list: it is walked in address order
//
// The logs make a young collection cost as much as there are young objects, whatever the size of the heap. An object that
// dies young leaves its entry behind, which is cheaper than finding it; the next collection or compaction drops it.
//
// Laws
//   one-granule: containers are at least 32 bytes long, so no two begin in the same granule.
//   log-once: a granule stands in a log exactly if its bit is set, and at most once; the younger log counts.
//   never-fails: tracking needs no memory that it cannot do without. If a log cannot grow the object starts old.
#pragma once

#include <ouro/allocator/allocator.h>
#include <ouro/allocator/side_table.h>
#include <ouro/objects/model/object.h>
#include <ouro/runtime/base/assert.h>

#include <cstdint>
#include <span>

namespace ouro {

/// Bits beside the container space, one per granule.
class GranuleBits {
 public:
  /// All clear. Empty (false when tested) if the system refuses the addresses.
  explicit GranuleBits(std::size_t granules) noexcept : words_((granules + 63) / 64) {}
  [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(words_); }
  [[nodiscard]] bool test(std::size_t granule) const noexcept { return (words_[granule >> 6] >> (granule & 63)) & 1; }
  void set(std::size_t granule) noexcept { words_[granule >> 6] |= std::uint64_t{1} << (granule & 63); }
  void clear(std::size_t granule) noexcept { words_[granule >> 6] &= ~(std::uint64_t{1} << (granule & 63)); }
  /// Sets the bit and says whether it was clear.
  bool test_and_set(std::size_t granule) noexcept {
    std::uint64_t& word = words_[granule >> 6];
    const std::uint64_t bit = std::uint64_t{1} << (granule & 63);
    const bool was_clear = (word & bit) == 0;
    word |= bit;
    return was_clear;
  }
  /// The 64 bits that begin at granule `64 * index`.
  [[nodiscard]] std::uint64_t word(std::size_t index) const noexcept { return words_[index]; }

 private:
  alloc::SideTable<std::uint64_t> words_;
};

/// A growing array of granules. Growing may fail; nothing else can.
class GranuleLog {
 public:
  GranuleLog() = default;
  GranuleLog(const GranuleLog&) = delete;
  GranuleLog& operator=(const GranuleLog&) = delete;
  ~GranuleLog();

  /// False if there was no room and no memory to make any.
  [[nodiscard]] bool append(std::uint32_t granule) noexcept {
    if (size_ == capacity_ && !grow()) [[unlikely]]
      return false;
    entries_[size_++] = granule;
    return true;
  }
  [[nodiscard]] std::span<const std::uint32_t> entries() const noexcept { return {entries_, size_}; }
  [[nodiscard]] bool full() const noexcept { return size_ == capacity_; }
  void clear() noexcept { size_ = 0; }
  void truncate(std::size_t size) noexcept { size_ = size; }
  [[nodiscard]] std::uint32_t& at(std::size_t index) noexcept { return entries_[index]; }
  void swap(GranuleLog& other) noexcept;
  /// Doubles the room. False if there was no memory; the log is unchanged then.
  bool grow() noexcept;

 private:
  std::uint32_t* entries_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

/// The collector's marks of one runtime's containers. All calls take constant time unless said otherwise.
class Tracking {
 public:
  /// Bytes of the container space that share one mark.
  static constexpr std::size_t kGranule = 32;
  static constexpr int kGenerations = 3;

  explicit Tracking(const alloc::Space& containers);

  /// False if the system refused the addresses of the marks.
  [[nodiscard]] bool valid() const noexcept { return tracked_ && young_ && middle_; }

  /// Where `object`, which must lie in the container space, has its marks.
  [[nodiscard]] std::size_t granule_of(const Object& object) const noexcept {
    return (address_of(&object) - base_) / kGranule;
  }
  /// The object that begins in a granule. One must.
  [[nodiscard]] Object& object_at(std::size_t granule) const noexcept {
    return *reinterpret_cast<Object*>(containers_.block_at(reinterpret_cast<std::byte*>(base_ + granule * kGranule)));
  }

  /// False also for objects outside the container space.
  [[nodiscard]] bool is_tracked(const Object& object) const noexcept {
    return containers_.contains(&object) && tracked_.test(granule_of(object));
  }
  /// Makes a finished container visible to the collector, in generation 0. Nothing happens if it is already.
  void track(Object& object) noexcept {
    const std::size_t granule = granule_of(object);
    if (!tracked_.test_and_set(granule)) return;
    if (young_.test_and_set(granule)) log_young(granule);
  }
  /// The same for an object that is not tracked.
  void track_new(Object& object) noexcept {
    const std::size_t granule = granule_of(object);
    OURO_ASSERT_INTERNAL(!tracked_.test(granule), "built-then-tracked");
    tracked_.set(granule);
    if (young_.test(granule)) [[likely]]
      return;
    young_.set(granule);
    log_young(granule);
  }
  /// Makes a container invisible to the collector.
  void untrack(const Object& object) noexcept { tracked_.clear(granule_of(object)); }

  /// 0, 1 or 2. Only for tracked objects.
  [[nodiscard]] int generation_of(const Object& object) const noexcept;

  /// Takes the log of generation 0 or 1 out, its bits cleared and entries of dead objects dropped. Linear in the log.
  void take_log(int generation, GranuleLog& into) noexcept;
  /// Puts a tracked object that is in no log into `generation`.
  void promote(std::size_t granule, int generation) noexcept;

  [[nodiscard]] const alloc::Space& containers() const noexcept { return containers_; }
  [[nodiscard]] const GranuleBits& tracked() const noexcept { return tracked_; }
  [[nodiscard]] std::span<const std::uint32_t> log(int generation) const noexcept { return logs_[generation].entries(); }
  /// True if the granule's bit for the log of generation 0 or 1 is set. For the verifier.
  [[nodiscard]] bool logged(std::size_t granule, int generation) const noexcept {
    return (generation == 0 ? young_ : middle_).test(granule);
  }
  [[nodiscard]] std::size_t granules() const noexcept { return granules_; }

  /// Calls `function(Object&)` for every tracked object, in address order. Linear in the pools in use. `function` must
  /// neither make nor free containers.
  template <class F>
  void for_each_tracked(F&& function) const {
    containers_.for_each_pool([&](const auto& pool) {
      const std::size_t first = (address_of(pool.start) - base_) / kGranule;
      std::byte* block = pool.start;
      if (pool.carved == 1) {
        if (tracked_.test(first)) function(*reinterpret_cast<Object*>(block));
        return;
      }
      if ((tracked_.word(first / 64) | tracked_.word(first / 64 + 1)) == 0) return;
      for (std::uint32_t i = 0; i < pool.carved; ++i, block += pool.block_bytes) {
        if (tracked_.test((address_of(block) - base_) / kGranule)) function(*reinterpret_cast<Object*>(block));
      }
    });
  }

 private:
  void log_young(std::size_t granule) noexcept;
  void compact_young() noexcept;

  const alloc::Space& containers_;
  std::uintptr_t base_;
  std::size_t granules_;
  GranuleBits tracked_, young_, middle_;
  GranuleLog logs_[kGenerations - 1];
};

}  // namespace ouro
