// Recipe: how an object is made again, as its `__reduce_ex__(4)` says it.
#pragma once

#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/type.h>

#include <string_view>

namespace ouro::detail {

/// What `__reduce_ex__` returns.
struct Recipe {
  bool is_itself = false;  ///< a name was returned: the object is its own copy
  Ref<> maker;             ///< called with `arguments`; empty: `type.__new__(type, *arguments, **keywords)`
  Ref<Type> type;          ///< of the object when the recipe was made, for it may be given another class meanwhile
  Ref<> arguments;         ///< any iterable
  Ref<> keywords;          ///< a dict, or empty
  Ref<> state;             ///< empty: none
  Ref<> list_items;        ///< an iterable of what is appended; empty: none
  Ref<> dict_items;        ///< an iterable of pairs that are set; empty: none
};

/// The recipe of an object. `error` is the text of copy.Error where its class has none: "un(deep)copyable object of type".
/// TypeError "cannot pickle 'module' object", and what CPython says of methods that return something else.
[[nodiscard]] Recipe recipe_of(Object& object, std::string_view error);

/// What a class has instead of `object`'s own method of the name, bound; empty if it has none.
[[nodiscard]] Ref<> own_method(Object& object, std::string_view name);

/// `type.__new__(type, *arguments, **keywords)` of an iterable and a dict, which may be null. TypeError "keywords must be
/// strings".
[[nodiscard]] Ref<> make_anew(Type& type, Object& arguments, Object* keywords);

/// `a, b = object`, which are the first two of the result: TypeError "cannot unpack non-iterable int object", ValueError
/// "too many values to unpack (expected 2)".
struct Pair {
  Ref<> first, second;
};
[[nodiscard]] Pair unpack_pair(Object& object);

}  // namespace ouro::detail
