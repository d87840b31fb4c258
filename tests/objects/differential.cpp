// Random operations on a list and on a dict, done by CPython and by us, compared after each one through repr.
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/numbers/float.h>
#include <support/python.h>
#include <support/tries.h>

#include <random>
#include <sstream>

#include <objects/dict_laws.h>
#include <objects/probe.h>

namespace ouro::test {

namespace {

/// One operation: a name and three numbers, a line of the program. 1000 stands for a missing bound of a slice.
struct Step {
  std::string name;
  std::int64_t a, b, c;
};

constexpr std::int64_t kMissing = 1000;

std::string program_of(const std::vector<Step>& steps) {
  std::ostringstream out;
  for (const Step& step : steps) out << step.name << ' ' << step.a << ' ' << step.b << ' ' << step.c << '\n';
  return out.str();
}

/// The value a number stands for; the scripts have the same table.
Ref<> value_of(Builtins& builtins, std::int64_t number) {
  switch (number % 6) {
    case 0:
      return make_str(builtins, "s" + std::to_string(number));
    case 1:
      return make_float(builtins, static_cast<double>(number / 6));
    case 2:
      return make_tuple(builtins, {make_int(builtins, number).get(), &builtins.none()});
    case 3:
      return int_from_text(builtins, "1" + std::string(22, '0') + std::to_string(number));
    default:
      return make_int(builtins, number / 6);
  }
}

constexpr const char* kCommonScript = R"(
import sys
def value(n):
    r = n % 6
    return ('s%d' % n if r == 0 else float(n // 6) if r == 1 else (n, None) if r == 2
            else int('1' + '0' * 22 + str(n)) if r == 3 else n // 6)
def run(steps, act, state):
    for line in open(sys.argv[1]):
        name, a, b, c = line.split()
        try:
            result = act(name, int(a), int(b), int(c))
        except Exception as error:
            result = type(error).__name__ + ': ' + str(error)
        print(name, result, repr(state()))
def bound(n):
    return None if n == 1000 else n
)";

constexpr const char* kListScript = R"(
l = []
def act(name, a, b, c):
    global l
    if name == 'append': l.append(a)
    elif name == 'insert': l.insert(a, b)
    elif name == 'pop': return l.pop(a)
    elif name == 'erase': del l[a]
    elif name == 'set': l[a] = b
    elif name == 'get': return l[a]
    elif name == 'remove': l.remove(a)
    elif name == 'index': return l.index(a, b, c)
    elif name == 'count': return l.count(a)
    elif name == 'reverse': l.reverse()
    elif name == 'sort': l.sort(reverse=bool(a % 2))
    elif name == 'sort_by': l.sort(key=lambda x: x % 5, reverse=bool(a % 2))
    elif name == 'slice': return l[bound(a):bound(b):c]
    elif name == 'set_slice': l[bound(a):bound(b):c] = [7, 8, 9]
    elif name == 'set_own': l[bound(a):bound(b)] = l
    elif name == 'erase_slice': del l[bound(a):bound(b):c]
    elif name == 'extend': l += l[:a]
    elif name == 'repeat': l *= a
    elif name == 'concatenate': return l + [a]
    elif name == 'less': return l < l[a:]
    elif name == 'trim': l = l[:40]
run(sys.argv[1], act, lambda: l)
)";

constexpr const char* kDictScript = R"(
d = {}
def act(name, a, b, c):
    global d
    if name == 'set': d[value(a)] = b
    elif name == 'get': return d[value(a)]
    elif name == 'remove': del d[value(a)]
    elif name == 'pop': return d.pop(value(a), None)
    elif name == 'popitem': return d.popitem()
    elif name == 'setdefault': return d.setdefault(value(a), b)
    elif name == 'contains': return value(a) in d
    elif name == 'copy': d = d.copy()
    elif name == 'update': d.update({value(a): b, value(a + 1): c})
    elif name == 'items': return d.items()
    elif name == 'equal': return d == {value(a): b}
    elif name == 'clear': d.clear()
run(sys.argv[1], act, lambda: d)
)";

std::string python_bool(bool value) { return value ? "True" : "False"; }

/// What an operation answers, as the script prints it.
template <class F>
std::string answer_of(F&& act) {
  try {
    return act();
  } catch (const Error& error) {
    return error.message().empty() ? std::string(name_of(error.kind())) + ": " : error.what();
  }
}

std::optional<std::int64_t> bound(std::int64_t number) { return number == kMissing ? std::nullopt : std::optional(number); }

/// `item % 5`, the key of "sort_by".
struct Remainder : Object {};
const TypeSlots kRemainderSlots{.name = "remainder",
                                .kind = Kind::kNative,
                                .size = sizeof(Remainder),
                                .call = [](Object& self, const Arguments& arguments) {
                                  return apply(Operator::kRemainder, *arguments.positional[0],
                                               *make_int(builtins_of(self), 5));
                                }};

struct ListMachine {
  World& world;
  Ref<List> list = make_list(world.builtins);
  Type type{};
  Ref<> key;

