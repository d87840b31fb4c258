// Heap: the memory of one runtime's objects and what happens to them between birth and death.
//
//   allocate ──> build ──> track ──────────────> count comes to 0 ──> finalize, weak references ──> untrack ──> drop edges
//   ──> free (make.h)               (containers only)     or a collection        (teardown.cpp)
//
// The heap owns bytes (Allocator), marks (Tracking) and the table of weak references. It knows no concrete type, and of the
// collector only a hook: the floor above installs what is to be called when the count of new containers exceeds its
// threshold.
//
// Laws
//   built-then-tracked: the collector never sees an object before it is built, nor after its teardown began.
//   home-of-type: a struct that names its home (object.h) is that of built-in types only whose flags say the same.
//   bulk-silent: while a TeardownHold is in force no foreign code runs.
//   call-guarded: what teardown and the collector call is looked up and guarded like any other call.
//   count-containers: `young_count` rises by one for each container made and falls by one, not below 0, for each freed.
#pragma once

#include <ouro/allocator/allocator.h>
#include <ouro/base/assert.h>
#include <ouro/base/error.h>
#include <ouro/base/lock/gil.h>
#include <ouro/base/shared.h>
#include <ouro/base/standard/function.h>
#include <ouro/objects/model/failure.h>
#include <ouro/objects/model/object.h>
#include <ouro/objects/model/object_describer.h>
#include <ouro/objects/model/tracking.h>
#include <ouro/objects/model/type.h>
#include <ouro/objects/model/weak_table.h>

#include <cstdint>
#include <string_view>
#include <utility>

namespace ouro {

struct Builtins;
class ForeignCodeHook;
class HandleSites;

/// What the collector does for the heap. One per runtime; installed by the collector.
class CollectorHook {
 public:
  virtual ~CollectorHook() = default;
  /// `young_count` exceeds `young_trigger`: collect, or note that it is due. Called before the new container exists.
  virtual void collection_due() noexcept = 0;
  /// An object of the unreachable set (kTrashFlag) died by its count while the collection runs.
  virtual void trash_died(Object& object) noexcept = 0;
  /// Half of what the memory limit left is used: the next collection that may run is due at once, and a full one.
  virtual void memory_tight() noexcept = 0;
  /// The memory limit refuses a new container. Runs a full collection if allocations may; false if not.
  virtual bool memory_short() noexcept = 0;
  /// A safepoint is reached, and a collection waits for one.
  virtual void collect_if_due() noexcept = 0;
  /// Gives back the memory that one collection leaves for the next.
  virtual void trim() noexcept = 0;
};

/// Called with what nobody can catch: an error thrown by a finalizer or a weak reference's callback.
/// `where` says which, `context` is the object concerned, borrowed.
using UnraisableHook = std::function<void(const Error& error, std::string_view where, const Object& context)>;

/// The objects of one runtime. Every call needs the runtime's lock.
class Heap {
 public:
  Heap(Gil& gil, const alloc::AllocatorOptions& options);
  ~Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  /// A block for an object of `type`, its header filled: count 1, no flags. The choice: what is specific to the type, its
  /// home and its size class, then the size (claim M3). May collect before, if the type is a container's; at the memory
  /// limit it does, and asks again. Throws MemoryError.
  template <Home home = Home::kAskType>
  [[nodiscard, gnu::always_inline]] Object& allocate(Type& type, std::size_t bytes) {
    assert_locked("making an object");
    assert_home<home>(type);
    void* block;
    if (is_container<home>(type)) {
      if (++young_count > young_trigger) [[unlikely]]
        hook_->collection_due();
      block = memory.allocate_container(bytes);
    } else if (alloc::is_small(bytes)) {
      block = memory.allocate_atom(bytes);
    } else {
      block = allocate_large_atom(bytes);
    }
    if (block == nullptr) [[unlikely]]
      block = collect_and_allocate(type, bytes);
    auto* const object = static_cast<Object*>(block);
    object->refcount = 1;
    object->flags = 0;
    object->type = &type;
    if (owns_type<home>(type)) increment(type);
    if constexpr (kChecks >= CheckLevel::kCheap) ++type.made;
    return *object;
  }

  /// If the memory limit would refuse `bytes` more, lets a full collection run, where allocations may collect; true if one
  /// ran. For who makes an object with a buffer, before; and for who grows one, when a buffer was refused: that one looks at
  /// its object again, for finalizers have run, and tries once more.
  bool make_room(std::size_t bytes) noexcept { return memory.budget().is_short_of(bytes) && hook_->memory_short(); }

