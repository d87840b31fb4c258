// StopIteration, SystemExit, KeyError and MemoryError: what a few arguments mean (CPython: Objects/exceptions.c).
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/detail/exception_parts.h>
#include <ouro/objects/text/str.h>

namespace ouro::detail {

namespace {

void initialise_stop_iteration(Object& object, const Arguments& arguments) {
  initialise_exception(object, arguments);
  set_member(exception_of(object), 0, arguments.positional.empty() ? nullptr : arguments.positional[0]);
}

/// One argument is the code, several are together.
void initialise_system_exit(Object& object, const Arguments& arguments) {
  initialise_exception(object, arguments);
  BaseException& exception = exception_of(object);
  const auto given = arguments.positional;
  if (given.empty()) return;
  set_member(exception, 0, given.size() == 1 ? given[0] : exception.args);
}

/// A lone key is shown by its repr: that of '' would be nothing else.
Ref<> str_of_key_error(Object& object) {
  const BaseException& exception = exception_of(object);
  const bool is_key = exception.arguments().size() == 1 && (object.flags & BaseException::kTextFlag) == 0;
  return is_key ? Ref<>(repr(*share(*exception.arguments()[0]))) : str_of_arguments(object);
}

/// CPython keeps some ready, and gives them their arguments afterwards.
Ref<> construct_memory_error(Type& type, const Arguments& arguments) {
  Builtins& builtins = *type.heap->builtins;
  const bool is_exact = &type == &builtins.type(ErrorKind::kMemoryError);
  return is_exact ? Ref<>(make_bare_exception(type, share(builtins.empty_tuple()))) : construct_exception(type, arguments);
}

constexpr Attribute kStopIterationAttributes[] = {object_member<0>("value", "generator return value")};
constexpr Attribute kSystemExitAttributes[] = {object_member<0>("code", "exception code")};

}  // namespace

constinit const TypeSlots kStopIterationSlots = [] {
  TypeSlots made = exception_slots(1);
  made.initialise = initialise_stop_iteration;
  made.attributes = &kAttributeTable<kStopIterationAttributes>;
  return made;
}();

constinit const TypeSlots kSystemExitSlots = [] {
  TypeSlots made = exception_slots(1);
  made.initialise = initialise_system_exit;
  made.attributes = &kAttributeTable<kSystemExitAttributes>;
  return made;
}();

constinit const TypeSlots kMemoryErrorSlots = [] {
  TypeSlots made = exception_slots(0);
  made.construct = construct_memory_error;
  return made;
}();

constinit const TypeSlots kKeyErrorSlots = [] {
  TypeSlots made = exception_slots(0);
  made.str = str_of_key_error;
  return made;
}();

}  // namespace ouro::detail
