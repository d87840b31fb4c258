// Tracking: which containers the collector watches, and how old they are.
//
// The marks lie beside the heap, a byte per 32 bytes of the container space, so that a collection leaves the pages of the
// objects it examines clean:
//
//      7   6     5        4         3       2      1   0
//   +---------+--------+---------+-------+--------+-------+
//   | offset  | frozen | tracked | young | middle |       |
//   +---------+--------+---------+-------+--------+-------+
//
//   offset    where in the granule the object begins, in words: granule and byte together are its address
//   frozen    the permanent generation: tracked, but no collection looks at it
//   tracked   the collector knows the object
//   young     generation 0: the object's granule stands in the young log
//   middle    generation 1: the object's granule stands in the middle log
//   (neither) generation 2, the old generation, which has no list: it is walked in address order
//
// The logs make a young collection cost as much as there are young objects, whatever the size of the heap. An object that
// dies young leaves its entry behind, which is cheaper than finding it; the next collection or compaction drops it.
//
// Bytes and not bits: neighbours are born, collected and freed one after the other, and a bit of a shared word would make
// each of them wait for the one before.
//
// Laws
//   one-granule: containers are at least 32 bytes long, so no two begin in the same granule.
//   log-once: a granule stands in a log exactly if its mark is set, and at most once; the younger log counts.
//   never-fails: tracking needs no memory that it cannot do without. If a log cannot grow, or cannot tell the granule, the
//     object starts old.
//   tracked-only: only tracked objects are of a generation, move up, are frozen or start anew.
#pragma once

#include <ouro/allocator/allocator.h>
#include <ouro/allocator/space/side_table.h>
#include <ouro/base/assert.h>
#include <ouro/base/standard/basic_algorithm.h>
#include <ouro/objects/model/growing_array.h>
#include <ouro/objects/model/object.h>

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>

namespace ouro {

/// What the byte of a granule says.
enum Mark : std::uint8_t {
  kMiddleMark = 0x04,
  kYoungMark = 0x08,
  kTrackedMark = 0x10,
  kFrozenMark = 0x20,
};

/// Granules in the order in which they were noted. The memory of a short log stays.
using GranuleLog = GrowingArray<std::uint32_t, std::size_t{256} * 1024>;

/// The collector's marks of one runtime's containers. All calls take constant time unless said otherwise.
class Tracking {
 public:
  /// Bytes of the container space that share one mark.
  static constexpr std::size_t kGranule = 32;
  static constexpr int kGenerations = 3;

  explicit Tracking(const alloc::Space& containers);

  /// False if the system refused the addresses of the marks.
  [[nodiscard]] bool valid() const noexcept { return static_cast<bool>(marks_); }

  /// Where `object`, which must lie in the container space, has its marks.
  [[nodiscard]] std::size_t granule_of(const Object& object) const noexcept {
    OURO_ASSERT_INTERNAL(containers_.contains(&object), "container-area");
    return (address_of(&object) - base_) / kGranule;
  }
  /// The object that begins in a granule. One must, and it must be or have been tracked.
  [[nodiscard]] Object& object_at(std::size_t granule) const noexcept { return object_at(base_, granule, marks_[granule]); }
  /// The same from the space's base and the granule's byte.
  [[nodiscard]] static Object& object_at(std::uintptr_t base, std::size_t granule, std::uint8_t mark) noexcept {
    return *reinterpret_cast<Object*>(base + granule * kGranule + (mark >> kOffsetShift) * std::size_t{8});
  }
  /// The byte of a granule: `Mark` bits.
  [[nodiscard]] std::uint8_t marks(std::size_t granule) const noexcept { return marks_[granule]; }

  [[nodiscard]] const std::uint8_t* all_marks() const noexcept { return marks_.data(); }

  /// False also for objects outside the container space.
  [[nodiscard]] bool is_tracked(const Object& object) const noexcept {
    return containers_.contains(&object) && (marks_[granule_of(object)] & kTrackedMark) != 0;
  }
  /// True for objects of the permanent generation.
  [[nodiscard]] bool is_frozen(const Object& object) const noexcept {
    return containers_.contains(&object) && (marks_[granule_of(object)] & kFrozenMark) != 0;
  }
  /// Makes a finished container visible to the collector, in generation 0. Nothing happens if it is already.
  void track(Object& object) noexcept {
    if ((marks_[granule_of(object)] & kTrackedMark) == 0) track_new(object);
  }
  /// The same for an object that is not tracked.
  void track_new(Object& object) noexcept {
    const std::size_t granule = granule_of(object);
    std::uint8_t& mark = marks_[granule];
    OURO_ASSERT_INTERNAL((mark & kTrackedMark) == 0, "built-then-tracked");
    const bool logged = (mark & kYoungMark) != 0;
    mark = static_cast<std::uint8_t>((mark & kMiddleMark) | kTrackedMark | kYoungMark | offset_mark(object));
    if (!logged) [[unlikely]]
      log_young(granule);
  }
  /// Puts a tracked object into generation 0, frozen or not.
  void track_again(Object& object) noexcept {
    OURO_ASSERT_INTERNAL(is_tracked(object), "tracked-only");
    untrack(object);
    track_new(object);
  }
  /// Makes a container invisible to the collector.
  void untrack(const Object& object) noexcept { untrack(granule_of(object)); }
  void untrack(std::size_t granule) noexcept { marks_[granule] &= static_cast<std::uint8_t>(~(kTrackedMark | kFrozenMark)); }

  /// 0, 1 or 2. Only for tracked objects; a frozen one counts as old.
  [[nodiscard]] int generation_of(const Object& object) const noexcept;