  /// Gives back the block of an object whose references and buffers are gone. The object must not be tracked.
  template <Home home = Home::kAskType>
  void free(Object& object, const Type& type, std::size_t bytes) noexcept {
    assert_home<home>(type);
    if constexpr (kChecks >= CheckLevel::kCheap) ++const_cast<Type&>(type).freed;
    free_block(object, bytes, is_container<home>(type));
  }
  /// The same for an object whose type is gone already.
  [[gnu::always_inline]] void free_block(Object& object, std::size_t bytes, bool is_container) noexcept {
    if (is_container) {
      if (young_count > 0) --young_count;
      memory.free_container(&object, bytes);
    } else if (alloc::is_small(bytes)) {
      memory.free_atom(&object, bytes);
    } else {
      free_large_atom(object);
    }
  }

  /// Calls `function(Object&)` for every object alive, containers first, each area in address order; immortal objects are
  /// not in the heap. `function` must neither make nor free objects. Linear in the heap; needs no list of objects.
  template <class F>
  void for_each_object(F&& function) const {
    const auto visit = [&](std::byte* block, std::size_t) { function(*reinterpret_cast<Object*>(block)); };
    memory.containers().for_each_block(visit);
    memory.atoms().for_each_block(visit);
    for (LargeAtom* atom = large_atoms_; atom != nullptr; atom = atom->next == large_atoms_ ? nullptr : atom->next)
      function(*reinterpret_cast<Object*>(atom + 1));
  }

  [[nodiscard]] Gil& gil() const noexcept { return *lock_; }
  /// The lock's safepoint, for operations that may take long: another thread may run, a collection too, and what waits to be
  /// called may throw. Law one-safepoint.
  void safepoint() {
    if (lock_ != nullptr) lock_->safepoint();
  }

  /// Gives free memory back to the system; returns the bytes of the areas. Linear in the arenas and in the young logs.
  std::size_t trim() noexcept;

  /// The runtime goes, the heap stays for handles that still count its objects: from now on `died(context)` is called
  /// when the count of one (kOrphanFlag) comes to 0, in place of a teardown, and nobody asks for the lock any more. All
  /// addresses in which no orphan lies are given back.
  void outlive_runtime(void (*died)(void* context) noexcept, void* context) noexcept;
  /// An orphan's count has come to 0. May end this heap's life.
  void orphan_died() noexcept { orphan_died_(orphan_context_); }

  /// True if the calling thread holds the lock, or there is none any more.
  [[nodiscard]] bool is_locked() const noexcept { return lock_ == nullptr || lock_->held_by_this_thread(); }
  /// How far behind the start of its block an object lies.
  [[nodiscard]] std::size_t object_offset(const alloc::MemoryRequest& request) const noexcept {
    return request.domain == alloc::Domain::kRaw ? sizeof(LargeAtom) : 0;
  }
  /// The lock is held, or the law lock-held is broken by the call named `call`. Costs nothing in a release build.
  void assert_held(const char* call) const noexcept {
    if constexpr (kChecks >= CheckLevel::kCheap)
      if (!is_locked()) law_broken("lock-held", call, __FILE__, __LINE__);
  }
  /// The same, and the runtime is not closed: for calls that use objects.
  void assert_locked(const char* call) const noexcept {
    assert_held(call);
    assert_open(call);
  }
  /// The runtime is not closed, or the law open-runtime is broken by the call named `call`.
  void assert_open(const char* call) const noexcept {
    if constexpr (kChecks >= CheckLevel::kCheap)
      if (closed_ && lock_ != nullptr) law_broken("open-runtime", call, __FILE__, __LINE__);
  }
  /// From here on nothing is made or used any more (law open-runtime); what is there may still be dropped.
  void set_closed(bool closed) noexcept { closed_ = closed; }
  /// While an object dies, of a handle that is dropped late, what its finalizer runs is not told of that law. Nothing in a
  /// release build.
  class [[nodiscard]] DropOfHandle {
   public:
    explicit DropOfHandle(Heap& heap) noexcept {
      if constexpr (kChecks >= CheckLevel::kCheap)
        if (heap.closed_ && heap.lock_ != nullptr) {
          closed_ = &heap;
          heap.closed_ = false;
        }
    }
    ~DropOfHandle() {
      if constexpr (kChecks >= CheckLevel::kCheap)
        if (closed_ != nullptr) closed_->closed_ = true;
    }
    DropOfHandle(const DropOfHandle&) = delete;
    DropOfHandle& operator=(const DropOfHandle&) = delete;

   private:
    Heap* closed_ = nullptr;
  };

  void install(CollectorHook& hook) noexcept;
  /// The collector is gone: nothing is collected any more.
  void uninstall() noexcept;
  [[nodiscard]] CollectorHook& hook() const noexcept { return *hook_; }
  /// Replaces the hook for what nobody can catch. An empty one prints CPython's line on standard error. The hook may do so
  /// itself. Throws MemoryError.
  void set_unraisable(UnraisableHook hook);
  /// What is asked before the hook: true if the error was asked for from outside and will be thrown again, so that nothing
  /// is lost and nothing is to be reported.
  void set_request_keeper(std::function<bool(const Error& error)> keeper) { keeps_request_ = std::move(keeper); }
  /// True if it was such a request, which is kept. For who drops an error without a report.
  [[nodiscard]] bool keep_request(const Error& error) const { return keeps_request_ && keeps_request_(error); }
  /// Hands an exception that is being handled right now (call it inside a catch block) to the unraisable hook.
  void report_unraisable(std::string_view where, const Object& context) noexcept;

