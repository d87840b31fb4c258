// A Condition's lock: a Lock, an RLock, or an object with their methods.
#include <ouro/base/error.h>
#include <ouro/objects/core/handle.h>
#include <ouro/objects/cpp/native_cast.h>
#include <ouro/runtime/sync/condition_lock.h>

namespace ouro::sync {

ConditionLock::ConditionLock(Ref<> lock) : lock_(std::move(lock)) {
  if (plain() != nullptr || nested() != nullptr) return;
  static_cast<void>(get("acquire"));
  static_cast<void>(get("release"));
}

// Empty once the collector has cleared the Condition.
Ref<> ConditionLock::find(std::string_view method) const {
  if (!lock_) raise(ErrorKind::kAttributeError, "'Condition' object has no attribute '_lock'");
  return find_attribute(*lock_, *intern(builtins_of(*lock_), method));
}

Ref<> ConditionLock::get(std::string_view method) const {
  if (!lock_) return find(method);
  return get_attribute(*lock_, *intern(builtins_of(*lock_), method));
}

bool ConditionLock::acquire(bool blocking, Seconds timeout) {
  if (RLock* const lock = nested()) return lock->acquire(blocking, timeout);
  if (Lock* const lock = plain()) return lock->acquire(blocking, timeout);
  const Ref<> method = get("acquire");
  const Ref<> taken = timeout ? method(blocking, *timeout) : blocking ? method() : method(false);
  return truth(*taken);
}

void ConditionLock::release() {
  if (RLock* const lock = nested()) return lock->release();
  if (Lock* const lock = plain()) return lock->release();
  static_cast<void>(get("release")());
}

bool ConditionLock::owned() const {
  if (const RLock* const lock = nested()) return lock->owned();
  if (const Lock* const lock = plain()) return lock->locked();
  if (const Ref<> method = find("_is_owned")) return truth(*method());
  if (!truth(*get("acquire")(false))) return true;
  static_cast<void>(get("release")());
  return false;
}

ConditionLock::Saved ConditionLock::give_up() {
  if (RLock* const lock = nested()) return {.depth = lock->release_all()};
  if (plain() == nullptr) {
    if (const Ref<> method = find("_release_save")) return {.state = method()};
  }
  release();
  return {};
}

void ConditionLock::take_back(const Saved& saved) {
  if (RLock* const lock = nested()) return lock->acquire_again(saved.depth);
  if (Lock* const lock = plain()) {
    lock->acquire(Patience::endless());
    return;
  }
  if (const Ref<> method = find("_acquire_restore")) {
    static_cast<void>(method(saved.state));
  } else {
    static_cast<void>(acquire(true, {}));
  }
}

void ConditionLock::take_back_if_free(const Saved& saved) {
  if (!acquire(/*blocking=*/false, {})) return;
  if (RLock* const lock = nested(); lock != nullptr && saved.depth > 1) lock->acquire_again(saved.depth);
}

}  // namespace ouro::sync
