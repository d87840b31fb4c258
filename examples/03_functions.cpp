// Functions: C++ callables as objects, with names, defaults, keywords and objects that they keep.
#include <ouro/fmt.h>
#include <ouro/ouro.h>

#include <string>

using namespace ouro;
using namespace ouro::literals;

int main() {
  Runtime rt;
  const auto repeat = make_function(rt.builtins(), "repeat(text, times=2, between='')",
                                    [](const std::string& text, int times, const std::string& between) {
                                      std::string all;
                                      for (int i = 0; i < times; ++i) all += (i == 0 ? "" : between) + text;
                                      return all;
                                    });
  fmt::print("{}\n", repeat("ab"));
  fmt::print("{}\n", repeat("ab", 3, "between"_a = "-"));

  // The list is an edge of the function: the collector sees through it.
  const Ref<List> seen = rt.list();
  const Ref<> remember = make_function(
      rt.builtins(), "remember(value)",
      [](List& kept, Object& value) {
        kept.append(value);
        return kept.size;
      },
      seen);
  fmt::print("{}\n", remember("a"));
  fmt::print("{}\n", remember(2));
  fmt::print("{}\n", seen);

  // A str has no cycles: a lambda that captures one says so.
  const std::string greeting = "hello, ";
  const Ref<> greet =
      make_function(rt.builtins(), "greet(name)",
                    holds_no_refs([greeting](std::string_view name) { return greeting + std::string(name); }));
  fmt::print("{}\n", greet("name"_a = "you"));
  fmt::print("{}\n", try_call(greet, 5).failure().error().what());
}

// prints:
//   abab
//   ab-ab-ab
//   1
//   2
//   ['a', 2]
//   hello, you
//   TypeError: greet() argument 1 'name' must be str, not int
