// Copied: how objects go into messages: which members of a native class, and what the type of any other object says.
//
//   struct Point {
//     double x = 0, y = 0;
//     Ref<> label;
//     static constexpr std::tuple copied{&Point::x, &Point::y, &Point::label};
//   };
//
// A class that says so, and is exported under the same name in both runtimes, can be part of a message (message.h). There it
// is made by its default constructor and given its members; the others keep their defaults. Members may be numbers,
// enumerations, std::string, Ref, and std::optional, std::vector, std::pair and std::tuple of such, and structs that say
// `copied` themselves.
//
// A member `Untraced<std::shared_ptr<X>>` is not copied but shared: the X belongs to no runtime, holds no Ref, and must bear
// use by several threads and its end on any of them.
#pragma once

#include <ouro/base/shared.h>
#include <ouro/objects/cpp/members.h>
#include <ouro/objects/messages/message_node.h>
#include <ouro/objects/model/ref.h>

#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace ouro {

namespace detail {
class Packer;
class Unpacker;
}  // namespace detail

/// Where an object's state is written to. Throws what making a message throws.
class StateWriter {
 public:
  explicit StateWriter(detail::Packer& packer) noexcept : packer_(packer) {}
  void number(std::uint64_t bits);
  void text(std::string_view text);
  void reference(const Object* target);
  /// The same for what the object refers to without counting it.
  void uncounted(const Object& target);
  void shared(Shared<void> data);
  /// Keeps bytes in the message, and says where: for `MessageNode::place`.
  [[nodiscard]] std::uint64_t keep(std::string_view bytes);
  /// Words written so far.
  [[nodiscard]] std::size_t words() const noexcept;

 private:
  detail::Packer& packer_;
};

/// Where it is read from, in the same order.
class StateReader {
 public:
  StateReader(detail::Unpacker& unpacker, const std::uint32_t* first) noexcept : unpacker_(unpacker), next_(first) {}
  [[nodiscard]] std::uint64_t number() noexcept;
  [[nodiscard]] std::string_view text() noexcept;
  [[nodiscard]] Ref<> reference() noexcept;
  [[nodiscard]] const Shared<void>& shared() noexcept;
  /// The bytes that `keep` put there.
  [[nodiscard]] std::string_view kept(std::uint64_t place, std::size_t size) const noexcept;

 private:
  detail::Unpacker& unpacker_;
  const std::uint32_t* next_;
};

/// How the objects of one type are copied. Nothing here may run code of classes but `read` of a node that is `late`.
struct CopySlots {
  /// Notes in the node what making the object needs. Null: nothing.
  void (*note)(const Object& object, MessageNode& node, StateWriter& to) = nullptr;
  /// Writes what the object refers to, or what else does not fit the node, which then says where it begins. Null: nothing.
  /// An object that is made from others writes the `node.count` references that `make` reads first.
  void (*write)(const Object& object, MessageNode& node, StateWriter& to) = nullptr;
  /// Makes the object, so far as it can be made without those that it refers to.
  Ref<Object> (*make)(Type& type, const MessageNode& node, StateReader& from) = nullptr;
  /// Fills it. Null: nothing is missing.
  void (*read)(Object& object, const MessageNode& node, StateReader& from) = nullptr;
  bool made_from_others = false;  ///< `make` reads what it refers to: a tuple
  bool by_name = false;           ///< no copy: both runtimes export it under one name
};

/// Of types whose objects are known by name only: classes, functions.
inline constexpr CopySlots kCopiedByName{.by_name = true};

/// TypeError "objects of class 'Point' have another layout where the message comes from".
[[noreturn, gnu::cold]] void raise_other_layout(const Type& type);

namespace detail {

/// T names the members that are copied.
template <class T>
concept Copied = requires {
  std::tuple_size<std::remove_cvref_t<decltype(T::copied)>>::value;
};

/// Data outside all runtimes.
template <class T>
inline constexpr bool kIsShared = false;
template <SharedLike P>
inline constexpr bool kIsShared<Untraced<P>> = true;

template <class T>
void write_state(StateWriter& to, const T& value) {
  if constexpr (RefLike<T>) {
    to.reference(value.get());
  } else if constexpr (kIsShared<T>) {
    to.shared(make_counted<std::remove_cvref_t<decltype(*value)>>(*value));
  } else if constexpr (std::is_enum_v<T> || std::is_integral_v<T>) {
    to.number(static_cast<std::uint64_t>(value));
  } else if constexpr (std::is_floating_point_v<T>) {
    static_assert(sizeof(T) <= sizeof(double), "Ouroboros: a long double does not go into a message");
    to.number(std::bit_cast<std::uint64_t>(static_cast<double>(value)));
  } else if constexpr (std::same_as<T, std::string>) {
    to.text(value);
  } else if constexpr (kIs<T, std::optional>) {
    to.number(value.has_value());
    if (value) write_state(to, *value);
  } else if constexpr (kIs<T, std::vector>) {
    to.number(value.size());
    for (const auto& element : value) write_state<typename T::value_type>(to, element);
  } else if constexpr (TupleLike<T>) {
    std::apply([&](const auto&... part) { (write_state(to, part), ...); }, value);
  } else {
    static_assert(Copied<T>,
                  "Ouroboros: a member of this type cannot be copied into a message; see objects/messages/copied.h");
    std::apply([&](auto... member) { (write_state(to, value.*member), ...); }, T::copied);
  }
}

template <class T>
void read_state(StateReader& from, T& value) {
  if constexpr (RefLike<T>) {
    value = static_ref_cast<std::remove_reference_t<decltype(*value)>>(from.reference());
  } else if constexpr (kIsShared<T>) {
    *value = *static_cast<const std::remove_reference_t<decltype(*value)>*>(from.shared().get());
  } else if constexpr (std::is_enum_v<T> || std::is_integral_v<T>) {
    value = static_cast<T>(from.number());
  } else if constexpr (std::is_floating_point_v<T>) {
    value = static_cast<T>(std::bit_cast<double>(from.number()));
  } else if constexpr (std::same_as<T, std::string>) {
    value = from.text();
  } else if constexpr (kIs<T, std::optional>) {
    if (from.number() != 0) read_state(from, value.emplace());
  } else if constexpr (kIs<T, std::vector>) {
    for (std::uint64_t left = from.number(); left > 0; --left) {
      typename T::value_type element{};
      read_state(from, element);
      value.push_back(std::move(element));
    }
  } else if constexpr (TupleLike<T>) {
    std::apply([&](auto&... part) { (read_state(from, part), ...); }, value);
  } else {
    std::apply([&](auto... member) { (read_state(from, value.*member), ...); }, T::copied);
  }
}

}  // namespace detail

}  // namespace ouro
