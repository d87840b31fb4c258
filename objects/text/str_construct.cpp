// str(...), and how str go into messages (CPython: unicode_new).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/codecs.h>
#include <ouro/objects/bytes/detail/byte_parts.h>
#include <ouro/objects/core/detail/make_derived.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/text/detail/new_str.h>
#include <ouro/objects/text/detail/str_parts.h>
#include <ouro/objects/text/detail/text_repr.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

namespace ouro::detail {

namespace {

constexpr Parameters kStrParameters = parameters("str(object='', encoding='utf-8', errors='strict')");

/// `str(object, encoding, errors)`.
Ref<Str> decoded(Object& object, Object* encoding, Object* errors) {
  const std::string_view code = name_argument(encoding, "str", "encoding", "utf-8");
  const std::string_view handler = name_argument(errors, "str", "errors", "strict");
  if (is<Str>(object)) raise(ErrorKind::kTypeError, "decoding str is not supported");
  if (!has_plain_buffer(object))
    raise(ErrorKind::kTypeError, "decoding to str: need a bytes-like object, " + std::string(object.type->name) + " found");
  const Buffer bytes(object);
  return decode(builtins_of(object), bytes.view(), code, handler);
}

/// What a call of str makes.
Ref<Str> made_of(Builtins& builtins, const PlacedArguments<3>& given) {
  if (given[0] == nullptr) return share(builtins.empty_str());
  if (given[1] != nullptr || given[2] != nullptr) return decoded(*given[0], given[1], given[2]);
  return ouro::str(*given[0]);
}

}  // namespace

Ref<Str> make_derived_str(Type& type, const Str& value) {
  const std::size_t size = value.has_crumbs() ? Str::size_with_crumbs(value.bytes) : Str::plain_size(value.bytes);
  return make_derived<Str>(type, size, [&](Str& made) noexcept {
    const auto fill = [&](char* data) noexcept { std::memcpy(data, value.data(), value.bytes); };
    set_up_str(made, value.bytes, value.code_points, fill);
    if (made.has_crumbs()) crumbs_of(made) = nullptr;
  });
}

Ref<> construct_str(Type& type, const Arguments& arguments) {
  const PlacedArguments<3> given(kStrParameters, arguments);
  Ref<Str> made = made_of(*type.heap->builtins, given);
  return type.has(kClassType) ? make_derived_str(type, *made) : made;
}

/// `flag`: the str is interned.
const CopySlots kStrCopy{
    .note =
        [](const Object& object, MessageNode& node, StateWriter& to) {
          const auto& str = static_cast<const Str&>(object);
          node.flag = str.is_interned();
          node.count = str.bytes;
          node.place = to.keep(text(str));
        },
    .make = [](Type& type, const MessageNode& node, StateReader& from) -> Ref<> {
      const std::string_view text = from.kept(node.place, node.count);
      const Ref<Str> made = node.flag ? intern(*type.heap->builtins, text) : make_str_unchecked(*type.heap->builtins, text);
      return type.has(kClassType) ? make_derived_str(type, *made) : made;
    },
};

std::string short_text_of_str(const Object& object) {
  constexpr std::size_t kMostCharacters = 40;
  const auto& str = static_cast<const Str&>(object);
  const std::string shown = repr_text(text(str).substr(0, 4 * kMostCharacters), kMostCharacters);
  return str.code_points + 2 > kMostCharacters ? shown + "..." : shown;
}

}  // namespace ouro::detail
