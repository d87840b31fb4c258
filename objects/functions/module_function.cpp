// Functions of modules as objects (CPython: Objects/methodobject.c).
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/functions/module_function.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/text/intern.h>

namespace ouro {

Ref<> detail::call_module_function(const ModuleFunction& function, Object& module, const Arguments& arguments) {
  const Attribute& attribute = *function.attribute;
  const Parameters& parameters = attribute.parameters;
  if (parameters.form == Parameters::Form::kAnything) return attribute.call(*module.type, module, arguments);
  const bool is_complete = arguments.positional.size() == parameters.count && parameters.count == parameters.positional;
  if (is_complete && arguments.keyword_names.empty()) return attribute.call(*module.type, module, arguments);
  std::array<Object*, Parameters::kMost> places{};
  const std::string_view owner = function.module_name == "builtins" ? std::string_view() : function.module_name;
  place_arguments(parameters, owner, arguments, places);
  return attribute.call(*module.type, module, {{places.data(), parameters.count}, {}, {}});
}

Ref<BuiltinMethod> make_module_function(const ModuleFunction& function, Object& module) {
  Ref<> held = share(module);
  Type& type = builtins_of(module).type(Kind::kBuiltinMethod);
  return make<BuiltinMethod>(type, sizeof(BuiltinMethod), [&](BuiltinMethod& made) noexcept {
    made.self = held.release();
    made.descriptor = &function;
  });
}

void add_functions(Dict& to, Object& module, std::span<const ModuleFunction> functions) {
  const Ref<> held[] = {share(to), share(module)};
  for (const ModuleFunction& function : functions) {
    const Ref<Str> name = intern(builtins_of(module), function.attribute->parameters.name);
    to.set(*name, *make_module_function(function, module));
  }
}

}  // namespace ouro
