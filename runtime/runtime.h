// Runtime: an isolated world of objects.
//
//   Runtime ── LockDomain   the lock and the threads inside
//           ── Heap         bytes, marks, weak table            (one; outlives the runtime if handles do)
//           ── Builtins     types, None, small ints, interned str
//           ── GcView       the collector
//
// Everything hangs from it; nothing is global. Several may live in one process, each with a heap, a collector and a lock of
// its own, and run in parallel. The thread that makes a runtime is attached to it and holds its lock.
//
// Members are destroyed in reverse order: collector, built-ins, heap, lock.
#pragma once

#include <ouro/base/owned.h>
#include <ouro/base/shared.h>
#include <ouro/gc/collector.h>
#include <ouro/gc/explain/census.h>
#include <ouro/gc/explain/why_not_collected.h>
#include <ouro/objects/classes/class.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/foreign_code_stress.h>
#include <ouro/objects/core/handle.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/cpp/native.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/errors/translate.h>
#include <ouro/objects/messages/exports.h>
#include <ouro/objects/model/handle_sites.h>
#include <ouro/objects/modules/module.h>
#include <ouro/objects/sets/set.h>
#include <ouro/objects/text/str.h>
#include <ouro/runtime/gc_view.h>
#include <ouro/runtime/memory_report.h>
#include <ouro/runtime/options.h>
#include <ouro/runtime/thread_dict.h>
#include <ouro/runtime/threads/global.h>
#include <ouro/runtime/threads/guards.h>

#include <initializer_list>
#include <string_view>
#include <utility>

namespace ouro {

namespace detail {
class NestedCalls;
class ThreadDicts;
}  // namespace detail

/// Owns heap, collector, lock, types and singletons. Calls need the lock unless said otherwise.
class Runtime {
 public:
  /// A running runtime; this thread is attached and holds the lock. MemoryError if the system refuses the addresses,
  /// ValueError "switch interval must be strictly positive".
  explicit Runtime(Options options = {});
  /// Closes it, if `close` was not called, and frees everything. A handle that still exists stays harmless. A daemon that
  /// does not leave never comes in again. On the maker's thread, or after that has ended (law maker-ends).
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  /// Refuses new threads and waits up to `patience` for those inside; then collects everything, finalizers included, and
  /// tells the leak handler what is still alive (and aborts, if `abort_on_leak` says so). No object may be used afterwards.
  /// The report is returned too. RuntimeError, and nothing is closed but the door, if a thread is still inside when patience
  /// ends; a daemon that stays outside, in a blocking call, is not waited for. RuntimeError at once on another thread than
  /// the maker's.
  LeakReport close(std::chrono::milliseconds patience = std::chrono::seconds(10));

  [[nodiscard]] Heap& heap() noexcept { return *heap_; }
  [[nodiscard]] Builtins& builtins() noexcept { return *builtins_; }
  /// The collector as Python's module `gc` shows it, and the collector itself.
  [[nodiscard]] GcView& gc() noexcept { return *gc_; }
  [[nodiscard]] gc::Collector& collector() noexcept { return gc_->collector(); }
  [[nodiscard]] Gil& gil() noexcept { return domain_->gil; }
  [[nodiscard]] ThreadRegistry& threads() noexcept { return domain_->threads; }
  /// What the guards `Attach`, `GilRelease` and `GilGuard` take. Any thread.
  operator LockDomain&() noexcept { return *domain_; }

  // ---- Values ----

