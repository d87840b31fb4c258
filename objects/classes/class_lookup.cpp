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

Object* detail::find_in_step(Object& step, Str& name) {
  Class* const type = as_class(step);
  if (type == nullptr) return own_attribute_of_type(static_cast<const Type&>(step), text(name));
  auto* const attributes = static_cast<Dict*>(type->attributes);
  if (attributes == nullptr || attributes->size == 0) return nullptr;
  return share(*attributes)->find(name);
}

namespace {

Object* walk(const Tuple& order, Str& name) {
  for (Object* const step : order.view())
    if (Object* const value = detail::find_in_step(*step, name); value != nullptr) return value;
  return nullptr;
}

/// Searches the dicts and remembers what was found, unless an attribute was set meanwhile.
[[gnu::noinline]] Object* find_along_mro(const Class& type, Str& name) {
  if (type.mro == nullptr) return nullptr;
  const Ref<Tuple> order = share(static_cast<Tuple&>(*type.mro));
  detail::make_current(type);
  const std::uint64_t changes = type.body->changes;
  Object* const value = walk(*order, name);
  if (name.is_interned() && type.body->changes == changes && type.body->is_current) type.body->cache.put(name, value);
  return value;
}

}  // namespace

Object* lookup(const Type& type, Str& name) {
  if (!type.has(kClassType)) return detail::builtin_attribute(type, text(name));
  const auto& made = static_cast<const Class&>(type);
  if (const auto& entry = made.body->cache.entry(name); entry.name == &name) return entry.value;
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
