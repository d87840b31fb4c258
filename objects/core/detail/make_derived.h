// Making objects of classes that derive from a built-in type: what the built-in type has, then a `__dict__`. For `construct`
// and the `make` of a `CopySlots`, which are given the class. objects/classes/derived.h explains the layout.
#pragma once

#include <ouro/base/bits.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/model/make.h>

#include <cstddef>
#include <cstring>
#include <type_traits>

namespace ouro::detail {

/// Where the `__dict__` lies behind a base whose block has `bytes`.
[[nodiscard]] constexpr std::size_t dict_place(std::size_t bytes) noexcept { return align_up(bytes, sizeof(Object*)); }

/// An object of a class that derives from T's type, without attributes. `bytes` are those that T itself takes; `build(T&)`
/// sets every field of T behind the header. Making it may collect: what `build` stores is counted before. Throws
/// MemoryError.
template <Managed T, class Build>
[[nodiscard]] Ref<T> make_derived(Type& type, std::size_t bytes, Build&& build) {
  const std::size_t place = dict_place(bytes);
  const std::size_t behind = (1 + std::size_t{type.edges.count}) * sizeof(Object*);  // the dict, then members
  return make<T, Birth::kTracked, Home::kAskType>(type, place + behind,
                                                  [&](T& made) noexcept(std::is_nothrow_invocable_v<Build&, T&>) {
                                                    std::memset(reinterpret_cast<std::byte*>(&made) + place, 0, behind);
                                                    build(made);
                                                  });
}

/// The arguments for a `construct` that takes no keywords: those of a class with an `__init__` of its own are for that one
/// (CPython: float_new and tuple_new, since 3.10).
[[nodiscard]] inline Arguments without_keywords_of_init(const Type& type, const TypeSlots& own,
                                                        const Arguments& given) noexcept {
  return type.slots->initialise == own.initialise ? given : Arguments{given.positional, {}, {}};
}

}  // namespace ouro::detail
