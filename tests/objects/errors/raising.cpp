// Between Error and its object: raising, catching, cause and context, C++ exceptions, threads, runtimes.
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/errors/translate.h>
#include <ouro/runtime/sync/errors.h>
#include <support/fixture.h>

#include <filesystem>
#include <stdexcept>
#include <system_error>
#include <thread>

namespace ouro::test {

namespace {

struct NotConverged : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace

TEST_CASE("an error has no object until somebody asks, and the same one from then on") {
  Fixture fixture;
  const Error error = caught([] { raise(ErrorKind::kValueError, "no"); });
  CHECK(error.object() == nullptr);
  const Ref<BaseException> object = fixture.rt.exception(error);
  CHECK(shown(*object) == "ValueError('no')");
  CHECK(fixture.rt.exception(error).get() == object.get());
  const Error copy = error;
  CHECK(fixture.rt.exception(copy).get() == object.get());
  CHECK(std::string(error.what()) == "ValueError: no");
}

TEST_CASE("an object made from an error reads as the error does") {
  Fixture fixture;
  for (const ErrorType& type : kErrorTypes) {
    INFO(type.name);
    const Error error = caught([&] { raise(type, "'some' text"); });
    const Ref<BaseException> object = fixture.rt.exception(error);
    CHECK(object->type == &fixture.rt.type(type));
    CHECK(text(*str(*object)) == "'some' text");
    const Ref<BaseException> bare = fixture.rt.exception(caught([&] { raise(type, ""); }));
    CHECK(bare->arguments().empty());
  }
  const Error missing = caught([&] { static_cast<void>(fixture.rt.dict()["spam"].get()); });
  CHECK(shown(*fixture.rt.exception(missing)) == "KeyError('spam')");
  const Error number = caught([&] { static_cast<void>(fixture.rt.dict()[5].get()); });
  CHECK(shown(*fixture.rt.exception(number)) == "KeyError(5)");
  CHECK(shown(*fixture.rt.exception(Error(ErrorKind::kSystemError, "no \xff"))) == "SystemError('no \\\\xff')");
  CHECK(shown(*fixture.rt.exception(Error::out_of_memory())) == "MemoryError()");
}

TEST_CASE("an object that is raised is the error, through any number of C++ frames") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<BaseException> object = make_exception(rt.builtins(), ErrorKind::kKeyError, "k");
  const Ref<Function> inner = make_function(rt.builtins(), "inner", [](Object& given) { raise(given); });
  const Ref<Function> outer = make_function(rt.builtins(), "outer", [](Object& next, Object& given) {
    try {
      static_cast<void>(share(next)(share(given)));
    } catch (const Error&) {
      throw;
    }
  });
  const Error error = caught([&] { static_cast<void>(outer(inner, object)); });
  CHECK(rt.exception(error).get() == object.get());
  CHECK(error.kind() == ErrorKind::kKeyError);
  CHECK(std::string(error.what()) == "KeyError: 'k'");
  CHECK(error.message() == "'k'");
}

TEST_CASE("a type that is raised is called, and what is no exception is refused") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Error error = caught([&] { raise(rt.type(ErrorKind::kTimeoutError)); });
  CHECK(shown(*rt.exception(error)) == "TimeoutError()");
  CHECK(std::string(error.what()) == "TimeoutError");
  CHECK(error_of([&]() -> int { raise(*rt.str("x")); }) == "TypeError: exceptions must derive from BaseException");
  CHECK(error_of([&]() -> int { raise(rt.type(ErrorKind::kKeyError), *rt.str("x")); }) ==
        "TypeError: exception causes must derive from BaseException");
}

TEST_CASE("an except clause asks for types, tuples of types, and kinds") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> lookup_error = share<Object>(rt.type(ErrorKind::kLookupError));
  const Ref<> value_error = share<Object>(rt.type(ErrorKind::kValueError));
  const Error plain = caught([] { raise(ErrorKind::kKeyError, "'k'"); });
  const Error object = caught([&] { raise(rt.type(ErrorKind::kKeyError)); });
  for (const Error& error : {plain, object}) {
    CHECK(error.matches(lookup_error));
    CHECK(error.matches(*lookup_error));
    CHECK_FALSE(error.matches(value_error));
    CHECK(error.matches(rt.tuple(value_error, lookup_error)));
    CHECK_FALSE(error.matches(rt.tuple(value_error)));
    CHECK(error.matches(ErrorKind::kException));
    CHECK_FALSE(error.matches(rt.str("KeyError")));
  }
  const Error empty = caught([] { raise(kQueueEmpty, ""); });
  CHECK(empty.is(kQueueEmpty));
  CHECK_FALSE(empty.is(kQueueFull));
  CHECK(empty.kind() == ErrorKind::kException);
  CHECK(empty.matches(rt.type(kQueueEmpty)));
  CHECK_FALSE(empty.matches(rt.type(kQueueFull)));
  CHECK(std::string(empty.what()) == "Empty");
  CHECK(shown(*rt.exception(empty)->type) == "<class 'queue.Empty'>");
  CHECK(Error(kBrokenBarrierError, "").is(ErrorKind::kRuntimeError));
}

