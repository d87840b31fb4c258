// Type: what an object is, and what can be done with it.
//
//   TypeSlots   the behaviour: constant, one for all runtimes, written down in the file of the type
//   Type        an object of one runtime: its slots, its name, its heap; every object points to one
//
// A type knows its heap, so the last handle to an object finds its way home without any global or thread-local state.
//
// A slot that is null means that the type lacks the operation; the floor above then raises CPython's TypeError. Slots may
// throw `ouro::Error` unless marked noexcept; those said to fail may do so without a C++ exception (failure.h). Objects
// passed to a slot are borrowed; a returned `Ref` is owned.
#pragma once

#include <ouro/objects/model/edges.h>
#include <ouro/objects/model/object.h>
#include <ouro/objects/model/visitor.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace ouro {

class Heap;
struct Type;
struct CopySlots;       // objects/messages/copied.h
struct AttributeTable;  // objects/core/attributes.h
template <class T = Object>
class Ref;

/// Which built-in layout an object has. The model does not know the members; `objects/core/kind.h` lists them.
enum class Kind : std::uint8_t;

/// What holds for all objects of a type.
enum TypeFlag : std::uint32_t {
  kContainerType = 1,  ///< its objects own references to objects, live in the container space and may be tracked
  kOwnsType = 2,       ///< its objects own a count of their type (classes made at run time)
  kFinalizerType = 4,  ///< the finalize slot is to be called
  kWeakableType = 8,   ///< weak references to its objects are allowed
  kForeignType = 16,   ///< freeing or clearing an object may run code of the embedder's
  /// The collector asks `may_untrack` of survivors (claim G3). One that it watches no more never comes to refer to what is
  /// watched.
  kUntrackableType = 32,
  kClassType = 64,               ///< made at run time: attributes may be set, methods may be overridden
  kUntrackableInFullType = 128,  ///< the same, but only in full collections (dict)
  kWeakRefType = 256,            ///< its objects are WeakRef
  kLegacyFinalizerType = 512,    ///< the legacy_finalize slot is to be called
  kBorrowerType = 1024,          ///< its objects hold addresses of objects they do not own; the block scan passes them over
  kBaseType = 2048,              ///< classes made at run time may derive from it
  kNoWeakDerivedType = 4096,     ///< no weak references to objects of those (CPython: types of variable size)
  kFunctionType = 8192,          ///< its objects are functions: found on a class, they are bound to the object
};

/// A rich comparison. The order is Python's (Py_LT ... Py_GE).
enum class Comparison : std::uint8_t { kLess, kLessEqual, kEqual, kNotEqual, kGreater, kGreaterEqual };

/// The answer to a comparison; kNotImplemented lets the other operand try.
enum class Answer : std::uint8_t { kNo, kYes, kNotImplemented };

/// The arguments of a call, all borrowed. Keyword values follow the positional ones, as in CPython's vectorcall (PEP 590).
struct Arguments {
  std::span<Object* const> positional;
  std::span<Object* const> keyword_names;   ///< str objects
  std::span<Object* const> keyword_values;  ///< as many
};

using UnarySlot = Ref<Object> (*)(Object&);
using BinarySlot = Ref<Object> (*)(Object& left, Object& right);  ///< empty: Python's NotImplemented

/// Arithmetic. A binary slot is tried on both operands' types, so either argument may be the type's own.
struct NumberSlots {
  BinarySlot add = nullptr, subtract = nullptr, multiply = nullptr, true_divide = nullptr, floor_divide = nullptr;
  BinarySlot remainder = nullptr, divmod = nullptr, power = nullptr, left_shift = nullptr, right_shift = nullptr;
  BinarySlot bit_and = nullptr, bit_or = nullptr, bit_xor = nullptr;
  UnarySlot negative = nullptr, positive = nullptr, absolute = nullptr, invert = nullptr;
  UnarySlot to_int = nullptr, to_float = nullptr, index = nullptr;
};

