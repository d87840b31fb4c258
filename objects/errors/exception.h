// BaseException: the object of an error, of whatever type.
//
//   offset 0        16     24      32        40          48     56
//          +--------+------+-------+---------+-----------+------+--------+--------+-----
//          | header | args | cause | context | traceback | dict | member | member | ...    all edges (a fixed number)
//          +--------+------+-------+---------+-----------+------+--------+--------+-----
//
// All types of errors have this layout; how many members there are the type says: StopIteration has one (value), OSError
// five. docs/errors.md tells how objects of errors and `ouro::Error` belong together.
#pragma once

#include <ouro/base/error_kinds.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/type.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace ouro {

struct Dict;
struct Tuple;

/// The object of an error. Members may be null: there is none, and Python reads None.
struct BaseException : Object {
  static constexpr Kind kKind = Kind::kBaseException;
  static constexpr std::uint32_t kSuppressContextFlag = kFirstTypeFlag;
  /// It was made from the text of an Error, which `str` gives as it is, whatever its type makes of arguments.
  static constexpr std::uint32_t kTextFlag = kFirstTypeFlag << 1;
  static constexpr std::size_t kCommonEdges = 5;

  Object* args;       ///< tuple
  Object* cause;      ///< the exception given by `raise ... from`
  Object* context;    ///< the exception that was being handled
  Object* traceback;  ///< Traceback, the outermost entry
  Object* dict;       ///< its own attributes
  Object* members[];  ///< what its type adds

  /// Its arguments, borrowed.
  [[nodiscard]] std::span<Object* const> arguments() const noexcept;
  [[nodiscard]] bool suppresses_context() const noexcept { return (flags & kSuppressContextFlag) != 0; }

  /// `exception.__cause__ = cause`, null for None; the context is no longer shown then.
  void set_cause(BaseException* cause) noexcept;
  /// `exception.__context__ = context`.
  void set_context(BaseException* context) noexcept;
  void set_suppress_context(bool value) noexcept;
  /// `exception.add_note(note)`. TypeError "Cannot add note: __notes__ is not a list"; MemoryError.
  void add_note(std::string_view note);
  void add_note(Object& note);
  /// A traceback entry in front of those that there are: the code at this place was left by the exception. Throws
  /// MemoryError.
  void push_traceback(std::string_view file, std::int64_t line, std::string_view function);
  /// `exception.__dict__`, made when it is first asked for. Throws MemoryError.
  [[nodiscard]] Ref<Dict> attributes();
};
static_assert(sizeof(BaseException) == sizeof(Object) + BaseException::kCommonEdges * sizeof(Object*));

/// True if the object is a type of errors: a built-in one or a class that derives from one.
[[nodiscard]] inline bool is_exception_type(const Object& object) noexcept {
  return kind_of(object) == Kind::kType && static_cast<const Type&>(object).kind == Kind::kBaseException;
}

/// The nearest type of errors that is known without a runtime: a class made at run time is asked for what it derives from.
[[nodiscard]] const ErrorType& nearest_error_type(const Type& type) noexcept;

/// `type(args...)`. What the constructor throws passes on; TypeError "calling <class 'A'> should have returned an instance
/// of BaseException, not <class 'int'>".
[[nodiscard]] Ref<BaseException> make_exception(Type& type, std::span<Object* const> args = {});
[[nodiscard]] Ref<BaseException> make_exception(Builtins& builtins, ErrorKind kind, std::string_view message);

}  // namespace ouro
