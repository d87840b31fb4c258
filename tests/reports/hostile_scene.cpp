// Makes the containers and their hostile items, and attacks them.
#include <reports/hostile_scene.h>

namespace ouro::test {

namespace {

constexpr std::string_view kOperators[] = {"add", "sub", "mul", "truediv", "floordiv", "mod", "and", "or", "xor", "lshift"};

/// A list of three new items, with which the items' own iterations end.
Ref<List> three_of(Class& type) {
  Builtins& builtins = builtins_of(type);
  Ref<List> items = make_list(builtins);
  for (int i = 0; i < 3; ++i) items->append(instantiate(type, {}));
  return items;
}

void clear_attributes(Instance& instance) { dict_of(instance)->clear(); }

}  // namespace

Scene::Scene(Runtime& runtime)
    : rt(runtime),
      type(runtime.new_class("Item")),
      list(runtime.list()),
      pairs(runtime.list()),
      dict(runtime.dict()),
      counts(runtime.dict()),
      weak_keys(make_weak_keys(runtime.builtins())),
      weak_values(make_weak_values(runtime.builtins())),
      functions(runtime.list()) {
  define_methods();
  instance = make_instance(*type);
  fill();
}

void Scene::define_methods() {
  define(type, "__hash__", [](Object&) { return 7; });
  define(type, "__eq__", [](Object& self, Object& other) { return &self == &other; });
  define(type, "__lt__", [](Object& self, Object& other) { return &self < &other; });
  define(type, "__repr__", [](Object&) { return "an item"; });
  define(type, "__str__", [](Object&) { return "item"; });
  define(type, "__bool__", [](Object&) { return true; });
  define(type, "__len__", [](Object&) { return 3; });
  define(type, "__index__", [](Object&) { return 1; });
  define(type, "__int__", [](Object&) { return 1; });
  define(type, "__float__", [](Object&) { return 1.5; });
  define(type, "__iter__", [](Object& self) { return iterate(*three_of(static_cast<Class&>(*self.type))); });
  define(type, "__getitem__",
         [](Object& self, Object& key) { return get_item(*three_of(static_cast<Class&>(*self.type)), key); });
  define(type, "__contains__", [](Object&, Object&) { return false; });
  define(type, "__call__", [](Object& self, Arguments) { return share(self); });
  define(type, "__getattr__", [](Object& self, Object&) { return share(self); });
  define(type, "__del__", [](Object&) {});
  for (const std::string_view name : kOperators) {
    define(type, std::string("__").append(name).append("__"), [](Object& self, Object&) { return share(self); });
    define(type, std::string("__r").append(name).append("__"), [](Object& self, Object&) { return share(self); });
  }
}

void Scene::fill() {
  for (int i = 0; i < 5; ++i) {
    const Ref<> item = other(*this);
    list->append(other(*this));
    pairs->append(rt.tuple(other(*this), other(*this)));
    dict->set(*other(*this), *other(*this));
    counts->set("key" + std::to_string(i), *other(*this));
    set_attribute(*instance, *rt.str("name" + std::to_string(i)), *other(*this));
    weak_keys->set(*list->items[list->size - 1], *other(*this));
    weak_values->set(*other(*this), *list->items[list->size - 1]);
    functions->append(make_function(rt.builtins(), "f", [](Arguments arguments) {
      return arguments.positional.empty() ? Ref<>() : share(*arguments.positional[0]);
    }));
  }
}

void Scene::clear() {
  list->clear();
  pairs->clear();
  dict->clear();
  counts->clear();
  clear_attributes(*instance);
  weak_keys->clear();
  weak_values->clear();
  functions->clear();
}

void Scene::attack(Attack how) {
  if (how != Attack::kGrow) clear();
  if (how == Attack::kUndefine) {
    const Ref<List> names = list_from(*static_cast<Dict*>(type->attributes));
    for (Object& name : *names) set_class_attribute(*type, static_cast<Str&>(name), nullptr);
  }
  if (how == Attack::kReplace) fill();
  if (how == Attack::kGrow)
    for (int i = 0; i < 10; ++i) fill();
  rt.gc().collect();
}

std::size_t attack_everywhere(Fixture& fixture, const std::function<void(Scene&)>& operation) {
  std::size_t attacks = 0;
  fixture.rt.collector().set_stress(false);  // each attack collects; one more at each allocation would take hours
  for (const Attack how : {Attack::kClear, Attack::kReplace, Attack::kGrow, Attack::kUndefine}) {
    for (std::size_t at = 1;; ++at) {
      Scene scene(fixture.rt);
      bool attacking = false;
      Hostile hostile(fixture.rt.heap(), at, [&] {
        if (std::exchange(attacking, true)) return;
        scene.attack(how);
      });
      try {
        operation(scene);
      } catch (const Error&) {  // what was there is gone
      }
      if (!hostile.attacked()) break;
      ++attacks;
    }
    fixture.rt.gc().collect();
    fixture.verify();
  }
  return attacks;
}

}  // namespace ouro::test