/// Ordered access by position. Indexes reach a slot already counted from the front.
struct SequenceSlots {
  std::size_t (*length)(const Object&) = nullptr;
  Ref<Object> (*item)(Object&, std::int64_t index) = nullptr;              ///< may fail
  void (*set_item)(Object&, std::int64_t index, Object* value) = nullptr;  ///< null value: delete
  BinarySlot concatenate = nullptr;
  Ref<Object> (*repeat)(Object&, std::int64_t times) = nullptr;
  bool (*contains)(Object&, Object& value) = nullptr;
};

/// Access by key: `object[key]`.
struct MappingSlots {
  std::size_t (*length)(const Object&) = nullptr;
  Ref<Object> (*subscript)(Object&, Object& key) = nullptr;              ///< may fail
  void (*set_subscript)(Object&, Object& key, Object* value) = nullptr;  ///< null value: delete
};

namespace detail {
/// The way out for objects of any type; see dismantle.h.
void dismantle_any(Heap& heap, Type& type, Object& object) noexcept;
/// Dismantles an untracked object that has no count any more, now or, where teardowns are nested deep, later.
void take_apart(Heap& heap, Type& type, Object& object) noexcept;
}  // namespace detail

/// The behaviour of a type, shared by all runtimes. Declared `inline constexpr` or `const` by the file of the type.
struct TypeSlots {
  std::string_view name;
  Kind kind{};
  std::uint32_t flags = 0;
  std::uint32_t size = 0;  ///< bytes of an object, header included; 0: `block_bytes` tells
  EdgeLayout edges{};
  /// Bytes from an object's start to its `__dict__`, a Dict that may be null and is one of the edges. 0: it has none, or it
  /// lies behind a base of variable size (objects/classes/derived.h).
  std::uint32_t dict_offset = 0;
  const TypeSlots* base = nullptr;  ///< null: `object`. Of a class: the built-in type whose layout its objects begin with
  /// A built-in type with two bases says its second one, whose own base is among those of the first (ExceptionGroup).
  Type* (*second_base)(const Type&) noexcept = nullptr;
  std::string_view doc{};  ///< `__doc__`; empty: None

  /// The way out: drops the references of a dead object, frees its buffers and gives its block back. A type whose objects
  /// die often has it compiled for that type alone, `dismantle_as<T>` (dismantle.h).
  void (*dismantle)(Heap&, Type&, Object&) noexcept = detail::dismantle_any;

  /// Life. `release` frees what the object owns besides references (buffers); it runs after the references are dropped, and
  /// for kCustom types it is the destructor that drops them too. It is called for every container, but for an atom only if
  /// the atom's kStorageFlag is set, so that plain ones die without a call. `clear` drops references that may close cycles
  /// and leaves the object usable; it stores first and releases after. `finalize` runs at most once, before either.
  std::size_t (*block_bytes)(const Object&) noexcept = nullptr;
  void (*release)(Object&) noexcept = nullptr;
  void (*traverse)(const Object&, Visitor) noexcept = nullptr;
  void (*clear)(Object&) noexcept = nullptr;
  void (*finalize)(Object&) = nullptr;
  bool (*may_untrack)(const Object&) noexcept = nullptr;
  /// CPython's tp_del, from before PEP 442: called at every death by count, after `finalize`; cycles with it are never
  /// freed.
  void (*legacy_finalize)(Object&) = nullptr;

  /// For whoever explains a heap (gc/explain/edge_names.h); the collector calls neither. `edge_name` names an edge as an
  /// expression would reach it: "[3]", "['key']", ".left". `number` is a slot of the edge layout, or for a kCustom type
  /// counts what `traverse` reports. May throw std::bad_alloc. `hidden` reports owned references that are no edges: they
  /// lead to atoms, so no cycle goes through them, but counts they are.
  std::string (*edge_name)(const Object&, std::size_t number) = nullptr;
  void (*hidden)(const Object&, Visitor) noexcept = nullptr;

  UnarySlot repr = nullptr;
  UnarySlot str = nullptr;
  std::int64_t (*hash)(Object&) = nullptr;  ///< null: unhashable
  Answer (*compare)(Object&, Object&, Comparison) = nullptr;
  bool (*truth)(Object&) = nullptr;
  UnarySlot iterate = nullptr;
  UnarySlot next = nullptr;                                         ///< empty: exhausted, unless it failed
  Ref<Object> (*call)(Object& callee, const Arguments&) = nullptr;  ///< may fail
  /// Empty result: no such attribute (the caller raises AttributeError), unless it failed.
  Ref<Object> (*get_attribute)(Object&, Object& name) = nullptr;
  void (*set_attribute)(Object&, Object& name, Object* value) = nullptr;  ///< null value: delete

