// What a runtime keeps for each thread: a dict, and how deep in nested calls it is.
//
// A thread's dict is made when it is first asked for. It is dropped, under the lock, when a thread that the runtime started
// ends; that of another thread at the next attachment or safepoint after its end (CPython: PyThreadState_GetDict). A
// ThreadLocal is a variable with a value for each thread, kept in those dicts.
//
// Law nested-apart: the depth of nested calls, and the objects being shown, are those of the thread that holds the lock.
#pragma once

#include <ouro/objects/containers/dict.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/model/ref.h>

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace ouro {

class Runtime;

namespace detail {

/// The dicts, by the number of the thread. Belongs to the lock.
class ThreadDicts {
 public:
  [[nodiscard]] Ref<Dict> get(Builtins& builtins, std::uint64_t thread);
  void drop(std::uint64_t thread) noexcept;
  void clear() noexcept;
  /// Takes `key` out of every thread's dict. Throws what comparing keys throws, and MemoryError.
  void forget(Object& key);
  [[nodiscard]] std::size_t size() const noexcept { return dicts_.size(); }
  [[nodiscard]] std::uint64_t next_variable() noexcept { return ++variables_; }

 private:
  std::unordered_map<std::uint64_t, Ref<Dict>> dicts_;
  std::uint64_t variables_ = 0;
};

/// What `Builtins` knows of the running thread's nested calls, put away while another thread runs.
class NestedCalls {
 public:
  explicit NestedCalls(Builtins& builtins) noexcept : builtins_(builtins) {}
  void switch_threads(const void* from, const void* to) noexcept;

 private:
  struct Depth {
    std::uint32_t recursion = 0;
    std::vector<const Object*> being_shown{};
    Failures failures{};
  };

  Builtins& builtins_;
  std::unordered_map<const void*, Depth> away_;  ///< of threads that are nested while they do not hold the lock
};

}  // namespace detail

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
