// Builtins: the types, singletons and tables of one runtime.
//
// The immortal objects (types, None, True, False, small ints, the empty tuple and str) lie together in one mapping of their
// own. They are never counted and never written to once the runtime is up. A handle to one of them may outlive the runtime:
// the mapping is parked then, not unmapped (see immortals.h), so that dropping the handle stays harmless.
#pragma once

#include <ouro/base/owned.h>
#include <ouro/objects/core/immortals.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/heap.h>
#include <ouro/objects/model/ref.h>

#include <cstdint>
#include <vector>

namespace ouro {

struct Tuple;
struct Finalize;
struct ErrorType;
class ErrorObject;
enum class ErrorKind : unsigned char;
class InternTable;
class Exports;
class Translations;

/// A 128-bit key for hashing str, so that nobody can choose keys that collide (PEP 456).
struct HashKey {
  std::uint64_t first = 0;
  std::uint64_t second = 0;
};

/// What every operation may need and no object holds. Found through `builtins_of(object)`.
struct Builtins {
  /// Makes them for `home`, which finds them from then on. Throws MemoryError.
  Builtins(Heap& home, const HashKey& key, std::uint32_t recursion_limit);
  /// All other objects of the runtime are gone.
  ~Builtins();
  Builtins(const Builtins&) = delete;
  Builtins& operator=(const Builtins&) = delete;

  /// The built-in type of a kind below kInstance. Borrowed, immortal.
  [[nodiscard]] Type& type(Kind kind) const noexcept { return immortals->type(kind); }
  /// The type of errors of a kind. Borrowed, immortal; made when it is first asked for.
  [[nodiscard]] Type& type(ErrorKind kind) const noexcept;
  /// The same of any type of errors. MemoryError if the program added more than kAddedErrors.
  [[nodiscard]] Type& type(const ErrorType& error) const;
  /// None, NotImplemented, Ellipsis, True, False, () and ''. Borrowed, immortal.
  [[nodiscard]] Object& none() const noexcept { return immortals->none; }
  [[nodiscard]] Object& not_implemented() const noexcept { return immortals->not_implemented; }
  [[nodiscard]] Object& ellipsis() const noexcept { return immortals->ellipsis; }
  [[nodiscard]] Object& boolean(bool value) const noexcept { return immortals->booleans[value]; }
  [[nodiscard]] Tuple& empty_tuple() const noexcept { return *reinterpret_cast<Tuple*>(immortals->empty_tuple.data()); }
  [[nodiscard]] Str& empty_str() const noexcept { return immortals->empty_str.str; }

  Heap& heap;
  HashKey hash_key;
  Owned<InternTable> interned;       ///< str objects by text; it owns no count
  Owned<Exports> exports;            ///< classes and functions that other runtimes know by name
  Owned<Translations> translations;  ///< C++ exceptions that the program translates; null: none
  std::uint32_t recursion_limit;     ///< levels of nested repr, comparison and call
  std::uint32_t recursion_depth = 0;
  std::vector<const Object*> being_shown;  ///< objects whose repr is being made, outermost first
  Immortals* immortals;
  Finalize* newest_finalize = nullptr;      ///< the registry of finalize.h; it owns a count of each
  bool finalizes_closed = false;            ///< the runtime has called those it had
  std::uint32_t int_max_str_digits = 4300;  ///< the most that int(text) and str(int) take; 0: any (numbers/int_digits.h)
  /// How an Error carries an object, so that its end may come on any thread (objects/errors/raise.h). Null: as a Ref does.
  Owned<ErrorObject> (*keep_for_error)(void* context, Ref<> object) = nullptr;
  void* keep_context = nullptr;
  void* language = nullptr;  ///< what a language above the library keeps for the runtime; null: there is none
};

/// Adds a type from outside the library to a runtime: `slots` are as constant as the library's own and say a kind that
/// `outside_kind` gave. The type lives as long as the runtime and is found by `builtins.type(kind)`. ValueError "another
/// type of the runtime has the kind of this one"; MemoryError if a program has more than kOutsideTypes.
/// docs/adding-a-type.md goes through it.
inline Type& add_type(Builtins& builtins, const TypeSlots& slots) {
  return add_outside_type(*builtins.immortals, builtins.heap, slots);
}

}  // namespace ouro
