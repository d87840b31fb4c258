// Who is a subclass of an abstract base class, and what is remembered of the answers (CPython: Modules/_abc.c).
#include <ouro/objects/classes/detail/abc_parts.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/cpp/native.h>
#include <ouro/objects/operations/builtin_functions.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/weak/weak_set.h>

#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

namespace ouro::detail {

namespace {

/// What an abstract base class remembers. A set is made when something is put into it.
struct AbcData {
  Ref<> counter;
  Ref<WeakSet> registry, cache, negative;
  std::uint64_t negative_version = 0;
  static constexpr std::tuple edges{&AbcData::counter, &AbcData::registry, &AbcData::cache, &AbcData::negative};

  [[nodiscard]] std::uint64_t version() const {
    const AbcCounter* const count = counter ? native_cast<AbcCounter>(*counter) : nullptr;
    return count != nullptr ? count->value : 0;
  }
};

/// The data of a class, held while it is used.
struct HeldData {
  explicit HeldData(Object& base)
      : object(get_attribute(base, *intern(builtins_of(base), "_abc_impl"))), data(native_cast<AbcData>(*object)) {
    if (data == nullptr) raise(ErrorKind::kTypeError, "_abc_impl is set to a wrong type");
  }
  AbcData* operator->() const noexcept { return data; }

  Ref<> object;
  AbcData* data;
};

bool is_type(const Object& object) noexcept { return kind_of(object) == Kind::kType; }

bool is_in(const Ref<WeakSet>& set, Object& type) {
  const Ref<WeakSet> held = set;
  return held && held->contains(type);
}

void add_to(const HeldData& data, Ref<WeakSet> AbcData::*set, Object& type) {
  if (!(data.data->*set)) data.data->*set = make_weak_set(builtins_of(type));
  const Ref<WeakSet> held = data.data->*set;
  held->add(type);
}

void clear(const HeldData& data, Ref<WeakSet> AbcData::*set) {
  const Ref<WeakSet> dropped = std::exchange(data.data->*set, {});
}

bool answer(const HeldData& data, Object& subclass, bool is_subclass) {
  add_to(data, is_subclass ? &AbcData::cache : &AbcData::negative, subclass);
  return is_subclass;
}

Ref<> call_with(Object& object, std::string_view name, Object& argument) {
  Object* const given = &argument;
  return call_method(object, *intern(builtins_of(object), name), {{&given, 1}, {}, {}});
}

/// Whether the negative cache is of the present version; one that is not is emptied.
bool is_negative_current(const HeldData& data) {
  const std::uint64_t version = data->version();
  if (data->negative_version == version) return true;
  clear(data, &AbcData::negative);
  data->negative_version = version;
  return false;
}

/// What `__subclasshook__` says. Empty: nothing.
std::optional<bool> hook_says(Object& base, Object& subclass) {
  const Ref<> said = call_with(base, "__subclasshook__", subclass);
  Builtins& builtins = builtins_of(base);
  if (said.get() == &builtins.not_implemented()) return {};
  if (said.get() == &builtins.boolean(true)) return true;
  if (said.get() == &builtins.boolean(false)) return false;
  raise(ErrorKind::kAssertionError, "__subclasshook__ must return either False, True, or NotImplemented");
}

/// Whether it derives from one of the registered classes.
bool is_below_registered(const HeldData& data, Object& subclass) {
  const Ref<WeakSet> registry = data->registry;
  if (!registry) return false;
  const Ref<List> registered = registry->living();
  for (Object* const each : registered->view())
    if (is_subclass_of(subclass, *each)) return true;
  return false;
}

/// Whether it is a subclass of one of the classes that derive from the base.
bool is_below_derived(Object& base, Object& subclass) {
  const Ref<> derived = call_method(base, *intern(builtins_of(base), "__subclasses__"), {});
  if (!is<List>(*derived)) raise(ErrorKind::kTypeError, "__subclasses__() must return a list");
  auto& all = static_cast<List&>(*derived);
  for (std::size_t i = 0; i < all.size; ++i)
    if (is_subclass_of(subclass, *share(*all.view()[i]))) return true;
  return false;
}

}  // namespace

Ref<Class> make_abc_data_type(Builtins& builtins) {
  const NativeClass<AbcData> made(builtins, "_abc_data");
  set_member(*made.type(), "__module__", *intern(builtins, "_abc"));
  return made.type();
}

void prepare_abstract_class(Object& type, Class& data_type, Object& counter) {
  const Ref<> held[] = {share(type), share<Object>(data_type), share(counter)};
  const Ref<> made = make_native<AbcData>(data_type);
  AbcData& data = *native_cast<AbcData>(*made);
  data.counter = share(counter);
  data.negative_version = data.version();
  set_attribute(type, *intern(builtins_of(type), "_abc_impl"), *made);
}

Ref<> abc_register(Object& base, Object& subclass) {
  const Ref<> held[] = {share(base), share(subclass)};
  if (!is_type(subclass)) raise(ErrorKind::kTypeError, "Can only register classes");
  if (is_subclass_of(subclass, base)) return share(subclass);
  if (is_subclass_of(base, subclass)) raise(ErrorKind::kRuntimeError, "Refusing to create an inheritance cycle");
  const HeldData data(base);
  add_to(data, &AbcData::registry, subclass);
  const Ref<> counter = data->counter;
  if (AbcCounter* const count = counter ? native_cast<AbcCounter>(*counter) : nullptr) ++count->value;
  return share(subclass);
}

bool abc_instance_check(Object& base, Object& instance) {
  const Ref<> held[] = {share(base), share(instance)};
  const HeldData data(base);
  const Ref<> claimed = get_attribute(instance, *intern(builtins_of(base), "__class__"));
  if (is_in(data->cache, *claimed)) return true;
  const Ref<> type = share<Object>(*instance.type);
  if (claimed.is(type)) {
    if (data->negative_version == data->version() && is_in(data->negative, *claimed)) return false;
    return truth(*call_with(base, "__subclasscheck__", *claimed));
  }
  return truth(*call_with(base, "__subclasscheck__", *claimed)) || truth(*call_with(base, "__subclasscheck__", *type));
}

bool abc_subclass_check(Object& base, Object& subclass) {
  const Ref<> held[] = {share(base), share(subclass)};
  if (!is_type(subclass) || !is_type(base)) raise(ErrorKind::kTypeError, "issubclass() arg 1 must be a class");
  const HeldData data(base);
  if (is_in(data->cache, subclass)) return true;
  if (is_negative_current(data) && is_in(data->negative, subclass)) return false;
  if (const std::optional<bool> said = hook_says(base, subclass)) return answer(data, subclass, *said);
  if (is_subtype(static_cast<Type&>(subclass), static_cast<Type&>(base))) return answer(data, subclass, true);
  if (is_in(data->registry, subclass)) return true;
  return answer(data, subclass, is_below_registered(data, subclass) || is_below_derived(base, subclass));
}

void abc_clear_registry(Object& base) { clear(HeldData(base), &AbcData::registry); }

void abc_clear_caches(Object& base) {
  const HeldData data(base);
  clear(data, &AbcData::cache);
  clear(data, &AbcData::negative);
}

}  // namespace ouro::detail
