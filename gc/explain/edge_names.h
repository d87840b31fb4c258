// Edge names: how one object refers to another, in words.
//
//   "[3]"   an item       "['key']"  a dict's value      "(key 'key')"  a dict's key     ".left"  an attribute or a member
//   ".__class__"  the class an instance owns a count of  "(hidden)"     an owned atom that is no edge
//
// The types give the names (`TypeSlots::edge_name`); a type that gives none has its edges numbered. Nothing here changes a
// count or makes an object. May throw std::bad_alloc.
#pragma once

#include <ouro/objects/model/object.h>

#include <string>
#include <string_view>
#include <vector>

namespace ouro::gc {

/// The references of `holder` to `target` by name, at most `most`. Linear in the holder's edges.
[[nodiscard]] std::vector<std::string> edge_names(const Object& holder, const Object& target, std::size_t most = 16);
/// The first of them; "" if there is none.
[[nodiscard]] std::string edge_name(const Object& holder, const Object& target);

/// "Node at 0x7f12": the name of the type and the address.
[[nodiscard]] std::string name_and_address(std::string_view type, const void* address);

}  // namespace ouro::gc