  explicit ListMachine(World& home) : world(home) {
    type.refcount = kImmortalCount;
    type.describe(kRemainderSlots, world.heap(), nullptr);
    key = make<Remainder>(type, sizeof(Remainder), [](Remainder&) noexcept {});
  }

  Ref<Int> number(std::int64_t value) const { return make_int(world.builtins, value); }

  Ref<List> sevens() const { return make_list(world.builtins, {number(7).get(), number(8).get(), number(9).get()}); }

  std::string act(const Step& step) {
    const auto& [name, a, b, c] = step;
    if (name == "pop") return shown(list->pop(a));
    if (name == "get") return shown(list->get(a));
    if (name == "index") return std::to_string(list->index(*number(a), b, c));
    if (name == "count") return std::to_string(list->count(*number(a)));
    if (name == "slice") return shown(list->slice({bound(a), bound(b), c}));
    if (name == "concatenate") return shown(apply(Operator::kAdd, *list, *make_list(world.builtins, {number(a).get()})));
    if (name == "less") return python_bool(compare(*list, *list->slice({a, {}}), Comparison::kLess));
    change(step);
    return "None";
  }

  void change(const Step& step) {
    const auto& [name, a, b, c] = step;
    if (name == "append") list->append(number(a));
    if (name == "insert") list->insert(a, *number(b));
    if (name == "erase") list->erase(a);
    if (name == "set") list->set(a, *number(b));
    if (name == "remove") list->remove(*number(a));
    if (name == "reverse") list->reverse();
    if (name == "sort") list->sort(nullptr, a % 2 != 0);
    if (name == "sort_by") list->sort(key.get(), a % 2 != 0);
    if (name == "set_slice") list->set_slice({bound(a), bound(b), c}, *sevens());
    if (name == "set_own") list->set_slice({bound(a), bound(b)}, *list);
    if (name == "erase_slice") list->erase_slice({bound(a), bound(b), c});
    if (name == "extend") list->extend(*list->slice({{}, a}));
    if (name == "repeat") list->repeat_in_place(a);
    if (name == "trim") list = list->slice({{}, 40});
  }

  std::string state() const { return shown(list); }
};

struct DictMachine {
  World& world;
  Ref<Dict> dict = make_dict(world.builtins);

  Ref<> value(std::int64_t number) const { return value_of(world.builtins, number); }
  Ref<Int> number(std::int64_t value) const { return make_int(world.builtins, value); }

  Ref<Dict> pair(std::int64_t key, std::int64_t value_number) const {
    Ref<Dict> made = make_dict(world.builtins);
    made->set(*value(key), *number(value_number));
    return made;
  }

