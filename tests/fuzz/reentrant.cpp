// Random operations, from within special methods, finalizers and callbacks as well, on containers that those also change.
// There is no model for what comes out; what must hold is that nothing crashes, that after each input the heap is whole,
// that every object dies, and that a finalizer runs once an object.
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/iterator.h>

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fuzz/stage.h>
#include <fuzz/targets.h>

namespace ouro::fuzz {

namespace {

constexpr std::array<std::string_view, 21> kSpecials{
    "__eq__",    "__hash__",  "__lt__",   "__repr__",    "__str__",     "__bool__",    "__len__",
    "__index__", "__float__", "__iter__", "__next__",    "__call__",    "__getitem__", "__contains__",
    "__add__",   "__radd__",  "__del__",  "__getattr__", "__setattr__", "__int__",     "__init__"};

/// All state of one input. Foreign code finds it through a pointer, and goes on reading the same bytes.
class Play {
 public:
  Play(Runtime& rt, Input& input) : rt_(rt), input_(input) {
    for (Ref<Class>& type : types_) type = rt.new_class("Item");
    for (int i = 0; i < 6; ++i) special();
    for (Ref<>& slot : slots_) slot = fresh();
  }

  void run() {
    while (!input_.empty() && steps_ < 2000) step();
    depth_ = kDeepest;  // what dies from now on does nothing more
    for (Ref<>& slot : slots_) slot.reset();
    for (Ref<Class>& type : types_) type.reset();
  }

 private:
  static constexpr int kDeepest = 4;

  /// What every special method, finalizer and callback does, some steps deep.
  void foreign() {
    if (depth_ >= kDeepest) return;
    ++depth_;
    for (std::size_t i = input_.below(4); i > 0; --i) step();
    --depth_;
  }

  Ref<>& slot() { return slots_[input_.below(slots_.size())]; }
  /// An object of a slot, held.
  Ref<> any() { return slot() ? slots_[input_.below(slots_.size())] : fresh(); }
  Ref<> some() {
    Ref<> found = any();
    return found ? found : rt_.from(static_cast<int>(input_.below(8)));
  }
  Class& type() { return *types_[input_.below(types_.size())]; }
  Ref<Str> name() { return rt_.str("a" + std::to_string(input_.below(5))); }
  Ref<> function() {
    return make_function(rt_.builtins(), "f", [this](Arguments) -> Ref<> {
      foreign();
      return input_.flag() ? some() : Ref<>();
    });
  }

  Ref<> fresh() {
    switch (input_.below(10)) {
      case 0:
      case 1:
        return rt_.list(1, 2, 3);
      case 2:
      case 3:
        return rt_.dict();
      case 4:
        return function();
      case 5:
        return make_weak_keys(rt_.builtins());
      case 6:
        return make_weak_values(rt_.builtins());
      default:
        return make_instance(type());
    }
  }

  /// Sets a special method of a class, or takes one away.
  void special() {
    const std::string_view name = kSpecials[input_.below(kSpecials.size())];
    const Ref<Class> held = types_[input_.below(types_.size())];
    if (input_.below(4) == 0) return void(attempt([&] { set_class_attribute(*held, *rt_.str(name), nullptr); }));
    set_class_attribute(*held, *rt_.str(name), method(name).get());
  }
  Ref<> method(std::string_view name) {
    const auto make = [&](auto result) {
      return make_function(rt_.builtins(), name, [this, result](Object& self, Arguments) -> Ref<> {
        foreign();
        return result(*this, self);
      });
    };
    if (name == "__repr__" || name == "__str__") return make([](Play& p, Object&) -> Ref<> { return p.rt_.str("item"); });
    if (name == "__eq__" || name == "__lt__" || name == "__bool__" || name == "__contains__")
      return make([](Play& p, Object&) -> Ref<> { return p.rt_.from(p.input_.flag()); });
    if (name == "__hash__" || name == "__len__" || name == "__index__" || name == "__int__")
      return make([](Play& p, Object&) -> Ref<> { return p.rt_.from(static_cast<int>(p.input_.below(3))); });
    if (name == "__float__") return make([](Play& p, Object&) -> Ref<> { return p.rt_.from(0.5); });
    if (name == "__init__" || name == "__del__" || name == "__setattr__")
      return make([](Play&, Object&) -> Ref<> { return {}; });
    if (name == "__iter__")
      return make([](Play& p, Object& self) -> Ref<> { return p.input_.flag() ? share(self) : iterate(*p.rt_.list(1, 2)); });
    return make([](Play& p, Object&) -> Ref<> {
      if (p.input_.below(3) == 0) raise(p.input_.flag() ? ErrorKind::kStopIteration : ErrorKind::kIndexError, "enough");
      return p.some();
    });
  }

  void step() {
    if (++steps_ >= 2000) return;
    attempt([&] { act(input_.below(5)); });
  }
  void act(std::size_t family) {
    switch (family) {
      case 0:
        return hold_and_drop();
      case 1:
        return on_list();
      case 2:
        return on_dict();
      case 3:
        return on_any();
      default:
        return on_runtime();
    }
  }

  void hold_and_drop() {
    switch (input_.below(6)) {
      case 0:
        slot().reset();
        break;
      case 1:
        slot() = any();
        break;
      case 2:
        watch();
        break;
      case 3:
        pair();
        break;
      case 4:
        slot() = iterate(*some());
        break;
      default:
        slot() = fresh();
    }
  }

  void watch() {  // the order in which arguments are evaluated is the compiler's: decisions come first
    const Ref<> target = some(), callback = input_.flag() ? function() : Ref<>();
    slot() = make_weakref(*target, callback.get());
  }
  void pair() {
    const Ref<> first = some(), second = some();
    slot() = rt_.tuple(first, second);
  }

