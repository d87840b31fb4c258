// Scripts in a program of one's own.
#include <ouro/objects/functions/function.h>
#include <ouro/ouro.h>
#include <ouro/script/engine/engine.h>
#include <support/catch.h>

#include <chrono>
#include <string>
#include <thread>

namespace ouro::test {

namespace {

using script::Engine;

/// What running a text raises: "KeyError: 'x'"; empty if nothing.
std::string raised(Engine& engine, std::string_view text) {
  try {
    engine.run(text);
    return {};
  } catch (const Error& error) {
    return error.what();
  }
}

template <class T>
T value_of(Engine& engine, std::string_view text) {
  return from_object<T>(engine.eval(text));
}

}  // namespace

TEST_CASE("An engine runs programs in one namespace, which C++ shares", "[script]") {
  Runtime rt;
  Engine engine(rt);
  engine.globals()["limit"] = 4;
  engine.run("total = sum(range(limit))\ndef twice(x): return 2 * x");
  CHECK(value_of<int>(engine, "total") == 6);
  const Ref<> twice = engine.globals()["twice"];
  CHECK(from_object<int>(twice(21)) == 42);
  CHECK(from_object<std::string>(twice("ab")) == "abab");
}

TEST_CASE("Functions of C++ are called from scripts and call back", "[script]") {
  Runtime rt;
  Engine engine(rt);
  engine.globals()["apply"] = make_function(rt.builtins(), "apply(f, x)", [](Object& f, Object& x) { return share(f)(x); });
  CHECK(value_of<int>(engine, "apply(lambda x: apply(lambda y: y + 1, x * 10), 4)") == 41);
  CHECK(raised(engine, "apply(lambda x: {}[x], 'key')") == "KeyError: 'key'");
}

TEST_CASE("What a script raises is an Error, whose object has the traceback", "[script]") {
  Runtime rt;
  Engine engine(rt);
  try {
    engine.run("def f():\n  raise ValueError('no')\nf()\n", "rules.py");
    FAIL("nothing was raised");
  } catch (const Error& error) {
    CHECK(error.is(ErrorKind::kValueError));
    CHECK(engine.report(error) ==
          "Traceback (most recent call last):\n  File \"rules.py\", line 3, in <module>\n"
          "  File \"rules.py\", line 2, in f\nValueError: no\n");
  }
  CHECK(raised(engine, "x = = 1") == "SyntaxError: invalid syntax (<string>, line 1)");
}

TEST_CASE("An engine allows no files unless it is told to", "[script]") {
  Runtime rt;
  Engine engine(rt);
  engine.run("import sys\nsys.path.append('.')");
  CHECK(raised(engine, "import pack") == "ModuleNotFoundError: No module named 'pack'");
}

TEST_CASE("A budget ends a script that would run for ever, and a memory limit one that takes too much", "[script]") {
  Runtime rt({.memory_limit = 16 << 20});
  Engine engine(rt);
  rt.attention().set_budget({.safepoints = 10'000});
  CHECK(raised(engine, "while True: pass").starts_with("BudgetUsedUp"));
  rt.attention().set_budget({});
  CHECK(raised(engine, "x = []\nwhile True: x.append('y' * 1000)") == "MemoryError");
  engine.run("x = None\nresult = 'goes on'");
  CHECK(value_of<std::string>(engine, "result") == "goes on");
}

TEST_CASE("An interrupt is a KeyboardInterrupt in the script", "[script]") {
  Runtime rt;
  Engine engine(rt);
  engine.globals()["interrupt"] = make_function(rt.builtins(), "interrupt()", [&rt] { rt.attention().interrupt(); });
  engine.run("try:\n  interrupt()\n  while True: pass\nexcept KeyboardInterrupt:\n  seen = True");
  CHECK(value_of<bool>(engine, "seen"));
}

TEST_CASE("Engines of several runtimes run side by side", "[script]") {
  const auto compute = [] {
    Runtime rt;
    Engine engine(rt);
    engine.run("def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)");
    return value_of<int>(engine, "fib(15)");
  };
  int results[2] = {};
  std::thread other([&] { results[1] = compute(); });
  results[0] = compute();
  other.join();
  CHECK(results[0] == 610);
  CHECK(results[1] == 610);
}

TEST_CASE("An engine leaves nothing behind", "[script]") {
  std::size_t leaks = 0;
  Runtime rt({.leak_handler = [&](const LeakReport& report) { leaks = report.leaks.size(); }});
  {
    Engine engine(rt);
    engine.run(
        "class A:\n  def __init__(self): self.me = self\na = A()\ndef gen():\n  yield a\ng = gen()\nnext(g)\n"
        "import threading, weakref, time\ntry:\n  1 / 0\nexcept ZeroDivisionError as e:\n  kept = e\n");
  }
  rt.close();
  CHECK(leaks == 0);
}

}  // namespace ouro::test
