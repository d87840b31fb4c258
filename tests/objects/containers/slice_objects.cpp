// slice and Ellipsis beside CPython's, line by line, and what is their own.
#include <ouro/objects/containers/range.h>
#include <ouro/objects/containers/slice_object.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/messages/message.h>
#include <support/evaluator.h>
#include <support/fixture.h>
#include <support/python.h>
#include <support/tries.h>

#include <random>
#include <string>
#include <vector>

#include <objects/world.h>

namespace ouro::test {

namespace {

/// `five` is no int, but has an `__index__`; `bad` has one that fails.
void name_indexes(Evaluator& evaluator) {
  Builtins& builtins = evaluator.builtins();
  const Ref<Class> five = make_class(builtins, "Five");
  define(five, "__index__(self)", [](Object&) { return 5; });
  evaluator.name("five", call(*five, {}), "class Five:\n  def __index__(self): return 5\nfive = Five()");
  const Ref<Class> bad = make_class(builtins, "Bad");
  define(bad, "__index__(self)", [](Object&) -> int { raise(ErrorKind::kOSError, "no index"); });
  evaluator.name("bad", call(*bad, {}), "class Bad:\n  def __index__(self): raise OSError('no index')\nbad = Bad()");
}

/// What a slice may be made of, odd things among it.
const std::vector<std::string> kBounds{"None", "0",   "1",  "2",   "3",    "5",    "9",      "10",   "11",
                                       "-1",   "-2",  "-5", "-10", "-11",  "True", "10**30", "five", "bad",
                                       "'a'",  "1.5", "-9", "8",   "None", "None", "-10**30"};

class Lines {
 public:
  explicit Lines(unsigned seed) : random_(seed) {}
  [[nodiscard]] const std::string& any_of(const std::vector<std::string>& from) { return from[random_() % from.size()]; }
  [[nodiscard]] std::string any_slice() {
    const std::size_t parts = random_() % 8;
    std::string made = "slice(" + any_of(kBounds);
    if (parts > 0) made += ", " + any_of(kBounds);
    if (parts > 2) made += ", " + any_of(kBounds);
    return made + ")";
  }