  /// The object for a C++ value: None, bool, int, float, str, list, dict ... (see convert.h).
  template <class V>
  [[nodiscard]] Ref<> from(V&& value) {
    return to_object(builtins(), std::forward<V>(value));
  }
  [[nodiscard]] Ref<> none() noexcept { return Ref<>::share(builtins().none()); }
  [[nodiscard]] Ref<Str> str(std::string_view text) { return make_str(builtins(), text); }
  /// A list of the arguments, each converted as by `from`.
  template <class... V>
  [[nodiscard]] Ref<List> list(V&&... values) {
    const Ref<> items[sizeof...(V) + 1] = {from(std::forward<V>(values))..., Ref<>()};
    Ref<List> result = make_list(builtins(), sizeof...(V));
    for (std::size_t i = 0; i < sizeof...(V); ++i) result->append(*items[i]);
    return result;
  }
  /// A tuple of the arguments, each converted as by `from`.
  template <class... V>
  [[nodiscard]] Ref<Tuple> tuple(V&&... values) {
    return make_tuple(builtins(), from(std::forward<V>(values))...);
  }
  /// A set of the arguments, or of those in braces, each converted as by `from`. TypeError "unhashable type: 'list'".
  template <class... V>
  [[nodiscard]] Ref<Set> set(V&&... values) {
    const Ref<> held[sizeof...(V) + 1] = {from(std::forward<V>(values))..., Ref<>()};
    Ref<Set> made = make_set(builtins(), sizeof...(V));
    for (std::size_t i = 0; i < sizeof...(V); ++i) static_cast<void>(made->add(*held[i]));
    return made;
  }
  template <class V>
  [[nodiscard]] Ref<Set> set(std::initializer_list<V> values) {
    return set_of(values);
  }
  template <class... V>
  [[nodiscard]] Ref<FrozenSet> frozenset(V&&... values) {
    return frozenset_from(*set(std::forward<V>(values)...));
  }
  template <class V>
  [[nodiscard]] Ref<FrozenSet> frozenset(std::initializer_list<V> values) {
    return frozenset_from(*set_of(values));
  }
  /// An empty dict, or one of `{key, value}` pairs, each converted as by `from`; a later pair replaces an earlier one.
  [[nodiscard]] Ref<Dict> dict() { return make_dict(builtins()); }
  [[nodiscard]] Ref<Dict> dict(std::initializer_list<DictEntry> entries) { return dict_of(builtins(), entries); }

  /// The built-in type whose objects are T: `type<List>()`.
  template <class T>
  [[nodiscard]] Type& type() noexcept {
    return builtins().type(T::kKind);
  }
  /// `class name(bases): pass`. A base may be a built-in type: `new_class("Stack", {&rt.type<List>()})`. TypeError if the
  /// bases have no consistent order, or no common layout.
  [[nodiscard]] Ref<Class> new_class(std::string_view name, std::initializer_list<Type*> bases = {}) {
    return make_class(builtins(), name, bases);
  }
  /// A new module of this name: `Ref<Module> m = rt.module("m"); m.attr("answer") = 42;`
  [[nodiscard]] Ref<Module> module(std::string_view name, std::string_view doc = {}) {
    return make_module(builtins(), name, doc);
  }
  /// Registers the C++ struct T, with C++ bases; traverse and clear are derived from its members (see native.h).
  template <class T, class... Bases>
  [[nodiscard]] NativeClass<T> class_(std::string_view name) {
    return ouro::class_<T, Bases...>(builtins(), name);
  }
  /// The class that was registered for the C++ struct T. TypeError "there is no class_<Vec3> in this runtime".
  template <class T>
  [[nodiscard]] Ref<Class> class_of() {
    return class_of_cpp<T>(builtins());
  }

  // ---- Errors (docs/errors.md) ----

  /// The built-in type of a kind: `rt.type(ErrorKind::kValueError)`. Borrowed, immortal.
  [[nodiscard]] Type& type(ErrorKind kind) noexcept { return builtins().type(kind); }
  [[nodiscard]] Type& type(const ErrorType& error) { return builtins().type(error); }
  /// The object of an error, made when it is first asked for; the same one for the copies of the error made afterwards. An
  /// error of another runtime gives an object of its own. Throws MemoryError.
  [[nodiscard]] Ref<BaseException> exception(const Error& error) { return exception_of(builtins(), error); }
  [[nodiscard]] Ref<BaseException> exception(const Failure& failure) { return exception_of(builtins(), failure); }
  /// From now on a C++ exception of type E that leaves a native function is an error of `type`, and back: see translate.h.
  template <class E, class... A>
  void translate(A&&... how) {
    ouro::translate<E>(builtins(), std::forward<A>(how)...);
  }

