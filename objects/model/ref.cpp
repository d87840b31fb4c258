// The errors of handles: an empty one, a cast to another type, a runtime that has ended.
#include <ouro/base/assert.h>
#include <ouro/base/error.h>
#include <ouro/objects/model/ref.h>

#include <cstdio>

namespace ouro::detail {

void empty_handle_used() noexcept {
  law_broken("handle-not-empty", "an empty Ref was used as if it held an object", __FILE__, __LINE__);
}

void wrong_kind_cast(const Object& object) noexcept {
  char detail[160];
  const std::string_view type = object.type->name;
  std::snprintf(detail, sizeof detail, "%.*s at %p was cast to a type that it is not", static_cast<int>(type.size()),
                type.data(), static_cast<const void*>(&object));
  law_broken("cast-kind", detail, __FILE__, __LINE__);
}

void raise_unusable(const Object* object) {
  if (object == nullptr) raise(ErrorKind::kSystemError, "null argument to internal routine");
  raise(ErrorKind::kReferenceError, "the object's runtime no longer exists");
}

}  // namespace ouro::detail
