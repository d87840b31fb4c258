// What code of metaclasses and of bases may do while a class is made or gets other bases.
#include <ouro/objects/classes/generic_alias.h>
#include <ouro/objects/classes/metaclass.h>
#include <ouro/objects/modules/cell.h>

#include <objects/classes/class_scene.h>
#include <objects/world.h>

namespace ouro::test {

namespace {

TEST_CASE("what a class is made from is looked at in the order of CPython", "[classes][metaclass][differential]") {
  compare_classes({
      "type('A', (list[int],), {})",
      "E = type('E', (), {'__mro_entries__': given})",
      "type('A', (E(),), {})",
      "type('A', (5, E()), {})",
      "type('A', (), {'__classcell__': 5})",
      "type('A', (), {'x': 1, '__slots__': ('x', 5)})",
      "type('A', (), {'x': 1, '__slots__': ('x', 'y z')})",
      "type('A', (), {'x': 1, '__slots__': ('x', '__dict__', '__dict__')})",
      "Q = type('Q', (type,), {'__init__': fails})",
      "q = type.__new__(Q, 'q', (), {})",
      "type('r', (q,), {})",
      "type.__call__(type, 'r', (q,), {})",
      "list[int].__typing_unpacked_tuple_args__",
  });
}

/// A metaclass whose `mro` is native code.
template <class F>
Ref<Class> with_order(Runtime& rt, F mro, const Ref<>& kept) {
  const Ref<Class> meta = rt.new_class("M", {&rt.builtins().type(Kind::kType)});
  meta.attr("mro") = make_function(rt.builtins(), "mro", mro, kept);
  return meta;
}

TEST_CASE("a class hears of changes of those that only its metaclass put into its MRO", "[classes][metaclass]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Builtins& b = rt.builtins();
  const auto number = [&](int value) { return make_function(b, "__len__(self)", [value](Object&) { return value; }); };
  const auto above = rt.new_class("Above");
  const auto other = rt.new_class("Other", {above.get()});
  other.attr("__len__") = number(7);
  const auto meta = with_order(
      rt,
      [](Object& beside, Object& cls) {
        return make_tuple(builtins_of(cls), {&cls, &beside, &builtins_of(cls).type(Kind::kObject)});
      },
      Ref<>(other));
  const Ref<> type = make_class(b, ClassStatement{.name = "A", .metaclass = meta.get()});
  Object* const bases[] = {type.get()};
  const Ref<> below = make_class(b, ClassStatement{.name = "B", .bases = bases});
  const Ref<> object = below();
  CHECK(length(*type()) == 7);
  other.attr("x") = 1;
  CHECK(type.attr("x") == 1);
  other.attr("x") = 2;
  CHECK(type.attr("x") == 2);
  other.attr("__len__") = number(8);  // the old one is gone
  CHECK(length(*type()) == 8);
  other.attr("__len__").erase();
  CHECK(error_of([&] { return length(*type()); }) == "TypeError: object of type 'A' has no len()");
  CHECK(shown(other.attr("__subclasses__")()) == "[]");
  CHECK(object->type == below.get());
  fixture.verify();
}

TEST_CASE("code that says an MRO may set other bases meanwhile", "[classes][metaclass]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Builtins& b = rt.builtins();
  const auto one = rt.new_class("One");
  const auto two = rt.new_class("Two");
  const auto three = rt.new_class("Three");
  const Ref<List> waiting = rt.list();
  const auto set_and_say = [](Object& bases, Object& cls) {
    auto& list = static_cast<List&>(bases);
    if (list.size != 0) set_attribute(cls, *intern(builtins_of(cls), "__bases__"), *list.pop());
    Object* const argument = &cls;
    return call_method(builtins_of(cls).type(Kind::kType), *intern(builtins_of(cls), "mro"), {{&argument, 1}, {}, {}});
  };
  const auto meta = with_order(rt, set_and_say, Ref<>(waiting));
  Object* const bases[] = {one.get()};
  const Ref<> type = make_class(b, ClassStatement{.name = "A", .bases = bases, .metaclass = meta.get()});
  Object* const above[] = {type.get()};
  const Ref<> below = make_class(b, ClassStatement{.name = "B", .bases = above});
  waiting->append(*rt.tuple(two, three, one));
  type.attr("__bases__") = rt.tuple(two);  // while this looks for an MRO, the other three are set
  CHECK(length(*type.attr("__bases__").get()) == 3);
  CHECK(length(*type.attr("__mro__").get()) == 5);
  CHECK(length(*below.attr("__mro__").get()) == 6);
  for (const auto& base : {one, two, three}) CHECK(length(*base.attr("__subclasses__")()) == 1);
  waiting->append(*rt.tuple(three));
  const Ref<> made = make_class(b, ClassStatement{.name = "C", .bases = bases, .metaclass = meta.get()});
  CHECK(shown(made.attr("__bases__").get()) == "(<class '__main__.Three'>,)");
  CHECK(length(*made.attr("__mro__").get()) == 3);
  fixture.verify();
}

TEST_CASE("a class statement may have objects among its bases that stand for classes", "[classes][metaclass]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Builtins& b = rt.builtins();
  const Ref<> alias = make_generic_alias(b.type(Kind::kList), b.type(Kind::kInt));
  Object* const bases[] = {alias.get()};
  const Ref<> type = make_class(b, ClassStatement{.name = "Ints", .bases = bases});
  CHECK(shown(type.attr("__bases__").get()) == "(<class 'list'>,)");
  CHECK(shown(type.attr("__orig_bases__").get()) == "(list[int],)");
  CHECK(make_class(b, "Ints", bases)->base == &b.type(Kind::kList));
  const auto wrong = rt.new_class("Wrong");
  wrong.attr("__mro_entries__") = make_function(b, "__mro_entries__(self, bases)", [](Object&, Object&) { return 5; });
  const Ref<> object = wrong();
  Object* const others[] = {object.get()};
  CHECK(error_of([&] { return make_class(b, ClassStatement{.name = "A", .bases = others}); }) ==
        "TypeError: __mro_entries__ must return a tuple");
}

TEST_CASE("the cell of a class gets the class", "[classes][metaclass]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Cell> cell = make_cell(rt.builtins());
  const Ref<Dict> body = rt.dict();
  body->set("__classcell__", *cell);
  const Ref<Class> type = make_class(rt.builtins(), "A", {}, body.get());
  CHECK(&cell->get() == type.get());
  CHECK(static_cast<Dict&>(*type->attributes).find("__classcell__") == nullptr);
  cell->clear();
}

}  // namespace

}  // namespace ouro::test
