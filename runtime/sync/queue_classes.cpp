// The methods of Queue, LifoQueue, PriorityQueue and SimpleQueue that scripts see.
#include <ouro/runtime/sync/classes.h>
#include <ouro/runtime/sync/detail/define.h>

namespace ouro::sync::detail {

namespace {

void define_basics(const NativeClass<Queue>& type) {
  type.def("put(self, item, block, timeout)",
           [](Queue& self, Ref<> item, Flag block, Seconds timeout) { self.put(item, block.value_or(true), timeout); })
      .def("get(self, block, timeout)",
           [](Queue& self, Flag block, Seconds timeout) { return self.get(block.value_or(true), timeout); })
      .def("put_nowait(self, item)", [](Queue& self, Ref<> item) { self.put(item, false); })
      .def("get_nowait(self)", [](Queue& self) { return self.get(false); })
      .def("qsize(self)", getter(&Queue::size))
      .def("empty(self)", getter(&Queue::empty));
}

void define_all(const NativeClass<Queue>& type) {
  define_basics(type);
  type.def("task_done(self)", &Queue::task_done)
      .def("join(self)", &Queue::join)
      .def("full(self)", getter(&Queue::full))
      .def("shutdown(self, immediate)", [](Queue& self, Flag immediate) { self.shutdown(immediate.value_or(false)); })
      .prop("maxsize", getter(&Queue::most), [](Queue& self, std::int64_t most) { self.set_most(most); });
}

void define_constructor(LockDomain* domain, const NativeClass<Queue>& type, std::string_view signature, Order order) {
  define_new(type, signature, [domain, order](Class& made, Count most) {
    return new_object<Queue>(made, [&](void* place) { new (place) Queue(*domain, most.value_or(0), order); });
  });
}

}  // namespace

void define_queues(LockDomain* domain, const Classes& classes) {
  define_all(classes.queue_class);
  define_constructor(domain, classes.queue_class, "Queue(maxsize)", Order::kFirstIn);
  define_constructor(domain, classes.lifo_queue_class, "LifoQueue(maxsize)", Order::kLastIn);
  define_constructor(domain, classes.priority_queue_class, "PriorityQueue(maxsize)", Order::kLeast);
  define_basics(classes.simple_queue_class);
  define_new(classes.simple_queue_class, "SimpleQueue()", [domain](Class& made) {
    return new_object<Queue>(made, [&](void* place) { new (place) Queue(*domain, 0, Order::kFirstIn); });
  });
}

}  // namespace ouro::sync::detail
