// types.GenericAlias: what CPython says of it line by line, and what it holds.
#include <ouro/objects/classes/generic_alias.h>

#include <objects/classes/class_scene.h>
#include <objects/world.h>

namespace ouro::test {

namespace {

TEST_CASE("an alias of a type with arguments does what CPython's does", "[classes][alias][differential]") {
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  add_class_names(fixture.rt, evaluator);
  evaluator.name("GenericAlias", share<Object>(fixture.rt.builtins().type(Kind::kGenericAlias)), "types.GenericAlias");
  compare_lines_with_python(evaluator, {"a = list[int]",
                                        "a",
                                        "list[int, str]",
                                        "list[()]",
                                        "list[...]",
                                        "list['x']",
                                        "dict[str, list[int]]",
                                        "list[None]",
                                        "list[[int]]",
                                        "list[[int, str], 3]",
                                        "tuple[int, ...]",
                                        "type[int]",
                                        "A = type('A', (), {'__init__': ignore})",
                                        "list[A]",
                                        "a.__origin__, a.__args__, a.__parameters__, a.__unpacked__",
                                        "a.append",
                                        "a.__name__, a.__qualname__, a.__module__",
                                        "a.__class__",
                                        "a()",
                                        "a([1])",
                                        "a(1, 2)",
                                        "a[int]",
                                        "GenericAlias(list, int)",
                                        "GenericAlias(list, (int, str))",
                                        "GenericAlias(list, ())",
                                        "GenericAlias(5, int)",
                                        "GenericAlias()",
                                        "GenericAlias(1)",
                                        "GenericAlias(list, int, x=1)",
                                        "a == list[int], a == list[str], a == list, a != list[int]",
                                        "hash(a) == hash(list[int])",
                                        "a < a",
                                        "a.__instancecheck__",
                                        "GenericAlias.__instancecheck__(a, 5)",
                                        "GenericAlias.__subclasscheck__(a, int)",
                                        "a.__mro_entries__(1)",
                                        "a.__reduce__()",
                                        "next(iter(a))",
                                        "next(iter(a)) == a",
                                        "next(iter(next(iter(a))))",
                                        "a.x",
                                        "a.x = 1",
                                        "a.__origin__ = 1",
                                        "del a.foo",
                                        "A[int]",
                                        "GenericAlias(A, int)",
                                        "GenericAlias(A, int)().__orig_class__",
                                        "GenericAlias(int, str)(5)",
                                        "GenericAlias(int, str)('x')",
                                        "len(a)",
                                        "dict[int]",
                                        "GenericAlias(list, [int])",
                                        "list[int].fromkeys",
                                        "dict[int, str].fromkeys([1])",
                                        "list.__class_getitem__(int)",
                                        "list.__class_getitem__()",
                                        "list.__class_getitem__.__doc__",
                                        "list[GenericAlias(int, (3,))]",
                                        "list[type(None)]",
                                        "int[int]",
                                        "object[int]",
                                        "type('X', (), {'__class_getitem__': given})[3]",
                                        "type('X', (), {'__class_getitem__': told})[3, 4]",
                                        "type('X', (), {'__class_getitem__': None})[3]",
                                        "type('X', (type,), {'__getitem__': told})('Y', (), {})[3]",
                                        "type('X', (list,), {})[int]",
                                        "a.__args__ is a.__args__",
                                        "mappingproxy[int]",
                                        "set[int], frozenset[int], BaseExceptionGroup[int]",
                                        "V = type('V', (), {'__typing_subst__': told})",
                                        "v = V()",
                                        "list[v].__parameters__ == (v,)",
                                        "list[v][int].__args__",
                                        "dict[v, int][str].__args__",
                                        "dict[str, list[v]][int].__args__",
                                        "dict[v, v].__parameters__ == (v,)",
                                        "G = type('G', (GenericAlias,), {'more': 5})",
                                        "G(list, int)",
                                        "GenericAlias.__doc__",
                                        "{list[int]: 1}[list[int]]"});
}

TEST_CASE("aliases are found by the collector, and made without memory", "[classes][alias]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Builtins& b = rt.builtins();
  const Ref<> list = rt.list();
  fail_each_allocation(b.heap, [&] { static_cast<void>(make_generic_alias(*list->type, *list)); });
  const Ref<> alias = make_generic_alias(*list->type, *list);
  CHECK_FALSE(is_immortal(*alias));
  static_cast<List&>(*list).append(*alias);
  fail_each_allocation(b.heap, [&] { static_cast<void>(get_attribute(*alias, *intern(b, "__parameters__"))); });
}

}  // namespace

}  // namespace ouro::test
