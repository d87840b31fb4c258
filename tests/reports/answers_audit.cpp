// Answers that were other than CPython 3.11's, each compared with it.
#include <ouro/objects/core/aggregate.h>
#include <ouro/objects/text/str_methods.h>
#include <ouro/objects/weak/weak_collections.h>
#include <ouro/runtime/sync/classes.h>

#include <reports/defined_class.h>

namespace ouro::test {

TEST_CASE("tuples of different lengths are compared item by item, lists are not", "[answers]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Defined type(rt, "Raises");
  type("__eq__", [](Object&, Object&) -> bool { raise(ErrorKind::kValueError, "asked"); });
  const Ref<> a = type.make();
  const Ref<> b = type.make();
  CHECK(error_of([&] { return rt.tuple(a) == rt.tuple(b, 1); }) == "ValueError: asked");
  CHECK_FALSE(rt.list(a) == rt.list(b, 1));
  CHECK_FALSE(rt.tuple(1) == rt.tuple(1, 2));
  CHECK(rt.tuple(1) < rt.tuple(1, 2));
}

TEST_CASE("what stands where two lists differed decides, and their lengths if nothing does", "[answers]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<List> left = rt.list();
  const Ref<List> right = rt.list();
  Defined clears(rt, "Clears");
  clears("__eq__", [&](Object&, Object&) { return left->clear(), right->clear(), false; });
  left->append(clears.make());
  right->append(clears.make());
  CHECK(left == right);
  Defined replaces(rt, "Replaces");
  replaces("__eq__", [&](Object&, Object&) {
    left->set(0, *rt.from(1));
    right->set(0, *rt.from(2));
    return false;
  });
  left->append(replaces.make());
  right->append(replaces.make());
  CHECK(left < right);
}

TEST_CASE("a search sees what is appended while it goes on", "[answers]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<List> list = rt.list();
  Defined appends(rt, "Appends");
  appends("__eq__", [&](Object&, Object&) {
    if (list->size < 5) list->append(*rt.from(7));
    return false;
  });
  list->append(appends.make());
  CHECK(list->index(*rt.from(7)) == 1);
  CHECK(error_of([&] { return list->index(*rt.from(8), -100, -1); }) == "ValueError: 8 is not in list");
}

TEST_CASE("a length is asked for before the items are, and a hint must be one", "[answers]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Defined fails(rt, "Fails");
  fails("__len__", [](Object&) -> int { raise(ErrorKind::kValueError, "asked"); });
  fails("__iter__", [&rt](Object&) { return iterate(*rt.list(1)); });
  const Ref<> object = fails.make();
  CHECK(error_of([&] { return list_from(*object); }) == "ValueError: asked");
  CHECK(error_of([&] { return tuple_from(*object); }) == "ValueError: asked");
  // It is the iterator of what is joined that is asked, as in CPython.
  CHECK(shown(join(*rt.str(","), *rt.list(rt.str("a"), rt.str("b")))) == "'a,b'");
  fails("__len__", [](Object&) -> int { raise(ErrorKind::kTypeError, "passed over"); });
  CHECK(shown(list_from(*object)) == "[1]");
  Defined hints(rt, "Hints");
  hints("__iter__", [&rt](Object&) { return iterate(*rt.list(1)); });
  hints("__length_hint__", [](Object&) { return "x"; });
  CHECK(error_of([&] { return list_from(*hints.make()); }) == "TypeError: __length_hint__ must be an integer, not str");
  hints("__length_hint__", [](Object&) { return -1; });
  CHECK(error_of([&] { return list_from(*hints.make()); }) == "ValueError: __length_hint__() should return >= 0");
  hints("__length_hint__", [](Object&) { return 100; });
  CHECK(shown(list_from(*hints.make())) == "[1]");
}

TEST_CASE("str and index say what their special methods must return", "[answers]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Defined type(rt, "A");
  type("__repr__", [](Object&) { return 5; })("__index__", [](Object&) { return true; });
  const Ref<> a = type.make();
  CHECK(error_of([&] { return str(*a); }) == "TypeError: __str__ returned non-string (type int)");
  CHECK(error_of([&] { return repr(*a); }) == "TypeError: __repr__ returned non-string (type int)");
  CHECK(shown(index(*a)) == "1");
}

TEST_CASE("errors come in CPython's order and in its words", "[answers]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  CHECK(error_of([&] {
          return rt.list(1)->set_slice({{}, {}, 0}, *rt.from(5)), 0;
        }) == "ValueError: slice step cannot be zero");
  CHECK(error_of([&] { return sum(*rt.from(5), rt.str("a").get()); }) == "TypeError: 'int' object is not iterable");
  const auto item_errors = [&](const Ref<>& object, const Ref<>& key) {
    return error_of([&] { return set_item(*object, *key, *key), 0; }) + "; " +
           error_of([&] { return delete_item(*object, *key), 0; });
  };
  CHECK(
      item_errors(rt.tuple(1), rt.from(0)) ==
      "TypeError: 'tuple' object does not support item assignment; TypeError: 'tuple' object doesn't support item deletion");
  CHECK(item_errors(rt.tuple(1), rt.str("a")) ==
        "TypeError: 'tuple' object does not support item assignment; TypeError: 'tuple' object does not support item "
        "deletion");
  CHECK(item_errors(rt.from(5), rt.from(0)) ==
        "TypeError: 'int' object does not support item assignment; TypeError: 'int' object does not support item deletion");
  Defined type(rt, "A");
  type("__index__", [](Object&) -> int { raise(ErrorKind::kValueError, "asked"); });
  CHECK(item_errors(rt.tuple(1), type.make()) == "ValueError: asked; ValueError: asked");
}

