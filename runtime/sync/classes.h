// The synchronisation objects as classes of a runtime, with the methods that scripts see.
//
//   ouro::sync::Classes sync(rt);
//   auto lock = sync.lock();                       Ref<>: an object like any other
//   sync::Lock& inside = *native_cast<sync::Lock>(*lock);
//   lock.attr("acquire")();  lock.attr("release")();
//   auto another = Ref<>(sync.lock_class)();       called like a class: Lock()
//   for (auto [name, type] : sync.names()) ...     what a script's `threading` and `queue` hold
//
// BoundedSemaphore derives from Semaphore, LifoQueue and PriorityQueue from Queue, as in CPython. Classes made at run time
// cannot derive from them: their objects hold C++ values. Full, Empty, ShutDown and BrokenBarrierError are kinds of
// ouro::Error, as all errors are.
#pragma once

#include <ouro/runtime/runtime.h>
#include <ouro/runtime/sync/condition.h>
#include <ouro/runtime/sync/lock.h>
#include <ouro/runtime/sync/queue.h>

#include <cstdint>

namespace ouro::sync {

/// The classes, made once for a runtime and registered nowhere. Needs the lock, also at its end. Calls throw MemoryError and
/// what the constructors do.
class Classes {
 public:
  explicit Classes(Runtime& runtime);
  Classes(const Classes&) = delete;
  Classes& operator=(const Classes&) = delete;

  [[nodiscard]] Ref<> lock() const { return lock_class.make(domain_); }
  [[nodiscard]] Ref<> rlock() const { return rlock_class.make(domain_); }
  /// A Condition with `lock`, or with a new RLock if that is empty.
  [[nodiscard]] Ref<> condition(Ref<> lock = {}) const {
    return condition_class.make(domain_, lock ? std::move(lock) : rlock());
  }
  [[nodiscard]] Ref<> semaphore(std::int64_t value = 1) const { return semaphore_class.make(domain_, value, false); }
  [[nodiscard]] Ref<> bounded_semaphore(std::int64_t value = 1) const {
    return bounded_semaphore_class.make(domain_, value, true);
  }
  [[nodiscard]] Ref<> event() const { return event_class.make(domain_); }
  [[nodiscard]] Ref<> barrier(std::int64_t parties, Ref<> action = {}, Seconds timeout = {}) const {
    return barrier_class.make(domain_, parties, std::move(action), timeout);
  }
  [[nodiscard]] Ref<> queue(std::int64_t most = 0, Order order = Order::kFirstIn) const {
    return class_of(order).make(domain_, most, order);
  }
  [[nodiscard]] Ref<> simple_queue() const { return simple_queue_class.make(domain_, std::int64_t{0}, Order::kFirstIn); }

  /// The classes by the names of CPython's modules `threading` and `queue`: {"Lock": <class 'lock'>, ...}.
  [[nodiscard]] Ref<Dict> names() const;

 private:
  [[nodiscard]] const NativeClass<Queue>& class_of(Order order) const noexcept {
    return order == Order::kFirstIn ? queue_class : order == Order::kLastIn ? lifo_queue_class : priority_queue_class;
  }

  LockDomain& domain_;
  Builtins& builtins_;

 public:
  const NativeClass<Lock> lock_class;
  const NativeClass<RLock> rlock_class;
  const NativeClass<Condition> condition_class;
  const NativeClass<Semaphore> semaphore_class;
  const NativeClass<Semaphore> bounded_semaphore_class;
  const NativeClass<Event> event_class;
  const NativeClass<Barrier> barrier_class;
  const NativeClass<Queue> queue_class;
  const NativeClass<Queue> lifo_queue_class;
  const NativeClass<Queue> priority_queue_class;
  const NativeClass<Queue> simple_queue_class;
};

namespace detail {

void define_queues(LockDomain* domain, const Classes& classes);

}  // namespace detail

}  // namespace ouro::sync
