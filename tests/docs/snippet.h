// Snippets of the pages in docs, compiled and run: what `show` prints must be what the page says behind it.
//
//   show(list[-1]);      // 3                 repr of an object; a C++ text as it is; other values as their objects
//
// extract_snippets.cmake makes a source of a page's blocks in ```cpp. A block that begins with a declaration stands outside
// of functions, every other one is a test case that has a runtime `rt`.
#pragma once

#include <ouro/objects/classes/abc.h>
#include <ouro/objects/core/handle.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/operations/builtin_functions.h>
#include <support/fixture.h>

#include <concepts>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ouro::test {

/// Collects what a snippet shows.
class Show {
 public:
  explicit Show(Runtime& rt) noexcept : rt_(rt) {}
  template <class T>
  void operator()(const T& value) {
    if constexpr (std::convertible_to<const T&, std::string_view>) {
      shown.emplace_back(std::string_view(value));
    } else {
      shown.push_back(test::shown(*rt_.from(value)));
    }
  }
  std::vector<std::string> shown;

 private:
  Runtime& rt_;
};

/// What a snippet's text says that it shows: the comments behind the calls of `show`, in order.
[[nodiscard]] std::vector<std::string> promised(std::string_view snippet);

}  // namespace ouro::test
