// ThreadClass: threads as scripts see them (CPython: threading.Thread and its companions).
//
//   ouro::sync::ThreadClass threads(rt);
//   auto thread = Ref<>(threads.type())(nullptr, function, "reader", rt.tuple(1, 2));     group, target, name, args
//   thread.attr("start")();  thread.attr("join")();
//   threads.current().attr("name");
//
// Thread is a class like one made at run time: classes derive from it, and may replace `run`. Its objects have start, run,
// join, is_alive, name, daemon and ident. A thread that came in by Attach shows as an object of _DummyThread, the one that
// made the runtime as the _MainThread. `ident` is the thread's number in its runtime, `ThreadState::id`.
//
//   Thread object ──_handle──> handle ──> ouro::Thread           while it runs, the body owns a count of the object
//   functions ──> table ──> {ident: Thread object}               of those that run
//
// What `run` throws goes to the runtime's thread hook (options.h).
#pragma once

#include <ouro/runtime/runtime.h>
#include <ouro/runtime/threads/thread.h>

namespace ouro::sync {

/// The class and the functions beside it, made once for a runtime. Needs the lock, also at its end. Calls throw MemoryError.
class ThreadClass {
 public:
  explicit ThreadClass(Runtime& runtime);
  ThreadClass(const ThreadClass&) = delete;
  ThreadClass& operator=(const ThreadClass&) = delete;

  [[nodiscard]] const Ref<Class>& type() const noexcept { return type_; }
  /// The running thread's object: `threading.current_thread()`.
  [[nodiscard]] Ref<> current() const;
  /// By CPython's names: Thread, current_thread, main_thread, active_count, enumerate, get_ident.
  [[nodiscard]] const Ref<Dict>& names() const noexcept { return names_; }

 private:
  Ref<> table_;
  Ref<Class> type_;
  Ref<Dict> names_;
};

}  // namespace ouro::sync
