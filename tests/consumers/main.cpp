// A program outside the tree, built three ways: by find_package, by pkg-config and by add_subdirectory.
#include <ouro/runtime/base/error.h>

#include <cstdio>
#include <string_view>

int main() {
  try {
    ouro::raise(ouro::ErrorKind::kKeyError, "'spam'");
  } catch (const ouro::Error& error) {
    std::printf("%s\n", error.what());
    return std::string_view(error.what()) == "KeyError: 'spam'" ? 0 : 1;
  }
}
