#include <ouro/objects/model/tracking.h>
#include <ouro/runtime/base/assert.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace ouro {

GranuleLog::~GranuleLog() { std::free(entries_); }

bool GranuleLog::grow() noexcept {
  const std::size_t capacity = std::max<std::size_t>(1024, capacity_ * 2);
  void* const grown = std::realloc(entries_, capacity * sizeof(std::uint32_t));
  if (grown == nullptr) return false;
  entries_ = static_cast<std::uint32_t*>(grown);
  capacity_ = capacity;
  return true;
}

void GranuleLog::swap(GranuleLog& other) noexcept {
  std::swap(entries_, other.entries_);
  std::swap(size_, other.size_);
  std::swap(capacity_, other.capacity_);
}

Tracking::Tracking(const alloc::Space& containers)
    : containers_(containers),
      base_(address_of(containers.base())),
      granules_(containers.reserved() / kGranule),
      tracked_(granules_),
      young_(granules_),
      middle_(granules_) {}

int Tracking::generation_of(const Object& object) const noexcept {
  const std::size_t granule = granule_of(object);
  if (young_.test(granule)) return 0;
  return middle_.test(granule) ? 1 : 2;
}

void Tracking::log_young(std::size_t granule) noexcept {
  if (logs_[0].full()) compact_young();
  if (!logs_[0].append(static_cast<std::uint32_t>(granule))) young_.clear(granule);
}

// A program that makes and drops containers without ever reaching the threshold leaves a trail of dead entries. Dropping
// them whenever the log is full keeps it in proportion to the living. A log that stays more than half full afterwards grows
// at once: compacting it again after a few entries would be quadratic.
void Tracking::compact_young() noexcept {
  GranuleLog& log = logs_[0];
  std::size_t kept = 0;
  for (const std::uint32_t granule : log.entries()) {
    if (tracked_.test(granule)) {
      log.at(kept++) = granule;
    } else {
      young_.clear(granule);
    }
  }
  const bool crowded = kept > log.entries().size() / 2;
  log.truncate(kept);
  if (crowded) static_cast<void>(log.grow());
}

void Tracking::take_log(int generation, GranuleLog& into) noexcept {
  GranuleBits& bits = generation == 0 ? young_ : middle_;
  into.clear();
  into.swap(logs_[generation]);
  std::size_t kept = 0;
  for (const std::uint32_t granule : into.entries()) {
    bits.clear(granule);
    // A dead entry of the middle log may have been reused by a young object, which the young log accounts for.
    const bool younger = generation == 1 && young_.test(granule);
    if (tracked_.test(granule) && !younger) into.at(kept++) = granule;
  }
  into.truncate(kept);
}

void Tracking::promote(std::size_t granule, int generation) noexcept {
  OURO_ASSERT_INTERNAL(generation == 1 || generation == 2, "log-once");
  if (generation == 2 || !middle_.test_and_set(granule)) return;
  if (!logs_[1].append(static_cast<std::uint32_t>(granule))) middle_.clear(granule);
}

}  // namespace ouro
