// Makes the classes of C++ structs, finds them by their C++ type, and C++ bases inside their objects.
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/special.h>
#include <ouro/objects/cpp/native.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/functions/overloads.h>
#include <ouro/objects/messages/exports.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/weak/finalize.h>

#include <fmt/format.h>

#include <vector>

namespace ouro {

namespace detail {

namespace {

Ref<Class> make_native_class(Builtins& builtins, std::string_view name, const NativeType& native,
                             std::span<Object* const> bases) {
  return make_class(builtins, ClassPlan{name, bases, nullptr, native.slots, &native});
}

std::string_view bare_name(std::string_view signature) noexcept { return signature.substr(0, signature.find('(')); }

/// The native class from which `type` derives, or is, whose objects hold a `wanted`.
const NativeType* find_in_mro(const Class& type, const std::type_info& wanted) noexcept {
  if (type.mro == nullptr) return nullptr;
  const auto& mro = static_cast<const Tuple&>(*type.mro);
  for (std::uint32_t i = 0; i < mro.size; ++i) {
    const Class* const step = as_class(*mro.items[i]);
    if (step != nullptr && step->native != nullptr && *step->native->type == wanted) return step->native;
  }
  return nullptr;
}

void* find_base(const Class& type, const NativeType& from, const std::type_info& wanted, void* value) noexcept {
  for (const NativeType::Base& base : from.bases) {
    void* const part = base.cast(value);
    if (*base.type == wanted) return part;
    const NativeType* const further = find_in_mro(type, *base.type);
    if (further == nullptr) continue;
    if (void* const found = find_base(type, *further, wanted, part)) return found;
  }
  return nullptr;
}

/// True for a class made at run time: those of class_<T> have no `__dict__`.
bool is_subclass(const Class& type) noexcept { return type.slots->dict_offset != 0; }

}  // namespace

void* find_native_base(const Class& type, const std::type_info& base, void* value) noexcept {
  return type.native->bases.empty() ? nullptr : find_base(type, *type.native, base, value);
}

Ref<Class> make_native_class(Builtins& builtins, std::string_view name, const NativeType& native) {
  std::vector<Object*> bases;
  for (const NativeType::Base& base : native.bases)
    if (Class* const found = builtins.exports->find_native(*base.type)) bases.push_back(found);
  Ref<Class> made = make_native_class(builtins, name, native, bases);
  builtins.exports->add_native(*made);
  return made;
}

Ref<Class> derive_native_class(Class& base, std::string_view name) {
  Object* const bases[] = {&base};
  return make_native_class(builtins_of(base), name, *base.native, bases);
}

Class& class_for(Builtins& builtins, const std::type_info& type) {
  if (Class* const found = builtins.exports->find_native(type)) return *found;
  std::string room;
  raise(ErrorKind::kTypeError, fmt::format("there is no class_<{}> in this runtime", short_name(type, room)));
}

Ref<> object_of_native(Builtins& builtins, const std::type_info& type, void* value, bool move) {
  const Ref<Class> found = share(class_for(builtins, type));
  const NativeType& native = *found->native;
  if (move && native.make_moved != nullptr) return native.make_moved(*found, value);
  if (native.make_copy != nullptr) return native.make_copy(*found, value);
  std::string room;
  raise(ErrorKind::kTypeError, fmt::format("a {} cannot be copied into an object", short_name(type, room)));
}

Ref<> str_of_enumerator(Builtins& builtins, const std::type_info& type, std::string_view name, std::int64_t value) {
  if (!name.empty()) return intern(builtins, name);
  std::string room;
  raise(ErrorKind::kValueError, fmt::format("{} is not a valid {}", value, short_name(type, room)));
}

void expect_native(const Class& type, const std::type_info& native) {
  if (type.native != nullptr && *type.native->type == native) return;
  std::string room;
  const std::string_view name = short_name(native, room);
  raise(ErrorKind::kTypeError, fmt::format("{0}.__new__({1}): {1} is not a subtype of {0}", name, type.name));
}

bool may_have_arguments(Class& type, const Arguments& rest) {
  if (rest.positional.empty() && rest.keyword_names.empty()) return true;
  if (type.body->method(Special::kInit) != nullptr) return true;
  const Ref<> first = rest.keyword_names.empty() ? Ref<>(make_int(builtins_of(type), rest.positional.size()))
                                                 : share(*rest.keyword_names[0]);
  static_cast<void>(fail(heap_of(type),
                         Failure(error_type(ErrorKind::kTypeError), explain_unwanted_argument, share<Object>(type), first)));
  return false;
}

void set_member(Class& type, std::string_view signature, Object& value) {
  set_class_attribute(type, *intern(builtins_of(type), bare_name(signature)), &value);
}

void add_member(Class& type, std::string_view signature, Function& function) {
  const Ref<> there = Ref<>::share(static_cast<const Dict&>(*type.attributes).find(bare_name(signature)));
  if (!there || !is<Function>(*there)) return set_member(type, signature, function);
  set_member(type, signature, *with_overload(static_cast<Function&>(*there), function));
}

std::string qualified(const Class& type, std::string_view signature) {
  std::string full(type.name);
  return full.append(1, '.').append(signature);
}

FunctionRole role_of_method(std::string_view signature) noexcept {
  const std::optional<Special> special = special_named(bare_name(signature));
  if (!special) return FunctionRole::kMethod;
  const bool is_comparison = *special >= Special::kLess && *special <= Special::kGreaterEqual;
  const bool is_operator = *special >= Special::kAdd && *special <= Special::kReflectedBitXor;
  return is_comparison || is_operator ? FunctionRole::kOperator : FunctionRole::kMethod;
}

}  // namespace detail

Ref<> Overridable::find_override(std::string_view name) const {
  const Class* const type = object_ != nullptr ? class_of(*object_) : nullptr;
  if (type == nullptr || !detail::is_subclass(*type) || type->mro == nullptr) return {};
  const Ref<> held = share(*object_);
  const Ref<Tuple> mro = share(static_cast<Tuple&>(*type->mro));
  for (std::uint32_t i = 0; i < mro->size; ++i) {
    const Class* const step = as_class(*mro->items[i]);
    if (step == nullptr || step->attributes == nullptr) continue;
    if (step->native != nullptr && !detail::is_subclass(*step)) return {};
    if (Object* const found = static_cast<const Dict&>(*step->attributes).find(name))
      return detail::bind(*share(*found), *held);
  }
  return {};
}

void keep_alive(Object& nurse, Object& patient) {
  const Ref<> held[] = {share(nurse), share(patient)};
  Builtins& builtins = builtins_of(nurse);
  const Ref<Function> nothing = make_function(builtins, "keep_alive", [](Object&) {});
  make_finalize(nurse, *nothing, make_tuple(builtins, {&patient}))->at_exit = 0;
}

}  // namespace ouro
