// Between an `ouro::Error`, which flies through C++, and its object, which code of classes sees.
//
//   raise(ErrorKind::kValueError, "no")          no object; made by `exception_of` when somebody asks
//   raise(*object); raise(type);                 `raise object`: the error is that object, of whatever class
//   raise(object, cause);                        `raise object from cause`
//
//   catch (const Error& error) {
//     if (error.matches(type)) ...               `except type`, for built-in types and classes made at run time
//     Ref<BaseException> e = exception_of(builtins, error);
//     raise(*other, error);                      `raise other from e`
//   }
//
// An Error may outlive its runtime and end on any thread: what it carries is dropped as a Global's object is.
#pragma once

#include <ouro/base/error.h>
#include <ouro/objects/errors/exception.h>
#include <ouro/objects/model/failure.h>
#include <ouro/objects/model/ref.h>

#include <string>
#include <string_view>

namespace ouro {

/// `raise exception`: an exception, or a type of errors, which is called without arguments. Whatever C++ exception is being
/// handled becomes its `__context__`. TypeError "exceptions must derive from BaseException".
[[noreturn, gnu::cold]] void raise(Object& exception);
/// `raise exception from cause`: an exception, a type of errors, or None. TypeError "exception causes must derive from
/// BaseException".
[[noreturn, gnu::cold]] void raise(Object& exception, Object& cause);
[[noreturn, gnu::cold]] void raise(Object& exception, const Error& cause);
template <class T>
[[noreturn]] void raise(const Ref<T>& exception) {
  raise(usable(exception));
}
template <class T, class C>
[[noreturn]] void raise(const Ref<T>& exception, const Ref<C>& cause) {
  raise(usable(exception), usable(cause));
}
template <class T>
[[noreturn]] void raise(const Ref<T>& exception, const Error& cause) {
  raise(usable(exception), cause);
}

/// `raise exception`, without a C++ exception: notes it and returns an empty handle, which is to be returned
/// (objects/model/failure.h).
Ref<> fail(BaseException& exception);
/// The object of a failure, as `exception_of` an Error.
[[nodiscard]] Ref<BaseException> exception_of(Builtins& builtins, const Failure& failure);
/// `except type` would catch it; a tuple matches as in `except (A, B)`.
[[nodiscard]] bool failure_matches(const Failure& failure, const Object& type) noexcept;

/// The object of an error, for the runtime of `builtins`. Made when it is first asked for, of the error's type with its
/// message as argument; the error, and copies made afterwards, keep it. Throws MemoryError.
[[nodiscard]] Ref<BaseException> exception_of(Builtins& builtins, const Error& error);
/// The Error that is this object. MemoryError's if there is no memory.
[[nodiscard]] Error error_of(BaseException& exception) noexcept;

/// `isinstance(error, type)`, without making the object: what `error.matches(type)` asks. A tuple matches as in
/// `except (A, B)`.
[[nodiscard]] bool error_matches(const Error& error, const Object& type) noexcept;
[[nodiscard]] inline bool error_matches(const Error& error, ErrorKind kind) noexcept { return error.is(kind); }
[[nodiscard]] inline bool error_matches(const Error& error, const ErrorType& type) noexcept { return error.is(type); }
template <class T>
[[nodiscard]] bool error_matches(const Error& error, const Ref<T>& type) noexcept {
  return type && error_matches(error, static_cast<const Object&>(*type));
}

namespace detail {

/// What an Error carries: one object.
class KeptException : public ErrorObject {
 public:
  explicit KeptException(const Object& exception);
  /// Whose object it is: an address to compare with, for the heap may be gone.
  [[nodiscard]] const Heap* heap() const noexcept { return heap_; }
  /// The object; empty if its runtime is gone. Needs the lock.
  [[nodiscard]] virtual Ref<> get() const noexcept = 0;
  /// True if the thread holds the lock of the object's runtime.
  [[nodiscard]] virtual bool may_ask() const noexcept = 0;

  [[nodiscard]] std::string_view type_name() const noexcept final { return name_; }
  [[nodiscard]] bool read_message(std::string& message) const noexcept final;

 private:
  const Heap* heap_;
  std::string name_;
};

}  // namespace detail

}  // namespace ouro
