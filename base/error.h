// The one C++ exception of Ouroboros.
//
// A caller's mistake, a lack of memory and an error raised by a native function are all `ouro::Error`: a Python error type
// and a message in CPython's wording. It holds no object, so it may be destroyed on any thread, with or without the lock,
// before or after its runtime is gone. Raising MemoryError needs no memory.
#pragma once

#include <exception>
#include <memory>
#include <string>
#include <string_view>

namespace ouro {

/// The Python error type of an `Error`. The names are Python's.
enum class ErrorKind : unsigned char {
  kBaseException,
  kException,
  kArithmeticError,
  kAttributeError,
  kBrokenBarrierError,  ///< threading.BrokenBarrierError
  kEmpty,               ///< queue.Empty
  kFull,                ///< queue.Full
  kIndexError,
  kKeyError,
  kKeyboardInterrupt,
  kLookupError,
  kMemoryError,
  kNotImplementedError,
  kOverflowError,
  kPicklingError,  ///< pickle.PicklingError
  kRecursionError,
  kReferenceError,
  kRuntimeError,
  kShutDown,  ///< queue.ShutDown, of Python 3.13
  kStopIteration,
  kSystemError,
  kSystemExit,
  kTypeError,
  kUnicodeDecodeError,
  kUnicodeEncodeError,
  kValueError,
  kZeroDivisionError,
};

/// Python's name of the error type: "TypeError" for kTypeError.
[[nodiscard]] std::string_view name_of(ErrorKind kind) noexcept;

/// True if Python's class of `kind` is `base` or derives from it: KeyError is a LookupError; everything is an Exception but
/// KeyboardInterrupt and SystemExit, and those are BaseExceptions like the others.
[[nodiscard]] bool derives_from(ErrorKind kind, ErrorKind base) noexcept;

/// A Python error on its way through C++.
class Error : public std::exception {
 public:
  /// An error with a message composed at run time. If there is no memory for the text, the error keeps its kind and
  /// `message()` is empty.
  Error(ErrorKind kind, std::string_view message) noexcept;

  /// The MemoryError. Allocates nothing.
  [[nodiscard]] static Error out_of_memory() noexcept { return Error(ErrorKind::kMemoryError); }

  [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }
  /// What Python would print after the colon. May be empty, as for MemoryError.
  [[nodiscard]] std::string_view message() const noexcept;
  /// "TypeError: unhashable type: 'list'", the last line of a Python traceback.
  [[nodiscard]] const char* what() const noexcept override;
  /// `except base:` would catch this.
  [[nodiscard]] bool is(ErrorKind base) const noexcept { return derives_from(kind_, base); }

 private:
  explicit Error(ErrorKind kind) noexcept : kind_(kind) {}

  ErrorKind kind_;
  std::shared_ptr<const std::string> text_;  ///< "TypeError: message", shared by copies; null when the kind says it all
};

/// Throws `Error(kind, message)`. Out of line, so that a caller's hot path stays small.
[[noreturn, gnu::cold]] void raise(ErrorKind kind, std::string_view message);
/// Throws the MemoryError. Allocates nothing but the C++ exception itself, for which the language keeps a reserve.
[[noreturn, gnu::cold]] void raise_out_of_memory();

}  // namespace ouro
