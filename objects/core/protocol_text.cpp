// repr, str, hash and truth, and the guards against endless recursion (CPython: Objects/object.c).
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/hold.h>
#include <ouro/objects/core/immortals.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/int_layout.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <string>

namespace ouro {

namespace {

Ref<Str> as_text(Ref<> made, std::string_view slot) {
  if (!is<Str>(*made)) raise(ErrorKind::kTypeError, fmt::format("{} returned non-string (type {})", slot, made->type->name));
  return static_ref_cast<Str>(std::move(made));
}

/// Holds a container while its text is made, which may take long.
Ref<> begin_to_show(Object& object) {
  Ref<> held = detail::hold_for(object, object);
  if (held) heap_of(object).safepoint();
  return held;
}

}  // namespace

Ref<Str> repr(Object& object) {
  if (is_orphan(object)) detail::raise_unusable(&object);
  const RecursionGuard guard(builtins_of(object), " while getting the repr of an object");
  const Ref<> held = begin_to_show(object);
  const UnarySlot slot = object.type->slots->repr;
  return as_text(slot == nullptr ? default_repr(object) : slot(object), "__repr__");
}

Ref<Str> str(Object& object) {
  if (is_orphan(object)) detail::raise_unusable(&object);
  if (is_exact<Str>(object)) return share(static_cast<Str&>(object));
  const UnarySlot slot = object.type->slots->str;
  const RecursionGuard guard(builtins_of(object), " while getting the str of an object");
  const Ref<> held = begin_to_show(object);
  if (slot != nullptr) return as_text(slot(object), "__str__");
  // What `object.__str__` does: what a `__repr__` returns is returned by `__str__` here.
  const UnarySlot shown = object.type->slots->repr;
  return as_text(shown == nullptr ? default_repr(object) : shown(object), "__str__");
}

std::string shown_in_error(Object& object) {
  const Ref<> held = share(object);
  try {
    return std::string(text(*repr(object)));
  } catch (const Error& error) {
    if (!error.is(ErrorKind::kException)) throw;
  }
  return fmt::format("<unprintable {} object>", object.type->name);
}

std::int64_t hash(Object& object) {
  const auto slot = object.type->slots->hash;
  if (slot == nullptr) raise(ErrorKind::kTypeError, fmt::format("unhashable type: '{}'", object.type->name));
  if (!object.type->has(kContainerType)) return slot(object);
  const RecursionGuard guard(builtins_of(object), " while getting the hash of an object");
  const Ref<> held = detail::hold(object);
  return slot(object);
}

bool truth(Object& object) {
  const Kind kind = object.type->exact;
  if (kind == Kind::kInt || kind == Kind::kBool) {
    const auto& number = static_cast<const Int&>(object);
    return number.is_big() || number.value != 0;
  }
  if (kind == Kind::kNone) return false;
  const TypeSlots& slots = *object.type->slots;
  if (slots.truth != nullptr) return slots.truth(object);
  if (slots.mapping != nullptr && slots.mapping->length != nullptr) return slots.mapping->length(object) != 0;
  if (slots.sequence != nullptr && slots.sequence->length != nullptr) return slots.sequence->length(object) != 0;
  return true;
}

void RecursionGuard::refuse(std::string_view doing) {
  std::string message = "maximum recursion depth exceeded";
  message += doing;
  raise(ErrorKind::kRecursionError, message);
}

ReprGuard::ReprGuard(Object& object) : builtins_(builtins_of(object)) {
  auto& shown = builtins_.being_shown;
  entered_before_ = std::find(shown.rbegin(), shown.rend(), &object) != shown.rend();
  if (entered_before_) return;
  try {
    shown.push_back(&object);
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
}

ReprGuard::~ReprGuard() {
  if (!entered_before_) builtins_.being_shown.pop_back();
}

}  // namespace ouro
