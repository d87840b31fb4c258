// What the sources of dict share among themselves.
#pragma once

#include <ouro/objects/containers/dict.h>
#include <ouro/objects/core/parameters.h>

namespace ouro::detail {

/// `dict.update(other, key=value, ...)`, where `other` is the one positional argument of `parameters` and may be missing.
void update_from_call(Dict& dict, const Parameters& parameters, const Arguments& arguments);

extern const AttributeTable kDictAttributes;

}  // namespace ouro::detail
