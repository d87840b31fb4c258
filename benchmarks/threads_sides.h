// What a case about threads needs from a runtime with a lock, so that every case is one text.
//
//   side      made in the thread that measures, which is then inside and holds the lock
//   Inside    a scope in which another thread is inside
//   release   gives the lock up around blocking code; acquire takes it back
//   compute   one step of work that passes a safepoint, many times
#pragma once

#include <ouro/runtime/runtime.h>

#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "cases.h"
#include "harness.h"
#include "python_library.h"
#include <sched.h>

namespace bench {

/// Lets this process run on every core again: what is measured here needs two.
inline void use_all_cores() noexcept {
  cpu_set_t all;
  CPU_ZERO(&all);
  for (int core = 0; core < CPU_SETSIZE; ++core) CPU_SET(core, &all);
  sched_setaffinity(0, sizeof all, &all);
}

/// Seconds of a clock on the wall, for threads that wait.
[[nodiscard]] inline double wall_seconds() noexcept {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

class OuroThreads {
 public:
  class Inside {
   public:
    explicit Inside(OuroThreads& side) : attached_(side.runtime_) {}

   private:
    ouro::Attach attached_;
  };

  void release() noexcept { runtime_.gil().drop(); }
  void acquire() noexcept { runtime_.gil().take(); }
  void compute(std::size_t steps) {
    for (std::size_t i = 0; i < steps; ++i) {
      work_ = opaque(work_) * 5 + 1;
      runtime_.safepoint();
    }
  }
  void set_interval(double seconds) {
    runtime_.set_switch_interval(std::chrono::microseconds(static_cast<long>(seconds * 1e6)));
  }
  [[nodiscard]] ouro::Runtime& runtime() noexcept { return runtime_; }

 private:
  ouro::Runtime runtime_;
  std::uint64_t work_ = 0;
};

class PythonThreads {
 public:
  class Inside {
   public:
    explicit Inside(PythonThreads& side) : python_(side.python_), state_(python_.ensure()) {}
    ~Inside() { python_.release(state_); }
    Inside(const Inside&) = delete;

   private:
    const PythonFunctions& python_;
    int state_;
  };

  explicit PythonThreads(const PythonLibrary& library) : python_(library) {
    require(python_.run("def work(n):\n    for i in range(n): pass\n") == 0, "the function is defined");
    main_ = python_.import_module("__main__");
    work_ = python_.attribute(main_, "work");
  }

  void release() noexcept { saved_ = python_.save_thread(); }
  void acquire() noexcept { python_.restore_thread(saved_); }
  /// The loop's jump back is CPython's safepoint.
  void compute(std::size_t steps) { python_.drop(python_.call(work_, "n", static_cast<std::ptrdiff_t>(steps))); }
  void set_interval(double seconds) {
    void* const function = python_.attribute(python_.import_module("sys"), "setswitchinterval");
    python_.drop(python_.call(function, "d", seconds));
  }

 private:
  static inline thread_local void* saved_ = nullptr;
  PythonFunctions python_;
  void* main_;
  void* work_;
};

/// One side for each runtime there is; `work(side)` gets one that was made for it.
template <class Work>
[[nodiscard]] std::vector<Side> thread_sides(Work work) {
  std::vector<Side> sides;
  sides.push_back({kOuroName, Role::kOuro, [work](const Settings&) {
                     use_all_cores();
                     OuroThreads side;
                     return work(side);
                   }});
  for (const PythonLibrary& library : python_libraries())
    sides.push_back({library.name, Role::kPeer, [work, &library](const Settings&) {
                       use_all_cores();
                       PythonThreads side(library);
                       return work(side);
                     }});
  return sides;
}

/// A thread that computes until the object dies. Its steps are counted, to be compared with what it does alone.
template <class Threads>
class ComputeThread {
 public:
  explicit ComputeThread(Threads& side)
      : thread_([this, &side] {
          const typename Threads::Inside inside(side);
          while (!stop_.load(std::memory_order_relaxed)) {
            side.compute(kChunk);
            chunks_.fetch_add(1, std::memory_order_relaxed);
          }
        }) {}
  ~ComputeThread() {
    stop_ = true;
    thread_.join();
  }
  ComputeThread(const ComputeThread&) = delete;

  [[nodiscard]] double chunks() const noexcept { return static_cast<double>(chunks_.load(std::memory_order_relaxed)); }

 private:
  static constexpr std::size_t kChunk = 1000;
  std::atomic<bool> stop_{false};
  std::atomic<std::uint64_t> chunks_{0};
  std::thread thread_;
};

}  // namespace bench