  /// The classes and functions that messages from other runtimes may name (objects/messages/exports.h).
  [[nodiscard]] Exports& exports() noexcept { return *builtins().exports; }

  // ---- Running ----

  /// Where threads switch and, if so chosen, collections happen. One relaxed load when there is nothing to do. Law
  /// one-safepoint.
  void safepoint() {
    domain_->assert_locked("Runtime::safepoint");
    heap_->assert_open("Runtime::safepoint");
    domain_->gil.safepoint();
  }
  [[nodiscard]] std::chrono::microseconds switch_interval() noexcept { return gil().switch_interval(); }
  /// ValueError "switch interval must be strictly positive".
  void set_switch_interval(std::chrono::microseconds interval);

  /// The running thread's dict, made when it is first asked for. Throws MemoryError; RuntimeError if the thread holds the
  /// bare lock and is not attached.
  [[nodiscard]] Ref<Dict> thread_dict();
  [[nodiscard]] detail::ThreadDicts& thread_dicts() noexcept { return *thread_dicts_; }
  /// Pending calls, interrupts, and errors for other threads (attention.h).
  [[nodiscard]] Attention& attention() noexcept { return domain_->attention; }

  /// Gives free memory back to the system; returns the bytes.
  std::size_t trim() noexcept { return heap_->trim(); }
  /// Objects alive, by walking the heap.
  [[nodiscard]] std::size_t count_objects() noexcept { return gc::count_objects(*heap_); }
  /// The same by type, most bytes first.
  [[nodiscard]] std::vector<gc::TypeCensus> objects_by_type() const { return gc::census(*heap_); }
  /// The shortest path of references from a root to an object; a handle that is used to ask does not count (why_alive.h).
  [[nodiscard]] gc::AliveReport why_alive(const Object& object) const { return gc::why_alive(*heap_, object); }
  template <class T>
  [[nodiscard]] gc::AliveReport why_alive(const Ref<T>& handle) const {
    return gc::why_alive(*heap_, handle);
  }
  /// What the collector knows of an object, and which rule keeps it (why_not_collected.h).
  [[nodiscard]] gc::NotCollectedReport why_not_collected(const Object& object) const {
    return gc::why_not_collected(gc_->collector(), object);
  }
  template <class T>
  [[nodiscard]] gc::NotCollectedReport why_not_collected(const Ref<T>& handle) const {
    return gc::why_not_collected(gc_->collector(), handle);
  }
  /// The allocator in numbers. Linear in the pools in use. docs/statistics.md explains each.
  [[nodiscard]] alloc::AllocatorStats memory_stats() const noexcept { return heap_->memory.stats(); }
  /// Both for a terminal, and as JSON (memory_report.h).
  [[nodiscard]] std::string memory_report() const { return ouro::memory_report(*heap_); }
  [[nodiscard]] std::string memory_json() const { return ouro::memory_json(*heap_); }

 private:
  template <class V>
  [[nodiscard]] Ref<Set> set_of(std::initializer_list<V> values) {
    Ref<Set> made = make_set(builtins(), values.size());
    for (const V& value : values) static_cast<void>(made->add(*from(value)));
    return made;
  }

  friend const Shared<detail::GlobalHome>& detail::global_home(Runtime& runtime) noexcept;

  LeakReport close(std::chrono::milliseconds patience, Remaining remaining);
  void leak_all() noexcept;
  void collect_all() noexcept;
  void tell(const LeakReport& report) const;
  void tell_handler(const LeakReport& report) const noexcept;
  void begin_threads();
  void end_threads() noexcept;

  Options options_;
  Owned<LockDomain> domain_;
  Owned<Heap> heap_;
  Owned<HandleSites> handle_sites_;
  Owned<Builtins> builtins_;
  Owned<GcView> gc_;
  Owned<ForeignCodeStress> foreign_code_;  ///< checking builds only
  Owned<detail::ThreadDicts> thread_dicts_;
  Owned<detail::NestedCalls> nested_calls_;
  Shared<detail::GlobalHome> globals_;
  Attachment attachment_;
  bool closed_ = false;
};

}  // namespace ouro