TEST_CASE("a cause is set and the context is what a catch block handles") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Error raised = caught([&] {
    try {
      raise(ErrorKind::kKeyError, "'k'");
    } catch (const Error& error) {
      raise(make_exception(rt.builtins(), ErrorKind::kValueError, "v"), error);
    }
  });
  const Ref<BaseException> object = rt.exception(raised);
  CHECK(shown(*object->cause) == "KeyError('k')");
  CHECK(object->cause == object->context);
  CHECK(object->suppresses_context());
  const Error late = caught([] {
    try {
      raise(ErrorKind::kKeyError, "'k'");
    } catch (const Error&) {
      raise(ErrorKind::kValueError, "v");
    }
  });
  CHECK(shown(*rt.exception(late)->context) == "KeyError('k')");
  CHECK(rt.exception(late)->cause == nullptr);
  const Error after = caught([] { raise(ErrorKind::kValueError, "v"); });
  CHECK(rt.exception(after)->context == nullptr);
  const Error foreign = caught([&] {
    try {
      throw std::out_of_range("far");
    } catch (const std::exception&) {
      raise(rt.type(ErrorKind::kValueError));
    }
  });
  CHECK(shown(*rt.exception(foreign)->context) == "IndexError('far')");
}

TEST_CASE("to raise a context again makes no ring") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<BaseException> first = make_exception(rt.builtins(), ErrorKind::kValueError, "first");
  const Ref<BaseException> second = make_exception(rt.builtins(), ErrorKind::kValueError, "second");
  static_cast<void>(caught([&] {
    try {
      try {
        raise(first);
      } catch (const Error&) {
        raise(second);
      }
    } catch (const Error&) {
      CHECK(second->context == first.get());
      raise(first);
    }
  }));
  CHECK(first->context == second.get());
  CHECK(second->context == nullptr);
  static_cast<void>(caught([&] {
    try {
      raise(first);
    } catch (const Error&) {
      raise(first);
    }
  }));
  CHECK(first->context == second.get());
}

TEST_CASE("an argument that cannot be converted is no context, and an error with an object passes as it is") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Function> half = make_function(rt.builtins(), "half(value)", [](double value) { return value / 2; });
  const Error refused = caught([&] { static_cast<void>(half("x")); });
  CHECK(std::string(refused.what()) == "TypeError: half() argument 1 'value' must be real number, not str");
  CHECK(rt.exception(refused)->context == nullptr);
  const Ref<BaseException> object = make_exception(rt.builtins(), ErrorKind::kTypeError, "my own");
  const Ref<Class> odd = rt.new_class("Odd");
  odd.attr("__float__") = make_function(
      rt.builtins(), "__float__", [](Object& kept, Object&) -> double { raise(kept); }, Ref<>(object));
  const Error own = caught([&] { static_cast<void>(half(odd())); });
  CHECK(rt.exception(own).get() == object.get());
}

TEST_CASE("C++ exceptions become the errors that they stand for") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto thrown = [&](auto function) {
    const Ref<Function> thrower = make_function(rt.builtins(), "thrower", function);
    return caught([&] { static_cast<void>(thrower()); });
  };
  CHECK(std::string(thrown([] { throw std::out_of_range("far"); }).what()) == "IndexError: far");
  CHECK(std::string(thrown([] { throw std::domain_error("odd"); }).what()) == "ValueError: odd");
  CHECK(std::string(thrown([] { throw std::bad_alloc(); }).what()) == "MemoryError");
  CHECK(std::string(thrown([] { throw std::runtime_error("r"); }).what()) == "RuntimeError: r");
  CHECK(std::string(thrown([] { throw 5; }).what()) == "SystemError: unknown C++ exception");
  const Error file = thrown([] { static_cast<void>(std::filesystem::file_size("/no/such/file")); });
  CHECK(std::string(file.what()) == "FileNotFoundError: [Errno 2] No such file or directory: '/no/such/file'");
  CHECK(file.is(ErrorKind::kOSError));
  CHECK(from_object<int>(*rt.exception(file).attr("errno").get()) == 2);
  const Error system = thrown([] { throw std::system_error(EACCES, std::generic_category(), "door"); });
  CHECK(std::string(system.what()) == "PermissionError: [Errno 13] Permission denied");
}

