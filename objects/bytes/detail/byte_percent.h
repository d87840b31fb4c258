// The operator % of bytes and bytearray.
#pragma once

#include <ouro/objects/bytes/buffer.h>
#include <ouro/objects/bytes/detail/byte_parts.h>
#include <ouro/objects/bytes/detail/new_bytes.h>

#include <string_view>

namespace ouro::detail {

/// Appends `pattern % values`: one value, a tuple of them, or a mapping. The caller holds both, and the pattern does not
/// change meanwhile. TypeError "%b requires a bytes-like object, or an object that implements __bytes__, not 'int'", "not
/// all arguments converted during bytes formatting"; ValueError "unsupported format character 'y' (0x79) at index 1" and
/// others as for str; what methods of the values raise. Linear.
void format_bytes_percent(std::string_view pattern, Object& values, ByteCollector& result);

/// `left % right` as the slot of B has it: empty if the left operand is none. A bytearray keeps its size meanwhile (law
/// exported-still).
template <BytesType B>
[[nodiscard]] Ref<> remainder_slot(Object& left, Object& right) {
  if (!is<B>(left)) return {};
  const Ref<> held[] = {share(left), share(right)};
  const Buffer pattern(left);
  ByteCollector made(heap_of(left));
  format_bytes_percent(pattern.view(), right, made);
  return copy_like<B>(builtins_of(left), std::string_view(made.data(), made.size()));
}

}  // namespace ouro::detail
