// The behaviour of exception groups (CPython: Objects/exceptions.c).
#include <ouro/base/error.h>
#include <ouro/objects/classes/generic_alias.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/detail/exception_parts.h>
#include <ouro/objects/errors/exception_group.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>

namespace ouro {

namespace {

using detail::exception_of;

enum Member : std::size_t { kMessage, kExceptions, kMembers };

// ---- Making one ----

/// The exceptions, checked. TypeError, ValueError.
Ref<Tuple> exceptions_from(Object& given) {
  const SequenceSlots* const sequence = given.type->slots->sequence;
  if (sequence == nullptr || sequence->item == nullptr)
    raise(ErrorKind::kTypeError, "second argument (exceptions) must be a sequence");
  Ref<Tuple> exceptions = tuple_from(given);
  if (exceptions->size == 0) raise(ErrorKind::kValueError, "second argument (exceptions) must be a non-empty sequence");
  for (std::uint32_t i = 0; i < exceptions->size; ++i)
    if (!is<BaseException>(*exceptions->items[i]))
      raise(ErrorKind::kValueError, fmt::format("Item {} of second argument (exceptions) is not an exception", i));
  return exceptions;
}

/// The type that is made: a group of Exceptions is an Exception.
Type& type_for(Type& type, const Tuple& exceptions) {
  const Builtins& builtins = *type.heap->builtins;
  const Type& exception = builtins.type(ErrorKind::kException);
  const bool are_exceptions =
      std::ranges::all_of(exceptions.view(), [&](const Object* object) { return is_instance(*object, exception); });
  if (are_exceptions)
    return &type == &builtins.type(ErrorKind::kBaseExceptionGroup) ? builtins.type(ErrorKind::kExceptionGroup) : type;
  if (&type == &builtins.type(ErrorKind::kExceptionGroup))
    raise(ErrorKind::kTypeError, "Cannot nest BaseExceptions in an ExceptionGroup");
  if (is_subtype(type, exception))
    raise(ErrorKind::kTypeError, fmt::format("Cannot nest BaseExceptions in '{}'", type.name));
  return type;
}

Ref<> construct_group(Type& type, const Arguments& arguments) {
  const auto given = arguments.positional;
  if (given.size() != 2) {
    raise(ErrorKind::kTypeError,
          fmt::format("BaseExceptionGroup.__new__() takes exactly 2 arguments ({} given)", given.size()));
  }
  if (!is<Str>(*given[0])) {
    raise(ErrorKind::kTypeError, fmt::format("BaseExceptionGroup.__new__() argument 1 must be str, not {}",
                                             is_none(*given[0]) ? "None" : given[0]->type->name));
  }
  const Ref<Tuple> exceptions = exceptions_from(*given[1]);
  auto made = static_ref_cast<BaseException>(detail::construct_exception(type_for(type, *exceptions), arguments));
  detail::set_member(*made, kMessage, given[0]);
  detail::set_member(*made, kExceptions, exceptions.get());
  return made;
}

Ref<> str_of_group(Object& object) {
  const BaseException& group = exception_of(object);
  if ((object.flags & BaseException::kTextFlag) != 0) return detail::str_of_arguments(object);
  const std::size_t count = exceptions_of(group).size();
  const std::string message = detail::text_of(group.members[kMessage]);
  return make_str(builtins_of(object), fmt::format("{} ({} sub-exception{})", message, count, count == 1 ? "" : "s"));
}

// ---- Splitting one ----

bool is_type_condition(const Object& condition) noexcept {
  if (is_exception_type(condition)) return true;
  const auto* const types = as<Tuple>(condition);
  return types != nullptr && std::ranges::all_of(types->view(), [](const Object* type) { return is_exception_type(*type); });
}

void expect_condition(const Object& condition) {
  if (!is_type_condition(condition) && !is_function(condition))
    raise(ErrorKind::kTypeError, "expected a function, exception type or tuple of exception types");
}

bool matches_condition(BaseException& exception, Object& condition) {
  if (is_exception_type(condition)) return is_instance(exception, static_cast<const Type&>(condition));
  if (const auto* const types = as<Tuple>(condition)) {
    const auto is_type = [&](const Object* type) { return is_instance(exception, static_cast<const Type&>(*type)); };
    return std::ranges::any_of(types->view(), is_type);
  }
  Object* const argument = &exception;
  return truth(*call(condition, Arguments{{&argument, 1}, {}, {}}));
}

void copy_notes(BaseException& from, BaseException& to) {
  const Ref<Str> name = intern(builtins_of(from), "__notes__");
  const Ref<> notes = find_attribute(from, *name);
  if (notes && (is<List>(*notes) || is<Tuple>(*notes))) set_attribute(to, *name, *list_from(*notes));
}

/// A group of some of the group's exceptions, as it says itself how to make it. Empty if there are none.
Ref<BaseException> derive(BaseException& group, List& exceptions) {
  if (exceptions.size == 0) return {};
  Object* const argument = &exceptions;
  const Ref<> made = call_method(group, *intern(builtins_of(group), "derive"), Arguments{{&argument, 1}, {}, {}});
  if (!is_exception_group(*made)) raise(ErrorKind::kTypeError, "derive must return an instance of BaseExceptionGroup");
  BaseException& derived = exception_of(*made);
  if (group.traceback != nullptr) store(derived.traceback, share(*group.traceback).release());
  derived.set_context(static_cast<BaseException*>(group.context));
  derived.set_cause(static_cast<BaseException*>(group.cause));
  copy_notes(group, derived);
  return static_ref_cast<BaseException>(made);
}

SplitExceptions split_any(BaseException& exception, Object& condition, bool wants_rest) {
  const Ref<BaseException> held = share(exception);
  if (matches_condition(exception, condition)) return {held, {}};
  if (!is_exception_group(exception)) return {{}, wants_rest ? held : Ref<BaseException>()};
  Builtins& builtins = builtins_of(exception);
  const RecursionGuard guard(builtins, " in exceptiongroup_split_recursive");
  const Ref<List> match = make_list(builtins);
  const Ref<List> rest = make_list(builtins);
  const Ref<> exceptions = share(*exception.members[kExceptions]);
  for (Object* const each : static_cast<const Tuple&>(*exceptions).view()) {
    const SplitExceptions part = split_any(exception_of(*each), condition, wants_rest);
    if (part.match) match->append(*part.match);
    if (part.rest) rest->append(*part.rest);
  }
  Ref<BaseException> matching = derive(exception, *match);
  return {std::move(matching), derive(exception, *rest)};
}

// ---- Attributes ----

Ref<> or_none(Builtins& builtins, const Ref<BaseException>& exception) {
  return exception ? Ref<>(exception) : make_none(builtins);
}

Ref<> derive_method(BaseException& group, const Arguments& arguments) {
  if (arguments.positional.size() != 1) {
    raise(ErrorKind::kTypeError, fmt::format("function takes exactly 1 argument ({} given)", arguments.positional.size()));
  }
  Object* const given[] = {group.members[kMessage], arguments.positional[0]};
  return construct_group(builtins_of(group).type(ErrorKind::kBaseExceptionGroup), Arguments{given, {}, {}});
}

Object& only_argument(const Arguments& arguments, std::string_view method) {
  const std::size_t given = arguments.positional.size();
  if (given == 1) return *arguments.positional[0];
  raise(ErrorKind::kTypeError, fmt::format("{} expected 1 argument, got {}", method, given));
}

Ref<> split_method(BaseException& group, const Arguments& arguments) {
  Builtins& builtins = builtins_of(group);
  const SplitExceptions parts = split(group, only_argument(arguments, "split"));
  return make_tuple(builtins, {or_none(builtins, parts.match).get(), or_none(builtins, parts.rest).get()});
}

Ref<> subgroup_method(BaseException& group, const Arguments& arguments) {
  return or_none(builtins_of(group), subgroup(group, only_argument(arguments, "subgroup")));
}

constexpr Attribute kAttributes[] = {
    detail::read_only_member<kMessage>("message", "exception message"),
    detail::read_only_member<kExceptions>("exceptions", "nested exceptions"),
    method(
        "derive(*args)", [](BaseException& group, const Arguments& given) { return derive_method(group, given); }, ""),
    method(
        "split(*args)", [](BaseException& group, const Arguments& given) { return split_method(group, given); }, ""),
    method(
        "subgroup(*args)", [](BaseException& group, const Arguments& given) { return subgroup_method(group, given); }, ""),
    detail::class_getitem(),
};

}  // namespace

bool is_exception_group(const Object& object) noexcept {
  return is<BaseException>(object) &&
         derives_from(nearest_error_type(*object.type), error_type(ErrorKind::kBaseExceptionGroup));
}

Ref<BaseException> make_exception_group(Builtins& builtins, std::string_view message, std::span<Object* const> exceptions) {
  const Ref<Tuple> all = make_tuple(builtins, exceptions);
  const Ref<Str> said = make_str(builtins, message);
  Object* const args[] = {said.get(), all.get()};
  return make_exception(builtins.type(ErrorKind::kBaseExceptionGroup), args);
}

std::span<Object* const> exceptions_of(const BaseException& group) noexcept {
  const Object* const exceptions = group.members[kExceptions];
  return exceptions != nullptr ? static_cast<const Tuple*>(exceptions)->view() : std::span<Object* const>();
}

SplitExceptions split(BaseException& group, Object& condition) {
  expect_condition(condition);
  const Ref<> held[] = {share(group), share(condition)};
  return split_any(group, condition, true);
}

Ref<BaseException> subgroup(BaseException& group, Object& condition) {
  expect_condition(condition);
  const Ref<> held[] = {share(group), share(condition)};
  return split_any(group, condition, false).match;
}

constinit const TypeSlots detail::kExceptionGroupSlots = [] {
  TypeSlots made = exception_slots(kMembers);
  made.construct = construct_group;
  made.str = str_of_group;
  made.attributes = &kAttributeTable<kAttributes>;
  return made;
}();

}  // namespace ouro
