// Translation: which C++ exceptions stand for which errors, and back.
//
//   struct NotConverged : std::runtime_error { ... };
//   translate<NotConverged>(builtins, *type);           the type's objects have what() as their argument
//   translate<NotConverged>(builtins, [](const NotConverged& e) { return Error(ErrorKind::kArithmeticError, e.what()); });
//
// A native function may throw anything. What is no Error becomes one where it leaves the function:
//
//   std::bad_alloc                                       MemoryError
//   std::filesystem::filesystem_error, std::system_error OSError, of the type that errno says, with the names of the files
//   std::out_of_range                                    IndexError
//   std::overflow_error                                  OverflowError
//   std::invalid_argument, domain_error, length_error, range_error    ValueError
//   other std::exception                                 RuntimeError
//   all else                                             SystemError "unknown C++ exception"
//
// A program's own translations come first, the last one first of all, and hold for derived classes as a catch clause does.
#pragma once

#include <ouro/base/error.h>
#include <ouro/base/standard/function.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/model/ref.h>

#include <concepts>
#include <exception>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace ouro {

/// What one runtime's program translates. Needs the lock.
class Translations {
 public:
  struct Entry {
    Ref<> type;  ///< empty: the way back is not known
    /// Called while an exception is handled: the Error for it, if it is one of the entry's.
    std::function<std::optional<Error>(Object* type)> to_error;
    std::function<void(const Error& error)> throw_cpp;  ///< empty: likewise
  };

  /// Throws MemoryError, and has changed nothing then.
  void add(Entry entry);
  /// The Error for the exception that is being handled, if an entry knows it.
  [[nodiscard]] std::optional<Error> to_error() const;
  /// Throws the C++ exception of an entry whose type matches; returns if there is none.
  void throw_cpp(const Error& error) const;

 private:
  std::vector<Entry> entries_;
};

/// Throws what `error` is in C++: the exception of the program's own translation, else std::out_of_range for an IndexError,
/// std::bad_alloc, std::overflow_error, std::invalid_argument for a ValueError, std::system_error for an OSError that has an
/// errno; any other error as it is.
[[noreturn]] void throw_cpp(Builtins& builtins, const Error& error);

namespace detail {

/// The exception that is being handled, as an Error. `builtins` may be null: then only the standard ones are known, and no
/// object is made.
[[nodiscard]] Error handled_error(Builtins* builtins) noexcept;
/// An Error of a type, with a text as its argument.
[[nodiscard]] Error error_with_text(Object& type, std::string_view text);
void add_translation(Builtins& builtins, Translations::Entry entry);

template <class E>
[[nodiscard]] std::string what_of(const E& exception) {
  if constexpr (std::derived_from<E, std::exception>) {
    return exception.what();
  } else {
    return {};
  }
}

}  // namespace detail

/// C++ exceptions of type E are errors of `type`, a built-in type of errors or a class derived from one, with what() as
/// argument. Back, if E can be made from a std::string: `throw_cpp` throws one for errors of the type. TypeError if it is no
/// such type.
template <class E>
void translate(Builtins& builtins, Object& type) {
  Translations::Entry entry;
  entry.type = share(type);
  entry.to_error = [](Object* of) -> std::optional<Error> {
    try {
      throw;
    } catch (const E& exception) {
      return detail::error_with_text(*of, detail::what_of(exception));
    } catch (...) {
      return std::nullopt;
    }
  };
  if constexpr (std::constructible_from<E, std::string>)
    entry.throw_cpp = [](const Error& error) { throw E(std::string(error.message())); };
  detail::add_translation(builtins, std::move(entry));
}
template <class E, class T>
void translate(Builtins& builtins, const Ref<T>& type) {
  translate<E>(builtins, usable(type));
}
template <class E>
void translate(Builtins& builtins, ErrorKind kind) {
  translate<E>(builtins, static_cast<Object&>(builtins.type(kind)));
}

/// The same where `make` says which Error an exception is: `Error make(const E&)`. What it throws is the error.
template <class E, std::invocable<const E&> F>
requires std::convertible_to<std::invoke_result_t<F, const E&>, Error>
void translate(Builtins& builtins, F make) {
  Translations::Entry entry;
  entry.to_error = [make = std::move(make)](Object*) -> std::optional<Error> {
    try {
      throw;
    } catch (const E& exception) {
      return make(exception);
    } catch (...) {
      return std::nullopt;
    }
  };
  detail::add_translation(builtins, std::move(entry));
}

}  // namespace ouro
