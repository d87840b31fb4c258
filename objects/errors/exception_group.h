// Exception groups: several errors that were not handled, as one (PEP 654).
//
// A group's members are its message and the tuple of its exceptions. What `except*` does is `split`.
#pragma once

#include <ouro/objects/errors/exception.h>

#include <span>
#include <string_view>

namespace ouro {

/// True if the object is a BaseExceptionGroup.
[[nodiscard]] bool is_exception_group(const Object& object) noexcept;

/// `BaseExceptionGroup(message, exceptions)`, which is an ExceptionGroup if all of them are Exceptions. ValueError if there
/// are none.
[[nodiscard]] Ref<BaseException> make_exception_group(Builtins& builtins, std::string_view message,
                                                      std::span<Object* const> exceptions);
/// The exceptions of a group, borrowed.
[[nodiscard]] std::span<Object* const> exceptions_of(const BaseException& group) noexcept;

/// What `split` gives. Either may be empty.
struct SplitExceptions {
  Ref<BaseException> match, rest;
};

/// `group.split(condition)`: a type of errors, a tuple of such, or a function that is asked for each exception and group.
/// The shape of the group is kept, and its traceback, cause, context and notes. TypeError "expected a function, exception
/// type or tuple of exception types". Linear in the exceptions.
[[nodiscard]] SplitExceptions split(BaseException& group, Object& condition);
/// `group.subgroup(condition)`, empty if nothing matches.
[[nodiscard]] Ref<BaseException> subgroup(BaseException& group, Object& condition);

}  // namespace ouro
