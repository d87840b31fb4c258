// What goes on being used after foreign code ran is held meanwhile. docs/foreign-code.md lists what can run foreign code.
//
// Law held-across (objects/model/foreign_code.h): the protocol holds its operands, so slots need not hold theirs.
#pragma once

#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/type.h>

#include <span>

namespace ouro::detail {

/// A count of its own of a borrowed object.
[[nodiscard]] inline Ref<> hold(const Object& object) noexcept { return Ref<>::share(const_cast<Object&>(object)); }

/// True if an operation with the object may run foreign code: a built-in atom has none, a container may hold objects that
/// have, and whatever is of a class has its methods.
[[nodiscard]] inline bool may_run_foreign_code(const Object& object) noexcept {
  return (object.type->instance_flags & (kContainerType | kClassType)) != 0;
}

/// The same where `key` may bring foreign code. Empty otherwise.
[[nodiscard]] inline Ref<> hold_for(const Object& key, const Object& object) noexcept {
  return may_run_foreign_code(key) ? hold(object) : Ref<>();
}

/// A count of its own of each of several borrowed objects, until somebody takes the counts over.
class [[nodiscard]] HeldItems {
 public:
  explicit HeldItems(std::span<Object* const> items) noexcept : items_(items) {
    for (Object* const item : items_) increment(*item);
  }
  ~HeldItems() {
    for (Object* const item : items_) decrement(*item);
  }
  HeldItems(const HeldItems&) = delete;
  HeldItems& operator=(const HeldItems&) = delete;
  void release() noexcept { items_ = {}; }

 private:
  std::span<Object* const> items_;
};

}  // namespace ouro::detail
