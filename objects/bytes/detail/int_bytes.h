// int.to_bytes and int.from_bytes, for the methods of int. Linear in the bytes.
#pragma once

#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/numbers/int.h>

namespace ouro::detail {

/// `value.to_bytes(length, byteorder, signed=signed)`; all may be null. OverflowError "int too big to convert", "can't
/// convert negative int to unsigned"; ValueError "length argument must be non-negative", "byteorder must be either 'little'
/// or 'big'".
[[nodiscard]] Ref<Bytes> int_to_bytes(const Int& value, Object* length, Object* order, Object* is_signed);
/// `type.from_bytes(bytes, byteorder, signed=signed)`, of int or of a class that derives from it.
[[nodiscard]] Ref<> int_from_bytes(Type& type, Object& bytes, Object* order, Object* is_signed);

}  // namespace ouro::detail