TEST_CASE("a program translates its own C++ exceptions, and back") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Function> thrower = make_function(rt.builtins(), "thrower", [] { throw NotConverged("after 7 steps"); });
  CHECK(error_of([&] { return thrower(); }) == "RuntimeError: after 7 steps");
  rt.translate<NotConverged>(ErrorKind::kArithmeticError);
  const Error error = caught([&] { static_cast<void>(thrower()); });
  CHECK(std::string(error.what()) == "ArithmeticError: after 7 steps");
  CHECK_THROWS_AS(throw_cpp(rt.builtins(), error), NotConverged);
  rt.translate<NotConverged>([](const NotConverged& given) { return Error(ErrorKind::kEOFError, given.what()); });
  CHECK(error_of([&] { return thrower(); }) == "EOFError: after 7 steps");
  CHECK_THROWS_AS(throw_cpp(rt.builtins(), Error(ErrorKind::kIndexError, "far")), std::out_of_range);
  CHECK_THROWS_AS(throw_cpp(rt.builtins(), Error(ErrorKind::kLookupError, "far")), Error);
  CHECK(error_of([&] { return rt.translate<NotConverged>(share<Object>(rt.builtins().type(Kind::kInt))); }) ==
        "TypeError: exceptions must derive from BaseException");
}

TEST_CASE("a translation holds in threads and in reports of what nobody can catch") {
  std::vector<std::string> ended;
  Options options;
  options.thread_hook = [&](const Error& error, std::string_view) { ended.emplace_back(error.what()); };
  Fixture fixture(options);
  Runtime& rt = fixture.rt;
  rt.translate<NotConverged>(ErrorKind::kArithmeticError);
  Thread thread(rt, [] { throw NotConverged("t"); });
  thread.start();
  thread.join();
  CHECK(ended == std::vector<std::string>{"ArithmeticError: t"});
  const Ref<Class> loud = rt.new_class("Loud");
  loud.attr("__del__") = make_function(rt.builtins(), "__del__", [](Object&) { throw NotConverged("d"); });
  loud().reset();
  CHECK(fixture.unraisable == std::vector<std::string>{"finalizer: ArithmeticError: d"});
}

TEST_CASE("an error with an object ends on any thread, and outlives its runtime") {
  std::vector<Error> kept;
  std::string told;
  {
    Fixture fixture;
    Runtime& rt = fixture.rt;
    Error dropped = caught([&] { raise(rt.type(ErrorKind::kTimeoutError)); });
    {
      const GilRelease outside(rt);
      std::thread([error = std::move(dropped)] { CHECK(std::string(error.what()) == "TimeoutError"); }).join();
    }
    rt.safepoint();
    kept.push_back(caught([&] { raise(make_exception(rt.builtins(), ErrorKind::kValueError, "asked")); }));
    kept.push_back(caught([&] { raise(make_exception(rt.builtins(), ErrorKind::kValueError, "never asked")); }));
    told = kept[0].what();
  }
  CHECK(told == "ValueError: asked");
  CHECK(std::string(kept[0].what()) == "ValueError: asked");
  CHECK(std::string(kept[1].what()) == "ValueError");
  CHECK(kept[1].is(ErrorKind::kValueError));
  Fixture other;
  CHECK(shown(*other.rt.exception(kept[0])) == "ValueError('asked')");
  CHECK(kept[0].matches(other.rt.type(ErrorKind::kValueError)));
}

TEST_CASE("a str that fails, or drops the exception, is told as such") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Class> type = rt.new_class("Failing");
  type.attr("__str__") =
      make_function(rt.builtins(), "__str__", [](Object&) -> Ref<> { raise(ErrorKind::kKeyError, "'k'"); });
  Object* const given[] = {type().release()};
  const Ref<> held = Ref<>::adopt(given[0]);
  const Error error = caught([&] { raise(make_exception(rt.type(ErrorKind::kValueError), given)); });
  CHECK(std::string(error.what()) == "ValueError: <exception str() failed>");
}

TEST_CASE("without memory for its object an error is a MemoryError, and nothing is lost") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Error error = caught([] { raise(ErrorKind::kValueError, "a text"); });
  for (std::size_t nth = 1; nth < 10; ++nth) {
    rt.heap().memory.faults().fail_at(nth);
    try {
      const Ref<BaseException> object = rt.exception(error);
      rt.heap().memory.faults().clear();
      CHECK(shown(*object) == "ValueError('a text')");
      return;
    } catch (const Error& failed) {
      rt.heap().memory.faults().clear();
      REQUIRE(failed.kind() == ErrorKind::kMemoryError);
    }
  }
  FAIL("it needs less memory than that");
}

}  // namespace ouro::test
