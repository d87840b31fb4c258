// ScriptFunction: a function of a script (types.FunctionType).
//
// What a `def` makes: a code, the globals that it sees, defaults and closure. All its parts are edges.
#pragma once

#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/script/code/code.h>
#include <ouro/script/machine/kinds.h>

namespace ouro::script {

/// The object of a function.
struct ScriptFunction : Object {
  static constexpr Kind kKind = kFunctionKind;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 12);

  Object* code;              ///< Code, owned as all that follow
  Object* globals;           ///< dict
  Object* built_ins;         ///< dict
  Object* name;              ///< str
  Object* qualified_name;    ///< str
  Object* defaults;          ///< tuple; null: none
  Object* keyword_defaults;  ///< dict; null: none
  Object* closure;           ///< tuple of cells; null: none
  Object* annotations;       ///< dict; null: none yet
  Object* doc;               ///< any object
  Object* module;            ///< any object; null: none
  Object* dict;              ///< null: none yet

  [[nodiscard]] Code& its_code() const noexcept { return static_cast<Code&>(*code); }
  [[nodiscard]] Dict& its_globals() const noexcept { return static_cast<Dict&>(*globals); }
  [[nodiscard]] Dict& its_builtins() const noexcept { return static_cast<Dict&>(*built_ins); }
  [[nodiscard]] const Tuple* its_defaults() const noexcept { return static_cast<const Tuple*>(defaults); }
};

extern const TypeSlots kFunctionSlots;

/// `code` as a function of these globals, with the built-ins that these name. Throws MemoryError.
[[nodiscard]] Ref<ScriptFunction> make_script_function(Code& code, Dict& globals);

}  // namespace ouro::script
