// Where the blocks of the debug mode come from and go to: areas, runs, raw memory that rests, pages that change hands.
#include <ouro/allocator/debug/debug_blocks.h>

namespace ouro::alloc {

/// A block of `whole` bytes, the guard included, with guard bytes wherever nobody has been before; or null.
void* DebugBlocks::obtain(const MemoryRequest& request, std::size_t whole) noexcept {
  if (request.domain == Domain::kRaw) {
    void* const memory = raw_.allocate(kRawFront + whole);
    if (memory == nullptr) return nullptr;
    fill_bytes(memory, kRawFront + whole, kForbiddenByte);
    poison(memory, kRawFront);
    return static_cast<std::byte*>(memory) + kRawFront;
  }
  DebugPages& pages = pages_of(request.purpose);
  Space& area = pages.area();
  void* const block = is_small(whole) ? area.allocate(size_class_of(whole)) : area.allocate_run(whole);
  if (block != nullptr) make_room_for(pages, block, whole);
  return block;
}

void DebugBlocks::give_back(const MemoryRequest& request, std::size_t whole, void* block) noexcept {
  if (request.domain == Domain::kRaw) {
    std::byte* const memory = static_cast<std::byte*>(block) - kRawFront;
    unpoison(memory, kRawFront + whole);
    return raw_.deallocate(memory, kRawFront + whole);
  }
  Space& area = pages_of(request.purpose).area();
  is_small(whole) ? area.deallocate(block, size_class_of(whole)) : area.deallocate_run(block, whole);
}

/// Ends the history of pages that had another use.
void DebugBlocks::make_room_for(DebugPages& pages, void* block, std::size_t whole) noexcept {
  if (!is_small(whole)) {
    let_go(block, whole);
    pages.forget(block, whole);
    return fill_bytes(block, whole, kForbiddenByte);
  }
  if (pages.has_layout(block, whole)) return;
  let_go(DebugPages::page_of(block), DebugPages::kPage);
  pages.make_ready(block, whole);
}

/// Forgets the freed blocks of a range that begins to serve something else.
void DebugBlocks::let_go(const void* start, std::size_t bytes) noexcept {
  include_overlap(start, bytes);
  records_.for_each_in(start, bytes, [this](const Entry& entry) { expect_sound(entry); });
  records_.remove_in(start, bytes);
}

// ---- Raw memory that rests ----

void DebugBlocks::rest(const Entry& entry) noexcept {
  if (resting_raw_ == kRestingBlocks) give_back_oldest_raw();
  resting_[(oldest_raw_ + resting_raw_++) % kRestingBlocks] = entry.first;
  resting_raw_bytes_ += entry.second.whole + kRawFront;
  poison(entry.first, entry.second.whole);
  while (resting_raw_bytes_ > kRestingBytes) give_back_oldest_raw();
}

void DebugBlocks::give_back_oldest_raw() noexcept {
  const Entry& entry = *records_.find(resting_[oldest_raw_]);
  expect_sound(entry);
  oldest_raw_ = (oldest_raw_ + 1) % kRestingBlocks;
  --resting_raw_;
  resting_raw_bytes_ -= entry.second.whole + kRawFront;
  auto* const block = const_cast<std::byte*>(entry.first);
  give_back(entry.second.request, entry.second.whole, block);
  records_.remove(block);
}

void DebugBlocks::flush() noexcept {
  while (resting_raw_ != 0) give_back_oldest_raw();
}

// ---- Memory from and to the system ----

bool DebugBlocks::map(void* start, std::size_t bytes) noexcept { return next_ == nullptr || next_->map(start, bytes); }

void DebugBlocks::unmap(void* start, std::size_t bytes) noexcept {
  leave(start, bytes);
  next_ != nullptr ? next_->unmap(start, bytes) : ArenaHook::unmap(start, bytes);
}

void DebugBlocks::purge(void* start, std::size_t bytes) noexcept {
  leave(start, bytes);
  next_ != nullptr ? next_->purge(start, bytes) : ArenaHook::purge(start, bytes);
}

/// The memory of the range goes. What is known about its freed blocks stays, so that a late release is told from a wild one.
void DebugBlocks::leave(const void* start, std::size_t bytes) noexcept {
  if (DebugPages* const pages = pages_at(start)) pages->forget(start, bytes);
  include_overlap(start, bytes);
  records_.for_each_in(start, bytes, [this](Entry& entry) {
    expect_sound(entry);
    if (entry.second.state == DebugState::kDead) entry.second.state = DebugState::kReturned;
  });
}

/// Extends a range of pages to the start of a freed run that reaches into it.
void DebugBlocks::include_overlap(const void*& start, std::size_t& bytes) const noexcept {
  const Entry* const entry = records_.around(start);
  if (entry == nullptr) return;
  bytes += static_cast<std::size_t>(static_cast<const std::byte*>(start) - entry->first);
  start = entry->first;
}

}  // namespace ouro::alloc
