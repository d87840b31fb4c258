// Looking for damage: which bytes are not what they must be, and whose fault that is.
#include <ouro/allocator/debug/debug_blocks.h>

namespace ouro::alloc {

namespace {

[[nodiscard]] bool is_live(const DebugRecords::Entry* entry) noexcept {
  return entry != nullptr && entry->second.state == DebugState::kLive;
}

[[nodiscard]] bool is_run(const DebugRecord& record) noexcept {
  return record.request.domain != Domain::kRaw && record.whole > kSmallMax;
}

[[nodiscard]] const std::byte* end_of(const DebugRecords::Entry& entry) noexcept { return entry.first + entry.second.whole; }

}  // namespace

DebugDamage DebugBlocks::damage_of(const Entry& entry) const noexcept {
  const DebugRecord& record = entry.second;
  if (record.state == DebugState::kReturned) return {};
  if (record.state == DebugState::kDead) {
    const ByteRange data{entry.first, entry.first + record.request.bytes};
    if (const std::byte* const first = first_unlike(data, kDeadByte); first != data.end)
      return {"debug-use-after-free", &entry, nullptr, data, first, kDeadByte};
  }
  if (const DebugDamage damage = damage_behind(entry)) return damage;
  return damage_before(entry);
}

/// Damage in the guard that follows. It was this block's owner who wrote too far, if the first byte is damaged; else the
/// owner of the next block, who wrote before its start, if the last one is.
DebugDamage DebugBlocks::damage_behind(const Entry& entry) const noexcept {
  const ByteRange guard{entry.first + entry.second.request.bytes, end_of(entry)};
  const std::byte* const first = first_unlike(guard, kForbiddenByte);
  if (first == guard.end) return {};
  const Entry* next = records_.right_behind(entry);
  if (!is_live(next) || last_unlike(guard, kForbiddenByte) != guard.end) next = nullptr;
  const bool from_behind = next != nullptr && (first != guard.begin || !is_live(&entry));
  if (from_behind) return {"debug-underflow", next, &entry, guard, first, kForbiddenByte};
  const char* const law = is_live(&entry) ? "debug-overflow" : "debug-use-after-free";
  return {law, &entry, next, guard, first, kForbiddenByte};
}

/// Damage in the guard before.
DebugDamage DebugBlocks::damage_before(const Entry& entry) const noexcept {
  const ByteRange guard{entry.first - guard_before(entry), entry.first};
  const std::byte* const first = first_unlike(guard, kForbiddenByte);
  if (first == guard.end) return {};
  if (const Entry* const previous = records_.ending_at(entry.first); is_live(previous)) return damage_behind(*previous);
  return {"debug-underflow", &entry, nullptr, guard, first, kForbiddenByte};
}

/// How many bytes before a block are guard bytes. Before a run they are the end of another page, which may belong to no
/// block.
std::size_t DebugBlocks::guard_before(const Entry& entry) const noexcept {
  if (entry.second.request.domain == Domain::kRaw) return kRawFront;
  if (!is_run(entry.second)) return kGuard;
  const DebugPages& pages = pages_[static_cast<std::size_t>(entry.second.request.purpose)];
  if (pages.is_ready(entry.first - 1)) return kGuard;
  const Entry* const previous = records_.ending_at(entry.first);
  return previous != nullptr && previous->second.state != DebugState::kReturned ? kGuard : 0;
}

void DebugBlocks::expect_sound(const Entry& entry) const noexcept {
  if (const DebugDamage damage = damage_of(entry)) complain(damage, describer_);
}

void DebugBlocks::expect_sound() const noexcept {
  for (const Entry& entry : records_) expect_sound(entry);
}

void DebugBlocks::check(Report& report) const noexcept {
  const Entry* reported = nullptr;
  for (const Entry& entry : records_) {
    const DebugDamage damage = damage_of(entry);
    // Damage between two blocks is seen from both.
    if (!damage || damage.block == reported) continue;
    reported = damage.block;
    note(damage, describer_, report);
  }
}

}  // namespace ouro::alloc
