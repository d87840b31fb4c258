#include <ouro/objects/model/tracking.h>

#include <algorithm>
#include <cstdlib>

namespace ouro {

namespace {

/// A log longer than this is given back when it is cleared: 256 KiB.
constexpr std::size_t kKeptLog = std::size_t{1} << 16;

}  // namespace

GranuleLog::~GranuleLog() { std::free(entries_); }

bool GranuleLog::grow(std::size_t capacity) noexcept {
  capacity = std::max({std::size_t{1024}, capacity_ * 2, capacity});
  void* const grown = std::realloc(entries_, capacity * sizeof(std::uint32_t));
  if (grown == nullptr) return false;
  entries_ = static_cast<std::uint32_t*>(grown);
  capacity_ = capacity;
  return true;
}

void GranuleLog::clear() noexcept {
  size_ = 0;
  if (capacity_ <= kKeptLog) return;
  std::free(entries_);
  entries_ = nullptr;
  capacity_ = 0;
}

void GranuleLog::shrink() noexcept {
  if (size_ == 0) {
    std::free(entries_);
    entries_ = nullptr;
    capacity_ = 0;
  } else if (void* const smaller = std::realloc(entries_, size_ * sizeof(std::uint32_t))) {
    entries_ = static_cast<std::uint32_t*>(smaller);
    capacity_ = size_;
  }
}

Tracking::Tracking(const alloc::Space& containers)
    : containers_(containers),
      base_(address_of(containers.base())),
      granules_(containers.reserved() / kGranule),
      marks_(granules_ + sizeof(std::uint64_t)) {}

int Tracking::generation_of(const Object& object) const noexcept {
  const std::uint8_t mark = marks_[granule_of(object)];
  return (mark & kYoungMark) != 0 ? 0 : (mark & kMiddleMark) != 0 ? 1 : 2;
}

// A program that makes and drops containers without ever reaching the threshold leaves a trail of dead entries. Dropping
// them whenever the log is full keeps it in proportion to the living. A log that stays more than half full afterwards grows
// at once: compacting it again after a few entries would be quadratic. The entry to come is not in the log yet.
void Tracking::log_young(std::size_t granule) noexcept {
  GranuleLog& log = logs_[0];
  if (log.full()) [[unlikely]] {
    const std::size_t before = log.entries().size();
    compact_log(0, [](std::size_t) {});
    if (log.entries().size() > before / 2) static_cast<void>(log.grow(0));
  }
  if (!log.append(static_cast<std::uint32_t>(granule))) marks_[granule] &= static_cast<std::uint8_t>(~kYoungMark);
}

void Tracking::promote(std::size_t granule, int generation) noexcept {
  OURO_ASSERT_INTERNAL(generation == 1 || generation == 2, "log-once");
  std::uint8_t& mark = marks_[granule];
  if (generation == 2 || (mark & kMiddleMark) != 0) return;
  if (logs_[1].append(static_cast<std::uint32_t>(granule))) mark |= kMiddleMark;
}

void Tracking::trim() noexcept {
  for (int generation = 0; generation < kGenerations - 1; ++generation) {
    compact_log(generation, [](std::size_t) {});
    logs_[generation].shrink();
  }
  containers_.for_each_unused(
      [this](std::size_t first, std::size_t last) { marks_.purge(first / kGranule, last / kGranule); });
}

void Tracking::release() noexcept {
  for (GranuleLog& log : logs_) {
    log.extend_to(log.entries_begin());
    log.shrink();
  }
  marks_.release();
}

void Tracking::freeze() noexcept {
  promote_logs(2, [](std::uint32_t) { return true; });
  for_each_granule_until<Scope::kUnfrozen>([this](std::size_t granule) {
    marks_.data()[granule] |= kFrozenMark;
    return false;
  });
}

void Tracking::unfreeze() noexcept {
  for_each_granule_until<Scope::kAll>([this](std::size_t granule) {
    marks_.data()[granule] &= static_cast<std::uint8_t>(~kFrozenMark);
    return false;
  });
}

}  // namespace ouro
