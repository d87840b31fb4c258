// What ABCMeta asks of an abstract base class: which names are abstract, and who is its subclass.
#pragma once

#include <ouro/objects/classes/class.h>
#include <ouro/objects/containers/dict.h>

#include <cstdint>
#include <tuple>

namespace ouro::detail {

/// What ABCMeta holds of itself: the counter of registrations.
struct AbcCounter {
  std::uint64_t value = 0;
  static constexpr std::tuple<> edges{};
};

/// Sets `__abstractmethods__` from the marks of the class's own attributes and of what its bases say is abstract.
void find_abstract_methods(Object& type);
/// The class of what `_abc_impl` is.
[[nodiscard]] Ref<Class> make_abc_data_type(Builtins& builtins);
/// Gives a new class its `_abc_impl`.
void prepare_abstract_class(Object& type, Class& data_type, Object& counter);

/// `ABCMeta.register`, `__instancecheck__` and `__subclasscheck__`.
Ref<> abc_register(Object& base, Object& subclass);
bool abc_instance_check(Object& base, Object& instance);
bool abc_subclass_check(Object& base, Object& subclass);
/// `_abc_registry_clear` and `_abc_caches_clear`.
void abc_clear_registry(Object& base);
void abc_clear_caches(Object& base);

}  // namespace ouro::detail
