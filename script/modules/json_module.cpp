// The module _json: what json.py reads and writes texts with.
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/functions/module_function.h>
#include <ouro/objects/json/json.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/modules/modules.h>

#include <string>

namespace ouro::script {

namespace {

constexpr char kModuleName[] = "_json";

Ref<> hook(const Ref<Tuple>& given, std::size_t place) {
  Object& found = *given->items[place];
  return is_none(found) ? Ref<>() : share(found);
}

const Tuple& expect_tuple(Object& given, std::size_t size) {
  if (!is<Tuple>(given) || static_cast<const Tuple&>(given).size != size)
    raise(ErrorKind::kTypeError, "a tuple of options is expected");
  return static_cast<const Tuple&>(given);
}

/// `options`: object_hook, object_pairs_hook, parse_float, parse_int, parse_constant.
Ref<> loads(Object& source, Object& options) {
  if (!is<Str>(source)) raise(ErrorKind::kTypeError, "a str is expected");
  static_cast<void>(expect_tuple(options, 5));
  const Ref<Tuple> given = share(static_cast<Tuple&>(options));
  return json::load(builtins_of(source), text(static_cast<const Str&>(source)),
                    {.object_hook = hook(given, 0),
                     .object_pairs_hook = hook(given, 1),
                     .parse_float = hook(given, 2),
                     .parse_int = hook(given, 3),
                     .parse_constant = hook(given, 4)});
}

json::Indent indent_of(Object& given) {
  if (is_none(given)) return {};
  if (is<Str>(given)) return std::string(text(static_cast<const Str&>(given)));
  return static_cast<int>(to_index(given));
}

/// `options`: indent, item separator, key separator (None: as usual), sort_keys, ensure_ascii, allow_nan, skipkeys,
/// check_circular, default.
Ref<> dumps(Object& object, Object& options) {
  static_cast<void>(expect_tuple(options, 9));
  const Ref<Tuple> given = share(static_cast<Tuple&>(options));
  json::DumpOptions wanted;
  wanted.indent = indent_of(*given->items[0]);
  if (!is_none(*given->items[1]))
    wanted.separators = {from_object<std::string>(*given->items[1]), from_object<std::string>(*given->items[2])};
  wanted.sort_keys = truth(*given->items[3]);
  wanted.ensure_ascii = truth(*given->items[4]);
  wanted.allow_nan = truth(*given->items[5]);
  wanted.skipkeys = truth(*given->items[6]);
  wanted.check_circular = truth(*given->items[7]);
  wanted.default_hook = hook(given, 8);
  return json::dump(object, wanted);
}

constexpr Attribute kFunctions[] = {
    function(
        "loads(text, options, /)", [](Object&, Object& source, Object& options) { return loads(source, options); },
        "The object of a text."),
    function(
        "dumps(object, options, /)", [](Object&, Object& object, Object& options) { return dumps(object, options); },
        "The text of an object."),
};

}  // namespace

Ref<Module> make_json_module(Interpreter& interpreter) {
  Ref<Module> module = make_builtin_module(interpreter, kModuleName, "What the module json is made from.");
  add_functions(*module->attributes(), *module, kFunctionsOf<kFunctions, kModuleName>);
  module->set("JSONDecodeError", interpreter.builtins().type(json::kDecodeError));
  return module;
}

}  // namespace ouro::script
