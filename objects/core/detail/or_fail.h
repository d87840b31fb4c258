// The protocols of protocol.h that may fail without a C++ exception: an empty handle is a failure (objects/model/failure.h).
// They may throw as well: what is not expected to fail does.
#pragma once

#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/protocol.h>

namespace ouro::detail {

[[nodiscard]] Ref<> get_item_or_fail(Object& object, Object& key);
[[nodiscard]] Ref<> get_attribute_or_fail(Object& object, Object& name);
[[nodiscard]] Ref<> call_method_or_fail(Object& object, Object& name, const Arguments& arguments);
/// Empty if it is exhausted or if it fails.
[[nodiscard]] Ref<> next_or_fail(Object& iterator);
/// Empty if there is no such attribute or if looking fails.
[[nodiscard]] Ref<> find_attribute_or_fail(Object& object, Object& name);

/// KeyError(key), for which the key is shown only if somebody asks.
Ref<> fail_missing_key(Object& key);
/// AttributeError "'Foo' object has no attribute 'bar'".
Ref<> fail_no_attribute(Object& object, Object& name);

/// The Error of `fail_missing_key`.
[[nodiscard]] Error explain_missing_key(const Failure& failure);

}  // namespace ouro::detail
