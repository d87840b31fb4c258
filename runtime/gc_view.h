// GcView: what a program sees of the collector, as Python's module `gc` shows it.
//
// The collector knows no list and no dict; what of the module needs them is here. The view has the names of the module and
// no more; what else a collector can tell and be told (reports, observers, stress, generations) is asked of
// `rt.collector()`, see gc/collector.h.
//
//   Python                               here
//   ------                               ----
//   gc.collect(1)                        rt.gc().collect(1)
//   gc.set_threshold(700, 10)            rt.gc().set_threshold(700, 10)
//   gc.get_objects(generation=0)         rt.gc().get_objects(0)
//   gc.get_referrers(a, b)               rt.gc().get_referrers({&a, &b})
//   gc.callbacks.append(f)               rt.gc().callbacks().append(f)
//   gc.garbage                           rt.gc().garbage()
//   gc.set_debug(gc.DEBUG_STATS)         rt.gc().set_debug(gc::kDebugStats)
//   gc.is_tracked(a)                     rt.gc().is_tracked(a)
#pragma once

#include <ouro/gc/collector.h>
#include <ouro/gc/explain/census.h>
#include <ouro/gc/listener.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>

#include <initializer_list>
#include <optional>
#include <span>

namespace ouro {

/// The collector of one runtime with Python's face. Every call needs the runtime's lock.
class GcView final : private gc::CollectionListener {
 public:
  GcView(Heap& heap, const gc::CollectorOptions& options);
  ~GcView() override;
  GcView(const GcView&) = delete;
  GcView& operator=(const GcView&) = delete;

  [[nodiscard]] gc::Collector& collector() noexcept { return collector_; }
  [[nodiscard]] const gc::Collector& collector() const noexcept { return collector_; }

  /// `gc.collect(generation)`: the number of unreachable objects found. ValueError "invalid generation".
  std::size_t collect(int generation = gc::kOldest) { return collector_.collect(generation); }
  /// `gc.enable()`, `gc.disable()`, `gc.isenabled()`: automatic collection.
  void enable() noexcept { collector_.enable(); }
  void disable() noexcept { collector_.disable(); }
  [[nodiscard]] bool is_enabled() const noexcept { return collector_.is_enabled(); }
  /// `gc.freeze()`, `gc.unfreeze()`, `gc.get_freeze_count()`.
  void freeze() noexcept { collector_.freeze(); }
  void unfreeze() noexcept { collector_.unfreeze(); }
  [[nodiscard]] std::size_t get_freeze_count() const noexcept { return collector_.freeze_count(); }
  /// `gc.is_tracked(object)`, `gc.is_finalized(object)`.
  [[nodiscard]] bool is_tracked(const Object& object) const noexcept { return collector_.is_tracked(object); }
  [[nodiscard]] static bool is_finalized(const Object& object) noexcept { return gc::Collector::is_finalized(object); }
  /// `gc.set_debug(flags)`, `gc.get_debug()`: `DebugFlag` bits.
  void set_debug(unsigned flags) noexcept { collector_.set_debug(flags); }
  [[nodiscard]] unsigned get_debug() const noexcept { return collector_.debug(); }

  /// `gc.get_objects(generation)`: the tracked objects of one generation or of all (-1), as a new list that is not in it;
  /// frozen ones are left out. In address order. ValueError in CPython's words. Linear in the heap.
  [[nodiscard]] Ref<List> get_objects(std::optional<int> generation = {});
  /// `gc.get_referrers(*targets)`: a new list of the objects that refer to any of the targets, each once, in address order.
  /// Exact: untracked and frozen holders too, which CPython does not see. Linear in the heap.
  [[nodiscard]] Ref<List> get_referrers(std::span<const Object* const> targets);
  [[nodiscard]] Ref<List> get_referrers(std::initializer_list<const Object*> targets);
  /// `gc.get_referents(*objects)`: a new list of what the objects refer to, in their own order, with repetitions.
  [[nodiscard]] Ref<List> get_referents(std::span<const Object* const> objects);
  [[nodiscard]] Ref<List> get_referents(std::initializer_list<const Object*> objects);

  /// `gc.set_threshold(young, middle, old)`; those not given stay. `young` 0 turns automatic collection off; a negative
  /// number is below every count.
  void set_threshold(std::int64_t young, std::optional<std::int64_t> middle = {},
                     std::optional<std::int64_t> old = {}) noexcept;
  /// `gc.get_threshold()`, `gc.get_count()`: tuples of three ints.
  [[nodiscard]] Ref<Tuple> get_threshold();
  [[nodiscard]] Ref<Tuple> get_count();
  /// `gc.get_stats()`: a list of three dicts with "collections", "collected" and "uncollectable".
  [[nodiscard]] Ref<List> get_stats();

  /// `gc.callbacks`: callables called with "start" or "stop" and a dict with "generation", "collected" and "uncollectable"
  /// (and, from compat py315 on, "candidates" and "duration") before and after every collection. What they throw goes to
  /// the unraisable hook. The list may be changed at any time.
  [[nodiscard]] List& callbacks();
  /// `gc.garbage`: what was found unreachable and could not be freed, or was saved by kDebugSaveAll.
  [[nodiscard]] List& garbage();

  /// Runs the finalizers and callbacks that are queued (Options::deferred_finalizers); returns how many.
  std::size_t run_deferred_finalizers() noexcept { return collector_.run_deferred(); }

  /// The lists can be made from now on, and callbacks be called. For Runtime.
  void open(Builtins& builtins) noexcept { builtins_ = &builtins; }
  /// Says how many objects are uncollectable, in CPython's words, and drops both lists. For Runtime.
  void close() noexcept;

 private:
  void collection_starts(const gc::CollectionReport& report) noexcept override;
  void collection_stops(const gc::CollectionReport& report) noexcept override;
  void keep_garbage(Object& object) noexcept override;
  void observer_failed() noexcept override;

  void call_back(std::string_view phase, const gc::CollectionReport& report) noexcept;
  [[nodiscard]] Ref<Dict> info_of(const gc::CollectionReport& report);
  [[nodiscard]] Builtins& builtins() const noexcept { return *builtins_; }
  [[nodiscard]] Heap& heap() const noexcept { return collector_.heap(); }

  gc::Collector collector_;
  Builtins* builtins_ = nullptr;
  Ref<List> callbacks_;  ///< made when they are first asked for
  Ref<List> garbage_;
};

}  // namespace ouro
