// The one C++ exception of Ouroboros.
//
// A caller's mistake, a lack of memory and an error raised by a native function are all `ouro::Error`: a Python error type
// and a message in CPython's wording. Raising one makes no object. A floor above may let it carry one (objects/errors): that
// of a class made at run time, or the one that somebody asked for. An Error may be destroyed on any thread, with or without
// the lock, before or after its runtime is gone. Raising MemoryError needs no memory.
#pragma once

#include <ouro/base/error_kinds.h>
#include <ouro/base/owned.h>

#include <atomic>
#include <exception>
#include <string>
#include <string_view>

namespace ouro {

/// What an Error carries for a floor above. Its end may come on any thread.
class ErrorObject {
 public:
  virtual ~ErrorObject() = default;
  /// The name of its class, as long as that is known to nobody else.
  [[nodiscard]] virtual std::string_view type_name() const noexcept = 0;
  /// What Python would print after the colon. False if this thread may not ask now.
  [[nodiscard]] virtual bool read_message(std::string& message) const noexcept = 0;
};

namespace detail {
struct ErrorState;
}

/// A Python error on its way through C++.
class Error : public std::exception {
 public:
  /// An error with a message composed at run time. If there is no memory for the text, the error keeps its type and
  /// `message()` is empty.
  Error(ErrorKind kind, std::string_view message) noexcept : Error(error_type(kind), message) {}
  Error(const ErrorType& type, std::string_view message) noexcept;
  /// An error that is an object; `type` is the nearest that is known without it. MemoryError's error if there is no memory.
  Error(const ErrorType& type, Owned<ErrorObject> object) noexcept;

  Error(const Error& other) noexcept;
  Error(Error&& other) noexcept;
  Error& operator=(Error other) noexcept;
  ~Error() override;

  /// The MemoryError. Allocates nothing.
  [[nodiscard]] static Error out_of_memory() noexcept { return Error(error_type(ErrorKind::kMemoryError)); }

  /// Python's own type of it, or the nearest of these that its type derives from.
  [[nodiscard]] ErrorKind kind() const noexcept { return type_->kind; }
  [[nodiscard]] const ErrorType& type() const noexcept { return *type_; }
  /// What Python would print after the colon. May be empty, as for MemoryError. An error that was raised as an object is
  /// asked when the text is wanted first, by a thread that holds the lock; without the lock there is none yet.
  [[nodiscard]] std::string_view message() const noexcept;
  /// "TypeError: unhashable type: 'list'", the last line of a Python traceback.
  [[nodiscard]] const char* what() const noexcept override;
  /// `except base:` would catch this. Classes made at run time are asked by `matches` (objects/errors/raise.h).
  [[nodiscard]] bool is(const ErrorType& base) const noexcept { return derives_from(*type_, base); }
  [[nodiscard]] bool is(ErrorKind base) const noexcept { return is(error_type(base)); }
  /// The same for whatever a floor above knows as a type: `error.matches(type)`.
  template <class T>
  [[nodiscard]] bool matches(const T& type) const {
    return error_matches(*this, type);
  }

  // ---- For objects/errors ----

  /// What it carries, or null.
  [[nodiscard]] ErrorObject* object() const noexcept;
  /// Lets it, and the copies made from now on, carry `object`, unless it carries one: that of who comes first stays and is
  /// returned. Null if there is no memory.
  ErrorObject* carry(Owned<ErrorObject> object) const noexcept;
  /// The Error that was being handled when this one was raised, or null.
  [[nodiscard]] std::exception_ptr context() const noexcept;
  /// Made as by `raise`: notes the Error that is being handled, if there is one.
  struct WithContext {};
  Error(const ErrorType& type, std::string_view message, WithContext) noexcept;

 private:
  explicit Error(const ErrorType& type) noexcept : type_(&type) {}
  /// Its state, made if there is none. Null if there is no memory.
  detail::ErrorState* need_state() const noexcept;

  const ErrorType* type_;
  mutable std::atomic<detail::ErrorState*> state_ = nullptr;  ///< shared by copies; null when the type says it all
};

/// Throws `Error(kind, message)`. Out of line, so that a caller's hot path stays small.
[[noreturn, gnu::cold]] void raise(ErrorKind kind, std::string_view message);
[[noreturn, gnu::cold]] void raise(const ErrorType& type, std::string_view message);
/// The same for code that replaces the error it handles by a better one: that one is no context.
[[noreturn, gnu::cold]] void raise_instead(ErrorKind kind, std::string_view message);
/// Throws the MemoryError. Allocates nothing but the C++ exception itself, for which the language keeps a reserve.
[[noreturn, gnu::cold]] void raise_out_of_memory();

}  // namespace ouro
