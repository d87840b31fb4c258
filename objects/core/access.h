// What brackets and `attr` reach: an item by an object, by a position, by a text or by a slice, or an attribute.
//
// A position makes no int where the object is a list or a tuple, and a text makes no str where it is a dict.
#pragma once

#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/slice.h>
#include <ouro/objects/containers/tuple_layout.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/ref.h>

#include <cstdint>
#include <string_view>

namespace ouro::detail {

/// `object[key]`.
struct ItemAccess {
  using Key = Ref<>;
  static Ref<> get(Object& object, const Ref<>& key) { return get_item(object, *key); }
  static Outcome<Ref<>> try_get(Object& object, const Ref<>& key) { return try_get_item(object, *key); }
  static void set(Object& object, const Ref<>& key, Object& value) { set_item(object, *key, value); }
  static void erase(Object& object, const Ref<>& key) { delete_item(object, *key); }
  static Ref<> call(Object& object, const Ref<>& key, const Arguments& arguments) {
    return ouro::call(*get(object, key), arguments);
  }
};

/// The item of a list or tuple, borrowed; null if it is out of range or the object is neither.
[[nodiscard, gnu::always_inline]] inline Object* item_of_sequence(const Object& object, std::int64_t index) noexcept {
  const auto within = [index](Object* const* items, std::uint64_t size) -> Object* {
    const std::uint64_t position = static_cast<std::uint64_t>(index) + (index < 0 ? size : 0);
    return position < size ? items[position] : nullptr;
  };
  if (is_exact<List>(object)) return within(static_cast<const List&>(object).items, static_cast<const List&>(object).size);
  if (is_exact<Tuple>(object))
    return within(static_cast<const Tuple&>(object).items, static_cast<const Tuple&>(object).size);
  return nullptr;
}

/// `object[index]`.
struct IndexAccess {
  using Key = std::int64_t;
  static Ref<> get(Object& object, Key index) {
    if (Object* const item = item_of_sequence(object, index)) [[likely]]
      return share(*item);
    return get_of_other(object, index);
  }
  /// The same by the protocol.
  static Ref<> get_of_other(Object& object, Key index);
  static Outcome<Ref<>> try_get(Object& object, Key index);
  static void set(Object& object, Key index, Object& value);
  static void erase(Object& object, Key index);
  static Ref<> call(Object& object, Key index, const Arguments& arguments) {
    return ouro::call(*get(object, index), arguments);
  }
};

/// `object["text"]`. A new key of a dict is interned.
struct TextAccess {
  using Key = std::string_view;
  static Ref<> get(Object& object, Key key);
  static Outcome<Ref<>> try_get(Object& object, Key key);
  static void set(Object& object, Key key, Object& value);
  static void erase(Object& object, Key key);
  static Ref<> call(Object& object, Key key, const Arguments& arguments) { return ouro::call(*get(object, key), arguments); }
};

/// `object[start:stop:step]`.
struct SliceAccess {
  using Key = Slice;
  static Ref<> get(Object& object, const Key& part);
  static Outcome<Ref<>> try_get(Object& object, const Key& part);
  static void set(Object& object, const Key& part, Object& value);
  static void erase(Object& object, const Key& part);
  static Ref<> call(Object& object, const Key& part, const Arguments& arguments) {
    return ouro::call(*get(object, part), arguments);
  }
};

/// `object.name`.
struct AttributeAccess {
  using Key = Ref<>;
  static Ref<> get(Object& object, const Ref<>& name) { return get_attribute(object, *name); }
  static Outcome<Ref<>> try_get(Object& object, const Ref<>& name) { return try_get_attribute(object, *name); }
  static void set(Object& object, const Ref<>& name, Object& value) { set_attribute(object, *name, value); }
  static void erase(Object& object, const Ref<>& name) { delete_attribute(object, *name); }
  static Ref<> call(Object& object, const Ref<>& name, const Arguments& arguments) {
    return call_method(object, *name, arguments);
  }
};

}  // namespace ouro::detail
