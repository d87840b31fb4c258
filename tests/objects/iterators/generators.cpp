// Generators whose code is C++: resumed, sent to, thrown into, closed, beside CPython's; what the collector sees of them.
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/cpp/native.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/iterators/generator.h>
#include <support/evaluator.h>
#include <support/fixture.h>
#include <support/python.h>
#include <support/tries.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <objects/world.h>

namespace ouro::test {

namespace {

struct Countdown {
  int left;
  std::optional<int> operator()() { return left > 0 ? std::optional(left--) : std::nullopt; }
};

/// Yields what it was sent; answers ValueError by yielding 'handled', ends at KeyError, returns the sum of what it was sent.
struct Echo {
  Ref<> total;
  bool ends = false;

  static constexpr std::tuple edges{&Echo::total};

  Ref<> operator()(Resumption& how) {
    Builtins& builtins = how.builtins();
    if (const Error* const error = how.error()) {
      if (error->is(ErrorKind::kValueError)) return make_str(builtins, "handled");
      if (error->is(ErrorKind::kKeyError)) return how.finish(*total);
      throw *error;
    }
    if (!total) {
      total = make_int(builtins, 0);
      return make_str(builtins, "begun");
    }
    if (kind_of(how.sent()) == Kind::kStr) raise(ErrorKind::kStopIteration, "inside");
    if (kind_of(how.sent()) == Kind::kNone) return share(how.sent());
    total = apply(Operator::kAdd, *total, how.sent());
    return share(how.sent());
  }
};

constexpr const char* kEcho = R"(
def echo():
    total = 0
    result = 'begun'
    while True:
        try:
            sent = yield result
        except ValueError:
            result = 'handled'
            continue
        except KeyError:
            return total
        if isinstance(sent, str): raise StopIteration('inside')
        if sent is not None: total += sent
        result = sent)";

/// Yields at the GeneratorExit that `close` raises.
struct Stubborn {
  Ref<> operator()(Resumption& how) {
    static_cast<void>(how.error());
    return make_int(how.builtins(), 1);
  }
};

/// Refers to whatever it is given.
struct Holder {
  Ref<> held;
  static constexpr std::tuple edges{&Holder::held};
  Ref<> operator()() { return held; }
};

/// Goes on with the first item of a list while it runs.
struct Again {
  Ref<List> cell;
  static constexpr std::tuple edges{&Again::cell};
  Ref<> operator()() { return next(cell->get(0)); }
};

/// Notes the error that it sees, and raises another one.
struct Notes {
  Ref<List> notes;
  bool begun = false;
  static constexpr std::tuple edges{&Notes::notes};
  Ref<> operator()(Resumption& how) {
    if (how.error() != nullptr) {
      notes->append(*make_str(how.builtins(), how.error()->what()));
      raise(ErrorKind::kOSError, "too late");
    }
    return make_int(how.builtins(), 1);
  }
};

}  // namespace

TEST_CASE("a generator gives what its state yields, and ends without a C++ exception", "[iterators]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Generator> generator = make_generator(rt.builtins(), "countdown", Countdown{3});
  CHECK_THAT(shown(*generator), StartsWith("<generator object countdown at 0x"));
  CHECK(shown(*list_from(*generator)) == "[3, 2, 1]");
  CHECK(generator->phase == Generator::Phase::kFinished);
  const Outcome<Ref<>> none = try_next(*generator);
  CHECK((none && !*none));
  std::vector<int> seen;
  for (const Ref<>& item : each(Ref<>(make_generator(rt.builtins(), "again", Countdown{2}))))
    seen.push_back(from_object<int>(*item));
  CHECK(seen == std::vector{2, 1});
}

