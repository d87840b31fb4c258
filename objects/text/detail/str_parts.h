// What the sources of str share among themselves.
#pragma once

#include <ouro/objects/messages/copied.h>
#include <ouro/objects/model/ref.h>

#include <string>

namespace ouro::detail {

/// `str(object, encoding, errors)`.
[[nodiscard]] Ref<> construct_str(Type& type, const Arguments& arguments);
/// `str.maketrans(from, to, dropped)`; null: not given. TypeError, ValueError.
[[nodiscard]] Ref<> make_translation(Object& from, Object* to, Object* dropped);
[[nodiscard]] std::string short_text_of_str(const Object& object);

extern const AttributeTable kStrAttributes;
extern const CopySlots kStrCopy;

}  // namespace ouro::detail
