// Looking up attributes of classes, and keeping what was found current.
#include <ouro/objects/detail/class_parts.h>
#include <ouro/objects/dict.h>
#include <ouro/objects/intern.h>
#include <ouro/objects/none.h>
#include <ouro/objects/str.h>
#include <ouro/objects/tuple.h>

#include <fmt/format.h>

namespace ouro {

namespace {

/// The dict of a step of an MRO; null for a built-in type and for a class that the collector cleared.
Dict* dict_of_step(Object& step) noexcept {
  Class* const type = as_class(step);
  return type == nullptr ? nullptr : static_cast<Dict*>(type->attributes);
}

Object* walk(const Class& type, Str& name) {
  if (type.mro == nullptr) return nullptr;
  for (Object* const step : static_cast<const Tuple*>(type.mro)->view())
    if (Dict* const attributes = dict_of_step(*step); attributes != nullptr)
      if (Object* const value = attributes->find(name); value != nullptr) return value;
  return nullptr;
}

}  // namespace

Object* lookup(const Type& type, Str& name) {
  if (!type.has(kClassType)) return nullptr;
  const auto& made = static_cast<const Class&>(type);
  detail::LookupCache& cache = made.body->cache;
  if (const auto& entry = cache.entry(name); entry.name == &name) return entry.value;
  Object* const value = walk(made, name);
  if (name.is_interned()) cache.put(name, value);
  return value;
}

void set_class_attribute(Class& type, Str& name, Object* value) {
  const Ref<Str> interned = intern(name);
  if (type.attributes == nullptr) raise(ErrorKind::kReferenceError, fmt::format("class '{}' is being collected", type.name));
  auto& attributes = static_cast<Dict&>(*type.attributes);
  const Ref<> old = Ref<>::share(attributes.find(*interned));
  if (value != nullptr) {
    attributes.set(*interned, *value);
  } else if (!attributes.discard(*interned)) {
    raise(ErrorKind::kAttributeError, fmt::format("type object '{}' has no attribute '{}'", type.name, text(name)));
  }
  detail::attribute_changed(type, *interned);
}

namespace detail {

void refresh_specials(Class& type) noexcept {
  ClassBody& body = *type.body;
  body.special.fill(nullptr);
  const auto order = type.mro == nullptr ? std::span<Object* const>() : static_cast<const Tuple*>(type.mro)->view();
  for (auto step = order.rbegin(); step != order.rend(); ++step) {
    const Dict* const attributes = dict_of_step(**step);
    if (attributes == nullptr) continue;
    for (auto [key, value] : *attributes) {
      if (!is<Str>(key)) continue;
      if (const auto special = special_named(text(static_cast<Str&>(key))))
        body.special[static_cast<std::size_t>(*special)] = &value;
    }
  }
  connect_slots(body);
  std::uint32_t finalizers = 0;
  if (body.method(Special::kDel) != nullptr) finalizers |= kFinalizerType;
  if (body.method(Special::kLegacyDel) != nullptr) finalizers |= kLegacyFinalizerType;
  type.instance_flags = (type.instance_flags & ~std::uint32_t{kFinalizerType | kLegacyFinalizerType}) | finalizers;
}

void attribute_changed(Class& type, const Str& name) noexcept {
  type.body->cache.forget(name);
  if (special_named(text(name))) refresh_specials(type);
  for (SubclassLink* link = type.body->derived; link != nullptr; link = link->next) attribute_changed(*link->derived, name);
}

void forget_everything(Class& type) noexcept {
  type.body->cache.clear();
  refresh_specials(type);
  for (SubclassLink* link = type.body->derived; link != nullptr; link = link->next) forget_everything(*link->derived);
}

}  // namespace detail

}  // namespace ouro
