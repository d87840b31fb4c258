#include <ouro/objects/detail/class_parts.h>
#include <ouro/objects/intern.h>
#include <ouro/objects/native.h>

namespace ouro::detail {

Ref<Class> make_native_class(Builtins& builtins, std::string_view name, const TypeSlots& slots, const std::type_info& type,
                             Class* base) {
  Object* const bases[] = {base};
  return make_class(builtins, ClassPlan{name, {bases, base != nullptr ? 1U : 0U}, nullptr, slots, &type});
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
