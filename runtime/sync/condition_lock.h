// ConditionLock: the lock of a Condition, as CPython's Condition takes it.
//
//   a Lock or an RLock      used as it is
//   any other object        `acquire` and `release` are called, and if it has them `_release_save`, `_acquire_restore` and
//                           `_is_owned` in place of them around a wait (CPython: Lib/threading.py, Condition.__init__)
#pragma once

#include <ouro/objects/model/ref.h>
#include <ouro/runtime/sync/lock.h>

#include <cstddef>
#include <string_view>
#include <tuple>
#include <utility>

namespace ouro::sync {

/// Holds the lock object. Calls need the runtime's lock, and throw what a foreign lock's methods throw.
class ConditionLock {
 public:
  /// AttributeError "'list' object has no attribute 'acquire'" for an object that is no lock.
  explicit ConditionLock(Ref<> lock);

  bool acquire(bool blocking, Seconds timeout);
  void release();
  /// True if the running thread has it. Of a plain Lock, and of a foreign one that does not know: if anybody has it.
  [[nodiscard]] bool owned() const;

  /// What `give_up` knows of the lock's state before.
  struct Saved {
    std::size_t depth = 0;
    Ref<> state{};  ///< what a foreign `_release_save` returned
  };
  /// Releases it however often it was taken.
  [[nodiscard]] Saved give_up();
  /// Waits for it, and makes it as it was.
  void take_back(const Saved& saved);
  /// The same if nobody else has it; for a wait that the end of the runtime cuts short.
  void take_back_if_free(const Saved& saved);

  [[nodiscard]] const Ref<>& object() const noexcept { return lock_; }

 private:
  [[nodiscard]] Lock* plain() const noexcept { return lock_ ? native_cast<Lock>(*lock_) : nullptr; }
  [[nodiscard]] RLock* nested() const noexcept { return lock_ ? native_cast<RLock>(*lock_) : nullptr; }
  [[nodiscard]] Ref<> find(std::string_view method) const;
  [[nodiscard]] Ref<> get(std::string_view method) const;

  Ref<> lock_;

 public:
  static constexpr std::tuple edges{&ConditionLock::lock_};
};

}  // namespace ouro::sync
