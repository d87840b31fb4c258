// copy.deepcopy (CPython: Lib/copy.py).
#include <ouro/base/error.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/copying/copy.h>
#include <ouro/objects/copying/detail/copier.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/handle.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/intern.h>

namespace ouro {

namespace {

/// `id(object)`.
Ref<Int> address_of(Builtins& builtins, const Object& object) {
  return make_int(builtins, reinterpret_cast<std::uintptr_t>(&object));
}

/// Copies what objects refer to as well. The memo is Python's: copies by the addresses of the originals, and at its own
/// address a list of what must live as long as it does.
class DeepCopier final : public detail::Copier {
 public:
  DeepCopier(Builtins& builtins, Dict& memo, bool is_shared)
      : builtins_(builtins), memo_(share(memo)), is_shared_(is_shared) {}

  Ref<> of(Object& object) override {
    if (!is_shared_ && detail::is_own_copy(object)) return share(object);
    const Ref<> held = share(object);
    const Ref<Int> address = address_of(builtins_, object);
    if (Object* const known = memo_->find(*address)) return share(*known);
    if (detail::is_own_copy(object)) return held;
    Ref<> made = make_copy(object);
    if (!made.is(object)) {
      memo_->set(*address, *made);
      keep_alive(object);
    }
    return made;
  }
  void remember(Object& object, Object& made) override { memo_->set(*address_of(builtins_, object), made); }
  [[nodiscard]] bool is_deep() const noexcept override { return true; }

 private:
  void keep_alive(Object& object) {
    const Ref<Int> own = address_of(builtins_, *memo_);
    const Ref<> kept = Ref<>::share(memo_->find(*own));  // growing it may collect, and that change the memo
    if (kept && is<List>(*kept)) return static_cast<List&>(*kept).append(object);
    memo_->set(*own, *make_list(builtins_, {&object}));
  }

  Ref<> make_copy(Object& object) {
    const RecursionGuard guard(builtins_, " while calling a Python object");
    switch (object.type->exact) {
      case Kind::kList:
        return copy_list(static_cast<const List&>(object));
      case Kind::kTuple:
        return copy_tuple(static_cast<Tuple&>(object));
      case Kind::kDict:
        return copy_dict(static_cast<Dict&>(object));
      case Kind::kUnionType:
        return copy(object);
      case Kind::kMethod:
        return copy_method(static_cast<const Method&>(object));
      case Kind::kBuiltinMethod:
        return copy_wrapper(static_cast<const BuiltinMethod&>(object));
      default:
        return copy_other(object);
    }
  }

  Ref<> copy_list(const List& list) {
    Ref<List> made = make_list(builtins_, list.size);
    remember(const_cast<List&>(list), *made);
    for (std::uint32_t i = 0; i < list.size; ++i) made->append(of(*share(*list.items[i])));
    return made;
  }

  /// A tuple is not in the memo before its items are copied: it is copied twice then if it leads to itself, and the copy
  /// made first counts.
  Ref<> copy_tuple(Tuple& tuple) {
    const Ref<List> items = make_list(builtins_, tuple.size);
    bool is_same = true;
    for (std::uint32_t i = 0; i < tuple.size; ++i) {
      Ref<> item = of(*tuple.items[i]);
      is_same = is_same && item.is(*tuple.items[i]);
      items->append(std::move(item));
    }
    if (Object* const known = memo_->find(*address_of(builtins_, tuple))) return share(*known);
    return is_same ? share<Object>(tuple) : Ref<>(tuple_from(*items));
  }

  Ref<> copy_dict(Dict& dict) {
    Ref<Dict> made = make_dict(builtins_);
    remember(dict, *made);
    for (const auto [key, value] : share(dict)) {
      const Ref<> copied = of(value);
      const Ref<> name = of(key);
      made->set(*name, *copied);
    }
    return made;
  }

  Ref<> copy_method(const Method& method) {
    const Ref<> function = share(*method.function);
    const Ref<> self = of(*share(*method.self));
    if (is_none(*self)) raise(ErrorKind::kTypeError, "instance must not be None");
    return make_method(*function, *self);
  }
  /// A slot's method, bound, is read again from the copy of its object.
  Ref<> copy_wrapper(const BuiltinMethod& method) {
    const std::string_view name = method.descriptor->attribute->parameters.name;
    const Ref<> self = of(*share(*method.self));
    return get_attribute(*self, *intern(builtins_, name));
  }

  Ref<> copy_other(Object& object) {
    const Ref<> own = find_attribute(object, *intern(builtins_, "__deepcopy__"));
    if (own && !is_none(*own)) {
      is_shared_ = true;
      Object* const given[] = {memo_.get()};
      return call(*own, Arguments{given, {}, {}});
    }
    if (Ref<> made = detail::copy_plain_instance(object, *this)) return made;
    const detail::Recipe recipe = detail::recipe_of(object, "un(deep)copyable object of type");
    return recipe.is_itself ? share(object) : detail::make_by_recipe(object, recipe, *this);
  }

  Builtins& builtins_;
  Ref<Dict> memo_;
  bool is_shared_;  ///< others know the memo: it may say something of what is its own copy, too
};

}  // namespace

Ref<> deepcopy(Object& object, Dict* memo) {
  if (memo == nullptr && detail::is_own_copy(object)) return share(object);
  Builtins& builtins = builtins_of(object);
  const Ref<> held = share(object);
  const Ref<Dict> noted = memo != nullptr ? share(*memo) : make_dict(builtins);
  return DeepCopier(builtins, *noted, memo != nullptr).of(object);
}

}  // namespace ouro
