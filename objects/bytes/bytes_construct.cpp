// bytes(...), and how bytes go into messages (CPython: bytes_new_impl, PyBytes_FromObject).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/detail/byte_parts.h>
#include <ouro/objects/classes/class.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/functions/detail/invoke.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/intern.h>

#include <fmt/format.h>

namespace ouro {

namespace detail {

namespace {

constexpr Parameters kBytesParameters = parameters("bytes(source=b'', encoding='utf-8', errors='strict')");

std::uint8_t checked_byte(Object& item, std::string_view complaint) {
  if (is_exact<Int>(item)) {
    const auto& number = static_cast<const Int&>(item);
    if (!number.is_big() && number.value >= 0 && number.value <= 255) return static_cast<std::uint8_t>(number.value);
  }
  const Ref<Int> number = index(item);
  if (!fits_int64(*number) || number->value < 0 || number->value > 255) raise(ErrorKind::kValueError, complaint);
  return static_cast<std::uint8_t>(number->value);
}

Ref<> iterator_for_bytes(Object& iterable, std::string_view refusal) {
  try {
    return iterate(iterable);
  } catch (const Error& error) {
    if (!error.is(ErrorKind::kTypeError)) throw;
    std::string text(refusal);
    raise_instead(ErrorKind::kTypeError, text.replace(text.find("{}"), 2, iterable.type->name));
  }
}

/// PyBytes_FromObject.
Ref<Bytes> bytes_of_items(Object& object) {
  if (is_exact<Bytes>(object)) return share(static_cast<Bytes&>(object));
  if (has_buffer(object)) return bytes_shown(object);
  if (is<Str>(object)) raise(ErrorKind::kTypeError, "cannot convert 'str' object to bytes");
  ByteCollector bytes(heap_of(object));
  collect_bytes(object, "cannot convert '{}' object to bytes", "bytes must be in range(0, 256)", bytes);
  return make_bytes(builtins_of(object), std::string_view(bytes.data(), bytes.size()));
}

/// `bytes(text, encoding, errors)`.
Ref<Bytes> encoded(Object& text, Object* encoding, Object* errors) {
  const std::string_view code = name_argument(encoding, "bytes", "encoding", {});
  const std::string_view handler = name_argument(errors, "bytes", "errors", "strict");
  if (encoding != nullptr) {
    if (!is<Str>(text)) raise(ErrorKind::kTypeError, "encoding without a string argument");
    return encode(static_cast<const Str&>(text), code, handler);
  }
  raise(ErrorKind::kTypeError, is<Str>(text) ? "string argument without an encoding" : "errors without a string argument");
}

Ref<> made_of(Builtins& builtins, const PlacedArguments<3>& given) {
  if (given[0] == nullptr) {
    static_cast<void>(name_argument(given[1], "bytes", "encoding", {}));
    static_cast<void>(name_argument(given[2], "bytes", "errors", {}));
    if (given[1] != nullptr) raise(ErrorKind::kTypeError, "encoding without a string argument");
    if (given[2] != nullptr) raise(ErrorKind::kTypeError, "errors without a string argument");
    return make_bytes(builtins, std::string_view());
  }
  if (given[1] != nullptr || given[2] != nullptr) return encoded(*given[0], given[1], given[2]);
  if (is_exact<Bytes>(*given[0])) return share(*given[0]);
  if (Ref<> made = converted_to_bytes(*given[0])) return made;
  return bytes_from(*given[0]);
}

}  // namespace

Ref<> converted_to_bytes(Object& object) {
  if (!object.type->has(kClassType)) return {};
  const Ref<> method = Ref<>::share(lookup(*object.type, *intern(builtins_of(object), "__bytes__")));
  if (!method) return {};
  Ref<> made = call_found(*method, object, {});
  if (!is<Bytes>(*made))
    raise(ErrorKind::kTypeError, fmt::format("__bytes__ returned non-bytes (type {})", made->type->name));
  return made;
}

void collect_bytes(Object& iterable, std::string_view refusal, std::string_view complaint, ByteCollector& into) {
  const auto take = [&](Object& item) { into.push_back(static_cast<char>(checked_byte(item, complaint))); };
  if (is_exact<List>(iterable) || is_exact<Tuple>(iterable)) {
    const auto items = [&] {
      return is<List>(iterable) ? static_cast<List&>(iterable).view() : static_cast<Tuple&>(iterable).view();
    };
    // `__index__` may change the list: it is looked at again for each item.
    for (std::size_t i = 0; i < items().size(); ++i) take(*share(*items()[i]));
    return;
  }
  const Ref<> iterator = iterator_for_bytes(iterable, refusal);
  while (const Ref<> item = next(*iterator)) take(*item);
}

std::optional<std::size_t> count_argument_of(Object& given) {
  if (!is_index(given)) return {};
  std::int64_t count = 0;
  try {
    count = to_index(given, ErrorKind::kOverflowError);
  } catch (const Error& error) {
    if (!error.is(ErrorKind::kTypeError)) throw;
    return {};
  }
  if (count < 0) raise(ErrorKind::kValueError, "negative count");
  return static_cast<std::size_t>(count);
}

Ref<> construct_bytes(Type& type, const Arguments& arguments) {
  const PlacedArguments<3> given(kBytesParameters, arguments);
  Ref<> made = made_of(*type.heap->builtins, given);
  return type.has(kClassType) ? Ref<>(make_derived_bytes(type, view(static_cast<Bytes&>(*made)))) : made;
}

/// The bytes stand in the message; more than 4 GiB do not fit.
const CopySlots kBytesCopy{
    .note =
        [](const Object& object, MessageNode& node, StateWriter& to) {
          const auto& bytes = static_cast<const Bytes&>(object);
          if (bytes.size > std::numeric_limits<std::uint32_t>::max())
            raise(ErrorKind::kOverflowError, "bytes of more than 4 GiB do not go into a message");
          node.count = static_cast<std::uint32_t>(bytes.size);
          node.place = to.keep(view(bytes));
        },
    .make = [](Type& type, const MessageNode& node, StateReader& from) -> Ref<> {
      const std::string_view bytes = from.kept(node.place, node.count);
      if (type.has(kClassType)) return make_derived_bytes(type, bytes);
      return make_bytes(*type.heap->builtins, bytes);
    },
};

}  // namespace detail

Ref<Bytes> bytes_from(Object& object) {
  if (is_exact<Bytes>(object)) return share(static_cast<Bytes&>(object));
  if (Ref<> made = detail::converted_to_bytes(object)) return static_ref_cast<Bytes>(std::move(made));
  if (is<Str>(object)) raise(ErrorKind::kTypeError, "string argument without an encoding");
  if (const std::optional<std::size_t> count = detail::count_argument_of(object))
    return detail::new_bytes(builtins_of(object), *count, [&](char* to) noexcept { std::memset(to, 0, *count); });
  return detail::bytes_of_items(object);
}

}  // namespace ouro
