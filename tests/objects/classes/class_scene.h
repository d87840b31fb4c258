// A scene for comparing classes with CPython's line by line: functions that both sides have.
#pragma once

#include <ouro/objects/classes/mapping_proxy.h>
#include <ouro/objects/core/handle.h>
#include <support/evaluator.h>
#include <support/fixture.h>

#include <initializer_list>
#include <string>
#include <vector>

namespace ouro::test {

/// Gives an evaluator functions for classes to have, and names the module on CPython's side.
inline void add_class_names(Runtime& rt, Evaluator& evaluator) {
  Builtins& b = rt.builtins();
  const auto add = [&](const std::string& name, const char* signature, auto function, const std::string& python) {
    evaluator.name(name, make_function(b, signature, function), python + "\n");  // statements
  };
  evaluator.name("__name__", make_str(b, "__main__"), "'__main__'");
  evaluator.name("mappingproxy", share<Object>(b.type(Kind::kMappingProxy)),
                 "import types; mappingproxy = types.MappingProxyType");
  add(
      "me", "me(self)", [](Object& self) { return share(self); }, "def me(self): return self");
  add(
      "kept", "kept(self)", [](Object& self) { return get_attribute(self, *intern(builtins_of(self), "_kept")); },
      "def kept(self): return self._kept");
  add(
      "keep", "keep(self, value)",
      [](Object& self, Object& value) { set_attribute(self, *intern(builtins_of(self), "_kept"), value); },
      "def keep(self, value): self._kept = value");
  add(
      "lose", "lose(self)", [](Object& self) { delete_attribute(self, *intern(builtins_of(self), "_kept")); },
      "def lose(self): del self._kept");
  add(
      "told", "told",
      [](const Arguments& all) {
        Builtins& builtins = builtins_of(*all.positional[0]);
        Ref<List> given = make_list(builtins);
        for (Object* const each : all.positional.subspan(1)) given->append(*each);
        return Ref<>(given);
      },
      "def told(self, *rest, **names): return list(rest)");
  add(
      "given", "given",
      [](Object& first, const Arguments& rest) { return Ref<>(make_tuple(builtins_of(first), rest.positional)); },
      "def given(first, *rest): return rest");
  add(
      "fails", "fails(self)", [](Object&) -> Ref<> { raise(ErrorKind::kValueError, "no"); },
      "def fails(self): raise ValueError('no')");
  add(
      "lacks", "lacks(self)", [](Object&) -> Ref<> { raise(ErrorKind::kAttributeError, "none"); },
      "def lacks(self): raise AttributeError('none')");
  add(
      "seven", "seven(self)", [](Object&) { return 7; }, "def seven(self): return 7");
  add(
      "ignore", "ignore", [](const Arguments&) {}, "def ignore(*all, **names): pass");
}

/// Lines, answered here and by CPython.
inline void compare_classes(const std::vector<std::string>& lines) {
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  add_class_names(fixture.rt, evaluator);
  compare_lines_with_python(evaluator, lines);
}
inline void compare_classes(std::initializer_list<const char*> lines) {  // see evaluator.h
  compare_classes(std::vector<std::string>(lines.begin(), lines.end()));
}

}  // namespace ouro::test