  alloc::Allocator memory;
  Tracking tracking;
  WeakTable weak;
  Builtins* builtins = nullptr;             ///< types and singletons, owned by the floor above
  ForeignCodeHook* foreign_code = nullptr;  ///< is told before foreign code runs (foreign_code.h); checking builds only
  HandleSites* handle_sites = nullptr;      ///< who notes handles to the objects (handle_sites.h); null: nobody

  Failures failures;  ///< of the thread that holds the lock (failure.h)

  std::uint32_t young_count = 0;             ///< claim G6's count of generation 0
  std::uint32_t young_trigger = UINT32_MAX;  ///< collect when the count is greater

  /// Teardown of nested containers in constant stack; see teardown.cpp.
  struct Teardown {
    std::uint32_t depth = 0;
    std::uint32_t in_callbacks = 0;  ///< dead objects whose weak callbacks are running
    bool silent = false;             ///< a TeardownHold is in force
    Object* deferred = nullptr;
  } teardown;

  /// How teardown and the collector call an object: the floor above puts its own call here, which guards the recursion.
  /// Until then the slot is called, if there is one. TypeError "'int' object is not callable". Law call-guarded.
  Ref<Object> (*call_object)(Object& callee, const Arguments& arguments);
  /// The exception that is being handled as an Error, likewise: the floor above knows what other C++ exceptions stand for.
  Error (*handled_error)(Heap& heap) noexcept;

 private:
  /// Stands before an atom over 512 bytes, which lies with the general-purpose allocator, so that it can be found again:
  /// they are a ring, the last leads on to the first.
  struct LargeAtom {
    LargeAtom* previous;
    LargeAtom* next;
    std::size_t bytes;  ///< of the whole block
  };
  struct LargeAtoms;

  // What a struct tells about its objects' types; `home` is a constant, so that no code is left where it is known.
  template <Home home>
  [[nodiscard]] static bool is_container(const Type& type) noexcept {
    return home == Home::kAskType ? type.has(kContainerType) : home == Home::kContainers;
  }
  template <Home home>
  [[nodiscard]] static bool owns_type(const Type& type) noexcept {
    return home == Home::kAskType && type.has(kOwnsType);
  }
  template <Home home>
  static void assert_home([[maybe_unused]] const Type& type) noexcept {
    OURO_ASSERT_INTERNAL(is_container<home>(type) == type.has(kContainerType), "home-of-type");
    OURO_ASSERT_INTERNAL(owns_type<home>(type) == type.has(kOwnsType), "home-of-type");
  }

  [[nodiscard, gnu::cold]] void* collect_and_allocate(const Type& type, std::size_t bytes);
  [[noreturn, gnu::cold]] void refuse(const Type& type);
  [[nodiscard]] void* allocate_large_atom(std::size_t bytes) noexcept;
  void free_large_atom(Object& object) noexcept;

  ObjectDescriber describer_{*this};
  LargeAtom* large_atoms_ = nullptr;
  Gil* lock_;  ///< null once the runtime is gone
  void (*orphan_died_)(void* context) noexcept = nullptr;
  void* orphan_context_ = nullptr;
  CollectorHook* hook_;
  Shared<const UnraisableHook> unraisable_;  ///< shared, for it may be replaced while it is being called
  std::function<bool(const Error& error)> keeps_request_;
  bool closed_ = false;
};

/// True if the end of an object begins with foreign code: a finalizer or weak callbacks.
[[nodiscard]] inline bool dies_loudly(const Object& object) noexcept {
  return (object.flags & kWeakFlag) != 0 || (object.type->instance_flags & (kFinalizerType | kLegacyFinalizerType)) != 0;
}

/// The heap an object lives in.
[[nodiscard]] inline Heap& heap_of(const Object& object) noexcept { return *object.type->heap; }

/// Types, singletons and tables of the runtime an object belongs to.
[[nodiscard]] inline Builtins& builtins_of(const Object& object) noexcept { return *object.type->heap->builtins; }

/// Postpones teardowns until the guard ends, so that a pass over dead objects runs no foreign code (law bulk-silent). What
/// dies meanwhile must not die loudly: whoever holds the guard asks `dies_loudly` before it drops a last reference.
class [[nodiscard]] TeardownHold {
 public:
  explicit TeardownHold(Heap& heap) noexcept;
  ~TeardownHold();
  TeardownHold(const TeardownHold&) = delete;
  TeardownHold& operator=(const TeardownHold&) = delete;

 private:
  Heap& heap_;
  std::uint32_t depth_;
};

}  // namespace ouro