  /// Any list among the slots, or a new one.
  Ref<List> list() {
    Ref<> found = any();
    return found && is<List>(*found) ? static_ref_cast<List>(found) : rt_.list();
  }
  void on_list() {
    const Ref<List> list = this->list();
    if (list->size > 300) list->clear();  // a list may be extended by itself
    const Ref<> value = some();
    const auto at = static_cast<std::int64_t>(input_.below(8)) - 4;
    switch (input_.below(16)) {
      case 0:
        return list->append(*value);
      case 1:
        return list->insert(at, *value);
      case 2:
        return void(slot() = list->pop(at));
      case 3:
        return list->set(at, *value);
      case 4:
        return list->erase(at);
      case 5:
        return void(list->index(*value));
      case 6:
        return void(list->count(*value));
      case 7:
        return list->remove(*value);
      case 8:
        return list->extend(*value);
      case 9:
        return list->clear();
      case 10:
        return list->sort(at < 0 ? value.get() : nullptr, (at & 1) != 0);
      case 11:
        return list->set_slice({at, at + 2, 1 + static_cast<std::int64_t>(input_.below(2))}, *value);
      case 12:
        return list->erase_slice({at, {}, 2});
      case 13:
        return void(slot() = list->slice({at, {}, -1}));
      case 14:
        if (list->size < 50) list->repeat_in_place(2);
        return;
      default:
        return void(slot() = list->copy());
    }
  }

  void on_dict() {
    const Ref<> found = any();
    const Ref<> key = some(), value = some();
    if (found && is<WeakKeys>(*found)) return on_weak(static_cast<WeakKeys&>(*found), *key, *value);
    if (found && is<WeakValues>(*found)) return on_weak(static_cast<WeakValues&>(*found), *key, *value);
    const Ref<Dict> dict = found && is<Dict>(*found) ? static_ref_cast<Dict>(found) : rt_.dict();
    switch (input_.below(12)) {
      case 0:
      case 1:
      case 2:
        return dict->set(*key, *value);
      case 3:
        return void(slot() = Ref<>::share(dict->find(*key)));
      case 4:
        return dict->remove(*key);
      case 5:
        return void(slot() = dict->pop(*key, *value));
      case 6:
        return void(dict->set_default(*key, *value));
      case 7:
        return dict->update(*value);
      case 8:
        return void(slot() = dict->pop_item().second);
      case 9:
        return dict->clear();
      case 10:
        return void(slot() = input_.flag() ? Ref<>(dict->items()) : Ref<>(dict->keys()));
      default:
        return void(slot() = dict->copy());
    }
  }
  template <class W>
  void on_weak(W& collection, Object& key, Object& value) {
    switch (input_.below(5)) {
      case 0:
      case 1:
        return collection.set(key, value);
      case 2:
        return void(slot() = collection.find(key));
      case 3:
        return collection.remove(key);
      default:
        return collection.clear();
    }
  }

  void on_any() {
    const Ref<> object = some(), other = some();
    switch (input_.below(16)) {
      case 0:
        return void(equal(*object, *other));
      case 1:
        return void(compare(*object, *other, Comparison::kLess));
      case 2:
        return void(hash(*object));
      case 3:
        return void(repr(*object));
      case 4: {
        Object* const argument = other.get();
        return void(slot() = call(*object, Arguments{{&argument, 1}, {}, {}}));
      }
      case 5:
        return void(slot() = next(*object));
      case 6:
        return void(slot() = get_item(*object, *other));
      case 7:
        return set_item(*object, *other, *some());
      case 8:
        return delete_item(*object, *other);
      case 9:
        return void(contains(*object, *other));
      case 10:
        return void(slot() = apply(Operator::kAdd, *object, *other));
      case 11:
        return void(slot() = find_attribute(*object, *name()));
      case 12:
        return set_attribute(*object, *name(), *other);
      case 13:
        return delete_attribute(*object, *name());
      case 14:
        return convert(*object);
      default:
        return void(truth(*object) && length(*object) > 0);
    }
  }
  void convert(Object& object) {
    switch (input_.below(4)) {
      case 0:
        return void(from_object<std::vector<double>>(object));
      case 1:
        return void(from_object<std::vector<std::string>>(object));
      case 2:
        return void(from_object<std::map<std::string, int>>(object));
      default:
        return void(from_object<std::pair<int, double>>(object));
    }
  }

  void on_runtime() {
    const Ref<> object = some();
    switch (input_.below(8)) {
      case 0:
        return void(rt_.gc().collect(static_cast<int>(input_.below(3))));
      case 1:
        return special();
      case 2:
        return void(slot() = instantiate(type(), {}));
      case 3:
        if (is<Instance>(*object)) slot() = dict_of(static_cast<Instance&>(*object));
        return;
      case 4:
        return void(slot() = rt_.gc().get_objects());
      case 5:
        return void(slot() = rt_.gc().get_referrers({object.get()}));
      case 6:
        return void(finalize(object, function()));
      default: {
        const Ref<Class> derived = rt_.new_class("Item", {&type()});
        types_[input_.below(types_.size())] = derived;
      }
    }
  }

  Runtime& rt_;
  Input& input_;
  std::array<Ref<Class>, 3> types_;
  std::array<Ref<>, 8> slots_;
  int depth_ = 0;
  int steps_ = 0;
};

}  // namespace

void reentrant(Bytes bytes) {
  Input input(bytes);
  Stage stage;
  Play play(stage.rt, input);
  play.run();
  stage.verify();
  stage.finish();  // before `play` ends: what dies here still asks it
}

}  // namespace ouro::fuzz