  std::string act(const Step& step) {
    const auto& [name, a, b, c] = step;
    if (name == "get") return shown(dict->get(*value(a)));
    if (name == "pop") return shown(dict->pop(*value(a), world.builtins.none()));
    if (name == "setdefault") return shown(dict->set_default(*value(a), *number(b)));
    if (name == "contains") return python_bool(dict->contains(*value(a)));
    if (name == "items") return shown(dict->items());
    if (name == "equal") return python_bool(equal(*dict, *pair(a, b)));
    if (name == "popitem") {
      const auto [key, held] = dict->pop_item();
      return shown(make_tuple(world.builtins, {key.get(), held.get()}));
    }
    change(step);
    return "None";
  }

  void change(const Step& step) {
    const auto& [name, a, b, c] = step;
    if (name == "set") dict->set(*value(a), *number(b));
    if (name == "remove") dict->remove(*value(a));
    if (name == "copy") dict = dict->copy();
    if (name == "clear") dict->clear();
    if (name == "update") {
      const Ref<Dict> more = pair(a, b);
      more->set(*value(a + 1), *number(c));
      dict->update(*more);
    }
  }

  std::string state() const {
    require_dict_laws(*dict);
    return shown(dict);
  }
};

template <class Machine>
void agree(Machine& machine, const std::vector<Step>& steps, const std::string& script) {
  const std::vector<std::string> expected = python_says(std::string(kCommonScript) + script, program_of(steps));
  REQUIRE(expected.size() == steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Step& step = steps[i];
    const std::string answer = answer_of([&] { return machine.act(step); });
    INFO("step " << i << ": " << step.name << ' ' << step.a << ' ' << step.b << ' ' << step.c);
    REQUIRE(step.name + " " + answer + " " + machine.state() == expected[i]);
  }
}

}  // namespace

TEST_CASE("random operations on a list do what CPython does") {
  if (!have_python_or_skip()) return;
  const std::vector<std::string> names{"append",      "append", "append",  "insert",      "insert",    "pop",
                                       "erase",       "set",    "get",     "remove",      "index",     "count",
                                       "reverse",     "sort",   "sort_by", "slice",       "set_slice", "set_own",
                                       "erase_slice", "extend", "repeat",  "concatenate", "less",      "trim"};
  const unsigned seed = GENERATE(1u, 2u, 3u);
  std::mt19937 random(seed);
  const auto between = [&](int low, int high) { return std::uniform_int_distribution<std::int64_t>(low, high)(random); };
  const auto maybe = [&](int low, int high) { return between(0, 4) == 0 ? kMissing : between(low, high); };
  std::vector<Step> steps;
  for (int i = 0; i < tries(4000); ++i) {
    Step step{names[random() % names.size()], between(-14, 14), between(-14, 14), between(-3, 3)};
    if (step.name.find("slice") != std::string::npos || step.name == "set_own")
      step = {step.name, maybe(-30, 30), maybe(-30, 30), between(0, 2) == 0 ? between(-3, 3) : 1};
    if (step.name == "repeat") step.a = between(-1, 2);
    steps.push_back(step);
    if (i % 8 == 0) steps.push_back({"trim", 0, 0, 0});
  }
  World world;
  ListMachine machine(world);
  agree(machine, steps, kListScript);
}

TEST_CASE("random operations on a dict do what CPython does") {
  if (!have_python_or_skip()) return;
  const std::vector<std::string> names{"set",     "set",        "set",      "set",  "get",    "remove", "remove", "pop",
                                       "popitem", "setdefault", "contains", "copy", "update", "items",  "equal"};
  const int keys = GENERATE(12, 60, 400);
  std::mt19937 random(static_cast<unsigned>(keys));
  const auto between = [&](int low, int high) { return std::uniform_int_distribution<std::int64_t>(low, high)(random); };
  std::vector<Step> steps;
  for (int i = 0; i < tries(3000); ++i) {
    steps.push_back({names[random() % names.size()], between(0, keys), between(-9, 999), between(0, 9)});
    if (i % 500 == 499) steps.push_back({"clear", 0, 0, 0});
  }
  World world;
  DictMachine machine{world};
  agree(machine, steps, kDictScript);
}

}  // namespace ouro::test
