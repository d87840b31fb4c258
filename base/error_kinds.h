// The types of errors: Python's own, one line each, and those that a part of the library or a program adds.
//
//   X(KeyError, LookupError, "Mapping key not found.")      ErrorKind::kKeyError, its base, its docs
//
// From this list come the enumeration, the names, what derives from what, and the types that a runtime makes of them
// (objects/errors). It is a macro because only a macro can make names. A base stands before what derives from it.
#pragma once

#include <cstddef>
#include <string_view>

// clang-format off
#define OURO_ERROR_KINDS(X) \
  X(BaseException, BaseException, "Common base class for all exceptions") \
  X(BaseExceptionGroup, BaseException, "A combination of multiple unrelated exceptions.") \
  X(Exception, BaseException, "Common base class for all non-exit exceptions.") \
  X(ExceptionGroup, BaseExceptionGroup, "") \
  X(ArithmeticError, Exception, "Base class for arithmetic errors.") \
  X(FloatingPointError, ArithmeticError, "Floating point operation failed.") \
  X(OverflowError, ArithmeticError, "Result too large to be represented.") \
  X(ZeroDivisionError, ArithmeticError, "Second argument to a division or modulo operation was zero.") \
  X(AssertionError, Exception, "Assertion failed.") \
  X(AttributeError, Exception, "Attribute not found.") \
  X(BufferError, Exception, "Buffer error.") \
  X(EOFError, Exception, "Read beyond end of file.") \
  X(ImportError, Exception, "Import can't find module, or can't find name in module.") \
  X(ModuleNotFoundError, ImportError, "Module not found.") \
  X(LookupError, Exception, "Base class for lookup errors.") \
  X(IndexError, LookupError, "Sequence index out of range.") \
  X(KeyError, LookupError, "Mapping key not found.") \
  X(MemoryError, Exception, "Out of memory.") \
  X(NameError, Exception, "Name not found globally.") \
  X(UnboundLocalError, NameError, "Local name referenced but not bound to a value.") \
  X(OSError, Exception, "Base class for I/O related errors.") \
  X(BlockingIOError, OSError, "I/O operation would block.") \
  X(ChildProcessError, OSError, "Child process error.") \
  X(ConnectionError, OSError, "Connection error.") \
  X(BrokenPipeError, ConnectionError, "Broken pipe.") \
  X(ConnectionAbortedError, ConnectionError, "Connection aborted.") \
  X(ConnectionRefusedError, ConnectionError, "Connection refused.") \
  X(ConnectionResetError, ConnectionError, "Connection reset.") \
  X(FileExistsError, OSError, "File already exists.") \
  X(FileNotFoundError, OSError, "File not found.") \
  X(InterruptedError, OSError, "Interrupted by signal.") \
  X(IsADirectoryError, OSError, "Operation doesn't work on directories.") \
  X(NotADirectoryError, OSError, "Operation only works on directories.") \
  X(PermissionError, OSError, "Not enough permissions.") \
  X(ProcessLookupError, OSError, "Process not found.") \
  X(TimeoutError, OSError, "Timeout expired.") \
  X(ReferenceError, Exception, "Weak ref proxy used after referent went away.") \
  X(RuntimeError, Exception, "Unspecified run-time error.") \
  X(NotImplementedError, RuntimeError, "Method or function hasn't been implemented yet.") \
  X(RecursionError, RuntimeError, "Recursion limit exceeded.") \
  X(StopAsyncIteration, Exception, "Signal the end from iterator.__anext__().") \
  X(StopIteration, Exception, "Signal the end from iterator.__next__().") \
  X(SyntaxError, Exception, "Invalid syntax.") \
  X(IndentationError, SyntaxError, "Improper indentation.") \
  X(TabError, IndentationError, "Improper mixture of spaces and tabs.") \
  X(SystemError, Exception, "Internal error in the Python interpreter.\n\nPlease report this to the Python maintainer, " \
    "along with the traceback,\nthe Python version, and the hardware/OS platform and version.") \
  X(TypeError, Exception, "Inappropriate argument type.") \
  X(ValueError, Exception, "Inappropriate argument value (of correct type).") \
  X(UnicodeError, ValueError, "Unicode related error.") \
  X(UnicodeDecodeError, UnicodeError, "Unicode decoding error.") \
  X(UnicodeEncodeError, UnicodeError, "Unicode encoding error.") \
  X(UnicodeTranslateError, UnicodeError, "Unicode translation error.") \
  X(Warning, Exception, "Base class for warning categories.") \
  X(BytesWarning, Warning, "Base class for warnings about bytes and buffer related problems, mostly\nrelated to " \
    "conversion from str or comparing to str.") \
  X(DeprecationWarning, Warning, "Base class for warnings about deprecated features.") \
  X(EncodingWarning, Warning, "Base class for warnings about encodings.") \
  X(FutureWarning, Warning, "Base class for warnings about constructs that will change semantically\nin the future.") \
  X(ImportWarning, Warning, "Base class for warnings about probable mistakes in module imports") \
  X(PendingDeprecationWarning, Warning, "Base class for warnings about features which will be deprecated\n" \
    "in the future.") \
  X(ResourceWarning, Warning, "Base class for warnings about resource usage.") \
  X(RuntimeWarning, Warning, "Base class for warnings about dubious runtime behavior.") \
  X(SyntaxWarning, Warning, "Base class for warnings about dubious syntax.") \
  X(UnicodeWarning, Warning, "Base class for warnings about Unicode related problems, mostly\nrelated to conversion " \
    "problems.") \
  X(UserWarning, Warning, "Base class for warnings generated by user code.") \
  X(GeneratorExit, BaseException, "Request that a generator exit.") \
  X(KeyboardInterrupt, BaseException, "Program interrupted by user.") \
  X(SystemExit, BaseException, "Request to exit from the interpreter.")
