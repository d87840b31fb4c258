// The methods of bytes as attributes (CPython: bytes_methods in Objects/bytesobject.c).
#include <ouro/objects/bytes/detail/byte_attributes.h>

#include <fmt/format.h>

namespace ouro::detail {

namespace {

constexpr auto kAttributes = byte_attributes<Bytes>(std::array{
    method(
        "__bytes__()", [](Bytes& self) { return exact_bytes(self); }, "Convert this value to exact type bytes."),
    method(
        "__getnewargs__()", [](Bytes& self) { return make_tuple(builtins_of(self), {exact_bytes(self).get()}); }, ""),
});

}  // namespace

constinit const AttributeTable kBytesAttributes = kAttributeTable<kAttributes>;

std::string_view name_argument(Object* given, std::string_view function, std::string_view name, std::string_view fallback) {
  if (given == nullptr) return fallback;
  const Str* const str = as<Str>(*given);
  if (str == nullptr) {
    const std::string_view type = is_none(*given) ? "None" : given->type->name;
    raise(ErrorKind::kTypeError, fmt::format("{}() argument '{}' must be str, not {}", function, name, type));
  }
  if (text(*str).find('\0') != std::string_view::npos) raise(ErrorKind::kValueError, "embedded null character");
  return text(*str);
}

Ref<Str> decode_arguments(Object& self, Object* encoding, Object* errors) {
  const std::string_view code = name_argument(encoding, "decode", "encoding", "utf-8");
  const std::string_view handler = name_argument(errors, "decode", "errors", "strict");
  const Buffer held(self);
  return decode(builtins_of(self), held.view(), code, handler);
}

Ref<Str> hex_of(Object& self, Object* sep, Object* bytes_per_sep) {
  const Buffer held(self);
  return hex_text(builtins_of(self), held.view(), sep, bytes_per_sep);
}

Ref<Bytes> bytes_from_hex(Builtins& builtins, Object& string) {
  const Str* const digits = as<Str>(string);
  if (digits == nullptr) {
    const std::string_view type = is_none(string) ? "None" : string.type->name;
    raise(ErrorKind::kTypeError, fmt::format("fromhex() argument must be str, not {}", type));
  }
  ByteCollector bytes(builtins.heap);
  bytes.resize(digits->bytes / 2 + 1);
  const std::size_t size = read_hex(text(*digits), bytes.data());
  return make_bytes(builtins, std::string_view(bytes.data(), size));
}

}  // namespace ouro::detail