  /// Puts a tracked object that is in no log into `generation`.
  void promote(std::size_t granule, int generation) noexcept;
  /// Calls `function(granule)` for each object that stands in the log of generation 0 or 1 and not in the younger one, and
  /// drops the other entries. Linear in the log.
  template <class F>
  void compact_log(int generation, F&& function) noexcept;
  /// Everything in the young log moves to the middle log, or, if `generation` is above 0, everything in both becomes old.
  /// `survives(granule)` is asked once or twice of each tracked entry; one that does not is in no log afterwards. Linear in
  /// the logs.
  template <class F>
  void promote_logs(int generation, F&& survives) noexcept;

  /// Makes every tracked object frozen (`gc.freeze`), or every frozen one old (`gc.unfreeze`). Linear in the space.
  void freeze() noexcept;
  void unfreeze() noexcept;

  /// Gives back the memory of dead entries and of marks where no arena is in use. Linear in the logs and the arenas.
  void trim() noexcept;
  /// Gives back all marks and logs: for a heap whose objects nobody asks about any more.
  void release() noexcept;

  [[nodiscard]] const alloc::Space& containers() const noexcept { return containers_; }
  [[nodiscard]] std::span<const std::uint32_t> log(int generation) const noexcept { return logs_[generation].all(); }
  [[nodiscard]] std::size_t granules() const noexcept { return granules_; }
  /// Granules from the start of the space that may have marks.
  [[nodiscard]] std::size_t granules_in_use() const noexcept { return containers_.extent() / kGranule; }

  /// Which tracked objects a walk visits.
  enum class Scope : std::uint8_t { kAll, kUnfrozen };
  /// Calls `function(granule)` for every tracked object's granule, in address order, until it returns true. Linear in the
  /// arenas in use. `function` must neither make nor free containers.
  template <Scope scope, class F>
  void for_each_granule_until(F&& function) const;
  /// Calls `function(Object&)` for every tracked object, in address order.
  template <class F>
  void for_each_tracked(F&& function) const {
    for_each_granule_until<Scope::kAll>([&](std::size_t granule) {
      function(object_at(granule));
      return false;
    });
  }

 private:
  static constexpr int kOffsetShift = 6;
  [[nodiscard]] std::uint8_t offset_mark(const Object& object) const noexcept {
    return static_cast<std::uint8_t>(((address_of(&object) - base_) % kGranule / 8) << kOffsetShift);
  }
  void log_young(std::size_t granule) noexcept;

  const alloc::Space& containers_;
  std::uintptr_t base_;
  std::size_t granules_;
  alloc::SideTable<std::uint8_t> marks_;
  GranuleLog logs_[kGenerations - 1];
};

template <Tracking::Scope scope, class F>
void Tracking::for_each_granule_until(F&& function) const {
  constexpr std::uint64_t kTrackedMarks = 0x0101'0101'0101'0101 * kTrackedMark;
  static_assert(kFrozenMark == kTrackedMark << 1);
  const std::uint8_t* const marks = marks_.data();
  for (auto row = containers_.next_row(0); row.first != row.last; row = containers_.next_row(row.last)) {
    const std::size_t end = row.last / kGranule;
    for (std::size_t first = row.first / kGranule; first < end; first += 8) {
      std::uint64_t eight;
      std::memcpy(&eight, marks + first, sizeof eight);
      std::uint64_t left = eight & kTrackedMarks;
      if (scope == Scope::kUnfrozen) left &= ~(eight >> 1);
      for (; left != 0; left &= left - 1)
        if (function(first + static_cast<std::size_t>(std::countr_zero(left)) / 8)) return;
    }
  }
}

template <class F>
[[gnu::always_inline]] inline void Tracking::compact_log(int generation, F&& function) noexcept {
  OURO_ASSERT_INTERNAL(generation == 0 || generation == 1, "log-once");
  const unsigned looked_at = generation == 0 ? kTrackedMark : kTrackedMark | kYoungMark;
  const unsigned dropped = generation == 0 ? kYoungMark : kMiddleMark;
  std::uint8_t* const marks = marks_.data();
  std::uint32_t* kept = logs_[generation].begin();
  for (const std::uint32_t granule : logs_[generation].all()) {
    const unsigned mark = marks[granule];
    if ((mark & looked_at) == kTrackedMark) [[likely]] {
      *kept++ = granule;
      function(granule);
    } else {
      marks[granule] = static_cast<std::uint8_t>(mark & ~dropped);
    }
  }
  OURO_ASSERT_INTERNAL(kept <= logs_[generation].end(), "log-once");
  logs_[generation].extend_to(kept);
}

template <class F>
void Tracking::promote_logs(int generation, F&& survives) noexcept {
  const bool to_middle = generation == 0;
  const bool room = to_middle && logs_[1].reserve(logs_[0].size());
  // A dead entry of the middle log stays there, and so must its mark.
  const unsigned kept_marks = to_middle ? ~unsigned{kYoungMark} : ~unsigned{kYoungMark | kMiddleMark};
  std::uint8_t* const marks = marks_.data();
  for (int log = 0; log <= std::min(generation, 1); ++log) {
    std::uint32_t* end = logs_[1].end();
    for (const std::uint32_t granule : logs_[log].all()) {
      const unsigned mark = marks[granule];
      const bool append = (mark & kTrackedMark) != 0 && survives(granule) && room && (mark & kMiddleMark) == 0;
      if (append) *end++ = granule;
      marks[granule] = static_cast<std::uint8_t>((mark & kept_marks) | (append ? kMiddleMark : 0));
    }
    if (room) logs_[1].extend_to(end);
    OURO_ASSERT_INTERNAL(room || end == logs_[1].end(), "log-once");
    logs_[log].clear();
  }
}

}  // namespace ouro
