// Odd arguments for operations, made alike by a script of CPython's and by us.
#pragma once

#include <ouro/objects/containers/iterator.h>
#include <support/fixture.h>

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace ouro::test {

/// The same in both languages. A plain argument is p<number>; a special one is S,<method>=<answer>,...
inline constexpr const char* kOddScript = R"(
import sys, re, operator, warnings
warnings.simplefilter('ignore')
PLAIN = [lambda: 0, lambda: 1, lambda: -1, lambda: 2, lambda: 5, lambda: 2**70, lambda: -2**64, lambda: True, lambda: False,
         lambda: None, lambda: NotImplemented, lambda: 0.0, lambda: 1.5, lambda: -2.5, lambda: 1e300, lambda: '',
         lambda: 'a', lambda: 'abc', lambda: '\xe9', lambda: ' 7 ', lambda: (), lambda: (1,), lambda: (1, 2),
         lambda: ('a', 1), lambda: ([],), lambda: [], lambda: [1, 2], lambda: [[1], 2], lambda: [(1, 2)], lambda: [3, 'a'],
         lambda: ['a', 'b'],
         lambda: [0.5, 2], lambda: {}, lambda: {1: 2}, lambda: {'a': 1, 2: []}, lambda: {1: 2}.keys(), lambda: {}.values(),
         lambda: {1: 2, 'a': 3}.items(), lambda: iter([1, 2]), lambda: iter('a\xe9'), lambda: iter({1: 2}), lambda: int,
         lambda: object]
ANSWERS = ['None', 'True', 'False', '5', '-1', '2**70', "'a'", 'NotImplemented', '[]', '1.5', '(1, 2)']
RAISES = [ValueError, TypeError, IndexError, KeyError, StopIteration, AttributeError, ZeroDivisionError]
class A: pass
def method(name, answer):
    def run(self, *args):
        if name == '__getitem__' and isinstance(args[0], int) and args[0] > 3: raise IndexError('end')
        if name == '__next__':
            self.turns = getattr(self, 'turns', 0) + 1
            if self.turns > 3: raise StopIteration('end')
        if answer == 'self': return self
        if answer.startswith('!'): raise RAISES[int(answer[1:])]('no')
        return eval(answer)
    return run
def argument(spec):
    if spec[0] == 'p': return PLAIN[int(spec[1:])]()
    made = type('A', (), {})
    for part in spec.split(',')[1:]:
        name, answer = part.split('=')
        answer = answer if answer[0] in '!s' else ANSWERS[int(answer)]
        setattr(made, name, method(name, answer))
    return made()
def listed(x):
    return x if type(x) is list else [x]
def following(a):
    try:
        return next(a)
    except StopIteration:
        return 'stop'
OPS = {
    'repr': repr, 'str': str, 'len': len, 'bool': bool, 'hash': lambda a: hash(a) and 0, 'int': int, 'float': float,
    'abs': abs, 'neg': operator.neg, 'pos': operator.pos, 'invert': operator.invert, 'iter': lambda a: type(iter(a)),
    'list': list, 'tuple': tuple, 'dict': dict, 'sum': sum, 'min': min, 'max': max, 'any': any, 'all': all,
    'index': operator.index, 'next': following, 'type': lambda a: type(a).__name__,
    'getitem': operator.getitem, 'delitem': operator.delitem, 'contains': operator.contains, 'add': operator.add,
    'sub': operator.sub, 'mul': operator.mul, 'truediv': operator.truediv, 'floordiv': operator.floordiv,
    'mod': lambda a, b: 0 if isinstance(a, str) else a % b, 'divmod': divmod, 'and': operator.and_, 'or': operator.or_,
    'xor': operator.xor, 'lt': lambda a, b: bool(a < b), 'le': lambda a, b: bool(a <= b), 'eq': lambda a, b: bool(a == b),
    'ne': lambda a, b: bool(a != b), 'gt': lambda a, b: bool(a > b), 'ge': lambda a, b: bool(a >= b),
    'sum2': lambda a, b: sum(a, b), 'extend': lambda a, b: listed(a).extend(b), 'lindex': lambda a, b: listed(a).index(b),
    'count': lambda a, b: listed(a).count(b), 'remove': lambda a, b: listed(a).remove(b), 'dget': lambda a, b: {1: a}.get(b),
    'dpop': lambda a, b: {1: a}.pop(b), 'epop': lambda a, b: {}.pop(a, b), 'update': lambda a, b: {1: a}.update(b),
    'join': lambda a, b: ','.join([a, b]), 'join1': lambda a, b: 'x'.join(b),
    'slice': lambda a, b: operator.setitem(listed(a), slice(None), b),
    'slice2': lambda a, b: operator.setitem(listed(a), slice(None, None, 2), b),
    'slice0': lambda a, b: operator.setitem(listed(a), slice(None, None, 0), b),
    'setitem': operator.setitem, 'setdefault': lambda a, b, c: {1: a}.setdefault(b, c),
}
def clean(text):
    return re.sub(' at 0x[0-9a-f]+', '', text)
sys.stdout.reconfigure(encoding='utf-8')
for line in open(sys.argv[1]):
    op, *specs = line.split()
    given = [argument(spec) for spec in specs]
    try:
        result = clean(repr(OPS[op](*given)))
    except Exception as error:
        try:
            text = str(error)
        except Exception:
            text = '<unprintable %s object>' % type(error.args[0]).__name__
        result = clean(type(error).__name__ + ': ' + text)
    try:
        shown = ' '.join(clean(repr(x)) for x in given)
    except Exception as error:
        shown = '?'
    print(result, '|', shown)
)";

