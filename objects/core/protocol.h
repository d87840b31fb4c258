// The protocols: what can be done with any object, whatever its type.
//
// Each call looks up the operation in the types of its operands and raises CPython's error, in CPython's wording, if they
// lack it (CPython: Objects/abstract.c, Objects/object.c). Operands are borrowed, results are owned. Everything here may run
// code of classes made at run time, and may throw `ouro::Error`.
#pragma once

#include <ouro/base/error.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/type.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace ouro {

struct List;
struct Str;

/// `repr(object)` and `str(object)`. An object that contains itself shows as [...], {...} or (...) inside itself.
[[nodiscard]] Ref<Str> repr(Object& object);
[[nodiscard]] Ref<Str> str(Object& object);

/// Law error-kind: repr(object) for the text of an error about `object`. Where that fails, "<unprintable Foo object>": what
/// an error says does not change which error it is. Lets nothing through but what is no Exception (KeyboardInterrupt).
[[nodiscard]] std::string shown_in_error(Object& object);

/// `hash(object)`. TypeError "unhashable type: 'list'".
[[nodiscard]] std::int64_t hash(Object& object);

/// `bool(object)`: the truth slot, else a length other than 0, else true.
[[nodiscard]] bool truth(Object& object);

/// `left op right`. Tries the right operand first if its type derives from the left's, then the left, then the other;
/// == and != fall back to identity, the others to TypeError "'<' not supported between instances of 'int' and 'str'".
[[nodiscard]] bool compare(Object& left, Object& right, Comparison op);
/// `left == right`.
[[nodiscard]] bool equal(Object& left, Object& right);
/// `left is right or left == right`: how containers look for a member.
[[nodiscard]] bool same_or_equal(Object& left, Object& right);

/// The binary operators, one for each member of NumberSlots; TypeError "unsupported operand type(s) for +: 'int' and 'str'".
enum class Operator : std::uint8_t {
  kAdd,
  kSubtract,
  kMultiply,
  kTrueDivide,
  kFloorDivide,
  kRemainder,
  kDivmod,
  kPower,
  kLeftShift,
  kRightShift,
  kBitAnd,
  kBitOr,
  kBitXor,
};
[[nodiscard]] Ref<> apply(Operator op, Object& left, Object& right);
[[nodiscard]] Ref<> negative(Object& object);
[[nodiscard]] Ref<> positive(Object& object);
[[nodiscard]] Ref<> absolute(Object& object);
[[nodiscard]] Ref<> invert(Object& object);

/// `operator.index(object)`: an int as it is, else what the type's `index` makes of it. TypeError "'str' object cannot be
/// interpreted as an integer".
[[nodiscard]] Ref<Int> index(Object& object);
/// The same as a number; `too_big` is what is raised if it has more than 63 bits: "cannot fit 'int' into an index-sized
/// integer".
[[nodiscard]] std::int64_t to_index(Object& object, ErrorKind too_big = ErrorKind::kIndexError);

/// `len(object)`. TypeError "object of type 'int' has no len()".
[[nodiscard]] std::size_t length(Object& object);
/// `object[key]`. Negative indexes count from the end. IndexError, KeyError, TypeError "'int' object is not subscriptable".
[[nodiscard]] Ref<> get_item(Object& object, Object& key);
void set_item(Object& object, Object& key, Object& value);
void delete_item(Object& object, Object& key);
/// `value in object`.
[[nodiscard]] bool contains(Object& object, Object& value);

/// `iter(object)`. TypeError "'int' object is not iterable".
[[nodiscard]] Ref<> iterate(Object& object);
/// `next(iterator)`, empty when it is exhausted.
[[nodiscard]] Ref<> next(Object& iterator);

/// `callee(...)`. TypeError "'int' object is not callable".
[[nodiscard]] Ref<> call(Object& callee, const Arguments& arguments);
/// `object.name(...)`, without making a bound method where `name` is a function of the object's class.
[[nodiscard]] Ref<> call_method(Object& object, Object& name, const Arguments& arguments);

/// `object.name`. AttributeError "'Foo' object has no attribute 'bar'".
[[nodiscard]] Ref<> get_attribute(Object& object, Object& name);
/// The same, but empty if there is no such attribute. Throws only what looking runs into.
[[nodiscard]] Ref<> find_attribute(Object& object, Object& name);
/// `hasattr(object, name)`.
[[nodiscard]] bool has_attribute(Object& object, Object& name);
/// `dir(object)`: the names of what the object, its type and the types that it derives from have, sorted; of a type those of
/// it and of what it derives from. A class may say otherwise by `__dir__`. Throws MemoryError.
[[nodiscard]] Ref<List> dir(Object& object);
void set_attribute(Object& object, Object& name, Object& value);
void delete_attribute(Object& object, Object& name);

/// `isinstance(object, type)`: the object's type is `type` or derives from it.
[[nodiscard]] bool is_instance(const Object& object, const Type& type) noexcept;
/// `issubclass(type, base)`.
[[nodiscard]] bool is_subtype(const Type& type, const Type& base) noexcept;

/// Guards a recursion through objects (repr, compare, call): RecursionError "maximum recursion depth exceeded" with
/// `doing` appended, before the stack overflows. One counter per runtime, limit in its options.
class [[nodiscard]] RecursionGuard {
 public:
  RecursionGuard(Builtins& builtins, std::string_view doing) : builtins_(builtins) {
    if (builtins.recursion_depth >= builtins.recursion_limit) [[unlikely]]
      refuse(doing);
    ++builtins.recursion_depth;
  }
  ~RecursionGuard() { --builtins_.recursion_depth; }
  RecursionGuard(const RecursionGuard&) = delete;
  RecursionGuard& operator=(const RecursionGuard&) = delete;

 private:
  [[noreturn, gnu::cold]] static void refuse(std::string_view doing);

  Builtins& builtins_;
};

/// Says whether `object`'s repr is already being made further up (then it contains itself). One set per runtime.
class [[nodiscard]] ReprGuard {
 public:
  /// Throws MemoryError.
  explicit ReprGuard(Object& object);
  ~ReprGuard();
  ReprGuard(const ReprGuard&) = delete;
  ReprGuard& operator=(const ReprGuard&) = delete;
  [[nodiscard]] bool entered_before() const noexcept { return entered_before_; }

 private:
  Builtins& builtins_;
  bool entered_before_;
};

}  // namespace ouro
