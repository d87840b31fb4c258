// Type variables among the arguments of generic aliases and unions, and other types in their places.
//
// Type variables are a matter of scripts: what stands for one says so by `__typing_subst__`, or has `__parameters__` itself.
#pragma once

#include <ouro/objects/model/ref.h>

#include <string>

namespace ouro {
struct List;
struct Tuple;
}  // namespace ouro

namespace ouro::detail {

/// How an alias or a union shows what it is made from: types by their names (CPython: ga_repr_item).
[[nodiscard]] std::string shown_type(Object& part);
/// `__parameters__`: the type variables among the arguments, each once.
[[nodiscard]] Ref<Tuple> open_parameters(const Tuple& args);
/// The arguments of `of` with what `key` gives in the places of their type variables. TypeError "list[int] is not a generic
/// class", "Too many arguments for list[~T]; actual 2, expected 1".
[[nodiscard]] Ref<List> substituted_parts(Object& of, const Tuple& args, Object& key);

}  // namespace ouro::detail
