// `object`, the root of all types.
#include <ouro/objects/classes/class.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

namespace ouro {

std::string qualified_name(const Type& type) {
  const bool is_run_time = type.has(kClassType) && static_cast<const Class&>(type).native == nullptr;
  std::string name = is_run_time ? "__main__." : "";
  return name += type.name;
}

Ref<> default_repr(Object& object) {
  return make_str(builtins_of(object),
                  fmt::format("<{} object at {}>", qualified_name(*object.type), static_cast<const void*>(&object)));
}

namespace detail {

const TypeSlots kObjectSlots{
    .name = "object",
    .kind = Kind::kObject,
    .size = sizeof(Object),
    .repr = default_repr,
    .hash = default_hash,
};

}  // namespace detail

}  // namespace ouro
