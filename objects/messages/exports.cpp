// The table of the classes and functions that other runtimes know by name.
#include <ouro/base/or_out_of_memory.h>
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/native_type.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/messages/exports.h>
#include <ouro/objects/model/one_runtime.h>

#include <fmt/format.h>

#include <utility>

namespace ouro {

namespace {

/// Built-in types are known everywhere.
bool is_exportable(const Object& object) noexcept {
  return is<Function>(object) || (kind_of(object) == Kind::kType && static_cast<const Type&>(object).has(kClassType));
}

}  // namespace

void Exports::add(std::string_view name, Object& object) {
  expect_one_runtime(heap_, object);
  if (!is_exportable(object))
    raise(ErrorKind::kTypeError,
          fmt::format("only classes and functions are exported, not '{}' objects", object.type->name));
  if (const std::string* const other = name_of(object))
    raise(ErrorKind::kValueError, fmt::format("it is exported as '{}' already", *other));
  try {
    const auto [place, is_new] = objects_.try_emplace(std::string(name));
    if (!is_new) raise(ErrorKind::kValueError, fmt::format("the name '{}' is exported already", name));
    try {
      names_.emplace(&object, &place->first);
    } catch (...) {
      objects_.erase(place);
      throw;
    }
    place->second = share(object);
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
}

void Exports::add(Object& object) {
  if (!is_exportable(object)) return add("", object);
  const auto* const function = as<Function>(object);
  add(function != nullptr ? ouro::name_of(*function) : static_cast<const Type&>(object).name, object);
}

void Exports::add_native(const Class& type) {
  or_out_of_memory([&] { return natives_[*type.native->type] = &type; });
}
void Exports::forget_native(const Class& type) noexcept {
  const auto place = natives_.find(*type.native->type);
  if (place != natives_.end() && place->second == &type) natives_.erase(place);
}
Class* Exports::find_native(const std::type_info& type) const noexcept {
  const auto place = natives_.find(type);
  return place == natives_.end() ? nullptr : const_cast<Class*>(place->second);
}

bool Exports::remove(std::string_view name) noexcept {
  const auto place = objects_.find(name);
  if (place == objects_.end()) return false;
  const Ref<> dropped = std::move(place->second);
  names_.erase(dropped.get());
  objects_.erase(place);
  return true;
}

void Exports::clear() noexcept {
  names_.clear();
  const auto dropped = std::exchange(objects_, {});
}

Object* Exports::find(std::string_view name) const noexcept {
  const auto place = objects_.find(name);
  return place == objects_.end() ? nullptr : place->second.get();
}

const std::string* Exports::name_of(const Object& object) const noexcept {
  const auto place = names_.find(&object);
  return place == names_.end() ? nullptr : place->second;
}

}  // namespace ouro