 private:
  std::mt19937 random_;
};

const std::vector<std::string> kSequences{"[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]",
                                          "(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)",
                                          "'0123456789'",
                                          "'\303\244\303\266\303\274456789'",
                                          "range(10)",
                                          "range(-3, 50, 7)",
                                          "range(5, -5, -1)",
                                          "range(10**30)",
                                          "range(0, 10**20, 10**19)",
                                          "[]",
                                          "()",
                                          "''",
                                          "[1]",
                                          "(1,)",
                                          "range(0)"};

}  // namespace

TEST_CASE("a sequence gives the part that CPython's gives for a slice, or its error", "[iterators]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  name_indexes(evaluator);
  Lines any(1);
  std::vector<std::string> lines;
  for (int i = 0; i < tries(4000); ++i) lines.push_back(any.any_of(kSequences) + "[" + any.any_slice() + "]");
  for (const std::string& sequence : kSequences)
    for (const char* const part :
         {"[:]", "[1:]", "[:-1]", "[::2]", "[::-1]", "[1:2:3]", "[5:2:-1]", "['a']", "[None]", "[1.5]", "[...]"})
      lines.push_back(sequence + part);
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("a part of a list is replaced and deleted as CPython does", "[iterators]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  name_indexes(evaluator);
  Lines any(2);
  const std::vector<std::string> values{"[]",   "[7]",    "'ab'",         "(1, 2, 3)", "range(5)", "1",
                                        "None", "{1: 2}", "iter([8, 9])", "a",         "[a]",      "a[1:3]"};
  std::vector<std::string> lines;
  for (int i = 0; i < tries(1500); ++i) {
    if (i % 4 == 0) lines.push_back("a = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]");
    const std::string target = "a[" + any.any_slice() + "]";
    lines.push_back(i % 3 == 0 ? "del " + target : target + " = " + any.any_of(values));
    lines.push_back("a");
  }
  for (const char* const sequence : {"(1, 2)", "'ab'", "range(3)"}) {
    lines.push_back("a = " + std::string(sequence));
    for (const char* const line : {"a[:] = 1", "del a[:]", "a[0] = 1", "del a[0]"}) lines.emplace_back(line);
  }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("a slice is made, shown, compared and asked for its indices as CPython's is", "[iterators]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  name_indexes(evaluator);
  Lines any(3);
  std::vector<std::string> lines{"slice()",
                                 "slice(1, 2, 3, 4)",
                                 "slice(a=1)",
                                 "hash(slice(1))",
                                 "slice(1).start",
                                 "slice(1).stop",
                                 "slice(1).step",
                                 "slice(1).indices",
                                 "slice",
                                 "slice.indices",
                                 "slice(1).x",
                                 "slice([1, 'a'])",
                                 "slice.__doc__",
                                 "bool(slice(0))",
                                 "slice(1) == 1",
                                 "slice(1) < 1",
                                 "slice(1).__hash__",
                                 "{slice(1): 2}",
                                 "dir(slice)[-4:]",
                                 "iter(slice(1))",
                                 "a = slice(2)",
                                 "a == a",
                                 "a <= a",
                                 "a < a",
                                 "a != a",
                                 "a.start = 1",
                                 "del a.stop",
                                 "len(a)",
                                 "a[0]",
                                 "a + a",
                                 "slice.indices()",
                                 "a.indices()",
                                 "a.indices(1, 2)",
                                 "a.indices(length=1)",
                                 "slice.indices(1, 2)",
                                 "slice.start",
                                 "type(a)",
                                 "a.__eq__(1)",
                                 "a.__eq__(slice(2))",
                                 "a.__lt__(slice(3))"};
  const std::vector<std::string> lengths{"0", "1", "10", "-1", "10**30", "True", "'a'", "five", "bad", "None", "2.5"};
  const std::vector<std::string> signs{"==", "!=", "<", "<=", ">", ">="};
  for (int i = 0; i < tries(2000); ++i) {
    lines.push_back(any.any_slice() + ".indices(" + any.any_of(lengths) + ")");
    if (i % 4 == 0) lines.push_back(any.any_slice() + " " + any.any_of(signs) + " " + any.any_slice());
  }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("Ellipsis is CPython's", "[iterators]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  compare_lines_with_python(evaluator, {"...", "Ellipsis", "type(...)", "type(...)()", "type(...)(1)", "type(...)(a=1)",
                                        "... is Ellipsis", "... == 1", "... < ...", "bool(...)", "{...: 1}", "str(...)",
                                        "....x", "[...]", "... + 1", "....__class__", "type(...)() is ...", "(...)()"});
}

TEST_CASE("an __index__ that changes the list is run before the list is asked for its length", "[iterators]") {
  Fixture fixture;
  Builtins& builtins = fixture.rt.builtins();
  const Ref<List> list = make_list(builtins);
  for (int i = 0; i < 10; ++i) list->append(*make_int(builtins, i));
  const Ref<Class> type = make_class(builtins, "Shrinks");
  type.attr("__index__") = make_function(
      builtins, "__index__",
      [](List& changed, Object&) {
        changed.clear();
        return 2;
      },
      list);
  const Ref<> bound = call(*type, {});
  Object& none = builtins.none();
  CHECK(shown(*get_item(*list, *make_slice(*bound, none, none))) == "[]");
  list->append(*make_int(builtins, 1));
  set_item(*list, *make_slice(*bound, none, none), *make_list(builtins, {&none}));
  CHECK(shown(list) == "[None]");
  list->append(none);
  delete_item(*list, *make_slice(none, *bound, none));
  CHECK(shown(list) == "[]");
  type.attr("__index__") = builtins.none();
}

TEST_CASE("a slice of plain values is not watched by the collector; one of a list that holds it is collected",
          "[iterators]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  {
    const Ref<List> list = make_list(rt.builtins());
    list->append(*make_slice(*list, rt.builtins().none(), *list));
  }
  const Ref<SliceObject> plain = make_slice(rt.builtins(), {1, {}, 2});
  CHECK(shown(plain) == "slice(1, None, 2)");
  CHECK(shown(make_slice(rt.builtins(), {{}, 3})) == "slice(None, 3, None)");
  rt.gc().collect();
  CHECK_FALSE(rt.heap().tracking.is_tracked(*plain));
}

TEST_CASE("a slice and Ellipsis go into a message", "[iterators]") {
  Fixture fixture;
  Builtins& builtins = fixture.rt.builtins();
  const Ref<List> list = make_list(builtins);
  const Ref<SliceObject> slice = make_slice(*list, builtins.none(), builtins.ellipsis());
  list->append(*slice);
  list->append(*slice);
  const Message message(list);
  list->clear();
  Runtime other;
  const Ref<> copy = message.unpack(other.builtins());
  CHECK(shown(*copy) == "[slice([...], None, Ellipsis), slice([...], None, Ellipsis)]");
  static_cast<List&>(*copy).clear();
}

TEST_CASE("making and using a slice survives a lack of memory", "[iterators]") {
  World world;
  Builtins& builtins = world.builtins;
  const Ref<> big = int_from_text(builtins, "1" + std::string(30, '0'));
  const Ref<List> list = make_list(builtins, {big.get(), big.get(), big.get()});
  const Ref<SliceObject> slice = make_slice(*make_int(builtins, 1), *big, builtins.none());
  const Ref<Range> range = make_range(builtins, 1000, 2000, 3);
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(make_slice(*big, *big, *big)); }) > 0);
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(get_item(*list, *slice)); }) > 0);
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(get_item(*range, *slice)); }) > 0);
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(indices_of(*slice, *big)); }) > 0);
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(equal(*slice, *make_slice(*big, *big, *big))); }) > 0);
  fail_each_allocation(world.heap(), [&] { set_item(*list, *slice, *list); });
  CHECK(list->size == 4);
}

}  // namespace ouro::test
