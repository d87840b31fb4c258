// Unions of types, `int | str`, beside CPython's; and what foreign code may do meanwhile.
#include <ouro/objects/classes/union_type.h>
#include <ouro/objects/operations/builtin_functions.h>
#include <support/evaluator.h>
#include <support/fixture.h>
#include <support/python.h>

namespace ouro::test {

namespace {

const std::vector<std::string> kParts{
    "int",  "str",    "None", "bool", "A",   "list[int]", "dict[str, A]", "(int | str)", "(None | A)", "(list[int] | A)",
    "type", "object", "1",    "'a'",  "...", "[int]",     "A()"};

}  // namespace

TEST_CASE("unions of types are made, compared, shown and asked as CPython's are", "[union]") {
  if (!have_python_or_skip()) return;
  Fixture test;
  Evaluator evaluator(test.rt.builtins());
  evaluator.name("A", test.rt.new_class("A"), "class A: pass\n");
  evaluator.name("UnionType", share<Object>(test.rt.type<UnionType>()), "from types import UnionType");
  evaluator.name(
      "hashes",
      make_function(test.rt.builtins(), "hashes", [](Object& one, Object& other) { return hash(one) == hash(other); }),
      "def hashes(one, other): return hash(one) == hash(other)\n");
  std::vector<std::string> lines{
      "UnionType()",
      "UnionType",
      "UnionType.__doc__",
      "(int | str).__module__",
      "(int | str).__qualname__",
      "(int | str).__origin__",
      "(int | str)()",
      "(int | str)[int]",
      "(int | list[int])[str]",
      "type(int | str)",
      "(int | str) < 1",
      "(int | str).x",
      "setattr(int | str, 'x', 1)",
      "delattr(int | str, '__args__')",
      "type.__or__(int, str)",
      "type.__or__(int, 1)",
      "type.__ror__(int, str)",
      "int.__or__(1)",
      "list.__or__(int)",
      "(int | str).__or__(1)",
      "bool(int | str)",
      "isinstance(1, (str, int | None))",
      "isinstance(1, int | list[int])",
      "isinstance(1, list[int] | int)",
      "issubclass(1, int | str)",
      "issubclass(int, list[int] | int)",
      "len(int | str)",
      "iter(int | str)",
      "hashes(int | str, str | int)",
      "hashes(int | list[int], list[int] | int)",
      "{int | str: 1}[str | int]",
      "(int | str).__reduce_ex__(4)",
  };
  for (const std::string& left : kParts) {
    for (const std::string& right : kParts) {
      lines.push_back(left + " | " + right);
      lines.push_back("u = int | " + right);
      lines.push_back("u == (" + left + " | " + right + ")");
      lines.push_back("isinstance(" + left + ", u)");
      lines.push_back("issubclass(" + left + ", u)");
    }
    lines.push_back("(int | " + left + ").__args__");
    lines.push_back("(" + left + " | str).__parameters__");
  }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("a union of parts given by C++ is flat, and one part is itself", "[union]") {
  Fixture test;
  Runtime& rt = test.rt;
  const Ref<> integer = share<Object>(rt.type<Int>()), text = share<Object>(rt.type<Str>());
  const Ref<> both = make_union(rt.builtins(), std::array{integer.get(), text.get(), &rt.builtins().none()});
  CHECK(shown(*both) == "int | str | None");
  CHECK(make_union(rt.builtins(), std::array{integer.get()}).is(*integer));
  CHECK(make_union(rt.builtins(), std::array{integer.get(), integer.get()}).is(*integer));
  CHECK(error_of([&] { static_cast<void>(make_union(rt.builtins(), {})); }) == "TypeError: a union has one part at least");
  CHECK(is_instance_of(*rt.from("x"), *both));
  CHECK_FALSE(is_instance_of(*rt.from(1.5), *both));
}

TEST_CASE("arguments of aliases that change what is compared do no harm to a union", "[union]") {
  Fixture test;
  Runtime& rt = test.rt;
  const Ref<Class> type = rt.new_class("Odd");
  std::vector<Ref<>> kept;
  type.attr("__eq__") = make_function(rt.builtins(), "__eq__", [&kept](Object&, Object&) {
    kept.clear();  // the last handles to what is compared
    return false;
  });
  type.attr("__hash__") = make_function(rt.builtins(), "__hash__", [](Object&) { return 1; });
  Object& list = rt.type<List>();
  kept.push_back(get_item(list, *type()));
  kept.push_back(get_item(list, *type()));
  Object& left = *kept[0];
  Object& right = *kept[1];
  const Ref<> made = apply(Operator::kBitOr, left, right);
  CHECK(shown(*made).starts_with("list[<__main__.Odd object"));
  CHECK(kept.empty());
}

TEST_CASE("a class that is a part of a union dies with it, cycles included", "[union]") {
  Fixture test;
  Runtime& rt = test.rt;
  Ref<Class> type = rt.new_class("Part");
  const Ref<> weak = make_weakref(*type);
  type.attr("either") = Ref<>(apply(Operator::kBitOr, *type, rt.type<Int>()));
  type.reset();
  rt.gc().collect();
  CHECK(shown(*weak).find("dead") != std::string::npos);
}

}  // namespace ouro::test
