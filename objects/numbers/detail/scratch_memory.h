// Scratch memory: what the temporaries of large ints take, counted toward the memory limit of the runtime that computes; and
// the pauses of computations that take long.
//
// The allocator of a cpp_int has no state, for Boost makes it anew wherever it needs one; so a thread knows for which budget
// it computes. `ScratchScope` says so for as long as a computation lasts, and takes off again what was not freed within it.
// Scopes nest; without one nothing is counted (the kernels' own tests).
//
// A computation that may take long says so to its scope, and the loops under it count their steps: about every millisecond
// the scope pauses, which is a safepoint. There other threads run, and what interrupts is thrown.
//
// Law scratch-charged: memory for temporaries is charged before it is taken, and a computation leaves nothing charged.
#pragma once

#include <ouro/allocator/space/budget.h>

#include <cstddef>
#include <limits>
#include <new>
#include <utility>

namespace ouro::detail {

/// While it stands, memory of ScratchAllocator in this thread is charged to a budget.
class [[nodiscard]] ScratchScope {
 public:
  /// What a pause calls. May throw.
  using Pause = void (*)(void* context);

  /// Without `pause` the computation is never interrupted.
  explicit ScratchScope(alloc::Budget& budget, Pause pause = nullptr, void* context = nullptr) noexcept
      : budget_(budget), outer_(std::exchange(current, this)), pause_(pause), context_(context) {}
  ScratchScope(const ScratchScope&) = delete;
  ScratchScope& operator=(const ScratchScope&) = delete;
  ~ScratchScope() {
    budget_.discharge_scratch(charged_);
    current = outer_;
  }

  /// Counts memory that is about to be taken in this thread. Throws std::bad_alloc if the limit forbids it.
  static void charge(std::size_t bytes) {
    if (current == nullptr) return;
    if (!current->budget_.charge_scratch(bytes)) throw std::bad_alloc();
    current->charged_ += bytes;
  }
  /// Memory goes back. What was taken before the scope was not counted in it.
  static void discharge(std::size_t bytes) noexcept {
    if (current == nullptr) return;
    const std::size_t counted = bytes < current->charged_ ? bytes : current->charged_;
    current->budget_.discharge_scratch(counted);
    current->charged_ -= counted;
  }
  /// A loop has multiplied so many limbs. Throws what a pause throws.
  static void worked(std::size_t steps) {
    if (current == nullptr || current->pause_ == nullptr) return;
    current->steps_ += steps;
    if (current->steps_ < kStepsBetweenPauses) return;
    current->steps_ = 0;
    current->pause_(current->context_);
  }

 private:
  static constexpr std::size_t kStepsBetweenPauses = std::size_t{1} << 20;

  [[gnu::tls_model("initial-exec")]] static constinit thread_local ScratchScope* current;

  alloc::Budget& budget_;
  ScratchScope* outer_;
  std::size_t charged_ = 0;
  Pause pause_;
  void* context_;
  std::size_t steps_ = 0;
};

/// The standard allocator, counted. Throws std::bad_alloc.
template <class T>
class ScratchAllocator {
 public:
  using value_type = T;

  ScratchAllocator() = default;
  template <class U>
  ScratchAllocator(const ScratchAllocator<U>&) noexcept {}

  [[nodiscard]] T* allocate(std::size_t count) {
    if (count > std::numeric_limits<std::size_t>::max() / sizeof(T)) throw std::bad_alloc();
    ScratchScope::charge(count * sizeof(T));
    void* const memory = ::operator new(count * sizeof(T), std::nothrow);
    if (memory == nullptr) [[unlikely]] {
      ScratchScope::discharge(count * sizeof(T));
      throw std::bad_alloc();
    }
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t count) noexcept {
    ScratchScope::discharge(count * sizeof(T));
    ::operator delete(memory);
  }

  template <class U>
  [[nodiscard]] bool operator==(const ScratchAllocator<U>&) const noexcept {
    return true;
  }
};

}  // namespace ouro::detail