  const NumberSlots* number = nullptr;
  const SequenceSlots* sequence = nullptr;
  const MappingSlots* mapping = nullptr;

  /// What calling the type does. `construct` makes an object of `type`, which is this type or derives from it (tp_new);
  /// null: the type cannot be called. `initialise` then is given the same arguments, if what was made is an object of the
  /// type (tp_init).
  Ref<Object> (*construct)(Type& type, const Arguments&) = nullptr;
  void (*initialise)(Object&, const Arguments&) = nullptr;
  const AttributeTable* attributes = nullptr;  ///< its methods and properties by name
  const CopySlots* copy = nullptr;             ///< how its objects go into messages; null: they do not
  /// What the object is in a few characters, for reports about a heap: makes no object and runs no code. May throw
  /// std::bad_alloc. Null: "<list at 0x7f12>".
  std::string (*short_text)(const Object&) = nullptr;
};

/// A type in one runtime. Built-in types are immortal; classes made at run time are objects like any other.
struct Type : Object {
  const TypeSlots* slots;
  Heap* heap;                    ///< where objects of this type live
  Type* base;                    ///< borrowed for built-in types, owned by a class; null for `object`
  std::string_view name;         ///< owned by the slots or by the class
  std::uint32_t size;            ///< copy of the slots' size
  std::uint32_t instance_flags;  ///< `TypeFlag` bits that hold for its objects
  EdgeLayout edges;
  Kind kind;
  Kind exact;                   ///< the same; of a class that derives from a built-in type another one, see `is_exact`
  std::uint64_t made = 0;       ///< objects made so far; counted in checking builds only
  std::uint64_t freed = 0;      ///< objects freed so far; counted in checking builds only
  std::uint64_t finalized = 0;  ///< finalizers run so far

  /// Fills the fields that come from `behaviour`. The header is the caller's.
  void describe(const TypeSlots& behaviour, Heap& home, Type* parent) noexcept {
    slots = &behaviour;
    heap = &home;
    base = parent;
    name = behaviour.name;
    size = behaviour.size;
    instance_flags = behaviour.flags;
    edges = behaviour.edges;
    kind = exact = behaviour.kind;
  }
  [[nodiscard]] bool has(TypeFlag flag) const noexcept { return (instance_flags & flag) != 0; }
};

/// True if the references of the type's objects are found by its edge layout alone.
[[nodiscard]] inline bool has_plain_edges(const Type& type) noexcept {
  return type.edges.shape != EdgeLayout::Shape::kCustom;
}

/// Calls `function(Object&)` for every reference that `object`, whose type has plain edges, owns, its type included where it
/// owns that. No call through a pointer, so that what `function` counts may stay in registers.
template <class F>
[[gnu::always_inline]] inline void for_each_plain_edge(const Object& object, const Type& type, F&& function) {
  const EdgeRun run = edge_run(object, type.edges);
  for (std::size_t i = 0; i < run.count; ++i)
    if (Object* const target = run.first[i]; target != nullptr) function(*target);
  if (type.has(kOwnsType)) function(static_cast<Object&>(*object.type));
}

/// The same for objects of any type.
template <class F>
inline void for_each_edge(const Object& object, F&& function) {
  const Type& type = *object.type;
  if (has_plain_edges(type)) [[likely]]
    return for_each_plain_edge(object, type, function);
  type.slots->traverse(object, Visitor(function));
  if (type.has(kOwnsType)) function(static_cast<Object&>(*object.type));
}

/// Bytes of the block that `object` lies in, as asked for.
[[nodiscard]] inline std::size_t block_bytes(const Object& object) noexcept {
  const Type& type = *object.type;
  return type.size != 0 ? type.size : type.slots->block_bytes(object);
}

}  // namespace ouro
