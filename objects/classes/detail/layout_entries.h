// `__dict__` and `__weakref__` in the dict of a class: descriptors of what its objects have more than those of its base.
//
//   class A: pass        A.__dict__['__dict__']       <attribute '__dict__' of 'A' objects>
//                        A.__dict__['__weakref__']    <attribute '__weakref__' of 'A' objects>
//
// Objects are read without them: the names are looked for in another way, and these descriptors say the same. So a class
// that has nothing else that comes before its objects' own attributes is not guarded (class_body.h).
#pragma once

#include <ouro/objects/classes/class.h>

namespace ouro {
struct Instance;
}

namespace ouro::detail {

/// Enters those that a new class has. An entry of the name that its body made stays. Throws MemoryError.
void add_layout_entries(Class& type);
/// True if the value of `name` in the dict of `type` is what `add_layout_entries` entered there.
[[nodiscard]] bool is_layout_entry(const Class& type, const Object& name, const Object& value) noexcept;

/// `object.__dict__ = value` of an instance, and of an object that keeps its dict elsewhere (derived.h); null: deletes it,
/// and an empty one is in its place. TypeError "__dict__ must be set to a dictionary, not a 'int'".
void replace_dict(Instance& object, Object* value);
void replace_dict_of_derived(Object& object, Object* value);

}  // namespace ouro::detail
