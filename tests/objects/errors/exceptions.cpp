// Exceptions as objects: what C++ code does with them, their lives, cycles, lack of memory, foreign code.
#include <ouro/objects/errors/exception.h>
#include <ouro/objects/errors/exception_group.h>
#include <ouro/objects/errors/os_error.h>
#include <ouro/objects/errors/traceback.h>
#include <ouro/objects/messages/message.h>
#include <support/fixture.h>

#include <cerrno>

#include <objects/errors/evaluator.h>
#include <objects/world.h>

namespace ouro::test {

namespace {

Ref<BaseException> made(Builtins& builtins, ErrorKind kind, std::string_view text) {
  return make_exception(builtins, kind, text);
}

}  // namespace

TEST_CASE("a type of errors is made when it is first asked for, and is the same one from then on") {
  World world;
  std::size_t before = 0;
  for_each_immortal_type(*world.builtins.immortals, [&](const Type&) { ++before; });
  Type& type = world.builtins.type(ErrorKind::kTabError);
  CHECK(&type == &world.builtins.type(error_type(ErrorKind::kTabError)));
  std::size_t after = 0;
  for_each_immortal_type(*world.builtins.immortals, [&](const Type&) { ++after; });
  CHECK(after == before + 4);  // Exception, SyntaxError and IndentationError, too
  CHECK(is_immortal(type));
  CHECK(type.base == &world.builtins.type(ErrorKind::kIndentationError));
  CHECK(is_subtype(type, world.builtins.type(ErrorKind::kSyntaxError)));
}

TEST_CASE("the next runtime makes the types of errors that it asks for itself") {
  const void* place = nullptr;
  for (int round = 0; round < 2; ++round) {
    World world;
    Type& type = world.builtins.type(ErrorKind::kKeyError);
    CHECK(type.heap == &world.heap());
    CHECK(shown(*made(world.builtins, ErrorKind::kKeyError, "a")) == "KeyError('a')");
    if (round == 1) CHECK(place == &type);
    place = &type;
  }
}

TEST_CASE("a program's own type of errors has its base's layout, and its name with the module's") {
  static constexpr ErrorType kDisk = added_error("disks", "DiskError", error_type(ErrorKind::kOSError), "A disk failed.");
  World world;
  Type& type = world.builtins.type(kDisk);
  CHECK(&type == &world.builtins.type(kDisk));
  CHECK(error_type_of(type) == &kDisk);
  CHECK(shown(type) == "<class 'disks.DiskError'>");
  const Ref<Int> number = make_int(world.builtins, ENOENT);
  const Ref<Str> why = make_str(world.builtins, "gone");
  Object* const args[] = {number.get(), why.get()};
  const Ref<BaseException> error = make_exception(type, args);
  CHECK(error->type == &type);  // only OSError itself becomes what errno says
  CHECK(text(*str(*error)) == "[Errno 2] gone");
  CHECK(is_instance(*error, world.builtins.type(ErrorKind::kOSError)));
}

TEST_CASE("each errno has the type that CPython gives it") {
  CHECK(error_kind_of_errno(ENOENT) == ErrorKind::kFileNotFoundError);
  CHECK(error_kind_of_errno(EPERM) == ErrorKind::kPermissionError);
  CHECK(error_kind_of_errno(EINTR) == ErrorKind::kInterruptedError);
  CHECK(error_kind_of_errno(ENOSPC) == ErrorKind::kOSError);
}

TEST_CASE("C++ code sets cause, context, notes and traceback entries") {
  World world;
  const Ref<BaseException> error = made(world.builtins, ErrorKind::kValueError, "no");
  const Ref<BaseException> cause = made(world.builtins, ErrorKind::kKeyError, "k");
  error->set_context(cause.get());
  CHECK_FALSE(error->suppresses_context());
  error->set_cause(cause.get());
  CHECK(error->suppresses_context());
  error->add_note("one");
  error->add_note("two");
  ErrorEvaluator evaluator(world.builtins);
  evaluator.set("e", error);
  CHECK(evaluator.run("e.__cause__") == "KeyError('k')");
  CHECK(evaluator.run("e.__context__") == "KeyError('k')");
  CHECK(evaluator.run("e.__notes__") == "['one', 'two']");
  error->push_traceback("inner.cpp", 7, "inner");
  error->push_traceback("outer.cpp", 3, "outer");
  CHECK(evaluator.run("e.__traceback__.tb_function") == "'outer'");
  CHECK(evaluator.run("e.__traceback__.tb_next.tb_file") == "'inner.cpp'");
  CHECK(evaluator.run("e.__traceback__.tb_next.tb_lineno") == "7");
  CHECK(evaluator.run("e.__traceback__.tb_next.tb_next") == "None");
  CHECK(evaluator.run("setattr(e.__traceback__.tb_next, 'tb_next', e.__traceback__)") ==
        "ValueError: traceback loop detected");
  CHECK(evaluator.run("setattr(e.__traceback__, 'tb_lineno', 4)") ==
        "AttributeError: attribute 'tb_lineno' of 'traceback' objects is not writable");
}

TEST_CASE("cycles through context, traceback, arguments and attributes are collected") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.gc().collect();
  {
    const Ref<BaseException> one = made(rt.builtins(), ErrorKind::kValueError, "one");
    const Ref<BaseException> two = made(rt.builtins(), ErrorKind::kOSError, "two");
    one->set_context(two.get());
    two->set_cause(one.get());
    one->push_traceback("a.cpp", 1, "f");
    one.attr("self") = one;
    two.attr("filename") = two;
    const Ref<List> list = rt.list(two);
    two.attr("args") = list;
    list->append(*two);
  }
  CHECK(rt.gc().collect() >= 4);
  CHECK(rt.gc().collect() == 0);
}

