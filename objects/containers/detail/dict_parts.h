// What the sources of dict share among themselves.
#pragma once

#include <ouro/objects/containers/dict.h>
#include <ouro/objects/core/parameters.h>

namespace ouro::detail {

/// `dict[key]`: what a class that derives from dict says by `__missing__` of a key that is not there. KeyError.
[[nodiscard]] Ref<> subscript(Dict& dict, Object& key);
/// `dict.copy()`, a dict: what a class that derives from dict says by `__iter__` and `keys` counts.
[[nodiscard]] Ref<Dict> copy_of(Dict& dict);
/// Takes the value of a key out; empty if there is none. Both are held by the caller.
[[nodiscard]] Ref<> take(Dict& dict, Object& key);
/// Fills an empty dict with the entries of another, whose keys are neither hashed nor compared. Both are held by the caller.
void copy_entries(Dict& dict, const Dict& source);
/// True if an update may take the entries of `other` as they lie, because iterating over it gives its keys.
[[nodiscard]] bool is_merged_directly(const Object& other) noexcept;

/// `dict.update(other, key=value, ...)`, where `other` is the one positional argument of `parameters` and may be missing.
void update_from_call(Dict& dict, const Parameters& parameters, const Arguments& arguments);

extern const AttributeTable kDictAttributes;

}  // namespace ouro::detail
