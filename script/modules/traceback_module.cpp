// The module _traceback: what traceback.py asks the machine.
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/errors/exception.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/errors/traceback.h>
#include <ouro/objects/functions/module_function.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/machine/frame.h>
#include <ouro/script/machine/report.h>
#include <ouro/script/modules/modules.h>

#include <string>
#include <tuple>

namespace ouro::script {

namespace {

constexpr char kModuleName[] = "_traceback";

Ref<> marks(Object& line, Object& begin, Object& end, Object& is_one_line) {
  if (!is<Str>(line)) raise(ErrorKind::kTypeError, "a line is expected");
  return make_str(builtins_of(line), marks_under(text(static_cast<const Str&>(line)), from_object<int>(begin),
                                                 from_object<int>(end), truth(is_one_line)));
}

/// (last line, first column, last column) of what an entry of a traceback was at; columns are None where nobody knows.
Ref<> place_of(Object& entry) {
  Builtins& builtins = builtins_of(entry);
  if (!is<Traceback>(entry)) raise(ErrorKind::kTypeError, "a traceback is expected");
  const auto& traceback = static_cast<const Traceback&>(entry);
  const std::tuple<std::nullptr_t, std::nullptr_t, std::nullptr_t> unknown;
  if (traceback.frame == nullptr || !is<Frame>(*traceback.frame)) return to_object(builtins, unknown);
  const Code& code = static_cast<const Frame&>(*traceback.frame).its_code();
  const Location place = code.body->location_of(static_cast<std::uint32_t>(traceback.instruction));
  if (place.column < 0 || place.line < 1) return to_object(builtins, unknown);
  return to_object(builtins, std::tuple(place.end_line, place.column, place.end_column));
}

constexpr Attribute kFunctions[] = {
    function(
        "marks(line, begin, end, is_one_line, /)",
        [](Object&, Object& line, Object& begin, Object& end, Object& is_one_line) {
          return marks(line, begin, end, is_one_line);
        },
        "The marks under the line of a traceback's entry."),
    function(
        "place(entry, /)", [](Object&, Object& entry) { return place_of(entry); },
        "(last line, first column, last column) of an entry of a traceback."),
    function(
        "suggestion(exception, /)",
        [](Object& module, Object& exception) {
          std::string found;
          if (is<BaseException>(exception))
            found = suggestion_for(interpreter_of(module), static_cast<BaseException&>(exception));
          return make_str(builtins_of(module), found);
        },
        "What stands behind an error that names something nearly right."),
};

}  // namespace

Ref<Module> make_traceback_module(Interpreter& interpreter) {
  Ref<Module> module = make_builtin_module(interpreter, kModuleName, "What the module traceback asks the machine.");
  add_functions(*module->attributes(), *module, kFunctionsOf<kFunctions, kModuleName>);
  return module;
}

}  // namespace ouro::script
