// Whose object is it? Runtimes share no object: a reference from one to another would be counted under two locks.
//
// Law one-runtime: an object, a handle for any thread and a call refer to objects of their own runtime only.
//
// The law is checked where references are stored, in checking builds: when an object has been built (make.h), for every
// item, key, value and attribute that is stored later, for the arguments of calls and for `Global`. What native code stores
// in a member of its own is found by the verifier (gc/check/verify.h). Objects cross as copies: objects/messages/message.h.
#pragma once

#include <ouro/base/config.h>
#include <ouro/objects/model/object.h>
#include <ouro/objects/model/type.h>

namespace ouro {

namespace detail {
/// Breaks the law one-runtime, naming both objects and both runtimes. `holder` may be null: a handle of `home`'s.
[[noreturn, gnu::cold]] void runtimes_mixed(const Object* holder, const Heap* home, const Object& target) noexcept;
/// The law for every reference that `object` has.
void expect_own_edges(const Object& object) noexcept;
}  // namespace detail

/// Law one-runtime for a reference from `holder` to `target`. Costs nothing in a release build.
inline void expect_one_runtime([[maybe_unused]] const Object& holder, [[maybe_unused]] const Object& target) noexcept {
  if constexpr (kChecks >= CheckLevel::kCheap)
    if (holder.type->heap != target.type->heap) [[unlikely]]
      detail::runtimes_mixed(&holder, holder.type->heap, target);
}

/// The same for a reference from outside the heap: `home` is the runtime it belongs to.
inline void expect_one_runtime([[maybe_unused]] const Heap& home, [[maybe_unused]] const Object& target) noexcept {
  if constexpr (kChecks >= CheckLevel::kCheap)
    if (&home != target.type->heap) [[unlikely]]
      detail::runtimes_mixed(nullptr, &home, target);
}

/// The same for an object that has just been built.
inline void expect_own_edges([[maybe_unused]] const Object& object) noexcept {
  if constexpr (kChecks >= CheckLevel::kCheap) detail::expect_own_edges(object);
}

}  // namespace ouro