inline constexpr std::array kOddMethods{"__int__",     "__index__", "__float__",   "__len__",      "__bool__", "__hash__",
                                        "__eq__",      "__lt__",    "__gt__",      "__add__",      "__radd__", "__mul__",
                                        "__rmul__",    "__sub__",   "__rsub__",    "__contains__", "__iter__", "__next__",
                                        "__neg__",     "__abs__",   "__getitem__", "__repr__",     "__str__",  "__setitem__",
                                        "__delitem__", "keys",      "__le__",      "__ne__"};
inline constexpr std::size_t kOddAnswers = 11;
inline constexpr std::array kOddErrors{ErrorKind::kValueError,       ErrorKind::kTypeError,     ErrorKind::kIndexError,
                                       ErrorKind::kKeyError,         ErrorKind::kStopIteration, ErrorKind::kAttributeError,
                                       ErrorKind::kZeroDivisionError};
inline constexpr std::size_t kPlainArguments = 43;

/// Makes the arguments that the script makes.
class OddArguments {
 public:
  explicit OddArguments(Runtime& rt) : rt_(rt) {}

  Ref<> make(const std::string& spec) {
    if (spec[0] == 'p') return plain(std::stoul(spec.substr(1)));
    const auto type = rt_.new_class("A");
    std::istringstream parts(spec.substr(2));
    for (std::string part; std::getline(parts, part, ',');) {
      const std::size_t equals = part.find('=');
      type.attr(part.substr(0, equals)) = method(part.substr(0, equals), part.substr(equals + 1));
    }
    return type();
  }

 private:
  Ref<> power(std::int64_t exponent) { return apply(Operator::kPower, *rt_.from(2), *rt_.from(exponent)); }

  Ref<> number_or_text(std::size_t k) {
    const auto from = [&](auto value) { return Ref<>(rt_.from(value)); };
    switch (k) {
      case 5:
        return power(70);
      case 6:
        return negative(*power(64));
      case 7:
      case 8:
        return from(k == 7);
      case 9:
        return from(nullptr);
      case 10:
        return Ref<>::share(rt_.builtins().not_implemented());
      default:
        break;
    }
    if (k < 5) return from(std::array{0, 1, -1, 2, 5}[k]);
    if (k < 15) return from(std::array{0.0, 1.5, -2.5, 1e300}[k - 11]);
    return from(std::array{"", "a", "abc", "\u00e9", " 7 "}[k - 15]);
  }

