// Variables that have another value in each thread.
//
// A thread's dict is made when it is first asked for. It is dropped, under the lock, when a thread that the runtime started
// ends; that of another thread at the next attachment or safepoint after its end (CPython: PyThreadState_GetDict). A
// ThreadLocal is a variable with a value for each thread, kept in those dicts.
#pragma once

#include <ouro/objects/model/ref.h>

namespace ouro {

class Runtime;

/// A variable that has another value in each thread. Calls, and its end, need the lock; its values end with it.
class ThreadLocal {
 public:
  /// A variable that no thread has set yet. Throws MemoryError.
  explicit ThreadLocal(Runtime& runtime);
  ~ThreadLocal();
  ThreadLocal(const ThreadLocal&) = delete;
  ThreadLocal& operator=(const ThreadLocal&) = delete;

  /// This thread's value; empty if it has none.
  [[nodiscard]] Ref<> find() const;
  /// This thread's value. AttributeError if it has none.
  [[nodiscard]] Ref<> get() const;
  void set(Object& value);
  /// Takes this thread's value away, if it has one.
  void erase();

 private:
  Runtime& runtime_;
  Ref<> key_;
};

}  // namespace ouro
