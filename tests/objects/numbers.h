// Numbers: a list of ints and the few things one does to it in a test.
#pragma once

#include <ouro/objects/containers/list.h>

#include <initializer_list>
#include <string>

#include <objects/probe.h>

namespace ouro::test {

/// Behaves like a pointer to its list.
struct Numbers {
  World& world;
  Ref<List> list;

  Numbers(World& home, std::initializer_list<int> values) : world(home), list(make_list(home.builtins)) {
    for (const int value : values) list->append(make_int(home.builtins, value));
  }
  Ref<Int> number(std::int64_t value) const { return make_int(world.builtins, value); }
  List* operator->() const { return list.get(); }
  List& operator*() const { return *list; }
  std::string text() const { return shown(list); }
};

}  // namespace ouro::test
