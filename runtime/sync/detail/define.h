// What the definitions of the synchronisation classes share: constructors, getters, the methods of locks.
#pragma once

#include <ouro/objects/core/protocol.h>
#include <ouro/objects/cpp/conversion.h>
#include <ouro/objects/cpp/native.h>
#include <ouro/runtime/sync/lock.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ouro {

namespace sync::detail {

/// An argument of which only the truth counts: True, 1, "yes".
struct Truth {
  Truth(bool is_true) noexcept : value(is_true) {}
  operator bool() const noexcept { return value; }
  bool value;
};

}  // namespace sync::detail

template <>
struct Conversion<sync::detail::Truth> {
  static sync::detail::Truth from_object(Object& object) { return truth(object); }
};

}  // namespace ouro

namespace ouro::sync::detail {

using ouro::detail::object_of;

using Flag = std::optional<Truth>;
using Count = std::optional<std::int64_t>;

/// An object of `type`, whose T `construct(place)` builds.
template <class T, class Construct>
[[nodiscard]] Ref<> new_object(Class& type, Construct construct) {
  ouro::detail::expect_native(type, typeid(T));
  return make<Object>(type, type.size, [&](Object& object) {
    if (Object** const dict = ouro::detail::dict_slot(object)) *dict = nullptr;  // of a class derived at run time
    construct(&ouro::detail::native_value<T>(object));
    object.flags |= kStorageFlag;
  });
}

/// Calls of the class go to `maker(kept..., type, arguments...)`. The signature names the arguments: "Semaphore(value)".
template <class T, class Maker, class... Kept>
void define_new(const NativeClass<T>& type, std::string_view signature, Maker maker, const Ref<Kept>&... kept) {
  using ouro::detail::make_function_as;
  const auto function = make_function_as<FunctionRole::kConstructor>(builtins_of(*type.type()), signature, maker, kept...);
  ouro::detail::set_member(*type.type(), "__new__", *function);
}

/// A getter as a callable that takes the object by reference: a copy of a lock would be another lock.
template <class T, class R>
[[nodiscard]] auto getter(R (T::*method)() const) {
  return [method](T& self) -> R { return (self.*method)(); };
}
template <class T, class R>
[[nodiscard]] auto getter(R (T::*method)() const noexcept) {
  return [method](T& self) -> R { return (self.*method)(); };
}

/// `with lock:`, and acquire and release as methods.
template <class T>
void define_lock_methods(const NativeClass<T>& type) {
  type.def("acquire(self, blocking, timeout)",
           [](T& self, Flag blocking, Seconds timeout) { return self.acquire(blocking.value_or(true), timeout); })
      .def("__enter__(self)", [](T& self) { return self.acquire(true, std::nullopt); })
      .def("__exit__(self, type, value, traceback)",
           [](T& self, std::optional<Ref<>>, std::optional<Ref<>>, std::optional<Ref<>>) { self.release(); });
}

/// `<before at 0x7f0123456789after>`, CPython's form of a repr.
[[nodiscard]] std::string text_at(std::string_view before, const Object& object, std::string_view after = {});

}  // namespace ouro::sync::detail