TEST_CASE("a text that would be too long for its length is an OverflowError, one too long for memory a MemoryError",
          "[answers]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  constexpr std::int64_t kHuge = std::int64_t{1} << 62;
  CHECK(error_of([&] { return repeat(*rt.str("ab"), kHuge); }) == "OverflowError: repeated string is too long");
  CHECK(error_of([&] { return repeat(*rt.str("a"), kHuge); }).starts_with("MemoryError"));
  CHECK(error_of([&] { return rt.list(1, 2)->repeat(kHuge); }).starts_with("MemoryError"));
}

TEST_CASE("None is no key function", "[answers]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<List> list = rt.list(3, 1, 2);
  CHECK(min_of(*list, rt.none().get()).is(*rt.from(1)));
  list->sort(rt.none().get());
  CHECK(shown(list) == "[1, 2, 3]");
}

TEST_CASE("a weak dictionary equals a dict of the same entries", "[answers]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> value = rt.new_class("Value")();
  const Ref<WeakValues> values = make_weak_values(rt.builtins());
  values->set(*rt.str("a"), *value);
  const Ref<WeakKeys> keys = make_weak_keys(rt.builtins());
  keys->set(*value, *rt.from(1));
  CHECK(values == rt.dict({{"a", value}}));
  CHECK(rt.dict({{"a", value}}) == values);
  CHECK(values != rt.dict());
  CHECK(keys == rt.dict({{value, 1}}));
  CHECK(values != rt.list());
}

TEST_CASE("a loop over weak values, unlike setdefault, takes dead entries out first", "[answers]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Value");
  const Ref<WeakValues> values = make_weak_values(rt.builtins());
  Ref<> first = type();
  Ref<> second = type();
  values->set(*rt.from(1), *first);
  values->set(*rt.from(2), *second);
  WeakLoop outer(*values);
  REQUIRE(outer.next());
  second.reset();
  CHECK(values->set_default(*rt.from(1), *first).is(first));
  CHECK(values->data != nullptr);
  CHECK(values->entries().size == 2);
  {
    const WeakLoop inner(*values);
    CHECK(values->entries().size == 1);
  }
  CHECK(error_of([&] { return outer.next().has_value(); }) == "RuntimeError: dictionary changed size during iteration");
}

TEST_CASE("nobody looks at the timeout of a queue without a limit", "[answers]") {
  Fixture fixture;
  const sync::Classes sync(fixture.rt);
  for (const Ref<>& queue : {sync.queue(), sync.simple_queue()}) {
    static_cast<void>(queue.attr("put")(1, true, -1.0));
    CHECK(queue.attr("get")() == 1);
    CHECK(error_of([&] { return queue.attr("get")(true, -1.0); }) == "ValueError: 'timeout' must be a non-negative number");
  }
}

TEST_CASE("wait_for asks once more after it has waited no time", "[answers]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const sync::Classes sync(rt);
  const Ref<> condition = sync.condition();
  int asked = 0;
  const auto predicate = make_function(rt.builtins(), "predicate", [&asked] { return ++asked == 3; });
  CHECK(error_of([&] { return condition.attr("wait_for")(predicate, 0.0); }) ==
        "RuntimeError: cannot wait on un-acquired lock");
  static_cast<void>(condition.attr("acquire")());
  asked = 0;
  CHECK(condition.attr("wait_for")(predicate, 0.0) == false);
  CHECK(asked == 2);
  CHECK(condition.attr("wait_for")(predicate, 0.0) == true);
  static_cast<void>(condition.attr("release")());
}

}  // namespace ouro::test
