// copy.copy (CPython: Lib/copy.py).
#include <ouro/base/error.h>
#include <ouro/objects/classes/union_type.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/copying/copy.h>
#include <ouro/objects/copying/detail/copier.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/functions/detail/invoke.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

namespace ouro {

namespace {

/// Refers to what the original refers to.
class ShallowCopier final : public detail::Copier {
 public:
  Ref<> of(Object& object) override { return share(object); }
  void remember(Object&, Object&) override {}
  [[nodiscard]] bool is_deep() const noexcept override { return false; }
};

// A bound method is read from its object anew, by the name of its function.

Ref<> read_again(const BuiltinMethod& method) {
  const std::string_view name = method.descriptor->attribute->parameters.name;
  return get_attribute(*share(*method.self), *intern(builtins_of(method), name));
}
Ref<> read_again(const Method& method) {
  const Ref<> self = share(*method.self);
  const Ref<> name = get_attribute(*share(*method.function), *intern(builtins_of(method), "__name__"));
  if (!is<Str>(*name))
    raise(ErrorKind::kTypeError, fmt::format("attribute name must be string, not '{}'", name->type->name));
  return get_attribute(*self, *name);
}

/// Empty if the object is of another type.
Ref<> copy_built_in(Object& object) {
  switch (object.type->exact) {
    case Kind::kTuple:
    case Kind::kFrozenSet:
    case Kind::kSliceObject:
      return share(object);
    case Kind::kList:
      return static_cast<const List&>(object).copy();
    case Kind::kDict:
      return static_cast<const Dict&>(object).copy();
    case Kind::kSet:
    case Kind::kByteArray:
      return call_method(object, *intern(builtins_of(object), "copy"), {});
    case Kind::kUnionType:
      return make_union(builtins_of(object), tuple_from(*static_cast<const UnionType&>(object).args)->view());
    case Kind::kMethod:
      return read_again(static_cast<const Method&>(object));
    case Kind::kBuiltinMethod:  // of a slot
      return read_again(static_cast<const BuiltinMethod&>(object));
    default:
      return {};
  }
}

}  // namespace

Ref<> copy(Object& object) {
  if (detail::is_own_copy(object)) return share(object);
  const Ref<> held = share(object);
  if (Ref<> made = copy_built_in(object)) return made;
  const Ref<> own = find_attribute(*object.type, *intern(builtins_of(object), "__copy__"));
  if (own && !is_none(*own)) return detail::call_with_self(*own, object, {});
  ShallowCopier copier;
  if (Ref<> made = detail::copy_plain_instance(object, copier)) return made;
  const detail::Recipe recipe = detail::recipe_of(object, "un(shallow)copyable object of type");
  return recipe.is_itself ? held : detail::make_by_recipe(object, recipe, copier);
}

}  // namespace ouro
