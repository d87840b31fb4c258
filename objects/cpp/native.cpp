// Makes the classes of C++ structs.
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/cpp/native.h>
#include <ouro/objects/text/intern.h>

#include <fmt/format.h>

namespace ouro::detail {

Ref<Class> make_native_class(Builtins& builtins, std::string_view name, const TypeSlots& slots, const std::type_info& type,
                             Class* base) {
  Object* const bases[] = {base};
  return make_class(builtins, ClassPlan{name, {bases, base != nullptr ? 1U : 0U}, nullptr, &slots, &type});
}

void expect_native(const Class& type, const std::type_info& native) {
  if (type.native != nullptr && *type.native == native) return;
  std::string room;
  const std::string_view name = short_name(native, room);
  raise(ErrorKind::kTypeError, fmt::format("{0}.__new__({1}): {1} is not a subtype of {0}", name, type.name));
}

void set_member(Class& type, std::string_view name, Object& value) {
  set_class_attribute(type, *intern(builtins_of(type), name), &value);
}

std::string qualified(const Class& type, std::string_view signature) {
  std::string full(type.name);
  return full.append(1, '.').append(signature);
}

std::string_view bare_name(std::string_view signature) noexcept { return signature.substr(0, signature.find('(')); }

}  // namespace ouro::detail
