// Looking up attributes of classes, and setting them.
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

namespace ouro {

Ref<> detail::find_in_step(Object& step, Str& name) {
  Class* const type = as_class(step);
  if (type == nullptr) return Ref<>::share(own_attribute_of_type(static_cast<const Type&>(step), text(name)));
  auto* const attributes = static_cast<Dict*>(type->attributes);
  if (attributes == nullptr || attributes->size == 0) return {};
  const Ref<Dict> held = share(*attributes);
  return Ref<>::share(held->find(name));
}

namespace {

Ref<> walk(const Tuple& order, Str& name) {
  for (Object* const step : order.view())
    if (Ref<> value = detail::find_in_step(*step, name)) return value;
  return {};
}

/// Searches the dicts and remembers what was found, unless an attribute was set meanwhile.
[[gnu::noinline]] Ref<> find_along_mro(const Class& type, Str& name) {
  if (type.mro == nullptr) return {};
  const Ref<Tuple> order = share(static_cast<Tuple&>(*type.mro));
  detail::make_current(type);
  const std::uint64_t changes = type.body->changes;
  Ref<> value = walk(*order, name);
  if (name.is_interned() && type.body->changes == changes && type.body->is_current)
    type.body->cache.put(*type.heap, name, value.get());
  return value;
}

}  // namespace

Object* lookup(const Type& type, Str& name) {
  if (!type.has(kClassType)) return detail::builtin_attribute(type, text(name));
  const auto& made = static_cast<const Class&>(type);
  if (const auto* const known = made.body->cache.find(name)) return known->value;
  return find_along_mro(made, name).get();
}

Ref<> detail::lookup_held(const Type& type, Str& name) {
  if (!type.has(kClassType)) return Ref<>::share(builtin_attribute(type, text(name)));
  const auto& made = static_cast<const Class&>(type);
  if (const auto* const known = made.body->cache.find(name)) return Ref<>::share(known->value);
  return find_along_mro(made, name);
}

void set_class_attribute(Class& type, Str& name, Object* value) {
  const Ref<Str> interned = intern(name);
  if (type.attributes == nullptr) raise(ErrorKind::kReferenceError, fmt::format("class '{}' is being collected", type.name));
  const Ref<Dict> attributes = share(static_cast<Dict&>(*type.attributes));
  const Ref<> held[] = {share<Object>(type), Ref<>::share(value)};  // keys that are no str are compared
  const Ref<> old = Ref<>::share(attributes->find(*interned));
  if (value != nullptr) {
    attributes->set(*interned, *value);
  } else if (!attributes->discard(*interned)) {
    raise(ErrorKind::kAttributeError, fmt::format("type object '{}' has no attribute '{}'", type.name, text(name)));
  }
  // The end of what stood there may have set the same name: what stands there now counts.
  detail::attribute_changed(type, *interned, attributes->find(text(*interned)));
}

}  // namespace ouro
