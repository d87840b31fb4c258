// Notes for each living block the calls that allocated it.
#include <ouro/allocator/allocator.h>
#include <ouro/allocator/watch/allocation_trace.h>
#include <ouro/allocator/watch/detail/trace_tables.h>

namespace ouro::alloc {

struct AllocationTrace::Tables {
  explicit Tables(std::size_t limit) noexcept : budget{limit == 0 ? std::numeric_limits<std::size_t>::max() : limit} {}

  [[nodiscard]] std::uint32_t number_of(const detail::SiteKey& key);
  [[nodiscard]] const std::string* interned(const char* label);
  [[nodiscard]] TraceSite site_of(const detail::SiteKey& key) const;
  void forget(const void* block) noexcept;

  detail::TableBudget budget;  // first: the tables charge it
  detail::FlatMap<const void*, detail::BlockEntry> blocks{detail::TableAllocator<int>(budget)};
  detail::FlatMap<detail::SiteKey, std::uint32_t, detail::SiteKeyHash> sites{detail::TableAllocator<int>(budget)};
  std::vector<detail::SiteCounts, detail::TableAllocator<detail::SiteCounts>> counts{detail::TableAllocator<int>(budget)};
  std::set<std::string, std::less<>, detail::TableAllocator<std::string>> labels{detail::TableAllocator<int>(budget)};
  TracedMemory memory{};
  std::size_t lost = 0;
};

const std::string* AllocationTrace::Tables::interned(const char* label) {
  if (label == nullptr) return nullptr;
  const auto known = labels.find(std::string_view(label));
  return known != labels.end() ? &*known : &*labels.emplace(label).first;
}

/// The number of the site, which is a new one if the site is new. A site that could not be added leaves no counts behind.
std::uint32_t AllocationTrace::Tables::number_of(const detail::SiteKey& key) {
  if (const auto known = sites.find(key); known != sites.end()) return known->second;
  const auto number = static_cast<std::uint32_t>(counts.size());
  counts.push_back({});
  try {
    sites.emplace(key, number);
  } catch (...) {
    counts.pop_back();
    throw;
  }
  return number;
}

TraceSite AllocationTrace::Tables::site_of(const detail::SiteKey& key) const {
  return {key.stack, key.label == nullptr ? std::string() : *key.label, key.domain};
}

void AllocationTrace::Tables::forget(const void* block) noexcept {
  const auto entry = blocks.find(block);
  if (entry == blocks.end()) return;  // allocated before the start, or lost
  detail::SiteCounts& site = counts[entry->second.site];
  --site.live_blocks;
  site.live_bytes -= entry->second.bytes;
  memory.current -= entry->second.bytes;
  blocks.erase(entry);
}

AllocationTrace::AllocationTrace(Allocator& allocator) noexcept : allocator_(allocator) {}

AllocationTrace::~AllocationTrace() { stop(); }

bool AllocationTrace::start(const TraceOptions& options) noexcept {
  if (is_tracing()) return true;
  Owned<Tables> tables(new (std::nothrow) Tables(options.table_bytes));
  if (tables == nullptr || !allocator_.add_hook(*this)) return false;
  tables_ = std::move(tables);
  frames_ = std::clamp(options.frames, 1U, static_cast<unsigned>(kMostFrames));
  return true;
}

void AllocationTrace::stop() noexcept {
  if (!is_tracing()) return;
  allocator_.remove_hook(*this);
  tables_.reset();
}

void AllocationTrace::clear() noexcept {
  if (!is_tracing()) return;
  tables_->blocks.clear();
  tables_->sites.clear();
  tables_->counts.clear();
  tables_->labels.clear();
  tables_->memory = {};
  tables_->lost = 0;
}

TracedMemory AllocationTrace::memory() const noexcept { return is_tracing() ? tables_->memory : TracedMemory{}; }

void AllocationTrace::reset_peak() noexcept {
  if (is_tracing()) tables_->memory.peak = tables_->memory.current;
}

std::size_t AllocationTrace::lost() const noexcept { return is_tracing() ? tables_->lost : 0; }

std::size_t AllocationTrace::table_bytes() const noexcept {
  return is_tracing() ? sizeof(Tables) + tables_->budget.used : 0;
}

AllocationSnapshot AllocationTrace::snapshot() const {
  AllocationSnapshot result;
  if (!is_tracing()) return result;
  result.memory = tables_->memory;
  result.lost = tables_->lost;
  result.sites.reserve(tables_->sites.size());
  for (const auto& [key, number] : tables_->sites) {
    const detail::SiteCounts& site = tables_->counts[number];
    if (site.total_blocks == 0) continue;  // its only block was lost
    result.sites.push_back({tables_->site_of(key), site.live_blocks, site.live_bytes, site.total_blocks, site.total_bytes});
  }
  return result;
}

std::optional<TracedBlock> AllocationTrace::find(const void* block) const {
  if (!is_tracing()) return std::nullopt;
  const auto entry = tables_->blocks.find(block);
  if (entry == tables_->blocks.end()) return std::nullopt;
  const auto& sites = tables_->sites;
  const auto site =
      std::find_if(sites.begin(), sites.end(), [&](const auto& known) { return known.second == entry->second.site; });
  return TracedBlock{entry->second.bytes, tables_->site_of(site->first)};
}

// ---- While it listens ----

/// The calls that led to the request, without the allocator's own frames. Their number depends on how it was compiled, but
/// is nearly always what it was the last time, so the stack is seldom walked twice.
[[gnu::noinline]] CallStack AllocationTrace::calls(unsigned& own_frames) noexcept {
  const void* const caller = allocator_.caller();
  if (frames_ == 1) return {.frames = {const_cast<void*>(caller)}, .depth = 1};
  CallStack stack = capture(own_frames, frames_);
  if (stack.depth != 0 && stack.frames[0] == caller) return stack;
  const CallStack whole = capture(0, kMostFrames);
  const auto* const end = whole.frames.begin() + whole.depth;
  const auto* const found = std::find(whole.frames.begin(), end, caller);
  own_frames = found == end ? 0 : static_cast<unsigned>(found - whole.frames.begin());
  return capture(own_frames, frames_);
}

void AllocationTrace::note(const MemoryRequest& request, void* block, const CallStack& stack) noexcept {
  try {
    const std::string* const label = tables_->interned(allocator_.site());
    const std::uint32_t number = tables_->number_of({stack, label, request.domain});
    [[maybe_unused]] const bool added = tables_->blocks.emplace(block, detail::BlockEntry{request.bytes, number}).second;
    OURO_ASSERT_INTERNAL(added, "trace-sum");
    detail::SiteCounts& site = tables_->counts[number];
    ++site.live_blocks, ++site.total_blocks;
    site.live_bytes += request.bytes, site.total_bytes += request.bytes;
    tables_->memory.current += request.bytes;
    tables_->memory.peak = std::max(tables_->memory.peak, tables_->memory.current);
  } catch (const std::bad_alloc&) {
    ++tables_->lost;
  }
}

void AllocationTrace::allocated(const MemoryRequest& request, void* block) noexcept {
  note(request, block, calls(frames_of_allocation_));
}

void AllocationTrace::freeing(const MemoryRequest&, void* block) noexcept { tables_->forget(block); }

void AllocationTrace::reallocated(const MemoryRequest&, void* block, const MemoryRequest& after, void* moved) noexcept {
  tables_->forget(block);
  note(after, moved, calls(frames_of_resizing_));
}

}  // namespace ouro::alloc
