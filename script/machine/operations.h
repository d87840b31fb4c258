// What instructions do that is too much to stand in the loop. An object that is returned is owned by the caller; null is a
// failure. All may throw as well. Operands are borrowed, and held by the stack.
#pragma once

#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/script/machine/interpreter.h>

#include <cstdint>

namespace ouro::script {

// ---- Names ----
[[nodiscard]] Object* load_name(Interpreter& interpreter, Activation& activation, Str& name);
void store_name(Activation& activation, Str& name, Object& value);
[[nodiscard]] bool delete_name(Activation& activation, Str& name);
/// `cache`: where the name was found the last time.
[[nodiscard]] Object* load_global(Activation& activation, Str& name, Word* cache);
[[nodiscard]] bool delete_global(Activation& activation, Str& name);
[[nodiscard]] Object* load_class_cell(Activation& activation, std::uint32_t slot);
/// NameError or UnboundLocalError for an empty slot.
void fail_unbound(const Activation& activation, std::uint32_t slot);
void fail_unbound_cell(const Activation& activation, std::uint32_t slot);

// ---- Operators ----
[[nodiscard]] Object* binary(std::uint32_t op, Object& left, Object& right);
/// Takes over the count of `left`, also if it fails.
[[nodiscard]] Object* in_place(std::uint32_t op, Object* left, Object& right);
[[nodiscard]] Object* compare_values(Object& left, Object& right, Comparison op);
/// `object.name` for a call: the function and the object, or the value and null. False: it failed.
[[nodiscard]] bool load_method(Object& object, Str& name, Object*& function, bool& takes_object);

// ---- Displays and unpacking ----
[[nodiscard]] Object* build_map(Builtins& builtins, Object* const* pairs, std::uint32_t count);
[[nodiscard]] Object* build_set(Builtins& builtins, Object* const* items, std::uint32_t count);
[[nodiscard]] Object* build_string(Builtins& builtins, Object* const* parts, std::uint32_t count);
[[nodiscard]] Object* format_value(Object& value, std::uint32_t conversion, Object* spec);
[[nodiscard]] bool list_extend(List& list, Object& iterable);
[[nodiscard]] bool dict_update(Dict& dict, Object& mapping);
[[nodiscard]] bool dict_merge(Dict& dict, Object& mapping, Object& callee);
/// The items, owned, in reverse: the first lies on top.
[[nodiscard]] bool unpack_sequence(Object& iterable, std::uint32_t count, Object** to);
[[nodiscard]] bool unpack_starred(Object& iterable, std::uint32_t before, std::uint32_t behind, Object** to);

// ---- Calls ----
/// How errors call a callee: `module.name()` or `name()` (CPython: _PyObject_FunctionStr).
[[nodiscard]] std::string called(Object& callee);
[[nodiscard]] Object* call_with_keywords(Object& callee, Object* const* arguments, std::uint32_t count, const Tuple& names);
[[nodiscard]] Object* call_expanded(MachineThread& thread, Object& callee, Object& positional, Object* keywords);
[[nodiscard]] Object* make_function(Activation& activation, Code& code, Object* const* parts, std::uint32_t which);
/// `super()` of the running function.
[[nodiscard]] Object* super_of(Activation& activation);
[[nodiscard]] Object* build_class(Interpreter& interpreter, const Arguments& arguments);

// ---- with ----
[[nodiscard]] bool before_with(Object& manager, Object*& exit, Object*& entered, bool is_async);
[[nodiscard]] Object* call_exit_with(Object& exit, BaseException& exception);

// ---- except* ----
[[nodiscard]] bool match_group(BaseException& exception, Object& type, Object*& rest, Object*& match);
[[nodiscard]] Object* reraise_star(BaseException& original, List& raised);

// ---- import ----
[[nodiscard]] Object* import_name(Activation& activation, Str& name, Object& names, Object& level);
[[nodiscard]] Object* import_from(Object& module, Str& name);
[[nodiscard]] bool import_star(Activation& activation, Object& module);

// ---- match ----
[[nodiscard]] bool is_sequence_pattern_subject(const Object& subject);
[[nodiscard]] bool is_mapping_pattern_subject(Object& subject);
[[nodiscard]] Object* match_keys(Object& subject, const Tuple& keys);
[[nodiscard]] Object* match_class(Object& subject, Object& type, std::uint32_t positional, const Tuple& names);

/// The value of an expression at a prompt, shown.
[[nodiscard]] bool print_expression(Interpreter& interpreter, Object& value);

}  // namespace ouro::script
