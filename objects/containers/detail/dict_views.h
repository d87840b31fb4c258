// The views of keys and items as sets.
#pragma once

#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/model/type.h>

namespace ouro::detail {

/// `|`, `&`, `-`, `^`: of a view and anything that can be iterated over, in both orders; they give sets.
extern const NumberSlots kDictViewNumber;

/// Views of keys and items compare with one another and with sets: < is "proper subset".
[[nodiscard]] Answer compare_view(Object& left, Object& right, Comparison op);

/// `view.isdisjoint(other)`.
[[nodiscard]] bool is_disjoint_view(DictView& view, Object& other);

}  // namespace ouro::detail
