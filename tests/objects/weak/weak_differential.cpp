// Weak proxies, methods, sets and dictionaries beside CPython's.
#include <ouro/objects/weak/weak_method.h>
#include <ouro/objects/weak/weak_proxy.h>
#include <ouro/objects/weak/weak_set.h>
#include <support/fixture.h>
#include <support/python.h>

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <objects/sets/set_evaluator.h>

namespace ouro::test {

namespace {

constexpr const char* kClasses = R"(
import weakref
from weakref import proxy, ref, WeakMethod, WeakSet, WeakKeyDictionary, WeakValueDictionary, getweakrefcount, getweakrefs
from weakref import finalize
class F(float): pass
class L(list): pass
class D(dict): pass
class Node:
    def __init__(self, name): self.name = name
    def __repr__(self): return 'Node(' + self.name + ')'
    def get(self): return self.name
    def __call__(self, *args): return args
def seen(x): log.append(type(x).__name__)
log = []
def take(*args, **kw): return args, sorted(kw.items()))";

class WeakEvaluator : public SetEvaluator {
 public:
  explicit WeakEvaluator(Runtime& rt) : SetEvaluator(rt), log_(rt.list()) {
    name("F", rt.new_class("F", {&rt.type<Float>()}), kClasses);
    name("L", rt.new_class("L", {&rt.type<List>()}));
    name("D", rt.new_class("D", {&rt.type<Dict>()}));
    name("Node", node_class(rt));
    name("log", log_);
    function(rt, "proxy(object, callback=None)",
             [](Object& of, Object& callback) { return make_weak_proxy(of, &callback); });
    function(rt, "getweakrefcount", [](Object& of) { return weakref_count(of); });
    function(rt, "getweakrefs", [](Object& of) { return weakrefs_of(of); });
    function(rt, "take", [](const Arguments& given) {
      Builtins& builtins = builtins_of(*given.positional[0]);
      const Ref<List> named = make_list(builtins);
      for (std::size_t i = 0; i < given.keyword_names.size(); ++i)
        named->append(*make_tuple(builtins, {given.keyword_names[i], given.keyword_values[i]}));
      named->sort();
      return make_tuple(builtins, make_tuple(builtins, given.positional), named);
    });
    evaluator.name("seen", make_function(
                               rt.builtins(), "seen",
                               [](List& log, Object& dead) {
                                 log.append(get_attribute(*dead.type, *make_str(builtins_of(dead), "__name__")));
                               },
                               log_));
    name("ref", share<Object>(rt.builtins().type(Kind::kWeakRef)));
  }

 private:
  void name(const char* name, Ref<> value, const char* python) { evaluator.name(name, std::move(value), python); }
  void name(const char* name, Ref<> value) { evaluator.name(name, std::move(value)); }
  template <class F>
  void function(Runtime& rt, std::string_view signature, F function) {
    const std::string name(signature.substr(0, signature.find('(')));
    evaluator.name(name, make_function(rt.builtins(), signature, function));
  }

  static Ref<Class> node_class(Runtime& rt) {
    const Ref<Class> node = rt.new_class("Node");
    define(node, "__init__(self, name)", [](Object& self, Object& name) { share(self).attr("name") = name; });
    define(node, "__repr__",
           [](Object& self) { return "Node(" + from_object<std::string>(Ref<>(share(self).attr("name"))) + ")"; });
    define(node, "get", [](Object& self) { return Ref<>(share(self).attr("name")); });
    define(node, "__call__",
           [](Object& self, const Arguments& rest) { return make_tuple(builtins_of(self), rest.positional); });
    return node;
  }