TEST_CASE("send, throw and close do what CPython's do", "[iterators][law-generator-ended]") {
  if (!have_python_or_skip()) return;
  World world;
  Builtins& builtins = world.builtins;
  Evaluator evaluator(builtins);
  evaluator.name(
      "echo", make_function(builtins, "echo", [](Builtins& home) { return make_generator(home, "echo", Echo{}); }), kEcho);
  evaluator.name(
      "count", make_function(builtins, "count", [](Builtins& home) { return make_generator(home, "count", Countdown{3}); }),
      "def count():\n  yield 3\n  yield 2\n  yield 1");
  std::vector<std::string> lines;
  const std::vector<std::string> steps{"next(a)",
                                       "a.send(5)",
                                       "a.send(None)",
                                       "a.throw(ValueError)",
                                       "a.throw(ValueError('x'))",
                                       "a.throw(KeyError)",
                                       "a.throw(OSError, 'why')",
                                       "a.close()",
                                       "a.send('x')",
                                       "a.throw(1)",
                                       "a.throw(int)",
                                       "a.throw()",
                                       "a.throw(ValueError, (1, 2), None)",
                                       "a.throw(ValueError(1), 2)",
                                       "a.throw(ValueError, 1, 3)",
                                       "a.throw(StopIteration(3))",
                                       "a.throw(GeneratorExit)",
                                       "a.gi_running",
                                       "a.gi_suspended",
                                       "a.gi_yieldfrom",
                                       "a.__next__()",
                                       "a.send()",
                                       "a.close(1)",
                                       "iter(a) is a",
                                       "a.__name__",
                                       "a.__qualname__",
                                       "a.__name__ = 'b'",
                                       "a",
                                       "a.__name__ = 1",
                                       "a.__qualname__ = 'q'",
                                       "a.gi_running = 1",
                                       "a.x = 1",
                                       "a.x",
                                       "type(a)()",
                                       "a.throw(ValueError, ValueError(7))",
                                       "a.throw(x=1)",
                                       "a.send(1, 2)"};
  unsigned random = 7;
  for (int i = 0; i < tries(400); ++i) {
    lines.push_back(i % 4 == 3 ? "a = count()" : "a = echo()");
    if (i % 5 != 0) lines.emplace_back("next(a)");
    for (int step = 0; step < 6; ++step) {
      random = random * 1664525 + 1013904223;
      lines.push_back(steps[(random >> 8) % steps.size()]);
    }
  }
  for (const char* const line :
       {"type(a)", "type(a).send", "type(a).gi_running", "type(a).__doc__", "type(a).close.__doc__"})
    lines.emplace_back(line);
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("a generator that yields when it is closed, and one that is running, are errors",
          "[iterators][law-generator-once]") {
  Fixture fixture;
  Builtins& builtins = fixture.rt.builtins();
  const Ref<Generator> stubborn = make_generator(builtins, "stubborn", Stubborn{});
  static_cast<void>(next(*stubborn));
  CHECK(error_of([&] { return stubborn->close(), 0; }) == "RuntimeError: generator ignored GeneratorExit");
  const Ref<List> cell = make_list(builtins);
  const Ref<Generator> again = make_generator(builtins, "again", Again{cell});
  cell->append(*again);
  CHECK(error_of([&] { return next(*again); }) == "ValueError: generator already executing");
  cell->clear();
}

TEST_CASE("a cycle through the state of a generator is collected, and a generator can be watched", "[iterators]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  {
    const Ref<List> list = make_list(rt.builtins());
    list->append(*make_generator(rt.builtins(), "holder", Holder{list}));
  }
  CHECK(rt.gc().collect() == 2);
  Ref<Generator> generator = make_generator(rt.builtins(), "holder", Holder{rt.list(1)});
  const Ref<WeakRef> weak = make_weakref(*generator);
  generator.reset();
  CHECK(weak().is(rt.none()));
}

TEST_CASE("a generator that dies at a yield is closed, and what that raises is reported", "[iterators]") {
  Fixture fixture;
  Builtins& builtins = fixture.rt.builtins();
  const Ref<List> notes = make_list(builtins);
  static_cast<void>(make_generator(builtins, "not begun", Notes{notes}));
  CHECK(notes->size == 0);
  Ref<Generator> generator = make_generator(builtins, "notes", Notes{notes});
  static_cast<void>(next(*generator));
  generator.reset();
  CHECK(shown(notes) == "['GeneratorExit']");
  REQUIRE(fixture.unraisable.size() == 1);
  CHECK_THAT(fixture.unraisable[0], ContainsSubstring("OSError: too late"));
}

TEST_CASE("what a state throws that is no Error is translated", "[iterators]") {
  World world;
  struct Throws {
    std::optional<int> operator()() { throw std::out_of_range("far"); }
  };
  const Ref<Generator> generator = make_generator(world.builtins, "throws", Throws{});
  CHECK(error_of([&] { return next(*generator); }) == "IndexError: far");
  CHECK_FALSE(next(*generator));
}

TEST_CASE("a generator survives a lack of memory", "[iterators]") {
  World world;
  CHECK(fail_each_allocation(world.heap(), [&] {
          const Ref<Generator> generator = make_generator(world.builtins, "a name of its own", Echo{});
          static_cast<void>(next(*generator));
          static_cast<void>(generator->send(*make_int(world.builtins, 1000)));
          static_cast<void>(generator->throw_into(world.builtins.type(ErrorKind::kKeyError)));
        }) > 0);
}

}  // namespace ouro::test
