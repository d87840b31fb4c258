#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/text/str.h>

namespace ouro {

namespace {

/// What CPython has used since 3.12, when it stopped hashing None by its address.
constexpr std::int64_t kNoneHash = 0xFCA8'6420;

Ref<> none_repr(Object& none) { return make_str_unchecked(builtins_of(none), "None"); }
std::int64_t none_hash(Object&) { return kNoneHash; }
bool none_truth(Object&) { return false; }

Ref<> not_implemented_repr(Object& object) { return make_str_unchecked(builtins_of(object), "NotImplemented"); }

}  // namespace

constinit const TypeSlots detail::kNoneSlots = {
    .name = "NoneType",
    .kind = Kind::kNone,
    .size = sizeof(None),
    .repr = none_repr,
    .hash = none_hash,
    .truth = none_truth,
};

constinit const TypeSlots detail::kNotImplementedSlots = {
    .name = "NotImplementedType",
    .kind = Kind::kNotImplemented,
    .size = sizeof(NotImplemented),
    .repr = not_implemented_repr,
    .hash = default_hash,
};

}  // namespace ouro
