// The table of the classes and functions that other runtimes know by name.
#include <ouro/base/or_out_of_memory.h>
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/native_type.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/messages/exports.h>
#include <ouro/objects/model/one_runtime.h>

#include <fmt/format.h>

#include <functional>
#include <map>
#include <new>
#include <typeindex>
#include <unordered_map>
#include <utility>

namespace ouro {

struct Exports::Tables {
  std::map<std::string, Ref<>, std::less<>> objects;
  std::unordered_map<const Object*, const std::string*> names;  ///< the keys of the map
  std::unordered_map<std::type_index, const Class*> natives;    ///< class_<T> by the C++ type
};

namespace {

/// Built-in types are known everywhere.
bool is_exportable(const Object& object) noexcept {
  return is<Function>(object) || (kind_of(object) == Kind::kType && static_cast<const Type&>(object).has(kClassType));
}

}  // namespace

Exports::Exports(Heap& heap) : heap_(heap), tables_(or_out_of_memory([] { return make_owned<Tables>(); })) {}
Exports::~Exports() = default;

void Exports::add(std::string_view name, Object& object) {
  expect_one_runtime(heap_, object);
  if (!is_exportable(object))
    raise(ErrorKind::kTypeError,
          fmt::format("only classes and functions are exported, not '{}' objects", object.type->name));
  if (const std::string* const other = name_of(object))
    raise(ErrorKind::kValueError, fmt::format("it is exported as '{}' already", *other));
  try {
    const auto [place, is_new] = tables_->objects.try_emplace(std::string(name));
    if (!is_new) raise(ErrorKind::kValueError, fmt::format("the name '{}' is exported already", name));
    try {
      tables_->names.emplace(&object, &place->first);
    } catch (...) {
      tables_->objects.erase(place);
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
  or_out_of_memory([&] { return tables_->natives[*type.native->type] = &type; });
}
void Exports::forget_native(const Class& type) noexcept {
  const auto place = tables_->natives.find(*type.native->type);
  if (place != tables_->natives.end() && place->second == &type) tables_->natives.erase(place);
}
Class* Exports::find_native(const std::type_info& type) const noexcept {
  const auto place = tables_->natives.find(type);
  return place == tables_->natives.end() ? nullptr : const_cast<Class*>(place->second);
}

bool Exports::remove(std::string_view name) noexcept {
  const auto place = tables_->objects.find(name);
  if (place == tables_->objects.end()) return false;
  const Ref<> dropped = std::move(place->second);
  tables_->names.erase(dropped.get());
  tables_->objects.erase(place);
  return true;
}

void Exports::clear() noexcept {
  tables_->names.clear();
  const auto dropped = std::exchange(tables_->objects, {});
}

Object* Exports::find(std::string_view name) const noexcept {
  const auto place = tables_->objects.find(name);
  return place == tables_->objects.end() ? nullptr : place->second.get();
}

const std::string* Exports::name_of(const Object& object) const noexcept {
  const auto place = tables_->names.find(&object);
  return place == tables_->names.end() ? nullptr : place->second;
}

}  // namespace ouro
