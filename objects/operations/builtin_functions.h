// The functions of Python's `builtins`, for C++ and as objects.
//
// What protocol.h, aggregate.h, lazy_iterators.h and others have already is not repeated here: repr, hash, len (`length`),
// iter (`iterate`), next, sum, any (`any_of`), all (`all_of`), min (`min_of`), max (`max_of`), abs (`absolute`), dir,
// getattr (`get_attribute`), round, pow, divmod, format, ascii, reversed. Everything may run code of classes made at run
// time, and throw `ouro::Error`; operands are borrowed, results are owned.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/ref.h>

#include <cstdint>
#include <string_view>

namespace ouro {

struct Dict;
struct List;

/// `callable(object)`: calling it is more than a TypeError.
[[nodiscard]] inline bool is_callable(const Object& object) noexcept { return object.type->slots->call != nullptr; }

/// `bin(number)`, `oct(number)`, `hex(number)`. TypeError "'float' object cannot be interpreted as an integer".
[[nodiscard]] Ref<Str> bin(Object& number);
[[nodiscard]] Ref<Str> oct(Object& number);
[[nodiscard]] Ref<Str> hex(Object& number);

/// `chr(code_point)`. ValueError "chr() arg not in range(0x110000)", also for a surrogate; OverflowError.
[[nodiscard]] Ref<Str> chr(Object& code_point);
/// `ord(character)`: of a str, bytes or bytearray of length 1. TypeError "ord() expected a character, but string of length 2
/// found", "ord() expected string of length 1, but int found".
[[nodiscard]] std::int64_t ord(Object& character);

/// `sorted(iterable, key=key, reverse=reverse)`: a new list. n log n comparisons.
[[nodiscard]] Ref<List> sorted(Object& iterable, Object* key = nullptr, bool reverse = false);

/// `isinstance(object, info)`: `info` is a type, a tuple of such, or has `__instancecheck__` or `__bases__`. TypeError
/// "isinstance() arg 2 must be a type, a tuple of types, or a union".
[[nodiscard]] bool is_instance_of(Object& object, Object& info);
/// `issubclass(derived, info)`. TypeError "issubclass() arg 1 must be a class".
[[nodiscard]] bool is_subclass_of(Object& derived, Object& info);

/// `getattr(object, name, fallback)`.
[[nodiscard]] Ref<> get_attribute(Object& object, Object& name, Object& fallback);
/// `next(iterator, fallback)`.
[[nodiscard]] Ref<> next(Object& iterator, Object& fallback);
/// `vars(object)`: its `__dict__`. TypeError "vars() argument must have __dict__ attribute".
[[nodiscard]] Ref<> vars(Object& object);
/// `id(object)`: its address.
[[nodiscard]] Ref<Int> id(Object& object);

/// One of the functions of module builtins as an object, equal to any other object of it: `iter`, `getattr`. Empty if there
/// is none of the name. Throws MemoryError.
[[nodiscard]] Ref<> builtin_function(Builtins& builtins, std::string_view name);
/// The names of module builtins that a program needs: its functions, the built-in types and exceptions, None, True, False,
/// NotImplemented, Ellipsis. `module` is whose functions they are (`len.__self__`); null: None. What reads files, compiles
/// or looks at frames (open, print, input, eval, exec, compile, globals, locals, breakpoint, __import__) is a program's own.
/// A new dict at each call. Throws MemoryError.
[[nodiscard]] Ref<Dict> builtin_functions(Builtins& builtins, Object* module = nullptr);

}  // namespace ouro
