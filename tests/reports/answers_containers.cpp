// Answers that were not CPython 3.11's: names, errors and what is asked in which order.
#include <ouro/objects/containers/iterator.h>
#include <support/fixture.h>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

namespace {

std::string type_of(const Ref<>& object) { return std::string(object->type->name); }

/// A class whose special methods answer with one value each: `answering(rt, {{"__int__", rt.from(true)}})()`.
Ref<> answering(Runtime& rt, std::initializer_list<std::pair<std::string_view, Ref<>>> answers) {
  const auto type = rt.new_class("A");
  for (const auto& [name, answer] : answers)
    type.attr(name) = make_function(
        rt.builtins(), name, [](Object& kept, Object&) { return share(kept); }, answer);
  return type();
}

}  // namespace

TEST_CASE("Iterators and views have CPython's type names") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto dict = rt.dict({{"a", 1}});
  CHECK(type_of(iterate(*rt.list(1))) == "list_iterator");
  CHECK(type_of(iterate(*rt.tuple(1))) == "tuple_iterator");
  CHECK(type_of(iterate(*rt.from("abc"))) == "str_ascii_iterator");
  CHECK(type_of(iterate(*rt.from("\u00e9"))) == "str_iterator");
  CHECK(type_of(iterate(*dict)) == "dict_keyiterator");
  CHECK(type_of(iterate(*dict->keys())) == "dict_keyiterator");
  CHECK(type_of(iterate(*dict->values())) == "dict_valueiterator");
  CHECK(type_of(iterate(*dict->items())) == "dict_itemiterator");
  CHECK(type_of(dict->keys()) == "dict_keys");
  CHECK(type_of(dict->values()) == "dict_values");
  CHECK(type_of(dict->items()) == "dict_items");
  const auto type = rt.new_class("S");
  type.attr("__getitem__") =
      make_function(rt.builtins(), "__getitem__", [](Object&, Object& index) { return share(index); });
  CHECK(type_of(iterate(*type())) == "iterator");
  CHECK_THAT(shown(*iterate(*rt.list())), StartsWith("<list_iterator object at 0x"));
}

TEST_CASE("Iterators and a dict's values hash by identity, its keys and items do not hash") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto dict = rt.dict({{"a", 1}});
  for (const Ref<>& object : {Ref<>(dict->values()), iterate(*dict), iterate(*rt.list()), iterate(*rt.from("a"))}) {
    CHECK(hash(*object) == hash(*object));
    CHECK(rt.dict({{object, 1}})->contains(*object));
  }
  CHECK(error_of([&] { return hash(*dict->keys()); }) == "TypeError: unhashable type: 'dict_keys'");
  CHECK(error_of([&] { return hash(*dict->items()); }) == "TypeError: unhashable type: 'dict_items'");
}

TEST_CASE("An empty dict hashes nothing when a key is popped") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> list = rt.list();
  CHECK(rt.dict()->pop(*list, *rt.from(7))->type == rt.from(7)->type);
  CHECK(error_of([&] { return rt.dict()->pop(*list); }) == "KeyError: []");
  const std::string unhashable = "TypeError: unhashable type: 'list'";
  CHECK(error_of([&] { return rt.dict({{1, 1}})->pop(*list, *list); }) == unhashable);
  CHECK(error_of([&] { return rt.dict()->contains(*list); }) == unhashable);
  CHECK(error_of([&] { return delete_item(*rt.dict(), *list), 0; }) == unhashable);
}

TEST_CASE("int() and an index of what answers True are 1") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> type = share<Object>(rt.builtins().type(Kind::kInt));
  CHECK(shown(*type(answering(rt, {{"__int__", rt.from(true)}}))) == "1");
  CHECK(shown(*type(answering(rt, {{"__index__", rt.from(true)}}))) == "1");
  CHECK(shown(*get_item(*rt.list(5, 6), *answering(rt, {{"__index__", rt.from(true)}}))) == "6");
  CHECK(error_of([&] {
          return type(answering(rt, {{"__int__", rt.from("a")}}));
        }) == "TypeError: __int__ returned non-int (type str)");
  CHECK(error_of([&] {
          return type(answering(rt, {{"__index__", rt.from("a")}}));
        }) == "TypeError: __index__ returned non-int (type str)");
}

TEST_CASE("A dict takes the pairs of whatever has keys and items") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("M");
  Ref<> keys = rt.from("ab");
  type.attr("keys") = make_function(rt.builtins(), "keys", [&](Object&) { return keys; });
  type.attr("__getitem__") = make_function(rt.builtins(), "__getitem__", [](Object&, Object& key) { return share(key); });
  CHECK(shown(*dict_from(*type())) == "{'a': 'a', 'b': 'b'}");
  keys = rt.from(5);
  CHECK(error_of([&] { return dict_from(*type()); }) == "TypeError: M.keys() returned a non-iterable (type int)");
}
