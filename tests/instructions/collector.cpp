// How many instructions a collection takes for each object it looks at: run under callgrind by check_instructions.cmake.
//
//   collector_instructions PATH COUNT    collects COUNT times: the difference of two counts is what a collection costs
#include <ouro/gc/stepper.h>
#include <ouro/objects/containers/list.h>
#include <ouro/runtime/runtime.h>

#include <cstdlib>
#include <string_view>

namespace {

constexpr int kObjects = 20'000;  // check_instructions.cmake is told the same number

/// A list of one-slot lists: what the collector meets most, live.
ouro::Ref<ouro::List> make_heap(ouro::Runtime& rt) {
  ouro::Ref<ouro::List> root = make_list(rt.builtins());
  for (int i = 0; i < kObjects; ++i) root->append(*rt.list(1));
  return root;
}

}  // namespace

int main(int arguments, char** argument) {
  if (arguments != 3) return EXIT_FAILURE;
  const std::string_view path = argument[1];
  const long count = std::atol(argument[2]);
  ouro::Runtime rt({.debug_memory = false});
  rt.gc().disable();
  const auto root = make_heap(rt);
  rt.gc().collect();
  for (long i = 0; i < count; ++i) {
    if (path == "full") rt.gc().collect();
    if (path == "watched") rt.collector().collect(2, [](ouro::gc::Phase, const ouro::gc::Stepper&) {});
    if (path == "young") {
      rt.gc().collect(0);
      root->clear();
      for (int made = 0; made < kObjects; ++made) root->append(*rt.list(1));
    }
    if (path == "making") {
      root->clear();
      for (int made = 0; made < kObjects; ++made) root->append(*rt.list(1));
    }
  }
  return EXIT_SUCCESS;
}
