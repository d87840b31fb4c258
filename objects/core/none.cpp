// The types of None, NotImplemented and Ellipsis.
#include <ouro/base/error.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/messages/copied.h>
#include <ouro/objects/text/str.h>

#include <string>
#include <string_view>

namespace ouro {

namespace {

/// What CPython has used since 3.12, when it stopped hashing None by its address.
constexpr std::int64_t kNoneHash = 0xFCA8'6420;

Ref<> none_repr(Object& none) { return make_str_unchecked(builtins_of(none), "None"); }
std::int64_t none_hash(Object&) { return kNoneHash; }
bool none_truth(Object&) { return false; }

Ref<> not_implemented_repr(Object& object) { return make_str_unchecked(builtins_of(object), "NotImplemented"); }

Ref<> ellipsis_repr(Object& object) { return make_str_unchecked(builtins_of(object), "Ellipsis"); }

std::string none_short_text(const Object&) { return "None"; }

std::string ellipsis_short_text(const Object&) { return "Ellipsis"; }

void expect_no_arguments(std::string_view name, const Arguments& arguments) {
  if (!arguments.positional.empty() || !arguments.keyword_names.empty())
    raise(ErrorKind::kTypeError, std::string(name) + " takes no arguments");
}

Ref<> construct_none(Type& type, const Arguments& arguments) {
  expect_no_arguments(type.name, arguments);
  return make_none(*type.heap->builtins);
}

Ref<> construct_not_implemented(Type& type, const Arguments& arguments) {
  expect_no_arguments(type.name, arguments);
  return Ref<>::share(type.heap->builtins->not_implemented());
}

Ref<> construct_ellipsis(Type& type, const Arguments& arguments) {
  expect_no_arguments("EllipsisType", arguments);
  return make_ellipsis(*type.heap->builtins);
}

bool not_implemented_truth(Object&) { return true; }

constexpr Attribute kNotImplementedAttributes[] = {
    method(
        "__reduce__()", [](NotImplemented& object) { return make_str_unchecked(builtins_of(object), "NotImplemented"); },
        ""),
};
constexpr Attribute kEllipsisAttributes[] = {
    method(
        "__reduce__()", [](Ellipsis& object) { return make_str_unchecked(builtins_of(object), "Ellipsis"); }, ""),
};

constexpr CopySlots kEllipsisCopy{
    .make = [](Type& type, const MessageNode&, StateReader&) -> Ref<> { return make_ellipsis(*type.heap->builtins); },
};

}  // namespace

constinit const TypeSlots detail::kNoneSlots = {
    .name = "NoneType",
    .kind = Kind::kNone,
    .size = sizeof(None),
    .repr = none_repr,
    .hash = none_hash,
    .truth = none_truth,
    .construct = construct_none,
    .short_text = none_short_text,
};

constinit const TypeSlots detail::kNotImplementedSlots = {
    .name = "NotImplementedType",
    .kind = Kind::kNotImplemented,
    .size = sizeof(NotImplemented),
    .repr = not_implemented_repr,
    .hash = default_hash,
    .truth = not_implemented_truth,
    .construct = construct_not_implemented,
    .attributes = &kAttributeTable<kNotImplementedAttributes>,
};

constinit const TypeSlots detail::kEllipsisSlots = {
    .name = "ellipsis",
    .kind = Kind::kEllipsis,
    .size = sizeof(Ellipsis),
    .repr = ellipsis_repr,
    .hash = default_hash,
    .construct = construct_ellipsis,
    .attributes = &kAttributeTable<kEllipsisAttributes>,
    .copy = &kEllipsisCopy,
    .short_text = ellipsis_short_text,
};

}  // namespace ouro
