// SetEvaluator: what lines of Python about sets need besides (support/evaluator.h).
#pragma once

#include <ouro/objects/classes/class.h>
#include <ouro/objects/sets/set.h>
#include <ouro/ouro.h>
#include <support/evaluator.h>
#include <support/helpers.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

namespace ouro::test {

/// What an object is, with the elements of sets in an order that does not depend on hashes.
inline std::string canonical(Object& object) {
  if (!is_any_set(object)) return shown(object);
  std::vector<std::string> elements;
  for (Object& element : static_cast<const AnySet&>(object)) elements.push_back(canonical(element));
  std::ranges::sort(elements);
  std::string made = std::string(object.type->name) + "<";
  for (const std::string& element : elements) made += element + "; ";
  return made + ">";
}

inline constexpr const char* kSetPrelude = R"(
class Tags(set): pass
class Frozen(frozenset): pass
class Named(set):
    def __init__(self, a, b=()): set.__init__(self, a)
    def __hash__(self): return 7
def canon(x):
    if isinstance(x, (set, frozenset)):
        return type(x).__name__ + '<' + ''.join(e + '; ' for e in sorted(map(canon, x))) + '>'
    return repr(x)
def after(s, name, *args, **kw):
    try: r = getattr(s, name)(*args, **kw)
    except Exception as e: r = type(e).__name__ + ': ' + str(e)
    return canon(r) + ' ' + canon(s) + (' itself' if r is s else '')
def members(x):
    return sorted(map(canon, x))
)";

/// The names that the lines use, here and in CPython.
class SetEvaluator {
 public:
  explicit SetEvaluator(Runtime& rt) : evaluator(rt.builtins()), rt_(rt) {
    evaluator.name("Tags", rt.new_class("Tags", {&rt.type<Set>()}), kSetPrelude);
    evaluator.name("Frozen", rt.new_class("Frozen", {&rt.type<FrozenSet>()}));
    evaluator.name("Named", named_class());
    add("canon", [](Object& of) { return canonical(of); });
    add("after", [](const Arguments& given) { return after(given); });
    add("members", [](Object& of) {
      std::vector<std::string> found;
      const Ref<> iterator = iterate(of);
      while (const Ref<> member = next(*iterator)) found.push_back(canonical(*member));
      std::ranges::sort(found);
      return found;
    });
  }

  Evaluator evaluator;

 private:
  template <class F>
  void add(const char* name, F function) {
    evaluator.name(name, make_function(rt_.builtins(), name, function));
  }

  Ref<Class> named_class() {
    const Ref<Class> made = rt_.new_class("Named", {&rt_.type<Set>()});
    define(made, "__init__(self, a, b=None)", [](Object& self, Object& a, Object&) {
      Object* const given[] = {&self, &a};
      static_cast<void>(call(*get_attribute(builtins_of(self).type(Kind::kSet), *make_str(builtins_of(self), "__init__")),
                             {given, {}, {}}));
    });
    define(made, "__hash__", [](Object&) { return 7; });
    return made;
  }

  static std::string after(const Arguments& given) {
    const Ref<> set = share(*given.positional[0]);
    std::string result;
    bool is_itself = false;
    try {
      const Ref<> made = call(*get_attribute(*set, *given.positional[1]),
                              {given.positional.subspan(2), given.keyword_names, given.keyword_values});
      result = canonical(*made);
      is_itself = made.is(set);
    } catch (const Error& error) {
      result =
          shown(*make_str(builtins_of(*set), error.message().empty() ? std::string(error.what()) + ": " : error.what()));
    }
    return result + " " + canonical(*set) + (is_itself ? " itself" : "");
  }

  Runtime& rt_;
};

/// Every n-th line only, where each costs a collection at every allocation.
inline std::vector<std::string> thinned(std::vector<std::string> lines) {
  if (std::getenv("OURO_STRESS") == nullptr) return lines;
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < lines.size(); i += 23) kept.push_back(lines[i]);
  return kept;
}

}  // namespace ouro::test
