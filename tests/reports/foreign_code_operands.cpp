// Operations whose operands only a list holds, and which make objects: that collects, and a finalizer empties the list.
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/weak/weak_collections.h>

#include <functional>
#include <vector>

#include <reports/defined_class.h>

namespace ouro::test {

namespace {

/// Freed memory is filled, so that what is used too long is seen in every build.
Options debug_options() {
  Options options;
  options.debug_memory = true;
  return options;
}

/// Operands that only a list holds, and code that empties it, once: the next finalizer of a dead cycle, or a special method.
struct Shelf {
  explicit Shelf(Runtime& runtime) : rt(runtime), bombs(runtime, "Bomb"), plain(runtime, "Plain"), drops(runtime, "Drops") {
    bombs("__del__", [this](Object&) { entered(); });
    for (const std::string_view method : {"__eq__", "__lt__", "__add__", "__radd__", "__mul__"})
      drops(method, [this](Object&, Object&) { return entered(), Ref<>::share(rt.builtins().not_implemented()); });
    drops("__getattr__", [this](Object&, Object&) -> Ref<> { entered(), raise(ErrorKind::kAttributeError, "no"); });
    drops("__index__", [this](Object&) { return entered(), 0; });
  }

  void put(const Ref<>& operand) { held->append(*operand); }
  template <class T = Object>
  [[nodiscard]] T& at(std::size_t place) const {
    return static_cast<T&>(*held->items[place]);
  }
  /// Foreign code runs. The `due`-th time it empties the list; until then each makes sure that the next collection comes
  /// here.
  void entered() {
    if (due == 0) return;
    if (--due == 0) return empty();
    if (arms) arm();
  }
  void empty() {
    held->clear();
    for (int i = 0; i < 20; ++i) static_cast<void>(rt.list(rt.tuple(i), i));
  }
  void arm() {
    const Ref<> bomb = bombs.make();
    bomb.attr("itself") = bomb;
  }

