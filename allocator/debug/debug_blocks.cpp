// The debug mode's hook: guards around blocks, bytes that show dead memory, and the checks of both.
#include <ouro/allocator/debug/debug_blocks.h>

#include <algorithm>

namespace ouro::alloc {

namespace {

/// Bytes from the start of the block to the end of its guard; 0 if no block is that long. Rounded up to 16 so that blocks
/// are aligned as they are without guards [law-alignment].
[[nodiscard]] std::size_t whole_bytes(const MemoryRequest& request) noexcept {
  constexpr std::size_t kMost = ~std::size_t{0} / 2;
  if (request.bytes > kMost) return 0;
  const std::size_t padded = align_up(std::max<std::size_t>(1, request.bytes) + DebugBlocks::kGuard, 16);
  if (request.domain == Domain::kRaw) return padded;
  const std::size_t least = request.purpose == Purpose::kContainer ? std::size_t{32} : std::size_t{16};
  return is_small(padded) ? std::max(padded, least) : align_up(padded, DebugPages::kPage);
}

}  // namespace

DebugBlocks::DebugBlocks(const Floors& floors, ArenaHook* next) noexcept
    : raw_(floors.raw),
      site_(floors.site),
      caller_(floors.caller),
      next_(next),
      pages_{DebugPages(floors.containers), DebugPages(floors.atoms), DebugPages(floors.buffers)} {}

bool DebugBlocks::open() noexcept {
  return std::all_of(pages_.begin(), pages_.end(), [](DebugPages& pages) { return pages.open(); });
}

SpaceOptions DebugBlocks::options_for(SpaceOptions options) noexcept {
  options.magazine_blocks = 0;
  options.withhold_first = true;
  options.resting_blocks = kRestingBlocks;
  options.arena_hook = this;
  return options;
}

DebugPages* DebugBlocks::pages_at(const void* address) noexcept {
  const auto place = std::find_if(pages_.begin(), pages_.end(), [=](DebugPages& p) { return p.area().contains(address); });
  return place == pages_.end() ? nullptr : &*place;
}

/// The frames begin with the caller of the allocator. Between it and here lie a few calls of the allocator's own, how many
/// depends on what the compiler has made of them.
DebugCall DebugBlocks::call_now() noexcept {
  constexpr unsigned kOwnFrames = 6;
  const CallStack stack = capture(1, DebugCall::kFrames + kOwnFrames);
  const auto end = stack.frames.begin() + stack.depth;
  auto first = std::find(stack.frames.begin(), end, caller_);
  if (first == end) first = stack.frames.begin();
  DebugCall call{.serial = ++serial_, .site = site_, .frames = {}, .depth = 0};
  call.depth = std::min(DebugCall::kFrames, static_cast<unsigned>(end - first));
  std::copy_n(first, call.depth, call.frames.begin());
  return call;
}

void DebugBlocks::expect_lock(const MemoryRequest& request, const void* address) noexcept {
  if (describer_ == nullptr || describer_->may_call()) return;
  complain(DebugMistake{"debug-no-lock", "the allocator was called without the lock", request, address, nullptr},
           describer_);
}

// ---- Requests and releases ----

void* DebugBlocks::allocate(const MemoryRequest& request) noexcept {
  expect_lock(request, nullptr);
  const std::size_t whole = whole_bytes(request);
  void* const block = whole != 0 ? obtain(request, whole) : nullptr;
  if (block == nullptr) return nullptr;
  Entry* const entry = records_.find_or_add(block);
  if (entry == nullptr) return give_back(request, whole, block), nullptr;
  DebugRecord& record = entry->second;
  // What was never given out is one guard, so that it is looked at like any freed block.
  if (record.whole == 0) record.request = {request.domain, request.purpose, 0}, record.whole = whole;
  expect_sound(*entry);
  record = {.request = request, .whole = whole, .state = DebugState::kLive, .made = call_now(), .freed = {}, .type = {}};
  fill_free(*entry, 0);
  return block;
}

void DebugBlocks::approve(const MemoryRequest& request, const void* block) noexcept {
  expect_lock(request, block);
  const auto refuse = [&](const char* law, const char* what, const Entry* known) {
    complain(DebugMistake{law, what, request, block, known}, describer_);
  };
  const Entry* const entry = records_.find(block);
  if (entry == nullptr) refuse("debug-wild-free", "what was freed is no block", records_.around(block));
  const DebugRecord& record = entry->second;
  if (record.state != DebugState::kLive) refuse("debug-double-free", "a block was freed twice", entry);
  if (record.request.purpose != request.purpose)
    refuse("debug-wrong-domain", "a block was freed as something else than it was asked for", entry);
  if (record.request.bytes != request.bytes)
    refuse("debug-wrong-size", "a block was freed with another size than it was asked for", entry);
  expect_sound(*entry);
}

void DebugBlocks::release(const MemoryRequest& request, void* block) noexcept {
  Entry* const entry = records_.find(block);
  DebugRecord& record = entry->second;
  record.type.front() = '\0';
  if (describer_ != nullptr) describer_->describe(request, block, record.type.data(), record.type.size());
  record.state = DebugState::kDead;
  record.freed = call_now();
  fill_bytes(block, request.bytes, kDeadByte);
  if (request.domain == Domain::kRaw) return rest(*entry);
  give_back(request, record.whole, block);
}

void* DebugBlocks::resize(const MemoryRequest& before, void* buffer, const MemoryRequest& after) noexcept {
  approve(before, buffer);
  if (same_block(before.bytes, after.bytes)) {
    Entry* const entry = records_.find(buffer);
    entry->second.request = after;
    entry->second.made = call_now();
    fill_free(*entry, std::min(before.bytes, after.bytes));
    return buffer;
  }
  void* const moved = allocate(after);
  if (moved == nullptr) return nullptr;
  copy_bytes(moved, buffer, std::min(before.bytes, after.bytes));
  release(before, buffer);
  return moved;
}

/// Fills what nobody has written yet and the guard. AddressSanitizer then reports a write to a guard at once.
void DebugBlocks::fill_free(const Entry& entry, std::size_t clean_from) noexcept {
  auto* const block = const_cast<std::byte*>(entry.first);
  const std::size_t bytes = entry.second.request.bytes;
  const std::size_t guard = entry.second.whole - bytes;
  unpoison(block, bytes);
  fill_bytes(block + clean_from, bytes - std::min(clean_from, bytes), kCleanByte);
  fill_bytes(block + bytes, guard, kForbiddenByte);
  poison(block + bytes, guard);
}

}  // namespace ouro::alloc
