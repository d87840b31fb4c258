// The methods of locks, conditions, semaphores, events and barriers that scripts see. Reprs are CPython 3.11's.
#include <ouro/runtime/sync/classes.h>
#include <ouro/runtime/sync/detail/define.h>

#include <fmt/format.h>

namespace ouro::sync {

namespace detail {

std::string text_at(std::string_view before, const Object& object, std::string_view after) {
  return fmt::format("<{} at {}{}>", before, static_cast<const void*>(&object), after);
}

namespace {

std::string text_of(Lock& lock) {
  return text_at(lock.locked() ? "locked _thread.lock object" : "unlocked _thread.lock object", object_of(lock));
}

std::string text_of(RLock& lock) {
  return text_at(fmt::format("{} _thread.RLock object owner={} count={}", lock.depth() > 0 ? "locked" : "unlocked",
                             lock.owner(), lock.depth()),
                 object_of(lock));
}

std::string text_of(Condition& condition) {
  const Ref<>& lock = condition.lock().object();
  return fmt::format("<Condition({}, {})>", lock ? text(*str(*lock)) : "", condition.waiting());
}

std::string text_of(Semaphore& semaphore) {
  if (const auto most = semaphore.most())
    return text_at("threading.BoundedSemaphore", object_of(semaphore),
                   fmt::format(": value={}/{}", semaphore.value(), *most));
  return text_at("threading.Semaphore", object_of(semaphore), fmt::format(": value={}", semaphore.value()));
}

std::string text_of(Event& event) {
  return text_at("threading.Event", object_of(event), event.is_set() ? ": set" : ": unset");
}

std::string text_of(Barrier& barrier) {
  if (barrier.broken()) return text_at("threading.Barrier", object_of(barrier), ": broken");
  return text_at("threading.Barrier", object_of(barrier),
                 fmt::format(": waiters={}/{}", barrier.waiting(), barrier.parties()));
}

template <class T>
void define_repr(const NativeClass<T>& type) {
  type.def("__repr__(self)", [](T& self) { return text_of(self); });
}

void define_lock(LockDomain* domain, const NativeClass<Lock>& type) {
  define_repr(type);
  define_lock_methods(type);
  type.def("release(self)", [](Lock& self) { self.release(); }).def("locked(self)", getter(&Lock::locked));
  define_new(type, "Lock()",
             [domain](Class& made) { return new_object<Lock>(made, [&](void* place) { new (place) Lock(*domain); }); });
}

/// What `_release_save` returns and `_acquire_restore` takes: how often, and by whom.
using SavedRLock = std::pair<std::int64_t, std::uint64_t>;

void define_rlock(LockDomain* domain, const NativeClass<RLock>& type) {
  define_repr(type);
  define_lock_methods(type);
  type.def("release(self)", [](RLock& self) { self.release(); })
      .def("_is_owned(self)", getter(&RLock::owned))
      .def("_recursion_count(self)", [](RLock& self) { return self.owned() ? self.depth() : 0; })
      .def("_release_save(self)",
           [domain](RLock& self) {
             const std::size_t depth = self.release_all();
             return SavedRLock(static_cast<std::int64_t>(depth), domain->threads.current()->id());
           })
      .def("_acquire_restore(self, state)",
           [](RLock& self, SavedRLock state) { self.acquire_again(static_cast<std::size_t>(state.first)); });
  define_new(type, "RLock()",
             [domain](Class& made) { return new_object<RLock>(made, [&](void* place) { new (place) RLock(*domain); }); });
}

void define_waits(const NativeClass<Condition>& type) {
  type.def("wait(self, timeout)", [](Condition& self, Seconds timeout) { return self.wait(timeout); })
      .def("wait_for(self, predicate, timeout)",
           [](Condition& self, Ref<> predicate, Seconds timeout) {
             Ref<> answer;
             static_cast<void>(self.wait_for([&] { return truth(*(answer = predicate())); }, timeout));
             return answer;
           })
      .def("notify(self, n)",
           [](Condition& self, Count count) {
             self.notify(static_cast<std::size_t>(std::max<std::int64_t>(count.value_or(1), 0)));
           })
      .def("notify_all(self)", [](Condition& self) { self.notify_all(); });
}

void define_condition(LockDomain* domain, const NativeClass<Condition>& type, const NativeClass<RLock>& rlock) {
  define_repr(type);
  define_lock_methods(type);
  define_waits(type);
  type.def("release(self)", [](Condition& self) { self.release(); }).def("_is_owned(self)", [](Condition& self) {
    return self.lock().owned();
  });
  const auto maker = [domain](Class& rlock_type, Class& made, std::optional<Ref<>> lock) {
    const Ref<> with = lock ? *lock : new_object<RLock>(rlock_type, [&](void* place) { new (place) RLock(*domain); });
    return new_object<Condition>(made, [&](void* place) { new (place) Condition(*domain, with); });
  };
  define_new(type, "Condition(lock)", maker, rlock.type());
}

void define_semaphores(LockDomain* domain, const NativeClass<Semaphore>& plain, const NativeClass<Semaphore>& bounded) {
  define_repr(plain);
  define_lock_methods(plain);
  plain.def("release(self, n)", [](Semaphore& self, Count count) { self.release(count.value_or(1)); });
  const auto maker = [domain](bool is_bounded) {
    return [domain, is_bounded](Class& made, Count value) {
      return new_object<Semaphore>(made,
                                   [&](void* place) { new (place) Semaphore(*domain, value.value_or(1), is_bounded); });
    };
  };
  define_new(plain, "Semaphore(value)", maker(false));
  define_new(bounded, "BoundedSemaphore(value)", maker(true));
}

void define_event(LockDomain* domain, const NativeClass<Event>& type) {
  define_repr(type);
  type.def("is_set(self)", getter(&Event::is_set))
      .def("set(self)", &Event::set)
      .def("clear(self)", &Event::clear)
      .def("wait(self, timeout)", [](Event& self, Seconds timeout) { return self.wait(timeout); });
  define_new(type, "Event()",
             [domain](Class& made) { return new_object<Event>(made, [&](void* place) { new (place) Event(*domain); }); });
}

void define_barrier(LockDomain* domain, const NativeClass<Barrier>& type) {
  define_repr(type);
  type.def("wait(self, timeout)", [](Barrier& self, Seconds timeout) { return self.wait(timeout); })
      .def("reset(self)", &Barrier::reset)
      .def("abort(self)", &Barrier::abort)
      .prop("parties", getter(&Barrier::parties))
      .prop("n_waiting", getter(&Barrier::waiting))
      .prop("broken", getter(&Barrier::broken));
  define_new(type, "Barrier(parties, action, timeout)",
             [domain](Class& made, std::int64_t parties, std::optional<Ref<>> action, Seconds timeout) {
               return new_object<Barrier>(
                   made, [&](void* place) { new (place) Barrier(*domain, parties, action.value_or(Ref<>()), timeout); });
             });
}

}  // namespace

}  // namespace detail

Classes::Classes(Runtime& runtime)
    : domain_(runtime),
      builtins_(runtime.builtins()),
      lock_class(builtins_, "lock"),
      rlock_class(builtins_, "RLock"),
      condition_class(builtins_, "Condition"),
      semaphore_class(builtins_, "Semaphore"),
      bounded_semaphore_class(semaphore_class.derive("BoundedSemaphore")),
      event_class(builtins_, "Event"),
      barrier_class(builtins_, "Barrier"),
      queue_class(builtins_, "Queue"),
      lifo_queue_class(queue_class.derive("LifoQueue")),
      priority_queue_class(queue_class.derive("PriorityQueue")),
      simple_queue_class(builtins_, "SimpleQueue") {
  detail::define_lock(&domain_, lock_class);
  lock_class.final();
  detail::define_rlock(&domain_, rlock_class);
  detail::define_condition(&domain_, condition_class, rlock_class);
  detail::define_semaphores(&domain_, semaphore_class, bounded_semaphore_class);
  detail::define_event(&domain_, event_class);
  detail::define_barrier(&domain_, barrier_class);
  detail::define_queues(&domain_, *this);
}

Ref<Dict> Classes::names() const {
  return dict_of(builtins_, {{"Lock", lock_class},
                             {"RLock", rlock_class},
                             {"Condition", condition_class},
                             {"Semaphore", semaphore_class},
                             {"BoundedSemaphore", bounded_semaphore_class},
                             {"Event", event_class},
                             {"Barrier", barrier_class},
                             {"Queue", queue_class},
                             {"LifoQueue", lifo_queue_class},
                             {"PriorityQueue", priority_queue_class},
                             {"SimpleQueue", simple_queue_class}});
}

}  // namespace ouro::sync
