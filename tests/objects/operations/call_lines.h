// Lines that call functions with arguments drawn from a pool, for comparing with CPython.
#pragma once

#include <support/evaluator.h>
#include <support/helpers.h>

#include <random>
#include <string>
#include <vector>

namespace ouro::test {

class CallLines {
 public:
  explicit CallLines(unsigned seed) : random_(seed) {}

  [[nodiscard]] std::size_t number(std::size_t below) { return random_() % below; }
  [[nodiscard]] const std::string& any_of(const std::vector<std::string>& from) { return from[number(from.size())]; }

  /// `function(a, b, key=c)` with up to `most` arguments from `pool`.
  [[nodiscard]] std::string call(const std::string& function, std::size_t most, const std::vector<std::string>& pool,
                                 const std::vector<std::string>& keywords = {}) {
    std::string given;
    for (std::size_t count = number(most + 1); count > 0; --count) given += (given.empty() ? "" : ", ") + any_of(pool);
    if (!keywords.empty() && number(4) == 0) given += (given.empty() ? "" : ", ") + any_of(keywords) + "=" + any_of(pool);
    return function + "(" + given + ")";
  }

 private:
  std::mt19937 random_;
};

/// What functions are called with: objects of the common types, odd ones among them.
inline const std::vector<std::string> kPool{"0",
                                            "1",
                                            "-3",
                                            "7",
                                            "True",
                                            "2.5",
                                            "-0.5",
                                            "'a'",
                                            "''",
                                            "'abc'",
                                            "'real'",
                                            "'\303\244'",
                                            "[]",
                                            "[3, 1, 2]",
                                            "['b', 'a']",
                                            "()",
                                            "(1, 2)",
                                            "(int, str)",
                                            "{}",
                                            "{1: 2, 3: 4}",
                                            "range(5)",
                                            "None",
                                            "int",
                                            "str",
                                            "list",
                                            "bool",
                                            "object",
                                            "double",
                                            "plus",
                                            "fails",
                                            "seq",
                                            "refuses",
                                            "len",
                                            "iter([1, 2, 2])",
                                            "[1, 2.5, True]",
                                            "[[1], [0]]",
                                            "...",
                                            "NotImplemented",
                                            "ValueError",
                                            "five",
                                            "ops",
                                            "[0, '', None]",
                                            "'upper'",
                                            "'x'"};

/// `five` has an `__index__`; `ops` has some operators, and refuses others.
inline void name_operands(Evaluator& evaluator) {
  Builtins& builtins = evaluator.builtins();
  const Ref<Class> five = make_class(builtins, "Five");
  define(five, "__index__(self)", [](Object&) { return 5; });
  evaluator.name("five", ouro::call(*five, {}), "class Five:\n  def __index__(self): return 5\nfive = Five()");
  const Ref<Class> ops = make_class(builtins, "Ops");
  std::string python = "class Ops:\n";
  for (const char* const name : {"add", "radd", "iadd", "mul", "rmul", "matmul", "rmatmul", "imatmul", "or", "ror", "rsub",
                                 "imul", "contains", "isub", "ixor"}) {
    const std::string signature = "__" + std::string(name) + "__(self, other)";
    const bool refuses =
        std::string_view(name) == "mul" || std::string_view(name) == "isub" || std::string_view(name) == "ror";
    refuses ? define(ops, signature, [](Object& self, Object&) { return share(builtins_of(self).not_implemented()); })
            : define(ops, signature, [](Object& self, Object& other) {
                Ref<List> made = make_list(builtins_of(self));
                made->append(*other.type);
                return made;
              });
    python += "  def " + signature + ": return " + (refuses ? "NotImplemented" : "[type(other)]") + "\n";
  }
  evaluator.name("Ops", ops);
  evaluator.name("ops", ouro::call(*ops, {}), python + "ops = Ops()");
}

}  // namespace ouro::test
