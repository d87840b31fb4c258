// WeakProxy: a weak reference that behaves as its target does while that lives (CPython: weakref.proxy).
//
// Every operation goes to the target, which is held meanwhile: `proxy + 1`, `proxy.name`, `proxy[0]`, `for x in proxy`.
// ReferenceError "weakly-referenced object no longer exists" once it is dead. A proxy of an object that can be called is of
// a type of its own, which can be called, too. A proxy has no hash.
#pragma once

#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/weak/weakref.h>

#include <cstddef>

namespace ouro {

/// The object of `weakref.proxy(object)`: a WeakRef of another type.
struct WeakProxy : WeakRef {
  static constexpr Kind kKind = Kind::kWeakProxy;
  [[nodiscard]] static bool is_layout_of(const Object& object) noexcept { return kind_of(object) == kKind; }
};

/// `weakref.proxy(target, callback)`; the callback may be null or None. Without one, all who ask for the same target share
/// one proxy. TypeError and MemoryError as `make_weakref`.
[[nodiscard]] Ref<WeakProxy> make_weak_proxy(Object& target, Object* callback = nullptr);

/// `weakref.getweakrefcount(object)`: how many weak references and proxies point to it. Linear in these.
[[nodiscard]] std::size_t weakref_count(const Object& object) noexcept;
/// `weakref.getweakrefs(object)`: these, the shared ones first, then the newest first.
[[nodiscard]] Ref<List> weakrefs_of(Object& object);

}  // namespace ouro
