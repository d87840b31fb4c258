// Notes for each handle the calls that made it.
#include <ouro/allocator/watch/allocation_text.h>
#include <ouro/objects/model/handle_sites.h>
#include <ouro/objects/model/heap.h>
#include <ouro/objects/model/ref.h>

#include <boost/unordered/unordered_flat_map.hpp>

#include <new>

namespace ouro {

struct HandleSites::Table {
  boost::unordered_flat_map<const void*, Noted> handles;
};

HandleSites::HandleSites(Heap& heap) : heap_(heap), table_(make_owned<Table>()) { heap.handle_sites = this; }

HandleSites::~HandleSites() { heap_.handle_sites = nullptr; }

std::size_t HandleSites::size() const noexcept { return table_->handles.size(); }

void HandleSites::note(const void* handle, const Noted& noted) noexcept {
  try {
    table_->handles.insert_or_assign(handle, noted);
  } catch (const std::bad_alloc&) {
    ++lost_;
  }
}

std::optional<HandleSites::Noted> HandleSites::take(const void* handle) noexcept {
  const auto found = table_->handles.find(handle);
  if (found == table_->handles.end()) return {};
  const Noted noted = found->second;
  table_->handles.erase(found);
  return noted;
}

std::vector<alloc::CallStack> HandleSites::sites_of(const Object& object) const {
  std::vector<alloc::CallStack> sites;
  for (const auto& [handle, noted] : table_->handles) {
    if (noted.object != &object) continue;
    const bool is_member = heap_.memory.containers().contains(handle) || heap_.memory.atoms().contains(handle);
    if (!is_member) sites.push_back(noted.made);
  }
  return sites;
}

std::vector<std::string> handle_sites_of(const Heap& heap, const Object& object) {
  std::vector<std::string> lines;
  if (heap.handle_sites == nullptr) return lines;
  for (const alloc::CallStack& calls : heap.handle_sites->sites_of(object)) {
    const void* const caller = alloc::caller_of(calls);
    if (caller != nullptr) lines.push_back(alloc::name_of_frame(caller));
  }
  return lines;
}

namespace detail {

namespace {

/// Who notes handles to `object`, or null. The object's runtime, and with it the type's heap, may be gone. A handle may move
/// without the lock, so the count is looked at only where handles are noted.
HandleSites* sites_for(const Object& object) noexcept {
  const Heap* const heap = object.type->heap;
  HandleSites* const sites = heap == nullptr ? nullptr : heap->handle_sites;
  return sites == nullptr || is_immortal(object) ? nullptr : sites;
}

}  // namespace

void handle_came(const void* handle, const Object& object) noexcept {
  if (HandleSites* const sites = sites_for(object)) sites->note(handle, {&object, alloc::capture(1, alloc::kMostFrames)});
}

void handle_went(const void* handle, const Object& object) noexcept {
  if (HandleSites* const sites = sites_for(object)) static_cast<void>(sites->take(handle));
}

void handle_moved(const void* from, const void* to, const Object& object) noexcept {
  HandleSites* const sites = sites_for(object);
  if (sites == nullptr) return;
  if (const std::optional<HandleSites::Noted> noted = sites->take(from)) sites->note(to, *noted);
}

// Immortal objects are not counted, and what a runtime that is gone has left may be dropped on any thread.
void handle_needs_lock(const Object& object, const char* call) noexcept {
  if (is_immortal(object)) return;
  if (const Heap* const heap = object.type->heap) heap->assert_held(call);
}

}  // namespace detail

}  // namespace ouro
