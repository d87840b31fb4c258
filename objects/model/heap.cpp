// The heap without a collector: room for objects, large atoms, errors that cannot be raised.
#include <ouro/base/detail/ring.h>
#include <ouro/objects/model/heap.h>
#include <ouro/objects/model/ref.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>
#include <string>

namespace ouro {

namespace {

/// Stands in until the collector installs itself: nothing is collected, nothing is trash.
class NoCollector final : public CollectorHook {
 public:
  void collection_due() noexcept override {}
  void trash_died(Object&) noexcept override {}
  void memory_tight() noexcept override {}
  bool memory_short() noexcept override { return false; }
  void collect_if_due() noexcept override {}
  void trim() noexcept override {}
};

constinit NoCollector no_collector;

void print_unraisable(const Error& error, std::string_view where, const Object& context) noexcept {
  const std::string_view name = context.type->name;
  std::fprintf(stderr, "Exception ignored in %.*s of <%.*s object at %p>: %s\n", static_cast<int>(where.size()),
               where.data(), static_cast<int>(name.size()), name.data(), static_cast<const void*>(&context), error.what());
}

Ref<> call_slot(Object& callee, const Arguments& arguments) {
  const auto slot = callee.type->slots->call;
  if (slot != nullptr) return raise_if_failed(heap_of(callee), [&] { return slot(callee, arguments); });
  raise(ErrorKind::kTypeError, "'" + std::string(callee.type->name) + "' object is not callable");
}

Error handled_error(Heap&) noexcept {
  try {
    throw;
  } catch (const Error& error) {
    return error;
  } catch (const std::bad_alloc&) {
    return Error::out_of_memory();
  } catch (const std::exception& error) {
    return Error(ErrorKind::kRuntimeError, error.what());
  } catch (...) {
    return Error(ErrorKind::kSystemError, "unknown C++ exception");
  }
}

}  // namespace

Heap::Heap(Gil& gil, const alloc::AllocatorOptions& options)
    : memory(options),
      tracking(memory.containers()),
      weak(memory.containers(), memory.atoms()),
      call_object(call_slot),
      handled_error(ouro::handled_error),
      lock_(&gil),
      hook_(&no_collector) {
  if (!memory.valid() || !tracking.valid()) raise_out_of_memory();
  memory.set_describer(&describer_);
  memory.budget().set_alarm([](void* self) noexcept { static_cast<Heap*>(self)->hook_->memory_tight(); }, this);
}

// The areas go as a whole; what lies with the general-purpose allocator goes one by one. Only orphans are left by now.
Heap::~Heap() {
  while (large_atoms_ != nullptr) free_large_atom(*reinterpret_cast<Object*>(large_atoms_ + 1));
  memory.set_describer(nullptr);
}

void Heap::install(CollectorHook& hook) noexcept {
  hook_ = &hook;
  lock_->set_collector([](void* heap) noexcept { static_cast<Heap*>(heap)->hook_->collect_if_due(); }, this);
}

void Heap::uninstall() noexcept {
  hook_ = &no_collector;
  lock_->set_collector(nullptr, nullptr);
  lock_->set_collection_due(false);
  young_trigger = UINT32_MAX;
}

// Law limit-collects: before the memory limit refuses a new container, one full collection runs, where allocations may
// collect. Only what the limit refused is worth one: of what a fault plan or the system refuses, it knows nothing.
void* Heap::collect_and_allocate(const Type& type, std::size_t bytes) {
  const std::size_t needed = std::max(bytes, alloc::kDefaultGeometry.arena_bytes);
  if (!type.has(kContainerType) || !make_room(needed)) refuse(type);
  void* const block = memory.allocate_container(bytes);
  if (block == nullptr) refuse(type);
  return block;
}

void Heap::refuse(const Type& type) {
  if (type.has(kContainerType) && young_count > 0) --young_count;
  raise_out_of_memory();
}

std::size_t Heap::trim() noexcept {
  hook_->trim();
  const std::size_t bytes = memory.trim();  // first: the marks and slots beside arenas go with the arenas
  tracking.trim();
  weak.trim();
  alloc::RawAllocator::trim();
  return bytes;
}

void Heap::outlive_runtime(void (*died)(void* context) noexcept, void* context) noexcept {
  lock_ = nullptr;
  orphan_died_ = died;
  orphan_context_ = context;
  tracking.release();
  weak.release();
  memory.seal();
}

struct Heap::LargeAtoms : detail::Ring<LargeAtom, &LargeAtom::next, &LargeAtom::previous> {};

void* Heap::allocate_large_atom(std::size_t bytes) noexcept {
  const std::size_t whole = bytes + sizeof(LargeAtom);
  auto* const atom = static_cast<LargeAtom*>(memory.allocate_atom(whole));
  if (atom == nullptr) return nullptr;
  *atom = {nullptr, nullptr, whole};
  LargeAtoms::push_front(large_atoms_, *atom);
  return atom + 1;
}

void Heap::free_large_atom(Object& object) noexcept {
  LargeAtom* const atom = reinterpret_cast<LargeAtom*>(&object) - 1;
  LargeAtoms::remove(large_atoms_, *atom);
  memory.free_atom(atom, atom->bytes);
}

void Heap::set_unraisable(UnraisableHook hook) {
  try {
    unraisable_ = hook ? make_counted<const UnraisableHook>(std::move(hook)) : Shared<const UnraisableHook>();
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
}

void Heap::report_unraisable(std::string_view where, const Object& context) noexcept {
  const Error error = handled_error(*this);
  try {
    if (keep_request(error)) return;
    if (const auto hook = unraisable_) return (*hook)(error, where, context);
  } catch (...) {
    // An error inside the hook has nobody left to go to but the default.
  }
  print_unraisable(error, where, context);
}

}  // namespace ouro
