// Logs of the young, generations, freezing.
#include <ouro/objects/model/tracking.h>

#include <limits>

namespace ouro {

namespace {

/// Whether a log can tell the granule. Beyond are containers of 128 GiB.
[[nodiscard]] constexpr bool has_number(std::size_t granule) noexcept {
  return granule <= std::numeric_limits<std::uint32_t>::max();
}

}  // namespace

Tracking::Tracking(const alloc::Space& containers)
    : containers_(containers),
      base_(address_of(containers.base())),
      granules_(containers.reserved() / kGranule),
      marks_(granules_ + sizeof(std::uint64_t)) {}

int Tracking::generation_of(const Object& object) const noexcept {
  const std::uint8_t mark = marks_[granule_of(object)];
  OURO_ASSERT_INTERNAL((mark & kTrackedMark) != 0, "tracked-only");
  return (mark & kYoungMark) != 0 ? 0 : (mark & kMiddleMark) != 0 ? 1 : 2;
}

// A program that makes and drops containers without ever reaching the threshold leaves a trail of dead entries. Dropping
// them whenever the log is full keeps it in proportion to the living. A log that stays more than half full afterwards grows
// at once: compacting it again after a few entries would be quadratic. The entry to come is not in the log yet.
void Tracking::log_young(std::size_t granule) noexcept {
  OURO_ASSERT_INTERNAL((marks_[granule] & kYoungMark) != 0, "log-once");
  // A call of its own, so that entering it where there is room needs few registers.
  constexpr auto log_slowly = [](Tracking & tracking, std::size_t young) __attribute__((noinline)) {
    GranuleLog& log = tracking.logs_[0];
    if (log.is_full()) {
      const std::size_t before = log.size();
      tracking.compact_log(0, [](std::size_t) {});
      if (log.size() > before / 2) static_cast<void>(log.grow(0));
    }
    if (!has_number(young) || !log.push(static_cast<std::uint32_t>(young)))
      tracking.marks_[young] &= static_cast<std::uint8_t>(~kYoungMark);
  };
  if (logs_[0].is_full() || !has_number(granule)) [[unlikely]]
    return log_slowly(*this, granule);
  logs_[0].push_reserved(static_cast<std::uint32_t>(granule));
}

void Tracking::promote(std::size_t granule, int generation) noexcept {
  OURO_ASSERT_INTERNAL(generation == 1 || generation == 2, "log-once");
  std::uint8_t& mark = marks_[granule];
  OURO_ASSERT_INTERNAL((mark & kTrackedMark) != 0, "tracked-only");
  if (generation == 2 || (mark & kMiddleMark) != 0) return;
  if (has_number(granule) && logs_[1].push(static_cast<std::uint32_t>(granule))) mark |= kMiddleMark;
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
  for (GranuleLog& log : logs_) log.release();
  marks_.release();
}

void Tracking::freeze() noexcept {
  promote_logs(2, [](std::uint32_t) { return true; });
  OURO_ASSERT_INTERNAL(logs_[0].empty() && logs_[1].empty(), "log-once");
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
