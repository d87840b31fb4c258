// How objects of native classes are made, traversed, cleared, copied and released: derived from the struct's members.
#pragma once

#include <ouro/objects/classes/derived.h>
#include <ouro/objects/classes/native_type.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/cpp/member_edges.h>
#include <ouro/objects/cpp/member_names.h>
#include <ouro/objects/cpp/native_cast.h>
#include <ouro/objects/cpp/overridable.h>
#include <ouro/objects/messages/copied.h>
#include <ouro/objects/model/foreign_code.h>
#include <ouro/objects/model/make.h>

#include <array>
#include <cstdint>
#include <new>
#include <string>
#include <type_traits>
#include <typeinfo>
#include <utility>

namespace ouro::detail {

// An aggregate may be made from its first few members; the others then have their defaults, and that is no oversight.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
template <class T, class... A>
void construct(void* place, A&&... arguments) {
  if constexpr (std::is_aggregate_v<T>) {
    new (place) T{std::forward<A>(arguments)...};
  } else {
    new (place) T(std::forward<A>(arguments)...);
  }
}
#pragma GCC diagnostic pop

/// A new object of a native class, its T made from the arguments.
template <class T, class... A>
[[nodiscard]] Ref<> make_native(Type& type, A&&... arguments) {
  return ouro::make<Object>(type, type.size, [&](Object& object) {
    if (Object** const dict = dict_slot(object)) *dict = nullptr;
    if constexpr (!std::is_aggregate_v<T>) enter_foreign_code(*type.heap);
    construct<T>(&native_value<T>(object), std::forward<A>(arguments)...);
    if constexpr (std::derived_from<T, Overridable>) native_value<T>(object).set_object(&object);
    if constexpr (!std::is_trivially_destructible_v<T>) object.flags |= kStorageFlag;
  });
}

/// What a class that says `copied` does in messages. The C++ type comes first: a class of this name may have another here.
template <class T>
inline constexpr CopySlots kCopySlots{
    .write =
        [](const Object& object, MessageNode&, StateWriter& to) {
          to.number(reinterpret_cast<std::uintptr_t>(&typeid(T)));
          write_state(to, native_value<T>(const_cast<Object&>(object)));
        },
    .make =
        [](Type& type, const MessageNode&, StateReader& from) {
          if (*reinterpret_cast<const std::type_info*>(from.number()) != typeid(T)) raise_other_layout(type);
          return make_native<T>(type);
        },
    .read =
        [](Object& object, const MessageNode&, StateReader& from) {
          static_cast<void>(from.number());
          read_state(from, native_value<T>(object));
        },
};
template <class T>
[[nodiscard]] constexpr const CopySlots* copy_slots() noexcept {
  if constexpr (Copied<T>) return &kCopySlots<T>;
  return nullptr;
}

template <class T>
struct NativeLife {
  static constexpr bool kHasEdges = has_edges<T>();

  /// Walks that see untracked objects too may meet one whose T is not made yet, or gone: it has no edges.
  static void traverse(const Object& object, Visitor visit) noexcept {
    if ((object.flags & kStorageFlag) == 0 && !std::is_trivially_destructible_v<T>) return;
    visit_edges(native_value<T>(const_cast<Object&>(object)), visit);
  }
  static void clear(Object& object) noexcept { drop_edges(native_value<T>(object)); }
  static void release(Object& object) noexcept {
    enter_foreign_code(heap_of(object));
    object.flags &= ~std::uint32_t{kStorageFlag};
    T& value = native_value<T>(object);
    if constexpr (std::derived_from<T, Overridable>) value.set_object(nullptr);
    value.~T();
  }
  static std::string edge_name(const Object& object, std::size_t number) {
    return name_of_edge(native_value<T>(const_cast<Object&>(object)), number);
  }

  static constexpr std::uint32_t kFlags = kWeakableType | kBaseType | (kHasEdges ? std::uint32_t{kContainerType} : 0) |
                                          (std::is_trivially_destructible_v<T> ? 0 : std::uint32_t{kForeignType});
  static constexpr TypeSlots kSlots{
      .name = {},
      .kind = Kind::kNative,
      .flags = kFlags,
      .size = static_cast<std::uint32_t>(sizeof(Object) + sizeof(T)),
      .edges = kHasEdges ? EdgeLayout::custom() : EdgeLayout::none(),
      .release = release,
      .traverse = kHasEdges ? traverse : nullptr,
      .clear = kHasEdges ? clear : nullptr,
      .edge_name = kHasEdges ? edge_name : nullptr,
      .copy = copy_slots<T>(),
  };
};

template <class T, class Base>
[[nodiscard]] void* cast_to_base(void* value) noexcept {
  return static_cast<Base*>(static_cast<T*>(value));
}
template <class T>
[[nodiscard]] Ref<> make_native_copy(Type& type, const void* from) {
  return make_native<T>(type, *static_cast<const T*>(from));
}
template <class T>
[[nodiscard]] Ref<> make_native_moved(Type& type, void* from) {
  return make_native<T>(type, std::move(*static_cast<T*>(from)));
}

template <class T, class... Bases>
inline constexpr std::array<NativeType::Base, sizeof...(Bases)> kNativeBases{{{&typeid(Bases), cast_to_base<T, Bases>}...}};
template <class T, class... Bases>
[[nodiscard]] constexpr NativeType describe_native() noexcept {
  NativeType made{&typeid(T), &NativeLife<T>::kSlots, kNativeBases<T, Bases...>, nullptr, nullptr};
  if constexpr (std::is_copy_constructible_v<T>) made.make_copy = make_native_copy<T>;
  if constexpr (std::is_move_constructible_v<T>) made.make_moved = make_native_moved<T>;
  return made;
}
template <class T, class... Bases>
inline constexpr NativeType kNativeType = describe_native<T, Bases...>();

}  // namespace ouro::detail