// clang-format on

namespace ouro {

/// Python's own types of errors. The names are Python's.
enum class ErrorKind : unsigned char {
#define OURO_ENUMERATOR(name, base, doc) k##name,
  OURO_ERROR_KINDS(OURO_ENUMERATOR)
#undef OURO_ENUMERATOR
      kCount
};

inline constexpr std::size_t kErrorKinds = static_cast<std::size_t>(ErrorKind::kCount);

/// A type of errors: a constant that lives as long as the program. Its address says which one it is.
struct ErrorType {
  std::string_view name;
  const ErrorType* base;           ///< null: it is BaseException
  ErrorKind kind;                  ///< Python's own type that it is; of an added one, the nearest from which it derives
  std::string_view doc{};          ///< empty: None
  std::string_view module_name{};  ///< "queue"; empty: Python's own
  const ErrorType* second_base = nullptr;  ///< ExceptionGroup is an Exception, too
};

/// Python's own, in the order of the enumeration.
inline constexpr ErrorType kErrorTypes[kErrorKinds] = {
#define OURO_ERROR_TYPE(type_name, base_name, text)                                            \
  ErrorType{.name = #type_name,                                                                \
            .base = ErrorKind::k##type_name == ErrorKind::kBaseException                       \
                        ? nullptr                                                              \
                        : &kErrorTypes[static_cast<std::size_t>(ErrorKind::k##base_name)],     \
            .kind = ErrorKind::k##type_name,                                                   \
            .doc = text,                                                                       \
            .second_base = ErrorKind::k##type_name == ErrorKind::kExceptionGroup               \
                               ? &kErrorTypes[static_cast<std::size_t>(ErrorKind::kException)] \
                               : nullptr},
    OURO_ERROR_KINDS(OURO_ERROR_TYPE)
#undef OURO_ERROR_TYPE
};

[[nodiscard]] constexpr const ErrorType& error_type(ErrorKind kind) noexcept {
  return kErrorTypes[static_cast<std::size_t>(kind)];
}

/// A type of errors that is none of Python's own: `inline constexpr ErrorType kEmpty = added_error("queue", "Empty",
/// error_type(ErrorKind::kException), "...")`.
[[nodiscard]] constexpr ErrorType added_error(std::string_view module_name, std::string_view name, const ErrorType& base,
                                              std::string_view doc = {}) noexcept {
  return {.name = name, .base = &base, .kind = base.kind, .doc = doc, .module_name = module_name};
}

/// Python's name of the error type: "TypeError" for kTypeError.
[[nodiscard]] constexpr std::string_view name_of(ErrorKind kind) noexcept { return error_type(kind).name; }

/// True if `type` is `base` or derives from it: KeyError is a LookupError; everything is an Exception but KeyboardInterrupt
/// and its like, and those are BaseExceptions as the others are.
[[nodiscard]] constexpr bool derives_from(const ErrorType& type, const ErrorType& base) noexcept {
  for (const ErrorType* step = &type; step != nullptr; step = step->base)
    if (step == &base || step->second_base == &base) return true;
  return false;
}
[[nodiscard]] constexpr bool derives_from(ErrorKind kind, ErrorKind base) noexcept {
  return derives_from(error_type(kind), error_type(base));
}

}  // namespace ouro
