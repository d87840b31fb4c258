// Builtins: the types, singletons and tables of one runtime.
//
// The immortal objects (types, None, True, False, small ints, the empty tuple and str) lie together in one mapping of their
// own. They are never counted and never written to once the runtime is up. A handle to one of them may outlive the runtime:
// the mapping is parked then, not unmapped (see immortals.h), so that dropping the handle stays harmless.
#pragma once

#include <ouro/objects/kind.h>
#include <ouro/objects/model/heap.h>
#include <ouro/objects/model/ref.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace ouro {

struct Immortals;
struct Str;
struct Int;
struct Tuple;
class InternTable;

/// A 128-bit key for hashing str, so that nobody can choose keys that collide (PEP 456).
struct HashKey {
  std::uint64_t first = 0;
  std::uint64_t second = 0;
};

/// What every operation may need and no object holds. Found through `builtins_of(object)`.
struct Builtins {
  Builtins(Heap& home, const HashKey& key, std::uint32_t recursion_limit);
  ~Builtins();
  Builtins(const Builtins&) = delete;
  Builtins& operator=(const Builtins&) = delete;

  /// The built-in type of a kind. Borrowed, immortal.
  [[nodiscard]] Type& type(Kind kind) const noexcept;
  /// None, NotImplemented, True, False, () and ''. Borrowed, immortal.
  [[nodiscard]] Object& none() const noexcept;
  [[nodiscard]] Object& not_implemented() const noexcept;
  [[nodiscard]] Object& boolean(bool value) const noexcept;
  [[nodiscard]] Tuple& empty_tuple() const noexcept;
  [[nodiscard]] Str& empty_str() const noexcept;

  Heap& heap;
  HashKey hash_key;
  std::unique_ptr<InternTable> interned;     ///< str objects by text; it owns no count
  std::uint32_t recursion_limit;             ///< levels of nested repr, comparison and call
  std::uint32_t recursion_depth = 0;
  std::vector<const Object*> being_shown;    ///< objects whose repr is being made, outermost first
  Immortals* immortals;
};

}  // namespace ouro