  Ref<> plain(std::size_t k) {
    if (k < 20) return number_or_text(k);
    const std::array<std::function<Ref<>()>, kPlainArguments - 20> makers{
        [&] { return Ref<>(rt_.tuple()); },
        [&] { return Ref<>(rt_.tuple(1)); },
        [&] { return Ref<>(rt_.tuple(1, 2)); },
        [&] { return Ref<>(rt_.tuple("a", 1)); },
        [&] { return Ref<>(rt_.tuple(rt_.list())); },
        [&] { return Ref<>(rt_.list()); },
        [&] { return Ref<>(rt_.list(1, 2)); },
        [&] { return Ref<>(rt_.list(rt_.list(1), 2)); },
        [&] { return Ref<>(rt_.list(rt_.tuple(1, 2))); },
        [&] { return Ref<>(rt_.list(3, "a")); },
        [&] { return Ref<>(rt_.list("a", "b")); },
        [&] { return Ref<>(rt_.list(0.5, 2)); },
        [&] { return Ref<>(rt_.dict()); },
        [&] {
          return Ref<>(rt_.dict({{1, 2}}));
        },
        [&] {
          return Ref<>(rt_.dict({{"a", 1}, {2, rt_.list()}}));
        },
        [&] {
          return Ref<>(rt_.dict({{1, 2}})->keys());
        },
        [&] { return Ref<>(rt_.dict()->values()); },
        [&] {
          return Ref<>(rt_.dict({{1, 2}, {"a", 3}})->items());
        },
        [&] { return iterate(*rt_.list(1, 2)); },
        [&] { return iterate(*rt_.from("a\u00e9")); },
        [&] {
          return iterate(*rt_.dict({{1, 2}}));
        },
        [&] { return share<Object>(rt_.builtins().type(Kind::kInt)); },
        [&] { return share<Object>(rt_.builtins().type(Kind::kObject)); },
    };
    return makers[k - 20]();
  }

  Ref<> answer(std::size_t k) {
    switch (k) {
      case 0:
        return rt_.from(nullptr);
      case 5:
        return power(70);
      case 7:
        return Ref<>::share(rt_.builtins().not_implemented());
      case 8:
        return rt_.list();
      case 10:
        return rt_.tuple(1, 2);
      case 1:
      case 2:
        return rt_.from(k == 1);
      case 6:
        return rt_.from("a");
      case 9:
        return rt_.from(1.5);
      default:
        return rt_.from(k == 3 ? 5 : -1);
    }
  }

  /// What a special method does, as plain values: `raises` is the index of an error, or -1.
  struct Behaviour {
    bool ends_at_index, ends_after_turns, itself;
    int raises;
    int* turns;
  };

  static Ref<> run(const Behaviour& behaviour, Object& answer, Object& self, Object* first) {
    if (behaviour.ends_at_index && first != nullptr) {
      const bool counts = kind_of(*first) == Kind::kInt || kind_of(*first) == Kind::kBool;
      if (counts && compare(*first, *make_int(builtins_of(self), 3), Comparison::kGreater))
        raise(ErrorKind::kIndexError, "end");
    }
    if (behaviour.ends_after_turns && ++*behaviour.turns > 3) raise(ErrorKind::kStopIteration, "end");
    if (behaviour.itself) return share(self);
    if (behaviour.raises >= 0) {
      const ErrorKind kind = kOddErrors[static_cast<std::size_t>(behaviour.raises)];
      raise(kind, kind == ErrorKind::kKeyError ? "'no'" : "no");
    }
    return share(answer);
  }

  Ref<> method(const std::string& name, const std::string& spec) {
    turns_.push_back(std::make_unique<int>(0));
    const Behaviour behaviour{name == "__getitem__", name == "__next__", spec == "self",
                              spec[0] == '!' ? std::stoi(spec.substr(1)) : -1, turns_.back().get()};
    const Ref<> kept = spec[0] == '!' || spec == "self" ? Ref<>(rt_.from(nullptr)) : answer(std::stoul(spec));
    Builtins& builtins = rt_.builtins();
    static constexpr std::array kUnary{"__int__",  "__index__", "__float__", "__len__",  "__bool__", "__hash__", "__iter__",
                                       "__next__", "__neg__",   "__abs__",   "__repr__", "__str__",  "keys"};
    if (std::find(kUnary.begin(), kUnary.end(), name) != kUnary.end())
      return make_function(
          builtins, name, [=](Object& made, Object& self) { return run(behaviour, made, self, nullptr); }, kept);
    if (name == "__setitem__")
      return make_function(
          builtins, name, [=](Object& made, Object& self, Object&, Object&) { return run(behaviour, made, self, nullptr); },
          kept);
    return make_function(
        builtins, name, [=](Object& made, Object& self, Object& other) { return run(behaviour, made, self, &other); }, kept);
  }

  Runtime& rt_;
  std::vector<std::unique_ptr<int>> turns_;
};

}  // namespace ouro::test