  Runtime& rt;
  Ref<List> held = rt.list();
  Defined bombs, plain, drops;
  std::size_t due = 0;
  bool arms = false;
};

struct Operation {
  std::string_view name;
  std::function<void(Shelf&)> put;
  std::function<Ref<>(Shelf&)> act;
  std::string_view shown;  ///< repr of the result
};

Ref<> call_with(Object& callee, std::initializer_list<Object*> arguments) {
  return call(callee, Arguments{{arguments.begin(), arguments.size()}, {}, {}});
}

const std::vector<Operation>& operations_on_sequences() {
  const auto list = [](Shelf& shelf) { shelf.put(shelf.rt.list(1, shelf.rt.list(2), 3)); };
  const auto tuple = [](Shelf& shelf) { shelf.put(shelf.rt.tuple(1, shelf.rt.list(2), 3)); };
  const auto dict = [](Shelf& shelf) { shelf.put(shelf.rt.dict({{1, shelf.rt.list(2)}})); };
  static const std::vector<Operation> operations{
      {"list.copy", list, [](Shelf& shelf) { return shelf.at<List>(0).copy(); }, "[1, [2], 3]"},
      {"list[1:]", list,
       [](Shelf& shelf) {
         return shelf.at<List>(0).slice({1, {}, 1});
       },
       "[[2], 3]"},
      {"list[::2]", list,
       [](Shelf& shelf) {
         return shelf.at<List>(0).slice({{}, {}, 2});
       },
       "[1, 3]"},
      {"list + list", list, [](Shelf& shelf) { return shelf.at<List>(0).concatenate(shelf.at<List>(0)); },
       "[1, [2], 3, 1, [2], 3]"},
      {"list * 2", list, [](Shelf& shelf) { return shelf.at<List>(0).repeat(2); }, "[1, [2], 3, 1, [2], 3]"},
      {"list(list)", list, [](Shelf& shelf) { return list_from(shelf.at(0)); }, "[1, [2], 3]"},
      {"tuple(list)", list, [](Shelf& shelf) { return tuple_from(shelf.at(0)); }, "(1, [2], 3)"},
      {"type list(list)", list,
       [](Shelf& shelf) { return call_with(shelf.rt.builtins().type(Kind::kList), {&shelf.at(0)}); }, "[1, [2], 3]"},
      {"[list]", list, [](Shelf& shelf) { return make_list(shelf.rt.builtins(), {&shelf.at(0)}); }, "[[1, [2], 3]]"},
      {"rt.list(list)", list, [](Shelf& shelf) { return shelf.rt.list(shelf.at(0)); }, "[[1, [2], 3]]"},
      {"(list,)", list, [](Shelf& shelf) { return make_tuple(shelf.rt.builtins(), {&shelf.at(0)}); }, "([1, [2], 3],)"},
      {"tuple[1:]", tuple,
       [](Shelf& shelf) {
         return slice(shelf.at<Tuple>(0), {1, {}, 1});
       },
       "([2], 3)"},
      {"tuple + tuple", tuple, [](Shelf& shelf) { return concatenate(shelf.at<Tuple>(0), shelf.at<Tuple>(0)); },
       "(1, [2], 3, 1, [2], 3)"},
      {"tuple * 2", tuple, [](Shelf& shelf) { return repeat(shelf.at<Tuple>(0), 2); }, "(1, [2], 3, 1, [2], 3)"},
      {"tuple(dict)", dict, [](Shelf& shelf) { return tuple_from(shelf.at(0)); }, "(1,)"},
      {"dict(pairs)", [](Shelf& shelf) { shelf.put(shelf.rt.list(shelf.rt.tuple(1, 2))); },
       [](Shelf& shelf) { return dict_from(shelf.at(0)); }, "{1: 2}"},
      {"next(items)",
       [](Shelf& shelf) {
         shelf.put(make_dict_iterator(*shelf.rt.dict({{1, shelf.rt.list(2)}}), DictPart::kItems));
       },
       [](Shelf& shelf) { return next(shelf.at(0)); }, "(1, [2])"},
  };
  return operations;
}

const std::vector<Operation>& operations_on_objects() {
  const auto instance = [](Shelf& shelf) {
    shelf.put(shelf.plain.make());
    shelf.put(shelf.rt.list(7));
    for (const std::string_view name : {"a", "b", "c"})
      set_attribute(shelf.at(0), *shelf.rt.str(name), *shelf.rt.list(name));
  };
  const auto keyed = [](Shelf& shelf) {
    shelf.put(make_weak_keys(shelf.rt.builtins()));
    shelf.put(shelf.plain.make());
    shelf.put(shelf.rt.list(7));
  };
  const auto valued = [](Shelf& shelf) {
    shelf.put(make_weak_values(shelf.rt.builtins()));
    shelf.put(shelf.plain.make());
    shelf.put(shelf.rt.tuple(7, 8));
  };
  static const std::vector<Operation> operations{
      {"object.new = list", instance,
       [](Shelf& shelf) {
         const Ref<> object = share(shelf.at(0));
         set_attribute(shelf.at(0), *shelf.rt.str("new"), shelf.at(1));
         return object.attr("new").get();
       },
       "[7]"},
      {"object.__dict__", instance, [](Shelf& shelf) { return dict_of(shelf.at<Instance>(0)); },
       "{'a': ['a'], 'b': ['b'], 'c': ['c']}"},
      {"weakref(object)", instance,
       [](Shelf& shelf) { return (*make_weakref(shelf.at(0))).type == nullptr ? Ref<>() : shelf.rt.from(1); }, "1"},
      {"weakref.__callback__",
       [](Shelf& shelf) {
         shelf.put(shelf.plain.make());
         shelf.put(shelf.rt.list(5));
       },
       [](Shelf& shelf) {
         const Ref<> target = share(shelf.at(0));
         return get_attribute(*make_weakref(shelf.at(0), &shelf.at(1)), *shelf.rt.str("__callback__"));
       },
       "[5]"},
      {"function that keeps a list", [](Shelf& shelf) { shelf.put(shelf.rt.list(7)); },
       [](Shelf& shelf) {
         const auto& kept = reinterpret_cast<const Ref<>&>(shelf.held->items[0]);
         return make_function(
                    shelf.rt.builtins(), "f(x=1)", [](Object& list, std::int64_t) { return share(list); }, kept)
                            ->first[0] == nullptr
                    ? Ref<>()
                    : shelf.rt.from(1);
       },
       "1"},
      {"weak_keys[object] = list", keyed,
       [](Shelf& shelf) {
         const Ref<WeakKeys> keys = share(shelf.at<WeakKeys>(0));
         const Ref<> key = share(shelf.at(1));
         keys->set(shelf.at(1), shelf.at(2));
         return keys->get(*key);
       },
       "[7]"},
      {"weak_keys.setdefault", keyed,
       [](Shelf& shelf) { return shelf.at<WeakKeys>(0).set_default(shelf.at(1), shelf.at(2)); }, "[7]"},
      {"weak_values[tuple] = object", valued,
       [](Shelf& shelf) {
         const Ref<WeakValues> values = share(shelf.at<WeakValues>(0));
         const Ref<> value = share(shelf.at(1));
         values->set(shelf.at(2), shelf.at(1));
         return shelf.rt.from(values->get(*shelf.rt.tuple(7, 8)).is(value));
       },
       "True"},
      {"call of a function that makes a list",
       [](Shelf& shelf) {
         shelf.put(shelf.rt.list(7));
         shelf.put(make_function(shelf.rt.builtins(), "f", [](Builtins& builtins, Object& item) {
           Ref<List> made = make_list(builtins);
           made->append(item);
           return made;
         }));
       },
       [](Shelf& shelf) { return call_with(shelf.at(1), {&shelf.at(0)}); }, "[[7]]"},
      {"type(name, bases, attributes)",
       [](Shelf& shelf) {
         shelf.put(shelf.rt.str("a name of a class"));
         shelf.put(shelf.rt.tuple());
         shelf.put(shelf.rt.dict({{"x", shelf.rt.list(7)}}));
       },
       [](Shelf& shelf) {
         const Ref<> type = Ref<>::share(shelf.rt.builtins().type(Kind::kType));
         return call_with(*type, {&shelf.at(0), &shelf.at(1), &shelf.at(2)}).attr("x").get();
       },
       "[7]"},
  };
  return operations;
}

/// Does the operation with the list emptied by the first, the second ... collection that it runs.
void expect_held(const Operation& operation) {
  INFO(operation.name);
  for (std::size_t at = 1; at < 10; ++at) {
    Fixture fixture(debug_options());
    Shelf shelf(fixture.rt);
    operation.put(shelf);
    fixture.rt.gc().collect();
    shelf.arms = true;
    shelf.due = at;
    shelf.arm();
    fixture.rt.collector().set_stress(true);
    const Ref<> result = operation.act(shelf);
    fixture.rt.collector().set_stress(false);
    const bool is_over = shelf.due != 0;
    shelf.due = 0;
    CHECK(shown(result) == operation.shown);
    if (is_over) return;
  }
}

/// An object without references whose methods empty the list.
struct Atom {
  std::int64_t number = 0;
  static constexpr std::tuple edges{};
};

NativeClass<Atom> atoms_that_drop(Shelf& shelf) {
  const auto type = shelf.rt.class_<Atom>("Atom");
  Shelf* const dropped = &shelf;
  for (const std::string_view method : {"__lt__", "__add__", "__radd__"})
    type.def(method,
             [dropped](Atom&, Object&) { return dropped->empty(), Ref<>::share(dropped->rt.builtins().not_implemented()); });
  type.def("__index__", [dropped](Atom&) { return dropped->empty(), 0; });
  return type;
}

}  // namespace

TEST_CASE("what a sequence is made from lives on, though making it collects and a finalizer drops the last other handle",
          "[foreign-code][law-held-across]") {
  for (const Operation& operation : operations_on_sequences()) expect_held(operation);
}

TEST_CASE(
    "what an object is given lives on, though making what it needs collects and a finalizer drops the last other handle",
    "[foreign-code][law-held-across]") {
  for (const Operation& operation : operations_on_objects()) expect_held(operation);
}

TEST_CASE("an object without references is held while its own method drops the last other handle",
          "[foreign-code][law-held-across]") {
  Fixture fixture(debug_options());
  Runtime& rt = fixture.rt;
  Shelf shelf(rt);
  const auto type = atoms_that_drop(shelf);
  const auto fill = [&](const Ref<>& other) {
    shelf.held->clear();
    shelf.put(type.make());
    shelf.put(other);
  };
  fill(type.make());
  CHECK(error_of([&] { return compare(shelf.at(0), shelf.at(1), Comparison::kLess); }) ==
        "TypeError: '<' not supported between instances of 'Atom' and 'Atom'");
  fill(rt.list(1));
  CHECK(error_of([&] { return apply(Operator::kAdd, shelf.at(0), shelf.at(1)); }) ==
        "TypeError: unsupported operand type(s) for +: 'Atom' and 'list'");
  fill(rt.list(rt.list(7), 8));
  CHECK(shown(get_item(shelf.at(1), shelf.at(0))) == "[7]");
  fill(rt.tuple(rt.list(7), 8));
  CHECK(shown(get_item(shelf.at(1), shelf.at(0))) == "[7]");
  fill(rt.str("seven"));
  CHECK(shown(get_item(shelf.at(1), shelf.at(0))) == "'s'");
}

TEST_CASE("a call holds its arguments, whatever else of it runs first", "[foreign-code][law-held-across]") {
  Fixture fixture(debug_options());
  Runtime& rt = fixture.rt;
  Shelf shelf(rt);
  const auto fill = [&](const Ref<>& first) {
    shelf.held->clear();
    shelf.put(first);
    shelf.put(rt.list(7));
    shelf.due = 1;
  };
  // Converting one argument drops the others: of a list's items, and by keyword.
  fill(rt.list(shelf.drops.make()));
  const auto sum_up =
      make_function(rt.builtins(), "f(numbers, list)", [](const std::vector<int>&, Object& list) { return share(list); });
  CHECK(shown(call_with(*sum_up, {&shelf.at(0), &shelf.at(1)})) == "[7]");
  fill(shelf.drops.make());
  const auto add_up = make_function(rt.builtins(), "f(number, list)", [](int, Object& list) { return share(list); });
  const Ref<> names[] = {intern(rt.builtins(), "number"), intern(rt.builtins(), "list")};
  Object* const borrowed_names[] = {names[0].get(), names[1].get()};
  Object* const values[] = {&shelf.at(0), &shelf.at(1)};
  CHECK(shown(call(*add_up, Arguments{{}, borrowed_names, values})) == "[7]");
  // `__new__` drops what `__init__` is to get.
  Defined made(rt, "Made");
  made("__new__", [&shelf](Class& type, Object&) { return shelf.empty(), make_instance(type); });
  made("__init__", [](Object& self, Object& list) { Ref<>(share(self)).attr("list") = share(list); });
  fill(rt.none());
  CHECK(shown(call_with(*made.type(), {&shelf.at(1)}).attr("list")) == "[7]");
}

TEST_CASE("an object is held while looking for its attribute drops the last other handle",
          "[foreign-code][law-held-across]") {
  Fixture fixture(debug_options());
  Runtime& rt = fixture.rt;
  Shelf shelf(rt);
  shelf.due = 1;
  shelf.put(make_method(*shelf.drops.make(), *rt.none()));
  CHECK(error_of([&] { return get_attribute(shelf.at(0), *rt.str("missing")); }) == "AttributeError: no");  // its function's
  // A key that is no str is compared with the name.
  const std::int64_t hash_of_name = hash(*rt.str("name"));
  Defined key(rt, "Key");
  key("__hash__", [hash_of_name](Object&) { return hash_of_name; });
  key("__eq__", [&shelf](Object&, Object&) { return shelf.entered(), false; });
  const auto fill = [&] {
    shelf.held->clear();
    shelf.put(shelf.plain.make());
    shelf.put(rt.list(7));
    Ref<> object = share(shelf.at(0));
    object.attr("__dict__") = rt.dict({{key.make(), 1}});
    shelf.due = 1;
  };
  fill();
  CHECK(error_of([&] { return get_attribute(shelf.at(0), *rt.str("name")); }) ==
        "AttributeError: 'Plain' object has no attribute 'name'");
  fill();
  const Ref<> kept = share(shelf.at(0));
  set_attribute(shelf.at(0), *rt.str("name"), shelf.at(1));
  CHECK(shown(kept.attr("name")) == "[7]");
}

TEST_CASE("an iterator is held while its sequence's method drops the last other handle",
          "[foreign-code][law-iterator-holds]") {
  Fixture fixture(debug_options());
  Runtime& rt = fixture.rt;
  Shelf shelf(rt);
  Defined sequence(rt, "Sequence");
  sequence("__getitem__", [&shelf](Object&, std::int64_t position) -> Ref<> {
    shelf.empty();
    if (position > 0) raise(ErrorKind::kIndexError, "");
    return shelf.rt.list(position);
  });
  shelf.put(iterate(*sequence.make()));
  CHECK(shown(next(shelf.at(0))) == "[0]");
  const Ref<> iterator = iterate(*sequence.make());
  static_cast<void>(next(*iterator));
  shelf.put(iterator);
  CHECK(!next(*iterator));
  CHECK(!next(*iterator));
}

}  // namespace ouro::test
