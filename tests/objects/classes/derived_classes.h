// What the tests of derived classes share.
#pragma once

#include <support/fixture.h>

#include <string>
#include <string_view>
#include <vector>

#include <objects/probe.h>

namespace ouro::test {

/// A class for each built-in type that may be a base, and an argument for it.
struct Derived {
  Ref<Class> type;
  Ref<> argument;
};
inline std::vector<Derived> one_of_each(Runtime& rt) {
  std::vector<Derived> all;
  all.push_back({rt.new_class("I", {&rt.type<Int>()}), rt.from(5)});
  all.push_back({rt.new_class("Big", {&rt.type<Int>()}), int_from_text(rt.builtins(), "100000000000000000000")});
  all.push_back({rt.new_class("F", {&rt.type<Float>()}), rt.from(2.5)});
  all.push_back({rt.new_class("S", {&rt.type<Str>()}), rt.from("text")});
  all.push_back(
      {rt.new_class("Wide", {&rt.type<Str>()}), rt.from(std::string(100, 'a') + "\303\251" + std::string(200, 'b'))});
  all.push_back({rt.new_class("T", {&rt.type<Tuple>()}), rt.list("a", 1)});
  all.push_back({rt.new_class("L", {&rt.type<List>()}), rt.list("a", 1)});
  all.push_back({rt.new_class("D", {&rt.type<Dict>()}), rt.dict({{"a", 1}})});
  return all;
}

}  // namespace ouro::test
