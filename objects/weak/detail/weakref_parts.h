// What weak references and proxies have in common.
#pragma once

#include <ouro/objects/model/weak_table.h>

#include <cstddef>
#include <string>

namespace ouro::detail {

/// A weak reference of this type; without a callback (null or None) the one of the type that all share. TypeError "cannot
/// create weak reference to 'int' object". Throws MemoryError.
[[nodiscard]] Ref<WeakRef> make_weakref_of(Type& type, Object& target, Object* callback);

/// "<weakref at 0x7f..; to 'Base' at 0x7f.. (name)>"; a null target is dead. The caller holds it.
[[nodiscard]] Ref<> shown_weakly(const Object& reference, Object* target);

void release_weakref(Object& object) noexcept;
void clear_weakref(Object& object) noexcept;
[[nodiscard]] std::string name_of_weakref_edge(const Object& object, std::size_t number);

}  // namespace ouro::detail
