// The behaviour that all exceptions have (CPython: BaseException in Objects/exceptions.c).
#include <ouro/base/error.h>
#include <ouro/objects/classes/class.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/handle.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/detail/exception_parts.h>
#include <ouro/objects/errors/traceback.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

namespace ouro {

namespace detail {

void clear_exception(Object& object) noexcept {
  BaseException& exception = exception_of(object);
  const Ref<> args = Ref<>::adopt(std::exchange(exception.args, &builtins_of(object).empty_tuple()));
  const EdgeRun edges = edge_run(object, object.type->edges);
  for (std::size_t i = 1; i < edges.count; ++i) store(edges.first[i], nullptr);
}

std::string name_of_exception_edge(const Object& object, std::size_t number) {
  constexpr const char* kNames[BaseException::kCommonEdges] = {".args", ".__cause__", ".__context__", ".__traceback__",
                                                               ".__dict__"};
  if (number < std::size(kNames)) return kNames[number];
  const Type* owner = object.type;
  while (owner->has(kClassType) || owner->slots->attributes == nullptr) owner = owner->base;
  const std::size_t place = number - std::size(kNames);  // the first attributes of a layout's table are its members
  return fmt::format(".{}", owner->slots->attributes->first[place].parameters.name);
}

std::string text_of(Object* value) { return value != nullptr ? std::string(text(*str(*share(*value)))) : "None"; }

Ref<> str_of_arguments(Object& object) {
  const BaseException& exception = exception_of(object);
  const auto args = exception.arguments();
  if (args.empty()) return share(builtins_of(object).empty_str());
  return str(args.size() == 1 ? *share(*args[0]) : *share(*exception.args));
}

Ref<> repr_of_exception(Object& object) {
  const BaseException& exception = exception_of(object);
  const auto args = exception.arguments();
  const Ref<Str> shown = repr(args.size() == 1 ? *share(*args[0]) : *share(*exception.args));
  const bool is_one = args.size() == 1;
  const std::string_view name = object.type->name;
  return make_str(builtins_of(object),
                  is_one ? fmt::format("{}({})", name, text(*shown)) : fmt::format("{}{}", name, text(*shown)));
}

Ref<> reduce_exception(BaseException& exception, Object& args, Object* state) {
  Builtins& builtins = builtins_of(exception);
  if (state != nullptr) return make_tuple(builtins, {exception.type, &args, state});
  return make_tuple(builtins, {exception.type, &args});
}

}  // namespace detail

namespace {

using detail::exception_of;

/// The exception that an attribute is set to, null for None. TypeError "exception cause must be None or derive from
/// BaseException", "__cause__ may not be deleted".
BaseException* exception_or_none(Object* value, std::string_view what) {
  if (value == nullptr) raise(ErrorKind::kTypeError, fmt::format("__{}__ may not be deleted", what));
  if (is_none(*value)) return nullptr;
  if (is<BaseException>(*value)) return static_cast<BaseException*>(value);
  raise(ErrorKind::kTypeError, fmt::format("exception {} must be None or derive from BaseException", what));
}

void set_args(BaseException& exception, Object* value) {
  if (value == nullptr) raise(ErrorKind::kTypeError, "args may not be deleted");
  store(exception.args, tuple_from(*value).release());
}

void set_traceback(BaseException& exception, Object* value) {
  if (value == nullptr) raise(ErrorKind::kTypeError, "__traceback__ may not be deleted");
  if (!is_none(*value) && !is<Traceback>(*value)) raise(ErrorKind::kTypeError, "__traceback__ must be a traceback or None");
  store(exception.traceback, is_none(*value) ? nullptr : share(*value).release());
}

void set_suppress_context(BaseException& exception, const Object* value) {
  if (value == nullptr) raise(ErrorKind::kTypeError, "can't delete numeric/char attribute");
  if (kind_of(*value) != Kind::kBool) raise(ErrorKind::kTypeError, "attribute value type must be bool");
  exception.set_suppress_context(value == &builtins_of(exception).boolean(true));
}

void set_dict(BaseException& exception, Object* value) {
  if (value == nullptr) raise(ErrorKind::kTypeError, "cannot delete __dict__");
  if (!is<Dict>(*value))
    raise(ErrorKind::kTypeError, fmt::format("__dict__ must be set to a dictionary, not a '{}'", value->type->name));
  store(exception.dict, share(*value).release());
}

Ref<> set_state(BaseException& exception, Object& state) {
  if (is_none(state)) return share(state);
  if (!is<Dict>(state)) raise(ErrorKind::kTypeError, "state is not a dictionary");
  for (auto [name, value] : share(static_cast<Dict&>(state))) set_attribute(exception, *share(name), *share(value));
  return make_none(builtins_of(exception));
}

constexpr Attribute suppress_context() {
  Attribute made = member(
      "__suppress_context__", [](BaseException& exception) { return exception.suppresses_context(); }, "");
  made.set = [](Object& object, Object* value) { set_suppress_context(exception_of(object), value); };
  return made;
}

constexpr Attribute kAttributes[] = {
    method(
        "__reduce__()",
        [](BaseException& exception) { return detail::reduce_exception(exception, *exception.args, exception.dict); }, ""),
    method(
        "__setstate__(state, /)", [](BaseException& exception, Object& state) { return set_state(exception, state); }, ""),
    method(
        "with_traceback(tb, /)",
        [](BaseException& exception, Object& traceback) {
          set_traceback(exception, &traceback);
          return share(exception);
        },
        "Exception.with_traceback(tb) --\n    set self.__traceback__ to tb and return self."),
    method(
        "add_note(note, /)", [](BaseException& exception, Object& note) { exception.add_note(note); },
        "Exception.add_note(note) --\n    add a note to the exception"),
    property(
        "__dict__", [](BaseException& exception) { return exception.attributes(); },
        [](BaseException& exception, Object* value) { set_dict(exception, value); }, ""),
    suppress_context(),
    property(
        "args", [](BaseException& exception) { return share(*exception.args); },
        [](BaseException& exception, Object* value) { set_args(exception, value); }, ""),
    property(
        "__traceback__", [](BaseException& exception) { return detail::or_none(exception, exception.traceback); },
        [](BaseException& exception, Object* value) { set_traceback(exception, value); }, ""),
    property(
        "__context__", [](BaseException& exception) { return detail::or_none(exception, exception.context); },
        [](BaseException& exception, Object* value) { exception.set_context(exception_or_none(value, "context")); },
        "exception context"),
    property(
        "__cause__", [](BaseException& exception) { return detail::or_none(exception, exception.cause); },
        [](BaseException& exception, Object* value) { exception.set_cause(exception_or_none(value, "cause")); },
        "exception cause"),
};

/// Attributes that `except` clauses add by keyword go with no copy (CPython: BaseException_reduce).
bool keeps_members(const BaseException& exception) noexcept {
  const ErrorType& error = nearest_error_type(*exception.type);
  return !derives_from(error, error_type(ErrorKind::kNameError)) &&
         !derives_from(error, error_type(ErrorKind::kAttributeError));
}

std::size_t member_count(const BaseException& exception) noexcept {
  return edge_run(exception, exception.type->edges).count - BaseException::kCommonEdges;
}

/// First which type of errors it is, as the address of a constant; then arguments, attributes and members.
void write_exception(const Object& object, MessageNode& node, StateWriter& to) {
  const BaseException& exception = exception_of(object);
  node.count = static_cast<std::uint32_t>(keeps_members(exception) ? member_count(exception) : 0);
  to.number(reinterpret_cast<std::uintptr_t>(&nearest_error_type(*object.type)));
  to.reference(exception.args);
  to.reference(exception.dict);
  for (std::size_t i = 0; i < node.count; ++i) to.reference(exception.members[i]);
}

Ref<> make_noted_exception(Type& type, const MessageNode& node, StateReader& from) {
  const auto& error = *reinterpret_cast<const ErrorType*>(from.number());
  Builtins& builtins = *type.heap->builtins;
  Type& made = type.has(kClassType) ? type : builtins.type(error);
  Ref<BaseException> exception = detail::make_bare_exception(made, share(builtins.empty_tuple()));
  exception->flags |= node.flag ? BaseException::kTextFlag : 0;
  return exception;
}

void read_exception(Object& object, const MessageNode& node, StateReader& from) {
  BaseException& exception = exception_of(object);
  static_cast<void>(from.number());
  store(exception.args, from.reference().release());
  store(exception.dict, from.reference().release());
  if (node.count > member_count(exception)) raise_other_layout(*object.type);
  for (std::size_t i = 0; i < node.count; ++i) store(exception.members[i], from.reference().release());
}

constexpr TypeSlots base_exception() {
  TypeSlots made = detail::exception_slots(0);
  made.name = "BaseException";
  made.doc = error_type(ErrorKind::kBaseException).doc;
  made.attributes = &kAttributeTable<kAttributes>;
  return made;
}

}  // namespace

constexpr CopySlots detail::kExceptionCopy{
    .note = [](const Object& object, MessageNode& node,
               StateWriter&) { node.flag = (object.flags & BaseException::kTextFlag) != 0; },
    .write = write_exception,
    .make = make_noted_exception,
    .read = read_exception,
};

constinit const TypeSlots detail::kBaseExceptionSlots = base_exception();

}  // namespace ouro
