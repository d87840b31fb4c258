// Global<T>: a handle that may be copied and dropped on any thread, with the runtime's lock or without.
//
//   Global ──┐
//   Global ──┼──> GlobalCell  (handles: atomic)  ──> object   one count, owned by the cell
//   Global ──┘
//
// A Ref's count is a plain integer that the lock guards. A Global counts its own copies atomically and owns one count of the
// object through a cell. The last copy to go drops that count at once if its thread holds the lock; else the cell waits for
// the next safepoint. When a runtime ends it takes the counts back, and the Globals that are left are empty.
//
// Laws
//   global-one-count: a cell owns exactly one count of its object, until it is empty.
//   global-drop: that count is dropped under the lock, whoever drops the last handle.
#pragma once

#include <ouro/base/shared.h>
#include <ouro/objects/model/heap.h>
#include <ouro/objects/model/ref.h>
#include <ouro/runtime/threads/lock_domain.h>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <utility>

namespace ouro {

class Runtime;

namespace detail {

struct GlobalHome;

/// What the copies of one Global share.
struct GlobalCell {
  Shared<GlobalHome> home;
  Object* object;  ///< belongs to the lock, and to the home's mutex while the runtime ends
  std::atomic<std::uint32_t> handles{1};
  GlobalCell* next = nullptr;  ///< in one of the home's rings, as `previous`
  GlobalCell* previous = nullptr;
};

/// The cells of one runtime. Outlives it if Globals do.
struct GlobalHome {
  GlobalHome(const Heap& objects, Attention& attention) : heap(objects), gil(&objects.gil()), safepoint(&attention) {}

  const Heap& heap;  ///< whose objects; only while the runtime lives
  std::mutex mutex;
  Gil* gil;  ///< null once the runtime is gone
  Attention* safepoint;
  GlobalCell* first = nullptr;  ///< of those that have handles
  GlobalCell* dead = nullptr;   ///< of those that wait for the lock, to be freed

  /// A cell that takes over the count `object`. Needs the lock. Throws MemoryError.
  [[nodiscard]] static GlobalCell* make(const Shared<GlobalHome>& home, Ref<> object);
  /// The last handle of `cell` goes. Any thread.
  static void drop(GlobalCell* cell) noexcept;
  /// Frees the cells that wait. Needs the lock.
  void free_dead() noexcept;
  /// Takes the counts of all cells back. Needs the lock; the last call.
  void end() noexcept;
};

[[nodiscard]] const Shared<GlobalHome>& global_home(Runtime& runtime) noexcept;

}  // namespace detail

/// A handle for any thread. 8 bytes.
template <class T = Object>
class Global {
 public:
  Global() noexcept = default;
  /// Takes over the reference. Needs the lock. Throws MemoryError.
  Global(Runtime& runtime, Ref<T> object)
      : cell_(object ? detail::GlobalHome::make(detail::global_home(runtime), static_ref_cast<Object>(std::move(object)))
                     : nullptr) {}

  Global(const Global& other) noexcept : cell_(other.cell_) {
    if (cell_ != nullptr) cell_->handles.fetch_add(1, std::memory_order_relaxed);
  }
  Global(Global&& other) noexcept : cell_(std::exchange(other.cell_, nullptr)) {}
  Global& operator=(Global other) noexcept {
    std::swap(cell_, other.cell_);
    return *this;
  }
  ~Global() {
    if (cell_ != nullptr && cell_->handles.fetch_sub(1, std::memory_order_acq_rel) == 1) detail::GlobalHome::drop(cell_);
  }

  /// The object; empty if there is none or its runtime is gone. Needs the lock.
  [[nodiscard]] Ref<T> get() const noexcept {
    return cell_ == nullptr ? Ref<T>() : Ref<T>::share(static_cast<T*>(cell_->object));
  }
  void reset() noexcept { *this = Global(); }
  /// True if it was given an object. Any thread.
  explicit operator bool() const noexcept { return cell_ != nullptr; }

 private:
  detail::GlobalCell* cell_ = nullptr;
};

}  // namespace ouro
