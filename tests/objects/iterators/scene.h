// Functions and iterables that tests of iterators use, here and in CPython.
#pragma once

#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/protocol.h>
#include <support/evaluator.h>
#include <support/helpers.h>

#include <string>

namespace ouro::test {

[[nodiscard]] inline Ref<List> list_of_five(Builtins& builtins) {
  Ref<List> made = make_list(builtins);
  made->append(*make_int(builtins, 5));
  return made;
}

/// double(x), plus(x, y), fails(x), ends(x); seq, a sequence by `__getitem__` and `__len__`; loops, which iterates over
/// itself; fragile, a sequence whose items raise; breaks and stops, whose `__next__` raises; refuses, which cannot be
/// reversed; unsized, without length.
inline void name_scene(Evaluator& evaluator) {
  Builtins& builtins = evaluator.builtins();
  const auto function = [&](const std::string& signature, auto code, const std::string& python) {
    const std::string name = signature.substr(0, signature.find('('));
    evaluator.name(name, make_function(builtins, signature, code), "def " + signature + ":\n  " + python);
  };
  function(
      "double(x)", [](Object& x) { return apply(Operator::kMultiply, x, *make_int(builtins_of(x), 2)); }, "return x * 2");
  function(
      "plus(x, y)", [](Object& x, Object& y) { return apply(Operator::kAdd, x, y); }, "return x + y");
  function(
      "fails(x)", [](Object&) -> int { raise(ErrorKind::kKeyError, "'no'"); }, "raise KeyError('no')");
  function(
      "ends(x)", [](Object& x) -> Ref<> { return fail(x, ErrorKind::kStopIteration); }, "raise StopIteration");

  const auto object_of = [&](const std::string& name, const std::string& python, auto define_methods) {
    const Ref<Class> type = make_class(builtins, "Of" + name);
    define_methods(type);
    evaluator.name(name, call(*type, {}), "class Of" + name + ":\n" + python + name + " = Of" + name + "()");
  };
  object_of("fragile", "  def __len__(self): return 3\n  def __getitem__(self, i): raise OSError(str(i))\n",
            [](const Ref<Class>& type) {
              define(type, "__len__(self)", [](Object&) { return 3; });
              define(type, "__getitem__(self, i)",
                     [](Object&, std::int64_t i) -> int { raise(ErrorKind::kOSError, std::to_string(i)); });
            });
  object_of(
      "seq",
      "  def __len__(self): return 3\n  def __getitem__(self, i):\n    if i < 3: return i * 10\n    raise IndexError\n",
      [](const Ref<Class>& type) {
        define(type, "__len__(self)", [](Object&) { return 3; });
        define(type, "__getitem__(self, i)", [](Object& self, std::int64_t i) -> Ref<> {
          if (i < 3) return make_int(builtins_of(self), i * 10);
          return fail(self, ErrorKind::kIndexError);
        });
      });
  object_of("loops", "  def __iter__(self): return self\n",
            [](const Ref<Class>& type) { define(type, "__iter__(self)", [](Object& self) { return share(self); }); });
  object_of("breaks", "  def __iter__(self): return self\n  def __next__(self): raise OSError('broken')\n",
            [](const Ref<Class>& type) {
              define(type, "__iter__(self)", [](Object& self) { return share(self); });
              define(type, "__next__(self)", [](Object&) -> int { raise(ErrorKind::kOSError, "broken"); });
            });
  object_of("stops", "  def __iter__(self): return self\n  def __next__(self): raise StopIteration\n",
            [](const Ref<Class>& type) {
              define(type, "__iter__(self)", [](Object& self) { return share(self); });
              define(type, "__next__(self)", [](Object& self) -> Ref<> { return fail(self, ErrorKind::kStopIteration); });
            });
  object_of("refuses", "  __reversed__ = None\n  def __len__(self): return 1\n  def __getitem__(self, i): return [5][i]\n",
            [](const Ref<Class>& type) {
              type.attr("__reversed__") = make_none(builtins_of(*type));
              define(type, "__len__(self)", [](Object&) { return 1; });
              define(type, "__getitem__(self, i)",
                     [](Object& self, Object& i) { return get_item(*list_of_five(builtins_of(self)), i); });
            });
  object_of("unsized", "  def __getitem__(self, i): return [5][i]\n", [](const Ref<Class>& type) {
    define(type, "__getitem__(self, i)",
           [](Object& self, Object& i) { return get_item(*list_of_five(builtins_of(self)), i); });
  });
}

}  // namespace ouro::test
