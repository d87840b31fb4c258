// Items by positions, texts and slices that C++ gives.
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/slice_object.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/access.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

namespace ouro::detail {

namespace {

Object* value_of(const Object& object, std::string_view key) noexcept {
  return is_exact<Dict>(object) ? static_cast<const Dict&>(object).find(key) : nullptr;
}

Ref<> number(const Object& object, std::int64_t value) { return make_int(builtins_of(object), value); }
Ref<> key_str(const Object& object, std::string_view key) { return make_str(builtins_of(object), key); }

Ref<> slice_of(const Object& object, const Slice& part) { return make_slice(builtins_of(object), part); }

}  // namespace

Ref<> IndexAccess::get_of_other(Object& object, Key index) { return get_item(object, *number(object, index)); }
Outcome<Ref<>> IndexAccess::try_get(Object& object, Key index) {
  if (Object* const item = item_of_sequence(object, index)) return share(*item);
  return try_get_item(object, *number(object, index));
}
void IndexAccess::set(Object& object, Key index, Object& value) { set_item(object, *number(object, index), value); }
void IndexAccess::erase(Object& object, Key index) { delete_item(object, *number(object, index)); }

// A key that merely equals the text is found by the str alone.
Ref<> TextAccess::get(Object& object, Key key) {
  if (Object* const value = value_of(object, key)) [[likely]]
    return share(*value);
  return get_item(object, *key_str(object, key));
}
Outcome<Ref<>> TextAccess::try_get(Object& object, Key key) {
  if (Object* const value = value_of(object, key)) return share(*value);
  return try_get_item(object, *key_str(object, key));
}
void TextAccess::set(Object& object, Key key, Object& value) {
  if (is_exact<Dict>(object)) return static_cast<Dict&>(object).set(key, value);
  set_item(object, *key_str(object, key), value);
}
void TextAccess::erase(Object& object, Key key) { delete_item(object, *key_str(object, key)); }

Ref<> SliceAccess::get(Object& object, const Key& part) {
  if (is_exact<List>(object)) return static_cast<const List&>(object).slice(part);
  if (is_exact<Tuple>(object)) return slice(static_cast<Tuple&>(object), part);
  if (is_exact<Str>(object)) return slice(static_cast<const Str&>(object), part);
  return get_item(object, *slice_of(object, part));
}
Outcome<Ref<>> SliceAccess::try_get(Object& object, const Key& part) {
  return attempt(heap_of(object), [&] { return get(object, part); });
}
void SliceAccess::set(Object& object, const Key& part, Object& value) {
  if (is_exact<List>(object)) return static_cast<List&>(object).set_slice(part, value);
  set_item(object, *slice_of(object, part), value);
}
void SliceAccess::erase(Object& object, const Key& part) {
  if (is_exact<List>(object)) return static_cast<List&>(object).erase_slice(part);
  delete_item(object, *slice_of(object, part));
}

}  // namespace ouro::detail