TEST_CASE("a long chain of contexts ends without using the stack") {
  World world;
  Ref<BaseException> last = made(world.builtins, ErrorKind::kValueError, "first");
  for (int i = 0; i < 100'000; ++i) {
    const Ref<BaseException> next = made(world.builtins, ErrorKind::kValueError, "next");
    next->set_context(last.get());
    last = next;
  }
  last.reset();
}

TEST_CASE("an edge of an exception is named as an expression reaches it") {
  Fixture fixture;
  const Ref<BaseException> inner = made(fixture.rt.builtins(), ErrorKind::kKeyError, "k");
  const Ref<BaseException> outer = made(fixture.rt.builtins(), ErrorKind::kOSError, "o");
  outer->set_context(inner.get());
  CHECK(gc::edge_name(*outer, *inner) == ".__context__");
  outer.attr("filename2") = inner;
  outer->set_context(nullptr);
  CHECK(gc::edge_name(*outer, *inner) == ".filename2");
}

TEST_CASE("whatever allocation fails while an exception is made or told, nothing is lost") {
  World world;
  ErrorEvaluator evaluator(world.builtins);
  for (const char* const line :
       {"OSError(2, 's', 'f', None, 'g')", "ImportError('m', name='n')", "ExceptionGroup('g', [ValueError(1), KeyError(2)])",
        "UnicodeEncodeError('u', 'abc', 1, 2, 'r')", "SyntaxError('m', ('f', 2, 3, 't'))"}) {
    evaluator.set("e", evaluator.evaluate(line));
    CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(evaluator.evaluate(line)); }) >= 1);
    CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(evaluator.evaluate("e.__reduce__()")); }) >= 1);
    static_cast<void>(fail_each_allocation(world.heap(), [&] { static_cast<void>(evaluator.evaluate("str(e)")); }));
    CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(evaluator.evaluate("repr(e)")); }) >= 1);
    CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(evaluator.evaluate("e.add_note('n')")); }) >= 1);
    CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(evaluator.evaluate("setattr(e, 'x', [1])")); }) >= 1);
  }
  evaluator.set("g", evaluator.evaluate("ExceptionGroup('g', [ValueError(1), ExceptionGroup('h', [KeyError(2)])])"));
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(evaluator.evaluate("g.split(KeyError)")); }) >= 3);
}

