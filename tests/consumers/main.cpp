// A program outside the tree, built three ways: by find_package, by pkg-config and by add_subdirectory.
#include <ouro/ouro.h>

#include <cstdio>

int main() {
  ouro::Runtime rt;
  auto list = rt.list(1, 2.5, "three");
  list->append(*list);
  std::printf("%s\n", ouro::c_str(*ouro::repr(*list)));
  list.reset();
  return rt.gc().collect() == 1 ? 0 : 1;
}
