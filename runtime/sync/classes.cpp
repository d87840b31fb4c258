#include <ouro/runtime/sync/classes.h>

#include <optional>
#include <utility>

namespace ouro::sync {

namespace {

using Flag = std::optional<bool>;
using Count = std::optional<std::int64_t>;

/// `Name(arguments...)`: `construct(place, arguments...)` builds a T.
template <class T, class... A, class Construct>
void define_new(const NativeClass<T>& type, Construct construct) {
  const auto make_new = [construct](Class& type_object, A... arguments) {
    return make<Object>(type_object, sizeof(Object) + sizeof(T), [&](Object& object) {
      construct(&detail::native_value<T>(object), std::move(arguments)...);
      object.flags |= kStorageFlag;
    });
  };
  detail::set_member(*type.type(), "__new__", *make_function(builtins_of(*type.type()), "__new__", make_new, type.type()));
}

/// A getter as a callable that takes the object by reference: a copy of a lock would be another lock.
template <class T, class R>
auto getter(R (T::*method)() const) {
  return [method](T& self) -> R { return (self.*method)(); };
}
template <class T, class R>
auto getter(R (T::*method)() const noexcept) {
  return [method](T& self) -> R { return (self.*method)(); };
}

/// `with lock:`, and acquire and release as methods.
template <class T>
void define_lock_methods(const NativeClass<T>& type) {
  type.def("acquire(self, blocking, timeout)",
           [](T& self, Flag blocking, Seconds timeout) { return self.acquire(blocking.value_or(true), timeout); })
      .def("__enter__(self)", [](T& self) { return self.acquire(true, std::nullopt); })
      .def("__exit__(self, type, value, traceback)",
           [](T& self, std::optional<Ref<>>, std::optional<Ref<>>, std::optional<Ref<>>) { self.release(); });
}

void define_locks(LockDomain* domain, const NativeClass<Lock>& lock, const NativeClass<RLock>& rlock) {
  define_lock_methods(lock);
  lock.def("release(self)", [](Lock& self) { self.release(); }).def("locked(self)", getter(&Lock::locked));
  define_new<Lock>(lock, [domain](void* place) { new (place) Lock(*domain); });
  define_lock_methods(rlock);
  rlock.def("release(self)", [](RLock& self) { self.release(); });
  define_new<RLock>(rlock, [domain](void* place) { new (place) RLock(*domain); });
}

void define_condition(const NativeClass<Condition>& type) {
  define_lock_methods(type);
  type.def("release(self)", [](Condition& self) { self.release(); })
      .def("wait(self, timeout)", [](Condition& self, Seconds timeout) { return self.wait(timeout); })
      .def("notify(self, n)", [](Condition& self, Count count) { self.notify(static_cast<std::size_t>(count.value_or(1))); })
      .def("notify_all(self)", [](Condition& self) { self.notify_all(); })
      .def("wait_for(self, predicate, timeout)", [](Condition& self, Ref<> predicate, Seconds timeout) {
        return self.wait_for([&] { return truth(*predicate()); }, timeout);
      });
}

void define_semaphore(LockDomain* domain, const NativeClass<Semaphore>& type) {
  define_lock_methods(type);
  type.def("release(self, n)", [](Semaphore& self, Count count) { self.release(count.value_or(1)); });
  define_new<Semaphore, Count>(
      type, [domain](void* place, Count value) { new (place) Semaphore(*domain, value.value_or(1), false); });
}

void define_event(LockDomain* domain, const NativeClass<Event>& type) {
  type.def("is_set(self)", getter(&Event::is_set))
      .def("set(self)", &Event::set)
      .def("clear(self)", &Event::clear)
      .def("wait(self, timeout)", [](Event& self, Seconds timeout) { return self.wait(timeout); });
  define_new<Event>(type, [domain](void* place) { new (place) Event(*domain); });
}

void define_barrier(LockDomain* domain, const NativeClass<Barrier>& type) {
  type.def("wait(self, timeout)", [](Barrier& self, Seconds timeout) { return self.wait(timeout); })
      .def("reset(self)", &Barrier::reset)
      .def("abort(self)", &Barrier::abort)
      .prop("parties", getter(&Barrier::parties))
      .prop("n_waiting", getter(&Barrier::waiting))
      .prop("broken", getter(&Barrier::broken));
  define_new<Barrier, std::int64_t, std::optional<Ref<>>, Seconds>(
      type, [domain](void* place, std::int64_t parties, std::optional<Ref<>> action, Seconds timeout) {
        new (place) Barrier(*domain, parties, action.value_or(Ref<>()), timeout);
      });
}

void define_queue(LockDomain* domain, const NativeClass<Queue>& type) {
  type.def("put(self, item, block, timeout)",
           [](Queue& self, Ref<> item, Flag block, Seconds timeout) { self.put(item, block.value_or(true), timeout); })
      .def("get(self, block, timeout)",
           [](Queue& self, Flag block, Seconds timeout) { return self.get(block.value_or(true), timeout); })
      .def("put_nowait(self, item)", [](Queue& self, Ref<> item) { self.put(item, false); })
      .def("get_nowait(self)", [](Queue& self) { return self.get(false); })
      .def("task_done(self)", &Queue::task_done)
      .def("join(self)", &Queue::join)
      .def("qsize(self)", getter(&Queue::size))
      .def("empty(self)", getter(&Queue::empty))
      .def("full(self)", getter(&Queue::full))
      .prop("maxsize", getter(&Queue::most));
  define_new<Queue, Count>(
      type, [domain](void* place, Count most) { new (place) Queue(*domain, most.value_or(0), Order::kFirstIn); });
}

}  // namespace

Classes::Classes(Runtime& runtime)
    : domain_(runtime),
      lock_class(runtime.builtins(), "lock"),
      rlock_class(runtime.builtins(), "RLock"),
      condition_class(runtime.builtins(), "Condition"),
      semaphore_class(runtime.builtins(), "Semaphore"),
      event_class(runtime.builtins(), "Event"),
      barrier_class(runtime.builtins(), "Barrier"),
      queue_class(runtime.builtins(), "Queue") {
  define_locks(&domain_, lock_class, rlock_class);
  define_condition(condition_class);
  define_semaphore(&domain_, semaphore_class);
  define_event(&domain_, event_class);
  define_barrier(&domain_, barrier_class);
  define_queue(&domain_, queue_class);
}

}  // namespace ouro::sync
