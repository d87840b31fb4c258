// What the sources of int and bool share among themselves.
#pragma once

#include <ouro/objects/messages/copied.h>
#include <ouro/objects/numbers/int.h>

#include <string>

namespace ouro::detail {

/// `int(x, base)`, `bool(x)`.
[[nodiscard]] Ref<> construct_int(Type& type, const Arguments& arguments);
[[nodiscard]] Ref<> construct_bool(Type& type, const Arguments& arguments);
/// An int of a class that derives from int. The caller holds `value`. Throws MemoryError.
[[nodiscard]] Ref<Int> make_derived_int(Type& type, const Int& value);
/// `value.__round__(digits)`; null digits: none.
[[nodiscard]] Ref<> rounded_int(Int& value, Object* digits);
[[nodiscard]] std::string short_text_of_int(const Object& object);
[[nodiscard]] std::string short_text_of_bool(const Object& object);

extern const AttributeTable kIntAttributes;
extern const CopySlots kIntCopy;

}  // namespace ouro::detail