  Ref<List> log_;
};

constexpr const char* kLines = R"(
n = Node('n')
p = proxy(n)
p.name
p.name = 'm'
n.name
p.get()
p(1, 2)
str(p)
type(p)
p.__class__
p == n
n == p
p != n
p is proxy(n)
r = ref(n)
r is ref(n)
p is proxy(n)
getweakrefcount(n)
len(getweakrefs(n))
getweakrefs(n)[0] is r
getweakrefs(n)[1] is p
q = proxy(n, seen)
q is p
getweakrefs(n)[2] is q
getweakrefcount(n)
getweakrefcount(5)
getweakrefs(5)
ref(n) is r
proxy(n) is p
hash(p)
len(p)
p[0]
iter(p)
next(p)
-p
p + 1
1 + p
p += 1
int(p)
float(p)
not p
p.x
del p.name
p.name
p.__reversed__()
p.__bytes__()
weakref = type(p)
weakref()
proxy(5)
proxy(p)
ref(p)
del n
log
p.name
p.name = 1
p == 1
p + 1
1 + p
p += 1
p()
str(p)
not p
iter(p)
len(p)
1 in p
p[0]
r()
getweakrefcount(p)
l = L([3, 1])
p = proxy(l)
type(p)
p()
len(p)
p[0]
p[1] = 5
l
p[7]
del p[0]
l
list(p)
p + [1]
p * 2
2 * p
p += [7]
p is l
l
5 in p
p.append(4)
p
s = {1, 2}
p = proxy(s)
canon(p | {3})
canon({3} | p)
p &= {1}
s
p is s
i = L([1])
p = proxy(D({'a': 1}))
p['a']
d = D({'a': 1})
p = proxy(d)
p['a']
p['b']
p | {'z': 1}
{'z': 1} | p
p |= {'c': 3}
d
f = F(2.5)
p = proxy(f)
int(p)
float(p)
-p
abs(p)
p ** 2
p -= 1
p
m = Node('m')
w = WeakMethod(m.get)
w()()
w() is w()
w == WeakMethod(m.get)
w != WeakMethod(m.get)
w == 5
w < w
hash(w) == hash(m)
hash(w) == hash(WeakMethod(m.get))
w(1)
x = WeakMethod(m.get, seen)
WeakMethod(5)
WeakMethod(m)
WeakMethod()
k = Node('k')
WeakMethod(k.get) == w
del m
w()
w == w
log
a = 1
ws = WeakSet()
a = Node('a')
b = Node('b')
ws.add(a)
ws.add(b)
ws.add(a)
len(ws)
a in ws
5 in ws
ws.add(5)
ws.discard(5)
members(ws)
type(iter(ws))
ws == WeakSet([a, b])
ws == {a, b}
ws <= [a, b, k]
ws < [a, b, k]
ws > [a]
ws >= [a, b]
ws != WeakSet([a])
members(ws | [k])
members(ws & [k, a])
members(ws - [a])
members(ws ^ [k, a])
type(ws | [k]).__name__
ws.issubset([a])
ws.issuperset([a])
ws.isdisjoint([k])
ws.isdisjoint([a])
members(ws.union([k]))
members(ws.intersection([b]))
members(ws.difference([b]))
members(ws.symmetric_difference([b]))
ws.update([k])
len(ws)
del k
len(ws)
members(ws)
ws.remove(b)
members(ws)
ws.pop()
len(ws)
ws.pop()
ws |= [a, b]
members(ws)
ws &= [a]
members(ws)
ws ^= [b]
members(ws)
ws -= [a]
members(ws)
members(ws.copy())
ws.clear()
len(ws)
hash(ws)
WeakSet([a, b]) == WeakSet([b, a])
WeakSet(5)
WeakSet([5])
WeakSet(None)
wk = WeakKeyDictionary()
wk[a] = 1
wk[b] = 2
len(wk)
list(wk.items())
list(wk.keys())
list(wk.values())
list(wk)
type(wk.items())
len(wk.keyrefs())
wk.copy() == wk
wk.update({a: 5})
wk[a]
wk |= {b: 6}
wk[b]
len(wk | {a: 1})
type(wk | {a: 1}).__name__
wk | 5
dict(wk.items())
wk.get(5)
wk[5]
5 in wk
c = WeakKeyDictionary({a: 1})
list(c.items())
WeakKeyDictionary(5)
del a
list(wk.items())
wv = WeakValueDictionary()
wv['b'] = b
list(wv.items())
list(wv.keys())
list(wv.values())
list(wv)
len(wv.valuerefs())
wv.update(x=b)
list(wv.keys())
wv.copy() == wv
WeakValueDictionary({1: b}, y=b) == {1: b, 'y': b}
wv | {'q': b} == {'b': b, 'x': b, 'q': b}
c = 1
wk.clear()
del b
list(wv.items())
len(wv)
g = Node('g')
z = finalize(g, take, 1, 2, a=3)
z.alive
z.atexit
z.peek()[1:] == (take, (1, 2), {'a': 3})
z.peek()[0] is g
z()
z()
z.alive
z = finalize(g, seen, 5)
z.detach()[2:]
z.detach()
z.peek()
z.alive
finalize(g)
finalize()
finalize(5, seen)
z = finalize(g, seen, 1.5)
del g
log
z.alive
z.atexit
)";

}  // namespace

