// The short text of an object, from its type's slot.
#include <ouro/objects/core/detail/short_text.h>
#include <ouro/objects/model/type.h>

#include <fmt/format.h>

namespace ouro::detail {

std::string plain_text(const Object& object) {
  return fmt::format("<{} at {}>", object.type->name, static_cast<const void*>(&object));
}

std::string short_text(const Object& object) {
  const auto slot = object.type->slots->short_text;
  return slot != nullptr ? slot(object) : plain_text(object);
}

}  // namespace ouro::detail
