// The behaviour of str (CPython: Objects/unicodeobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/containers/detail/indexes.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/containers/slice_object.h>
#include <ouro/objects/core/detail/has_index.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/ordering.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/detail/find_bytes.h>
#include <ouro/objects/text/detail/intern_table.h>
#include <ouro/objects/text/detail/new_str.h>
#include <ouro/objects/text/detail/str_parts.h>
#include <ouro/objects/text/detail/str_room.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/format.h>
#include <ouro/objects/text/str.h>

#include <string>

namespace ouro {

namespace {

Str& as_str(Object& object) noexcept { return static_cast<Str&>(object); }

std::size_t str_block_bytes(const Object& object) noexcept { return detail::block_size(static_cast<const Str&>(object)); }

/// Leaves the table of interned strings and frees the breadcrumbs.
void str_release(Object& object) noexcept {
  Str& str = as_str(object);
  if (str.is_interned()) builtins_of(str).interned->erase(str);
  detail::free_crumbs(str);
}

Ref<> str_repr(Object& object) { return repr_of(as_str(object)); }
Ref<> str_str(Object& object) { return exact_str(as_str(object)); }
std::int64_t str_hash(Object& object) { return hash_of(as_str(object)); }

Answer str_compare(Object& left, Object& right, Comparison op) {
  const Str* const other = as<Str>(right);
  if (other == nullptr) return Answer::kNotImplemented;
  if (op == Comparison::kEqual || op == Comparison::kNotEqual) {
    const bool equal = equal_text(as_str(left), *other);
    return equal == (op == Comparison::kEqual) ? Answer::kYes : Answer::kNo;
  }
  // UTF-8 sorts as its code points do.
  return detail::answer(text(as_str(left)).compare(text(*other)) <=> 0, op);
}

Ref<> str_iterate(Object& object) { return make_sequence_iterator(object); }

std::size_t str_length(const Object& object) { return static_cast<const Str&>(object).code_points; }

Ref<> str_item(Object& object, std::int64_t index) {
  if (!detail::is_position(index, as_str(object).code_points))
    return fail(object, ErrorKind::kIndexError, "string index out of range");
  return character_at(as_str(object), static_cast<std::size_t>(index));
}

Ref<> str_subscript(Object& object, Object& key) {
  if (is_exact<Int>(key) && !static_cast<Int&>(key).is_big()) [[likely]]
    return str_item(object, detail::from_front(static_cast<Int&>(key).value, as_str(object).code_points));
  if (const auto* const part = as<SliceObject>(key)) return slice(as_str(object), unpack(*part));
  if (!detail::has_index(key))
    raise(ErrorKind::kTypeError, "string indices must be integers, not '" + std::string(key.type->name) + "'");
  return str_item(object, detail::from_front(to_index(key), as_str(object).code_points));
}

Ref<> str_concatenate(Object& left, Object& right) {
  if (!is<Str>(left)) return {};
  const Str* const other = as<Str>(right);
  if (other == nullptr)
    raise(ErrorKind::kTypeError, "can only concatenate str (not \"" + std::string(right.type->name) + "\") to str");
  return concatenate(as_str(left), *other);
}

Ref<> str_repeat(Object& object, std::int64_t times) { return repeat(as_str(object), times); }

bool str_contains(Object& object, Object& value) {
  const Str* const part = as<Str>(value);
  if (part == nullptr)
    raise(ErrorKind::kTypeError, "'in <string>' requires string as left operand, not " + std::string(value.type->name));
  return detail::find_bytes(text(as_str(object)), text(*part)) != std::string_view::npos;
}

Ref<> str_remainder(Object& left, Object& right) {
  return is<Str>(left) ? Ref<>(format_percent(as_str(left), right)) : Ref<>();
}

constexpr NumberSlots kStrNumber = {.remainder = str_remainder};

constexpr SequenceSlots kStrSequence = {
    .length = str_length,
    .item = str_item,
    .concatenate = str_concatenate,
    .repeat = str_repeat,
    .contains = str_contains,
};

constexpr MappingSlots kStrMapping = {.length = str_length, .subscript = str_subscript};

}  // namespace

constinit const TypeSlots detail::kStrSlots = {
    .name = "str",
    .kind = Kind::kStr,
    .flags = kBaseType,
    .doc =
        "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\nCreate a new string object from the "
        "given "
        "object. If encoding or\nerrors is specified, then the object must expose a data buffer\nthat will be decoded using "
        "the "
        "given encoding and error handler.\nOtherwise, returns the result of object.__str__() (if defined)\nor "
        "repr(object).\nencoding defaults to sys.getdefaultencoding().\nerrors defaults to 'strict'.",
    .dismantle = detail::dismantle_as<Str, str_release, str_block_bytes>,
    .block_bytes = str_block_bytes,
    .release = str_release,
    .repr = str_repr,
    .str = str_str,
    .hash = str_hash,
    .compare = str_compare,
    .iterate = str_iterate,
    .number = &kStrNumber,
    .sequence = &kStrSequence,
    .mapping = &kStrMapping,
    .construct = detail::construct_str,
    .attributes = &detail::kStrAttributes,
    .copy = &detail::kStrCopy,
    .short_text = detail::short_text_of_str,
};

}  // namespace ouro