TEST_CASE_METHOD(Fixture, "weak proxies, methods, sets and dictionaries do what CPython's do", "[sets][weakref]") {
  if (!have_python_or_skip()) return;
  WeakEvaluator weak(rt);
  std::vector<std::string> lines;
  std::istringstream text(kLines);
  for (std::string line; std::getline(text, line);)
    if (!line.empty()) lines.push_back(line);
  compare_lines_with_python(weak.evaluator, lines);
}

TEST_CASE_METHOD(Fixture, "an operator on a proxy gives what it gives on the target", "[sets][weakref]") {
  if (!have_python_or_skip()) return;
  WeakEvaluator weak(rt);
  std::vector<std::string> lines = {"f = F(2.5)",    "l = L([3, 1])", "d = D({1: 2})", "s = {1, 2}",    "n = Node('n')",
                                    "pf = proxy(f)", "pl = proxy(l)", "pd = proxy(d)", "ps = proxy(s)", "pn = proxy(n)"};
  const std::vector<std::string> proxies = {"pf", "pl", "pd", "ps", "pn"};
  const std::vector<std::string> operands = {"1",    "2.5", "[1]", "{1: 5}", "{2, 3}", "'a'",
                                             "None", "pf",  "pl",  "pd",     "ps",     "pn"};
  for (const std::string& proxy : proxies) {
    for (const std::string& other : operands)
      for (const char* const sign :
           {"+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|", "^", "<", "<=", "==", "!=", ">", ">=", "in"})
        for (const std::string& line : {proxy + " " + sign + " " + other, other + " " + sign + " " + proxy})
          if (std::string_view(sign) != "%" || !line.starts_with("'a'")) lines.push_back("canon(" + line + ")");
    for (const char* const sign : {"+=", "-=", "*=", "/=", "//=", "%=", "**=", "<<=", ">>=", "&=", "|=", "^="})
      for (const std::string other : {"2", "[1]", "{1: 5}", "{2, 3}", "'a'"}) {
        // What `*=` says of others than numbers depends on how CPython's types are written.
        if (std::string_view(sign) == "*=" && other != "2") continue;
        lines.push_back("x = " + proxy);
        lines.push_back("x " + std::string(sign) + " " + other);
      }
    for (const char* const form : {"-P", "+P", "~P", "abs(P)", "int(P)", "float(P)", "len(P)", "list(P)", "P[0]", "P[1]",
                                   "not P", "str(P)", "P()", "hash(P)"}) {
      std::string line = form;
      line.replace(line.find('P'), 1, proxy);
      lines.push_back(line);
    }
  }
  if (std::getenv("OURO_STRESS") != nullptr) lines.resize(60);
  compare_lines_with_python(weak.evaluator, lines);
}

}  // namespace ouro::test