TEST_CASE("a str of an argument that changes the exception does no harm") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<BaseException> error = made(rt.builtins(), ErrorKind::kValueError, "old");
  const Ref<Class> changer = rt.new_class("Changer");
  changer.attr("__str__") = make_function(rt.builtins(), "__str__", [](Builtins& builtins, Object& self) {
    const Ref<> victim = get_attribute(self, *intern(builtins, "victim"));
    set_attribute(*victim, *intern(builtins, "args"), builtins.empty_tuple());
    return make_str(builtins, "changed");
  });
  changer.attr("__repr__") = changer.attr("__str__").get();
  const Ref<> argument = changer();
  argument.attr("victim") = error;
  error.attr("args") = rt.tuple(argument);
  CHECK(text(*str(*error)) == "changed");
  CHECK(shown(*error) == "ValueError()");
  error.attr("args") = rt.tuple(argument);
  CHECK(shown(*error) == "ValueError(changed)");
}

TEST_CASE("a condition that drops the group it is asked about does no harm") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<BaseException> inner = made(rt.builtins(), ErrorKind::kValueError, "v");
  Object* const members[] = {inner.get()};
  const Ref<List> box = rt.list(make_exception_group(rt.builtins(), "g", members));
  const Ref<Function> condition = make_function(
      rt.builtins(), "condition", [](Object& kept, Object&) { return static_cast<List&>(kept).clear(), false; }, Ref<>(box));
  BaseException& group = static_cast<BaseException&>(box->get(0));
  const SplitExceptions parts = split(group, *condition);
  CHECK_FALSE(parts.match);
  CHECK(exceptions_of(*parts.rest).size() == 1);
}

TEST_CASE("groups nested deep are split up to the limit of recursion") {
  World world;
  Ref<BaseException> group = made(world.builtins, ErrorKind::kValueError, "v");
  for (int i = 0; i < 300; ++i) {
    Object* const members[] = {group.get()};
    group = make_exception_group(world.builtins, "g", members);
  }
  try {
    static_cast<void>(split(*group, world.builtins.type(ErrorKind::kKeyError)));
    FAIL("it was split");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::kRecursionError);
  }
}

TEST_CASE("a message carries type, arguments, attributes and members of an exception, also into a cycle") {
  World from;
  World to;
  ErrorEvaluator evaluator(from.builtins);
  evaluator.set("e", evaluator.evaluate("OSError(2, 's', 'f')"));
  static_cast<void>(evaluator.evaluate("e.add_note('n')"));
  static_cast<void>(evaluator.evaluate("setattr(e, 'self', e)"));
  static_cast<void>(evaluator.evaluate("setattr(e, '__cause__', KeyError(1))"));
  const Message message(*evaluator.evaluate("[e, e, ValueError, OSError.errno, KeyError('k'), ExceptionGroup('g', [e])]"));
  const Ref<> copy = message.unpack(to.builtins);
  ErrorEvaluator reader(to.builtins);
  reader.set("c", copy);
  CHECK(reader.run("c[0]") == "FileNotFoundError(2, 's')");
  CHECK(reader.run("str(c[0])") == "\"[Errno 2] s: 'f'\"");
  CHECK(reader.run("c[0].__notes__") == "['n']");
  CHECK(reader.run("c[0].self.filename") == "'f'");
  CHECK(reader.run("c[0].__cause__") == "None");
  CHECK(reader.run("c[2]") == "<class 'ValueError'>");
  CHECK(reader.run("c[3]") == "<member 'errno' of 'OSError' objects>");
  CHECK(reader.run("str(c[4])") == "\"'k'\"");
  CHECK(reader.run("c[5].exceptions[0].errno") == "2");
  static_cast<void>(evaluator.evaluate("delattr(e, 'self')"));
  static_cast<void>(reader.evaluate("delattr(c[0], 'self')"));
}

}  // namespace ouro::test
